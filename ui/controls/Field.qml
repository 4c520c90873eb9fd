// A line to type in.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

TextField {
    id: root

    /// Something is wrong with what is typed.
    property bool wrong: false
    property bool small: false

    leftPadding: Theme.medium
    rightPadding: Theme.medium
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    font.family: Theme.sans
    font.pixelSize: Theme.interfaceSize
    color: enabled ? Theme.text : Theme.disabled
    placeholderTextColor: Theme.secondary
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    selectByMouse: true
    hoverEnabled: true
    Accessible.name: placeholderText

    background: Rectangle {
        implicitHeight: root.small ? Theme.smallControl : Theme.control
        radius: Theme.corner
        color: Theme.raised
        border.width: root.activeFocus ? Theme.ring : 1
        border.color: root.wrong ? Theme.error : root.activeFocus ? Theme.accent : Theme.outline
    }
}
