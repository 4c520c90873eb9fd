// Does a device compute what the processor computes? Every operation of a layer on this machine, with a model's own
// weights.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/device/cuda_module.h"
#include "engine/device/device_info.h"
#include "engine/device/matrix.h"
#include "engine/weights/weight_source.h"

namespace altiplano::engine {

struct CheckResult {
    std::string operation;  ///< "attention", "product"
    std::string types;      ///< of the weights or of the cache: "Q4_K Q6_K"
    int rows = 0;           ///< tokens at once
    double error = 0;       ///< sqrt(sum((a - b)^2) / sum(b^2)), b being the processor's; not a number where a is not
    double bound = 0;

    bool passed() const noexcept { return error <= bound; }  // false for what is no number
};

/// Runs every operation on the device and on the processor with the same random numbers: one layer for each
/// combination of weight types that the model has, 1 to 16 tokens as when text is written and more as for a prompt,
/// caches of every type. convert_to as in LoadOptions. on_result is told each as it comes. Throws Error.
void check_operations(const WeightSource& source, std::optional<DType> convert_to, const DeviceInfo& device,
                      const std::shared_ptr<const CudaModule>& cuda, int threads,
                      const std::function<void(const CheckResult&)>& on_result);

/// What rounding may cost in one product of so many rows with such weights. Up to kLogitRows rows activations keep 15
/// bits, for larger ones tensor cores take BF16 (8 bits), or E4M3 (4 bits) beside such weights.
double product_bound(DType type, int rows);

/// sqrt(sum((a - b)^2) / sum(b^2)) of as many numbers.
double relative_error(std::span<const float> a, std::span<const float> b);

}  // namespace altiplano::engine
