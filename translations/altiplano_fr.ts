<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1. Discuter avec Llama 3.1 sur son propre ordinateur.</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>Vos discussions sont conservées dans %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>Logiciel libre sous licence Apache 2.0. Il utilise Qt (LGPL 3), SQLite (domaine public), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (licence Unicode), cmark-gfm (BSD à 2 clauses) et CLI11 (BSD à 3 clauses).</translation>
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
        <translation>Copier la réponse</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Répondre à nouveau</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>Comment cette réponse a été produite</translation>
    </message>
</context>
<context>
    <name>AnswerNote</name>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
</context>
<context>
    <name>AnswerProgress</name>
    <message>
        <source>Waiting for the model</source>
        <translation>En attente du modèle</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>Lecture de %1 jetons sur %2</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>Défilement</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Afficher la barre latérale</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
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
        <translation>Ne pas couper les longues lignes</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Couper les longues lignes</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>Message…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 jetons/s</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Context used: %1 tokens</source>
        <translation>Contexte utilisé : %1 jetons</translation>
    </message>
    <message>
        <source>Tokens of this chat in the context of the model</source>
        <translation>Jetons de cette discussion dans le contexte du modèle</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexte</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>%1, answering</source>
        <translation>%1, réponse en cours</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>Renommer, épingler, supprimer</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>Discussions</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Désépingler</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Épingler</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Suppr</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>DraftModel</name>
    <message>
        <source>Draft model: none. A small model of the same family can guess ahead: the same text, sooner.</source>
        <translation>Modèle d’ébauche : aucun. Un petit modèle de la même famille peut deviner la suite : le même texte, plus tôt.</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>Modèle d’ébauche : %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>Choisir un modèle d’ébauche</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>Sans modèle d’ébauche</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modèles (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>De quoi voulez-vous parler ?</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>Tout reste sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>C’est le minuscule modèle de départ qui répond : un guide de ce programme. Pour de vraies conversations, chargez un modèle Llama 3.1.</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Aucun modèle n’est encore chargé.</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>Ouvrir les modèles</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>Demander : %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>Comment obtenir un modèle Llama 3.1</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. Cherchez « Llama 3.1 8B Instruct GGUF » sur huggingface.co et choisissez un fichier. Q4_K_M (4,9 Go) convient à la plupart des ordinateurs de 8 Gio de mémoire ; Q8_0 (8,5 Go) est un peu meilleur et demande 12 Gio.</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. Mettez le fichier dans le dossier des modèles, ou choisissez-le où qu’il soit avec « Ouvrir un fichier… ».</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. Appuyez sur « Charger ». Rien de ce que vous écrivez ne quitte cet ordinateur.</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>Dossier des modèles : %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copier le chemin</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>Chercher des modèles sur huggingface.co</translation>
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
        <translation>Chargement</translation>
    </message>
</context>
<context>
    <name>LookSettings</name>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Comme le bureau</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>De cette fenêtre. Le modèle répond dans la langue de la question.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texte plus petit</translation>
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
        <translation>Texte plus grand</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Contraste élevé</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Moins d’animations</translation>
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
        <translation>Vous : %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Réponse : %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>Chargé</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Décharger</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>Charger %1</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>Retirer de la liste (le fichier reste)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>Masquer le plan de mémoire</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>Plan de mémoire de %1</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>Chargement de %1</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>Le modèle n’a pas été chargé</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Choisir un modèle</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>context %1</source>
        <translation>contexte %1</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lecture du fichier</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>Fourni avec le programme : un minuscule guide. Il ne sait rien d’autre.</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>Longueur du contexte</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>2K tokens</source>
        <translation>2K jetons</translation>
    </message>
    <message>
        <source>4K tokens</source>
        <translation>4K jetons</translation>
    </message>
    <message>
        <source>8K tokens</source>
        <translation>8K jetons</translation>
    </message>
    <message>
        <source>16K tokens</source>
        <translation>16K jetons</translation>
    </message>
    <message>
        <source>32K tokens</source>
        <translation>32K jetons</translation>
    </message>
    <message>
        <source>64K tokens</source>
        <translation>64K jetons</translation>
    </message>
    <message>
        <source>128K tokens</source>
        <translation>128K jetons</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Fils d’exécution</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>Automatique. Cet ordinateur en a %1.</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>Cet ordinateur en a %1. 0 : automatique.</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Dossier des modèles</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Choisir…</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>Choisir le dossier des modèles</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>Deviner plusieurs mots à la fois là où le texte se répète : la même réponse, plus tôt</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>Mémoire pour les discussions récentes</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>Ce que le modèle a lu reste à portée de main : revenir à une discussion ne prend pas de temps.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>1 GB</source>
        <translation>1 Go</translation>
    </message>
    <message>
        <source>2 GB</source>
        <translation>2 Go</translation>
    </message>
    <message>
        <source>4 GB</source>
        <translation>4 Go</translation>
    </message>
    <message>
        <source>8 GB</source>
        <translation>8 Go</translation>
    </message>
    <message>
        <source>16 GB</source>
        <translation>16 Go</translation>
    </message>
    <message>
        <source>Disk space for chats</source>
        <translation>Espace disque pour les discussions</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>La même chose sur le disque, même après un redémarrage. « Aucun » efface ce qui s’y trouve.</translation>
    </message>
    <message>
        <source>5 GB</source>
        <translation>5 Go</translation>
    </message>
    <message>
        <source>10 GB</source>
        <translation>10 Go</translation>
    </message>
    <message>
        <source>20 GB</source>
        <translation>20 Go</translation>
    </message>
    <message>
        <source>50 GB</source>
        <translation>50 Go</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Précision du contexte</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 bits demandent moitié moins de mémoire pour le contexte et changent un peu les réponses. Valable dès le prochain chargement.</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 bits</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 bits</translation>
    </message>
    <message>
        <source>How much the model keeps in mind. Longer needs more memory. It holds from the next load of models without a choice of their own.</source>
        <translation>Ce que le modèle garde à l’esprit. Plus long demande plus de mémoire. Valable dès le prochain chargement des modèles sans choix propre.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Ouvrir un fichier…</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Dossier des modèles</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Actualiser</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Ouvrir un modèle</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modèles (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>Fermer cet avis</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Redémarrer</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Afficher la barre latérale</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>Retour à la discussion</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>ParameterPanel</name>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Tout réinitialiser</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>Fermer les paramètres</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Instruction système</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>Ce qui est dit au modèle avant la conversation. Vaut pour cette discussion.</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>Chaînes d’arrêt</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>La réponse s’arrête avant l’une d’elles. Une par ligne.</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Revenir à la valeur par défaut</translation>
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
        <translation>Poids</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexte</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>Mémoire de travail</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>Programme et bibliothèques</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Autres programmes</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Libre</translation>
    </message>
</context>
<context>
    <name>PlanOptions</name>
    <message>
        <source>Context length</source>
        <translation>Longueur du contexte</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>Ce que le modèle garde à l’esprit.</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Précision du contexte</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>Répartition sur les cartes</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatique</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>Chaque couche sur toutes les cartes</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>Couches entières sur chaque carte</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Poids</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lecture du fichier</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>Il tiendrait avec l’un de ces changements :</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>Il tiendrait avec davantage : %1.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Charger</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>Charger quand même</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>Comment cette réponse a été produite</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>Votre question</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Redemander</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>Nouveau titre</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Rechercher dans les discussions</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Effacer la recherche</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>Arrêt en cours</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Écriture</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Entrée envoie, Maj+Entrée passe à la ligne (désactivé : Ctrl+Entrée envoie)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>About</source>
        <translation>À propos</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>Cartes graphiques</translation>
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
        <translation>Échap</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>Ctrl+Shift+C</source>
        <translation>Ctrl+Maj+C</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Page préc., Page suiv.</translation>
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
        <translation>Nouvelle discussion</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>Discussion précédente, suivante</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Renommer la discussion</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>Arrêter ; fermer</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Répondre à nouveau</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Copier la dernière réponse</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>Faire défiler la discussion</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barre latérale</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>Texte plus grand, plus petit, normal</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>Annuler une suppression</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Ces touches</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Version %1 sur %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Version précédente</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Version suivante</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>Discussions et pages</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nouvelle discussion</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Masquer la barre latérale</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Vos discussions apparaîtront ici.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Aucun résultat.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
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
            <numerusform>Tableau de %n colonne</numerusform>
            <numerusform>Tableau de %n colonnes</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Copier le tableau</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>Title: %1</source>
        <translation>Titre : %1</translation>
    </message>
</context>
<context>
    <name>ToEndButton</name>
    <message>
        <source>To the new text</source>
        <translation>Vers le nouveau texte</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>À la fin</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>Modifier et redemander</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>Aucun modèle n’est chargé. %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>Aucun modèle n’est chargé. Choisissez-en un dans Modèles.</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>Les conversations n’ont pas pu être ouvertes : %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>Discussion supprimée</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>Explique en cinq phrases comment fonctionne un levain.</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>Écris une fonction Python qui trouve le mot le plus long d’un texte.</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>Aide-moi à rédiger un rappel aimable pour une facture impayée.</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>La carte graphique est tombée en panne et ce programme ne peut plus l’utiliser. Redémarrez Altiplano : il reviendra à cette discussion.</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… et %1 caractères de plus. La copie les prend tous.</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>Épinglées</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>7 derniers jours</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>30 derniers jours</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvées</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nouvelle discussion</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>En attente du moteur</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1: weights %2, context %3</source>
        <translation>%1 : poids %2, contexte %3</translation>
    </message>
    <message>
        <source>The program ended while it loaded this model the last time, so it was not loaded again. Load it from Models to try once more, or choose a smaller one.</source>
        <translation>Le programme s’est arrêté pendant le dernier chargement de ce modèle ; il n’a donc pas été rechargé. Chargez-le depuis Modèles pour réessayer, ou choisissez-en un plus petit.</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 en %2</translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>%n réponse a été interrompue à la dernière fermeture du programme. Ce qui était écrit est conservé ; « Continuer » reprend à cet endroit.</numerusform>
            <numerusform>%n réponses ont été interrompues à la dernière fermeture du programme. Ce qui était écrit est conservé ; « Continuer » reprend à cet endroit.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>Le fichier est incomplet : %1 sur au moins %2 sont là. Téléchargez-le à nouveau.</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>Le fichier est incomplet : il se termine dans sa propre description (%1). Téléchargez-le à nouveau.</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>Ce n’est pas un fichier de modèle. Altiplano a besoin d’un fichier GGUF d’un modèle Llama 3.1.</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>Le fichier est endommagé : %1. Téléchargez-le à nouveau.</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>Ce modèle ne peut pas être utilisé : %1. Choisissez un fichier GGUF d’un modèle Llama 3.1.</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>Le fichier n’a pas pu être lu : %1. Vérifiez qu’il est toujours là et lisible.</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>Le périphérique a échoué : %1. Rechargez le modèle.</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>Le modèle n’a pas pu être chargé : %1. Modifiez la longueur du contexte dans les Réglages ou choisissez un autre modèle.</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>Cette conversation est trop longue pour le modèle tel qu’il est chargé : il lui faut %1 jetons et la place d’une réponse, il y en a %2. Envoyez un message plus court, commencez une nouvelle discussion, ou choisissez un contexte plus grand dans les Réglages et rechargez le modèle.</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>Le modèle a calculé des valeurs qui ne sont pas des nombres ; la réponse s’arrête donc ici : %1. Le fichier du modèle est peut-être endommagé ; réessayez ou chargez-en un autre.</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>Il n’y avait pas assez de mémoire pour continuer. Fermez d’autres programmes ou chargez le modèle avec un contexte plus petit, puis relancez la réponse.</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>Ce modèle ne peut pas répondre : %1. Chargez un autre modèle.</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>La réponse n’a pas pu être calculée : %1. Réessayez.</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>Non enregistré : le disque est plein. Libérez de la place ; Altiplano continue d’essayer et rien n’est perdu tant qu’il est ouvert.</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>Non enregistré : un autre programme tient le fichier des conversations. Altiplano continue d’essayer.</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>Non enregistré : le fichier des conversations ne peut pas être écrit. Vérifiez les droits du dossier de données.</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>Le fichier des conversations est endommagé (%1). Redémarrez le programme pour le réparer ; le fichier endommagé est conservé.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>Les conversations ont été écrites par une version plus récente d’Altiplano. Installez cette version pour les modifier.</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>Cette conversation ou ce message n’existe plus.</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>Non enregistré : %1.</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>Les conversations peuvent être lues mais pas modifiées : %1. Vérifiez les droits du dossier de données et redémarrez.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>Les conversations ont été écrites par une version plus récente d’Altiplano : elles peuvent être lues, mais pas modifiées. Installez cette version pour continuer.</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>Le fichier des conversations était endommagé. Ce qui était lisible a été récupéré ; le fichier endommagé est conservé sous %1.</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>Le modèle d’ébauche a un autre vocabulaire et ne peut donc pas deviner pour ce modèle. Choisissez un petit modèle de la même famille, par exemple Llama 3.2 1B.</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>Le modèle d’ébauche n’est pas utilisé. %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>Le fichier a changé pendant sa lecture. Attendez qu’il soit complet, puis chargez-le de nouveau.</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>Seule la description de ce modèle est là. Ses poids vont dans le même dossier ; ce qu’il leur faudrait est dans le plan de mémoire.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>La mémoire ne suffit pas pour ce modèle : il faut %1, %2 sont libres.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>La mémoire ne suffit pas pour ce modèle.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>Fermez d’autres programmes, choisissez un modèle plus petit ou voyez dans Modèles ce qui le ferait tenir.</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>La carte graphique est tombée en panne : %1. Il faut redémarrer Altiplano pour l’utiliser.</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>Interrompue, car la carte graphique est tombée en panne : %1. Ce qui est écrit est conservé.</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>Un poids est trop grand pour %1, ou n’est pas un nombre. Chargez le modèle avec ses poids tels quels.</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>Le contexte est plein : la réponse s’arrête ici. Commencez une nouvelle discussion, ou chargez le modèle avec un contexte plus grand dans les Réglages et continuez.</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>La réponse a atteint sa longueur maximale.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>Interrompu à la fermeture du programme</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n jeton</numerusform>
            <numerusform>%n jetons</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 jetons/s</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modèle : %1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>Empreinte : %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Moteur : %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>Calculé sur : %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>Graine : %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>Paramètres : %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>Invite : %1 jetons, dont %2 déjà connus</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 Md</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>demande environ %1</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>désactivé</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Température</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>Basse : prévisible ; haute : variée.</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>toujours le mot le plus probable</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>Choisit parmi les jetons les plus probables qui atteignent ensemble cette part.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>Choisit parmi ce nombre de jetons les plus probables.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out tokens less likely than this share of the likeliest.</source>
        <translation>Écarte les jetons moins probables que cette part du plus probable.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Pénalité de répétition</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>Au-dessus de 1, les jetons déjà utilisés deviennent moins probables.</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>Pénalité de fréquence</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>Abaisse un jeton un peu plus à chaque emploi.</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>Pénalité de présence</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>Abaisse tout jeton déjà utilisé au moins une fois.</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>Fenêtre des pénalités</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>Nombre des derniers jetons que regardent les pénalités.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>La même graine et les mêmes réglages redonnent la même réponse.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>aléatoire</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Longueur maximale de la réponse</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>La réponse s’arrête après ce nombre de jetons.</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>jusqu’à ce que le contexte soit plein</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Par défaut</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>Cette discussion</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanController</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 jetons</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little, FP8 more than Q8_0. The file stays as it is.</source>
        <translation>Convertis au chargement, ils demandent moins de mémoire et changent un peu les réponses, FP8 plus que Q8_0. Le fichier reste tel quel.</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>Convertis au chargement, ils demandent moins de mémoire et changent un peu les réponses. Le fichier reste tel quel.</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanDeviceListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1, il manque %2</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 libres</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>Poids %1, contexte %2, mémoire de travail %3, programme et bibliothèques %4, autres programmes %5.</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>pas nécessaire</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>non utilisée</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>il n’y a pas de pilote NVIDIA sur cet ordinateur</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>le pilote NVIDIA ne trouve aucun GPU</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>cette version du programme ne gère pas les GPU</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>le pilote NVIDIA %1 est trop ancien, il offre CUDA %2 et il faut CUDA %3 ; installez le pilote %4 ou plus récent</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>%1 n’est pas installée ; installez cuBLAS et NCCL de CUDA 13 (les paquets libcublas-13-0 et libnccl2 de NVIDIA)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>Mémoire de cet ordinateur</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 bits</translation>
    </message>
    <message>
        <source>8 bits (FP8)</source>
        <translation>8 bits (FP8)</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 bits</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 bits</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing.</source>
        <translation>Ne tient pas : il manque %1.</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>Ne tient pas : il manque %1 (%2).</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>Tient : %1 restent libres.</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>Tient : au moins %1 restent libres sur chaque GPU.</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>aucune couche</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>couches %1 à %2 sur %3</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>partie %1 sur %2 de chaque couche</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>Un modèle si petit est calculé plus vite par une seule carte.</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>%n carte est laissée de côté : 2, 4 ou 8 cartes peuvent partager une couche, pas d’autres nombres.</numerusform>
            <numerusform>%n cartes sont laissées de côté : 2, 4 ou 8 cartes peuvent partager une couche, pas d’autres nombres.</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>Les cartes n’ont pas la même mémoire, chacune calcule donc ses propres couches.</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>Le processeur calcule %1 couches sur %2, ce qui est bien plus lent.</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>Contexte en %1</translation>
    </message>
    <message>
        <source>Context of %1 tokens</source>
        <translation>Contexte de %1 jetons</translation>
    </message>
    <message numerus="yes">
        <source>%n GPU(s) of %1</source>
        <translation>
            <numerusform>%n GPU de %1</numerusform>
            <numerusform>%n GPU de %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of free memory</source>
        <translation>%1 de mémoire libre</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%1 couches sur %2 sur le processeur (%3 de mémoire)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>En mémoire à présent : poids %1, contexte %2 (%3 % par rapport au plan)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>Aucune carte graphique n’est utilisée : %1.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 ne peut pas être utilisée : %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (et %n autre voie)</numerusform>
            <numerusform>%1 (et %n autres voies)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>il n’y a pas de voie directe du GPU %1 au GPU %2</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>Tels quels, %1</translation>
    </message>
    <message>
        <source>16 bits (%1), %2</source>
        <translation>16 bits (%1), %2</translation>
    </message>
    <message>
        <source>8 bits (%1), %2</source>
        <translation>8 bits (%1), %2</translation>
    </message>
    <message>
        <source>The cards do not write to each other&apos;s memory, which makes answers slower: %1.</source>
        <translation>Les cartes n’écrivent pas dans la mémoire l’une de l’autre, ce qui ralentit les réponses : %1.</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>Les cartes additionnent les grands résultats par morceaux, ce qui ralentit les longues questions : %1.</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>Convertir les poids en %1 au chargement</translation>
    </message>
</context>
</TS>
