"""Learners' sentences (JFLEG): single words that annotators put right, and what we and our peers make of them.

A correction is one word put for one word with at least half of their letters in common, made alike by two
annotators or more of the four; words that none, or only one, changes are taken as right.  Measured are misspellings
and wrong words.  Where annotators agree on another form of the same word, or on another small word (*in* for *on*),
that is grammar: it is shown apart, and counts neither for nor against.  All sentences are read as one
manuscript, a paragraph each.  Only changes of one word into one word are counted, whoever makes them: what is
split, joined, put in or taken out is outside this measure.
"""

from __future__ import annotations

import re
import sys
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path

from bench.corpora import Sample
from bench.peers import PEERS, Absent
from bench.runs import edit_all, harmony, share
from bench.scoring import edited, whole_words, words_of
from bench.tables import show
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.model.reader import Reader
from betareader.span import Span
from training.corpora import misspelling_files, require
from training.letters import spelling_variants

JFLEG = "jfleg-dev.tar.xz"
AGREE = 2
"""How many annotators have to make the same correction."""
ALIKE = 0.5
"""The least share of letters in common."""
BESIDE = ("aspell", "hunspell", "Harper")

MEASURED = ("in no lexicon", "wrong word")
GRAMMAR = ("another form", "another small word")
"""The kinds of correction; the latter two are set aside."""

_ENDINGS = frozenset("s es ed d ing ly ally y ies ied ier iest ily ic er r est st en 's".split())
_SMALL = frozenset(
    "a an the this that these those it its he him his she her they them their we us our you your i me my who which what"
    " in into on onto of off to at by for from with as and or if so no not any some all one am is are was were be been being"
    " have has had having do does did can could may might will would shall should must there here when where how than then".split()
)
_ALIKE = (
    {"to", "too", "two"}, {"there", "their", "they're"}, {"your", "you're"}, {"its", "it's"}, {"of", "off"},
    {"than", "then"}, {"were", "where", "we're"}, {"whose", "who's"}, {"our", "are"}, {"as", "has"}, {"his", "he's", "is"},
)  # fmt: skip
"""Small words that are written for one another by ear."""

_CLITIC = re.compile(r"(?:n|N)?['’](?:t|s|m|d|ll|re|ve)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Learners:
    """All sentences as one text; `words` maps the start of each word to its end, `votes` to each correction's annotators."""

    text: str
    words: Mapping[int, int]
    votes: Mapping[int, Mapping[str, int]]

    def shared(self, variants: Mapping[str, set[int]]) -> dict[int, set[str]]:
        """The words that annotators agree are wrong, and what they put there; listed variants (*colour*) are not wrong."""
        agreed: dict[int, set[str]] = {}
        for start, found in self.votes.items():
            same = variants.get(self.text[start : self.words[start]].lower(), set())
            for put, votes in found.items():
                if votes >= AGREE and not same & variants.get(put, set()):
                    agreed.setdefault(start, set()).add(put)
        return agreed


def kind_of(wrong: str, right: str) -> str:
    """What kind of correction it is; small words that are said alike are told apart by spelling, so they are no grammar."""
    if not load_lexicon().knows(wrong):
        return MEASURED[0]
    one, other = wrong.lower(), right.lower()
    if any(one in alike and other in alike for alike in _ALIKE):
        return MEASURED[1]
    if _is_small(one) and _is_small(other):
        return GRAMMAR[1]
    return GRAMMAR[0] if _share_stem(one, other) else MEASURED[1]


def _is_small(word: str) -> bool:
    return word in _SMALL or word.endswith("n't") or word.partition("'")[0] in _SMALL


def _share_stem(one: str, other: str) -> bool:
    stem = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    ends = {part[part[:1] == one[stem - 1] and len(part) > 2 :] for part in (one[stem:], other[stem:])}
    return stem >= 3 and bool(ends & _ENDINGS) and ends <= _ENDINGS | {"", "e"}


def learners(data: Path) -> Learners:
    """JFLEG's development sentences with their corrections."""
    require(data, JFLEG)
    lines = {}
    with tarfile.open(data / JFLEG) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None and Path(member.name).name.startswith("dev."):
                lines[Path(member.name).suffix] = content.read().decode("utf-8").splitlines()
    return set_out(lines[".src"], [lines[f".ref{number}"] for number in range(4)])


def set_out(sentences: Sequence[str], corrected: Sequence[Sequence[str]]) -> Learners:
    """Sentences one after another as they would be typed, with the corrections of each annotator."""
    text = ""
    words: dict[int, int] = {}
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for number, sentence in enumerate(sentences):
        tokens = joined(sentence)
        starts = []
        for place, token in enumerate(tokens):
            tight = not place or token[0] in ".,!?;:)%" or tokens[place - 1] == "("
            text += token if tight else f" {token}"
            starts.append(len(text) - len(token))
            if _WORD.fullmatch(token):
                words[starts[-1]] = len(text)
        for every in corrected:
            for place, put in corrections(tokens, joined(every[number])):
                votes[starts[place]][put] += 1
        text += "\n\n"
    return Learners(text, words, votes)


def joined(sentence: str) -> list[str]:
    """The tokens of a sentence, clitics (n't, 's) joined to their words again."""
    tokens: list[str] = []
    for token in sentence.split():
        if tokens and _CLITIC.fullmatch(token) and tokens[-1][-1].isalpha():
            tokens[-1] += token
        else:
            tokens.append(token)
    return tokens


def corrections(tokens: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The words that one other took the place of, and that other in lower case; those that differ in capitals alone are left out."""
    old, new = ([token.lower() for token in each] for each in (tokens, right))
    for tag, first, last, into, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            for place, other in _paired(old[first:last], new[into:to]):
                yield first + place, new[into + other]


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs of words alike, in order, that have the most in common taken together."""
    best: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
    for one in range(len(old) - 1, -1, -1):
        for other in range(len(new) - 1, -1, -1):
            tries = [best.get((one + 1, other), (0.0, [])), best.get((one, other + 1), (0.0, []))]
            alike = _alike(old[one], new[other])
            if alike >= ALIKE and alike > _alike_joined(old, one, new, other):
                rest = best.get((one + 1, other + 1), (0.0, []))
                tries.append((rest[0] + alike, [(one, other), *rest[1]]))
            best[one, other] = max(tries, key=lambda each: each[0])
    return best.get((0, 0), (0.0, []))[1]


def _alike_joined(old: Sequence[str], one: int, new: Sequence[str], other: int) -> float:
    """How much one of the two has in common with the other and its neighbour, as where a word was split or run together."""
    pairs = [(old[one], first + second) for first, second in pairwise(new[max(0, other - 1) : other + 2])]
    pairs += [(first + second, new[other]) for first, second in pairwise(old[max(0, one - 1) : one + 2])]
    return max((_alike(this.replace("'", ""), that.replace("'", "")) for this, that in pairs), default=0.0)


@cache
def _alike(one: str, other: str) -> float:
    if not all(_WORD.fullmatch(word) and (len(word) > 1 or word in _SMALL) for word in (one, other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def changed(found: Learners, edits: Iterable[Edit]) -> dict[int, str]:
    """The words that were changed into one other word, by where they start, and that other in lower case."""
    text = found.text
    put: dict[int, str] = {}
    for edit in sorted(edits, key=lambda each: each.span):
        hull = whole_words(text, edit.span)
        old = words_of(hull.of(text))
        new = words_of(edited(text, hull, [(edit.span, edit.replacement)]))
        places = [start for start in found.words if hull.start <= start < hull.end]
        if len(old) == len(new) == len(places) == 1 and old[0].lower() != new[0].lower():
            put[places[0]] = new[0].lower()
    return put


def measure(data: Path, reader: Reader | None = None, *, listed: bool = False) -> None:
    """Print precision and recall, ours first."""
    found = learners(data)
    shared = found.shared(spelling_variants(misspelling_files(data)["varcon.txt"]))
    kinds: dict[str, set[int]] = {kind: set() for kind in (*MEASURED, *GRAMMAR)}
    for start, right in shared.items():
        kinds[kind_of(found.text[start : found.words[start]], min(right))].add(start)
    (run,) = edit_all([(Sample("jfleg-dev", found.text), ())], "learners", reader)
    made: list[tuple[str, dict[int, str], float]] = [("betareader", changed(found, run.copyedit.edits), run.seconds)]
    absent = []
    for name in BESIDE:
        started = time.perf_counter()
        try:
            (edits,) = PEERS[name]([found.text])
        except Absent as reason:
            absent.append(f"{name} ({reason})")
            continue
        made.append((name, changed(found, edits), time.perf_counter() - started))
    wanted = sum(len(kinds[kind]) for kind in MEASURED)
    show(
        f"JFLEG dev: {wanted} misspellings and wrong words that two annotators put right alike, among {len(found.words):,} words",
        ["", "words changed", "precision", "precision, one annotator will do", "recall", "F1"],
        [[name, *_figures(put, found, shared, kinds)] for name, put, _ in made],
    )
    show(
        "The same corrections by kind, share mended; grammar is set aside above",
        ["", *(f"{kind} ({len(places)})" for kind, places in kinds.items()), "seconds"],
        [
            [
                name,
                *(share(len(_mended(put, shared) & places), len(places)) for places in kinds.values()),
                f"{took:.1f}",
            ]
            for name, put, took in made
        ],
    )
    if absent:
        print("Absent: " + "; ".join(absent) + ".\n")
    if listed:
        _list(found, made[0][1], shared)


def _mended(put: Mapping[int, str], shared: Mapping[int, set[str]]) -> set[int]:
    return {start for start, word in put.items() if word in shared.get(start, ())}


def _figures(
    put: Mapping[int, str], found: Learners, shared: Mapping[int, set[str]], kinds: Mapping[str, set[int]]
) -> list[str]:
    aside = set().union(*(kinds[kind] for kind in GRAMMAR))
    wanted = shared.keys() - aside
    made = {start: word for start, word in put.items() if start not in aside}
    right = len(_mended(made, shared))
    backed = sum(word in found.votes.get(start, {}) for start, word in made.items())
    precision, recall = right / max(1, len(made)), right / max(1, len(wanted))
    shares = (precision, backed / max(1, len(made)), recall, harmony(precision, recall))
    return [str(len(made)), *(f"{each:.3f}" for each in shares)]


def _list(found: Learners, put: Mapping[int, str], shared: Mapping[int, set[str]]) -> None:
    """What we missed and what we changed besides, on standard error."""
    for start in sorted({*put, *shared}):
        word, wanted = put.get(start, ""), shared.get(start, set())
        if word not in wanted:
            end = found.words[start]
            span = Span(max(0, start - 40), end)
            shown = f"{span.of(found.text)[: -(end - start)]}[{found.text[start:end]}→{word}]"
            kind = "besides" if not wanted else "missed"
            print(f"{kind}: {shown} {'/'.join(sorted(wanted))}".replace("\n", "¶"), file=sys.stderr)
