"""How well dialogue is set apart and punctuated, measured on fiction that nothing was learnt from.

Two measures, printed as Markdown tables by `python -m bench.dialogue`:

**Paragraphs.**  Runs of consecutive paragraphs that each hold a speech are joined with a space, as
drafts run them together; narration paragraphs without speech stay where they are, and so do breaks
inside one long speech.  The breaks to put back are those between the joined paragraphs; a break put
anywhere else is false.  Breaks are counted from a chance of one half on, as a person would put them,
and again as the program makes them without asking.  On the clean text every break is false.

**Punctuation.**  At a twentieth of the places where speech meets narration the text is spoilt as
drafts are: a full stop, nothing, or a comma outside the mark before a tag; a capital on it; a comma
or nothing where a speech ends; a closing mark forgotten; a lead-in without its comma; a stop twice.
A tag is what follows a comma inside a closing mark, whatever its verb.  Mended means exactly as
printed; every other edit of these checks is wrong.
"""

from __future__ import annotations

import argparse
import random
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from betareader.checks import dialogue, paragraphs, quotation, tags
from betareader.checks.check import Check
from betareader.desk import BAR, apply, copyedit
from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.reading import Reading, Word, with_names
from betareader.span import Span
from betareader.story import learn
from betareader.story.speakers import listen
from betareader.structure import take_apart
from betareader.style import Style
from training.corpora import DATA, works

if TYPE_CHECKING:
    from betareader.findings import Edit
    from betareader.structure.page import Page

SEED = 20
LONGEST = 400_000
"""Code points of each work that are measured."""

_CHECKS = tuple(
    value for family in (dialogue, tags, quotation) for value in vars(family).values() if isinstance(value, Check)
)
_PARAGRAPHS = (paragraphs.speakers_share_a_paragraph,)
_LOWERED = r"(?:he|she|they|the [a-z]+|his [a-z]+|her [a-z]+)"
_SAID = r"(?:said|asked|replied|answered|cried|whispered|muttered|murmured|exclaimed)"


@dataclass(frozen=True, slots=True)
class Kind:
    """A way drafts spoil dialogue: what is printed, and what stands there instead."""

    name: str
    printed: re.Pattern[str]
    spoilt: str


_TAGGED = r"(?=(?!and|or|but|was|is|which|who|in|as|for|to|with|when|of|that)[a-z]|[A-Z][a-z]+ [a-z]+(?:ed|id)\b)"
KINDS = (
    Kind("full stop before a tag", re.compile(rf",(?P<mark>”) {_TAGGED}"), r".\g<mark> "),
    Kind("no comma before a tag", re.compile(rf",(?P<mark>”) {_TAGGED}"), r"\g<mark> "),
    Kind("comma outside the mark", re.compile(rf",(?P<mark>”) {_TAGGED}"), r"\g<mark>, "),
    Kind("capital on a tag", re.compile(rf"(?<=[,?!]”) (?={_LOWERED}\b)(?P<first>\w)"), "capital"),
    Kind(
        "full stop and capital", re.compile(rf",(?P<mark>”) (?={_LOWERED} {_SAID}\b)(?P<first>\w)"), "stop and capital"
    ),
    Kind("comma ends a speech", re.compile(r"\.(?P<mark>”)(?=\n)"), r",\g<mark>"),
    Kind("nothing ends a speech", re.compile(r"(?<=[a-z])\.(?P<mark>”)(?=\n)"), r"\g<mark>"),
    Kind("no closing mark", re.compile(r"(?P<stop>[.!?])”(?=\n)"), r"\g<stop>"),
    Kind("no comma after a tag", re.compile(rf"(?<= )(?P<verb>{_SAID}), (?P<mark>“)(?=[A-Z])"), r"\g<verb> \g<mark>"),
    Kind("a stop twice", re.compile(r"(?P<end>[.?!]”)(?=\n)"), r"\g<end>."),
)


def run_together(page: Page) -> tuple[str, list[int]]:
    """The page's text with its dialogue run into single paragraphs, and where the breaks were.

    The breaks are offsets into the new text, of the spaces that took their place.
    """
    text = page.text
    speeches = [each for each in page.passages if each.voice == "speech"]
    starts = [each.span.start for each in speeches]
    pieces: list[str] = []
    breaks: list[int] = []
    place = length = 0
    for paragraph, following in pairwise(page.paragraphs):
        first, end = paragraph.span.end, following.span.start
        if text[first:end] != "\n" or paragraph.role != "body" or following.role != "body":
            continue
        here, there = (
            speeches[bisect_left(starts, each.span.start) : bisect_left(starts, each.span.end)]
            for each in (paragraph, following)
        )
        if not here or not there or here[-1].runs_on:
            continue
        pieces += [text[place:first], " "]
        length += first - place
        breaks.append(length)
        length += 1
        place = end
    return "".join([*pieces, text[place:]]), breaks


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A stretch of the spoilt text and what was printed there."""

    span: Span
    printed: str
    kind: str


def spoil(text: str, chance: random.Random, share: float = 0.05) -> tuple[str, list[Spoilt]]:
    """The text with its dialogue spoilt in a share of the places, never two within 40 characters."""
    found = sorted(
        ((match.start(), match.end(), kind, match) for kind in KINDS for match in kind.printed.finditer(text)),
        key=lambda each: each[:2],
    )
    chance.shuffle(found)
    taken: list[tuple[int, int, Kind, re.Match[str]]] = []
    near: set[int] = set()
    for each in found:
        if chance.random() < share and each[0] // 40 not in near:
            near.update(range(each[0] // 40 - 1, each[0] // 40 + 2))
            taken.append(each)
    pieces: list[str] = []
    spoils: list[Spoilt] = []
    place = length = 0
    for start, end, kind, match in sorted(taken, key=lambda each: each[0]):
        if kind.spoilt == "capital":
            new = " " + match["first"].upper()
        elif kind.spoilt == "stop and capital":
            new = f".{match['mark']} {match['first'].upper()}"
        else:
            new = match.expand(kind.spoilt)
        pieces += [text[place:start], new]
        length += start - place
        spoils.append(Spoilt(Span(length, length + len(new)), match[0], kind.name))
        length += len(new)
        place = end
    return "".join([*pieces, text[place:]]), spoils


def read(text: str) -> Reading:
    """A reading of the text without the model, which these checks do not need on text that is spelt well."""
    manuscript = from_text(text)
    page = take_apart(manuscript)
    bible = with_names(learn(page, load_lexicon()), page)
    turns, passages = listen(page, bible)
    words = tuple(Word(span, span.of(text), True) for span in page.words)
    return Reading(manuscript, page.paragraphs, page.sentences, words, passages, page.scenes, bible, Style(), turns)


def mended(text: str, spoils: Sequence[Spoilt], edits: Sequence[Edit]) -> tuple[Counter[str], int]:
    """How many of each kind came out exactly as printed, and how many edits did no such thing."""
    right: Counter[str] = Counter()
    used = 0
    starts = [edit.span.start for edit in edits]
    for each in spoils:
        first = bisect_left(starts, each.span.start - 2)
        last = bisect_left(starts, each.span.end + 2)
        near = edits[first:last]
        begin = min([each.span.start, *(edit.span.start for edit in near)])
        end = max([each.span.end, *(edit.span.end for edit in near)])
        moved = [
            type(edit)(Span(edit.span.start - begin, edit.span.end - begin), edit.replacement, "") for edit in near
        ]
        wanted = text[begin : each.span.start] + each.printed + text[each.span.end : end]
        if apply(text[begin:end], moved) == wanted:
            right[each.kind] += 1
            used += len(near)
    return right, len(edits) - used


def _row(*cells: object) -> str:
    return "| " + " | ".join(f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def _head(*cells: str) -> str:
    return _row(*cells) + "\n" + _row(*["---"] * len(cells))


def _scores(right: int, made: int, wanted: int) -> tuple[float, float, float]:
    precision = right / made if made else 1.0
    recall = right / wanted if wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def measure_paragraphs(texts: Sequence[tuple[str, str]]) -> None:
    """Print the table of the paragraphs put back."""
    print(
        _head(
            "work",
            "breaks",
            "precision",
            "recall",
            "F1",
            "unasked: precision",
            "recall",
            "clean: false per 10,000 words",
        )
    )
    total: Counter[str] = Counter()
    for name, text in texts:
        page = take_apart(from_text(text))
        together, breaks = run_together(page)
        wanted = set(breaks)
        turns = read(together).turns
        put = {turn.span.start for turn in turns if turn.probability >= 0.5}
        sure = {turn.span.start for turn in turns if turn.probability >= BAR}
        clean = read(text)
        false = sum(1 for turn in clean.turns if turn.probability >= BAR)
        counts = {
            "breaks": len(wanted), "put": len(put), "right": len(put & wanted), "sure": len(sure),
            "surely right": len(sure & wanted), "false": false, "words": len(clean.words),
        }  # fmt: skip
        total.update(counts)
        print(_paragraph_row(name, counts))
    print(_paragraph_row("**all**", total))


def _paragraph_row(name: str, counts: dict[str, int] | Counter[str]) -> str:
    scores = _scores(counts["right"], counts["put"], counts["breaks"])
    sure = _scores(counts["surely right"], counts["sure"], counts["breaks"])[:2]
    return _row(name, counts["breaks"], *scores, *sure, counts["false"] * 10_000 / max(counts["words"], 1))


def measure_punctuation(texts: Sequence[tuple[str, str]]) -> None:
    """Print the table of the punctuation mended."""
    chance = random.Random(SEED)
    spoilt: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = false = asked = words = 0
    for _, text in texts:
        bad, spoils = spoil(text, chance)
        copy = copyedit(read(bad), _CHECKS, strict=True)
        spoilt.update(each.kind for each in spoils)
        found, others = mended(bad, spoils, copy.edits)
        right.update(found)
        wrong += others
        clean = copyedit(read(text), _CHECKS, strict=True)
        false += len(clean.edits)
        asked += len(clean.queries)
        words += len(clean.reading.words)
    print(_head("spoilt", "times", "mended"))
    for kind in KINDS:
        print(_row(kind.name, spoilt[kind.name], right[kind.name] / max(spoilt[kind.name], 1)))
    mends = right.total()
    precision, recall, _ = _scores(mends, mends + wrong, spoilt.total())
    print(_row("**all**", spoilt.total(), recall))
    print(f"\nPrecision {precision:.3f}; on clean text {false * 10_000 / words:.2f} edits and ", end="")
    print(f"{asked * 10_000 / words:.2f} queries per 10,000 words.")


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA, help="the folder of bundles")
    arguments.add_argument("--bundle", default="held-out", help="held-out, or a bundle the weights were learnt from")
    arguments.add_argument("--works", nargs="*", help="the works to measure, as author_title")
    chosen = arguments.parse_args()
    texts = [(work.name, work.text[:LONGEST]) for work in works(chosen.data, chosen.bundle, chosen.works)]
    print("## Paragraphs for each speaker\n")
    measure_paragraphs(texts)
    print("\n## Dialogue punctuation\n")
    measure_punctuation(texts)


if __name__ == "__main__":
    main()
