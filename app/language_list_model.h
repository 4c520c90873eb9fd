// The languages of the window, each named in itself; the first row follows the system.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace altiplano {

/// GUI thread.
class LanguageListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Settings")

public:
    enum Role {
        CodeRole = Qt::UserRole,  ///< "de"; empty for the system's language
        NameRole,                 ///< "Deutsch"
    };

    explicit LanguageListModel(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
    /// Row of a code, 0 where it is none of ours.
    Q_INVOKABLE int indexOf(const QString& code) const;
    void retranslate();
};

}  // namespace altiplano
