// The thin mark at the end of what is being written.
import QtQuick
import Altiplano.Ui

Rectangle {
    implicitWidth: 2
    implicitHeight: Math.round(Theme.textSize * 1.3)
    radius: 1
    color: Theme.accent
    Accessible.ignored: true
}
