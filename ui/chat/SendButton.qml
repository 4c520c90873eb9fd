// Sends what is written; while an answer runs it stops that.
import QtQuick
import Altiplano.App
import Altiplano.Ui

IconButton {
    id: root

    required property ChatController chat
    required property bool filled

    signal sendRequested

    primary: true
    symbol: chat.busy ? "stop" : "send"
    text: chat.state === ChatController.Stopping ? qsTr("Stopping") : chat.busy ? qsTr("Stop") : qsTr("Send")
    keys: chat.busy ? qsTr("Esc") : ""
    enabled: chat.busy ? chat.state !== ChatController.Stopping : chat.canSend && filled
    onClicked: chat.busy ? chat.stop() : root.sendRequested()
}
