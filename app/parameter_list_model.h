// The parameters of the conversation on show: values, ranges and one line that explains each.
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include "app/chat_parameters.h"

namespace altiplano {

/// GUI thread.
class ParameterListModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(QString stopStrings READ stopStrings WRITE setStopStrings NOTIFY parametersChanged FINAL)
    Q_PROPERTY(bool anyChanged READ anyChanged NOTIFY parametersChanged FINAL)

public:
    enum Role {
        KeyRole = Qt::UserRole,
        LabelRole,
        ExplanationRole,  ///< one translated line
        ValueRole,
        DefaultValueRole,
        MinimumRole,
        MaximumRole,
        StepRole,
        DecimalsRole,
        ChangedRole,  ///< not the default
        OriginRole,   ///< translated: the range, the default, and whether the value is this chat's own
        SpecialRole,  ///< translated: what the value means where it is no plain number, e.g. "off"
    };

    explicit ParameterListModel(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    QString stopStrings() const { return m_parameters.stopStrings(); }
    void setStopStrings(const QString& lines);
    bool anyChanged() const;

    Q_INVOKABLE void setValue(const QString& key, double value);
    Q_INVOKABLE void reset(const QString& key);
    Q_INVOKABLE void resetAll();

    const ChatParameters& parameters() const { return m_parameters; }
    /// Another conversation's: says so to the view, not to storage.
    void setParameters(const ChatParameters& parameters);
    void retranslate();

signals:
    void parametersChanged();
    /// The user changed something.
    void edited();

private:
    void announce(int row);

    ChatParameters m_parameters;
};

}  // namespace altiplano
