// Loads the CUDA module at run time; says in words why it could not.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/device/cuda_interface.h"

namespace altiplano::engine {

/// The GPUs of this machine. Made once, early; the module then stays loaded until the program ends. Any thread.
class CudaModule {
public:
    /// Looks for the module where ALTIPLANO_CUDA_MODULE says, beside the program and in ../lib/altiplano.
    CudaModule();
    /// Only this file.
    explicit CudaModule(const std::filesystem::path& file);

    /// Empty where GPUs can be used; else one sentence without a full stop.
    const std::string& why_not() const noexcept { return why_not_; }
    bool usable() const noexcept { return why_not_.empty(); }

    /// All cards, those included that are too old; asked anew with each call. None where the module is not usable.
    std::vector<CudaCard> cards() const;
    /// One card, by its index among cards(). Throws Error(Device) where it cannot be used.
    std::unique_ptr<Device> device(int card) const;
    /// The ranks of a model, each a device of this module that outlives the result; two or more. Throws Error(Device).
    std::unique_ptr<Collective> collective(std::span<Device* const> ranks, const CardCollectiveOptions& options) const;

private:
    void open(const std::filesystem::path& file);
    void load(const std::filesystem::path& file);

    const CudaModuleTable* table_ = nullptr;
    std::string why_not_;
};

/// Where CudaModule looks: the first of these files that is there. program: the path of the executable.
std::vector<std::filesystem::path> cuda_module_places(const std::filesystem::path& program);

/// Why a module that the loader refused, saying error, could not be loaded. has_driver: libcuda.so.1 is there.
std::string why_not_loaded(const std::string& error, bool has_driver);

/// Why there is nothing to compute on; empty where there is. driver: its version, "550.54.15", or empty.
std::string why_not_usable(const CudaProbe& probe, const std::string& driver);

}  // namespace altiplano::engine
