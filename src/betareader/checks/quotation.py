"""Quotation: the marks around speech, and the stops inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Query
from betareader.language.clauses import ends_asking
from betareader.span import Span
from betareader.story.gaps import TELLING
from betareader.story.joints import Joint
from betareader.story.tags import asks, clause_at

if TYPE_CHECKING:
    from betareader.reading import Reading

_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»", "„": "“"}
_SUBJECT = r"(?:I|he|she|they|we|you|[A-Z][a-z]+|the [a-z]+)"
_SAID = r"(?:said|asked|replied|answered|whispered|muttered|murmured|shouted|yelled|cried|called|exclaimed|screamed)"
_SAID_LAST = re.compile(rf"\b{_SAID}(?: [a-z]+ly)?\Z")
_TAG_WITHIN = re.compile(rf"[,?!](?P<end>) (?:{_SUBJECT} {_SAID}|{_SAID} {_SUBJECT})\b")
_NESTED = re.compile(r"\s*[“\"][‘']")
_DOUBLED = re.compile(r"““|””|\"\"")
_STRAY_CLOSER = re.compile(r"[.,!?…—]”")
_STOPS = ".!?…"
_SHORTEST_RUNNING_ON = 13
"""Words; in published fiction about 1 in a few thousand shorter paragraphs of speech goes on in the next."""


def _inner_end(reading: Reading, joint: Joint) -> int:
    """Where what is said ends, white space before the closing mark left out."""
    inner = joint.passage.inner
    return inner.start + len(inner.of(reading.text).rstrip())


def _ends_here(reading: Reading, joint: Joint) -> bool:
    """Whether the speech is over: its paragraph ends, or another speech by somebody else follows at once."""
    if joint.after(reading.text).strip():
        return False
    if joint.following is None:
        return True
    return joint.following.inner.of(reading.text)[:1].isupper()


@check(depth="light")
def comma_ends_speech(reading: Reading) -> Iterator[Edit]:
    """End a speech with a full stop where no tag follows.

    A comma inside the closing mark says that the sentence goes on outside it.

    Edits:
        “I promise,” → “I promise.”
        "Nothing at all,"¶She shut the door. → "Nothing at all."¶She shut the door.

    Leaves:
        “I promise,” she said.
        “I promise—”
        They played “Greensleeves,” “Loch Lomond,” and “Home.”
    """
    text = reading.text
    for joint in reading.joints:
        end = _inner_end(reading, joint)
        if text[end - 1 : end] != "," or not joint.passage.closed or not _ends_here(reading, joint):
            continue
        before = joint.before(text).rstrip()
        if joint.following is not None and before and before[-1].isalnum():
            continue
        confidence = 0.97 if joint.following is None or joint.following.voice == joint.passage.voice else 0.93
        yield Edit(Span(end - 1, end), ".", "The speech is over and no tag follows.", confidence)


@check(depth="light")
def no_stop_ends_speech(reading: Reading) -> Iterator[Edit | Query]:
    """Put a full stop at the end of a speech that has none.

    Every speech ends with a stop inside its closing mark; a speech broken off ends with a dash.

    Edits:
        “I went home”¶He nodded. → “I went home.”¶He nodded.
        “I went home,” he said, “and slept” → “I went home,” he said, “and slept.”
        “Where have you been” → “Where have you been?”

    Queries:
        “Where the old [mill]”

    Leaves:
        “I went home—”
        He called it “home”
    """
    text = reading.text
    for joint in reading.joints:
        passage = joint.passage
        end = _inner_end(reading, joint)
        said = joint.said(text)
        if not said or not said[-1].isalnum() or not passage.closed or passage.voice != "speech":
            continue
        before = joint.before(text).rstrip()
        if not _ends_here(reading, joint) or (before and before[-1] not in ".!?…,:—") or "\n" in said:
            continue
        if said.isupper() or not (said[0].isupper() or joint.previous is not None):
            continue
        if reading.is_question(said, end):
            yield Edit(Span(end, end), "?", "This is a question.", 0.93)
        elif ends_asking(said):
            word = reading.words[reading.word_from(end) - 1].span
            yield Query(word, "The speech has no stop; is it a question?")
        else:
            yield Edit(Span(end, end), ".", "The speech has no stop.", 0.93)


@check(depth="light")
def stop_outside_marks(reading: Reading) -> Iterator[Edit]:
    """Put the stop of a speech inside its closing mark.

    The stop belongs to what is said: a comma where a tag follows, else a full stop or a question mark.

    Edits:
        “I know”, she said. → “I know,” she said.
        “Really”? he asked. → “Really?” he asked.
        She said, "We are late". → She said, "We are late."
        "We are late". said Ben. → "We are late," said Ben.
        "Where have you been".¶"We are late now". → "Where have you been?"¶"We are late now."

    Leaves:
        They called it “home”.
        “I know,” she said.
        He had read “Home”, “Rain” and “Night”.
        Her favourite was “Night”.
    """
    text = reading.text
    for joint in reading.joints:
        end = _inner_end(reading, joint)
        after = text[joint.closes : joint.closes + 1]
        if joint.passage.voice != "speech" or not joint.passage.closed or not text[end - 1].isalnum():
            continue
        if not after or after not in ",.?!" or text[joint.closes : joint.closes + 2] in ("..", ".…"):
            continue
        stop = _stop_inside(reading, joint, after)
        if stop:
            reason = "The stop belongs to the speech, inside its closing mark."
            yield Edit(Span(end, joint.closes + 1), stop + text[end : joint.closes], reason, 0.95)


def _stop_inside(reading: Reading, joint: Joint, after: str) -> str:
    """The stop that a speech should end with which has this one after its mark; empty where it may be no speech."""
    text, said = reading.text, joint.said(reading.text)
    clause = clause_at(text, joint.closes + 1, joint.end) if joint.end > joint.closes + 2 else None
    follows = clause is not None and clause.start == joint.closes + 2
    if (
        clause is not None
        and follows
        and reading.is_tag(clause)
        and (text[clause.start].islower() or clause.keeps_capital)
    ):
        if after in "?!":
            return after
        return "?" if reading.is_question(said, joint.closes) or asks(said, clause) else ","
    lead = joint.before(text).rstrip()
    if after == "," and said[:1].isupper() and follows:
        return ","
    if after == "." and said[:1].isupper() and (lead.endswith(",") or (not lead and " " in said)):
        return "?" if reading.is_question(said, joint.closes) else "."
    return ""


@check(depth="light")
def second_stop_after_speech(reading: Reading) -> Iterator[Edit]:
    """Drop the stop after a closing mark where the speech already ends with one.

    One stop ends a sentence; the one inside the marks is enough.

    Edits:
        “Why?”. → “Why?”
        "Stop!", she cried. → "Stop!" she cried.
        “It’s mine.”, he said, and sat. → “It’s mine,” he said, and sat.

    Leaves:
        “Why?” she said.
        She had read “Why Me?”, and wept.
    """
    text = reading.text
    for joint in reading.joints:
        end = _inner_end(reading, joint)
        after = text[joint.closes : joint.closes + 1]
        if not after or after not in ",." or text[joint.closes : joint.closes + 2] in ("..", ".…"):
            continue
        if joint.passage.voice != "speech" or not joint.passage.closed or text[end - 1] not in ".,!?…—":
            continue
        lead = joint.before(text).rstrip()
        if lead and lead[-1] not in '.!?…,:”"' and not _SAID_LAST.search(lead):
            continue
        clause = clause_at(text, joint.closes + 2, joint.end) if joint.end > joint.closes + 2 else None
        if after == "," and text[end - 1] == "." and clause is not None and clause.doing in TELLING:
            first = clause.start
            is_low = text[first].islower() or clause.keeps_capital
            if first == joint.closes + 2 and is_low and text[end - 2] != ".":
                reason = "A tag belongs to the sentence of its speech, so a comma stands before it."
                yield Edit(Span(end - 1, joint.closes + 1), "," + text[end : joint.closes], reason, 0.95)
                continue
        yield Edit(Span(joint.closes, joint.closes + 1), "", "The speech already ends with a stop.", 0.95)


@check(depth="light")
def doubled_quotation_mark(reading: Reading) -> Iterator[Edit]:
    """Write a quotation mark once.

    A mark struck twice opens or closes nothing more.

    Edits:
        “I know,”” she said. → “I know,” she said.
        "I know.""¶She left. → "I know."¶She left.

    Leaves:
        “‘I know,’ she said.”
    """
    text = reading.text
    for match in _DOUBLED.finditer(text):
        start, end = match.span()
        if match[0] == '""':
            before, after = text[start - 1 : start], text[end : end + 1]
            closes = before in tuple(".,!?…") and (not after or after.isspace())
            opens = (not before or before.isspace()) and after.isupper()
            if not (closes or opens):
                continue
        paragraph = reading.paragraph_at(start)
        if paragraph is not None and paragraph.role == "body":
            yield Edit(Span(start + 1, end), "", "The mark stands twice.", 0.93)


@check(depth="light")
def missing_closing_mark(reading: Reading) -> Iterator[Edit | Query]:
    """Close a speech with its quotation mark.

    Only where the same speech goes on in the next paragraph is the closing mark left out, and the
    next paragraph then opens with a mark of its own.

    Edits:
        “I know.¶She left the room. → “I know.”¶She left the room.
        "I know, she said. → "I know," she said.

    Queries:
        [“]I know that he was here and nobody else was

    Leaves:
        “‘Who is it?’ I asked.¶“‘Nobody you know,’ he said, and there I left it.”
        “I am sure that he was here, for the lamp in the hall was still warm, and nobody else has a key.¶“You know it too.”
    """
    text = reading.text
    reason = "The speech has no closing mark."
    for joint in reading.joints:
        passage = joint.passage
        if passage.closed or passage.voice != "speech":
            continue
        inner = passage.inner.of(text).rstrip()
        length = len(joint.paragraph.of(text).split())
        if passage.runs_on and (length >= _SHORTEST_RUNNING_ON or inner[-1:] not in tuple(_STOPS)):
            continue
        if passage.runs_on and any(_NESTED.match(text, place) for place in (passage.span.start, joint.paragraph.end)):
            continue
        mark = _CLOSING.get(text[passage.span.start], text[passage.span.start])
        end = passage.inner.start + len(inner)
        tags = list(_TAG_WITHIN.finditer(inner))
        if len(tags) == 1 and len(inner) - tags[0].end() < 60 and not re.search(r"[.!?] \S", inner[tags[0].end() :]):
            place = passage.inner.start + tags[0].end("end")
            yield Edit(Span(place, place), mark, reason, 0.92)
        elif not tags and inner[-1:] and inner[-1] in _STOPS + ",—" and len(inner) < 600:
            yield Edit(Span(end, end), mark, reason, 0.92)
        else:
            opening = Span(passage.span.start, passage.span.start + 1)
            yield Query(opening, "Where does the speech that begins here end?")


@check(depth="light")
def missing_opening_mark(reading: Reading) -> Iterator[Edit]:
    """Open a speech with its quotation mark.

    A closing mark with no opening one leaves the reader to guess where the speech began.

    Edits:
        I know,” she said. → “I know,” she said.

    Leaves:
        “I know,” she said.
        “I went home,” she said.
    """
    text = reading.text
    if any(paragraph.role == "cue" for paragraph in reading.paragraphs):
        return
    starts = {passage.span.start: passage for passage in reading.passages}
    for match in _STRAY_CLOSER.finditer(text):
        mark = match.end() - 1
        paragraph = reading.paragraph_at(mark)
        if paragraph is None or paragraph.role != "body" or reading.passage_at(mark) is not None:
            continue
        stretch = text[paragraph.span.start : mark]
        if any(paragraph.span.start <= start < mark for start in starts) or "”" in stretch or "“" in stretch:
            continue
        if not stretch[:1].isupper() or re.search(r"[.!?] ", stretch):
            continue
        place = paragraph.span.start
        yield Edit(Span(place, place), "“", "The speech has no opening mark.", 0.92)
