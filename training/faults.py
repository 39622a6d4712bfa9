"""What goes wrong with a word, and a draft in which it does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from betareader.language.lexicon import load_lexicon
from training.confusions import PHRASES, Confusions
from training.corpora import DATA, misspelling_files
from training.joins import JOINED, SPLIT
from training.letters import Letters, listed_pairs, spelling_variants
from training.respelt import respelt

Kind = Literal["spelling", "wrong word", "run together", "split", "apostrophe", "doubled", "lost", "form", "stop"]


@dataclass(frozen=True, slots=True)
class Fault:
    """`wrong` stands in the spoilt text from `start` to `end`, in code points; `right` belongs there.

    A lost word has an empty `wrong`, and `right` carries the space after it.
    """

    start: int
    end: int
    wrong: str
    right: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A text with faults in it, and the faults in order; putting each right gives the clean text back."""

    text: str
    faults: tuple[Fault, ...]


_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?…][\"”’')*_]*\s+|\n|[\"“*_])[\"“‘'*_(]*$")
_REACH = 400
"""How many words on a kind of fault may look for a word it fits."""

LOST = {
    "the": 4, "a": 4, "to": 5, "of": 3, "is": 4, "was": 1.5, "in": 1.5, "at": 2, "for": 2, "with": 1.5, "be": 3, "an":
    4, "it": 1, "why": 3, "not": 0.4, "on": 1, "from": 1.5, "were": 1.5, "if": 1, "as": 0.5, "been": 1.5, "into": 1
}  # fmt: skip
"""Small words that get lost, and how readily."""

CONFUSED = (0.45, 0.15, 0.4)
"""Of the wrong words of a draft, the shares of those that writers are known to take for one another, of those that the hand is
known to put for one another, and of any others that sound or look alike.  Guessed: nobody counted drafts."""

_KEEPS_SENSE = frozenset({
    "all", "both", "such", "what", "half", "outside", "inside", "off", "out", "down", "up", "so", "had", "that",
})  # fmt: skip
"""After these a small word may go and nobody misses it."""

_DOUBLED = frozenset({
    "the", "a", "to", "and", "of", "in", "was", "he", "she", "it", "is", "i", "his", "her", "at", "for", "with", "as",
    "on", "they", "be", "not", "we", "but", "you", "this", "if", "from",
})  # fmt: skip
_LEGIT_DOUBLES = frozenset({
    "had", "that", "very", "so", "no", "yes", "well", "now", "there", "long", "far", "on", "her", "ha", "hey", "oh",
    "again",
})  # fmt: skip
_MANY = frozenset({"i", "you", "we", "they"})
_SPLIT_OFTEN = (
    "every",
    "some",
    "any",
    "no",
    "him",
    "her",
    "my",
    "into",
    "onto",
    "around",
    "apart",
    "away",
    "outside",
    "inside",
)
_BEFORE_PLURAL = frozenset({
    "the", "two", "three", "four", "some", "many", "her", "his", "their", "my", "our", "of", "all", "these", "those",
    "and", "your", "several",
})  # fmt: skip
_NOT_PLURAL = re.compile(r"(?:ss|us|is|'s|ous)$")
_OWN = {
    "yours": "your's",
    "hers": "her's",
    "ours": "our's",
    "theirs": "their's",
    "its": "it's",
    "whose": "who's",
    "let's": "lets",
}


class Slips:
    """Knows how words go wrong; made once, since fitting takes seconds."""

    def __init__(self, data: Path | None = DATA) -> None:
        """Fit on the lists in `data`; None leaves only what stands in this folder."""
        self._lexicon = load_lexicon()
        self.letters = Letters(listed_pairs(data) if data else ())
        self._variants = spelling_variants(misspelling_files(data)["varcon.txt"] if data else "")
        self.confusions = Confusions(self._lexicon.knows, self._lexicon.zipf)
        self._joined = dict.fromkeys(JOINED, 1.0)

    def misspell(self, word: str, rng: Random) -> str | None:
        """A misspelling of `word` (lower case) that some writer might make."""
        wrong: str | None = word
        how = rng.random()
        if how < 0.4:
            wrong = self.letters.from_list(word, rng)
        elif how < 0.65:
            wrong = self.letters.by_ear(word, rng)
        elif how < 0.75:
            said = self.confusions.said(word)
            wrong = respelt(word, said, rng) if said else None
        if how >= 0.75 or wrong is None:
            wrong = self.letters.by_hand(word, rng)
        if wrong and len(word) > 7 and rng.random() < 0.15:
            wrong = (self.letters.by_ear if rng.random() < 0.5 else self.letters.by_hand)(wrong, rng)
        return wrong if wrong and wrong != word and len(wrong) > 1 else None

    def knows(self, word: str) -> bool:
        """Whether `word` stands in an edited word list."""
        return self._lexicon.knows(word)

    def is_variant(self, word: str, other: str) -> bool:
        """Whether the two are spellings of the same word, each right somewhere (labour, labor)."""
        return not self._variants[word].isdisjoint(self._variants[other])

    def is_name(self, word: str) -> bool:
        """Whether `word`, with a capital, is rather a name than a word that opens a sentence (*He* is helium too)."""
        return self._lexicon.is_name(word) and self._lexicon.zipf(word) < 5.3

    def commonness(self, word: str) -> float:
        """How common `word` is in today's English, log10 per 1e9 words."""
        return self._lexicon.zipf(word)

    def is_joined(self, words: str) -> bool:
        """Whether writers are known to run these two words together."""
        return words in self._joined or words in self.letters.joined


class Draft:
    """One text on its way to being spoilt: its words and what has been put in their places."""

    def __init__(self, slips: Slips, text: str, rng: Random) -> None:
        self.slips = slips
        self.text = text
        self.rng = rng
        self.spans = [found.span() for found in _TOKEN.finditer(text)]
        self.words = [text[start:end] for start, end in self.spans]
        self.lower = [word.lower().replace("’", "'") for word in self.words]
        self.taken = bytearray(len(self.spans) + 1)
        self.wanted = "any"  # which wrong words are made just now
        self.changes: list[tuple[int, int, str, Kind]] = []  # start and end in the clean text, what is put there

    def make(self, kind: Kind, place: int, end: int) -> int:
        """Put in one fault of `kind` at the first word from `place` it fits; the word's place, or -1."""
        attempt = getattr(self, "_" + kind.replace(" ", "_"))
        self.wanted = self.rng.choices(("taken", "slipped", "any"), CONFUSED)[0]
        for here in range(place, min(end, place + _REACH)):
            if not self.taken[here] and self._open_to_change(here) and attempt(here):
                return here
        return -1

    def repeat(self, place: int, start: int, end: int) -> int:
        """Make the fault last made at `place` again where the word stands alike nearby; how many times."""
        word = self.words[place]
        first, last, wrong, kind = self.changes[-1]
        if (first, last) != self.spans[place] or (kind == "spelling" and len(word) < 5):
            return 0  # a slip of the finger in a small word is no habit
        again = [here for here in range(start, end) if self.words[here] == word and not self.taken[here]]
        if len(again) > 12:
            return 0
        made = 0
        for here in again:
            if self.rng.random() < 0.7 and self._open_to_change(here):
                self._change(here, wrong, kind)
                made += 1
        return made

    def spoilt(self) -> Spoilt:
        """The text with every change made."""
        pieces: list[str] = []
        faults: list[Fault] = []
        place = length = 0
        for start, end, wrong, kind in sorted(self.changes):
            before = self.text[place:start]
            length += len(before)
            pieces += [before, wrong]
            faults.append(Fault(length, length + len(wrong), wrong, self.text[start:end], kind))
            length += len(wrong)
            place = end
        return Spoilt("".join([*pieces, self.text[place:]]), tuple(faults))

    def _open_to_change(self, place: int) -> bool:
        """Whether the word is plain English in plain case, and no part of a compound."""
        word = self.words[place]
        start, end = self.spans[place]
        text = self.text
        if (text[start - 1 : start] in ("-", "’", "'", "@", "/", "_") and start) or text[end : end + 1] in (
            "-",
            "@",
            "/",
            "_",
        ):
            return False
        if not word.islower():
            if word == "I" or (not word[1:].islower() and len(word) > 1) or self.slips.is_name(word):
                return False
            if not _OPENS.search(text, max(0, start - 12), start):
                return False
        return self.slips.knows(self.lower[place])

    def _change(self, place: int, wrong: str, kind: Kind, reach: int = 1) -> bool:
        """Put `wrong` in place of `reach` words, the capital and the apostrophes as they were."""
        start, end = self.spans[place][0], self.spans[place + reach - 1][1]
        old = self.text[start:end]
        if old[:1].isupper():
            wrong = wrong[:1].upper() + wrong[1:]
        if "’" in self.text[max(0, start - 2000) : end + 2000]:
            wrong = wrong.replace("'", "’")
        if wrong == old:
            return False
        self.changes.append((start, end, wrong, kind))
        self.taken[place : place + reach] = b"\1" * reach
        return True

    def _gap(self, place: int) -> str:
        """What stands between this word and the next."""
        return self.text[self.spans[place][1] : self.spans[place + 1][0]] if place + 1 < len(self.spans) else ""

    def _spelling(self, place: int) -> bool:
        word = self.lower[place]
        likely = min(1.0, (len(word) - 1) / 7) * min(1.0, 10 ** (-0.3 * (self.slips.commonness(word) - 5.7)))
        if len(word) < 3 or not word.isalpha() or self.rng.random() > likely:
            return False
        wrong = self.slips.misspell(word, self.rng)
        if wrong is None or not wrong.replace("'", "").isalpha():
            return False
        if self.slips.knows(wrong):
            return (
                self.slips.commonness(wrong) >= 1.0
                and not self.slips.is_variant(word, wrong)
                and self.rng.random() < 0.5
                and self._change(place, wrong, "wrong word")
            )
        return self._change(place, wrong, "spelling")

    def _wrong_word(self, place: int) -> bool:
        word = self.lower[place]
        if self.wanted != "any":
            known = self.slips.confusions
            others = known.taken_readily(word) if self.wanted == "taken" else known.slipped_readily(word)
            if others is None or self.rng.random() > 10 ** (-0.3 * (self.slips.commonness(word) - 5.2)):
                return False
            wrong = self.rng.choices(*others)[0]
            return not self.slips.is_variant(word, wrong) and self._change(place, wrong, "wrong word")
        if self.rng.random() > 10 ** (-0.55 * (self.slips.commonness(word) - 5.2)):
            return False
        how = self.rng.random()
        if how < 0.08 and place + 1 < len(self.words):
            phrase = f"{word} {self.lower[place + 1]}"
            for right, wrong in PHRASES:
                if phrase == right and self._gap(place) == " ":
                    return self._change(place, wrong, "wrong word", 2)
        options = self.slips.confusions.by_sound(word) if how < 0.65 else self.slips.confusions.by_letter(word)
        if options is None or self.rng.random() > sum(options[1]):
            return False
        wrong = self.rng.choices(*options)[0]
        return not self.slips.is_variant(word, wrong) and self._change(place, wrong, "wrong word")

    def _run_together(self, place: int) -> bool:
        if (
            place + 1 >= len(self.words)
            or self._gap(place) != " "
            or self.taken[place + 1]
            or not self.words[place + 1].islower()
        ):
            return False
        pair = f"{self.lower[place]} {self.lower[place + 1]}"
        joined = self.lower[place] + self.lower[place + 1]
        if not self.slips.is_joined(pair):
            if len(joined) > 9 or self.rng.random() > 0.004:
                return False
        elif self.rng.random() > 10 ** (-0.7 * (min(map(self.slips.commonness, pair.split())) - 5.3)):
            return False
        if self.slips.knows(joined) and pair not in JOINED:
            return False
        return self._change(place, joined, "run together", 2)

    def _split(self, place: int) -> bool:
        word = self.lower[place]
        cut = SPLIT.get(word)
        if cut is not None and self.rng.random() > (
            0.2 if word == "into" or not word.startswith(_SPLIT_OFTEN) else 1.0
        ):
            return False
        if cut is None and len(word) > 6 and self.rng.random() < 0.05 and word.isalpha():
            ways = [
                f"{word[:at]} {word[at:]}"
                for at in range(3, len(word) - 2)
                if min(self.slips.commonness(word[:at]), self.slips.commonness(word[at:])) > 4.3
                and self.slips.knows(word[:at])
                and self.slips.knows(word[at:])
            ]
            cut = ways[0] if ways else None
        return cut is not None and self._change(place, cut, "split")

    def _apostrophe(self, place: int) -> bool:
        word = self.lower[place]
        how = self.rng.random()
        if word in _OWN:
            return how < 0.5 and self._change(place, _OWN[word], "apostrophe")
        if "'" in word:
            at = word.index("'")
            if how < 0.72 or (word.endswith("'s") and how < 0.9):
                wrong = word[:at] + word[at + 1 :]
            elif how < 0.97 and at > 1:
                wrong = word[: at - 1] + "'" + word[at - 1] + word[at + 1 :]
            else:
                wrong = word[:at] + "'" + word[at:]
            return self._change(place, wrong, "apostrophe")
        if word.endswith("s") and len(word) > 4 and how < 0.12 and not _NOT_PLURAL.search(word):
            before = self.lower[place - 1] if place and self._gap(place - 1) == " " else ""
            if before in _BEFORE_PLURAL and self.slips.knows(word[:-1]):
                return self._change(place, word[:-1] + "'s", "apostrophe")
        return False

    def _doubled(self, place: int) -> bool:
        word = self.lower[place]
        likely = 0.15 if word in _DOUBLED else 0.01
        if word in _LEGIT_DOUBLES or self.rng.random() > likely:
            return False
        return self._change(place, f"{word} {word}" if self.words[place] != "I" else "I I", "doubled")

    def _lost(self, place: int) -> bool:
        word = self.words[place]
        if self.rng.random() > 0.1 * LOST.get(word, 0.0) or self._gap(place) != " " or self._gap(place - 1) != " ":
            return False
        following = self.words[place + 1]
        if not place or self.taken[place + 1] or self.taken[place - 1] or not following.islower():
            return False
        if self.lower[place - 1] in _KEEPS_SENSE or (word in ("the", "a") and following.endswith("s")):
            return False
        start, end = self.spans[place]
        self.changes.append((start, end + 1, "", "lost"))
        self.taken[place - 1 : place + 2] = b"\1\1\1"
        return True

    def _form(self, place: int) -> bool:
        word = self.lower[place]
        if self.rng.random() < 0.1 and (made := self.slips.confusions.as_if_regular(word)):
            return self._change(place, self.rng.choice(made), "spelling")
        if self.rng.random() > 10 ** (-0.6 * (self.slips.commonness(word) - 5.0)):
            return False
        before = self.lower[place - 1] if place and self._gap(place - 1) == " " else ""
        named = bool(before) and self.words[place - 1][0].isupper() and before not in _MANY
        options = self.slips.confusions.forms(word, before, named)
        return options is not None and self._change(place, self.rng.choices(*options)[0], "form")
