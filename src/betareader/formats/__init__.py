"""Reading and writing files by their suffix."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from betareader.errors import UnknownFormat, UnreadableManuscript
from betareader.findings import Edit
from betareader.formats import markdown, plain
from betareader.formats.encoding import byte_order_mark, decode, encode, encode_anew, guess
from betareader.manuscript import Manuscript, Piece
from betareader.span import Span

LARGEST = 8 * 1024 * 1024
"""Bytes; some 1.4 million words, a dozen novels: more would not fit into the memory of a small machine."""

FORMATS = {".txt": "plain", ".text": "plain", "": "plain", ".md": "markdown", ".markdown": "markdown"}

_PART = "text"
_MAGIC = (
    (b"PK\x03\x04", "a zip file (such as a .docx, .odt or .epub)"),
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DAMAGED = re.compile("[\udc80-\udcff]")
_NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "windows-1252": "Windows-1252"}


def read(path: Path | None, data: bytes | None = None) -> Manuscript:
    """Read the file at `path`, or the bytes of standard input, into a manuscript.

    With `data` the path only gives the name and the format.  Raises `UnknownFormat` for a suffix
    nothing here reads and `UnreadableManuscript` for a file that holds no text.
    """
    name = "Standard input" if path is None else str(path)
    if data is None:
        if path is None:
            raise ValueError("standard input has to be given as data")
        data = _bytes_of(path)
    format = _format_of(path)
    _refuse_what_is_no_text(name, data)
    encoding = guess(data)
    text = decode(data, encoding)
    if not text.strip():
        raise UnreadableManuscript(f"{name} holds nothing but white space; there is no story to read.")
    head = text[:65536]
    if (
        len(_CONTROL.findall(head)) > 0.3 * len(head)
        or head.count("\0") > 0.01 * len(head)
        or (encoding == "windows-1252" and "\0" in head)
    ):
        raise UnreadableManuscript(f"{name} is not a text file; save the story as plain text first.")
    notes = []
    if encoding != "utf-8":
        notes.append(f"The file is not UTF-8; it was read, and will be written, as {_NAMES[encoding]}.")
    elif _DAMAGED.search(text):
        notes.append("The file is UTF-8 with some damaged bytes in it; they were left as they are.")
    return _manuscript(path, text, data, format, encoding, tuple(notes))


def from_text(text: str, path: Path | None = None, format: str = "plain") -> Manuscript:
    """A manuscript of `text`, as if it had been read from a file in UTF-8."""
    return _manuscript(path, text, encode(text, "utf-8"), format, "utf-8", ())


def write(manuscript: Manuscript, edits: Iterable[Edit]) -> bytes:
    """The bytes of the manuscript's file with `edits` made; every byte that was not edited is as it was.

    The edits must not overlap.  Raises `CannotWrite` where the file's encoding cannot hold one.
    """
    source = manuscript.parts[_PART]
    edits = sorted(edits, key=lambda edit: (edit.span.start, edit.span.end))
    if not edits:
        return source
    text, encoding = manuscript.text, manuscript.encoding
    chunks = [byte_order_mark(source)]
    place = 0
    for edit in edits:
        if edit.span.start < place:
            raise ValueError(f"edits overlap at {edit.span}")
        chunks += [encode(text[place : edit.span.start], encoding), encode_anew(edit.replacement, encoding)]
        place = edit.span.end
    chunks.append(encode(text[place:], encoding))
    if encoding.startswith("utf-16") and (len(source) - len(chunks[0])) % 2:
        chunks.append(source[-1:])  # half a character at the end of a damaged file
    return b"".join(chunks)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableManuscript(f"{path} is a folder; name the file that holds the story.")
        if path.stat().st_size > LARGEST:
            raise UnreadableManuscript(_too_large(str(path)))
        _format_of(path)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableManuscript(f"There is no file {path}.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableManuscript(f"{path} could not be read: {reason[:1].lower()}{reason[1:]}.") from error


def _format_of(path: Path | None) -> str:
    suffix = path.suffix.lower() if path else ""
    if suffix not in FORMATS:
        known = ", ".join(each for each in FORMATS if each)
        raise UnknownFormat(f"{path} is not a kind of file that can be read ({known}); save it as plain text first.")
    return FORMATS[suffix]


def _refuse_what_is_no_text(name: str, data: bytes) -> None:
    if not data:
        raise UnreadableManuscript(f"{name} is empty; there is no story to read.")
    if len(data) > LARGEST:
        raise UnreadableManuscript(_too_large(name))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableManuscript(f"{name} is {kind}, not plain text; save the story as plain text first.")


def _too_large(name: str) -> str:
    return f"{name} is larger than {LARGEST // 1024 // 1024} MB; cut it into parts and give them one by one."


def _manuscript(
    path: Path | None, text: str, data: bytes, format: str, encoding: str, notes: tuple[str, ...]
) -> Manuscript:
    if format == "markdown":
        paragraphs, marks = markdown.blocks_of(text)
    else:
        paragraphs, marks = plain.paragraphs_of(text), tuple(plain.emphasis_of(text))
    whole = Span(0, len(text))
    return Manuscript(
        path=path,
        text=text,
        paragraphs=paragraphs,
        marks=marks,
        parts=MappingProxyType({_PART: data}),
        pieces=(Piece(whole, _PART, whole),),
        format=format,
        encoding=encoding,
        paragraph_break=plain.paragraph_break_of(text, paragraphs),
        notes=notes,
    )
