"""Word documents: read as text, and written with tracked changes and comments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from word import document, letters, packed, paragraph, refused, run, taken

from betareader.desk import apply
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span

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
    assert read(None, written).text == taken(written)
    clean = write(manuscript, edits, queries, Manner(tracked=False, reasons=reasons))
    assert taken(clean) == refused(clean) == apply(manuscript.text, edits)
