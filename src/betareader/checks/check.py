"""What a check is: a function whose docstring is its page, and whose examples are its tests."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from betareader.style import Depth

if TYPE_CHECKING:
    from betareader.findings import Finding
    from betareader.reading import Reading

Kind = Literal["edits", "queries", "leaves"]


@dataclass(frozen=True, slots=True)
class Example:
    """One line of a check's docstring, `¶` already turned into a paragraph break.

    `after` is the edited text of an *Edits* line; `asked` the bracketed words of a *Queries* line,
    whose brackets are already taken out of `before`.
    """

    kind: Kind
    before: str
    after: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A check: `summary` is the report's line, `why` the paragraph `betareader explain` shows."""

    name: str
    family: str
    depth: Depth
    summary: str
    why: str
    examples: tuple[Example, ...]
    find: Callable[[Reading], Iterator[Finding]]


def check(depth: Depth) -> Callable[[Callable[[Reading], Iterator[Finding]]], Check]:
    """Make a check of a function; its name is the function's, its family the module's."""

    def make(function: Callable[[Reading], Iterator[Finding]]) -> Check:
        name = function.__name__

        def find(reading: Reading) -> Iterator[Finding]:
            for finding in function(reading):
                yield replace(finding, check=name)

        summary, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
        why, examples = _sections(rest)
        family = function.__module__.rpartition(".")[2]
        return Check(name, family, depth, " ".join(summary.split()), why, examples, find)

    return make


def _sections(rest: str) -> tuple[str, tuple[Example, ...]]:
    """The paragraph and the examples of a docstring, its first line taken off."""
    parts = re.split(r"^(Edits|Queries|Leaves):\n", rest, flags=re.MULTILINE)
    examples = []
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        for line in filter(None, map(str.strip, body.splitlines())):
            examples.append(_example(title, line.replace("¶", "\n\n")))
    return parts[0].strip(), tuple(examples)


def _example(title: str, line: str) -> Example:
    if title == "Edits":
        before, arrow, after = line.partition(" → ")
        if not arrow:
            raise ValueError(f"an Edits line needs an arrow: {line!r}")
        return Example("edits", before, after)
    if title == "Queries":
        return Example("queries", re.sub(r"[\[\]]", "", line), asked=tuple(re.findall(r"\[(.*?)\]", line)))
    return Example("leaves", line)
