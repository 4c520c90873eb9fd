// A conversation that was written to disk and restored goes on with the same text, byte for byte: every golden model
// and the starter model, every type of cache.
#include <algorithm>
#include <gtest/gtest.h>

#include "engine/error.h"
#include "engine/model/generate.h"
#include "engine/model/state_files.h"
#include "tests/engine/session/golden.h"
#include "tests/engine/session/states.h"

namespace altiplano::engine {
namespace {

constexpr int kContext = 1024;

std::vector<std::filesystem::path> models() {
    std::vector<std::filesystem::path> list = {ALTIPLANO_STARTER};
    for (const char* folder : {ALTIPLANO_TEST_DATA, ALTIPLANO_SHARED "/golden"}) {
        std::error_code missing;
        for (const auto& entry : std::filesystem::directory_iterator(folder, missing)) {
            const auto same = [&](const auto& path) { return path.filename() == entry.path().filename(); };
            if (entry.path().extension() == ".gguf" && std::none_of(list.begin(), list.end(), same)) {
                list.push_back(entry.path());
            }
        }
    }
    std::sort(list.begin(), list.end());
    return list;
}

/// Null for a type that the engine does not know.
std::shared_ptr<const Model> load(const std::filesystem::path& path) {
    try {
        return Model::load(path, {.threads = 2}, {}, {});
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Unsupported) << error.what();
        return nullptr;
    }
}

struct Answer {
    std::string text;
    Generation figures;
};

Answer answer(Session& session, const std::vector<ChatMessage>& messages) {
    GenerateOptions options;
    options.sampling.temperature = 0;
    options.max_tokens = 24;
    Answer result;
    const GenerateCallbacks callbacks{.on_text = [&](std::string_view text) { result.text += text; }, .on_prefill = {}};
    result.figures = generate(session, messages, options, callbacks, {});
    return result;
}

/// Writes the session's tokens to the folder and reads them into another session.
void move_by_disk(const Session& from, Session& to, const std::filesystem::path& folder) {
    std::vector<StoredSegment> chain;
    for (int first = 0; first < std::ssize(from.tokens()); first += kSegmentPositions) {
        PackedSegment packed = pack_segment(from.sequence(), from.model().state_identity(), first);
        const auto path = folder / std::to_string(first);
        write_whole_file(path, packed.file);
        chain.push_back({path, read_segment_head(path)});
    }
    EXPECT_FALSE(to.restore(chain, {}));
}

class StateTextTest : public testing::TestWithParam<DType> {};

TEST_P(StateTextTest, aRestoredConversationGoesOnWithTheSameText) {
    int tried = 0;
    for (const auto& path : models()) {
        const auto model = load(path);
        if (!model) {
            continue;
        }
        const SessionOptions options{.context = kContext, .kv_type = GetParam()};
        Session stayed(model, options), restored(model, options);
        std::vector<ChatMessage> messages = {
            {ChatRole::User,
             "What can you do? Tell me about models, files, memory and the window, one after another."}};
        const Answer first = answer(stayed, messages);
        const TemporaryFolder folder;
        move_by_disk(stayed, restored, folder.path());
        messages.push_back({ChatRole::Assistant, first.text});
        messages.push_back({ChatRole::User, "And what does temperature do?"});
        const Answer expected = answer(stayed, messages), found = answer(restored, messages);
        EXPECT_EQ(found.text, expected.text) << path;
        EXPECT_EQ(found.figures.reused_tokens, expected.figures.reused_tokens) << path;
        EXPECT_GT(found.figures.reused_tokens, 30) << path;
        ++tried;
    }
    EXPECT_GE(tried, 3);  // those of this repository
}

INSTANTIATE_TEST_SUITE_P(CacheTypes, StateTextTest, testing::Values(DType::F16, DType::F32, DType::Q8_0),
                         [](const auto& type) { return std::string(name(type.param)); });

}  // namespace
}  // namespace altiplano::engine
