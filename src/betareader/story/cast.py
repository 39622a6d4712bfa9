"""The cast: which forms of a name are one person, and which names are places or things."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from betareader.story.bible import Character, Term
from betareader.story.company import FAMILY, FEMALE_TITLES, MALE_TITLES, NEVER_NAMES, TITLES
from betareader.story.forms import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from betareader.story.names import Usage


def find_cast(forms: dict[str, Form], usage: Usage) -> tuple[Character, ...]:
    """The people of the story, those named most often first; each has two mentions, or a tag or a title."""
    people = {text: form for text, form in forms.items() if form.kind == "person" and _may_be_person(text, form)}
    _take_in_parts(people, forms)
    _set_couples_apart(people)
    leader = _same_person(people, usage)
    groups: dict[str, list[Form]] = defaultdict(list)
    for text, form in people.items():
        groups[leader[text]].append(form)
    cast = [_character(group) for group in groups.values() if _is_present(group)]
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
    if lower in FAMILY:
        return form.person >= 2 and not form.determined
    return lower not in NEVER_NAMES and lower not in TITLES


def _take_in_parts(people: dict[str, Form], forms: dict[str, Form]) -> None:
    """A first or last name whose own company says nothing is a person where the full name is one."""
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


def _set_couples_apart(people: dict[str, Form]) -> None:
    """Make two people of Mr. and Mrs. Quill; a bare Quill goes to the one who stands more often."""
    for form in list(people.values()):
        men, women = (
            [which for which, title in enumerate(form.titles) if title in titles]
            for titles in (MALE_TITLES, FEMALE_TITLES)
        )
        if men and women and " " not in form.text:
            fewer = min(women, men, key=len)
            title = Counter(form.titles[which] for which in fewer).most_common(1)[0][0]
            name = f"{title.capitalize()}{'.' * (title in ('mr', 'mrs', 'ms'))} {form.text}"
            people[name] = form.take_out(fewer, name)


def _is_present(group: list[Form]) -> bool:
    mentions = sum(len(form.spans) for form in group)
    return mentions >= 2 or sum(form.person for form in group) >= 2


def _character(group: list[Form]) -> Character:
    """One person out of the forms of the name: called by the fullest form that is not rare."""
    most = max(len(form.spans) for form in group)
    frequent = [form for form in group if len(form.spans) >= max(2, most * 0.02)] or group
    name = max(
        frequent, key=lambda form: (len(form.text.split(" ")), len(form.text) * (" " in form.text), len(form.spans))
    )
    others = sorted((form for form in group if form is not name), key=lambda form: (-len(form.spans), form.text))
    mentions = sorted(span for form in group for span in form.spans)
    return Character(name.text, tuple(form.text for form in others), tuple(mentions))


def _same_person(people: dict[str, Form], usage: Usage) -> dict[str, str]:
    """For each form of a name the form that stands for its person."""
    leader = {text: text for text in people}
    by_part: dict[str, list[str]] = defaultdict(list)
    for text in people:
        if " " in text and text.split(" ")[0].rstrip(".").lower() not in TITLES:
            parts = text.split(" ")
            for part in {parts[0], parts[-1]}:
                by_part[part].append(text)
    for part, fulls in by_part.items():
        if part in people:
            bearer = _bearer(people, part, fulls)
            if bearer is not None:
                leader[part] = bearer
    for short, full in _short_forms(people, usage):
        leader[short] = leader[full]
    return {text: _follow(leader, text) for text in leader}


def _follow(leader: dict[str, str], text: str) -> str:
    for _ in range(8):
        if leader[text] == text:
            break
        text = leader[text]
    return text


def _bearer(people: dict[str, Form], part: str, fulls: list[str]) -> str | None:
    """Whose name `part` is, among the full names that hold it."""
    titles = people[part].titles
    fitting = [full for full in fulls if not _clash(titles, people[full].titles)]
    if not fitting:
        return None
    best = max(fitting, key=lambda full: len(people[full].spans))
    rivals = [full for full in fitting if full != best and 3 * len(people[full].spans) > len(people[best].spans)]
    given = [full for full in fitting if full.startswith(part + " ")]
    if len(given) == 1 and len(fitting) == 1:
        return given[0]
    return None if rivals else best


def _clash(titles: list[str], others: list[str]) -> bool:
    """Whether one person's titles are a man's and the other's a woman's."""
    one, two = ((not MALE_TITLES.isdisjoint(each), not FEMALE_TITLES.isdisjoint(each)) for each in (titles, others))
    return one[0] != one[1] and two[0] != two[1] and one != two


def _short_forms(people: dict[str, Form], usage: Usage) -> list[tuple[str, str]]:
    """Nicknames that begin a longer name, Ben of Benjamin, where the two never meet."""
    singles = [text for text in people if " " not in text and "-" not in text]
    firsts = {text.split(" ")[0] for text in people}
    found = []
    for short in singles:
        if len(short) < 3:
            continue
        longer = [name for name in firsts if name.startswith(short) and len(name) >= len(short) + 3]
        if len(longer) != 1 or any(full.split(" ")[0] == short for full in people if " " in full):
            continue
        whole = [text for text in people if text.split(" ")[0] == longer[0]]
        best = max(whole, key=lambda text: len(people[text].spans))
        if not _meet(people[short], [people[text] for text in whole], usage):
            found.append((short, best))
    return found


def _meet(form: Form, others: list[Form], usage: Usage) -> bool:
    """Whether the two names stand within a dozen words of each other: then they are two people."""
    places = sorted(place for other in others for place in other.places)
    position = 0
    for place in form.places:
        while position < len(places) and places[position] < place - 12:
            position += 1
        if position < len(places) and places[position] <= place + 12:
            return True
    return False
