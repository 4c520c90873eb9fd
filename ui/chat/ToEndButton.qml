// "↓": back to the end of the conversation.
import QtQuick
import Altiplano.Ui

IconButton {
    id: root

    property bool answering: false

    symbol: "arrow-down"
    text: answering ? qsTr("To the new text") : qsTr("To the end")
    tint: answering ? Theme.accent : Theme.text

    background: Rectangle {
        radius: height / 2
        color: Theme.raised
        border.width: 1
        border.color: Theme.outline

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing {
            visible: root.visualFocus
            radius: height / 2
        }
    }
}
