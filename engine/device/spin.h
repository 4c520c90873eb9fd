// Waiting for another thread that will be done in microseconds: look again and again for a while before going to sleep.
#pragma once

#include <chrono>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace altiplano::engine {

/// Longer than the gap between two steps of a decoding token, shorter than anyone could feel in watts.
inline constexpr auto kSpinTime = std::chrono::microseconds(50);

/// True once ready() is, false after time.
template <typename Ready>
bool spin_until(const Ready& ready, std::chrono::microseconds time = kSpinTime) {
    const auto end = std::chrono::steady_clock::now() + time;
    do {
        for (int i = 0; i < 32; ++i) {
            if (ready()) {
                return true;
            }
#if defined(__x86_64__)
            _mm_pause();
#endif
        }
    } while (std::chrono::steady_clock::now() < end);
    return ready();
}

}  // namespace altiplano::engine
