<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1. Converse com o Llama 3.1 no seu próprio computador.</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>Suas conversas ficam em %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>Software livre sob a Licença Apache 2.0. Usa Qt (LGPL 3), SQLite (domínio público), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Licença Unicode), cmark-gfm (BSD de 2 cláusulas) e CLI11 (BSD de 3 cláusulas).</translation>
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
        <translation>Copiar a resposta</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Responder de novo</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>Como esta resposta foi gerada</translation>
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
        <translation>Aguardando o modelo</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>Lendo %1 de %2 tokens</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>Rolagem</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Mostrar a barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parâmetros</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renomear</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
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
        <translation>Não quebrar linhas longas</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>Quebrar linhas longas</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>Mensagem…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Mensagem</translation>
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
        <translation>Tokens desta conversa no contexto do modelo</translation>
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
        <translation>%1, respondendo</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>Renomear, fixar, excluir</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>Conversas</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>Renomear</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Desafixar</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Fixar</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Excluir</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Del</translation>
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
        <translation>Modelo de rascunho: nenhum. Um modelo pequeno da mesma família pode adivinhar adiante: o mesmo texto, mais cedo.</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>Modelo de rascunho: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>Escolher um modelo de rascunho</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>Sem modelo de rascunho</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelos (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>O que você gostaria de saber?</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>Tudo fica neste computador.</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>Quem responde é o minúsculo modelo inicial: um guia deste programa. Para conversas de verdade, carregue um modelo Llama 3.1.</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>Nenhum modelo está carregado ainda.</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>Abrir os modelos</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>Perguntar: %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>Como obter um modelo Llama 3.1</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. Procure “Llama 3.1 8B Instruct GGUF” em huggingface.co e escolha um arquivo. Q4_K_M (4,9 GB) serve para a maioria dos computadores com 8 GiB de memória; Q8_0 (8,5 GB) é um pouco melhor e precisa de 12 GiB.</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. Coloque o arquivo na pasta de modelos, ou escolha-o onde estiver com “Abrir arquivo…”.</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. Pressione “Carregar”. Nada do que você escreve sai deste computador.</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>Pasta de modelos: %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>Copiar o caminho</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>Procurar modelos em huggingface.co</translation>
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
        <translation>Carregando</translation>
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
        <translation>Como a área de trabalho</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Escuro</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>Desta janela. O modelo responde no idioma da pergunta.</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Tamanho do texto</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Texto menor</translation>
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
        <translation>Texto maior</translation>
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
        <translation>Menos movimento</translation>
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
        <translation>Você: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>Resposta: %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>Mensagens</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>Carregado</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Descarregar</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Carregar</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>Carregar %1</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>Tirar da lista (o arquivo fica)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>Ocultar o plano de memória</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>Plano de memória de %1</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>Carregando %1</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>O modelo não foi carregado</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Escolher um modelo</translation>
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
        <translation>Lendo o arquivo</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>Vem com o programa: um guia minúsculo. Não sabe mais nada.</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>Tamanho do contexto</translation>
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
        <translation>Threads</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>Automático. Este computador tem %1.</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>Este computador tem %1. 0 é automático.</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Pasta de modelos</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Escolher…</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>Escolher a pasta de modelos</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>Adivinhar várias palavras de uma vez onde o texto se repete: a mesma resposta, mais cedo</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>Memória para conversas recentes</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>O que o modelo já leu fica à mão: voltar a uma conversa não leva tempo.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Nenhum</translation>
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
        <translation>Espaço em disco para conversas</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>O mesmo no disco, também depois de reiniciar. “Nenhum” apaga o que há lá.</translation>
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
        <translation>Precisão do contexto</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 bits precisam de metade da memória para o contexto e mudam um pouco as respostas. Vale a partir do próximo carregamento.</translation>
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
        <translation>Quanto o modelo tem em mente. Mais longo precisa de mais memória. Vale a partir do próximo carregamento dos modelos sem escolha própria.</translation>
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
        <translation>Abrir arquivo…</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Pasta de modelos</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Atualizar</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>Abrir um modelo</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>Modelos (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos os arquivos (*)</translation>
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
        <translation>Fechar este aviso</translation>
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
        <translation>Mostrar a barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>Voltar à conversa</translation>
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
        <translation>Parâmetros</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Redefinir tudo</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>Fechar os parâmetros</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Instrução do sistema</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>O que é dito ao modelo antes da conversa. Vale para esta conversa.</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>Sequências de parada</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>A resposta termina antes de qualquer uma delas. Uma por linha.</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>Voltar ao padrão</translation>
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
        <translation>Memória de trabalho</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>Programa e bibliotecas</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Outros programas</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Livre</translation>
    </message>
</context>
<context>
    <name>PlanOptions</name>
    <message>
        <source>Context length</source>
        <translation>Tamanho do contexto</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>Quanto o modelo tem em mente.</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>Precisão do contexto</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>Divisão pelas placas</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>Cada camada em todas as placas</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>Camadas inteiras em cada placa</translation>
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
        <translation>Memória</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lendo o arquivo</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>Caberia com uma destas mudanças:</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>Caberia com mais: %1.</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Carregar</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>Carregar mesmo assim</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>Como esta resposta foi gerada</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>Sua pergunta</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Perguntar de novo</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>Novo título</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>Pesquisar</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Pesquisar conversas</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Limpar a pesquisa</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>Parando</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
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
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aparência</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escrita</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Enter envia, Shift+Enter inicia uma nova linha (desligado: Ctrl+Enter envia)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Atalhos</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Sobre</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>Placas de vídeo</translation>
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
        <translation>Ctrl+Shift+C</translation>
    </message>
    <message>
        <source>Page Up, Page Down</source>
        <translation>Page Up, Page Down</translation>
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
        <translation>Nova conversa</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Pesquisar</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escrever</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>Conversa anterior, próxima</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Renomear a conversa</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>Parar; fechar</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Responder de novo</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>Copiar a última resposta</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>Rolar a conversa</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>Barra lateral</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parâmetros</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Configurações</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>Texto maior, menor, normal</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>Desfazer uma exclusão</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>Estas teclas</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Sair</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>Atalhos</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>Versão %1 de %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Versão anterior</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Próxima versão</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>Conversas e páginas</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nova conversa</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Ocultar a barra lateral</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>Suas conversas aparecerão aqui.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nada encontrado.</translation>
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
        <translation>Configurações</translation>
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
            <numerusform>Tabela com %n coluna</numerusform>
            <numerusform>Tabela com %n colunas</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Copiar a tabela</translation>
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
        <translation>Ir para o texto novo</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Ir para o fim</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>Desfazer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fechar</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>Editar e perguntar de novo</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>Nenhum modelo está carregado. %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>Nenhum modelo está carregado. Escolha um em Modelos.</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>Não foi possível abrir as conversas: %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>Conversa excluída</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>Explique em cinco frases como funciona um fermento natural.</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>Escreva uma função em Python que encontre a palavra mais longa de um texto.</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>Ajude-me a escrever um lembrete gentil sobre uma fatura não paga.</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>A placa de vídeo falhou e este programa não pode mais usá-la. Reinicie o Altiplano: ele volta a este chat.</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… e mais %1 caracteres. A cópia inclui todos.</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>Fixadas</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Hoje</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Ontem</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Últimos 7 dias</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Últimos 30 dias</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Encontradas</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Nova conversa</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>Aguardando o motor</translation>
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
        <translation>Da última vez o programa terminou enquanto carregava este modelo; por isso ele não foi carregado de novo. Carregue-o em Modelos para tentar outra vez, ou escolha um menor.</translation>
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
            <numerusform>%n resposta foi interrompida quando o programa terminou da última vez. O que foi escrito está guardado; “Continuar” prossegue dali.</numerusform>
            <numerusform>%n respostas foram interrompidas quando o programa terminou da última vez. O que foi escrito está guardado; “Continuar” prossegue dali.</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>O arquivo está incompleto: há %1 de pelo menos %2. Baixe-o de novo.</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>O arquivo está incompleto: termina dentro da própria descrição (%1). Baixe-o de novo.</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>Este não é um arquivo de modelo. O Altiplano precisa de um arquivo GGUF de um modelo Llama 3.1.</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>O arquivo está danificado: %1. Baixe-o de novo.</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>Este modelo não pode ser usado: %1. Escolha um arquivo GGUF de um modelo Llama 3.1.</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>Não foi possível ler o arquivo: %1. Verifique se ele ainda existe e pode ser lido.</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>O dispositivo falhou: %1. Carregue o modelo de novo.</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>Não foi possível carregar o modelo: %1. Altere o tamanho do contexto em Configurações ou escolha outro modelo.</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>Esta conversa é longa demais para o modelo como está carregado: precisa de %1 tokens e de espaço para uma resposta, há %2. Envie uma mensagem mais curta, comece uma nova conversa, ou defina um contexto maior em Configurações e carregue o modelo de novo.</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>O modelo calculou valores que não são números; por isso a resposta termina aqui: %1. O arquivo do modelo pode estar danificado; tente de novo ou carregue outro.</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>Não havia memória suficiente para continuar. Feche outros programas ou carregue o modelo com um contexto menor e gere a resposta de novo.</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>Este modelo não consegue responder: %1. Carregue outro modelo.</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>Não foi possível calcular a resposta: %1. Tente de novo.</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>Não salvo: o disco está cheio. Libere espaço; o Altiplano continua tentando e nada se perde enquanto estiver aberto.</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>Não salvo: outro programa está usando o arquivo das conversas. O Altiplano continua tentando.</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>Não salvo: o arquivo das conversas não pode ser gravado. Verifique as permissões da pasta de dados.</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>O arquivo das conversas está danificado (%1). Reinicie o programa para repará-lo; o arquivo danificado é mantido.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>As conversas foram gravadas por uma versão mais nova do Altiplano. Instale essa versão para alterá-las.</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>Esta conversa ou mensagem não existe mais.</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>Não salvo: %1.</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>As conversas podem ser lidas, mas não alteradas: %1. Verifique as permissões da pasta de dados e reinicie.</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>As conversas foram gravadas por uma versão mais nova do Altiplano: podem ser lidas, mas não alteradas. Instale essa versão para continuar.</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>O arquivo das conversas estava danificado. O que pôde ser lido foi recuperado; o arquivo danificado foi mantido como %1.</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>O modelo de rascunho tem outro vocabulário e por isso não pode adivinhar para este modelo. Escolha um modelo pequeno da mesma família, como Llama 3.2 1B.</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>O modelo de rascunho não é usado. %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>O arquivo mudou enquanto era lido. Espere até que esteja completo e carregue-o de novo.</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>Só está aqui a descrição deste modelo. Os pesos pertencem à mesma pasta; o que precisariam está no plano de memória.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>Não há memória suficiente para este modelo: são precisos %1, há %2 livres.</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>Não há memória suficiente para este modelo.</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>Feche outros programas, escolha um modelo menor ou veja em Modelos com o que caberia.</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>A placa de vídeo falhou: %1. É preciso reiniciar o Altiplano para usá-la.</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>Interrompida, porque a placa de vídeo falhou: %1. O que foi escrito fica guardado.</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>Um peso é grande demais para %1, ou não é um número. Carregue o modelo com os pesos como estão.</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>Como o sistema</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>O contexto está cheio: a resposta termina aqui. Comece uma nova conversa, ou carregue o modelo com um contexto maior em Configurações e continue.</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>A resposta atingiu o tamanho máximo permitido.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Interrompido</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>Interrompido quando o programa terminou</translation>
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
        <translation>Impressão digital: %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>Motor: %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>Calculado em: %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>Semente: %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>Parâmetros: %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>Prompt: %1 tokens, dos quais %2 já eram conhecidos</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 bi</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 mi</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>precisa de cerca de %1</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>desligado</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatura</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>Baixa é previsível, alta é variada.</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>sempre a palavra mais provável</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>Escolhe entre os tokens mais prováveis que juntos atingem esta parcela.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>Escolhe entre esta quantidade de tokens mais prováveis.</translation>
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
        <translation>Deixa de fora tokens menos prováveis que esta fração do mais provável.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Penalidade de repetição</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>Acima de 1, tokens já usados ficam menos prováveis.</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>Penalidade de frequência</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>Reduz um token mais a cada vez que foi usado.</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>Penalidade de presença</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>Reduz todo token que já foi usado alguma vez.</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>Janela das penalidades</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>Quantos dos últimos tokens as penalidades observam.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semente</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>A mesma semente e as mesmas configurações dão de novo a mesma resposta.</translation>
    </message>
    <message>
        <source>random</source>
        <translation>aleatória</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>Resposta mais longa</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>A resposta termina após esta quantidade de tokens.</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>até o contexto encher</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Padrão</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>Esta conversa</translation>
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
        <translation>Convertidos ao carregar, precisam de menos memória e mudam um pouco as respostas, FP8 mais que Q8_0. O arquivo fica como está.</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>Convertidos ao carregar, precisam de menos memória e mudam um pouco as respostas. O arquivo fica como está.</translation>
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
        <translation>%1, faltam %2</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 livres</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>Pesos %1, contexto %2, memória de trabalho %3, programa e bibliotecas %4, outros programas %5.</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>não é precisa</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>não usada</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>não há driver da NVIDIA neste computador</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>o driver da NVIDIA não encontra nenhuma GPU</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>esta versão do programa não suporta GPU</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>o driver da NVIDIA %1 é antigo demais, oferece CUDA %2 e é preciso CUDA %3; instale o driver %4 ou mais recente</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>%1 não está instalada; instale cuBLAS e NCCL do CUDA 13 (os pacotes libcublas-13-0 e libnccl2 da NVIDIA)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>Memória deste computador</translation>
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
        <translation>Não cabe: faltam %1.</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>Não cabe: faltam %1 (%2).</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>Cabe: ficam livres %1.</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>Cabe: ficam livres pelo menos %1 em cada GPU.</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>nenhuma camada</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>camadas %1 a %2 de %3</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>parte %1 de %2 de cada camada</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>Um modelo tão pequeno é calculado mais depressa por uma só placa.</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>%n placa fica de fora: 2, 4 ou 8 placas podem dividir uma camada, outros números não.</numerusform>
            <numerusform>%n placas ficam de fora: 2, 4 ou 8 placas podem dividir uma camada, outros números não.</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>As placas têm memórias diferentes, por isso cada uma calcula as suas camadas.</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>O processador calcula %1 de %2 camadas, o que é muito mais lento.</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>Contexto em %1</translation>
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
        <translation>%1 de memória livre</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%1 de %2 camadas no processador (%3 de memória)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>Agora na memória: pesos %1, contexto %2 (%3 % em relação ao plano)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>Nenhuma placa de vídeo é usada: %1.</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 não pode ser usada: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (e mais %n via)</numerusform>
            <numerusform>%1 (e mais %n vias)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>não há via direta da GPU %1 para a GPU %2</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>Como estão, %1</translation>
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
        <translation>As placas não escrevem na memória umas das outras, o que torna as respostas mais lentas: %1.</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>As placas somam resultados grandes em partes, o que torna mais lentas as perguntas longas: %1.</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>Converter os pesos para %1 ao carregar</translation>
    </message>
</context>
</TS>
