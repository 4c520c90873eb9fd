// One block in its place: the gap above, quote bars, list indent and marker, then what it is.
// Qt 6.4: a Loader cannot make the components of a file with ComponentBehavior Bound.
// qmllint disable unqualified
import QtQuick
import Altiplano.App
import Altiplano.Ui

Item {
    id: root

    required property int index
    required property int kind
    required property string html
    required property string text
    required property string language
    required property int level
    required property int indent
    required property string marker
    required property int quoteDepth
    required property bool tight
    required property bool rightToLeft
    required property list<string> cells
    required property int columns
    required property list<int> alignments
    property bool streaming: false

    signal copyRequested(text: string)
    signal linkActivated(link: string)

    readonly property int gap: index === 0 ? 0 : tight ? Theme.tiny : kind === BlockListModel.Heading ? Theme.wide : Theme.large
    readonly property real step: Math.round(Theme.textSize * 1.6)
    readonly property real quoteWidth: quoteDepth * Theme.large
    readonly property real inset: quoteWidth + indent * step

    implicitHeight: content.y + content.height
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true

    QuoteBars {
        y: root.index === 0 ? 0 : root.gap
        width: root.width
        height: root.height - y
        depth: root.quoteDepth
        rightToLeft: root.rightToLeft
    }
    Text {
        visible: root.marker !== ""
        x: root.rightToLeft ? root.width - root.inset + Theme.small : root.inset - width - Theme.small
        y: content.y + Math.round(Theme.textSize * 0.02)
        text: root.marker
        textFormat: Text.PlainText
        color: Theme.secondary
        font.family: Theme.sans
        font.pixelSize: Theme.textSize
        lineHeight: Theme.lineHeight
    }
    Loader {
        id: content

        x: root.rightToLeft ? 0 : root.inset
        y: root.gap
        width: root.width - root.inset
        sourceComponent: switch (root.kind) {
            case BlockListModel.Code: return code;
            case BlockListModel.Table: return table;
            case BlockListModel.Rule: return rule;
            default: return words;
        }
    }

    Component {
        id: words

        ParagraphBlock {
            html: root.html
            level: root.kind === BlockListModel.Heading ? root.level : 0
            rightToLeft: root.rightToLeft
            caretShown: root.streaming
            onLinkActivated: link => root.linkActivated(link)
        }
    }
    Component {
        id: code

        CodeBlock {
            code: root.text
            language: root.language
            onCopyRequested: root.copyRequested(root.text)
        }
    }
    Component {
        id: table

        TableBlock {
            cells: root.cells
            columns: root.columns
            alignments: root.alignments
            onCopyRequested: root.copyRequested(root.text)
            onLinkActivated: link => root.linkActivated(link)
        }
    }
    Component {
        id: rule

        Item {
            implicitHeight: 1

            Rectangle {
                width: parent.width
                height: 1
                color: Theme.line
            }
        }
    }
}
