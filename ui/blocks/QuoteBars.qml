// The bars at the side of a quotation, one for each depth.
pragma ComponentBehavior: Bound
import QtQuick
import Altiplano.Ui

Item {
    id: root

    required property int depth
    required property bool rightToLeft

    Repeater {
        model: root.depth

        delegate: Rectangle {
            required property int index

            x: root.rightToLeft ? root.width - index * Theme.large - width : index * Theme.large
            width: 3
            height: root.height
            radius: 1.5
            color: Theme.line
        }
    }
}
