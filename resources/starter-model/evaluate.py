"""Asks a GGUF file every held-out question and counts right answers, decoding greedily.

python evaluate.py MODEL.gguf --cli PATH/altiplano-cli      with Altiplano's engine, one process per question
python evaluate.py MODEL.gguf [--turns]                     with model.py in PyTorch, on the file's own weights
python evaluate.py MODEL.gguf --ask "TEXT" ["NEXT" ...]     one conversation, printed
More options: --show-wrong, --questions second-test-set.jsonl

Right means: the text is, after normalising, equal or nearly equal (decode.py) to an answer of the question's intent and
to none of another's. With --turns each question comes after one to four turns of a random conversation.
"""

import argparse
import random
import subprocess
from collections import Counter
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

from chat_format import PATTERN, SPECIAL_TOKENS, ChatFormat, Turn, random_date
from corpus import QuestionSource, load_held_out, load_intents, load_test_set
from decode import Judge, greedy
from export_gguf import BLOCK_MATRICES, BLOCK_NORMS
from gguf_file import Reader
from model import Config, Llama

DATE = "23 Nov 2026"
LONGEST_ANSWER = 200


def tokenizer_of(metadata: dict) -> Tokenizer:
    base = metadata["tokenizer.ggml.tokens"][:-len(SPECIAL_TOKENS)]
    merges = [tuple(merge.split(" ")) for merge in metadata["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE({token: n for n, token in enumerate(base)}, merges, ignore_merges=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


def model_of(file: Reader) -> Llama:
    meta, tensor = file.metadata, lambda name: torch.from_numpy(file.tensors[name].copy())
    config = Config(
        vocab_size=meta["llama.vocab_size"], dim=meta["llama.embedding_length"], layers=meta["llama.block_count"],
        heads=meta["llama.attention.head_count"], kv_heads=meta["llama.attention.head_count_kv"],
        head_dim=meta["llama.rope.dimension_count"], ffn=meta["llama.feed_forward_length"],
        context=meta["llama.context_length"], rope_base=meta["llama.rope.freq_base"])
    model = Llama(config)
    weights = {"embedding.weight": tensor("token_embd.weight"), "norm.weight": tensor("output_norm.weight")}
    for number in range(config.layers):
        for theirs, ours in (BLOCK_MATRICES | BLOCK_NORMS).items():
            weights[f"blocks.{number}.{ours}.weight"] = tensor(f"blk.{number}.{theirs}.weight")
    model.load_state_dict(weights)
    return model


def random_history(chat: ChatFormat, questions: QuestionSource, rng: random.Random) -> list[int]:
    intents = list(questions.intents.values())
    chosen = [rng.choice(intents) for _ in range(rng.randint(1, 4))]
    turns = [Turn(questions.draw(intent.id, rng), rng.choice(intent.answers)) for intent in chosen]
    return chat.conversation(random_date(rng), "", turns)[0]


def answers_of_model(args, file, intents, tests) -> list[str]:
    chat, model, rng = ChatFormat(tokenizer_of(file.metadata)), model_of(file), random.Random(5)
    questions = QuestionSource(intents, load_held_out())
    start = chat.start(DATE, "")
    prompts = [(random_history(chat, questions, rng) if args.turns else start) + chat.question(test["text"])
               for test in tests]
    return [chat.tokenizer.decode(ids) for ids in greedy(model, prompts, chat.end_of_turn, LONGEST_ANSWER)]


def answers_of_cli(args, tests) -> list[str]:
    def ask(text: str) -> str:
        command = [args.cli, "chat", args.model, "--prompt", text, "--temperature", "0"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [ask(test["text"]) for test in tests]


def report(args, intents, tests, answers):
    judge, right, total, taken_for = Judge(intents), Counter(), Counter(), []
    for test, answer in zip(tests, answers):
        found = judge.intent_of(answer)
        total[test["intent"]] += 1
        right[test["intent"]] += found == test["intent"]
        if found != test["intent"]:
            taken_for.append(f'{test["intent"]:20} {test["text"]!r} -> {found or answer!r}')
    for intent in sorted(total, key=lambda i: (right[i] / total[i], i)):
        print(f"{intent:20} {right[intent]:3} of {total[intent]:3}")
    if args.show_wrong:
        print("\n".join(taken_for))
    count = sum(total.values())
    print(f"right: {sum(right.values())} of {count} = {100 * sum(right.values()) / count:.1f} %")


def converse(file: Reader, texts: list[str]):
    chat, model = ChatFormat(tokenizer_of(file.metadata)), model_of(file)
    ids = chat.start(DATE, "")
    for text in texts:
        ids += chat.question(text)
        answer = greedy(model, [ids], chat.end_of_turn, LONGEST_ANSWER)[0]
        print(f"> {text}\n{chat.tokenizer.decode(answer)}\n")
        ids += [*answer, chat.end_of_turn]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("model")
    arguments.add_argument("--cli")
    arguments.add_argument("--turns", action="store_true")
    arguments.add_argument("--show-wrong", action="store_true")
    arguments.add_argument("--questions", default="test-set.jsonl", help="a file of this folder")
    arguments.add_argument("--ask", nargs="+")
    args = arguments.parse_args()
    if args.ask:
        return converse(Reader(Path(args.model)), args.ask)
    intents, tests = load_intents(), load_test_set(args.questions)
    if args.cli:
        answers = answers_of_cli(args, tests)
    else:
        answers = answers_of_model(args, Reader(Path(args.model)), intents, tests)
    report(args, intents, tests, answers)


if __name__ == "__main__":
    main()
