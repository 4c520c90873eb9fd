// Short lists on the host: taken from a GPU's memory, and several ranks' made one.
#include "engine/kernels/short_list.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>
#include <utility>

namespace altiplano::engine {

LikeliestTokens read_short_list(std::span<const std::byte> bytes, int k) {
    assert(std::ssize(bytes) == short_list_bytes(k));
    ShortListHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    const auto* const logits = reinterpret_cast<const float*>(bytes.data() + sizeof header);
    const auto* const ids = reinterpret_cast<const std::int32_t*>(logits + k);
    return {{ids, ids + header.count}, {logits, logits + header.count}, header.total};
}

LikeliestTokens merge_likeliest(std::span<const LikeliestTokens> ranks, int k, double temperature) {
    if (std::any_of(ranks.begin(), ranks.end(), [](const LikeliestTokens& rank) { return rank.ids.empty(); })) {
        return {};
    }
    std::vector<std::pair<float, int>> all;
    for (const LikeliestTokens& rank : ranks) {
        for (std::size_t i = 0; i < rank.ids.size(); ++i) {
            all.emplace_back(rank.logits[i], rank.ids[i]);
        }
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    LikeliestTokens merged;
    for (const LikeliestTokens& rank : ranks) {  // each total is relative to the rank's own highest logit
        const double below = static_cast<double>(rank.logits.front()) - static_cast<double>(all.front().first);
        merged.total += rank.total * std::exp(below / temperature);
    }
    all.resize(std::min(all.size(), static_cast<std::size_t>(k)));
    for (const auto& [logit, id] : all) {
        merged.ids.push_back(id);
        merged.logits.push_back(logit);
    }
    return merged;
}

}  // namespace altiplano::engine
