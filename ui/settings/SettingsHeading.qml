// The heading of a group of settings.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

AppText {
    Layout.fillWidth: true
    Layout.topMargin: Theme.large
    font.weight: Font.DemiBold
    font.pixelSize: Theme.textSize
    Accessible.role: Accessible.Heading
}
