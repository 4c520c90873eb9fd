// 200 times kill -9 while answers stream: nothing that was acknowledged is ever lost.
#include <SQLiteCpp/SQLiteCpp.h>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <map>
#include <random>
#include <sstream>
#include <sys/wait.h>
#include <thread>

#include "storage/database.h"
#include "tests/storage/temporary_store.h"

namespace altiplano::storage {
namespace {

constexpr int kKills = 200;

/// Runs the streaming child for that long, kills it and returns all that it had acknowledged.
std::string acknowledged_before_kill(const std::filesystem::path& file, std::chrono::microseconds lifetime) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return {};
    }
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::execl(ALTIPLANO_STREAMING_CHILD, ALTIPLANO_STREAMING_CHILD, file.c_str(), nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    std::string output(1, '\0');
    const bool started = ::read(ends[0], output.data(), 1) == 1;  // its first turn is stored: now the time runs
    std::this_thread::sleep_for(lifetime);
    ::kill(child, SIGKILL);
    char buffer[4096];
    for (ssize_t count; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
        output.append(buffer, static_cast<std::size_t>(count));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return started && WIFSIGNALED(status) ? output.substr(0, output.rfind('\n') + 1) : std::string();
}

struct Acknowledged {
    int chunks = 0;
    bool finished = false;
};

std::map<MessageId, Acknowledged> parse(const std::string& lines) {
    std::map<MessageId, Acknowledged> answers;
    std::istringstream stream(lines);
    std::string kind;
    for (MessageId answer = 0; stream >> kind >> answer;) {
        Acknowledged& known = answers[answer];
        int chunk = 0;
        if (kind == "+" && stream >> chunk) {
            known.chunks = chunk + 1;
        }
        known.finished |= kind == "F";
    }
    return answers;
}

std::string expected_text(int chunks) {
    std::string text;
    for (int chunk = 0; chunk < chunks; ++chunk) {
        text += "w" + std::to_string(chunk) + " ";
    }
    return text;
}

class Kill : public StoreTest {
protected:
    void check_answer(const ConversationStore& store, MessageId id, const Acknowledged& known) {
        SQLite::Database database = open_connection(file, Access::Read);
        SQLite::Statement row(database, "SELECT conversation_id FROM message WHERE id = ?");
        row.bind(1, id);
        ASSERT_TRUE(row.executeStep()) << "answer " << id << " is gone";
        for (const Message& message : store.branch(row.getColumn(0).getInt64())) {
            if (message.id == id) {
                const AnswerState state = message.answer->outcome.state;
                EXPECT_TRUE(message.text == expected_text(known.chunks) ||
                            message.text == expected_text(known.chunks + 1))
                    << "acknowledged " << known.chunks << " chunks, found: " << message.text;
                EXPECT_TRUE(state == AnswerState::Complete || (state == AnswerState::Interrupted && !known.finished));
                return;
            }
        }
        FAIL() << "answer " << id << " is not on its branch";
    }

    std::string integrity() {
        SQLite::Database database = open_connection(file, Access::Read);
        SQLite::Statement check(database, "PRAGMA integrity_check");
        check.executeStep();
        return check.getColumn(0).getString();
    }
};

TEST_F(Kill, nothingAcknowledgedIsLostIn200Kills) {
    std::mt19937 random(20261123);
    std::uniform_int_distribution<int> lifetime_us(0, 170'000);
    int killed_while_streaming = 0;
    for (int i = 0; i < kKills && !HasFailure(); ++i) {
        const std::string lines = acknowledged_before_kill(file, std::chrono::microseconds(lifetime_us(random)));
        ASSERT_FALSE(lines.empty()) << "the child did not run";
        ConversationStore store = open_store();
        EXPECT_EQ(store.open_report().kind, OpenReport::Kind::Ready) << store.open_report().message;
        killed_while_streaming += store.open_report().interrupted_answers;
        for (const auto& [answer, known] : parse(lines)) {
            check_answer(store, answer, known);
        }
        EXPECT_EQ(integrity(), "ok");
    }
    EXPECT_GT(killed_while_streaming, kKills / 2);
}

}  // namespace
}  // namespace altiplano::storage
