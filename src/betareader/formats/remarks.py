"""What a comment in the margin says."""

from __future__ import annotations

from bisect import bisect_right

from betareader.findings import Query
from betareader.manuscript import Manuscript
from betareader.span import Span

_NEAR = 40
"""Characters of the place a query compares with that are shown on either side."""


def remark(manuscript: Manuscript, query: Query) -> str:
    """The reason of a query, and a line for each place it compares with, which a margin cannot link to."""
    return "\n".join([query.reason, *(f"See “{_around(manuscript, span)}”." for span in query.see)])


def _around(manuscript: Manuscript, span: Span) -> str:
    text, paragraphs = manuscript.text, manuscript.paragraphs
    place = bisect_right(paragraphs, span.start, key=lambda paragraph: paragraph.start) - 1
    home = paragraphs[place] if place >= 0 else Span(0, len(text))
    start, end = max(home.start, span.start - _NEAR), min(home.end, max(span.end, span.start) + _NEAR)
    before = "" if start == home.start else "…" + text[start : span.start].partition(" ")[2]
    after = "" if end == home.end else text[span.end : end].rpartition(" ")[0] + "…"
    return " ".join((f"{before or text[start : span.start]}{span.of(text)}{after or text[span.end : end]}").split())
