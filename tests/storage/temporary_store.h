// A folder of its own for each test, a clock that tests set, and values they need often.
#pragma once

#include <cstdint>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <unistd.h>

#include "storage/conversation_store.h"

namespace altiplano::storage {

class StoreTest : public ::testing::Test {
protected:
    StoreTest() {
        std::string name = (std::filesystem::temp_directory_path() / "altiplano-storage-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        file = folder / "conversations.sqlite";
    }
    ~StoreTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }

    ConversationStore open_store() {
        return ConversationStore::open(file, [this] { return now_ms; });
    }

    /// One question and its finished answer below parent; the answer's id.
    static MessageId add_turn(ConversationStore& store, ConversationId id, std::optional<MessageId> parent,
                              const std::string& question, const std::string& answer) {
        const MessageId message = store.begin_turn(id, parent, question, provenance()).answer.id;
        store.append_answer(message, answer);
        store.finish_answer(message, {});
        return message;
    }

    static Provenance provenance() {
        return {"Llama 3.1 8B", "sha256:0123", "0.1.0", "cpu, 8 threads", R"({"temperature":0.6})", ~0ull};
    }

    std::filesystem::path folder;
    std::filesystem::path file;
    std::int64_t now_ms = 1'700'000'000'000;
};

}  // namespace altiplano::storage
