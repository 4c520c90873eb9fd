// The lines of a Markdown text: where they begin and which are empty.
#pragma once

#include <QByteArray>
#include <vector>

namespace altiplano {

/// Lines are counted from 1, as cmark does. The text must outlive this object.
class SourceLines {
public:
    SourceLines(const QByteArray& utf8, bool blankBeforeFirst);

    /// Lines that end with a line feed.
    int complete() const { return static_cast<int>(m_begins.size()) - 1; }
    qsizetype begin(int line) const;
    /// Whether the line above holds nothing but spaces and quotation marks (">").
    bool isBlankBefore(int line) const;

private:
    const QByteArray& m_utf8;
    bool m_blankBeforeFirst;
    std::vector<qsizetype> m_begins;  ///< of each line, the last and perhaps empty one included
};

}  // namespace altiplano
