// What is going on before the first word: waiting for the model, or reading with its count of tokens.
import QtQuick
import Altiplano.App
import Altiplano.Ui

Row {
    id: root

    required property ChatController chat
    required property bool last

    spacing: Theme.small
    height: Math.round(Theme.textSize * 1.55)

    StreamingCaret { anchors.verticalCenter: parent.verticalCenter }
    AppText {
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        quiet: true
        visible: root.last && text !== ""
        text: root.chat.state === ChatController.Waiting ? qsTr("Waiting for the model")
            : root.chat.readingVisible ? qsTr("Reading %1 of %2 tokens").arg(root.chat.readTokens).arg(root.chat.readTotal) : ""
    }
}
