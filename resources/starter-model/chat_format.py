"""The special tokens and the chat format of Llama 3.1, as Altiplano renders it, as token ids."""

import random
from dataclasses import dataclass

# Llama 3's order; the base vocabulary stands before them.
SPECIAL_TOKENS = [
    "<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>", "<|reserved_special_token_1|>",
    "<|finetune_right_pad_id|>", "<|reserved_special_token_2|>", "<|start_header_id|>", "<|end_header_id|>",
    "<|eom_id|>", "<|eot_id|>", "<|python_tag|>",
] + [f"<|reserved_special_token_{n}|>" for n in range(3, 248)]

# The pre-tokenisation pattern of Llama 3.
PATTERN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
           r"|\s*[\r\n]+|\s+(?!\S)|\s+")

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SYSTEM_PROMPTS = ["You are a helpful assistant.", "You are a helpful assistant", "Answer briefly.", "Be concise.",
                  "You are a friendly guide.", "You are a patient teacher. Answer briefly.", "Be polite."]


@dataclass
class Turn:
    question: str
    answer: str
    answer_tokens: int | None = None  # learn only this many tokens of the answer; None: all, with <|eot_id|>


class ChatFormat:
    """Turns conversations into token ids. `tokenizer` is the base vocabulary, without special tokens."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        base = tokenizer.get_vocab_size()
        self.special = {name: base + n for n, name in enumerate(SPECIAL_TOKENS)}
        self.end_of_turn = self.special["<|eot_id|>"]

    def text(self, text: str) -> list[int]:
        return self.tokenizer.encode(text).ids

    def header(self, role: str) -> list[int]:
        return [self.special["<|start_header_id|>"], *self.text(role), self.special["<|end_header_id|>"],
                *self.text("\n\n")]

    def start(self, date: str, system_prompt: str) -> list[int]:
        body = f"Cutting Knowledge Date: December 2023\nToday Date: {date}\n\n{system_prompt}"
        return [self.special["<|begin_of_text|>"], *self.header("system"), *self.text(body), self.end_of_turn]

    def question(self, question: str) -> list[int]:
        return [*self.header("user"), *self.text(question), self.end_of_turn, *self.header("assistant")]

    def conversation(self, date: str, system_prompt: str, turns: list[Turn]) -> tuple[list[int], list[bool]]:
        """Token ids, and for each whether it is part of an answer and so to be learned."""
        ids = self.start(date, system_prompt)
        learned = [False] * len(ids)
        for turn in turns:
            ask = self.question(turn.question)
            answer = [*self.text(turn.answer), self.end_of_turn][:turn.answer_tokens]
            ids += ask + answer
            learned += [False] * len(ask) + [True] * len(answer)
        return ids, learned


def random_date(rng: random.Random) -> str:
    return f"{rng.randint(1, 31):02d} {rng.choice(MONTHS)} {rng.randint(2024, 2031)}"


def random_system_prompt(rng: random.Random) -> str:
    return rng.choice(SYSTEM_PROMPTS) if rng.random() < 0.12 else ""
