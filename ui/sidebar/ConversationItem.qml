// One conversation in the list: its title, what is going on in it, and its menu.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

ItemDelegate {
    id: root

    required property int index
    required property real conversationId
    required property string title
    required property string snippet
    required property bool pinned
    required property bool generating
    required property bool current

    /// The day this conversation is the first of; empty for the others.
    property string heading: ""
    property bool renaming: false
    /// The list has the keyboard and this is its current line.
    property bool ringed: false

    signal opened
    signal menuRequested
    signal renameRequested
    signal renamed(title: string)
    signal renameCancelled

    readonly property bool menuShown: (hovered || ringed) && !renaming
    readonly property real headingHeight: heading === "" ? 0 : Math.round(Theme.secondarySize * 1.3) + Theme.large

    implicitHeight: headingHeight + Math.max(Theme.control, implicitContentHeight + Theme.small)
    padding: 0
    leftPadding: root.mirrored ? Theme.tiny : Theme.small
    rightPadding: root.mirrored ? Theme.small : Theme.tiny
    topPadding: headingHeight
    bottomPadding: 0
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    text: title
    Accessible.role: Accessible.ListItem
    Accessible.name: generating ? qsTr("%1, answering").arg(title) : title
    Accessible.selected: current
    Accessible.onPressAction: root.opened()
    onClicked: root.opened()
    onDoubleClicked: root.renameRequested()

    contentItem: RowLayout {
        spacing: Theme.tiny

        ColumnLayout {
            visible: !root.renaming
            spacing: 0
            Layout.fillWidth: true

            AppText {
                Layout.fillWidth: true
                text: root.title
                elide: Text.ElideRight
                font.weight: root.current ? Font.DemiBold : Font.Normal
                ToolTip.visible: truncated && root.hovered && !root.down
                ToolTip.delay: 700
                ToolTip.text: root.title
                Accessible.ignored: true
            }
            AppText {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.snippet
                quiet: true
                elide: Text.ElideRight
                maximumLineCount: 1
                Accessible.ignored: true
            }
        }
        RenameField {
            Layout.fillWidth: true
            visible: root.renaming
            title: root.title
            onAccepted: root.renamed(text)
            onCancelled: root.renameCancelled()
        }
        Rectangle {
            visible: root.generating && !root.menuShown
            Layout.rightMargin: Theme.small
            implicitWidth: 8
            implicitHeight: 8
            radius: 4
            color: Theme.accent
        }
        Icon {
            visible: root.pinned && !root.generating && !root.menuShown && !root.renaming
            symbol: "pin"
            side: Theme.smallIcon
            Layout.rightMargin: Theme.tiny
        }
        IconButton {
            visible: root.menuShown
            small: true
            symbol: "more"
            text: qsTr("Rename, pin, delete")
            focusPolicy: Qt.NoFocus
            onClicked: root.menuRequested()
        }
    }

    background: Item {
        SectionHeading {
            visible: root.heading !== ""
            width: parent.width
            text: root.heading
        }
        Rectangle {
            y: root.headingHeight
            width: parent.width
            height: parent.height - y
            radius: Theme.corner
            color: root.current ? Theme.selectedRow : root.hovered || root.ringed ? Theme.hover : "transparent"

            FocusRing {
                visible: root.ringed && !root.renaming
                anchors.margins: 0
            }
        }
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuRequested()
    }
}
