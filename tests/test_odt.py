"""OpenDocument texts: read as text, and written with tracked changes and comments."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opendocument import FIELDS, SIGNS, SPACES, TRACKED, body, content_of, flat, packed, text_of, texts
from test_docx import DRAWN, edits_of

from betareader.desk import apply
from betareader.errors import BetareaderError, UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span

DATE = datetime(2026, 5, 4, 10, tzinfo=UTC)

# Random edits on random texts

TEXTS = texts((*SIGNS, *FIELDS)).map(lambda inside: packed(body(inside)))


@given(TEXTS, DRAWN, st.booleans())
def test_taking_all_gives_the_edited_text_and_refusing_all_the_authors(
    data: bytes, drawn: list[tuple[int, int, str]], reasons: bool
) -> None:
    manuscript = read(None, data)
    assert manuscript.text == text_of(data)
    assert write(manuscript, []) is data
    edits = edits_of(manuscript, drawn)
    queries = [Query(Span(start, start + length), "Is it?") for start, length, _ in drawn]
    written = write(manuscript, edits, queries, Manner(reasons=reasons))
    assert text_of(written) == apply(manuscript.text, edits)
    assert text_of(written, refuse=["betareader"]) == manuscript.text
    assert read(None, written).text == text_of(written)
    clean = write(manuscript, edits, queries, Manner(tracked=False, reasons=reasons))
    assert text_of(clean) == apply(manuscript.text, edits)
    assert "text:changed-region" not in content_of(clean).replace(TRACKED, "")


def shown(*inside: str) -> Manuscript:
    return read(None, packed(body(*inside)))


def marks(manuscript: Manuscript, kind: str) -> list[str]:
    return [mark.span.of(manuscript.text) for mark in manuscript.marks if mark.kind == kind]


def at(manuscript: Manuscript, words: str) -> Span:
    place = manuscript.text.index(words)
    return Span(place, place + len(words))


def inside(data: bytes) -> str:
    return content_of(data).partition("<office:text>")[2].partition("</office:text>")[0]


class TestReading:
    def test_white_space_is_what_is_shown(self) -> None:
        assert shown(
            "<text:p>\n  She <text:span> sat</text:span>\n <text:s/> there<text:s text:c='2'/>.</text:p>"
        ).text == ("She sat   there  .")

    def test_signs(self) -> None:
        text = shown(
            "<text:p>a<text:tab/>b<text:line-break/>c&#173;d\u00a0e&amp;<![CDATA[<f>]]></text:p><text:p/>"
        ).text
        assert text == "a\tb\nc\u00add\u00a0e&<f>\n\n"

    def test_words_where_none_can_stand_are_not_read(self) -> None:
        manuscript = shown("<text:p>a<draw:frame>no<text:span>no</text:span><text:s/></draw:frame> b</text:p>")
        assert manuscript.text == "a b"

    def test_marks_come_from_styles_and_those_they_are_based_on(self) -> None:
        manuscript = shown(
            '<text:p text:style-name="Title">Rain</text:p><text:h text:outline-level="1">One</text:h>'
            '<text:p>The <text:span text:style-name="Emphasis">Mary </text:span><text:span text:style-name="I">Ann</text:span> '
            'and <text:span text:style-name="B">he</text:span>.</text:p>'
            '<text:p text:style-name="P2">All <text:span text:style-name="N">but</text:span> this.</text:p>'
            '<text:p text:style-name="Horizontal_20_Line"/><text:p>End.</text:p>'
        )
        assert marks(manuscript, "heading") == ["Rain", "One"]
        assert marks(manuscript, "italic") == ["Mary Ann", "All", "this."]
        assert marks(manuscript, "bold") == ["he"]
        assert marks(manuscript, "rule") == ["* * *"]

    def test_notes_come_last_and_boxes_after_what_they_hang_on(self) -> None:
        manuscript = shown(
            '<text:p>A<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>'
            "<text:p>End.</text:p></text:note-body></text:note>b"
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            "<text:p>Foot.</text:p></text:note-body></text:note>.</text:p>"
            "<text:p>C<draw:frame><draw:text-box><text:p>Box.</text:p></draw:text-box></draw:frame>d.</text:p>"
            "<table:table><table:table-row><table:table-cell><text:p>Cell.</text:p></table:table-cell></table:table-row>"
            "</table:table><text:list><text:list-item><text:p>Item.</text:p></text:list-item></text:list>"
        )
        assert manuscript.text.split("\n\n") == ["Ab.", "Cd.", "Box.", "Cell.", "Item.", "Foot.", "End."]
        assert marks(manuscript, "note") == ["Foot.", "End."]

    def test_what_cannot_be_changed_is_locked(self) -> None:
        manuscript = shown(
            TRACKED + "<text:p>On <text:date>4 May</text:date> "
            '<text:change-start text:change-id="k2"/>she<text:change-end text:change-id="k2"/> sat<text:change '
            'text:change-id="k1"/>.</text:p><text:section text:protected="true"><text:p>Kept.</text:p></text:section>'
            "<text:table-of-content><text:table-of-content-source>no</text:table-of-content-source><text:index-body>"
            "<text:p>One 1</text:p></text:index-body></text:table-of-content>"
            "<text:p><draw:custom-shape><text:p>Drawn.</text:p></draw:custom-shape></text:p>"
            '<text:section text:display="none"><text:p>Hidden.</text:p></text:section>'
        )
        assert manuscript.text == "On 4 May she sat.\n\nKept.\n\nOne 1\n\n\n\nDrawn."
        assert marks(manuscript, "locked") == ["4 May", "she", "Kept.", "One 1", "Drawn."]
        assert not manuscript.can_take(at(manuscript, "May"), "June")
        assert not manuscript.can_take(at(manuscript, "she"), "he")
        assert manuscript.can_take(at(manuscript, "sat"), "stood")

    def test_other_prefixes_and_flat_files(self) -> None:
        content = (
            f'<o:document-content xmlns:o="{SPACES["office"]}" xmlns="{SPACES["text"]}"><o:body><o:text>'
            "<p>She <span>sat</span>.</p></o:text></o:body></o:document-content>"
        )
        for data in (packed(content), flat("\n  <text:p>\n    She sat.</text:p>\n")):
            manuscript = read(None, data)
            assert manuscript.text == "She sat."
            written = write(manuscript, [Edit(Span(4, 7), "stood", ""), Edit(Span(8, 8), "\n\nHe left.", "")])
            assert text_of(written) == "She stood.\n\nHe left."
            assert text_of(written, refuse=["betareader"]) == "She sat."


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (
                packed(body("<text:p>x</text:p>"), mimetype="application/vnd.oasis.opendocument.spreadsheet"),
                "is an OpenDocument file, but not a text; there is no story to read.",
            ),
            (packed(body("<text:p/>")), "holds no text; there is no story to read."),
            (
                packed(body("<text:p>x</text:p>").replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)),
                "declares its own entities, which no story needs and which can do harm; it was not read.",
            ),
            (
                packed(body("<text:p>x</text:p>")).replace(b"content.xml", b"contend.xml"),
                "is damaged: its text is missing. Open it in the program it was written with and save it again.",
            ),
            (
                packed(body("<text:p>x</text:p>"), encrypted_package=b"?"),
                "is locked with a password; save it without one first.",
            ),
        ],
    )
    def test_what_is_no_story(self, data: bytes, sentence: str) -> None:
        with pytest.raises(BetareaderError) as caught:
            read(Path("story.odt"), data)
        assert str(caught.value) == f"story.odt {sentence}"

    def test_encrypted(self) -> None:
        data = packed(body("<text:p>x</text:p>"), secret='<manifest:encryption-data manifest:checksum="x"/>')
        with pytest.raises(UnreadableManuscript, match="is locked with a password; save it without one first"):
            read(None, data)


class TestWriting:
    def test_a_tracked_change_in_its_markup(self) -> None:
        manuscript = shown(
            '<text:p text:style-name="P1">She <text:span text:style-name="I">sat</text:span> down.</text:p>'
        )
        written = write(manuscript, [Edit(at(manuscript, "sat"), "stood", "")], (), Manner(date=DATE))
        info = (
            "<office:change-info><dc:creator>betareader</dc:creator><dc:date>2026-05-04T10:00:00</dc:date>"
            "</office:change-info>"
        )
        assert inside(written) == (
            '<text:tracked-changes text:track-changes="false">'
            f'<text:changed-region xml:id="br1" text:id="br1"><text:deletion>{info}<text:p text:style-name="P1">'
            '<text:span text:style-name="I">sat</text:span></text:p></text:deletion></text:changed-region>'
            f'<text:changed-region xml:id="br2" text:id="br2"><text:insertion>{info}</text:insertion></text:changed-region>'
            '</text:tracked-changes><text:p text:style-name="P1">She <text:span text:style-name="I">'
            '<text:change text:change-id="br1"/><text:change-start text:change-id="br2"/>stood'
            '<text:change-end text:change-id="br2"/></text:span> down.</text:p>'
        )

    def test_a_new_paragraph_looks_like_the_one_it_comes_from(self) -> None:
        manuscript = shown(
            '<text:p xml:id="a" text:style-name="P1">“So.” <text:span text:style-name="I">“No.”</text:span></text:p>'
        )
        written = write(manuscript, [Edit(Span(5, 6), "\n\n", "")], (), Manner(tracked=False))
        assert inside(written) == (
            '<text:p xml:id="a" text:style-name="P1">“So.”</text:p><text:p text:style-name="P1">'
            '<text:span text:style-name="I">“No.”</text:span></text:p>'
        )

    def test_paragraphs_are_joined(self) -> None:
        manuscript = shown("<text:p>She</text:p>\n<text:p/><text:p>sat.</text:p><text:h>End</text:h>")
        edit = Edit(Span(3, 7), " ", "")
        assert (
            inside(write(manuscript, [edit], (), Manner(tracked=False)))
            == "<text:p>She sat.</text:p><text:h>End</text:h>"
        )
        written = write(manuscript, [edit])
        assert text_of(written) == "She sat.\n\nEnd"
        assert text_of(written, refuse=["betareader"]) == manuscript.text
        assert not manuscript.can_take(Span(11, 13), " ")

    def test_blanks_that_stay_are_shown(self) -> None:
        manuscript = shown("<text:p>an old hat</text:p>")
        written = write(manuscript, [Edit(at(manuscript, "old"), "", "")], (), Manner(tracked=False))
        assert inside(written) == "<text:p>an <text:s/>hat</text:p>"

    def test_blanks_put_in_beside_others_are_shown(self) -> None:
        manuscript = shown("<text:p>an<![CDATA[ old]]>&#32;hat</text:p>")
        edits = [Edit(Span(2, 2), " ", ""), Edit(at(manuscript, "hat"), " hat", "")]
        for tracked in (True, False):
            assert text_of(write(manuscript, edits, (), Manner(tracked=tracked))) == "an  old  hat"
        split = write(manuscript, [Edit(Span(2, 2), "\n\n", "")])
        assert text_of(split) == read(None, split).text == "an\n\n old hat"

    def test_comments(self) -> None:
        manuscript = shown("<text:p>She <text:span>sat</text:span> down.</text:p>")
        written = write(manuscript, [], [Query(at(manuscript, "sat"), "Who & “why”?")], Manner(date=DATE))
        assert inside(written) == (
            '<text:p>She <text:span><office:annotation office:name="brc1"><dc:creator>betareader</dc:creator>'
            "<dc:date>2026-05-04T10:00:00</dc:date><text:p>Who &amp; “why”?</text:p></office:annotation>sat"
            '<office:annotation-end office:name="brc1"/></text:span> down.</text:p>'
        )

    def test_what_is_not_touched_is_the_same_bytes_in_the_same_place(self) -> None:
        data = packed(body("<text:p>She sat.</text:p>"), Pictures__1=bytes(range(256)) * 40)
        written = write(read(None, data), [Edit(Span(0, 3), "He", "")])
        with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(BytesIO(written)) as after:
            assert after.testzip() is None
            assert before.namelist() == after.namelist()
            assert after.infolist()[0].compress_type == zipfile.ZIP_STORED
            for name in before.namelist():
                assert (before.read(name) == after.read(name)) is (name != "content.xml")
        start = data.index(b"PK\x01\x02")
        assert written.startswith(data[: data.index(b"content.xml") - 30])
        assert data[data.index(b"styles.xml") - 30 : start] in written
