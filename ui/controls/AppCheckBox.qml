// A box to tick, with its words after it.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

CheckBox {
    id: root

    implicitHeight: Math.max(Theme.smallControl, implicitContentHeight)
    padding: 0
    spacing: Theme.small
    font.family: Theme.sans
    font.pixelSize: Theme.interfaceSize
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.name: text
    Keys.onReturnPressed: root.press()
    Keys.onEnterPressed: root.press()

    function press(): void {
        root.toggle();
        root.toggled();
    }

    indicator: Rectangle {
        x: root.mirrored ? root.width - width : 0
        y: (root.height - height) / 2
        implicitWidth: Math.round(18 * Math.max(1, Theme.textScale))
        implicitHeight: implicitWidth
        radius: 4
        color: root.checked ? Theme.accent : Theme.raised
        border.width: 1
        border.color: root.checked ? Theme.accent : Theme.outline

        Icon {
            anchors.centerIn: parent
            visible: root.checked
            symbol: "check"
            side: parent.width - 4
            color: Theme.accentText
        }
        FocusRing {
            visible: root.visualFocus
            radius: 6
        }
    }

    contentItem: AppText {
        text: root.text
        elide: Text.ElideRight
        font.weight: Font.Medium
        verticalAlignment: Text.AlignVCenter
        leftPadding: root.mirrored ? 0 : root.indicator.width + root.spacing
        rightPadding: root.mirrored ? root.indicator.width + root.spacing : 0
        Accessible.ignored: true
    }
}
