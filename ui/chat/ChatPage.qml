// Middle: one conversation, its title above and the composer below; right, on demand, its parameters.
import QtQuick
import Altiplano.App
import Altiplano.Ui

FocusScope {
    id: root

    required property Application application
    property bool sidebarShown: true
    readonly property ChatController chat: application.chat
    readonly property bool panelFloats: width < Theme.panel + 560

    signal sidebarRequested
    signal modelsRequested

    function focusComposer(): void { composer.focusText(); }
    function renameTitle(): void { titleBar.rename(); }
    function scrollPage(pages: real): void { messages.scrollBy(pages * messages.height * 0.9, Theme.moveTime); }

    ChatTitleBar {
        id: titleBar

        anchors { left: parent.left; right: parent.right; top: parent.top }
        application: root.application
        sidebarShown: root.sidebarShown
        onSidebarRequested: root.sidebarRequested()
        onModelsRequested: root.modelsRequested()
    }
    Item {
        id: middle

        anchors {
            left: parent.left
            right: panel.visible && !root.panelFloats ? panel.left : parent.right
            top: titleBar.bottom
            bottom: parent.bottom
        }

        MessageList {
            id: messages

            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: composer.top }
            visible: count > 0
            chat: root.chat
            onCopyTextRequested: text => root.application.copyText(text)
            onLinkActivated: link => root.application.openLink(link)
        }
        Rectangle {
            anchors { left: parent.left; right: parent.right; top: parent.top }
            visible: messages.visible && !messages.atTop
            height: 1
            color: Theme.line
        }
        EmptyChat {
            anchors { left: parent.left; right: parent.right; top: parent.top; bottom: composer.top }
            visible: !messages.visible
            application: root.application
            onPromptChosen: prompt => composer.send(prompt)
            onModelsRequested: root.modelsRequested()
        }
        Composer {
            id: composer

            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            chat: root.chat
            sendWithEnter: root.application.settings.sendWithEnter
            roomHeight: middle.height
            focus: true
            onPageRequested: pages => root.scrollPage(pages)
        }
    }
    ParameterPanel {
        id: panel

        anchors { right: parent.right; top: titleBar.bottom; bottom: parent.bottom }
        width: Math.min(Theme.panel, root.width)
        visible: root.application.settings.parametersOpen
        floating: root.panelFloats
        parameters: root.application.parameters
        chat: root.chat
        onCloseRequested: {
            root.application.settings.parametersOpen = false;
            root.focusComposer();
        }
    }
}
