// Inline Markdown as the little HTML that the window shows: everything that is not ours is escaped.
#pragma once

#include <QString>

struct cmark_node;

namespace altiplano {

struct InlineText {
    QString html;   ///< b, i, s, code, a, br and escaped text only
    QString plain;  ///< the same words without markup
};

/// The inline children of a paragraph, heading or table cell.
InlineText inlineText(cmark_node* block);
/// Text with line breaks and runs of spaces kept.
QString escapedLines(const QString& text);
/// http, https and mailto only.
bool isSafeLink(const QString& address);

}  // namespace altiplano
