// One line of a menu: icon, words, keys.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

MenuItem {
    id: root

    property string symbol: ""
    property string keys: ""

    implicitHeight: Theme.control
    padding: 0
    leftPadding: Theme.small
    rightPadding: Theme.small
    Accessible.name: text

    contentItem: RowLayout {
        spacing: Theme.small

        Icon {
            visible: root.symbol !== ""
            symbol: root.symbol
            color: root.enabled ? Theme.secondary : Theme.disabled
        }
        AppText {
            Layout.fillWidth: true
            text: root.text
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        AppText {
            visible: text !== ""
            text: root.keys
            quiet: true
            Accessible.ignored: true
        }
    }

    background: Rectangle {
        radius: Theme.corner
        color: root.down ? Theme.pressed : root.highlighted ? Theme.hover : "transparent"
    }
}
