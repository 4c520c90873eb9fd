// altiplano-cli logits: token ids in, logits out, both as raw little-endian files.
#include <algorithm>
#include <bit>
#include <fstream>
#include <memory>

#include "engine/error.h"
#include "engine/tools/commands.h"
#include "engine/tools/model_options.h"

namespace altiplano::engine::tools {

namespace {

static_assert(std::endian::native == std::endian::little, "the files are read and written as they are in memory");

constexpr std::size_t kTokensAtOnce = 256;  // bounds the memory for logits: 128 MiB with Llama 3.1's vocabulary

struct LogitsOptions {
    ModelOptions model;
    std::filesystem::path tokens;
    std::filesystem::path out;
    int last = 0;
};

std::vector<int> read_tokens(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    const std::streamoff bytes = in ? static_cast<std::streamoff>(in.tellg()) : -1;
    if (bytes < 0) {
        throw Error(ErrorKind::Io, path.string() + ": cannot be read");
    }
    if (bytes == 0 || bytes % 4 != 0) {
        throw Error(ErrorKind::BadFile, path.string() + ": has " + std::to_string(bytes) +
                                            " bytes, expected at least one token of 4 bytes, and whole ones");
    }
    std::vector<int> tokens(static_cast<std::size_t>(bytes / 4));
    in.seekg(0);
    in.read(reinterpret_cast<char*>(tokens.data()), bytes);
    if (!in) {
        throw Error(ErrorKind::Io, path.string() + ": cannot be read");
    }
    return tokens;
}

void check_tokens(const std::filesystem::path& path, std::span<const int> tokens, int vocab_size) {
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] < 0 || tokens[i] >= vocab_size) {
            throw Error(ErrorKind::BadFile, path.string() + ": token " + std::to_string(i) + " is " +
                                                std::to_string(tokens[i]) + ", expected 0 to " +
                                                std::to_string(vocab_size - 1));
        }
    }
}

void run(const LogitsOptions& options) {
    const std::vector<int> tokens = read_tokens(options.tokens);
    const SessionOptions of_session = session_options(options.model, static_cast<int>(tokens.size()));
    const std::shared_ptr<const Model> model = load_model(options.model, of_session);
    const auto vocab_size = static_cast<std::size_t>(model->config().vocab_size);
    check_tokens(options.tokens, tokens, model->config().vocab_size);
    const std::size_t wanted = options.last == 0 ? tokens.size() : static_cast<std::size_t>(options.last);
    if (wanted > tokens.size()) {
        throw Error(ErrorKind::BadArgument, "--last is " + std::to_string(wanted) + ", but there are only " +
                                                std::to_string(tokens.size()) + " tokens");
    }
    std::ofstream out(options.out, std::ios::binary);
    Session session(model, of_session);
    std::span<const int> rest = tokens;
    if (wanted < tokens.size()) {
        session.forward(rest.first(rest.size() - wanted));
        rest = rest.last(wanted);
    }
    std::vector<float> logits;
    while (!rest.empty()) {
        const std::size_t count = std::min(rest.size(), kTokensAtOnce);
        logits.resize(count * vocab_size);
        session.forward_all(rest.first(count), logits);
        out.write(reinterpret_cast<const char*>(logits.data()),
                  static_cast<std::streamsize>(logits.size() * sizeof(float)));
        rest = rest.subspan(count);
    }
    out.close();
    if (!out) {
        throw Error(ErrorKind::Io, options.out.string() + ": cannot be written");
    }
}

}  // namespace

void add_logits(CLI::App& program) {
    CLI::App* command = program.add_subcommand("logits", "The model's logits after each token of a file");
    const auto options = std::make_shared<LogitsOptions>();
    add_model_options(*command, options->model);
    options->model.kv_type = "f32";  // exact by default: this command exists to compare
    add_kv_option(*command, options->model);
    command->add_option("--tokens", options->tokens, "token ids, raw little-endian int32")->required();
    command->add_option("--out", options->out, "logits, raw little-endian float32: [N, vocabulary]")->required();
    command->add_option("--last", options->last, "only of the last N tokens")->check(CLI::PositiveNumber);
    command->callback([options] { run(*options); });
}

}  // namespace altiplano::engine::tools
