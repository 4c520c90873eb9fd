// How fast synthetic models of true shapes read and write on a device, beside what its memory and its products allow.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "engine/device/cuda_module.h"
#include "engine/device/host_memory.h"
#include "engine/error.h"
#include "engine/model/placement.h"
#include "engine/model/session.h"
#include "tests/bench/synthetic_cache.h"
#include "tests/bench/synthetic_source.h"

namespace altiplano::engine {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string device = "cpu";
    std::string size = "8B";
    std::string type = "BF16";
    std::string kv_type = "F16";
    std::vector<int> depths = {0};
    int prompt = 2048;
    int generate = 64;
    int repeat = 3;
};

double seconds(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::vector<int> some_tokens(int count, int vocab_size) {
    std::vector<int> tokens;
    std::uint64_t state = 1;
    for (int i = 0; i < count; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        tokens.push_back(static_cast<int>((state >> 33) % static_cast<std::uint64_t>(vocab_size)));
    }
    return tokens;
}

DType cache_type(const std::string& text) {
    return text == "FP8" ? DType::F8_E4M3 : text == "Q8_0" ? DType::Q8_0 : text == "F32" ? DType::F32 : DType::F16;
}

template <typename Add>
void for_each_multiplied(const WeightTable& table, const Add& add) {
    for (int layer = 0; layer < table.config().layers; ++layer) {
        for (int weight = 0; weight <= static_cast<int>(Weight::FeedForwardDown); ++weight) {
            const auto& info = table.find({static_cast<Weight>(weight), layer});
            if (info) {
                add(*info);
            }
        }
    }
}

/// What a token cannot do without reading: every weight once but of the embedding a row, and the keys and values.
double decode_bytes(const WeightTable& table, const CacheShape& cache, double depth) {
    const WeightInfo output = *table.find({Weight::Output, -1});
    auto bytes = static_cast<double>(stored_bytes(output));
    for_each_multiplied(table, [&](const WeightInfo& info) { bytes += static_cast<double>(stored_bytes(info)); });
    return bytes + depth * static_cast<double>(cache.bytes(kKvBlock)) / kKvBlock;
}

/// Multiplications and additions of a prompt; each token attends to half of it on average.
double prefill_operations(const WeightTable& table, double tokens) {
    const ModelConfig& config = table.config();
    double weights = 0;
    for_each_multiplied(table, [&](const WeightInfo& info) {
        weights += info.rows > 1 ? static_cast<double>(info.rows * info.cols) : 0;
    });
    const double of_attention = 4.0 * config.heads * config.head_dim * config.layers * tokens * (tokens + 1) / 2;
    return 2 * weights * tokens + of_attention + 2.0 * config.vocab_size * config.dim;
}

/// "cpu" or "cuda:0".
DeviceInfo device_named(const std::string& text, const CudaModule& cuda) {
    if (text == "cpu") {
        return {DeviceKind::Cpu, 0, available_memory_bytes(), 0};
    }
    const int wanted = text.starts_with("cuda:") ? std::stoi(text.substr(5)) : 0;
    for (const CudaCard& card : cuda.cards()) {
        if (card.info.index == wanted && card.why_not.empty()) {
            return card.info;
        }
    }
    throw Error(ErrorKind::Device, text + " cannot be used: " + (cuda.usable() ? "it is not there" : cuda.why_not()));
}

class Bench {
public:
    explicit Bench(const Options& options)
        : options_(options),
          cuda_(std::make_shared<CudaModule>()),
          device_(device_named(options.device, *cuda_)),
          table_(synthetic_table(synthetic_shape(options.size), options.type)) {}

    Json run() {
        load();
        Json result = {
            {"model", options_.size}, {"type", options_.type},
            {"kv", options_.kv_type}, {"device", options_.device},
            {"load_s", load_s_},      {"load_gb_per_s", static_cast<double>(table_.stored_bytes()) / load_s_ / 1e9}};
        add_prefill(result);
        for (const int depth : options_.depths) {
            result["decode"].push_back(decode(depth));
        }
        add_memory(result);
        return result;
    }

private:
    int context() const {
        const int depth = *std::max_element(options_.depths.begin(), options_.depths.end());
        return std::max(options_.prompt, depth + options_.generate + kWarmUp) + 1;
    }

    void load() {
        PlacementRequest request;
        request.context = context();
        request.kv_type = cache_type(options_.kv_type);
        request.prefill_chunk = std::min(request.prefill_chunk, options_.prompt);
        LoadOptions load;
        load.plan = plan_placement(table_, std::span(&device_, 1), request);
        load.cuda = cuda_;
        planned_bytes_ = load.plan.needs().total();
        load_s_ = seconds([&] {
            model_ = Model::load(std::make_unique<SyntheticSource>(options_.size, options_.type), load, nullptr, {});
        });
        const SessionOptions of_session = {context(), request.kv_type, 0};
        session_ = std::make_unique<Session>(model_, of_session);
    }

    void add_prefill(Json& result) {
        const std::vector<int> prompt = some_tokens(options_.prompt, table_.config().vocab_size);
        const auto read = [&](int count) {
            session_->rewind(0);
            return seconds([&] { session_->forward(std::span(prompt).first(static_cast<std::size_t>(count))); });
        };
        result["first_call_s"] = read(options_.prompt);
        std::vector<double> times, short_times;
        for (int i = 0; i < options_.repeat; ++i) {
            times.push_back(read(options_.prompt));
            short_times.push_back(read(std::min(options_.prompt, 32)));
        }
        const double rate = prefill_operations(table_, options_.prompt) / median(times) / 1e12;
        result["prompt_tokens"] = options_.prompt;
        result["prefill_tokens_per_s"] = options_.prompt / median(times);
        result["prefill_tflops"] = rate;
        result["first_token_s_after_32"] = median(short_times);
    }

    Json decode(int depth) {
        if (depth > 0) {
            fill_cache(*session_, depth);
        } else {
            session_->rewind(0);
        }
        std::vector<double> times;
        for (const int token : some_tokens(options_.generate + kWarmUp, table_.config().vocab_size)) {
            times.push_back(seconds([&] { session_->forward(std::span(&token, 1)); }));
        }
        times.erase(times.begin(), times.begin() + kWarmUp);
        const double token_s = median(times);
        const double bytes = decode_bytes(table_, session_->shape(), depth + options_.generate / 2.0);
        return {{"depth", depth},
                {"tokens_per_s", 1 / token_s},
                {"slowest_token_s", *std::max_element(times.begin(), times.end())},
                {"bytes_per_token", bytes},
                {"gb_per_s", bytes / token_s / 1e9}};
    }

    void add_memory(Json& result) const {
        if (device_.kind == DeviceKind::Cpu) {
            return;
        }
        const std::int64_t used = device_named(options_.device, *cuda_).in_use_bytes - device_.in_use_bytes;
        result["planned_bytes"] = planned_bytes_;
        result["used_bytes"] = used;
        result["used_over_planned"] = static_cast<double>(used) / static_cast<double>(planned_bytes_);
    }

    static constexpr int kWarmUp = 4;  // graphs are recorded, clocks go up

    Options options_;
    std::shared_ptr<const CudaModule> cuda_;
    DeviceInfo device_;
    WeightTable table_;
    std::shared_ptr<const Model> model_;
    std::unique_ptr<Session> session_;
    std::int64_t planned_bytes_ = 0;
    double load_s_ = 0;
};

int main_of(int argument_count, char** arguments) {
    Options options;
    CLI::App program("How fast synthetic models of true shapes are on a device; prints one line of JSON");
    program.add_option("--device", options.device, "cpu or cuda:0")->capture_default_str();
    program.add_option("--model", options.size, "8B, 70B, 405B or tiny")->capture_default_str();
    program.add_option("--type", options.type, "BF16, FP8, Q4_K_M or a type such as Q8_0")->capture_default_str();
    program.add_option("--kv", options.kv_type, "of the cache")
        ->check(CLI::IsMember({"F16", "FP8", "Q8_0", "F32"}))
        ->capture_default_str();
    program.add_option("--depth", options.depths, "tokens before those that are written")->delimiter(',');
    program.add_option("--prompt", options.prompt, "tokens read")->check(CLI::Range(1, 1 << 20));
    program.add_option("--generate", options.generate, "tokens written")->check(CLI::Range(1, 1 << 16));
    program.add_option("--repeat", options.repeat, "prompts, of which the median is told")->check(CLI::Range(1, 100));
    CLI11_PARSE(program, argument_count, arguments);
    std::cout << Bench(options).run().dump() << std::endl;
    return 0;
}

}  // namespace
}  // namespace altiplano::engine

int main(int argument_count, char** arguments) {
    try {
        return altiplano::engine::main_of(argument_count, arguments);
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
