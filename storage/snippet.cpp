// Phrases from a query, and snippets found by walking the text with the same segmentation as the index.
#include "storage/snippet.h"

#include <algorithm>
#include <deque>

#include "storage/segment.h"

namespace altiplano::storage {
namespace {

constexpr std::size_t kQueryBytes = 1000;
constexpr std::size_t kBytesBefore = 40;
constexpr std::size_t kBytesAfter = 120;

bool continuation_byte(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

/// The nearest start of a character at or before position.
std::size_t character_start(std::string_view text, std::size_t position) {
    while (position > 0 && position < text.size() && continuation_byte(text[position])) {
        --position;
    }
    return std::min(position, text.size());
}

bool ends_with_phrase(const std::deque<Segment>& recent, const Phrase& phrase) {
    const std::size_t count = phrase.segments.size();
    if (recent.size() < count) {
        return false;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& found = recent[recent.size() - count + i].text;
        const std::string& wanted = phrase.segments[i];
        const bool may_go_on = phrase.open_end && i + 1 == count;
        if (may_go_on ? !found.starts_with(wanted) : found != wanted) {
            return false;
        }
    }
    return true;
}

std::size_t first_hit(std::string_view text, const std::vector<Phrase>& phrases) {
    std::size_t longest = 1;
    for (const Phrase& phrase : phrases) {
        longest = std::max(longest, phrase.segments.size());
    }
    std::deque<Segment> recent;
    std::size_t hit = 0;
    for_each_segment(text, [&](const Segment& segment) {
        recent.push_back(segment);
        if (recent.size() > longest) {
            recent.pop_front();
        }
        for (const Phrase& phrase : phrases) {
            if (ends_with_phrase(recent, phrase)) {
                hit = recent[recent.size() - phrase.segments.size()].begin;
                return false;
            }
        }
        return true;
    });
    return hit;
}

/// Line ends and control characters become spaces, several spaces one.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char character : text) {
        const bool blank = static_cast<unsigned char>(character) <= ' ';
        if (!blank) {
            line += character;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

bool holds_space(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }) ||
           text.find("\u3000") != std::string_view::npos;  // the wide space of Chinese and Japanese
}

}  // namespace

std::vector<Phrase> phrases_of(std::string_view query) {
    const std::string text = composed(query.substr(0, character_start(query, kQueryBytes)));
    std::vector<Phrase> phrases;
    std::size_t looked_at = 0;
    Segment last;
    for_each_segment(text, [&](const Segment& segment) {
        if (phrases.empty() || holds_space(std::string_view(text).substr(looked_at, segment.begin - looked_at))) {
            phrases.emplace_back();
        }
        phrases.back().segments.push_back(segment.text);
        looked_at = segment.end;
        last = segment;
        return true;
    });
    if (!phrases.empty()) {  // one letter would begin a great part of all words
        phrases.back().open_end = last.single || last.text.size() > 1;
    }
    return phrases;
}

std::string snippet(std::string_view text, const std::vector<Phrase>& phrases) {
    const std::string source = composed(text);
    const std::string_view view = source;
    const std::size_t hit = first_hit(view, phrases);
    const std::size_t begin = character_start(view, hit > kBytesBefore ? hit - kBytesBefore : 0);
    const std::size_t end = character_start(view, std::min(view.size(), hit + kBytesAfter));
    std::string line = one_line(view.substr(begin, end - begin));
    if (begin > 0) {
        line.insert(0, "…");
    }
    return end < view.size() ? line + "…" : line;
}

}  // namespace altiplano::storage
