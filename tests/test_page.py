"""The report holds the story once, marked up, and nothing of the story can break out of it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import proof
import pytest
from hypothesis import given
from hypothesis import strategies as st

from betareader.desk import Copyedit, Lost, Skipped, apply, copyedit, resolve
from betareader.findings import Edit, Query
from betareader.manuscript import Mark
from betareader.reports import page
from betareader.reports.kinds import is_silent, shown, whole_words
from betareader.reports.terminal import change
from betareader.span import Span
from betareader.style import Stet


class Story(HTMLParser):
    """Collects the text inside `#story`, as it is without insertions and as it is without deletions."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.inside = 0
        self.original: list[str] = []
        self.edited: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if dict(attrs).get("id") == "story":
            self.inside = len(self.open) + 1
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td", "tr"):
            return
        while self.open and self.open[-1] in ("th", "td", "tr"):
            self.open.pop()
        assert self.open.pop() == tag
        if len(self.open) < self.inside:
            self.inside = 0

    def handle_data(self, data: str) -> None:
        if not self.inside or "aside" in self.open:
            return
        if "ins" not in self.open:
            self.original.append(data)
        if "del" not in self.open:
            self.edited.append(data)


def read(html: str) -> Story:
    story = Story()
    story.feed(html)
    story.close()
    return story


def rendered(copyedit: Copyedit) -> Story:
    return read(page.render(copyedit, proof.checks()))


def plain(text: str) -> str:
    """`text` with a sign for what HTML cannot hold."""
    signs = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\t\n\f\r"}
    signs |= dict.fromkeys([*range(0x80, 0xA0), *range(0xD800, 0xE000)], "\ufffd") | {0x7F: "\u2421"}
    return text.translate(signs)


def test_without_insertions_the_page_is_the_manuscript_and_without_deletions_the_copy() -> None:
    story = rendered(proof.done())
    assert "".join(story.original) == proof.DRAFT
    assert "".join(story.edited) == proof.EDITED


def test_every_loud_change_can_be_reached_and_says_why() -> None:
    marks = [each for _, each in rendered(proof.done()).elements if (each.get("class") or "").startswith("e ")]
    assert [(each["id"], each["aria-description"], each.get("tabindex")) for each in marks] == [
        ("e1", "Dialogue: A tag follows.", "0"),
        ("e2", "Spelling: It is not a word.", "0"),
        ("e3", "Spelling: An apostrophe is lost.", "0"),
        ("e4", "Paragraphs: Another speaks.", "0"),
        ("e5", "Punctuation: A space too many.", None),
        ("e6", "Spelling: It is not a word.", "0"),
    ]


def test_questions_stand_in_the_margin_and_below() -> None:
    html = page.render(proof.done(), proof.checks())
    assert 'aria-description="Question 1: Is she unsure?" id="q1" tabindex="0" data-n="1">maybe</mark>' in html
    assert '<aside id="m1"><a href="#q1" class="n">1</a> <bdi>Is she unsure?</bdi>' in html
    assert '<li><a href="#q1"><bdi>“maybe”</bdi></a> <bdi>Is she unsure?</bdi>' in html
    assert 'id="q1-1">The</span>' in html


def test_the_page_names_everything_else() -> None:
    done = proof.done()
    lost = Lost(done.edits[1], done.edits[2])
    html = page.render(replace(done, lost=(lost,), skipped=(Skipped("odd", "KeyError"),)), proof.checks())
    for sight in ("What was changed", "Changed silently", "The conventions applied", "The cast", "Annie", "ferryman"):
        assert sight in html
    assert "<li><b>odd</b> <bdi>KeyError</bdi></li>" in html
    assert "gave way to" in html


def test_nothing_is_loaded_from_elsewhere() -> None:
    html = page.render(proof.done(), proof.checks())
    assert re.findall(r"(?:src|href)=\"([^#][^\"]*)", html) == []
    assert re.findall(r"@import|url\(|https?:", html) == []
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    for element in ("script", "style"):
        body = re.search(f"<{element}>(.*?)</{element}>", html, re.DOTALL)
        assert body
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy[1]


HOSTILE = [
    "<script>alert(1)</script> & </style></main> teh end.",
    "</p><p onclick='x'>\"teh\" &amp; {{story}} {{title}}",
    "Right \u202e to left \u2067 teh end.\n\nNext.",
    "Lone \udce9 and \ud83d surrogates, teh \x00\x01\x1b\x7f\x85 end.",
    "Carriage\r\n\r\nteh\rreturn\r\n",
    "\ufeffteh\u2028line\u2029ends\f\v ]]> --> <!--",
    "шалом שלום مرحبا teh 👩‍👩‍👧 e\u0301\n\n",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    done = proof.done(text, Path('<b>&".txt'))
    html = page.render(done, proof.checks())
    html.encode("utf-8")
    story = read(html)
    assert "".join(story.original) == plain(text)
    assert "".join(story.edited) == plain(apply(text, done.edits))
    assert [tag for tag, _ in story.elements if tag in ("script", "style", "main")] == ["style", "main", "script"]
    assert [each for _, each in story.elements if "onclick" in each] == []


def test_hostile_reasons_names_and_stets_stay_text() -> None:
    evil = '"><script>x</script>\x1b\udce9'
    finding = Edit(Span(0, 1), evil, evil, 1.0)
    question = Query(Span(1, 2), evil, (Span(0, 1),))
    reading = proof.reading_of("abc")
    reading = replace(reading, style=replace(reading.style, stet=(Stet("x", evil),), words=frozenset({evil})))
    done = copyedit(reading, [proof.check_of("one", finding, question)])
    html = page.render(replace(done, skipped=(Skipped(evil, evil),)), proof.checks())
    html.encode("utf-8")
    assert [tag for tag, _ in read(html).elements if tag == "script"] == ["script"]


WORDS = "One two, three. “Four,” five\n\nSix   seven\nline\n\n* * *\n\n  Eight\r\n\r\nnine.\n"


@st.composite
def copyedits(draw: st.DrawFn) -> Copyedit:
    text = draw(st.sampled_from([WORDS, WORDS * 3, "x", "\n\na\n\n"]) | st.text("ab \n.*", min_size=1, max_size=40))
    reading = proof.reading_of(text)
    edits, queries, marks = [], [], []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 12)))
        put = draw(st.sampled_from(["\n\n", "x", ", x\n\ny", "", "One two", " "]))
        if put != text[start:end]:
            edits.append(Edit(Span(start, end), put, "Because."))
        if draw(st.booleans()):
            queries.append(Query(Span(start, end), "Why?", (Span(start, end), Span(0, min(3, len(text))))))
        if start < end and draw(st.booleans()):
            marks.append(Mark(Span(start, end), draw(st.sampled_from(["italic", "bold"]))))
    reading = replace(reading, manuscript=replace(reading.manuscript, marks=tuple(marks)))
    queries.sort(key=lambda query: query.span)
    return Copyedit(reading, resolve(text, edits)[0], tuple(queries), (), ())


@given(copyedits())
def test_each_span_of_the_story_is_shown_exactly_once(done: Copyedit) -> None:
    story = rendered(done)
    text = done.reading.text
    assert "".join(story.original) == text
    assert "".join(story.edited) == apply(text, done.edits)
    ids = [each["id"] for _, each in story.elements if "id" in each]
    assert len(ids) == len(set(ids))
    wanted = {f"e{place}" for place in range(1, len(done.edits) + 1)}
    wanted |= {f"q{place}" for place in range(1, len(done.queries) + 1)}
    assert wanted <= set(ids)


@pytest.mark.parametrize(
    ("text", "span", "put", "expected"),
    [
        ("a  b", Span(1, 3), " ", True),
        ("a ,b", Span(1, 2), "", True),
        ("said,he", Span(5, 5), " ", True),
        ("to day", Span(2, 3), "", False),
        ("theway", Span(3, 3), " ", False),
        ('"Hi"', Span(0, 1), "“", True),
        ('"Hi"', Span(0, 4), "“Hi”", True),
        ("so...", Span(2, 5), "…", True),
        ("so. . .", Span(2, 7), "...", True),
        ('." "', Span(2, 3), "\n\n", False),
        ("a \n\nb", Span(1, 4), "\n\n", True),
        ("teh", Span(0, 3), "the", False),
    ],
)
def test_what_is_silent(text: str, span: Span, put: str, expected: bool) -> None:
    assert is_silent(text, Edit(span, put, "")) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a\n\nb", "a ¶ b"),
        ("\x1b[31mred", "␛[31mred"),
        ("\u202eevil", "evil"),
        ("x" * 70, "x" * 59 + "…"),
        ("\udce9", "\ufffd"),
    ],
)
def test_words_are_made_fit_to_show(words: str, expected: str) -> None:
    assert shown(words) == expected


@given(copyedits())
def test_any_edit_can_be_told_in_a_few_words(done: Copyedit) -> None:
    text = done.reading.text
    for edit in done.edits:
        assert len(change(text, edit)) <= 130
        span, put = whole_words(text, edit)
        assert apply(text, [Edit(span, put, "")]) == apply(text, [edit])


@pytest.mark.parametrize(
    ("text", "span", "put", "expected"),
    [
        ("a wen b", Span(2, 5), "when", "wen → when"),
        ("they walk off", Span(9, 9), "s", "walk → walks"),
        ("I wont go", Span(5, 5), "'", "wont → won't"),
        ("“Hi.” Said he", Span(3, 7), ",” s", "“Hi.” Said → “Hi,” said"),
        ("have go now", Span(5, 5), "to ", "+ to"),
        ("the the end", Span(3, 7), "", "the the → the"),
        ("said he", Span(7, 7), ".", "he → he."),
        ("a  b", Span(1, 3), " ", "a␣␣b → a␣b"),
        ("“Hi.” “Bye.”", Span(5, 6), "\n\n", "new paragraph at ““Bye.””"),
        ("well known man", Span(4, 5), "-", "well known → well-known"),
    ],
)
def test_an_edit_in_a_few_words(text: str, span: Span, put: str, expected: str) -> None:
    assert change(text, Edit(span, put, "")) == expected
