"""From bytes to text and back, without losing a byte that was not understood."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Literal

from betareader.errors import CannotWrite

Encoding = Literal["utf-8", "utf-16-le", "utf-16-be", "windows-1252"]

_BYTE_ORDER_MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The five bytes that Windows-1252 leaves undefined stand for the control characters of the same
# number, as in browsers, so that every byte has its character and every file its way back.
_WINDOWS_1252 = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(256))
_TO_WINDOWS_1252 = codecs.charmap_build(_WINDOWS_1252)

_BAD = re.compile("[\udc80-\udcff]")
_GOOD = re.compile("[^\x00-\x7f\udc80-\udcff]")
_PLAINER = str.maketrans({"‑": "-", "―": "—", "−": "-", "′": "'", "″": '"', "‛": "'", "‟": '"', "\u2009": " "})


def byte_order_mark(data: bytes) -> bytes:
    """The byte order mark `data` begins with; empty where there is none."""
    return next((mark for mark, _ in _BYTE_ORDER_MARKS if data.startswith(mark)), b"")


def guess(data: bytes) -> Encoding:
    """The encoding of `data`: UTF-8 or UTF-16 where it plainly is that, else Windows-1252."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    head = data[:8192]
    pairs = len(head) // 2
    # Latin letters in UTF-16 are every second byte NUL; text in any other encoding has none.
    if pairs and len(data) % 2 == 0:
        first, second = head[0::2].count(0), head[1::2].count(0)
        if second > 0.4 * pairs and first < 0.05 * pairs:
            return "utf-16-le"
        if first > 0.4 * pairs and second < 0.05 * pairs:
            return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # A long file in UTF-8 may hold a few bad bytes; one in Windows-1252 hardly ever holds good UTF-8.
        lenient = data.decode("utf-8", "surrogateescape")
        bad = len(_BAD.findall(lenient))
        return "utf-8" if len(_GOOD.findall(lenient)) > bad else "windows-1252"
    return "utf-8"


def decode(data: bytes, encoding: Encoding) -> str:
    """The text of `data`, its byte order mark left out; bytes that make no sense become lone surrogates."""
    body = data[len(byte_order_mark(data)) :]
    if encoding == "windows-1252":
        return codecs.charmap_decode(body, "strict", _WINDOWS_1252)[0]
    if encoding == "utf-8":
        return body.decode("utf-8", "surrogateescape")
    return body[: len(body) // 2 * 2].decode(encoding, "surrogatepass")


def encode(text: str, encoding: str) -> bytes:
    """The bytes of `text`, the exact reverse of `decode` for text that came from it."""
    if encoding == "windows-1252":
        return codecs.charmap_encode(text, "strict", _TO_WINDOWS_1252)[0]
    if encoding == "utf-8":
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return b"".join(_encode_surrogate(character) for character in text)
    return text.encode(encoding, "surrogatepass")


def encode_anew(text: str, encoding: str) -> bytes:
    """The bytes of text that did not come from the file, made plainer where its encoding has no such character.

    Raises `CannotWrite` where nothing plainer will do.
    """
    try:
        return encode(text, encoding)
    except UnicodeEncodeError:
        plainer = unicodedata.normalize("NFKC", text.translate(_PLAINER))
        try:
            return encode(plainer, encoding)
        except UnicodeEncodeError as error:
            raise CannotWrite(
                f"“{text}” cannot be written in the manuscript's encoding ({encoding}); save it as UTF-8 and try again."
            ) from error


def _encode_surrogate(character: str) -> bytes:
    errors = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
    return character.encode("utf-8", errors)
