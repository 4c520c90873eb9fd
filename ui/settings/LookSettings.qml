// Theme, text size, language, contrast and motion.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property Settings settings

    spacing: Theme.medium

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Theme")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Theme")
            model: [qsTr("As the desktop"), qsTr("Light"), qsTr("Dark")]
            currentIndex: root.settings.theme
            onActivated: index => root.settings.theme = index
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Language")
        explanation: qsTr("Of this window. The model answers in yours.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Language")
            model: root.settings.languages
            textRole: "name"
            valueRole: "code"
            currentIndex: root.settings.languages.indexOf(root.settings.language)
            onActivated: root.settings.language = currentValue
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Text size")

        IconButton {
            symbol: "minus"
            text: qsTr("Smaller text")
            keys: qsTr("Ctrl+-")
            onClicked: root.settings.shrinkText()
        }
        AppText {
            Layout.fillWidth: true
            text: qsTr("%1 %").arg(Math.round(root.settings.textScale * 100))
            horizontalAlignment: Text.AlignHCenter
        }
        IconButton {
            symbol: "plus"
            text: qsTr("Larger text")
            keys: qsTr("Ctrl++")
            onClicked: root.settings.enlargeText()
        }
    }
    AppSwitch {
        Layout.fillWidth: true
        text: qsTr("High contrast")
        checked: root.settings.highContrast
        onToggled: root.settings.highContrast = checked
    }
    AppSwitch {
        Layout.fillWidth: true
        text: qsTr("Less motion")
        checked: root.settings.reducedMotion
        onToggled: root.settings.reducedMotion = checked
    }
}
