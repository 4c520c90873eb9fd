#include "app/engine_controller.h"

#include <QFileInfo>
#include <QLocale>

#include "app/error_text.h"
#include "app/settings.h"

namespace altiplano {

namespace {

constexpr qint64 kMegabyte = 1'000'000;

/// "Meta Llama 3.1 8B Instruct" -> "8B Instruct": what distinguishes it from its like.
QString shortName(const QString& name) {
    static const QStringList kLeftOut{"meta", "llama", "llama3.1", "3.1", "meta-llama"};
    QStringList words;
    for (const QString& word : QString(name).replace('-', ' ').replace('_', ' ').split(' ', Qt::SkipEmptyParts))
        if (!kLeftOut.contains(word.toLower()))
            words += word;
    return words.isEmpty() ? name : words.join(' ');
}

}  // namespace

EngineController::EngineController(Settings& settings, QString starterPath, QObject* parent)
    : QObject(parent), m_settings(settings), m_starterPath(std::move(starterPath)) {
    connect(&m_settings, &Settings::threadsChanged, this, [this] { emit threadsRequested(m_settings.threads()); });
    connect(&m_settings, &Settings::statesChanged, this, &EngineController::configure);
}

void EngineController::configure() {
    const auto bytes = [](int megabytes) { return megabytes < 0 ? StateLimits::kAutomatic : megabytes * kMegabyte; };
    emit stateLimitsChanged({.folder = m_settings.dataFolder() + "/cache/states",
                             .memoryBytes = bytes(m_settings.keptMemory()),
                             .diskBytes = bytes(m_settings.keptDisk())});
}

QString EngineController::modelName() const {
    if (!m_model) {
        const QFileInfo place(m_path);  // a folder's name may have dots that end nothing
        return place.suffix() == QLatin1String("gguf") ? place.completeBaseName() : place.fileName();
    }
    const QString name = shortName(m_model->name);
    const QString stored = name.contains(m_model->typeLabel) ? name : (name + ' ' + m_model->typeLabel).trimmed();
    return m_model->convertedTo.isEmpty() ? stored : tr("%1 as %2").arg(stored, m_model->convertedTo);
}

double EngineController::progress() const {
    if (m_state != Loading || m_total <= 0)
        return m_state == Ready ? 1.0 : 0.0;
    return static_cast<double>(m_done) / static_cast<double>(m_total);
}

QString EngineController::progressText() const {
    if (m_state != Loading)
        return {};
    if (m_total <= 0)
        return tr("Waiting for the engine");
    return tr("%1 of %2").arg(fileSizeText(m_done), fileSizeText(m_total));
}

QString EngineController::draftModel() const {
    return QFileInfo(m_settings.draftModelOf(m_path)).fileName();
}

QString EngineController::memoryText() const {
    if (!m_model)
        return {};
    return tr("%1: weights %2, context %3")
        .arg(memorySizeText(m_model->weightBytes + m_model->cacheBytes), memorySizeText(m_model->weightBytes),
             memorySizeText(m_model->cacheBytes));
}

void EngineController::load(const QString& path) {
    begin(path, false);
}

void EngineController::loadAutomatically(const QString& path) {
    begin(path, true);
}

void EngineController::loadUrl(const QUrl& url) {
    if (url.isLocalFile())
        load(url.toLocalFile());
}

void EngineController::begin(const QString& path, bool automatic) {
    m_stop.request_stop();  // a load that is under way
    m_stop = std::stop_source();
    m_state = Loading;
    m_path = path;
    m_choices = m_settings.choicesOf(path);
    m_model.reset();
    m_failedEnd.reset();
    m_error.clear();
    m_draftFailure.reset();
    m_draftError.clear();
    m_done = 0;
    m_total = 0;
    emit stateChanged();
    emit progressChanged();
    emit loadRequested({.ticket = ++m_ticket,
                        .path = path,
                        .choices = m_choices,
                        .threads = m_settings.threads(),
                        .automatic = automatic,
                        .draftPath = m_settings.draftModelOf(path)},
                       m_stop.get_token());
}

void EngineController::chooseDraftModel(const QUrl& url) {
    if (m_state != Ready || !(url.isEmpty() || url.isLocalFile()))
        return;
    m_settings.setDraftModelOf(m_path, url.toLocalFile());
    load(m_path);
}

void EngineController::cancelLoad() {
    if (m_state == Loading)
        m_stop.request_stop();
}

void EngineController::unload() {
    if (m_state == Loading) {
        cancelLoad();
        return;
    }
    ++m_ticket;
    m_state = Empty;
    m_path.clear();
    m_model.reset();
    m_failedEnd.reset();
    m_error.clear();
    m_draftFailure.reset();
    m_draftError.clear();
    emit stateChanged();
    emit progressChanged();
    emit unloadRequested();
}

void EngineController::onLoadProgressed(quint64 ticket, qint64 done, qint64 total) {
    if (ticket != m_ticket || m_state != Loading)
        return;
    m_done = done;
    m_total = total;
    emit progressChanged();
}

void EngineController::onLoadFinished(const LoadEnd& end) {
    if (end.ticket != m_ticket || m_state != Loading)
        return;
    if (end.model) {
        m_model = end.model;
        m_draftFailure = end.draftFailure;
        m_state = Ready;
        m_settings.setLastModel(m_path);
    } else if (end.failure || end.skippedAfterCrash) {
        m_failedEnd = end;
        m_state = Failed;
    } else {
        m_state = Empty;
        m_path.clear();
    }
    retranslate();
    emit progressChanged();
    if (failure() && failure()->kind == engine::ErrorKind::DeviceLost)
        emit deviceLost();
}

void EngineController::onDeviceLost(const EngineFailure& failure) {
    if (m_state != Ready)
        return;
    m_failedEnd = LoadEnd{.ticket = m_ticket, .model = {}, .failure = failure};
    m_state = Failed;
    m_model.reset();
    retranslate();
    emit progressChanged();
    emit deviceLost();
}

void EngineController::onPlacementChanged(const QString& placement) {
    if (!m_model)
        return;
    m_model->placement = placement;
    emit stateChanged();
}

void EngineController::retranslate() {
    m_error.clear();
    m_draftError = m_draftFailure ? draftErrorText(*m_draftFailure, m_settings.draftModelOf(m_path)) : QString();
    if (m_failedEnd && m_failedEnd->failure) {
        m_error = modelErrorText(*m_failedEnd->failure, m_path);
    } else if (m_failedEnd && m_failedEnd->skippedAfterCrash) {
        m_error =
            tr("The program ended while it loaded this model the last time, so it was not loaded again. Load "
               "it from Models to try once more, or choose a smaller one.");
    }
    emit stateChanged();
}

}  // namespace altiplano
