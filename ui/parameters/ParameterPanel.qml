// Right, on demand: the system prompt and how the model chooses its words in this chat.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

FocusScope {
    id: root

    required property ParameterListModel parameters
    required property ChatController chat
    /// It lies over the chat, as there is no room beside it.
    required property bool floating

    signal closeRequested

    Keys.onEscapePressed: root.closeRequested()
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Parameters")

    Rectangle {
        anchors.fill: parent
        color: root.floating ? Theme.raised : Theme.page

        MouseArea {
            anchors.fill: parent
            acceptedButtons: Qt.AllButtons
            hoverEnabled: true
            onWheel: wheel => wheel.accepted = true
        }
        Rectangle {
            width: 1
            height: parent.height
            color: Theme.line
        }
    }
    RowLayout {
        id: head

        anchors { left: parent.left; right: parent.right; top: parent.top; leftMargin: Theme.large; rightMargin: Theme.small; topMargin: Theme.tiny }
        spacing: Theme.tiny

        AppText {
            Layout.fillWidth: true
            text: qsTr("Parameters")
            font.weight: Font.DemiBold
            font.pixelSize: Theme.textSize
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }
        TextButton {
            visible: root.parameters.anyChanged
            text: qsTr("Reset all")
            onClicked: root.parameters.resetAll()
        }
        IconButton {
            symbol: "close"
            text: qsTr("Close the parameters")
            keys: qsTr("Ctrl+P")
            onClicked: root.closeRequested()
        }
    }
    ScrollColumn {
        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom }
        spacing: Theme.large

        PromptBox {
            Layout.fillWidth: true
            label: qsTr("System prompt")
            explanation: qsTr("What the model is told before the conversation. It holds for this chat.")
            value: root.chat.systemPrompt
            onEdited: value => root.chat.systemPrompt = value
        }
        Repeater {
            model: root.parameters

            delegate: ParameterRow {
                Layout.fillWidth: true
                onMoved: value => root.parameters.setValue(key, value)
                onResetRequested: root.parameters.reset(key)
            }
        }
        PromptBox {
            Layout.fillWidth: true
            label: qsTr("Stop strings")
            explanation: qsTr("The answer ends before any of these. One on each line.")
            value: root.parameters.stopStrings
            onEdited: value => root.parameters.stopStrings = value
        }
    }
}
