#include "app/plan_controller.h"

#include <algorithm>

#include "app/engine_controller.h"
#include "app/error_text.h"
#include "app/plan_text.h"
#include "app/settings.h"

namespace altiplano {

namespace {

constexpr int kAgainMs = 3000;
constexpr int kPatienceMs = 4000;
constexpr int kShortestContext = 2048;
constexpr engine::DType kFP8 = engine::DType::F8_E4M3;

}  // namespace

PlanController::PlanController(Settings& settings, EngineController& engine, QObject* parent)
    : QObject(parent), m_settings(settings), m_engine(engine), m_devices(this) {
    m_again.setInterval(kAgainMs);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (!m_asking)
            ask();
    });
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (std::exchange(m_loadIfItFits, false))
            m_engine.load(m_path);
    });
    connect(&m_engine, &EngineController::stateChanged, this, &PlanController::onEngineChanged);
}

QString PlanController::verdict() const {
    return known() ? verdictText(*m_report) : QString();
}

QString PlanController::note() const {
    if (!known())
        return {};
    QStringList sentences{planNoteText(*m_report)};
    if (loaded())
        for (const QString& note : m_engine.model()->notes)
            sentences += loadNoteText(note);
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

QString PlanController::error() const {
    return m_report && m_report->failure ? modelErrorText(*m_report->failure, m_path) : QString();
}

QStringList PlanController::partSizes() const {
    if (!known())
        return {};
    const engine::MemoryNeeds needs = m_report->plan->needs();
    qint64 others = 0, free = 0;
    for (const engine::Stage& stage : m_report->plan->stages)
        for (const engine::RankPlacement& rank : stage.ranks) {
            others += rank.device.in_use_bytes;
            free += std::max<qint64>(0, rank.free_bytes());
        }
    QStringList sizes;
    for (const qint64 bytes :
         {qint64{needs.weights}, qint64{needs.kv_cache}, qint64{needs.scratch}, qint64{needs.libraries}, others, free})
        sizes += memorySizeText(bytes);
    return sizes;
}

// What can be chosen

std::vector<int> PlanController::contextTokens() const {
    std::vector<int> tokens;
    if (!known())
        return tokens;
    for (int step = kShortestContext; step < m_report->modelContext; step *= 2)
        tokens.push_back(step);
    for (const int more : {m_report->modelContext, m_report->choices.context})
        if (std::find(tokens.begin(), tokens.end(), more) == tokens.end())
            tokens.push_back(more);
    std::sort(tokens.begin(), tokens.end());
    return tokens;
}

QStringList PlanController::contexts() const {
    QStringList texts;
    for (const int tokens : contextTokens())
        texts += tr("%1 tokens").arg(contextText(tokens));
    return texts;
}

int PlanController::contextIndex() const {
    const std::vector<int> tokens = contextTokens();
    const auto now = known() ? std::find(tokens.begin(), tokens.end(), m_report->choices.context) : tokens.end();
    return now == tokens.end() ? -1 : static_cast<int>(now - tokens.begin());
}

void PlanController::setContextIndex(int index) {
    const std::vector<int> tokens = contextTokens();
    if (index < 0 || index >= static_cast<int>(tokens.size()))
        return;
    PlanChoices choices = m_choices;
    choices.context = tokens[static_cast<std::size_t>(index)];
    choose(choices);
}

std::vector<engine::DType> PlanController::offeredTypes() const {
    std::vector<engine::DType> types{engine::DType::F16, engine::DType::Q8_0};
    if (known() && chosenDevices(m_report->devices, m_report->choices).front().kind == engine::DeviceKind::Gpu)
        types.push_back(kFP8);
    return types;
}

QStringList PlanController::cacheTypes() const {
    QStringList texts;
    for (const engine::DType type : offeredTypes())
        texts += cacheTypeText(type);
    return texts;
}

int PlanController::cacheTypeIndex() const {
    const std::vector<engine::DType> types = offeredTypes();
    const auto now = known() ? std::find(types.begin(), types.end(), m_report->choices.cacheType) : types.end();
    return now == types.end() ? -1 : static_cast<int>(now - types.begin());
}

void PlanController::setCacheTypeIndex(int index) {
    const std::vector<engine::DType> types = offeredTypes();
    if (index < 0 || index >= static_cast<int>(types.size()))
        return;
    PlanChoices choices = m_choices;
    choices.cacheType = types[static_cast<std::size_t>(index)];
    choose(choices);
}

QStringList PlanController::weightTypes() const {
    QStringList texts;
    if (known())
        for (const WeightType& type : m_report->weightTypes)
            texts += weightTypeText(type);
    return texts;
}

int PlanController::weightTypeIndex() const {
    if (!known())
        return -1;
    const std::vector<WeightType>& types = m_report->weightTypes;
    const auto now = std::find_if(types.begin(), types.end(), [this](const WeightType& type) {
        return type.convertTo == m_report->choices.weights;
    });
    return static_cast<int>(now - types.begin());  // what takes effect is among them
}

QString PlanController::conversionCost() const {
    const bool hasFP8 = known() && std::any_of(m_report->weightTypes.begin(), m_report->weightTypes.end(),
                                               [](const WeightType& type) { return type.convertTo == kFP8; });
    return hasFP8 ? tr("Converted while loading, they need less memory and change answers a little, FP8 more than "
                       "Q8_0. The file stays as it is.")
                  : tr("Converted while loading, they need less memory and change answers a little. The file stays as "
                       "it is.");
}

void PlanController::setWeightTypeIndex(int index) {
    if (!known() || index < 0 || index >= static_cast<int>(m_report->weightTypes.size()))
        return;
    PlanChoices choices = m_choices;
    choices.weights = m_report->weightTypes[static_cast<std::size_t>(index)].convertTo;
    choose(choices);
}

bool PlanController::splittable() const {
    if (!known())
        return false;
    const std::vector<engine::DeviceInfo> chosen = chosenDevices(m_report->devices, m_report->choices);
    return std::count_if(chosen.begin(), chosen.end(),
                         [](const engine::DeviceInfo& device) { return device.kind == engine::DeviceKind::Gpu; }) > 1;
}

void PlanController::setSplitIndex(int index) {
    PlanChoices choices = m_choices;
    choices.split = static_cast<engine::Split>(std::clamp(index, 0, 2));
    choose(choices);
}

void PlanController::chooseDevice(int row, bool on) {
    if (row < 0 || row >= m_devices.rowCount())
        return;
    const engine::DeviceInfo& device = m_devices.device(row);
    PlanChoices choices = m_choices;
    if (device.kind == engine::DeviceKind::Cpu) {
        choices.besideCpu = on;
    } else {
        choices.leftOut.removeAll(device.index);
        if (!on)
            choices.leftOut += device.index;
    }
    choose(choices);
}

QStringList PlanController::changeTexts(bool applicable) const {
    QStringList texts;
    if (known())
        for (const engine::PlacementChange& change : m_report->changes)
            if (canApply(*m_report, change) == applicable)
                texts += changeText(*m_report, change);
    return texts;
}

void PlanController::applyChange(int index) {
    if (!known())
        return;
    for (const engine::PlacementChange& change : m_report->changes)
        if (canApply(*m_report, change) && index-- == 0)
            return choose(altiplano::changed(m_choices, change));
}

void PlanController::choose(const PlanChoices& choices) {
    if (choices == m_choices || m_path.isEmpty())
        return;
    m_choices = choices;
    m_settings.setChoicesOf(m_path, choices);
    ask();
    emit changed();
}

// Which model, and its load

void PlanController::open(const QString& path) {
    turnTo(path, true);
}

void PlanController::close() {
    turnTo({}, false);
}

void PlanController::loadIfItFits(const QString& path) {
    turnTo(path, m_shown && path == m_path);
    m_loadIfItFits = true;
    m_patience.start();
}

void PlanController::load() {
    if (!m_path.isEmpty())
        m_engine.load(m_path);
}

bool PlanController::loaded() const {
    if (!known() || m_engine.state() != EngineController::Ready || m_engine.modelPath() != m_path)
        return false;
    PlanChoices now = m_report->choices, then = m_engine.choices();
    then.context = m_engine.model()->context;
    now.cacheType = m_choices.cacheType;
    now.weights = m_choices.weights;
    return now == then;
}

void PlanController::turnTo(const QString& path, bool shown) {
    m_loadIfItFits = false;
    m_shown = shown;
    if (path != m_path)
        show(std::nullopt);
    m_path = path;
    m_choices = m_settings.choicesOf(path);
    if (shown)
        m_again.start();
    else
        m_again.stop();
    if (!path.isEmpty())
        ask();
    emit pathChanged();
    emit changed();
}

void PlanController::ask() {
    m_askAgain = m_asking;
    if (m_asking)
        return;
    m_asking = true;
    PlanRequest request{.ticket = ++m_ticket, .path = m_path, .choices = m_choices};
    if (m_engine.model())
        request.own = m_engine.model()->uses;
    emit planRequested(request);
}

void PlanController::onPlanned(const PlanReport& report) {
    m_asking = false;
    onDevicesFound(report.devices);
    if (m_askAgain || report.path != m_path) {
        if (!m_path.isEmpty())
            ask();
        return;
    }
    show(report);
    if (std::exchange(m_loadIfItFits, false)) {
        if (report.failure || report.fits())
            m_engine.load(m_path);  // what cannot be planned is the engine's to explain
        else
            turnTo(m_path, true);
    }
}

void PlanController::show(const std::optional<PlanReport>& report) {
    m_report = report;
    const bool isLoaded = loaded();
    m_devices.setReport(m_report, isLoaded ? m_engine.model()->uses : std::vector<DeviceUse>());
    emit changed();
}

void PlanController::onEngineChanged() {
    const EngineFailure* failure = m_engine.failure();
    const bool outOfMemory = failure && failure->kind == engine::ErrorKind::OutOfMemory;
    if (outOfMemory && !m_failureShown)
        open(m_engine.modelPath());
    else if (m_shown && m_engine.state() != EngineController::Loading)
        ask();
    m_failureShown = outOfMemory;
    emit changed();
}

// The cards

void PlanController::onDevicesFound(const ComputeDevices& devices) {
    m_cards = devices;
    emit cardsChanged();
}

QString PlanController::cards() const {
    return m_cards ? cardsText(*m_cards) : QString();
}

void PlanController::retranslate() {
    m_devices.retranslate();
    emit cardsChanged();
    emit changed();
}

}  // namespace altiplano
