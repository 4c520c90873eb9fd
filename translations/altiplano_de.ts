<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1. Mit Llama 3.1 auf dem eigenen Rechner chatten.</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>Die Chats liegen in %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0. Verwendet werden Qt (LGPL 3), SQLite (gemeinfrei), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode-Lizenz), cmark-gfm (BSD, 2 Klauseln) und CLI11 (BSD, 3 Klauseln).</translation>
    </message>
    <message>
        <source>Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.</source>
        <translation>Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.</translation>
    </message>
</context>
<context>
    <name>AnswerActions</name>
    <message>
        <source>Copy the answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Strg+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>Wie diese Antwort entstand</translation>
    </message>
</context>
<context>
    <name>AnswerNote</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>AnswerProgress</name>
    <message>
        <source>Waiting for the model</source>
        <translation>Warten auf das Modell</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>%1 von %2 Token gelesen</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>Bildlauf</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Seitenleiste einblenden</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Strg+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Strg+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>Code, %1</translation>
    </message>
    <message>
        <source>Do not wrap long lines</source>
        <translation>Lange Zeilen nicht umbrechen</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Lange Zeilen umbrechen</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>Nachricht …</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Context used: %1 tokens</source>
        <translation>Belegter Kontext: %1 Token</translation>
    </message>
    <message>
        <source>Tokens of this chat in the context of the model</source>
        <translation>Token dieses Chats im Kontext des Modells</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>%1, answering</source>
        <translation>%1, antwortet gerade</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>Umbenennen, anheften, löschen</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Nicht mehr anheften</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>DraftModel</name>
    <message>
        <source>Draft model: none. A small model of the same family can guess ahead: the same text, sooner.</source>
        <translation>Entwurfsmodell: keins. Ein kleines Modell derselben Familie kann vorausraten: derselbe Text, nur früher.</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>Entwurfsmodell: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>Entwurfsmodell wählen</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>Ohne Entwurfsmodell</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelle (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Worum soll es gehen?</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>Alles bleibt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>Es antwortet das winzige Startmodell, ein Wegweiser durch dieses Programm. Für richtige Unterhaltungen ein Llama-3.1-Modell laden.</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Es ist noch kein Modell geladen.</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>Modelle öffnen</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>Fragen: %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>So kommt man zu einem Llama-3.1-Modell</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. Auf huggingface.co nach „Llama 3.1 8B Instruct GGUF“ suchen und eine Datei wählen. Q4_K_M (4,9 GB) passt für die meisten Rechner mit 8 GiB Speicher; Q8_0 (8,5 GB) ist etwas besser und braucht 12 GiB.</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. Die Datei in den Modellordner legen oder sie, wo immer sie liegt, mit „Datei öffnen …“ wählen.</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. „Laden“ drücken. Nichts Geschriebenes verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>Modellordner: %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>Auf huggingface.co nach Modellen suchen</translation>
    </message>
    <message>
        <source>Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.</source>
        <translation>Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.</translation>
    </message>
</context>
<context>
    <name>IconButton</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>LoadProgress</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>LookSettings</name>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>Für dieses Fenster. Das Modell antwortet in der Sprache der Frage.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Kleinere Schrift</translation>
    </message>
    <message>
        <source>Ctrl+-</source>
        <translation>Strg+-</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Größere Schrift</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Strg++</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Altiplano</source>
        <translation>Altiplano</translation>
    </message>
    <message>
        <source>%1 – Altiplano</source>
        <translation>%1 – Altiplano</translation>
    </message>
</context>
<context>
    <name>MessageItem</name>
    <message>
        <source>You: %1</source>
        <translation>Eigene Nachricht: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Antwort: %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>Geladen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>%1 laden</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>Aus der Liste nehmen (die Datei bleibt)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>Speicherplan ausblenden</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>Speicherplan von %1</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>%1 wird geladen</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>Das Modell wurde nicht geladen</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Modell wählen</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>context %1</source>
        <translation>Kontext %1</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Datei wird gelesen</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>Gehört zum Programm: ein winziger Wegweiser. Anderes weiß es nicht.</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>Kontextlänge</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>2K tokens</source>
        <translation>2K Token</translation>
    </message>
    <message>
        <source>4K tokens</source>
        <translation>4K Token</translation>
    </message>
    <message>
        <source>8K tokens</source>
        <translation>8K Token</translation>
    </message>
    <message>
        <source>16K tokens</source>
        <translation>16K Token</translation>
    </message>
    <message>
        <source>32K tokens</source>
        <translation>32K Token</translation>
    </message>
    <message>
        <source>64K tokens</source>
        <translation>64K Token</translation>
    </message>
    <message>
        <source>128K tokens</source>
        <translation>128K Token</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>Automatisch. Dieser Rechner hat %1.</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>Dieser Rechner hat %1. 0 heißt automatisch.</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>Modellordner wählen</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>Mehrere Wörter auf einmal raten, wo sich der Text wiederholt: dieselbe Antwort, nur früher</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>Arbeitsspeicher für letzte Chats</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>Was das Modell gelesen hat, bleibt zur Hand: Die Rückkehr zu einem Chat kostet dann keine Zeit.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>1 GB</source>
        <translation>1 GB</translation>
    </message>
    <message>
        <source>2 GB</source>
        <translation>2 GB</translation>
    </message>
    <message>
        <source>4 GB</source>
        <translation>4 GB</translation>
    </message>
    <message>
        <source>8 GB</source>
        <translation>8 GB</translation>
    </message>
    <message>
        <source>16 GB</source>
        <translation>16 GB</translation>
    </message>
    <message>
        <source>Disk space for chats</source>
        <translation>Speicherplatz für Chats</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>Dasselbe auf dem Datenträger, auch nach einem Neustart. „Keiner“ löscht, was dort liegt.</translation>
    </message>
    <message>
        <source>5 GB</source>
        <translation>5 GB</translation>
    </message>
    <message>
        <source>10 GB</source>
        <translation>10 GB</translation>
    </message>
    <message>
        <source>20 GB</source>
        <translation>20 GB</translation>
    </message>
    <message>
        <source>50 GB</source>
        <translation>50 GB</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Genauigkeit des Kontexts</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 Bit brauchen halb so viel Speicher für den Kontext und ändern Antworten ein wenig. Gilt ab dem nächsten Laden.</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>How much the model keeps in mind. Longer needs more memory. It holds from the next load of models without a choice of their own.</source>
        <translation>Wie viel das Modell im Blick behält. Länger braucht mehr Speicher. Gilt ab dem nächsten Laden für Modelle ohne eigene Wahl.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelle (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Hinweis schließen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Seitenleiste einblenden</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Strg+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>Zurück zum Chat</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>ParameterPanel</name>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>Parameter schließen</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Strg+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Systemanweisung</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>Was dem Modell vor der Unterhaltung gesagt wird. Gilt für diesen Chat.</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>Stoppzeichenfolgen</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>Die Antwort endet vor jeder dieser Zeichenfolgen. Eine je Zeile.</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zur Vorgabe</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>PlanLegend</name>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>Arbeitsspeicher zum Rechnen</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>Programm und Bibliotheken</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Andere Programme</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Frei</translation>
    </message>
</context>
<context>
    <name>PlanOptions</name>
    <message>
        <source>Context length</source>
        <translation>Kontextlänge</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>Wie viel das Modell im Blick behält.</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Genauigkeit des Kontexts</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>Aufteilung auf die Karten</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>Jede Schicht auf alle Karten</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>Ganze Schichten je Karte</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Datei wird gelesen</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>Mit einem davon würde es passen:</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>Mit mehr würde es passen: %1.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>Trotzdem laden</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>Wie diese Antwort entstand</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>Die Frage</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Erneut fragen</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>Neuer Titel</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Chats durchsuchen</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>Wird angehalten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Eingabetaste sendet, Umschalt+Eingabe beginnt eine neue Zeile (aus: Strg+Eingabe sendet)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über Altiplano</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>Grafikkarten</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Ctrl+N</source>
        <translation>Strg+N</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Strg+F</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Strg+L</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down</source>
        <translation>Alt+↑, Alt+↓</translation>
    </message>
    <message>
        <source>F2</source>
        <translation>F2</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Strg+R</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Strg+Umschalt+C</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Strg+B</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Strg+P</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Strg+M</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
    <message>
        <source>Ctrl++, Ctrl+-, Ctrl+0</source>
        <translation>Strg++, Strg+-, Strg+0</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Strg+Q</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>Voriger, nächster Chat</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Chat umbenennen</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>Anhalten; schließen</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Letzte Antwort kopieren</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>Im Chat blättern</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>Schrift größer, kleiner, normal</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>Löschen rückgängig machen</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Diese Tasten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Fassung %1 von %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Vorige Fassung</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>Chats und Seiten</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Strg+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Seitenleiste ausblenden</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Strg+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Hier werden die Chats aufgeführt.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Strg+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Strg+,</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <source>Table with %n column(s)</source>
        <translation>
            <numerusform>Tabelle mit %n Spalte</numerusform>
            <numerusform>Tabelle mit %n Spalten</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Tabelle kopieren</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>Title: %1</source>
        <translation>Titel: %1</translation>
    </message>
</context>
<context>
    <name>ToEndButton</name>
    <message>
        <source>To the new text</source>
        <translation>Zum neuen Text</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>Bearbeiten und erneut fragen</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>Es ist kein Modell geladen. %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>Es ist kein Modell geladen. Unter „Modelle“ eines wählen.</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>Die Unterhaltungen ließen sich nicht öffnen: %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>Chat gelöscht</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>Erkläre in fünf Sätzen, wie ein Sauerteigansatz funktioniert.</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>Schreibe eine Python-Funktion, die das längste Wort in einem Text findet.</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>Hilf mir, freundlich an eine offene Rechnung zu erinnern.</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>Die Grafikkarte ist ausgefallen, und dieses Programm kann sie nicht mehr benutzen. Bitte Altiplano neu starten: Es kommt zu diesem Chat zurück.</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… und %1 weitere Zeichen. Kopieren erfasst alle.</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>Warten auf das Rechenwerk</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1: weights %2, context %3</source>
        <translation>%1: Gewichte %2, Kontext %3</translation>
    </message>
    <message>
        <source>The program ended while it loaded this model the last time, so it was not loaded again. Load it from Models to try once more, or choose a smaller one.</source>
        <translation>Beim letzten Laden dieses Modells endete das Programm unerwartet; deshalb wurde es nicht wieder geladen. Unter „Modelle“ lässt es sich noch einmal laden, oder ein kleineres wählen.</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 als %2</translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>%n Antwort wurde unterbrochen, als das Programm zuletzt endete. Das Geschriebene ist noch da; „Fortsetzen“ macht dort weiter.</numerusform>
            <numerusform>%n Antworten wurden unterbrochen, als das Programm zuletzt endete. Das Geschriebene ist noch da; „Fortsetzen“ macht dort weiter.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>Die Datei ist unvollständig: %1 von mindestens %2 sind da. Bitte erneut herunterladen.</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>Die Datei ist unvollständig: Sie endet schon in ihrer eigenen Beschreibung (%1). Bitte erneut herunterladen.</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>Das ist keine Modelldatei. Altiplano braucht eine GGUF-Datei eines Llama-3.1-Modells.</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>Die Datei ist beschädigt: %1. Bitte erneut herunterladen.</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>Dieses Modell lässt sich nicht verwenden: %1. Eine GGUF-Datei eines Llama-3.1-Modells wählen.</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>Die Datei ließ sich nicht lesen: %1. Prüfen, ob sie noch da ist und gelesen werden darf.</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>Das Gerät hat versagt: %1. Das Modell neu laden.</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>Das Modell ließ sich nicht laden: %1. Die Kontextlänge in den Einstellungen ändern oder ein anderes Modell wählen.</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>Diese Unterhaltung ist zu lang für das Modell, so wie es geladen ist: Sie braucht %1 Token und Platz für eine Antwort, vorhanden sind %2. Eine kürzere Nachricht senden, einen neuen Chat beginnen oder in den Einstellungen einen größeren Kontext wählen und das Modell neu laden.</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>Das Modell hat Werte berechnet, die keine Zahlen sind; deshalb endet die Antwort hier: %1. Vielleicht ist die Modelldatei beschädigt; noch einmal versuchen oder eine andere laden.</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>Der Speicher reichte nicht, um fortzufahren. Andere Programme schließen oder das Modell mit kleinerem Kontext laden und dann neu antworten lassen.</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>Dieses Modell kann nicht antworten: %1. Ein anderes Modell laden.</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>Die Antwort ließ sich nicht berechnen: %1. Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>Nicht gespeichert: Der Datenträger ist voll. Platz schaffen; Altiplano versucht es weiter, und solange es offen ist, geht nichts verloren.</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>Nicht gespeichert: Ein anderes Programm hält die Datei der Unterhaltungen fest. Altiplano versucht es weiter.</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>Nicht gespeichert: Die Datei der Unterhaltungen lässt sich nicht schreiben. Die Rechte des Datenordners prüfen.</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>Die Datei der Unterhaltungen ist beschädigt (%1). Das Programm neu starten, dann wird sie repariert; die beschädigte Datei bleibt erhalten.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>Die Unterhaltungen stammen von einer neueren Version von Altiplano. Zum Ändern diese Version installieren.</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>Diese Unterhaltung oder Nachricht gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>Nicht gespeichert: %1.</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>Die Unterhaltungen lassen sich lesen, aber nicht ändern: %1. Die Rechte des Datenordners prüfen und neu starten.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>Die Unterhaltungen stammen von einer neueren Version von Altiplano: Sie lassen sich lesen, aber nicht ändern. Zum Fortfahren diese Version installieren.</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>Die Datei der Unterhaltungen war beschädigt. Was lesbar war, wurde gerettet; die beschädigte Datei liegt als %1 vor.</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>Das Entwurfsmodell hat ein anderes Vokabular und kann deshalb nicht für dieses Modell raten. Ein kleines Modell derselben Familie wählen, etwa Llama 3.2 1B.</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>Das Entwurfsmodell wird nicht verwendet. %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>Die Datei wurde geändert, während sie gelesen wurde. Warten, bis sie vollständig ist, und dann noch einmal laden.</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>Nur die Beschreibung dieses Modells ist da. Die Gewichte gehören in denselben Ordner; was sie brauchen würden, steht im Speicherplan.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>Der Speicher reicht nicht für dieses Modell: %1 werden gebraucht, %2 sind frei.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>Der Speicher reicht nicht für dieses Modell.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>Andere Programme schließen, ein kleineres Modell wählen oder unter Modelle nachsehen, womit es passen würde.</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>Die Grafikkarte ist ausgefallen: %1. Um sie zu benutzen, muss Altiplano neu gestartet werden.</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>Unterbrochen, weil die Grafikkarte ausgefallen ist: %1. Was geschrieben wurde, bleibt erhalten.</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>Ein Gewicht ist zu groß für %1 oder gar keine Zahl. Das Modell mit unveränderten Gewichten laden.</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>Der Kontext ist voll: Hier endet die Antwort. Einen neuen Chat beginnen oder in den Einstellungen einen größeren Kontext wählen, das Modell neu laden und fortsetzen.</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>Die Antwort hat ihre größte erlaubte Länge erreicht.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>Unterbrochen, als das Programm endete</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n Token</numerusform>
            <numerusform>%n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>Fingerabdruck: %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Rechenwerk: %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>Berechnet auf: %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>Startwert: %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>Parameter: %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>Eingabe: %1 Token, davon %2 schon bekannt</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 Mrd.</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>braucht etwa %1</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>Niedrig ist vorhersehbar, hoch ist abwechslungsreich.</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>immer das wahrscheinlichste Wort</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>Wählt unter den wahrscheinlichsten Token, die zusammen diesen Anteil erreichen.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>Wählt unter so vielen der wahrscheinlichsten Token.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out tokens less likely than this share of the likeliest.</source>
        <translation>Lässt Token weg, die unwahrscheinlicher sind als dieser Anteil des wahrscheinlichsten.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Wiederholungsabzug</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>Über 1 werden schon verwendete Token unwahrscheinlicher.</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>Häufigkeitsabzug</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>Senkt ein Token mit jeder Verwendung weiter.</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>Vorkommensabzug</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>Senkt jedes Token, das überhaupt schon vorkam.</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>Abzugsfenster</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>Wie viele der letzten Token die Abzüge betrachten.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>Gleicher Startwert und gleiche Einstellungen ergeben wieder dieselbe Antwort.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>zufällig</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Längste Antwort</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>Die Antwort endet nach so vielen Token.</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>bis der Kontext voll ist</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>Dieser Chat</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanController</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little, FP8 more than Q8_0. The file stays as it is.</source>
        <translation>Beim Laden umgewandelt brauchen sie weniger Speicher und ändern Antworten ein wenig, FP8 mehr als Q8_0. Die Datei bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>Beim Laden umgewandelt brauchen sie weniger Speicher und ändern Antworten ein wenig. Die Datei bleibt, wie sie ist.</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanDeviceListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1, %2 fehlen</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 frei</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>Gewichte %1, Kontext %2, zum Rechnen %3, Programm und Bibliotheken %4, andere Programme %5.</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>nicht gebraucht</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>nicht benutzt</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>auf diesem Rechner ist kein NVIDIA-Treiber</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>der NVIDIA-Treiber findet keine Karte</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>dieses Programm ist ohne GPU-Unterstützung gebaut</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>der NVIDIA-Treiber %1 ist zu alt, er kann CUDA %2, gebraucht wird CUDA %3; bitte Treiber %4 oder neuer installieren</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>%1 ist nicht installiert; bitte cuBLAS und NCCL von CUDA 13 installieren (die Pakete libcublas-13-0 und libnccl2 von NVIDIA)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>Speicher dieses Rechners</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 Bit</translation>
    </message>
    <message>
        <source>8 bits (FP8)</source>
        <translation>8 Bit (FP8)</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 Bit</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 Bit</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing.</source>
        <translation>Passt nicht: %1 fehlen.</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>Passt nicht: %1 fehlen (%2).</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>Passt: %1 bleiben frei.</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>Passt: Auf jeder GPU bleiben mindestens %1 frei.</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>keine Schichten</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>Schichten %1 bis %2 von %3</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>Teil %1 von %2 jeder Schicht</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>Ein so kleines Modell rechnet eine Karte allein schneller.</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>Eine Karte bleibt ungenutzt: 2, 4 oder 8 Karten können sich eine Schicht teilen, andere Zahlen nicht.</numerusform>
            <numerusform>%n Karten bleiben ungenutzt: 2, 4 oder 8 Karten können sich eine Schicht teilen, andere Zahlen nicht.</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>Die Karten haben verschieden viel Speicher, darum rechnet jede eigene Schichten.</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>Der Prozessor rechnet %1 von %2 Schichten, das ist viel langsamer.</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>Kontext in %1</translation>
    </message>
    <message>
        <source>Context of %1 tokens</source>
        <translation>Kontext von %1 Token</translation>
    </message>
    <message numerus="yes">
        <source>%n GPU(s) of %1</source>
        <translation>
            <numerusform>%n GPU mit %1</numerusform>
            <numerusform>%n GPUs mit %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of free memory</source>
        <translation>%1 freier Speicher</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%1 von %2 Schichten auf dem Prozessor (%3 Speicher)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>Jetzt im Speicher: Gewichte %1, Kontext %2 (%3 % gegenüber dem Plan)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>Es wird keine Grafikkarte benutzt: %1.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 kann nicht benutzt werden: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (und %n weiterer Weg)</numerusform>
            <numerusform>%1 (und %n weitere Wege)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>es gibt keinen direkten Weg von GPU %1 zu GPU %2</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>Unverändert, %1</translation>
    </message>
    <message>
        <source>16 bits (%1), %2</source>
        <translation>16 Bit (%1), %2</translation>
    </message>
    <message>
        <source>8 bits (%1), %2</source>
        <translation>8 Bit (%1), %2</translation>
    </message>
    <message>
        <source>The cards do not write to each other&apos;s memory, which makes answers slower: %1.</source>
        <translation>Die Karten schreiben einander nicht in den Speicher, was Antworten langsamer macht: %1.</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>Die Karten addieren große Ergebnisse in Stücken, was lange Eingaben langsamer macht: %1.</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>Gewichte beim Laden in %1 umwandeln</translation>
    </message>
</context>
</TS>
