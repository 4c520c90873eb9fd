<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1. Chatear con Llama 3.1 en su propio equipo.</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>Sus chats se guardan en %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>Software libre bajo la licencia Apache 2.0. Utiliza Qt (LGPL 3), SQLite (dominio público), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (licencia Unicode), cmark-gfm (BSD de 2 cláusulas) y CLI11 (BSD de 3 cláusulas).</translation>
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
        <translation>Copiar la respuesta</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Responder de nuevo</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>Cómo se generó esta respuesta</translation>
    </message>
</context>
<context>
    <name>AnswerNote</name>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>AnswerProgress</name>
    <message>
        <source>Waiting for the model</source>
        <translation>Esperando al modelo</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>Leyendo %1 de %2 tokens</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>Desplazamiento</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Mostrar la barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parámetros</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation>Código</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>Código, %1</translation>
    </message>
    <message>
        <source>Do not wrap long lines</source>
        <translation>No ajustar las líneas largas</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Ajustar las líneas largas</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>Mensaje…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 tokens/s</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Context used: %1 tokens</source>
        <translation>Contexto usado: %1 tokens</translation>
    </message>
    <message>
        <source>Tokens of this chat in the context of the model</source>
        <translation>Tokens de este chat en el contexto del modelo</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexto</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>%1, answering</source>
        <translation>%1, respondiendo</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>Cambiar nombre, fijar, eliminar</translation>
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
        <translation>Cambiar nombre</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>No fijar</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Fijar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Supr</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Copiado</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
</context>
<context>
    <name>DraftModel</name>
    <message>
        <source>Draft model: none. A small model of the same family can guess ahead: the same text, sooner.</source>
        <translation>Modelo de borrador: ninguno. Un modelo pequeño de la misma familia puede adelantarse: el mismo texto, antes.</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>Modelo de borrador: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>Elegir un modelo de borrador</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>Sin modelo de borrador</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelos (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>¿Qué quiere saber?</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>Todo se queda en este equipo.</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>Responde el diminuto modelo inicial: una guía de este programa. Para conversaciones de verdad, cargue un modelo Llama 3.1.</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Aún no hay ningún modelo cargado.</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>Abrir los modelos</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>Preguntar: %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>Cómo conseguir un modelo Llama 3.1</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. Busque «Llama 3.1 8B Instruct GGUF» en huggingface.co y elija un archivo. Q4_K_M (4,9 GB) sirve para la mayoría de los equipos con 8 GiB de memoria; Q8_0 (8,5 GB) es algo mejor y necesita 12 GiB.</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. Ponga el archivo en la carpeta de modelos, o elíjalo donde esté con «Abrir archivo…».</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. Pulse «Cargar». Nada de lo que escriba sale de este equipo.</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>Carpeta de modelos: %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copiar la ruta</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>Buscar modelos en huggingface.co</translation>
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
        <translation>Cargando</translation>
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
        <translation>Como el escritorio</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>De esta ventana. El modelo responde en el idioma de la pregunta.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamaño del texto</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto más pequeño</translation>
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
        <translation>Texto más grande</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Alto contraste</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>Menos movimiento</translation>
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
        <translation>Usted: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Respuesta: %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Mensajes</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>Cargado</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Descargar de la memoria</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Cargar</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>Cargar %1</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>Quitar de la lista (el archivo se conserva)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>Ocultar el plan de memoria</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>Plan de memoria de %1</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>Cargando %1</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>El modelo no se cargó</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Elegir un modelo</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>context %1</source>
        <translation>contexto %1</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Leyendo el archivo</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>Viene con el programa: una guía diminuta. No sabe nada más.</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>Longitud del contexto</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>2K tokens</source>
        <translation>2K tokens</translation>
    </message>
    <message>
        <source>4K tokens</source>
        <translation>4K tokens</translation>
    </message>
    <message>
        <source>8K tokens</source>
        <translation>8K tokens</translation>
    </message>
    <message>
        <source>16K tokens</source>
        <translation>16K tokens</translation>
    </message>
    <message>
        <source>32K tokens</source>
        <translation>32K tokens</translation>
    </message>
    <message>
        <source>64K tokens</source>
        <translation>64K tokens</translation>
    </message>
    <message>
        <source>128K tokens</source>
        <translation>128K tokens</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Hilos</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>Automático. Este equipo tiene %1.</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>Este equipo tiene %1. 0 es automático.</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Carpeta de modelos</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>Elegir la carpeta de modelos</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>Adivinar varias palabras a la vez donde el texto se repite: la misma respuesta, antes</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>Memoria para chats recientes</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>Lo que el modelo ya ha leído queda a mano: volver a un chat no lleva tiempo.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
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
        <translation>Espacio en disco para chats</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>Lo mismo en el disco, también después de reiniciar. «Ninguno» borra lo que hay.</translation>
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
        <translation>Precisión del contexto</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 bits necesitan la mitad de memoria para el contexto y cambian un poco las respuestas. Vale desde la próxima carga.</translation>
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
        <translation>Cuánto tiene presente el modelo. Más largo necesita más memoria. Vale desde la próxima carga de los modelos sin elección propia.</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Abrir archivo…</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Carpeta de modelos</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Actualizar</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Abrir un modelo</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelos (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
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
        <translation>Cerrar este aviso</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Reiniciar</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Mostrar la barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>Volver al chat</translation>
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
        <translation>Parámetros</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Restablecer todo</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>Cerrar los parámetros</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Instrucción del sistema</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>Lo que se le dice al modelo antes de la conversación. Vale para este chat.</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>Cadenas de parada</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>La respuesta termina antes de cualquiera de ellas. Una por línea.</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Volver al valor predeterminado</translation>
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
        <translation>Pesos</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Contexto</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>Memoria de trabajo</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>Programa y bibliotecas</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Otros programas</translation>
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
        <translation>Longitud del contexto</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>Cuánto tiene presente el modelo.</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Precisión del contexto</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>Reparto entre las tarjetas</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>Cada capa en todas las tarjetas</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>Capas enteras en cada tarjeta</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pesos</translation>
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
        <translation>Leyendo el archivo</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>Cabría con uno de estos cambios:</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>Cabría con más: %1.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Cargar</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>Cargar de todos modos</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>Cómo se generó esta respuesta</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>Su pregunta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Preguntar de nuevo</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>Título nuevo</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Buscar en los chats</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Borrar la búsqueda</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>Deteniendo</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
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
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escritura</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Intro envía, Mayús+Intro empieza una línea nueva (desactivado: Ctrl+Intro envía)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Acerca de</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>Tarjetas gráficas</translation>
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
        <translation>Ctrl+Mayús+C</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Re Pág, Av Pág</translation>
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
        <translation>Nuevo chat</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>Chat anterior, siguiente</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Cambiar nombre del chat</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>Detener; cerrar</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Responder de nuevo</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Copiar la última respuesta</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>Desplazar el chat</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barra lateral</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parámetros</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>Texto más grande, más pequeño, normal</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>Deshacer una eliminación</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Estas teclas</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>Atajos</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Versión %1 de %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Versión anterior</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Versión siguiente</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>Chats y páginas</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nuevo chat</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Ocultar la barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Aquí aparecerán sus chats.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>No se encontró nada.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
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
            <numerusform>Tabla de %n columna</numerusform>
            <numerusform>Tabla de %n columnas</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Copiar la tabla</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>Title: %1</source>
        <translation>Título: %1</translation>
    </message>
</context>
<context>
    <name>ToEndButton</name>
    <message>
        <source>To the new text</source>
        <translation>Ir al texto nuevo</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Ir al final</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>Editar y preguntar de nuevo</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>No hay ningún modelo cargado. %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>No hay ningún modelo cargado. Elija uno en Modelos.</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>No se pudieron abrir las conversaciones: %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>Chat eliminado</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>Explica en cinco frases cómo funciona una masa madre.</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>Escribe una función de Python que encuentre la palabra más larga de un texto.</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>Ayúdame a escribir un recordatorio amable sobre una factura sin pagar.</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>La tarjeta gráfica ha fallado y este programa ya no puede usarla. Reinicie Altiplano: volverá a este chat.</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… y %1 caracteres más. Al copiar se incluyen todos.</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>Fijados</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ayer</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Últimos 7 días</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Últimos 30 días</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Encontrados</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nuevo chat</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>Esperando al motor</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1: weights %2, context %3</source>
        <translation>%1: pesos %2, contexto %3</translation>
    </message>
    <message>
        <source>The program ended while it loaded this model the last time, so it was not loaded again. Load it from Models to try once more, or choose a smaller one.</source>
        <translation>La última vez el programa terminó mientras cargaba este modelo; por eso no se cargó de nuevo. Cárguelo desde Modelos para intentarlo otra vez, o elija uno más pequeño.</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 como %2</translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>%n respuesta se interrumpió cuando el programa terminó la última vez. Lo escrito se conserva; «Continuar» sigue desde ahí.</numerusform>
            <numerusform>%n respuestas se interrumpieron cuando el programa terminó la última vez. Lo escrito se conserva; «Continuar» sigue desde ahí.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>El archivo está incompleto: hay %1 de al menos %2. Descárguelo de nuevo.</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>El archivo está incompleto: termina dentro de su propia descripción (%1). Descárguelo de nuevo.</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>Este no es un archivo de modelo. Altiplano necesita un archivo GGUF de un modelo Llama 3.1.</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>El archivo está dañado: %1. Descárguelo de nuevo.</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>Este modelo no se puede usar: %1. Elija un archivo GGUF de un modelo Llama 3.1.</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>No se pudo leer el archivo: %1. Compruebe que sigue ahí y que se puede leer.</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>El dispositivo falló: %1. Cargue el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>No se pudo cargar el modelo: %1. Cambie la longitud del contexto en Ajustes o elija otro modelo.</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>Esta conversación es demasiado larga para el modelo tal como está cargado: necesita %1 tokens y sitio para una respuesta, hay %2. Envíe un mensaje más corto, empiece un chat nuevo, o elija un contexto mayor en Ajustes y cargue el modelo de nuevo.</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>El modelo calculó valores que no son números, por eso la respuesta termina aquí: %1. El archivo del modelo puede estar dañado; inténtelo de nuevo o cargue otro.</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>No había memoria suficiente para seguir. Cierre otros programas o cargue el modelo con un contexto menor y genere la respuesta de nuevo.</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>Este modelo no puede responder: %1. Cargue otro modelo.</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>No se pudo calcular la respuesta: %1. Inténtelo de nuevo.</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>No guardado: el disco está lleno. Libere espacio; Altiplano sigue intentándolo y nada se pierde mientras esté abierto.</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>No guardado: otro programa tiene ocupado el archivo de las conversaciones. Altiplano sigue intentándolo.</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>No guardado: el archivo de las conversaciones no se puede escribir. Compruebe los permisos de la carpeta de datos.</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>El archivo de las conversaciones está dañado (%1). Reinicie el programa para repararlo; el archivo dañado se conserva.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>Las conversaciones las escribió una versión más reciente de Altiplano. Instale esa versión para cambiarlas.</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>Esta conversación o este mensaje ya no existe.</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>No guardado: %1.</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>Las conversaciones se pueden leer pero no cambiar: %1. Compruebe los permisos de la carpeta de datos y reinicie.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>Las conversaciones las escribió una versión más reciente de Altiplano: se pueden leer, pero no cambiar. Instale esa versión para seguir.</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>El archivo de las conversaciones estaba dañado. Se recuperó lo que se pudo leer; el archivo dañado se conserva como %1.</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>El modelo de borrador tiene otro vocabulario, así que no puede adivinar para este modelo. Elija un modelo pequeño de la misma familia, como Llama 3.2 1B.</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>El modelo de borrador no se usa. %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>El archivo cambió mientras se leía. Espera a que esté completo y vuelve a cargarlo.</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>Solo está la descripción de este modelo. Sus pesos van en la misma carpeta; lo que necesitarían está en el plan de memoria.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>No hay memoria suficiente para este modelo: se necesitan %1, hay %2 libres.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>No hay memoria suficiente para este modelo.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>Cierre otros programas, elija un modelo más pequeño o vea en Modelos con qué cabría.</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>La tarjeta gráfica ha fallado: %1. Hay que reiniciar Altiplano para usarla.</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>Interrumpida, porque la tarjeta gráfica ha fallado: %1. Lo escrito se conserva.</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>Un peso es demasiado grande para %1, o no es un número. Cargue el modelo con sus pesos tal como están.</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>El contexto está lleno: la respuesta termina aquí. Empiece un chat nuevo, o cargue el modelo con un contexto mayor en Ajustes y continúe.</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>La respuesta alcanzó su longitud máxima.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>Interrumpido al terminar el programa</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 tokens/s</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modelo: %1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>Huella: %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Motor: %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>Calculado en: %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>Semilla: %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>Parámetros: %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>Entrada: %1 tokens, de los cuales %2 ya eran conocidos</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 mil M</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>necesita unos %1</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>desactivado</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>Baja es predecible, alta es variada.</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>siempre la palabra más probable</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>Elige entre los tokens más probables que juntos alcanzan esta proporción.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>Elige entre este número de tokens más probables.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todos</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out tokens less likely than this share of the likeliest.</source>
        <translation>Descarta los tokens menos probables que esta proporción del más probable.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Penalización por repetición</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>Por encima de 1, los tokens ya usados se vuelven menos probables.</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>Penalización por frecuencia</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>Rebaja un token más cada vez que se ha usado.</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>Penalización por presencia</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>Rebaja todo token que ya se haya usado alguna vez.</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>Ventana de penalización</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>Cuántos de los últimos tokens miran las penalizaciones.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>La misma semilla y los mismos ajustes dan otra vez la misma respuesta.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>aleatoria</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Respuesta más larga</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>La respuesta termina tras este número de tokens.</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>hasta llenar el contexto</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Predeterminado</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>Este chat</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanController</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little, FP8 more than Q8_0. The file stays as it is.</source>
        <translation>Convertidos al cargar necesitan menos memoria y cambian un poco las respuestas, FP8 más que Q8_0. El archivo queda como está.</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>Convertidos al cargar necesitan menos memoria y cambian un poco las respuestas. El archivo queda como está.</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanDeviceListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1, faltan %2</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 libres</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>Pesos %1, contexto %2, memoria de trabajo %3, programa y bibliotecas %4, otros programas %5.</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>no hace falta</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>no se usa</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>no hay controlador de NVIDIA en este equipo</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>el controlador de NVIDIA no encuentra ninguna GPU</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>esta versión del programa no admite GPU</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>el controlador de NVIDIA %1 es demasiado antiguo, ofrece CUDA %2 y se necesita CUDA %3; instale el controlador %4 o posterior</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>%1 no está instalada; instale cuBLAS y NCCL de CUDA 13 (los paquetes libcublas-13-0 y libnccl2 de NVIDIA)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>Memoria de este equipo</translation>
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
        <translation>No cabe: faltan %1.</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>No cabe: faltan %1 (%2).</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>Cabe: quedan libres %1.</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>Cabe: quedan libres al menos %1 en cada GPU.</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>ninguna capa</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>capas %1 a %2 de %3</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>parte %1 de %2 de cada capa</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>Un modelo tan pequeño lo calcula antes una sola tarjeta.</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>Queda fuera una tarjeta: 2, 4 u 8 tarjetas pueden compartir una capa, otros números no.</numerusform>
            <numerusform>Quedan fuera %n tarjetas: 2, 4 u 8 tarjetas pueden compartir una capa, otros números no.</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>Las tarjetas tienen memorias distintas, así que cada una calcula sus propias capas.</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>El procesador calcula %1 de %2 capas, lo que es mucho más lento.</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>Contexto en %1</translation>
    </message>
    <message>
        <source>Context of %1 tokens</source>
        <translation>Contexto de %1 tokens</translation>
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
        <translation>%1 de memoria libre</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%1 de %2 capas en el procesador (%3 de memoria)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>Ahora en memoria: pesos %1, contexto %2 (%3 % respecto al plan)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>No se usa ninguna tarjeta gráfica: %1.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 no se puede usar: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (y %n vía más)</numerusform>
            <numerusform>%1 (y %n vías más)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>no hay vía directa de la GPU %1 a la GPU %2</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>Tal como están, %1</translation>
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
        <translation>Las tarjetas no escriben en la memoria unas de otras, lo que hace más lentas las respuestas: %1.</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>Las tarjetas suman los resultados grandes por partes, lo que hace más lentas las preguntas largas: %1.</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>Convertir los pesos a %1 al cargar</translation>
    </message>
</context>
</TS>
