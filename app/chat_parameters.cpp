#include "app/chat_parameters.h"

#include <QRandomGenerator>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace altiplano {

namespace {

using Json = nlohmann::json;

constexpr const char* kStopStrings = "stop_strings";
constexpr double kLargestSeed = 4294967295.0;  // short enough to be typed again

const ParameterFacts& facts(ParameterKey key) {
    return parameterFacts()[static_cast<std::size_t>(key)];
}

std::vector<std::string> linesOf(const QString& text) {
    std::vector<std::string> lines;
    for (const QString& line : text.split('\n'))
        if (!line.isEmpty())
            lines.push_back(line.toStdString());
    return lines;
}

Json numberOf(const ParameterFacts& fact, double value) {
    return fact.decimals == 0 ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

double numberIn(const Json& object, const char* name, double otherwise) {
    const auto found = object.find(name);
    return found != object.end() && found->is_number() ? found->get<double>() : otherwise;
}

}  // namespace

const std::array<ParameterFacts, kParameterCount>& parameterFacts() {
    static const std::array<ParameterFacts, kParameterCount> kFacts{{
        {ParameterKey::Temperature, "temperature", 0.6, 0, 2, 0.05, 2, true, 0},
        {ParameterKey::TopP, "top_p", 0.9, 0.01, 1, 0.01, 2, true, 1},
        {ParameterKey::TopK, "top_k", 0, 0, 200, 1, 0, true, 0},
        {ParameterKey::MinP, "min_p", 0, 0, 1, 0.01, 2, true, 0},
        {ParameterKey::RepetitionPenalty, "repetition_penalty", 1, 0.5, 2, 0.01, 2, true, 1},
        {ParameterKey::FrequencyPenalty, "frequency_penalty", 0, -2, 2, 0.05, 2, true, 0},
        {ParameterKey::PresencePenalty, "presence_penalty", 0, -2, 2, 0.05, 2, true, 0},
        {ParameterKey::PenaltyWindow, "penalty_window", 256, 0, 4096, 16, 0, false, 0},
        {ParameterKey::Seed, "seed", 0, 0, kLargestSeed, 1, 0, true, 0},
        {ParameterKey::MaxTokens, "max_tokens", 0, 0, 131072, 64, 0, true, 0},
    }};
    return kFacts;
}

ChatParameters::ChatParameters() {
    for (const ParameterFacts& fact : parameterFacts())
        m_values[static_cast<std::size_t>(fact.key)] = fact.defaultValue;
}

void ChatParameters::setValue(ParameterKey key, double value) {
    const ParameterFacts& fact = facts(key);
    if (!std::isfinite(value))
        return;
    const double scale = std::pow(10.0, fact.decimals);
    const double rounded = std::round(value * scale) / scale;
    m_values[static_cast<std::size_t>(key)] = std::clamp(rounded, fact.minimum, fact.maximum);
}

bool ChatParameters::isDefault(ParameterKey key) const {
    return value(key) == facts(key).defaultValue;
}

std::string ChatParameters::toJson() const {
    Json object = Json::object();
    for (const ParameterFacts& fact : parameterFacts())
        if (!isDefault(fact.key))
            object[fact.name] = numberOf(fact, value(fact.key));
    if (!m_stopStrings.isEmpty())
        object[kStopStrings] = linesOf(m_stopStrings);
    return object.empty() ? std::string() : object.dump();
}

ChatParameters ChatParameters::fromJson(const std::string& json) {
    ChatParameters parameters;
    const Json object = Json::parse(json, nullptr, false);
    if (!object.is_object())
        return parameters;
    for (const ParameterFacts& fact : parameterFacts())
        parameters.setValue(fact.key, numberIn(object, fact.name, fact.defaultValue));
    QStringList lines;
    if (const auto stops = object.find(kStopStrings); stops != object.end() && stops->is_array())
        for (const Json& line : *stops)
            if (line.is_string())
                lines += QString::fromStdString(line.get<std::string>());
    parameters.setStopStrings(lines.join('\n'));
    return parameters;
}

std::string ChatParameters::toExactJson(quint64 seed) const {
    Json object = Json::object();
    for (const ParameterFacts& fact : parameterFacts())
        object[fact.name] = numberOf(fact, value(fact.key));
    object["seed"] = seed;
    object[kStopStrings] = linesOf(m_stopStrings);
    return object.dump();
}

quint64 ChatParameters::chooseSeed() const {
    const double given = value(ParameterKey::Seed);
    if (given > 0)
        return static_cast<quint64>(given);
    return QRandomGenerator::system()->bounded(1U, std::numeric_limits<quint32>::max());
}

engine::GenerateOptions ChatParameters::toOptions(quint64 seed) const {
    const auto number = [this](ParameterKey key) { return static_cast<float>(value(key)); };
    const auto count = [this](ParameterKey key) { return static_cast<int>(value(key)); };
    engine::GenerateOptions options;
    options.sampling.temperature = number(ParameterKey::Temperature);
    options.sampling.top_p = number(ParameterKey::TopP);
    options.sampling.top_k = count(ParameterKey::TopK);
    options.sampling.min_p = number(ParameterKey::MinP);
    options.sampling.repetition_penalty = number(ParameterKey::RepetitionPenalty);
    options.sampling.frequency_penalty = number(ParameterKey::FrequencyPenalty);
    options.sampling.presence_penalty = number(ParameterKey::PresencePenalty);
    options.sampling.penalty_window = count(ParameterKey::PenaltyWindow);
    options.sampling.seed = seed;
    options.max_tokens = count(ParameterKey::MaxTokens);
    options.stop_strings = linesOf(m_stopStrings);
    return options;
}

engine::GenerateOptions ChatParameters::optionsFromExactJson(const std::string& json) {
    const ChatParameters parameters = fromJson(json);
    return parameters.toOptions(static_cast<quint64>(parameters.value(ParameterKey::Seed)));
}

}  // namespace altiplano
