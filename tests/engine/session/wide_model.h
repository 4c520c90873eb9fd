// A model file of random weights of one type that 2, 4 and 8 ranks can divide: eight key-value heads, and eight blocks
// of 256 wherever columns are shared out.
#pragma once

#include <array>
#include <filesystem>

#include "engine/device/matrix.h"
#include "tests/engine/weights/gguf_seed.h"

namespace altiplano::engine {

class WideModel {
public:
    static constexpr int kLayers = 3, kDim = 256, kHeads = 32, kKvHeads = 8, kHeadDim = 64, kFfn = 2304, kVocab = 264;
    /// All that GGUF files have.
    static constexpr std::array kTypes = {DType::F32,  DType::F16,  DType::BF16, DType::Q8_0,   DType::Q4_0,
                                          DType::Q4_1, DType::Q5_0, DType::Q5_1, DType::IQ4_NL, DType::Q2_K,
                                          DType::Q3_K, DType::Q4_K, DType::Q5_K, DType::Q6_K,   DType::IQ4_XS};

    explicit WideModel(DType type);
    const std::filesystem::path& path() const { return file_.path(); }

private:
    TemporaryFile file_;
};

}  // namespace altiplano::engine
