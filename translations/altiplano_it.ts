<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1. Chattare con Llama 3.1 sul proprio computer.</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>Le tue chat sono conservate in %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>Software libero con licenza Apache 2.0. Usa Qt (LGPL 3), SQLite (pubblico dominio), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (licenza Unicode), cmark-gfm (BSD a 2 clausole) e CLI11 (BSD a 3 clausole).</translation>
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
        <translation>Copia la risposta</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Rispondi di nuovo</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>Come è nata questa risposta</translation>
    </message>
</context>
<context>
    <name>AnswerNote</name>
    <message>
        <source>Continue</source>
        <translation>Continua</translation>
    </message>
</context>
<context>
    <name>AnswerProgress</name>
    <message>
        <source>Waiting for the model</source>
        <translation>In attesa del modello</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>Lettura di %1 token su %2</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>Scorrimento</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Mostra la barra laterale</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parametri</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Rinomina</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation>Codice</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>Codice, %1</translation>
    </message>
    <message>
        <source>Do not wrap long lines</source>
        <translation>Non mandare a capo le righe lunghe</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Manda a capo le righe lunghe</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>Messaggio…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Messaggio</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 token/s</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Context used: %1 tokens</source>
        <translation>Contesto usato: %1 token</translation>
    </message>
    <message>
        <source>Tokens of this chat in the context of the model</source>
        <translation>Token di questa chat nel contesto del modello</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contesto</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>%1, answering</source>
        <translation>%1, risposta in corso</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>Rinomina, fissa, elimina</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>Chat</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>Rinomina</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Non fissare più</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Fissa</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Elimina</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Canc</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Copiato</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copia</translation>
    </message>
</context>
<context>
    <name>DraftModel</name>
    <message>
        <source>Draft model: none. A small model of the same family can guess ahead: the same text, sooner.</source>
        <translation>Modello di bozza: nessuno. Un piccolo modello della stessa famiglia può indovinare in anticipo: lo stesso testo, prima.</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>Modello di bozza: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Scegli…</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>Scegli un modello di bozza</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>Senza modello di bozza</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelli (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tutti i file (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>Di che cosa vogliamo parlare?</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>Tutto resta su questo computer.</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>Risponde il minuscolo modello iniziale: una guida a questo programma. Per conversazioni vere, carica un modello Llama 3.1.</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Nessun modello è ancora caricato.</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>Apri i modelli</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>Chiedi: %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>Come ottenere un modello Llama 3.1</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. Cerca “Llama 3.1 8B Instruct GGUF” su huggingface.co e scegli un file. Q4_K_M (4,9 GB) va bene per la maggior parte dei computer con 8 GiB di memoria; Q8_0 (8,5 GB) è un po’ migliore e richiede 12 GiB.</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. Metti il file nella cartella dei modelli, oppure sceglilo ovunque si trovi con “Apri file…”.</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. Premi “Carica”. Niente di ciò che scrivi lascia questo computer.</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>Cartella dei modelli: %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copia il percorso</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>Cerca modelli su huggingface.co</translation>
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
        <translation>Caricamento</translation>
    </message>
</context>
<context>
    <name>LookSettings</name>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Come il desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Chiaro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Scuro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>Di questa finestra. Il modello risponde nella lingua della domanda.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Dimensione del testo</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Testo più piccolo</translation>
    </message>
    <message>
        <source>Ctrl+-</source>
        <translation>Ctrl+-</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Testo più grande</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contrasto elevato</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Meno animazioni</translation>
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
        <translation>Tu: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Risposta: %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Messaggi</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>Caricato</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Scarica dalla memoria</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Carica</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>Carica %1</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>Togli dall’elenco (il file resta)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>Nascondi il piano della memoria</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>Piano della memoria di %1</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>Caricamento di %1</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>Il modello non è stato caricato</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Scegli un modello</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>context %1</source>
        <translation>contesto %1</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lettura del file</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>Incluso nel programma: una minuscola guida. Non sa altro.</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>Lunghezza del contesto</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatico</translation>
    </message>
    <message>
        <source>2K tokens</source>
        <translation>2K token</translation>
    </message>
    <message>
        <source>4K tokens</source>
        <translation>4K token</translation>
    </message>
    <message>
        <source>8K tokens</source>
        <translation>8K token</translation>
    </message>
    <message>
        <source>16K tokens</source>
        <translation>16K token</translation>
    </message>
    <message>
        <source>32K tokens</source>
        <translation>32K token</translation>
    </message>
    <message>
        <source>64K tokens</source>
        <translation>64K token</translation>
    </message>
    <message>
        <source>128K tokens</source>
        <translation>128K token</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Thread</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>Automatico. Questo computer ne ha %1.</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>Questo computer ne ha %1. 0 significa automatico.</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Cartella dei modelli</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Scegli…</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>Scegli la cartella dei modelli</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>Indovina più parole alla volta dove il testo si ripete: la stessa risposta, prima</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>Memoria per le chat recenti</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>Ciò che il modello ha letto resta a portata di mano: tornare a una chat non richiede tempo.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nessuno</translation>
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
        <translation>Spazio su disco per le chat</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>Lo stesso sul disco, anche dopo un riavvio. “Nessuno” elimina ciò che c&apos;è.</translation>
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
        <translation>Precisione del contesto</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 bit richiedono metà della memoria per il contesto e cambiano un poco le risposte. Vale dal prossimo caricamento.</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 bit</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 bit</translation>
    </message>
    <message>
        <source>How much the model keeps in mind. Longer needs more memory. It holds from the next load of models without a choice of their own.</source>
        <translation>Quanto il modello tiene a mente. Più lungo richiede più memoria. Vale dal prossimo caricamento dei modelli senza una scelta propria.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelli</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Apri file…</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Cartella dei modelli</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Aggiorna</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Apri un modello</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelli (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tutti i file (*)</translation>
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
        <translation>Chiudi questo avviso</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Riavvia</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Mostra la barra laterale</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>Torna alla chat</translation>
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
        <translation>Parametri</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Ripristina tutto</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>Chiudi i parametri</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Istruzione di sistema</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>Ciò che viene detto al modello prima della conversazione. Vale per questa chat.</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>Stringhe di arresto</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>La risposta finisce prima di una di queste. Una per riga.</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Torna al valore predefinito</translation>
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
        <translation>Pesi</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contesto</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>Memoria di lavoro</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>Programma e librerie</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Altri programmi</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libera</translation>
    </message>
</context>
<context>
    <name>PlanOptions</name>
    <message>
        <source>Context length</source>
        <translation>Lunghezza del contesto</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>Quanto il modello tiene a mente.</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Precisione del contesto</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>Divisione tra le schede</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatica</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>Ogni strato su tutte le schede</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>Strati interi su ogni scheda</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pesi</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Memory</source>
        <translation>Memoria</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lettura del file</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>Ci starebbe con una di queste modifiche:</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>Ci starebbe con più risorse: %1.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Carica</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>Carica comunque</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>Come è nata questa risposta</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>La tua domanda</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Chiedi di nuovo</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>Nuovo titolo</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Cerca nelle chat</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Cancella la ricerca</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>Arresto in corso</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Ferma</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Invia</translation>
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
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspetto</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Scrittura</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Invio spedisce, Maiusc+Invio va a capo (disattivato: Ctrl+Invio spedisce)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modello</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Informazioni</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>Schede grafiche</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
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
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Maiusc+C</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Pag Su, Pag Giù</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Ctrl++, Ctrl+-, Ctrl+0</source>
        <translation>Ctrl++, Ctrl+-, Ctrl+0</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Ctrl+Z</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nuova chat</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Cerca</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Scrivi</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>Chat precedente, successiva</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Rinomina la chat</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>Ferma; chiudi</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Rispondi di nuovo</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Copia l’ultima risposta</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>Scorri la chat</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barra laterale</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parametri</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelli</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>Testo più grande, più piccolo, normale</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>Annulla un’eliminazione</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Questi tasti</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Esci</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>Scorciatoie</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Versione %1 di %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Versione precedente</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Versione successiva</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>Chat e pagine</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nuova chat</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Nascondi la barra laterale</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Qui compariranno le tue chat.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nessun risultato.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelli</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Impostazioni</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
</context>
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <source>Table with %n column(s)</source>
        <translation>
            <numerusform>Tabella con %n colonna</numerusform>
            <numerusform>Tabella con %n colonne</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Copia la tabella</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>Title: %1</source>
        <translation>Titolo: %1</translation>
    </message>
</context>
<context>
    <name>ToEndButton</name>
    <message>
        <source>To the new text</source>
        <translation>Al testo nuovo</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Alla fine</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Annulla</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>Modifica e chiedi di nuovo</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>Nessun modello è caricato. %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>Nessun modello è caricato. Scegline uno in Modelli.</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>Non è stato possibile aprire le conversazioni: %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>Chat eliminata</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>Spiega in cinque frasi come funziona un lievito madre.</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>Scrivi una funzione Python che trova la parola più lunga in un testo.</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>Aiutami a scrivere un promemoria gentile per una fattura non pagata.</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>La scheda grafica si è guastata e questo programma non può più usarla. Riavvia Altiplano: tornerà a questa chat.</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… e altri %1 caratteri. La copia li comprende tutti.</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>Fissate</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Oggi</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ieri</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Ultimi 7 giorni</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Ultimi 30 giorni</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trovate</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nuova chat</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>In attesa del motore</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>%1: weights %2, context %3</source>
        <translation>%1: pesi %2, contesto %3</translation>
    </message>
    <message>
        <source>The program ended while it loaded this model the last time, so it was not loaded again. Load it from Models to try once more, or choose a smaller one.</source>
        <translation>L’ultima volta il programma è terminato mentre caricava questo modello, perciò non è stato ricaricato. Caricalo da Modelli per riprovare, oppure scegline uno più piccolo.</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 come %2</translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>%n risposta è stata interrotta all’ultima chiusura del programma. Ciò che era scritto è conservato; “Continua” riprende da lì.</numerusform>
            <numerusform>%n risposte sono state interrotte all’ultima chiusura del programma. Ciò che era scritto è conservato; “Continua” riprende da lì.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>Il file è incompleto: ci sono %1 di almeno %2. Scaricalo di nuovo.</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>Il file è incompleto: finisce dentro la propria descrizione (%1). Scaricalo di nuovo.</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>Questo non è un file di modello. Altiplano ha bisogno di un file GGUF di un modello Llama 3.1.</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>Il file è danneggiato: %1. Scaricalo di nuovo.</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>Questo modello non si può usare: %1. Scegli un file GGUF di un modello Llama 3.1.</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>Non è stato possibile leggere il file: %1. Controlla che ci sia ancora e che sia leggibile.</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>Il dispositivo ha avuto un errore: %1. Carica di nuovo il modello.</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>Non è stato possibile caricare il modello: %1. Cambia la lunghezza del contesto nelle Impostazioni o scegli un altro modello.</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>Questa conversazione è troppo lunga per il modello così com’è caricato: servono %1 token e spazio per una risposta, ce ne sono %2. Invia un messaggio più breve, inizia una nuova chat, oppure imposta un contesto più grande nelle Impostazioni e ricarica il modello.</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>Il modello ha calcolato valori che non sono numeri, perciò la risposta finisce qui: %1. Il file del modello potrebbe essere danneggiato; riprova o caricane un altro.</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>Non c’era abbastanza memoria per proseguire. Chiudi altri programmi o carica il modello con un contesto più piccolo, poi rigenera la risposta.</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>Questo modello non può rispondere: %1. Carica un altro modello.</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>Non è stato possibile calcolare la risposta: %1. Riprova.</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>Non salvato: il disco è pieno. Fai spazio; Altiplano continua a provare e finché è aperto non si perde nulla.</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>Non salvato: un altro programma tiene occupato il file delle conversazioni. Altiplano continua a provare.</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>Non salvato: il file delle conversazioni non è scrivibile. Controlla i permessi della cartella dei dati.</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>Il file delle conversazioni è danneggiato (%1). Riavvia il programma per ripararlo; il file danneggiato viene conservato.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>Le conversazioni sono state scritte da una versione più recente di Altiplano. Installa quella versione per modificarle.</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>Questa conversazione o questo messaggio non c’è più.</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>Non salvato: %1.</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>Le conversazioni si possono leggere ma non modificare: %1. Controlla i permessi della cartella dei dati e riavvia.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>Le conversazioni sono state scritte da una versione più recente di Altiplano: si possono leggere, ma non modificare. Installa quella versione per proseguire.</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>Il file delle conversazioni era danneggiato. Ciò che era leggibile è stato recuperato; il file danneggiato è conservato come %1.</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>Il modello di bozza ha un altro vocabolario e quindi non può indovinare per questo modello. Scegli un piccolo modello della stessa famiglia, ad esempio Llama 3.2 1B.</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>Il modello di bozza non viene usato. %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>Il file è cambiato durante la lettura. Attendi che sia completo, poi caricalo di nuovo.</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>C’è solo la descrizione di questo modello. I pesi vanno nella stessa cartella; quanto richiederebbero è nel piano della memoria.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>La memoria non basta per questo modello: servono %1, sono liberi %2.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>La memoria non basta per questo modello.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>Chiudi altri programmi, scegli un modello più piccolo o guarda in Modelli che cosa lo farebbe stare.</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>La scheda grafica si è guastata: %1. Per usarla bisogna riavviare Altiplano.</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>Interrotta, perché la scheda grafica si è guastata: %1. Quanto scritto resta.</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>Un peso è troppo grande per %1, o non è un numero. Carica il modello con i pesi così come sono.</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>Come il sistema</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>Il contesto è pieno: la risposta finisce qui. Inizia una nuova chat, oppure carica il modello con un contesto più grande nelle Impostazioni e continua.</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>La risposta ha raggiunto la lunghezza massima consentita.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Fermato</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>Interrotto alla chiusura del programma</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 token/s</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modello: %1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>Impronta: %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Motore: %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>Calcolato su: %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>Seme: %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>Parametri: %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>Prompt: %1 token, di cui %2 già noti</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 mld</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 mln</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>richiede circa %1</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>disattivato</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>Bassa è prevedibile, alta è varia.</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>sempre la parola più probabile</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>Sceglie tra i token più probabili che insieme raggiungono questa quota.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>Sceglie tra questo numero di token più probabili.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tutti</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out tokens less likely than this share of the likeliest.</source>
        <translation>Esclude i token meno probabili di questa quota del più probabile.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Penalità di ripetizione</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>Sopra 1, i token già usati diventano meno probabili.</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>Penalità di frequenza</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>Abbassa un token un po’ di più a ogni uso.</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>Penalità di presenza</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>Abbassa ogni token già usato almeno una volta.</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>Finestra delle penalità</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>Quanti degli ultimi token considerano le penalità.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seme</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>Lo stesso seme e le stesse impostazioni danno di nuovo la stessa risposta.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>casuale</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Lunghezza massima della risposta</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>La risposta finisce dopo questo numero di token.</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>finché il contesto è pieno</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Predefinito</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>Questa chat</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanController</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 token</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little, FP8 more than Q8_0. The file stays as it is.</source>
        <translation>Convertiti durante il caricamento richiedono meno memoria e cambiano un poco le risposte, FP8 più di Q8_0. Il file resta com’è.</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>Convertiti durante il caricamento richiedono meno memoria e cambiano un poco le risposte. Il file resta com’è.</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanDeviceListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1, mancano %2</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 liberi</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>Pesi %1, contesto %2, memoria di lavoro %3, programma e librerie %4, altri programmi %5.</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>non serve</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>non usata</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>su questo computer non c’è un driver NVIDIA</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>il driver NVIDIA non trova nessuna GPU</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>questa versione del programma non usa le GPU</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>il driver NVIDIA %1 è troppo vecchio, offre CUDA %2 e serve CUDA %3; installa il driver %4 o più recente</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>%1 non è installata; installa cuBLAS e NCCL di CUDA 13 (i pacchetti libcublas-13-0 e libnccl2 di NVIDIA)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>Memoria di questo computer</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 bit</translation>
    </message>
    <message>
        <source>8 bits (FP8)</source>
        <translation>8 bit (FP8)</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 bit</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 bit</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing.</source>
        <translation>Non ci sta: mancano %1.</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>Non ci sta: mancano %1 (%2).</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>Ci sta: restano liberi %1.</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>Ci sta: su ogni GPU restano liberi almeno %1.</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>nessuno strato</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>strati da %1 a %2 di %3</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>parte %1 di %2 di ogni strato</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>Un modello così piccolo lo calcola prima una sola scheda.</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>Una scheda resta fuori: 2, 4 o 8 schede possono dividersi uno strato, altri numeri no.</numerusform>
            <numerusform>%n schede restano fuori: 2, 4 o 8 schede possono dividersi uno strato, altri numeri no.</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>Le schede hanno memorie diverse, perciò ognuna calcola strati propri.</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>Il processore calcola %1 strati su %2, ed è molto più lento.</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>Contesto a %1</translation>
    </message>
    <message>
        <source>Context of %1 tokens</source>
        <translation>Contesto di %1 token</translation>
    </message>
    <message numerus="yes">
        <source>%n GPU(s) of %1</source>
        <translation>
            <numerusform>%n GPU da %1</numerusform>
            <numerusform>%n GPU da %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of free memory</source>
        <translation>%1 di memoria libera</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%1 strati su %2 sul processore (%3 di memoria)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>Ora in memoria: pesi %1, contesto %2 (%3 % rispetto al piano)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>Non si usa nessuna scheda grafica: %1.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 non si può usare: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (e %n altra via)</numerusform>
            <numerusform>%1 (e altre %n vie)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>non c’è una via diretta dalla GPU %1 alla GPU %2</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>Così come sono, %1</translation>
    </message>
    <message>
        <source>16 bits (%1), %2</source>
        <translation>16 bit (%1), %2</translation>
    </message>
    <message>
        <source>8 bits (%1), %2</source>
        <translation>8 bit (%1), %2</translation>
    </message>
    <message>
        <source>The cards do not write to each other&apos;s memory, which makes answers slower: %1.</source>
        <translation>Le schede non scrivono l’una nella memoria dell’altra, e ciò rallenta le risposte: %1.</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>Le schede sommano i risultati grandi a pezzi, e ciò rallenta le richieste lunghe: %1.</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>Convertire i pesi in %1 durante il caricamento</translation>
    </message>
</context>
</TS>
