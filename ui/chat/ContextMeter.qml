// How much of the model's context this conversation fills.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Row {
    id: root

    required property int used
    required property int size
    readonly property real share: size > 0 ? Math.min(1, used / size) : 0
    readonly property color ink: share > 0.95 ? Theme.error : share > 0.8 ? Theme.caution : Theme.secondary
    readonly property string words: qsTr("%1 of %2").arg(abbreviated(used)).arg(abbreviated(size))

    /// "512", "3.1K", "128K" in the form of the language.
    function abbreviated(count: int): string {
        return count < 1000 ? String(count)
             : qsTr("%1K").arg(Number(count / 1024).toLocaleString(Qt.locale(Theme.language), "f", count < 10240 && count % 1024 !== 0 ? 1 : 0));
    }

    spacing: Theme.small
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("Context used: %1 tokens").arg(words)
    ToolTip.visible: hover.hovered
    ToolTip.delay: 500
    ToolTip.text: qsTr("Tokens of this chat in the context of the model")

    HoverHandler { id: hover }
    AppText {
        quiet: true
        text: qsTr("Context")
        Accessible.ignored: true
    }
    Rectangle {
        anchors.verticalCenter: parent.verticalCenter
        width: 72
        height: 6
        radius: 3
        color: Theme.pressed

        Rectangle {
            x: root.LayoutMirroring.enabled ? parent.width - width : 0
            width: root.used > 0 ? Math.max(3, root.share * parent.width) : 0
            height: parent.height
            radius: 3
            color: root.ink
        }
    }
    AppText {
        quiet: true
        color: root.ink
        text: root.words
        Accessible.ignored: true
    }
}
