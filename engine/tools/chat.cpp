// altiplano-cli chat: one answer, or a conversation in the terminal or over a pipe.
#include <ctime>
#include <iostream>
#include <memory>
#include <optional>
#include <random>

#include "engine/engine.h"
#include "engine/tools/commands.h"
#include "engine/tools/model_options.h"
#include "engine/tools/terminal.h"

namespace altiplano::engine::tools {

namespace {

struct ChatOptions {
    ModelOptions model;
    SpeculationOptions speculation;
    GenerateOptions generate;
    std::optional<std::string> prompt;
    std::string system;
    int context = 0;
};

/// As the published format writes it, "23 Nov 2026"; the program never leaves the C locale.
std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char text[32];
    return {text, std::strftime(text, sizeof(text), "%d %b %Y", &local)};
}

/// A conversation that grows by one question and one answer at a time.
class Conversation {
public:
    Conversation(Session session, const ChatOptions& options)
        : session_(std::move(session)),
          options_(options.generate),
          speculation_(make_speculation(options.speculation, options.model, session_)) {
        options_.speculation = speculation_.get();
        if (!options.system.empty()) {
            messages_.push_back({ChatRole::System, options.system});
        }
    }

    /// Streams the answer to standard output. Throws Error; a question that does not fit is taken back.
    void ask(std::string question) {
        messages_.push_back({ChatRole::User, std::move(question)});
        std::stop_source stop;
        std::string answer;
        const auto look_for_interrupt = [&stop] {
            if (was_interrupted()) {
                stop.request_stop();
            }
        };
        const GenerateCallbacks callbacks{.on_text =
                                              [&](std::string_view text) {
                                                  std::cout << for_output(text) << std::flush;
                                                  answer += text;
                                                  look_for_interrupt();
                                              },
                                          .on_prefill = [&](int, int) { look_for_interrupt(); }};
        try {
            tell(generate(session_, messages_, options_, callbacks, stop.get_token()));
        } catch (const Error&) {
            messages_.pop_back();
            throw;
        }
        messages_.push_back({ChatRole::Assistant, std::move(answer)});
    }

private:
    static void tell(const Generation& generation) {
        std::cout << std::endl;
        if (generation.context_full) {
            std::cerr << "(the context is full)\n";
        } else if (generation.reason == StopReason::Length) {
            std::cerr << "(" << generation.generated_tokens << " tokens, as --max-tokens says)\n";
        } else if (generation.reason == StopReason::User) {
            std::cerr << "(stopped)\n";
        }
    }

    Session session_;
    GenerateOptions options_;
    std::unique_ptr<Speculation> speculation_;
    std::vector<ChatMessage> messages_;
};

void talk_in_terminal(Conversation& conversation) {
    catch_interrupts();
    std::cerr << "Enter sends, Ctrl+C stops an answer, Ctrl+D ends.\n";
    LineReader reader;
    while (true) {
        std::cout << "> " << std::flush;
        const std::optional<std::string> line = reader.next();
        if (was_interrupted() || !line) {
            std::cout << std::endl;
        }
        if (!line) {
            return;
        }
        if (line->find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        try {
            conversation.ask(*line);
        } catch (const Error& error) {
            if (error.kind() != ErrorKind::PromptTooLong) {
                throw;
            }
            std::cerr << error.what() << '\n';
        }
    }
}

void run(const ChatOptions& options) {
    check(options.generate.sampling);
    const SessionOptions of_session = session_options(options.model, options.context);
    const std::shared_ptr<const Model> model = load_model(options.model, of_session);
    Conversation conversation(Session(model, of_session), options);
    if (options.prompt) {
        conversation.ask(*options.prompt);
    } else if (input_is_terminal()) {
        talk_in_terminal(conversation);
    } else {
        LineReader reader;
        while (const std::optional<std::string> line = reader.next()) {
            conversation.ask(*line);
        }
    }
}

void add_sampling_options(CLI::App& command, SamplingParameters& sampling) {
    command.add_option("--temperature", sampling.temperature, "0 = always the likeliest token")->capture_default_str();
    command.add_option("--top-k", sampling.top_k, "keep the k likeliest tokens; 0 = all")->capture_default_str();
    command.add_option("--top-p", sampling.top_p, "keep the likeliest that add up to this")->capture_default_str();
    command.add_option("--min-p", sampling.min_p, "drop what is below this share of the likeliest")
        ->capture_default_str();
    command.add_option("--repetition-penalty", sampling.repetition_penalty, "1 = off")->capture_default_str();
    command.add_option("--frequency-penalty", sampling.frequency_penalty, "0 = off")->capture_default_str();
    command.add_option("--presence-penalty", sampling.presence_penalty, "0 = off")->capture_default_str();
    command.add_option("--seed", sampling.seed, "the same seed gives the same text; else one by chance");
}

}  // namespace

void add_chat(CLI::App& program) {
    CLI::App* command = program.add_subcommand("chat", "Talk with a model");
    const auto options = std::make_shared<ChatOptions>();
    options->generate.header.date = today();
    options->generate.sampling.seed = std::random_device()();
    add_model_options(*command, options->model);
    add_kv_option(*command, options->model);
    add_speculation_options(*command, options->speculation);
    command->add_option("--prompt", options->prompt, "one question; else a conversation over standard input");
    command->add_option("--system", options->system, "what the model shall be and do");
    add_sampling_options(*command, options->generate.sampling);
    command->add_option("--max-tokens", options->generate.max_tokens, "longest answer; 0 = what the context holds")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--stop", options->generate.stop_strings, "end the answer before this text; may be repeated")
        ->expected(1)
        ->allow_extra_args(false)
        ->take_all();
    command->add_option("--context", options->context, "tokens of context; 0 = the model's, at most 8192")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--date", options->generate.header.date, "date told to the model")->capture_default_str();
    command->callback([options] { run(*options); });
}

}  // namespace altiplano::engine::tools
