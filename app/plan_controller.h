// The plan before the load: what of a model goes where, whether it fits, and what can be chosen about it.
#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <optional>

#include "app/plan_device_list_model.h"

namespace altiplano {

class EngineController;
class Settings;

/// GUI thread. The work is PlanWorker's. Choices are kept for each model and hold from its next load.
class PlanController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Application")
    Q_PROPERTY(QString path READ path NOTIFY pathChanged FINAL)
    Q_PROPERTY(bool known READ known NOTIFY changed FINAL)
    Q_PROPERTY(bool fits READ fits NOTIFY changed FINAL)
    Q_PROPERTY(QString verdict READ verdict NOTIFY changed FINAL)
    Q_PROPERTY(QString note READ note NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
    Q_PROPERTY(altiplano::PlanDeviceListModel* devices READ devices CONSTANT FINAL)
    Q_PROPERTY(QStringList partSizes READ partSizes NOTIFY changed FINAL)
    Q_PROPERTY(QStringList contexts READ contexts NOTIFY changed FINAL)
    Q_PROPERTY(int contextIndex READ contextIndex WRITE setContextIndex NOTIFY changed FINAL)
    Q_PROPERTY(QStringList cacheTypes READ cacheTypes NOTIFY changed FINAL)
    Q_PROPERTY(int cacheTypeIndex READ cacheTypeIndex WRITE setCacheTypeIndex NOTIFY changed FINAL)
    Q_PROPERTY(QStringList weightTypes READ weightTypes NOTIFY changed FINAL)
    Q_PROPERTY(int weightTypeIndex READ weightTypeIndex WRITE setWeightTypeIndex NOTIFY changed FINAL)
    Q_PROPERTY(QString conversionCost READ conversionCost NOTIFY changed FINAL)
    Q_PROPERTY(bool splittable READ splittable NOTIFY changed FINAL)
    Q_PROPERTY(int splitIndex READ splitIndex WRITE setSplitIndex NOTIFY changed FINAL)
    Q_PROPERTY(QStringList changes READ changes NOTIFY changed FINAL)
    Q_PROPERTY(QString wishes READ wishes NOTIFY changed FINAL)
    Q_PROPERTY(bool loaded READ loaded NOTIFY changed FINAL)
    Q_PROPERTY(QString cards READ cards NOTIFY cardsChanged FINAL)
    Q_PROPERTY(bool withoutCards READ withoutCards NOTIFY cardsChanged FINAL)

public:
    PlanController(Settings& settings, EngineController& engine, QObject* parent);

    /// The model whose plan is on show; empty: none.
    QString path() const { return m_shown ? m_path : QString(); }
    /// Whether there is a plan to show already.
    bool known() const { return m_report && m_report->plan; }
    bool fits() const { return m_report && m_report->fits(); }
    /// A plan is being made. C++ only: what is shown meanwhile stays.
    bool working() const { return m_asking; }
    QString verdict() const;
    /// What else there is to say of the plan, and of the model in memory where this is its plan.
    QString note() const;
    /// Why there can be no plan.
    QString error() const;
    PlanDeviceListModel* devices() { return &m_devices; }
    /// Of all devices of the plan: weights, context, scratch, libraries, in use by others, free.
    QStringList partSizes() const;
    /// From short to all that the model can, and what was chosen.
    QStringList contexts() const;
    int contextIndex() const;
    QStringList cacheTypes() const;
    int cacheTypeIndex() const;
    /// As they are first; alone where nothing can be converted.
    QStringList weightTypes() const;
    int weightTypeIndex() const;
    /// What one gains and loses with another type of weights.
    QString conversionCost() const;
    /// Two cards or more are chosen.
    bool splittable() const;
    int splitIndex() const { return static_cast<int>(m_choices.split); }
    /// What would make it fit, each a button; and what no click can do.
    QStringList changes() const { return changeTexts(true); }
    QString wishes() const { return changeTexts(false).join(QStringLiteral("; ")); }
    /// The model is in memory, loaded with these very choices.
    bool loaded() const;
    /// The cards, or why there are none.
    QString cards() const;
    bool withoutCards() const { return m_cards && m_cards->cards.empty(); }

    void setContextIndex(int index);
    void setCacheTypeIndex(int index);
    void setWeightTypeIndex(int index);
    void setSplitIndex(int index);
    Q_INVOKABLE void chooseDevice(int row, bool on);
    Q_INVOKABLE void applyChange(int index);

    Q_INVOKABLE void open(const QString& path);
    Q_INVOKABLE void close();
    /// Loads the model where it fits; where it does not, its plan is shown.
    Q_INVOKABLE void loadIfItFits(const QString& path);
    /// Loads the model on show, whatever the plan says: programs that are closed meanwhile make room.
    Q_INVOKABLE void load();

    void retranslate();

public slots:
    void onPlanned(const altiplano::PlanReport& report);
    void onDevicesFound(const altiplano::ComputeDevices& devices);

signals:
    void pathChanged();
    void changed();
    void cardsChanged();
    void planRequested(const altiplano::PlanRequest& request);

private:
    void turnTo(const QString& path, bool shown);
    void ask();
    void choose(const PlanChoices& choices);
    void show(const std::optional<PlanReport>& report);
    void onEngineChanged();
    std::vector<int> contextTokens() const;
    std::vector<engine::DType> offeredTypes() const;
    QStringList changeTexts(bool applicable) const;

    Settings& m_settings;
    EngineController& m_engine;
    PlanDeviceListModel m_devices;
    QTimer m_patience;  ///< a driver or a disk that does not answer keeps nobody from loading
    QTimer m_again;     ///< other programs come and go while a plan is on show
    QString m_path;
    bool m_shown = false;
    bool m_loadIfItFits = false;
    bool m_failureShown = false;  ///< a load ran out of memory, and its plan was opened
    PlanChoices m_choices;
    std::optional<PlanReport> m_report;
    std::optional<ComputeDevices> m_cards;
    quint64 m_ticket = 0;
    bool m_asking = false;    ///< one plan at a time is made
    bool m_askAgain = false;  ///< something changed meanwhile
};

}  // namespace altiplano
