// The parameters of a conversation: what there is, its ranges and defaults, and JSON of the values.
#pragma once

#include <QHash>
#include <QString>
#include <array>
#include <string>

#include "engine/model/generate.h"

namespace altiplano {

enum class ParameterKey {
    Temperature,
    TopP,
    TopK,
    MinP,
    RepetitionPenalty,
    FrequencyPenalty,
    PresencePenalty,
    PenaltyWindow,
    Seed,
    MaxTokens,
};
inline constexpr int kParameterCount = 10;

/// The fixed facts of a parameter; its words are ParameterListModel's.
struct ParameterFacts {
    ParameterKey key;
    const char* name;  ///< in JSON and QML
    double defaultValue;
    double minimum;
    double maximum;
    double step;
    int decimals;
    bool hasSpecial;  ///< one value has a meaning of its own
    double special;
};

const std::array<ParameterFacts, kParameterCount>& parameterFacts();

/// A value: what one conversation asks of the sampler. Values are always within their range.
class ChatParameters {
public:
    ChatParameters();

    double value(ParameterKey key) const { return m_values[static_cast<std::size_t>(key)]; }
    /// Clamped and rounded to the parameter's decimals.
    void setValue(ParameterKey key, double value);
    bool isDefault(ParameterKey key) const;
    const QString& stopStrings() const { return m_stopStrings; }
    void setStopStrings(const QString& lines) { m_stopStrings = lines; }
    bool operator==(const ChatParameters&) const = default;

    /// Only what differs from the defaults; empty where nothing does.
    std::string toJson() const;
    /// Unknown names are ignored, values out of range are clamped, text that is no JSON gives the defaults.
    static ChatParameters fromJson(const std::string& json);
    /// Every value as it is used, the seed included: what is stored with an answer.
    std::string toExactJson(quint64 seed) const;
    /// The given seed, or a random one where none was given.
    quint64 chooseSeed() const;
    engine::GenerateOptions toOptions(quint64 seed) const;
    static engine::GenerateOptions optionsFromExactJson(const std::string& json);

private:
    std::array<double, kParameterCount> m_values;
    QString m_stopStrings;
};

}  // namespace altiplano
