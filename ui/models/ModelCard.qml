// One model: its name, what it is, and what can be done with it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Rectangle {
    id: root

    required property string path
    required property string name
    required property string sizeText
    required property string typeLabel
    required property string parametersText
    required property string contextText
    required property string memoryText
    required property string error
    required property bool starter
    required property bool picked
    required property bool loaded
    required property bool loading
    required property bool inspecting
    required property EngineController engine
    required property PlanController plan
    readonly property bool planned: plan.path === path

    signal forgetRequested

    implicitHeight: column.implicitHeight + Theme.medium * 2
    radius: Theme.surfaceCorner
    color: loaded ? Theme.surface : "transparent"
    border.width: 1
    border.color: loaded ? Theme.outline : Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    ColumnLayout {
        id: column

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.medium; leftMargin: Theme.large }
        spacing: Theme.tiny

        GridLayout {
            id: head

            columns: root.width < 260 * Theme.textScale ? 1 : 2
            columnSpacing: Theme.small
            rowSpacing: Theme.tiny

            AppText {
                Layout.fillWidth: true
                text: root.name
                font.weight: Font.DemiBold
                font.pixelSize: Theme.textSize
                elide: Text.ElideMiddle
            }
            ModelActions {
                name: root.name
                usable: root.error === "" && !root.inspecting
                picked: root.picked
                loaded: root.loaded
                loading: root.loading
                planned: root.planned
                tight: head.columns === 1
                onLoadRequested: root.plan.loadIfItFits(root.path)
                onPlanRequested: root.planned ? root.plan.close() : root.plan.open(root.path)
                onForgetRequested: root.forgetRequested()
                onCancelRequested: root.engine.cancelLoad()
                onUnloadRequested: root.engine.unload()
            }
        }
        ModelFacts {
            Layout.fillWidth: true
            visible: !root.inspecting && root.error === ""
            facts: [root.parametersText, root.typeLabel, root.sizeText, qsTr("context %1").arg(root.contextText),
                    root.loaded ? root.engine.memoryText : root.memoryText]
        }
        AppText {
            visible: root.inspecting
            text: qsTr("Reading the file")
            quiet: true
        }
        AppText {
            Layout.fillWidth: true
            visible: root.starter
            text: qsTr("Comes with the program: a tiny guide to it. It knows nothing else.")
            quiet: true
            wrapMode: Text.Wrap
        }
        ErrorLine {
            Layout.fillWidth: true
            visible: root.error !== ""
            text: root.error
        }
        DraftModel {
            Layout.fillWidth: true
            visible: root.loaded && !root.starter
            engine: root.engine
        }
        LoadProgress {
            Layout.fillWidth: true
            visible: root.loading
            engine: root.engine
        }
        Repeater {
            model: root.planned ? 1 : 0

            delegate: PlanPanel {
                Layout.fillWidth: true
                Layout.topMargin: Theme.small
                plan: root.plan
                usable: root.error === ""
            }
        }
    }
}
