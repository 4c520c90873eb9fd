// A column that scrolls and keeps the control with the keyboard in view.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

Flickable {
    id: root

    default property alias content: column.data
    property real columnWidth: width - Theme.large * 2
    property real spacing: Theme.medium
    readonly property Item focusItem: Window.activeFocusItem

    /// Scrolls so that the item with the keyboard is seen.
    function reveal(item: Item): void {
        const top = column.mapFromItem(item, 0, 0).y;
        root.contentY = Math.max(0, Math.min(top - Theme.wide, Math.max(root.contentY, top + item.height + Theme.wide * 2 - root.height)));
    }

    contentWidth: width
    contentHeight: column.height + Theme.wide * 2
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    ScrollBar.vertical: AppScrollBar {}
    onFocusItemChanged: if (scope.activeFocus) root.reveal(focusItem)

    FocusScope {
        id: scope

        x: Math.round((root.width - width) / 2)
        y: Theme.small
        width: root.columnWidth
        focus: true
        height: column.height

        ColumnLayout {
            id: column

            width: parent.width
            spacing: root.spacing
        }
    }
}
