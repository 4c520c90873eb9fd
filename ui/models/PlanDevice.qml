// One device of the plan: whether it is used, what it computes, its bar, and the same in numbers.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

ColumnLayout {
    id: root

    required property string title
    required property string name
    required property string share
    required property bool choosable
    required property bool chosen
    required property list<real> parts
    required property real limit
    required property string sizes
    required property bool overfull
    required property string details
    required property string use
    required property list<real> usedParts

    signal chosenByUser(on: bool)

    spacing: Theme.tiny

    GridLayout {
        id: head

        columns: root.width > 560 * Theme.textScale ? 2 : 1
        columnSpacing: Theme.small
        rowSpacing: 0

        RowLayout {
            spacing: Theme.small

            AppCheckBox {
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth) + 2
                visible: root.choosable
                text: root.title
                checked: root.chosen
                onToggled: root.chosenByUser(checked)
            }
            AppText {
                Layout.fillWidth: true
                Layout.maximumWidth: Math.ceil(implicitWidth) + 2
                visible: !root.choosable
                text: root.title
                font.weight: Font.Medium
                elide: Text.ElideRight
            }
            AppText {
                Layout.fillWidth: true
                text: root.name === "" || root.share === "" ? root.name + root.share : root.name + " · " + root.share
                quiet: true
                elide: Text.ElideRight
            }
        }
        AppText {
            Layout.fillWidth: head.columns === 1
            text: root.sizes
            wrapMode: Text.Wrap
            quiet: true
            color: root.overfull ? Theme.error : Theme.secondary
        }
    }
    Item {
        id: bar

        Layout.fillWidth: true
        implicitHeight: segments.implicitHeight + (used.visible ? used.implicitHeight + 2 : 0)
        activeFocusOnTab: true
        Accessible.role: Accessible.Indicator
        Accessible.name: root.title + ": " + root.sizes
        Accessible.description: root.details + (root.use === "" ? "" : " " + root.use)
        ToolTip.visible: hover.hovered || activeFocus
        ToolTip.delay: 300
        ToolTip.text: root.details

        HoverHandler { id: hover }
        FocusRing { visible: bar.activeFocus }
        PlanSegments {
            id: segments

            anchors { left: parent.left; right: parent.right; top: parent.top }
            parts: root.parts
            limit: root.limit
            overfull: root.overfull
        }
        PlanSegments {
            id: used

            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            visible: root.usedParts.length > 0
            parts: root.usedParts
            limit: root.limit
            thickness: Math.round(8 * Math.max(1, Theme.textScale))
        }
    }
    AppText {
        Layout.fillWidth: true
        visible: root.use !== ""
        text: root.use
        quiet: true
        wrapMode: Text.Wrap
    }
}
