"""Readings and checks made by hand, for the tests of the desk and of what comes after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from betareader import cli, formats
from betareader.checks.check import Check
from betareader.desk import Copyedit, copyedit
from betareader.findings import Edit, Finding, Query
from betareader.manuscript import Manuscript, Mark
from betareader.reading import Reading, Word
from betareader.span import Span
from betareader.story.bible import Bible, Character, Term
from betareader.structure import take_apart
from betareader.style import Depth, Style, Wishes

PLAIN = Style()

DRAFT = """The Ferry

"It's late." Ana said. "Teh ferry wont wait." "Let it."

She  looked at teh water, maybe for the last time.
"""

EDITED = """The Ferry

"It's late," Ana said. "The ferry won't wait."

"Let it."

She looked at the water, maybe for the last time.
"""


def read(manuscript: Manuscript, wishes: Wishes | None = None, reader: object = None) -> Reading:
    """A reading without a model: form and words only, and a bible that is always the same."""
    page = take_apart(manuscript)
    words = tuple(Word(span, span.of(manuscript.text), True) for span in page.words)
    ana = Character("Ana", ("Annie",), (Span(0, 3),))
    bible = Bible((ana,), (Term("Port", 2),), (Term("ferryman", 3),))
    style = Style(depth=(wishes and wishes.depth) or "light", stet=wishes.stet if wishes else ())
    return Reading(manuscript, page.paragraphs, page.sentences, words, page.passages, page.scenes, bible, style)


def reading_of(text: str, style: Style = PLAIN, code: tuple[Span, ...] = (), path: Path | None = None) -> Reading:
    manuscript = formats.from_text(text, path)
    marks = tuple(Mark(span, "code") for span in code)
    return replace(read(replace(manuscript, marks=marks)), style=style)


def check_of(name: str, *found: Finding, depth: Depth = "light", family: str = "spelling") -> Check:
    """A check that finds the same wherever it looks."""
    return _check(name, family, lambda text: iter(found), depth)


def checks() -> tuple[Check, ...]:
    """A small catalogue that mends `DRAFT` into `EDITED`."""
    return (
        _check("misspelling", "spelling", _each(r"[Tt](eh)\b", lambda match: "he", "It is not a word.")),
        _check("lost_apostrophe", "spelling", _each(r"\b(wont)\b", lambda match: "won't", "An apostrophe is lost.")),
        _check("full_stop_before_tag", "dialogue", _each(r'(\.)" \w+ said', lambda match: ",", "A tag follows.")),
        _check("new_speaker", "paragraphs", _each(r'\."( )"', lambda match: "\n\n", "Another speaks.")),
        _check("stray_space", "punctuation", _each(r"\b(  )\b", lambda match: " ", "A space too many.")),
        _check("hedge", "style", _maybe),
    )


def done(text: str = DRAFT, path: Path | None = None) -> Copyedit:
    return copyedit(reading_of(text, path=path), checks())


def _each(pattern: str, put: Callable[[re.Match[str]], str], reason: str) -> Callable[[str], Iterator[Finding]]:
    def find(text: str) -> Iterator[Finding]:
        for match in re.finditer(pattern, text):
            yield Edit(Span(*match.span(1)), put(match), reason, 0.97)

    return find


def _maybe(text: str) -> Iterator[Finding]:
    for match in re.finditer(r"\bmaybe\b", text):
        yield Query(Span(*match.span()), "Is she unsure?", (Span(0, 3),))


def _check(name: str, family: str, find: Callable[[str], Iterator[Finding]], depth: Depth = "light") -> Check:
    def found(reading: Reading) -> Iterator[Finding]:
        for finding in find(reading.text):
            yield replace(finding, check=name)

    return Check(name, family, depth, f"Mend a {name}.".replace("_", " "), "Because it is so.", (), found)


def run(*arguments: str | Path) -> int:
    """The exit code of the command, run in this process."""
    return cli.main([str(argument) for argument in arguments])


def names_in(folder: Path) -> list[str]:
    """The names of the files in a folder, in order."""
    return sorted(path.name for path in folder.iterdir())
