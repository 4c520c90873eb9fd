// A thin scroll bar that widens under the pointer.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

ScrollBar {
    id: root

    readonly property bool awake: hovered || pressed

    padding: 2
    minimumSize: 0.06
    policy: size < 1 ? ScrollBar.AlwaysOn : ScrollBar.AlwaysOff
    hoverEnabled: true
    Accessible.name: qsTr("Scroll")

    contentItem: Rectangle {
        implicitWidth: root.awake ? 8 : 6
        implicitHeight: root.awake ? 8 : 6
        radius: 4
        color: root.pressed ? Theme.secondary : Theme.outline
        opacity: root.awake ? 1 : 0.5
    }
}
