<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="hi" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1. अपने ही कंप्यूटर पर Llama 3.1 से चैट करें।</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>आपकी चैट यहाँ रखी जाती हैं: %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>Apache License 2.0 के अंतर्गत मुक्त सॉफ़्टवेयर। यह Qt (LGPL 3), SQLite (सार्वजनिक डोमेन), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (यूनिकोड लाइसेंस), cmark-gfm (BSD 2-clause) और CLI11 (BSD 3-clause) का उपयोग करता है।</translation>
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
        <translation>उत्तर कॉपी करें</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>फिर से उत्तर दें</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>यह उत्तर कैसे बना</translation>
    </message>
</context>
<context>
    <name>AnswerNote</name>
    <message>
        <source>Continue</source>
        <translation>जारी रखें</translation>
    </message>
</context>
<context>
    <name>AnswerProgress</name>
    <message>
        <source>Waiting for the model</source>
        <translation>मॉडल की प्रतीक्षा है</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>%2 में से %1 टोकन पढ़े जा रहे हैं</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>स्क्रॉल</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>साइडबार दिखाएँ</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>पैरामीटर</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>नाम बदलें</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation>कोड</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>कोड, %1</translation>
    </message>
    <message>
        <source>Do not wrap long lines</source>
        <translation>लंबी पंक्तियाँ न मोड़ें</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>लंबी पंक्तियाँ मोड़ें</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>संदेश…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>संदेश</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 टोकन/से</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>%1 of %2</source>
        <translation>%2 में से %1</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Context used: %1 tokens</source>
        <translation>उपयोग में संदर्भ: %1 टोकन</translation>
    </message>
    <message>
        <source>Tokens of this chat in the context of the model</source>
        <translation>मॉडल के संदर्भ में इस चैट के टोकन</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>संदर्भ</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>%1, answering</source>
        <translation>%1, उत्तर दिया जा रहा है</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>नाम बदलें, पिन करें, हटाएँ</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>चैट</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>नाम बदलें</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>अनपिन करें</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>पिन करें</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>हटाएँ</translation>
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
        <translation>कॉपी हो गया</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>कॉपी करें</translation>
    </message>
</context>
<context>
    <name>DraftModel</name>
    <message>
        <source>Draft model: none. A small model of the same family can guess ahead: the same text, sooner.</source>
        <translation>मसौदा मॉडल: कोई नहीं। उसी परिवार का छोटा मॉडल आगे का अनुमान लगा सकता है: पाठ वही, पर जल्दी।</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>मसौदा मॉडल: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>चुनें…</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>मसौदा मॉडल चुनें</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>मसौदा मॉडल के बिना</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>मॉडल (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>सभी फ़ाइलें (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>आप क्या जानना चाहेंगे?</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>सब कुछ इसी कंप्यूटर पर रहता है।</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>उत्तर बहुत छोटा आरंभिक मॉडल देता है, जो इस प्रोग्राम का मार्गदर्शक है। असली बातचीत के लिए कोई Llama 3.1 मॉडल लोड करें।</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>अभी कोई मॉडल लोड नहीं है।</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>मॉडल खोलें</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>पूछें: %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>Llama 3.1 मॉडल कैसे पाएँ</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. huggingface.co पर “Llama 3.1 8B Instruct GGUF” खोजें और कोई फ़ाइल चुनें। Q4_K_M (4.9 GB) 8 GiB मेमोरी वाले अधिकांश कंप्यूटरों के लिए ठीक है; Q8_0 (8.5 GB) थोड़ी बेहतर है और 12 GiB माँगती है।</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. फ़ाइल को मॉडल फ़ोल्डर में रखें, या वह जहाँ भी हो, “फ़ाइल खोलें…” से चुनें।</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. “लोड करें” दबाएँ। आपका लिखा कुछ भी इस कंप्यूटर से बाहर नहीं जाता।</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>मॉडल फ़ोल्डर: %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>पथ कॉपी करें</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>huggingface.co पर मॉडल खोजें</translation>
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
        <translation>लोड हो रहा है</translation>
    </message>
</context>
<context>
    <name>LookSettings</name>
    <message>
        <source>Theme</source>
        <translation>थीम</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>डेस्कटॉप जैसी</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>हल्की</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>गहरी</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>भाषा</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>इस विंडो की। मॉडल प्रश्न की भाषा में उत्तर देता है।</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>पाठ का आकार</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>छोटा पाठ</translation>
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
        <translation>बड़ा पाठ</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>अधिक कंट्रास्ट</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>कम गति</translation>
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
        <translation>आप: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>उत्तर: %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>संदेश</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>लोड है</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>अनलोड करें</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>लोड करें</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>%1 लोड करें</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>सूची से निकालें (फ़ाइल बनी रहेगी)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>मेमोरी योजना छिपाएँ</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>%1 की मेमोरी योजना</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>%1 लोड हो रहा है</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>मॉडल लोड नहीं हुआ</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>मॉडल चुनें</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>context %1</source>
        <translation>संदर्भ %1</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>फ़ाइल पढ़ी जा रही है</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>प्रोग्राम के साथ आता है: उसका छोटा-सा मार्गदर्शक। इसके सिवा कुछ नहीं जानता।</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>संदर्भ की लंबाई</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>स्वचालित</translation>
    </message>
    <message>
        <source>2K tokens</source>
        <translation>2K टोकन</translation>
    </message>
    <message>
        <source>4K tokens</source>
        <translation>4K टोकन</translation>
    </message>
    <message>
        <source>8K tokens</source>
        <translation>8K टोकन</translation>
    </message>
    <message>
        <source>16K tokens</source>
        <translation>16K टोकन</translation>
    </message>
    <message>
        <source>32K tokens</source>
        <translation>32K टोकन</translation>
    </message>
    <message>
        <source>64K tokens</source>
        <translation>64K टोकन</translation>
    </message>
    <message>
        <source>128K tokens</source>
        <translation>128K टोकन</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>थ्रेड</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>स्वचालित। इस कंप्यूटर में %1 हैं।</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>इस कंप्यूटर में %1 हैं। 0 का अर्थ स्वचालित।</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>मॉडल फ़ोल्डर</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>चुनें…</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>मॉडल फ़ोल्डर चुनें</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>जहाँ पाठ दोहराता है, वहाँ एक साथ कई शब्दों का अनुमान: वही उत्तर, पर जल्दी</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>हाल की चैट के लिए मेमोरी</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>मॉडल जो पढ़ चुका है वह तैयार रहता है, इसलिए किसी चैट पर लौटने में समय नहीं लगता।</translation>
    </message>
    <message>
        <source>None</source>
        <translation>कुछ नहीं</translation>
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
        <translation>चैट के लिए डिस्क स्थान</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>वही डिस्क पर, दोबारा शुरू करने के बाद भी। “कुछ नहीं” चुनने पर जो वहाँ है वह हटा दिया जाता है।</translation>
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
        <translation>संदर्भ की सटीकता</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 बिट में संदर्भ के लिए आधी मेमोरी लगती है और उत्तर थोड़े बदलते हैं। अगली बार लोड होने से लागू।</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 बिट</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 बिट</translation>
    </message>
    <message>
        <source>How much the model keeps in mind. Longer needs more memory. It holds from the next load of models without a choice of their own.</source>
        <translation>मॉडल कितना याद रखता है। लंबे के लिए अधिक मेमोरी चाहिए। जिन मॉडलों का अपना चुनाव नहीं, उन पर अगली बार लोड करने से लागू।</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>फ़ाइल खोलें…</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>मॉडल फ़ोल्डर</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>फिर से देखें</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>मॉडल खोलें</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>मॉडल (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>सभी फ़ाइलें (*)</translation>
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
        <translation>यह सूचना बंद करें</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>फिर से शुरू करें</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Show the sidebar</source>
        <translation>साइडबार दिखाएँ</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>चैट पर वापस</translation>
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
        <translation>पैरामीटर</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>सभी रीसेट करें</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>पैरामीटर बंद करें</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>सिस्टम निर्देश</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>बातचीत से पहले मॉडल को जो बताया जाता है। यह इसी चैट पर लागू है।</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>रोकने वाली स्ट्रिंग</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>इनमें से किसी के भी आने से पहले उत्तर समाप्त हो जाता है। हर पंक्ति में एक।</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>डिफ़ॉल्ट पर वापस</translation>
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
        <translation>भार</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>संदर्भ</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>गणना की मेमोरी</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>प्रोग्राम और लाइब्रेरी</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>दूसरे प्रोग्राम</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>खाली</translation>
    </message>
</context>
<context>
    <name>PlanOptions</name>
    <message>
        <source>Context length</source>
        <translation>संदर्भ की लंबाई</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>मॉडल कितना याद रखता है।</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>संदर्भ की सटीकता</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>कार्डों में बँटवारा</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>स्वचालित</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>हर परत सभी कार्डों पर</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>हर कार्ड पर पूरी परतें</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>भार</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Memory</source>
        <translation>मेमोरी</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>फ़ाइल पढ़ी जा रही है</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>इनमें से किसी एक से यह समा जाएगा:</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>इतना और होने पर यह समा जाएगा: %1।</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>लोड करें</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>फिर भी लोड करें</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>यह उत्तर कैसे बना</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>आपका प्रश्न</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>रद्द करें</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>फिर से पूछें</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>नया शीर्षक</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>खोजें</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>चैट में खोजें</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>खोज साफ़ करें</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>रुक रहा है</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>रोकें</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>भेजें</translation>
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
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>रूप</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>लेखन</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Enter भेजता है, Shift+Enter नई पंक्ति शुरू करता है (बंद होने पर Ctrl+Enter भेजता है)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>शॉर्टकट</translation>
    </message>
    <message>
        <source>About</source>
        <translation>परिचय</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>ग्राफ़िक्स कार्ड</translation>
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
        <translation>नई चैट</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>खोजें</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>लिखें</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>पिछली, अगली चैट</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>चैट का नाम बदलें</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>रोकें; बंद करें</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>फिर से उत्तर दें</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>अंतिम उत्तर कॉपी करें</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>चैट स्क्रॉल करें</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>साइडबार</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>पैरामीटर</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>पाठ बड़ा, छोटा, सामान्य</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>हटाना पूर्ववत करें</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>ये कुंजियाँ</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>बाहर निकलें</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>शॉर्टकट</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>%2 में से संस्करण %1</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>पिछला संस्करण</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>अगला संस्करण</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>चैट और पृष्ठ</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>नई चैट</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>साइडबार छिपाएँ</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>आपकी चैट यहाँ दिखाई देंगी।</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>कुछ नहीं मिला।</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>मॉडल</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>सेटिंग</translation>
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
            <numerusform>%n स्तंभ वाली तालिका</numerusform>
            <numerusform>%n स्तंभों वाली तालिका</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>तालिका कॉपी करें</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>Title: %1</source>
        <translation>शीर्षक: %1</translation>
    </message>
</context>
<context>
    <name>ToEndButton</name>
    <message>
        <source>To the new text</source>
        <translation>नए पाठ पर जाएँ</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>अंत पर जाएँ</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>पूर्ववत करें</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>बंद करें</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>संपादित करके फिर पूछें</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>कोई मॉडल लोड नहीं है। %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>कोई मॉडल लोड नहीं है। “मॉडल” में से कोई चुनें।</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>बातचीत खोली नहीं जा सकीं: %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>चैट हटाई गई</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>पाँच वाक्यों में समझाओ कि खमीर (सॉरडो स्टार्टर) कैसे काम करता है।</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>ऐसा Python फ़ंक्शन लिखो जो किसी पाठ में सबसे लंबा शब्द खोजे।</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>बकाया बिल के बारे में एक विनम्र अनुस्मारक लिखने में मेरी मदद करो।</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>ग्राफ़िक्स कार्ड विफल हुआ और यह प्रोग्राम उसे अब काम में नहीं ले सकता। Altiplano फिर से शुरू करें: वह इसी चैट पर लौटेगा।</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… और %1 और वर्ण। कॉपी करने पर सभी शामिल होते हैं।</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>पिन की हुई</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>आज</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>कल</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>पिछले 7 दिन</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>पिछले 30 दिन</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>मिली</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>नई चैट</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>इंजन की प्रतीक्षा है</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 में से %1</translation>
    </message>
    <message>
        <source>%1: weights %2, context %3</source>
        <translation>%1: भार %2, संदर्भ %3</translation>
    </message>
    <message>
        <source>The program ended while it loaded this model the last time, so it was not loaded again. Load it from Models to try once more, or choose a smaller one.</source>
        <translation>पिछली बार यह मॉडल लोड करते समय प्रोग्राम बंद हो गया था, इसलिए इसे दोबारा लोड नहीं किया गया। फिर कोशिश करने के लिए इसे “मॉडल” से लोड करें, या कोई छोटा मॉडल चुनें।</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1, %2 में</translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>पिछली बार प्रोग्राम बंद होने पर %n उत्तर बीच में रुक गया। लिखा हुआ सुरक्षित है; “जारी रखें” वहीं से आगे बढ़ता है।</numerusform>
            <numerusform>पिछली बार प्रोग्राम बंद होने पर %n उत्तर बीच में रुक गए। लिखा हुआ सुरक्षित है; “जारी रखें” वहीं से आगे बढ़ता है।</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>फ़ाइल अधूरी है: कम से कम %2 में से %1 मौजूद है। इसे फिर से डाउनलोड करें।</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>फ़ाइल अधूरी है: वह अपने विवरण के भीतर ही समाप्त हो जाती है (%1)। इसे फिर से डाउनलोड करें।</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>यह मॉडल फ़ाइल नहीं है। Altiplano को Llama 3.1 मॉडल की GGUF फ़ाइल चाहिए।</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>फ़ाइल क्षतिग्रस्त है: %1। इसे फिर से डाउनलोड करें।</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>इस मॉडल का उपयोग नहीं हो सकता: %1। Llama 3.1 मॉडल की कोई GGUF फ़ाइल चुनें।</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>फ़ाइल पढ़ी नहीं जा सकी: %1। जाँचें कि वह अब भी मौजूद है और पढ़ी जा सकती है।</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>डिवाइस विफल हुआ: %1। मॉडल फिर से लोड करें।</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>मॉडल लोड नहीं हो सका: %1। सेटिंग में संदर्भ की लंबाई बदलें या दूसरा मॉडल चुनें।</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>जिस तरह मॉडल लोड है, उसके लिए यह बातचीत बहुत लंबी है: इसे %1 टोकन और उत्तर के लिए जगह चाहिए, जबकि %2 हैं। छोटा संदेश भेजें, नई चैट शुरू करें, या सेटिंग में बड़ा संदर्भ रखकर मॉडल फिर से लोड करें।</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>मॉडल ने ऐसे मान निकाले जो संख्याएँ नहीं हैं, इसलिए उत्तर यहीं समाप्त होता है: %1। मॉडल फ़ाइल क्षतिग्रस्त हो सकती है; फिर कोशिश करें या दूसरी लोड करें।</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>आगे बढ़ने के लिए पर्याप्त मेमोरी नहीं थी। दूसरे प्रोग्राम बंद करें या मॉडल को छोटे संदर्भ के साथ लोड करें, फिर उत्तर दोबारा बनवाएँ।</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>यह मॉडल उत्तर नहीं दे सकता: %1। दूसरा मॉडल लोड करें।</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>उत्तर की गणना नहीं हो सकी: %1। फिर कोशिश करें।</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>सहेजा नहीं गया: डिस्क भर गई है। जगह बनाएँ; Altiplano कोशिश करता रहता है और खुला रहने तक कुछ नहीं खोता।</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>सहेजा नहीं गया: किसी दूसरे प्रोग्राम ने बातचीत की फ़ाइल रोक रखी है। Altiplano कोशिश करता रहता है।</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>सहेजा नहीं गया: बातचीत की फ़ाइल में लिखा नहीं जा सकता। डेटा फ़ोल्डर के अधिकार जाँचें।</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>बातचीत की फ़ाइल क्षतिग्रस्त है (%1)। इसे ठीक करने के लिए प्रोग्राम फिर से शुरू करें; क्षतिग्रस्त फ़ाइल रखी जाती है।</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>ये बातचीत Altiplano के नए संस्करण ने लिखी हैं। इन्हें बदलने के लिए वह संस्करण स्थापित करें।</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>यह बातचीत या संदेश अब मौजूद नहीं है।</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>सहेजा नहीं गया: %1।</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>बातचीत पढ़ी जा सकती हैं पर बदली नहीं जा सकतीं: %1। डेटा फ़ोल्डर के अधिकार जाँचें और फिर से शुरू करें।</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>ये बातचीत Altiplano के नए संस्करण ने लिखी हैं: इन्हें पढ़ा जा सकता है, बदला नहीं जा सकता। आगे बढ़ने के लिए वह संस्करण स्थापित करें।</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>बातचीत की फ़ाइल क्षतिग्रस्त थी। जो पढ़ा जा सका, वह बचा लिया गया; क्षतिग्रस्त फ़ाइल %1 के नाम से रखी है।</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>मसौदा मॉडल की शब्दावली अलग है, इसलिए वह इस मॉडल के लिए अनुमान नहीं लगा सकता। उसी परिवार का छोटा मॉडल चुनें, जैसे Llama 3.2 1B।</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>मसौदा मॉडल का उपयोग नहीं हो रहा। %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>फ़ाइल पढ़े जाने के दौरान बदल गई। उसके पूरे होने तक रुकें, फिर उसे दोबारा लोड करें।</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>इस मॉडल का केवल विवरण यहाँ है। उसके भार इसी फ़ोल्डर में होने चाहिए; उन्हें कितनी मेमोरी चाहिए, यह मेमोरी योजना में है।</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>इस मॉडल के लिए पर्याप्त मेमोरी नहीं है: %1 चाहिए, %2 खाली है।</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>इस मॉडल के लिए पर्याप्त मेमोरी नहीं है।</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>दूसरे प्रोग्राम बंद करें, छोटा मॉडल चुनें, या मॉडल में देखें कि यह कैसे समा सकता है।</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>ग्राफ़िक्स कार्ड विफल हुआ: %1। उसे काम में लेने के लिए Altiplano फिर से शुरू करना होगा।</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>बीच में रुका, क्योंकि ग्राफ़िक्स कार्ड विफल हुआ: %1। जो लिखा गया, वह सुरक्षित है।</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>कोई भार %1 के लिए बहुत बड़ा है, या संख्या ही नहीं है। मॉडल को उसके मूल भारों के साथ लोड करें।</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>सिस्टम जैसी</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>संदर्भ भर गया है: उत्तर यहीं समाप्त होता है। नई चैट शुरू करें, या सेटिंग में बड़े संदर्भ के साथ मॉडल लोड करके जारी रखें।</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>उत्तर अपनी अधिकतम लंबाई तक पहुँच गया।</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>रोका गया</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>प्रोग्राम बंद होने पर बीच में रुक गया</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n टोकन</numerusform>
            <numerusform>%n टोकन</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 टोकन/से</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>मॉडल: %1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>फ़िंगरप्रिंट: %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>इंजन: %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>गणना यहाँ हुई: %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>सीड: %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>पैरामीटर: %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>प्रॉम्प्ट: %1 टोकन, जिनमें से %2 पहले से ज्ञात थे</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>लगभग %1 चाहिए</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>बंद</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>तापमान</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>कम होने पर पूर्वानुमेय, अधिक होने पर विविध।</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>हमेशा सबसे संभावित शब्द</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>उन सबसे संभावित टोकनों में से चुनता है जो मिलकर यह हिस्सा पूरा करते हैं।</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>सबसे संभावित इतने टोकनों में से चुनता है।</translation>
    </message>
    <message>
        <source>all</source>
        <translation>सभी</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out tokens less likely than this share of the likeliest.</source>
        <translation>सबसे संभावित टोकन के इस हिस्से से कम संभावना वाले टोकन छोड़ देता है।</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>दोहराव दंड</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>1 से ऊपर, पहले आ चुके टोकन कम संभावित हो जाते हैं।</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>आवृत्ति दंड</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>हर बार उपयोग होने पर टोकन की संभावना और घटाता है।</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>उपस्थिति दंड</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>एक बार भी उपयोग हो चुके हर टोकन की संभावना घटाता है।</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>दंड की सीमा</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>दंड अंतिम कितने टोकनों को देखते हैं।</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>सीड</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>वही सीड और सेटिंग फिर वही उत्तर देते हैं।</translation>
    </message>
    <message>
        <source>random</source>
        <translation>यादृच्छिक</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>सबसे लंबा उत्तर</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>उत्तर इतने टोकन के बाद समाप्त हो जाता है।</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>संदर्भ भरने तक</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>डिफ़ॉल्ट</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>यह चैट</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanController</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 टोकन</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little, FP8 more than Q8_0. The file stays as it is.</source>
        <translation>लोड करते समय बदले जाने पर इन्हें कम मेमोरी चाहिए और उत्तर थोड़े बदलते हैं, FP8 में Q8_0 से अधिक। फ़ाइल वैसी ही रहती है।</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>लोड करते समय बदले जाने पर इन्हें कम मेमोरी चाहिए और उत्तर थोड़े बदलते हैं। फ़ाइल वैसी ही रहती है।</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanDeviceListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%2 में से %1</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1, %2 कम</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1, %2 खाली</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>भार %1, संदर्भ %2, गणना की मेमोरी %3, प्रोग्राम और लाइब्रेरी %4, दूसरे प्रोग्राम %5।</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>ज़रूरत नहीं</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>काम में नहीं</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>इस कंप्यूटर पर NVIDIA ड्राइवर नहीं है</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>NVIDIA ड्राइवर को कोई GPU नहीं मिलता</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>प्रोग्राम के इस रूप में GPU समर्थन नहीं है</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>NVIDIA ड्राइवर %1 बहुत पुराना है, वह CUDA %2 देता है और CUDA %3 चाहिए; ड्राइवर %4 या नया इंस्टॉल करें</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>%1 इंस्टॉल नहीं है; CUDA 13 के cuBLAS और NCCL इंस्टॉल करें (NVIDIA के पैकेज libcublas-13-0 और libnccl2)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>इस कंप्यूटर की मेमोरी</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 बिट</translation>
    </message>
    <message>
        <source>8 bits (FP8)</source>
        <translation>8 बिट (FP8)</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 बिट</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 बिट</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing.</source>
        <translation>नहीं समाता: %1 कम है।</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>नहीं समाता: %1 कम है (%2)।</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>समाता है: %1 खाली रहता है।</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>समाता है: हर GPU पर कम से कम %1 खाली रहता है।</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>कोई परत नहीं</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>%3 में से परत %1 से %2</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>हर परत के %2 में से भाग %1</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>इतना छोटा मॉडल एक ही कार्ड जल्दी गिनता है।</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>%n कार्ड छोड़ा गया: एक परत 2, 4 या 8 कार्डों में बँट सकती है, दूसरी संख्याओं में नहीं।</numerusform>
            <numerusform>%n कार्ड छोड़े गए: एक परत 2, 4 या 8 कार्डों में बँट सकती है, दूसरी संख्याओं में नहीं।</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>कार्डों की मेमोरी अलग-अलग है, इसलिए हर एक अपनी परतें गिनता है।</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>प्रोसेसर %2 में से %1 परतें गिनता है, जो बहुत धीमा है।</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>संदर्भ %1 में</translation>
    </message>
    <message>
        <source>Context of %1 tokens</source>
        <translation>%1 टोकन का संदर्भ</translation>
    </message>
    <message numerus="yes">
        <source>%n GPU(s) of %1</source>
        <translation>
            <numerusform>%1 वाला %n GPU</numerusform>
            <numerusform>%1 वाले %n GPU</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of free memory</source>
        <translation>%1 खाली मेमोरी</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%2 में से %1 परतें प्रोसेसर पर (%3 मेमोरी)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>अभी मेमोरी में: भार %1, संदर्भ %2 (योजना की तुलना में %3 %)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>कोई ग्राफ़िक्स कार्ड काम में नहीं है: %1।</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 काम में नहीं लिया जा सकता: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (और %n रास्ता)</numerusform>
            <numerusform>%1 (और %n रास्ते)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>GPU %1 से GPU %2 तक कोई सीधा रास्ता नहीं है</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>मूल रूप में, %1</translation>
    </message>
    <message>
        <source>16 bits (%1), %2</source>
        <translation>16 बिट (%1), %2</translation>
    </message>
    <message>
        <source>8 bits (%1), %2</source>
        <translation>8 बिट (%1), %2</translation>
    </message>
    <message>
        <source>The cards do not write to each other&apos;s memory, which makes answers slower: %1.</source>
        <translation>कार्ड एक-दूसरे की मेमोरी में नहीं लिखते, जिससे उत्तर धीमे आते हैं: %1।</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>कार्ड बड़े परिणाम टुकड़ों में जोड़ते हैं, जिससे लंबे प्रश्न धीमे होते हैं: %1।</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>लोड करते समय भार %1 में बदलें</translation>
    </message>
</context>
</TS>
