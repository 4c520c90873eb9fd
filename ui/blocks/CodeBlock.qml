// A block of code: always left to right, as wide as it is (it scrolls) or wrapped, with a copy button.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import Altiplano.Ui

Rectangle {
    id: root

    required property string code
    property string language: ""
    property bool wrapped: false
    property string shown: ""

    signal copyRequested

    implicitHeight: head.height + body.height + Theme.small
    radius: Theme.surfaceCorner
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
    Accessible.role: Accessible.Grouping
    Accessible.name: language === "" ? qsTr("Code") : qsTr("Code, %1").arg(language)
    onCodeChanged: root.show()
    Component.onCompleted: root.show()

    // Appends what is new: setting the whole text again would cost more with every line.
    function show(): void {
        if (root.code.startsWith(root.shown))
            text.insert(text.length, root.code.slice(root.shown.length));
        else
            text.text = root.code;
        root.shown = root.code;
    }

    RowLayout {
        id: head

        anchors { left: parent.left; right: parent.right; leftMargin: Theme.medium; rightMargin: Theme.tiny }
        height: Theme.control
        spacing: 0

        AppText {
            Layout.fillWidth: true
            text: root.language
            quiet: true
            elide: Text.ElideRight
        }
        IconButton {
            small: true
            symbol: "wrap"
            text: root.wrapped ? qsTr("Do not wrap long lines") : qsTr("Wrap long lines")
            checkable: true
            checked: root.wrapped
            onToggled: root.wrapped = checked
        }
        CopyButton { onClicked: root.copyRequested() }
    }
    Flickable {
        id: body

        anchors { left: parent.left; right: parent.right; top: head.bottom; leftMargin: Theme.medium; rightMargin: Theme.medium }
        height: text.height + (bar.visible ? Theme.medium : Theme.tiny)
        contentWidth: text.width
        contentHeight: text.height
        interactive: false
        clip: true
        ScrollBar.horizontal: AppScrollBar { id: bar }

        TextEdit {
            id: text

            width: root.wrapped ? body.width : Math.max(body.width, implicitWidth)
            textFormat: TextEdit.PlainText
            wrapMode: root.wrapped ? TextEdit.WrapAnywhere : TextEdit.NoWrap
            readOnly: true
            selectByMouse: true
            color: Theme.text
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            font.family: Theme.monospace
            font.pixelSize: Theme.codeSize
            tabStopDistance: Theme.codeSize * 2.4
            horizontalAlignment: TextEdit.AlignLeft
            Accessible.name: root.code
            Accessible.readOnly: true
        }
        WheelHandler {
            orientation: Qt.Horizontal
            target: body
            property: "contentX"
            rotationScale: -1
            enabled: bar.visible
            onWheel: body.returnToBounds()
        }
    }
    HoverHandler { cursorShape: Qt.ArrowCursor }
}
