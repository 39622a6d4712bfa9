"""Speech, thought, and words that are only quoted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from betareader.manuscript import Mark
from betareader.span import Span
from betareader.structure.page import Passage, Voice
from betareader.structure.quotation import Quotation, Quotations
from betareader.structure.tags import SAYING, SAYING_BEFORE, TAG_AFTER, TAG_BEFORE

_STOPS = frozenset(".,!?…—–-;:")
_NAMING = re.compile(
    r"\b(?:an?|the|this|that|these|those|my|your|his|her|its|our|their|some|any|no|every|words?|phrase|term|so-called|"
    r"called|calls|named|titled|entitled|of|in|as|than|or|and|for|with|by|from|on|to|had|has|have|been|was|were|is|very|"
    r"such|like|own|little|about|means|meant|not)\s*\Z",
    re.IGNORECASE,
)
_OF_A_SPEAKER = re.compile(r"\b(?:I|you|we|me|let['’]s|I['’]\w+|you['’]\w+|we['’]\w+|\w+n['’]t)\b")
_BEING = re.compile(r"\s+(?:is|was|isn['’]t|wasn['’]t|means|meant|seemed|didn['’]t|had|were|are|would|could|might)\b")
_FEW_WORDS = 8
_LONGEST_THOUGHT = 60
"""Words; italics that run longer are a letter, a dream or a song."""


def find_passages(
    text: str, paragraphs: Sequence[Span], quotations: Quotations, marks: Sequence[Mark]
) -> tuple[Passage, ...]:
    """Every quotation with its voice, and the italics that are thoughts, in order of their starts."""
    speeches = [mark.span for mark in marks if mark.kind == "speech"]
    if speeches:
        return _in_script(quotations, speeches)
    starts = [paragraph.start for paragraph in paragraphs]
    passages = []
    for quotation in quotations.found:
        paragraph = paragraphs[bisect_right(starts, quotation.start) - 1]
        voice = _voice(text, paragraph, quotation, quotations.main_is_double)
        passages.append(Passage(quotation.span, quotation.inner, voice, quotation.closed, quotation.runs_on))
    thoughts = [mark.span for mark in marks if mark.kind == "italic"]
    if not thoughts:
        return tuple(passages)
    return tuple(sorted(passages + _in_italics(text, paragraphs, starts, passages, thoughts), key=_place))


def _in_script(quotations: Quotations, speeches: Sequence[Span]) -> tuple[Passage, ...]:
    """The speeches of a screenplay, which have no marks: what stands between marks there is only quoted."""
    passages = [Passage(span, span, "speech") for span in speeches]
    for each in quotations.found:
        if each.closed and not each.inside:
            passages.append(Passage(each.span, each.inner, "quoted"))
    return tuple(sorted(passages, key=_place))


def _place(passage: Passage) -> tuple[int, int]:
    return passage.span.start, -passage.span.end


def _voice(text: str, paragraph: Span, quotation: Quotation, main_is_double: bool) -> Voice:
    inner = text[quotation.inner.start : quotation.inner.end].strip()
    if quotation.inside or not inner:
        return "quoted"
    if not quotation.closed:
        return "speech"
    before = text[max(paragraph.start, quotation.start - 40) : quotation.start]
    after = text[quotation.end : min(paragraph.end, quotation.end + 70)]
    if _is_only_quoted(inner, before, after):
        return "quoted"
    tag = TAG_AFTER.match(after)
    if tag and inner.endswith(".") and after.lstrip()[:1].isupper():
        tag = None  # a new sentence, which may well speak of thoughts
    tag = tag or TAG_BEFORE.search(before)
    if tag and tag.group("thinking"):
        return "thought"
    if quotation.double == main_is_double or quotation.double or tag:
        return "speech"
    return "thought"


def _is_only_quoted(inner: str, before: str, after: str) -> bool:
    """Whether these are a title, a word as a word, or words held with tongs: a short stretch in mid-sentence."""
    count = inner.count(" ") + 1
    bare = before.rstrip().rstrip("*_")
    if inner[-1] in _STOPS:
        # The American comma or stop inside the mark says nothing; what stands before it says it all.
        if inner[-1] not in ",." or inner.endswith("...") or not bare[-1:].isalnum() or SAYING_BEFORE.search(bare):
            return False
        if _NAMING.search(bare) and count <= 4 and inner[0].islower():
            return True
        if inner[-1] == "." and count > 2 and _OF_A_SPEAKER.search(inner) and not _NAMING.search(bare):
            return False
        return count <= _FEW_WORDS and not SAYING.search(before) and not (inner[-1] == "," and TAG_AFTER.match(after))
    if not bare:
        return count <= 3 and bool(_BEING.match(after))
    if count <= 2 and inner[0].islower() and after[:1].isspace() and bare[-1].isalnum():
        return True
    if count > 8 or SAYING_BEFORE.search(bare):
        return False
    if bare[-1].isalnum():
        return True
    set_off = count <= 4 and inner[0].islower() and bare[-1] in "-—–(,;"
    return set_off and not TAG_AFTER.match(after) and not TAG_BEFORE.search(before)


def _in_italics(
    text: str, paragraphs: Sequence[Span], starts: list[int], passages: list[Passage], italics: list[Span]
) -> list[Passage]:
    """Italics that make whole sentences outside quotation marks, or that a tag says were thought."""
    thoughts = []
    ends = [(passage.span.start, passage.span.end) for passage in passages]
    for inner in italics:
        place = bisect_right(starts, inner.start) - 1
        if place < 0 or not paragraphs[place].holds(inner):
            continue
        beside = bisect_right(ends, (inner.start, len(text)))
        if any(ends[each][1] > inner.start for each in range(max(0, beside - 2), beside)):
            continue
        if beside < len(ends) and ends[beside][0] < inner.end:
            continue
        outer = _with_signs(text, inner)
        if _is_thought(text, paragraphs[place], inner, outer):
            thoughts.append(Passage(outer, inner, "thought"))
    return thoughts


def _with_signs(text: str, inner: Span) -> Span:
    """The italics with the signs that set them; a word processor's have none in the text."""
    signs = text[inner.start - 1 : inner.start] if inner.start else ""
    return Span(inner.start - 1, inner.end + 1) if signs in ("*", "_") else inner


def _is_thought(text: str, paragraph: Span, inner: Span, outer: Span) -> bool:
    words = inner.of(text).split()
    if len(words) > _LONGEST_THOUGHT:
        return False
    before = text[max(paragraph.start, inner.start - 40) : outer.start].rstrip()
    after = text[outer.end : min(paragraph.end, inner.end + 70)]
    tag = TAG_AFTER.match(after)
    if tag and tag.group("thinking") and (inner.of(text)[-1] in _STOPS or after.startswith(",")):
        return True
    whole = (inner.of(text)[-1] in ".!?…—") or after[:1] in (".", "!", "?")
    return len(words) > 1 and whole and (not before or before[-1] in ".!?…:,\"”’'")
