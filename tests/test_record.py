"""The record keeps its contract, and SARIF its standard's."""

from __future__ import annotations

import json
from pathlib import Path

import proof
from jsonschema import Draft202012Validator

from betareader.desk import apply, copyedit
from betareader.findings import Edit, Query
from betareader.reports import record, sarif
from betareader.reports.lines import Lines
from betareader.span import Span

SCHEMA = json.loads(Path(__file__).parent.joinpath("../docs/record.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def errors_in(document: object) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(document)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_record_keeps_to_the_schema() -> None:
    document = json.loads(record.to_json(record.record(proof.done(path=Path("ferry.txt")), "1.0")))
    assert errors_in(document) == []
    assert list(document)[:8] == ["manuscript", "words", "depth", "edits", "queries", "bible", "skipped", "lost"]
    assert document["manuscript"] == "ferry.txt"
    assert document["depth"] == "light"
    assert document["edits"][0] == {
        "start": 21,
        "end": 22,
        "original": ".",
        "replacement": ",",
        "check": "full_stop_before_tag",
        "reason": "A tag follows.",
        "confidence": 0.97,
    }
    start = proof.DRAFT.index("maybe")
    assert document["queries"] == [
        {
            "start": start,
            "end": start + 5,
            "original": "maybe",
            "check": "hedge",
            "reason": "Is she unsure?",
            "see": [[0, 3]],
        }
    ]
    [ana] = document["bible"]["characters"]
    assert (ana["name"], ana["aliases"], ana["mentions"]) == ("Ana", ["Annie"], 1)
    assert document["bible"]["places"] == [{"name": "Port", "kind": "", "mentions": 2}]
    assert document["bible"]["terms"] == [{"name": "ferryman", "kind": "", "mentions": 3}]
    assert [document["skipped"], document["lost"]] == [[], []]


def test_making_the_edits_of_a_record_gives_the_edited_copy() -> None:
    document = record.record(proof.done())
    edits = document["edits"]
    assert isinstance(edits, list)
    text = proof.DRAFT
    for edit in reversed(edits):
        assert text[edit["start"] : edit["end"]] == edit["original"]
        text = text[: edit["start"]] + edit["replacement"] + text[edit["end"] :]
    assert text == proof.EDITED


def test_a_passage_starts_at_its_opening_mark() -> None:
    bible = record.record(proof.done())["bible"]
    assert isinstance(bible, dict)
    assert [proof.DRAFT[each["start"] : each["end"]] for each in bible["passages"]] == [
        '"It\'s late."',
        '"Teh ferry wont wait."',
        '"Let it."',
    ]


def test_what_is_lost_and_skipped_is_recorded() -> None:
    text = "I no her"
    one, two = Edit(Span(2, 4), "know", "", 0.99), Edit(Span(2, 4), "knew", "", 0.95)
    bad = Query(Span(1, 1), "")
    checks = [proof.check_of("one", one), proof.check_of("two", two), proof.check_of("bad", bad)]
    document = json.loads(record.to_json(record.record(copyedit(proof.reading_of(text), checks))))
    assert errors_in(document) == []
    assert document["skipped"] == [{"check": "bad", "reason": "ValueError: asked about nothing at 1"}]
    assert [(each["check"], each["to"]["check"]) for each in document["lost"]] == [("two", "one")]


def test_lone_surrogates_and_controls_come_through() -> None:
    text = 'A \udce9 and \x1b[31m and \u202e teh "end".'
    copyedit = proof.done(text)
    document = json.loads(record.to_json(record.record(copyedit)).encode("ascii"))
    assert errors_in(document) == []
    edit = document["edits"][0]
    assert text[edit["start"] : edit["end"]] == edit["original"]
    assert apply(text, copyedit.edits) == 'A \udce9 and \x1b[31m and \u202e the "end".'


def test_schema_refuses_what_breaks_the_contract() -> None:
    document = record.record(proof.done())
    assert errors_in({**document, "depth": "deep"}) == ["'deep' is not one of ['light', 'medium', 'heavy']"]
    assert errors_in({name: value for name, value in document.items() if name != "lost"}) == [
        "'lost' is a required property"
    ]


def test_findings_are_listed_with_lines_and_columns() -> None:
    first = record.findings(proof.done(path=Path("ferry.txt")))[0]
    assert {name: first[name] for name in ("path", "line", "column", "end_line", "end_column", "kind")} == {
        "path": "ferry.txt",
        "line": 3,
        "column": 11,
        "end_line": 3,
        "end_column": 12,
        "kind": "edit",
    }


def test_lines_end_as_editors_end_them() -> None:
    lines = Lines("a\r\nb\rc\nd😀e")
    assert [lines.place(offset) for offset in (0, 3, 5, 7, 9)] == [(1, 1), (2, 1), (3, 1), (4, 1), (4, 3)]
    assert [lines.utf16(offset) for offset in (8, 9)] == [(4, 2), (4, 4)]


def test_sarif_says_where_in_utf16() -> None:
    text = "😀 teh end, maybe."
    document = sarif.sarif([proof.done(text, Path("my story.txt"))], proof.checks(), "1.0")
    assert document["version"] == "2.1.0"
    runs = document["runs"]
    assert isinstance(runs, list)
    (run,) = runs
    assert run["columnKind"] == "utf16CodeUnits"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [check.name for check in proof.checks()]
    edit, query = run["results"]
    region = {"startLine": 1, "startColumn": 5, "endLine": 1, "endColumn": 7}
    artifact = {"uri": "my%20story.txt"}
    assert edit["ruleId"] == "misspelling"
    assert edit["level"] == "warning"
    assert edit["message"] == {"text": "It is not a word."}
    assert edit["locations"] == [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    assert edit["fixes"] == [
        {
            "artifactChanges": [
                {
                    "artifactLocation": artifact,
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": "he"}}],
                }
            ]
        }
    ]
    assert (query["ruleId"], query["level"]) == ("hedge", "note")
    assert len(query["relatedLocations"]) == 1
