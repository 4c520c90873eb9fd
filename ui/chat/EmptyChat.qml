// A conversation without messages: a greeting, three prompts to click, and the way to a real model.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Flickable {
    id: root

    required property Application application
    readonly property EngineController engine: application.engine

    signal promptChosen(prompt: string)
    signal modelsRequested

    contentWidth: width
    contentHeight: Math.max(height, words.implicitHeight + Theme.wide * 2)
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    ScrollBar.vertical: AppScrollBar {}

    ColumnLayout {
        id: words

        anchors.centerIn: parent
        width: Math.min(560, parent.width - Theme.large * 2)
        spacing: Theme.small

        AppText {
            Layout.fillWidth: true
            text: qsTr("What would you like to know?")
            font.pixelSize: Theme.titleSize
            font.weight: Font.DemiBold
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }
        AppText {
            Layout.fillWidth: true
            Layout.bottomMargin: Theme.large
            text: qsTr("Everything stays on this computer.")
            color: Theme.secondary
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        Repeater {
            model: root.application.examplePrompts

            delegate: ExamplePrompt {
                required property string modelData

                Layout.fillWidth: true
                text: modelData
                enabled: root.application.chat.canSend
                onClicked: root.promptChosen(modelData)
            }
        }
        AppText {
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.secondarySize * 35
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.large
            visible: root.engine.starter || root.engine.state === EngineController.Empty
            text: root.engine.starter ? qsTr("The tiny starter model answers: a guide to this program. For real conversations, load a Llama 3.1 model.")
                                      : qsTr("No model is loaded yet.")
            quiet: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
        }
        TextButton {
            Layout.alignment: Qt.AlignHCenter
            visible: root.engine.starter || root.engine.state === EngineController.Empty || root.engine.state === EngineController.Failed
            text: qsTr("Open the models")
            symbol: "models"
            onClicked: root.modelsRequested()
        }
    }
}
