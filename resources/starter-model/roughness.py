"""Makes a clean question look as people type it: openings, closings, typos, capitals, punctuation."""

import random
import re

OPENINGS = (
    "please|hi,|hello,|hey,|hey|can you tell me|could you tell me|i'd like to know|one question:|"
    "question:|ok,|so|and|sorry,|excuse me,|tell me|quick question:|i was wondering|btw|well,|hmm,|"
    "can you please tell me|now|i wonder|do you know|could you please explain|i have a question:|"
    "good morning,|hello altiplano,|thanks,|ok thanks,|great,|one more thing:|next question:|also|"
    "just curious,|maybe you know:|i'm new here,|sorry to bother you,|i need to know:|"
    "would you please tell me"
).split("|")
LEADS = (
    "i'm new to this.|quick one.|i have a small question.|i'm a bit lost.|sorry for the question.|"
    "just wondering.|not sure if this is the right place.|hi, i installed this today.|ok, next thing.|"
    "i hope you can help.|thanks.|hello again.|great, that worked.|let me ask something else.|"
    "i'm on linux.|my friend told me about this.|hm."
).split("|")
TAILS = (
    ", any idea?|, is that possible?|, how does that work?|, right?|? i can't find it|? i'm curious|"
    ", if i may ask|, please|, would that work?|? just wondering|? thanks|? thank you|, or not?|"
    "? no rush|, can you tell me?|? i'm new here"
).split("|")
CLOSINGS = (
    "please|thanks|thank you|in altiplano|here|exactly|for me|then|in this app|in this program|again|now|"
    "actually|pls|?!|please help|can you explain|i don't know|thanks in advance|do you know|"
    "i'd like to know"
).split("|")
# A key hit by mistake instead.
KEYS = {a: b for a, b in zip("qwertyuiopasdfghjklzxcvbnm", "wqrtyuiopiasfghjkldxzvcbnn")}
SMALL_WORDS = set("the a an do i my is does of to it can me in are you for".split())


def roughen(text: str, group: str, rng: random.Random) -> str:
    """Openings, closings, typos, capitals and punctuation as people use them."""
    if group != "smalltalk":
        if rng.random() < 0.16:
            text = rng.choice(OPENINGS) + " " + text
        if rng.random() < 0.07:
            text = text + " " + rng.choice(CLOSINGS)
        if rng.random() < 0.05:
            text = rng.choice(LEADS) + " " + text
        if rng.random() < 0.05:
            text = text + rng.choice(TAILS)
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


QUESTION_STARTS = ("what", "how", "who", "where", "when", "why", "which",
                   "can", "could", "is", "are", "do", "does", "will")


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
