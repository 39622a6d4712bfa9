"""The forms of verbs: the irregular ones by a table, the others by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

_VOWELS = "aeiou"

_IRREGULAR = """
be was been | bear bore borne | become became become | begin began begun | bend bent bent | bind bound bound
bite bit bitten | bleed bled bled | blow blew blown | break broke broken | bring brought brought | build built built
burst burst burst | buy bought bought | catch caught caught | choose chose chosen | cling clung clung | come came come
creep crept crept | cut cut cut | dig dug dug | do did done | draw drew drawn | drink drank drunk | drive drove driven
eat ate eaten | fall fell fallen | feed fed fed | feel felt felt | fight fought fought | find found found
flee fled fled | fling flung flung | fly flew flown | forget forgot forgotten | forgive forgave forgiven
freeze froze frozen | get got got | give gave given | go went gone | grind ground ground | grow grew grown
hang hung hung | hear heard heard | hide hid hidden | hit hit hit | hold held held | hurt hurt hurt | keep kept kept
kneel knelt knelt | know knew known | lead led led | leave left left | lend lent lent | let let let | lie lay lain
lose lost lost | make made made | mean meant meant | meet met met | pay paid paid | put put put | ride rode ridden
ring rang rung | rise rose risen | run ran run | say said said | see saw seen | seek sought sought | sell sold sold
send sent sent | shake shook shaken | shine shone shone | shoot shot shot | shrink shrank shrunk | shut shut shut
sing sang sung | sink sank sunk | sit sat sat | sleep slept slept | slide slid slid | speak spoke spoken
spend spent spent | spin spun spun | spread spread spread | spring sprang sprung | stand stood stood
steal stole stolen | stick stuck stuck | sting stung stung | strike struck struck | swear swore sworn
sweep swept swept | swim swam swum | swing swung swung | take took taken | teach taught taught | tear tore torn
tell told told | think thought thought | throw threw thrown | understand understood understood | wake woke woken
wear wore worn | weep wept wept | win won won | wind wound wound | wring wrung wrung | write wrote written
"""
"""Base, past and participle."""


@dataclass(frozen=True)
class Verbs:
    """The irregular verbs: `pasts` by participle, where the two differ, `bases` by base; `others` has base and participle by past."""

    pasts: dict[str, str]
    bases: dict[str, str]
    others: dict[str, tuple[str, str]]


@cache
def load_verbs() -> Verbs:
    """The irregular verbs, *be* left out but for its participle."""
    found = Verbs({}, {}, {})
    for line in filter(str.strip, _IRREGULAR.replace("\n", "|").split("|")):
        base, past, participle = line.split()
        if base != "be":
            found.others[past] = (base, participle)
            found.bases[base] = past
            if participle != past:
                found.pasts[participle] = past
    return found


def with_ed(base: str) -> Iterator[str]:
    """The past of a verb as if it were regular, its last letter doubled where a writer may double it."""
    if base.endswith("e"):
        yield base + "d"
    elif base.endswith("y") and base[-2:-1] not in _VOWELS:
        yield base[:-1] + "ied"
    else:
        yield base + "ed"
        if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", base):
            yield base + base[-1] + "ed"


def regular_past(base: str, knows: Callable[[str], bool]) -> str | None:
    """The past of a regular verb (nod, nodded); None where `base` is not one."""
    if len(base) < 3 or not knows(third_person(base)):
        return None
    return next(
        (past for past in reversed([*with_ed(base)]) if knows(past) and regular_base(past, knows) == base), None
    )


def third_person(base: str) -> str:
    """The form of a verb after *he*."""
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if re.search(r"(?:s|x|z|ch|sh|[^o]o)$", base) else "s")


def regular_base(word: str, knows: Callable[[str], bool]) -> str | None:
    """The base of a regular verb in the past (nodded → nod); None where `word` is not one."""
    if len(word) < 5 or not word.endswith("ed") or word.endswith("eed"):
        return None
    stem = word[:-2]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "slzf" and knows(stem[:-1]):
        base = stem[:-1]
    elif stem.endswith("i"):
        base = stem[:-1] + "y"
    elif knows(stem):
        base = stem
    else:
        base = stem + "e"
    return base if knows(base) and knows(third_person(base)) else None
