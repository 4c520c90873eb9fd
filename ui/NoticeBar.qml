// A sentence about the whole program: the database, the disk. It stays until it is closed.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Rectangle {
    id: root

    required property Application application
    readonly property color ink: application.noticeKind === Application.Failure ? Theme.error
                               : application.noticeKind === Application.Caution ? Theme.caution : Theme.secondary

    visible: application.notice !== ""
    implicitHeight: visible ? row.implicitHeight + Theme.small * 2 : 0
    color: Theme.surface
    Accessible.role: Accessible.AlertMessage
    Accessible.name: application.notice

    RowLayout {
        id: row

        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter; leftMargin: Theme.large; rightMargin: Theme.small }
        spacing: Theme.small

        Icon {
            symbol: root.application.noticeKind === Application.Info ? "info" : "warning"
            color: root.ink
        }
        AppText {
            Layout.fillWidth: true
            text: root.application.notice
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
        AppButton {
            visible: root.application.restartOffered
            primary: true
            text: qsTr("Start again")
            onClicked: root.application.restart()
        }
        IconButton {
            small: true
            symbol: "close"
            text: qsTr("Close this notice")
            onClicked: root.application.dismissNotice()
        }
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: Theme.line
    }
}
