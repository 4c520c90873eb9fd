// A title being changed in its place: Enter keeps it, Escape or leaving does what its name says.
import QtQuick
import Altiplano.Ui

Field {
    id: root

    required property string title

    signal cancelled

    small: true
    leftPadding: Theme.small
    rightPadding: Theme.small
    maximumLength: 200
    Accessible.name: qsTr("New title")
    onVisibleChanged: root.start()
    onActiveFocusChanged: if (!activeFocus && visible) root.cancelled()
    Keys.onEscapePressed: root.cancelled()
    Component.onCompleted: root.start()

    function start(): void {
        if (!root.visible)
            return;
        root.text = root.title;
        root.selectAll();
        root.forceActiveFocus(Qt.OtherFocusReason);
    }
}
