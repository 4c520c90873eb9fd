// One line below an answer that is not whole: what happened, and Continue where that is possible.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

RowLayout {
    id: root

    required property string note
    required property bool failed
    required property bool canContinue

    signal continueRequested

    spacing: Theme.small

    Icon {
        symbol: root.failed ? "warning" : "info"
        color: root.failed ? Theme.error : Theme.secondary
        side: Theme.smallIcon
    }
    AppText {
        Layout.fillWidth: !root.canContinue || implicitWidth > root.width * 0.6
        text: root.note
        quiet: true
        color: root.failed ? Theme.error : Theme.secondary
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
    }
    TextButton {
        visible: root.canContinue
        text: qsTr("Continue")
        symbol: "continue"
        onClicked: root.continueRequested()
    }
    Item { Layout.fillWidth: true }
}
