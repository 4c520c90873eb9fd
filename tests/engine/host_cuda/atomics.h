// Atomic operations and fences: other emulated cards run on other threads of the system.
#pragma once

#include <atomic>
#include <type_traits>

namespace host_cuda {

/// memory = change(memory), at once; returns what was there before.
template <typename T, typename Change>
T change_atomically(T* memory, const Change& change) {
    const std::atomic_ref<T> reference(*memory);
    T before = reference.load();
    while (!reference.compare_exchange_weak(before, change(before))) {
    }
    return before;
}

}  // namespace host_cuda

template <typename T>
T atomicAdd(T* memory, std::type_identity_t<T> value) {
    return host_cuda::change_atomically(memory, [&](T before) { return static_cast<T>(before + value); });
}
template <typename T>
T atomicSub(T* memory, std::type_identity_t<T> value) {
    return host_cuda::change_atomically(memory, [&](T before) { return static_cast<T>(before - value); });
}
template <typename T>
T atomicMax(T* memory, std::type_identity_t<T> value) {
    return host_cuda::change_atomically(memory, [&](T before) { return before < value ? value : before; });
}
template <typename T>
T atomicMin(T* memory, std::type_identity_t<T> value) {
    return host_cuda::change_atomically(memory, [&](T before) { return value < before ? value : before; });
}
template <typename T>
T atomicOr(T* memory, std::type_identity_t<T> value) {
    return host_cuda::change_atomically(memory, [&](T before) { return static_cast<T>(before | value); });
}
template <typename T>
T atomicAnd(T* memory, std::type_identity_t<T> value) {
    return host_cuda::change_atomically(memory, [&](T before) { return static_cast<T>(before & value); });
}
template <typename T>
T atomicExch(T* memory, std::type_identity_t<T> value) {
    return std::atomic_ref<T>(*memory).exchange(value);
}
template <typename T>
T atomicCAS(T* memory, std::type_identity_t<T> expected, std::type_identity_t<T> value) {
    std::atomic_ref<T>(*memory).compare_exchange_strong(expected, value);
    return expected;
}
/// Counts up to the limit, then starts again at 0.
inline unsigned atomicInc(unsigned* memory, unsigned limit) {
    return host_cuda::change_atomically(memory, [&](unsigned before) { return before >= limit ? 0 : before + 1; });
}

inline void __threadfence_block() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}
inline void __threadfence() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}
inline void __threadfence_system() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}
