// A choice of one from a short list.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

ComboBox {
    id: root

    required property string name

    implicitHeight: Theme.control
    leftPadding: root.mirrored ? Theme.control : Theme.medium
    rightPadding: root.mirrored ? Theme.medium : Theme.control
    font.family: Theme.sans
    font.pixelSize: Theme.interfaceSize
    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    Accessible.name: name

    contentItem: AppText {
        leftPadding: 0
        text: root.displayText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }

    indicator: Icon {
        symbol: "chevron-down"
        x: root.mirrored ? Theme.small : root.width - width - Theme.small
        y: (root.height - height) / 2
    }

    background: Rectangle {
        radius: Theme.corner
        color: Theme.raised
        border.width: 1
        border.color: Theme.outline

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.pressed ? Theme.pressed : root.hovered ? Theme.hover : "transparent"
        }
        FocusRing { visible: root.visualFocus }
    }

    delegate: ItemDelegate {
        id: item

        required property int index

        width: ListView.view.width
        implicitHeight: Theme.control
        text: root.textAt(index)
        highlighted: root.highlightedIndex === index
        contentItem: AppText {
            text: item.text
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            font.weight: root.currentIndex === item.index ? Font.DemiBold : Font.Normal
        }
        background: Rectangle {
            radius: Theme.corner - 2
            color: item.down ? Theme.pressed : item.highlighted ? Theme.hover : "transparent"
        }
    }

    popup: Popup {
        y: root.height + Theme.tiny
        width: root.width
        implicitHeight: Math.min(contentItem.implicitHeight + padding * 2, 320)
        padding: Theme.tiny
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: root.delegateModel
            currentIndex: root.highlightedIndex
            ScrollBar.vertical: AppScrollBar {}
        }
        background: PopupGround {}
    }
}
