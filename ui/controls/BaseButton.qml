// What all our buttons share: Enter presses them as Space does, Tab reaches them, the pointer is noticed.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Button {
    id: root

    function press(): void {
        if (root.checkable) {
            root.toggle();
            root.toggled();
        }
        root.clicked();
    }

    hoverEnabled: true
    focusPolicy: Qt.TabFocus
    font.family: Theme.sans
    font.pixelSize: Theme.interfaceSize
    Accessible.name: text
    Keys.onReturnPressed: root.press()
    Keys.onEnterPressed: root.press()
}
