// How fast the tokenizer is: altiplano-bench-tokenizer tokenizer.model [TEXT_FILE]
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/error.h"
#include "engine/text/tokenizer.h"

namespace {

using altiplano::engine::Tokenizer;

constexpr std::size_t kBytes = 10'000'000;

std::string repeated(const std::string& part) {
    std::string text;
    while (text.size() < kBytes) {
        text += part;
    }
    return text;
}

std::string random_letters() {
    std::string text;
    unsigned state = 1;
    while (text.size() < kBytes) {
        state = state * 1664525U + 1013904223U;
        text += static_cast<char>('a' + (state >> 24) % 26);
    }
    return text;
}

std::string file_text(const char* path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void measure(const Tokenizer& tokenizer, const char* name, const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t count = tokenizer.encode(text).size();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%-16s %9zu bytes %9zu tokens %7.3f s %7.1f MB/s\n", name, text.size(), count, seconds,
                static_cast<double>(text.size()) / 1e6 / seconds);
}

int run(int argc, char** argv) {
    if (argc < 2) {
        std::fputs("usage: altiplano-bench-tokenizer tokenizer.model [TEXT_FILE]\n", stderr);
        return 2;
    }
    const Tokenizer tokenizer(altiplano::engine::read_tokenizer_model(argv[1]));
    measure(tokenizer, "English",
            repeated("It's a small step: the tokenizer cuts this paragraph into words, signs and 1,234 digits.\n"));
    if (argc > 2) {
        measure(tokenizer, "file", repeated(file_text(argv[2]) + "\n"));
    }
    measure(tokenizer, "letter a", repeated("a"));
    measure(tokenizer, "spaces", repeated(" "));
    measure(tokenizer, "line ends", repeated("\n"));
    measure(tokenizer, "emoji", repeated("\xF0\x9F\x98\x80"));
    measure(tokenizer, "random letters", random_letters());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const altiplano::engine::Error& error) {
        std::fprintf(stderr, "altiplano-bench-tokenizer: %s\n", error.what());
        return 1;
    }
}
