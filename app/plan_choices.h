// What the user chose for the load of one model: context, its precision, the weights', which cards, how layers are
// split.
#pragma once

#include <QList>
#include <QVariantMap>
#include <optional>

#include "engine/engine.h"

namespace altiplano {

struct PlanChoices {
    int context = 0;  ///< tokens; 0 = automatic
    engine::DType cacheType = engine::DType::F16;
    std::optional<engine::DType> weights{};  ///< plain ones are converted to it while loading; none: as they are
    engine::Split split = engine::Split::Auto;
    QList<int> leftOut{};    ///< indices of the cards that are not to be used
    bool besideCpu = false;  ///< the processor gets the layers that the cards cannot hold

    bool operator==(const PlanChoices&) const = default;
};

/// What automatic means for a model of this context.
int automaticContext(int modelContext);

QVariantMap toVariant(const PlanChoices& choices);
/// What the map does not say, or says in words that are not known, is as in otherwise.
PlanChoices fromVariant(const QVariantMap& map, const PlanChoices& otherwise);

}  // namespace altiplano
