// A number to type, in the form of the language; it is taken on Enter or when the field is left.
import QtQuick
import Altiplano.Ui

Field {
    id: root

    required property string name
    required property real value
    required property real minimum
    required property real maximum
    property int decimals: 0
    readonly property string language: Theme.language

    signal edited(value: real)

    small: true
    leftPadding: Theme.small
    rightPadding: Theme.small
    horizontalAlignment: TextInput.AlignRight
    inputMethodHints: Qt.ImhFormattedNumbersOnly
    validator: DoubleValidator {
        id: numbers

        decimals: root.decimals
        notation: DoubleValidator.StandardNotation
    }
    Accessible.name: name
    onValueChanged: root.show()
    onLanguageChanged: root.show()
    Component.onCompleted: root.show()
    onEditingFinished: root.take()
    Keys.onUpPressed: root.edited(Math.min(maximum, value + Math.pow(10, -decimals)))
    Keys.onDownPressed: root.edited(Math.max(minimum, value - Math.pow(10, -decimals)))

    function show(): void {
        numbers.locale = Qt.locale(root.language).name;
        root.text = Number(root.value).toLocaleString(Qt.locale(root.language), "f", root.decimals);
    }
    function take(): void {
        root.edited(Math.max(root.minimum, Math.min(root.maximum, Number.fromLocaleString(Qt.locale(root.language), root.text))));
        root.show();
    }
}
