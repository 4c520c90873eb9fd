// A button that shows only an icon. `text` is its tooltip and its name for a screen reader.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

BaseButton {
    id: root

    required property string symbol
    /// The keys that do the same, for the tooltip.
    property string keys: ""
    property bool small: false
    property bool primary: false
    property color tint: Theme.secondary

    readonly property int side: small ? Theme.smallControl : Theme.control
    readonly property int symbolSide: small ? Theme.smallIcon : Theme.icon

    display: AbstractButton.IconOnly
    icon.source: Theme.iconSource(symbol)
    icon.width: symbolSide
    icon.height: symbolSide
    icon.color: !enabled ? Theme.disabled : primary ? Theme.accentText : checked ? Theme.accent : hovered ? Theme.text : tint
    implicitWidth: side
    implicitHeight: side
    padding: 0

    ToolTip.visible: (hovered || visualFocus) && !down && text !== ""
    ToolTip.delay: 500
    ToolTip.text: keys === "" ? text : qsTr("%1 (%2)").arg(text).arg(keys)

    background: Rectangle {
        radius: root.primary ? height / 2 : Theme.corner
        color: root.primary ? (root.enabled ? Theme.accent : Theme.pressed)
                            : root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing {
            visible: root.visualFocus
            radius: root.primary ? height / 2 : Theme.corner + Theme.ring
        }
    }
}
