// The keys of the whole window: each is told as a signal.
import QtQuick
import Altiplano.App

Item {
    id: root

    required property Application application

    signal newChat
    signal search
    signal sidebar
    signal parameters
    signal page(name: string)
    signal rename
    signal write
    signal copyLast
    signal regenerate
    signal step(direction: int)
    signal help

    Shortcut { sequence: "Ctrl+N"; onActivated: root.newChat() }
    Shortcut { sequence: "Ctrl+F"; onActivated: root.search() }
    Shortcut { sequence: "Ctrl+B"; onActivated: root.sidebar() }
    Shortcut { sequence: "Ctrl+P"; onActivated: root.parameters() }
    Shortcut { sequence: "Ctrl+M"; onActivated: root.page("models") }
    Shortcut { sequence: "Ctrl+,"; onActivated: root.page("settings") }
    Shortcut { sequence: "F2"; onActivated: root.rename() }
    Shortcut { sequence: "Ctrl+L"; onActivated: root.write() }
    Shortcut { sequences: ["Ctrl++", "Ctrl+="]; onActivated: root.application.settings.enlargeText() }
    Shortcut { sequence: "Ctrl+-"; onActivated: root.application.settings.shrinkText() }
    Shortcut { sequence: "Ctrl+0"; onActivated: root.application.settings.resetTextScale() }
    Shortcut { sequence: "Ctrl+Shift+C"; onActivated: root.copyLast() }
    Shortcut { sequence: "Ctrl+R"; onActivated: root.regenerate() }
    Shortcut { sequence: "Alt+Up"; onActivated: root.step(-1) }
    Shortcut { sequence: "Alt+Down"; onActivated: root.step(1) }
    Shortcut { sequence: "Ctrl+Q"; onActivated: Qt.quit() }
    Shortcut { sequences: ["F1", "Ctrl+/"]; onActivated: root.help() }
    Shortcut {
        sequence: "Ctrl+Z"
        enabled: root.application.undoText !== ""
        onActivated: root.application.undo()
    }
}
