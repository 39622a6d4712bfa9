"""When two edits clash, and when both can be had in one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from betareader import difference
from betareader.difference import tokens
from betareader.findings import Edit
from betareader.span import Span

_STOPS = frozenset(".,;:!?…—–-")


def core(text: str, edit: Edit) -> tuple[Span, str]:
    """What the edit really changes: its span and replacement without the tokens both have at their ends.

    A word is never cut, so the core of a spelling is the whole word.
    """
    return difference.core(text, edit.span, edit.replacement)


def case_only(text: str, edit: Edit) -> bool:
    """Whether the edit changes no more than the case of one word's first letter."""
    span, replacement = core(text, edit)
    return _recased(span.of(text), replacement)


def clash(text: str, edit: Edit, other: Edit) -> bool:
    """Whether the two cannot both be made as they are.

    They clash where their cores overlap, where both put something in at the same place, and where
    one puts in a stop beside a stop that the other changes.  Edits that only touch do not.
    """
    if edit.span.end < other.span.start or other.span.end < edit.span.start:
        return False
    (span, replacement), (other_span, other_replacement) = core(text, edit), core(text, other)
    if span.overlaps(other_span) or (span == other_span and len(span) == 0):
        return True
    touching = span.end == other_span.start or other_span.end == span.start
    if not touching or (len(span) and len(other_span)):
        return False
    changed = span.of(text) + replacement, other_span.of(text) + other_replacement
    return all(_STOPS.issuperset(characters) for characters in changed)


def join(text: str, edit: Edit, other: Edit, openings: frozenset[int]) -> Edit | None:
    """One edit that does what both do, or None where they contradict each other.

    It can be had where the narrower mends a single word of the wider and one of the two leaves that
    word alone but for the case of its first letter.  `openings` are the places where sentences
    start: elsewhere a capital belongs to a name, and is not handed on to another word.
    """
    bare = [_bare(text, edit), _bare(text, other)]
    bare.sort(key=lambda each: (-len(each.span), case_only(text, each), each.confidence, each.check))
    wide, narrow = bare
    if not wide.span.holds(narrow.span):
        return None
    replacement = _folded(text, wide, narrow, openings)
    if replacement is None:
        return None
    reason = wide.reason if narrow.reason in wide.reason else f"{wide.reason} {narrow.reason}".strip()
    return Edit(wide.span, replacement, reason, min(wide.confidence, narrow.confidence), wide.check)


def _bare(text: str, edit: Edit) -> Edit:
    span, replacement = core(text, edit)
    return replace(edit, span=span, replacement=replacement)


def _folded(text: str, wide: Edit, narrow: Edit, openings: frozenset[int]) -> str | None:
    """The wider edit's replacement with the narrower edit made in it."""
    old, new = tokens(wide.span.of(text)), tokens(wide.replacement)
    span, replacement = core(text, narrow)
    starts = list(accumulate(map(len, old), initial=wide.span.start))
    place = bisect_right(starts, span.start) - 1
    if place == len(old):
        return None
    start, word = starts[place], old[place]
    if span.end > starts[place + 1] or not word[0].isalnum():
        return None
    mended = word[: span.start - start] + replacement + word[span.end - start :]
    words = [at for at, token in enumerate(old) if token[0].isalnum()]
    meant_words = [at for at, token in enumerate(new) if token[0].isalnum()]
    even = len(words) == len(meant_words)
    if not meant_words or (not even and words[0] != place):
        return None
    target = meant_words[words.index(place)] if even else meant_words[0]
    meant = new[target]
    if _recased(word, mended):
        if mended[0].isupper() and start not in openings and meant.casefold() != word.casefold():
            return None
        new[target] = _cased(meant, mended)
    elif even and mended and (meant == word or _recased(word, meant)):
        new[target] = _cased(mended, meant) if meant != word else mended
    else:
        return None
    return "".join(new)


def _cased(word: str, like: str) -> str:
    """`word` with a first letter of the same case as that of `like`."""
    return (word[0].upper() if like[0].isupper() else word[0].lower()) + word[1:]


def _recased(old: str, new: str) -> bool:
    return old != new and old[:1].casefold() == new[:1].casefold() and old[1:] == new[1:]
