// A session as others see it: chunks, stop, progress, rewind. The arithmetic is in session_state.cpp.
#include "engine/model/session.h"

#include <algorithm>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include "engine/error.h"
#include "engine/model/session_state.h"

namespace altiplano::engine {
namespace {

// Tokens whose logits are no numbers are not kept.
template <typename Function>
void logits_or_rewind(Session& session, std::size_t before, const Function& compute) {
    try {
        compute();
    } catch (const Error&) {
        session.rewind(static_cast<int>(before));
        throw;
    }
}

}  // namespace

Session::Session(std::shared_ptr<const Model> model, const SessionOptions& options) try
    : state_(std::make_unique<State>(std::move(model), options)) {
} catch (const std::bad_alloc&) {
    throw Error(ErrorKind::OutOfMemory, "there is not enough memory for a context of this size");
}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

std::span<const float> Session::forward(std::span<const int> tokens, std::stop_token stop,
                                        const std::function<void(int done)>& progress) {
    State& state = *state_;
    state.check_tokens(tokens);
    const std::size_t before = state.sequence.tokens().size();
    const auto report = [&](double done) {
        if (progress) {
            progress(static_cast<int>(done));
        }
    };
    if (!state.compute(tokens, stop, report)) {
        return {};
    }
    logits_or_rewind(*this, before, [&] {
        state.stages->logits(state.rows - 1, 1, state.logits.data());
        state.check_logits(state.logits);
    });
    return state.logits;
}

int Session::choose_next(int token, Sampler& sampler) {
    State& state = *state_;
    const std::span<const int> added(&token, 1);
    state.check_tokens(added);
    const std::size_t before = state.sequence.tokens().size();
    state.compute(added);
    int chosen = 0;
    logits_or_rewind(*this, before, [&] { chosen = state.choose(sampler); });
    return chosen;
}

void Session::forward_all(std::span<const int> tokens, std::span<float> out) {
    State& state = *state_;
    state.check_tokens(tokens);
    const std::size_t before = state.sequence.tokens().size();
    const std::size_t vocab = state.logits.size();
    if (out.size() != tokens.size() * vocab) {
        throw Error(ErrorKind::BadArgument, "forward_all: out has " + std::to_string(out.size()) +
                                                " values, expected " + std::to_string(tokens.size() * vocab));
    }
    for (std::size_t done = 0, count = 0; done < tokens.size(); done += count) {
        count = std::min(static_cast<std::size_t>(state.largest_chunk), tokens.size() - done);
        state.compute(tokens.subspan(done, count));
        const std::span<float> rows = out.subspan(done * vocab, count * vocab);
        logits_or_rewind(*this, before, [&] {
            state.stages->logits(0, static_cast<int>(count), rows.data());
            state.check_logits(rows);
        });
    }
}

std::span<const float> Session::forward_guess(int token, std::span<const int> guess) {
    State& state = *state_;
    const std::size_t before = state.sequence.tokens().size();
    const std::size_t vocab = state.logits.size();
    state.followed = 0;
    state.batch.assign(1, token);
    state.batch.insert(state.batch.end(), guess.begin(), guess.end());
    state.check_tokens(state.batch);
    state.batch_logits.resize(state.batch.size() * vocab);
    for (std::size_t done = 0, count = 0; done < state.batch.size(); done += count) {
        count = std::min(static_cast<std::size_t>(state.largest_chunk), state.batch.size() - done);
        state.compute(std::span<const int>(state.batch).subspan(done, count));
        state.stages->logits(0, static_cast<int>(count), state.batch_logits.data() + done * vocab);
    }
    rewind(static_cast<int>(before) + 1);
    state.followed = 1;
    logits_or_rewind(*this, before, [&] { state.check_logits(state.guess_row()); });
    return state.guess_row();
}

std::span<const int> Session::guess() const noexcept {
    const auto followed = static_cast<std::size_t>(state_->followed);
    return followed == 0 ? std::span<const int>() : std::span<const int>(state_->batch).subspan(followed);
}

std::span<const float> Session::follow_guess() {
    State& state = *state_;
    if (guess().empty()) {
        throw Error(ErrorKind::BadArgument, "there is no guess to follow");
    }
    const std::size_t before = state.sequence.tokens().size();
    state.sequence.append(guess().first(1));
    ++state.followed;
    logits_or_rewind(*this, before, [&] { state.check_logits(state.guess_row()); });
    return state.guess_row();
}

void Session::rewind(int position) {
    const std::size_t held = tokens().size();
    if (position < 0 || position > static_cast<std::ptrdiff_t>(held)) {
        throw Error(ErrorKind::BadArgument,
                    "cannot rewind to position " + std::to_string(position) + " of " + std::to_string(held));
    }
    state_->sequence.rewind(position);
    state_->on_host = std::min(state_->on_host, position);
    state_->followed = 0;
}

Sequence Session::exchange(Sequence other) {
    const Sequence& held = state_->sequence;
    if (other.shape() != held.shape() || other.reserved_bytes() != held.reserved_bytes()) {
        throw Error(ErrorKind::BadArgument, "a session cannot go on with a sequence of another shape");
    }
    state_->followed = 0;
    state_->sequence_on_host();
    Sequence before = std::exchange(state_->sequence, std::move(other));
    state_->bring_to_devices(0);
    return before;
}

void Session::set_threads(int threads) {
    try {
        state_->stages->set_threads(threads_for(threads));
    } catch (const std::system_error& error) {
        throw Error(ErrorKind::Device, "the threads to compute with cannot be started: " + std::string(error.what()));
    }
}

void Session::clear() {
    state_->followed = 0;
    state_->on_host = 0;
    state_->sequence.clear();
}

std::optional<RestoreFailure> Session::restore(std::span<const StoredSegment> chain, const std::stop_token& stop) {
    state_->followed = 0;
    const std::vector<int> before(tokens().begin(), tokens().end());
    try {
        state_->sequence_on_host();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::OutOfMemory) {
            throw;
        }
        clear();  // the chain has what is worth having
    }
    const auto failure =
        restore_segments(state_->sequence, chain, {state_->parts->config.vocab_size, model().threads()}, stop);
    const auto shared = std::mismatch(before.begin(), before.end(), tokens().begin(), tokens().end()).first;
    state_->bring_to_devices(static_cast<int>(shared - before.begin()));
    return failure;
}

const Sequence& Session::sequence() const {
    return state_->sequence_on_host();
}
Sequence Session::another_sequence() const {
    return Sequence(shape(), state_->sequence.own_layers());
}
const CacheShape& Session::shape() const noexcept {
    return state_->sequence.shape();
}
std::span<const int> Session::tokens() const noexcept {
    return state_->sequence.tokens();
}
int Session::context() const noexcept {
    return state_->sequence.shape().context;
}
const Model& Session::model() const noexcept {
    return *state_->model;
}
std::int64_t Session::cache_bytes() const noexcept {
    return state_->sequence.reserved_bytes();
}

}  // namespace altiplano::engine
