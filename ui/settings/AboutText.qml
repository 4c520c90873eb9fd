// What this program is, where it keeps things, and under which licences.
import QtQuick
import QtQuick.Layouts
import Altiplano.Ui

ColumnLayout {
    id: root

    required property string version
    required property string dataFolder

    spacing: Theme.small

    AppText {
        Layout.fillWidth: true
        text: qsTr("Altiplano %1. Chat with Llama 3.1 on your own computer.").arg(root.version)
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("Your chats are kept in %1").arg(root.dataFolder)
        quiet: true
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("Free software under the Apache License 2.0. It uses Qt (LGPL 3), SQLite (public domain), SQLiteCpp (MIT), nlohmann-json (MIT), ICU (Unicode License), cmark-gfm (BSD 2-clause) and CLI11 (BSD 3-clause).")
        quiet: true
        wrapMode: Text.Wrap
    }
    AppText {
        Layout.fillWidth: true
        text: qsTr("Built with Llama. Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.")
        quiet: true
        wrapMode: Text.Wrap
    }
}
