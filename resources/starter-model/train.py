"""Trains the starter model: python train.py --out FOLDER [--steps N]. Writes tokenizer.json and model.pt there.

Every random choice comes from one fixed seed; the length of the run is a number of steps, not a time. It computes in
BF16 on a copy of F32 weights, on two threads. Batches: see batches.py. What it learns: only answers.
"""

import argparse
import copy
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import train_tokenizer
from batches import BatchSource
from chat_format import ChatFormat
from corpus import QuestionSource, load_held_out, load_intents, load_test_set
from decode import Judge, greedy
from model import Config, Llama

SEED = 2026
PEAK_RATE, LAST_SHARE, WARMUP_STEPS, WEIGHT_DECAY = 3e-3, 0.02, 50, 0.1


def rate_share(step: int, steps: int) -> float:
    """Warm-up, then a cosine down to LAST_SHARE of the peak."""
    if step < WARMUP_STEPS:
        return (step + 1) / WARMUP_STEPS
    progress = (step - WARMUP_STEPS) / max(1, steps - WARMUP_STEPS)
    return LAST_SHARE + (1 - LAST_SHARE) * 0.5 * (1 + math.cos(math.pi * progress))


class Trainer:
    """F32 weights with their optimisers, and the BF16 copy that computes losses and gradients."""

    def __init__(self, model: Llama):
        self.model, self.working = model, copy.deepcopy(model).bfloat16()
        self.pairs = list(zip(model.parameters(), self.working.parameters()))
        blocks = [p for p in model.blocks.parameters() if p.dim() == 2]
        norms = [p for p in model.parameters() if p.dim() == 1]
        self.optimisers = [
            torch.optim.Muon(blocks, lr=PEAK_RATE, weight_decay=WEIGHT_DECAY, adjust_lr_fn="match_rms_adamw"),
            torch.optim.AdamW([{"params": [model.embedding.weight], "weight_decay": WEIGHT_DECAY},
                               {"params": norms, "weight_decay": 0.0}], lr=PEAK_RATE, betas=(0.9, 0.95), fused=True)]

    def step(self, batch, share: float) -> torch.Tensor:
        self.working.train()
        hidden = self.working.hidden(batch.tokens, positions=batch.positions, visible=batch.visible)
        wanted = batch.targets >= 0
        logits = self.working.logits(hidden[wanted])
        loss = F.cross_entropy(logits.float(), batch.targets[wanted])
        loss.backward()
        for parameter, computed in self.pairs:
            parameter.grad, computed.grad = computed.grad.float(), None
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = PEAK_RATE * share
            optimiser.step()
        with torch.no_grad():
            for parameter, computed in self.pairs:
                computed.copy_(parameter)
        return loss.detach()


def held_out_share(model: Llama, chat: ChatFormat, intents, tests) -> float:
    """Share of held-out questions whose answer begins rightly. Watched, never used to choose anything."""
    judge = Judge(intents)
    prompts = [chat.start("23 Nov 2026", "") + chat.question(test["text"]) for test in tests]
    answers = greedy(model, prompts, chat.end_of_turn, 14)
    model.train()
    texts = [chat.tokenizer.decode(answer) for answer in answers]
    return sum(judge.intent_of_beginning(x) == t["intent"] for x, t in zip(texts, tests)) / len(tests)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--steps", type=int, default=3000)
    arguments.add_argument("--watch", type=int, default=200, help="look at the held-out share every N steps")
    args = arguments.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    torch.set_num_threads(2)

    intents, tests = load_intents(), load_test_set()
    tokenizer = train_tokenizer.train()
    tokenizer.save(str(args.out / "tokenizer.json"))
    chat = ChatFormat(tokenizer)
    questions = QuestionSource(intents, load_held_out())
    source = BatchSource(questions, chat, random.Random(SEED))
    model = Llama(Config(vocab_size=tokenizer.get_vocab_size() + len(chat.special)))
    trainer = Trainer(model)
    print(f"{sum(p.numel() for p in model.parameters()):,} parameters, {len(intents)} intents", flush=True)

    started, seen, recent = time.time(), 0, []
    for step, batch in zip(range(args.steps), source.batches()):
        recent.append(trainer.step(batch, rate_share(step, args.steps)))
        seen += batch.tokens.numel()
        if (step + 1) % 20 == 0:
            seconds = time.time() - started
            print(f"step {step + 1} loss {sum(recent) / len(recent):.4f} tokens {seen:,} "
                  f"questions {source.questions_seen:,} {seen / seconds:.0f} tokens/s {seconds:.0f} s", flush=True)
            recent = []
        if (step + 1) % args.watch == 0 or step + 1 == args.steps:
            torch.save({"config": vars(model.config), "weights": model.state_dict(), "step": step + 1},
                       args.out / "model.pt")
            print(f"step {step + 1} held-out {held_out_share(model, chat, intents, tests):.3f}", flush=True)


if __name__ == "__main__":
    main()
