"""Trains the byte-level BPE vocabulary on text drawn from the corpus: python train_tokenizer.py OUT.json"""

import random
import sys

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

from chat_format import PATTERN, SYSTEM_PROMPTS, random_date
from corpus import QuestionSource, load_held_out, load_intents

BASE_TOKENS = 4096
DRAWS_PER_INTENT = 500
ANSWER_REPEATS = 40  # so that the words of answers become whole tokens
SEED = 31


def training_text():
    intents = load_intents()
    source, rng = QuestionSource(intents, load_held_out()), random.Random(SEED)
    for intent in intents:
        draws = DRAWS_PER_INTENT * (6 if intent.id == "oos_knowledge" else 1)
        yield from (source.draw(intent.id, rng) for _ in range(draws))
        yield from intent.answers * ANSWER_REPEATS
    for _ in range(500):
        yield f"Cutting Knowledge Date: December 2023\nToday Date: {random_date(rng)}\n\n"
        yield from ("system", "user", "assistant", "ipython")
    yield from SYSTEM_PROMPTS * 20


def train() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(PATTERN), behavior="isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
    ])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=BASE_TOKENS, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
                                  show_progress=False)
    tokenizer.train_from_iterator(training_text(), trainer)
    return tokenizer


if __name__ == "__main__":
    train().save(sys.argv[1])
