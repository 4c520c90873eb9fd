// How to get a Llama 3.1 model, in three steps, and whose model it is.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

ColumnLayout {
    id: root

    required property string folder

    signal linkActivated(link: string)
    signal copyRequested(text: string)

    spacing: Theme.small

    AppText {
        Layout.fillWidth: true
        Layout.topMargin: Theme.wide
        text: qsTr("How to get a Llama 3.1 model")
        font.weight: Font.DemiBold
        font.pixelSize: Theme.textSize
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: [
            qsTr("1. Look for “Llama 3.1 8B Instruct GGUF” at huggingface.co and choose a file. Q4_K_M (4.9 GB) suits most computers with 8 GiB of memory; Q8_0 (8.5 GB) is a little better and needs 12 GiB."),
            qsTr("2. Put the file into the models folder, or choose “Open file…” wherever it lies."),
            qsTr("3. Press “Load”. Nothing you write leaves this computer.")
        ]

        delegate: AppText {
            required property string modelData

            Layout.fillWidth: true
            text: modelData
            wrapMode: Text.Wrap
            lineHeight: Theme.lineHeight
        }
    }
    RowLayout {
        spacing: Theme.tiny

        AppText {
            Layout.fillWidth: true
            text: qsTr("Models folder: %1").arg(root.folder)
            quiet: true
            wrapMode: Text.WrapAnywhere
        }
        CopyButton {
            text: qsTr("Copy the path")
            onClicked: root.copyRequested(root.folder)
        }
    }
    TextButton {
        Layout.fillWidth: true
        Layout.leftMargin: -Theme.small
        Layout.maximumWidth: implicitWidth
        text: qsTr("Look for models at huggingface.co")
        onClicked: root.linkActivated("https://huggingface.co/models?search=llama-3.1-8b-instruct-gguf")
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.")
        quiet: true
        wrapMode: Text.Wrap
    }
}
