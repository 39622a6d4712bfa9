"""Wild manuscripts: whatever a file may hold, nothing breaks, nothing is lost, and the edited copy stands."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betareader import formats
from betareader.checks import catalogue
from betareader.desk import Copyedit, apply, copyedit
from betareader.errors import UnreadableManuscript
from betareader.findings import Finding
from betareader.manuscript import Manuscript
from betareader.reading import read
from betareader.style import DEPTHS, Depth, Wishes

PROSE = (
    "She closed the door behind her and walked down to the river.",
    "“I know,” she said. “You told me yesterday.”",
    '"Where are you going?" he asked. "Home," said Tavrik.',
    "‘You’re late,’ said Osenna, ‘and it’s raining.’",
    "'Were could she be gone?' he thought, he called Renko,",
    '"Hey Osenna!" Tavrik nocked on the door, "Get up its noon!"',
    "“I dont no wat to do,” he wispered, ‘She said “run” to me.’",
    "Wat'd'ya' need us to do?! I'm goin' with 'em, y'know.",
    "It was the the end of theway, and alot had happend.",
    "He stopped. . . then —well— he ran--fast--to the gate ...",
    "THE STORM CAME. NOBODY SAW IT, NOT EVEN RENKO.",
    "she was tired , very tired ,and she slept.",
    "Mr. Vesh arrived at 3.30 p.m. on the 4th of May, 1999.",
    "- Who's there?\n- Nobody.",
    "TAVRIK: Who's there?",
    "Chapter One",
    "* * *",
    "#",
    "NOTE: For Bexley77, my friend",
)
DRAFT = (
    *PROSE[:12],
    "Teh lamp went out and nobody lit it agian.",
    "“Leave it alone!” Osenna shouted “It’s mine.”",
    "He had allways wanted too see the ocean.",
    '"I cant beleive it." She said.',
    "There were to many of them, and they was hungry.",
    "Renko looked at the the map for a long time.",
    "“Is that you, Tavrik?” “No, it’s only me.” “Come in, then.”",
    "The wind tore at her coat as she crossed the bridge, the river below was black.",
    "they're boat had gone under before dawn.",
    '"Your late," said Osenna, "and your wet."',
    "He definately heard it , a step on the stairs ,then nothing.",
    "“We should of told him,” Renko muttered. “We should of told him everything.”",
    "Tavirk sat down. Tavrik said nothing. Tavrik never did. Tavrik only smiled.",
    "It was alot colder in the cellar then she remembered.",
    "“What,” he asked, “Do you want from me?”",
    "She new every tree in the wood, and every tree new her.",
    "An hour later there was still no answer from the tower",
    "“Wait”, Osenna said. “Wait for me”.",
    "I never saw Quellmoor again. i never wanted to.",
    "The old man's hands shook as he counted the coins, one, two, three.",
    "Its a long way home, she thought, and its getting dark.",
    "Renko through the rope to the man in the water.",
    "At last the door opened, and a girl with a candle looked out at them.",
)
LINE = "She closed the door behind her and walked down to the river, and nobody saw where she went after that. "
MARKS = (
    '"', "'", "“", "”", "‘", "’", "«", "»", "„", "`", "´", "''", "``", '"""', "“““", "”“", "‘“", ",”", ".”,", "?!", "!!!",
    ",", ".", "…", "....", ",,", ";", ":", "—", "–", "--", "---", "(", ")", "[", "]", "…,", " ,", "*", "**", "_", "__",
    "~~", "# ", "> ", "- ", "1. ", "---\n", "```", "`code`", "<b>", "</i>", "&amp;", "{++x++}", "[a](b)", "![", "\\", "|",
)  # fmt: skip
ODD = (
    "\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\x0b", "\x0c", "\u2028", "\u2029", "\ufeff", "\u200b", "\u200d", "\u00ad",
    "\u00a0", "\u202e", "\u200f", "שלום עולם", "مرحبا، قال.", "“שלום,” he said.", "👩‍👩‍👧‍👦", "🇩🇪", "👍🏽",
    "e\u0301te\u0301", "Z\u0351\u036ba\u0300l\u0343go", "naïve", "Ærøskøbing", "ＦＵＬＬ", "ﬁne", "ß", "İstanbul", "ǆ", "日本語。",
    "「なに？」", "\ud800", "\udc80", "\ufffd", "\uffff", "𝔘𝔫𝔦", "a" * 300, "ha" * 80, "!" * 90, "I", "i", "a", "x", "0", "7th",
)  # fmt: skip
SPACES = (
    " ",
    " ",
    " ",
    " ",
    "  ",
    "",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\r\n\r\n",
    "\n \n",
    "\n\n\n\n",
    "\u00a0",
    "\u3000",
)

fragments = st.one_of(
    st.sampled_from(PROSE),
    st.sampled_from(PROSE),
    st.sampled_from(MARKS),
    st.sampled_from(ODD),
    st.text(max_size=12),
    st.builds(lambda line, place: line[:place], st.sampled_from(PROSE), st.integers(1, 40)),
)
texts = st.lists(st.tuples(fragments, st.sampled_from(SPACES)), min_size=1, max_size=14).map(
    lambda pieces: "".join(fragment + space for fragment, space in pieces)
)
spoilt = st.builds(
    lambda lines, wounds: "".join(
        line[: place % len(line)] + wound + line[place % len(line) :] + space
        for line, (wound, place, space) in zip(lines, wounds, strict=False)
    ),
    st.lists(st.sampled_from(DRAFT), min_size=2, max_size=12),
    st.lists(
        st.tuples(st.sampled_from(MARKS + ODD) | st.text(max_size=3), st.integers(0, 80), st.sampled_from(SPACES)),
        min_size=2,
        max_size=12,
    ),
)
drafts = st.permutations(DRAFT).flatmap(
    lambda lines: st.lists(st.sampled_from((" ", " ", "\n\n", ", ")), min_size=len(lines), max_size=len(lines)).map(
        lambda spaces: "".join(line + space for line, space in zip(lines, spaces, strict=True))
    )
)
wild = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def edited(manuscript: Manuscript, depth: Depth) -> Copyedit:
    return copyedit(read(manuscript, Wishes(depth=depth)), catalogue(), strict=True)


def hold(manuscript: Manuscript, depth: Depth) -> Copyedit:
    """Copyedit, and see that every finding lies inside the text and no edit over another."""
    copy, size = edited(manuscript, depth), len(manuscript.text)
    findings: tuple[Finding, ...] = (*copy.edits, *copy.queries)
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= size, finding
    for query in copy.queries:
        assert all(0 <= span.start <= span.end <= size for span in query.see), query
    for one, other in pairwise(copy.edits):
        assert one.span.end <= other.span.start, (one, other)
        assert one.span != other.span, (one, other)
    return copy


def edited_or_refused(manuscript: Manuscript, depth: Depth) -> Copyedit | None:
    """Hold the manuscript, unless it is refused in one sentence because it is in no English."""
    try:
        return hold(manuscript, depth)
    except UnreadableManuscript as fault:
        assert "\n" not in str(fault)
        return None


@wild
@given(texts | spoilt, st.sampled_from(("plain", "markdown")), st.sampled_from(DEPTHS))
def test_any_text_is_read_and_edited(text: str, format: str, depth: Depth) -> None:
    manuscript = formats.from_text(text, format=format)
    assert manuscript.text == text
    edited_or_refused(manuscript, depth)


@wild
@given(
    texts | spoilt,
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    st.sampled_from(("wild.txt", "wild.md")),
)
def test_a_file_is_given_back_byte_for_byte(text: str, encoding: str, name: str) -> None:
    data = text.encode(encoding, "replace" if encoding == "cp1252" else "surrogatepass")
    unread_or_same(Path(name), data)


@wild
@given(st.binary(max_size=200), st.sampled_from(PROSE))
def test_any_bytes_are_refused_or_given_back(data: bytes, line: str) -> None:
    unread_or_same(Path("wild.txt"), data)
    unread_or_same(Path("wild.txt"), line.encode() * 20 + data)


def unread_or_same(path: Path, data: bytes) -> None:
    """The file is refused in one sentence, or read and written back the same where nothing is changed."""
    try:
        manuscript = formats.read(path, data)
    except UnreadableManuscript as fault:
        assert "\n" not in str(fault)
        return
    assert formats.write(manuscript, []) == data
    copy = edited_or_refused(manuscript, "light")
    if copy is not None and copy.edits:
        after = formats.write(manuscript, copy.edits)
        assert formats.read(path, after).text == apply(manuscript.text, copy.edits)


@settings(wild, max_examples=10)
@given(drafts)
def test_the_edited_copy_needs_almost_no_further_edit(text: str) -> None:
    first = edited(formats.from_text(text), "light")
    after = apply(text, first.edits)
    second = hold(formats.from_text(after), "light")
    assert len(second.edits) <= len(first.edits) // 10 + ceil(len(text.split()) / 200), [
        (edit.span.of(after), edit.replacement, edit.check) for edit in second.edits
    ]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 6000,
        "“" * 3000,
        '"' * 3001,
        "a" * 30000,
        "“He said, ‘no,’ " * 1500,
        "Tavrik, Tavrik, " * 2000,
        "\r\n" * 5000 + "x",
        "*_" * 4000,
        "e\u0301" * 6000,
        "—" * 9000,
        "I, " * 5000,
        "1,000.00 " * 2000,
    ],
    ids=[
        "words",
        "opened",
        "straight",
        "one word",
        "nested",
        "names",
        "breaks",
        "emphasis",
        "marks",
        "dashes",
        "I",
        "numbers",
    ],
)
def test_one_long_line_is_read_and_edited(text: str) -> None:
    edited_or_refused(formats.from_text(LINE + text), "heavy")
    edited_or_refused(formats.from_text(LINE + text, format="markdown"), "light")
