// What a model is, in a few words: parameters, type, size, context, memory.
pragma ComponentBehavior: Bound
import QtQuick
import Altiplano.Ui

Flow {
    id: root

    required property list<string> facts

    spacing: Theme.small

    Repeater {
        model: root.facts

        delegate: AppText {
            required property string modelData

            width: Math.min(implicitWidth, root.width)
            visible: modelData !== ""
            text: modelData
            quiet: true
            wrapMode: Text.Wrap
            leftPadding: Theme.small
            rightPadding: Theme.small
            topPadding: 2
            bottomPadding: 2
            background: Rectangle {
                radius: 5
                color: Theme.hover
            }
        }
    }
}
