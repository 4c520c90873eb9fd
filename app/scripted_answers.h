// What ScriptedEngine recites: Markdown in several languages, chosen by words in the question.
#pragma once

#include <string>
#include <string_view>

namespace altiplano {

/// "code", "table", "list", "long", "arabic", "hindi", "thai", "german", "forever" in the question choose; otherwise a
/// short answer that names the question. "forever" does not end by itself.
std::string scriptedAnswer(std::string_view question);

}  // namespace altiplano
