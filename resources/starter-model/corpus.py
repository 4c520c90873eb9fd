"""Reads corpus/*.txt, draws questions from its phrasings, and roughens them as people type.

A corpus file holds intents: "@intent id", then one phrasing per line, then one to three "@answer" texts. "@more id"
(free-wording.txt) adds phrasings to an intent of another file.
In a phrasing "[a|b|]" is a choice and "{name}" a word group from macros.txt; both may be nested.
Questions that equal a held-out one (see load_held_out) are never drawn.
"""

import json
import math
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

from roughness import roughen

FOLDER = Path(__file__).resolve().parent
TEST_SETS = ("test-set.jsonl", "second-test-set.jsonl")
WORD_FILES = ("macros.txt", "out-of-scope-words.txt")
SYNONYM_FILE = "synonyms.txt"
CHOICE = re.compile(r"\[([^\[\]]*)\]")
MACRO = re.compile(r"\{([a-z]+)\}")


@dataclass
class Intent:
    """One thing a person may want: its id, the file it stands in, phrasings and answers."""

    id: str
    group: str
    phrasings: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def normalise(text: str) -> str:
    """Lower case, punctuation dropped, blanks joined: two texts equal after this count as the same."""
    kept = re.sub(r"[^\w\s]", " ", text.lower().replace("'", ""))
    return " ".join(kept.split()) or text.strip()


def load_word_groups() -> dict[str, list[str]]:
    groups = {}
    for name in WORD_FILES:
        for line in (FOLDER / "corpus" / name).read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                key, _, values = line.partition(" = ")
                groups[key.strip()] = values.split("|")
    return groups


def load_intents() -> list[Intent]:
    """All intents, in the order of file names."""
    parts = []
    for path in sorted((FOLDER / "corpus").glob("*.txt")):
        if path.name not in (*WORD_FILES, SYNONYM_FILE):
            parts += parse_file(path)
    intents = {part.id: part for part in parts if part.answers}
    for part in parts:
        if not part.answers:
            intents[part.id].phrasings += part.phrasings
    return list(intents.values())


def parse_file(path: Path) -> list[Intent]:
    parts, answer = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("@intent ", "@more ")):
            parts.append(Intent(line.split()[1], path.stem))
            answer = None
        elif line.strip() == "@answer":
            answer = []
            parts[-1].answers.append(answer)
        elif answer is not None:
            answer.append(line)
        elif line.strip() and not line.startswith("# "):
            parts[-1].phrasings.append(line.strip())
    for part in parts:
        part.answers = ["\n".join(lines).strip() for lines in part.answers]
    return parts


def load_synonyms() -> dict[str, list[str]]:
    """Each word with those that may stand in its place."""
    others = {}
    for line in (FOLDER / "corpus" / SYNONYM_FILE).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words = line.split("|")
            for word in words:
                others.setdefault(word, []).extend(other for other in words if other != word)
    return others


def load_test_set(name: str = "test-set.jsonl") -> list[dict]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def load_held_out() -> set[str]:
    """All questions that must never be trained on, normalised."""
    return {normalise(test["text"]) for name in TEST_SETS for test in load_test_set(name)}


def gibberish(rng: random.Random) -> str:
    """Keys hit at random, one to three runs."""
    rows = ["qwertzuiop", "asdfghjkl", "yxcvbnm", "abcdefghijklmnopqrstuvwxyz", "jfkdlsahg", "bcdfghjklmnpqrstvwxz"]
    runs = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        row = rng.choice(rows)
        runs.append("".join(rng.choice(row) for _ in range(rng.randint(3, 9))))
    return " ".join(runs)


def pseudoword(rng: random.Random) -> str:
    """A word that could exist: teaches the model to decline what it has never read."""
    starts = "b br c ch d dr f fl g gr h j k kl l m n p pl qu r s sch sp st t tr v w z".split()
    ends = "n r s l t m ck nd st x ng ss rt".split()
    count = rng.choice([1, 2, 2, 3, 3])
    word = "".join(rng.choice(starts) + rng.choice("aeiouaeio") for _ in range(count))
    tails = ["", "", rng.choice(ends), "ism", "ology", "ville", "berg", "son", "ia", "ing", "ation", "er", "um"]
    return word + rng.choice(tails)


GENERATED = {"gibberish": gibberish, "pseudoword": pseudoword}


class QuestionSource:
    """Draws questions: a phrasing, one of its expansions, and (unless plain) the roughness of real typing."""

    def __init__(self, intents: list[Intent], held_out: set[str]):
        self.intents = {intent.id: intent for intent in intents}
        self.groups = load_word_groups()
        self.synonyms = load_synonyms()
        self.held_out = held_out
        self.weights = {i.id: [1.0 + math.log2(self.count(p)) for p in i.phrasings] for i in intents}

    def count(self, phrasing: str) -> float:
        """About how many expansions a phrasing has; only used to weigh phrasings against each other."""
        total = 1.0
        for options in CHOICE.findall(phrasing):
            total *= options.count("|") + 1
        for name in MACRO.findall(phrasing):
            total *= 200 if name in GENERATED else len(self.groups[name])
        return total

    def expand(self, phrasing: str, rng: random.Random) -> str:
        text = phrasing
        while CHOICE.search(text):
            text = CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), text)
        while MACRO.search(text):
            text = MACRO.sub(lambda m: self.word(m.group(1), rng), text)
            while CHOICE.search(text):
                text = CHOICE.sub(lambda m: rng.choice(m.group(1).split("|")), text)
        return " ".join(text.split())

    def word(self, name: str, rng: random.Random) -> str:
        return GENERATED[name](rng) if name in GENERATED else rng.choice(self.groups[name])

    def swap_words(self, text: str, rng: random.Random) -> str:
        """Now and then another word of like meaning."""
        words = [rng.choice(self.synonyms[word]) if word in self.synonyms and rng.random() < 0.08 else word
                 for word in text.split()]
        return " ".join(words)

    def draw(self, intent_id: str, rng: random.Random, plain: bool = False) -> str:
        intent = self.intents[intent_id]
        while True:
            phrasing = rng.choices(intent.phrasings, self.weights[intent_id])[0]
            text = self.expand(phrasing, rng)
            if not plain:
                text = roughen(self.swap_words(text, rng), intent.group, rng)
            if text and normalise(text) not in self.held_out:
                return text
