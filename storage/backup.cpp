// SQLite's online backup into NAME.partial, checked, then renamed: a file with a date in its name is whole.
#include "storage/backup.h"

#include <SQLiteCpp/Backup.h>
#include <algorithm>
#include <ctime>
#include <sqlite3.h>
#include <string>
#include <vector>

#include "storage/database.h"

namespace altiplano::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesPerStep = 512;  // 2 MiB
constexpr std::size_t kCopiesKept = 3;

/// "conversations-2026-11-23.sqlite": sorts by date.
fs::path name_of(const fs::path& database_file, std::int64_t now_ms) {
    const std::time_t seconds = now_ms / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char date[16];
    std::strftime(date, sizeof date, "-%Y-%m-%d", &utc);
    return database_file.stem().string() + date + database_file.extension().string();
}

/// Finished copies, oldest first.
std::vector<fs::path> copies_in(const fs::path& folder, const fs::path& database_file) {
    const std::string pattern = name_of(database_file, 0).string();
    const std::string stem = database_file.stem().string() + "-";
    std::vector<fs::path> copies;
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        if (name.size() == pattern.size() && name.starts_with(stem) &&
            entry.path().extension() == database_file.extension()) {
            copies.push_back(entry.path());
        }
    }
    std::sort(copies.begin(), copies.end());
    return copies;
}

}  // namespace

struct Backup::State {
    State(SQLite::Database& source, fs::path into, fs::path source_file, const fs::path& name)
        : folder(std::move(into)),
          database_file(std::move(source_file)),
          finished(folder / name),
          partial(finished.string() + ".partial"),
          target(std::in_place, partial.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE),
          copy(std::in_place, *target, source) {}

    fs::path folder;
    fs::path database_file;
    fs::path finished;
    fs::path partial;
    std::optional<SQLite::Database> target;
    std::optional<SQLite::Backup> copy;
};

fs::path backup_folder_of(const fs::path& database_file) {
    return fs::absolute(database_file).parent_path() / "backups";
}

std::optional<fs::path> newest_backup(const fs::path& folder, const fs::path& database_file) {
    const std::vector<fs::path> copies = copies_in(folder, database_file);
    return copies.empty() ? std::nullopt : std::optional(copies.back());
}

Backup::Backup(std::unique_ptr<State> state) : state_(std::move(state)) {}
Backup::~Backup() = default;

std::unique_ptr<Backup> Backup::begin(SQLite::Database& database, const fs::path& folder, const fs::path& database_file,
                                      std::int64_t now_ms) {
    const fs::path name = name_of(database_file, now_ms);
    if (fs::exists(folder / name)) {
        return nullptr;
    }
    fs::create_directories(folder);
    fs::remove(folder / (name.string() + ".partial"));
    return std::unique_ptr<Backup>(new Backup(std::make_unique<State>(database, folder, database_file, name)));
}

void Backup::check_and_close() {
    state_->copy.reset();
    std::string verdict = "no answer";
    {
        SQLite::Statement check(*state_->target, "PRAGMA quick_check(1)");
        verdict = check.executeStep() ? check.getColumn(0).getString() : verdict;
    }
    state_->target->exec("PRAGMA journal_mode = DELETE");  // one file, without helpers beside it
    state_->target.reset();
    if (verdict != "ok") {
        fs::remove(state_->partial);
        throw SQLite::Exception("the copy is not sound: " + verdict, SQLITE_CORRUPT);
    }
}

bool Backup::step() {
    if (state_->copy->executeStep(kPagesPerStep) != SQLITE_DONE) {
        return true;
    }
    check_and_close();
    const State& state = *state_;
    fs::rename(state.partial, state.finished);
    std::vector<fs::path> copies = copies_in(state.folder, state.database_file);
    for (std::size_t i = 0; i + kCopiesKept < copies.size(); ++i) {
        fs::remove(copies[i]);
    }
    return false;
}

}  // namespace altiplano::storage
