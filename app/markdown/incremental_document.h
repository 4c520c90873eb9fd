// Markdown that grows at its end: blocks that are closed are parsed once, only the open rest is parsed again.
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include "app/markdown/block.h"
#include "app/markdown/markdown_parser.h"

namespace altiplano {

/// A value without a thread of its own. The cost of append() depends on the open blocks, not on the text before them.
class IncrementalDocument {
public:
    /// What append() or finish() did: the blocks from `first` on are now `blocks`.
    struct Change {
        int first = 0;
        QList<Block> blocks;
    };

    void clear();
    Change append(const QString& text);
    /// No more text comes. Afterwards the blocks equal those of one parse of the whole text.
    Change finish();

private:
    Change parseOpenRegion();
    bool worthParsing() const;

    QByteArray m_whole;         ///< everything: references may be defined after their use
    qsizetype m_openBegin = 0;  ///< byte in m_whole at which the open region begins
    qsizetype m_parsedEnd = 0;  ///< bytes seen by the last parse
    int m_closedBlocks = 0;
    QList<Block> m_openBlocks;  ///< what the last parse made of the open region
    MarkdownCarry m_carry;
};

}  // namespace altiplano
