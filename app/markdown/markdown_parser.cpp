#include "app/markdown/markdown_parser.h"

#include <Qt>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <memory>
#include <vector>

#include "app/markdown/block_builder.h"
#include "app/markdown/parser_traps.h"

namespace altiplano {

namespace {

struct NodeDelete {
    void operator()(cmark_node* node) const noexcept { cmark_node_free(node); }
};
struct ParserDelete {
    void operator()(cmark_parser* parser) const noexcept { cmark_parser_free(parser); }
};

constexpr int kOptions = CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
constexpr const char* kExtensions[] = {"table", "strikethrough", "autolink", "tasklist"};

std::unique_ptr<cmark_node, NodeDelete> parseTree(const QByteArray& utf8) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, ParserDelete> parser(cmark_parser_new(kOptions));
    for (const char* name : kExtensions)
        if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name))
            cmark_parser_attach_syntax_extension(parser.get(), extension);
    cmark_parser_feed(parser.get(), utf8.constData(), static_cast<std::size_t>(utf8.size()));
    return std::unique_ptr<cmark_node, NodeDelete>(cmark_parser_finish(parser.get()));
}

/// Where the last block that has begun for good begins: everything before it is closed.
struct Cut {
    int line = 0;  ///< 1-based; 0 = none
    int block = 0;
    int itemNumber = 0;  ///< not 0: the cut is before this item of a list that goes on
};

/// A line's block is known for good only when the line is complete, and some nodes tell the line of the node before
/// them (a table whose header was a paragraph's last line): only lines that rise are believed.
Cut findCut(const std::vector<BlockBuilder::Start>& starts, int completeLines) {
    Cut cut;
    int before = 1;
    for (const BlockBuilder::Start& start : starts) {
        if (start.line > before && start.decidedLine <= completeLines)
            cut = {start.line, start.block, start.itemNumber};
        else if (start.line == cut.line && start.block > cut.block)
            return cut;
        before = std::max(before, start.line);
    }
    return cut;
}

}  // namespace

ParsedMarkdown parseMarkdown(const QByteArray& utf8, const MarkdownCarry& carry) {
    const SourceLines lines(utf8, carry.blankBefore);
    const auto tree = parseTree(withoutTraps(utf8));
    BlockBuilder builder(lines, carry.itemNumber);
    builder.walk(tree.get());

    ParsedMarkdown parsed;
    const Cut cut = findCut(builder.starts(), lines.complete());
    parsed.blocks = builder.takeBlocks();
    if (cut.line > 0) {
        parsed.cutByte = lines.begin(cut.line);
        parsed.cutBlock = cut.block;
        parsed.carry = {.itemNumber = cut.itemNumber, .blankBefore = lines.isBlankBefore(cut.line)};
    }
    return parsed;
}

QByteArray markdownBytes(const QString& text) {
    QByteArray bytes = text.toUtf8();
    bytes.replace('\r', "");
    bytes.replace('\0', "\xEF\xBF\xBD");
    return bytes;
}

}  // namespace altiplano
