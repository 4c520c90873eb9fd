// altiplano-cli bench: how fast a model reads and writes, and what memory it takes.
#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "engine/error.h"
#include "engine/tools/commands.h"
#include "engine/tools/model_options.h"

namespace altiplano::engine::tools {

namespace {

struct BenchOptions {
    ModelOptions model;
    SpeculationOptions speculation{.on = false, .draft_model = {}};
    int prompt = 512;
    int generate = 64;
    int repeat = 3;
    bool json = false;
};

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

int likeliest(std::span<const float> logits) {
    return static_cast<int>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

/// Ids without a pattern that a cache could learn, the same in every run.
std::vector<int> some_tokens(int count, int vocab_size) {
    std::vector<int> tokens;
    std::uint64_t state = 1;
    for (int i = 0; i < count; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        tokens.push_back(static_cast<int>((state >> 33) % static_cast<std::uint64_t>(vocab_size)));
    }
    return tokens;
}

/// Likeliest tokens, one after another; with guesses beside them unless speculation is null.
void write_tokens(Session& session, int token, int count, Speculation* speculation) {
    const Sampler sampler({.temperature = 0}, session.model().config().vocab_size);
    if (speculation) {
        speculation->begin(session, {});
    }
    for (int i = 0; i < count; ++i) {
        token = likeliest(speculation ? speculation->advance(session, token, count - i, sampler, {})
                                      : session.forward(std::span(&token, 1)));
    }
}

struct Times {
    std::vector<double> prompt_s;
    std::vector<double> first_token_s;
    std::vector<double> generate_s;
};

// Everything is reserved when the session begins, so what is in use is the most there ever is.
std::int64_t gpu_bytes(const Model& model) {
    const std::vector<std::int64_t> in_use = model.bytes_in_use();
    std::int64_t bytes = 0;
    std::size_t device = 0;
    for (const Stage& stage : model.plan().stages) {
        for (const RankPlacement& rank : stage.ranks) {
            bytes += rank.device.kind == DeviceKind::Gpu ? in_use[device] : 0;
            ++device;
        }
    }
    return bytes;
}

void run_once(Session& session, Speculation* speculation, const std::vector<int>& prompt, int generate, Times& times) {
    session.rewind(0);
    int token = 0;
    const double prompt_s = seconds([&] { token = likeliest(session.forward(prompt)); });
    times.prompt_s.push_back(prompt_s);
    times.first_token_s.push_back(prompt_s);
    times.generate_s.push_back(seconds([&] { write_tokens(session, token, generate, speculation); }));
}

std::int64_t peak_rss_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

nlohmann::ordered_json measure(const BenchOptions& options) {
    std::shared_ptr<const Model> model;
    const SessionOptions of_session = session_options(options.model, options.prompt + options.generate);
    const double load_s = seconds([&] { model = load_model(options.model, of_session); });
    Session session(model, of_session);
    const auto speculation = make_speculation(options.speculation, options.model, session);
    const std::vector<int> prompt = some_tokens(options.prompt, model->config().vocab_size);
    Times times;
    for (int i = 0; i < options.repeat; ++i) {
        run_once(session, speculation.get(), prompt, options.generate, times);
    }
    return {{"prompt_tokens_per_s", options.prompt / median(times.prompt_s)},
            {"generate_tokens_per_s", options.generate / median(times.generate_s)},
            {"first_token_s", median(times.first_token_s)},
            {"load_s", load_s},
            {"peak_rss_bytes", peak_rss_bytes()},
            {"peak_device_bytes", gpu_bytes(*model)},
            {"weight_bytes", model->weight_bytes()},
            {"cache_bytes", session.cache_bytes()},
            {"device", options.model.device},
            {"threads", model->threads()},
            {"prompt_tokens", options.prompt},
            {"generated_tokens", options.generate},
            {"guessed_tokens", speculation ? speculation->guessed() : 0},
            {"followed_tokens", speculation ? speculation->followed() : 0},
            {"repeat", options.repeat}};
}

void run(const BenchOptions& options) {
    const nlohmann::ordered_json result = measure(options);
    if (options.json) {
        std::cout << result.dump() << '\n';
        return;
    }
    for (const auto& [key, value] : result.items()) {
        std::cout << key << ": " << value << '\n';
    }
}

}  // namespace

void add_bench(CLI::App& program) {
    CLI::App* command = program.add_subcommand("bench", "How fast a model reads and writes");
    const auto options = std::make_shared<BenchOptions>();
    add_model_options(*command, options->model);
    add_kv_option(*command, options->model);
    add_speculation_options(*command, options->speculation);
    command->add_option("--prompt", options->prompt, "tokens read")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 20));
    command->add_option("--generate", options->generate, "tokens written")
        ->capture_default_str()
        ->check(CLI::Range(1, 1 << 20));
    command->add_option("--repeat", options->repeat, "runs, of which the medians are told")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000));
    command->add_flag("--json", options->json, "as JSON");
    command->callback([options] { run(*options); });
}

}  // namespace altiplano::engine::tools
