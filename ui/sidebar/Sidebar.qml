// Left: new chat, search, the conversations, and the ways to the other pages.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Rectangle {
    id: root

    required property Application application
    property string page: "chat"

    signal chatRequested
    signal newChatRequested
    signal pageRequested(page: string)
    signal closeRequested

    function focusSearch(): void { search.forceActiveFocus(Qt.ShortcutFocusReason); }
    function renameCurrent(): void { list.rename(root.application.chat.conversationId); }

    function step(direction: int): void { list.step(direction); }

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Chats and pages")

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.small
        spacing: Theme.tiny

        RowLayout {
            spacing: Theme.tiny

            NavigationButton {
                Layout.fillWidth: true
                symbol: "new-chat"
                text: qsTr("New chat")
                keys: qsTr("Ctrl+N")
                onClicked: root.newChatRequested()
            }
            IconButton {
                symbol: "sidebar"
                text: qsTr("Hide the sidebar")
                keys: qsTr("Ctrl+B")
                onClicked: root.closeRequested()
            }
        }
        SearchField {
            id: search

            Layout.fillWidth: true
            Layout.topMargin: Theme.tiny
            onTextChanged: root.application.conversations.search = text
            Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
        }
        ConversationList {
            id: list

            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: Theme.tiny
            conversations: root.application.conversations
            anyOpen: root.application.chat.conversationId !== 0
            onOpenRequested: conversationId => {
                root.application.chat.open(conversationId);
                root.chatRequested();
            }

            AppText {
                anchors.horizontalCenter: parent.horizontalCenter
                y: Theme.wide
                width: parent.width - Theme.wide
                visible: list.count === 0 && !root.application.conversations.searching
                text: search.text === "" ? qsTr("Your chats will be listed here.") : qsTr("Nothing found.")
                quiet: true
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
            }
        }
        NavigationButton {
            Layout.fillWidth: true
            symbol: "models"
            text: qsTr("Models")
            keys: qsTr("Ctrl+M")
            checked: root.page === "models"
            onClicked: root.pageRequested("models")
        }
        NavigationButton {
            Layout.fillWidth: true
            symbol: "settings"
            text: qsTr("Settings")
            keys: qsTr("Ctrl+,")
            checked: root.page === "settings"
            onClicked: root.pageRequested("settings")
        }
    }

    Rectangle {
        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: 1
        color: Theme.line
    }
}
