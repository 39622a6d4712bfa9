"""What is said on the terminal: a short summary after editing, and a line for each finding when checking."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from betareader.findings import Edit
from betareader.reports.kinds import families, is_silent, kind_of, shown, whole_words
from betareader.reports.lines import Lines

if TYPE_CHECKING:
    from betareader.checks.check import Check
    from betareader.desk import Copyedit
    from betareader.findings import Finding, Query
    from betareader.reading import Reading

_BOLD, _DIM, _RED, _BLUE, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[34m", "\x1b[0m"
_QUESTIONS = 5
_NEAR = 20
_LAST = re.compile(r"\S+\Z")
_FIRST = re.compile(r"\S+")
_BREAK = re.compile(r"[\r\n]")


def wants_colour(stream: IO[str]) -> bool:
    """Whether to write colours: on a terminal only, and not where NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number and what it counts: 1 change, 1,200 changes."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def summary(
    copyedit: Copyedit,
    checks: Iterable[Check],
    *,
    copy: Path | None = None,
    report: Path | None = None,
    colour: bool = False,
) -> str:
    """What was changed, what is asked, what could not run, and where the files are."""
    pencil = _Pencil(colour)
    reading = copyedit.reading
    text, path = reading.text, reading.manuscript.path
    name = shown(path.name) if path else "Your story"
    lines = [f"{pencil.bold(name)}: {count(len(reading.words), 'word')}, {reading.style.depth} edit."]
    lines += [f"  {shown(note, 200)}" for note in reading.manuscript.notes]
    silent: list[Edit] = []
    loud: list[Edit] = []
    for edit in copyedit.edits:
        (silent if is_silent(text, edit) else loud).append(edit)
    lines.append("")
    if not copyedit.edits and not copyedit.queries:
        lines.append("  Nothing to change and nothing to ask.")
    if loud:
        lines.append(f"  {pencil.bold(count(len(loud), 'change'))}")
        lines += _by_kind(text, loud, families(checks), pencil)
    if silent:
        lines.append(f"  {pencil.bold(count(len(silent), 'silent change'))}: {_habits(text, silent)}")
    if copyedit.queries:
        lines.append(f"  {pencil.bold(count(len(copyedit.queries), 'question'))} for you")
        lines += _questions(text, Lines.of(reading.manuscript), copyedit.queries, pencil)
    if copyedit.skipped:
        lines.append(f"  {pencil.bold(count(len(copyedit.skipped), 'check'))} could not run")
        lines += [f"    {each.check}: {shown(each.reason, 100)}" for each in copyedit.skipped]
    if copy or report:
        lines.append("")
    if copy:
        lines.append(f"  Edited copy  {shown(str(copy), 400)}")
    if report:
        lines.append(f"  Report       {shown(str(report), 400)}  {pencil.dim('every change and its reason')}")
    return "\n".join(lines) + "\n"


def bible_summary(reading: Reading, bible: Path, *, colour: bool = False) -> str:
    """How much was found, and where the bible is."""
    pencil = _Pencil(colour)
    path = reading.manuscript.path
    lines = [f"{pencil.bold(shown(path.name) if path else 'Your story')}: {count(len(reading.words), 'word')}."]
    lines += [f"  {shown(note, 200)}" for note in reading.manuscript.notes]
    cast = sorted(reading.bible.cast, key=lambda person: -len(person.mentions))
    if cast:
        names = " · ".join(shown(person.name, 30) for person in cast[:_QUESTIONS])
        few = " · …" if len(cast) > _QUESTIONS else ""
        lines += ["", f"  {pencil.bold(count(len(cast), 'person', 'people'))}: {names}{few}"]
    lines += ["", f"  Story bible  {shown(str(bible), 400)}"]
    return "\n".join(lines) + "\n"


def findings(copyedit: Copyedit, *, colour: bool = False) -> Iterator[str]:
    """A line for each finding, in the order of the text: path:line:column: what, why (check).

    Where the file has no lines, as a Word document, paragraphs stand for them.
    """
    pencil = _Pencil(colour)
    text, path = copyedit.reading.text, copyedit.reading.manuscript.path
    lines = Lines.of(copyedit.reading.manuscript)
    found: list[Finding] = [*copyedit.edits, *copyedit.queries]
    for finding in sorted(found, key=lambda each: (each.span, each.check)):
        line, column = lines.place(finding.span.start)
        place = pencil.bold(f"{shown(str(path), 400) if path else '-'}:{line}:{column}:")
        if isinstance(finding, Edit):
            what = pencil.red(change(text, finding))
        else:
            what = pencil.blue(f"“{shown(finding.span.of(text))}”" if len(finding.span) else "here")
        yield f"{place} {what} — {shown(finding.reason, 300)} {pencil.dim(f'({finding.check})')}"


def change(text: str, edit: Edit) -> str:
    """An edit in a few words: wen → when."""
    span, put = whole_words(text, edit)
    old = span.of(text)
    left = _LAST.search(text[max(0, span.start - _NEAR) : span.start])
    right = _FIRST.match(text[span.end : span.end + _NEAR])
    before, after = left[0] if left else "", right[0] if right else ""
    if not (old + put).strip():
        if not _BREAK.search(old) and _BREAK.search(put):
            return f"new paragraph at “{shown(_BREAK.split(text[span.end : span.end + _NEAR].strip())[0])}”"
        return " → ".join(shown(before + blank.replace(" ", "␣") + after) for blank in (old, put))
    if not (old + put)[0].isalnum():
        old, put = before + old, before + put
    if not old.strip():
        return f"+ {shown(put.strip(), 40)}"
    if not put.strip():
        return f"− {shown(old.strip(), 40)}"
    return f"{shown(old, 40)} → {shown(put, 40)}"


def _by_kind(text: str, edits: Sequence[Edit], family_of: dict[str, str], pencil: _Pencil) -> Iterator[str]:
    kinds: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        kinds[kind_of(edit, family_of)].append(edit)
    width = max(map(len, kinds))
    for kind, of_kind in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield f"    {kind:<{width}}  {len(of_kind):>5,}  {pencil.dim(' · '.join(_examples(text, of_kind)))}"


def _examples(text: str, edits: Sequence[Edit]) -> list[str]:
    """The first two that differ, and a sign that there are others."""
    examples: list[str] = []
    for edit in edits:
        told = change(text, edit)
        if told not in examples:
            examples.append(told)
        if len(examples) > 2:
            return [*examples[:2], "…"]
    return examples


def _questions(text: str, lines: Lines, queries: Sequence[Query], pencil: _Pencil) -> Iterator[str]:
    for query in queries[:_QUESTIONS]:
        line, _ = lines.place(query.span.start)
        asked = f"“{shown(query.span.of(text), 40)}”: " if len(query.span) else ""
        yield f"    {pencil.dim(f'{lines.unit} {line}')}  {asked}{shown(query.reason, 110)}"
    if len(queries) > _QUESTIONS:
        yield f"    {pencil.dim(f'and {len(queries) - _QUESTIONS:,} more, in the report')}"


def _habits(text: str, edits: Sequence[Edit]) -> str:
    """What the silent changes were about."""
    spaces = sum(1 for edit in edits if not (edit.span.of(text) + edit.replacement).strip())
    parts = [f"{count(spaces, 'stray space')}"] if spaces else []
    if len(edits) > spaces:
        parts.append(f"{count(len(edits) - spaces, 'mark')} set in your usual shape")
    return ", ".join(parts)


class _Pencil:
    """Colours words, or leaves them as they are."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def bold(self, words: str) -> str:
        return self._in(_BOLD, words)

    def dim(self, words: str) -> str:
        return self._in(_DIM, words)

    def red(self, words: str) -> str:
        return self._in(_RED, words)

    def blue(self, words: str) -> str:
        return self._in(_BLUE, words)

    def _in(self, code: str, words: str) -> str:
        return f"{code}{words}{_PLAIN}" if self._colour else words
