// What is known of a model file on disk: the value that the inspection thread sends to the models page.
#pragma once

#include <QString>
#include <optional>

#include "app/engine_types.h"
#include "app/plan_report.h"

namespace altiplano {

struct ModelFile {
    QString path;
    QString name;
    QString typeLabel;
    qint64 fileBytes = 0;
    std::vector<WeightType> weightTypes{};  ///< with cards
    qint64 parameterCount = 0;
    int contextLength = 0;
    qint64 cacheNumbersPerPosition = 0;
    QString chatFormatNote;
    std::optional<EngineFailure> failure;  ///< it cannot be used
};

}  // namespace altiplano
