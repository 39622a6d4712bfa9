"""One page saved in every format reads as the same story."""

from __future__ import annotations

from pathlib import Path

import opendocument
import pytest
import test_epub
import word

from betareader.formats import read
from betareader.manuscript import Manuscript
from betareader.structure import take_apart

PLAIN = """The Well

Chapter One

“Is it *deep*?” asked Mara & Tom at once. It was 5\u00a0feet < 6, so *not* very.

“Not _one bit_,” said Ann.

* * *

The rain came. *I should have stayed at home.* Nobody else was up.

“Yes,” she said, “it is\u00a0– I think – time.”
"""
MARKDOWN = (
    PLAIN.replace("The Well", "# The Well").replace("Chapter One", "## Chapter One").replace("_one bit_", "*one bit*")
)
FOUNTAIN = MARKDOWN.replace("* * *", "!* * *")
BODY = """<h1>The Well</h1>
<h2>Chapter One</h2>
<p>&ldquo;Is it <em>deep</em>?&rdquo; asked Mara &amp; Tom at once. It was 5&#160;feet &lt; 6,
so <i>not</i> very.</p>
<p>“Not <em>one</em><em> bit</em>,” said Ann.</p>
<hr/>
<p>  The rain came. <span style="font-style: italic">I should have stayed at home.</span> Nobody else was up.
</p>
<p>“Yes,” she said, “it is&#xA0;– I think – time.”</p>
"""
BREAKS = (
    "<h1>The Well</h1><h2>Chapter One</h2>“Is it <i>deep</i>?” asked Mara &amp; Tom at once. It was 5&nbsp;feet < 6, so "
    "<i>not</i> very.<br><br>“Not <i>one bit</i>,” said Ann.<hr>The rain came. <i>I should have stayed at home.</i> Nobody "
    "else was up.<br />\n<br />\n“Yes,” she said, “it is&nbsp;– I think – time.”<br><br>"
)
PAGE = f"<!DOCTYPE html><html><head><title>No</title></head><body>{BODY}</body></html>".replace("&#160;", "&nbsp;")
FIRST, SECOND = BODY.split("<hr/>")


def in_epub() -> bytes:
    head = f"{test_epub.XHTML}<head><title>A</title></head><body>"
    return test_epub.book(
        {
            "OEBPS/text/one.xhtml": f"{head}{FIRST}<hr/></body></html>",
            "OEBPS/text/two b.xhtml": f"{head}{SECOND}</body></html>",
        }
    )


def in_word() -> bytes:
    italic = "<w:i/>"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="heading {level}"/></w:style>'
        for level, name in enumerate(("Heading1", "Heading2"), 1)
    )
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
    document = word.document(
        word.paragraph("The Well", properties='<w:pStyle w:val="Heading1"/>'),
        word.paragraph("Chapter One", properties='<w:pStyle w:val="Heading2"/>'),
        word.paragraph(
            "“Is it ", word.run("deep", italic), "?” asked Mara &amp; Tom at once. It was 5\u00a0feet &lt; 6, so ",
            word.run("not", italic), " very.",
        ),
        word.paragraph("“Not ", word.run("one", italic), word.run(" bit", italic), ",” said Ann."),
        word.paragraph(properties=rule),
        word.paragraph(
            "The rain came. ", word.run("I should have stayed at home.", italic), " Nobody else was up."
        ),
        "“Yes,” she said, “it is\u00a0– I think – time.”",
    )  # fmt: skip
    return word.packed(document, {"styles": word.root("styles", styles)})


def in_opendocument() -> bytes:
    def italic(words: str) -> str:
        return f'<text:span text:style-name="I">{words}</text:span>'

    return opendocument.flat(
        '<text:h text:outline-level="1">The Well</text:h><text:h text:outline-level="2">Chapter One</text:h>',
        f"<text:p>“Is it {italic('deep')}?” asked Mara &amp; Tom at once. It was 5\u00a0feet &lt; 6, so {italic('not')} "
        f"very.</text:p><text:p>“Not {italic('one')}{italic(' bit')},” said Ann.</text:p>",
        '<text:p text:style-name="Horizontal_20_Line"/>',
        f"<text:p>The rain came. {italic('I should have stayed at home.')} Nobody else was up.</text:p>",
        "<text:p>“Yes,” she said, “it is\u00a0– I think – time.”</text:p>",
    )


SAVED = {
    "page.txt": PLAIN.encode(),
    "page.md": MARKDOWN.encode(),
    "page.fountain": FOUNTAIN.encode(),
    "page.html": PAGE.encode(),
    "fragment.html": BREAKS.encode(),
    "old.htm": PAGE.encode("cp1252"),
    "page.epub": in_epub(),
    "page.docx": in_word(),
    "page.fodt": in_opendocument(),
}


def story_in(manuscript: Manuscript) -> tuple[list[tuple[str, str]], list[str], list[tuple[str, str]]]:
    """Each paragraph after its role, the words in italics, and each passage after its voice; signs of the format left out."""
    page = take_apart(manuscript)
    raw = manuscript.format in ("plain", "markdown", "fountain")

    def bare(words: str) -> str:
        return words if not raw or words == "* * *" else words.replace("*", "").replace("_", "")

    paragraphs: list[tuple[str, str]] = [
        (paragraph.role, bare(paragraph.span.of(page.text))) for paragraph in page.paragraphs
    ]
    italics = [mark.span.of(page.text) for mark in manuscript.marks if mark.kind == "italic"]
    passages: list[tuple[str, str]] = [(passage.voice, bare(passage.inner.of(page.text))) for passage in page.passages]
    return paragraphs, italics, passages


STORY = (
    [
        ("title", "The Well"),
        ("heading", "Chapter One"),
        ("body", "“Is it deep?” asked Mara & Tom at once. It was 5\u00a0feet < 6, so not very."),
        ("body", "“Not one bit,” said Ann."),
        ("break", "* * *"),
        ("body", "The rain came. I should have stayed at home. Nobody else was up."),
        ("body", "“Yes,” she said, “it is\u00a0– I think – time.”"),
    ],
    ["deep", "not", "one bit", "I should have stayed at home."],
    [
        ("speech", "Is it deep?"),
        ("speech", "Not one bit,"),
        ("thought", "I should have stayed at home."),
        ("speech", "Yes,"),
        ("speech", "it is\u00a0– I think – time."),
    ],
)


@pytest.mark.parametrize("name", SAVED)
def test_one_page_reads_the_same(name: str) -> None:
    manuscript = read(Path(name), SAVED[name])
    assert story_in(manuscript) == STORY
    if not manuscript.is_raw:
        assert manuscript.text == "\n\n".join(words for _, words in STORY[0])
