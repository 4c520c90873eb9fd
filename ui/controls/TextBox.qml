// Several lines to type in, as high as its text until `maximumHeight`, then it scrolls.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

ScrollView {
    id: root

    property alias text: area.text
    property alias placeholderText: area.placeholderText
    property alias area: area
    property real minimumHeight: Theme.control * 2
    property real maximumHeight: Theme.control * 6
    required property string name

    implicitHeight: Math.min(maximumHeight, Math.max(minimumHeight, area.implicitHeight))
    ScrollBar.horizontal.policy: ScrollBar.AlwaysOff
    ScrollBar.vertical: AppScrollBar {
        parent: root
        x: root.mirrored ? 0 : root.width - width
        height: root.height
    }

    background: Rectangle {
        radius: Theme.corner
        color: Theme.raised
        border.width: area.activeFocus ? Theme.ring : 1
        border.color: area.activeFocus ? Theme.accent : Theme.outline
    }

    TextArea {
        id: area

        focus: true
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        padding: Theme.medium
        topPadding: Theme.small
        bottomPadding: Theme.small
        font.family: Theme.sans
        font.pixelSize: Theme.interfaceSize
        color: enabled ? Theme.text : Theme.disabled
        placeholderTextColor: Theme.secondary
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        selectByMouse: true
        background: null
        Accessible.name: root.name
        Accessible.multiLine: true
        Keys.onTabPressed: area.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: area.nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
    }
}
