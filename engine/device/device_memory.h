// A block of a device's memory and who gives it back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace altiplano::engine {

/// Owned; aligned to Device::alignment(). On a GPU only operations of its device and Device::read and write touch it.
class DeviceMemory {
public:
    using GiveBack = std::function<void(std::byte*)>;

    DeviceMemory() = default;
    DeviceMemory(std::byte* data, std::int64_t bytes, GiveBack give_back)
        : data_(data, std::move(give_back)), bytes_(bytes) {}

    std::byte* data() const noexcept { return data_.get(); }
    std::int64_t size() const noexcept { return data_ ? bytes_ : 0; }

private:
    std::unique_ptr<std::byte, GiveBack> data_;
    std::int64_t bytes_ = 0;
};

}  // namespace altiplano::engine
