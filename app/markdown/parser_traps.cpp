#include "app/markdown/parser_traps.h"

#include <array>
#include <cstring>
#include <string_view>

namespace altiplano {

namespace {

/// A character, how many of it one line (or, for brackets, one run of lines without an empty one) may have, and the
/// Unicode noncharacter that stands in for it. The limits keep 1 MiB of the worst input under a second.
struct Trap {
    char character;
    int limit;
    std::string_view telling;  ///< what is counted
    std::string_view standIn;
    char16_t standInCode;
    bool countsOverLines;
};
constexpr std::array kTraps{
    Trap{'|', 512, "|", "\xEF\xB7\x90", 0xFDD0, false},
    Trap{'w', 64, "www.", "\xEF\xB7\x91", 0xFDD1, false},
    Trap{'@', 64, "@", "\xEF\xB7\x92", 0xFDD2, false},
    Trap{'[', 1000, "[", "\xEF\xB7\x93", 0xFDD3, true},
};

int occurrences(std::string_view line, std::string_view telling) {
    int count = 0;
    for (std::size_t at = line.find(telling); at != std::string_view::npos; at = line.find(telling, at + 1))
        ++count;
    return count;
}

/// Which traps a line has sprung, as bits; counts the brackets on from line to line.
class Watch {
public:
    unsigned sprung(std::string_view line) {
        if (line.find_first_not_of(" \t\n") == std::string_view::npos)
            m_counts = {};
        unsigned bits = 0;
        for (std::size_t i = 0; i < kTraps.size(); ++i) {
            const int here = occurrences(line, kTraps[i].telling);
            m_counts[i] = kTraps[i].countsOverLines ? m_counts[i] + here : here;
            if (m_counts[i] > kTraps[i].limit)
                bits |= 1U << i;
        }
        return bits;
    }

private:
    std::array<int, kTraps.size()> m_counts{};
};

/// List and quotation marks that a line may begin with: what is nested deeper is shown as text.
constexpr std::size_t kMostNested = 64;
constexpr std::string_view kNesting = "-*+>";
constexpr char16_t kNestingCode = 0xFDD4;
constexpr std::array<std::string_view, 4> kNestingStandIns{"\xEF\xB7\x94", "\xEF\xB7\x95", "\xEF\xB7\x96",
                                                           "\xEF\xB7\x97"};

/// Where the marks that a line begins with go beyond the limit; npos where they do not.
std::size_t deepNesting(std::string_view line) {
    std::size_t marks = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (kNesting.find(line[at]) != std::string_view::npos) {
            if (++marks > kMostNested)
                return at;
        } else if (line[at] != ' ' && line[at] != '\t') {
            break;
        }
    }
    return std::string_view::npos;
}

void appendDefused(QByteArray& out, std::string_view line, unsigned sprung) {
    const std::size_t deep = deepNesting(line);
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        std::string_view written(&c, 1);
        if (const std::size_t mark = kNesting.find(c); at >= deep && mark != std::string_view::npos)
            written = kNestingStandIns[mark];
        for (std::size_t i = 0; i < kTraps.size(); ++i)
            if ((sprung & (1U << i)) && c == kTraps[i].character)
                written = kTraps[i].standIn;
        out.append(written.data(), static_cast<qsizetype>(written.size()));
    }
}

}  // namespace

QByteArray withoutTraps(const QByteArray& utf8) {
    const std::string_view text(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    QByteArray out;
    bool changed = false;
    Watch watch;
    for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
        end = std::min(text.find('\n', begin), text.size() - 1) + 1;
        const std::string_view line = text.substr(begin, end - begin);
        const unsigned sprung = watch.sprung(line);
        if (!changed && (sprung || deepNesting(line) != std::string_view::npos)) {
            out = utf8.left(static_cast<qsizetype>(begin));
            changed = true;
        }
        if (changed)
            appendDefused(out, line, sprung);
    }
    return changed ? out : utf8;
}

QString trapsRestored(const char* utf8) {
    QString text = QString::fromUtf8(utf8);
    for (const Trap& trap : kTraps)
        if (text.contains(QChar(trap.standInCode)))
            text.replace(QChar(trap.standInCode), QLatin1Char(trap.character));
    for (std::size_t mark = 0; mark < kNesting.size(); ++mark)
        if (const QChar standIn(static_cast<char16_t>(kNestingCode + mark)); text.contains(standIn))
            text.replace(standIn, QLatin1Char(kNesting[mark]));
    return text;
}

}  // namespace altiplano
