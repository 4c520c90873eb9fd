// What the colours of the bars mean, with the sizes of all devices of the plan together.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.App
import Altiplano.Ui

Flow {
    id: root

    required property PlanController plan
    readonly property int side: Math.round(14 * Math.max(1, Theme.textScale))
    readonly property list<string> names: [qsTr("Weights"), qsTr("Context"), qsTr("Working memory"), qsTr("Program and libraries"), qsTr("Other programs"), qsTr("Free")]

    spacing: Theme.medium

    Repeater {
        model: root.plan.partSizes

        delegate: RowLayout {
            id: entry

            required property int index
            required property string modelData

            spacing: Theme.tiny + 2

            PlanSwatch {
                Layout.preferredWidth: root.side
                Layout.preferredHeight: root.side
                visible: entry.index < 5
                part: Math.min(entry.index, 4)
                radius: 3
            }
            Rectangle {
                Layout.preferredWidth: root.side
                Layout.preferredHeight: root.side
                visible: entry.index === 5
                radius: 3
                color: Theme.page
                border.width: 1
                border.color: Theme.outline
            }
            AppText {
                Layout.maximumWidth: root.width - root.side - entry.spacing
                wrapMode: Text.Wrap
                text: root.names[entry.index] + " " + entry.modelData
                quiet: true
            }
        }
    }
}
