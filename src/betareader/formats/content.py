"""What a file holds, looked at before it is known which format it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from betareader.errors import UnreadableManuscript
from betareader.formats.encoding import Encoding, decode, guess
from betareader.formats.package import Package

LARGEST = 8 * 1024 * 1024
"""Bytes of text; some 1.4 million words, a dozen novels: more would not fit into the memory of a small machine."""

LARGEST_PACKAGE = 512 * 1024 * 1024
"""Bytes of a .docx or the like, which may hold pictures."""

_MAGIC = (
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
)
_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DAMAGED = re.compile("[\udc80-\udcff]")
_NAMES = {"utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "windows-1252": "Windows-1252"}


@dataclass(frozen=True)
class Content:
    """The bytes of a file and what can be told of them.

    `name` is what to call it in a sentence.  A zip file has a `package`; anything else has `text`, decoded as
    `encoding`, with `notes` on how.
    """

    path: Path | None
    name: str
    data: bytes = field(repr=False)
    package: Package | None = None
    text: str = ""
    encoding: Encoding = "utf-8"
    notes: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The suffix of the file's name in lower case; empty for standard input."""
        return self.path.suffix.lower() if self.path else ""


def look_into(path: Path | None, data: bytes) -> Content:
    """Open a package or decode a text.  Raises `UnreadableManuscript` for what holds no story."""
    name = "Standard input" if path is None else str(path)
    if not data:
        raise UnreadableManuscript(f"{name} is empty; there is no story to read.")
    if data.startswith(_ZIP):
        if len(data) > LARGEST_PACKAGE:
            raise UnreadableManuscript(too_large(name, LARGEST_PACKAGE))
        return Content(path, name, data, Package(data, name))
    if len(data) > LARGEST:
        raise UnreadableManuscript(too_large(name, LARGEST))
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
    return Content(path, name, data, None, text, encoding, _notes(text, encoding))


def too_large(name: str, most: int) -> str:
    """The sentence for a file of more than `most` bytes."""
    return f"{name} is larger than {most // 1024 // 1024} MB; cut it into parts and give them one by one."


def _refuse_what_is_no_text(name: str, data: bytes) -> None:
    if data.startswith(_OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableManuscript(f"{name} is locked with a password; save it without one first.")
        raise UnreadableManuscript(f"{name} is an old Word file (.doc) or the like; save it as .docx first.")
    if re.match(rb"\s*\{\\rtf", data):
        raise UnreadableManuscript(f"{name} is a rich text file (.rtf); save it as .docx or .odt first.")
    if data.startswith(b"%PDF"):
        raise UnreadableManuscript(f"{name} is a PDF; save the story as .docx, .odt or plain text first.")
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableManuscript(f"{name} is {kind}, not plain text; save the story as plain text first.")


def _notes(text: str, encoding: Encoding) -> tuple[str, ...]:
    if encoding != "utf-8":
        return (f"The file is not UTF-8; it was read, and will be written, as {_NAMES[encoding]}.",)
    if _DAMAGED.search(text):
        return ("The file is UTF-8 with some damaged bytes in it; they were left as they are.",)
    return ()
