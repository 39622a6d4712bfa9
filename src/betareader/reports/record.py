"""The record: one JSON document that other programs read; its schema is docs/record.schema.json."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from betareader.findings import Edit, Query
from betareader.reports.bible_record import bible_record
from betareader.reports.lines import Lines

if TYPE_CHECKING:
    from betareader.desk import Copyedit
    from betareader.findings import Finding
    from betareader.span import Span

Json = dict[str, object]


def record(copyedit: Copyedit, version: str = "") -> Json:
    """All that was decided and learnt, as plain values; offsets are code points into the manuscript's text."""
    reading = copyedit.reading
    manuscript, text, style = reading.manuscript, reading.text, reading.style
    conventions = {name: value for name, value in asdict(style).items() if name not in ("depth", "words", "stet")}
    return {
        "manuscript": str(manuscript.path) if manuscript.path else "-",
        "words": len(reading.words),
        "depth": style.depth,
        "edits": [edit_record(text, edit) for edit in copyedit.edits],
        "queries": [query_record(text, query) for query in copyedit.queries],
        "bible": bible_record(reading),
        "skipped": [{"check": each.check, "reason": each.reason} for each in copyedit.skipped],
        "lost": [{**edit_record(text, each.edit), "to": edit_record(text, each.to)} for each in copyedit.lost],
        "conventions": conventions,
        "format": manuscript.format,
        "encoding": manuscript.encoding,
        "notes": list(manuscript.notes),
        "version": version,
    }


def findings(copyedit: Copyedit) -> list[Json]:
    """Every finding by itself, with its path, line and column (from 1, in code points), in the order of the text.

    Where the file has no lines, as a Word document, paragraphs stand for them.
    """
    text, path = copyedit.reading.text, copyedit.reading.manuscript.path
    lines = Lines.of(copyedit.reading.manuscript)
    found: list[Finding] = [*copyedit.edits, *copyedit.queries]
    listed = []
    for finding in sorted(found, key=lambda each: (each.span, each.check)):
        line, column = lines.place(finding.span.start)
        end_line, end_column = lines.place(finding.span.end)
        place: Json = {"path": str(path) if path else "-", "line": line, "column": column}
        place |= {"end_line": end_line, "end_column": end_column}
        if isinstance(finding, Edit):
            listed.append({**place, "kind": "edit", **edit_record(text, finding)})
        else:
            listed.append({**place, "kind": "query", **query_record(text, finding)})
    return listed


def to_json(document: object) -> str:
    """The document as JSON in ASCII, so that no terminal and no lone surrogate can spoil it."""
    return json.dumps(document, ensure_ascii=True, indent=1)


def edit_record(text: str, edit: Edit) -> Json:
    """One edit as plain values."""
    return {
        **_place(text, edit.span),
        "replacement": edit.replacement,
        "check": edit.check,
        "reason": edit.reason,
        "confidence": round(edit.confidence, 4),
    }


def query_record(text: str, query: Query) -> Json:
    """One query as plain values."""
    return {
        **_place(text, query.span),
        "check": query.check,
        "reason": query.reason,
        "see": [[span.start, span.end] for span in query.see],
    }


def _place(text: str, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "original": span.of(text)}
