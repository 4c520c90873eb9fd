// Rows go in by the store's own steps, so that tables and index are as the program makes them.
#include "tests/bench/storage_filler.h"

#include <algorithm>

#include "storage/answer_stream.h"
#include "storage/conversation_table.h"
#include "storage/database.h"
#include "storage/message_tree.h"
#include "storage/search_index.h"

namespace altiplano::storage {
namespace {

constexpr std::size_t kVocabulary = 50'000;
constexpr int kMessagesPerTransaction = 20'000;
constexpr int kLongConversation = 10'000;
constexpr int kUsualConversation = 10;

std::vector<double> zipf_weights() {
    std::vector<double> weights;
    for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
        weights.push_back(1.0 / static_cast<double>(rank + 1));
    }
    return weights;
}

std::string made_up_word(std::mt19937_64& random, std::size_t rank) {
    constexpr const char* kSyllables[] = {"ta", "re", "mi", "no", "sul", "ka", "en", "dor", "vi", "lo", "pra", "che"};
    if (rank % 20 == 19) {  // every twentieth is of two Chinese characters
        std::string word;
        for (int i = 0; i < 2; ++i) {
            const auto character = static_cast<unsigned>(0x4E00 + random() % 4000);
            word += static_cast<char>(0xE0 | character >> 12);
            word += static_cast<char>(0x80 | (character >> 6 & 0x3F));
            word += static_cast<char>(0x80 | (character & 0x3F));
        }
        return word;
    }
    std::string word;
    for (std::size_t i = 0, count = 1 + (rank > 30) + (rank > 500) + random() % 2; i < count; ++i) {
        word += kSyllables[random() % std::size(kSyllables)];
    }
    return word;
}

class Filler {
public:
    Filler(SQLite::Database& database, TextMaker& maker) : database_(database), maker_(maker) {}

    void add_pair() {
        if (left_in_conversation_ == 0) {
            begin_conversation();
        }
        const MessageId question = add(Role::User, maker_.text(25));
        parent_ = question;
        const MessageId answer = add_message(database_, {conversation_, parent_, Role::Assistant, "", time_});
        begin_generation(database_, read_message(database_, answer), provenance_);
        append_chunk(database_, answer, maker_.text(150));
        finish_generation(database_, answer, {});
        parent_ = answer;
        left_in_conversation_ -= 2;
    }

private:
    void begin_conversation() {
        Conversation conversation;
        conversation.created_ms = time_;
        conversation_ = add_conversation(database_, conversation);
        set_text(database_, conversation_, TextColumn::Title, maker_.text(4));
        left_in_conversation_ = conversation_ == 1 ? kLongConversation : kUsualConversation;
        parent_.reset();
    }
    MessageId add(Role role, const std::string& text) {
        const MessageId id = add_message(database_, {conversation_, parent_, role, text, time_++});
        index_message(database_, id, text);
        return id;
    }

    SQLite::Database& database_;
    TextMaker& maker_;
    Provenance provenance_{"bench", "sha256:0", "0", "cpu", "{}", 1};
    ConversationId conversation_ = 0;
    std::optional<MessageId> parent_;
    int left_in_conversation_ = 0;
    std::int64_t time_ = 1'700'000'000'000;
};

}  // namespace

TextMaker::TextMaker() {
    for (std::size_t rank = 0; rank < kVocabulary; ++rank) {
        words_.push_back(made_up_word(random_, rank));
    }
    const std::vector<double> weights = zipf_weights();
    by_frequency_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
}

std::string TextMaker::text(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) {
        text += words_[by_frequency_(random_)];
        text += i % 12 == 11 ? ". " : " ";
    }
    return text;
}

void fill_store(SQLite::Database& database, TextMaker& maker, int messages) {
    Filler filler(database, maker);
    for (int done = 0; done < messages;) {
        WriteTransaction transaction(database);
        for (const int end = std::min(messages, done + kMessagesPerTransaction); done < end; done += 2) {
            filler.add_pair();
        }
        transaction.commit();
    }
}

}  // namespace altiplano::storage
