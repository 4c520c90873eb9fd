// The golden models and their exact logits, from tests/data or, where it is there, the shared folder.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace altiplano::engine {

/// Where a golden file is: committed, else shared. Empty where neither has it.
inline std::filesystem::path golden_path(const std::string& name) {
    for (const auto& folder :
         {std::filesystem::path(ALTIPLANO_TEST_DATA), std::filesystem::path(ALTIPLANO_SHARED) / "golden"}) {
        if (std::filesystem::exists(folder / name)) {
            return folder / name;
        }
    }
    return {};
}

template <typename T>
std::vector<T> read_numbers(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    std::vector<T> numbers(bytes.size() / sizeof(T));
    std::copy(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(numbers.size() * sizeof(T)),
              reinterpret_cast<char*>(numbers.data()));
    return numbers;
}

}  // namespace altiplano::engine
