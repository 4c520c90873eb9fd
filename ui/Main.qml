// The window: the sidebar at the left, one page beside it, notices above and the undo line over both.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.App
import Altiplano.Ui

ApplicationWindow {
    id: root

    required property Application application
    property string page: "chat"
    property bool sidebarOver: false
    readonly property Settings settings: application.settings
    readonly property bool narrow: width < Theme.narrowWindow
    readonly property bool sidebarShown: narrow ? sidebarOver : settings.sidebarOpen

    function toggleSidebar(): void {
        if (root.narrow)
            root.sidebarOver = !root.sidebarOver;
        else
            root.settings.sidebarOpen = !root.settings.sidebarOpen;
        if (root.sidebarOver)
            sidebar.focusSearch();
        else
            pages.focusPage();
    }
    function showPage(name: string): void {
        root.page = name;
        root.sidebarOver = false;
        pages.focusPage();
    }
    function newChat(): void {
        root.application.chat.newConversation();
        root.showPage("chat");
    }
    function goBack(): void {
        if (root.sidebarOver)
            root.toggleSidebar();
        else if (root.page !== "chat")
            root.showPage("chat");
        else
            root.application.chat.stop();
    }

    visible: true
    width: 1180
    height: 780
    minimumWidth: 560
    minimumHeight: 480
    title: application.chat.title === "" ? qsTr("Altiplano") : qsTr("%1 – Altiplano").arg(application.chat.title)
    color: Theme.page
    font.family: Theme.sans
    font.pixelSize: Theme.interfaceSize
    palette {
        window: Theme.page
        windowText: Theme.text
        base: Theme.raised
        alternateBase: Theme.surface
        text: Theme.text
        placeholderText: Theme.secondary
        button: Theme.surface
        buttonText: Theme.text
        brightText: Theme.accentText
        highlight: Theme.accent
        highlightedText: Theme.accentText
        light: Theme.hover
        midlight: Theme.pressed
        mid: Theme.outline
        dark: Theme.outline
        link: Theme.accent
        toolTipBase: Theme.raised
        toolTipText: Theme.text
    }
    LayoutMirroring.enabled: Qt.locale(Theme.language).textDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    Binding { target: Theme; property: "dark"; value: root.settings.dark }
    Binding { target: Theme; property: "highContrast"; value: root.settings.highContrast }
    Binding { target: Theme; property: "reducedMotion"; value: root.settings.reducedMotion }
    Binding { target: Theme; property: "textScale"; value: root.settings.textScale }
    Binding { target: Theme; property: "language"; value: root.settings.language }
    WindowGeometry {
        window: root
        settings: root.settings
    }
    WindowShortcuts {
        application: root.application
        onNewChat: root.newChat()
        onSearch: {
            root.sidebarOver = root.narrow;
            root.settings.sidebarOpen = true;
            sidebar.focusSearch();
        }
        onSidebar: root.toggleSidebar()
        onParameters: {
            root.showPage("chat");
            root.settings.parametersOpen = !root.settings.parametersOpen;
        }
        onPage: name => root.showPage(root.page === name ? "chat" : name)
        onRename: pages.renameTitle()
        onWrite: root.showPage("chat")
        onCopyLast: root.application.chat.copyLast()
        onRegenerate: root.application.chat.regenerateLast()
        onStep: direction => sidebar.step(direction)
        onHelp: help.open()
    }
    ShortcutsPopup { id: help }

    Item {
        anchors.fill: parent
        Keys.onEscapePressed: root.goBack()

        TipLook {}
        Pages {
            id: pages

            anchors { fill: parent; leftMargin: !root.narrow && root.sidebarShown ? sidebar.width : 0 }
            application: root.application
            page: root.page
            sidebarShown: !root.narrow && root.sidebarShown
            focus: true
            onSidebarRequested: root.toggleSidebar()
            onPageRequested: name => root.showPage(name)
        }
        SidebarFrame {
            id: sidebar

            anchors { left: parent.left; top: parent.top; bottom: parent.bottom }
            application: root.application
            page: root.page
            shown: root.sidebarShown
            floating: root.narrow
            onCloseRequested: root.toggleSidebar()
            onNewChatRequested: root.newChat()
            onPageRequested: name => root.showPage(name)
        }
        UndoToast {
            anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: Theme.control * 3 }
            width: Math.min(implicitWidth, parent.width - Theme.wide)
            application: root.application
        }
    }
}
