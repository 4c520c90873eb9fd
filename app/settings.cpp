#include "app/settings.h"

#include <QSettings>
#include <QThread>

namespace altiplano {

namespace {
constexpr int kWriteDelayMs = 500;
constexpr int kRetryMs = 10'000;
constexpr double kScaleStep = 0.1;
}  // namespace

Settings::Settings(QString dataFolder, QObject* parent) : QObject(parent), m_dataFolder(std::move(dataFolder)) {
    const QSettings file(m_dataFolder + "/settings.ini", QSettings::IniFormat);
    for (const QString& key : file.allKeys())
        m_values.insert(key, file.value(key));
    m_writeTimer.setSingleShot(true);
    connect(&m_writeTimer, &QTimer::timeout, this, &Settings::flush);
}

int Settings::maximumThreads() const {
    return qMax(1, QThread::idealThreadCount());
}

void Settings::setTheme(Theme theme) {
    if (store("theme", static_cast<int>(theme)))
        emit themeChanged();
}

void Settings::setHighContrast(bool on) {
    if (store("highContrast", on))
        emit changed();
}

void Settings::setReducedMotion(bool on) {
    if (store("reducedMotion", on))
        emit changed();
}

void Settings::setTextScale(double scale) {
    if (store("textScale", qBound(kMinimumScale, qRound(scale * 100) / 100.0, kMaximumScale)))
        emit textScaleChanged();
}

void Settings::setLanguage(const QString& code) {
    m_overrides.remove("language");
    if (store("language", code))
        emit languageChanged();
}

void Settings::setModelsFolder(const QString& folder) {
    if (store("modelsFolder", folder))
        emit modelsFolderChanged();
}

void Settings::setContextLength(int positions) {
    if (store("contextLength", qMax(0, positions)))
        emit changed();
}

void Settings::setCacheType(CacheType type) {
    if (store("cacheType", static_cast<int>(type)))
        emit changed();
}

void Settings::setThreads(int count) {
    if (store("threads", qBound(0, count, maximumThreads())))
        emit threadsChanged();
}

void Settings::setGuessAhead(bool on) {
    if (store("guessAhead", on))
        emit guessAheadChanged();
}

void Settings::setKeptMemory(int megabytes) {
    if (store("keptMemory", qMax(-1, megabytes)))
        emit statesChanged();
}

void Settings::setKeptDisk(int megabytes) {
    if (store("keptDisk", qMax(-1, megabytes)))
        emit statesChanged();
}

void Settings::setSidebarWidth(double width) {
    if (store("sidebarWidth", width))
        emit layoutChanged();
}

void Settings::setSidebarOpen(bool open) {
    if (store("sidebarOpen", open))
        emit layoutChanged();
}

void Settings::setParametersOpen(bool open) {
    if (store("parametersOpen", open))
        emit layoutChanged();
}

void Settings::setWindowX(int x) {
    if (store("windowX", x))
        emit layoutChanged();
}

void Settings::setWindowY(int y) {
    if (store("windowY", y))
        emit layoutChanged();
}

void Settings::setWindowWidth(int width) {
    if (store("windowWidth", width))
        emit layoutChanged();
}

void Settings::setWindowHeight(int height) {
    if (store("windowHeight", height))
        emit layoutChanged();
}

void Settings::setSendWithEnter(bool on) {
    if (store("sendWithEnter", on))
        emit changed();
}

void Settings::enlargeText() {
    setTextScale(textScale() + kScaleStep);
}

void Settings::shrinkText() {
    setTextScale(textScale() - kScaleStep);
}

void Settings::resetTextScale() {
    setTextScale(1.0);
}

void Settings::setSystemDark(bool dark) {
    if (dark == m_systemDark)
        return;
    m_systemDark = dark;
    emit themeChanged();
}

void Settings::setLastModel(const QString& path) {
    store("lastModel", path);
}

void Settings::setPickedModels(const QStringList& paths) {
    store("pickedModels", paths);
}

void Settings::setDraftModelOf(const QString& model, const QString& draft) {
    QVariantMap all = value("draftModels", {}).toMap();
    if (draft.isEmpty())
        all.remove(model);
    else
        all.insert(model, draft);
    store("draftModels", all);
}

PlanChoices Settings::choicesOf(const QString& model) const {
    return fromVariant(value("modelChoices", {}).toMap().value(model).toMap(),
                       {.context = contextLength(), .cacheType = kvType()});
}

void Settings::setChoicesOf(const QString& model, const PlanChoices& choices) {
    QVariantMap all = value("modelChoices", {}).toMap();
    all.insert(model, toVariant(choices));
    if (store("modelChoices", all))
        emit changed();
}

void Settings::overrideLanguage(const QString& code) {
    m_overrides.insert("language", code);
    emit languageChanged();
}

void Settings::flush() {
    if (!m_dirty)
        return;
    m_dirty = false;
    m_writeTimer.stop();
    emit writeRequested(m_dataFolder + "/settings.ini", m_values);
}

void Settings::onWriteFailed() {
    m_dirty = true;
    if (!m_writeTimer.isActive())
        m_writeTimer.start(kRetryMs);
}

QVariant Settings::value(const char* key, const QVariant& otherwise) const {
    const QString name = QString::fromLatin1(key);
    return m_overrides.value(name, m_values.value(name, otherwise));
}

bool Settings::store(const char* key, const QVariant& value) {
    QVariant& stored = m_values[QString::fromLatin1(key)];
    if (stored == value)
        return false;
    stored = value;
    m_dirty = true;
    m_writeTimer.start(kWriteDelayMs);
    return true;
}

}  // namespace altiplano
