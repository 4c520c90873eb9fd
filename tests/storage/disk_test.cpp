// Disks that are full or read-only, and files that another program holds: an honest error, nothing lost.
#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <fstream>

#include "storage/database.h"
#include "tests/storage/child_process.h"
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

namespace fs = std::filesystem;

class Disk : public StoreTest {
protected:
    static ErrorKind kind_of(const std::function<void()>& action) {
        try {
            action();
        } catch (const Error& error) {
            return error.kind();
        }
        ADD_FAILURE() << "no error";
        return ErrorKind::Io;
    }

    /// Writes until no byte more goes on the disk.
    static void fill_disk(const fs::path& ballast) {
        for (std::size_t part : {65536u, 4096u, 512u, 1u}) {
            std::ofstream stream(ballast, std::ios::binary | std::ios::app);
            while (stream.write(std::string(part, 'x').data(), static_cast<std::streamsize>(part)).flush()) {
            }
        }
    }

    int full_disk_keeps_everything() {
        if (!mount_small_disk(folder, "3m")) {
            return kChildSkipped;
        }
        ConversationStore store = open_store();
        const ConversationId id = store.create_conversation("", "", "").id;
        const MessageId answer = store.begin_turn(id, std::nullopt, "question", provenance()).answer.id;
        fill_disk(folder / "ballast");
        std::string stored;
        const std::string chunk(4000, 'y');
        ErrorKind kind = ErrorKind::Io;
        for (bool full = false; !full;) {
            try {
                store.append_answer(answer, chunk);
                stored += chunk;
            } catch (const Error& error) {
                kind = error.kind();
                EXPECT_NE(std::string(error.what()).find("disk is full"), std::string::npos) << error.what();
                full = true;
            }
        }
        EXPECT_EQ(kind, ErrorKind::Full);
        EXPECT_EQ(store.branch(id).back().text, stored);
        EXPECT_EQ(kind_of([&] { store.begin_turn(id, answer, std::string(9000, 'q'), provenance()); }),
                  ErrorKind::Full);
        EXPECT_EQ(store.branch(id).size(), 2u);
        EXPECT_EQ(store.search("question", 10).size(), 1u);
        fs::remove(folder / "ballast");
        store.append_answer(answer, "the rest");
        store.finish_answer(answer, {});
        store = open_store();
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Ready);
        EXPECT_EQ(store.branch(id).back().text, stored + "the rest");
        return 0;
    }

    int opens_on_a_full_disk() {
        if (!mount_small_disk(folder, "3m")) {
            return kChildSkipped;
        }
        ConversationId id = 0;
        {
            ConversationStore store = open_store();
            id = store.create_conversation("", "", "").id;
            add_turn(store, id, std::nullopt, "question", "answer");
        }
        fill_disk(folder / "ballast");
        ConversationStore store = open_store();
        EXPECT_EQ(store.branch(id).back().text, "answer");
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::ReadOnly);
        EXPECT_NE(store.open_report().message.find("is full"), std::string::npos) << store.open_report().message;
        return 0;
    }

    /// The store is closed cleanly before its file or folder loses the right to write.
    int read_only(const fs::path& protected_path, fs::perms rights) {
        ConversationId id = 0;
        {
            ConversationStore store = open_store();
            id = store.create_conversation("", "", "").id;
            add_turn(store, id, std::nullopt, "question", "answer");
        }
        become_ordinary_user(folder);
        fs::permissions(protected_path, rights);
        ConversationStore store = open_store();
        EXPECT_FALSE(store.writable());
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::ReadOnly);
        EXPECT_NE(store.open_report().message.find(file.string()), std::string::npos);
        EXPECT_EQ(store.branch(id).back().text, "answer");
        EXPECT_EQ(store.search("answer", 10).size(), 1u);
        EXPECT_EQ(kind_of([&] { store.begin_turn(id, std::nullopt, "more", provenance()); }), ErrorKind::ReadOnly);
        fs::permissions(protected_path, fs::perms::owner_all);
        return 0;
    }
};

void expect_done(int status) {
    if (status == kChildSkipped) {
        GTEST_SKIP() << "no mount namespace here";
    }
    EXPECT_EQ(status, 0);
}

TEST_F(Disk, aFullDiskLosesNothingAndTheRetryWorks) {
    expect_done(run_in_child([this] { return full_disk_keeps_everything(); }));
}

TEST_F(Disk, aFullDiskAtTheStartStillLetsRead) {
    expect_done(run_in_child([this] { return opens_on_a_full_disk(); }));
}

TEST_F(Disk, aReadOnlyFileIsOpenedForReading) {
    expect_done(run_in_child([this] { return read_only(file, fs::perms::owner_read); }));
}

TEST_F(Disk, aReadOnlyFolderIsOpenedForReading) {
    expect_done(run_in_child([this] { return read_only(folder, fs::perms::owner_read | fs::perms::owner_exec); }));
}

TEST_F(Disk, aReadOnlyFolderAfterACrashShowsWhatTheLogHolds) {
    const fs::path crashed = folder / "crashed";
    fs::create_directory(crashed);
    {
        ConversationStore store = open_store();
        add_turn(store, store.create_conversation("", "", "").id, std::nullopt, "question", "answer");
        for (const char* ending : {"", "-wal", "-shm"}) {
            fs::copy_file(file.string() + ending, (crashed / file.filename()).string() + ending);
        }
    }
    expect_done(run_in_child([&] {
        become_ordinary_user(folder);
        fs::permissions(crashed, fs::perms::owner_read | fs::perms::owner_exec);
        file = crashed / file.filename();
        ConversationStore store = open_store();
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::ReadOnly);
        EXPECT_EQ(store.search("answer", 10).size(), 1u);
        fs::permissions(crashed, fs::perms::owner_all);
        return 0;
    }));
}

TEST_F(Disk, aFolderThatCannotBeMadeIsAnError) {
    file = "/proc/altiplano/conversations.sqlite";
    EXPECT_EQ(kind_of([this] { open_store(); }), ErrorKind::ReadOnly);
}

TEST_F(Disk, aFolderInThePlaceOfTheFileIsAnErrorAndStays) {
    fs::create_directory(file);
    EXPECT_EQ(kind_of([this] { open_store(); }), ErrorKind::Io);
    EXPECT_TRUE(fs::is_directory(file));
}

TEST_F(Disk, aForeignWriterMakesWritingBusyButNotReading) {
    ConversationStore store = open_store();
    const ConversationId id = store.create_conversation("", "", "").id;
    SQLite::Database foreign(file.string(), SQLite::OPEN_READWRITE);
    foreign.exec("BEGIN EXCLUSIVE");
    EXPECT_EQ(kind_of([&] { store.begin_turn(id, std::nullopt, "question", provenance()); }), ErrorKind::Busy);
    EXPECT_EQ(store.conversations(10, 0).size(), 1u);
    foreign.exec("ROLLBACK");
    EXPECT_NO_THROW(store.begin_turn(id, std::nullopt, "question", provenance()));
}

TEST_F(Disk, aForeignExclusiveLockMakesOpeningBusyAndNothingIsMovedAside) {
    { open_store(); }
    SQLite::Database foreign(file.string(), SQLite::OPEN_READWRITE);
    foreign.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE t (a); COMMIT");
    EXPECT_EQ(kind_of([this] { open_store(); }), ErrorKind::Busy);
    EXPECT_TRUE(fs::exists(file));
}

}  // namespace
}  // namespace altiplano::storage
