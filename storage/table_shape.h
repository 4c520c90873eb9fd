// What a row of each of our tables looks like, and where it goes.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <optional>
#include <string>
#include <vector>

#include "storage/row_salvage.h"

namespace altiplano::storage {

class TableShape {
public:
    /// The database must outlive the shape.
    TableShape(SQLite::Database& database, std::string table);

    const std::string& table() const noexcept { return table_; }
    /// By number and types of values. A row from before later columns were added fits too.
    bool fits(const SalvagedRow& row) const;
    /// Rows that break a constraint are left out.
    void insert(const SalvagedRow& row);

private:
    struct Column {
        std::string name;
        bool is_text = false;
        bool is_rowid = false;
        bool may_be_null = false;
        bool may_be_missing = false;  // a record from before it was added ends earlier
    };
    bool fits(const Value& value, const Column& column) const;
    std::string insert_statement(std::size_t values) const;

    SQLite::Database& database_;
    std::string table_;
    std::vector<Column> columns_;
    std::optional<SQLite::Statement> insert_;
};

/// Every table that holds what a person wrote or was answered; indexes are built anew.
std::vector<TableShape> table_shapes(SQLite::Database& database);

}  // namespace altiplano::storage
