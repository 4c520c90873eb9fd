// The conversations, grouped by day. Up and Down move, Enter opens, F2 renames, Delete deletes.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.App
import Altiplano.Ui

ListView {
    id: root

    required property ConversationListModel conversations
    /// A conversation of the list is on show; a new chat is none of them.
    required property bool anyOpen
    /// The conversation whose title is being changed; 0 = none.
    property real renamingId: 0

    signal openRequested(conversationId: real)

    function rename(conversationId: real): void { root.renamingId = conversationId; }
    /// Opens the conversation above (-1) or below (1) the one that is open; the first where none is.
    function step(direction: int): void {
        root.currentIndex = root.anyOpen ? Math.max(0, Math.min(root.count - 1, root.currentIndex + direction)) : 0;
        (root.currentItem as ConversationItem)?.opened();
    }

    model: conversations
    clip: true
    reuseItems: false
    activeFocusOnTab: true
    keyNavigationEnabled: true
    highlightFollowsCurrentItem: true
    highlightMoveDuration: 0
    boundsBehavior: Flickable.StopAtBounds
    section.property: "group"
    ScrollBar.vertical: AppScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Chats")
    onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0

    delegate: ConversationItem {
        id: item

        width: ListView.view.width
        heading: ListView.previousSection === ListView.section ? "" : ListView.section
        ringed: ListView.isCurrentItem && root.activeFocus
        renaming: root.renamingId !== 0 && root.renamingId === conversationId
        onCurrentChanged: if (current) root.currentIndex = index
        onOpened: {
            root.currentIndex = index;
            root.openRequested(conversationId);
        }
        onMenuRequested: menu.show(item)
        onRenameRequested: root.renamingId = conversationId
        onRenameCancelled: root.renamingId = 0
        onRenamed: title => {
            root.conversations.rename(conversationId, title);
            root.renamingId = 0;
            root.forceActiveFocus();
        }
        Keys.onReturnPressed: item.opened()
        Keys.onEnterPressed: item.opened()
        Keys.onDeletePressed: root.conversations.remove(conversationId)
        Keys.onMenuPressed: menu.show(item)
    }

    ConversationMenu {
        id: menu

        onRenameRequested: conversationId => root.renamingId = conversationId
        onPinRequested: (conversationId, pinned) => root.conversations.setPinned(conversationId, pinned)
        onDeleteRequested: conversationId => root.conversations.remove(conversationId)
    }
}
