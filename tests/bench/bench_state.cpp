// Measures what coming back to a long conversation costs: keeping and restoring its state against reading it again.
// Usage: altiplano-bench-state MODEL [TOKENS [FOLDER]]    "read again" is left out where RECOMPUTE=0 is in the
// environment
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "engine/engine.h"
#include "engine/model/state_files.h"

using namespace altiplano::engine;

namespace {

constexpr int kRepeats = 3;

template <typename Work>
double seconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<int> text_of(int count) {
    std::vector<int> tokens(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        tokens[static_cast<std::size_t>(i)] = 1 + i * 37 % 900;
    }
    return tokens;
}

/// Writes all memory of the sequence's tokens, so that no page is the system's shared zero page.
Sequence filled(const CacheShape& shape, int tokens) {
    Sequence sequence(shape);
    std::uint32_t value = 1;
    for (const std::span<std::byte> piece : sequence.pieces(0, (tokens + kKvBlock - 1) / kKvBlock * kKvBlock)) {
        for (std::size_t at = 0; at + sizeof(value) <= piece.size(); at += sizeof(value)) {
            value = value * 1664525 + 1013904223;
            std::memcpy(piece.data() + at, &value, sizeof(value));
        }
    }
    sequence.append(text_of(tokens));
    return sequence;
}

/// Its pages leave the system's memory: the next read comes from the disk.
void forget_pages(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
}

struct Kept {
    std::vector<StoredSegment> chain;
    double pack_s = 0;
    double write_s = 0;
    std::int64_t bytes = 0;
};

Kept keep(const Sequence& sequence, const std::string& model, const std::filesystem::path& folder) {
    Kept kept;
    for (int first = 0; first < std::ssize(sequence.tokens()); first += kSegmentPositions) {
        PackedSegment packed;
        kept.pack_s += seconds([&] { packed = pack_segment(sequence, model, first); });
        const auto path = folder / std::to_string(first);
        kept.write_s += seconds([&] { write_whole_file(path, packed.file); });
        kept.bytes += std::ssize(packed.file);
        kept.chain.push_back({path, std::move(packed.segment)});
    }
    return kept;
}

void line(const char* what, double time_s, double bytes) {
    std::printf("%-44s %9.4f s  %7.2f GB/s\n", what, time_s, bytes / time_s / 1e9);
}

/// What a session does with the sequence that it has and the one that it gets.
Sequence change_and_back(Sequence kept, double bytes) {
    Sequence current(kept.shape());
    const double time_s = seconds([&] {
        kept.trim();
        std::swap(current, kept);
        std::swap(current, kept);
    });
    line("another conversation and back, in memory", time_s, bytes);
    return kept;
}

void measure(const Model& model, const CacheShape& shape, int tokens, const std::filesystem::path& folder) {
    Sequence original = filled(shape, tokens);
    const auto bytes = static_cast<double>(original.held_bytes());
    std::printf("%d tokens, %s cache, %.1f MB\n", tokens, std::string(name(shape.type)).c_str(), bytes / 1e6);
    Sequence restored;
    line("memory touched for the first time", seconds([&] { restored = filled(shape, tokens); }), bytes);
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
        Kept kept = keep(original, model.state_identity(), folder);
        line("copy and checksums, engine thread", kept.pack_s, bytes);
        line("write and bring to disk, another thread", kept.write_s, bytes);
        const RestoreOptions options{model.config().vocab_size, model.threads()};
        const auto restore = [&] {
            restored.rewind(0);
            if (restore_segments(restored, kept.chain, options, {}) ||
                restored.tokens().size() != original.tokens().size())
                std::printf("NOT RESTORED\n");
        };
        line("restore, files in memory", seconds(restore), bytes);
        for (const StoredSegment& stored : kept.chain)
            forget_pages(stored.path);
        line("restore, files on disk", seconds(restore), bytes);
        original = change_and_back(std::move(original), bytes);
    }
}

}  // namespace

int main(int argc, char** argv) try {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (argc < 2) {
        std::fprintf(stderr, "usage: altiplano-bench-state MODEL [TOKENS [FOLDER [8B-F16 | 8B-Q8_0]]]\n");
        return EXIT_FAILURE;
    }
    const int tokens = argc > 2 ? std::atoi(argv[2]) : 16384;
    std::string folder =
        (argc > 3 ? std::string(argv[3]) : std::filesystem::temp_directory_path().string()) + "/states-XXXXXX";
    if (::mkdtemp(folder.data()) == nullptr) {
        std::fprintf(stderr, "%s cannot be made\n", folder.c_str());
        return EXIT_FAILURE;
    }
    std::shared_ptr<const Model> model;
    std::printf("load: %.2f s\n", seconds([&] { model = Model::load(argv[1], {}, {}, {}); }));
    Session session(model, {.context = tokens + 64});
    const std::string wish = argc > 4 ? argv[4] : "";
    CacheShape shape = session.sequence().shape();
    if (!wish.empty()) {
        shape = {32, 8, 128, shape.context, wish == "8B-Q8_0" ? DType::Q8_0 : DType::F16};
    }
    measure(*model, shape, tokens, folder);
    std::filesystem::remove_all(folder);
    const char* recompute = std::getenv("RECOMPUTE");  // NOLINT(concurrency-mt-unsafe): one thread
    if (wish.empty() && (recompute == nullptr || std::string(recompute) != "0")) {
        const auto text = text_of(tokens);
        const double time_s = seconds([&] { session.forward(text); });
        std::printf("%-44s %9.4f s  %7.1f tokens/s\n", "reading it again", time_s, tokens / time_s);
    }
    return EXIT_SUCCESS;
} catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
}
