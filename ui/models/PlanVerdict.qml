// Whether the model fits, what to change where it does not, and the load.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property PlanController plan
    required property bool usable

    signal loadRequested

    spacing: Theme.small

    RowLayout {
        spacing: Theme.small

        Icon {
            Layout.alignment: Qt.AlignTop
            symbol: root.plan.fits ? "check" : "warning"
            color: root.plan.fits ? Theme.good : Theme.error
        }
        AppText {
            Layout.fillWidth: true
            text: root.plan.verdict
            color: root.plan.fits ? Theme.good : Theme.error
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: text !== ""
        text: root.plan.note
        quiet: true
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        visible: root.plan.changes.length > 0
        text: qsTr("It would fit with one of these:")
        wrapMode: Text.Wrap
    }
    Repeater {
        model: root.plan.changes

        delegate: AppButton {
            id: offer

            required property int index
            required property string modelData

            Layout.fillWidth: true
            Layout.maximumWidth: Math.ceil(implicitWidth) + 1
            text: modelData
            contentItem: AppText {
                text: offer.text
                font: offer.font
                color: offer.ink
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                Accessible.ignored: true
            }
            onClicked: root.plan.applyChange(index)
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: root.plan.wishes !== ""
        text: qsTr("It would fit with more: %1.").arg(root.plan.wishes)
        quiet: true
        wrapMode: Text.Wrap
    }
    AppButton {
        Layout.alignment: Qt.AlignRight
        visible: root.usable && !root.plan.loaded
        primary: root.plan.fits
        text: root.plan.fits ? qsTr("Load") : qsTr("Load all the same")
        symbol: "load"
        onClicked: root.loadRequested()
    }
}
