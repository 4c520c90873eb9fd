// On or off, with its words before it.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Switch {
    id: root

    implicitHeight: Math.max(Theme.control, implicitContentHeight + Theme.small)
    padding: 0
    spacing: Theme.medium
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
        x: root.mirrored ? 0 : root.width - width
        y: (root.height - height) / 2
        implicitWidth: height * 2 - Theme.small
        implicitHeight: Math.round(24 * Math.max(1, Theme.textScale))
        radius: height / 2
        color: root.checked ? Theme.accent : Theme.raised
        border.width: 1
        border.color: root.checked ? Theme.accent : Theme.outline

        Rectangle {
            x: root.visualPosition * (parent.width - width - 6) + 3
            y: 3
            width: height
            height: parent.height - 6
            radius: height / 2
            color: root.checked ? Theme.accentText : Theme.outline

            Behavior on x { NumberAnimation { duration: Theme.moveTime; easing.type: Easing.OutCubic } }
        }
        FocusRing {
            visible: root.visualFocus
            radius: height / 2
        }
    }

    contentItem: AppText {
        text: root.text
        wrapMode: Text.Wrap
        verticalAlignment: Text.AlignVCenter
        rightPadding: root.mirrored ? 0 : root.indicator.width + root.spacing
        leftPadding: root.mirrored ? root.indicator.width + root.spacing : 0
        Accessible.ignored: true
    }
}
