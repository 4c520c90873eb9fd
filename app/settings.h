// What the user chose for the window and the engine: kept in memory, written to an INI file by the storage thread.
#pragma once

#include <QObject>
#include <QTimer>
#include <QVariantMap>
#include <QtQml/qqmlregistration.h>

#include "app/language_list_model.h"
#include "app/plan_choices.h"
#include "engine/engine.h"

namespace altiplano {

/// GUI thread.
class Settings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY themeChanged FINAL)
    Q_PROPERTY(bool systemDark READ systemDark NOTIFY themeChanged FINAL)
    Q_PROPERTY(bool dark READ dark NOTIFY themeChanged FINAL)
    Q_PROPERTY(bool highContrast READ highContrast WRITE setHighContrast NOTIFY changed FINAL)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY changed FINAL)
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged FINAL)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged FINAL)
    Q_PROPERTY(altiplano::LanguageListModel* languages READ languages CONSTANT FINAL)
    Q_PROPERTY(QString modelsFolder READ modelsFolder WRITE setModelsFolder NOTIFY modelsFolderChanged FINAL)
    Q_PROPERTY(int contextLength READ contextLength WRITE setContextLength NOTIFY changed FINAL)
    Q_PROPERTY(CacheType cacheType READ cacheType WRITE setCacheType NOTIFY changed FINAL)
    Q_PROPERTY(int threads READ threads WRITE setThreads NOTIFY threadsChanged FINAL)
    Q_PROPERTY(bool guessAhead READ guessAhead WRITE setGuessAhead NOTIFY guessAheadChanged FINAL)
    Q_PROPERTY(int maximumThreads READ maximumThreads CONSTANT FINAL)
    Q_PROPERTY(int keptMemory READ keptMemory WRITE setKeptMemory NOTIFY statesChanged FINAL)
    Q_PROPERTY(int keptDisk READ keptDisk WRITE setKeptDisk NOTIFY statesChanged FINAL)
    Q_PROPERTY(double sidebarWidth READ sidebarWidth WRITE setSidebarWidth NOTIFY layoutChanged FINAL)
    Q_PROPERTY(bool sidebarOpen READ sidebarOpen WRITE setSidebarOpen NOTIFY layoutChanged FINAL)
    Q_PROPERTY(bool parametersOpen READ parametersOpen WRITE setParametersOpen NOTIFY layoutChanged FINAL)
    Q_PROPERTY(int windowX READ windowX WRITE setWindowX NOTIFY layoutChanged FINAL)
    Q_PROPERTY(int windowY READ windowY WRITE setWindowY NOTIFY layoutChanged FINAL)
    Q_PROPERTY(int windowWidth READ windowWidth WRITE setWindowWidth NOTIFY layoutChanged FINAL)
    Q_PROPERTY(int windowHeight READ windowHeight WRITE setWindowHeight NOTIFY layoutChanged FINAL)
    Q_PROPERTY(QString dataFolder READ dataFolder CONSTANT FINAL)
    Q_PROPERTY(bool sendWithEnter READ sendWithEnter WRITE setSendWithEnter NOTIFY changed FINAL)

public:
    enum Theme { System, Light, Dark };
    Q_ENUM(Theme)
    /// How exactly the keys and values of the context are kept.
    enum CacheType { SixteenBits, EightBits };
    Q_ENUM(CacheType)

    /// Reads DATA/settings.ini; a file that cannot be read gives the defaults.
    Settings(QString dataFolder, QObject* parent);

    Theme theme() const { return static_cast<Theme>(qBound(0, value("theme", 0).toInt(), 2)); }
    bool systemDark() const { return m_systemDark; }
    bool dark() const { return theme() == Dark || (theme() == System && m_systemDark); }
    bool highContrast() const { return value("highContrast", false).toBool(); }
    bool reducedMotion() const { return value("reducedMotion", false).toBool(); }
    double textScale() const { return qBound(kMinimumScale, value("textScale", 1.0).toDouble(), kMaximumScale); }
    QString language() const { return value("language", QString()).toString(); }
    LanguageListModel* languages() { return &m_languages; }
    QString modelsFolder() const { return value("modelsFolder", m_dataFolder + "/models").toString(); }
    int contextLength() const { return qMax(0, value("contextLength", 0).toInt()); }
    CacheType cacheType() const { return static_cast<CacheType>(qBound(0, value("cacheType", 0).toInt(), 1)); }
    int threads() const { return qBound(0, value("threads", 0).toInt(), maximumThreads()); }
    int maximumThreads() const;
    /// Several tokens at once where that saves time.
    bool guessAhead() const { return value("guessAhead", true).toBool(); }
    /// Megabytes for what was computed of conversations that are not shown; -1 = automatic, 0 = none.
    int keptMemory() const { return qMax(-1, value("keptMemory", -1).toInt()); }
    int keptDisk() const { return qMax(-1, value("keptDisk", -1).toInt()); }
    double sidebarWidth() const { return value("sidebarWidth", 260.0).toDouble(); }
    bool sidebarOpen() const { return value("sidebarOpen", true).toBool(); }
    bool parametersOpen() const { return value("parametersOpen", false).toBool(); }
    int windowX() const { return value("windowX", -1).toInt(); }
    int windowY() const { return value("windowY", -1).toInt(); }
    int windowWidth() const { return value("windowWidth", 1180).toInt(); }
    int windowHeight() const { return value("windowHeight", 780).toInt(); }
    QString dataFolder() const { return m_dataFolder; }
    bool sendWithEnter() const { return value("sendWithEnter", true).toBool(); }

    void setTheme(Theme theme);
    void setHighContrast(bool on);
    void setReducedMotion(bool on);
    void setTextScale(double scale);
    void setLanguage(const QString& code);
    void setModelsFolder(const QString& folder);
    void setContextLength(int positions);
    void setCacheType(CacheType type);
    void setThreads(int count);
    void setGuessAhead(bool on);
    void setKeptMemory(int megabytes);
    void setKeptDisk(int megabytes);
    void setSidebarWidth(double width);
    void setSidebarOpen(bool open);
    void setParametersOpen(bool open);
    void setWindowX(int x);
    void setWindowY(int y);
    void setWindowWidth(int width);
    void setWindowHeight(int height);
    void setSendWithEnter(bool on);

    Q_INVOKABLE void enlargeText();
    Q_INVOKABLE void shrinkText();
    Q_INVOKABLE void resetTextScale();

    // For C++ only.
    engine::DType kvType() const { return cacheType() == EightBits ? engine::DType::Q8_0 : engine::DType::F16; }
    void setSystemDark(bool dark);
    QString lastModel() const { return value("lastModel", QString()).toString(); }
    void setLastModel(const QString& path);
    QString newDraft() const { return value("newDraft", QString()).toString(); }
    void setNewDraft(const QString& text) { store("newDraft", text); }
    QStringList pickedModels() const { return value("pickedModels", QStringList()).toStringList(); }
    void setPickedModels(const QStringList& paths);
    /// The model that guesses for this one; empty = none.
    QString draftModelOf(const QString& model) const {
        return value("draftModels", {}).toMap().value(model).toString();
    }
    void setDraftModelOf(const QString& model, const QString& draft);
    /// How this model is to be loaded: its own choices, or for want of them the settings for all.
    PlanChoices choicesOf(const QString& model) const;
    void setChoicesOf(const QString& model, const PlanChoices& choices);
    /// For this run only, e.g. from the command line: not written.
    void overrideLanguage(const QString& code);
    /// Asks for what is not written yet to be written now.
    void flush();

    /// What was asked for was not written; it is tried again after a while.
    void onWriteFailed();

signals:
    void themeChanged();
    void textScaleChanged();
    void languageChanged();
    void modelsFolderChanged();
    void guessAheadChanged();
    void layoutChanged();
    void threadsChanged();
    void statesChanged();
    void changed();
    void writeRequested(const QString& file, const QVariantMap& values);

private:
    static constexpr double kMinimumScale = 0.8;
    static constexpr double kMaximumScale = 3.0;
    QVariant value(const char* key, const QVariant& otherwise) const;
    /// True where it differs from what was there.
    bool store(const char* key, const QVariant& value);

    QString m_dataFolder;
    QVariantMap m_values;
    QVariantMap m_overrides;
    LanguageListModel m_languages;
    bool m_systemDark = false;
    QTimer m_writeTimer;
    bool m_dirty = false;  ///< not all is written
};

}  // namespace altiplano
