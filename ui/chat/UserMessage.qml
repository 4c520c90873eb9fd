// What the user said: a soft surface at the right, changed in its place.
import QtQuick
import Altiplano.Ui

Column {
    id: root

    required property string text
    required property bool awake
    required property bool busy
    required property int siblingNumber
    required property int siblingCount
    required property bool editing
    required property string editingText

    signal editRequested
    signal editCancelled
    signal edited(newText: string)
    signal editingTextEdited(newText: string)
    signal copyRequested
    signal siblingRequested(step: int)

    bottomPadding: Theme.tiny
    spacing: 2

    Rectangle {
        visible: !root.editing
        anchors.right: parent.right
        width: words.width + Theme.large * 2
        height: words.height + Theme.medium * 2
        radius: Theme.surfaceCorner
        color: Theme.surface
        border.width: Theme.highContrast ? 1 : 0
        border.color: Theme.line

        TextEdit {
            id: words

            x: Theme.large
            y: Theme.medium
            width: Math.min(Math.ceil(implicitWidth), root.width * 0.85 - Theme.large * 2)
            text: root.text
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            readOnly: true
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            font.family: Theme.sans
            font.pixelSize: Theme.textSize
            Accessible.name: root.text
            Accessible.readOnly: true

            HoverHandler { cursorShape: Qt.IBeamCursor }
        }
    }
    QuestionEditor {
        visible: root.editing
        width: root.width
        text: root.editingText
        onTextEdited: newText => root.editingTextEdited(newText)
        onAccepted: newText => root.edited(newText)
        onCancelled: root.editCancelled()
    }
    Item {
        width: root.width
        height: Theme.smallControl

        Row {
            visible: root.awake && !root.editing
            anchors.right: parent.right

            IconButton {
                small: true
                symbol: "edit"
                text: qsTr("Edit and ask again")
                enabled: !root.busy
                onClicked: root.editRequested()
            }
            CopyButton { onClicked: root.copyRequested() }
        }
        SiblingSwitch {
            anchors.right: parent.right
            anchors.rightMargin: root.awake ? Theme.smallControl * 2 + Theme.small : 0
            visible: root.siblingCount > 1 && !root.editing
            number: root.siblingNumber
            count: root.siblingCount
            onStepped: step => root.siblingRequested(step)
        }
    }
}
