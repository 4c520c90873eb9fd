// Where models lie, how they are loaded, and how much is kept of what they have read.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

ColumnLayout {
    id: root

    required property Settings settings

    signal folderChanged

    spacing: Theme.medium

    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Context length")
        explanation: qsTr("How much the model keeps in mind. Longer needs more memory. It holds from the next load of models without a choice of their own.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Context length")
            textRole: "words"
            valueRole: "tokens"
            model: [
                { words: qsTr("Automatic"), tokens: 0 },
                { words: qsTr("2K tokens"), tokens: 2048 },
                { words: qsTr("4K tokens"), tokens: 4096 },
                { words: qsTr("8K tokens"), tokens: 8192 },
                { words: qsTr("16K tokens"), tokens: 16384 },
                { words: qsTr("32K tokens"), tokens: 32768 },
                { words: qsTr("64K tokens"), tokens: 65536 },
                { words: qsTr("128K tokens"), tokens: 131072 }
            ]
            Component.onCompleted: currentIndex = Math.max(0, indexOfValue(root.settings.contextLength))
            onActivated: root.settings.contextLength = currentValue
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Precision of the context")
        explanation: qsTr("8 bits need half the memory for the context and change answers a little. It holds from the next load.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Precision of the context")
            model: [qsTr("16 bits"), qsTr("8 bits")]
            currentIndex: root.settings.cacheType
            onActivated: index => root.settings.cacheType = index
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
    AppSwitch {
        Layout.fillWidth: true
        text: qsTr("Guess several words at once where the text repeats itself: the same answer, sooner")
        checked: root.settings.guessAhead
        onToggled: root.settings.guessAhead = checked
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Memory for recent chats")
        explanation: qsTr("What the model has read stays at hand, so that going back to a chat takes no time.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Memory for recent chats")
            textRole: "words"
            valueRole: "megabytes"
            model: [
                { words: qsTr("Automatic"), megabytes: -1 },
                { words: qsTr("None"), megabytes: 0 },
                { words: qsTr("1 GB"), megabytes: 1000 },
                { words: qsTr("2 GB"), megabytes: 2000 },
                { words: qsTr("4 GB"), megabytes: 4000 },
                { words: qsTr("8 GB"), megabytes: 8000 },
                { words: qsTr("16 GB"), megabytes: 16000 }
            ]
            Component.onCompleted: currentIndex = Math.max(0, indexOfValue(root.settings.keptMemory))
            onActivated: root.settings.keptMemory = currentValue
        }
    }
    SettingRow {
        Layout.fillWidth: true
        label: qsTr("Disk space for chats")
        explanation: qsTr("The same on the disk, also after a restart. None deletes what is there.")

        AppComboBox {
            Layout.fillWidth: true
            name: qsTr("Disk space for chats")
            textRole: "words"
            valueRole: "megabytes"
            model: [
                { words: qsTr("Automatic"), megabytes: -1 },
                { words: qsTr("None"), megabytes: 0 },
                { words: qsTr("2 GB"), megabytes: 2000 },
                { words: qsTr("5 GB"), megabytes: 5000 },
                { words: qsTr("10 GB"), megabytes: 10000 },
                { words: qsTr("20 GB"), megabytes: 20000 },
                { words: qsTr("50 GB"), megabytes: 50000 }
            ]
            Component.onCompleted: currentIndex = Math.max(0, indexOfValue(root.settings.keptDisk))
            onActivated: root.settings.keptDisk = currentValue
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
