// Markdown (GitHub's dialect) to a list of blocks, by cmark-gfm.
#pragma once

#include <QByteArray>
#include <QList>

#include "app/markdown/block.h"

namespace altiplano {

/// What a piece of a document must know of the text before it, where it begins in the middle of a list.
struct MarkdownCarry {
    int itemNumber = 0;        ///< number of the first item; 0 = the piece does not go on with a list
    bool blankBefore = false;  ///< an empty line stands before the piece
};

/// The blocks, and where the text could be cut: what comes before the cut never changes, whatever follows the text.
struct ParsedMarkdown {
    QList<Block> blocks;
    qsizetype cutByte = 0;  ///< 0 = no cut; always the beginning of a line
    int cutBlock = 0;       ///< blocks before the cut
    MarkdownCarry carry;    ///< for the piece that begins at the cut
};

/// utf8 has no carriage returns and no NULs. Cuts are looked for only before lines that are complete.
ParsedMarkdown parseMarkdown(const QByteArray& utf8, const MarkdownCarry& carry = {});

/// The text as parseMarkdown() wants it.
QByteArray markdownBytes(const QString& text);

}  // namespace altiplano
