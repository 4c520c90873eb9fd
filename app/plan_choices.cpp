#include "app/plan_choices.h"

#include <algorithm>
#include <array>

namespace altiplano {

namespace {

constexpr int kAutomaticContext = 8192;
constexpr std::array kCacheTypes = {engine::DType::F16, engine::DType::Q8_0, engine::DType::F8_E4M3,
                                    engine::DType::F32};
constexpr std::array kWeightTypes = {engine::DType::BF16, engine::DType::Q8_0, engine::DType::F8_E4M3};
constexpr std::array<const char*, 3> kSplits = {"auto", "tensor", "layers"};

QString nameOf(engine::DType type) {
    const std::string_view name = engine::name(type);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

}  // namespace

int automaticContext(int modelContext) {
    return std::min(kAutomaticContext, modelContext);
}

QVariantMap toVariant(const PlanChoices& choices) {
    QVariantList leftOut;
    for (const int index : choices.leftOut)
        leftOut += index;
    return {{"context", choices.context},
            {"cache", nameOf(choices.cacheType)},
            {"weights", choices.weights ? nameOf(*choices.weights) : QString()},
            {"split", kSplits.at(static_cast<std::size_t>(choices.split))},
            {"leftOut", leftOut},
            {"besideCpu", choices.besideCpu}};
}

PlanChoices fromVariant(const QVariantMap& map, const PlanChoices& otherwise) {
    PlanChoices choices = otherwise;
    choices.context = std::max(0, map.value("context", otherwise.context).toInt());
    for (const engine::DType type : kCacheTypes)
        if (map.value("cache").toString() == nameOf(type))
            choices.cacheType = type;
    if (map.contains("weights"))
        choices.weights.reset();
    for (const engine::DType type : kWeightTypes)
        if (map.value("weights").toString() == nameOf(type))
            choices.weights = type;
    for (std::size_t i = 0; i < kSplits.size(); ++i)
        if (map.value("split").toString() == QLatin1String(kSplits[i]))
            choices.split = static_cast<engine::Split>(i);
    if (map.contains("leftOut"))
        choices.leftOut.clear();
    for (const QVariant& index : map.value("leftOut").toList())
        choices.leftOut += index.toInt();
    choices.besideCpu = map.value("besideCpu", otherwise.besideCpu).toBool();
    return choices;
}

}  // namespace altiplano
