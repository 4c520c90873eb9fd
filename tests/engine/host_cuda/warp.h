// What the lanes of a warp do together: shuffles, votes, reductions.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "tests/engine/host_cuda/threads.h"

namespace host_cuda {

/// What a lane brings to a shuffle: its value, whose value it wants, and what it got.
template <typename T>
struct Exchange {
    T value;
    int source;
    T result;
};

template <typename T>
void exchange_values(void* const* members) {
    for (int lane = 0; lane < kLanes; ++lane) {
        auto* mine = static_cast<Exchange<T>*>(members[lane]);
        if (mine == nullptr) {
            continue;
        }
        const auto* theirs = static_cast<const Exchange<T>*>(members[mine->source]);
        if (theirs == nullptr) {
            fail("a shuffle asks lane %d, which takes no part in it", mine->source);
        }
        mine->result = theirs->value;
    }
}

template <typename T>
T shuffle(unsigned mask, T value, int source, const char* what) {
    static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= 8, "the machine shuffles 32 or 64 bits");
    Exchange<T> mine{value, source, value};
    meet_warp(mask, exchange_values<T>, &mine, what);
    return mine.result;
}

inline void count_votes(void* const* members) {
    unsigned votes = 0;
    for (int lane = 0; lane < kLanes; ++lane) {
        if (members[lane] != nullptr && *static_cast<unsigned*>(members[lane]) != 0) {
            votes |= 1U << lane;
        }
    }
    for (int lane = 0; lane < kLanes; ++lane) {
        if (members[lane] != nullptr) {
            *static_cast<unsigned*>(members[lane]) = votes;
        }
    }
}

inline unsigned ballot(unsigned mask, bool predicate, const char* what) {
    unsigned votes = predicate ? 1 : 0;
    meet_warp(mask, count_votes, &votes, what);
    return votes;
}

/// Combine: a type with static T apply(T, T).
template <typename T, typename Combine>
void combine_values(void* const* members) {
    bool any = false;
    T total{};
    for (int lane = 0; lane < kLanes; ++lane) {
        if (members[lane] != nullptr) {
            const T value = *static_cast<T*>(members[lane]);
            total = any ? Combine::apply(total, value) : value;
            any = true;
        }
    }
    for (int lane = 0; lane < kLanes; ++lane) {
        if (members[lane] != nullptr) {
            *static_cast<T*>(members[lane]) = total;
        }
    }
}

template <typename Combine, typename T>
T reduce(unsigned mask, T value, const char* what) {
    meet_warp(mask, combine_values<T, Combine>, &value, what);
    return value;
}

struct Add {
    template <typename T>
    static T apply(T a, T b) {
        return static_cast<T>(static_cast<std::make_unsigned_t<T>>(a) + static_cast<std::make_unsigned_t<T>>(b));
    }
};
struct Min {
    template <typename T>
    static T apply(T a, T b) {
        return b < a ? b : a;
    }
};
struct Max {
    template <typename T>
    static T apply(T a, T b) {
        return a < b ? b : a;
    }
};
struct And {
    template <typename T>
    static T apply(T a, T b) {
        return a & b;
    }
};
struct Or {
    template <typename T>
    static T apply(T a, T b) {
        return a | b;
    }
};
struct Xor {
    template <typename T>
    static T apply(T a, T b) {
        return a ^ b;
    }
};

/// The first lane of the group of `width` lanes that this lane is in.
inline int group_start(int width) {
    return this_thread().lane / width * width;
}

}  // namespace host_cuda

inline void __syncwarp(unsigned mask = host_cuda::kAllLanes) {
    host_cuda::meet_warp(mask, nullptr, nullptr, "__syncwarp");
}
inline void __syncthreads() {
    host_cuda::meet_block(false, "__syncthreads");
}
inline int __syncthreads_count(int predicate) {
    return host_cuda::meet_block(predicate != 0, "__syncthreads_count");
}
inline int __syncthreads_or(int predicate) {
    return host_cuda::meet_block(predicate != 0, "__syncthreads_or") > 0;
}
inline int __syncthreads_and(int predicate) {
    return host_cuda::meet_block(predicate != 0, "__syncthreads_and") == host_cuda::this_thread().block->threads;
}

template <typename T>
T __shfl_sync(unsigned mask, T value, int source, int width = host_cuda::kLanes) {
    const int lane = host_cuda::group_start(width) + (source & (width - 1));
    return host_cuda::shuffle(mask, value, lane, "__shfl_sync");
}
template <typename T>
T __shfl_xor_sync(unsigned mask, T value, int lane_mask, int width = host_cuda::kLanes) {
    const int lane = host_cuda::this_thread().lane;
    const int wanted = lane ^ lane_mask;
    const bool later_group = wanted >= host_cuda::group_start(width) + width;
    return host_cuda::shuffle(mask, value, later_group ? lane : wanted, "__shfl_xor_sync");
}
template <typename T>
T __shfl_up_sync(unsigned mask, T value, unsigned distance, int width = host_cuda::kLanes) {
    const int lane = host_cuda::this_thread().lane;
    const int wanted = lane - static_cast<int>(distance);
    const bool outside = wanted < host_cuda::group_start(width);
    return host_cuda::shuffle(mask, value, outside ? lane : wanted, "__shfl_up_sync");
}
template <typename T>
T __shfl_down_sync(unsigned mask, T value, unsigned distance, int width = host_cuda::kLanes) {
    const int lane = host_cuda::this_thread().lane;
    const int wanted = lane + static_cast<int>(distance);
    const bool outside = wanted >= host_cuda::group_start(width) + width;
    return host_cuda::shuffle(mask, value, outside ? lane : wanted, "__shfl_down_sync");
}

inline unsigned __ballot_sync(unsigned mask, int predicate) {
    return host_cuda::ballot(mask, predicate != 0, "__ballot_sync");
}
inline int __any_sync(unsigned mask, int predicate) {
    return host_cuda::ballot(mask, predicate != 0, "__any_sync") != 0;
}
inline int __all_sync(unsigned mask, int predicate) {
    return host_cuda::ballot(mask, predicate == 0, "__all_sync") == 0;
}

inline int __reduce_add_sync(unsigned mask, int value) {
    return host_cuda::reduce<host_cuda::Add>(mask, value, "__reduce_add_sync");
}
inline unsigned __reduce_add_sync(unsigned mask, unsigned value) {
    return host_cuda::reduce<host_cuda::Add>(mask, value, "__reduce_add_sync");
}
inline int __reduce_min_sync(unsigned mask, int value) {
    return host_cuda::reduce<host_cuda::Min>(mask, value, "__reduce_min_sync");
}
inline unsigned __reduce_min_sync(unsigned mask, unsigned value) {
    return host_cuda::reduce<host_cuda::Min>(mask, value, "__reduce_min_sync");
}
inline int __reduce_max_sync(unsigned mask, int value) {
    return host_cuda::reduce<host_cuda::Max>(mask, value, "__reduce_max_sync");
}
inline unsigned __reduce_max_sync(unsigned mask, unsigned value) {
    return host_cuda::reduce<host_cuda::Max>(mask, value, "__reduce_max_sync");
}
inline unsigned __reduce_and_sync(unsigned mask, unsigned value) {
    return host_cuda::reduce<host_cuda::And>(mask, value, "__reduce_and_sync");
}
inline unsigned __reduce_or_sync(unsigned mask, unsigned value) {
    return host_cuda::reduce<host_cuda::Or>(mask, value, "__reduce_or_sync");
}
inline unsigned __reduce_xor_sync(unsigned mask, unsigned value) {
    return host_cuda::reduce<host_cuda::Xor>(mask, value, "__reduce_xor_sync");
}
