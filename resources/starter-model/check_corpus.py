"""Checks the corpus: held-out phrasings stay out of training, every intent has tests, answers tell intents apart.

Exit status 1 with one line per fault. Needs Python only, no packages.
"""

import random
import sys

from corpus import CHOICE, MACRO, QuestionSource, load_held_out, load_intents, load_test_set, normalise

DRAWS = 400  # questions drawn per intent to see that the drawing itself never yields a held-out one


def faults() -> list[str]:
    intents, tests = load_intents(), load_test_set()
    held_out = load_held_out()
    found = []
    ids = [intent.id for intent in intents]
    found += [f"intent {i} is defined twice" for i in set(ids) if ids.count(i) > 1]
    found += [f"test set: unknown intent {i}" for i in {t["intent"] for t in tests} - set(ids)]
    answers = {}
    for intent in intents:
        if sum(test["intent"] == intent.id for test in tests) < 5:
            found.append(f"{intent.id}: fewer than 5 held-out phrasings")
        if not 1 <= len(intent.answers) <= 3:
            found.append(f"{intent.id}: {len(intent.answers)} answers, expected 1 to 3")
        for answer in intent.answers:
            other = answers.setdefault(normalise(answer), intent.id)
            if other != intent.id:
                found.append(f"{intent.id} and {other} share an answer")
        for phrasing in intent.phrasings:
            literal = not CHOICE.search(phrasing) and not MACRO.search(phrasing)
            if literal and normalise(phrasing) in held_out:
                found.append(f"{intent.id}: training phrasing is held out: {phrasing}")
    found += drawing_faults(intents, held_out)
    return found


def drawing_faults(intents, held_out) -> list[str]:
    source, rng, found = QuestionSource(intents, held_out), random.Random(7), []
    for intent in intents:
        drawn = {normalise(source.draw(intent.id, rng)) for _ in range(DRAWS)}
        found += [f"{intent.id}: drew the held-out {text!r}" for text in drawn & held_out]
        if len(drawn) < 40:
            found.append(f"{intent.id}: only {len(drawn)} different questions in {DRAWS} draws, expected 40")
    return found


if __name__ == "__main__":
    problems = faults()
    print("\n".join(problems) or f"{len(load_intents())} intents, {len(load_test_set())} held-out phrasings: all well")
    sys.exit(1 if problems else 0)
