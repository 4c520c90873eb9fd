// Below an answer: its versions, copy, regenerate, how it was made; at the right its speed. The height is always kept.
import QtQuick
import Altiplano.Ui

Item {
    id: root

    required property bool awake
    required property bool busy
    required property int siblingNumber
    required property int siblingCount
    required property string statistics
    required property string provenance

    signal copyRequested
    signal regenerateRequested
    signal siblingRequested(step: int)
    signal copyTextRequested(text: string)

    implicitHeight: Theme.smallControl

    Row {
        id: row

        x: root.LayoutMirroring.enabled ? parent.width - width + Theme.tiny : -Theme.tiny

        SiblingSwitch {
            visible: root.siblingCount > 1
            number: root.siblingNumber
            count: root.siblingCount
            onStepped: step => root.siblingRequested(step)
        }
        CopyButton {
            visible: root.awake
            text: qsTr("Copy the answer")
            onClicked: root.copyRequested()
        }
        IconButton {
            visible: root.awake
            small: true
            symbol: "regenerate"
            text: qsTr("Answer again")
            keys: qsTr("Ctrl+R")
            enabled: !root.busy
            onClicked: root.regenerateRequested()
        }
        IconButton {
            id: more

            visible: root.awake && root.provenance !== ""
            small: true
            symbol: "info"
            text: qsTr("How this answer was made")
            onClicked: provenancePopup.open()
        }
    }
    AppText {
        visible: root.awake
        anchors { left: row.right; leftMargin: Theme.small; right: parent.right; verticalCenter: parent.verticalCenter }
        text: root.statistics
        quiet: true
        elide: Text.ElideRight
        horizontalAlignment: Text.AlignRight
    }
    ProvenancePopup {
        id: provenancePopup

        provenance: root.provenance
        onCopyRequested: root.copyTextRequested(root.provenance)
    }
}
