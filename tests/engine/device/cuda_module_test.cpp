// What CudaModule says where it cannot be used. With emulated cards: tests/engine/cuda_module.
#include "engine/device/cuda_module.h"

#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <gtest/gtest.h>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

TEST(CudaModule, LooksBesideTheProgramAndWherePackagesPutIt) {
    const auto places = cuda_module_places("/opt/altiplano/bin/altiplano-cli");
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0], "/opt/altiplano/bin/libaltiplano_cuda.so");
    EXPECT_EQ(places[1], "/opt/altiplano/lib/altiplano/libaltiplano_cuda.so");
}

TEST(CudaModule, SaysThatThisBuildHasNone) {
    const CudaModule module("/nowhere/libaltiplano_cuda.so");
    EXPECT_FALSE(module.usable());
    EXPECT_EQ(module.why_not(),
              "this build of the program has no GPU support (/nowhere/libaltiplano_cuda.so is not there)");
    EXPECT_TRUE(module.cards().empty());
    try {
        module.device(2);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Device);
        EXPECT_EQ(std::string(error.what()), "GPU 2 cannot be used: " + module.why_not());
    }
}

TEST(CudaModule, NamesTheMissingLibraryWhereThereIsADriver) {
    const std::string error = "libcublasLt.so.13: cannot open shared object file: No such file or directory";
    EXPECT_EQ(why_not_loaded(error, false), "there is no NVIDIA driver on this machine");
    EXPECT_EQ(why_not_loaded(error, true),
              "GPUs need libcublasLt.so.13, which is not installed: install cuBLAS and NCCL of CUDA 13 (the packages "
              "libcublas-13-0 and libnccl2 of NVIDIA)");
    EXPECT_EQ(why_not_loaded("/usr/lib/x.so: undefined symbol: y", true),
              "the GPU support of this program cannot be loaded: /usr/lib/x.so: undefined symbol: y");
}

TEST(CudaModule, SaysWhatIsWrongWithTheDriver) {
    const auto why = [](int driver_cuda, int cards, const std::string& failure = "") {
        return why_not_usable({.driver_cuda = driver_cuda, .needed_cuda = 13000, .cards = cards, .failure = failure},
                              "550.54.15");
    };
    EXPECT_EQ(why(0, 0), "there is no NVIDIA driver on this machine");
    EXPECT_EQ(why(12040, 0, "CUDA driver version is insufficient (cudaErrorInsufficientDriver, 35)"),
              "the NVIDIA driver 550.54.15 is too old: it serves CUDA 12.4, but CUDA 13.0 is needed; install driver "
              "580 or newer");
    EXPECT_EQ(why(13000, 0), "the NVIDIA driver finds no GPU");
    EXPECT_EQ(why(13010, 0,
                  "system has unsupported display driver / cuda driver combination "
                  "(cudaErrorSystemDriverMismatch, 803)"),
              "the NVIDIA driver does not start: system has unsupported display driver / cuda driver combination "
              "(cudaErrorSystemDriverMismatch, 803)");
    EXPECT_EQ(why(13000, 1), "");
}

TEST(CudaModule, RefusesALibraryThatIsNoModule) {
    Dl_info library{};
    ASSERT_NE(dladdr(reinterpret_cast<void*>(&std::getenv), &library), 0);
    const CudaModule module(library.dli_fname);
    EXPECT_NE(module.why_not().find("belongs to another version of this program"), std::string::npos)
        << module.why_not();
}

#ifdef ALTIPLANO_CUDA_MODULE_FILE
TEST(CudaModule, LoadsTheBuiltModuleAndSaysWhatItFinds) {
    if (!std::filesystem::exists(ALTIPLANO_CUDA_MODULE_FILE)) {
        GTEST_SKIP() << "the module is not built";
    }
    const CudaModule module(ALTIPLANO_CUDA_MODULE_FILE);
    if (module.usable()) {
        EXPECT_FALSE(module.cards().empty());
    } else {
        EXPECT_NE(module.why_not().find("NVIDIA driver"), std::string::npos) << module.why_not();
    }
}
#endif

}  // namespace
}  // namespace altiplano::engine
