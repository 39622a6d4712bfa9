"""Every check is what its docstring says: the examples are run, and no check stands without a *Leaves* line."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from betareader.checks import catalogue
from betareader.checks.check import Check, Example, Kind
from betareader.desk import Copyedit, apply, copyedit
from betareader.findings import Edit, Query
from betareader.formats import from_text
from betareader.reading import Reading, read
from betareader.style import DEPTHS, Depth, Wishes

CHECKS = catalogue()


@cache
def reading_of(text: str, depth: Depth) -> Reading:
    return read(from_text(text), Wishes(depth=depth))


def edited(text: str, *checks: Check, depth: Depth) -> Copyedit:
    return copyedit(reading_of(text, depth), checks, strict=True)


def findings(text: str, *checks: Check, depth: Depth) -> list[tuple[str, str, str]]:
    """What is said of a text: the check, the words, and what it wants (nothing, where it only asks)."""
    copy = edited(text, *checks, depth=depth)
    edits = [(edit.check, edit.span.of(text), f"→ {edit.replacement}") for edit in copy.edits]
    return edits + [(query.check, query.span.of(text), query.reason) for query in copy.queries]


def lines(*kinds: Kind) -> list[object]:
    """The examples of these kinds, each with its check, named by the check and its text."""
    return [
        pytest.param(check, example, id=f"{check.name}: {example.before.encode('ascii', 'replace').decode()}")
        for check in CHECKS
        for example in check.examples
        if example.kind in kinds
    ]


def test_the_names_are_unique() -> None:
    assert [name for name, times in Counter(check.name for check in CHECKS).items() if times > 1] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_check_says_what_it_does_and_why_and_what_it_leaves(check: Check) -> None:
    kinds = {example.kind for example in check.examples}
    assert check.depth in DEPTHS
    assert check.summary.endswith(".")
    assert check.why
    assert kinds & {"edits", "queries"}
    assert "leaves" in kinds


@pytest.mark.parametrize(("check", "example"), lines("edits"))
def test_an_edits_line_gives_exactly_its_right_hand_side(check: Check, example: Example) -> None:
    copy = edited(example.before, check, depth=check.depth)
    assert apply(example.before, copy.edits) == example.after
    assert copy.queries == ()


@pytest.mark.parametrize(("check", "example"), lines("edits"))
def test_a_right_hand_side_is_clean_under_every_check(check: Check, example: Example) -> None:
    assert findings(example.after, check, depth=check.depth) == []
    assert findings(example.after, *CHECKS, depth="light") == []
    assert findings(example.after, *CHECKS, depth=check.depth) == []


@pytest.mark.parametrize(("check", "example"), lines("queries"))
def test_a_queries_line_asks_about_exactly_the_bracketed_words(check: Check, example: Example) -> None:
    copy = edited(example.before, check, depth=check.depth)
    assert copy.edits == ()
    assert tuple(query.span.of(example.before) for query in copy.queries) == example.asked


@pytest.mark.parametrize(("check", "example"), lines("leaves"))
def test_a_leaves_line_is_silent(check: Check, example: Example) -> None:
    assert findings(example.before, check, depth=check.depth) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_a_finding_carries_the_name_of_its_check(check: Check) -> None:
    for example in check.examples:
        for finding in check.find(reading_of(example.before, check.depth)):
            assert isinstance(finding, Edit | Query)
            assert finding.check == check.name
            assert finding.reason
