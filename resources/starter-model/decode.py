"""Greedy decoding of many prompts at once, and which intent an answer belongs to."""

import difflib
from collections import defaultdict

import torch

from corpus import Intent, normalise

NEARLY_EQUAL = 0.9  # an answer this similar to one of an intent's answers counts as it


@torch.no_grad()
def greedy(model, prompts: list[list[int]], end_of_turn: int, max_tokens: int) -> list[list[int]]:
    """The likeliest continuation of each prompt, without <|eot_id|>. Prompts of equal length run as one batch."""
    model.eval()
    by_length = defaultdict(list)
    for number, prompt in enumerate(prompts):
        by_length[len(prompt)].append(number)
    results = [[] for _ in prompts]
    for length, numbers in by_length.items():
        tokens = torch.tensor([prompts[n] for n in numbers])
        cache, position, running = model.new_cache(), 0, torch.ones(len(numbers), dtype=torch.bool)
        for _ in range(max_tokens):
            hidden = model.hidden(tokens, cache, position)
            position += tokens.shape[1]
            choice = model.logits(hidden[:, -1]).argmax(-1)
            running &= choice != end_of_turn
            if not running.any():
                break
            for row in running.nonzero().flatten().tolist():
                results[numbers[row]].append(int(choice[row]))
            tokens = choice[:, None]
    return results


class Judge:
    """Names the intent whose answer a text is: equal after normalising, or nearly equal, or none."""

    def __init__(self, intents: list[Intent]):
        self.answers = {normalise(answer): intent.id for intent in intents for answer in intent.answers}

    def intent_of(self, text: str) -> str | None:
        text = normalise(text)
        if text in self.answers:
            return self.answers[text]
        best, best_ratio = None, NEARLY_EQUAL
        for answer, intent in self.answers.items():
            matcher = difflib.SequenceMatcher(None, text, answer, autojunk=False)
            if matcher.real_quick_ratio() >= best_ratio and matcher.quick_ratio() >= best_ratio:
                if (ratio := matcher.ratio()) >= best_ratio:
                    best, best_ratio = intent, ratio
        return best

    def intent_of_beginning(self, text: str) -> str | None:
        """For an answer cut off after some tokens."""
        text = normalise(text)
        found = {intent for answer, intent in self.answers.items() if answer.startswith(text)}
        return found.pop() if len(found) == 1 and text else None
