// A labelled box of several lines that holds a text of the conversation.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

ColumnLayout {
    id: root

    required property string label
    required property string explanation
    required property string value

    signal edited(value: string)

    spacing: Theme.tiny
    onValueChanged: root.take()
    Component.onCompleted: root.take()

    function take(): void {
        if (box.text !== root.value)
            box.text = root.value;
    }

    AppText {
        Layout.fillWidth: true
        text: root.label
        font.weight: Font.Medium
        wrapMode: Text.Wrap
    }
    TextBox {
        id: box

        Layout.fillWidth: true
        name: root.label
        area.onTextChanged: root.edited(area.text)
    }
    AppText {
        Layout.fillWidth: true
        text: root.explanation
        quiet: true
        wrapMode: Text.Wrap
    }
}
