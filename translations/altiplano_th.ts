<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="th" sourcelanguage="en">
<context>
    <name>AboutText</name>
    <message>
        <source>Altiplano %1. Chat with Llama 3.1 on your own computer.</source>
        <translation>Altiplano %1 สนทนากับ Llama 3.1 บนคอมพิวเตอร์ของคุณเอง</translation>
    </message>
    <message>
        <source>Your chats are kept in %1</source>
        <translation>แชตของคุณเก็บไว้ที่ %1</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).</source>
        <translation>ซอฟต์แวร์เสรีภายใต้สัญญาอนุญาต Apache 2.0 ใช้ Qt (LGPL 3), SQLite (สาธารณสมบัติ), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (สัญญาอนุญาต Unicode), cmark-gfm (BSD 2 ข้อ) และ CLI11 (BSD 3 ข้อ)</translation>
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
        <translation>คัดลอกคำตอบ</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>ตอบใหม่อีกครั้ง</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Ctrl+R</translation>
    </message>
    <message>
        <source>How this answer was made</source>
        <translation>คำตอบนี้สร้างขึ้นอย่างไร</translation>
    </message>
</context>
<context>
    <name>AnswerNote</name>
    <message>
        <source>Continue</source>
        <translation>ทำต่อ</translation>
    </message>
</context>
<context>
    <name>AnswerProgress</name>
    <message>
        <source>Waiting for the model</source>
        <translation>กำลังรอโมเดล</translation>
    </message>
    <message>
        <source>Reading %1 of %2 tokens</source>
        <translation>กำลังอ่าน %1 จาก %2 โทเค็น</translation>
    </message>
</context>
<context>
    <name>AppScrollBar</name>
    <message>
        <source>Scroll</source>
        <translation>เลื่อน</translation>
    </message>
</context>
<context>
    <name>ChatTitleBar</name>
    <message>
        <source>Show the sidebar</source>
        <translation>แสดงแถบข้าง</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>พารามิเตอร์</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>เปลี่ยนชื่อ</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>ลบ</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>Code</source>
        <translation>โค้ด</translation>
    </message>
    <message>
        <source>Code, %1</source>
        <translation>โค้ด, %1</translation>
    </message>
    <message>
        <source>Do not wrap long lines</source>
        <translation>ไม่ตัดบรรทัดยาว</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>ตัดบรรทัดยาว</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message…</source>
        <translation>ข้อความ…</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>ข้อความ</translation>
    </message>
</context>
<context>
    <name>ComposerFooter</name>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 โทเค็น/วินาที</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 จาก %2</translation>
    </message>
    <message>
        <source>%1K</source>
        <translation>%1K</translation>
    </message>
    <message>
        <source>Context used: %1 tokens</source>
        <translation>บริบทที่ใช้: %1 โทเค็น</translation>
    </message>
    <message>
        <source>Tokens of this chat in the context of the model</source>
        <translation>โทเค็นของแชตนี้ในบริบทของโมเดล</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>บริบท</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>%1, answering</source>
        <translation>%1, กำลังตอบ</translation>
    </message>
    <message>
        <source>Rename, pin, delete</source>
        <translation>เปลี่ยนชื่อ ปักหมุด ลบ</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>แชต</translation>
    </message>
</context>
<context>
    <name>ConversationMenu</name>
    <message>
        <source>Rename</source>
        <translation>เปลี่ยนชื่อ</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>เลิกปักหมุด</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>ปักหมุด</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>ลบ</translation>
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
        <translation>คัดลอกแล้ว</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>คัดลอก</translation>
    </message>
</context>
<context>
    <name>DraftModel</name>
    <message>
        <source>Draft model: none. A small model of the same family can guess ahead: the same text, sooner.</source>
        <translation>โมเดลร่าง: ไม่มี โมเดลเล็กในตระกูลเดียวกันช่วยเดาล่วงหน้าได้: ข้อความเดิม แต่เร็วขึ้น</translation>
    </message>
    <message>
        <source>Draft model: %1</source>
        <translation>โมเดลร่าง: %1</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>เลือก…</translation>
    </message>
    <message>
        <source>Choose a draft model</source>
        <translation>เลือกโมเดลร่าง</translation>
    </message>
    <message>
        <source>Without a draft model</source>
        <translation>ไม่ใช้โมเดลร่าง</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>โมเดล (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>ไฟล์ทั้งหมด (*)</translation>
    </message>
</context>
<context>
    <name>EmptyChat</name>
    <message>
        <source>What would you like to know?</source>
        <translation>อยากรู้เรื่องอะไร</translation>
    </message>
    <message>
        <source>Everything stays on this computer.</source>
        <translation>ทุกอย่างอยู่ในคอมพิวเตอร์เครื่องนี้เท่านั้น</translation>
    </message>
    <message>
        <source>The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.</source>
        <translation>โมเดลเริ่มต้นขนาดจิ๋วเป็นผู้ตอบ ซึ่งเป็นคู่มือของโปรแกรมนี้ หากต้องการสนทนาจริงจัง ให้โหลดโมเดล Llama 3.1</translation>
    </message>
    <message>
        <source>No model is loaded yet.</source>
        <translation>ยังไม่ได้โหลดโมเดล</translation>
    </message>
    <message>
        <source>Open the models</source>
        <translation>เปิดหน้าโมเดล</translation>
    </message>
</context>
<context>
    <name>ExamplePrompt</name>
    <message>
        <source>Ask: %1</source>
        <translation>ถาม: %1</translation>
    </message>
</context>
<context>
    <name>GetModel</name>
    <message>
        <source>How to get a Llama 3.1 model</source>
        <translation>วิธีหาโมเดล Llama 3.1</translation>
    </message>
    <message>
        <source>1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB.</source>
        <translation>1. ค้นหา “Llama 3.1 8B Instruct GGUF” ที่ huggingface.co แล้วเลือกไฟล์ Q4_K_M (4.9 GB) เหมาะกับคอมพิวเตอร์ส่วนใหญ่ที่มีหน่วยความจำ 8 GiB ส่วน Q8_0 (8.5 GB) ดีกว่าเล็กน้อยและต้องใช้ 12 GiB</translation>
    </message>
    <message>
        <source>2. Put the file into the models folder, or choose “Open file…” wherever it lies.</source>
        <translation>2. วางไฟล์ไว้ในโฟลเดอร์โมเดล หรือเลือก “เปิดไฟล์…” ไม่ว่าไฟล์อยู่ที่ใด</translation>
    </message>
    <message>
        <source>3. Press “Load”. Nothing you write leaves this computer.</source>
        <translation>3. กด “โหลด” สิ่งที่คุณเขียนไม่ออกไปจากคอมพิวเตอร์เครื่องนี้</translation>
    </message>
    <message>
        <source>Models folder: %1</source>
        <translation>โฟลเดอร์โมเดล: %1</translation>
    </message>
    <message>
        <source>Copy the path</source>
        <translation>คัดลอกพาธ</translation>
    </message>
    <message>
        <source>Look for models at huggingface.co</source>
        <translation>ค้นหาโมเดลที่ huggingface.co</translation>
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
        <translation>กำลังโหลด</translation>
    </message>
</context>
<context>
    <name>LookSettings</name>
    <message>
        <source>Theme</source>
        <translation>ธีม</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>ตามเดสก์ท็อป</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>สว่าง</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>มืด</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>ภาษา</translation>
    </message>
    <message>
        <source>Of this window. The model answers in yours.</source>
        <translation>ของหน้าต่างนี้ โมเดลจะตอบเป็นภาษาของคำถาม</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>ขนาดตัวอักษร</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>ตัวอักษรเล็กลง</translation>
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
        <translation>ตัวอักษรใหญ่ขึ้น</translation>
    </message>
    <message>
        <source>Ctrl++</source>
        <translation>Ctrl++</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>ความต่างสีสูง</translation>
    </message>
    <message>
        <source>Less motion</source>
        <translation>ลดการเคลื่อนไหว</translation>
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
        <translation>คุณ: %1</translation>
    </message>
    <message>
        <source>Answer: %1</source>
        <translation>คำตอบ: %1</translation>
    </message>
</context>
<context>
    <name>MessageList</name>
    <message>
        <source>Messages</source>
        <translation>ข้อความ</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>Loaded</source>
        <translation>โหลดแล้ว</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>เลิกโหลด</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>โหลด</translation>
    </message>
    <message>
        <source>Load %1</source>
        <translation>โหลด %1</translation>
    </message>
    <message>
        <source>Take from the list (the file stays)</source>
        <translation>นำออกจากรายการ (ไฟล์ยังอยู่)</translation>
    </message>
    <message>
        <source>Hide the memory plan</source>
        <translation>ซ่อนแผนหน่วยความจำ</translation>
    </message>
    <message>
        <source>Memory plan of %1</source>
        <translation>แผนหน่วยความจำของ %1</translation>
    </message>
</context>
<context>
    <name>ModelButton</name>
    <message>
        <source>Loading %1</source>
        <translation>กำลังโหลด %1</translation>
    </message>
    <message>
        <source>The model did not load</source>
        <translation>โหลดโมเดลไม่สำเร็จ</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>เลือกโมเดล</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>context %1</source>
        <translation>บริบท %1</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>กำลังอ่านไฟล์</translation>
    </message>
    <message>
        <source>Comes with the program: a tiny guide to it. It knows nothing else.</source>
        <translation>มากับโปรแกรม เป็นคู่มือขนาดจิ๋ว ไม่รู้เรื่องอื่น</translation>
    </message>
</context>
<context>
    <name>ModelSettings</name>
    <message>
        <source>Context length</source>
        <translation>ความยาวบริบท</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>อัตโนมัติ</translation>
    </message>
    <message>
        <source>2K tokens</source>
        <translation>2K โทเค็น</translation>
    </message>
    <message>
        <source>4K tokens</source>
        <translation>4K โทเค็น</translation>
    </message>
    <message>
        <source>8K tokens</source>
        <translation>8K โทเค็น</translation>
    </message>
    <message>
        <source>16K tokens</source>
        <translation>16K โทเค็น</translation>
    </message>
    <message>
        <source>32K tokens</source>
        <translation>32K โทเค็น</translation>
    </message>
    <message>
        <source>64K tokens</source>
        <translation>64K โทเค็น</translation>
    </message>
    <message>
        <source>128K tokens</source>
        <translation>128K โทเค็น</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>เธรด</translation>
    </message>
    <message>
        <source>Automatic. This computer has %1.</source>
        <translation>อัตโนมัติ คอมพิวเตอร์นี้มี %1</translation>
    </message>
    <message>
        <source>This computer has %1. 0 is automatic.</source>
        <translation>คอมพิวเตอร์นี้มี %1 ค่า 0 คืออัตโนมัติ</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>โฟลเดอร์โมเดล</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>เลือก…</translation>
    </message>
    <message>
        <source>Choose the models folder</source>
        <translation>เลือกโฟลเดอร์โมเดล</translation>
    </message>
    <message>
        <source>Guess several words at once where the text repeats itself: the same answer, sooner</source>
        <translation>เดาหลายคำพร้อมกันเมื่อข้อความซ้ำ: คำตอบเดิม แต่เร็วขึ้น</translation>
    </message>
    <message>
        <source>Memory for recent chats</source>
        <translation>หน่วยความจำสำหรับแชตล่าสุด</translation>
    </message>
    <message>
        <source>What the model has read stays at hand, so that going back to a chat takes no time.</source>
        <translation>สิ่งที่โมเดลอ่านแล้วจะพร้อมใช้ การกลับไปที่แชตจึงไม่ต้องเสียเวลา</translation>
    </message>
    <message>
        <source>None</source>
        <translation>ไม่มี</translation>
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
        <translation>พื้นที่ดิสก์สำหรับแชต</translation>
    </message>
    <message>
        <source>The same on the disk, also after a restart. None deletes what is there.</source>
        <translation>เช่นเดียวกันบนดิสก์ แม้หลังเริ่มโปรแกรมใหม่ “ไม่มี” จะลบสิ่งที่เก็บไว้</translation>
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
        <translation>ความละเอียดของบริบท</translation>
    </message>
    <message>
        <source>8 bits need half the memory for the context and change answers a little. It holds from the next load.</source>
        <translation>8 บิตใช้หน่วยความจำสำหรับบริบทเพียงครึ่งเดียวและทำให้คำตอบเปลี่ยนไปเล็กน้อย มีผลตั้งแต่การโหลดครั้งถัดไป</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 บิต</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 บิต</translation>
    </message>
    <message>
        <source>How much the model keeps in mind. Longer needs more memory. It holds from the next load of models without a choice of their own.</source>
        <translation>ปริมาณที่โมเดลจำได้ ยิ่งยาวยิ่งใช้หน่วยความจำมาก มีผลเมื่อโหลดครั้งถัดไปกับโมเดลที่ไม่ได้เลือกค่าของตัวเอง</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>โมเดล</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>เปิดไฟล์…</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>โฟลเดอร์โมเดล</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>ดูใหม่อีกครั้ง</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>เปิดโมเดล</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors *.pth)</source>
        <translation>โมเดล (*.gguf *.safetensors *.pth)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>ไฟล์ทั้งหมด (*)</translation>
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
        <translation>ปิดข้อความแจ้งนี้</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>เริ่มใหม่</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Show the sidebar</source>
        <translation>แสดงแถบข้าง</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>กลับไปที่แชต</translation>
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
        <translation>พารามิเตอร์</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>รีเซ็ตทั้งหมด</translation>
    </message>
    <message>
        <source>Close the parameters</source>
        <translation>ปิดพารามิเตอร์</translation>
    </message>
    <message>
        <source>Ctrl+P</source>
        <translation>Ctrl+P</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>คำสั่งระบบ</translation>
    </message>
    <message>
        <source>What the model is told before the conversation. It holds for this chat.</source>
        <translation>สิ่งที่บอกโมเดลก่อนเริ่มสนทนา มีผลกับแชตนี้</translation>
    </message>
    <message>
        <source>Stop strings</source>
        <translation>ข้อความหยุด</translation>
    </message>
    <message>
        <source>The answer ends before any of these. One on each line.</source>
        <translation>คำตอบจะจบก่อนถึงข้อความเหล่านี้ บรรทัดละหนึ่งรายการ</translation>
    </message>
</context>
<context>
    <name>ParameterRow</name>
    <message>
        <source>Back to the default</source>
        <translation>กลับเป็นค่าเริ่มต้น</translation>
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
        <translation>น้ำหนัก</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>บริบท</translation>
    </message>
    <message>
        <source>Working memory</source>
        <translation>หน่วยความจำคำนวณ</translation>
    </message>
    <message>
        <source>Program and libraries</source>
        <translation>โปรแกรมและไลบรารี</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>โปรแกรมอื่น</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>ว่าง</translation>
    </message>
</context>
<context>
    <name>PlanOptions</name>
    <message>
        <source>Context length</source>
        <translation>ความยาวบริบท</translation>
    </message>
    <message>
        <source>How much the model keeps in mind.</source>
        <translation>ปริมาณที่โมเดลจำได้</translation>
    </message>
    <message>
        <source>Precision of the context</source>
        <translation>ความละเอียดของบริบท</translation>
    </message>
    <message>
        <source>Split over the cards</source>
        <translation>การแบ่งบนการ์ด</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>อัตโนมัติ</translation>
    </message>
    <message>
        <source>Every layer on all cards</source>
        <translation>ทุกชั้นบนการ์ดทุกใบ</translation>
    </message>
    <message>
        <source>Whole layers on each card</source>
        <translation>ชั้นเต็มบนการ์ดแต่ละใบ</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>น้ำหนัก</translation>
    </message>
</context>
<context>
    <name>PlanPanel</name>
    <message>
        <source>Memory</source>
        <translation>หน่วยความจำ</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>กำลังอ่านไฟล์</translation>
    </message>
</context>
<context>
    <name>PlanVerdict</name>
    <message>
        <source>It would fit with one of these:</source>
        <translation>จะใส่ได้ด้วยข้อใดข้อหนึ่งนี้:</translation>
    </message>
    <message>
        <source>It would fit with more: %1.</source>
        <translation>จะใส่ได้เมื่อมีเพิ่ม: %1</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>โหลด</translation>
    </message>
    <message>
        <source>Load all the same</source>
        <translation>โหลดต่อไป</translation>
    </message>
</context>
<context>
    <name>ProvenancePopup</name>
    <message>
        <source>How this answer was made</source>
        <translation>คำตอบนี้สร้างขึ้นอย่างไร</translation>
    </message>
</context>
<context>
    <name>QuestionEditor</name>
    <message>
        <source>Your question</source>
        <translation>คำถามของคุณ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>ยกเลิก</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>ถามใหม่</translation>
    </message>
</context>
<context>
    <name>RenameField</name>
    <message>
        <source>New title</source>
        <translation>ชื่อใหม่</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>ค้นหา</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>ค้นหาแชต</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>ล้างการค้นหา</translation>
    </message>
</context>
<context>
    <name>SendButton</name>
    <message>
        <source>Stopping</source>
        <translation>กำลังหยุด</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>หยุด</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>ส่ง</translation>
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
        <translation>การตั้งค่า</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>รูปลักษณ์</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>การเขียน</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)</source>
        <translation>Enter ส่ง, Shift+Enter ขึ้นบรรทัดใหม่ (ปิด: Ctrl+Enter ส่ง)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>โมเดล</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>แป้นลัด</translation>
    </message>
    <message>
        <source>About</source>
        <translation>เกี่ยวกับ</translation>
    </message>
    <message>
        <source>Graphics cards</source>
        <translation>การ์ดจอ</translation>
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
        <translation>แชตใหม่</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>ค้นหา</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>เขียน</translation>
    </message>
    <message>
        <source>Previous, next chat</source>
        <translation>แชตก่อนหน้า ถัดไป</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>เปลี่ยนชื่อแชต</translation>
    </message>
    <message>
        <source>Stop; close</source>
        <translation>หยุด; ปิด</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>ตอบใหม่อีกครั้ง</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>คัดลอกคำตอบล่าสุด</translation>
    </message>
    <message>
        <source>Scroll the chat</source>
        <translation>เลื่อนแชต</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>แถบข้าง</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>พารามิเตอร์</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>โมเดล</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>การตั้งค่า</translation>
    </message>
    <message>
        <source>Text larger, smaller, normal</source>
        <translation>ตัวอักษรใหญ่ขึ้น เล็กลง ปกติ</translation>
    </message>
    <message>
        <source>Undo a deletion</source>
        <translation>เลิกทำการลบ</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>แป้นเหล่านี้</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>ออก</translation>
    </message>
</context>
<context>
    <name>ShortcutsPopup</name>
    <message>
        <source>Shortcuts</source>
        <translation>แป้นลัด</translation>
    </message>
</context>
<context>
    <name>SiblingSwitch</name>
    <message>
        <source>Version %1 of %2</source>
        <translation>ฉบับที่ %1 จาก %2</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>ฉบับก่อนหน้า</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>ฉบับถัดไป</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Chats and pages</source>
        <translation>แชตและหน้า</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>แชตใหม่</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>ซ่อนแถบข้าง</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Your chats will be listed here.</source>
        <translation>แชตของคุณจะแสดงที่นี่</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>ไม่พบอะไร</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>โมเดล</translation>
    </message>
    <message>
        <source>Ctrl+M</source>
        <translation>Ctrl+M</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>การตั้งค่า</translation>
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
            <numerusform>ตาราง %n คอลัมน์</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>คัดลอกตาราง</translation>
    </message>
</context>
<context>
    <name>TitleButton</name>
    <message>
        <source>Title: %1</source>
        <translation>ชื่อ: %1</translation>
    </message>
</context>
<context>
    <name>ToEndButton</name>
    <message>
        <source>To the new text</source>
        <translation>ไปยังข้อความใหม่</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>ไปท้ายสุด</translation>
    </message>
</context>
<context>
    <name>UndoToast</name>
    <message>
        <source>Undo</source>
        <translation>เลิกทำ</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>ปิด</translation>
    </message>
</context>
<context>
    <name>UserMessage</name>
    <message>
        <source>Edit and ask again</source>
        <translation>แก้ไขแล้วถามใหม่</translation>
    </message>
</context>
<context>
    <name>altiplano::Application</name>
    <message>
        <source>No model is loaded. %1</source>
        <translation>ไม่ได้โหลดโมเดล %1</translation>
    </message>
    <message>
        <source>No model is loaded. Choose one in Models.</source>
        <translation>ไม่ได้โหลดโมเดล เลือกได้ในหน้าโมเดล</translation>
    </message>
    <message>
        <source>The conversations could not be opened: %1</source>
        <translation>เปิดบทสนทนาไม่ได้: %1</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>ลบแชตแล้ว</translation>
    </message>
    <message>
        <source>Explain how a sourdough starter works, in five sentences.</source>
        <translation>อธิบายการทำงานของหัวเชื้อซาวร์โดในห้าประโยค</translation>
    </message>
    <message>
        <source>Write a Python function that finds the longest word in a text.</source>
        <translation>เขียนฟังก์ชัน Python ที่หาคำที่ยาวที่สุดในข้อความ</translation>
    </message>
    <message>
        <source>Help me to write a friendly reminder about an unpaid invoice.</source>
        <translation>ช่วยเขียนข้อความเตือนอย่างสุภาพเรื่องใบแจ้งหนี้ที่ยังไม่ได้ชำระ</translation>
    </message>
    <message>
        <source>The graphics card failed and this program can no longer use it. Start Altiplano again: it comes back to this chat.</source>
        <translation>การ์ดจอล้มเหลวและโปรแกรมนี้ใช้ต่อไม่ได้ เริ่ม Altiplano ใหม่ แล้วจะกลับมาที่แชตนี้</translation>
    </message>
</context>
<context>
    <name>altiplano::BlockListModel</name>
    <message>
        <source>… and %1 more characters. Copying takes all of them.</source>
        <translation>… และอีก %1 อักขระ การคัดลอกจะรวมทั้งหมด</translation>
    </message>
</context>
<context>
    <name>altiplano::ConversationListModel</name>
    <message>
        <source>Pinned</source>
        <translation>ปักหมุดไว้</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>วันนี้</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>เมื่อวาน</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>7 วันก่อน</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>30 วันก่อน</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>พบ</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>แชตใหม่</translation>
    </message>
</context>
<context>
    <name>altiplano::EngineController</name>
    <message>
        <source>Waiting for the engine</source>
        <translation>กำลังรอเอนจิน</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 จาก %2</translation>
    </message>
    <message>
        <source>%1: weights %2, context %3</source>
        <translation>%1: น้ำหนัก %2, บริบท %3</translation>
    </message>
    <message>
        <source>The program ended while it loaded this model the last time, so it was not loaded again. Load it from Models to try once more, or choose a smaller one.</source>
        <translation>ครั้งก่อนโปรแกรมปิดลงขณะโหลดโมเดลนี้ จึงไม่ได้โหลดอีก โหลดจากหน้าโมเดลเพื่อลองใหม่ หรือเลือกโมเดลที่เล็กกว่า</translation>
    </message>
    <message>
        <source>%1 as %2</source>
        <translation>%1 แบบ %2</translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>คำตอบ %n รายการถูกขัดจังหวะเมื่อโปรแกรมปิดครั้งก่อน สิ่งที่เขียนแล้วยังอยู่ “ทำต่อ” จะเริ่มจากตรงนั้น</numerusform>
        </translation>
    </message>
    <message>
        <source>The file is cut short: %1 of at least %2 are there. Download it again.</source>
        <translation>ไฟล์ไม่ครบ มี %1 จากอย่างน้อย %2 โปรดดาวน์โหลดใหม่</translation>
    </message>
    <message>
        <source>The file is cut short: it ends within its own description (%1). Download it again.</source>
        <translation>ไฟล์ไม่ครบ ไฟล์จบภายในส่วนคำอธิบายของตัวเอง (%1) โปรดดาวน์โหลดใหม่</translation>
    </message>
    <message>
        <source>This is no model file. Altiplano needs a GGUF file of a Llama 3.1 model.</source>
        <translation>นี่ไม่ใช่ไฟล์โมเดล Altiplano ต้องใช้ไฟล์ GGUF ของโมเดล Llama 3.1</translation>
    </message>
    <message>
        <source>The file is damaged: %1. Download it again.</source>
        <translation>ไฟล์เสียหาย: %1 โปรดดาวน์โหลดใหม่</translation>
    </message>
    <message>
        <source>This model cannot be used: %1. Choose a GGUF file of a Llama 3.1 model.</source>
        <translation>ใช้โมเดลนี้ไม่ได้: %1 โปรดเลือกไฟล์ GGUF ของโมเดล Llama 3.1</translation>
    </message>
    <message>
        <source>The file could not be read: %1. Check that it is still there and may be read.</source>
        <translation>อ่านไฟล์ไม่ได้: %1 ตรวจสอบว่าไฟล์ยังอยู่และอ่านได้</translation>
    </message>
    <message>
        <source>The device failed: %1. Load the model again.</source>
        <translation>อุปกรณ์ทำงานล้มเหลว: %1 โปรดโหลดโมเดลใหม่</translation>
    </message>
    <message>
        <source>The model could not be loaded: %1. Change the context length in Settings or choose another model.</source>
        <translation>โหลดโมเดลไม่ได้: %1 เปลี่ยนความยาวบริบทในการตั้งค่าหรือเลือกโมเดลอื่น</translation>
    </message>
    <message>
        <source>This conversation is too long for the model as it is loaded: it needs %1 tokens and room for an answer, there are %2. Send a shorter message, start a new chat, or set a larger context in Settings and load the model again.</source>
        <translation>บทสนทนานี้ยาวเกินไปสำหรับโมเดลที่โหลดไว้ ต้องใช้ %1 โทเค็นและที่ว่างสำหรับคำตอบ แต่มี %2 ส่งข้อความที่สั้นลง เริ่มแชตใหม่ หรือตั้งบริบทให้ใหญ่ขึ้นในการตั้งค่าแล้วโหลดโมเดลใหม่</translation>
    </message>
    <message>
        <source>The model computed values that are no numbers, so the answer ends here: %1. The model file may be damaged; try again or load another one.</source>
        <translation>โมเดลคำนวณได้ค่าที่ไม่ใช่ตัวเลข คำตอบจึงจบที่นี่: %1 ไฟล์โมเดลอาจเสียหาย ลองอีกครั้งหรือโหลดไฟล์อื่น</translation>
    </message>
    <message>
        <source>There was not enough memory to go on. Close other programs or load the model with a smaller context, then regenerate the answer.</source>
        <translation>หน่วยความจำไม่พอที่จะทำต่อ ปิดโปรแกรมอื่นหรือโหลดโมเดลด้วยบริบทที่เล็กลง แล้วสร้างคำตอบใหม่</translation>
    </message>
    <message>
        <source>This model cannot answer: %1. Load another model.</source>
        <translation>โมเดลนี้ตอบไม่ได้: %1 โปรดโหลดโมเดลอื่น</translation>
    </message>
    <message>
        <source>The answer could not be computed: %1. Try again.</source>
        <translation>คำนวณคำตอบไม่ได้: %1 ลองอีกครั้ง</translation>
    </message>
    <message>
        <source>Not saved: the disk is full. Make room; Altiplano keeps trying and nothing is lost while it is open.</source>
        <translation>ยังไม่ได้บันทึก: ดิสก์เต็ม โปรดเพิ่มที่ว่าง Altiplano จะพยายามต่อไปและไม่มีอะไรสูญหายตราบใดที่ยังเปิดอยู่</translation>
    </message>
    <message>
        <source>Not saved: another program holds the conversations&apos; file. Altiplano keeps trying.</source>
        <translation>ยังไม่ได้บันทึก: โปรแกรมอื่นกำลังใช้ไฟล์บทสนทนา Altiplano จะพยายามต่อไป</translation>
    </message>
    <message>
        <source>Not saved: the conversations&apos; file cannot be written. Check the rights of the data folder.</source>
        <translation>ยังไม่ได้บันทึก: เขียนไฟล์บทสนทนาไม่ได้ ตรวจสอบสิทธิ์ของโฟลเดอร์ข้อมูล</translation>
    </message>
    <message>
        <source>The conversations&apos; file is damaged (%1). Start the program again to have it repaired; the damaged file is kept.</source>
        <translation>ไฟล์บทสนทนาเสียหาย (%1) เปิดโปรแกรมใหม่เพื่อซ่อม ไฟล์ที่เสียหายจะถูกเก็บไว้</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano. Install that version to change them.</source>
        <translation>บทสนทนาเขียนโดย Altiplano รุ่นใหม่กว่า ติดตั้งรุ่นนั้นเพื่อแก้ไข</translation>
    </message>
    <message>
        <source>This conversation or message is no longer there.</source>
        <translation>ไม่มีบทสนทนาหรือข้อความนี้แล้ว</translation>
    </message>
    <message>
        <source>Not saved: %1.</source>
        <translation>ยังไม่ได้บันทึก: %1</translation>
    </message>
    <message>
        <source>The conversations can be read but not changed: %1. Check the rights of the data folder and start again.</source>
        <translation>อ่านบทสนทนาได้แต่แก้ไขไม่ได้: %1 ตรวจสอบสิทธิ์ของโฟลเดอร์ข้อมูลแล้วเปิดใหม่</translation>
    </message>
    <message>
        <source>The conversations were written by a newer version of Altiplano: they can be read, but not changed. Install that version to go on.</source>
        <translation>บทสนทนาเขียนโดย Altiplano รุ่นใหม่กว่า อ่านได้แต่แก้ไขไม่ได้ ติดตั้งรุ่นนั้นเพื่อทำต่อ</translation>
    </message>
    <message>
        <source>The conversations&apos; file was damaged. What could be read was recovered; the damaged file is kept as %1.</source>
        <translation>ไฟล์บทสนทนาเสียหาย ส่วนที่อ่านได้กู้คืนแล้ว ไฟล์ที่เสียหายเก็บไว้ที่ %1</translation>
    </message>
    <message>
        <source>The draft model has another vocabulary, so it cannot guess for this model. Choose a small model of the same family, such as Llama 3.2 1B.</source>
        <translation>โมเดลร่างใช้คลังคำอื่น จึงเดาให้โมเดลนี้ไม่ได้ เลือกโมเดลเล็กในตระกูลเดียวกัน เช่น Llama 3.2 1B</translation>
    </message>
    <message>
        <source>The draft model is not used. %1</source>
        <translation>ไม่ได้ใช้โมเดลร่าง %1</translation>
    </message>
    <message>
        <source>The file changed while it was read. Wait until it is complete, then load it again.</source>
        <translation>ไฟล์มีการเปลี่ยนแปลงระหว่างการอ่าน รอจนไฟล์สมบูรณ์แล้วจึงโหลดอีกครั้ง</translation>
    </message>
    <message>
        <source>Only the description of this model is there. Its weights belong into the same folder; what they would need is in the memory plan.</source>
        <translation>มีเพียงคำอธิบายของโมเดลนี้ น้ำหนักต้องอยู่ในโฟลเดอร์เดียวกัน ดูหน่วยความจำที่ต้องใช้ได้ในแผนหน่วยความจำ</translation>
    </message>
    <message>
        <source>There is not enough memory for this model: %1 are needed, %2 are free.</source>
        <translation>หน่วยความจำไม่พอสำหรับโมเดลนี้: ต้องใช้ %1 ว่าง %2</translation>
    </message>
    <message>
        <source>There is not enough memory for this model.</source>
        <translation>หน่วยความจำไม่พอสำหรับโมเดลนี้</translation>
    </message>
    <message>
        <source>Close other programs, choose a smaller model, or see in Models what would make it fit.</source>
        <translation>ปิดโปรแกรมอื่น เลือกโมเดลที่เล็กกว่า หรือดูในโมเดลว่าทำอย่างไรจึงจะใส่ได้</translation>
    </message>
    <message>
        <source>The graphics card failed: %1. Altiplano must be started again to use it.</source>
        <translation>การ์ดจอล้มเหลว: %1 ต้องเริ่ม Altiplano ใหม่จึงจะใช้ได้</translation>
    </message>
    <message>
        <source>Interrupted, because the graphics card failed: %1. What was written is kept.</source>
        <translation>หยุดกลางคันเพราะการ์ดจอล้มเหลว: %1 สิ่งที่เขียนไว้ยังอยู่</translation>
    </message>
    <message>
        <source>A weight is too large for %1, or no number at all. Load the model with its weights as they are.</source>
        <translation>มีน้ำหนักที่ใหญ่เกินไปสำหรับ %1 หรือไม่ใช่ตัวเลข โปรดโหลดโมเดลด้วยน้ำหนักตามเดิม</translation>
    </message>
</context>
<context>
    <name>altiplano::LanguageListModel</name>
    <message>
        <source>As the system</source>
        <translation>ตามระบบ</translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message>
        <source>The context is full: the answer ends here. Start a new chat, or load the model with a larger context in Settings and continue.</source>
        <translation>บริบทเต็มแล้ว คำตอบจบเพียงเท่านี้ เริ่มแชตใหม่ หรือโหลดโมเดลด้วยบริบทที่ใหญ่ขึ้นในการตั้งค่าแล้วทำต่อ</translation>
    </message>
    <message>
        <source>The answer reached its longest allowed length.</source>
        <translation>คำตอบยาวถึงขีดจำกัดแล้ว</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>หยุดแล้ว</translation>
    </message>
    <message>
        <source>Interrupted when the program ended</source>
        <translation>ถูกขัดจังหวะเมื่อโปรแกรมปิด</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n โทเค็น</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 โทเค็น/วินาที</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>โมเดล: %1</translation>
    </message>
    <message>
        <source>Fingerprint: %1</source>
        <translation>ลายนิ้วมือ: %1</translation>
    </message>
    <message>
        <source>Engine: %1</source>
        <translation>เอนจิน: %1</translation>
    </message>
    <message>
        <source>Computed on: %1</source>
        <translation>คำนวณบน: %1</translation>
    </message>
    <message>
        <source>Seed: %1</source>
        <translation>ซีด: %1</translation>
    </message>
    <message>
        <source>Parameters: %1</source>
        <translation>พารามิเตอร์: %1</translation>
    </message>
    <message>
        <source>Prompt: %1 tokens, of which %2 were known</source>
        <translation>พรอมต์: %1 โทเค็น โดยทราบแล้ว %2</translation>
    </message>
</context>
<context>
    <name>altiplano::ModelListModel</name>
    <message>
        <source>%1 B</source>
        <translation>%1 พันล้าน</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 ล้าน</translation>
    </message>
    <message>
        <source>needs about %1</source>
        <translation>ต้องใช้ประมาณ %1</translation>
    </message>
</context>
<context>
    <name>altiplano::ParameterListModel</name>
    <message>
        <source>off</source>
        <translation>ปิด</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>อุณหภูมิ</translation>
    </message>
    <message>
        <source>Low is predictable, high is varied.</source>
        <translation>ต่ำคือคาดเดาได้ สูงคือหลากหลาย</translation>
    </message>
    <message>
        <source>always the likeliest word</source>
        <translation>คำที่น่าจะเป็นที่สุดเสมอ</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Chooses among the likeliest tokens that together reach this share.</source>
        <translation>เลือกจากโทเค็นที่น่าจะเป็นที่สุดซึ่งรวมกันถึงสัดส่วนนี้</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Chooses among this many of the likeliest tokens.</source>
        <translation>เลือกจากโทเค็นที่น่าจะเป็นที่สุดตามจำนวนนี้</translation>
    </message>
    <message>
        <source>all</source>
        <translation>ทั้งหมด</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min-p</translation>
    </message>
    <message>
        <source>Leaves out tokens less likely than this share of the likeliest.</source>
        <translation>ตัดโทเค็นที่มีโอกาสน้อยกว่าสัดส่วนนี้ของโทเค็นที่น่าจะเป็นที่สุด</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>ค่าปรับการซ้ำ</translation>
    </message>
    <message>
        <source>Above 1, tokens already used become less likely.</source>
        <translation>มากกว่า 1 โทเค็นที่ใช้ไปแล้วจะมีโอกาสน้อยลง</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>ค่าปรับความถี่</translation>
    </message>
    <message>
        <source>Lowers a token more each time it has been used.</source>
        <translation>ลดโอกาสของโทเค็นลงอีกทุกครั้งที่ถูกใช้</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>ค่าปรับการปรากฏ</translation>
    </message>
    <message>
        <source>Lowers every token that has been used at all.</source>
        <translation>ลดโอกาสของทุกโทเค็นที่เคยถูกใช้</translation>
    </message>
    <message>
        <source>Penalty window</source>
        <translation>ช่วงค่าปรับ</translation>
    </message>
    <message>
        <source>How many of the last tokens the penalties look at.</source>
        <translation>จำนวนโทเค็นล่าสุดที่ค่าปรับพิจารณา</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>ซีด</translation>
    </message>
    <message>
        <source>The same seed and settings give the same answer again.</source>
        <translation>ซีดและการตั้งค่าเดียวกันให้คำตอบเดิม</translation>
    </message>
    <message>
        <source>random</source>
        <translation>สุ่ม</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>คำตอบยาวที่สุด</translation>
    </message>
    <message>
        <source>The answer ends after this many tokens.</source>
        <translation>คำตอบจบหลังจากจำนวนโทเค็นนี้</translation>
    </message>
    <message>
        <source>until the context is full</source>
        <translation>จนกว่าบริบทจะเต็ม</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>ค่าเริ่มต้น</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>แชตนี้</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanController</name>
    <message>
        <source>%1 tokens</source>
        <translation>%1 โทเค็น</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little, FP8 more than Q8_0. The file stays as it is.</source>
        <translation>เมื่อแปลงขณะโหลด น้ำหนักใช้หน่วยความจำน้อยลงและทำให้คำตอบเปลี่ยนไปเล็กน้อย FP8 เปลี่ยนมากกว่า Q8_0 ไฟล์ยังคงเดิม</translation>
    </message>
    <message>
        <source>Converted while loading, they need less memory and change answers a little. The file stays as it is.</source>
        <translation>เมื่อแปลงขณะโหลด น้ำหนักใช้หน่วยความจำน้อยลงและทำให้คำตอบเปลี่ยนไปเล็กน้อย ไฟล์ยังคงเดิม</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanDeviceListModel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 จาก %2</translation>
    </message>
    <message>
        <source>%1, %2 missing</source>
        <translation>%1 ขาด %2</translation>
    </message>
    <message>
        <source>%1, %2 free</source>
        <translation>%1 ว่าง %2</translation>
    </message>
    <message>
        <source>Weights %1, context %2, working memory %3, program and libraries %4, other programs %5.</source>
        <translation>น้ำหนัก %1 บริบท %2 หน่วยความจำคำนวณ %3 โปรแกรมและไลบรารี %4 โปรแกรมอื่น %5</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>ไม่จำเป็น</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>ไม่ได้ใช้</translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message>
        <source>there is no NVIDIA driver on this computer</source>
        <translation>คอมพิวเตอร์นี้ไม่มีไดรเวอร์ NVIDIA</translation>
    </message>
    <message>
        <source>the NVIDIA driver finds no GPU</source>
        <translation>ไดรเวอร์ NVIDIA ไม่พบ GPU</translation>
    </message>
    <message>
        <source>this build of the program has no GPU support</source>
        <translation>โปรแกรมรุ่นนี้ไม่รองรับ GPU</translation>
    </message>
    <message>
        <source>the NVIDIA driver %1 is too old, it serves CUDA %2 and CUDA %3 is needed; install driver %4 or newer</source>
        <translation>ไดรเวอร์ NVIDIA %1 เก่าเกินไป รองรับ CUDA %2 แต่ต้องใช้ CUDA %3 โปรดติดตั้งไดรเวอร์ %4 หรือใหม่กว่า</translation>
    </message>
    <message>
        <source>%1 is not installed; install cuBLAS and NCCL of CUDA 13 (the packages libcublas-13-0 and libnccl2 of NVIDIA)</source>
        <translation>ยังไม่ได้ติดตั้ง %1 โปรดติดตั้ง cuBLAS และ NCCL ของ CUDA 13 (แพ็กเกจ libcublas-13-0 และ libnccl2 ของ NVIDIA)</translation>
    </message>
    <message>
        <source>Memory of this computer</source>
        <translation>หน่วยความจำของคอมพิวเตอร์นี้</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>8 bits</source>
        <translation>8 บิต</translation>
    </message>
    <message>
        <source>8 bits (FP8)</source>
        <translation>8 บิต (FP8)</translation>
    </message>
    <message>
        <source>32 bits</source>
        <translation>32 บิต</translation>
    </message>
    <message>
        <source>16 bits</source>
        <translation>16 บิต</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing.</source>
        <translation>ใส่ไม่ได้: ขาด %1</translation>
    </message>
    <message>
        <source>Does not fit: %1 are missing (%2).</source>
        <translation>ใส่ไม่ได้: ขาด %1 (%2)</translation>
    </message>
    <message>
        <source>Fits: %1 stay free.</source>
        <translation>ใส่ได้: เหลือว่าง %1</translation>
    </message>
    <message>
        <source>Fits: at least %1 stay free on each GPU.</source>
        <translation>ใส่ได้: แต่ละ GPU เหลือว่างอย่างน้อย %1</translation>
    </message>
    <message>
        <source>no layers</source>
        <translation>ไม่มีชั้น</translation>
    </message>
    <message>
        <source>layers %1 to %2 of %3</source>
        <translation>ชั้น %1 ถึง %2 จาก %3</translation>
    </message>
    <message>
        <source>part %1 of %2 of each layer</source>
        <translation>ส่วนที่ %1 จาก %2 ของแต่ละชั้น</translation>
    </message>
    <message>
        <source>So small a model is computed sooner by one card.</source>
        <translation>โมเดลเล็กขนาดนี้ใช้การ์ดใบเดียวคำนวณได้เร็วกว่า</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>ไม่ได้ใช้การ์ด %n ใบ: การ์ด 2, 4 หรือ 8 ใบแบ่งชั้นร่วมกันได้ จำนวนอื่นไม่ได้</numerusform>
        </translation>
    </message>
    <message>
        <source>The cards differ in memory, so each computes layers of its own.</source>
        <translation>การ์ดมีหน่วยความจำต่างกัน แต่ละใบจึงคำนวณชั้นของตัวเอง</translation>
    </message>
    <message>
        <source>The processor computes %1 of %2 layers, which is much slower.</source>
        <translation>หน่วยประมวลผลคำนวณ %1 จาก %2 ชั้น ซึ่งช้ากว่ามาก</translation>
    </message>
    <message>
        <source>Context in %1</source>
        <translation>บริบทแบบ %1</translation>
    </message>
    <message>
        <source>Context of %1 tokens</source>
        <translation>บริบท %1 โทเค็น</translation>
    </message>
    <message numerus="yes">
        <source>%n GPU(s) of %1</source>
        <translation>
            <numerusform>GPU %n ตัว ขนาด %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of free memory</source>
        <translation>หน่วยความจำว่าง %1</translation>
    </message>
    <message>
        <source>%1 of %2 layers on the processor (%3 of memory)</source>
        <translation>%1 จาก %2 ชั้นบนหน่วยประมวลผล (หน่วยความจำ %3)</translation>
    </message>
    <message>
        <source>In memory now: weights %1, context %2 (%3 % against the plan)</source>
        <translation>อยู่ในหน่วยความจำตอนนี้: น้ำหนัก %1 บริบท %2 (%3 % เทียบกับแผน)</translation>
    </message>
    <message>
        <source>No graphics card is used: %1.</source>
        <translation>ไม่ได้ใช้การ์ดจอ: %1</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>ใช้ %1 ไม่ได้: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (และอีก %n เส้นทาง)</numerusform>
        </translation>
    </message>
    <message>
        <source>there is no direct way from GPU %1 to GPU %2</source>
        <translation>ไม่มีเส้นทางตรงจาก GPU %1 ไปยัง GPU %2</translation>
    </message>
    <message>
        <source>As they are, %1</source>
        <translation>ตามเดิม %1</translation>
    </message>
    <message>
        <source>16 bits (%1), %2</source>
        <translation>16 บิต (%1) %2</translation>
    </message>
    <message>
        <source>8 bits (%1), %2</source>
        <translation>8 บิต (%1) %2</translation>
    </message>
    <message>
        <source>The cards do not write to each other&apos;s memory, which makes answers slower: %1.</source>
        <translation>การ์ดไม่เขียนลงหน่วยความจำของกันและกัน จึงตอบช้าลง: %1</translation>
    </message>
    <message>
        <source>The cards add up large results in pieces, which makes long prompts slower: %1.</source>
        <translation>การ์ดรวมผลลัพธ์ขนาดใหญ่ทีละส่วน จึงอ่านคำถามยาวช้าลง: %1</translation>
    </message>
    <message>
        <source>Convert the weights to %1 while loading</source>
        <translation>แปลงน้ำหนักเป็น %1 ขณะโหลด</translation>
    </message>
</context>
</TS>
