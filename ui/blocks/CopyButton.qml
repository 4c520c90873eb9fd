// Copies, and shows for a moment that it did.
import QtQuick
import Altiplano.Ui

IconButton {
    id: root

    small: true
    symbol: done.running ? "check" : "copy"
    tint: done.running ? Theme.good : Theme.secondary
    text: done.running ? qsTr("Copied") : qsTr("Copy")
    onClicked: done.restart()

    Timer {
        id: done

        interval: 1600
    }
}
