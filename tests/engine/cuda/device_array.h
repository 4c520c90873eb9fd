// An array in the emulated card's memory for tests: copied there, copied back, released.
#pragma once

#include <cuda_runtime_api.h>
#include <stdexcept>
#include <vector>

namespace altiplano::engine::cuda {

template <typename T>
class DeviceArray {
public:
    explicit DeviceArray(std::size_t count) : count_(count) { require(cudaMalloc(&data_, count * sizeof(T))); }
    explicit DeviceArray(const std::vector<T>& values) : DeviceArray(values.size()) {
        require(cudaMemcpy(data_, values.data(), count_ * sizeof(T), cudaMemcpyHostToDevice));
    }
    ~DeviceArray() { cudaFree(data_); }
    DeviceArray(const DeviceArray&) = delete;
    DeviceArray& operator=(const DeviceArray&) = delete;

    T* get() const { return data_; }
    std::size_t size() const { return count_; }

    /// Waits for the work before it in the default stream.
    std::vector<T> values() const {
        std::vector<T> result(count_);
        require(cudaMemcpy(result.data(), data_, count_ * sizeof(T), cudaMemcpyDeviceToHost));
        return result;
    }

private:
    static void require(cudaError_t status) {
        if (status != cudaSuccess) {
            throw std::runtime_error(cudaGetErrorString(status));
        }
    }

    T* data_ = nullptr;
    std::size_t count_;
};

}  // namespace altiplano::engine::cuda
