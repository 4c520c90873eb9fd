// One cell of a table, with the line above it.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

Rectangle {
    id: root

    required property int index
    required property string html
    required property bool header
    required property bool firstRow
    required property int alignment

    signal linkActivated(link: string)

    Layout.fillWidth: true
    Layout.fillHeight: true
    Layout.preferredWidth: Math.min(Math.ceil(text.implicitWidth) + 1, Theme.textSize * 22) + Theme.medium * 2
    implicitHeight: text.height + Theme.small * 2
    color: header ? Theme.surface : "transparent"
    Accessible.role: header ? Accessible.ColumnHeader : Accessible.Cell
    Accessible.name: text.getText(0, text.length)

    TextEdit {
        id: text

        x: Theme.medium
        y: Theme.small
        width: root.width - Theme.medium * 2
        text: Theme.paragraphStart + root.html + "</p>"
        textFormat: TextEdit.RichText
        wrapMode: TextEdit.Wrap
        readOnly: true
        selectByMouse: true
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        font.family: Theme.sans
        font.pixelSize: Theme.interfaceSize
        font.weight: root.header ? Font.DemiBold : Font.Normal
        horizontalAlignment: root.alignment
        onLinkActivated: link => root.linkActivated(link)
    }
    Rectangle {
        visible: !root.firstRow
        width: parent.width
        height: 1
        color: Theme.line
    }
}
