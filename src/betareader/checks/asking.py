"""Questions that people ask: the mark they end with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.span import Span
from betareader.story.tags import asks

if TYPE_CHECKING:
    from betareader.reading import Reading


@check(depth="light")
def question_before_tag(reading: Reading) -> Iterator[Edit]:
    """End what somebody asks with a question mark.

    The mark stands inside the quotation marks, and the tag goes on in small letters.

    Edits:
        “Where are you going.” she asked. → “Where are you going?” she asked.
        "Do you want some tea," he asked. → "Do you want some tea?" he asked.
        "What is it" Anna asked him. → "What is it?" Anna asked him.

    Leaves:
        “What I want,” she asked, “is that too much?”
        “Is it far?” she asked.
        “I wonder,” she asked herself.
        “Where are you,” she said.
    """
    text = reading.text
    for joint in reading.joints:
        said, clause, following = joint.said(text), joint.clause, joint.following
        if clause is None or not clause.sure or not joint.passage.closed or not asks(said, clause):
            continue
        first = clause.verb.start if clause.inverted else clause.subject.span.start
        if text[first].isupper() and clause.subject.kind != "name" and clause.subject.text != "I":
            continue
        if following is not None and following.inner.of(text)[:1].islower():
            continue
        end = joint.passage.inner.start + len(joint.passage.inner.of(text).rstrip())
        has_stop = said[-1] in ",."
        yield Edit(Span(end - has_stop, end), "?", "This is a question.", 0.93)
