// The title of the conversation with what one can do to it, the model in use, and the switch of the parameter panel.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Item {
    id: root

    required property Application application
    property bool sidebarShown: true
    property bool renaming: false
    readonly property ChatController chat: application.chat

    signal sidebarRequested
    signal modelsRequested

    function rename(): void { root.renaming = root.chat.conversationId !== 0; }

    implicitHeight: Theme.control + Theme.medium + Theme.tiny

    RowLayout {
        anchors { fill: parent; leftMargin: Theme.small; rightMargin: Theme.small }
        spacing: Theme.tiny

        IconButton {
            visible: !root.sidebarShown
            symbol: "sidebar"
            text: qsTr("Show the sidebar")
            keys: qsTr("Ctrl+B")
            onClicked: root.sidebarRequested()
        }
        TitleButton {
            id: titleButton

            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth
            visible: !root.renaming
            text: root.chat.title
            enabled: root.chat.conversationId !== 0
            onClicked: menu.popup(titleButton, 0, titleButton.height)
            onDoubleClicked: root.rename()
        }
        RenameField {
            Layout.fillWidth: true
            Layout.maximumWidth: 420
            visible: root.renaming
            title: root.chat.title
            onAccepted: {
                root.chat.rename(text);
                root.renaming = false;
            }
            onCancelled: root.renaming = false
        }
        Item { Layout.fillWidth: true }
        ModelButton {
            Layout.maximumWidth: root.width * 0.45
            engine: root.application.engine
            onClicked: root.modelsRequested()
        }
        IconButton {
            symbol: "panel-right"
            text: qsTr("Parameters")
            keys: qsTr("Ctrl+P")
            checkable: true
            checked: root.application.settings.parametersOpen
            onToggled: root.application.settings.parametersOpen = checked
        }
    }

    AppMenu {
        id: menu

        AppMenuItem {
            text: qsTr("Rename")
            symbol: "edit"
            keys: "F2"
            onTriggered: root.rename()
        }
        AppMenuItem {
            text: qsTr("Delete")
            symbol: "trash"
            onTriggered: root.application.conversations.remove(root.chat.conversationId)
        }
    }
}
