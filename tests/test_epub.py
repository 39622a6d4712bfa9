"""EPUB: the pages of a book read in order and edited in place, everything else copied as it stands."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_html import edits_of

from betareader.desk import apply
from betareader.errors import UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span

EPUBCHECK = Path("/usr/share/java/epubcheck.jar")
"""Where Debian's package puts it."""

XHTML = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:uuid:8a3f0a52-5f0e-4f0c-9d2e-0a6b7a0f1c11</dc:identifier>
<dc:title>The Well</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest>
<item id="c2" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="c1" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="css" href="book.css" media-type="text/css"/>
<item id="img" href="a.gif" media-type="image/gif" properties="cover-image"/>
</manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/></spine>
</package>"""
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
ONE = f"""{XHTML}
<head><title>One</title><link rel="stylesheet" type="text/css" href="../book.css"/></head>
<body><section epub:type="chapter"><h1>One</h1>
<p class="first">“Come in,” said <span class="it">Ann</span>. “Sit down.”</p>
<p class="first">He sat&#160;down &amp; looked<a epub:type="noteref" href="#n1">1</a> round.</p><hr/>
<p><a id="x"/>Later <em>she</em> left.</p>
<aside epub:type="footnote" id="n1"><p>A note.</p></aside></section></body></html>"""
TWO = f"{XHTML}\n<head><title>Two</title></head>\n<body><h1>Two</h1><p>The end.</p></body></html>"
NAV = f'{XHTML}<head><title>Contents</title></head><body><nav epub:type="toc"><ol><li><a href="text/one.xhtml">One</a></li></ol></nav></body></html>'
COVER = f'{XHTML}<head><title>Cover</title></head><body><p><img src="a.gif" alt="A well"/></p></body></html>'
MEMBERS: Mapping[str, str | bytes] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/book.opf": OPF,
    "OEBPS/nav.xhtml": NAV,
    "OEBPS/cover.xhtml": COVER,
    "OEBPS/a.gif": GIF,
    "OEBPS/text/two b.xhtml": TWO,
    "OEBPS/text/one.xhtml": ONE,
    "OEBPS/book.css": "p.first { text-indent: 0 }\n.it, q { font-style: italic }",
}
TEXT = (
    "One\n\n“Come in,” said Ann. “Sit down.”\n\nHe sat\u00a0down & looked round.\n\n* * *\n\nLater she left.\n\nA note.\n\n"
    "Two\n\nThe end."
)


def book(changed: Mapping[str, str | bytes] | None = None) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {**MEMBERS, **(changed or {})}.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return data.getvalue()


def opened(changed: Mapping[str, str | bytes] | None = None) -> Manuscript:
    return read(Path("well.epub"), book(changed))


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def edit_of(manuscript: Manuscript, old: str, new: str) -> Edit:
    return Edit(span_of(manuscript.text, old), new, "Because.")


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_the_pages_are_read_in_the_order_of_the_book() -> None:
    manuscript = opened()
    assert manuscript.text == TEXT
    kinds = [(mark.kind, mark.span.of(TEXT)) for mark in manuscript.marks if mark.kind != "locked"]
    assert kinds == [
        ("heading", "One"),
        ("italic", "Ann"),
        ("rule", "* * *"),
        ("italic", "she"),
        ("note", "A note."),
        ("heading", "Two"),
    ]
    assert write(manuscript, []) == manuscript.source


def test_only_the_page_that_is_edited_changes() -> None:
    manuscript = opened()
    edits = [edit_of(manuscript, ". “Sit", ".\n\n“Sit"), edit_of(manuscript, "&", "and")]
    written = write(manuscript, edits)
    before, after = members_of(manuscript.source), members_of(written)
    page = "OEBPS/text/one.xhtml"
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {page}
    assert after[page].decode() == ONE.replace("Ann</span>. “Sit", 'Ann</span>.</p>\n<p class="first">“Sit').replace(
        "&amp;", "and"
    )
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.header_offset) == ("mimetype", zipfile.ZIP_STORED, 0)
        text = "".join(ElementTree.fromstring(package.read(page)).itertext())
    assert "said Ann.\n“Sit down.”" in text
    assert read(Path("a.epub"), written).text == apply(TEXT, edits)


def test_tracked() -> None:
    manuscript = opened()
    edits = [edit_of(manuscript, "left", "went")]
    queries = [Query(span_of(TEXT, "The end"), "So soon?")]
    pages = members_of(write(manuscript, edits, queries, Manner(tracked=True)))
    assert b"<em>she</em> <del>left</del><ins>went</ins>." in pages["OEBPS/text/one.xhtml"]
    assert b'<p><abbr title="So soon?">The end</abbr>.</p>' in pages["OEBPS/text/two b.xhtml"]


def test_two_pages_are_never_made_one() -> None:
    manuscript = opened()
    assert not manuscript.can_take(span_of(TEXT, "note.\n\nTwo"), "note. Two")


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (ONE.replace("</em>", ""), "Later she left."),
        (ONE.replace("&#160;", "&nbsp;"), "He sat\u00a0down & looked round."),
        (ONE.replace("utf-8", "utf-16"), "Later she left."),
    ],
)
def test_pages_that_are_not_quite_as_they_should_be(page: str, text: str) -> None:
    encoding = "utf-16" if "utf-16" in page else "utf-8"
    manuscript = opened({"OEBPS/text/one.xhtml": page.encode(encoding)})
    assert text in manuscript.text
    edits = [edit_of(manuscript, "left", "wént")]
    written = members_of(write(manuscript, edits))["OEBPS/text/one.xhtml"]
    assert written == page.replace("left", "wént").encode(encoding)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {
                "META-INF/encryption.xml": '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
                'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
                '<enc:CipherReference URI="OEBPS/text/one.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
            },
            "well.epub is locked by its seller (DRM) and cannot be read; give the file the book was made from.",
        ),
        (
            {"META-INF/container.xml": "<container/>"},
            "well.epub is damaged: what it holds is listed nowhere, so that it cannot be read.",
        ),
        (
            {"OEBPS/book.opf": re.sub("<spine>.*</spine>", "<spine/>", OPF)},
            "well.epub holds no pages in the order of a book; it cannot be read.",
        ),
        (
            {"OEBPS/text/one.xhtml": '<!DOCTYPE html [<!ENTITY a "b">]><html><body><p>&a;</p></body></html>'},
            "well.epub declares its own entities, which no story needs and which can do harm; it was not read.",
        ),
        (
            {"OEBPS/book.opf": OPF[:200]},
            "well.epub is damaged: a part of it breaks off or makes no sense. Open it in the program it was written with and "
            "save it again.",
        ),
    ],
)
def test_what_cannot_be_read(changed: Mapping[str, str], sentence: str) -> None:
    with pytest.raises(UnreadableManuscript) as caught:
        opened(changed)
    assert str(caught.value) == sentence


def test_locked_fonts_are_no_matter() -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/><enc:CipherData>'
        '<enc:CipherReference URI="OEBPS/font.otf"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    assert opened({"META-INF/encryption.xml": encryption}).text == TEXT


@given(
    st.lists(
        st.tuples(
            st.integers(0, 150), st.integers(0, 8), st.sampled_from(["", "x", "“x y”", ".\n\nX", "\n", "<&>", " "])
        ),
        max_size=5,
    )
)
def test_any_edits_leave_a_book_that_reads_as_edited(cuts: list[tuple[int, int, str]]) -> None:
    manuscript = opened()
    edits = edits_of(manuscript, cuts)
    for manner in (Manner(), Manner(tracked=True, reasons=True)):
        written = write(manuscript, edits, [Query(Span(5, 60), "What?")], manner)
        for name, data in members_of(written).items():
            if name.endswith("xhtml"):
                ElementTree.fromstring(data)
        if not manner.tracked:
            assert shown(read(Path("a.epub"), written).text) == shown(apply(TEXT, edits))


def shown(text: str) -> str:
    return re.sub(r"\n{2,}", "\n\n", re.sub(r" ?\n ?", "\n", re.sub(r" +", " ", text))).strip()


def test_epubcheck_finds_nothing_wrong(tmp_path: Path) -> None:
    java = shutil.which("java")
    if java is None or not EPUBCHECK.exists():
        warnings.warn("THERE IS NO EPUBCHECK: what is written was not checked by it.", stacklevel=1)
        pytest.skip("no epubcheck on this machine")
    manuscript = opened()
    edits = [edit_of(manuscript, ". “Sit", ".\n\n“Sit"), edit_of(manuscript, "left", "went\nout")]
    queries = [Query(span_of(TEXT, "round"), "Where?")]
    for number, manner in enumerate((Manner(), Manner(tracked=True, reasons=True))):
        path = tmp_path / f"{number}.epub"
        path.write_bytes(write(manuscript, edits, queries, manner))
        checked = subprocess.run([java, "-jar", str(EPUBCHECK), str(path)], capture_output=True, text=True, timeout=120)
        assert (
            checked.returncode,
            re.findall(r"(?:ERROR|WARNING(?!\(PKG-010\))).*", checked.stdout + checked.stderr),
        ) == (0, [])
