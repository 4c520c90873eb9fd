#include "app/parameter_list_model.h"

#include <QLocale>
#include <algorithm>

namespace altiplano {

namespace {

struct Words {
    QString label;
    QString explanation;
    QString special;  ///< what the special value means
};

Words wordsOf(ParameterKey key) {
    const QString off = ParameterListModel::tr("off");
    switch (key) {
        case ParameterKey::Temperature:
            return {ParameterListModel::tr("Temperature"),
                    ParameterListModel::tr("Low is predictable, high is varied."),
                    ParameterListModel::tr("always the likeliest word")};
        case ParameterKey::TopP:
            return {ParameterListModel::tr("Top-p"),
                    ParameterListModel::tr("Chooses among the likeliest tokens that together reach this share."), off};
        case ParameterKey::TopK:
            return {ParameterListModel::tr("Top-k"),
                    ParameterListModel::tr("Chooses among this many of the likeliest tokens."),
                    ParameterListModel::tr("all")};
        case ParameterKey::MinP:
            return {ParameterListModel::tr("Min-p"),
                    ParameterListModel::tr("Leaves out tokens less likely than this share of the likeliest."), off};
        case ParameterKey::RepetitionPenalty:
            return {ParameterListModel::tr("Repetition penalty"),
                    ParameterListModel::tr("Above 1, tokens already used become less likely."), off};
        case ParameterKey::FrequencyPenalty:
            return {ParameterListModel::tr("Frequency penalty"),
                    ParameterListModel::tr("Lowers a token more each time it has been used."), off};
        case ParameterKey::PresencePenalty:
            return {ParameterListModel::tr("Presence penalty"),
                    ParameterListModel::tr("Lowers every token that has been used at all."), off};
        case ParameterKey::PenaltyWindow:
            return {ParameterListModel::tr("Penalty window"),
                    ParameterListModel::tr("How many of the last tokens the penalties look at."),
                    {}};
        case ParameterKey::Seed:
            return {ParameterListModel::tr("Seed"),
                    ParameterListModel::tr("The same seed and settings give the same answer again."),
                    ParameterListModel::tr("random")};
        case ParameterKey::MaxTokens:
            return {ParameterListModel::tr("Longest answer"),
                    ParameterListModel::tr("The answer ends after this many tokens."),
                    ParameterListModel::tr("until the context is full")};
    }
    return {};
}

/// The range, the default, and whether this chat has a value of its own.
QString originText(const ParameterFacts& fact, bool isDefault) {
    const auto number = [&](double value) { return QLocale().toString(value, 'f', fact.decimals); };
    const QString range = QStringLiteral("%1 – %2").arg(number(fact.minimum), number(fact.maximum));
    const QString standard = QStringLiteral("%1 %2").arg(ParameterListModel::tr("Default"), number(fact.defaultValue));
    return (isDefault ? QStringList{range, standard}
                      : QStringList{range, standard, ParameterListModel::tr("This chat")})
        .join(" · ");
}

}  // namespace

ParameterListModel::ParameterListModel(QObject* parent) : QAbstractListModel(parent) {}

int ParameterListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kParameterCount;
}

QVariant ParameterListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ParameterFacts& fact = parameterFacts()[static_cast<std::size_t>(index.row())];
    const double value = m_parameters.value(fact.key);
    switch (role) {
        case KeyRole:
            return QString::fromLatin1(fact.name);
        case LabelRole:
            return wordsOf(fact.key).label;
        case ExplanationRole:
            return wordsOf(fact.key).explanation;
        case ValueRole:
            return value;
        case DefaultValueRole:
            return fact.defaultValue;
        case MinimumRole:
            return fact.minimum;
        case MaximumRole:
            return fact.maximum;
        case StepRole:
            return fact.step;
        case DecimalsRole:
            return fact.decimals;
        case ChangedRole:
            return !m_parameters.isDefault(fact.key);
        case OriginRole:
            return originText(fact, m_parameters.isDefault(fact.key));
        case SpecialRole:
            return fact.hasSpecial && value == fact.special ? wordsOf(fact.key).special : QString();
        default:
            return {};
    }
}

QHash<int, QByteArray> ParameterListModel::roleNames() const {
    return {{KeyRole, "key"},
            {LabelRole, "label"},
            {ExplanationRole, "explanation"},
            {ValueRole, "value"},
            {DefaultValueRole, "defaultValue"},
            {MinimumRole, "minimum"},
            {MaximumRole, "maximum"},
            {StepRole, "step"},
            {DecimalsRole, "decimals"},
            {ChangedRole, "changed"},
            {OriginRole, "origin"},
            {SpecialRole, "special"}};
}

void ParameterListModel::setStopStrings(const QString& lines) {
    if (lines == m_parameters.stopStrings())
        return;
    m_parameters.setStopStrings(lines);
    emit parametersChanged();
    emit edited();
}

bool ParameterListModel::anyChanged() const {
    return m_parameters != ChatParameters();
}

void ParameterListModel::setValue(const QString& key, double value) {
    const auto& all = parameterFacts();
    const auto fact = std::find_if(all.begin(), all.end(), [&](const auto& one) { return key == one.name; });
    if (fact == all.end())
        return;
    const double before = m_parameters.value(fact->key);
    m_parameters.setValue(fact->key, value);
    if (m_parameters.value(fact->key) != before)
        announce(static_cast<int>(fact - all.begin()));
}

void ParameterListModel::reset(const QString& key) {
    for (const ParameterFacts& fact : parameterFacts())
        if (key == fact.name)
            setValue(key, fact.defaultValue);
}

void ParameterListModel::resetAll() {
    if (!anyChanged())
        return;
    setParameters({});
    emit edited();
}

void ParameterListModel::setParameters(const ChatParameters& parameters) {
    if (parameters == m_parameters)
        return;
    m_parameters = parameters;
    emit dataChanged(index(0), index(kParameterCount - 1), {ValueRole, ChangedRole, OriginRole, SpecialRole});
    emit parametersChanged();
}

void ParameterListModel::retranslate() {
    emit dataChanged(index(0), index(kParameterCount - 1), {LabelRole, ExplanationRole, OriginRole, SpecialRole});
}

void ParameterListModel::announce(int row) {
    emit dataChanged(index(row), index(row), {ValueRole, ChangedRole, OriginRole, SpecialRole});
    emit parametersChanged();
    emit edited();
}

}  // namespace altiplano
