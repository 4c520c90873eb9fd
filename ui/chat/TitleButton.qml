// The title of the conversation; it opens its menu.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

BaseButton {
    id: root

    implicitHeight: Theme.control
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: Theme.small
    rightPadding: Theme.small
    Accessible.name: qsTr("Title: %1").arg(text)
    Accessible.role: Accessible.ButtonMenu

    contentItem: RowLayout {
        spacing: Theme.tiny

        AppText {
            Layout.fillWidth: true
            text: root.text
            color: Theme.text
            font.pixelSize: Theme.textSize
            font.weight: Font.DemiBold
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Icon {
            visible: root.enabled
            symbol: "chevron-down"
            side: Theme.smallIcon
        }
    }
    background: Rectangle {
        radius: Theme.corner
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing { visible: root.visualFocus }
    }
}
