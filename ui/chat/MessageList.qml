// The messages of the conversation. It follows the end only while the reader is there.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.App
import Altiplano.Ui

FocusScope {
    id: root

    required property ChatController chat
    readonly property int count: list.count
    readonly property bool atTop: list.contentY <= list.originY
    /// The reader is at the end, so new text is kept in view.
    property bool following: true
    /// The question being changed in its place, and its text: kept here, as delegates come and go.
    property real editingId: 0
    property string editingText: ""

    signal copyTextRequested(text: string)
    signal linkActivated(link: string)

    readonly property real lowest: Math.max(list.originY, list.originY + list.contentHeight - list.height)

    /// Scrolls by that much: at once, or as a short glide that shows where the text went.
    function scrollBy(pixels: real, time: int): void {
        const start = glide.running ? glide.to : list.contentY;
        glide.stop();
        glide.to = Math.round(Math.max(list.originY, Math.min(root.lowest, start + pixels)));
        glide.duration = time;
        root.following = glide.to >= root.lowest - 2;
        glide.start();
    }
    function toEnd(): void {
        glide.stop();
        root.following = true;
        list.positionViewAtEnd();
    }
    function keepEnd(): void {
        if (root.following && !glide.running)
            list.positionViewAtEnd();
    }

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages")

    ListView {
        id: list

        anchors.fill: parent
        model: root.chat.messages
        interactive: touch.seen
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        cacheBuffer: 240
        keyNavigationEnabled: false
        currentIndex: -1
        onContentHeightChanged: root.keepEnd()
        onHeightChanged: root.keepEnd()
        onWidthChanged: root.keepEnd()
        onMovementEnded: root.following = atYEnd
        onDraggingChanged: if (dragging) root.following = false
        ScrollBar.vertical: AppScrollBar {
            onPressedChanged: root.following = !pressed && list.contentY >= root.lowest - 2
        }

        delegate: MessageItem {
            width: ListView.view.width
            chat: root.chat
            editing: root.editingId !== 0 && root.editingId === messageId
            editingText: root.editingText
            onEditRequested: {
                root.editingText = text;
                root.editingId = messageId;
            }
            onEditCancelled: root.editingId = 0
            onEdited: newText => {
                root.editingId = 0;
                root.chat.editMessage(messageId, newText);
            }
            onEditingTextEdited: newText => root.editingText = newText
            onCopyTextRequested: text => root.copyTextRequested(text)
            onLinkActivated: link => root.linkActivated(link)
            onRevealRequested: list.positionViewAtIndex(index, ListView.Contain)
        }
    }
    NumberAnimation {
        id: glide

        target: list
        property: "contentY"
        easing.type: Easing.OutCubic
        onStopped: root.keepEnd()
    }
    WheelHandler {
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => {
            const fine = event.pixelDelta.y !== 0 || Math.abs(event.angleDelta.y) < 120;
            root.scrollBy(event.pixelDelta.y !== 0 ? -event.pixelDelta.y : -event.angleDelta.y * 0.8, fine ? 0 : Theme.moveTime);
        }
    }
    PointHandler {
        id: touch

        property bool seen: false

        acceptedDevices: PointerDevice.TouchScreen
        onActiveChanged: seen = true
    }
    Connections {
        target: root.chat

        function onOpened(): void {
            root.editingId = 0;
            root.toEnd();
        }
        function onSent(): void { root.toEnd(); }
    }
    ToEndButton {
        anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Theme.small }
        visible: !root.following && list.contentY < root.lowest - 40
        answering: root.chat.busy
        onClicked: root.toEnd()
    }
}
