// The plan before the load: a bar for each device, the choices, and whether it fits.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property PlanController plan
    /// The weights are there: it can be loaded.
    required property bool usable

    spacing: Theme.medium
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Memory")

    ErrorLine {
        Layout.fillWidth: true
        visible: root.plan.error !== ""
        text: root.plan.error
    }
    AppText {
        visible: !root.plan.known && root.plan.error === ""
        text: qsTr("Reading the file")
        quiet: true
    }
    Repeater {
        model: root.plan.devices

        delegate: PlanDevice {
            required property int index

            Layout.fillWidth: true
            onChosenByUser: on => root.plan.chooseDevice(index, on)
        }
    }
    PlanLegend {
        Layout.fillWidth: true
        visible: root.plan.known
        plan: root.plan
    }
    PlanOptions {
        Layout.fillWidth: true
        visible: root.plan.known
        plan: root.plan
    }
    PlanVerdict {
        Layout.fillWidth: true
        visible: root.plan.known
        plan: root.plan
        usable: root.usable
        onLoadRequested: root.plan.load()
    }
}
