// Where models lie and how they are loaded.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property Settings settings
    readonly property list<int> lengths: [0, 2048, 4096, 8192, 16384, 32768, 65536, 131072]

    signal folderChanged

    spacing: Theme.medium

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Context length")
        explanation: qsTr("How much the model keeps in mind. Longer needs more memory. It holds from the next load.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Context length")
            model: [qsTr("Automatic"), qsTr("2K tokens"), qsTr("4K tokens"), qsTr("8K tokens"), qsTr("16K tokens"),
                    qsTr("32K tokens"), qsTr("64K tokens"), qsTr("128K tokens")]
            currentIndex: Math.max(0, root.lengths.indexOf(root.settings.contextLength))
            onActivated: index => root.settings.contextLength = root.lengths[index]
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Threads")
        explanation: root.settings.threads === 0 ? qsTr("Automatic. This computer has %1.").arg(root.settings.maximumThreads)
                                                 : qsTr("This computer has %1. 0 is automatic.").arg(root.settings.maximumThreads)

        Item { Layout.fillWidth: true }
        NumberField {
            Layout.preferredWidth: 92 * Math.max(1, Theme.textScale)
            name: qsTr("Threads")
            value: root.settings.threads
            minimum: 0
            maximum: root.settings.maximumThreads
            onEdited: value => root.settings.threads = value
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Models folder")
        explanation: root.settings.modelsFolder

        Item { Layout.fillWidth: true }
        AppButton {
            text: qsTr("Choose…")
            symbol: "folder"
            Accessible.name: qsTr("Choose the models folder")
            onClicked: dialog.open()
        }
    }

    FolderDialog {
        id: dialog

        title: qsTr("Choose the models folder")
        onAccepted: {
            root.settings.modelsFolder = selectedFolder;
            root.folderChanged();
        }
    }
}
