"""Teach the encoder to judge every word and stop in its context; picks up where it stopped.

Reads fiction spoilt on the fly and raw drafts (`training.strips`), one batch in eight the treebank's, one in
sixteen LitBank's.  Runs on a GPU where torch finds one.  Needs torch.
"""

from __future__ import annotations

import argparse
import math
import os
import time
import zlib
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path
from queue import Full
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from betareader.model.pieces import load_vocabulary
from training.corpora import DATA, LEARN, works
from training.drafts import TAUGHT, drafts
from training.encoder import Encoder, pretrained
from training.ngrams import PARTED, kept_aside, part
from training.shipped import take_up
from training.strips import Strip, collate, lesson, lesson_of_draft
from training.treebank import documents, in_strips, names, parts_of_speech

BATCH = 16
"""Strips taught at a time."""
SHELF = 1000
"""Strips waiting, among which the next are drawn, so that neighbours do not come together."""
MODERN = 0.2
"""The share of stretches from today's prose: half a million words, which more often would be learnt by heart."""
OLDEST = 1890
"""The year from which on older fiction is taught: seventeen million words."""
STRETCH = 1500
"""Words in a stretch."""
DRAFTED = 0.4
"""How many raw drafts are read to a stretch of spoilt fiction; a draft is half as long."""
HEED = 8.0
"""How much more a word with a comma after it counts for the stops: whether a sentence ends there is the hardest of them."""
COMMA = load_vocabulary().index(",")
SLOW = 0.999
"""How much of the running mean of the weights each step keeps."""


def kept_for_bars(name: str) -> bool:
    """Whether a work kept aside is never taught, so that bars and calibration can be learnt on it: one in six."""
    return zlib.crc32(name.encode()) // 100 % 6 == 0


def stretches(data: Path, seed: int) -> Iterator[tuple[str, str, Path | None]]:
    """Stretches of fiction without end: name, text, and the folder of n-grams counted without it, None for those that ship."""
    rng = Random(seed)
    shelves: tuple[list[tuple[str, list[str], Path | None]], ...] = ([], [])
    for bundle in LEARN:
        for work in works(data, bundle):
            aside, modern = kept_aside(work), bundle == "modern"
            if (
                work.text.count(" ’ ") > 20
                or (aside and kept_for_bars(work.name))
                or not (modern or work.year >= OLDEST)
            ):
                continue
            tables = None if aside else PARTED / str(part(work))
            shelves[modern].append((f"{bundle}:{work.name}", list(filter(None, work.text.split("\n"))), tables))
    sizes = [[sum(map(len, text)) for _, text, _ in shelf] for shelf in shelves]
    while True:
        modern = rng.random() < MODERN
        name, paragraphs, tables = rng.choices(shelves[modern], sizes[modern])[0]
        start = rng.randrange(len(paragraphs))
        here: list[str] = []
        length = 0
        for paragraph in paragraphs[start:]:
            here.append(paragraph)
            length += paragraph.count(" ") + 1
            if length >= STRETCH:
                break
        if length > 300:
            yield f"{name}:{start}", "\n\n".join(here), tables


def lay_out_lessons(data: Path, seed: int, lessons: Queue[list[Strip]]) -> None:
    """Fill the queue, in a process of its own, for as long as its parent lives."""
    os.nice(5)
    parent = os.getppid()
    rng = Random(seed)
    raw = list(drafts(TAUGHT))
    for number, (name, text, tables) in enumerate(stretches(data, seed)):
        try:
            made = lesson(name, text, seed + number, tables)
            if rng.random() < DRAFTED:
                made += lesson_of_draft(rng.choice(raw), seed + number)
        except Exception as fault:
            fault.add_note(f"in {name}, seed {seed + number}")
            raise
        while os.getppid() == parent:
            try:
                lessons.put(made, timeout=10)
                break
            except Full:
                continue
        else:
            return


def batches(lessons: Queue[list[Strip]], rng: Random) -> Iterator[list[Strip]]:
    """Strips drawn at random from a shelf that the queue keeps full."""
    shelf: list[Strip] = []
    while True:
        while len(shelf) < SHELF:
            shelf += lessons.get()
        yield [shelf.pop(rng.randrange(len(shelf))) for _ in range(BATCH)]


def on(device: str, batch: dict[str, NDArray[Any]]) -> dict[str, torch.Tensor]:
    """The batch as tensors."""
    return {name: torch.from_numpy(column).to(device) for name, column in batch.items()}


def loss_of_words(encoder: Encoder, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, dict[str, float]]:
    """Of the options at each word, or none of them, one is right (softmax); and the stops and the starts."""
    read = encoder(batch["pieces"], batch["marks"])
    odds = encoder.judge(read, *(batch[name] for name in ("strip", "first", "last", "fault", "stands", "put", "facts")))
    meaning, share = choice_loss(odds, batch["group"], batch["right"])
    doubt, stop, start, _, _ = encoder.tag(read, batch["word_strip"], batch["word_first"], batch["word_last"])
    after = batch["pieces"][batch["word_strip"], batch["word_last"] + 1]
    heed = torch.where(after == COMMA, HEED, 1.0)
    stops = (heed * functional.cross_entropy(stop, batch["stop"], reduction="none")).sum() / heed.sum()
    starts = functional.binary_cross_entropy_with_logits(start, batch["start"])
    doubts = functional.binary_cross_entropy_with_logits(doubt, batch["doubt"])
    return 3 * meaning + stops + starts + doubts, {
        "doubt": float(doubts.detach()), "meaning": float(meaning.detach()), "mended": share, "stop": float(stops.detach()), "start": float(starts.detach())
    }  # fmt: skip


def choice_loss(odds: torch.Tensor, group: torch.Tensor, right: torch.Tensor) -> tuple[torch.Tensor, float]:
    """Cross-entropy of the right option of each group, or of none (odds of 0); and the share of faults put right."""
    count = int(group.max()) + 1
    top = torch.zeros(count, dtype=odds.dtype, device=odds.device).scatter_reduce(0, group, odds.detach(), "amax")
    risen = torch.exp(odds - top[group])
    total = torch.zeros(count, dtype=odds.dtype, device=odds.device).index_add(0, group, risen) + torch.exp(-top)
    none = torch.ones(count, dtype=torch.bool, device=odds.device)
    none[group[right]] = False
    loss = (torch.log(total) + top).sum() - odds[right].sum()
    best = (odds.detach() >= top[group]) & (odds.detach() > 0) & right
    return loss / count, float(best.sum()) / max(1, int(right.sum()))


def pace(step: int, steps: int) -> float:
    """The share of the full learning rate: rises over 200 steps, then falls as half a cosine to a fiftieth."""
    if step < 200:
        return step / 200
    return 0.02 + 0.49 * (1 + math.cos(math.pi * min(1.0, (step - 200) / max(1, steps - 200))))


def tagged_batch(stream: Iterator[Any], rng: Random, device: str) -> dict[str, torch.Tensor]:
    """One batch of a treebank: strips, where the words are in them, their labels."""
    strips, labels = in_strips(next(stream), rng)
    keep = strips.strip < BATCH
    return on(
        device,
        {
            "pieces": strips.pieces[:BATCH],
            "marks": strips.marks[:BATCH],
            "strip": strips.strip[keep],
            "first": strips.first[keep],
            "last": strips.last[keep],
            "labels": labels[keep],
        },
    )


def main() -> None:
    """Teach until `--steps` are done or `--minutes` are over, saving as it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--checkpoint", type=Path, default=Path("build/reader.pt"))
    parser.add_argument("--steps", type=int, default=30_000)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--pace", type=float, default=2.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--save-every", type=int, default=250)
    parser.add_argument("--from-shipped", action="store_true", help="without a checkpoint, begin with the shipped one")
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    short = device == "cuda" or torch.cpu._is_avx512_bf16_supported()
    torch.manual_seed(options.seed)
    encoder = pretrained().to(device)
    if options.from_shipped:
        take_up(encoder)
    slow = {name: value.detach().clone() for name, value in encoder.state_dict().items() if name != "pieces.weight"}
    heads = [value for name, value in encoder.named_parameters() if value.requires_grad and not in_body(name)]
    body = [value for name, value in encoder.named_parameters() if value.requires_grad and in_body(name)]
    teacher = torch.optim.AdamW(
        [{"params": body, "lr": options.pace}, {"params": heads, "lr": 4 * options.pace}], weight_decay=0.01, fused=True
    )
    full = [group["lr"] for group in teacher.param_groups]
    step = 0
    if options.checkpoint.exists():
        saved = torch.load(options.checkpoint, map_location=device)
        encoder.load_state_dict(saved["encoder"])
        teacher.load_state_dict(saved["teacher"])
        slow, step = saved["slow"], saved["step"]
        print(f"goes on from step {step}", flush=True)
    context = get_context("spawn")
    lessons: Queue[list[Strip]] = context.Queue(8)
    for number in range(options.workers):
        seed = options.seed + 1_000_003 * (number + 1) + 7919 * step
        context.Process(target=lay_out_lessons, args=(options.data, seed, lessons), daemon=True).start()
    rng = Random(options.seed + step)
    strips = batches(lessons, rng)
    trees = documents(parts_of_speech(options.data, "train"), rng)
    named = documents(names(options.data, held=False), rng)
    started = time.time()
    seen: dict[str, list[float]] = {}
    while step < options.steps and time.time() - started < 60 * options.minutes:
        for group, rate in zip(teacher.param_groups, full, strict=True):
            group["lr"] = rate * pace(step, options.steps)
        with torch.autocast(device, torch.bfloat16, enabled=short):
            if step % 16 in (3, 7, 15):
                kind = "names" if step % 16 == 3 else "pos"
                batch = tagged_batch(named if kind == "names" else trees, rng, device)
                read = encoder(batch["pieces"], batch["marks"])
                tags = encoder.tag(read, batch["strip"], batch["first"], batch["last"])
                loss = functional.cross_entropy(tags[4 if kind == "names" else 3], batch["labels"])
                report = {kind: float(loss.detach())}
            else:
                loss, report = loss_of_words(encoder, on(device, collate(next(strips))))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        teacher.step()
        teacher.zero_grad(set_to_none=True)
        step += 1
        with torch.no_grad():
            keep = min(SLOW, step / (step + 10))
            for name, value in encoder.state_dict().items():
                if name in slow:
                    slow[name].lerp_(value, 1 - keep)
        for name, share in report.items():
            seen.setdefault(name, []).append(share)
        if step % 50 == 0:
            means = "  ".join(f"{name} {np.mean(numbers):.4f}" for name, numbers in sorted(seen.items()))
            print(f"{step}  {time.time() - started:.0f} s  {means}", flush=True)
            seen = {}
        if step % options.save_every == 0 or step == options.steps:
            save(options.checkpoint, encoder, teacher, slow, step)
    save(options.checkpoint, encoder, teacher, slow, step)


def in_body(name: str) -> bool:
    """Whether a parameter came pre-trained."""
    return name.startswith(("layers.", "places.", "norm."))


def save(
    path: Path, encoder: Encoder, teacher: torch.optim.Optimizer, slow: dict[str, torch.Tensor], step: int
) -> None:
    """Write a checkpoint beside the old one and put it in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    torch.save({"encoder": encoder.state_dict(), "teacher": teacher.state_dict(), "slow": slow, "step": step}, part)
    part.replace(path)


if __name__ == "__main__":
    main()
