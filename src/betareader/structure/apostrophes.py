"""Words that are written with an apostrophe at an edge, where letters were dropped."""

from __future__ import annotations

import re
from typing import Literal

_WORD_BEFORE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\Z")
_WORD_AFTER = re.compile(r"[^\W_]+")
_LONGEST = 24


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_LOST_HEAD = _listed(
    "alf ang appen appened arf ave aven avin baccy bout burbs bye cause cello cept cos course coz cuz d e ead "
    "eard eart ell ello em er ere ers erself everything flu fore fraid gainst gator im imself is isself kay "
    "kin lectric less ll long low m midst mongst n neath nother nough nuff old ome oo ope orse ospital otel "
    "ouse ow phone plane pon re round s scape scuse sides spect stead sup t tater til till tis tisn twas twasn "
    "tween twere twill twould un undred uns ve"
)
_LOST_TAIL = _listed(
    "ain an aroun bes beyon bo can couldn couldna d didn dinna doan don expec fas fin firs fo fren fri frien "
    "gi gie goo gran groun ha han isn jus kep kin lan las lil los ma mean min mo mos mus o ol ole po roun sen "
    "sho shoul slep soun t th tha til tol tole wasn wha wi won woul wouldn y ya yo"
)
_NOT_DROPPED = _listed(
    "across again always as basin begin brain bus cabin captain certain chin coin contain cousin curtain does "
    "explain fountain gas grin has hers his is join latin less main margin martin mountain origin ours pain "
    "perhaps plain rain remain robin ruin satin skin spin theirs thin this thus train twin unless us villain "
    "virgin was within yes yours"
)


def lost_head(text: str, mark: int) -> bool:
    """Whether the word after the mark is one that lost its head: *'em*, *'tis*, *'90s*."""
    match = _WORD_AFTER.match(text, mark + 1)
    return match is not None and (match.group().lower() in _LOST_HEAD or match.group()[0].isdigit())


def lost_tail(text: str, mark: int) -> Literal["", "letters", "s"]:
    """How the word before the mark could have come by an apostrophe.

    `letters` were dropped (*goin'*, *o'*), or it is the possessive of a word in -s; empty where
    neither could be.
    """
    match = _WORD_BEFORE.search(text, max(0, mark - _LONGEST), mark)
    written = match.group() if match else ""
    word = written.lower()
    if word in _NOT_DROPPED:
        return ""
    if word in _LOST_TAIL or (written.endswith("in") and written[0].islower() and len(word) > 3):
        return "letters"
    return "s" if word.endswith("s") else ""
