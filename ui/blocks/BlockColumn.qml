// One message as its blocks. Closed blocks are never touched again; only the last one changes while an answer streams.
pragma ComponentBehavior: Bound
import QtQuick
import Altiplano.App
import Altiplano.Ui

Column {
    id: root

    required property BlockListModel blocks
    property bool streaming: false

    signal copyRequested(text: string)
    signal linkActivated(link: string)

    Repeater {
        model: root.blocks

        delegate: BlockView {
            width: root.width
            streaming: root.streaming && index === (root.blocks ? root.blocks.count : 0) - 1
            onCopyRequested: text => root.copyRequested(text)
            onLinkActivated: link => root.linkActivated(link)
        }
    }
}
