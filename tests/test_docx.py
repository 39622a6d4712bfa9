"""Word documents: what is read of them, what can be changed, and random edits on random documents."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from test_docx_shapes import STYLES
from word import body, document, letters, packed, paragraph, read_word, refused, root, run, taken

from betareader.desk import apply
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span


def marks(manuscript: Manuscript, kind: str) -> list[str]:
    return [mark.span.of(manuscript.text) for mark in manuscript.marks if mark.kind == kind]


def can_change(manuscript: Manuscript, words: str, put: str = "other") -> bool:
    start = manuscript.text.index(words)
    return manuscript.can_take(Span(start, start + len(words)), put)


# What is read


def test_signs_in_runs() -> None:
    signs = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>"
        "<w:softHyphen/><w:t>f&#8212;&amp;\u00a0g</w:t></w:r>"
    )
    assert read_word(f"<w:p>{signs}</w:p>").text == "a\tb\nc\nd\u2011e\u00adf—&\u00a0g"


def test_signs_written_as_two_tags() -> None:
    manuscript = read_word(paragraph("<w:r><w:t>a</w:t><w:tab></w:tab><w:br></w:br><w:t>b</w:t></w:r>"))
    assert manuscript.text == "a\t\nb"
    written = write(manuscript, [Edit(Span(1, 3), " ", "")])
    assert (taken(written), refused(written)) == ("a b", manuscript.text)


def test_white_space_counts_where_the_file_says_so() -> None:
    assert read_word("<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t>b\nc</w:t></w:r></w:p>").text == "ab c"


def test_empty_paragraphs_and_breaks_of_pages() -> None:
    page = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    assert read_word("One.", "<w:p/>", page, "Two.").text == "One.\n\n\n\n\n\nTwo."


def test_italics_go_over_runs_and_leave_out_white_space() -> None:
    manuscript = read_word(paragraph("She ", run("wa", "<w:i/>"), run("s ", "<w:i/>"), "late."))
    assert marks(manuscript, "italic") == ["was"]


def test_looks_come_from_styles_and_hidden_words_are_not_read() -> None:
    manuscript = read_word(
        paragraph(
            run("Plain, "), run("leaning", '<w:rStyle w:val="Emphasis"/>'), run("hidden", '<w:rStyle w:val="Hidden"/>')
        ),
        paragraph(
            run("All leaning, "),
            run("upright", '<w:rStyle w:val="Emphasis"/>'),
            properties='<w:pStyle w:val="Letter"/>',
        ),
        paragraph("Part One", properties='<w:pStyle w:val="Chapter"/>'),
        paragraph("Part One\t3", properties='<w:pStyle w:val="TOC1"/>'),
        paragraph(run("gone", "<w:vanish/>"), "Outlined", properties='<w:outlineLvl w:val="1"/>'),
        styles=STYLES,
    )
    assert manuscript.text.splitlines()[0] == "Plain, leaning"
    assert marks(manuscript, "italic") == ["leaning", "All leaning,"]
    assert marks(manuscript, "heading") == ["Part One", "Outlined"]
    assert marks(manuscript, "bold") == []
    assert marks(manuscript, "note") == ["Part One 3"]


def test_a_rule_between_scenes() -> None:
    manuscript = read_word(
        "One.",
        '<w:p><w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6"/></w:pBdr></w:pPr></w:p>',
        "Two.",
        '<w:p><w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r></w:p>',
        "Three.",
    )
    assert manuscript.text == "One.\n\n* * *\n\nTwo.\n\n* * *\n\nThree."
    assert marks(manuscript, "rule") == ["* * *", "* * *"]
    assert not can_change(manuscript, "* * *")


def test_a_paragraph_cut_up_by_empty_lines_counts_as_several() -> None:
    manuscript = read_word("<w:p><w:r><w:t>One.</w:t><w:br/><w:br/><w:t>Two.</w:t></w:r></w:p>")
    assert [span.of(manuscript.text) for span in manuscript.paragraphs] == ["One.", "Two."]


NOTES = root(
    "footnotes",
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", " See teh map.")}</w:footnote>',
)


def test_notes_follow_the_body_and_comments_on_them_hang_on_their_number() -> None:
    number = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    manuscript = read_word(paragraph("Here", number, " it is."), footnotes=NOTES)
    assert manuscript.text == "Here it is.\n\n See teh map."
    assert marks(manuscript, "note") == ["See teh map."]
    edit = Edit(Span(18, 21), "the", "A slip.")
    written = write(manuscript, [edit], [Query(Span(22, 25), "Which?")])
    assert taken(written) == apply(manuscript.text, [edit])
    assert refused(written) == manuscript.text
    assert body(written) == paragraph(
        "Here",
        f'<w:commentRangeStart w:id="3"/>{number}<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>',
        " it is.",
    )


def test_a_footnote_amid_deleted_words_stays() -> None:
    number = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    manuscript = read_word(paragraph("so so", number, " it is."), footnotes=NOTES)
    written = write(manuscript, [Edit(Span(2, 8), "", "Doubled.")], (), Manner(tracked=False))
    assert body(written) == paragraph("so", number, " is.")


def test_tables_and_boxes() -> None:
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r>'
        "</w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>"
        "<w:t>In a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    table = f"<w:tbl><w:tr><w:tc>{paragraph('One.')}</w:tc><w:tc>{paragraph('Two.')}</w:tc></w:tr></w:tbl>"
    manuscript = read_word(paragraph("Before ", box, "it."), table, "After.")
    assert manuscript.text == "Before it.\n\nIn a box.\n\nOne.\n\nTwo.\n\nAfter."
    assert manuscript.joints == ()
    edits = [Edit(Span(12, 14), "Inside", ""), Edit(Span(0, 6), "Beside", "")]
    written = write(manuscript, edits, [Query(Span(17, 20), "Which?")])
    assert taken(written) == "Beside it.\n\nInside a box.\n\nOne.\n\nTwo.\n\nAfter."
    assert refused(written) == manuscript.text


# What is locked


def test_what_others_tracked_is_read_as_taken_and_left_alone() -> None:
    tracked = (
        f'<w:ins w:id="1" w:author="Ann">{run("new ")}</w:ins>'
        '<w:del w:id="2" w:author="Ann"><w:r><w:delText>old </w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3" w:author="Ann">{run("away ")}</w:moveFrom><w:moveTo w:id="4" w:author="Ann">{run("here ")}</w:moveTo>'
    )
    gone = '<w:rPr><w:del w:id="5" w:author="Ann"/></w:rPr>'
    row = f'<w:tr><w:trPr><w:del w:id="6" w:author="Ann"/></w:trPr><w:tc>{paragraph("No row.")}</w:tc></w:tr>'
    manuscript = read_word(
        paragraph("A ", tracked, "ferry ", properties=gone), "went.", f"<w:tbl>{row}</w:tbl>", "The end."
    )
    assert manuscript.text == "A new here ferry went.\n\nThe end."
    assert marks(manuscript, "locked") == ["new here "]
    assert not can_change(manuscript, "new")
    assert not can_change(manuscript, "here")
    assert can_change(manuscript, "ferry")
    assert can_change(manuscript, "went", "came")
    edit = Edit(Span(11, 16), "boat", "")
    written = body(write(manuscript, [edit], [Query(Span(2, 5), "Is it?")]))
    assert re.search('<w:commentRangeStart w:id="7"/><w:ins .*?</w:ins><w:commentRangeEnd w:id="7"/>', written)
    assert tracked in re.sub("<w:r><w:commentReference[^>]*></w:r>|<w:comment[^>]*>", "", written)


def test_fields_and_locked_controls_can_be_read_but_not_changed() -> None:
    number = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="DATE">{run("Monday")}</w:fldSimple>'
    control = f"<w:sdt><w:sdtPr>{{}}</w:sdtPr><w:sdtContent>{run('{}')}</w:sdtContent></w:sdt>"
    manuscript = read_word(
        paragraph(
            "On page ", number, ", on ", simple, ", by ",
            control.format("<w:text/>", "Ann Lee"), " and ",
            control.format('<w:lock w:val="sdtContentLocked"/>', "Ben Day"), " and ",
            control.format('<w:tag w:val="x"/>', "free words"), ".",
        )
    )  # fmt: skip
    assert manuscript.text == "On page 12, on Monday, by Ann Lee and Ben Day and free words."
    assert marks(manuscript, "locked") == ["12", "Monday", "Ann Lee", "Ben Day"]
    assert not can_change(manuscript, "Monday")
    assert can_change(manuscript, "free words")
    assert not can_change(manuscript, "free words", "free\n\nwords")
    assert can_change(manuscript, ", on", ".\n\nOn")


def test_links_can_be_split_and_a_paragraph_on_a_new_page_cannot() -> None:
    link = f'<w:hyperlink r:id="rId7">{run("one two")}</w:hyperlink>'
    manuscript = read_word(paragraph(link), paragraph("three four", properties="<w:pageBreakBefore/>"))
    assert can_change(manuscript, " two", "\n\ntwo")
    assert not can_change(manuscript, " four", "\n\nfour")
    half = '<w:p>{}<w:hyperlink r:id="rId7"><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:hyperlink></w:p>'
    written = write(manuscript, [Edit(Span(3, 4), "\n\n", "")], (), Manner(tracked=False))
    assert body(written).startswith(half.format("", "one") + half.format("", "two"))


def test_paragraphs_are_joined_where_nothing_stands_between() -> None:
    manuscript = read_word("One", paragraph("two.", properties='<w:jc w:val="both"/>'), "<w:tbl/>", "Three.")
    edit = Edit(Span(3, 5), " ", "")
    assert not manuscript.can_take(Span(9, 11), " ")
    assert body(write(manuscript, [edit], (), Manner(tracked=False))) == (
        '<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">One</w:t><w:t xml:space="preserve"> </w:t></w:r>'
        f"{run('two.')}</w:p><w:tbl/>{paragraph('Three.')}"
    )
    written = write(manuscript, [edit])
    assert '<w:p><w:pPr><w:rPr><w:del w:id="1"' in body(written)
    assert (taken(written), refused(written)) == ("One two.\n\nThree.", "One\n\ntwo.\n\nThree.")


# Random edits on random documents

LOOKS = ("", "<w:i/>", '<w:b/><w:rFonts w:ascii="Garamond"/>', '<w:i w:val="0"/>')
WORDS = st.text("abc dE.,“”’!—\u00a0\u2019😀", min_size=1, max_size=8)
TEXTS = WORDS.map(lambda words: run(words.replace("d", "&#100;").replace("E", "&amp;")))
LOOKING = st.builds(run, WORDS, st.sampled_from(LOOKS))
SIGNS = st.sampled_from(
    (
        "<w:r><w:tab/><w:t>x</w:t><w:br/></w:r>",
        "<w:r><w:rPr><w:i/></w:rPr><w:t>so</w:t><w:softHyphen/><w:t>ft</w:t><w:noBreakHyphen/></w:r>",
        "<w:r><w:t> not kept </w:t></w:r>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        "<w:r><w:t>half</w:t><w:drawing/><w:t>half</w:t></w:r>",
        '<w:bookmarkStart w:id="3" w:name="x"/><w:proofErr w:type="spellStart"/><w:bookmarkEnd w:id="3"/>',
        "<w:r><w:t>a<!-- cut -->b<![CDATA[ & c]]></w:t></w:r>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
)
INLINE = st.one_of(TEXTS, LOOKING, SIGNS)
GROUPS = st.lists(INLINE, max_size=2).map("".join)
SHELLS = st.builds(
    lambda around, inside: around.replace("…", inside),
    st.sampled_from(
        (
            '<w:hyperlink r:id="rId7">…</w:hyperlink>',
            '<w:smartTag w:uri="x" w:element="place">…</w:smartTag>',
            '<w:ins w:id="90" w:author="Ann" w:date="2026-01-01T00:00:00Z">…</w:ins>',
            '<w:del w:id="91" w:author="Ann"><w:r><w:delText>gone</w:delText></w:r></w:del>…',
            "<w:sdt><w:sdtPr/><w:sdtContent>…</w:sdtContent></w:sdt>",
            '<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>…</w:sdtContent></w:sdt>',
            '<w:fldSimple w:instr="PAGE">…</w:fldSimple>',
            '<w:hyperlink r:id="rId7"><w:smartTag w:uri="x" w:element="y">…</w:smartTag></w:hyperlink>',
        )
    ),
    GROUPS,
)
PROPERTIES = st.sampled_from(
    (
        "",
        '<w:jc w:val="both"/>',
        '<w:pStyle w:val="Body"/><w:rPr><w:i/></w:rPr>',
        '<w:rPr><w:ins w:id="92" w:author="Ann" w:date="2026-01-01T00:00:00Z"/><w:b/></w:rPr>',
        '<w:rPr><w:del w:id="93" w:author="Ann" w:date="2026-01-01T00:00:00Z"/></w:rPr>',
        '<w:ind w:left="720"/><w:sectPr><w:type w:val="nextPage"/></w:sectPr>',
        "<w:pageBreakBefore/>",
        '<w:rPr/><w:pPrChange w:id="94" w:author="Ann"><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange>',
    )
)
PARAGRAPHS = st.one_of(
    st.builds(
        lambda inside, properties: paragraph(*inside, properties=properties),
        st.lists(st.one_of(INLINE, SHELLS), max_size=5),
        PROPERTIES,
    ),
    st.just("<w:p/>"),
    st.builds(
        lambda inside: f"<w:tbl><w:tr><w:tc>{paragraph(*inside)}</w:tc></w:tr></w:tbl>", st.lists(INLINE, max_size=2)
    ),
)
BOXES = st.builds(
    lambda inside: paragraph(
        f'<w:r><w:t>in</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>{paragraph(*inside)}'
        "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent><w:t>side</w:t></w:r>"
    ),
    st.lists(INLINE, min_size=1, max_size=2),
)
DOCUMENTS = st.lists(st.one_of(PARAGRAPHS, PARAGRAPHS, BOXES), min_size=1, max_size=5).map(
    lambda inside: packed(document(*inside, paragraph("The end.")))
)
PUT = st.one_of(st.text("xyz .”\n\t<&", max_size=5), st.sampled_from(("", "\n\n", ".\n\n“", "\n\n\n\n", " ")))
DRAWN = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9), PUT), min_size=1, max_size=6)


def edits_of(manuscript: Manuscript, drawn: list[tuple[int, int, str]]) -> list[Edit]:
    """Edits the manuscript can take, in order and apart."""
    edits: list[Edit] = []
    place = 0
    for start, length, put in sorted(drawn):
        first = min(len(manuscript.text), max(place, start))
        span = Span(first, min(len(manuscript.text), first + length))
        if manuscript.can_take(span, put):
            edits.append(Edit(span, put, "Because."))
            place = span.end + 1
    return edits


@given(DOCUMENTS, DRAWN, st.booleans())
def test_taking_all_gives_the_edited_text_and_refusing_all_the_authors(
    data: bytes, drawn: list[tuple[int, int, str]], reasons: bool
) -> None:
    manuscript = read(None, data)
    assert write(manuscript, []) is data
    edits = edits_of(manuscript, drawn)
    queries = [Query(Span(start, start + length), "Is it?") for start, length, _ in drawn]
    written = write(manuscript, edits, queries, Manner(reasons=reasons))
    assert taken(written) == apply(manuscript.text, edits)
    assert letters(written, take=False) == letters(data, take=False)
    if taken(written).strip():
        assert read(None, written).text == taken(written)
    clean = write(manuscript, edits, queries, Manner(tracked=False, reasons=reasons))
    assert taken(clean) == refused(clean) == apply(manuscript.text, edits)
