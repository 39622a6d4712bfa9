"""Expressions of time as they stand in a sentence: the next morning, three days later, on Tuesday, May 3, 1887."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from betareader.span import Span

if TYPE_CHECKING:
    from betareader.structure.page import Page

Form = Literal[
    "next", "later", "passed", "after", "same", "once", "ago", "before", "tomorrow", "weekday", "date", "year", "season",
    "hour", "lasting", "meanwhile",
]  # fmt: skip
Tense = Literal["told", "had", "would"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"sept": 9}
_SMALL = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBERS = {word: number for number, word in enumerate(_SMALL, 1)} | _TENS | {"a": 1, "an": 1, "another": 1}
_GUESSED = {"a few": 3, "several": 4, "a couple of": 2, "some": 3, "a handful of": 4, "some few": 3}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third
        twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth
        thirty-first""".split(),
        1,
    )
}
_DAYS_IN = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}

_PART = r"(?:morning|forenoon|noon|midday|afternoon|evening|night|day|dawn|dusk)"
_UNIT = r"(?P<{0}unit>second|minute|moment|hour|day|night|week|fortnight|month|year)s?"
_COUNT = (
    rf"(?P<{{0}}count>(?i:a few|several|a couple of|a handful of|some few|some|another|half an?|a quarter of an|an?|(?:{'|'.join(_TENS)})"
    rf"(?:-(?:{'|'.join(_SMALL[:9])}))?|{'|'.join(sorted(_SMALL, key=len, reverse=True))}|\d{{{{1,3}}}}))"
)
_LENGTH = rf"{_COUNT} (?:more |long |short |whole |full )?{_UNIT}"
_WEEKDAY = rf"(?:{'|'.join(name.capitalize() for name in WEEKDAYS)})"
_MONTH = rf"(?:{'|'.join(name.capitalize() for name in MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\.)"
_ORDINAL = rf"(?:{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_YEAR = r"(?:1[4-9]\d\d|20\d\d|2[1-9]\d\d)"
_SEASON = r"(?:spring|summer|autumn|winter)"
_OVER = r"(?=[,.;:!?—–…)]|\s*$| (?:he|she|they|I|we|it|the|that|when|and|there|his|her|my|as|in|at|on)\b)"

_FUNCTION = (
    r"(?:he|she|they|we|it|the|and|or|but|at|in|on|of|to|for|when|was|were|had|that|before|after|as|with|from|a|an|his|her|"
    r"my|their|came|they|there|until|so|by|last|next|week)\b"
)
_CLOCK = (
    rf"(?:a )?(?:quarter (?:to|past) )?(?:{'|'.join(_SMALL[:12])}|\d{{1,2}})(?:[:.]\d\d)? o[’']clock|\d{{1,2}}[:.]\d\d"
)


def _long(form: str) -> str:
    """The pattern of a length of time, its groups named for the form it is part of."""
    return _LENGTH.format(f"{form}_")


_PATTERNS: dict[Form, str] = {
    "next": (
        rf"(?:[Oo]n the|[Ee]arly (?:on )?the|[Ll]ate the|[Bb]y the|[Tt]he) (?:very )?(?:next|following) "
        rf"(?P<next_unit>{_PART}|week|month|year|{_SEASON}|{_WEEKDAY})(?: (?:morning|afternoon|evening|night))?"
        r"|[Nn]ext (?P<next_bare>day|morning|afternoon|evening)"
        r"|[Tt]he (?P<next_after>day|morning|evening|night|week) after(?: that| next)?(?=[,.;!?])"
    ),
    "later": rf"{_long('later')} (?:later|afterwards?|after (?:that|this)|after(?=[,.;]))",
    "passed": rf"{_long('passed')} (?:had )?(?:passed|went by|gone by|elapsed|slipped by|crawled by)",
    "after": rf"[Aa]fter (?:about |nearly |almost |over )?{_long('after')}{_OVER}",
    "ago": rf"{_long('ago')} (?:ago|earlier|previously|back(?=[,.;])|before{_OVER})",
    "before": (
        rf"yesterday(?: {_PART})?|last (?:night|week|month|year|evening|{_SEASON}|{_WEEKDAY}(?: night)?)"
        rf"|the (?:previous|preceding) (?:{_PART}|week|month|year)|the (?:day|night|evening|morning|week) before{_OVER}"
    ),
    "tomorrow": rf"tomorrow(?: {_PART})?|next (?:week|month|year|{_SEASON}|{_WEEKDAY})",
    "same": (
        r"(?:[Ll]ater |[Ll]ate |[Ee]arly |[Ee]arlier )?(?:[Tt]he same|[Tt]hat same|[Tt]hat very|[Tt]hat) "
        r"(?:morning|afternoon|evening|night|day)|[Tt]his (?:morning|afternoon|evening)|[Tt]oday|[Tt]onight"
    ),
    "once": (
        r"[Oo]ne (?:(?:fine|cold|hot|rainy|wet|dark|bright|sunny|warm|bitter|stormy|early|late|spring|summer|autumn|"
        rf"winter) )*(?:morning|afternoon|evening|night|day)(?: (?:in|of) {_MONTH})?"
    ),
    "date": (
        rf"(?:{_WEEKDAY},? (?:the )?)?(?:(?P<date_day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?|(?P<date_word>{_ORDINAL}) of) "
        rf"(?P<date_month>{_MONTH})(?:,? (?P<date_year>{_YEAR}))?"
        rf"|(?:{_WEEKDAY},? (?:the )?)?(?P<american_month>{_MONTH}) (?:the )?"
        rf"(?:(?P<american_day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d| o[’']clock)|(?P<american_word>{_ORDINAL}))"
        rf"(?:,? (?P<american_year>{_YEAR}))?"
    ),
    "weekday": (
        r"(?:(?:[Oo]n|[Ll]ast|[Nn]ext|[Tt]his|[Tt]hat|[Bb]y|[Uu]ntil|[Tt]ill|[Ss]ince|[Ff]rom|[Ee]very|[Ee]ach|[Oo]ne)"
        rf" (?:the )?(?:following )?)?{_WEEKDAY}(?: (?:morning|afternoon|evening|night)|(?![’']s| [A-Z]\w)"
        rf"(?! (?!{_FUNCTION})[a-z]))"
    ),
    "season": (
        r"(?:[Ii]n|[Tt]hat|[Ll]ate in|[Ee]arly in|[Oo]ne|[Dd]uring|[Aa]ll) (?:the )?(?:early |late )?"
        rf"(?:{_SEASON}|{_MONTH}(?! \d))(?:,? (?:of )?(?P<season_year>{_YEAR}))?"
    ),
    "year": rf"(?:[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Uu]ntil|[Tt]he year(?: of)?) (?P<year_year>{_YEAR})",
    "hour": (
        r"[Aa]t (?:about |nearly )?(?:noon|midnight|midday|dawn|dusk|daybreak|sunrise|sunset|nightfall|twilight"
        rf"|half[ -]past \w+|{_CLOCK})"
        r"|(?:[Ii]n|[Ee]arly in|[Ll]ate in|[Tt]owards?) the (?:early |late )?(?:morning|forenoon|afternoon|evening|night|noon)"
    ),
    "lasting": (
        r"(?:[Ff]or|[Dd]uring) (?:about |nearly |almost |over |more than |the (?:last|past|next|first) )?"
        rf"{_long('lasting')}(?: now)?"
    ),
    "meanwhile": r"[Mm]eanwhile|[Ii]n the mean ?time|[Aa]t (?:that|the) (?:very )?same (?:time|moment|hour)",
}
_EXPRESSION = re.compile(
    r"\b(?:" + "|".join(f"(?P<{form}>{pattern})" for form, pattern in _PATTERNS.items()) + r")(?!\w)"
)
_DATE = re.compile(rf"\b(?P<date>{_PATTERNS['date']})(?!\w)")
_CUES = frozenset(
    f"""{" ".join(WEEKDAYS)} {" ".join(_MONTH_NUMBERS)} second seconds minute minutes moment moments hour hours day days
    night nights week weeks fortnight fortnights month months year years morning forenoon noon midday afternoon evening
    dawn dusk daybreak sunrise sunset nightfall twilight midnight yesterday today tonight tomorrow spring summer autumn
    winter meanwhile meantime half o'clock o’clock""".split()
)
_HAD = re.compile(
    r"\b(?:had|hadn[’']t|[Hh]aving|\w+[’']d)\b(?: (?!been (?!\w+ing))\w+){0,2}? (?:been|\w+(?:ed|en|wn|ght|ne|me|ept|elt|aid|ade|ft|st|lt|nt|ld|de|ung|oke|ore))\b"
)
_WOULD = re.compile(
    r"\b(?:would|will|shall|should|could|might|must|may|can|going to|about to|was to|were to|[Ii]f|[Uu]ntil|[Tt]ill|promised"
    r"|planned|hoped|to be|\w+[’']ll)\b"
)
_IT_WAS = re.compile(r"\b(?:[Ii]t|[Tt]hat|[Tt]his|[Tt]oday) (?:was|is)(?: now)?(?: a| the| on)? ?\Z")
_NOT_YET = re.compile(r"\b(?:[Bb]efore|[Uu]ntil|[Tt]ill|not|scarcely|hardly|than|less) \Z")
_NEW_CLAUSE = re.compile(r"(?:[,;:—–]|\b(?:and|but|then|so)) ?\Z")
_SUBJECT = re.compile(r",? (?:I|he|she|they|we|it|the|his|her|my|their|our|[A-Z]\w+)\b")
_WORD = re.compile(r"[\w’'-]+")
_SEASONS = frozenset(("spring", "summer", "autumn", "winter"))


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of time in the narration.

    `days` is how far it leads from the day spoken of before, `sure` whether that is stated and not
    guessed (“a few days”); `weekday` counts from Monday, 0.  `opens` says that it stands first in its
    sentence, `paragraph` that the sentence is the first of its paragraph; `tense` is that of the sentence about it.
    """

    span: Span
    text: str
    form: Form
    days: int | None = None
    sure: bool = True
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    opens: bool = False
    paragraph: bool = False
    tense: Tense = "told"

    @property
    def is_impossible(self) -> bool:
        """Whether the date is in no calendar: April 31, or February 29 in a year that has none."""
        return bool(self.month and self.day) and ordinal_of(self.year or 2000, self.month or 1, self.day or 1) is None

    @property
    def true_weekday(self) -> int | None:
        """The day of the week that the date fell on; None where no year stands with it, or it is impossible."""
        if not (self.year and self.month and self.day):
            return None
        ordinal = ordinal_of(self.year, self.month, self.day)
        return None if ordinal is None else (ordinal - 1) % 7


def ordinal_of(year: int, month: int, day: int) -> int | None:
    """The number of a day, counted from the first of the year 1; None where the calendar has no such day."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def find_dates(text: str) -> Iterator[Expression]:
    """Every date with a day and a month, in narration, speech and letters alike."""
    for match in _DATE.finditer(text):
        found = _expression(match, 0)
        if found is not None:
            yield found


def find_expressions(page: Page) -> Iterator[Expression]:
    """Every expression of time in the narration and the headings, in order; of what is said aloud, none."""
    text = page.text
    spoken = [passage.span for passage in page.passages if passage.voice != "quoted"]
    starts = [span.start for span in spoken]
    openings = [paragraph.span.start for paragraph in page.paragraphs if paragraph.role in ("body", "heading")]
    for sentence in page.sentences:
        start = sentence.span.start
        words = text[start : sentence.span.end]
        if not any(word.lower().rstrip(".") in _CUES or word.isdigit() for word in _WORD.findall(words)):
            continue
        place = bisect_right(starts, start) - 1
        if place >= 0 and spoken[place].end > start:
            continue
        opening = bisect_right(openings, start) - 1
        begins = opening >= 0 and start - openings[opening] <= 3
        tense: Tense | None = None
        for match in _EXPRESSION.finditer(words):
            expression = _expression(match, start)
            if expression is None or (expression.form == "passed" and _NOT_YET.search(words, 0, match.start())):
                continue
            first = not any(map(str.isalnum, words[: match.start()]))
            tense = tense or _tense(words)
            opens = first or (expression.form in ("weekday", "date") and bool(_IT_WAS.search(words, 0, match.start())))
            opens = opens or bool(_NEW_CLAUSE.search(words, 0, match.start()) and _SUBJECT.match(words, match.end()))
            yield replace(expression, opens=opens, paragraph=first and begins, tense=tense)


def _tense(sentence: str) -> Tense:
    if _WOULD.search(sentence):
        return "would"
    return "had" if _HAD.search(sentence) else "told"


def _expression(match: re.Match[str], offset: int) -> Expression | None:
    """What the words matched say, the tense of the sentence apart."""
    form = next(form for form in _PATTERNS if match.groupdict().get(form) is not None)
    span, text = Span(match.start() + offset, match.end() + offset), match[0]
    if form in ("later", "passed", "after", "ago", "lasting"):
        count, unit = match.group(f"{form}_count"), match.group(f"{form}_unit")
        days, sure = _length(count.lower(), unit)
        return Expression(span, text, form, days, sure)
    lower = text.lower()
    weekday = next((number for number, name in enumerate(WEEKDAYS) if name in lower), None)
    if form == "next":
        unit = match.group("next_unit") or match.group("next_bare") or match.group("next_after")
        if weekday is not None:
            return Expression(span, text, form, None, True, weekday)
        days = _DAYS_IN.get(unit, 90 if unit in _SEASONS else 1)
        return Expression(span, text, form, days, days == 1)
    if form == "before":
        days = next((_DAYS_IN[unit] for unit in ("week", "month", "year") if unit in lower), 1)
        return Expression(span, text, form, None if weekday is not None else -days, days == 1, weekday)
    if form == "tomorrow":
        days = next((_DAYS_IN[unit] for unit in ("week", "month", "year") if unit in lower), 1)
        return Expression(span, text, form, None if weekday is not None else days, days == 1, weekday)
    if form == "date":
        return _date(match, span, weekday)
    if form in ("year", "season"):
        year = match.group(f"{form}_year")
        month = next((number for name, number in _MONTH_NUMBERS.items() if len(name) > 3 and name in lower), None)
        return Expression(span, text, form, None, True, None, int(year) if year else None, month)
    return Expression(span, text, form, 0, True, weekday)


def _length(count: str, unit: str) -> tuple[int, bool]:
    """How many days `count` of `unit` make, and whether that is more than a guess; less than a day is none."""
    if unit not in _DAYS_IN:
        return 0, True
    if count in _GUESSED:
        return _GUESSED[count] * _DAYS_IN[unit], False
    if count.startswith("half"):
        return _DAYS_IN[unit] // 2, False
    return (number_of(count) or 0) * _DAYS_IN[unit], unit in ("day", "night", "week", "fortnight")


def number_of(words: str) -> int | None:
    """The number that words or digits name, up to ninety-nine in words; None where they name none."""
    if words.isdigit():
        return int(words)
    tens, _, ones = words.lower().replace(" ", "-").partition("-")
    if tens not in _NUMBERS or (ones and ones not in _NUMBERS):
        return None
    return _NUMBERS[tens] + (_NUMBERS[ones] if ones else 0)


def _date(match: re.Match[str], span: Span, weekday: int | None) -> Expression | None:
    way = "date" if match.group("date_month") else "american"
    month = _MONTH_NUMBERS[match.group(f"{way}_month").lower().rstrip(".")]
    digits, word = match.group(f"{way}_day"), match.group(f"{way}_word")
    year = match.group(f"{way}_year")
    day = int(digits) if digits else _ORDINALS[word]
    if not 1 <= day <= 31:
        return None
    return Expression(span, match[0], "date", None, True, weekday, int(year) if year else None, month, day)
