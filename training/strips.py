"""Lessons for the encoder: stretches of fiction spoilt as drafts are, in strips with what was meant at every word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from betareader.findings import FAULTS
from betareader.meaning import Layout
from betareader.model.judge import load_judge
from betareader.model.ngram_reader import NgramReader
from betareader.model.ngrams import load_ngrams
from betareader.model.pieces import LENGTH, MARGIN, Strips, in_pieces, load_pieces
from betareader.model.questions import Questions, ask, without_counts
from betareader.model.reader import Options
from betareader.model.windows import load_windows
from betareader.structure.page import Page
from training.drafts import RawDraft, faults
from training.errors import Fault, Rates, Slips, spoil, usual_slips
from training.judge import labels, laid_out, right_or_sound
from training.stops import SHARES, loosen, stops_meant, stops_of_draft

I64 = NDArray[np.int64]

RAW = Rates(shares=((0.0, 0.01, 0.25), (0.02, 0.08, 0.35), (0.08, 0.2, 0.4)), chunk=700)
"""Far more goes wrong than in most drafts, so that less has to be read to learn as much."""

UNCOUNTED = 0.15
"""The share of stretches where the n-grams do not speak, so that the encoder learns to judge alone."""
MENDED = (0.0, 0.3, 0.6)
"""The share of a raw draft's faults that are mended before it is read is one of these, so that no two readings are alike."""
AGAIN = Rates(shares=((0.0, 0.03, 1.0),))
"""What goes wrong besides in every second reading of a raw draft."""


@dataclass(frozen=True)
class Strip:
    """One strip: its pieces, the words in it, the questions asked of it and the answers.

    `group` numbers the words that questions are about; at most one of a group is `right`.
    """

    pieces: NDArray[np.int16]
    marks: NDArray[np.int8]
    words: NDArray[np.int16]
    doubt: NDArray[np.bool_]
    stop: NDArray[np.uint8]
    start: NDArray[np.uint8]
    spots: NDArray[np.int16]
    group: NDArray[np.int32]
    stands: NDArray[np.int16]
    put: NDArray[np.int16]
    facts: NDArray[np.float16]
    right: NDArray[np.bool_]


def lesson(
    name: str, text: str, seed: int, tables: Path | None, rates: Rates = RAW, slips: Slips | None = None
) -> list[Strip]:
    """Spoil one stretch and cut it into strips; `tables` is the folder of n-grams that have not seen it, None for those that ship."""
    rng = Random(f"{seed}:{name}")
    slips = slips or usual_slips()
    loosened = loosen(text, rng, rng.choice(SHARES), slips)
    spoilt = spoil(loosened.text, rng, rates, slips)
    page, layout = laid_out(spoilt.text)
    meant = stops_meant(page, layout.sheet.opens, loosened, spoilt.faults)
    return in_strips(page, layout, spoilt.faults, meant, tables, name.startswith("modern"), rng)


def lesson_of_draft(draft: RawDraft, seed: int) -> list[Strip]:
    """Cut a raw draft into strips; its fair copy says what was meant."""
    rng = Random(f"{seed}:{draft.name}")
    draft = mended_in_part(draft, rng.choice(MENDED), rng)
    if rng.random() < 0.5:
        draft = replace(draft, raw=spoil(draft.raw, rng, AGAIN, usual_slips()).text)
    page, layout = laid_out(draft.raw)
    meant = stops_of_draft(page, *laid_out(draft.fair))
    return in_strips(page, layout, faults(draft), meant, None, False, rng)


def mended_in_part(draft: RawDraft, share: float, rng: Random) -> RawDraft:
    """The draft with about `share` of its faults mended."""
    raw = draft.raw
    for fault in reversed(faults(draft)):
        if rng.random() < share:
            raw = raw[: fault.start] + fault.right + raw[fault.end :]
    return replace(draft, raw=raw)


def in_strips(
    page: Page,
    layout: Layout,
    wrong: Sequence[Fault],
    meant: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    tables: Path | None,
    doubtful_text: bool,
    rng: Random,
) -> list[Strip]:
    """The strips of a page: `wrong` are its faults, `meant` its stops and starts as they should be.

    `tables` are the n-grams' folder, None for those that ship; in `doubtful_text` a word that was not put wrong may be wrong all the same.
    """
    sheet, options = layout.sheet, layout.options
    reader = NgramReader(load_ngrams(tables), load_windows(), load_judge())
    right = labels(page, layout, wrong)
    look = reader.look(sheet, options, also=asked_besides(options, right, rng))
    right = right[look.rows]
    asked = options.take(look.rows)
    strips = in_pieces(sheet, load_pieces())
    questions = ask(sheet, options, look, load_judge(), load_pieces())
    of_strip, first, last = spots(questions, strips)
    facts = without_counts(questions.facts) if rng.random() < UNCOUNTED else questions.facts
    keep = right_or_sound(asked, right) if doubtful_text else np.ones(len(right), bool)
    stops, starts = meant
    doubt = doubtful(page, wrong)
    found = []
    order = np.argsort(strips.strip, kind="stable")
    for number in range(len(strips.pieces)):
        words = order[slice(*np.searchsorted(strips.strip[order], [number, number + 1]))]
        rows = np.flatnonzero(keep & (of_strip == number))
        if not len(words) or not len(rows):
            continue
        found.append(
            Strip(
                strips.pieces[number].astype(np.int16),
                strips.marks[number].astype(np.int8),
                np.stack([strips.first[words], strips.last[words]], axis=1).astype(np.int16),
                doubt[words],
                stops[words],
                starts[words],
                np.stack([first, last, questions.fault], axis=1)[rows].astype(np.int16),
                asked.word[rows].astype(np.int32),
                questions.stands[rows].astype(np.int16),
                questions.put[rows].astype(np.int16),
                facts[rows].astype(np.float16),
                right[rows],
            )
        )
    return found


def spots(questions: Questions, strips: Strips) -> tuple[I64, I64, I64]:
    """Where each question is asked: in which strip, from which piece to which; a lost word's, from piece to piece beside it."""
    asked_in = np.where(questions.lost, questions.last, questions.first)
    strip = strips.strip[asked_in]
    stride = LENGTH - 2 - 2 * MARGIN

    def inside(place: I64, word: I64) -> I64:
        return np.clip(place[word] + (strips.strip[word] - strip) * stride, 1, LENGTH - 2)

    first = np.where(questions.lost, inside(strips.last, questions.first), inside(strips.first, questions.first))
    last = np.where(questions.lost, inside(strips.first, questions.last), inside(strips.last, questions.last))
    return strip, first, last


def asked_besides(options: Options, right: NDArray[np.bool_], rng: Random) -> NDArray[np.bool_]:
    """Options that the n-grams would not look at: all of those at a faulty word, and at some that are not."""
    draw = np.random.default_rng(rng.randrange(1 << 30))
    size = int(options.word.max(initial=0)) + 1
    lost = options.reach == 0
    asked = np.zeros(len(right), bool)
    for kind, share in ((lost, 0.15), (~lost, 0.12)):
        there = draw.random(size) < share
        there[options.word[right & kind]] = True
        asked |= kind & there[options.word]
    return asked


def doubtful(page: Page, faults: Sequence[Fault]) -> NDArray[np.bool_]:
    """For each word whether it is wrong, and whether one is lost before it."""
    starts = [word.start for word in page.words]
    doubt = np.zeros((len(starts), 2), bool)
    for fault in faults:
        first = bisect_left(starts, fault.start)
        doubt[first : max(first + 1, bisect_left(starts, fault.end)), int(not fault.wrong)] = True
    return doubt


def collate(strips: list[Strip]) -> dict[str, NDArray[Any]]:
    """A batch: the strips' columns end to end, words and questions with the number of their strip."""

    def number(sizes: list[int]) -> I64:
        return np.repeat(np.arange(len(sizes)), sizes)

    words = np.concatenate([strip.words for strip in strips]).astype(np.int64)
    spots = np.concatenate([strip.spots for strip in strips]).astype(np.int64)
    group = np.concatenate([strip.group.astype(np.int64) + (place << 32) for place, strip in enumerate(strips)])
    return {
        "pieces": np.stack([strip.pieces for strip in strips]).astype(np.int64),
        "marks": np.stack([strip.marks for strip in strips]).astype(np.int64),
        "word_strip": number([len(strip.words) for strip in strips]),
        "word_first": words[:, 0],
        "word_last": words[:, 1],
        "doubt": np.concatenate([strip.doubt for strip in strips]).astype(np.float32),
        "stop": np.concatenate([strip.stop for strip in strips]).astype(np.int64),
        "start": np.concatenate([strip.start for strip in strips]).astype(np.float32),
        "strip": number([len(strip.spots) for strip in strips]),
        "first": spots[:, 0],
        "last": spots[:, 1],
        "fault": np.minimum(spots[:, 2], len(FAULTS) - 1),
        "group": np.unique(group, return_inverse=True)[1],
        "stands": np.concatenate([strip.stands for strip in strips]).astype(np.int64),
        "put": np.concatenate([strip.put for strip in strips]).astype(np.int64),
        "facts": np.concatenate([strip.facts for strip in strips]).astype(np.float32),
        "right": np.concatenate([strip.right for strip in strips]),
    }
