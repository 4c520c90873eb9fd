#include "app/markdown/plain_blocks.h"

#include <QCoreApplication>
#include <QLocale>

#include "app/markdown/inline_html.h"

namespace altiplano {

namespace {
// A pasted book would take the window seconds to lay out: what is sent is whole, what is shown is its beginning.
constexpr qsizetype kShownCharacters = 32 * 1024;

Block paragraph(const QString& text) {
    Block block;
    block.text = text;
    block.html = escapedLines(text);
    block.rightToLeft = text.isRightToLeft();
    return block;
}
}  // namespace

QList<Block> plainBlocks(const QString& text) {
    QString shown = text.left(kShownCharacters);
    shown.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    QList<Block> blocks;
    QStringList lines;
    const auto endParagraph = [&] {
        if (!lines.isEmpty())
            blocks.append(paragraph(lines.join('\n')));
        lines.clear();
    };
    for (const QString& line : shown.split('\n')) {
        if (line.trimmed().isEmpty())
            endParagraph();
        else
            lines.append(line);
    }
    endParagraph();
    if (const qsizetype rest = text.size() - kShownCharacters; rest > 0)
        blocks.append(paragraph(QCoreApplication::translate("altiplano::BlockListModel",
                                                            "… and %1 more characters. Copying takes all of them.")
                                    .arg(QLocale().toString(rest))));
    return blocks;
}

}  // namespace altiplano
