// From a weight type that is known when the program runs to one that a kernel is compiled for.
#pragma once

#include "engine/device/matrix.h"

namespace altiplano::engine::cuda {

template <DType type>
struct TypeConstant {
    static constexpr DType kType = type;
};

/// Calls with the TypeConstant of the type.
template <typename Call>
void with_type(DType type, const Call& call) {
    switch (type) {
        case DType::F32:
            return call(TypeConstant<DType::F32>());
        case DType::F16:
            return call(TypeConstant<DType::F16>());
        case DType::BF16:
            return call(TypeConstant<DType::BF16>());
        case DType::Q8_0:
            return call(TypeConstant<DType::Q8_0>());
        case DType::Q4_0:
            return call(TypeConstant<DType::Q4_0>());
        case DType::Q4_1:
            return call(TypeConstant<DType::Q4_1>());
        case DType::Q5_0:
            return call(TypeConstant<DType::Q5_0>());
        case DType::Q5_1:
            return call(TypeConstant<DType::Q5_1>());
        case DType::IQ4_NL:
            return call(TypeConstant<DType::IQ4_NL>());
        case DType::Q2_K:
            return call(TypeConstant<DType::Q2_K>());
        case DType::Q3_K:
            return call(TypeConstant<DType::Q3_K>());
        case DType::Q4_K:
            return call(TypeConstant<DType::Q4_K>());
        case DType::Q5_K:
            return call(TypeConstant<DType::Q5_K>());
        case DType::Q6_K:
            return call(TypeConstant<DType::Q6_K>());
        case DType::IQ4_XS:
            return call(TypeConstant<DType::IQ4_XS>());
        case DType::F8_E4M3:
            return call(TypeConstant<DType::F8_E4M3>());
    }
}

}  // namespace altiplano::engine::cuda
