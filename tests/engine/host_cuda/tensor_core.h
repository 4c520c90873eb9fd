// The warp's matrix instructions, and copies to shared memory that run beside the computation.
#pragma once

#include <cstdint>

namespace host_cuda {

void load_matrices(std::uint32_t (&fragments)[4], const void* row);
void load_matrices_transposed(std::uint32_t (&fragments)[4], const void* row);
void multiply_f16(float (&sum)[4], const std::uint32_t (&a)[4], std::uint32_t b0, std::uint32_t b1);

void start_copy(void* shared, const void* global, bool valid);
/// Does all but the thread's newest `groups` groups of copies.
void finish_copies(int groups);

}  // namespace host_cuda
