// A setting: its words at the left, its control at the right, or below where there is no room.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

GridLayout {
    id: root

    required property string label
    property string explanation: ""
    default property alias control: slot.data

    columns: width < 420 * Theme.textScale ? 1 : 2
    columnSpacing: Theme.large
    rowSpacing: Theme.tiny

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 0

        AppText {
            Layout.fillWidth: true
            text: root.label
            wrapMode: Text.Wrap
        }
        AppText {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.explanation
            quiet: true
            wrapMode: Text.Wrap
        }
    }
    RowLayout {
        id: slot

        Layout.fillWidth: root.columns === 1
        Layout.preferredWidth: root.columns === 1 ? -1 : 240 * Math.max(1, Math.min(1.7, Theme.textScale))
        spacing: Theme.small
    }
}
