// The type and shape of every weight of a model: all that a plan needs to know, from a file or from a config alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "engine/model/config.h"
#include "engine/weights/weight_shape.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

class WeightTable {
public:
    explicit WeightTable(const WeightSource& source);
    /// Without weights at hand: type_of says how each one is stored; nothing for a weight that is not there, such as
    /// the output where it is tied to the embedding. Vectors are plain, F32 where type_of says a block type. An F8_E4M3
    /// matrix has row scales.
    WeightTable(const ModelConfig& config, const std::function<std::optional<DType>(WeightId)>& type_of);

    const ModelConfig& config() const noexcept { return config_; }
    const std::optional<WeightInfo>& find(WeightId id) const;
    std::int64_t parameter_count() const;
    /// Of the weights as they are stored.
    std::int64_t stored_bytes() const;
    /// Whether there is a matrix of plain numbers that converted() would make smaller.
    bool can_shrink(DType type) const;

    /// As it is once F32, F16 and BF16 matrices were converted while loading: to F8_E4M3 those of the layers, to
    /// another type the embedding and output too. What the file has in parts stays in parts where ranks take them,
    /// but for Q8_0. Throws Error(BadArgument) for a type that is not converted to.
    WeightTable converted(DType type) const;

private:
    WeightTable() = default;
    template <typename Change>
    void for_each(const Change& change);
    std::optional<WeightInfo>& slot(WeightId id);

    ModelConfig config_;
    std::vector<std::optional<WeightInfo>> once_;    ///< by Weight
    std::vector<std::optional<WeightInfo>> layers_;  ///< [layer][Weight]
};

/// Bytes of such a weight: its rows, and their scales; where it has parts, of those.
std::int64_t stored_bytes(const WeightInfo& info);

}  // namespace altiplano::engine
