// How much of the model is in memory.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property EngineController engine

    spacing: Theme.tiny

    ProgressLine {
        Layout.fillWidth: true
        Layout.topMargin: Theme.tiny
        value: root.engine.progress
        Accessible.name: qsTr("Loading")
    }
    AppText {
        Layout.fillWidth: true
        text: root.engine.progressText
        quiet: true
    }
}
