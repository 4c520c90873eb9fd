// Matrix instructions by plain loops: the last lane to arrive does the work of all 32.
#include "tests/engine/host_cuda/tensor_core.h"

#include <cstring>

#include "tests/engine/host_cuda/narrow_float.h"
#include "tests/engine/host_cuda/threads.h"

namespace host_cuda {
namespace {

struct MatrixLoad {
    const std::byte* row;
    std::uint32_t* fragments;
};

const std::byte* row_of(void* const* members, int matrix, int row) {
    return static_cast<const MatrixLoad*>(members[8 * matrix + row])->row;
}

void load_action(void* const* members) {
    for (int lane = 0; lane < kLanes; ++lane) {
        for (int matrix = 0; matrix < 4; ++matrix) {
            std::memcpy(&static_cast<MatrixLoad*>(members[lane])->fragments[matrix],
                        row_of(members, matrix, lane / 4) + 4 * (lane % 4), 4);
        }
    }
}

void load_transposed_action(void* const* members) {
    for (int lane = 0; lane < kLanes; ++lane) {
        for (int matrix = 0; matrix < 4; ++matrix) {
            std::uint16_t halves[2];
            for (int i = 0; i < 2; ++i) {
                std::memcpy(&halves[i], row_of(members, matrix, 2 * (lane % 4) + i) + 2 * (lane / 4), 2);
            }
            std::memcpy(&static_cast<MatrixLoad*>(members[lane])->fragments[matrix], halves, 4);
        }
    }
}

/// All lanes of a full warp, or the instruction is undefined.
void meet_full_warp(WarpAction action, void* mine, const char* what) {
    if (this_thread().warp->present != kAllLanes) {
        fail("%s in a warp that has not all 32 lanes", what);
    }
    meet_warp(kAllLanes, action, mine, what);
}

void load(std::uint32_t* fragments, const void* row, WarpAction action) {
    if (reinterpret_cast<std::uintptr_t>(row) % 16 != 0) {
        fail("ldmatrix: the row at %p is not aligned to 16 bytes", row);
    }
    MatrixLoad mine{static_cast<const std::byte*>(row), fragments};
    meet_full_warp(action, &mine, "ldmatrix");
}

/// What a lane brings to a product.
struct Product {
    float* sum;
    const std::uint32_t* a;
    std::uint32_t b[2];
};

/// Half i of a register, the first in the lower bits.
float half_of(std::uint32_t word, int i) {
    return HalfFormat::to_float(static_cast<std::uint16_t>(word >> 16 * i));
}

void product_action(void* const* members) {
    float a[16][16];
    float b[16][8];
    for (int lane = 0; lane < kLanes; ++lane) {
        const auto& mine = *static_cast<const Product*>(members[lane]);
        const int group = lane / 4;
        for (int i = 0; i < 4; ++i) {
            const int k = 2 * (lane % 4) + i % 2 + i / 2 * 8;
            a[group][k] = half_of(mine.a[i / 2 * 2], i % 2);
            a[group + 8][k] = half_of(mine.a[i / 2 * 2 + 1], i % 2);
            b[k][group] = half_of(mine.b[i / 2], i % 2);
        }
    }
    float total[16][8] = {};
    for (int row = 0; row < 16; ++row) {
        for (int k = 0; k < 16; ++k) {
            for (int column = 0; column < 8; ++column) {
                total[row][column] += a[row][k] * b[k][column];
            }
        }
    }
    for (int lane = 0; lane < kLanes; ++lane) {
        const auto& mine = *static_cast<const Product*>(members[lane]);
        for (int i = 0; i < 4; ++i) {
            mine.sum[i] += total[lane / 4 + 8 * (i / 2)][2 * (lane % 4) + i % 2];
        }
    }
}

void require_aligned(const void* address, const char* what) {
    if (reinterpret_cast<std::uintptr_t>(address) % 16 != 0) {
        fail("cp.async: the %s address %p is not aligned to 16 bytes", what, address);
    }
}

}  // namespace

void load_matrices(std::uint32_t (&fragments)[4], const void* row) {
    load(fragments, row, load_action);
}

void load_matrices_transposed(std::uint32_t (&fragments)[4], const void* row) {
    load(fragments, row, load_transposed_action);
}

void multiply_f16(float (&sum)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1) {
    Product mine{sum, a, {b0, b1}};
    meet_full_warp(product_action, &mine, "mma");
}

void start_copy(void* shared, const void* global, bool valid) {
    require_aligned(shared, "shared");
    require_aligned(global, "global");
    Thread& thread = this_thread();
    thread.copies.push_back({shared, global, valid, thread.copy_group});
}

void finish_copies(int groups) {
    Thread& thread = this_thread();
    const int last = thread.copy_group - groups;  // groups from here on may stay under way
    std::size_t done = 0;
    for (; done < thread.copies.size() && thread.copies[done].group < last; ++done) {
        const PendingCopy& copy = thread.copies[done];
        if (copy.valid) {
            std::memcpy(copy.shared, copy.global, 16);
        } else {
            std::memset(copy.shared, 0, 16);
        }
    }
    thread.copies.erase(thread.copies.begin(), thread.copies.begin() + static_cast<std::ptrdiff_t>(done));
}

}  // namespace host_cuda
