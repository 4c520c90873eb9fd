// Every colour, size, font and duration of the window. Main binds the five wishes of the user; nothing else is set.
pragma Singleton
import QtQuick

QtObject {
    id: root

    property bool dark: false
    property bool highContrast: false
    property bool reducedMotion: false
    property real textScale: 1.0
    /// Where numbers are written in the form of the language: they have no text that is translated again.
    property string language: ""

    // Grounds, from back to front.
    readonly property color page: choose("#FBFAF8", "#171614", "#FFFFFF", "#000000")
    readonly property color surface: choose("#F3F0EB", "#1F1D1B", "#F2F2F2", "#0D0D0D")
    readonly property color raised: choose("#FFFFFF", "#272421", "#FFFFFF", "#161616")

    readonly property color text: choose("#1D1B19", "#ECE8E2", "#000000", "#FFFFFF")
    readonly property color secondary: choose("#6B6660", "#A29B92", "#2B2B2B", "#DEDEDE")
    readonly property color disabled: choose("#A8A29A", "#66605A", "#6E6E6E", "#9A9A9A")
    readonly property color line: choose("#E7E3DD", "#2E2B28", "#5C5C5C", "#A0A0A0")
    /// The edge of something one can operate: 3 : 1 against every ground, where `line` only divides.
    readonly property color outline: choose("#8F8880", "#787069", "#2B2B2B", "#DEDEDE")

    readonly property color accent: choose("#AE4D27", "#E08A5B", "#8A3412", "#FFB189")
    readonly property color accentText: choose("#FFFFFF", "#1D1B19", "#FFFFFF", "#000000")
    /// The accent on a ground of the colour of text.
    readonly property color accentOnText: choose("#F0A37C", "#8A3412", "#FFB189", "#7A2B0C")
    readonly property color good: choose("#2B784A", "#6FBF8E", "#14592F", "#9BE3B8")
    readonly property color caution: choose("#8A6000", "#E0B24A", "#5C4000", "#FFD57A")
    readonly property color error: choose("#B3261E", "#F2B8B5", "#8C1009", "#FFCECB")

    /// Parts of a device's memory: weights, context, working memory, program and libraries, other programs.
    readonly property list<color> chart: [
        choose("#B4552C", "#D98253", "#8A3412", "#FFB189"), choose("#33699E", "#6FA8DC", "#1B4A78", "#9CCBFF"),
        choose("#7F7415", "#C9BC55", "#544C00", "#F0E27A"), choose("#7B4B94", "#B58FCC", "#5A2A75", "#DDBBF2"),
        choose("#8F8880", "#787069", "#4A4A4A", "#BEBEBE")
    ]

    readonly property color hover: dark ? "#14FFFFFF" : "#0D000000"
    readonly property color pressed: dark ? "#24FFFFFF" : "#1A000000"
    readonly property color selectedRow: dark ? "#1CFFFFFF" : "#14000000"
    readonly property color selection: dark ? "#6B4530" : "#F0CDBB"
    readonly property color scrim: "#66000000"
    readonly property color shadow: "#14000000"

    // The 4 px grid.
    readonly property int tiny: 4
    readonly property int small: 8
    readonly property int medium: 12
    readonly property int large: 16
    readonly property int wide: 24
    readonly property int betweenMessages: 28
    readonly property int corner: 8
    readonly property int surfaceCorner: 12
    readonly property int ring: 2

    /// Height of a button or field, and of a small button in a row of actions. Both grow with the text.
    readonly property int control: Math.round(36 * Math.max(1, textScale))
    readonly property int smallControl: Math.round(30 * Math.max(1, textScale))
    readonly property int icon: Math.round(20 * Math.max(1, textScale))
    readonly property int smallIcon: Math.round(17 * Math.max(1, textScale))

    readonly property int column: 760
    readonly property int narrowWindow: Math.round(900 * Math.min(1.6, Math.max(1, textScale)))
    readonly property int panel: Math.round(320 * Math.min(1.5, Math.max(1, textScale)))
    readonly property int form: Math.round(680 * Math.min(1.4, Math.max(1, textScale)))

    // Type. The system's sans serif; Inter where the system names none.
    readonly property string systemSans: Application.font.family
    readonly property string sans: systemSans === "" || systemSans === "Sans" || systemSans === "Sans Serif" ? "Inter" : systemSans
    readonly property string monospace: "monospace"
    readonly property real textSize: 15 * textScale
    readonly property real interfaceSize: 14 * textScale
    readonly property real secondarySize: 12.5 * textScale
    readonly property real codeSize: 13.5 * textScale
    readonly property real titleSize: 22 * textScale
    /// Natural line heights of the fonts are about 1.21 of their size: this makes 1.55.
    readonly property real lineHeight: 1.28
    readonly property string paragraphStart: "<style>a { color: %1; text-decoration: underline } code { font-family: monospace; font-size: %2px; background-color: %3 }</style><p style=\"margin: 0; line-height: 128%\">"
            .arg(String(accent)).arg(Math.round(codeSize)).arg(String(surface))

    readonly property int moveTime: reducedMotion ? 0 : 140

    function choose(light: color, dark: color, lightContrast: color, darkContrast: color): color {
        return root.highContrast ? (root.dark ? darkContrast : lightContrast) : (root.dark ? dark : light);
    }

    function headingSize(level: int): real {
        return root.textSize * [1, 1.4, 1.25, 1.12, 1, 1, 1][level];
    }

    function iconSource(name: string): url {
        return name === "" ? "" : "qrc:/altiplano/icons/" + name + ".svg";
    }
}
