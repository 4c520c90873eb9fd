// "Today", "Yesterday", ... above the conversations of that time.
import QtQuick
import Altiplano.Ui

AppText {
    quiet: true
    font.weight: Font.DemiBold
    leftPadding: Theme.small
    rightPadding: Theme.small
    topPadding: Theme.medium
    bottomPadding: Theme.tiny
    elide: Text.ElideRight
    Accessible.role: Accessible.Heading
}
