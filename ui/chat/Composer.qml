// Where the user writes. It grows with the text, sends on Enter (never while an input method composes) and stops an answer.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.App
import Altiplano.Ui

FocusScope {
    id: root

    required property ChatController chat
    required property bool sendWithEnter
    /// Height of the room the composer stands in; it takes at most 40 % of it.
    required property real roomHeight
    readonly property bool filled: area.text.trim() !== ""

    signal pageRequested(pages: real)

    readonly property real side: Math.max(Theme.large, (width - Theme.column) / 2)

    function focusText(): void { area.forceActiveFocus(Qt.ShortcutFocusReason); }
    function send(text: string): void {
        if (root.chat.canSend && text.trim() !== "")
            root.chat.send(text);
    }
    /// Enter was pressed with these modifiers: true when that means "send".
    function sends(modifiers: int): bool {
        const control = (modifiers & Qt.ControlModifier) !== 0;
        const shift = (modifiers & Qt.ShiftModifier) !== 0;
        return !area.inputMethodComposing && !shift && (root.sendWithEnter || control);
    }
    function enterPressed(event: KeyEvent): void {
        event.accepted = root.sends(event.modifiers);
        if (event.accepted)
            root.send(area.text);
    }

    implicitHeight: frame.height + footer.height + Theme.tiny

    Rectangle {
        id: frame

        x: root.side
        width: root.width - root.side * 2
        height: Math.min(root.roomHeight * 0.4, Math.max(Theme.control, area.implicitHeight) + Theme.small * 2)
        radius: Theme.surfaceCorner
        color: Theme.raised
        border.width: area.activeFocus ? Theme.ring : 1
        border.color: area.activeFocus ? Theme.accent : Theme.outline

        ScrollView {
            id: scroll

            focus: true
            anchors { fill: parent; margins: Theme.small; rightMargin: Theme.control + Theme.medium }
            ScrollBar.horizontal.policy: ScrollBar.AlwaysOff
            ScrollBar.vertical: AppScrollBar {
                parent: scroll
                x: scroll.mirrored ? 0 : scroll.width - width
                height: scroll.height
            }

            TextArea {
                id: area

                focus: true
                padding: Theme.small
                topPadding: (Theme.control - Theme.textSize * 1.25) / 2
                bottomPadding: topPadding
                wrapMode: TextEdit.Wrap
                textFormat: TextEdit.PlainText
                placeholderText: qsTr("Message…")
                placeholderTextColor: Theme.secondary
                color: Theme.text
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                selectByMouse: true
                font.family: Theme.sans
                font.pixelSize: Theme.textSize
                background: null
                Accessible.name: qsTr("Message")
                Accessible.multiLine: true
                onTextChanged: root.chat.draft = text
                Keys.onReturnPressed: event => root.enterPressed(event)
                Keys.onEnterPressed: event => root.enterPressed(event)
                Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                Keys.onPressed: event => {
                    event.accepted = event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown;
                    if (event.accepted)
                        root.pageRequested(event.key === Qt.Key_PageUp ? -1 : 1);
                }
            }
        }
        SendButton {
            anchors { right: parent.right; bottom: parent.bottom; margins: Theme.small }
            chat: root.chat
            filled: root.filled
            onSendRequested: root.send(area.text)
        }
    }
    ComposerFooter {
        id: footer

        anchors { left: frame.left; right: frame.right; top: frame.bottom }
        chat: root.chat
        filled: root.filled
    }
    Connections {
        target: root.chat

        function onDraftChanged(): void {
            if (area.text !== root.chat.draft)
                area.text = root.chat.draft;
        }
        function onOpened(): void {
            area.cursorPosition = area.length;
            root.focusText();
        }
    }
    Component.onCompleted: area.text = root.chat.draft
}
