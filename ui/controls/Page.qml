// A page of a form: a head, and a scrolling column.
import QtQuick
import Altiplano.Ui

FocusScope {
    id: root

    required property string title
    property bool sidebarShown: true
    default property alias content: column.content

    signal sidebarRequested
    signal closeRequested

    Accessible.role: Accessible.Pane
    Accessible.name: title
    Keys.onEscapePressed: root.closeRequested()

    PageHeader {
        id: head

        anchors { left: parent.left; right: parent.right; top: parent.top; leftMargin: Theme.small; rightMargin: Theme.small }
        title: root.title
        sidebarShown: root.sidebarShown
        onSidebarRequested: root.sidebarRequested()
        onCloseRequested: root.closeRequested()
    }
    ScrollColumn {
        id: column

        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom }
        columnWidth: Math.min(Theme.form, width - Theme.large * 2)
        focus: true
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; top: head.bottom }
        visible: column.contentY > 0
        height: 1
        color: Theme.line
    }
}
