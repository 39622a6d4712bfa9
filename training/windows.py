"""Teach the window model: which word fits between the five tokens on either side of it.

A small network (Bengio and others, 2003, with both sides of the word) is taught to tell the word that
stood there from those it is confused with and from words drawn by chance.  Needs torch.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from betareader.language.lexicon import load_lexicon
from betareader.language.proposals import confusable_table
from betareader.model.ngrams import UNKNOWN
from training.corpora import DATA, LEARN, works
from training.ngrams import corpus, encode, kept_aside

SIDE = 5
"""Tokens looked at on either side."""
WIDTH = 64
"""Numbers a word is described by."""
HIDDEN = 256
RIVALS = 8
"""Confusable words each word is held against, beside the ones drawn by chance."""
DRAWN = 256
BATCH = 4096
SLIP = 0.04
"""The share of neighbours put wrong in training, since a draft's neighbours can't be trusted."""


class Windows(nn.Module):
    """Scores words by what stands around them."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.words = nn.Embedding(size, WIDTH)
        self.first = nn.Linear(2 * SIDE * WIDTH, HIDDEN)
        self.second = nn.Linear(HIDDEN, WIDTH)
        self.answers = nn.Embedding(size, WIDTH)
        self.usual = nn.Embedding(size, 1)
        nn.init.normal_(self.words.weight, std=0.3)
        nn.init.normal_(self.answers.weight, std=0.1)
        nn.init.zeros_(self.usual.weight)

    def ask(self, around: torch.Tensor) -> torch.Tensor:
        """What is looked for, given the tokens around."""
        seen = self.words(around).flatten(1)
        answer: torch.Tensor = self.second(torch.relu(self.first(seen)))
        return answer


def rivals_of(size: int) -> NDArray[np.int64]:
    """For each word up to `RIVALS` words it is confused with either way; the word itself fills what is left."""
    offsets, table = confusable_table()
    found: list[list[int]] = [[] for _ in range(size)]
    for written in range(size):
        for row in table[offsets[written] : offsets[written + 1]]:
            meant = int(row["meant"])
            if meant < size:
                found[meant].append(written)
                found[written].append(meant)
    rows = np.tile(np.arange(size)[:, None], (1, RIVALS))
    rng = np.random.default_rng(0)
    for word, others in enumerate(found):
        different = list(dict.fromkeys(others))
        rng.shuffle(different)
        rows[word, : min(RIVALS, len(different))] = different[:RIVALS]
    return rows


def main() -> None:
    """Teach for a while and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--cache", type=Path, default=Path("build/corpus.npy"))
    parser.add_argument("--out", type=Path, default=Path("src/betareader/model/data"))
    parser.add_argument("--checkpoint", type=Path, default=Path("build/windows.pt"))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    lexicon = load_lexicon()
    size = lexicon.model_words
    ids = corpus(options.data, options.cache, lexicon)
    rivals = rivals_of(size)
    counts = np.bincount(ids[::7], minlength=size).astype(np.float64)
    share = counts / counts.sum()
    # Very common words are learnt from at some of their places only (Mikolov and others, 2013, milder).
    keep = np.minimum(1.0, np.sqrt(3e-4 / np.maximum(share, 1e-9)) + 0.15)
    drawn_share = torch.tensor(share**0.75 + 1e-7)
    model = Windows(size)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    test = held(options.data)
    started, spent, step = time.time(), 0.0, 0
    if options.checkpoint.exists():
        saved = torch.load(options.checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        spent, step = saved["spent"], saved["step"]
    reach = np.concatenate([np.arange(-SIDE, 0), np.arange(1, SIDE + 1)])
    loss_mean = 0.0
    while (gone := spent + time.time() - started) < options.minutes * 60:
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * min(1.0, (step + 1) / 500) * max(0.02, 1 - gone / (options.minutes * 60))
        places = rng.integers(SIDE, len(ids) - SIDE, BATCH * 3)
        target = ids[places]
        fit = (target > 4) & (rng.random(len(places)) < keep[target])
        places = places[fit][:BATCH]
        target = ids[places].astype(np.int64)
        around = ids[places[:, None] + reach].astype(np.int64)
        wrong = rng.random(around.shape) < SLIP
        put = rivals[around[wrong], rng.integers(0, RIVALS, int(wrong.sum()))]
        around[wrong] = np.where(rng.random(len(put)) < 0.4, UNKNOWN, put)
        near = torch.from_numpy(rivals[target])
        goal = torch.from_numpy(target)
        drawn = torch.multinomial(drawn_share, DRAWN, replacement=True)
        asked = model.ask(torch.from_numpy(around))
        right = (asked * model.answers(goal)).sum(1, keepdim=True) + model.usual(goal)
        close = torch.einsum("bw,brw->br", asked, model.answers(near)) + model.usual(near)[:, :, 0]
        close = close.masked_fill(near == goal[:, None], -1e9)
        chance = asked @ model.answers(drawn).T + model.usual(drawn)[:, 0]
        chance = chance.masked_fill(drawn[None] == goal[:, None], -1e9)
        odds = torch.cat([right, close, chance], 1)
        loss = (torch.logsumexp(odds, 1) - odds[:, 0]).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step += 1
        loss_mean += 0.01 * (loss.item() - loss_mean) if step > 1 else loss.item()
        if step % 200 == 0:
            print(f"{step} steps, {gone / 60:.1f} min, loss {loss_mean:.4f}", end="", flush=True)
            print(
                f", {accuracy(model, test, rivals):.4f} right against those it is confused with"
                if step % 1000 == 0
                else "",
                flush=True,
            )
        if step % 1000 == 0:
            torch.save(
                {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "spent": gone, "step": step},
                options.checkpoint,
            )
            save(model, options.out)
    save(model, options.out)
    print(f"{accuracy(model, test, rivals):.4f} right against those it is confused with")


def held(data: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Words of works left out of the counts, and what stands around them."""
    lexicon = load_lexicon()
    parts = [encode(work.text, lexicon)[:20000] for bundle in LEARN for work in works(data, bundle) if kept_aside(work)]
    ids = np.concatenate(parts).astype(np.int64)
    places = np.random.default_rng(2).choice(np.arange(SIDE, len(ids) - SIDE), 60000, replace=False)
    reach = np.concatenate([np.arange(-SIDE, 0), np.arange(1, SIDE + 1)])
    places = places[ids[places] > 12]
    return ids[places], ids[places[:, None] + reach]


@torch.no_grad()
def accuracy(model: Windows, test: tuple[NDArray[np.int64], NDArray[np.int64]], rivals: NDArray[np.int64]) -> float:
    """How often the word that stood there scores above all it is confused with."""
    target, around = test
    goal, near = torch.from_numpy(target), torch.from_numpy(rivals[target])
    asked = model.ask(torch.from_numpy(around))
    right = (asked * model.answers(goal)).sum(1, keepdim=True) + model.usual(goal)
    close = torch.einsum("bw,brw->br", asked, model.answers(near)) + model.usual(near)[:, :, 0]
    close = close.masked_fill(near == goal[:, None], -1e9)
    some = (near != goal[:, None]).any(1)
    return float((right > close).all(1)[some].float().mean())


def save(model: Windows, out: Path) -> None:
    """Write the weights, the words' numbers rounded to 8 bits with a scale a word."""
    tables = {}
    for name, table in (("words", model.words), ("answers", model.answers)):
        values = table.weight.detach().numpy()
        scale = np.abs(values).max(1) / 127 + 1e-9
        tables[name] = np.round(values / scale[:, None]).astype(np.int8)
        tables[f"{name}_scale"] = scale.astype(np.float16)
    for name, layer in (("first", model.first), ("second", model.second)):
        tables[name] = layer.weight.detach().numpy().astype(np.float16)
        tables[f"{name}_bias"] = layer.bias.detach().numpy()
    tables["usual"] = model.usual.weight.detach().numpy()[:, 0].astype(np.float16)
    np.savez(out / "windows.npz", **tables)


if __name__ == "__main__":
    main()
