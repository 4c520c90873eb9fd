// Stop strings, however the text is cut.
#include "engine/text/stop_strings.h"

#include <gtest/gtest.h>

#include "engine/error.h"

namespace altiplano::engine {

namespace {

/// All that is shown of text that comes in pieces of this many bytes.
std::string shown(std::vector<std::string> stops, std::string_view text, std::size_t size) {
    StopStrings filter(std::move(stops));
    std::string result;
    for (std::size_t i = 0; i < text.size() && !filter.found(); i += size) {
        result += filter.push(text.substr(i, size));
    }
    return filter.found() ? result + "|" : result + filter.finish();
}

TEST(StopStrings, endBeforeTheFirstOneHoweverTheTextIsCut) {
    for (std::size_t size = 1; size < 12; ++size) {
        EXPECT_EQ(shown({"STOP"}, "go on STOP never", size), "go on |");
        EXPECT_EQ(shown({"never", "OP n", "STOP"}, "go on STOP never", size), "go on |") << size;
        EXPECT_EQ(shown({"STOP"}, "SSTOSTOP", size), "SSTO|");
        EXPECT_EQ(shown({"aab"}, "aaaab", size), "aa|");
        EXPECT_EQ(shown({"STOP"}, "go on STO", size), "go on STO");
        EXPECT_EQ(shown({}, "go on STOP", size), "go on STOP");
    }
}

TEST(StopStrings, holdBackNoMoreThanWhatMayBecomeOne) {
    StopStrings filter({"\n\nUser:"});
    EXPECT_EQ(filter.push("Hello\n"), "Hello");
    EXPECT_EQ(filter.push("\nUs"), "");
    EXPECT_EQ(filter.push("ually"), "\n\nUsually");
    EXPECT_EQ(filter.finish(), "");
}

TEST(StopStrings, mustBeTextAndNotEmpty) {
    EXPECT_THROW(StopStrings({""}), Error);
    EXPECT_THROW(StopStrings({"\x80"}), Error);
}

}  // namespace

}  // namespace altiplano::engine
