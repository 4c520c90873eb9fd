// Byte-pair encoding with the Llama 3 pattern: pieces, then whole tokens, then merges.
#include "engine/text/tokenizer.h"

#include <unordered_map>

#include "engine/text/byte_pair_merger.h"
#include "engine/text/piece_scanner.h"
#include "engine/text/vocabulary.h"

namespace altiplano::engine {

struct Tokenizer::Tables {
    Vocabulary vocabulary;
    std::unordered_map<std::string_view, int> specials;  ///< keys are kept alive by vocabulary

    explicit Tables(TokenizerData data) : vocabulary(std::move(data)) {
        const auto& tokens = vocabulary.tokens();
        for (std::size_t id = 0; id < tokens.size(); ++id) {
            if (tokens[id].special) {
                specials.emplace(tokens[id].bytes, static_cast<int>(id));
            }
        }
    }
};

Tokenizer::Tokenizer(TokenizerData data) : tables_(std::make_unique<const Tables>(std::move(data))) {}
Tokenizer::~Tokenizer() = default;
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;

std::vector<int> Tokenizer::encode(std::string_view text) const {
    const Vocabulary& vocabulary = tables_->vocabulary;
    BytePairMerger merger(vocabulary);
    std::vector<int> ids;
    ids.reserve(text.size() / 4 + 8);
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = piece_end(text, begin);
        const std::string_view piece = text.substr(begin, end - begin);
        const int whole = vocabulary.find(piece);
        if (whole >= 0) {
            ids.push_back(whole);
        } else {
            merger.merge(piece, ids);
        }
        begin = end;
    }
    return ids;
}

std::optional<int> Tokenizer::special(std::string_view special_name) const {
    const auto found = tables_->specials.find(special_name);
    return found == tables_->specials.end() ? std::nullopt : std::optional(found->second);
}

bool Tokenizer::is_special(int id) const {
    return tables_->vocabulary.tokens().at(static_cast<std::size_t>(id)).special;
}

std::string_view Tokenizer::bytes(int id) const {
    return tables_->vocabulary.tokens().at(static_cast<std::size_t>(id)).bytes;
}

std::string Tokenizer::decode(std::span<const int> ids) const {
    std::string text;
    for (const int id : ids) {
        text += bytes(id);
    }
    return text;
}

int Tokenizer::size() const noexcept {
    return static_cast<int>(tables_->vocabulary.tokens().size());
}

}  // namespace altiplano::engine
