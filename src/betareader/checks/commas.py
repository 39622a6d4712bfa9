"""The comma that sets apart the one who is spoken to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.span import Span
from betareader.story.company import FAMILY, SMALL_WORDS, TITLES
from betareader.story.people import is_role

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.structure.page import Passage

_ADDRESS = frozenset(
    "sir madam ma'am idiot moron fool stupid mom mum mommy mummy dad daddy mother father grandma grandpa auntie dude guys"
    " boys girls everyone everybody darling honey sweetheart sweetie officer doctor captain sergeant kid kiddo buddy pal"
    " mam nan nana gran granny papa mama mamma bro sis hun hon missus lads folks mate partner boss ladies gentlemen coward liar bastard jerk dummy dumbass".split()
)
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September"
    " October November December Christmas Easter Halloween English French German American Americans".split()
)
_GREETING = (
    r"(?:hey|hi|hello|hiya|bye|goodbye|good-bye|good (?:morning|evening|afternoon|night)|goodnight|thanks|thank you"
    r"|yes|yeah|yep|no|nope|sorry|please|okay|ok|it['’]?s me|(?:what|where|how) are (?:you|we) (?:doing|saying|going|thinking|talking about)|what['’]?s (?:wrong|up|going on|happening)|welcome|congratulations|happy birthday|of course|sure|not now|never mind)"
)
_CLOSING = (
    r"(?P<closing>me go|you|it|something|anything|everything|nothing|now|here|there|again|alone|okay|ok|sorry|too|much|soon|ready|alive"
    r"|come on|shut up|hurry up|wake up|get up|go|wait|stay|listen|stop it|can['’]t|won['’]t|don['’]t|anymore|today"
    r"|tonight|tomorrow)"
)
_AFTER_GREETING = re.compile(
    rf"(?<![\w'’-]){_GREETING}(?P<gap> )(?P<name>[^\W\d_][\w'’]*)(?=[!?.,]|[\"”])", re.IGNORECASE
)
_AT_THE_END = re.compile(rf"(?<![\w'’-])(?i:{_CLOSING})(?P<gap> )(?P<name>[^\W\d_][\w'’]*)(?=[!?.,]|[\"”])")
_BEFORE_A_NAME = re.compile(
    r"(?<![\w'’-])(?P<before>[a-z]+(?:['’][a-z]+)?)(?P<gap> )(?P<name>[A-Z]\w*)(?=[!?.,]|[\"”])"
)
_ASKED = re.compile(
    r"(?P<name>[^\W\d_]+)(?P<gap> )(?:(?:can|could|will|would|may|shall|should) (?:I|you|we)\b|(?:do|did|have|are|were) (?:you|we)\b"
    r"|I(?:['’](?:m|ve|ll|d)\b| (?:am|was|have|had|do|don['’]t|did|didn['’]t|can|can['’]t|cannot|could|will|won['’]t|would|need|want|think|know|love|just)\b)"
    r"|(?:come|stop|wait|listen|hurry|calm|shut|let['’]s|don['’]t|please|wake|watch|look|get|go) (?:back|here|in|on|up|out|down|it|that|this|me|him|her|them|us|"
    r"away|off|over|be|do|go|tell|say|touch|worry|listen|come|at|to)\b)"
)
_TAKES_A_NAME = re.compile(
    r"\b(?:call|name|give|bring|show|send|hand|get|got|buy|leave|left|make|made|lend|find|found|tell|told|is|was|be|am"
    r"|are|['’](?:s|m|re)|offer|owe|promise|teach|take|took|pass|keep|than|like|with|for|to|from|about|of|as|and|or|want"
    r"|introduce|present)(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_WHOLE = frozenset("come on;shut up;hurry up;wake up;get up;stop it;wait;listen;stay".split(";"))
"""What may be all that is said to somebody: “Come on, Anna!”"""
_STATES = frozenset("sorry alive ready alone late".split())
_YES_OR_NO = re.compile(
    r"(?:(?<=[\"“'‘])|(?<=[.!?] ))(?P<answer>Yes|No|Yeah|Nope|Yep|Nah)(?P<gap> )(?:I|you|he|she|it|we|they|that|this|there)"
    r"(?:['’](?:m|s|re|ve|ll|d)\b| (?:am|are|is|was|were|do|don|does|doesn|did|didn|have|haven|has|hasn|had|hadn|can|cannot"
    r"|could|couldn|will|won|would|wouldn|should|shouldn|must|isn|aren|wasn|weren)\b)"
)
_BEFORE_GREETING = ("", "oh", "well", "so", "and", "but", "no", "yes", "ah", "why", "then")
_CLAUSE = re.compile(r"[^.!?,;:…—\"“”]*\Z")


_BEFORE_NAMES = frozenset(
    "dear old poor young little good big great sweet late name friend brother sister agent saint baby cousin named called old own mate"
    " comrade planet day month year night street house family team project operation code".split()
)
"""Words that stand before a name and belong to it."""
_CALLED_SO = frozenset("dear old poor young little".split())
_INVERTING = frozenset(("Little", "Never", "So", "Nor"))
"""Words that turn a sentence about: “Little did you know.”"""
_IS_SO = re.compile(
    r"(?:\b(?:is|are|was|were|be|look|looks|looked|feel|sound|seem|so|too|very|pretty|really)|['’](?:s|m|re))(?: \w+){0,2}\Z"
)


@check(depth="light")
def vocative_comma(reading: Reading) -> Iterator[Edit]:
    """Set a name or a form of address apart with a comma when someone is spoken to.

    “Let’s eat, Grandma” and “Let’s eat Grandma” are different dinners.  Only where nothing but an
    address can be meant; *oh* before a name keeps no comma.

    Edits:
        “Hey Anna!” Ben called. “Anna, wait!” → “Hey, Anna!” Ben called. “Anna, wait!”
        "No idiot!" she shouted. → "No, idiot!" she shouted.
        “Let me go Anna!” he shouted. “Anna, please.” → “Let me go, Anna!” he shouted. “Anna, please.”
        “Anna I don’t know,” he said to Anna. “Anna, please.” → “Anna, I don’t know,” he said to Anna. “Anna, please.”
        “Stop the cart Anna.” He looked at Anna. → “Stop the cart, Anna.” He looked at Anna.

    Leaves:
        “Oh Anna!” he said. “No idiot would do that.”
        “I know Anna,” he said. “She told me to call you Anna.”
    """
    names = _names(reading)
    for passage in reading.passages:
        if passage.voice != "quoted":
            found: dict[int, Edit] = {}
            for match, chance in _called(reading, passage, names):
                place, reason = match.start("gap"), f"A comma sets “{match['name']}”, who is spoken to, apart."
                found.setdefault(place, Edit(Span(place, place), ",", reason, chance))
            yield from found.values()


@check(depth="light")
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


def _called(reading: Reading, passage: Passage, names: set[str]) -> Iterator[tuple[re.Match[str], float]]:
    """Where in what is said somebody is spoken to without a comma, and how sure that is."""
    text, start = reading.text, passage.inner.start
    asked = _ASKED.match(text, start, passage.inner.end)
    if asked and asked["name"] not in _INVERTING and _is_address(asked["name"], names):
        yield asked, 0.92
    for match in _AFTER_GREETING.finditer(text, start, passage.span.end):
        before = _CLAUSE.findall(text, start, match.start())[0].strip()
        if _is_address(match["name"], names) and before.lower() in _BEFORE_GREETING:
            yield match, 0.93
    for match in _AT_THE_END.finditer(text, start, passage.span.end):
        before = _CLAUSE.findall(text, start, match.start())[0].strip()
        closing = match["closing"]
        is_whole = bool(before) or closing.lower() in _WHOLE
        takes = closing not in _STATES and _TAKES_A_NAME.search(before)
        if _is_address(match["name"], names) and is_whole and not takes:
            yield match, 0.91
    for match in _BEFORE_A_NAME.finditer(text, start, passage.span.end):
        if match["name"] in names and _is_called(reading, match, start):
            yield match, 0.91


def _is_address(word: str, names: set[str]) -> bool:
    return word in names or word.lower().replace("’", "'") in _ADDRESS


def _is_called(reading: Reading, match: re.Match[str], start: int) -> bool:
    """Whether a name at the end of what somebody says is spoken to, going by the word before it and the clause."""
    word, before = match["before"].lower(), _CLAUSE.findall(reading.text, start, match.start())[0].strip()
    pos = reading.words[reading.word_from(match.start("before"))].pos
    if is_role(word) or word in FAMILY | TITLES | SMALL_WORDS:
        return False
    if pos == "NOUN":
        return " " in before and not word.endswith(("s", "ing")) and word not in _BEFORE_NAMES
    return pos == "ADJ" and word not in _CALLED_SO and bool(_IS_SO.search(before))


def _names(reading: Reading) -> set[str]:
    """Everything a person of the story may be called by: the cast, and its other words that are listed as names."""
    lexicon, bible = load_lexicon(), reading.bible
    listed = {word for word in bible.own_words if word[0].isupper() and lexicon.is_name(word)}
    listed -= {place.text for place in bible.places} | _DAYS
    return listed | {form for person in bible.cast for form in (person.name, *person.aliases)}
