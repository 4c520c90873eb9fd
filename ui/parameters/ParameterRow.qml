// One parameter: its name, value, range with the default marked, what it does, and the way back to the default.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

ColumnLayout {
    id: root

    required property string key
    required property string label
    required property string explanation
    required property real value
    required property real defaultValue
    required property real minimum
    required property real maximum
    required property real step
    required property int decimals
    required property bool changed
    required property string origin
    required property string special

    signal moved(value: real)
    signal resetRequested

    spacing: 0
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.tiny

        AppText {
            Layout.fillWidth: true
            Layout.alignment: Qt.AlignVCenter
            text: root.label
            font.weight: Font.Medium
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        IconButton {
            visible: root.changed
            small: true
            symbol: "reset"
            text: qsTr("Back to the default")
            onClicked: root.resetRequested()
        }
        NumberField {
            Layout.preferredWidth: 92 * Math.max(1, Theme.textScale)
            name: root.label
            value: root.value
            minimum: root.minimum
            maximum: root.maximum
            decimals: root.decimals
            onEdited: value => root.moved(value)
        }
    }
    AppSlider {
        Layout.fillWidth: true
        from: root.minimum
        to: root.maximum
        stepSize: root.step
        value: root.value
        defaultValue: root.defaultValue
        defaultShown: true
        Accessible.name: root.label
        onMoved: root.moved(value)
    }
    AppText {
        Layout.fillWidth: true
        text: root.explanation
        quiet: true
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        text: root.special === "" ? root.origin : qsTr("%1 · %2").arg(root.origin).arg(root.special)
        quiet: true
        color: root.changed ? Theme.accent : Theme.secondary
        wrapMode: Text.Wrap
    }
}
