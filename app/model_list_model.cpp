#include "app/model_list_model.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "app/engine_controller.h"
#include "app/error_text.h"
#include "app/settings.h"

namespace altiplano {

namespace {

constexpr qint64 kWorkingBytes = 200LL * 1024 * 1024;  // activations, vocabulary, the program itself

QString parametersText(qint64 count) {
    const QLocale locale;
    const auto number = static_cast<double>(count);
    if (count >= 1'000'000'000)
        return ModelListModel::tr("%1 B").arg(locale.toString(number / 1e9, 'f', 1));
    return ModelListModel::tr("%1 M").arg(locale.toString(number / 1e6, 'f', count < 100'000'000 ? 1 : 0));
}

QString contextText(int positions) {
    return positions % 1024 == 0 ? QStringLiteral("%1K").arg(positions / 1024) : QLocale().toString(positions);
}

}  // namespace

ModelListModel::ModelListModel(Settings& settings, EngineController& engine, QString starterPath, QObject* parent)
    : QAbstractListModel(parent), m_settings(settings), m_engine(engine), m_starterPath(std::move(starterPath)) {
    connect(&m_engine, &EngineController::stateChanged, this, &ModelListModel::onEngineChanged);
    connect(&m_settings, &Settings::modelsFolderChanged, this, &ModelListModel::rescan);
    connect(&m_settings, &Settings::changed, this, &ModelListModel::retranslate);
}

int ModelListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const ModelFile& file = row.file;
    const bool known = !row.inspecting && !file.failure;
    const bool engines = file.path == m_engine.modelPath();
    const bool loaded = engines && m_engine.state() == EngineController::Ready;
    switch (role) {
        case PathRole:
            return file.path;
        case NameRole:
            return file.name.isEmpty() ? QFileInfo(file.path).fileName() : file.name;
        case SizeTextRole:
            return file.fileBytes > 0 ? fileSizeText(file.fileBytes) : QString();
        case TypeLabelRole:
            return file.typeLabel;
        case ParametersTextRole:
            return known ? parametersText(file.parameterCount) : QString();
        case ContextTextRole:
            return known ? contextText(file.contextLength) : QString();
        case MemoryTextRole:
            return known ? memoryText(file) : QString();
        case ErrorRole:
            if (!file.failure)
                return file.chatFormatNote;
            return loaded ? QString() : modelErrorText(*file.failure, file.path);  // loaded, it no longer matters
        case StarterRole:
            return file.path == m_starterPath;
        case PickedRole:
            return m_settings.pickedModels().contains(file.path);
        case LoadedRole:
            return loaded;
        case LoadingRole:
            return engines && m_engine.state() == EngineController::Loading;
        case InspectingRole:
            return row.inspecting;
        default:
            return {};
    }
}

QHash<int, QByteArray> ModelListModel::roleNames() const {
    return {{PathRole, "path"},
            {NameRole, "name"},
            {SizeTextRole, "sizeText"},
            {TypeLabelRole, "typeLabel"},
            {ParametersTextRole, "parametersText"},
            {ContextTextRole, "contextText"},
            {MemoryTextRole, "memoryText"},
            {ErrorRole, "error"},
            {StarterRole, "starter"},
            {PickedRole, "picked"},
            {LoadedRole, "loaded"},
            {LoadingRole, "loading"},
            {InspectingRole, "inspecting"}};
}

void ModelListModel::rescan() {
    m_scanning = true;
    emit scanningChanged();
    emit scanRequested(++m_ticket, m_settings.modelsFolder());
}

void ModelListModel::onFolderScanned(quint64 ticket, const QStringList& paths) {
    if (ticket != m_ticket)
        return;
    QStringList wanted;
    if (!m_starterPath.isEmpty())
        wanted += m_starterPath;
    wanted += paths;
    wanted += m_settings.pickedModels();
    if (!m_engine.modelPath().isEmpty())
        wanted += m_engine.modelPath();
    wanted.removeDuplicates();
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (wanted.contains(m_rows[static_cast<std::size_t>(row)].file.path))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (const QString& path : wanted)
        add(path);
    m_scanning = false;
    emit scanningChanged();
}

void ModelListModel::add(const QString& path) {
    if (rowOf(path) < 0) {
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.emplace_back().file.path = path;
        endInsertRows();
    }
    emit inspectionRequested(path);
}

void ModelListModel::onInspected(const ModelFile& file) {
    const int row = rowOf(file.path);
    if (row < 0)
        return;
    m_rows[static_cast<std::size_t>(row)] = {file, false};
    emit dataChanged(index(row), index(row));
}

void ModelListModel::addFile(const QUrl& url) {
    const QString path = url.toLocalFile();
    if (path.isEmpty())
        return;
    if (rowOf(path) < 0)
        m_settings.setPickedModels(m_settings.pickedModels() + QStringList(path));
    add(path);
}

void ModelListModel::forget(const QString& path) {
    QStringList picked = m_settings.pickedModels();
    const int row = rowOf(path);
    if (!picked.removeOne(path) || row < 0)
        return;
    m_settings.setPickedModels(picked);
    beginRemoveRows({}, row, row);
    m_rows.erase(m_rows.begin() + row);
    endRemoveRows();
}

void ModelListModel::openFolder() {
    emit openFolderRequested(m_settings.modelsFolder());
}

void ModelListModel::retranslate() {
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

QString ModelListModel::memoryText(const ModelFile& file) const {
    const PlanChoices choices = m_settings.choicesOf(file.path);
    const int positions =
        choices.context > 0 ? std::min(choices.context, file.contextLength) : automaticContext(file.contextLength);
    qint64 weightBytes = file.fileBytes;
    for (const WeightType& type : file.weightTypes)
        if (type.convertTo && type.convertTo == choices.weights)
            weightBytes = type.bytes;
    const qint64 cacheBytes = positions * engine::row_bytes(choices.cacheType, file.cacheNumbersPerPosition);
    return tr("needs about %1").arg(memorySizeText(weightBytes + cacheBytes + kWorkingBytes));
}

int ModelListModel::rowOf(const QString& path) const {
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) { return row.file.path == path; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

void ModelListModel::onEngineChanged() {
    // What the command line names may lie anywhere; before the first scan the list is not there yet.
    if (const QString path = m_engine.modelPath(); !m_scanning && !path.isEmpty() && rowOf(path) < 0)
        add(path);
    if (!m_rows.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {ErrorRole, LoadedRole, LoadingRole});
}

}  // namespace altiplano
