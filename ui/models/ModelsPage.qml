// The models on this computer: what each is, loading and unloading, and how to get one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Page {
    id: root

    required property Application application
    readonly property EngineController engine: application.engine

    title: qsTr("Models")

    Flow {
        Layout.fillWidth: true
        spacing: Theme.small

        AppButton {
            text: qsTr("Open file…")
            symbol: "open-file"
            primary: true
            onClicked: dialog.open()
        }
        AppButton {
            text: qsTr("Models folder")
            symbol: "folder"
            onClicked: root.application.models.openFolder()
        }
        IconButton {
            symbol: "regenerate"
            text: qsTr("Look again")
            enabled: !root.application.models.scanning
            onClicked: root.application.models.rescan()
        }
    }
    ErrorLine {
        Layout.fillWidth: true
        visible: root.engine.state === EngineController.Failed
        text: qsTr("%1: %2").arg(root.engine.modelName).arg(root.engine.error)
    }
    AppText {
        Layout.fillWidth: true
        visible: root.application.plan.cards !== ""
        text: root.application.plan.cards
        quiet: true
        wrapMode: Text.Wrap
    }
    Repeater {
        model: root.application.models

        delegate: ModelCard {
            Layout.fillWidth: true
            engine: root.engine
            plan: root.application.plan
            onForgetRequested: root.application.models.forget(path)
        }
    }
    GetModel {
        Layout.fillWidth: true
        folder: root.application.settings.modelsFolder
        onLinkActivated: link => root.application.openLink(link)
        onCopyRequested: text => root.application.copyText(text)
    }

    FileDialog {
        id: dialog

        title: qsTr("Open a model")
        nameFilters: [qsTr("Models (*.gguf *.safetensors *.pth)"), qsTr("All files (*)")]
        onAccepted: root.application.models.addFile(selectedFile)
    }
}
