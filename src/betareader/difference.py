"""What really changes where some words are put in the place of others."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from betareader.span import Span

_TOKEN = re.compile(r"\w[\w\u0300-\u036f]*(?:['’]\w[\w\u0300-\u036f]*)*|\r\n|[^\S\r\n]+|.", re.DOTALL)
_WITH_BREAKS = re.compile(rf"\n\n|{_TOKEN.pattern}", re.DOTALL)
_LONGEST = 250_000
"""Pairs of tokens; where an edit has more it is taken as one change, since comparing them would be slow."""


def tokens(text: str) -> list[str]:
    """Cut `text` into words, ends of lines, runs of other white space, and single other characters."""
    return _TOKEN.findall(text)


def core(text: str, span: Span, replacement: str) -> tuple[Span, str]:
    """What really changes where `replacement` is put for `span`: both without the tokens they share at their ends.

    A word is never cut, so the core of a spelling is the whole word.
    """
    whole = span.of(text)
    if whole == replacement or (whole.isalpha() and replacement.isalpha()):
        return span, replacement
    old, new = tokens(whole), tokens(replacement)
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    start = span.start + sum(map(len, old[:head]))
    end = span.end - sum(map(len, old[len(old) - tail :]))
    return Span(start, end), "".join(new[head : len(new) - tail])


def changes(text: str, span: Span, replacement: str) -> list[tuple[Span, str]]:
    """The smallest changes that together put `replacement` for `span`, in order; none where the two are the same.

    Words are changed whole, and changed words with only a blank between them are one change, as that reads
    better in a margin.  What stays the same between them is not touched.
    """
    whole, put = core(text, span, replacement)
    if whole.of(text) == put:
        return []
    old, new = _WITH_BREAKS.findall(whole.of(text)), _WITH_BREAKS.findall(put)
    if not old or not new or len(old) * len(new) > _LONGEST:
        return [(whole, put)]
    starts = [whole.start]
    for token in old:
        starts.append(starts[-1] + len(token))
    found: list[tuple[Span, str]] = []
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        here, words = Span(starts[first], starts[last]), "".join(new[new_first:new_last])
        if found and _is_blank(between := text[found[-1][0].end : here.start]):
            before, put_before = found.pop()
            here, words = Span(before.start, here.end), put_before + between + words
        found.append((here, words))
    return found


def _is_blank(between: str) -> bool:
    return not between.strip() and "\n" not in between
