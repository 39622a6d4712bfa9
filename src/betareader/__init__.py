"""betareader: a copyeditor of fiction; a draft in, an edited copy with every change and its reason out.

reading = betareader.read("story.docx")
done = betareader.copyedit(reading)
Path("story-edited.docx").write_bytes(betareader.write(done))
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from betareader.desk import Copyedit
    from betareader.findings import Edit, Query
    from betareader.formats.manner import Manner
    from betareader.manuscript import Manuscript
    from betareader.reading import Reading
    from betareader.style import Style, Wishes

__all__ = ["Edit", "Manner", "Manuscript", "Query", "Reading", "Style", "copyedit", "read", "write"]

_HOMES = {
    "Edit": "betareader.findings",
    "Manner": "betareader.formats.manner",
    "Manuscript": "betareader.manuscript",
    "Query": "betareader.findings",
    "Reading": "betareader.reading",
    "Style": "betareader.style",
}


def read(story: str | Path | Manuscript, wishes: Wishes | None = None) -> Reading:
    """Read the story in a file, or one that is a manuscript already.

    Raises `UnreadableManuscript` and `UnknownFormat`.
    """
    from betareader import formats, reading

    manuscript = formats.read(Path(story)) if isinstance(story, str | Path) else story
    return reading.read(manuscript, wishes)


def copyedit(reading: Reading, *, strict: bool = False) -> Copyedit:
    """Go over a reading with every check of its style's depth.

    With `strict` a fault in a check is raised instead of being listed in `skipped`.
    """
    from betareader import checks, desk

    return desk.copyedit(reading, checks.catalogue(), strict=strict)


def write(copyedit: Copyedit, manner: Manner | None = None) -> bytes:
    """The bytes of the edited copy, in the format and encoding of the story's own file.

    Word and OpenDocument files have the edits as tracked changes and the queries as comments, unless `manner` says otherwise.
    """
    from betareader import formats

    return formats.write(copyedit.reading.manuscript, copyedit.edits, copyedit.queries, manner)


def __getattr__(name: str) -> object:
    """The types by their public names, imported when they are first asked for."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'betareader' has no attribute {name!r}")
