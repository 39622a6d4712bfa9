"""The cast: which forms of a name are one person, and which names are places or things."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from math import log
from typing import TYPE_CHECKING

from betareader.language.speech_verbs import SPEECH_VERBS
from betareader.story.bible import Character, Term
from betareader.story.company import ADDRESSES, FAMILY, NAMES_TOO, NEVER_NAMES, SHORTENED, TITLES
from betareader.story.forms import Form
from betareader.story.identity import bearers, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from betareader.story.bearers import Bearer
    from betareader.story.bible import Slip
    from betareader.structure.page import Page

_PRONOUN = re.compile(
    r"\b(?:(he|his|himself)|(she|hers|herself|her(?=\s+(?!(?:in|to|on|with|at|for|from|and|as|up|down|by|into|out|of|but|that)\b)\w)))\b"
    r"|[.!?]"
)
"""Him and her after a name are no more often its bearer than anybody else: “Anna looked at her.”"""
_AFTER_SUBJECT = 2.2
_AFTER_OTHER = 1.0
_AFTER_PREPOSITION = 0.7
"""What a pronoun tells of the name before it: the log odds that it means the bearer, as counted over the given names that are a
man's or a woman's in thirty works; of a sentence's subject it is right in nine places of ten, of other names in three of four."""
_PREPOSITIONS = frozenset("to at of with for from by on and about upon".split())
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\W*$")
_CONTRACTED = re.compile(r"['’][a-z]")
_STRAY = 0.35
"""How often a pronoun after a name means somebody else."""

_REACH = 120
"""How many code points after a name a pronoun may mean its bearer."""


def find_cast(forms: dict[str, Form], page: Page, slips: Iterable[Slip] = ()) -> tuple[Character, ...]:
    """The people of the story, those named most often first."""
    people = {text: form for text, form in forms.items() if form.kind == "person" and _may_be_person(text, form)}
    parts = {part for text in people for part in text.split(" ")}
    people = {text: form for text, form in people.items() if not _is_family(text, form, parts)}
    _take_in_parts(people, forms)
    found = bearers(people, _pronouns(page, forms), [sentence.span.start for sentence in page.sentences])
    variants: dict[str, set[str]] = {}
    for slip in slips:
        variants.setdefault(slip.name, set()).add(slip.text)
    taken = Counter(form for person in found for form in person.forms)
    cast = [_character(person, taken, variants) for person in found if _is_present(person)]
    return tuple(sorted(cast, key=lambda person: (-len(person.mentions), person.name)))


def find_places_and_terms(
    forms: dict[str, Form], cast: Iterable[Character]
) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The places, and the other names that stand at least twice, most often first."""
    taken = {form for person in cast for form in (person.name, *person.aliases)}
    places: list[Term] = []
    terms: list[Term] = []
    for text, form in forms.items():
        if text in taken or len(form.spans) < 2 or text.lower() in NEVER_NAMES | TITLES | FAMILY:
            continue
        (places if form.kind == "place" else terms).append(Term(text, len(form.spans)))

    def rank(term: Term) -> tuple[int, str]:
        return (-term.mentions, term.text)

    return tuple(sorted(places, key=rank)), tuple(sorted(terms, key=rank))


def _may_be_person(text: str, form: Form) -> bool:
    lower = text.lower()
    if _CONTRACTED.search(text):
        return False
    if lower in FAMILY:
        return form.person >= 2 and not form.determined
    if lower in SHORTENED:
        return False
    if lower in TITLES:
        return form.person >= 2 and (form.speaks >= 2 or not form.determined)
    return lower not in NEVER_NAMES or (lower in NAMES_TOO and form.speaks >= 2)


def _is_family(text: str, form: Form, parts: set[str]) -> bool:
    """Whether a name is that of a family as a whole, the Corrans where there is a Corran, or stands once without its apostrophe."""
    is_other = 2 * form.determined >= len(form.spans) or len(form.spans) == 1
    return text.endswith("s") and is_other and text[:-1] in parts


def _take_in_parts(people: dict[str, Form], forms: dict[str, Form]) -> None:
    """A first or last name whose own company says nothing is a person where the full name is one, and the other way."""
    for text in list(people):
        for part in text.split(" "):
            form = forms.get(part)
            if (
                form is not None
                and part not in people
                and form.kind == "thing"
                and 2 * form.determined <= len(form.spans)
            ):
                people[part] = form
    for text, form in forms.items():
        parts = text.split(" ")
        is_open = len(parts) == 2 and text not in people and form.kind == "thing" and not form.determined
        if is_open and parts[0] in people and parts[0].lower() not in TITLES:
            people[text] = form


def _pronouns(page: Page, forms: dict[str, Form]) -> dict[int, tuple[float, float]]:
    """The weight of the pronoun, a man's or a woman's, that follows each mention before anybody else is named.

    Where nearly every pronoun of a story is one woman's, a “she” after a name tells little, and a “he” much.
    """
    spans = sorted(span for form in forms.values() for span in form.spans)
    starts = [span.start for span in spans]
    speeches = [passage.span.start for passage in page.passages if passage.voice == "speech"]
    ends = [passage.span.end for passage in page.passages if passage.voice == "speech"]

    def speech(offset: int) -> int:
        at = bisect_right(speeches, offset) - 1
        return at if at >= 0 and offset < ends[at] else -1

    opens = [sentence.span.start for sentence in page.sentences]
    found: dict[int, tuple[float, float]] = {}
    for number, span in enumerate(spans):
        limit = min(span.end + _REACH, starts[number + 1] if number + 1 < len(starts) else len(page.text))
        here = speech(span.start)
        stops = 0
        for pronoun in _PRONOUN.finditer(page.text, span.end, limit):
            if pronoun[0] in ".!?":
                stops += 1
                if stops == 2:
                    break
            elif speech(pronoun.start()) == here:
                weight = _weight(page.text, opens, span.start)
                found[span.start] = (weight * bool(pronoun[1]), weight * bool(pronoun[2]))
                break
    men, women = (sum(pair[which] for pair in found.values()) + 5 for which in (0, 1))
    telling = [_telling(count / (men + women)) for count in (men, women)]
    return {start: (he * telling[0], she * telling[1]) for start, (he, she) in found.items()}


def _weight(text: str, opens: Sequence[int], start: int) -> float:
    """What the next pronoun tells of a name by the name's place in its sentence."""
    at = bisect_right(opens, start) - 1
    before = _WORD_BEFORE.search(text, max(opens[at] if at >= 0 else 0, start - 30), start)
    word = before[1].lower() if before else ""
    if not word or word in SPEECH_VERBS:
        return _AFTER_SUBJECT
    return _AFTER_PREPOSITION if word in _PREPOSITIONS else _AFTER_OTHER


def _telling(share: float) -> float:
    """How much a pronoun tells that makes up this share of all: 1 at a half."""
    return log((1 - _STRAY + _STRAY * share) / (_STRAY * share)) / log((2 - _STRAY) / _STRAY)


def _is_present(person: Bearer) -> bool:
    """Two mentions, or one with a tag, a title or what people own, or one by first and last name."""
    return person.size >= 2 or person.evidence >= 2 or bool(person.fulls and person.evidence > 0)


def _character(person: Bearer, taken: Counter[str], variants: dict[str, set[str]]) -> Character:
    """One person out of the forms of the name: called by the fullest form that is not rare."""
    most = max(person.forms.values())
    frequent = [form for form, count in person.forms.items() if count >= max(2, most * 0.02)] or [*person.forms]
    name = max(frequent, key=lambda form: (len(form.split(" ")), len(form) * (" " in form), person.forms[form]))
    others = sorted((form for form in person.forms if form != name), key=lambda form: (-person.forms[form], form))
    title = next((each for each, _ in person.titles.most_common() if each in ADDRESSES or each == person.address), "")
    if not title and taken[name] > 1:
        title = next((each for each, _ in person.titles.most_common()), "")
    if person.address and title and (taken[name] > 1 or 2 * person.titles[title] > person.size):
        others = [name, *others] if taken[name] == 1 else others
        name = f"{titled(title)} {name}"
    slipped = {slip for form in person.forms for word in form.split(" ") for slip in variants.get(word, ())}
    return Character(
        name,
        tuple(others),
        tuple(span for _, span in sorted(person.mentions)),
        tuple(sorted(slipped)),
        tuple(titled(each) for each, _ in person.titles.most_common()),
        person.gender,
    )
