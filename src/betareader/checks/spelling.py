"""Words that are not what the author meant: one check for each way a word goes wrong.

The judgement is the reader's; these checks only say it in the words of a copyeditor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Fault, Query
from betareader.language.lexicon import load_lexicon
from betareader.language.nearby import load_nearby
from betareader.span import Span
from betareader.story.names import day_or_month

if TYPE_CHECKING:
    from betareader.reading import Reading

OFTEN = 3
"""A word that is in no lexicon and stands so often may be the story's own, though it looks like a misspelling."""

SURE = 0.9
"""From this mean chance on a word that stands `OFTEN` times is plainly a misspelling; one that stands less often is a slip of the draft."""

PLAIN = 0.98
"""The mean chance from which on a word that stands oftener still is plainly a misspelling."""

SLIPS = 0.005
"""The share of slips from which on a draft is known for them, and half as much is enough."""

SLIGHT = 0.3
"""The cost a letter up to which a listed misspelling with a capital is one and no name."""

_OF_FOR_HAVE = re.compile(r"(?i:(?:ould|ight|ust)(?:n?['’]?t)?) of \Z")
"""After this stands the right form of a verb, though not after the right word."""

_I_AM = {"Im": "m", "Ive": "ve", "Iv": "ve", "Ill": "ll", "Id": "d"}

LEAST = 0.5
"""What the reader thinks less likely than this is not worth a question."""

_DOUBLED = re.compile(
    r"(?<!['’‘\w-])(?P<word>(?i:the|a|an|of|and|if|from|into|than|as|my|your|their|our|his|these|those|because|to"
    r"|could|would|should|which))(?P<again>[ \t]+(?P<second>(?i:(?P=word))))\b(?!['’-]\w)"
)

_GAPS = tuple(
    re.compile(rf"\b(?P<{word}>{before}) (?={after}\b)", re.IGNORECASE)
    for word, before, after in (
        ("a", "all of", "sudden"),
        ("a", "for", "(?:long time|moment (?:he|she|they|i|we|it|nobody|no one))"),
        ("the", "at", "same time"),
        ("the", "in", "(?:middle of|meantime)"),
        ("of", "in front", "(?:the|him|her|them|me|us|you|my|his|their|our)"),
        ("of", "(?<!by )(?<!no )one", "the (?:best|worst|most|few|first|last|men|women|girls|boys|others)"),
        (
            "to",
            "(?:was|were|is|are|be|been|being) (?:not )?(?:able|unable)",
            "(?:see|go|do|find|get|tell|make|take|help|stop|say|hear|keep|look|move|speak|talk|think|breathe|stand|walk)",
        ),
    )
)
"""Phrases in which a small word cannot be left out: the word, what stands before it, what follows."""


@check(depth="light")
def misspelling(reading: Reading) -> Iterator[Edit | Query]:
    """Mend a word that is not a word.

    What was meant is judged from the letters, the sound and the words around it.  Names, words the
    story makes its own, and the way people in it talk are left alone; a word that stands again and
    again is asked about once, unless it is plain each time what was meant.  What is changed in one place
    is changed in all.

    Edits:
        The two freinds walked home together. → The two friends walked home together.

    Leaves:
        “I’m goin’ ’ome, ain’t I?” said Bert.
        The Zarnovians came at noon. Every Zarnovian carried a lamp.
    """
    doubtful: dict[str, list[Edit]] = defaultdict(list)
    times = Counter(word.text.lower() for word in reading.words)
    slips = sum(
        bool(word.meant) and word.meant[0].probability >= SURE and times[word.text.lower()] < OFTEN
        for word in reading.words
    )
    careless = slips >= SLIPS * len(reading.words)
    for edit in _meant(reading, "spelling", "“{was}” is not a word; “{now}” fits here."):
        doubtful[edit.span.of(reading.text).lower()].append(edit)
    for word, edits in doubtful.items():
        plain = (PLAIN if times[word] > OFTEN else SURE) / (2 if careless else 1)
        mean = sum(edit.confidence for edit in edits) / times[word]
        if 1 < times[word] == len(edits) and len({edit.replacement.lower() for edit in edits}) == 1:
            edits = [replace(edit, confidence=mean) for edit in edits]
        if times[word] < OFTEN or mean >= plain:
            yield from edits
        else:
            see = tuple(edit.span for edit in edits[1:])
            yield Query(
                edits[0].span, f"“{word}” stands here {times[word]} times. Is it a word of the story's own?", see
            )


@check(depth="light")
def misspelt_capital(reading: Reading) -> Iterator[Edit]:
    """Mend a word with a capital that is nobody's name, and the *I* of a contraction.

    Names are the author's, so little is touched: days and months a letter astray, in narration what a list of
    misspellings has, a word that is mended in small letters elsewhere, and *Im*, *Ive*, *Ill* inside a sentence.

    Edits:
        On Wensday I guess Im free. → On Wednesday I guess I'm free.
        They met in the Royal Libary at noon. → They met in the Royal Library at noon.

    Leaves:
        Wensley met Professa Quill. Professa Quill bowed, and Professa smiled.
    """
    lexicon, nearby = load_lexicon(), load_nearby()
    mended = {
        word.text: word.meant[0].text
        for word in reading.words
        if word.meant and word.meant[0].fault == "spelling" and word.meant[0].probability >= SURE
    }
    mark = "’" if reading.style.curly else "'"
    own = reading.bible.own_words
    for word in reading.words:
        text = word.text
        if not (text[0].isupper() and (text[1:].islower() or len(text) == 1)) or text in own:
            continue
        if text in _I_AM and not (word.meant and word.meant[0].probability >= LEAST):
            now = "I" + mark + _I_AM[text]
        elif word.known or any(meaning.probability >= LEAST for meaning in word.meant):
            continue
        else:
            now = day_or_month(text) or mended.get(text.lower(), "").capitalize()
            if not now and len(text) > 5 and reading.passage_at(word.span.start) is None:
                near = nearby.find([text.lower()])[0]
                listed = [lexicon.words[each.place] for each in near if each.listed and each.cost <= SLIGHT * len(text)]
                now = listed[0].capitalize() if len(listed) == 1 else ""
        if now:
            yield Edit(word.span, now, f"“{text}” is not a word; “{now}” fits here.", 0.93)


@check(depth="light")
def wrong_word(reading: Reading) -> Iterator[Edit]:
    """Put the word that was meant in place of one that sounds or looks like it.

    Both are words, so only the sentence tells them apart.

    Edits:
        She did not no where he had gone. → She did not know where he had gone.

    Leaves:
        “There is no one here,” she said. She knew where they were.
    """
    yield from _meant(reading, "wrong word", "“{was}” is a word, but “{now}” fits here.")


@check(depth="light")
def run_together(reading: Reading) -> Iterator[Edit]:
    """Set apart two words that were run together.

    By ear they are one; on the page each stands alone: *a lot*, *at least*, *each other*.

    Edits:
        He had alot of money in the bank. → He had a lot of money in the bank.

    Leaves:
        Everyone was already there, and nobody spoke.
    """
    yield from _meant(reading, "run together", "“{was}” should be set apart: “{now}”.")


@check(depth="light")
def split_word(reading: Reading) -> Iterator[Edit]:
    """Join a word that was written in two.

    A word in two pieces stops the eye, and sometimes says something else: *every day*, *everyday*.

    Edits:
        She had left with out him. → She had left without him.

    Leaves:
        They may be late, and any one of them could be lost.
    """
    yield from _meant(reading, "split", "“{was}” is one word: “{now}”.")


@check(depth="light")
def lost_apostrophe(reading: Reading) -> Iterator[Edit]:
    """Put in the apostrophe of a contraction or a possessive, or take out one that does not belong.

    It stands where letters were left out, and before or after the *s* of one who owns something;
    *its*, *hers* and *yours* have none.

    Edits:
        "It isnt far from the house," he said. → "It isn't far from the house," he said.

    Leaves:
        “Its tail is caught,” she said. “It’s hurt.”
    """
    yield from _meant(reading, "apostrophe", "“{was}” should be “{now}”.")


@check(depth="light")
def lost_word(reading: Reading) -> Iterator[Edit]:
    """Put in a small word that was left out.

    The hand is slower than the thought, and the eye puts in what it expects.

    Edits:
        All of sudden the lamp went out. → All of a sudden the lamp went out.
        She sat down in front the fire. → She sat down in front of the fire.

    Leaves:
        “Seen him lately?” she asked. “Not me.” He was able, for the most part, to see.
        One by one the men came in. No one the girls knew was there.
    """
    for gap in _GAPS:
        for match in gap.finditer(reading.text):
            put = match.lastgroup
            place = Span(match.end(), match.end())
            yield Edit(place, f"{put} ", f"The word “{put}” is missing here.", 0.95)
    yield from _meant(reading, "lost", "The word “{now}” seems to be missing here.")


@check(depth="light")
def wrong_form(reading: Reading) -> Iterator[Edit]:
    """Put a word into the form that its sentence calls for.

    Verbs follow their subjects and the time of the story.  The way people in it speak is left to them.

    Edits:
        They did not came. → They did not come.

    Leaves:
        “We was robbed,” said Bert.
    """
    for edit in _meant(reading, "form", "The sentence calls for “{now}”, not “{was}”."):
        if not _OF_FOR_HAVE.search(reading.text, max(0, edit.span.start - 20), edit.span.start):
            yield edit


@check(depth="light")
def extra_word(reading: Reading) -> Iterator[Edit]:
    """Take out a word that slipped in twice.

    Where a word may rightly follow itself, the words around it decide.

    Edits:
        She looked at at him, and he looked away. → She looked at him, and he looked away.

    Leaves:
        He knew that that was wrong, and he had had enough.
    """
    yield from _meant(reading, "doubled", "“{was}” should stand only once.")


@check(depth="light")
def doubled_word(reading: Reading) -> Iterator[Edit]:
    """Take out the second of two small words that cannot stand side by side.

    Only words that never rightly follow themselves; *had had*, *that that*, *very very* and words
    doubled for their sound are the author's.

    Edits:
        He walked to the the door. → He walked to the door.
        "She took my my coat," he said. → "She took my coat," he said.

    Leaves:
        He had had enough, and he knew that that was that.
        “No no no,” she said. “I want the—the blue one.”
        He gave in in the end. She told her her fortune.
    """
    for match in _DOUBLED.finditer(reading.text):
        second = match.group("second")
        if second.islower():
            yield Edit(Span(*match.span("again")), "", f"“{second}” stands here twice.", 0.97)


def _meant(reading: Reading, fault: Fault, reason: str) -> Iterator[Edit]:
    """An edit for each word whose likeliest meaning shows this fault; `reason` has places for {was} and {now}."""
    for word in reading.words:
        if not word.meant or word.meant[0].fault != fault or word.meant[0].probability < LEAST:
            continue
        meaning = word.meant[0]
        span = Span(meaning.start, meaning.end)
        was, now = span.of(reading.text).strip(), meaning.text.strip()
        yield Edit(span, meaning.text, reason.format(was=was, now=now), meaning.probability)
