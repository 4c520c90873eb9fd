// Which model answers: none, loading with its progress, ready, or why not. It opens the models.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

BaseButton {
    id: root

    required property EngineController engine
    readonly property bool failed: engine.state === EngineController.Failed
    readonly property bool loading: engine.state === EngineController.Loading

    implicitHeight: Theme.control
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    leftPadding: Theme.small
    rightPadding: Theme.small
    text: switch (engine.state) {
        case EngineController.Loading: return qsTr("Loading %1").arg(engine.modelName);
        case EngineController.Ready: return engine.modelName;
        case EngineController.Failed: return qsTr("The model did not load");
        default: return qsTr("Choose a model");
    }
    Accessible.description: failed ? engine.error : loading ? engine.progressText : engine.memoryText
    ToolTip.visible: hovered && !down && ToolTip.text !== ""
    ToolTip.delay: 500
    ToolTip.text: failed ? engine.error : loading ? engine.progressText : engine.memoryText

    contentItem: RowLayout {
        spacing: Theme.small

        Icon {
            symbol: root.failed ? "warning" : "models"
            color: root.failed ? Theme.error : Theme.secondary
            side: Theme.smallIcon
        }
        ColumnLayout {
            spacing: Theme.tiny

            AppText {
                Layout.fillWidth: true
                text: root.text
                color: root.failed ? Theme.error : Theme.text
                elide: Text.ElideMiddle
                Accessible.ignored: true
            }
            ProgressLine {
                Layout.fillWidth: true
                visible: root.loading
                value: root.engine.progress
            }
        }
    }
    background: Rectangle {
        radius: Theme.corner
        color: root.down ? Theme.pressed : root.hovered ? Theme.hover : "transparent"

        FocusRing { visible: root.visualFocus }
    }
}
