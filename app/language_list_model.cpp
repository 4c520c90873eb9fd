#include "app/language_list_model.h"

#include <array>

namespace altiplano {

namespace {

struct Language {
    const char* code;
    const char* name;
};
// The languages that Llama 3.1 is made for.
constexpr std::array kLanguages{
    Language{"", ""},           Language{"en", "English"},  Language{"de", "Deutsch"},   Language{"es", "Español"},
    Language{"fr", "Français"}, Language{"it", "Italiano"}, Language{"pt", "Português"}, Language{"hi", "हिन्दी"},
    Language{"th", "ไทย"},
};

}  // namespace

LanguageListModel::LanguageListModel(QObject* parent) : QAbstractListModel(parent) {}

int LanguageListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(kLanguages.size());
}

QVariant LanguageListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Language& language = kLanguages[static_cast<std::size_t>(index.row())];
    switch (role) {
        case CodeRole:
            return QString::fromUtf8(language.code);
        case NameRole:
        case Qt::DisplayRole:
            return index.row() == 0 ? tr("As the system") : QString::fromUtf8(language.name);
        default:
            return {};
    }
}

QHash<int, QByteArray> LanguageListModel::roleNames() const {
    return {{CodeRole, "code"}, {NameRole, "name"}};
}

int LanguageListModel::indexOf(const QString& code) const {
    for (std::size_t row = 0; row < kLanguages.size(); ++row)
        if (code == kLanguages[row].code)
            return static_cast<int>(row);
    return 0;
}

void LanguageListModel::retranslate() {
    emit dataChanged(index(0), index(0), {NameRole});
}

}  // namespace altiplano
