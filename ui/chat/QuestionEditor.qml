// A question being changed: sending it keeps the old one beside it.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

ColumnLayout {
    id: root

    property string text: ""

    signal textEdited(newText: string)
    signal accepted(newText: string)
    signal cancelled

    spacing: Theme.small
    onVisibleChanged: root.start()
    Component.onCompleted: root.start()

    function start(): void {
        if (!root.visible)
            return;
        box.text = root.text;
        box.area.cursorPosition = box.area.length;
        box.area.forceActiveFocus(Qt.OtherFocusReason);
    }

    TextBox {
        id: box

        Layout.fillWidth: true
        name: qsTr("Your question")
        area.font.pixelSize: Theme.textSize
        area.onTextChanged: root.textEdited(area.text)
        Keys.onEscapePressed: root.cancelled()
    }
    RowLayout {
        Layout.alignment: Qt.AlignRight
        spacing: Theme.small

        AppButton {
            text: qsTr("Cancel")
            onClicked: root.cancelled()
        }
        AppButton {
            primary: true
            enabled: box.area.length > 0
            text: qsTr("Ask again")
            onClicked: root.accepted(box.text)
        }
    }
}
