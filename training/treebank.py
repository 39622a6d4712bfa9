"""Text whose words bear their parts of speech (UD EWT) or names (LitBank), in strips of pieces."""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from betareader.language.lexicon import load_lexicon
from betareader.model.pieces import CAPITAL, CLOSES, KNOWN, MOST, NO_WORD, OWN, SPEECH, Strips, cut, load_pieces
from betareader.model.reader import FIRST_STOP, NAMED, POS, STOPS
from betareader.story.company import KNOWN_PLACES, TITLES
from betareader.story.given import MEN, WOMEN
from training.corpora import require

_STOPS = {stop: token for token, stop in enumerate(STOPS[1:], FIRST_STOP)} | {"--": 11, "–": 11, "---": 11, "...": 12}
"""The tokens of the treebanks that are stops to a manuscript, and which ones."""
_OPENING, _CLOSING = frozenset(("``", "“", "‘")), frozenset(("''", "”", "’"))
_PERSON, _PLACE = NAMED.index("person"), NAMED.index("place")
_PROPER = POS.index("PROPN")
JOINED = 0.8
"""How often clitics are joined to the word before."""
NEW_PARAGRAPH = 0.3
"""How often a paragraph begins after a sentence."""


@dataclass(frozen=True)
class Tagged:
    """A run of words, each with a number: a place in `POS`, or in `NAMED` where it `names`."""

    words: tuple[str, ...]
    labels: tuple[int, ...]
    names: bool = False


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
        parts = [
            (part, label)
            for sentence, marked in zip(sentences, labels, strict=True)
            for word, label in zip(sentence, marked, strict=True)
            for part in (word.split("-") if is_word(word) else [word])
            if part
        ]
        found.append(Tagged(tuple(part for part, _ in parts), tuple(label for _, label in parts), names=True))
    return found


def _member(archive: Path, start: str) -> str:
    with tarfile.open(archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None and Path(member.name).name.startswith(start):
                return content.read().decode("utf-8")
    raise SystemExit(f"{archive.name} holds no {start}")


def in_strips(tagged: Tagged, rng: Random | None) -> tuple[Strips, NDArray[np.int64]]:
    """A document in strips as a manuscript is laid out, and the labels of its words.

    Stops are no words, other marks are left out.  With `rng` clitics are mostly joined to the word before, paragraphs begin
    here and there, as in manuscripts, and names give way to others, so that none is learnt by heart.
    """
    words, labels = list(tagged.words), list(tagged.labels)
    if rng and rng.random() < JOINED:
        words, labels = _joined(words, labels)
    if rng:
        words = _renamed(words, labels, tagged.names, rng)
    lexicon, pieces = load_lexicon(), load_pieces()
    spoken = _spoken(words, rng)
    known = [lexicon.knows(word.rstrip(".")) for word in words]
    marks = [
        CAPITAL * word[:1].isupper() + KNOWN * know + SPEECH * said
        for word, know, said in zip(words, known, spoken, strict=True)
    ]
    if rng:
        _mark_as_in_stories(words, marks, rng)
    kinds: list[int] = []
    stops: list[int] = []
    marked: list[int] = []
    at: list[int] = []
    for number, word in enumerate(words):
        if is_word(word):
            at.append(len(kinds))
            kinds.append(number)
            stops.append(0)
            marked.append(marks[number])
        after = [_STOPS[word]] if word in _STOPS else [_STOPS["."]] if is_word(word) and word.endswith(".") else []
        stop = [int(pieces.stops[each]) for each in after]
        if rng and word in (".", "?", "!") and rng.random() < NEW_PARAGRAPH:
            stop.append(CLOSES)
        kinds += [-1] * len(stop)
        stops += stop
        marked += [NO_WORD] * len(stop)
    parts = [pieces.of(word.rstrip(".").replace("’", "'"))[:MOST] if is_word(word) else () for word in words]
    kind, stop_of, mark_of = (np.array(column, np.int64) for column in (kinds, stops, marked))
    kept = [label for word, label in zip(words, labels, strict=True) if is_word(word)]
    return cut(kind, stop_of, mark_of, parts, np.array(at, np.int64)), np.array(kept, np.int64)


def is_word(token: str) -> bool:
    """Whether a token is a word to a manuscript: it has a letter or a figure."""
    return any(letter.isalnum() for letter in token)


def _spoken(words: Sequence[str], rng: Random | None) -> list[bool]:
    """Which tokens are spoken, by the marks of quotation; with `rng`, in some documents by chance alone."""
    by_chance = rng is not None and rng.random() < 0.3
    found: list[bool] = []
    spoken = False
    for number, word in enumerate(words):
        if by_chance and rng is not None:
            spoken ^= bool(number) and words[number - 1] in ".?!," and rng.random() < 0.2
        elif word in _OPENING:
            spoken = True
        elif word in _CLOSING:
            spoken = False
        elif word == '"':
            spoken = not spoken
        found.append(spoken)
    return found


def _renamed(words: Sequence[str], labels: Sequence[int], named: bool, rng: Random) -> list[str]:
    """The words with other names in the place of many of those that are names by their labels, the same for the same throughout."""
    share = rng.choice((0.0, 0.5, 0.9))
    given: dict[str, str] = {}
    found = list(words)
    for number, (word, label) in enumerate(zip(words, labels, strict=True)):
        name, mark, rest = word.partition("'") if "'" in word else word.partition("’")
        kind = label if named else _PERSON if label == _PROPER else 0
        if not kind or len(name) < 3 or not name.istitle() or name.rstrip(".").lower() in TITLES:
            continue
        if name not in given:
            others = _names_of(kind if rng.random() < 0.5 else 0)
            given[name] = rng.choice(others) if rng.random() < share else name
        found[number] = given[name] + mark + rest
    return found


@cache
def _names_of(kind: int) -> list[str]:
    """Names of people or of places that everybody knows; with 0 any that are listed."""
    if kind == _PERSON:
        return sorted(MEN | WOMEN)
    if kind == _PLACE:
        return sorted(place.title() for place in KNOWN_PLACES if place.isalpha())
    return sorted(name for name in load_lexicon().names if name.isalpha() and len(name) > 2 and name.istitle())


def _mark_as_in_stories(words: Sequence[str], marks: list[int], rng: Random) -> None:
    """Mark most names as the story's own, since a treebank tells nothing of that."""
    if rng.random() < 0.2:
        return
    inside: dict[str, bool] = {}
    opens = True
    for number, word in enumerate(words):
        if (word[:1].isupper() and not opens and inside.setdefault(word, rng.random() < 0.85)) or inside.get(word):
            marks[number] |= OWN | KNOWN
        opens = word in (".", "?", "!", ",", ":") or not is_word(word)


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
                yield Tagged(tuple(words), tuple(labels), every[0].names)
                words, labels = [], []
