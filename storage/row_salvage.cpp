// File format: https://www.sqlite.org/fileformat2.html, sections 1.6 (b-tree pages), 1.7 (overflow), 2.1 (records).
#include "storage/row_salvage.h"

#include <bit>
#include <optional>

namespace altiplano::storage {
namespace {

constexpr unsigned char kTableLeaf = 0x0D;
constexpr std::uint32_t kLeafHeaderBytes = 8;
constexpr std::uint32_t kFileHeaderBytes = 100;
constexpr std::uint64_t kMaximumRowBytes = 1'000'000'000;  // SQLite's own limit

/// Reads numbers from bytes; a read beyond the end gives nothing, and nothing after it.
class Reader {
public:
    Reader(const unsigned char* bytes, std::size_t count) : next_(bytes), left_(count) {}

    std::optional<std::uint64_t> variable_integer() {
        std::uint64_t value = 0;
        for (int i = 0; i < 9; ++i) {
            if (left_ == 0) {
                return std::nullopt;
            }
            const unsigned char byte = take();
            if (i == 8) {
                return value << 8 | byte;
            }
            value = value << 7 | (byte & 0x7F);
            if ((byte & 0x80) == 0) {
                return value;
            }
        }
        return value;
    }

    std::optional<std::int64_t> integer(std::size_t bytes) {
        if (left_ < bytes) {
            return std::nullopt;
        }
        std::uint64_t value = bytes > 0 && (*next_ & 0x80) ? ~0ull : 0;  // the sign goes all the way up
        for (std::size_t i = 0; i < bytes; ++i) {
            value = value << 8 | take();
        }
        return static_cast<std::int64_t>(value);
    }

    std::optional<std::string> text(std::uint64_t bytes) {
        if (left_ < bytes) {
            return std::nullopt;
        }
        std::string result(reinterpret_cast<const char*>(next_), bytes);
        next_ += bytes;
        left_ -= bytes;
        return result;
    }

    std::size_t left() const { return left_; }
    const unsigned char* here() const { return next_; }

private:
    unsigned char take() {
        --left_;
        return *next_++;
    }

    const unsigned char* next_;
    std::size_t left_;
};

std::optional<Value> read_value(Reader& body, std::uint64_t serial_type) {
    constexpr std::size_t kIntegerBytes[] = {0, 1, 2, 3, 4, 6, 8};
    if (serial_type == 0) {
        return Value();
    }
    if (serial_type <= 6) {
        const auto number = body.integer(kIntegerBytes[serial_type]);
        return number ? std::optional<Value>(*number) : std::nullopt;
    }
    if (serial_type == 7) {
        const auto bits = body.integer(8);
        return bits ? std::optional<Value>(std::bit_cast<double>(*bits)) : std::nullopt;
    }
    if (serial_type <= 9) {
        return Value(static_cast<std::int64_t>(serial_type - 8));
    }
    if (serial_type < 12) {
        return std::nullopt;
    }
    auto bytes = body.text((serial_type - 12) / 2);
    if (!bytes) {
        return std::nullopt;
    }
    return serial_type % 2 ? Value(std::move(*bytes)) : Value(Blob{std::move(*bytes)});
}

/// Lengths must come out exactly: chance hardly passes that.
std::optional<std::vector<Value>> read_record(const std::string& payload) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(payload.data());
    Reader sizes(bytes, payload.size());
    const auto header_bytes = sizes.variable_integer();
    const std::size_t length_bytes = payload.size() - sizes.left();
    if (!header_bytes || *header_bytes > payload.size() || *header_bytes < length_bytes) {
        return std::nullopt;
    }
    Reader types(sizes.here(), *header_bytes - length_bytes);
    Reader body(bytes + *header_bytes, payload.size() - *header_bytes);
    std::vector<Value> values;
    while (types.left() > 0) {
        const auto type = types.variable_integer();
        std::optional<Value> value = type ? read_value(body, *type) : std::nullopt;
        if (!value) {
            return std::nullopt;
        }
        values.push_back(std::move(*value));
    }
    return body.left() == 0 ? std::optional(std::move(values)) : std::nullopt;
}

class Salvage {
public:
    Salvage(DatabasePages& pages, const std::function<void(const SalvagedRow&)>& on_row)
        : pages_(pages), on_row_(on_row) {}

    void take_page(std::uint32_t number) {
        const Page page = pages_.read(number);
        const std::uint32_t header = number == 1 ? kFileHeaderBytes : 0;
        if (page[header] != kTableLeaf) {
            return;
        }
        const std::uint32_t cells = big_endian_16(&page[header + 3]);
        for (std::uint32_t i = 0; i < cells; ++i) {
            const std::size_t pointer = header + kLeafHeaderBytes + 2 * std::size_t{i};
            if (pointer + 2 > page.size()) {
                return;
            }
            take_cell(page, big_endian_16(&page[pointer]));
        }
    }

private:
    void take_cell(const Page& page, std::size_t offset) {
        if (offset >= page.size()) {
            return;
        }
        Reader cell(page.data() + offset, page.size() - offset);
        const auto payload_bytes = cell.variable_integer();
        const auto rowid = cell.variable_integer();
        if (!payload_bytes || !rowid || *payload_bytes > kMaximumRowBytes) {
            return;
        }
        std::optional<std::string> payload = read_payload(cell, *payload_bytes);
        if (!payload) {
            return;
        }
        if (auto values = read_record(*payload)) {
            on_row_({static_cast<std::int64_t>(*rowid), std::move(*values)});
        }
    }

    std::optional<std::string> read_payload(Reader& cell, std::uint64_t total) {
        const std::uint64_t usable = pages_.page_bytes();
        const std::uint64_t most = usable - 35;
        if (total <= most) {
            return cell.text(total);
        }
        const std::uint64_t least = (usable - 12) * 32 / 255 - 23;
        const std::uint64_t wanted = least + (total - least) % (usable - 4);
        std::optional<std::string> payload = cell.text(wanted <= most ? wanted : least);
        const auto overflow = cell.integer(4);
        if (!payload || !overflow || total / usable > pages_.page_count()) {
            return std::nullopt;
        }
        return append_overflow(std::move(*payload), static_cast<std::uint32_t>(*overflow), total);
    }

    std::optional<std::string> append_overflow(std::string payload, std::uint32_t number, std::uint64_t total) {
        while (payload.size() < total) {
            if (number == 0 || number > pages_.page_count()) {
                return std::nullopt;
            }
            const Page page = pages_.read(number);
            const std::size_t part = std::min<std::uint64_t>(total - payload.size(), page.size() - 4);
            payload.append(reinterpret_cast<const char*>(page.data()) + 4, part);
            number = big_endian_32(page.data());
        }
        return payload;
    }

    DatabasePages& pages_;
    const std::function<void(const SalvagedRow&)>& on_row_;
};

}  // namespace

void for_each_salvaged_row(DatabasePages& pages, const std::function<void(const SalvagedRow&)>& on_row) {
    Salvage salvage(pages, on_row);
    for (std::uint32_t number = 1; number <= pages.page_count(); ++number) {
        salvage.take_page(number);
    }
}

}  // namespace altiplano::storage
