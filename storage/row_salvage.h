// Rows out of the pages of a damaged database, without its indexes and without trust in any number it holds.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "storage/database_pages.h"

namespace altiplano::storage {

struct Blob {
    std::string bytes;
};
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

struct SalvagedRow {
    std::int64_t rowid = 0;
    std::vector<Value> values;
};

/// Calls on_row for every row of every table leaf page that can be decoded, whichever table it is of.
void for_each_salvaged_row(DatabasePages& pages, const std::function<void(const SalvagedRow&)>& on_row);

}  // namespace altiplano::storage
