"""Novels and excerpts that were read by hand: who is in them, what is quoted, who says it (PDNC and LitBank)."""

from __future__ import annotations

import ast
import csv
import io
import re
import tarfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from betareader.span import Span
from training.corpora import require

_EDGES = " \t\r\n\"“”'‘’_*"
_BREAK = re.compile(r"\n[ \t]*\n")
_TIGHT = re.compile(r" (?=[,.;:!?)\]}]|n['’]t\b|['’](?:s|ll|d|ve|re|m|S|LL)?(?:\W|$))|(?<=[(\[{]) ")
_SINGLE_FIRST = re.compile(r"^['‘] ", re.MULTILINE)
_DOUBLE_FIRST = re.compile(r"^[\"“] ", re.MULTILINE)
_AFTER_MARK = (" ", "\n", "")
_EPITHET = re.compile(r"(?:(?:The|That|This|A|Old|Poor|Young|Little|Dear|Dearest|[a-z][a-z-]*) )+(?=[A-Z])")
"""What may stand before a name inside a mention and is no part of the name: an article, “poor”, “the late”."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of PDNC: its parts as they stand in the text, marks left out; who says it and how that is told."""

    parts: tuple[Span, ...]
    speaker: str
    told: str


@dataclass(frozen=True, slots=True)
class Novel:
    """A novel of PDNC: `characters` holds every name of each character under the main one.

    “I” is a name of the one whose quotations are told by “I said” and the like.  The labels `_group` and `_unknowable`
    are nobody.  `pronouns` are “he”, “she” or nothing for each.
    """

    name: str
    text: str
    quotations: tuple[Quotation, ...]
    characters: dict[str, frozenset[str]]
    pronouns: dict[str, str]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An excerpt of LitBank, set as print sets it, with the proper names of its people and its quotations.

    Words of description before a name (“the late”, “poor”) are left out of it.
    """

    name: str
    text: str
    people: frozenset[Span]
    quotations: tuple[Span, ...]


def novels(data: Path, names: Collection[str] | None = None) -> Iterator[Novel]:
    """The novels of PDNC; `names`, where given, are the folders wanted."""
    require(data, "pdnc.tar.xz")
    files: dict[str, dict[str, str]] = {}
    with tarfile.open(data / "pdnc.tar.xz") as packed:
        for member in packed:
            path = Path(member.name)
            content = packed.extractfile(member) if len(path.parts) == 4 else None
            if content is not None and (not names or path.parts[2] in names):
                files.setdefault(path.parts[2], {})[path.name] = content.read().decode("utf-8")
    for name, here in sorted(files.items()):
        if "novel_text.txt" in here:
            text = here["novel_text.txt"]
            rows = list(csv.DictReader(io.StringIO(here["quotation_info.csv"], newline="")))
            people = list(csv.DictReader(io.StringIO(here["character_info.csv"], newline="")))
            characters = {
                row["Main Name"]: frozenset(ast.literal_eval(row["Aliases"])) | {row["Main Name"]}
                for row in people
                if not row["Main Name"].startswith("_")
            }
            told = Counter(row["speaker"] for row in rows if re.search(r"\bI\b", row["referringExpression"]))
            for narrator, count in told.most_common(1):
                if count >= 3 and narrator in characters:
                    characters[narrator] |= {"I"}
            pronouns = {row["Main Name"]: {"M": "he", "F": "she"}.get(row["Gender"], "") for row in people}
            yield Novel(name, text, tuple(_quotation(text, row) for row in rows), characters, pronouns)


def _quotation(text: str, row: dict[str, str]) -> Quotation:
    parts = [part for start, end in ast.literal_eval(row["quoteByteSpans"]) for part in bare_parts(text, start, end)]
    return Quotation(tuple(parts), row["speaker"], row["quoteType"].lower())


def printed(text: str, quotations: Iterable[Quotation]) -> frozenset[Span]:
    """The quotations as they are printed, from mark to mark: what PDNC cuts up inside one pair of marks is one again.

    PDNC lists a quotation inside a quotation, and what is said before and after it, each for itself, or leaves some of it out.
    """
    found: list[Span] = []
    for part in sorted({part for quotation in quotations for part in quotation.parts}):
        opening = text.rfind('"', max(text.rfind("\n\n", 0, part.start), 0), part.start)
        closing = text.find('"', part.end)
        ending = text.find("\n\n", part.end)
        start, end = part.start, part.end
        if opening >= 0 and not text[opening + 1].isspace():
            start = opening
        if closing >= 0 and (ending < 0 or closing < ending) and not text[closing - 1].isspace():
            end = closing
        whole = next(iter(bare_parts(text, start, end)), part)
        if found and whole.start < found[-1].end:
            whole = Span(found.pop().start, max(part.end, whole.end))
        found.append(whole)
    return frozenset(found)


def bare_parts(text: str, start: int, end: int) -> Iterator[Span]:
    """A quotation without its marks, paragraph by paragraph."""
    place = start
    for edge in [*_BREAK.finditer(text, start, end), None]:
        stop = edge.start() if edge else end
        first, last = place, stop
        while first < last and text[first] in _EDGES:
            first += 1
        while last > first and text[last - 1] in _EDGES:
            last -= 1
        if first < last:
            yield Span(first, last)
        place = edge.end() if edge else end


def excerpts(data: Path, *, held_out: bool) -> Iterator[Excerpt]:
    """The excerpts of LitBank; one in five is held out."""
    require(data, "litbank.tar.xz")
    files: dict[str, str] = {}
    with tarfile.open(data / "litbank.tar.xz") as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None and member.name.endswith((".ann", ".txt")):
                files[member.name] = content.read().decode("utf-8")
    for path in sorted(files):
        if not path.startswith("litbank/coref/brat/") or not path.endswith(".txt"):
            continue
        name = Path(path).stem.removesuffix("_brat")
        if (zlib.crc32(name.encode()) % 5 == 0) != held_out:
            continue
        source = files[path]
        text, moved = untokenised(source)
        people = set()
        for line in files[path.removesuffix("txt") + "ann"].splitlines():
            cells = line.split("\t")
            if len(cells) > 1 and cells[1].startswith("PROP_PER "):
                _, start, end = cells[1].split()
                epithet = _EPITHET.match(source, int(start), int(end))
                people.add(Span(moved[epithet.end() if epithet else int(start)], moved[int(end) - 1] + 1))
        said = files.get(path.replace("coref/brat", "quotations/tsv").removesuffix("txt") + "ann", "")
        yield Excerpt(name, text, frozenset(people), tuple(_said(source, said, moved)))


def _said(source: str, listed: str, moved: list[int]) -> Iterator[Span]:
    """The quotations of an excerpt by sentence and token, as spans without their marks."""
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for row in listed.splitlines():
        cells = row.split("\t")
        if cells[0] != "QUOTE":
            continue
        first, last = (
            starts[sentence] + sum(len(token) + 1 for token in lines[sentence].split(" ")[:place])
            for sentence, place in ((int(cells[2]), int(cells[3])), (int(cells[4]), int(cells[5])))
        )
        end = last + len(lines[int(cells[4])].split(" ")[int(cells[5])])
        text = source[first:end]
        inner = first + len(text) - len(text.lstrip(_EDGES))
        yield Span(moved[inner], moved[first + len(text.rstrip(_EDGES)) - 1] + 1)


def untokenised(source: str) -> tuple[str, list[int]]:
    """Text whose tokens stand apart, set as print sets it, and where each of its code points went.

    A sentence is a line; sentences stay lines, with a blank space between them instead of the line's end where the
    next goes on in small letters or the quotation is still open.
    """
    letters = list(source)
    dropped = {found.start() for found in _TIGHT.finditer(source)}
    singles = len(_SINGLE_FIRST.findall(source)) > len(_DOUBLE_FIRST.findall(source))
    opened = False
    for place, letter in enumerate(source):
        before, after = source[place - 1 : place], source[place + 1 : place + 2]
        is_mark = singles and after in _AFTER_MARK
        opening = letter == "“" or (letter == "‘" and singles)
        closing = letter == "”" or (letter == "’" and is_mark and before == " ")
        if letter == '"' or (letter == "'" and is_mark):
            opening = before in ("\n", "") or (after not in ("\n", "") and not opened)
            closing = not opening and (letter == '"' or before == " ")
        opened = opening or (opened and not closing)
        if opening and source[place + 1 : place + 2] == " ":
            dropped.add(place + 1)
            dropped.discard(place - 1)
        elif closing and source[place - 1 : place] == " ":
            dropped.add(place - 1)
        elif letter == "\n" and (opened or source[place + 1 : place + 2].islower()):
            letters[place] = " "
    moved: list[int] = []
    length = 0
    for place in range(len(letters)):
        moved.append(length)
        length += place not in dropped
    moved.append(length)
    return "".join(letter for place, letter in enumerate(letters) if place not in dropped), moved
