// Puts the window where it was, and remembers where it is.
import QtQuick
import Altiplano.App

QtObject {
    id: root

    required property Window window
    required property Settings settings
    readonly property bool plain: window.visibility === Window.Windowed

    readonly property Connections watch: Connections {
        target: root.window

        function onWidthChanged(): void { if (root.plain) root.settings.windowWidth = root.window.width; }
        function onHeightChanged(): void { if (root.plain) root.settings.windowHeight = root.window.height; }
        function onXChanged(): void { if (root.plain) root.settings.windowX = root.window.x; }
        function onYChanged(): void { if (root.plain) root.settings.windowY = root.window.y; }
    }

    Component.onCompleted: {
        root.window.width = Math.max(root.window.minimumWidth, Math.min(root.settings.windowWidth, Screen.desktopAvailableWidth));
        root.window.height = Math.max(root.window.minimumHeight, Math.min(root.settings.windowHeight, Screen.desktopAvailableHeight));
        root.place();
    }

    function place(): void {
        if (root.settings.windowX < 0 || root.settings.windowX > Screen.desktopAvailableWidth - 100)
            return;
        root.window.x = root.settings.windowX;
        root.window.y = Math.max(0, Math.min(root.settings.windowY, Screen.desktopAvailableHeight - 100));
    }
}
