// Measures what guessing gains: one model writes given answers token by token and with guesses, in turns of a few
// tokens in the same run, so that whatever disturbs the machine disturbs both.
//   altiplano-bench-speculation MODEL [TEXT...] [--draft-model PATH --agree SHARE] [--json]
// A TEXT file holds a question, a line "=====", and the answer. The model computes every token for real; what it would
// say is not used, the answer is given instead: so the cost is exact and no particular model has to be there.
// Without a TEXT: what a batch of so many tokens costs, a single token being 1.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>

#include "engine/engine.h"
#include "engine/model/prompt_lookup.h"
#include "engine/text/chat_template.h"

namespace {

using namespace altiplano::engine;  // a program of one file
using Json = nlohmann::ordered_json;

constexpr int kTurn = 4;  // tokens that one way writes before the other goes on

struct Options {
    std::string model;
    std::vector<std::string> texts;
    std::string draft_model;
    double agree = 0.75;
    int threads = 0;
    int repeat = 3;
    int always = -1;
    bool json = false;
};

/// Computes as the draft model does, and then guesses what the answer has with the share agree: random weights never
/// agree with a given answer.
class AgreeingDrafter final : public Drafter {
public:
    AgreeingDrafter(std::unique_ptr<Drafter> computing, double agree)
        : computing_(std::move(computing)), agree_(agree) {}

    void expect(std::vector<int> answer) { answer_ = std::move(answer); }
    void begin(std::span<const int> tokens) override {
        computing_->begin(tokens);
        at_ = 0;
        right_ = 1;
        draft_.clear();
    }
    void push(int token) override {
        computing_->push(token);
        ++at_;
        if (right_ < draft_.size()) {
            const bool right = draft_[right_] == token;
            seen_ += (right ? 1.0 - seen_ : -seen_) / 24;
            right_ = right ? right_ + 1 : draft_.size();
        }
    }
    void prepare(std::stop_token stop) override { computing_->prepare(std::move(stop)); }
    double chance(int index) const override { return computing_->chance(index) > 0 ? seen_ : 0; }
    std::span<const int> draft(int most, const Sampler& sampler) override {
        const std::span<const int> computed = computing_->draft(most, sampler);
        draft_.assign(computed.begin(), computed.end());
        right_ = 0;
        for (std::size_t i = 0; i < draft_.size(); ++i) {
            const bool right = static_cast<double>(random_() >> 11) * 0x1.0p-53 < agree_;
            draft_[i] = right && at_ + i < answer_.size() ? answer_[at_ + i] : draft_[i];
        }
        return draft_;
    }

private:
    std::unique_ptr<Drafter> computing_;
    double agree_;
    double seen_ = 0.8;
    std::vector<int> answer_;
    std::vector<int> draft_;
    std::size_t at_ = 0;
    std::size_t right_ = 1;
    std::mt19937_64 random_{1};
};

struct Text {
    std::string name;
    std::vector<int> prompt;
    std::vector<int> answer;
};

Text read_text(const std::string& path, const Tokenizer& tokenizer) {
    std::ifstream file(path, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(file), {}};
    const std::string line = "\n=====\n";
    const std::size_t cut = whole.find(line);
    if (cut == std::string::npos) {
        throw Error(ErrorKind::BadFile, path + ": expected a question, a line \"=====\" and an answer");
    }
    Text text{std::filesystem::path(path).stem().string(), {}, tokenizer.encode(whole.substr(cut + line.size()))};
    const ChatMessage question{ChatRole::User, whole.substr(0, cut)};
    for (const RenderedMessage& message :
         render_chat(tokenizer, std::span(&question, 1), {"23 Nov 2026"}, ChatEnd::NewAnswer)) {
        for (const auto* part : {&message.head, &message.content, &message.tail}) {
            text.prompt.insert(text.prompt.end(), part->begin(), part->end());
        }
    }
    return text;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Of this process, all threads: what a busy machine disturbs less than the clock.
double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

/// One way of writing the answer: token by token, or with guesses.
struct Writer {
    Session session;
    Speculation* speculation;  ///< null: token by token
    Sampler sampler;
    double seconds = 0;
    double processor_s = 0;

    void begin(const Text& text) {
        session.rewind(0);
        session.forward(text.prompt);
        if (speculation) {
            speculation->begin(session, {});
        }
        seconds = 0;
        processor_s = 0;
    }

    /// The sampler chooses as in an answer, for its time; what it chooses is not used.
    void write(std::span<const int> tokens, std::size_t left) {
        const auto start = std::chrono::steady_clock::now();
        const double processor_start = processor_seconds();
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const std::span<const float> logits =
                speculation ? speculation->advance(session, tokens[i], static_cast<int>(left - i), sampler, {})
                            : session.forward(tokens.subspan(i, 1));
            sampler.sample(logits, session.tokens());
        }
        seconds += seconds_since(start);
        processor_s += processor_seconds() - processor_start;
    }
};

Json measure(const Text& text, Writer& plain, Writer& guessing) {
    plain.begin(text);
    guessing.begin(text);
    const std::span<const int> answer = text.answer;
    for (std::size_t done = 0; done < answer.size(); done += kTurn) {
        const auto turn = answer.subspan(done, std::min<std::size_t>(kTurn, answer.size() - done));
        const bool plain_first = done / kTurn % 2 == 0;
        (plain_first ? plain : guessing).write(turn, answer.size() - done);
        (plain_first ? guessing : plain).write(turn, answer.size() - done);
    }
    guessing.speculation->end();
    const auto count = static_cast<double>(answer.size());
    return {{"text", text.name},
            {"prompt_tokens", text.prompt.size()},
            {"answer_tokens", answer.size()},
            {"guessed", guessing.speculation->guessed()},
            {"followed", guessing.speculation->followed()},
            {"plain_tokens_per_s", count / plain.seconds},
            {"guessing_tokens_per_s", count / guessing.seconds},
            {"ratio", plain.seconds / guessing.seconds},
            {"processor_time_ratio", plain.processor_s / guessing.processor_s}};
}

/// Medians of batches in turn, at the depth of a short conversation.
Json batch_costs(const std::shared_ptr<const Model>& model, const Options& options) {
    Session session(model, {.context = 1024});
    session.forward(std::vector<int>(400, 5));
    std::vector<std::vector<double>> times(SpeculationPace::kLongestGuess + 2);
    const std::vector<int> guess(SpeculationPace::kLongestGuess, 7);
    for (int i = 0; i < 3 * options.repeat; ++i) {
        for (std::size_t size = 1; size < times.size(); ++size) {
            session.rewind(400);
            const auto start = std::chrono::steady_clock::now();
            session.forward_guess(5, std::span(guess).first(size - 1));
            times[size].push_back(seconds_since(start));
        }
    }
    Json result;
    for (std::size_t size = 1; size < times.size(); ++size) {
        std::sort(times[size].begin(), times[size].end());
        times[size].front() = times[size][times[size].size() / 2];
        result[std::to_string(size)] = std::round(100 * times[size].front() / times[1].front()) / 100;
    }
    return {{"single_token_s", times[1].front()}, {"cost_of_a_batch", result}};
}

void run(const Options& options) {
    const auto model = Model::load(options.model, {.threads = options.threads}, {}, {});
    if (options.texts.empty()) {
        std::cout << batch_costs(model, options).dump(options.json ? -1 : 2) << std::endl;
        return;
    }
    const SessionOptions session_options{.context = 4096};
    Speculation speculation;
    speculation.guess_always(options.always);
    AgreeingDrafter* agreeing = nullptr;
    if (!options.draft_model.empty()) {
        const auto draft = Model::load(options.draft_model, {.threads = options.threads}, {}, {});
        auto drafter = std::make_unique<AgreeingDrafter>(std::make_unique<DraftModel>(*model, draft, session_options),
                                                         options.agree);
        agreeing = drafter.get();
        speculation.add(std::move(drafter));
    }
    const Sampler sampler({}, model->config().vocab_size);
    Writer plain{Session(model, session_options), nullptr, sampler};
    Writer guessing{Session(model, session_options), &speculation, sampler};
    for (int i = 0; i < options.repeat; ++i) {
        for (const std::string& path : options.texts) {
            const Text text = read_text(path, model->tokenizer());
            if (agreeing) {
                agreeing->expect(text.answer);
            }
            const Json result = measure(text, plain, guessing);
            std::cout << result.dump(options.json ? -1 : 2) << std::endl;
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App arguments{"Measures what guessing several tokens at once gains"};
    Options options;
    arguments.add_option("MODEL", options.model, "model file with the Llama 3 vocabulary")->required();
    arguments.add_option("TEXT", options.texts, "question, a line \"=====\", answer");
    arguments.add_option("--draft-model", options.draft_model, "guesses beside prompt lookup");
    arguments.add_option("--agree", options.agree, "share of its guesses that is made right");
    arguments.add_option("--threads", options.threads, "0 = the physical cores");
    arguments.add_option("--repeat", options.repeat, "runs of all texts");
    arguments.add_option("--always", options.always, "guess so many wherever possible; -1 = as it pays");
    arguments.add_flag("--json", options.json, "one line of JSON for each");
    CLI11_PARSE(arguments, argc, argv);
    try {
        run(options);
    } catch (const Error& error) {
        std::cerr << "altiplano-bench-speculation: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
