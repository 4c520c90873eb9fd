// Where each head's keys and values lie.
#include "engine/model/sequence.h"

#include <string>

namespace altiplano::engine {
namespace {

constexpr int kHalves = 2;  // keys, values

int whole_blocks(int positions) {
    return (positions + kKvBlock - 1) / kKvBlock * kKvBlock;
}

HostBuffer reserve(const CacheShape& shape, int own_layers) {
    const std::string what = "a context of " + std::to_string(shape.context) + " tokens";
    const std::int64_t bytes = shape.bytes(shape.context);
    if (own_layers > 0) {
        require_memory(bytes / shape.layers * own_layers, what);
    }
    return {bytes, what};
}

}  // namespace

int CacheShape::positions() const noexcept {
    return whole_blocks(context);
}

std::int64_t CacheShape::head_bytes(int count) const noexcept {
    return kv_head_bytes(type, head_dim, whole_blocks(count));
}

std::int64_t CacheShape::bytes(int count) const noexcept {
    return std::int64_t{kHalves} * layers * kv_heads * head_bytes(count);
}

Sequence::Sequence(const CacheShape& shape, int own_layers)
    : shape_(shape), own_layers_(own_layers), cache_(reserve(shape, own_layers)) {
    tokens_.reserve(static_cast<std::size_t>(shape.context));
}

void Sequence::append(std::span<const int> tokens) {
    tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
}

void Sequence::rewind(int position) {
    tokens_.resize(static_cast<std::size_t>(position));
}

std::byte* Sequence::head(int layer, int half, int kv_head) const {
    const std::int64_t index = (std::int64_t{layer} * kHalves + half) * shape_.kv_heads + kv_head;
    return cache_.data() + index * shape_.head_bytes(shape_.context);
}

KvCache Sequence::layer(int index) const {
    return {head(index, 0, 0), head(index, 1, 0), shape_.type, shape_.kv_heads, shape_.head_dim, shape_.positions()};
}

std::vector<std::span<std::byte>> Sequence::pieces(int first, int last) const {
    const std::int64_t begin = shape_.head_bytes(first);
    const auto size = static_cast<std::size_t>(shape_.head_bytes(last) - begin);
    std::vector<std::span<std::byte>> list;
    list.reserve(static_cast<std::size_t>(shape_.layers) * kHalves * static_cast<std::size_t>(shape_.kv_heads));
    for (int layer = 0; layer < shape_.layers; ++layer) {
        for (int half = 0; half < kHalves; ++half) {
            for (int kv_head = 0; kv_head < shape_.kv_heads; ++kv_head) {
                list.emplace_back(head(layer, half, kv_head) + begin, size);
            }
        }
    }
    return list;
}

void Sequence::trim() {
    for (const std::span<std::byte> rest : pieces(whole_blocks(static_cast<int>(tokens_.size())), shape_.positions())) {
        give_back_pages(rest);
    }
}

void Sequence::clear() {
    rewind(0);
    trim();
}

}  // namespace altiplano::engine
