"""A check's page: what it looks for, why, and what it does and leaves."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING

from betareader.errors import BetareaderError

if TYPE_CHECKING:
    from betareader.checks.check import Check, Example

_WIDTH = 80
_EMPHASIS = re.compile(r"\*([^*\n]+)\*")


class UnknownCheck(BetareaderError):
    """There is no check of that name."""


def contents(checks: Sequence[Check]) -> str:
    """The names of all checks by family, with their first lines."""
    lines = []
    width = max((len(check.name) for check in checks), default=0)
    for family, of_family in groupby(checks, key=lambda check: check.family):
        lines.append(family.capitalize())
        for check in of_family:
            depth = "" if check.depth == "light" else f" ({check.depth})"
            lines.append(f"  {check.name:<{width}}  {_plain(check.summary)}{depth}")
        lines.append("")
    return "\n".join([*lines, "betareader explain CHECK says more.", ""])


def explain(name: str, checks: Sequence[Check]) -> str:
    """The page of the check called `name`; raises `UnknownCheck` with the names near it."""
    by_name = {check.name: check for check in checks}
    asked = name.strip().lower().replace("-", "_").replace(" ", "_")
    if asked not in by_name:
        raise UnknownCheck(unknown(name, checks))
    return "\n".join(_page(by_name[asked])) + "\n"


def unknown(name: str, checks: Sequence[Check]) -> str:
    """A sentence that says there is no check called `name`, and which names are near it."""
    names = [check.name for check in checks]
    near = get_close_matches(name, names, n=3, cutoff=0.5) or [each for each in names if name in each][:3]
    advice = f"did you mean {' or '.join(near)}?" if near else "betareader explain lists them all."
    return f"There is no check called {name}; {advice}"


def _page(check: Check) -> Iterator[str]:
    yield f"{check.name}  ({check.family}, {check.depth} depth)"
    yield ""
    yield from textwrap.wrap(_plain(check.summary), _WIDTH)
    for paragraph in filter(None, check.why.split("\n\n")):
        yield ""
        yield from textwrap.wrap(_plain(" ".join(paragraph.split())), _WIDTH)
    for kind, title in (("edits", "Changes"), ("queries", "Asks about"), ("leaves", "Leaves")):
        examples = [example for example in check.examples if example.kind == kind]
        if examples:
            yield ""
            yield f"{title}:"
            yield from (f"  {_line(example)}" for example in examples)
    yield ""
    yield "To leave such a thing as it is, name the check and the words in betareader.toml:"
    yield f'  stet = ["{check.name}: the words"]'


def _plain(words: str) -> str:
    """Words as words in quotation marks, as a terminal has no italics to count on."""
    return _EMPHASIS.sub(r"“\1”", words)


def _line(example: Example) -> str:
    before = example.before.replace("\n\n", " ¶ ")
    if example.kind == "edits":
        return f"{before} → {example.after.replace(chr(10) * 2, ' ¶ ')}"
    if example.kind == "queries":
        return f"{before}   ({', '.join(example.asked)})" if any(example.asked) else before
    return before
