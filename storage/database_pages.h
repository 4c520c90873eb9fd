// The pages of a damaged database file, read without SQLite: the file, and the committed part of its log on top.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <unordered_map>
#include <vector>

namespace altiplano::storage {

using Page = std::vector<unsigned char>;

class DatabasePages {
public:
    /// Never fails: what cannot be read is not there.
    explicit DatabasePages(const std::filesystem::path& file);

    std::uint32_t page_bytes() const noexcept { return page_bytes_; }
    /// Pages are numbered from 1.
    std::uint32_t page_count() const noexcept { return page_count_; }
    /// The newest committed content, filled with zeros where the file ends early.
    Page read(std::uint32_t number);

private:
    void read_page_size();
    void read_log();

    std::ifstream file_;
    std::ifstream log_;
    std::uint32_t page_bytes_ = 4096;
    std::uint32_t page_count_ = 0;
    std::unordered_map<std::uint32_t, std::uint64_t> logged_;  // page -> offset of its content in the log
};

std::uint32_t big_endian_32(const unsigned char* bytes);
std::uint32_t big_endian_16(const unsigned char* bytes);

}  // namespace altiplano::storage
