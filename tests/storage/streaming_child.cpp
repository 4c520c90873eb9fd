// A program to be killed: streams answers at 150 tokens a second and says on standard output what is stored.
//   Q <answer>      question and empty answer are stored
//   + <answer> <n>  chunk n (from 0) is stored
//   F <answer>      the answer is finished
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "storage/conversation_store.h"

int main(int, char** argv) {
    using namespace altiplano::storage;
    ConversationStore store = ConversationStore::open(argv[1], [] { return std::int64_t{1}; });
    const ConversationId id = store.create_conversation("", "", "").id;
    std::optional<MessageId> parent;
    while (true) {
        const MessageId answer = store.begin_turn(id, parent, "question", {}).answer.id;
        std::printf("Q %lld\n", static_cast<long long>(answer));
        std::fflush(stdout);
        for (int chunk = 0; chunk < 12; ++chunk) {
            std::this_thread::sleep_for(std::chrono::microseconds(6667));
            store.append_answer(answer, "w" + std::to_string(chunk) + " ");
            std::printf("+ %lld %d\n", static_cast<long long>(answer), chunk);
            std::fflush(stdout);
        }
        store.finish_answer(answer, {});
        std::printf("F %lld\n", static_cast<long long>(answer));
        std::fflush(stdout);
        parent = answer;
    }
}
