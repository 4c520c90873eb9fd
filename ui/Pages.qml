// The page on show: the chat, the models or the settings, with the notices of the program above.
// Qt 6.4: a Loader cannot make the components of a file with ComponentBehavior Bound.
// qmllint disable unqualified
import QtQuick
import Altiplano.App
import Altiplano.Ui

FocusScope {
    id: root

    required property Application application
    required property string page
    property bool sidebarShown: true

    signal sidebarRequested
    signal pageRequested(name: string)

    function focusPage(): void {
        if (root.page === "chat")
            chat.focusComposer();
        else
            other.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function renameTitle(): void { chat.renameTitle(); }

    NoticeBar {
        id: notice

        anchors { left: parent.left; right: parent.right; top: parent.top }
        application: root.application
    }
    ChatPage {
        id: chat

        anchors { left: parent.left; right: parent.right; top: notice.bottom; bottom: parent.bottom }
        visible: root.page === "chat"
        focus: visible
        application: root.application
        sidebarShown: root.sidebarShown
        onSidebarRequested: root.sidebarRequested()
        onModelsRequested: root.pageRequested("models")
    }
    Loader {
        id: other

        anchors.fill: chat
        active: root.page !== "chat"
        focus: active
        sourceComponent: root.page === "models" ? models : settings
    }
    Component {
        id: models

        ModelsPage {
            focus: true
            application: root.application
            sidebarShown: root.sidebarShown
            onSidebarRequested: root.sidebarRequested()
            onCloseRequested: root.pageRequested("chat")
        }
    }
    Component {
        id: settings

        SettingsPage {
            focus: true
            application: root.application
            sidebarShown: root.sidebarShown
            onSidebarRequested: root.sidebarRequested()
            onCloseRequested: root.pageRequested("chat")
        }
    }
}
