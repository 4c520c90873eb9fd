// One piece of plain interface text.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Label {
    id: root

    property bool quiet: false

    color: !enabled ? Theme.disabled : quiet ? Theme.secondary : Theme.text
    font.family: Theme.sans
    font.pixelSize: quiet ? Theme.secondarySize : Theme.interfaceSize
    textFormat: Text.PlainText
    linkColor: Theme.accent
    Accessible.name: text
}
