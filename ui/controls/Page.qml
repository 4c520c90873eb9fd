// A page of a form: a head, and a scrolling column that keeps the control with the keyboard in view.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

FocusScope {
    id: root

    required property string title
    property bool sidebarShown: true
    default property alias content: column.data
    readonly property Item focusItem: Window.activeFocusItem

    signal sidebarRequested
    signal closeRequested

    /// Scrolls so that the item with the keyboard is seen.
    function reveal(item: Item): void {
        const top = item.mapToItem(column, 0, 0).y;
        view.contentY = Math.max(0, Math.min(top - Theme.wide, Math.max(view.contentY, top + item.height + Theme.wide * 2 - view.height)));
    }

    onFocusItemChanged: if (activeFocus && focusItem && focusItem !== view) root.reveal(focusItem)
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
    Flickable {
        id: view

        anchors { left: parent.left; right: parent.right; top: head.bottom; bottom: parent.bottom }
        contentWidth: width
        contentHeight: column.height + Theme.wide * 2
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        ScrollBar.vertical: AppScrollBar {}

        ColumnLayout {
            id: column

            x: Math.round((view.width - width) / 2)
            y: Theme.small
            width: Math.min(Theme.form, view.width - Theme.large * 2)
            spacing: Theme.medium
        }
    }
}
