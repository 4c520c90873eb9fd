// The sidebar in the window: beside the page, or over it where the window is narrow; its edge can be dragged.
import QtQuick
import Altiplano.App
import Altiplano.Ui

Item {
    id: root

    required property Application application
    required property string page
    required property bool shown
    required property bool floating
    readonly property real largest: Math.min(420, (parent ? parent.width : 420) * 0.8)

    signal closeRequested
    signal newChatRequested
    signal pageRequested(name: string)

    function focusSearch(): void { sidebar.focusSearch(); }
    function step(direction: int): void { sidebar.step(direction); }

    width: Math.round(Math.max(200, Math.min(largest, application.settings.sidebarWidth * Math.max(1, Math.min(1.5, Theme.textScale)))))

    Rectangle {
        x: root.LayoutMirroring.enabled ? root.width - width : 0
        width: root.parent ? root.parent.width : 0
        height: root.height
        visible: root.floating && root.shown
        color: Theme.scrim

        MouseArea {
            anchors.fill: parent
            onClicked: root.closeRequested()
            onWheel: wheel => wheel.accepted = true
        }
    }
    Sidebar {
        id: sidebar

        width: root.width
        height: root.height
        visible: root.shown
        application: root.application
        page: root.page
        onChatRequested: root.pageRequested("chat")
        onNewChatRequested: root.newChatRequested()
        onPageRequested: name => root.pageRequested(name)
        onCloseRequested: root.closeRequested()

        MouseArea {
            anchors.fill: parent
            z: -1
        }
    }
    Item {
        anchors { right: parent.right; rightMargin: -4; top: parent.top; bottom: parent.bottom }
        width: 8
        visible: root.shown

        HoverHandler { cursorShape: Qt.SplitHCursor }
        DragHandler {
            target: null
            xAxis.enabled: true
            cursorShape: Qt.SplitHCursor
            onCentroidChanged: if (active) root.application.settings.sidebarWidth =
                Math.max(200, Math.min(root.largest, root.LayoutMirroring.enabled ? root.parent.width - centroid.scenePosition.x : centroid.scenePosition.x))
        }
    }
}
