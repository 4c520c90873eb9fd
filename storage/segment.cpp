// Segmentation by Unicode properties (ICU), one code point at a time; ASCII takes a short way.
#include "storage/segment.h"

#include <array>
#include <span>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

namespace altiplano::storage {
namespace {

constexpr std::uint32_t kWordTypes = U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK;

/// Accents are folded where people leave them out when they type; elsewhere a mark is part of the letter.
bool drops_marks(UScriptCode script) {
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ||
           script == USCRIPT_ARABIC || script == USCRIPT_HEBREW;
}

UScriptCode script_of(UChar32 character) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(character, &status);
}

/// Compatibility decomposition, then case folding: one character gives up to 36.
class FoldedCharacter {
public:
    explicit FoldedCharacter(UChar32 character, UScriptCode script) {
        UErrorCode status = U_ZERO_ERROR;
        static const icu::Normalizer2* const decomposer = icu::Normalizer2::getNFKDInstance(status);
        icu::UnicodeString parts(character);
        if (script != USCRIPT_HANGUL) {  // whose syllables stay whole
            icu::UnicodeString decomposed;
            if (decomposer->getDecomposition(character, decomposed)) {
                parts = decomposed;
            }
        }
        parts_ = parts.foldCase();
    }
    const icu::UnicodeString& parts() const { return parts_; }

private:
    icu::UnicodeString parts_;
};

class Segmenter {
public:
    Segmenter(std::string_view text, const std::function<bool(const Segment&)>& on_segment)
        : text_(text), on_segment_(on_segment) {}

    void run() {
        while (position_ < text_.size() && going_) {
            const auto byte = static_cast<unsigned char>(text_[position_]);
            if (byte < 0x80) {
                take_ascii(static_cast<char>(byte));
            } else {
                take_character();
            }
        }
        close();
    }

private:
    void take_ascii(char character) {
        const char lower = static_cast<char>(character | 0x20);
        const bool letter = lower >= 'a' && lower <= 'z';
        if (letter || (character >= '0' && character <= '9')) {
            open_word(position_);
            segment_.text += letter ? lower : character;
            segment_.end = position_ + 1;
            base_script_ = letter ? USCRIPT_LATIN : USCRIPT_COMMON;
        } else {
            close();
        }
        ++position_;
    }

    void take_character() {
        const std::size_t begin = position_;
        UChar32 character = 0;
        U8_NEXT(text_.data(), position_, text_.size(), character);
        const std::uint32_t type = character < 0 ? U_GC_CN_MASK : U_GET_GC_MASK(character);
        if (type & U_GC_CF_MASK) {
            return;  // joiners and soft hyphens are inside words
        }
        const UScriptCode script = script_of(character);
        if (type & U_GC_M_MASK) {
            take_mark(character, script, begin);
        } else if (type & U_GC_SO_MASK) {
            close();  // an emoji is a word of its own
            open_word(begin);
            append(character);
            segment_.end = position_;
            close();
        } else {
            take_letter(character, script, begin);
        }
    }

    void take_letter(UChar32 character, UScriptCode script, std::size_t begin) {
        const bool prolonged =
            segment_.single && script == USCRIPT_COMMON && u_charType(character) == U_MODIFIER_LETTER;
        const bool alone = prolonged || uscript_breaksBetweenLetters(script) || script == USCRIPT_HANGUL;
        if (alone || segment_.single) {
            close();
        }
        const FoldedCharacter folded(character, script);
        for (int i = 0; i < folded.parts().length(); i = folded.parts().moveIndex32(i, 1)) {
            const UChar32 part = folded.parts().char32At(i);
            if ((U_GET_GC_MASK(part) & kWordTypes) == 0) {
                close();
            } else if (U_GET_GC_MASK(part) & U_GC_M_MASK) {
                take_mark(part, script_of(part), begin);
            } else {
                open_word(begin);
                append(part);
                base_script_ = script_of(part);
            }
        }
        segment_.end = position_;
        segment_.single = alone && !segment_.text.empty();
    }

    /// A mark belongs to the letter before it; one without a letter is nothing to search for.
    void take_mark(UChar32 mark, UScriptCode script, std::size_t) {
        if (segment_.text.empty() ||
            (drops_marks(base_script_) && (script == USCRIPT_INHERITED || drops_marks(script)))) {
            return;
        }
        append(mark);
        segment_.end = position_;
    }

    void append(UChar32 character) {
        std::array<char, U8_MAX_LENGTH> bytes;
        int length = 0;
        U8_APPEND_UNSAFE(bytes.data(), length, character);
        segment_.text.append(bytes.data(), static_cast<std::size_t>(length));
    }

    void open_word(std::size_t begin) {
        if (segment_.single) {
            close();
        }
        if (segment_.text.empty()) {
            segment_.begin = begin;
        }
    }

    void close() {
        if (!segment_.text.empty() && going_) {
            going_ = on_segment_(segment_);
        }
        segment_ = {};
        base_script_ = USCRIPT_COMMON;
    }

    std::string_view text_;
    const std::function<bool(const Segment&)>& on_segment_;
    std::size_t position_ = 0;
    Segment segment_;
    UScriptCode base_script_ = USCRIPT_COMMON;
    bool going_ = true;
};

}  // namespace

std::string composed(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const composer = icu::Normalizer2::getNFCInstance(status);
    const icu::StringPiece piece(utf8.data(), static_cast<int>(utf8.size()));
    if (composer->isNormalizedUTF8(piece, status) && U_SUCCESS(status)) {
        return std::string(utf8);
    }
    std::string result;
    icu::StringByteSink<std::string> sink(&result, static_cast<int>(utf8.size()));
    composer->normalizeUTF8(0, piece, sink, nullptr, status);
    return result;
}

void for_each_segment(std::string_view composed_text, const std::function<bool(const Segment&)>& on_segment) {
    Segmenter(composed_text, on_segment).run();
}

std::string segmented(std::string_view utf8) {
    std::string result;
    result.reserve(utf8.size());
    for_each_segment(composed(utf8), [&result](const Segment& segment) {
        if (!result.empty()) {
            result += ' ';
        }
        result += segment.text;
        return true;
    });
    return result;
}

}  // namespace altiplano::storage
