"""Text whose words bear their parts of speech (UD EWT) or names (LitBank), in strips of pieces."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from betareader.language.lexicon import load_lexicon
from betareader.model.pieces import CAPITAL, KNOWN, MOST, OWN, SPEECH, Strips, cut, load_pieces
from betareader.model.reader import POS
from training.corpora import require

_QUOTES = frozenset("\"“”''``‘’")


@dataclass(frozen=True)
class Tagged:
    """A run of words, each with a number: a place in `POS` or in `NAMED`."""

    words: tuple[str, ...]
    labels: tuple[int, ...]


def parts_of_speech(data: Path, split: str) -> list[Tagged]:
    """The documents of one split (`train`, `dev`) of UD EWT."""
    require(data, "ud-ewt.tar.xz")
    documents: list[Tagged] = []
    words: list[str] = []
    labels: list[int] = []
    for line in _member(data / "ud-ewt.tar.xz", f"en_ewt-ud-{split}").split("\n"):
        if line.startswith("# newdoc") and words:
            documents.append(Tagged(tuple(words), tuple(labels)))
            words, labels = [], []
        columns = line.split("\t")
        if len(columns) > 3 and columns[0].isdigit():
            words.append(columns[1])
            labels.append(POS.index(columns[3]))
    documents.append(Tagged(tuple(words), tuple(labels)))
    return documents


def held_apart(name: str) -> bool:
    """Whether an excerpt of LitBank is kept to measure with: one in five."""
    return zlib.crc32(name.encode()) % 5 == 0


def names(data: Path, held: bool) -> list[Tagged]:
    """LitBank's excerpts, the words of proper names of people and of places told apart."""
    require(data, "litbank.tar.xz")
    texts: dict[str, list[list[str]]] = {}
    marks: dict[str, list[list[str]]] = {}
    with tarfile.open(data / "litbank.tar.xz") as packed:
        for member in packed:
            path = Path(member.name)
            if path.parent.parent.name != "coref" or held_apart(path.stem) != held:
                continue
            content = packed.extractfile(member)
            if content is None:
                continue
            lines = content.read().decode("utf-8").rstrip("\n").split("\n")
            if path.suffix == ".txt" and path.parent.name == "brat":
                texts[path.stem] = [line.split(" ") for line in lines]
            elif path.suffix in (".tsv", ".ann") and path.parent.name == "tsv":
                marks[path.stem] = [line.split("\t") for line in lines]
    found = []
    for name, sentences in sorted(texts.items()):
        labels = [[0] * len(sentence) for sentence in sentences]
        for kind, *rest in marks[name]:
            if kind == "MENTION" and rest[-1] == "PROP":
                label = {"PER": 1, "GPE": 2, "LOC": 2, "FAC": 2}.get(rest[-2], 0)
                sentence, first, _, last = map(int, rest[1:5])
                for place in range(first, last + 1):
                    if sentences[sentence][place][:1].isupper():
                        labels[sentence][place] = label
        found.append(Tagged(tuple(w for s in sentences for w in s), tuple(each for s in labels for each in s)))
    return found


def _member(archive: Path, start: str) -> str:
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None and Path(member.name).name.startswith(start):
                return content.read().decode("utf-8")
    raise SystemExit(f"{archive.name} holds no {start}")


def in_strips(tagged: Tagged, rng: Random | None) -> tuple[Strips, NDArray[np.int64]]:
    """A document in strips; with `rng`, quotation marks are sometimes left out and clitics sometimes joined, as in manuscripts."""
    words, labels = list(tagged.words), list(tagged.labels)
    if rng and rng.random() < 0.7:
        kept = [number for number, word in enumerate(words) if word not in _QUOTES]
        words, labels = [words[number] for number in kept], [labels[number] for number in kept]
    if rng and rng.random() < 0.5:
        words, labels = _joined(words, labels)
    lexicon, pieces = load_lexicon(), load_pieces()
    known = [lexicon.knows(word) for word in words]
    marks = [CAPITAL * word[:1].isupper() + KNOWN * know for word, know in zip(words, known, strict=True)]
    if rng:
        _mark_as_in_stories(words, marks, rng)
    every = np.arange(len(words))
    parts = [pieces.of(word)[:MOST] for word in words]
    return cut(every, every, np.array(marks, np.int64), parts, every), np.array(labels, np.int64)


def _mark_as_in_stories(words: Sequence[str], marks: list[int], rng: Random) -> None:
    """Mark stretches as spoken, and most names as the story's own, since a treebank tells of neither."""
    spoken = False
    own = rng.random() < 0.8
    inside: dict[str, bool] = {}
    opens = True
    for number, word in enumerate(words):
        if opens and rng.random() < 0.3:
            spoken = not spoken
        if (own and word[:1].isupper() and not opens and inside.setdefault(word, rng.random() < 0.85)) or inside.get(
            word
        ):
            marks[number] |= OWN | KNOWN
        marks[number] |= SPEECH * spoken
        opens = word in (".", "?", "!", ",", ":") or word in _QUOTES


def _joined(words: Sequence[str], labels: Sequence[int]) -> tuple[list[str], list[int]]:
    """Clitics (n't, 's) joined to the word before, which keeps its label."""
    found: list[str] = []
    kept: list[int] = []
    for word, label in zip(words, labels, strict=True):
        if found and ("'" in word or "’" in word) and len(word) > 1 and found[-1][-1:].isalpha():
            found[-1] += word
        else:
            found.append(word)
            kept.append(label)
    return found, kept


def documents(every: Sequence[Tagged], rng: Random) -> Iterator[Tagged]:
    """The documents over and over, in a new order each time, short ones put together."""
    while True:
        order = list(every)
        rng.shuffle(order)
        words: list[str] = []
        labels: list[int] = []
        for each in order:
            words += each.words
            labels += each.labels
            if len(words) > 800:
                yield Tagged(tuple(words), tuple(labels))
                words, labels = [], []
