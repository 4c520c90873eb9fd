#include "app/markdown/incremental_document.h"

namespace altiplano {

namespace {

// Up to this size the open region is parsed at every piece: that takes milliseconds. A larger one, which is a single
// block of book length, is parsed when it has grown by a certain share, so that the whole stays linear.
constexpr qsizetype kAlwaysParsed = 256 * 1024;
constexpr qsizetype kGrowthShare = 64;

}  // namespace

void IncrementalDocument::clear() {
    *this = IncrementalDocument();
}

IncrementalDocument::Change IncrementalDocument::append(const QString& text) {
    m_whole += markdownBytes(text);
    if (!worthParsing())
        return {.first = m_closedBlocks, .blocks = m_openBlocks};
    return parseOpenRegion();
}

IncrementalDocument::Change IncrementalDocument::finish() {
    if (!m_whole.contains("]:"))
        return parseOpenRegion();
    // A reference may have been defined after its use: only the whole text tells.
    m_openBegin = 0;
    m_closedBlocks = 0;
    m_carry = {};
    m_parsedEnd = m_whole.size();
    m_openBlocks = parseMarkdown(m_whole).blocks;
    return {.first = 0, .blocks = m_openBlocks};
}

IncrementalDocument::Change IncrementalDocument::parseOpenRegion() {
    const auto region = QByteArray::fromRawData(m_whole.constData() + m_openBegin, m_whole.size() - m_openBegin);
    ParsedMarkdown parsed = parseMarkdown(region, m_carry);
    Change change{.first = m_closedBlocks, .blocks = parsed.blocks};
    m_parsedEnd = m_whole.size();
    if (parsed.cutByte > 0) {
        m_openBegin += parsed.cutByte;
        m_closedBlocks += parsed.cutBlock;
        m_carry = parsed.carry;
        parsed.blocks.remove(0, parsed.cutBlock);
    }
    m_openBlocks = std::move(parsed.blocks);
    return change;
}

bool IncrementalDocument::worthParsing() const {
    const qsizetype open = m_whole.size() - m_openBegin;
    return open <= kAlwaysParsed || m_whole.size() - m_parsedEnd > open / kGrowthShare;
}

}  // namespace altiplano
