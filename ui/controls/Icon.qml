// A line icon that is only looked at.
import QtQuick
import QtQuick.Controls.impl
import Altiplano.Ui

IconImage {
    id: root

    required property string symbol
    property int side: Theme.icon

    source: Theme.iconSource(symbol)
    sourceSize.width: side
    sourceSize.height: side
    color: Theme.secondary
    Accessible.ignored: true
}
