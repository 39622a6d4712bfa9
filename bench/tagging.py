"""Parts of speech and names, as the encoder tells them of words whose tags are known."""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.runs import harmony, share
from bench.tables import show
from betareader.model.network import Impression, load_network
from betareader.model.reader import NAMED, POS
from training.corpora import require
from training.treebank import Tagged, in_strips, is_word, names, parts_of_speech

I64 = NDArray[np.int64]

GUM = "ud-gum-dev.tar.xz"

Mention = tuple[int, int, int]
"""A run of words with one label: the first, one past the last, the label."""


def parts_of_speech_told(data: Path) -> None:
    """Print how often the part of speech is right, on UD EWT dev and on each genre of GUM dev; gold tokens."""
    rows = []
    ewt = [_tagged(document) for document in parts_of_speech(data, "dev")]
    rows.append([*_pos_row("**UD EWT dev**", ewt), "≥ 96 %"])
    genres: dict[str, list[tuple[I64, I64]]] = {}
    for genre, document in gum(data):
        genres.setdefault(genre, []).append(_tagged(document))
    rows.append([*_pos_row("**GUM dev**", [each for found in genres.values() for each in found]), ""])
    rows += [[*_pos_row(f"GUM dev, {genre}", found), ""] for genre, found in sorted(genres.items())]
    show("Parts of speech (UPOS), gold tokens", ["", "tokens", "right", "right, stops left out", "reach"], rows)
    right, told = (np.concatenate(column) for column in zip(*ewt, strict=True))
    mistaken = Counter(zip(right[right != told].tolist(), told[right != told].tolist(), strict=True))
    show(
        "The commonest mistakes on UD EWT dev",
        ["is", "told", "times", "of such words"],
        [
            [POS[one], POS[other], str(count), share(count, int((right == one).sum()))]
            for (one, other), count in mistaken.most_common(8)
        ],
    )


def gum(data: Path) -> Iterator[tuple[str, Tagged]]:
    """The documents of GUM dev, each after its genre."""
    require(data, GUM)
    with tarfile.open(data / GUM) as packed:
        (member,) = (each for each in packed if each.name.endswith("en_gum-ud-dev.conllu"))
        content = packed.extractfile(member)
        lines = content.read().decode("utf-8").split("\n") if content else []
    genre = ""
    words: list[str] = []
    labels: list[int] = []
    for line in [*lines, "# newdoc id = GUM_end_"]:
        if line.startswith("# newdoc"):
            if words:
                yield genre, Tagged(tuple(words), tuple(labels))
            genre = line.split("GUM_")[1].split("_")[0]
            words, labels = [], []
        columns = line.split("\t")
        if len(columns) > 3 and columns[0].isdigit():
            words.append(columns[1])
            labels.append(POS.index(columns[3]))


def names_told(data: Path) -> None:
    """Print how many names of people and of places are told apart, word for word, in LitBank's excerpts kept for it."""
    found: Counter[int] = Counter()
    told: Counter[int] = Counter()
    both: Counter[int] = Counter()
    for document in names(data, held=True):
        right, read = _labelled(document)
        given = set(mentions(right))
        made = set(mentions(read.of_all(read.named, 0).argmax(axis=1)))
        for counts, which in ((found, given), (told, made), (both, given & made)):
            counts.update(label for *_, label in which)
    for counts in (found, told, both):
        counts[0] = counts.total()
    rows = []
    for label, title in ((1, NAMED[1]), (2, NAMED[2]), (0, "**both**")):
        precision, recall = both[label] / max(1, told[label]), both[label] / max(1, found[label])
        figures = (precision, recall, harmony(precision, recall))
        rows.append([title, str(found[label]), str(told[label]), *(f"{figure:.3f}" for figure in figures)])
    show(
        "Names in LitBank's excerpts that were kept aside: mentions told word for word",
        ["", "mentions", "told", "precision", "recall", "F1"],
        rows,
    )


def mentions(labels: Sequence[int] | I64) -> Iterator[Mention]:
    """The runs of words with the same label, those without one left out."""
    place = 0
    for label, run in groupby(int(each) for each in labels):
        size = sum(1 for _ in run)
        if label:
            yield place, place + size, label
        place += size


def _labelled(document: Tagged) -> tuple[I64, Impression]:
    """The labels of a document's words, and what the encoder makes of them."""
    strips, labels = in_strips(document, None)
    return labels, load_network().read(strips, np.ones(len(strips.pieces), bool))


def _tagged(document: Tagged) -> tuple[I64, I64]:
    """The labels of a document's tokens, and what is told of them: of words by the encoder, of the rest that they are marks."""
    _, read = _labelled(document)
    told = np.full(len(document.words), POS.index("PUNCT"))
    told[[is_word(word) for word in document.words]] = read.of_all(read.pos, 0).argmax(axis=1)
    return np.array(document.labels, np.int64), told


def _pos_row(title: str, found: Sequence[tuple[I64, I64]]) -> list[str]:
    right, told = (np.concatenate(column) for column in zip(*found, strict=True))
    same, words = right == told, right != POS.index("PUNCT")
    return [
        title,
        f"{len(right):,}",
        share(int(same.sum()), len(right)),
        share(int(same[words].sum()), int(words.sum())),
    ]
