#include "app/scripted_answers.h"

#include <array>

namespace altiplano {

namespace {

struct Answer {
    std::string_view word;
    std::string_view text;
};

constexpr std::array kAnswers{
    Answer{"code",
           "Add a `timedelta` to a `datetime`; it rolls over midnight by itself:\n\n"
           "```python\n"
           "from datetime import datetime, timedelta\n\n"
           "start = datetime.strptime(\"23:50\", \"%H:%M\")\n"
           "arrival = start + timedelta(hours=1, minutes=20)\n"
           "print(arrival.strftime(\"%H:%M\"))  # 01:10\n"
           "```\n\n"
           "The date moves on by one day, so compare *whole* values and format only what you show.\n"},
    Answer{"table",
           "How much memory a model needs depends on how its weights are stored:\n\n"
           "| Type | Bits per weight | 8 B model | 70 B model |\n"
           "|:-----|:---------------:|----------:|-----------:|\n"
           "| BF16 | 16 | 16.1 GB | 141.2 GB |\n"
           "| Q8_0 | 8.5 | 8.5 GB | 75.0 GB |\n"
           "| Q4_K_M | 4.8 | 4.9 GB | 42.5 GB |\n\n"
           "The context comes on top: about **0.13 GiB** per 1,024 tokens for the small one.\n"},
    Answer{"list",
           "## A simple loaf\n\n"
           "1. Mix\n"
           "   - 500 g flour\n"
           "   - 350 g water\n"
           "   - 10 g salt\n"
           "2. Let it rest for an hour, then fold it *three times*.\n"
           "3. Bake at 230 °C for 35 minutes.\n\n"
           "- [x] weigh everything\n"
           "- [ ] wait until it is cool\n\n"
           "> Patience is the only ingredient that cannot be bought.\n\n"
           "---\n\n"
           "More at https://example.org/bread.\n"},
    Answer{"arabic", "مرحبا! هذه إجابة **قصيرة** تُكتب من اليمين إلى اليسار.\n\n- أولاً\n- ثانياً\n"},
    Answer{"hindi", "नमस्ते! यह एक **छोटा** उत्तर है, और इसमें `code` भी है।\n"},
    Answer{"thai", "สวัสดี นี่คือคำตอบ **สั้นๆ** ที่ไม่มีช่องว่างระหว่างคำ\n"},
    Answer{"german",
           "Gern! Donaudampfschifffahrtsgesellschaften haben *lange* Wörter, und Zeilen müssen trotzdem umbrechen.\n"},
};

constexpr int kLongParagraphs = 40;

std::string longAnswer() {
    std::string text = "# A long answer\n\n";
    for (int i = 1; i <= kLongParagraphs; ++i)
        text += "Paragraph " + std::to_string(i) +
                " walks on at its own pace, with *some* stress, a bit of `code` and enough words to fill two lines of "
                "the column before it ends.\n\n";
    return text;
}

}  // namespace

std::string scriptedAnswer(std::string_view question) {
    for (const Answer& answer : kAnswers)
        if (question.find(answer.word) != std::string_view::npos)
            return std::string(answer.text);
    if (question.find("long") != std::string_view::npos || question.find("forever") != std::string_view::npos)
        return longAnswer();
    return "You wrote: **" + std::string(question.substr(0, 200)) +
           "**\n\nThis answer is recited by a script, word by word, so that the window can be tried without a model.\n";
}

}  // namespace altiplano
