// What the model answered: plain text of the page, its state when it is not whole, and what one can do with it.
import QtQuick
import Altiplano.App
import Altiplano.Ui

Column {
    id: root

    required property ChatController chat
    required property BlockListModel blocks
    required property int answerState
    required property string note
    required property string statistics
    required property string provenance
    required property bool awake
    required property bool last
    required property bool canContinue
    required property int siblingNumber
    required property int siblingCount
    readonly property int blockCount: blocks ? blocks.count : 0
    readonly property bool streaming: answerState === MessageListModel.Streaming

    signal copyRequested
    signal regenerateRequested
    signal continueRequested
    signal siblingRequested(step: int)
    signal copyTextRequested(text: string)
    signal linkActivated(link: string)

    spacing: Theme.small

    AnswerProgress {
        visible: root.streaming && root.blockCount === 0
        chat: root.chat
        last: root.last
    }
    BlockColumn {
        width: root.width
        visible: root.blockCount > 0
        blocks: root.blocks
        streaming: root.streaming
        onCopyRequested: text => root.copyTextRequested(text)
        onLinkActivated: link => root.linkActivated(link)
    }
    AnswerNote {
        width: root.width
        visible: root.note !== ""
        note: root.note
        failed: root.answerState === MessageListModel.Failed
        canContinue: root.canContinue && !root.chat.busy
        onContinueRequested: root.continueRequested()
    }
    AnswerActions {
        width: root.width
        awake: root.awake && !root.streaming
        busy: root.chat.busy
        siblingNumber: root.siblingNumber
        siblingCount: root.siblingCount
        statistics: root.statistics
        provenance: root.provenance
        onCopyRequested: root.copyRequested()
        onRegenerateRequested: root.regenerateRequested()
        onSiblingRequested: step => root.siblingRequested(step)
        onCopyTextRequested: text => root.copyTextRequested(text)
    }
}
