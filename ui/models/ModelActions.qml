// Load, cancel, unload or forget one model.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

RowLayout {
    id: root

    required property string name
    required property bool usable
    required property bool picked
    required property bool loaded
    required property bool loading
    /// The plan of this model is on show.
    required property bool planned
    /// There is no room for a word beside the buttons.
    required property bool tight

    signal loadRequested
    signal cancelRequested
    signal unloadRequested
    signal forgetRequested
    signal planRequested

    spacing: Theme.tiny

    AppText {
        visible: root.loaded && !root.tight
        text: qsTr("Loaded")
        quiet: true
        color: Theme.good
        font.weight: Font.DemiBold
        Layout.rightMargin: Theme.small
    }
    AppButton {
        visible: root.loading
        text: qsTr("Cancel")
        onClicked: root.cancelRequested()
    }
    AppButton {
        visible: root.loaded
        text: qsTr("Unload")
        symbol: "eject"
        onClicked: root.unloadRequested()
    }
    AppButton {
        visible: !root.loaded && !root.loading
        enabled: root.usable
        text: qsTr("Load")
        symbol: "load"
        Accessible.name: qsTr("Load %1").arg(root.name)
        onClicked: root.loadRequested()
    }
    IconButton {
        enabled: !root.loading
        symbol: root.planned ? "chevron-up" : "chevron-down"
        text: root.planned ? qsTr("Hide the memory plan") : qsTr("Memory plan of %1").arg(root.name)
        onClicked: root.planRequested()
    }
    IconButton {
        visible: root.picked && !root.loaded && !root.loading
        symbol: "close"
        text: qsTr("Take from the list (the file stays)")
        onClicked: root.forgetRequested()
    }
}
