// Guesses from a second, small model of the same vocabulary.
#include "engine/model/draft_model.h"

#include <algorithm>

#include "engine/error.h"
#include "engine/text/utf8.h"

namespace altiplano::engine {

namespace {

constexpr double kFirstChance = 0.8;
constexpr double kWeightOfNews = 1.0 / 24;
constexpr double kForgetting = 1.0 / 128;  // without guesses a chance goes back to the first one, to be tried again
constexpr std::size_t kFewTokens = 32;     // that a guess may read first; more is prepare's

bool same_token(const Tokenizer& a, const Tokenizer& b, int id) {
    return a.is_special(id) == b.is_special(id) && (a.is_special(id) || a.bytes(id) == b.bytes(id));
}

std::string shown(const Tokenizer& tokenizer, int id) {
    return (tokenizer.is_special(id) ? "the special token \"" : "\"") + valid_utf8(tokenizer.bytes(id)) + '"';
}

SessionOptions within(SessionOptions options, const Model& model) {
    options.context = std::min(options.context, model.config().context_length);
    return options;
}

}  // namespace

void check_same_vocabulary(const Model& model, const Model& draft) {
    const Tokenizer& wanted = model.tokenizer();
    const Tokenizer& found = draft.tokenizer();
    const std::string start = draft.summary().path.string() + ": cannot guess for " + model.summary().path.string() +
                              ", its vocabulary is another one: ";
    if (found.size() != wanted.size()) {
        throw Error(ErrorKind::Unsupported,
                    start + std::to_string(found.size()) + " tokens, expected " + std::to_string(wanted.size()));
    }
    for (int id = 0; id < wanted.size(); ++id) {
        if (!same_token(wanted, found, id)) {
            throw Error(ErrorKind::Unsupported, start + "token " + std::to_string(id) + " is " + shown(found, id) +
                                                    ", expected " + shown(wanted, id));
        }
    }
}

DraftModel::DraftModel(const Model& model, const std::shared_ptr<const Model>& draft, SessionOptions options)
    : session_((check_same_vocabulary(model, *draft), draft), within(options, *draft)),
      sampler_({}, draft->config().vocab_size) {
    chances_.fill(kFirstChance);
}

void DraftModel::begin(std::span<const int> tokens) {
    tokens_.assign(tokens.begin(), tokens.end());
    const std::span<const int> held = session_.tokens();
    held_ = static_cast<std::size_t>(std::mismatch(held.begin(), held.end(), tokens_.begin(), tokens_.end()).first -
                                     held.begin());
    draft_.clear();
    right_ = 1;
}

void DraftModel::push(int token) {
    const std::span<const int> held = session_.tokens();
    if (held_ == tokens_.size() && held_ < held.size() && held[held_] == token) {
        ++held_;
    }
    tokens_.push_back(token);
    if (right_ < draft_.size()) {
        const bool right = draft_[right_] == token;
        double& chance = chances_.at(std::min(right_, chances_.size() - 1));
        chance += kWeightOfNews * ((right ? 1.0 : 0.0) - chance);
        right_ = right ? right_ + 1 : draft_.size() + 1;
    } else if (right_ == draft_.size()) {
        ++right_;  // the token after a guess that was right to its end
    } else {
        for (double& chance : chances_) {
            chance += kForgetting * (kFirstChance - chance);
        }
    }
}

void DraftModel::prepare(std::stop_token stop) {
    if (tokens_.size() - held_ <= kFewTokens || tokens_.size() > room()) {
        return;
    }
    session_.rewind(static_cast<int>(held_));
    session_.forward(std::span<const int>(tokens_).subspan(held_, tokens_.size() - held_ - 1), std::move(stop));
    held_ = session_.tokens().size();
}

double DraftModel::chance(int index) const {
    const std::size_t needed = tokens_.size() + static_cast<std::size_t>(index);
    return needed > room() ? 0.0 : chances_.at(std::min(static_cast<std::size_t>(index), chances_.size() - 1));
}

std::span<const int> DraftModel::draft(int most, const Sampler& sampler) {
    draft_.clear();
    right_ = 1;
    if (tokens_.size() - held_ > kFewTokens || tokens_.size() + static_cast<std::size_t>(most) > room() + 1) {
        return {};
    }
    right_ = 0;
    held_ = std::min(held_, tokens_.size() - 1);
    session_.rewind(static_cast<int>(held_));
    std::span<const float> logits = session_.forward(std::span<const int>(tokens_).subspan(held_));
    held_ = tokens_.size();
    sampler_.match(sampler);
    while (true) {
        draft_.push_back(sampler_.sample(logits, session_.tokens()));
        if (std::ssize(draft_) == most) {
            return draft_;
        }
        logits = session_.forward(std::span<const int>(draft_).last(1));
    }
}

std::size_t DraftModel::room() const {
    return static_cast<std::size_t>(session_.context());
}

}  // namespace altiplano::engine
