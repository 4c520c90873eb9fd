// One sentence about what went wrong.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

RowLayout {
    id: root

    required property string text

    spacing: Theme.small

    Icon {
        Layout.alignment: Qt.AlignTop
        symbol: "warning"
        color: Theme.error
    }
    AppText {
        Layout.fillWidth: true
        text: root.text
        color: Theme.error
        wrapMode: Text.Wrap
        Accessible.role: Accessible.AlertMessage
    }
}
