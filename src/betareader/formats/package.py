"""Zip packages, such as .docx, .odt and .epub: opened with care, and written back with what was not changed left as it was.

The layout is that of APPNOTE.TXT 6.3 by PKWARE.  Nothing is ever unpacked to a file.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from betareader.errors import UnreadableManuscript

MOST_MEMBERS = 10_000
LARGEST_PART = 64 * 1024 * 1024
"""Bytes, unpacked; the text of a dozen novels with all their markup."""
MOST_PARTS = 192 * 1024 * 1024
"""Bytes, unpacked; all parts that are read from one file."""
MOST_SQUEEZED = 400
"""How many times its packed size a part may have, once it is larger than `SMALL`."""
SMALL = 4 * 1024 * 1024

Chunk = bytes | memoryview

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_LOCKED, _STREAMED, _UTF8 = 0x1, 0x8, 0x800
_ASTRAY = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the package; `start` and `end` hold it in the package's bytes, its own header included."""

    name: str
    flags: int
    method: int
    time: int
    date: int
    check: int
    packed: int
    size: int
    data: int
    start: int
    end: int
    record: bytes


class Package:
    """A zip file, read without unpacking it.

    `name` is what to call the file in a sentence.  Raises `UnreadableManuscript` for a file that is cut short,
    locked, or made to do harm.
    """

    def __init__(self, source: bytes, name: str) -> None:
        self.source = source
        self.name = name
        self._comment = b""
        self._read = 0
        members = self._members()
        self.members: dict[str, Member] = {member.name: member for member in members}
        if len(self.members) != len(members):
            raise self._bad("holds two files of the same name")

    def __contains__(self, name: object) -> bool:
        return name in self.members

    def find(self, name: str) -> str | None:
        """The name of a member as it is spelt in the package, capitals and small letters being one."""
        if name in self.members:
            return name
        return next((each for each in self.members if each.casefold() == name.casefold()), None)

    def read(self, name: str) -> bytes:
        """The bytes of a member, unpacked and compared with their checksum."""
        member = self.members[name]
        if member.flags & _LOCKED:
            raise UnreadableManuscript(f"{self.name} is locked with a password; save it without one first.")
        if member.method not in (_STORED, _DEFLATED):
            raise self._bad("is packed in a way that cannot be read")
        squeezed = member.size > SMALL and member.size > MOST_SQUEEZED * max(1, member.packed)
        self._read += member.size
        if member.size > LARGEST_PART or self._read > MOST_PARTS or squeezed:
            raise UnreadableManuscript(f"{self.name} unpacks to far more than a story holds; it was not read.")
        packed = memoryview(self.source)[member.data : member.data + member.packed]
        if member.method == _STORED:
            data = bytes(packed)
        else:
            unpacking = zlib.decompressobj(-15)
            try:
                data = unpacking.decompress(packed, member.size + 1)
            except zlib.error:
                raise self._bad("is damaged") from None
        if len(data) != member.size or zlib.crc32(data) != member.check:
            raise self._bad("is damaged")
        return data

    def written(self, changed: Mapping[str, bytes]) -> Iterator[Chunk]:
        """The package with the members in `changed` in place of those of the same name, or after all others.

        What is not changed is copied as it stands, packed, from the bytes that were read.
        """
        directory: list[bytes] = []
        view = memoryview(self.source)
        place = 0
        for member in sorted(self.members.values(), key=lambda each: each.start):
            if member.name in changed:
                head, data, record = _packed(member, changed[member.name], place)
                yield head
                yield data
                place += len(head) + len(data)
            else:
                yield view[member.start : member.end]
                record = _moved(member.record, place)
                place += member.end - member.start
            directory.append(record)
        like = next(iter(self.members.values()))
        for name, data in changed.items():
            if name not in self.members:
                head, data, record = _packed(_new(name, like), data, place)
                yield head
                yield data
                place += len(head) + len(data)
                directory.append(record)
        size = sum(map(len, directory))
        yield b"".join(directory)
        count = len(directory)
        yield _END.pack(b"PK\5\6", 0, 0, count, count, size, place, len(self._comment)) + self._comment

    def _members(self) -> list[Member]:
        source = self.source
        end = source.rfind(b"PK\5\6", max(0, len(source) - 65535 - _END.size))
        if end < 0 or end + _END.size > len(source):
            raise self._bad("is cut short or damaged")
        _, disk, other_disk, here, count, size, first, comment = _END.unpack_from(source, end)
        self._comment = source[end + _END.size : end + _END.size + comment]
        if disk or other_disk or here != count or first + size > end:
            raise self._bad("is damaged")
        if count > MOST_MEMBERS:
            raise UnreadableManuscript(f"{self.name} holds more files than any story needs; it was not read.")
        members = []
        place = first
        for _ in range(count):
            if place + _CENTRAL.size > end or source[place : place + 4] != b"PK\1\2":
                raise self._bad("is damaged")
            fields = _CENTRAL.unpack_from(source, place)
            length = _CENTRAL.size + fields[10] + fields[11] + fields[12]
            if place + length > end:
                raise self._bad("is damaged")
            members.append(self._member(source[place : place + length], fields, first))
            place += length
        if not members:
            raise self._bad("is empty")
        return self._apart(members, first)

    def _member(self, record: bytes, fields: tuple[int, ...], first: int) -> Member:
        flags, method, time, date, check, packed, size, name_length = fields[3:11]
        start = fields[16]
        raw = record[_CENTRAL.size : _CENTRAL.size + name_length]
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        if _ASTRAY.search(name):
            raise UnreadableManuscript(f"{self.name} holds a file whose name leads out of it; it was not read.")
        if start + _LOCAL.size > first or self.source[start : start + 4] != b"PK\3\4":
            raise self._bad("is damaged")
        name_here, extra_here = struct.unpack_from("<2H", self.source, start + _LOCAL.size - 4)
        data = start + _LOCAL.size + name_here + extra_here
        if data + packed > first or self.source[start + _LOCAL.size : data - extra_here] != raw:
            raise self._bad("is damaged")
        return Member(name, flags, method, time, date, check, packed, size, data, start, data + packed, record)

    def _apart(self, members: list[Member], first: int) -> list[Member]:
        """The members, each reaching to where the next begins, so that what stands between them is kept too."""
        by_place = sorted(members, key=lambda each: each.start)
        ends = {}
        for member, following in zip(by_place, [each.start for each in by_place[1:]] + [first], strict=True):
            if member.end > following:
                raise self._bad("is damaged")
            ends[member.start] = following
        if by_place and by_place[0].start:
            raise self._bad("is damaged")
        return [_reaching(member, ends[member.start]) for member in members]

    def _bad(self, what: str) -> UnreadableManuscript:
        return UnreadableManuscript(
            f"{self.name} {what}; open it in the program it was written with and save it again."
        )


def _reaching(member: Member, end: int) -> Member:
    return Member(
        member.name, member.flags, member.method, member.time, member.date, member.check, member.packed, member.size,
        member.data, member.start, end, member.record,
    )  # fmt: skip


def _new(name: str, like: Member) -> Member:
    """A member that is not there yet, dated like another."""
    raw = name.encode("utf-8")
    flags = 0 if name.isascii() else _UTF8
    record = _CENTRAL.pack(
        b"PK\1\2", 20, 20, flags, _DEFLATED, like.time, like.date, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0
    )
    return Member(name, flags, _DEFLATED, like.time, like.date, 0, 0, 0, 0, 0, 0, record + raw)


def _packed(member: Member, data: bytes, place: int) -> tuple[bytes, bytes, bytes]:
    """The header, the packed bytes and the directory's record of a member that now holds `data`."""
    if member.method == _DEFLATED:
        packing = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packing.compress(data) + packing.flush()
    else:
        packed = data
    fields = list(_CENTRAL.unpack_from(member.record))
    name = member.record[_CENTRAL.size : _CENTRAL.size + fields[10]]
    comment = member.record[_CENTRAL.size + fields[10] + fields[11] :]
    flags = member.flags & ~_STREAMED
    fields[2:6] = [20, flags, member.method, member.time]
    fields[7:10] = [zlib.crc32(data), len(packed), len(data)]
    fields[11] = 0
    fields[16] = place
    head = _LOCAL.pack(b"PK\3\4", 20, flags, member.method, member.time, member.date, *fields[7:10], len(name), 0)
    return head + name, packed, _CENTRAL.pack(*fields) + name + comment


def _moved(record: bytes, place: int) -> bytes:
    """The directory's record of a member that now begins at `place`."""
    return record[:42] + struct.pack("<L", place) + record[46:]
