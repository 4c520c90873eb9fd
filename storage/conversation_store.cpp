// Each method: one transaction around the steps of the tables, and SQLite's failures as Error.
#include "storage/conversation_store.h"

#include <string>
#include <utility>

#include "storage/answer_stream.h"
#include "storage/backup.h"
#include "storage/conversation_table.h"
#include "storage/database.h"
#include "storage/message_tree.h"
#include "storage/migrations.h"
#include "storage/opening.h"
#include "storage/search_index.h"

namespace altiplano::storage {
namespace {

constexpr std::size_t kFirstQuestionBytes = 300;

/// The beginning of a question for the list, cut between characters.
std::string_view beginning(std::string_view text) {
    std::size_t length = std::min(text.size(), kFirstQuestionBytes);
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
        --length;
    }
    return text.substr(0, length);
}

}  // namespace

struct ConversationStore::Impl {
    std::filesystem::path file;
    Clock clock;
    OpenedDatabase opened;
    std::unique_ptr<Backup> backup = nullptr;
    std::int64_t backup_day = 0;  // on which it was finished or failed

    SQLite::Database& database() { return opened.database; }

    /// Runs action in a transaction; attempted completes "Cannot ...".
    template <typename Action>
    decltype(auto) write(std::string_view attempted, Action&& action) {
        if (!opened.writable) {
            const bool newer = opened.report.kind == OpenReport::Kind::NewerVersion;
            throw Error(newer ? ErrorKind::NewerVersion : ErrorKind::ReadOnly,
                        "Cannot " + std::string(attempted) + ": " + opened.report.message);
        }
        return attempt(file, attempted, [&]() -> decltype(action()) {
            WriteTransaction transaction(database());
            if constexpr (std::is_void_v<decltype(action())>) {
                action();
                transaction.commit();
            } else {
                auto result = action();
                transaction.commit();
                return result;
            }
        });
    }

    template <typename Action>
    decltype(auto) read(std::string_view attempted, Action&& action) {
        return attempt(file, attempted, std::forward<Action>(action));
    }

    Message require_answer(MessageId id) {
        Message answer = read_message(database(), id);
        if (answer.role != Role::Assistant) {
            throw Error(ErrorKind::NotFound, "Message " + std::to_string(id) + " is not an answer");
        }
        return answer;
    }

    Message add_question(ConversationId id, std::optional<MessageId> parent, std::string_view text) {
        const MessageId question = add_message(database(), {id, parent, Role::User, text, clock()});
        index_message(database(), question, text);
        if (!parent) {
            set_text(database(), id, TextColumn::FirstQuestion, beginning(text));
        }
        set_text(database(), id, TextColumn::Draft, "");
        return read_message(database(), question);
    }

    /// An empty answer below a question, streaming.
    MessageId add_answer(ConversationId id, std::optional<MessageId> question, const Provenance& provenance) {
        const MessageId answer = add_message(database(), {id, question, Role::Assistant, "", clock()});
        begin_generation(database(), read_message(database(), answer), provenance);
        return answer;
    }

    /// What the window shows after a click: read inside the same transaction.
    Turn turn(ConversationId id, MessageId answer, std::optional<Message> question) {
        touch(database(), id, clock());
        Turn result{std::move(question), {}, read_branch(database(), answer)};
        result.answer = result.branch.back();
        if (result.question) {  // its place among its siblings is known now
            result.question = result.branch[result.branch.size() - 2];
        }
        return result;
    }
};

ConversationStore::ConversationStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ConversationStore::~ConversationStore() = default;
ConversationStore::ConversationStore(ConversationStore&&) noexcept = default;
ConversationStore& ConversationStore::operator=(ConversationStore&&) noexcept = default;

ConversationStore ConversationStore::open(const std::filesystem::path& database_file, Clock clock) {
    OpenedDatabase opened = open_database(database_file, clock, embedded_migrations());
    return ConversationStore(std::make_unique<Impl>(Impl{database_file, std::move(clock), std::move(opened)}));
}

const OpenReport& ConversationStore::open_report() const noexcept {
    return impl_->opened.report;
}

bool ConversationStore::writable() const noexcept {
    return impl_->opened.writable;
}

std::vector<Conversation> ConversationStore::conversations(int limit, int offset) const {
    return impl_->read("list the conversations", [&] { return list_conversations(impl_->database(), limit, offset); });
}

int ConversationStore::conversation_count() const {
    return impl_->read("count the conversations", [&] {
        return static_cast<int>(
            query_integer(impl_->database(), "SELECT COUNT(*) FROM conversation WHERE trashed_ms IS NULL"));
    });
}

Conversation ConversationStore::conversation(ConversationId id) const {
    return impl_->read("read a conversation", [&] { return read_conversation(impl_->database(), id); });
}

bool ConversationStore::has_conversation(ConversationId id) const {
    return impl_->read("look for a conversation", [&] { return is_listed(impl_->database(), id); });
}

Conversation ConversationStore::create_conversation(std::string_view date_header, std::string_view system_prompt,
                                                    std::string_view parameters_json) {
    Conversation conversation;
    conversation.created_ms = impl_->clock();
    conversation.date_header = date_header;
    conversation.system_prompt = system_prompt;
    conversation.parameters_json = parameters_json;
    return impl_->write("store a new conversation", [&] {
        return read_conversation(impl_->database(), add_conversation(impl_->database(), conversation));
    });
}

void ConversationStore::rename(ConversationId id, std::string_view title) {
    impl_->write("rename a conversation", [&] {
        unindex_title(impl_->database(), id, read_conversation(impl_->database(), id).title);
        set_text(impl_->database(), id, TextColumn::Title, title);
        index_title(impl_->database(), id, title);
    });
}

void ConversationStore::set_pinned(ConversationId id, bool pinned) {
    impl_->write("pin a conversation", [&] { storage::set_pinned(impl_->database(), id, pinned); });
}

void ConversationStore::set_draft(ConversationId id, std::string_view draft) {
    impl_->write("store a draft", [&] { set_text(impl_->database(), id, TextColumn::Draft, draft); });
}

void ConversationStore::set_parameters(ConversationId id, std::string_view system_prompt,
                                       std::string_view parameters_json) {
    impl_->write("store the parameters", [&] {
        set_text(impl_->database(), id, TextColumn::SystemPrompt, system_prompt);
        set_text(impl_->database(), id, TextColumn::Parameters, parameters_json);
    });
}

void ConversationStore::trash(ConversationId id) {
    impl_->write("delete a conversation", [&] { set_trashed(impl_->database(), id, impl_->clock()); });
}

void ConversationStore::restore(ConversationId id) {
    impl_->write("restore a conversation", [&] { set_trashed(impl_->database(), id, std::nullopt); });
}

int ConversationStore::empty_trash(std::int64_t age_ms) {
    const int erased =
        impl_->write("empty the trash", [&] { return erase_trashed(impl_->database(), impl_->clock() - age_ms); });
    if (erased > 0) {  // the log still holds the old pages
        impl_->database().tryExec("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    return erased;
}

std::vector<Message> ConversationStore::branch(ConversationId id) const {
    return impl_->read("read a conversation", [&] {
        const std::optional<MessageId> leaf = read_conversation(impl_->database(), id).active_leaf;
        return leaf ? read_branch(impl_->database(), *leaf) : std::vector<Message>();
    });
}

std::vector<Message> ConversationStore::select_branch(MessageId message_id) {
    return impl_->write("switch to another branch", [&] {
        const Message message = read_message(impl_->database(), message_id);
        const MessageId leaf = newest_descendant(impl_->database(), message);
        set_active_leaf(impl_->database(), message.conversation_id, leaf);
        return read_branch(impl_->database(), leaf);
    });
}

std::vector<MessageId> ConversationStore::siblings(MessageId message_id) const {
    return impl_->read("read the versions of a message",
                       [&] { return read_siblings(impl_->database(), read_message(impl_->database(), message_id)); });
}

ConversationStore::Turn ConversationStore::begin_turn(ConversationId id, std::optional<MessageId> parent,
                                                      std::string_view question, const Provenance& provenance) {
    return impl_->write("store the question", [&] {
        if (parent && read_message(impl_->database(), *parent).conversation_id != id) {
            throw Error(ErrorKind::NotFound,
                        "Message " + std::to_string(*parent) + " is not in conversation " + std::to_string(id));
        }
        read_conversation(impl_->database(), id);
        Message stored = impl_->add_question(id, parent, question);
        const MessageId answer = impl_->add_answer(id, stored.id, provenance);
        return impl_->turn(id, answer, std::move(stored));
    });
}

ConversationStore::Turn ConversationStore::begin_regeneration(MessageId answer_id, const Provenance& provenance) {
    return impl_->write("begin another answer", [&] {
        const Message answer = impl_->require_answer(answer_id);
        const MessageId fresh = impl_->add_answer(answer.conversation_id, answer.parent_id, provenance);
        return impl_->turn(answer.conversation_id, fresh, std::nullopt);
    });
}

ConversationStore::Turn ConversationStore::begin_continuation(MessageId answer_id, const Provenance& provenance) {
    return impl_->write("continue the answer", [&] {
        const Message answer = impl_->require_answer(answer_id);
        begin_generation(impl_->database(), answer, provenance);
        set_active_leaf(impl_->database(), answer.conversation_id, answer_id);
        return impl_->turn(answer.conversation_id, answer_id, std::nullopt);
    });
}

void ConversationStore::set_provenance(MessageId answer_id, const Provenance& provenance) {
    impl_->write("store what writes the answer", [&] { change_provenance(impl_->database(), answer_id, provenance); });
}

void ConversationStore::append_answer(MessageId answer_id, std::string_view text) {
    impl_->write("store the answer", [&] { append_chunk(impl_->database(), answer_id, text); });
}

void ConversationStore::finish_answer(MessageId answer_id, const Outcome& outcome) {
    impl_->write("store the end of the answer", [&] { finish_generation(impl_->database(), answer_id, outcome); });
}

std::vector<SearchHit> ConversationStore::search(std::string_view words, int limit) const {
    return impl_->read("search", [&] { return storage::search(impl_->database(), words, limit); });
}

bool ConversationStore::continue_backup() {
    constexpr std::int64_t kDayMs = 86'400'000;
    const std::int64_t today = impl_->clock() / kDayMs;
    if (impl_->backup_day == today || !impl_->opened.writable) {
        return false;
    }
    impl_->backup_day = today;  // unless there turns out to be more to do
    std::unique_ptr<Backup> backup = std::move(impl_->backup);
    return impl_->read("make the daily backup", [&] {
        if (!backup) {
            backup = Backup::begin(impl_->database(), backup_folder_of(impl_->file), impl_->file, impl_->clock());
        }
        if (!backup || !backup->step()) {
            return false;
        }
        impl_->backup = std::move(backup);
        impl_->backup_day = 0;
        return true;
    });
}

}  // namespace altiplano::storage
