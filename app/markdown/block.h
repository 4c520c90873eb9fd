// One block of a message as the window shows it.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace altiplano {

enum class BlockKind { Paragraph, Heading, Code, Table, Rule };

/// A value; html holds only markup that this program made (b i s code a br), everything else is escaped.
struct Block {
    BlockKind kind = BlockKind::Paragraph;
    QString html{};
    QString text{};      ///< plain: the code of Code, tab-separated rows of Table
    QString language{};  ///< of Code, as written after the fence
    QString marker{};    ///< "•", "3.", "☐", "☑"; empty where the block does not begin a list item
    int level = 0;       ///< 1 to 6 for Heading
    int indent = 0;      ///< depth in lists, 0 = in none
    int quoteDepth = 0;
    bool tight = false;  ///< part of a list and no blank line above
    bool rightToLeft = false;
    QStringList cells{};      ///< of Table: html, row by row, the header row first
    int columns = 0;          ///< of Table
    QList<int> alignments{};  ///< of Table: Qt::Alignment per column

    bool operator==(const Block&) const = default;
};

}  // namespace altiplano
