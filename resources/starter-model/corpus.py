"""Reads corpus/*.txt, draws questions from its phrasings, and roughens them as people type.

A corpus file holds intents: "@intent id", then one phrasing per line, then one to three "@answer" texts.
In a phrasing "[a|b|]" is a choice and "{name}" a word group from macros.txt; both may be nested.
Questions that equal a held-out one of test-set.jsonl (see normalise) are never drawn.
"""

import json
import math
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
WORD_FILES = ("macros.txt", "out-of-scope-words.txt")
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
    intents = []
    for path in sorted((FOLDER / "corpus").glob("*.txt")):
        if path.name not in WORD_FILES:
            intents += parse_file(path)
    return intents


def parse_file(path: Path) -> list[Intent]:
    intents, answer = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("@intent "):
            intents.append(Intent(line[8:].strip(), path.stem))
            answer = None
        elif line.strip() == "@answer":
            answer = []
            intents[-1].answers.append(answer)
        elif answer is not None:
            answer.append(line)
        elif line.strip() and not line.startswith("# "):
            if not intents:
                raise ValueError(f"{path.name}:{number}: a phrasing before the first @intent")
            intents[-1].phrasings.append(line.strip())
    for intent in intents:
        intent.answers = ["\n".join(lines).strip() for lines in intent.answers]
    return intents


def load_test_set() -> list[dict]:
    lines = (FOLDER / "test-set.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


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

    def draw(self, intent_id: str, rng: random.Random, plain: bool = False) -> str:
        intent = self.intents[intent_id]
        while True:
            phrasing = rng.choices(intent.phrasings, self.weights[intent_id])[0]
            text = self.expand(phrasing, rng)
            if not plain:
                text = roughen(text, intent.group, rng)
            if text and normalise(text) not in self.held_out:
                return text


OPENINGS = ("please|hi,|hello,|hey,|hey|can you tell me|could you tell me|i'd like to know|one question:|question:|ok,|so|"
            "and|sorry,|excuse me,|tell me|quick question:|i was wondering|btw|well,|hmm,|can you please tell me|now|"
            "i wonder|do you know|could you please explain|i have a question:|good morning,|hello altiplano,|thanks,|"
            "ok thanks,|great,|one more thing:|next question:|also|just curious,|maybe you know:|i'm new here,|"
            "sorry to bother you,|i need to know:|would you please tell me").split("|")
CLOSINGS = ("please|thanks|thank you|in altiplano|here|exactly|for me|then|in this app|in this program|again|now|actually|"
            "pls|?!|please help|can you explain|i don't know|thanks in advance|do you know|i'd like to know").split("|")
KEYS = {a: b for a, b in zip("qwertyuiopasdfghjklzxcvbnm", "wqrtyuiopiasfghjkldxzvcbnn")}
SMALL_WORDS = {"the", "a", "an", "do", "i", "my", "is", "does", "of", "to", "it", "can", "me", "in", "are", "you", "for"}


def roughen(text: str, group: str, rng: random.Random) -> str:
    """Openings, closings, typos, capitals and punctuation as people use them."""
    if group != "smalltalk":
        if rng.random() < 0.16:
            text = rng.choice(OPENINGS) + " " + text
        if rng.random() < 0.07:
            text = text + " " + rng.choice(CLOSINGS)
    if rng.random() < 0.06:
        text = drop_small_word(text, rng)
    if rng.random() < 0.12:
        text = add_typo(text, rng)
        if rng.random() < 0.25:
            text = add_typo(text, rng)
    if "'" in text and rng.random() < 0.2:
        text = text.replace("'", "")
    return punctuate(capitals(text, rng), rng)


def drop_small_word(text: str, rng: random.Random) -> str:
    words = text.split()
    small = [i for i, word in enumerate(words) if word in SMALL_WORDS]
    if small and len(words) > 3:
        del words[rng.choice(small)]
    return " ".join(words)


def add_typo(text: str, rng: random.Random) -> str:
    """Swaps, drops, doubles or mistypes one letter of a longer word."""
    places = [m for m in re.finditer(r"[a-z]{4,}", text)]
    if not places:
        return text
    place = rng.choice(places)
    at = rng.randrange(place.start() + 1, place.end() - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]
    if kind == 1:
        return text[:at] + text[at + 1:]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    return text[:at] + KEYS[text[at]] + text[at + 1:]


def capitals(text: str, rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.42:
        text = text[:1].upper() + text[1:]
        if rng.random() < 0.8:
            text = re.sub(r"\bi\b", "I", text)
        if rng.random() < 0.7:
            text = re.sub(r"\b(llama|altiplano|gpu|ram|cpu|gguf)\b", proper_name, text)
    elif roll < 0.45:
        text = text.upper()
    elif roll < 0.47:
        text = text.title()
    return text


def proper_name(match: re.Match) -> str:
    word = match.group(1)
    return word.capitalize() if word in ("llama", "altiplano") else word.upper()


QUESTION_STARTS = ("what", "how", "who", "where", "when", "why", "which", "can", "could", "is", "are", "do", "does", "will")


def punctuate(text: str, rng: random.Random) -> str:
    if not text[-1:].isalnum():
        return text
    asks = text.lower().startswith(QUESTION_STARTS)
    roll = rng.random()
    if roll < (0.5 if asks else 0.12):
        return text + "?"
    if 0.5 <= roll < 0.56:
        return text + "."
    if 0.56 <= roll < 0.59:
        return text + "!"
    if 0.59 <= roll < 0.61:
        return text + rng.choice(["??", "...", " ?", "!!", " :)"])
    return text
