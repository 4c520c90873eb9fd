// Walks cmark's tree and writes it down as a flat list of blocks.
#pragma once

#include <QList>
#include <vector>

#include "app/markdown/block.h"
#include "app/markdown/source_lines.h"

struct cmark_node;

namespace altiplano {

/// Used once. No recursion, however deep the tree is.
class BlockBuilder {
public:
    /// Where a block of the top level, or an item of the list that is the last of them, begins.
    struct Start {
        int line = 0;
        int decidedLine = 0;  ///< the line that made it what it is: of a table the one below its header, where known
        int block = 0;
        int itemNumber = 0;  ///< of an item; 0 for a block of the top level
    };

    /// firstItemNumber: number of the first item where the text begins within a list, else 0.
    BlockBuilder(const SourceLines& lines, int firstItemNumber);

    void walk(cmark_node* document);
    const std::vector<Start>& starts() const { return m_starts; }
    QList<Block> takeBlocks() { return std::move(m_blocks); }

private:
    struct ListLevel {
        bool ordered = false;
        int number = 1;  ///< of the next item
    };

    void enter(cmark_node* node);
    void leave(cmark_node* node);
    void enterItem(cmark_node* item);
    void add(cmark_node* node, Block block);
    void addText(cmark_node* node, BlockKind kind);
    void addCode(cmark_node* node);
    void addHtml(cmark_node* node);
    void addTable(cmark_node* node);
    void addEmptyItem(cmark_node* item);
    void noteStart(cmark_node* node, int itemNumber);

    const SourceLines& m_lines;
    int m_firstItemNumber;
    QList<Block> m_blocks;
    std::vector<Start> m_starts;
    std::vector<ListLevel> m_lists;
    int m_quoteDepth = 0;
    QString m_marker;  ///< of an item that has no block yet
};

}  // namespace altiplano
