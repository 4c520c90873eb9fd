// What one can choose about the load: context, its precision, the weights', and how cards share the layers.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property PlanController plan

    spacing: Theme.small

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Context length")
        explanation: qsTr("How much the model keeps in mind.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Context length")
            model: root.plan.contexts
            currentIndex: root.plan.contextIndex
            onActivated: index => root.plan.contextIndex = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Precision of the context")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Precision of the context")
            model: root.plan.cacheTypes
            currentIndex: root.plan.cacheTypeIndex
            onActivated: index => root.plan.cacheTypeIndex = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        visible: root.plan.weightTypes.length > 1
        label: qsTr("Weights")
        explanation: root.plan.conversionCost

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Weights")
            model: root.plan.weightTypes
            currentIndex: root.plan.weightTypeIndex
            onActivated: index => root.plan.weightTypeIndex = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        visible: root.plan.splittable
        label: qsTr("Split over the cards")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Split over the cards")
            model: [qsTr("Automatic"), qsTr("Every layer on all cards"), qsTr("Whole layers on each card")]
            currentIndex: root.plan.splitIndex
            onActivated: index => root.plan.splitIndex = index
        }
    }
}
