// The 2 px accent ring around what has the keyboard.
import QtQuick
import Altiplano.Ui

Rectangle {
    anchors.fill: parent
    anchors.margins: -Theme.ring - 1
    radius: Theme.corner + Theme.ring
    color: "transparent"
    border.width: Theme.ring
    border.color: Theme.accent
}
