"""Names, found by how they are used: no list can know the names of an invented world."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from string import ascii_lowercase
from typing import TYPE_CHECKING

import numpy as np

from betareader.language.speech_verbs import SPEECH_VERBS
from betareader.story.company import (
    CALLS,
    CLOSING,
    DATES,
    DOING,
    EPITHETS,
    FAMILY,
    HONORIFICS,
    NAMES_TOO,
    NEVER_NAMES,
    OF_A_PERSON,
    SHORTENED,
    SMALL_WORDS,
    STOPS,
    TITLES,
)
from betareader.story.given import MEN, WOMEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from betareader.language.lexicon import Lexicon
    from betareader.story.nearness import Nearness
    from betareader.structure.page import Page

_PLAINLY = 4
"""How much must tell that June or Irish is what somebody is called."""

TOLD = 0.7
"""From which chance on, in the mean of all places, the reader of sentences may make a name of a word."""

FAMOUS = 4.5
"""How common (zipf) a name must be for a form one letter away to be a slip in it."""

_ENDING = re.compile(r"[’'](?:s|ll|d|ve|re|m)?$")


@dataclass(slots=True)
class Uses:
    """How often one word stands with a capital, and in which company.

    `strong`: straight after another word; `comma`: after a comma or a semicolon; `start`: where any word
    would have a capital; `called`: in a vocative or after a title; `acting`: beside a verb or a possession that
    people have; `leads`: before another word with a capital; `shouted`: in capitals throughout; `lower`: the same word without its capital.
    """

    strong: int = 0
    comma: int = 0
    start: int = 0
    called: int = 0
    acting: int = 0
    leads: int = 0
    shouted: int = 0
    lower: int = 0
    places: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How often it stands with a capital and otherwise in small letters."""
        return self.strong + self.comma + self.start


@dataclass(frozen=True, slots=True)
class Usage:
    """The words of a page, and the uses of each that has a capital.

    `bare` is each capitalised word without its possessive or contracted ending, by its place; `opens` are the
    places of words that open a sentence, `begins` of those that open a paragraph, `prose` says which words stand in the story itself, not in a title
    or a note; `counts` is how often each word stands as written.  `named` holds the chances that each word is of no name, of a
    person's and of a place's, as the reader of sentences tells them; NaN where it was not asked.
    """

    page: Page
    texts: list[str]
    bare: dict[int, str]
    opens: frozenset[int]
    begins: frozenset[int]
    prose: list[bool]
    uses: dict[str, Uses]
    counts: Counter[str]
    named: NDArray[np.float32] | None = None

    def between(self, place: int) -> str:
        """What stands between the word at `place` and the one before it; a line's end in a paragraph is a space."""
        words = self.page.words
        gap = self.page.text[words[place - 1].end : words[place].start] if 0 < place < len(words) else ""
        return " ".join(gap.split("\n")) if "\n" in gap and place not in self.begins else gap

    def told(self, places: Sequence[int]) -> tuple[float, float] | None:
        """How likely the words at `places` are a person's name and a place's, in the mean of those that were read; None if none was."""
        if self.named is None or not places:
            return None
        rows = self.named[places]
        rows = rows[~np.isnan(rows[:, 0])]
        if not len(rows):
            return None
        _, person, place = rows.mean(axis=0).tolist()
        return person, place


def observe(page: Page, named: NDArray[np.float32] | None = None) -> Usage:
    """Look at every capital on the page and at what stands around it."""
    text = page.text
    texts = [text[span.start : span.end] for span in page.words]
    prose = [False] * len(texts)
    for paragraph in page.paragraphs:
        if paragraph.role == "body":
            prose[paragraph.words.start : paragraph.words.stop] = [True] * len(paragraph.words)
    opens = frozenset(sentence.words.start for sentence in page.sentences)
    begins = frozenset(paragraph.words.start for paragraph in page.paragraphs)
    usage = Usage(page, texts, {}, opens, begins, prose, {}, Counter(texts), named)
    for place, word in enumerate(texts):
        if word[0].isupper():
            usage.bare[place] = name = _ENDING.sub("", word) or word
            _observe_one(usage, place, name, usage.uses.setdefault(name, Uses()))
    for name, uses in usage.uses.items():
        uses.lower = usage.counts[name.lower()]
    return usage


def _observe_one(usage: Usage, place: int, name: str, uses: Uses) -> None:
    uses.places.append(place)
    if len(name) > 1 and name.isupper():
        uses.shouted += 1
        return
    gap, next_gap = usage.between(place), usage.between(place + 1)
    previous = usage.texts[place - 1].lower() if place else ""
    following = usage.texts[place + 1].lower() if next_gap else ""
    if not usage.prose[place] or place in usage.opens:
        uses.start += 1
    elif gap == " " or (gap == "-" and len(previous) > 2) or (gap == ". " and previous in SHORTENED):
        uses.strong += 1
    elif gap in (", ", "; "):
        uses.comma += 1
    else:
        uses.start += 1
    if next_gap == " " and len(following) > 2 and usage.texts[place + 1][0].isupper():
        uses.leads += following not in SMALL_WORDS and following not in TITLES
    if (
        (gap == " " and previous in TITLES)
        or (gap == ". " and previous in SHORTENED)
        or (next_gap == "-" and following in HONORIFICS)
    ):
        uses.called += 2
    elif next_gap[:1] in STOPS and ((gap == ", ") or (gap == " " and previous in CALLS)):
        uses.called += next_gap[:1] != "," or next_gap[1:2] in CLOSING
    elif next_gap == " " and usage.texts[place] != name:
        uses.acting += following in OF_A_PERSON
    elif next_gap == " " and following in SPEECH_VERBS:
        uses.acting += 2 if gap[-2:-1] in CLOSING else 1
    elif (next_gap == " " and following in DOING) or (gap == " " and previous in SPEECH_VERBS):
        uses.acting += 1


def own_names(usage: Usage, lexicon: Lexicon, nearness: Nearness) -> frozenset[str]:
    """The capitalised words that are the story's own names, or parts of them."""
    names, doubtful = set(), []
    for name, uses in usage.uses.items():
        is_name = _is_told(name, uses, usage) or _is_name(name, uses, usage, lexicon)
        if is_name is None:
            doubtful.append(name)
        elif is_name:
            names.add(name)
    nearness.ask(doubtful)
    names.update(
        name
        for name in doubtful
        if not (nearness.runs_together(name) or nearness.lacks_apostrophe(name))
        and ((usage.uses[name].total >= 3 and not nearness.is_listed(name)) or not nearness.neighbours(name))
    )
    return frozenset(name for name in names if lexicon.knows(name) or not _is_misspelt(name, usage, lexicon, nearness))


def _is_told(name: str, uses: Uses, usage: Usage) -> bool:
    """Whether the reader of sentences takes a word for a name, wherever it has a capital."""
    if len(name) < 2 or name.isupper() or name.lower() in SMALL_WORDS | NEVER_NAMES | EPITHETS or not name.isalpha():
        return False
    chances = usage.told([place for place in uses.places if usage.prose[place]])
    return chances is not None and sum(chances) >= TOLD


def _is_misspelt(name: str, usage: Usage, lexicon: Lexicon, nearness: Nearness) -> bool:
    """Whether a form that stands once or twice, nobody's by its company, is a slip for a well-known name or a listed one: Wensday, Libary."""
    uses = usage.uses[name]
    if uses.total > 2 or uses.called or uses.acting:
        return False
    if nearness.is_listed(name) or day_or_month(name):
        return True
    return any(near in lexicon.names and lexicon.zipf(near) >= FAMOUS for near in _one_letter_away(name))


def day_or_month(name: str) -> str:
    """The day, the month or the feast that `name` is a slip of the hand for (Wensday); empty if none."""
    if len(name) < 6 or not name.isalpha() or name.isupper():
        return ""
    found = get_close_matches(name.lower(), DATES, 1, 0.8)
    return found[0].capitalize() if found else ""


def _one_letter_away(name: str) -> Iterator[str]:
    """The spellings that differ from `name` by one letter lost, added, changed, or two changed about."""
    for place in range(1, len(name) + 1):
        head, tail = name[:place], name[place:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            yield head + letter + tail[1:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _is_name(name: str, uses: Uses, usage: Usage, lexicon: Lexicon) -> bool | None:
    """Whether the use of a capitalised word makes it a name; None where the use leaves it open."""
    lower = name.lower()
    if len(name) < 2 or lower in SMALL_WORDS or not name[0].isalpha():
        return False
    if not name.isalpha() and any(letter.isdigit() for letter in name):
        return True
    if name.isupper():
        return _is_initials(name, uses, usage, lexicon)
    if lower in NEVER_NAMES:
        return lower in NAMES_TOO and uses.acting >= _PLAINLY
    if lower in FAMILY:
        return uses.strong + uses.called + uses.acting >= 2
    if lexicon.is_common_word(name):
        return _is_word_as_name(name, uses, lexicon)
    if lexicon.is_name(name):
        return True
    return False if lexicon.knows(name) else _is_invented(uses)


def _is_initials(name: str, uses: Uses, usage: Usage, lexicon: Lexicon) -> bool:
    """NASA and XJ-9, but neither a shouted word nor a shouted name, which is counted with the name."""
    if lexicon.knows(name.lower()) or name.capitalize() in usage.uses:
        return False
    alone = sum(not _is_shouting(usage, place) for place in uses.places)
    return 2 * alone > uses.shouted


def _is_shouting(usage: Usage, place: int) -> bool:
    neighbours = usage.texts[max(0, place - 1) : place] + usage.texts[place + 1 : place + 2]
    return any(len(word) > 1 and word.isupper() for word in neighbours)


def _is_word_as_name(name: str, uses: Uses, lexicon: Lexicon) -> bool:
    """Rose, Will, Shadow: a word of the language needs capitals where only a name would have one."""
    sure = uses.strong + uses.called
    if "'" in name or "’" in name:
        return False
    if name in MEN or name in WOMEN:
        seldom = uses.lower <= 20 * (sure + uses.leads)
        return (seldom and sure + uses.leads > 0) or sure >= 6 or (not uses.lower and uses.acting + uses.comma > 0)
    if lexicon.is_name(name):
        return sure >= 2 or (not uses.lower and sure + uses.acting + uses.comma > 0)
    is_always_so = not uses.lower and sure > 0 and sure + uses.comma >= 2
    return is_always_so or (sure >= 2 and 2 * sure >= uses.lower) or (sure >= 6 and 10 * sure >= uses.lower)


def _is_invented(uses: Uses) -> bool | None:
    """No lexicon knows it: a name, unless it might be a common word misspelt where a capital stands."""
    sure = uses.strong + uses.called + uses.acting
    if uses.lower >= max(1, uses.total) or (uses.lower and not sure):
        return False
    if sure >= 2 or (uses.strong and not uses.lower):
        return True
    return None
