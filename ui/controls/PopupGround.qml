// The ground of menus and popups: raised, with a line and a soft edge below.
import QtQuick
import Altiplano.Ui

Rectangle {
    radius: Theme.surfaceCorner
    color: Theme.raised
    border.width: 1
    border.color: Theme.line

    Rectangle {
        z: -1
        anchors.fill: parent
        anchors.margins: -1
        anchors.topMargin: 1
        anchors.bottomMargin: -3
        radius: parent.radius + 1
        color: Theme.shadow
    }
}
