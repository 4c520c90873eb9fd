// The rows that a product multiplies with, in shared memory: normalised where asked, rounded to 16 bits in two bytes
// for block types, floats for plain ones; a chunk of columns at a time. Every thread of the block takes part.
#pragma once

#include "engine/kernels/cuda/numbers.cuh"
#include "engine/kernels/cuda/product_task.h"
#include "engine/kernels/cuda/unpack.cuh"

namespace altiplano::engine::cuda {

/// Fixed, as the order of every sum over a block depends on it: eight warps are enough for the loads, and three blocks
/// of them fit on a multiprocessor.
inline constexpr int kProductThreads = 256;
inline constexpr int kProductWarps = kProductThreads / kWarpLanes;
/// Columns that lie in shared memory at once: sums are rounded at its end, so it is the same for every n and card.
inline constexpr int kChunk = 4096;
inline constexpr int kChunkUnits = kChunk / kUnitValues;
/// Values that a thread fills at once.
inline constexpr int kFill = 8;

/// One row's chunk for block types: x = scale * (256 * high + low), a scale for each unit. Halves of units lie apart,
/// so that the loads of neighbouring lanes meet different banks.
struct ByteActivations {
    int4 high[2][kChunkUnits];  ///< of values 0..15 and 16..31 of each unit
    int4 low[2][kChunkUnits];
    float scale[kChunkUnits];
    int2 sums[kChunkUnits];  ///< of 256 * high + low in both halves of each unit

    /// Takes kFill values of column on; four neighbouring lanes have a unit. What is not finite makes the scale NaN.
    __device__ __forceinline__ void fill(int column, const float (&values)[kFill], bool valid) {
        constexpr float kMost = 32512.0F;  // 127 * 256
        constexpr float kTiny = 1e-30F;    // below, kMost / largest is not finite; such values count as zero
        std::uint32_t largest = 0;
#pragma unroll
        for (const float value : values) {
            largest = max(largest, __float_as_uint(value) & 0x7FFFFFFFU);
        }
        largest = max(largest, __shfl_xor_sync(kWholeWarp, largest, 1));
        largest = max(largest, __shfl_xor_sync(kWholeWarp, largest, 2));
        const float most = __uint_as_float(largest);
        const bool finite = largest < 0x7F800000U;
        const float steps = finite && most > kTiny ? kMost / most : 0.0F;
        int rounded[kFill], sum = 0;
#pragma unroll
        for (int i = 0; i < kFill; ++i) {
            rounded[i] = nearest(values[i], steps);
            sum += rounded[i];
        }
        sum += __shfl_xor_sync(kWholeWarp, sum, 1);
        if (!valid) {
            return;
        }
        const int unit = column / kUnitValues, half = column / 16 % 2;
        put_bytes(high[half][unit], column, rounded, 128, 8);
        put_bytes(low[half][unit], column, rounded, 0, 0);
        if (column % 16 == 0) {
            reinterpret_cast<int*>(&sums[unit])[half] = sum;
        }
        if (column % kUnitValues == 0) {
            scale[unit] = finite ? most / kMost : __uint_as_float(0x7FC00000U);
        }
    }

private:
    /// value * steps to the nearest whole number: adding 1.5 * 2^23 leaves it in the low bits.
    __device__ static __forceinline__ int nearest(float value, float steps) {
        constexpr float kShift = 12582912.0F;
        constexpr int kShiftBits = 0x4B400000;
        return __float_as_int(fmaf(value, steps, kShift)) - kShiftBits;
    }
    /// One byte of each number plus `more`, from bit `shift` on, to the column's half of the 16 bytes.
    __device__ static __forceinline__ void put_bytes(int4& to, int column, const int (&numbers)[kFill], int more,
                                                     int shift) {
        int words[2];
#pragma unroll
        for (int w = 0; w < 2; ++w) {
            std::uint32_t bytes[4];
#pragma unroll
            for (int i = 0; i < 4; ++i) {
                bytes[i] = static_cast<std::uint32_t>(numbers[4 * w + i] + more) >> shift;
            }
            words[w] = static_cast<int>(
                __byte_perm(__byte_perm(bytes[0], bytes[1], 0x0040), __byte_perm(bytes[2], bytes[3], 0x0040), 0x5410));
        }
        reinterpret_cast<int2*>(&to)[column / kFill % 2] = make_int2(words[0], words[1]);
    }
};

/// One row's chunk for plain types whose units have so many values: quarters of units lie apart.
template <int unit_values>
struct FloatActivations {
    float4 values[unit_values / 4][kChunk / unit_values];

    __device__ __forceinline__ void fill(int column, const float (&from)[kFill], bool valid) {
        if (!valid) {
            return;
        }
#pragma unroll
        for (int i = 0; i < kFill; i += 4) {
            const int at = column + i;
            values[at % unit_values / 4][at / unit_values] =
                make_float4(from[i], from[i + 1], from[i + 2], from[i + 3]);
        }
    }
};

template <DType type, bool blocks = Unit<type>::kBlocks>
struct ActivationsOf {
    using Row = ByteActivations;
};
template <DType type>
struct ActivationsOf<type, false> {
    using Row = FloatActivations<Unit<type>::kValues>;
};

/// inverse[t] = 1 / sqrt(mean(x[t]^2) + eps) for each row, seen by every thread.
template <int kTokens>
__device__ void find_inverse_norms(const ProductTask& task, float (&inverse)[kTokens]) {
    constexpr int kTogether = kTokens < 4 ? kTokens : 4;  // rows whose loads are under way at once, in
    constexpr int kRounds = 4 / kTogether;                // so many places
    __shared__ float of_warps[kTokens][kProductWarps];
    const int thread = static_cast<int>(threadIdx.x);
#pragma unroll
    for (int t = 0; t < kTokens; t += kTogether) {
        float sums[kTogether] = {};
        for (int base = 4 * thread; base < task.cols; base += 4 * kProductThreads * kRounds) {
            float4 x[kTogether][kRounds];
#pragma unroll
            for (int i = 0; i < kTogether * kRounds; ++i) {
                const int row = t + i / kRounds, at = base + i % kRounds * 4 * kProductThreads;
                const bool valid = row < task.n && at < task.cols;
                x[i / kRounds][i % kRounds] =
                    valid ? *reinterpret_cast<const float4*>(task.x + std::int64_t{row} * task.cols + at) : float4{};
            }
#pragma unroll
            for (int i = 0; i < kTogether * kRounds; ++i) {
                const float4& four = x[i / kRounds][i % kRounds];
                float& sum = sums[i / kRounds];
                sum = fmaf(four.x, four.x, fmaf(four.y, four.y, fmaf(four.z, four.z, fmaf(four.w, four.w, sum))));
            }
        }
#pragma unroll
        for (int i = 0; i < kTogether; ++i) {
            const float sum = sum_over_warp(sums[i]);
            if (thread % kWarpLanes == 0) {
                of_warps[t + i][thread / kWarpLanes] = sum;
            }
        }
    }
    __syncthreads();
    if (thread < kTokens) {
        float sum = 0;
#pragma unroll
        for (const float part : of_warps[thread]) {
            sum += part;
        }
        inverse[thread] = 1.0F / sqrtf(__fadd_rn(sum / static_cast<float>(task.cols), task.eps));
    }
    __syncthreads();
}

__device__ __forceinline__ void load_eight(const float* from, float (&values)[kFill]) {
    const float4 first = *reinterpret_cast<const float4*>(from), second = *reinterpret_cast<const float4*>(from + 4);
    values[0] = first.x, values[1] = first.y, values[2] = first.z, values[3] = first.w;
    values[4] = second.x, values[5] = second.y, values[6] = second.z, values[7] = second.w;
}

/// Starts copying the columns of norm[count] that this thread fills to shared memory; fill_chunk awaits them.
__device__ __forceinline__ void fetch_norm(const float* norm, int count, float* shared) {
    for (int column = kFill * static_cast<int>(threadIdx.x); column < count; column += kFill * kProductThreads) {
        copy_async_16(shared + column, norm + column, true);
        copy_async_16(shared + column + 4, norm + column + 4, true);
    }
    copy_async_commit();
}

/// Fills rows[t] with columns [first, first + count) of x, times inverse[t] and norm[column - first] unless norm is
/// null; rows beyond task.n with zeros. Barriers are the caller's.
template <int kTokens, typename Row>
__device__ void fill_chunk(const ProductTask& task, const float (&inverse)[kTokens], const float* norm, int first,
                           int count, Row* rows) {
    constexpr int kTogether = kTokens < 4 ? kTokens : 4;  // rows whose loads are under way at once, in
    constexpr int kRounds = kTokens == 1 ? 2 : 1;         // so many places
    copy_async_wait<0>();
    for (int base = kFill * static_cast<int>(threadIdx.x); base - kFill * static_cast<int>(threadIdx.x) < count;
         base += kFill * kProductThreads * kRounds) {
#pragma unroll
        for (int t = 0; t < kTokens; t += kTogether) {
            float values[kTogether * kRounds][kFill] = {};
#pragma unroll
            for (int i = 0; i < kTogether * kRounds; ++i) {
                const int row = t + i / kRounds, column = base + i % kRounds * kFill * kProductThreads;
                if (column < count && row < task.n) {
                    load_eight(task.x + std::int64_t{row} * task.cols + first + column, values[i]);
                }
            }
#pragma unroll
            for (int i = 0; i < kTogether * kRounds; ++i) {
                const int row = t + i / kRounds, column = base + i % kRounds * kFill * kProductThreads;
                if (norm != nullptr && column < count) {
                    float factors[kFill];
                    load_eight(norm + column, factors);
#pragma unroll
                    for (int k = 0; k < kFill; ++k) {
                        values[i][k] = __fmul_rn(__fmul_rn(values[i][k], inverse[row]), factors[k]);
                    }
                }
                rows[row].fill(column, values[i], column < count);
            }
        }
    }
}

}  // namespace altiplano::engine::cuda
