#include "app/block_list_model.h"

#include "app/markdown/plain_blocks.h"

namespace altiplano {

static_assert(static_cast<int>(BlockKind::Rule) == BlockListModel::Rule);

BlockListModel::BlockListModel(QObject* parent) : QAbstractListModel(parent) {}

int BlockListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant BlockListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Block& block = m_blocks[index.row()];
    switch (role) {
        case KindRole:
            return static_cast<int>(block.kind);
        case HtmlRole:
            return block.html;
        case TextRole:
            return block.text;
        case LanguageRole:
            return block.language;
        case LevelRole:
            return block.level;
        case IndentRole:
            return block.indent;
        case MarkerRole:
            return block.marker;
        case QuoteDepthRole:
            return block.quoteDepth;
        case TightRole:
            return block.tight;
        case RightToLeftRole:
            return block.rightToLeft;
        case CellsRole:
            return block.cells;
        case ColumnsRole:
            return block.columns;
        case AlignmentsRole:
            return QVariant::fromValue(block.alignments);
        default:
            return {};
    }
}

QHash<int, QByteArray> BlockListModel::roleNames() const {
    return {{KindRole, "kind"},
            {HtmlRole, "html"},
            {TextRole, "text"},
            {LanguageRole, "language"},
            {LevelRole, "level"},
            {IndentRole, "indent"},
            {MarkerRole, "marker"},
            {QuoteDepthRole, "quoteDepth"},
            {TightRole, "tight"},
            {RightToLeftRole, "rightToLeft"},
            {CellsRole, "cells"},
            {ColumnsRole, "columns"},
            {AlignmentsRole, "alignments"}};
}

void BlockListModel::setMarkdown(const QString& text) {
    m_document.clear();
    IncrementalDocument::Change change = m_document.append(text);
    const IncrementalDocument::Change end = m_document.finish();
    change.blocks.resize(end.first);
    replaceFrom(0, change.blocks + end.blocks);
}

void BlockListModel::reopenMarkdown(const QString& text) {
    m_document.clear();
    replaceFrom(0, m_document.append(text).blocks);
}

void BlockListModel::setPlain(const QString& text) {
    m_document.clear();
    replaceFrom(0, plainBlocks(text));
}

void BlockListModel::appendMarkdown(const QString& text) {
    const IncrementalDocument::Change change = m_document.append(text);
    replaceFrom(change.first, change.blocks);
}

void BlockListModel::finishMarkdown() {
    const IncrementalDocument::Change change = m_document.finish();
    replaceFrom(change.first, change.blocks);
}

void BlockListModel::replaceFrom(int first, const QList<Block>& blocks) {
    const int oldCount = count();
    const int newCount = first + static_cast<int>(blocks.size());
    for (int row = first; row < qMin(oldCount, newCount); ++row) {
        const Block& block = blocks[row - first];
        if (m_blocks[row] == block)
            continue;
        m_blocks[row] = block;
        emit dataChanged(index(row), index(row));
    }
    if (newCount < oldCount) {
        beginRemoveRows({}, newCount, oldCount - 1);
        m_blocks.resize(newCount);
        endRemoveRows();
    } else if (newCount > oldCount) {
        beginInsertRows({}, oldCount, newCount - 1);
        m_blocks.append(blocks.mid(oldCount - first));
        endInsertRows();
    }
    if (newCount != oldCount)
        emit countChanged();
}

}  // namespace altiplano
