// One message of the list, in the column of text: what the user said or what the model answered.
// Qt 6.4: a Loader cannot make the components of a file with ComponentBehavior Bound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.App
import Altiplano.Ui

Control {
    id: root

    required property int index
    required property real messageId
    required property bool fromUser
    required property string text
    required property BlockListModel blocks
    required property int answerState
    required property string note
    required property int siblingNumber
    required property int siblingCount
    required property string statistics
    required property string provenance
    required property bool last
    required property bool canContinue
    required property ChatController chat
    property bool editing: false
    property string editingText: ""
    /// Hovered, focused or the last: its actions are shown.
    readonly property bool awake: hovered || activeFocus || content.activeFocus || last

    signal editRequested
    signal editCancelled
    signal edited(newText: string)
    signal editingTextEdited(newText: string)
    signal copyTextRequested(text: string)
    signal linkActivated(link: string)
    signal revealRequested

    readonly property real columnWidth: Math.min(Theme.column, width - Theme.large * 2)

    implicitHeight: content.y + content.height + (fromUser ? 0 : Theme.small)
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: fromUser ? qsTr("You: %1").arg(text) : qsTr("Answer: %1").arg(text)
    onVisualFocusChanged: if (visualFocus) root.revealRequested()
    Keys.onUpPressed: root.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    Keys.onDownPressed: root.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

    FocusRing {
        visible: root.visualFocus
        anchors { fill: content; leftMargin: -Theme.small; rightMargin: -Theme.small; topMargin: -2; bottomMargin: Theme.small }
    }
    Loader {
        id: content

        x: Math.round((root.width - width) / 2)
        y: root.index === 0 ? Theme.large : 0
        width: root.columnWidth
        sourceComponent: root.fromUser ? question : answer
    }

    Component {
        id: question

        UserMessage {
            text: root.text
            awake: root.awake
            busy: root.chat.busy
            siblingNumber: root.siblingNumber
            siblingCount: root.siblingCount
            editing: root.editing
            editingText: root.editingText
            onEditRequested: root.editRequested()
            onEditCancelled: root.editCancelled()
            onEdited: newText => root.edited(newText)
            onEditingTextEdited: newText => root.editingTextEdited(newText)
            onCopyRequested: root.chat.copyMessage(root.messageId)
            onSiblingRequested: step => root.chat.selectSibling(root.messageId, step)
        }
    }
    Component {
        id: answer

        AnswerMessage {
            chat: root.chat
            blocks: root.blocks
            answerState: root.answerState
            note: root.note
            statistics: root.statistics
            provenance: root.provenance
            awake: root.awake
            last: root.last
            canContinue: root.canContinue
            siblingNumber: root.siblingNumber
            siblingCount: root.siblingCount
            onCopyRequested: root.chat.copyMessage(root.messageId)
            onRegenerateRequested: root.chat.regenerate(root.messageId)
            onContinueRequested: root.chat.continueAnswer(root.messageId)
            onSiblingRequested: step => root.chat.selectSibling(root.messageId, step)
            onCopyTextRequested: text => root.copyTextRequested(text)
            onLinkActivated: link => root.linkActivated(link)
        }
    }
}
