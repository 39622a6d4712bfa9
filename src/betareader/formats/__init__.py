"""Reading and writing files: by what they hold first, and by their suffix second."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from betareader.errors import UnknownFormat, UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import docx, epub, html, odt, texts
from betareader.formats.content import LARGEST, LARGEST_PACKAGE, Content, look_into, too_large
from betareader.formats.encoding import encode
from betareader.formats.manner import Manner
from betareader.formats.package import Chunk, Package
from betareader.manuscript import Manuscript

__all__ = ["FORMATS", "LARGEST", "Format", "Manner", "chunks", "format_of", "from_text", "read", "suffix_of", "write"]

Writer = Callable[[Manuscript, Iterable[Edit], Iterable[Query], Manner], Iterator[Chunk]]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what it is called, whether a file is one, and how to read and write it.

    Where there is no `claims`, any text with one of the `suffixes` is one.
    `write` is asked only where there is something to write; `name` is what a manuscript calls its format, and the
    first of `suffixes` is for a copy of a file whose own suffix is wrong.  `tracks` says whether there is room in such a file
    for changes that show, and for comments.
    """

    name: str
    called: str
    suffixes: tuple[str, ...]
    claims: Callable[[Content], bool] | None
    read: Callable[[Content], Manuscript]
    write: Writer
    tracks: bool = True


# In the order in which they are asked; those that go by the suffix alone come last.
FORMATS = (
    Format("docx", "a Word document", (".docx", ".docm", ".dotx", ".dotm"), docx.claims, docx.read, docx.write),
    Format("odt", "an OpenDocument text", (".odt", ".ott"), odt.claims, odt.read, odt.write),
    Format("fodt", "a flat OpenDocument text", (".fodt",), odt.claims_flat, odt.read_flat, odt.write_flat),
    Format("epub", "an EPUB", (".epub",), epub.claims, epub.read, epub.write),
    Format("html", "HTML", html.SUFFIXES, html.is_html, html.read, html.write),
    Format("markdown", "Markdown", (".md", ".markdown"), None, partial(texts.read, format="markdown"), texts.write),
    Format(
        "fountain", "Fountain", (".fountain", ".spmd"), None, partial(texts.read, format="fountain"), texts.write, False
    ),
    Format("plain", "plain text", (".txt", ".text", ""), None, partial(texts.read, format="plain"), texts.write, False),
)

_SAVE_FIRST = {
    ".doc": "an old Word file; save it as .docx first",
    ".dot": "an old Word file; save it as .docx first",
    ".pages": "a Pages file; export it to Word (.docx) first",
    ".wps": "a Works file; save it as .docx first",
    ".wpd": "a WordPerfect file; save it as .docx or .odt first",
    ".rtf": "a rich text file; save it as .docx or .odt first",
    ".pdf": "a PDF; save the story as .docx, .odt or plain text first",
    ".mobi": "a Kindle book; give the file it was made from, or an .epub",
    ".azw3": "a Kindle book; give the file it was made from, or an .epub",
    ".scriv": "a Scrivener project; compile it to .docx first",
    ".gdoc": "only a link to Google Docs; download the story as .docx first",
}
_INSIDE = (
    ("Index/Document.iwa", ".pages"),
    ("Index.zip", ".pages"),
)
_OFFICE = (("xl/workbook.xml", "a spreadsheet"), ("ppt/presentation.xml", "a slide show"))


def read(path: Path | None, data: bytes | None = None) -> Manuscript:
    """Read the file at `path`, or the bytes of standard input, into a manuscript.

    With `data` the path only gives the name.  Raises `UnknownFormat` for a kind of file that nothing here
    reads and `UnreadableManuscript` for one that holds no story, is damaged or is made to do harm.
    """
    if data is None:
        if path is None:
            raise ValueError("standard input has to be given as data")
        data = _bytes_of(path)
    content = look_into(path, data)
    format = _format_of(content)
    manuscript = format.read(content)
    if content.suffix not in ("", *format.suffixes):
        note = f"The file's name ends in {content.suffix}, but it is {format.called}; it was read as that."
        return replace(manuscript, notes=(note, *manuscript.notes))
    return manuscript


def from_text(text: str, path: Path | None = None, format: str = "plain") -> Manuscript:
    """A manuscript of `text`, as if it had been read from a file in UTF-8."""
    return texts.manuscript_of(path, text, encode(text, "utf-8"), format, "utf-8")


def write(
    manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query] = (), manner: Manner | None = None
) -> bytes:
    """The bytes of the manuscript's file with `edits` made; what was not edited is as it was.

    The edits must not overlap, and must be such as the manuscript can take.  `queries` become comments where the format
    has them.  Raises `CannotWrite` where the file cannot hold what an edit puts in.
    """
    return b"".join(chunks(manuscript, edits, queries, manner))


def chunks(
    manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query] = (), manner: Manner | None = None
) -> tuple[Chunk, ...]:
    """What `write` gives, in pieces that share the memory of the file that was read."""
    edits, queries = tuple(edits), tuple(queries)
    if not edits and not queries:
        return (manuscript.source,)
    return tuple(format_of(manuscript).write(manuscript, edits, queries, manner or Manner()))


def format_of(manuscript: Manuscript) -> Format:
    """The format a manuscript was read from, and its copy is written in."""
    return next(each for each in FORMATS if each.name == manuscript.format)


def suffix_of(manuscript: Manuscript) -> str:
    """The suffix for a copy: the story's own, unless that is not one of its format's."""
    suffix = manuscript.path.suffix if manuscript.path else ""
    format = format_of(manuscript)
    return suffix if suffix.lower() in format.suffixes else format.suffixes[0]


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            if path.suffix.lower() in _SAVE_FIRST:
                raise UnknownFormat(f"{path} is {_SAVE_FIRST[path.suffix.lower()]}.")
            raise UnreadableManuscript(f"{path} is a folder; name the file that holds the story.")
        with path.open("rb") as file:
            size = path.stat().st_size
            most = LARGEST_PACKAGE if file.read(2) == b"PK" else LARGEST
            if size > most:
                raise UnreadableManuscript(too_large(str(path), most))
            file.seek(0)
            return file.read(most + 1)
    except FileNotFoundError:
        raise UnreadableManuscript(f"There is no file {path}.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableManuscript(f"{path} could not be read: {reason[:1].lower()}{reason[1:]}.") from error


def _format_of(content: Content) -> Format:
    """The first format that claims the file; a text by the name of a word processor's file is plain text."""
    for format in FORMATS:
        by_suffix = content.package is None and content.suffix in format.suffixes
        if by_suffix if format.claims is None else format.claims(content):
            return format
    if content.package is not None:
        raise _unknown_package(content, content.package)
    suffix = content.suffix
    if suffix in _SAVE_FIRST:
        raise UnknownFormat(f"{content.path} is {_SAVE_FIRST[suffix]}.")
    plain = FORMATS[-1]
    if any(suffix in format.suffixes for format in FORMATS):
        return plain
    known = ", ".join(suffix for format in FORMATS for suffix in format.suffixes if suffix)
    raise UnknownFormat(
        f"{content.path} is not a kind of file that can be read ({known}); save it as one of these first."
    )


def _unknown_package(content: Content, package: Package) -> UnknownFormat:
    for member, suffix in _INSIDE:
        if member in package:
            return UnknownFormat(f"{content.name} is {_SAVE_FIRST[suffix]}.")
    for member, kind in _OFFICE:
        if member in package:
            return UnknownFormat(f"{content.name} is {kind}, not a story.")
    return UnknownFormat(f"{content.name} is a zip file; unpack it and name the story that is in it.")
