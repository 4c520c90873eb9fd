// File format: https://www.sqlite.org/fileformat2.html, sections 1.3 (header) and 4 (write-ahead log).
#include "storage/database_pages.h"

#include <array>
#include <cstring>
#include <string_view>

namespace altiplano::storage {
namespace {

constexpr std::size_t kLogHeaderBytes = 32;
constexpr std::size_t kFrameHeaderBytes = 24;
constexpr std::uint32_t kLogMagic = 0x377f0682;  // the lowest bit says that checksums read words as big endian
constexpr std::uint32_t kMaximumPages = 1u << 28;

/// The running checksum of a log: over its header, then over every frame.
class LogChecksum {
public:
    explicit LogChecksum(bool big_endian) : big_endian_(big_endian) {}

    void add(const unsigned char* bytes, std::size_t count) {
        for (std::size_t i = 0; i + 8 <= count; i += 8) {
            first_ += word(bytes + i) + second_;
            second_ += word(bytes + i + 4) + first_;
        }
    }
    bool equals(const unsigned char* bytes) const {
        return first_ == big_endian_32(bytes) && second_ == big_endian_32(bytes + 4);
    }

private:
    std::uint32_t word(const unsigned char* bytes) const {
        const std::uint32_t value = big_endian_32(bytes);
        return big_endian_ ? value : __builtin_bswap32(value);
    }

    bool big_endian_;
    std::uint32_t first_ = 0;
    std::uint32_t second_ = 0;
};

bool valid_page_size(std::uint32_t bytes) {
    return bytes >= 512 && bytes <= 65536 && (bytes & (bytes - 1)) == 0;
}

bool read_exactly(std::ifstream& stream, std::uint64_t offset, unsigned char* target, std::size_t count) {
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(offset));
    stream.read(reinterpret_cast<char*>(target), static_cast<std::streamsize>(count));
    return stream.gcount() == static_cast<std::streamsize>(count);
}

std::uint64_t size_of(const std::filesystem::path& file) {
    std::error_code failure;
    const auto bytes = std::filesystem::file_size(file, failure);
    return failure ? 0 : bytes;
}

}  // namespace

std::uint32_t big_endian_32(const unsigned char* bytes) {
    return big_endian_16(bytes) << 16 | big_endian_16(bytes + 2);
}

std::uint32_t big_endian_16(const unsigned char* bytes) {
    return static_cast<std::uint32_t>(bytes[0] << 8 | bytes[1]);
}

DatabasePages::DatabasePages(const std::filesystem::path& file)
    : file_(file, std::ios::binary), log_(file.string() + "-wal", std::ios::binary) {
    read_page_size();
    page_count_ = static_cast<std::uint32_t>(
        std::min<std::uint64_t>((size_of(file) + page_bytes_ - 1) / page_bytes_, kMaximumPages));
    read_log();
}

Page DatabasePages::read(std::uint32_t number) {
    Page page(page_bytes_, 0);
    if (number == 0 || number > page_count_) {
        return page;
    }
    const auto logged = logged_.find(number);
    if (logged != logged_.end()) {
        read_exactly(log_, logged->second, page.data(), page.size());
    } else {
        read_exactly(file_, std::uint64_t{number - 1} * page_bytes_, page.data(), page.size());
    }
    return page;
}

void DatabasePages::read_page_size() {
    std::array<unsigned char, 18> header{};
    constexpr std::string_view kMagic("SQLite format 3\0", 16);
    if (read_exactly(file_, 0, header.data(), header.size()) &&
        std::memcmp(header.data(), kMagic.data(), kMagic.size()) == 0) {
        const std::uint32_t stored = big_endian_16(header.data() + 16);
        const std::uint32_t bytes = stored == 1 ? 65536 : stored;
        page_bytes_ = valid_page_size(bytes) ? bytes : page_bytes_;
    }
}

void DatabasePages::read_log() {
    std::array<unsigned char, kLogHeaderBytes> header{};
    if (!read_exactly(log_, 0, header.data(), header.size()) || (big_endian_32(header.data()) & ~1u) != kLogMagic ||
        big_endian_32(header.data() + 8) != page_bytes_) {
        return;
    }
    LogChecksum checksum(big_endian_32(header.data()) & 1);
    checksum.add(header.data(), 24);
    if (!checksum.equals(header.data() + 24)) {
        return;
    }
    std::vector<unsigned char> frame(kFrameHeaderBytes + page_bytes_);
    std::unordered_map<std::uint32_t, std::uint64_t> open_transaction;
    for (std::uint64_t offset = kLogHeaderBytes; read_exactly(log_, offset, frame.data(), frame.size());
         offset += frame.size()) {
        checksum.add(frame.data(), 8);
        checksum.add(frame.data() + kFrameHeaderBytes, page_bytes_);
        const bool same_salt = std::memcmp(frame.data() + 8, header.data() + 16, 8) == 0;
        if (!same_salt || !checksum.equals(frame.data() + 16)) {
            return;
        }
        open_transaction[big_endian_32(frame.data())] = offset + kFrameHeaderBytes;
        if (const std::uint32_t pages = big_endian_32(frame.data() + 4); pages != 0) {  // a commit
            for (const auto& [page, content] : open_transaction) {
                logged_[page] = content;
            }
            open_transaction.clear();
            page_count_ = std::min(std::max(page_count_, pages), kMaximumPages);
        }
    }
}

}  // namespace altiplano::storage
