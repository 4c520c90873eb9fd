#include "app/markdown/source_lines.h"

#include <algorithm>
#include <cstring>

namespace altiplano {

SourceLines::SourceLines(const QByteArray& utf8, bool blankBeforeFirst)
    : m_utf8(utf8), m_blankBeforeFirst(blankBeforeFirst), m_begins{0} {
    const char* data = utf8.constData();
    const char* const end = data + utf8.size();
    const char* at = data;
    while (const void* found = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
        at = static_cast<const char*>(found) + 1;
        m_begins.push_back(at - data);
    }
}

qsizetype SourceLines::begin(int line) const {
    return m_begins[static_cast<std::size_t>(line - 1)];
}

bool SourceLines::isBlankBefore(int line) const {
    if (line <= 1)
        return m_blankBeforeFirst;
    if (line > static_cast<int>(m_begins.size()))
        return false;
    const auto first = m_utf8.begin() + begin(line - 1);
    const auto last = m_utf8.begin() + begin(line);
    return std::all_of(first, last, [](char c) { return c == ' ' || c == '\t' || c == '>' || c == '\n'; });
}

}  // namespace altiplano
