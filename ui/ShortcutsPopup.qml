// The keys, over whatever is shown. F1 opens it, Escape closes it.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtQuick.Templates as T
import Altiplano.Ui

Popup {
    id: root

    anchors.centerIn: parent
    width: Math.min(520 * Math.max(1, Theme.textScale), parent.width - Theme.wide)
    height: Math.min(implicitContentHeight + Theme.large * 2, parent.height - Theme.wide)
    padding: Theme.large
    modal: true
    focus: true
    background: PopupGround {}

    T.Overlay.modal: Rectangle { color: Theme.scrim }

    contentItem: Flickable {
        focus: true
        implicitHeight: contentHeight
        contentWidth: width
        contentHeight: contentItem.childrenRect.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: AppScrollBar {}
        Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.control)
        Keys.onDownPressed: contentY = Math.min(Math.max(0, contentHeight - height), contentY + Theme.control)

        ColumnLayout {
            width: parent.width
            spacing: Theme.medium

            AppText {
                text: qsTr("Shortcuts")
                font.pixelSize: Theme.textSize
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            ShortcutList { Layout.fillWidth: true }
        }
    }
}
