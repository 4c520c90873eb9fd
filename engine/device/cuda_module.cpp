#include "engine/device/cuda_module.h"

#include <cstdlib>
#include <dlfcn.h>
#include <fstream>

#include "engine/error.h"
#include "engine/version.h"

namespace altiplano::engine {
namespace {

constexpr const char* kFileName = "libaltiplano_cuda.so";
constexpr const char* kDriverLibrary = "libcuda.so.1";
constexpr const char* kNoDriver = "there is no NVIDIA driver on this machine";
constexpr int kLeastDriver = 580;  // the first that serves CUDA 13

bool has_driver_library() {
    void* const driver = ::dlopen(kDriverLibrary, RTLD_LAZY | RTLD_LOCAL);
    if (driver != nullptr) {
        ::dlclose(driver);
    }
    return driver != nullptr;
}

// "13.0" for 13000.
std::string cuda_version(int number) {
    return std::to_string(number / 1000) + "." + std::to_string(number % 1000 / 10);
}

std::string driver_version() {
    std::ifstream file("/sys/module/nvidia/version");
    std::string version;
    file >> version;
    return version;
}

// Another file than the program's own, for tests and developers; empty where none is named.
std::filesystem::path wished_file() {
    const char* const wish = std::getenv("ALTIPLANO_CUDA_MODULE");
    return wish == nullptr ? "" : wish;
}

std::filesystem::path own_file() {
    std::error_code ignored;
    const auto places = cuda_module_places(std::filesystem::read_symlink("/proc/self/exe", ignored));
    for (const std::filesystem::path& place : places) {
        if (std::filesystem::exists(place, ignored)) {
            return place;
        }
    }
    return places.front();
}

}  // namespace

std::vector<std::filesystem::path> cuda_module_places(const std::filesystem::path& program) {
    const std::filesystem::path folder = program.parent_path();
    return {folder / kFileName, folder.parent_path() / "lib" / "altiplano" / kFileName};
}

// The loader names the library first: "libcublasLt.so.13: cannot open shared object file: No such file or directory".
std::string why_not_loaded(const std::string& error, bool has_driver) {
    if (!has_driver) {
        return kNoDriver;
    }
    const std::string library = error.substr(0, error.find(':'));
    if (error.find("cannot open shared object file") != std::string::npos && library.starts_with("lib")) {
        return "GPUs need " + library + ", which is not installed: install cuBLAS and NCCL of CUDA 13 (the packages " +
               "libcublas-13-0 and libnccl2 of NVIDIA)";
    }
    return "the GPU support of this program cannot be loaded: " + error;
}

std::string why_not_usable(const CudaProbe& probe, const std::string& driver) {
    if (probe.driver_cuda == 0) {
        return kNoDriver;
    }
    if (probe.driver_cuda / 1000 < probe.needed_cuda / 1000) {
        return "the NVIDIA driver " + (driver.empty() ? "" : driver + " ") + "is too old: it serves CUDA " +
               cuda_version(probe.driver_cuda) + ", but CUDA " + cuda_version(probe.needed_cuda) +
               " is needed; install driver " + std::to_string(kLeastDriver) + " or newer";
    }
    if (!probe.failure.empty()) {
        return "the NVIDIA driver does not start: " + probe.failure;
    }
    return probe.cards > 0 ? "" : "the NVIDIA driver finds no GPU";
}

CudaModule::CudaModule() {
    const std::filesystem::path wish = wished_file(), file = wish.empty() ? own_file() : wish;
    std::error_code ignored;
    if (wish.empty() && std::filesystem::exists(file, ignored) && !has_driver_library()) {
        why_not_ = kNoDriver;  // the module would load, and with it half a gigabyte of cuBLAS
    } else {
        open(file);
    }
}

CudaModule::CudaModule(const std::filesystem::path& file) {
    open(file);
}

void CudaModule::open(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) {
        why_not_ = "this build of the program has no GPU support (" + file.string() + " is not there)";
        return;
    }
    load(file);
    if (table_ != nullptr) {
        why_not_ = why_not_usable(table_->probe(), driver_version());
    }
}

// Never unloaded: CUDA's libraries do not survive it, and errors thrown by the module may outlive this object.
void CudaModule::load(const std::filesystem::path& file) {
    void* const module = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (module == nullptr) {
        const char* const error = ::dlerror();
        why_not_ = why_not_loaded(error == nullptr ? "no reason is given" : error, has_driver_library());
        return;
    }
    const auto entry = reinterpret_cast<CudaModuleEntry>(::dlsym(module, kCudaModuleEntry));
    const CudaModuleTable* const table = entry == nullptr ? nullptr : entry();
    if (table == nullptr || table->abi != kCudaModuleAbi || table->engine_version != kEngineVersion) {
        why_not_ = "the GPU support in " + file.string() + " belongs to another version of this program";
        return;
    }
    table_ = table;
}

std::vector<CudaCard> CudaModule::cards() const {
    return usable() ? table_->cards() : std::vector<CudaCard>();
}

std::unique_ptr<Device> CudaModule::device(int card) const {
    if (!usable()) {
        throw Error(ErrorKind::Device, "GPU " + std::to_string(card) + " cannot be used: " + why_not_);
    }
    return table_->device(card);
}

std::unique_ptr<Collective> CudaModule::collective(std::span<Device* const> ranks,
                                                   const CardCollectiveOptions& options) const {
    if (!usable()) {
        throw Error(ErrorKind::Device, "GPUs cannot be used: " + why_not_);
    }
    return table_->collective(ranks, options);
}

}  // namespace altiplano::engine
