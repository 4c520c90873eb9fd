// What tests of kept states share: tokens, and a folder that is there as long as the object is.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace altiplano::engine {

inline std::vector<int> some_tokens(int count, int step, int vocab_size) {
    std::vector<int> tokens(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        tokens[static_cast<std::size_t>(i)] = (i * step + i / 100) % vocab_size;
    }
    return tokens;
}

class TemporaryFolder {
public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "altiplano-states-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace altiplano::engine
