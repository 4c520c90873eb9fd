// Memory that is there is given, memory that is not there is an error with sizes.
#include "engine/device/host_memory.h"

#include <gtest/gtest.h>

#include "engine/error.h"

namespace altiplano::engine {
namespace {

TEST(HostMemoryTest, aBufferIsZeroAndWritable) {
    HostBuffer buffer(1 << 20, "a test");
    EXPECT_EQ(buffer.size(), 1 << 20);
    EXPECT_EQ(buffer.data()[12345], std::byte{0});
    buffer.data()[(1 << 20) - 1] = std::byte{1};
    const HostBuffer moved = std::move(buffer);
    EXPECT_EQ(moved.data()[(1 << 20) - 1], std::byte{1});
}

TEST(HostMemoryTest, tooMuchIsAnErrorThatSaysHowMuch) {
    try {
        require_memory(std::int64_t{1} << 50, "the model");
        FAIL() << "a pebibyte was granted";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::OutOfMemory);
        EXPECT_NE(std::string(error.what()).find("the model needs 1048576.00 GiB of memory, but only"),
                  std::string::npos)
            << error.what();
    }
    EXPECT_THROW(HostBuffer(std::int64_t{1} << 60, "the model"), Error);
}

TEST(HostMemoryTest, whatThisProcessHasIsCounted) {
    constexpr std::int64_t kMuch = std::int64_t{64} << 20;
    const std::int64_t before = own_memory_bytes();
    EXPECT_GT(before, 0);
    HostBuffer buffer(kMuch, "a test");
    for (std::int64_t i = 0; i < kMuch; i += 4096) {
        buffer.data()[i] = std::byte{1};
    }
    EXPECT_GE(own_memory_bytes(), before + kMuch / 2);
    EXPECT_GT(total_memory_bytes(), own_memory_bytes());
    EXPECT_GE(total_memory_bytes(), available_memory_bytes());
}

TEST(HostMemoryTest, thereIsMemoryAndACore) {
    EXPECT_GT(available_memory_bytes(), 1 << 20);
    EXPECT_GE(usable_cores(), 1);
}

}  // namespace
}  // namespace altiplano::engine
