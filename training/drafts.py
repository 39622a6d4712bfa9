"""Raw drafts and beside each its fair copy, as a careful copyeditor would hand it back.

They were written for this project, in the manner of many kinds of writers: those in `training/drafts` may be read and learnt from, those
in `bench/drafts` are for measuring only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from training.faults import Fault, Kind

LEARNT = Path(__file__).parent / "drafts"
"""The drafts that may be read, and that the prior is learnt on."""
TAUGHT = LEARNT / "taught"
"""The drafts that the encoder is taught on; it knows them too well for the prior."""

_WORD = re.compile(r"\w+(?:['’]+\w+)*")


@dataclass(frozen=True, slots=True)
class RawDraft:
    """A draft as its author typed it, and the same as it should be."""

    name: str
    raw: str
    fair: str


def drafts(folder: Path = LEARNT) -> Iterator[RawDraft]:
    """The drafts of a folder in the order of their names; `NAME.raw.txt` beside `NAME.fair.txt`."""
    for path in sorted(folder.glob("*.raw.txt")):
        name = path.name.removesuffix(".raw.txt")
        yield RawDraft(name, path.read_text("utf-8"), path.with_name(f"{name}.fair.txt").read_text("utf-8"))


def words(text: str) -> list[tuple[int, int, str]]:
    """The words of a text: start, end, and the word in lower case with straight apostrophes."""
    return [(found.start(), found.end(), found[0].lower().replace("’", "'")) for found in _WORD.finditer(text)]


def faults(draft: RawDraft) -> tuple[Fault, ...]:
    """The words of the draft that are not as they should be, capitals apart: one fault for each word where they match one to one."""
    raw, fair = words(draft.raw), words(draft.fair)
    found: list[Fault] = []
    matcher = SequenceMatcher(None, [word for *_, word in raw], [word for *_, word in fair], autojunk=False)
    for _, start, end, first, last in (each for each in matcher.get_opcodes() if each[0] != "equal"):
        right = draft.fair[fair[first][0] : fair[last - 1][1]] if first < last else ""
        if end - start == last - first:
            found += [
                _fault(draft, raw[here][0], raw[here][1], draft.fair[slice(*fair[there][:2])], "wrong word")
                for here, there in zip(range(start, end), range(first, last), strict=True)
            ]
        elif start == end:
            place = raw[start][0] if start < len(raw) else len(draft.raw)
            found.append(_fault(draft, place, place, f"{right} ", "lost"))
        elif first == last and end - start == 1 and start and raw[start][2] == raw[start - 1][2]:
            found.append(
                _fault(draft, raw[start - 1][0], raw[start][1], draft.raw[slice(*raw[start - 1][:2])], "doubled")
            )
        else:
            kind: Kind = "doubled" if first == last else "run together" if last - first > end - start else "split"
            found.append(_fault(draft, raw[start][0], raw[end - 1][1], right, kind))
    return tuple(found)


def _fault(draft: RawDraft, start: int, end: int, right: str, kind: Kind) -> Fault:
    return Fault(start, end, draft.raw[start:end], right, kind)
