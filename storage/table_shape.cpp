// Shapes come from the schema itself, so that a migration needs no second description of its columns here.
#include "storage/table_shape.h"

#include <utility>

namespace altiplano::storage {

TableShape::TableShape(SQLite::Database& database, std::string table) : database_(database), table_(std::move(table)) {
    SQLite::Statement rows(database,
                           "SELECT name, type, \"notnull\", pk, dflt_value IS NOT NULL"
                           " FROM pragma_table_info(?) ORDER BY cid");
    rows.bind(1, table_);
    while (rows.executeStep()) {
        Column column;
        column.name = rows.getColumn(0).getString();
        column.is_text = rows.getColumn(1).getString() == "TEXT";
        column.is_rowid = rows.getColumn(3).getInt() != 0;
        column.may_be_null = rows.getColumn(2).getInt() == 0 && !column.is_rowid;
        column.may_be_missing = column.may_be_null || rows.getColumn(4).getInt() != 0;
        columns_.push_back(std::move(column));
    }
}

bool TableShape::fits(const Value& value, const Column& column) const {
    if (std::holds_alternative<std::monostate>(value)) {
        return column.is_rowid || column.may_be_null;
    }
    if (column.is_rowid) {
        return false;  // the record of a row never repeats its rowid
    }
    return column.is_text ? std::holds_alternative<std::string>(value) : std::holds_alternative<std::int64_t>(value);
}

bool TableShape::fits(const SalvagedRow& row) const {
    if (row.values.size() > columns_.size() || row.rowid <= 0) {
        return false;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const bool present = i < row.values.size();
        if (present ? !fits(row.values[i], columns_[i]) : !columns_[i].may_be_missing) {
            return false;
        }
    }
    return true;
}

void TableShape::insert(const SalvagedRow& row) {
    if (!insert_ || insert_->getBindParameterCount() != static_cast<int>(row.values.size())) {
        insert_.emplace(database_, insert_statement(row.values.size()));
    }
    SQLite::Statement& insert = *insert_;
    insert.reset();
    insert.clearBindings();
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        const int index = static_cast<int>(i) + 1;
        if (columns_[i].is_rowid) {
            insert.bind(index, row.rowid);
        } else if (const auto* number = std::get_if<std::int64_t>(&row.values[i])) {
            insert.bind(index, *number);
        } else if (const auto* text = std::get_if<std::string>(&row.values[i])) {
            insert.bindNoCopy(index, *text);
        }
    }
    insert.exec();
}

// The one place where SQL is put together: from the names in our own schema, never from the damaged file.
std::string TableShape::insert_statement(std::size_t values) const {
    std::string names;
    std::string places;
    for (std::size_t i = 0; i < values; ++i) {
        names += (i ? ", " : "") + columns_[i].name;
        places += i ? ", ?" : "?";
    }
    return "INSERT OR IGNORE INTO " + table_ + " (" + names + ") VALUES (" + places + ")";
}

std::vector<TableShape> table_shapes(SQLite::Database& database) {
    std::vector<TableShape> shapes;
    for (const char* table : {"conversation", "message", "provenance", "generation", "chunk"}) {
        shapes.emplace_back(database, table);
    }
    return shapes;
}

}  // namespace altiplano::storage
