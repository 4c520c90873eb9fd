// One line of the sidebar that opens a page: icon and words.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

BaseButton {
    id: root

    required property string symbol
    property string keys: ""

    implicitHeight: Theme.control
    leftPadding: Theme.small
    rightPadding: Theme.small
    ToolTip.visible: hovered && !down && keys !== ""
    ToolTip.delay: 700
    ToolTip.text: keys

    contentItem: RowLayout {
        spacing: Theme.small

        Icon {
            symbol: root.symbol
            color: root.checked ? Theme.accent : Theme.secondary
        }
        AppText {
            Layout.fillWidth: true
            text: root.text
            elide: Text.ElideRight
            font.weight: root.checked ? Font.DemiBold : Font.Medium
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        radius: Theme.corner
        color: root.down ? Theme.pressed : root.hovered || root.checked ? Theme.hover : "transparent"

        FocusRing {
            visible: root.visualFocus
            anchors.margins: 0
        }
    }
}
