// The exact model, seed and parameters of one answer, to read and to copy.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

Popup {
    id: root

    required property string provenance

    signal copyRequested

    y: parent.height
    width: Math.min(460, parent.width)
    padding: Theme.large
    focus: true
    background: PopupGround {}

    contentItem: ColumnLayout {
        spacing: Theme.small

        RowLayout {
            AppText {
                Layout.fillWidth: true
                text: qsTr("How this answer was made")
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
            }
            CopyButton { onClicked: root.copyRequested() }
        }
        TextEdit {
            Layout.fillWidth: true
            text: root.provenance
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            readOnly: true
            selectByMouse: true
            color: Theme.secondary
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            font.family: Theme.sans
            font.pixelSize: Theme.secondarySize
            Accessible.name: text
        }
    }
}
