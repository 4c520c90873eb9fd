// A table: header, columns as wide as they need up to a limit, scrolling sideways when it is wider than the page.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

Item {
    id: root

    required property list<string> cells
    required property int columns
    required property list<int> alignments

    signal copyRequested
    signal linkActivated(link: string)

    implicitHeight: frame.height + copy.height
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Table with %n column(s)", "", columns)

    Rectangle {
        id: frame

        width: Math.min(root.width, grid.width + 2)
        height: body.height + 2
        radius: Theme.corner
        color: "transparent"
        border.width: 1
        border.color: Theme.line

        Flickable {
            id: body

            x: 1
            y: 1
            width: parent.width - 2
            height: grid.height + (bar.visible ? Theme.medium : 0)
            contentWidth: grid.width
            contentHeight: grid.height
            interactive: false
            clip: true
            ScrollBar.horizontal: AppScrollBar { id: bar }

            GridLayout {
                id: grid

                columns: Math.max(1, root.columns)
                columnSpacing: 0
                rowSpacing: 0

                Repeater {
                    model: root.cells.length

                    delegate: TableCell {
                        html: root.cells[index] ?? ""
                        header: index < root.columns
                        firstRow: header
                        alignment: root.alignments[index % Math.max(1, root.columns)] ?? Qt.AlignLeft
                        onLinkActivated: link => root.linkActivated(link)
                    }
                }
            }
            WheelHandler {
                orientation: Qt.Horizontal
                target: body
                property: "contentX"
                rotationScale: -1
                enabled: bar.visible
                onWheel: body.returnToBounds()
            }
        }
    }
    CopyButton {
        id: copy

        anchors { top: frame.bottom; left: parent.left }
        text: qsTr("Copy the table")
        onClicked: root.copyRequested()
    }
}
