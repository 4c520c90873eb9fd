// ‹ 2/3 ›: the other questions or answers at this place of the conversation.
import QtQuick
import Altiplano.Ui

Row {
    id: root

    required property int number
    required property int count

    signal stepped(step: int)

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Version %1 of %2").arg(number).arg(count)

    IconButton {
        small: true
        symbol: root.LayoutMirroring.enabled ? "chevron-right" : "chevron-left"
        text: qsTr("Previous version")
        enabled: root.number > 1
        onClicked: root.stepped(-1)
    }
    AppText {
        height: parent.height
        verticalAlignment: Text.AlignVCenter
        text: qsTr("%1/%2").arg(root.number).arg(root.count)
        quiet: true
        Accessible.ignored: true
    }
    IconButton {
        small: true
        symbol: root.LayoutMirroring.enabled ? "chevron-left" : "chevron-right"
        text: qsTr("Next version")
        enabled: root.number < root.count
        onClicked: root.stepped(1)
    }
}
