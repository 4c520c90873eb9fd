// All keys, in two columns.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

GridLayout {
    id: root

    readonly property list<string> keys: [
        qsTr("Ctrl+N"), qsTr("Ctrl+F"), qsTr("Ctrl+L"), qsTr("Alt+Up, Alt+Down"), qsTr("F2"), qsTr("Esc"), qsTr("Ctrl+R"),
        qsTr("Ctrl+Shift+C"), qsTr("Page Up, Page Down"), qsTr("Ctrl+B"), qsTr("Ctrl+P"), qsTr("Ctrl+M"), qsTr("Ctrl+,"),
        qsTr("Ctrl++, Ctrl+-, Ctrl+0"), qsTr("Ctrl+Z"), qsTr("F1"), qsTr("Ctrl+Q")
    ]
    readonly property list<string> meanings: [
        qsTr("New chat"), qsTr("Search"), qsTr("Write"), qsTr("Previous, next chat"), qsTr("Rename the chat"), qsTr("Stop; close"), qsTr("Answer again"),
        qsTr("Copy the last answer"), qsTr("Scroll the chat"), qsTr("Sidebar"), qsTr("Parameters"), qsTr("Models"), qsTr("Settings"),
        qsTr("Text larger, smaller, normal"), qsTr("Undo a deletion"), qsTr("These keys"), qsTr("Quit")
    ]

    columns: 2
    columnSpacing: Theme.large
    rowSpacing: Theme.small

    Repeater {
        model: root.keys.length * 2

        delegate: AppText {
            required property int index
            readonly property bool isKey: index % 2 === 0

            Layout.fillWidth: true
            Layout.alignment: Qt.AlignTop
            Layout.preferredWidth: isKey ? 200 : 300
            text: isKey ? root.keys[index / 2] : root.meanings[(index - 1) / 2]
            color: isKey ? Theme.secondary : Theme.text
            wrapMode: Text.Wrap
        }
    }
}
