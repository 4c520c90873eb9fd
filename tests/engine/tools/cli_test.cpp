// altiplano-cli as scripts see it: its output, its exit status, its one sentence for an error.
#include "tests/engine/tools/cli.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <string>

namespace {

const std::string kModel = ALTIPLANO_TEST_DATA "/tiny-llama31-Q4_K_M.gguf";
const std::string kVocabulary = ALTIPLANO_TEST_DATA "/small-tokenizer.model";

TEST(Cli, infoTellsWhatAModelIs) {
    const Outcome json = cli("info " + kModel + " --json");
    ASSERT_EQ(json.status, 0) << json.error;
    const auto info = nlohmann::json::parse(json.out);
    EXPECT_EQ(info.at("layers"), 3);
    EXPECT_EQ(info.at("dim"), 256);
    EXPECT_EQ(info.at("kv_heads"), 2);
    EXPECT_EQ(info.at("vocab_size"), 1024);
    const Outcome text = cli("info " + kModel);
    EXPECT_NE(text.out.find("layers              3\n"), std::string::npos) << text.out;
}

TEST(Cli, tokenizeWritesALineOfIdsForALineOfText) {
    const TemporaryFile lines(".jsonl", "{\"text\": \"Hello  world\"}\n{\"text\": \"\"}\n{\"text\": \"<|eot_id|>\"}\n");
    const Outcome meta = cli("tokenize " + kVocabulary + " --jsonl '" + lines.path() + "'");
    ASSERT_EQ(meta.status, 0) << meta.error;
    const Outcome gguf = cli("tokenize " + kModel + " --jsonl '" + lines.path() + "'");
    EXPECT_EQ(meta.out, gguf.out);
    EXPECT_EQ(meta.out.find("{\"ids\": ["), 0U);
    EXPECT_NE(meta.out.find("\n{\"ids\": []}\n"), std::string::npos);
    EXPECT_EQ(meta.out.find("969"), std::string::npos);
}

TEST(Cli, tokenizeNamesTheLineThatIsNoJson) {
    const TemporaryFile lines(".jsonl", "{\"text\": \"a\"}\n{\"tex\": 1}\n");
    const Outcome outcome = cli("tokenize " + kVocabulary + " --jsonl '" + lines.path() + "'");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.error.find(": line 2: expected {\"text\": ...}"), std::string::npos) << outcome.error;
}

TEST(Cli, logitsOfTheLastTokensAreTheEndOfAll) {
    std::string ids;
    for (const int id : {960, 40, 41, 42, 300, 301}) {
        ids += {static_cast<char>(id & 255), static_cast<char>(id >> 8), 0, 0};
    }
    const TemporaryFile tokens(".i32", ids);
    const TemporaryFile all(".all");
    const TemporaryFile last(".last");
    ASSERT_EQ(cli("logits " + kModel + " --tokens '" + tokens.path() + "' --out '" + all.path() + "'").status, 0);
    ASSERT_EQ(cli("logits " + kModel + " --tokens '" + tokens.path() + "' --out '" + last.path() + "' --last 2").status,
              0);
    EXPECT_EQ(all.content().size(), 6U * 1024 * 4);
    ASSERT_EQ(last.content().size(), 2U * 1024 * 4);
    const std::string a = all.content().substr(4U * 1024 * 4);
    const std::string b = last.content();
    for (std::size_t i = 0; i < b.size() / 4; ++i) {
        float x = 0;
        float y = 0;
        std::memcpy(&x, a.data() + 4 * i, 4);
        std::memcpy(&y, b.data() + 4 * i, 4);
        ASSERT_NEAR(x, y, 1e-3) << i;
    }
}

TEST(Cli, logitsRefusesAnIdOutsideTheVocabulary) {
    const TemporaryFile tokens(".i32", std::string("\x00\x04\x00\x00", 4));
    const TemporaryFile out(".out");
    const Outcome outcome = cli("logits " + kModel + " --tokens '" + tokens.path() + "' --out '" + out.path() + "'");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.error.find("token 0 is 1024, expected 0 to 1023"), std::string::npos) << outcome.error;
}

TEST(Cli, chatAnswersOnceAndTheSameForASeed) {
    const std::string ask = "chat " + kModel + " --prompt 'Hello' --max-tokens 12 --date '23 Nov 2026' --seed ";
    const Outcome first = cli(ask + "3");
    ASSERT_EQ(first.status, 0) << first.error;
    EXPECT_GT(first.out.size(), 5U);
    EXPECT_TRUE(first.out.ends_with('\n'));
    EXPECT_EQ(cli(ask + "3").out, first.out);
    EXPECT_NE(cli(ask + "4").out, first.out);
}

TEST(Cli, chatTakesALineForAPromptFromAPipe) {
    const Outcome outcome =
        cli("chat " + kModel + " --temperature 0 --max-tokens 4 --date '23 Nov 2026'", "Hello\nAgain\n");
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    std::size_t notes = 0;
    for (std::size_t at = outcome.error.find("(4 tokens"); at != std::string::npos;
         at = outcome.error.find("(4 tokens", at + 1)) {
        ++notes;
    }
    EXPECT_EQ(notes, 2U) << outcome.error;
}

TEST(Cli, chatTakesEverySamplingParameter) {
    const Outcome outcome =
        cli("chat " + kModel +
            " --prompt Hi --system 'Be brief' --temperature 0.8 --top-k 40 --top-p 0.95 --min-p 0.05"
            " --repetition-penalty 1.1 --frequency-penalty 0.1 --presence-penalty 0.1 --seed 1"
            " --max-tokens 3 --stop never --stop ever --context 256 --threads 1 --device cpu");
    EXPECT_EQ(outcome.status, 0) << outcome.error;
}

TEST(Cli, chatTakesAnyTextAsPromptAndStopString) {
    const std::string ask = "chat " + kModel + " --temperature 0 --date '23 Nov 2026' --max-tokens 8 ";
    for (const char* text : {"''", "'--help'", "'-1'", "'[a, b]'", "'{}'", "'a=b'"}) {
        const Outcome outcome = cli(ask + "--prompt " + text);
        EXPECT_EQ(outcome.status, 0) << text << ": " << outcome.error;
        EXPECT_FALSE(outcome.out.empty()) << text;
    }
    const std::string whole = cli(ask + "--prompt Hi").out;
    for (const char* stop : {"'[INST]'", "'{}'", "'I,N'"}) {
        EXPECT_EQ(cli(ask + "--prompt Hi --stop " + stop).out, whole) << stop;
    }
    EXPECT_NE(cli(ask + "--prompt Hi --stop '" + whole.substr(0, 1) + "'").out, whole);
}

TEST(Cli, chatWritesTheSameTextWithGuessesAndWithout) {
    const std::string ask = "chat " + kModel + " --prompt 'Hello Hello Hello' --max-tokens 60 --date '23 Nov 2026' ";
    for (const std::string sampling : {"--temperature 0 ", "--temperature 0.5 --seed 3 "}) {
        const Outcome plain = cli(ask + sampling + "--no-speculate");
        EXPECT_EQ(plain.status, 0) << plain.error;
        EXPECT_EQ(cli(ask + sampling).out, plain.out);
        EXPECT_EQ(cli(ask + sampling + "--speculate").out, plain.out);
        const Outcome drafted = cli(ask + sampling + "--draft-model " ALTIPLANO_TEST_DATA "/tiny-llama31-Q8_0.gguf");
        EXPECT_EQ(drafted.out, plain.out) << drafted.error;
    }
}

TEST(Cli, chatRefusesADraftModelOfAnotherVocabulary) {
    const Outcome outcome = cli("chat " + kModel + " --prompt Hi --draft-model " ALTIPLANO_STARTER);
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_NE(outcome.error.find("its vocabulary is another one: "), std::string::npos) << outcome.error;
    EXPECT_NE(outcome.error.find(" tokens, expected 1024"), std::string::npos) << outcome.error;
}

TEST(Cli, chatSaysWhichParameterIsOutOfItsRange) {
    const Outcome outcome = cli("chat " + kModel + " --prompt Hi --top-p 1.5");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_EQ(outcome.error, "altiplano-cli: top_p is 1.5, expected above 0 to 1\n");
}

TEST(Cli, chatSaysThatAPromptIsTooLong) {
    const Outcome outcome = cli("chat " + kModel + " --context 32 --prompt 'Hello, how are you?'");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_NE(outcome.error.find("the context holds 32"), std::string::npos) << outcome.error;
}

TEST(Cli, benchTellsWhatWasGuessed) {
    const std::string bench = "bench " + kModel + " --prompt 32 --generate 48 --repeat 1 --threads 1 --json ";
    const auto plain = nlohmann::json::parse(cli(bench).out);
    EXPECT_EQ(plain.at("guessed_tokens"), 0);
    const auto guessing = nlohmann::json::parse(cli(bench + "--draft-model " + kModel + " --speculate").out);
    EXPECT_LE(guessing.at("followed_tokens"), guessing.at("guessed_tokens"));
}

TEST(Cli, benchTellsEveryFigure) {
    const Outcome outcome = cli("bench " + kModel + " --prompt 32 --generate 8 --repeat 2 --threads 1 --json");
    ASSERT_EQ(outcome.status, 0) << outcome.error;
    const auto figures = nlohmann::json::parse(outcome.out);
    for (const char* key :
         {"prompt_tokens_per_s", "generate_tokens_per_s", "first_token_s", "load_s", "peak_rss_bytes"}) {
        EXPECT_GT(figures.at(key).get<double>(), 0) << key;
    }
    EXPECT_EQ(figures.at("peak_device_bytes"), 0);
    EXPECT_EQ(figures.at("threads"), 1);
}

TEST(Cli, plainWeightsAreConvertedWhileTheyAreLoaded) {
    const std::string plain = ALTIPLANO_SHARED "/golden/tiny-llama31-BF16.gguf";
    if (!std::filesystem::exists(plain)) {
        GTEST_SKIP() << "shared/golden is not there";
    }
    const auto weight_bytes = [](const std::string& model) {
        const Outcome outcome = cli("bench " + model + " --prompt 8 --generate 4 --repeat 1 --threads 1 --json");
        return nlohmann::json::parse(outcome.out).at("weight_bytes").get<std::int64_t>();
    };
    EXPECT_EQ(weight_bytes(plain + " --convert q8_0"), weight_bytes(ALTIPLANO_TEST_DATA "/tiny-llama31-Q8_0.gguf"));
    EXPECT_LT(weight_bytes(plain + " --convert FP8"), weight_bytes(plain));
    const Outcome refused = cli("bench " + plain + " --convert q4_0");
    EXPECT_NE(refused.status, 0);
    EXPECT_NE(refused.error.find("--convert"), std::string::npos) << refused.error;
}

TEST(Cli, checkComparesEveryOperationWithTheProcessor) {
    const Outcome outcome = cli("check " + kModel + " --device cpu --threads 2");
    EXPECT_EQ(outcome.status, 0) << outcome.error;
    for (const char* operation : {"embed ", "attention_input ", "attention ", "feed_forward_input ", "product ",
                                  "product_add ", "logits ", "logits of the whole model "}) {
        EXPECT_NE(outcome.out.find("\nok      " + std::string(operation)), std::string::npos) << operation;
    }
    EXPECT_EQ(outcome.out.find("FAILED"), std::string::npos) << outcome.out;
}

TEST(Cli, devicesNamesTheProcessor) {
    const Outcome outcome = cli("devices");
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out.find("cpu "), 0U);
}

TEST(Cli, saysInOneSentenceWhatIsWrongWithAFile) {
    for (const char* command : {"info", "chat --prompt Hi", "bench"}) {
        const Outcome missing = cli(std::string(command) + " /nowhere/model.gguf");
        EXPECT_EQ(missing.status, 1) << command;
        EXPECT_NE(missing.error.find("/nowhere/model.gguf"), std::string::npos) << missing.error;
        EXPECT_EQ(std::count(missing.error.begin(), missing.error.end(), '\n'), 1) << missing.error;
    }
    const TemporaryFile no_model(".gguf", "this is a text");
    EXPECT_EQ(cli("info '" + no_model.path() + "'").status, 1);
}

TEST(Cli, endsWithTwoForWrongUsage) {
    EXPECT_EQ(cli("").status, 2);
    EXPECT_EQ(cli("sing").status, 2);
    EXPECT_EQ(cli("info").status, 2);
    EXPECT_EQ(cli("chat " + kModel + " --max-tokens many").status, 2);
    EXPECT_EQ(cli("bench " + kModel + " --repeat 0").status, 2);
    EXPECT_EQ(cli("--help").status, 0);
    EXPECT_EQ(cli("--version").status, 0);
}

}  // namespace
