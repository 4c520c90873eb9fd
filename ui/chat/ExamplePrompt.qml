// A prompt to click.
import QtQuick
import Altiplano.Ui

BaseButton {
    id: root

    implicitHeight: implicitContentHeight + Theme.medium * 2
    leftPadding: Theme.large
    rightPadding: Theme.large
    Accessible.name: qsTr("Ask: %1").arg(text)

    contentItem: AppText {
        text: root.text
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: Theme.surfaceCorner
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        border.width: 1
        border.color: root.hovered ? Theme.outline : Theme.line

        FocusRing {
            visible: root.visualFocus
            radius: Theme.surfaceCorner + Theme.ring
        }
    }
}
