// How tooltips look: Qt makes one for the whole window, so it is dressed once.
import QtQuick
import QtQuick.Controls.Basic
import Altiplano.Ui

Item {
    id: root

    readonly property QtObject tip: ToolTip.toolTip

    Binding { target: root.tip; property: "background"; value: ground }
    Binding { target: root.tip; property: "padding"; value: Theme.small }
    Binding { target: root.tip; property: "font.pixelSize"; value: Theme.secondarySize }

    Rectangle {
        id: ground

        radius: Theme.corner
        color: Theme.raised
        border.width: 1
        border.color: Theme.outline
    }
}
