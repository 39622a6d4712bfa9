"""Zip packages from strangers: opened with care, written back with what was not changed byte for byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word import document, packed

from betareader.errors import BetareaderError, UnknownFormat, UnreadableManuscript
from betareader.findings import Edit
from betareader.formats import read, write
from betareader.formats.package import MOST_MEMBERS, Package
from betareader.span import Span

WHOLE = packed(document("She sat down by the fire."), {"word/media/image1.png": b"\x89PNG" * 500})


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 5, 4, 10, 0, 0)), data, method)
        package.comment = comment
    return file.getvalue()


def said(data: bytes) -> str:
    with pytest.raises(BetareaderError) as caught:
        read(None, data)
    return str(caught.value)


class TestWriting:
    MEMBERS: ClassVar = {"a.xml": b"<a/>" * 100, "b/c.png": bytes(range(256)), "d.xml": b""}

    @pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_what_is_not_changed_is_copied_as_it_is_packed(self, method: int) -> None:
        source = zipped(self.MEMBERS, method, b"kept")
        package = Package(source, "It")
        written = b"".join(package.written({"a.xml": b"<b/>", "new.xml": b"<n/>"}))
        with zipfile.ZipFile(io.BytesIO(written)) as file:
            assert file.testzip() is None
            assert file.comment == b"kept"
            assert {name: file.read(name) for name in file.namelist()} == {
                **self.MEMBERS,
                "a.xml": b"<b/>",
                "new.xml": b"<n/>",
            }
            assert [each.compress_type for each in file.infolist()][:3] == [method] * 3
            assert {each.date_time for each in file.infolist()} == {(2026, 5, 4, 10, 0, 0)}
        member = package.members["b/c.png"]
        assert source[member.start : member.end] in written

    def test_without_changes_it_is_the_same_file(self) -> None:
        source = zipped(self.MEMBERS)
        assert b"".join(Package(source, "It").written({})) == source

    def test_sizes_after_the_data_are_understood(self) -> None:
        file = io.BytesIO()

        class Pipe(io.RawIOBase):
            def writable(self) -> bool:
                return True

            def write(self, data: bytes) -> int:  # type: ignore[override]
                return file.write(data)

        with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("a.xml", b"<a/>")
            package.writestr("b.xml", b"<b/>")
        written = b"".join(Package(file.getvalue(), "It").written({"a.xml": b"<c/>"}))
        with zipfile.ZipFile(io.BytesIO(written)) as file_written:
            assert file_written.testzip() is None
            assert (file_written.read("a.xml"), file_written.read("b.xml")) == (b"<c/>", b"<b/>")


class TestBadInput:
    @pytest.mark.parametrize("length", [4, 30, 300, len(WHOLE) // 2, len(WHOLE) - 1])
    def test_cut_short(self, length: int) -> None:
        assert said(WHOLE[:length]).startswith("Standard input is cut short or damaged; open it in the program")

    def test_empty(self) -> None:
        assert said(zipped({})) == (
            "Standard input is empty; open it in the program it was written with and save it again."
        )

    def test_a_record_longer_than_the_directory(self) -> None:
        place = WHOLE.rindex(b"PK\1\2") + 32  # the length of the last member's comment
        assert said(WHOLE[:place] + b"\x00\x10" + WHOLE[place + 2 :]).startswith("Standard input is damaged; open it")

    def test_locked(self) -> None:
        place = WHOLE.index(b"PK\1\2")
        while b"word/document.xml" not in WHOLE[place : place + 70]:
            place = WHOLE.index(b"PK\1\2", place + 4)
        locked = WHOLE[: place + 8] + b"\x01\x00" + WHOLE[place + 10 :]
        assert said(locked) == "Standard input is locked with a password; save it without one first."

    def test_locked_by_word(self) -> None:
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
        assert said(data) == "Standard input is locked with a password; save it without one first."

    def test_old_word(self) -> None:
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "WordDocument".encode("utf-16-le") + bytes(64)
        assert said(data) == "Standard input is an old Word file (.doc) or the like; save it as .docx first."

    def test_bomb(self) -> None:
        bomb = packed(document("<w:p/>" * 11_000_000).encode())
        assert len(bomb) < 400_000
        assert said(bomb) == "Standard input unpacks to far more than a story holds; it was not read."

    def test_a_size_that_is_not_true(self) -> None:
        source = zipped({"[Content_Types].xml": bytes(5_000_000)})
        for sign, place in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
            start = source.index(sign) + place
            source = source[:start] + struct.pack("<L", 100) + source[start + 4 :]
        with pytest.raises(UnreadableManuscript, match="is damaged"):
            Package(source, "It").read("[Content_Types].xml")

    def test_too_many_members(self) -> None:
        source = zipped({f"{number}": b"" for number in range(MOST_MEMBERS + 1)}, zipfile.ZIP_STORED)
        assert said(source) == "Standard input holds more files than any story needs; it was not read."

    @pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "C:evil", "..\\evil", "\\evil"])
    def test_names_that_lead_out(self, name: str) -> None:
        source = zipped({"xxxxxxxxxxxxxxxxxxx"[: len(name)]: b""}).replace(b"x" * len(name), name.encode())
        assert said(source) == "Standard input holds a file whose name leads out of it; it was not read."

    def test_two_members_of_one_name(self) -> None:
        source = zipped({"aaaa": b"1", "bbbb": b"2"}).replace(b"bbbb", b"aaaa")
        assert said(source).startswith("Standard input holds two files of the same name; open it in")

    def test_members_that_overlap(self) -> None:
        source = zipped({"aaaa": b"1", "bbbb": b"2"}, zipfile.ZIP_STORED)
        second = source.rindex(b"PK\1\2") + 42
        assert said(source[:second] + bytes(4) + source[second + 4 :]).startswith("Standard input is damaged")

    def test_a_byte_that_has_changed(self) -> None:
        source = zipped({"a": b"She sat."}, zipfile.ZIP_STORED).replace(b"sat", b"sit")
        with pytest.raises(UnreadableManuscript, match="is damaged"):
            Package(source, "It").read("a")

    @pytest.mark.parametrize(
        "body",
        [
            '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document/>',
            '<!DOCTYPE x SYSTEM "file:///etc/passwd"><w:document/>',
            '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>',
        ],
    )
    def test_entities(self, body: str) -> None:
        assert said(packed(body)).startswith("Standard input declares its own entities, which no story needs")

    @pytest.mark.parametrize("body", ["<w:document>", "<a><b></a></b>", "", "\x00", "<w:document>\x01</w:document>"])
    def test_markup_that_makes_no_sense(self, body: str) -> None:
        assert said(packed(body)).startswith("Standard input is damaged: a part of it breaks off or makes no sense.")

    def test_elements_in_elements_without_end(self) -> None:
        body = document("<w:sdt>" * 600 + "</w:sdt>" * 600)
        assert said(packed(body)) == "The file is nested far deeper than any story; it was not read."

    def test_an_encoding_that_is_not_true(self) -> None:
        assert "is not in the encoding it says it is in" in said(packed(document("é").encode("latin-1")))

    @pytest.mark.parametrize(
        ("members", "sentence"),
        [
            ({"Index/Document.iwa": b""}, "is a Pages file; export it to Word (.docx) first."),
            ({"xl/workbook.xml": b"<a/>"}, "is a spreadsheet, not a story."),
            ({"story.txt": b"She sat."}, "is a zip file; unpack it and name the story that is in it."),
        ],
    )
    def test_packages_that_are_no_story(self, members: dict[str, bytes], sentence: str) -> None:
        with pytest.raises(UnknownFormat) as caught:
            read(None, zipped(members))
        assert str(caught.value) == f"Standard input {sentence}"


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8))
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(spoilt: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for place, put in spoilt:
        data[place : place + len(put)] = put
    try:
        manuscript = read(None, bytes(data))
        write(manuscript, [Edit(Span(0, 3), "He", "")])
    except BetareaderError as error:
        assert str(error).startswith("Standard input ")


XML = st.lists(
    st.sampled_from(
        "<w:p> </w:p> <w:r> </w:r> <w:t> </w:t> <w:p/> <w:pPr> </w:pPr> <w:rPr> </w:rPr> <w:ins> </w:ins> <w:del/> "
        "<w:sdt> </w:sdt> <w:sdtPr> </w:sdtPr> <w:tr> </w:tr> <w:trPr> </w:trPr> <w:txbxContent> </w:txbxContent> "
        '<w:i/> <w:tab/> <w:br/> She sat. &amp; <w:fldChar/> <w:fldChar w:fldCharType="begin"/> <w:sym w:char="x"/> '
        "<mc:AlternateContent> </mc:AlternateContent> <mc:Choice> </mc:Choice> <w:footnote> </w:footnote>".split()
    ),
    max_size=14,
)


@given(XML)
def test_any_markup_is_read_or_refused_in_a_sentence(tags: list[str]) -> None:
    opened: list[str] = []
    closed: list[str] = []
    for tag in tags:
        if tag.startswith("</"):
            if tag[2:-1] not in opened:
                continue
            while (last := opened.pop()) != tag[2:-1]:
                closed.append(f"</{last}>")
        elif tag.startswith("<") and not tag.endswith("/>"):
            opened.append(tag[1:-1].split()[0])
        closed.append(tag)
    body = "".join([*closed, *(f"</{name}>" for name in reversed(opened))])
    try:
        manuscript = read(None, packed(document(f"<w:p><w:r><w:t>x</w:t></w:r></w:p>{body}<w:p/>")))
        spans = [Span(place, place + 1) for place in range(len(manuscript.text))]
        edits = [Edit(span, "b", "") for span in spans if manuscript.can_take(span, "b")]
        read(None, write(manuscript, edits))
    except BetareaderError as error:
        assert str(error).startswith("Standard input ")


def test_packed_sizes_are_those_of_the_parts() -> None:
    package = Package(WHOLE, "It")
    assert {name: len(package.read(name)) for name in package.members} == {
        name: member.size for name, member in package.members.items()
    }
    assert zlib.crc32(package.read("word/document.xml")) == package.members["word/document.xml"].check
