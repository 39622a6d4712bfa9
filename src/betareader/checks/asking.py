"""Questions that end with a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

FLAT, OFTEN = 0.5, 6
"""From so many plain questions without a mark on, and this share of all, the author wants them so."""

_HELPS = r"(?:is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|should|shall)"
_DENIES = r"(?:is|are|was|were|do|does|did|have|has|had|ca|could|wo|would|should)n['’]?t"
_PERSON = r"(?:you|i|he|she|it|they|we)"
_WHOM = rf"(?:{_PERSON}|the|your|my|his|her|our|their|this|that|these|those|anybody|anyone|somebody|someone|all|there)"
_QUESTION = re.compile(
    rf"(?:(?:but|well|then|now|oh|okay|ok),? )?(?:"
    rf"(?:and )?(?:where|when|why|how|what|who|which)(?: (?:much|many|long|far|old|soon|else|time|day|sort of \w+|kind of \w+|of \w+))? (?:{_HELPS}|{_DENIES}) {_WHOM}\b"
    rf"|(?:where|when|why|how|who|what)['’]?s (?!more\b|worse\b|better\b|it to\b)(?:{_WHOM}|up|wrong|going|\w+ing)\b"
    rf"|(?:does|did|is|are|was|can|could|would|will|have|has|shall|do(?= (?:you|i|we|they)\b)|{_DENIES}(?<!don['’]t)(?<!dont)) {_PERSON}\b"
    rf"|(?:is|was|are|were) (?:that|this|there)\b|(?:who|what) (?:told|said|gave|took|made)\b|what (?:is|was|happened)\Z|what happened to \w+\Z"
    rf")[^,;:—–]*(?:, [\w ]{{2,16}})?",
    re.IGNORECASE,
)
"""What can be nothing but a question: who or what asks, a verb that helps, and a subject after it."""

_TAIL = re.compile(
    rf"[^?]*\w, (?:(?:{_DENIES}) {_PERSON}|(?:is|are|was|were|can|could|have|has|do|does|did) {_PERSON})", re.IGNORECASE
)
"""What asks for assent at its end: “it is, isn't it”."""

_NO_QUESTION = re.compile(
    r"how do you do\b|(?:so|nor|neither) |(?:what|who)(?: \w+){1,4} (?:is|was) (?:that|because|to)\b|(?:who|what) (?:can|could|will|would|has|have) \w+ (?:is|was|can|will)\b"
    r"|.*\b(?:mr|mrs|ms|dr|st|[a-z])\Z|(?:have it|would you|is that so|do i (?:ever|not)|did i ever|would i\b|am i (?:glad|ever))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?P<said>[A-Z][^.?!…\n]*)(?P<stop>[.?])(?![.?!…\w])")


@check(depth="light")
def question_with_full_stop(reading: Reading) -> Iterator[Edit]:
    """End with a question mark what somebody plainly asks.

    Only in speech, and where nothing but a question can open so; an author who asks flatly throughout is left to it.

    Edits:
        "Where are you going." → "Where are you going?"
        "Yes. What did she say. Tell me." → "Yes. What did she say? Tell me."
        "It is his, isn't it." → "It is his, isn't it?"

    Leaves:
        "How do you do." "So do I." "What he did was wrong."
        "Don't you dare." "Were I to go, who would stay." "What a day."
        "Where are you going?"
    """
    found: list[int] = []
    asked = 0
    text = reading.text
    for passage in reading.passages:
        if passage.voice != "speech":
            continue
        for sentence in _SENTENCE.finditer(text, passage.inner.start, passage.inner.end):
            said = sentence["said"]
            if _NO_QUESTION.match(said) or not (_QUESTION.fullmatch(said) or _TAIL.fullmatch(said)):
                continue
            if sentence["stop"] == "?":
                asked += 1
            else:
                found.append(sentence.start("stop"))
    if len(found) >= OFTEN and len(found) > FLAT * (len(found) + asked):
        return
    for place in found:
        yield Edit(Span(place, place + 1), "?", "This is a question.", 0.92)
