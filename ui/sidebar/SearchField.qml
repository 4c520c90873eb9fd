// Search in titles and messages; Escape clears it.
import QtQuick
import Altiplano.Ui

Field {
    id: root

    placeholderText: qsTr("Search")
    leftPadding: Theme.control - 2
    rightPadding: Theme.control - 2
    Accessible.name: qsTr("Search chats")
    Accessible.searchEdit: true
    Keys.onEscapePressed: event => {
        event.accepted = root.text !== "";
        root.clear();
    }

    Icon {
        anchors { left: parent.left; leftMargin: Theme.small; verticalCenter: parent.verticalCenter }
        symbol: "search"
        side: Theme.smallIcon
    }
    IconButton {
        anchors { right: parent.right; rightMargin: 3; verticalCenter: parent.verticalCenter }
        visible: root.text !== ""
        small: true
        symbol: "close"
        text: qsTr("Clear the search")
        onClicked: root.clear()
    }
}
