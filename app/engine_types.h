// What crosses between the GUI thread and the engine thread: values only, and one std::stop_token.
#pragma once

#include <QMetaType>
#include <QString>
#include <QStringList>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/plan_choices.h"
#include "engine/engine.h"

namespace altiplano {

struct LoadRequest {
    quint64 ticket = 0;
    QString path;
    PlanChoices choices{};
    int threads = 0;         ///< 0 = the physical cores
    bool automatic = false;  ///< asked for by the program at its start, not by the user
    QString draftPath{};     ///< of the model that guesses for it; empty = none
};

/// What the model in memory holds on one device.
struct DeviceUse {
    engine::DeviceKind kind = engine::DeviceKind::Cpu;
    int index = 0;
    qint64 weights = 0;
    qint64 cache = 0;
    qint64 other = 0;  ///< scratch and libraries; 0 where nobody counts them

    qint64 total() const { return weights + cache + other; }
};

/// The model in memory, as the window and the provenance of answers tell of it.
struct LoadedModel {
    QString path;
    QString name;           ///< as the file calls itself
    QString typeLabel;      ///< "Q4_K_M"
    QString fingerprint;    ///< the same file, the same text
    QString convertedTo{};  ///< "FP8" where the weights were converted to that while loading
    QString placement;      ///< "cpu, 8 threads"
    QStringList notes{};    ///< English, from the engine: what is not as it could be
    QString chatFormatNote;
    qint64 weightBytes = 0;
    qint64 cacheBytes = 0;
    std::vector<DeviceUse> uses{};  ///< the same, by device
    int context = 0;
};

struct EngineFailure {
    engine::ErrorKind kind = engine::ErrorKind::Io;
    QString message{};     ///< English, from the engine
    int neededTokens = 0;  ///< for PromptTooLong
    int contextTokens = 0;
};

/// How a load ended: a model, a failure, or neither where it was cancelled.
struct LoadEnd {
    quint64 ticket = 0;
    std::optional<LoadedModel> model;
    std::optional<EngineFailure> failure;
    bool skippedAfterCrash = false;               ///< automatic, and the program ended while loading this the last time
    std::optional<EngineFailure> draftFailure{};  ///< the model is there, the one that was to guess for it is not
};

struct GenerationRequest {
    quint64 run = 0;  ///< names this generation; a continued answer gets a new one
    qint64 conversationId = 0;
    std::vector<engine::ChatMessage> messages;
    engine::GenerateOptions options;
    bool guessAhead = true;  ///< several tokens at once where that saves time; the text is the same
};

/// Text of at most one frame and the figures so far.
struct GeneratedText {
    quint64 run = 0;
    QString text;
    int tokens = 0;       ///< pieces of text so far, nearly the tokens
    int contextUsed = 0;  ///< positions of the context in use
    double seconds = 0;   ///< since the first text
};

struct GenerationEnd {
    quint64 run = 0;
    engine::Generation figures;
    std::optional<EngineFailure> failure;
};

}  // namespace altiplano

Q_DECLARE_METATYPE(std::stop_token)
