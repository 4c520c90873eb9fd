// A button that looks like a word of the text.
import QtQuick
import Altiplano.Ui

BaseButton {
    id: root

    property string symbol: ""
    property color ink: Theme.accent

    implicitHeight: Theme.smallControl
    leftPadding: Theme.small
    rightPadding: Theme.small
    spacing: Theme.small
    font.weight: Font.Medium
    icon.source: Theme.iconSource(symbol)
    icon.width: Theme.smallIcon
    icon.height: Theme.smallIcon
    icon.color: enabled ? ink : Theme.disabled
    palette.buttonText: enabled ? ink : Theme.disabled
    palette.brightText: enabled ? ink : Theme.disabled
    palette.windowText: enabled ? ink : Theme.disabled

    background: Rectangle {
        radius: Theme.corner
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing { visible: root.visualFocus }
    }
}
