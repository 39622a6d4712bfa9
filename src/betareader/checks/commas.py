"""The comma that sets apart the one who is spoken to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

_ADDRESS = frozenset(
    "sir madam ma'am idiot moron fool stupid mom mum mommy mummy dad daddy mother father grandma grandpa auntie dude guys"
    " boys girls everyone everybody darling honey sweetheart sweetie officer doctor captain sergeant kid kiddo buddy pal"
    " mate partner boss ladies gentlemen coward liar bastard jerk dummy dumbass".split()
)
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September"
    " October November December Christmas Easter Halloween English French German American Americans".split()
)
_GREETING = (
    r"(?:hey|hi|hello|hiya|bye|goodbye|good-bye|good (?:morning|evening|afternoon|night)|goodnight|thanks|thank you"
    r"|yes|yeah|yep|no|nope|sorry|please|okay|ok|welcome|congratulations|happy birthday|of course|sure|not now|never mind)"
)
_CLOSING = (
    r"(?P<closing>me go|you|it|something|anything|everything|nothing|now|here|there|again|alone|okay|ok|sorry|too|much|soon|ready|alive"
    r"|come on|shut up|hurry up|wake up|get up|go|wait|stay|listen|stop it|can['’]t|won['’]t|don['’]t|anymore|today"
    r"|tonight|tomorrow)"
)
_AFTER_GREETING = re.compile(
    rf"(?<![\w'’-]){_GREETING}(?P<gap> )(?P<name>[^\W\d_][\w'’]*)(?=[!?.,]|[\"”])", re.IGNORECASE
)
_AT_THE_END = re.compile(rf"(?<![\w'’-]){_CLOSING}(?P<gap> )(?P<name>[^\W\d_][\w'’]*)(?=[!?.,]|[\"”])")
_TAKES_A_NAME = re.compile(
    r"\b(?:call|name|give|bring|show|send|hand|get|got|buy|leave|left|make|made|lend|find|found|tell|told|is|was|be|am"
    r"|are|['’](?:s|m|re)|offer|owe|promise|teach|take|took|pass|keep|than|like|with|for|to|from|about|of|as|and|or|want"
    r"|introduce|present)(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_STATES = frozenset("sorry alive ready alone late".split())
_YES_OR_NO = re.compile(
    r"(?:(?<=[\"“'‘])|(?<=[.!?] ))(?P<answer>Yes|No|Yeah|Nope|Yep|Nah)(?P<gap> )(?:I|you|he|she|it|we|they|that|this|there)"
    r"(?:['’](?:m|s|re|ve|ll|d)\b| (?:am|are|is|was|were|do|don|does|doesn|did|didn|have|haven|has|hasn|had|hadn|can|cannot"
    r"|could|couldn|will|won|would|wouldn|should|shouldn|must|isn|aren|wasn|weren)\b)"
)
_BEFORE_GREETING = ("", "oh", "well", "so", "and", "but", "no", "yes", "ah", "why", "then")
_CLAUSE = re.compile(r"[^.!?,;:…—\"“”]*\Z")


@check(depth="medium")
def vocative_comma(reading: Reading) -> Iterator[Edit]:
    """Set a name or a form of address apart with a comma when someone is spoken to.

    “Let’s eat, Grandma” and “Let’s eat Grandma” are different dinners.  Only where nothing but an
    address can be meant; *oh* before a name keeps no comma.

    Edits:
        “Hey Anna!” Ben called. “Anna, wait!” → “Hey, Anna!” Ben called. “Anna, wait!”
        "No idiot!" she shouted. → "No, idiot!" she shouted.
        “Let me go Anna!” he shouted. “Anna, please.” → “Let me go, Anna!” he shouted. “Anna, please.”

    Leaves:
        “Oh Anna!” he said. “No idiot would do that.”
        “I know Anna,” he said. “She told me to call you Anna.”
    """
    text = reading.text
    names = _names(reading)
    for passage in reading.passages:
        if passage.voice == "quoted":
            continue
        for pattern in (_AFTER_GREETING, _AT_THE_END):
            for match in pattern.finditer(text, passage.inner.start, passage.span.end):
                name = match.group("name")
                if name not in names and name.lower().replace("’", "'") not in _ADDRESS:
                    continue
                before = _CLAUSE.findall(text, passage.inner.start, match.start())[0].strip()
                if pattern is _AFTER_GREETING:
                    if before.lower() not in _BEFORE_GREETING:
                        continue
                elif not before or (match.group("closing") not in _STATES and _TAKES_A_NAME.search(before)):
                    continue
                place = match.start("gap")
                reason = f"A comma sets “{name}”, who is spoken to, apart."
                yield Edit(Span(place, place), ",", reason, 0.93 if pattern is _AFTER_GREETING else 0.91)


@check(depth="medium")
def answer_comma(reading: Reading) -> Iterator[Edit]:
    """Set *yes* or *no* apart with a comma from the sentence it opens.

    The answer is a sentence of its own, and *no* without a comma seems to belong to the next word.

    Edits:
        “No I won’t!” she cried. → “No, I won’t!” she cried.
        "Yes it is," he said. → "Yes, it is," he said.

    Leaves:
        “No one is here,” she said. “Yes, I know.”
    """
    for match in _YES_OR_NO.finditer(reading.text):
        place = match.start("gap")
        answer = match.group("answer").lower()
        yield Edit(Span(place, place), ",", f"A comma sets “{answer}” apart from the sentence it opens.", 0.93)


def _names(reading: Reading) -> set[str]:
    """Everything a person of the story may be called by: the cast, and its other words that are listed as names."""
    lexicon, bible = load_lexicon(), reading.bible
    listed = {word for word in bible.own_words if word[0].isupper() and lexicon.is_name(word)}
    listed -= {place.text for place in bible.places} | _DAYS
    return listed | {form for person in bible.cast for form in (person.name, *person.aliases)}
