// The token list, the token types and the merges, from GPT-2's printable spelling back to bytes.
#include "engine/weights/gguf_vocabulary.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace altiplano::engine {
namespace {

constexpr std::int64_t kLongestToken = 64 << 10;  // Llama 3's longest is 128 bytes
constexpr std::int64_t kMostMerges = 16'000'000;  // Llama 3 has 280,147
constexpr int kNormalToken = 1;                   // as the file numbers kinds of tokens
constexpr int kCodePoints = 0x180;                // all spellings of a byte lie below
constexpr int kNeverMerged = -1;                  // as TokenizerData says

// GPT-2 spells a byte as one printable character: itself where it is printable Latin-1, else U+0100 on, in byte order.
std::array<int, kCodePoints> byte_of_code_point() {
    std::array<int, kCodePoints> bytes;
    bytes.fill(-1);
    int next = 0x100;
    for (int byte = 0; byte < 256; ++byte) {
        const bool printable = (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
        bytes[static_cast<std::size_t>(printable ? byte : next++)] = byte;
    }
    return bytes;
}

// Empty where a character is no spelling of a byte. Spellings are at most two bytes of UTF-8.
std::optional<std::string> bytes_of_spelling(std::string_view spelling) {
    static const auto table = byte_of_code_point();
    std::string bytes;
    for (std::size_t i = 0; i < spelling.size(); ++i) {
        int code_point = static_cast<unsigned char>(spelling[i]);
        if (code_point >= 0x80) {
            if ((code_point & 0xE0) != 0xC0 || i + 1 >= spelling.size()) {
                return std::nullopt;
            }
            code_point = (code_point & 0x1F) << 6 | (static_cast<unsigned char>(spelling[++i]) & 0x3F);
        }
        if (code_point >= kCodePoints || table[static_cast<std::size_t>(code_point)] < 0) {
            return std::nullopt;
        }
        bytes += static_cast<char>(table[static_cast<std::size_t>(code_point)]);
    }
    return bytes;
}

std::string element(std::string_view key, std::int64_t index) {
    return std::string(key) + "[" + std::to_string(index) + "]";
}

void check_kind(const GgufMetadata& metadata) {
    const std::string kind = metadata.text("tokenizer.ggml.model").value_or("");
    if (kind != "gpt2") {
        throw metadata.error(ErrorKind::Unsupported, "tokenizer.ggml.model",
                             "is '" + kind + "', this program knows 'gpt2' (byte-pair encoding as in Llama 3)");
    }
    const std::string pattern = metadata.text("tokenizer.ggml.pre").value_or("llama-bpe");
    constexpr std::array<std::string_view, 3> kKnown = {"llama-bpe", "llama3", "llama-v3"};
    if (std::find(kKnown.begin(), kKnown.end(), pattern) == kKnown.end()) {
        throw metadata.error(ErrorKind::Unsupported, "tokenizer.ggml.pre",
                             "is '" + pattern + "', this program knows 'llama-bpe', the pattern of Llama 3");
    }
}

void check_special_ids(const GgufMetadata& metadata, std::int64_t vocab_size) {
    for (const char* which : {"bos", "eos", "eot", "eom", "padding", "unknown"}) {
        const std::string key = "tokenizer.ggml." + std::string(which) + "_token_id";
        const auto id = metadata.integer(key);
        if (id && (*id < 0 || *id >= vocab_size)) {
            throw metadata.error(
                ErrorKind::BadFile, key,
                "is " + std::to_string(*id) + ", but there are only " + std::to_string(vocab_size) + " tokens");
        }
    }
}

std::vector<std::int32_t> read_kinds(const GgufMetadata& metadata, std::int64_t vocab_size) {
    const GgufValue* scores = metadata.find("tokenizer.ggml.scores");
    if (scores != nullptr && metadata.array("tokenizer.ggml.scores", GgufType::F32)->count != vocab_size) {
        throw metadata.error(ErrorKind::BadFile, "tokenizer.ggml.scores", "are not as many as the tokens");
    }
    std::vector<std::int32_t> kinds(static_cast<std::size_t>(vocab_size), kNormalToken);
    const GgufValue* array = metadata.array("tokenizer.ggml.token_type", GgufType::I32);
    if (array == nullptr) {
        return kinds;
    }
    if (array->count != vocab_size) {
        throw metadata.error(ErrorKind::BadFile, "tokenizer.ggml.token_type",
                             "has " + std::to_string(array->count) + " elements, but there are " +
                                 std::to_string(vocab_size) + " tokens");
    }
    metadata.file().read_at(array->offset, std::as_writable_bytes(std::span(kinds)), "tokenizer.ggml.token_type");
    return kinds;
}

const GgufValue& token_array(const GgufMetadata& metadata) {
    const GgufValue* array = metadata.array("tokenizer.ggml.tokens", GgufType::String);
    if (array == nullptr || array->count == 0) {
        throw metadata.error(ErrorKind::BadFile, "tokenizer.ggml.tokens", "the model has no vocabulary");
    }
    return *array;
}

std::vector<TokenizerData::Token> read_tokens(const GgufMetadata& metadata) {
    const GgufValue& array = token_array(metadata);
    const auto kinds = read_kinds(metadata, array.count);
    GgufCursor cursor(metadata.file(), array.offset);
    std::vector<TokenizerData::Token> tokens(static_cast<std::size_t>(array.count));
    std::unordered_map<std::string_view, std::int64_t> seen;
    for (std::int64_t i = 0; i < array.count; ++i) {
        const std::string what = element("tokenizer.ggml.tokens", i);
        TokenizerData::Token& token = tokens[static_cast<std::size_t>(i)];
        std::string spelling = cursor.text(kLongestToken, what);
        token.special = kinds[static_cast<std::size_t>(i)] != kNormalToken;
        std::optional<std::string> bytes = token.special ? spelling : bytes_of_spelling(spelling);
        if (!bytes || bytes->empty()) {
            cursor.fail(ErrorKind::BadFile, what, "'" + spelling + "' does not spell bytes as GPT-2 does");
        }
        token.bytes = std::move(*bytes);
        const auto [other, is_new] = seen.emplace(token.bytes, i);
        if (!is_new) {
            cursor.fail(ErrorKind::BadFile, what,
                        "is the same token as " + element("tokenizer.ggml.tokens", other->second));
        }
    }
    return tokens;
}

class MergeReader {
public:
    explicit MergeReader(const std::vector<TokenizerData::Token>& tokens) {
        for (std::size_t id = 0; id < tokens.size(); ++id) {
            if (!tokens[id].special) {
                ids_.emplace(tokens[id].bytes, static_cast<int>(id));
            }
        }
    }

    /// The id of the token that merge "left right" makes, or empty where a part or the whole is no token.
    std::optional<int> result(const std::string& merge) const {
        const auto space = merge.find(' ');  // bytes are spelled without spaces, so there is just the one between
        if (space == std::string::npos) {
            return std::nullopt;
        }
        const auto left = bytes_of_spelling(std::string_view(merge).substr(0, space));
        const auto right = bytes_of_spelling(std::string_view(merge).substr(space + 1));
        if (!left || !right || !ids_.contains(*left) || !ids_.contains(*right)) {
            return std::nullopt;
        }
        const auto whole = ids_.find(*left + *right);
        return whole == ids_.end() ? std::nullopt : std::optional(whole->second);
    }

private:
    std::unordered_map<std::string_view, int> ids_;
};

// Llama 3 joins the pair whose union has the lowest rank, so a rank belongs to the union: its first merge in the list.
std::vector<int> read_merge_ranks(const GgufMetadata& metadata, const std::vector<TokenizerData::Token>& tokens) {
    constexpr std::string_view kKey = "tokenizer.ggml.merges";
    const GgufValue* array = metadata.array(kKey, GgufType::String);
    if (array == nullptr || array->count == 0 || array->count > kMostMerges) {
        throw metadata.error(ErrorKind::BadFile, kKey,
                             "has " + std::to_string(array == nullptr ? 0 : array->count) + " merges, expected 1 to " +
                                 std::to_string(kMostMerges));
    }
    const MergeReader reader(tokens);
    GgufCursor cursor(metadata.file(), array->offset);
    std::vector<int> ranks(tokens.size(), kNeverMerged);
    for (std::int64_t i = 0; i < array->count; ++i) {
        const std::string merge = cursor.text(2 * kLongestToken + 1, kKey);
        const auto id = reader.result(merge);
        if (!id) {
            cursor.fail(ErrorKind::BadFile, element(kKey, i), "'" + merge + "' does not join two tokens to a third");
        }
        int& rank = ranks[static_cast<std::size_t>(*id)];
        rank = rank == kNeverMerged ? static_cast<int>(i) : rank;
    }
    return ranks;
}

}  // namespace

TokenizerData read_gguf_vocabulary(const GgufMetadata& metadata) {
    check_kind(metadata);
    check_special_ids(metadata, token_array(metadata).count);
    TokenizerData data;
    data.tokens = read_tokens(metadata);
    data.merge_ranks = read_merge_ranks(metadata, data.tokens);
    return data;
}

std::string gguf_chat_format_note(const GgufMetadata& metadata) {
    const GgufValue* array = metadata.array("tokenizer.ggml.tokens", GgufType::String);
    if (array == nullptr) {
        return "the file has no vocabulary";
    }
    std::unordered_set<std::string> missing = {"<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>",
                                               "<|eot_id|>"};
    GgufCursor cursor(metadata.file(), array->offset);
    for (std::int64_t i = 0; i < array->count && !missing.empty(); ++i) {
        missing.erase(cursor.text(kLongestToken, element("tokenizer.ggml.tokens", i)));
    }
    return missing.empty() ? "" : "the vocabulary lacks " + *missing.begin();
}

}  // namespace altiplano::engine
