#include "app/markdown/block_builder.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <limits>
#include <memory>

#include "app/markdown/inline_html.h"
#include "app/markdown/parser_traps.h"

namespace altiplano {

namespace {

constexpr int kMostDepth = 64;  // what is nested deeper is shown at this depth

struct IteratorDelete {
    void operator()(cmark_iter* iterator) const noexcept { cmark_iter_free(iterator); }
};

bool isType(cmark_node* node, const char* name) {
    return qstrcmp(cmark_node_get_type_string(node), name) == 0;
}

/// Blocks without child blocks; their inline children are read by inlineText().
bool isLeafBlock(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_PARAGRAPH:
        case CMARK_NODE_HEADING:
        case CMARK_NODE_CODE_BLOCK:
        case CMARK_NODE_HTML_BLOCK:
        case CMARK_NODE_THEMATIC_BREAK:
            return true;
        default:
            return isType(node, "table");
    }
}

QString bulletOf(std::size_t depth) {
    static const QString kBullets[] = {"•", "◦", "▪"};
    return kBullets[std::min<std::size_t>(depth, 3) - 1];
}

int alignmentOf(char letter) {
    switch (letter) {
        case 'c':
            return Qt::AlignHCenter;
        case 'r':
            return Qt::AlignRight;
        default:
            return Qt::AlignLeft;
    }
}

/// Where a table's header was the last line of a paragraph, the table tells the paragraph's line and the paragraph
/// none.
int startLine(cmark_node* node) {
    const int line = cmark_node_get_start_line(node);
    cmark_node* next = cmark_node_next(node);
    return line == 0 && next ? cmark_node_get_start_line(next) : line;
}

int decidedLine(cmark_node* node) {
    const int line = startLine(node);
    if (!isType(node, "table"))
        return line;
    cmark_node* before = cmark_node_previous(node);
    return before && cmark_node_get_start_line(before) == 0 ? std::numeric_limits<int>::max() : line + 1;
}

}  // namespace

BlockBuilder::BlockBuilder(const SourceLines& lines, int firstItemNumber)
    : m_lines(lines), m_firstItemNumber(firstItemNumber) {}

void BlockBuilder::walk(cmark_node* document) {
    const std::unique_ptr<cmark_iter, IteratorDelete> iterator(cmark_iter_new(document));
    for (cmark_event_type type; (type = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
        cmark_node* node = cmark_iter_get_node(iterator.get());
        if (type == CMARK_EVENT_EXIT) {
            leave(node);
            continue;
        }
        if (cmark_node_parent(node) == document)
            noteStart(node, 0);
        enter(node);
        const cmark_node_type kind = cmark_node_get_type(node);
        if (isLeafBlock(node) && kind != CMARK_NODE_CODE_BLOCK && kind != CMARK_NODE_HTML_BLOCK &&
            kind != CMARK_NODE_THEMATIC_BREAK)
            cmark_iter_reset(iterator.get(), node, CMARK_EVENT_EXIT);
    }
}

void BlockBuilder::enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_BLOCK_QUOTE:
            ++m_quoteDepth;
            break;
        case CMARK_NODE_LIST: {
            const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
            int number = ordered ? cmark_node_get_list_start(node) : 1;
            if (m_firstItemNumber > 0 && m_blocks.isEmpty() && m_lists.empty())
                number = m_firstItemNumber;
            m_lists.push_back({ordered, number});
            break;
        }
        case CMARK_NODE_ITEM:
            enterItem(node);
            break;
        case CMARK_NODE_PARAGRAPH:
            addText(node, BlockKind::Paragraph);
            break;
        case CMARK_NODE_HEADING:
            addText(node, BlockKind::Heading);
            break;
        case CMARK_NODE_CODE_BLOCK:
            addCode(node);
            break;
        case CMARK_NODE_HTML_BLOCK:
            addHtml(node);
            break;
        case CMARK_NODE_THEMATIC_BREAK:
            add(node, {.kind = BlockKind::Rule});
            break;
        default:
            if (isType(node, "tasklist"))
                enterItem(node);
            else if (isType(node, "table"))
                addTable(node);
    }
}

void BlockBuilder::leave(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
        case CMARK_NODE_BLOCK_QUOTE:
            --m_quoteDepth;
            break;
        case CMARK_NODE_LIST:
            m_lists.pop_back();
            break;
        default:
            if (cmark_node_get_type(node) == CMARK_NODE_ITEM || isType(node, "tasklist"))
                addEmptyItem(node);
    }
}

void BlockBuilder::enterItem(cmark_node* item) {
    addEmptyItem(item);  // of the item around it, where that begins with this list
    ListLevel& list = m_lists.back();
    cmark_node* parent = cmark_node_parent(item);
    const bool lastOfAll = cmark_node_next(parent) == nullptr && m_lists.size() == 1 && m_quoteDepth == 0;
    if (lastOfAll && cmark_node_previous(item) && cmark_node_get_start_column(item) == 1)
        noteStart(item, list.number);
    if (isType(item, "tasklist"))
        m_marker = cmark_gfm_extensions_get_tasklist_item_checked(item) ? "☑" : "☐";
    else
        m_marker = list.ordered ? QString::number(list.number) + '.' : bulletOf(m_lists.size());
    ++list.number;
}

void BlockBuilder::addEmptyItem(cmark_node* item) {
    if (!m_marker.isEmpty())
        add(item, {});
}

void BlockBuilder::add(cmark_node* node, Block block) {
    block.indent = std::min(static_cast<int>(m_lists.size()), kMostDepth);
    block.quoteDepth = std::min(m_quoteDepth, kMostDepth);
    block.marker = std::exchange(m_marker, {});
    block.tight = !m_lists.empty() && !m_lines.isBlankBefore(startLine(node));
    block.rightToLeft = block.kind != BlockKind::Code && block.text.isRightToLeft();
    m_blocks.append(std::move(block));
}

void BlockBuilder::addText(cmark_node* node, BlockKind kind) {
    InlineText text = inlineText(node);
    Block block{.kind = kind, .html = std::move(text.html), .text = std::move(text.plain)};
    if (kind == BlockKind::Heading)
        block.level = cmark_node_get_heading_level(node);
    add(node, std::move(block));
}

void BlockBuilder::addCode(cmark_node* node) {
    Block block{.kind = BlockKind::Code, .text = trapsRestored(cmark_node_get_literal(node))};
    if (block.text.endsWith('\n'))
        block.text.chop(1);
    block.language = trapsRestored(cmark_node_get_fence_info(node)).section(' ', 0, 0);
    add(node, std::move(block));
}

void BlockBuilder::addHtml(cmark_node* node) {
    Block block{.text = trapsRestored(cmark_node_get_literal(node))};
    while (block.text.endsWith('\n'))
        block.text.chop(1);
    block.html = escapedLines(block.text);
    add(node, std::move(block));
}

void BlockBuilder::addTable(cmark_node* node) {
    Block block{.kind = BlockKind::Table, .columns = cmark_gfm_extensions_get_table_columns(node)};
    const std::uint8_t* letters = cmark_gfm_extensions_get_table_alignments(node);
    for (int column = 0; column < block.columns; ++column)
        block.alignments.append(alignmentOf(static_cast<char>(letters[column])));
    for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
        QStringList words;
        for (cmark_node* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) {
            const InlineText text = inlineText(cell);
            block.cells.append(text.html);
            words.append(text.plain);
        }
        block.text += words.join('\t') + '\n';
    }
    add(node, std::move(block));
}

void BlockBuilder::noteStart(cmark_node* node, int itemNumber) {
    m_starts.push_back({.line = startLine(node),
                        .decidedLine = decidedLine(node),
                        .block = static_cast<int>(m_blocks.size()),
                        .itemNumber = itemNumber});
}

}  // namespace altiplano
