// The head of a page: its title, and the way back to the chat.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

RowLayout {
    id: root

    required property string title
    property bool sidebarShown: true

    signal sidebarRequested
    signal closeRequested

    spacing: Theme.tiny
    height: Theme.control + Theme.medium + Theme.tiny

    IconButton {
        visible: !root.sidebarShown
        symbol: "sidebar"
        text: qsTr("Show the sidebar")
        keys: qsTr("Ctrl+B")
        onClicked: root.sidebarRequested()
    }
    AppText {
        Layout.fillWidth: true
        Layout.leftMargin: Theme.small
        text: root.title
        font.pixelSize: Theme.textSize
        font.weight: Font.DemiBold
        elide: Text.ElideRight
        Accessible.role: Accessible.Heading
    }
    IconButton {
        symbol: "close"
        text: qsTr("Back to the chat")
        keys: qsTr("Esc")
        onClicked: root.closeRequested()
    }
}
