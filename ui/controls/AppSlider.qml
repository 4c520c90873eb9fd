// A slider; its value is also said in a field beside it.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Slider {
    id: root

    /// Where the default stands, in the slider's units, marked by a small tick.
    property real defaultValue: from
    property bool defaultShown: false
    readonly property real span: Math.max(1e-9, to - from)

    implicitHeight: Theme.smallControl
    padding: 0
    hoverEnabled: true
    focusPolicy: Qt.TabFocus

    background: Item {
        Rectangle {
            y: (parent.height - height) / 2
            x: root.handle.width / 2
            width: parent.width - root.handle.width
            height: 4
            radius: 2
            color: Theme.outline

            Rectangle {
                width: root.position * parent.width
                x: root.mirrored ? parent.width - width : 0
                height: parent.height
                radius: 2
                color: Theme.accent
            }
            Rectangle {
                readonly property real place: (root.defaultValue - root.from) / root.span

                visible: root.defaultShown
                x: (root.mirrored ? 1 - place : place) * parent.width - width / 2
                y: parent.height + 4
                width: 2
                height: 5
                color: Theme.secondary
            }
        }
    }

    handle: Rectangle {
        x: root.visualPosition * (root.width - width)
        y: (root.height - height) / 2
        implicitWidth: Math.round(16 * Math.max(1, Theme.textScale))
        implicitHeight: implicitWidth
        radius: height / 2
        color: Theme.raised
        border.width: 2
        border.color: Theme.accent

        FocusRing {
            visible: root.visualFocus
            radius: height / 2
        }
    }
}
