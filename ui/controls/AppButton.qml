// A button with words: filled for the one primary action of a screen, outlined for the others.
import QtQuick
import Altiplano.Ui

BaseButton {
    id: root

    property string symbol: ""
    property bool primary: false
    readonly property color ink: !enabled ? Theme.disabled : primary ? Theme.accentText : Theme.text

    implicitHeight: Math.max(Theme.control, implicitContentHeight + Theme.small * 2)
    leftPadding: Theme.medium
    rightPadding: Theme.medium
    spacing: Theme.small
    font.weight: Font.Medium
    icon.source: Theme.iconSource(symbol)
    icon.width: Theme.smallIcon
    icon.height: Theme.smallIcon
    icon.color: ink
    palette.buttonText: ink
    palette.brightText: ink
    palette.windowText: ink

    background: Rectangle {
        radius: Theme.corner
        color: root.primary ? (root.enabled ? Theme.accent : Theme.pressed) : Theme.raised
        border.width: root.primary ? 0 : 1
        border.color: root.enabled ? Theme.outline : Theme.line

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing { visible: root.visualFocus }
    }
}
