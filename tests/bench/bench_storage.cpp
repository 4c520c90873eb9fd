// altiplano-bench-storage: how long each operation of the store takes on a database of a given size.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "storage/conversation_store.h"
#include "storage/database.h"
#include "tests/bench/storage_filler.h"

namespace {

using namespace altiplano::storage;
using Json = nlohmann::ordered_json;

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

template <typename Action>
double milliseconds(Action&& action) {
    const auto begin = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

Json percentiles(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const auto at = [&times](double part) { return times[static_cast<std::size_t>(part * (times.size() - 1))]; };
    return {{"p50_ms", at(0.5)}, {"p95_ms", at(0.95)}, {"p99_ms", at(0.99)}, {"max_ms", times.back()}};
}

template <typename Action>
Json measure(int repeats, Action&& action) {
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        times.push_back(milliseconds([&] { action(i); }));
    }
    return percentiles(std::move(times));
}

/// Every prefix of words of all frequencies, as somebody types them.
std::vector<std::string> typed_queries(const TextMaker& maker) {
    std::vector<std::string> queries;
    for (std::size_t rank = 0; rank < maker.words(); rank = rank < 20 ? rank + 1 : rank * 5 / 4) {
        const std::string& word = maker.word(rank);
        for (std::size_t length = 1; length <= word.size(); ++length) {
            if (length == word.size() || (static_cast<unsigned char>(word[length]) & 0xC0) != 0x80) {
                queries.push_back(word.substr(0, length));
            }
        }
    }
    return queries;
}

Json measure_search(const ConversationStore& store, const TextMaker& maker) {
    const std::vector<std::string> queries = typed_queries(maker);
    Json slowest = Json::array();
    std::vector<std::pair<double, std::string>> times;
    std::vector<double> two_words;
    std::vector<double> one_word;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        one_word.push_back(milliseconds([&] { store.search(queries[i], 50); }));
        times.emplace_back(one_word.back(), queries[i]);
        const std::string pair = maker.word(i * 7 % 3000) + " " + queries[i];
        two_words.push_back(milliseconds([&] { store.search(pair, 50); }));
    }
    std::sort(times.rbegin(), times.rend());
    for (std::size_t i = 0; i < std::min<std::size_t>(5, times.size()); ++i) {
        slowest.push_back({{"query", times[i].second}, {"ms", times[i].first}});
    }
    return {{"as_typed", percentiles(std::move(one_word))},
            {"two_words", percentiles(std::move(two_words))},
            {"slowest", slowest}};
}

Json measure_store(ConversationStore& store, const TextMaker& maker) {
    Json result;
    const int count = store.conversation_count();
    result["conversations"] = count;
    result["list_first_page"] = measure(100, [&](int) { store.conversations(50, 0); });
    result["list_any_page"] = measure(100, [&](int i) { store.conversations(50, i * count / 100); });
    result["branch_of_10000"] = measure(10, [&](int) { store.branch(1); });
    result["branch_of_10"] = measure(100, [&](int i) { store.branch(2 + i % std::max(1, count - 2)); });
    result["search"] = measure_search(store, maker);
    const Provenance provenance{"bench", "sha256:1", "0", "cpu", "{}", 1};
    ConversationStore::Turn turn;
    const ConversationId fresh = store.create_conversation("23 Nov 2026", "", "").id;
    result["begin_turn"] = measure(50, [&](int) {
        turn = store.begin_turn(fresh, store.conversation(fresh).active_leaf, "A question", provenance);
    });
    result["append_answer"] =
        measure(500, [&](int) { store.append_answer(turn.answer.id, "some forty bytes of text "); });
    result["finish_answer"] = measure(1, [&](int) { store.finish_answer(turn.answer.id, {}); });
    const std::optional<MessageId> long_leaf = store.conversation(1).active_leaf;
    result["begin_turn_of_10000"] = measure(5, [&](int) { store.begin_turn(1, long_leaf, "Again", provenance); });
    return result;
}

Json run(int messages, const std::filesystem::path& file) {
    TextMaker maker;
    Json result{{"messages", messages}};
    if (!std::filesystem::exists(file)) {
        ConversationStore::open(file, now_ms);
        SQLite::Database database = open_connection(file, Access::ReadWrite);
        result["fill_s"] = milliseconds([&] { fill_store(database, maker, messages); }) / 1000;
    }
    result["database_bytes"] = std::filesystem::file_size(file);
    std::optional<ConversationStore> store;
    result["open_ms"] = milliseconds([&] { store = ConversationStore::open(file, now_ms); });
    result.update(measure_store(*store, maker));
    std::vector<double> steps;
    for (bool more = true; more;) {
        steps.push_back(milliseconds([&] { more = store->continue_backup(); }));
    }
    result["backup_check_ms"] = steps.back();
    steps.pop_back();
    result["backup_step"] = percentiles(steps.empty() ? std::vector<double>{0} : steps);
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments{"Measures the conversation store of Altiplano on a database made for it"};
    int messages = 100'000;
    std::string file;
    bool json = false;
    arguments.add_option("--messages", messages, "how many messages")->check(CLI::Range(20'000, 10'000'000));
    arguments.add_option("--database", file, "filled if it is not there, and kept; else one is made and deleted");
    arguments.add_flag("--json", json, "one line of JSON");
    CLI11_PARSE(arguments, argc, argv);
    std::string folder;
    if (file.empty()) {
        folder = std::filesystem::temp_directory_path() / "altiplano-bench-XXXXXX";
        if (::mkdtemp(folder.data()) == nullptr) {
            std::cerr << "no folder can be made: " << folder << "\n";
            return 1;
        }
        file = folder + "/conversations.sqlite";
    }
    int status = 0;
    try {
        const Json result = run(messages, file);
        std::cout << result.dump(json ? -1 : 2) << "\n";
    } catch (const std::exception& failure) {
        std::cerr << failure.what() << "\n";
        status = 1;
    }
    if (!folder.empty()) {
        std::filesystem::remove_all(folder);
    }
    return status;
}
