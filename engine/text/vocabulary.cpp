// Builds the two hash tables once; both have a power of two slots, at most half of them taken.
#include "engine/text/vocabulary.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <string>

#include "engine/error.h"

namespace altiplano::engine {

namespace {

constexpr std::size_t kLongestToken = 4096;  // Llama 3's longest has 128 bytes

std::size_t hash_pair(int left, int right) noexcept {
    const auto key =
        (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) | static_cast<std::uint32_t>(right);
    return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 20);
}

std::size_t slots_for(std::size_t entries) {
    return std::bit_ceil(entries * 2 + 2);
}

std::string token_text(std::size_t id) {
    return "vocabulary: token " + std::to_string(id);
}

}  // namespace

Vocabulary::Vocabulary(TokenizerData data) : data_(std::move(data)) {
    if (!data_.merge_ranks.empty() && data_.merge_ranks.size() != data_.tokens.size()) {
        throw Error(ErrorKind::BadFile, "vocabulary: " + std::to_string(data_.merge_ranks.size()) +
                                            " merge ranks for " + std::to_string(data_.tokens.size()) + " tokens");
    }
    index_bytes();
    index_pairs();
}

void Vocabulary::index_bytes() {
    byte_slots_.assign(slots_for(data_.tokens.size()), -1);
    for (std::size_t id = 0; id < data_.tokens.size(); ++id) {
        const TokenizerData::Token& token = data_.tokens[id];
        if (token.special) {
            continue;
        }
        if (token.bytes.empty() || token.bytes.size() > kLongestToken) {
            throw Error(ErrorKind::BadFile, token_text(id) + " has " + std::to_string(token.bytes.size()) +
                                                " bytes, expected 1 to " + std::to_string(kLongestToken));
        }
        longest_ = std::max(longest_, token.bytes.size());
        std::size_t slot = std::hash<std::string_view>{}(token.bytes) & (byte_slots_.size() - 1);
        for (; byte_slots_[slot] >= 0; slot = (slot + 1) & (byte_slots_.size() - 1)) {
            const auto other = static_cast<std::size_t>(byte_slots_[slot]);
            if (data_.tokens[other].bytes == token.bytes) {
                throw Error(ErrorKind::BadFile,
                            token_text(id) + " has the same bytes as token " + std::to_string(other));
            }
        }
        byte_slots_[slot] = static_cast<int>(id);
    }
    for (int byte = 0; byte < 256; ++byte) {
        const char text = static_cast<char>(byte);
        const int id = find(std::string_view(&text, 1));
        if (id < 0) {
            throw Error(ErrorKind::BadFile, "vocabulary: no token for the single byte " + std::to_string(byte));
        }
        byte_tokens_[static_cast<std::size_t>(byte)] = id;
    }
}

int Vocabulary::find(std::string_view bytes) const noexcept {
    if (bytes.size() > longest_) {
        return -1;
    }
    std::size_t slot = std::hash<std::string_view>{}(bytes) & (byte_slots_.size() - 1);
    for (; byte_slots_[slot] >= 0; slot = (slot + 1) & (byte_slots_.size() - 1)) {
        if (data_.tokens[static_cast<std::size_t>(byte_slots_[slot])].bytes == bytes) {
            break;
        }
    }
    return byte_slots_[slot];
}

void Vocabulary::index_pairs() {
    std::vector<Pair> pairs;
    for (std::size_t id = 0; id < data_.tokens.size(); ++id) {
        const TokenizerData::Token& token = data_.tokens[id];
        if (token.special || rank(static_cast<int>(id)) < 0) {
            continue;
        }
        const std::string_view bytes = token.bytes;
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            const int left = find(bytes.substr(0, cut));
            const int right = left < 0 ? -1 : find(bytes.substr(cut));
            if (right >= 0) {
                pairs.push_back({left, right, static_cast<int>(id)});
            }
        }
    }
    pair_slots_.assign(slots_for(pairs.size()), Pair{-1, -1, -1});
    for (const Pair& pair : pairs) {
        insert_pair(pair);
    }
}

void Vocabulary::insert_pair(const Pair& pair) {
    std::size_t slot = hash_pair(pair.left, pair.right) & (pair_slots_.size() - 1);
    while (pair_slots_[slot].joined >= 0) {
        slot = (slot + 1) & (pair_slots_.size() - 1);
    }
    pair_slots_[slot] = pair;
}

int Vocabulary::join(int left, int right) const noexcept {
    std::size_t slot = hash_pair(left, right) & (pair_slots_.size() - 1);
    for (; pair_slots_[slot].joined >= 0; slot = (slot + 1) & (pair_slots_.size() - 1)) {
        if (pair_slots_[slot].left == left && pair_slots_[slot].right == right) {
            break;
        }
    }
    return pair_slots_[slot].joined;
}

}  // namespace altiplano::engine
