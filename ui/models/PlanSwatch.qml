// The look of one part of the memory: its colour, and a pattern for whoever does not tell colours apart.
import QtQuick
import Altiplano.Ui

Rectangle {
    id: root

    /// 0 weights, 1 context, 2 working memory, 3 program and libraries, 4 other programs.
    required property int part

    color: Theme.chart[part]
    clip: true

    Image {
        anchors.fill: parent
        visible: root.part > 0
        source: root.part > 0 ? Theme.iconSource(["", "pattern-rising", "pattern-dots", "pattern-lines", "pattern-falling"][root.part]) : ""
        sourceSize { width: 8; height: 8 }
        fillMode: Image.Tile
        horizontalAlignment: Image.AlignLeft
        verticalAlignment: Image.AlignTop
        opacity: 0.5
        Accessible.ignored: true
    }
    Rectangle {
        anchors.right: parent.right
        width: 1
        height: parent.height
        color: Theme.page
    }
}
