// One bar: shares of a device's memory side by side, each with a colour and a pattern; what is too much is beyond a mark.
pragma ComponentBehavior: Bound
import QtQuick
import Altiplano.Ui

Item {
    id: root

    required property list<real> parts
    property real limit: 1
    property bool overfull: false
    property int thickness: Math.round(18 * Math.max(1, Theme.textScale))

    implicitHeight: thickness
    Accessible.ignored: true

    Rectangle {
        width: Math.round(root.width * root.limit)
        height: parent.height
        radius: 4
        color: Theme.page
        border.width: 1
        border.color: Theme.outline
    }
    Row {
        anchors { fill: parent; margins: 1 }

        Repeater {
            model: root.parts.length

            delegate: PlanSwatch {
                required property int index
                readonly property real share: root.parts[index]

                part: index
                visible: width > 0
                width: share > 0 ? Math.max(2, Math.round((root.width - 2) * share)) : 0
                height: root.height - 2
            }
        }
    }
    Rectangle {
        visible: root.overfull
        x: Math.round(root.width * root.limit) - width / 2
        y: -3
        width: 5
        height: parent.height + 6
        color: Theme.page

        Rectangle {
            anchors.centerIn: parent
            width: 3
            height: parent.height
            color: Theme.error
        }
    }
}
