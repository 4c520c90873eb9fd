// Everything one can set, the shortcuts, and what this program is.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Page {
    id: root

    required property Application application
    readonly property Settings settings: application.settings

    title: qsTr("Settings")

    SettingsHeading { text: qsTr("Look") }
    LookSettings {
        Layout.fillWidth: true
        settings: root.settings
    }
    SettingsHeading { text: qsTr("Writing") }
    AppSwitch {
        Layout.fillWidth: true
        text: qsTr("Enter sends, Shift+Enter starts a new line (off: Ctrl+Enter sends)")
        checked: root.settings.sendWithEnter
        onToggled: root.settings.sendWithEnter = checked
    }
    SettingsHeading { text: qsTr("Model") }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Graphics cards")
        explanation: root.application.plan.cards
    }
    ModelSettings {
        Layout.fillWidth: true
        settings: root.settings
        onFolderChanged: root.application.models.rescan()
    }
    SettingsHeading { text: qsTr("Shortcuts") }
    ShortcutList { Layout.fillWidth: true }
    SettingsHeading { text: qsTr("About") }
    AboutText {
        Layout.fillWidth: true
        version: root.application.version
        dataFolder: root.settings.dataFolder
    }
}
