// What one can do with a conversation in the list.
import QtQuick
import Altiplano.Ui

AppMenu {
    id: root

    property real conversationId: 0
    property bool pinned: false

    signal renameRequested(conversationId: real)
    signal pinRequested(conversationId: real, pinned: bool)
    signal deleteRequested(conversationId: real)

    function show(item: ConversationItem): void {
        root.conversationId = item.conversationId;
        root.pinned = item.pinned;
        root.popup(item, Theme.large, item.height);
    }

    AppMenuItem {
        text: qsTr("Rename")
        symbol: "edit"
        keys: "F2"
        onTriggered: root.renameRequested(root.conversationId)
    }
    AppMenuItem {
        text: root.pinned ? qsTr("Unpin") : qsTr("Pin")
        symbol: "pin"
        onTriggered: root.pinRequested(root.conversationId, !root.pinned)
    }
    AppMenuItem {
        text: qsTr("Delete")
        symbol: "trash"
        keys: qsTr("Del")
        onTriggered: root.deleteRequested(root.conversationId)
    }
}
