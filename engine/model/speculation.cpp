// Choosing, timing and following guesses.
#include "engine/model/speculation.h"

#include <algorithm>
#include <chrono>

#include "engine/model/prompt_lookup.h"
#include "engine/text/chat_template.h"

namespace altiplano::engine {

namespace {

constexpr double kWeightOfNews = 0.2;

template <typename Work>
double seconds(const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::vector<std::unique_ptr<Drafter>> lookup_only() {
    std::vector<std::unique_ptr<Drafter>> drafters;
    drafters.push_back(std::make_unique<PromptLookup>());
    return drafters;
}

}  // namespace

Speculation::Speculation() : Speculation(lookup_only()) {}

Speculation::Speculation(std::vector<std::unique_ptr<Drafter>> drafters) {
    for (std::unique_ptr<Drafter>& drafter : drafters) {
        add(std::move(drafter));
    }
}

void Speculation::add(std::unique_ptr<Drafter> drafter) {
    sources_.push_back({std::move(drafter)});
}

void Speculation::begin(const Session& session, const std::stop_token& stop) {
    end();
    ends_ = stop_tokens(session.model().tokenizer());
    guessed_ = 0;
    followed_ = 0;
    pace_.begin_answer();
    for (const Source& source : sources_) {
        source.drafter->begin(session.tokens());
        if (pace_.may_pay(chances_of(*source.drafter, SpeculationPace::kLongestGuess), source.draft_s)) {
            source.drafter->prepare(stop);
        }
    }
}

std::span<const float> Speculation::advance(Session& session, int token, int most, const Sampler& sampler,
                                            const std::stop_token& stop) {
    for (const Source& source : sources_) {
        source.drafter->push(token);
    }
    if (!session.guess().empty() && session.guess().front() == token) {
        ++round_.followed;
        ++followed_;
        return session.follow_guess();
    }
    end();
    const int longest = std::min(most, session.context() - static_cast<int>(session.tokens().size())) - 1;
    const std::span<const int> guess = draft(choose(longest), sampler, stop);
    std::span<const float> logits;
    round_.batch_s = seconds([&] { logits = session.forward_guess(token, guess); });
    round_.guessed = static_cast<int>(guess.size());
    guessed_ += round_.guessed;
    open_ = true;
    return logits;
}

void Speculation::end() {
    if (open_) {
        pace_.add(round_);
    }
    open_ = false;
    round_ = {};
}

std::vector<double> Speculation::chances_of(const Drafter& drafter, int longest) {
    std::vector<double> chances;
    while (std::ssize(chances) < longest) {
        const double chance = drafter.chance(static_cast<int>(chances.size()));
        if (chance <= 0) {
            break;
        }
        chances.push_back(chance);
    }
    return chances;
}

Speculation::Choice Speculation::choose(int most) {
    const int longest = std::min(most, SpeculationPace::kLongestGuess);
    Choice best;
    double best_rate = 0;
    for (Source& source : sources_) {
        const std::vector<double> chances = chances_of(*source.drafter, longest);
        const int possible = static_cast<int>(chances.size());
        const int length = always_ >= 0 ? std::min(always_, possible) : pace_.guess_length(chances, source.draft_s);
        const double rate = length > 0 ? pace_.rate(chances, length, source.draft_s) : 0;
        if (length > 0 && (!best.source || rate > best_rate)) {
            best = {&source, length};
            best_rate = rate;
        }
    }
    return best;
}

std::span<const int> Speculation::draft(const Choice& choice, const Sampler& sampler, const std::stop_token& stop) {
    if (!choice.source) {
        return {};
    }
    Source& source = *choice.source;
    source.drafter->prepare(stop);
    std::span<const int> guess;
    round_.draft_s = seconds([&] { guess = source.drafter->draft(choice.length, sampler); });
    if (!guess.empty()) {
        const double each = round_.draft_s / static_cast<double>(guess.size());
        source.draft_s = source.draft_s == 0 ? each : source.draft_s + kWeightOfNews * (each - source.draft_s);
    }
    const auto last = std::find_first_of(guess.begin(), guess.end(), ends_.begin(), ends_.end());
    return last == guess.end() ? guess : guess.first(static_cast<std::size_t>(last - guess.begin()) + 1);
}

}  // namespace altiplano::engine
