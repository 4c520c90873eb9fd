"""Training batches, of two kinds.

Forks: one system header followed by many (question, beginning of the answer) pairs that do not see each other, each
at the positions it would have alone. An answer's beginning decides which answer it is, so this is where most of the
learning happens, several times cheaper than whole conversations.
Conversations: whole ones of one to nine turns with whole answers.
"""

import random
from dataclasses import dataclass

import torch

from chat_format import ChatFormat, Turn, random_date, random_system_prompt
from corpus import QuestionSource

FORK_ROWS, FORK_WIDTH = 21, 192
CONVERSATION_SHAPES = [(32, 128), (16, 256), (8, 512)]  # rows, width
CONVERSATION_SHARE = 0.25  # of all batches
BEYOND_UNIQUE = 2  # tokens learned after an answer's beginning has become unlike all others
WEIGHTS = {"oos_knowledge": 5.0, "nonsense": 1.5, "other_language": 1.5}
GROUP_WEIGHTS = {"out-of-scope": 1.8}


@dataclass
class Batch:
    tokens: torch.Tensor     # [rows, width]
    targets: torch.Tensor    # [rows, width], -1 where nothing is learned
    positions: torch.Tensor  # [rows, width]
    visible: torch.Tensor    # [rows, 1, width, width]


def unique_beginnings(answers: list[list[int]]) -> list[int]:
    """For each answer the number of tokens after which no other one begins the same."""
    def shared(a, b):
        count = 0
        while count < min(len(a), len(b)) and a[count] == b[count]:
            count += 1
        return count
    return [1 + max(shared(a, b) for b in answers if b is not a) for a in answers]


class BatchSource:
    def __init__(self, questions: QuestionSource, chat: ChatFormat, rng: random.Random):
        self.questions, self.chat, self.rng = questions, chat, rng
        self.ids = list(questions.intents)
        self.weights = [WEIGHTS.get(i, GROUP_WEIGHTS.get(questions.intents[i].group, 1.0)) for i in self.ids]
        answers = [(i, answer) for i in self.ids for answer in questions.intents[i].answers]
        lengths = unique_beginnings([chat.text(answer) for _, answer in answers])
        self.beginning = {answer: length + BEYOND_UNIQUE for (_, answer), length in zip(answers, lengths)}
        self.questions_seen = 0

    def turn(self) -> Turn:
        intent = self.rng.choices(self.ids, self.weights)[0]
        self.questions_seen += 1
        return Turn(self.questions.draw(intent, self.rng), self.rng.choice(self.questions.intents[intent].answers))

    def batches(self):
        while True:
            if self.rng.random() < CONVERSATION_SHARE:
                yield self.conversations(*self.rng.choice(CONVERSATION_SHAPES))
            else:
                yield self.forks()

    def start(self) -> list[int]:
        return self.chat.start(random_date(self.rng), random_system_prompt(self.rng))

    def conversations(self, rows: int, width: int) -> Batch:
        """As many turns in each row as fit; the last answer is cut off where the row ends."""
        ids, learned = [], []
        for _ in range(rows):
            row, mask = self.start(), []
            mask = [False] * len(row)
            while len(row) <= width:
                turn = self.turn()
                ask, answer = self.chat.question(turn.question), [*self.chat.text(turn.answer), self.chat.end_of_turn]
                row, mask = row + ask + answer, mask + [False] * len(ask) + [True] * len(answer)
            ids.append(row[:width + 1])
            learned.append(mask[:width + 1])
        tokens, mask = torch.tensor(ids), torch.tensor(learned)
        positions = torch.arange(width).expand(rows, width)
        visible = torch.ones(width, width, dtype=torch.bool).tril()[None, None]
        return Batch(tokens[:, :-1], torch.where(mask[:, 1:], tokens[:, 1:], -1), positions, visible)

    def forks(self) -> Batch:
        shape = (FORK_ROWS, FORK_WIDTH)
        tokens, targets = torch.full(shape, self.chat.end_of_turn), torch.full(shape, -1)
        positions, fork = torch.zeros(shape, dtype=torch.long), torch.full(shape, -1)
        for row in range(FORK_ROWS):
            self.fill_row(tokens[row], targets[row], positions[row], fork[row])
        earlier = torch.ones(FORK_WIDTH, FORK_WIDTH, dtype=torch.bool).tril()
        mine, theirs = fork[:, :, None], fork[:, None, :]
        visible = earlier & ((theirs == 0) | (mine == theirs))
        return Batch(tokens, targets, positions, visible[:, None])

    def fill_row(self, tokens, targets, positions, fork):
        start = self.start()
        at = len(start)
        tokens[:at], positions[:at], fork[:at] = torch.tensor(start), torch.arange(at), 0
        number = 1
        while True:
            turn = self.turn()
            ask = self.chat.question(turn.question)
            answer = [*self.chat.text(turn.answer), self.chat.end_of_turn][:self.beginning[turn.answer]]
            ids = torch.tensor(ask + answer)
            count = len(ids) - 1
            if at + count > FORK_WIDTH:
                if number > 1:
                    return
                continue  # a single question too long for the row: draw another
            span = slice(at, at + count)
            tokens[span], positions[span], fork[span] = ids[:-1], len(start) + torch.arange(count), number
            targets[at + len(ask) - 1:at + count] = ids[len(ask):]
            at, number = at + count, number + 1
