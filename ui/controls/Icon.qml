// A line icon that is only looked at.
import QtQuick
import QtQuick.Controls.impl
import Altiplano.Ui

IconImage {
    id: root

    required property string symbol

    source: Theme.iconSource(symbol)
    sourceSize: Qt.size(Theme.icon, Theme.icon)
    color: Theme.secondary
    Accessible.ignored: true
}
