// A menu of AppMenuItems.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Menu {
    id: root

    padding: Theme.tiny
    width: Math.round(240 * Math.max(1, Theme.textScale))
    background: PopupGround {}
}
