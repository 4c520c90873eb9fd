// Below the composer: why nothing can be sent, the speed, and how full the context is.
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Item {
    id: root

    required property ChatController chat
    required property bool filled

    implicitHeight: Math.max(row.implicitHeight + Theme.small, Theme.wide + Theme.tiny)

    RowLayout {
        id: row

        anchors { fill: parent; leftMargin: Theme.tiny; rightMargin: Theme.tiny }
        spacing: Theme.medium

        AppText {
            Layout.fillWidth: true
            text: root.chat.busy ? "" : root.chat.blockedReason
            quiet: true
            wrapMode: Text.Wrap
            Accessible.role: Accessible.AlertMessage
        }
        AppText {
            visible: root.chat.busy && root.chat.tokensPerSecond > 0
            text: qsTr("%1 tokens/s").arg(Number(root.chat.tokensPerSecond).toLocaleString(Qt.locale(Theme.language), "f", 1))
            quiet: true
        }
        ContextMeter {
            visible: root.chat.contextSize > 0
            used: root.chat.contextUsed
            size: root.chat.contextSize
        }
    }
}
