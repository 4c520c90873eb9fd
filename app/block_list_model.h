// The blocks of one message for QML. While an answer streams, only its open last blocks change.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/markdown/block.h"
#include "app/markdown/incremental_document.h"

namespace altiplano {

/// GUI thread. Belongs to its MessageListModel.
class BlockListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by MessageListModel")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Kind { Paragraph, Heading, Code, Table, Rule };
    Q_ENUM(Kind)
    enum Role {
        KindRole = Qt::UserRole,  ///< Kind
        HtmlRole,                 ///< inline markup made by us, for rich text
        TextRole,                 ///< plain text
        LanguageRole,             ///< of code
        LevelRole,                ///< of a heading, 1 to 6
        IndentRole,               ///< list depth
        MarkerRole,               ///< bullet, number or check box; empty within an item
        QuoteDepthRole,
        TightRole,  ///< a small gap above
        RightToLeftRole,
        CellsRole,       ///< html of a table's cells, row by row
        ColumnsRole,     ///< of a table
        AlignmentsRole,  ///< Qt::Alignment per column
    };

    explicit BlockListModel(QObject* parent = nullptr);

    int count() const { return static_cast<int>(m_blocks.size()); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Shows a finished Markdown text.
    void setMarkdown(const QString& text);
    /// Shows a text that goes on: appendMarkdown() follows.
    void reopenMarkdown(const QString& text);
    /// Shows words exactly as typed: paragraphs, line breaks and spaces kept, no markup.
    void setPlain(const QString& text);
    /// A piece that streamed in after what is there.
    void appendMarkdown(const QString& text);
    /// The stream has ended: the blocks are now those of a full parse.
    void finishMarkdown();

signals:
    void countChanged();

private:
    void replaceFrom(int first, const QList<Block>& blocks);

    IncrementalDocument m_document;
    QList<Block> m_blocks;
};

}  // namespace altiplano
