// "Chat deleted - Undo", for as long as it can be undone.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Rectangle {
    id: root

    required property Application application

    visible: application.undoText !== ""
    implicitWidth: row.implicitWidth + Theme.large + Theme.small
    implicitHeight: row.implicitHeight + Theme.small * 2
    radius: Theme.surfaceCorner
    color: Theme.text
    Accessible.role: Accessible.AlertMessage
    Accessible.name: application.undoText

    RowLayout {
        id: row

        anchors { verticalCenter: parent.verticalCenter; right: parent.right; rightMargin: Theme.small; left: parent.left; leftMargin: Theme.large }
        spacing: Theme.small

        AppText {
            Layout.fillWidth: true
            text: root.application.undoText
            color: Theme.page
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        TextButton {
            text: qsTr("Undo")
            ink: Theme.accentOnText
            onClicked: root.application.undo()
        }
        IconButton {
            small: true
            symbol: "close"
            tint: Theme.page
            text: qsTr("Close")
            onClicked: root.application.dismissUndo()
        }
    }
}
