// Cuts text into the pieces inside which byte pairs are merged.
#pragma once

#include <cstddef>
#include <string_view>

namespace altiplano::engine {

/// End of the piece of text that begins at begin, which must be inside text; always beyond begin. Pieces are the
/// matches of the Llama 3 pattern, whose alternatives are tried in this order:
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)         an English contraction
///     [^\r\n\p{L}\p{N}]?\p{L}+             letters, with one other character before them
///     \p{N}{1,3}                           up to three digits
///     ' '?[^\s\p{L}\p{N}]+[\r\n]*          signs, with a space before and line ends after them
///     \s*[\r\n]+ | \s+(?!\S) | \s+         white space
/// Bytes that are no UTF-8 count as signs. Every character is looked at a bounded number of times.
std::size_t piece_end(std::string_view text, std::size_t begin) noexcept;

}  // namespace altiplano::engine
