"""Whether a run of words opens with a subject and its verb, and so could be a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SPEECH_VERBS, THOUGHT_VERBS

Opening = Literal["pronoun", "name", "noun"]

PRONOUNS = frozenset(
    "i he she we they it you nobody everyone everybody someone somebody nothing something everything neither".split()
)
"""The pronouns that can only be what a clause is about, and *it* and *you*, which mostly are."""

_DETERMINERS = frozenset("the his her my their our its your this that these those both".split())
_AUXILIARIES = frozenset(
    "was were is are am had has have did does do could would should might must can will couldn't wouldn't shouldn't wasn't"
    " weren't isn't aren't hadn't hasn't haven't didn't doesn't don't can't won't".split()
)
_CONTRACTED = frozenset(
    "i'm i'd i'll i've he's he'd he'll she's she'd she'll it's it'd it'll we're we'd we'll we've they're they'd they'll"
    " they've you're you'd you'll you've there's that's".split()
)
_ONLY_PAST = frozenset(
    "went fell rose began shook took grew knew saw gave flew broke spoke woke drove wrote threw blew drew swam sang rang"
    " sank ate chose froze wore tore swore rode lay became ran came shrank sprang stank strode".split()
)
_VERBS = frozenset(
    verb for verb in BEAT_VERBS | LOOSE_VERBS | SPEECH_VERBS | THOUGHT_VERBS | _ONLY_PAST if not verb.endswith("ing")
) | frozenset("made got had found left kept lost told meant wanted needed liked loved let saw knew put set".split())
_BETWEEN = frozenset(
    "just then still never also always only now almost already finally suddenly soon even ever".split()
)
_STRETCHES = frozenset("a an some several two three minutes moments seconds hours days weeks months years".split())
_LEADS = frozenset("and but so then now still yet suddenly finally or even instead".split())


_SENTENCES = re.compile(r"[.!?…] ")
_ASKS = re.compile(
    r"(?:(?:and|but|so|well|then|now|oh|[A-Z]\w+),? )?(?:who|what|where|when|why|how|whose|which|do|does|did|is|are|was|were|can|could|will|would|"
    r"should|have|has|had|isn['’]t|aren['’]t|don['’]t|didn['’]t|won['’]t|can['’]t)\b",
    re.IGNORECASE,
)


def ends_asking(speech: str) -> bool:
    """Whether the last sentence of a speech opens as questions do."""
    return bool(_ASKS.match(_SENTENCES.split(speech)[-1]))


_PLAINLY_ASKS = re.compile(
    r"(?:(?:and|but|so|well|then|now|oh|okay|ok|hey|sir|wait|please),? )?(?:(?:who|what|where|when|why|how)['’]?s\b|(?:where|when|why|how)(?: (?:much|many|long|far"
    r"|old|come|soon|else))? (?:is|are|am|was|were|do|does|did|have|has|can|could|will|would|should)\b|(?:what|who) (?:is|are|am|was|were|do|does|did|have|has"
    r"|can|could|will|would|should|happened|happens|took|made|makes|the (?:hell|heck))\b|(?:does|did|is|are|was|were|can|could|will|would|have|has|should"
    r"|do(?= (?:you|i|we|they)\b)|(?:is|are|do|did|was|were|wo|ca|could|would|have|has|does)n['’]?t) (?:you|i|he|she|we|they|there|your|anybody|anyone)\b"
    r"|(?:is|was|does|did|will|would|can|could) (?:it|that|this)\b)",
    re.IGNORECASE,
)


def plainly_asks(speech: str) -> bool:
    """Whether the last sentence of a speech can be nothing but a question."""
    return bool(_PLAINLY_ASKS.match(_SENTENCES.split(speech)[-1])) and not re.search(
        r"\b(?:were|was) (?:i|he|she) to\b", speech, re.IGNORECASE
    )


def clause_opening(words: Sequence[str]) -> Opening | None:
    """What kind of subject the words open with, where a finite verb follows it; None where no clause opens.

    `words` stand side by side with no stop between them; an opening *and*, *but*, *then* or “a moment later” is passed
    over.  A
    participle after a noun (“his eyes fixed on the wall”) is no finite verb.
    """
    place = 0
    low = [word.lower().replace("’", "'") for word in words[:9]]
    while place < len(low) and (low[place] in _LEADS or (low[place].endswith("ly") and len(low[place]) > 4)):
        place += 1
    if "later" in low[:5] and low[place] in _STRETCHES:
        place = low.index("later") + 1
    if place + 1 >= len(low):
        return None
    first = low[place]
    if first in _CONTRACTED:
        return "pronoun"
    if first == "there":
        return "noun" if low[place + 1] in _AUXILIARIES else None
    if first in PRONOUNS:
        if _is_finite(_after_adverbs(low, place + 1)):
            return "pronoun"
        return _noun_opening(low, place) if first == "neither" else None
    if first in _DETERMINERS or first.endswith("'s"):
        return _noun_opening(low, place)
    if words[place][0].isupper() and place < 3:
        if low[place + 1] == "and" and place + 3 < len(low) and words[place + 2][0].isupper():
            place += 2
        elif words[place + 1][0].isupper() and place + 2 < len(low):
            if low[place + 1].endswith("'s"):
                return _noun_opening(low, place + 1)
            place += 1
        return "name" if _is_finite(_after_adverbs(low, place + 1)) else None
    return None


def _noun_opening(low: Sequence[str], place: int) -> Opening | None:
    """Whether a plain finite verb follows the noun whose article stands at `place`."""
    for word in low[place + (1 if low[place] in ("this", "that", "neither") else 2) : place + 6]:
        if word in _AUXILIARIES or word in _ONLY_PAST:
            return "noun"
        if word in PRONOUNS or word in ("who", "which", "and", "that", "of", "with", "in"):
            return None
    return None


def _after_adverbs(low: Sequence[str], place: int) -> str:
    while place < len(low) - 1 and (low[place] in _BETWEEN or (low[place].endswith("ly") and len(low[place]) > 4)):
        place += 1
    return low[place]


def _is_finite(word: str) -> bool:
    return word in _AUXILIARIES or word in _VERBS or (word.endswith("ed") and len(word) > 4)
