// Large blocks of host memory, and how much of it there is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace altiplano::engine {

/// Bytes straight from the system: zero, aligned to pages, given back at once when done. Pages cost nothing until
/// touched, so the thread that writes first also places them.
class HostBuffer {
public:
    HostBuffer() = default;
    /// what names the purpose for the error. Throws Error(OutOfMemory) with the needed and the available size.
    HostBuffer(std::int64_t bytes, const std::string& what);

    std::byte* data() const noexcept { return data_.get(); }
    std::int64_t size() const noexcept { return data_ ? data_.get_deleter().bytes : 0; }

private:
    struct Unmap {
        std::int64_t bytes;
        void operator()(std::byte* data) const noexcept;
    };
    std::unique_ptr<std::byte[], Unmap> data_;
};

/// Gives the whole pages within bytes of a HostBuffer back to the system; they are zero when they are next touched.
void give_back_pages(std::span<std::byte> bytes) noexcept;

/// What can be used without swapping: the least of what the system and the control group of this process leave.
std::int64_t available_memory_bytes();

/// All of the machine's memory, or what the control group of this process may use of it.
std::int64_t total_memory_bytes();

/// What this process has for itself: its pages that are no part of a file.
std::int64_t own_memory_bytes();

/// Throws Error(OutOfMemory) where bytes exceed what is available; kept short of the whole, so that the rest lives on.
void require_memory(std::int64_t bytes, const std::string& what);

/// Physical cores that this process may use; at least 1. Two threads of a core count once.
int usable_cores();

/// How many threads compute where so many are wished for; 0 = the physical cores.
int threads_for(int wish);

}  // namespace altiplano::engine
