"""Rounds: the dialogue of a page turn by turn, each with its cues."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from betareader.story.cues import Listener, Round

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from betareader.span import Span
    from betareader.story.presence import Presence
    from betareader.story.turns import Turn
    from betareader.structure.page import Page, Passage

_SURE = 0.5
_SHARED = 0.3
"""The turns inside paragraphs for each paragraph from which on speakers are taken to share them."""

_LEADS = re.compile(r"[:,][—–-]{0,2}$|[—–]$|--$")


def find_rounds(page: Page, presence: Presence, turns: Sequence[Turn]) -> list[Round]:
    """The turns of the dialogue in order, thoughts among them.

    A paragraph begins a turn, and so does a likely turn inside it; a speech that goes on in the next
    paragraph is one turn.
    """
    listener = Listener(page.text, page.sentences, presence)
    found: list[Round] = []
    is_shared = len(turns) >= _SHARED * max(len(page.paragraphs), 1)
    for each in _rounds(page, turns, listener):
        listener.hear(each)
        found += _answered(each, listener, is_shared=is_shared)
    return found


def _answered(each: Round, listener: Listener, *, is_shared: bool) -> list[Round]:
    """The round in two where a later speech of it calls its speaker by name: that is the answer.

    Where speakers share paragraphs (`is_shared`), so it is where one speech calls one person and the next another, and
    where several spoke the first together.
    """
    told = _told_apart(each, listener)
    if told:
        return told
    who = each.tag.who if each.tag is not None and each.tag.kind == "name" else -1
    is_joint = is_shared and each.tag is not None and each.tag.gender == "they"
    may_part = who in each.called or is_joint or (is_shared and len(each.called) > 1)
    calls: set[int] = set()
    for number, speech in enumerate(each.speeches if may_part else ()):
        before, here = each.speeches[number - 1].span.end, listener.calls(speech)
        is_answer = each.tag is not None and who in here and each.tag.subject < speech.span.start
        is_other = is_shared and len(calls) == 1 and len(here) == 1 and calls != here
        is_other = is_other or (is_joint and each.tag is not None and each.tag.subject < speech.span.start)
        if number and (is_answer or is_other):
            end = max(before, min(each.tag.end, speech.span.start)) if is_answer and each.tag else before
            first = replace(each, speeches=each.speeches[:number], end=end)
            second = Round(each.speeches[number:], end, each.end, 0)
            for part in (first, second):
                part.tag, part.acting = None, []
                part.called, part.spoken_of, part.nearby, part.tagged_nearby = set(), set(), set(), set()
                listener.hear(part)
            return [first, second]
        calls |= here
    return [each]


def _told_apart(each: Round, listener: Listener) -> list[Round]:
    """The round in two where a later speech of it is said, by its own tag, by another person than the first; else nothing."""
    tag = each.tag
    if tag is None or tag.kind != "name" or len(each.speeches) < 2:
        return []
    for number, speech in enumerate(each.speeches[1:], 1):
        second = Round(each.speeches[number:], max(each.speeches[number - 1].span.end, tag.end), each.end, 0)
        if tag.subject < speech.span.start and second.start <= speech.span.start:
            listener.hear(second)
            other = second.tag
            if other is None or other.kind != "name" or other.who == tag.who:
                return []
            following = each.speeches[number + 1].span.start if number + 1 < len(each.speeches) else each.end
            if other.subject < following:
                first = replace(each, speeches=each.speeches[:number], end=second.start, acting=[])
                first.called, first.spoken_of, first.nearby, first.tagged_nearby = set(), set(), set(), set()
                listener.hear(first)
                return [first, *(_told_apart(second, listener) or [second])]
    return []


def _heard(page: Page) -> Iterator[tuple[Span, list[Passage]]]:
    """Each paragraph of the body with the speeches and thoughts that begin in it."""
    passages = [passage for passage in page.passages if passage.voice != "quoted"]
    starts = [passage.span.start for passage in passages]
    for paragraph in page.paragraphs:
        if paragraph.role == "body":
            here = passages[bisect_left(starts, paragraph.span.start) : bisect_left(starts, paragraph.span.end)]
            apart: list[Passage] = []
            for passage in here:
                if not apart or passage.span.start >= apart[-1].span.end:
                    apart.append(passage)
            yield paragraph.span, apart


def _rounds(page: Page, turns: Sequence[Turn], listener: Listener) -> Iterator[Round]:
    breaks = [turn.span.end for turn in turns if turn.probability >= _SURE]
    scenes = [scene.span.start for scene in page.scenes]
    gap, scene, runs_on = 9, -1, False
    silent: Span | None = None
    before: Span | None = None
    heard = list(_heard(page))
    for place, (span, speeches) in enumerate(heard):
        here = bisect_right(scenes, span.start)
        if here != scene:
            gap, scene, silent = 9, here, None
        introduced = before if before is not None and _LEADS.search(page.text, before.end - 3, before.end) else None
        before = span
        if not speeches:
            gap, silent = min(gap + 1, 9), span
            continue
        cuts = breaks[bisect_right(breaks, span.start) : bisect_left(breaks, span.end)]
        parts: list[list[Passage]] = [[]]
        for speech in speeches:
            is_new = any(parts[-1] and parts[-1][-1].span.end <= cut <= speech.span.start for cut in cuts)
            is_new = is_new or bool(parts[-1] and parts[-1][-1].voice != speech.voice)
            if is_new:
                parts.append([])
            parts[-1].append(speech)
        for number, part in enumerate(parts):
            start = span.start if number == 0 else _edge(cuts, parts[number - 1][-1], part[0])[0]
            end = span.end if number + 1 == len(parts) else _edge(cuts, part[-1], parts[number + 1][0])[1]
            current = Round(part, start, end, gap, is_thought=part[0].voice == "thought")
            if number == 0 and silent is not None and gap:
                current.lead = listener.subject_before(silent.start, silent.end)
            current.goes_on = runs_on and number == 0
            if number == 0 and page.text[span.start : part[0].span.start].strip() == "":
                current.introduced = introduced
            if number + 1 == len(parts) and place + 1 < len(heard) and part[-1].span.end == span.end:
                following = heard[place + 1][0]
                current.trailing = following if page.text[following.start].islower() else None
            runs_on = False
            gap = 0
            yield current
        runs_on = speeches[-1].runs_on
        silent = None


def _edge(cuts: Sequence[int], before: Passage, after: Passage) -> tuple[int, int]:
    """Where the next part of a paragraph begins and one ends: what is told between a speech and a thought is of both."""
    at = bisect_left(cuts, before.span.end)
    if at < len(cuts) and cuts[at] <= after.span.start:
        return cuts[at], cuts[at]
    return before.span.end, after.span.start
