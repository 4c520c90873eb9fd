// A paragraph or heading: selectable text with inline marks, each in its own direction.
import QtQuick
import Altiplano.Ui

TextEdit {
    id: root

    required property string html
    /// 1 to 6 for a heading, 0 for a paragraph.
    property int level: 0
    property bool rightToLeft: false
    property bool caretShown: false
    property rect end

    text: Theme.paragraphStart + html + "</p>"
    textFormat: TextEdit.RichText
    wrapMode: TextEdit.Wrap
    readOnly: true
    selectByMouse: true
    activeFocusOnPress: true
    color: Theme.text
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    font.family: Theme.sans
    font.pixelSize: Theme.headingSize(level)
    font.weight: level > 0 ? Font.DemiBold : Font.Normal
    horizontalAlignment: rightToLeft ? TextEdit.AlignRight : TextEdit.AlignLeft
    Accessible.role: level > 0 ? Accessible.Heading : Accessible.Paragraph
    Accessible.name: getText(0, length)
    Accessible.readOnly: true
    onContentSizeChanged: root.placeCaret()
    onTextChanged: root.placeCaret()
    onCaretShownChanged: root.placeCaret()

    function placeCaret(): void {
        if (root.caretShown)
            root.end = root.positionToRectangle(root.length);
    }

    HoverHandler {
        cursorShape: root.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
    StreamingCaret {
        visible: root.caretShown
        x: root.end.x + 2
        y: root.end.y
        height: root.end.height
    }
}
