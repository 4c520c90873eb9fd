// A true progress: how much is done of what is known.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

ProgressBar {
    id: root

    implicitHeight: 4
    padding: 0

    background: Rectangle {
        radius: height / 2
        color: Theme.pressed
    }
    contentItem: Item {
        Rectangle {
            width: root.visualPosition * parent.width
            x: root.mirrored ? parent.width - width : 0
            height: parent.height
            radius: height / 2
            color: Theme.accent
        }
    }
}
