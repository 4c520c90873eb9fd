<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>TableBlock</name>
    <message numerus="yes">
        <source>Table with %n column(s)</source>
        <translation>
            <numerusform>Table with %n column</numerusform>
            <numerusform>Table with %n columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>altiplano::ErrorText</name>
    <message numerus="yes">
        <source>%n answer(s) were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</source>
        <translation>
            <numerusform>%n answer was interrupted when the program ended last time. What was written is kept; Continue goes on from there.</numerusform>
            <numerusform>%n answers were interrupted when the program ended last time. What was written is kept; Continue goes on from there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>altiplano::MessageItem</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>altiplano::PlanText</name>
    <message numerus="yes">
        <source>%n card(s) are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</source>
        <translation>
            <numerusform>One card is left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</numerusform>
            <numerusform>%n cards are left out: 2, 4 or 8 cards can share a layer, other numbers cannot.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n GPU(s) of %1</source>
        <translation>
            <numerusform>%n GPU of %1</numerusform>
            <numerusform>%n GPUs of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n way(s) more)</source>
        <translation>
            <numerusform>%1 (and %n way more)</numerusform>
            <numerusform>%1 (and %n ways more)</numerusform>
        </translation>
    </message>
</context>
</TS>
