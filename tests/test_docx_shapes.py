"""Word documents in the shapes that programs give them: Word, LibreOffice, Google Docs, Scrivener."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from word import body, document, packed, paragraph, part, refused, root, run, taken

from betareader.desk import apply
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.formats.package import Package
from betareader.manuscript import Manuscript
from betareader.span import Span
from betareader.structure import take_apart

STORY = "The Ferry\n\n“It’s late.” Ana said. Teh ferry *will* not wait.\n\nNobody moved.".replace("*", "")

STYLES = root(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Letter"><w:name w:val="Letter"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hidden"><w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>',
)

BY_WORD = document(
    '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00A1" w:rsidRDefault="00A1"><w:pPr>'
    '<w:pStyle w:val="Heading1"/></w:pPr><w:bookmarkStart w:id="0" w:name="_Toc1"/><w:r><w:t>The Ferry</w:t></w:r>'
    '<w:bookmarkEnd w:id="0"/></w:p>',
    '<w:p w14:paraId="1A2B3C4E" w14:textId="77777777" w:rsidR="00A1"><w:pPr><w:ind w:firstLine="720"/></w:pPr>'
    '<w:r w:rsidRPr="00B2"><w:t xml:space="preserve">“It’s </w:t></w:r><w:r w:rsidR="00C3"><w:t>la</w:t></w:r>'
    '<w:bookmarkStart w:id="1" w:name="_GoBack"/><w:bookmarkEnd w:id="1"/><w:r><w:t xml:space="preserve">te.” Ana </w:t></w:r>'
    "<w:r><w:lastRenderedPageBreak/><w:t>said. </w:t></w:r>".replace("<w:t>said. ", '<w:t xml:space="preserve">said. ')
    + '<w:proofErr w:type="spellStart"/><w:r w:rsidR="00C3"><w:t>T</w:t></w:r><w:r><w:t>eh</w:t></w:r>'
    '<w:proofErr w:type="spellEnd"/><w:r><w:t xml:space="preserve"> ferry </w:t></w:r>'
    '<w:r><w:rPr><w:rStyle w:val="Emphasis"/></w:rPr><w:t>will</w:t></w:r>'
    '<w:r><w:t xml:space="preserve"> not wait.</w:t></w:r></w:p>',
    '<w:p w14:paraId="1A2B3C4F" w14:textId="77777777" w:rsidR="00A1"><w:r><w:t>Nobody moved.</w:t></w:r></w:p>',
)

BY_LIBREOFFICE = document(
    '<w:p><w:pPr><w:pStyle w:val="Chapter"/><w:bidi w:val="0"/><w:rPr></w:rPr></w:pPr><w:r><w:rPr></w:rPr>'
    "<w:t>The Ferry</w:t></w:r></w:p>",
    '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:bidi w:val="0"/><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:pPr><w:r><w:rPr>'
    '<w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">“It’s late.” Ana said. Teh ferry </w:t></w:r><w:r><w:rPr><w:i/>'
    '<w:iCs/><w:lang w:val="en-GB"/></w:rPr><w:t>will</w:t></w:r><w:r><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
    '<w:t xml:space="preserve"> not wait.</w:t></w:r></w:p>',
    '<w:p><w:pPr><w:pStyle w:val="Normal"/><w:rPr></w:rPr></w:pPr><w:r><w:rPr></w:rPr><w:t>Nobody moved.</w:t></w:r></w:p>',
)

_GOOGLE = (
    '<w:rFonts w:ascii="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman" w:hAnsi="Times New Roman"/>'
    '<w:b w:val="{b}"/><w:i w:val="{i}"/><w:smallCaps w:val="0"/><w:strike w:val="0"/><w:color w:val="000000"/>'
    '<w:sz w:val="24"/><w:u w:val="none"/><w:vertAlign w:val="baseline"/><w:rtl w:val="0"/>'
)
_GOOGLE_PARAGRAPH = (
    '<w:keepNext w:val="0"/><w:pageBreakBefore w:val="0"/><w:widowControl w:val="0"/><w:spacing w:after="0"/>'
    '<w:ind w:firstLine="720"/><w:jc w:val="left"/><w:rPr><w:sz w:val="24"/></w:rPr>'
)
BY_GOOGLE = document(
    paragraph(run("The Ferry", _GOOGLE.format(b=1, i=0)), properties=_GOOGLE_PARAGRAPH),
    paragraph(
        run("“It’s late.” Ana said. Teh ferry ", _GOOGLE.format(b=0, i=0)),
        run("will", _GOOGLE.format(b=0, i=1)),
        run(" not wait.", _GOOGLE.format(b=0, i=0)),
        properties=_GOOGLE_PARAGRAPH,
    ),
    paragraph(run("Nobody moved.", _GOOGLE.format(b=0, i=0)), properties=_GOOGLE_PARAGRAPH),
)

_SCRIVENER = '<w:rFonts w:ascii="Palatino" w:hAnsi="Palatino"/><w:noProof w:val="0"/>'
BY_SCRIVENER = document(
    paragraph(
        run("The Ferry", f"{_SCRIVENER}<w:b/><w:bCs/>"),
        properties='<w:pageBreakBefore w:val="0"/><w:jc w:val="center"/>',
    ),
    '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    + run("“It’s late.” Ana said. Teh ferry ", _SCRIVENER)
    + run("will", f"{_SCRIVENER}<w:i/><w:iCs/>")
    + run(" not wait.", _SCRIVENER)
    + "</w:p>",
    paragraph(run("Nobody ", _SCRIVENER), run("moved.", _SCRIVENER)),
)


def marks(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [(mark.kind, mark.span.of(manuscript.text)) for mark in manuscript.marks]


def swapped(manuscript: Manuscript, old: str, new: str) -> Edit:
    start = manuscript.text.index(old)
    return Edit(Span(start, start + len(old)), new, "Because.")


def test_the_same_story_reads_the_same_whoever_wrote_the_file() -> None:
    italic = ("italic", "will")
    told = {
        BY_WORD: [("heading", "The Ferry"), italic],
        BY_LIBREOFFICE: [("heading", "The Ferry"), italic],
        BY_GOOGLE: [("bold", "The Ferry"), italic],
        BY_SCRIVENER: [("bold", "The Ferry"), italic],
    }
    for shape, marked in told.items():
        manuscript = read(None, packed(shape, {"styles": STYLES}))
        assert manuscript.text == STORY
        assert [span.of(STORY) for span in manuscript.paragraphs] == STORY.split("\n\n")
        assert marks(manuscript) == marked
        assert [each.role for each in take_apart(manuscript).paragraphs][1:] == ["body", "body"]


def test_the_same_edits_are_tracked_in_every_shape() -> None:
    for shape in (BY_WORD, BY_LIBREOFFICE, BY_GOOGLE, BY_SCRIVENER):
        manuscript = read(None, packed(shape, {"styles": STYLES}))
        edits = [
            swapped(manuscript, "late.", "late,"),
            swapped(manuscript, " Teh", "\n\nThe"),
            swapped(manuscript, "will", "would"),
        ]
        written = write(manuscript, edits, [Query(Span(11, 15), "Is it?")])
        assert taken(written) == apply(STORY, edits)
        assert refused(written) == STORY
        assert read(None, written).text == apply(STORY, edits)


def test_a_word_that_word_has_cut_up_is_changed_across_its_runs() -> None:
    manuscript = read(None, packed(BY_WORD, {"styles": STYLES}))
    written = body(write(manuscript, [swapped(manuscript, "Teh", "The")]))
    stamp = 'w:author="betareader" w:date="2000-01-01T00:00:00Z"'
    assert (
        f'<w:proofErr w:type="spellStart"/><w:del w:id="2" {stamp}><w:r w:rsidR="00C3">'
        '<w:delText xml:space="preserve">T</w:delText></w:r></w:del>'
        f'<w:del w:id="3" {stamp}><w:r><w:delText xml:space="preserve">eh</w:delText></w:r></w:del>'
        f'<w:ins w:id="4" {stamp}><w:r><w:t xml:space="preserve">The</w:t></w:r></w:ins>'
        '<w:proofErr w:type="spellEnd"/>'
    ) in written


def test_a_new_paragraph_is_a_tracked_mark_and_the_second_half_keeps_the_properties() -> None:
    manuscript = read(
        None,
        packed(
            document(
                paragraph(
                    "“Late.” “Yes.”",
                    properties='<w:ind w:left="72"/><w:rPr><w:i/></w:rPr><w:sectPr><w:type w:val="x"/></w:sectPr>',
                )
            )
        ),
    )
    written = body(write(manuscript, [swapped(manuscript, " ", "\n\n")]))
    stamp = 'w:author="betareader" w:date="2000-01-01T00:00:00Z"'
    assert written == (
        f'<w:p><w:pPr><w:ind w:left="72"/><w:rPr><w:ins w:id="1" {stamp}/><w:i/></w:rPr></w:pPr>'
        '<w:r><w:t xml:space="preserve">“Late.”</w:t></w:r>'
        f'<w:del w:id="2" {stamp}><w:r><w:delText xml:space="preserve"> </w:delText></w:r></w:del></w:p>'
        '<w:p><w:pPr><w:ind w:left="72"/><w:rPr><w:i/></w:rPr><w:sectPr><w:type w:val="x"/></w:sectPr></w:pPr>'
        '<w:r><w:t xml:space="preserve">“Yes.”</w:t></w:r></w:p>'
    )


def test_utf16_parts() -> None:
    shape = document("Teh ferry.").replace("UTF-8", "UTF-16")
    data = packed(b"\xff\xfe" + shape.encode("utf-16-le"))
    manuscript = read(None, data)
    assert manuscript.text == "Teh ferry."
    written = read(None, write(manuscript, [swapped(manuscript, "Teh", "The")]))
    assert written.text == "The ferry."
    assert written.parts["word/document.xml"].startswith(b"\xff\xfe<\0")


def test_another_reader_of_word_documents_opens_what_is_written() -> None:
    docx = pytest.importorskip("docx")
    manuscript = read(None, packed(BY_WORD, {"styles": STYLES}))
    edits = [swapped(manuscript, "late.", "late,"), swapped(manuscript, " Teh", "\n\nThe")]
    queries = [Query(Span(11, 15), "Is it?")]
    clean = docx.Document(BytesIO(write(manuscript, edits, queries, Manner(tracked=False))))
    assert [each.text for each in clean.paragraphs] == apply(STORY, edits).split("\n\n")
    [comment] = clean.comments
    assert (comment.author, comment.text) == ("betareader", "Is it?")
    tracked = docx.Document(BytesIO(write(manuscript, edits, queries)))
    assert len(tracked.paragraphs) == 4


def test_macros_are_kept() -> None:
    macros = bytes(range(256))
    data = packed(BY_WORD, {"styles": STYLES, "word/vbaProject.bin": macros})
    with_macros = Package(data, "It").written(
        {
            "[Content_Types].xml": part(data, "[Content_Types].xml")
            .replace("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                     "application/vnd.ms-word.document.macroEnabled.main")
            .encode()
        }
    )  # fmt: skip
    manuscript = read(Path("ferry.docm"), b"".join(with_macros))
    assert (manuscript.text, manuscript.notes) == (STORY, ())
    with zipfile.ZipFile(BytesIO(write(manuscript, [swapped(manuscript, "late", "early")]))) as written:
        assert written.read("word/vbaProject.bin") == macros


def test_the_strict_dialect_has_names_of_its_own() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = packed(
        document("Teh ferry.").replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict)
    )
    written = write(read(None, data), [], [Query(Span(0, 3), "Is it?")])
    assert part(written, "word/comments.xml").partition("<w:comments ")[2].startswith(f'xmlns:w="{strict}"')
    assert 'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments"' in part(
        written, "word/_rels/document.xml.rels"
    )


def test_a_file_may_call_words_names_as_it_likes() -> None:
    shape = re.sub(r"(?<=[</ ])w:", "ns0:", document("Teh ferry.")).replace("xmlns:w=", "xmlns:ns0=")
    manuscript = read(None, packed(shape))
    written = write(manuscript, [swapped(manuscript, "Teh", "The")], [Query(Span(0, 3), "Is it?")])
    assert taken(written) == "The ferry."
    assert refused(written) == "Teh ferry."


def test_comments_of_others_are_kept() -> None:
    comments = root("comments", '<w:comment w:id="7" w:author="Ann"><w:p><w:r><w:t>Nice.</w:t></w:r></w:p></w:comment>')
    commented = '<w:p><w:commentRangeStart w:id="7"/><w:r><w:t>Late</w:t></w:r><w:commentRangeEnd w:id="7"/></w:p>'
    manuscript = read(None, packed(document(commented), {"comments": comments}))
    written = write(manuscript, [], [Query(Span(0, 4), "Is <it>?")])
    assert part(written, "word/comments.xml") == comments.replace(
        "</w:comments>",
        '<w:comment xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:id="8" w:author="betareader" '
        'w:date="2000-01-01T00:00:00Z" w:initials="b"><w:p><w:r><w:t xml:space="preserve">Is &lt;it&gt;?</w:t></w:r></w:p>'
        "</w:comment></w:comments>",
    )
    assert body(written) == (
        '<w:p><w:commentRangeStart w:id="7"/><w:commentRangeStart w:id="8"/><w:r><w:t>Late</w:t></w:r>'
        '<w:commentRangeEnd w:id="8"/><w:r><w:commentReference w:id="8"/></w:r><w:commentRangeEnd w:id="7"/></w:p>'
    )
