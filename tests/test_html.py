"""HTML, whole or in fragments, tidy or not: read as a browser shows it, and written with nothing else touched."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from betareader.desk import apply
from betareader.errors import UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.formats.html.soup import way_of
from betareader.manuscript import Manuscript
from betareader.span import Span

CLEAN, TRACKED = Manner(), Manner(tracked=True)


def page(source: str | bytes, name: str = "story.html") -> Manuscript:
    return read(Path(name), source if isinstance(source, bytes) else source.encode())


def told(source: str | bytes) -> list[tuple[str, str]]:
    """Each paragraph after what it is."""
    manuscript = page(source)
    kinds = {mark.span: mark.kind for mark in manuscript.marks if mark.kind in ("heading", "rule", "note", "code")}
    return [(kinds.get(span, "prose"), span.of(manuscript.text)) for span in manuscript.paragraphs]


def text_of(source: str | bytes) -> str:
    return page(source).text


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def edited(source: str, *found: tuple[str, str], asked: tuple[str, str] | None = None, manner: Manner = CLEAN) -> str:
    """`source` with each of `found` changed, the words of the text and what they become."""
    manuscript = page(source)
    edits = [Edit(span_of(manuscript.text, old), new, "Because.") for old, new in found]
    queries = [Query(span_of(manuscript.text, asked[0]), asked[1])] if asked else []
    return write(manuscript, edits, queries, manner).decode()


class TestReading:
    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("<p>She  sat\n   down.</p>\n\n<p>He <em> did</em> not.</p>", "She sat down.\n\nHe did not."),
            ("<p>A<p>B<P ALIGN=center>C", "A\n\nB\n\nC"),
            ("<p>One&nbsp;two&#8217;s &amp; &eacute &#150; caf&eacute;.</p>", "One\u00a0two’s & é – café."),
            ("<p>AT&T 5 < 6 <3 & so</p>", "AT&T 5 < 6 <3 & so"),
            ("One.<br><br>Two.<br />\n<br />Three<br>four.", "One.\n\nTwo.\n\nThree\nfour."),
            ("<p>A</p><p>&nbsp;</p><p>B</p>", "A\n\n\u00a0\n\nB"),
            ("<p>A</p><p></p><p>B</p>", "A\n\nB"),
            ("<p>A</p><p><br></p><p>B</p>", "A\n\n\n\nB"),
            ("A.<br><br><br><br>B.<br><br>C.", "A.\n\n\n\nB.\n\nC."),
            ("<p>A<script>var a = '<p>no</p>';</script><!-- no --><style>p {}</style>b</p>", "Ab"),
            ("<title>No</title><p>A<svg><text>no</text></svg> b<ruby>c<rt>no</rt></ruby></p>", "A bc"),
            ("<ul><li>A<li>B</ul><table><tr><td>C<td>D</table>", "A\n\nB\n\nC\n\nD"),
            ("<p>A <b>b <i>c</b> d</i> e</p>", "A b c d e"),
            ("<p title='a > b' class=x>A</p>", "A"),
            ("<p>A <span hidden>no</span><span style='display: none'>no</span>b</p>", "A b"),
            ("<p>A word<sup><a href='#n1'>1</a></sup> more</p>", "A word more"),
            ("<p>A <del>no</del>b <ins>c</ins></p>", "A b c"),
            ("<pre>\nA\n  b &amp; c\n</pre><p>D</p>", "A\n  b & c\n\nD"),
            ("<p>A so&shy;ft<wbr>ly\tb</p>", "A so\u00adftly b"),
            ("She <i>sat</i>.\n\nHe\nstood.\n", "She sat.\n\nHe\nstood."),
            ("<p>A</p>B<div>C<div>D</div></div>", "A\n\nB\n\nC\n\nD"),
            ("<p>A <!-- never closed", "A"),
            ("<p>A <b never closed", "A <b never closed"),
        ],
    )
    def test_as_a_browser_shows_it(self, source: str, text: str) -> None:
        assert text_of(source) == text

    def test_single_ends_of_lines_throughout_are_paragraphs(self) -> None:
        line = "The rain had come in from the sea before it was light, and nobody was up."
        assert text_of("<br>\n".join([line] * 5)) == "\n\n".join([line] * 5)
        verse = "Rain on the sea,<br>\nrain on the land,<br>\nrain on the tree,<br>\nrain in my hand."
        assert text_of(f"<p>{verse}</p>").count("\n\n") == 0

    def test_what_paragraphs_are(self) -> None:
        source = "<h1>Rain</h1><p>A</p><hr><blockquote><p>B</p></blockquote><pre>c</pre><footer>D</footer><p>***</p>"
        assert told(source) == [
            ("heading", "Rain"),
            ("prose", "A"),
            ("rule", "* * *"),
            ("prose", "B"),
            ("code", "c"),
            ("note", "D"),
            ("prose", "***"),
        ]
        manuscript = page(source)
        quoted = [mark.span.of(manuscript.text) for mark in manuscript.marks if mark.kind == "quote"]
        assert quoted == ["B"]

    def test_emphasis(self) -> None:
        manuscript = page(
            "<style>.c1 { font-style: italic } span.c2, p.c3 { font-weight:700 }</style><p>A <em>b <i>c</i></em> "
            "<span class='c1'>d</span> <span class=c2>e</span> <span style='font-style:italic'>f</span> <code>g</code></p>"
        )
        assert [(mark.kind, mark.span.of(manuscript.text)) for mark in manuscript.marks] == [
            ("italic", "b c"),
            ("italic", "d"),
            ("bold", "e"),
            ("italic", "f"),
            ("code", "g"),
        ]

    def test_a_page_saved_from_an_archive(self) -> None:
        source = """<!DOCTYPE html><html><head><title>Rain - Ann - Original Work</title></head><body>
            <div id="preface"><h2 class="toc-heading">Preface</h2><p class="message"><b>Rain</b><br/>Posted originally.</p>
            <div class="meta"><dl class="tags"><dt>Rating:</dt><dd>General</dd></dl><h1>Rain</h1>
            <div class="byline">by Ann</div><p>Summary</p><blockquote class="userstuff"><p>It rains.</p></blockquote></div></div>
            <div id="chapters" class="userstuff"><div class="meta group"><h2 class="heading">Chapter 1: Sea</h2>
            <p>Chapter Notes</p></div><!--chapter content--><div class="userstuff"><p>She sat.</p></div>
            <div class="meta" id="endnotes1"><p>Thanks!</p></div></div>
            <div id="afterword"><h2 class="toc-heading">Afterword</h2><p>Please comment.</p></div></body></html>"""
        assert told(source) == [
            ("note", "Preface"),
            ("note", "Rain\nPosted originally."),
            ("note", "Rating:"),
            ("note", "General"),
            ("heading", "Rain"),
            ("note", "by Ann"),
            ("note", "Summary"),
            ("note", "It rains."),
            ("heading", "Chapter 1: Sea"),
            ("note", "Chapter Notes"),
            ("prose", "She sat."),
            ("note", "Thanks!"),
            ("note", "Afterword"),
            ("note", "Please comment."),
        ]

    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            (codecs.BOM_UTF8 + "<p>“Café”</p>".encode(), "utf-8"),
            ("<p>“Café”</p>".encode(), "utf-8"),
            ("<p>“Café”</p>".encode("cp1252"), "windows-1252"),
            ('<meta charset="iso-8859-1"><p>“Café”</p>'.encode("cp1252"), "windows-1252"),
            ("<meta charset=utf-8><p>“Café”</p>".encode("cp1252"), "windows-1252"),
            ("<p>“Café”</p>".encode("utf-16"), "utf-16-le"),
            (
                '<meta http-equiv=x content="text/html; charset=macintosh"><p>“Café”</p>'.encode("mac-roman"),
                "mac-roman",
            ),
        ],
    )
    def test_encodings(self, data: bytes, encoding: str) -> None:
        manuscript = page(data)
        assert (manuscript.text, manuscript.encoding) == ("“Café”", encoding)
        out = write(manuscript, [Edit(span_of(manuscript.text, "Café"), "Thé 雨", "")])
        assert text_of(out) == "“Thé 雨”"
        assert out[:20] == data[:20] if b"meta" in data else True

    @pytest.mark.parametrize("tag", ["<div>", "<em>", "<p>", "<del>", "<sup>", '<a b="', "<p hidden>", "<title/>"])
    def test_a_page_made_to_do_harm_takes_its_due_time(self, tag: str) -> None:
        assert page(tag * 20_000 + "> x").text.endswith("x")

    def test_what_is_no_story(self) -> None:
        with pytest.raises(UnreadableManuscript, match="holds no text"):
            page("<html><head><title>A</title></head><body><img src=a.png></body></html>")
        with pytest.raises(UnreadableManuscript, match="declares its own entities"):
            page('<!DOCTYPE html [<!ENTITY a "b">]><html><body><p>&a;</p></body></html>')

    def test_a_page_by_another_name_is_read_for_what_it_is(self) -> None:
        manuscript = page("<!DOCTYPE html><html><body><p>She sat.</p></body></html>", "story.txt")
        assert (manuscript.text, manuscript.format) == ("She sat.", "html")
        assert manuscript.notes == ("The file's name ends in .txt, but it is HTML; it was read as that.",)


class TestWriting:
    def test_words(self) -> None:
        source = "<p class=a>She <em>new  it</em> &amp; &ldquo;sat&rdquo;.</p><!-- kept -->"
        assert edited(source, ("new", "knew"), (" & ", " < ")) == (
            "<p class=a>She <em>knew  it</em> &lt; &ldquo;sat&rdquo;.</p><!-- kept -->"
        )

    def test_a_new_paragraph_repeats_the_tags_around_it(self) -> None:
        source = (
            '<p class="x" id="p1"><span id=a style="b">“Yes,” she said. “No,” he said.</span></p>\n\n<p class="x">B</p>'
        )
        assert edited(source, (". “", ".\n\n“")) == (
            '<p class="x" id="p1"><span id=a style="b">“Yes,” she said.</span></p>\n\n'
            '<p class="x"><span style="b">“No,” he said.</span></p>\n\n<p class="x">B</p>'
        )

    def test_a_new_paragraph_after_a_first_one_is_like_those_that_follow(self) -> None:
        source = '<p class="first">A b.</p><p class="x" id="y">C.</p>'
        assert (
            edited(source, ("A b", "A\n\nb")) == '<p class="first">A</p><p class="x">b.</p><p class="x" id="y">C.</p>'
        )
        assert edited("<div>A b.</div><p>C</p>", ("A b", "A\n\nb")) == "<div>A</div>\n<div>b.</div><p>C</p>"

    def test_a_new_paragraph_begins_outside_of_what_ends_there(self) -> None:
        assert edited("<p><em>“Yes,”</em> “No.”</p>", (",” “", ".”\n\n“")) == ("<p><em>“Yes.”</em></p>\n<p>“No.”</p>")

    @pytest.mark.parametrize(
        ("source", "expected"),
        [
            ("A b.<br><br>C d.<br><br>E.", "A<br><br>b.<br><br>C d.<br><br>E."),
            ("A b.<br />\n<br />\nC d.<br />\n<br />\nE.", "A<br />\n<br />\nb.<br />\n<br />\nC d.<br />\n<br />\nE."),
            ("A b.\n\nC <i>d</i>.", "A\n\nb.\n\nC <i>d</i>."),
            ("<div>A b.</div><div>C.</div>", "<div>A</div>\n<div>b.</div><div>C.</div>"),
            ("<ul><li>A b.</li></ul>", "<ul><li>A<br><br>b.</li></ul>"),
            ("<div><div>A b.<br/>c</div><p>C.</p></div>", "<div><div>A<br/><br/>b.<br/>c</div><p>C.</p></div>"),
        ],
    )
    def test_a_new_paragraph_is_made_as_the_page_makes_its_own(self, source: str, expected: str) -> None:
        assert edited(source, ("A b", "A\n\nb")) == expected

    def test_no_paragraph_begins_in_a_heading(self) -> None:
        manuscript = page("<h2>A b</h2><p>C d</p>")
        assert [manuscript.can_take(span_of(manuscript.text, words), "\n\n") for words in ("A b", "C d")] == [
            False,
            True,
        ]

    def test_two_paragraphs_become_one(self) -> None:
        assert edited("<p>A <i>b</i></p>\n<p class=x>c.</p>", ("\n\n", " ")) == "<p>A <i>b</i> c.</p>"
        assert edited("A<br>\n<br>b.", ("\n\n", " ")) == "A b."
        assert not page("<p>A</p><div>b</div>").can_take(Span(1, 3), " ")

    def test_white_space_that_was_not_shown_does_not_appear(self) -> None:
        assert text_of(edited("<p>some <em> times</em></p>", ("some times", "sometimes"))) == "sometimes"
        assert edited("<p>A<br>\n  b</p>", ("\n", " ")) == "<p>A b</p>"

    def test_a_sign_left_bare_begins_nothing(self) -> None:
        assert edited("<p>5 < b</p>", ("< b", "<b")) == "<p>5 &lt;b</p>"

    def test_changes_that_are_there_already_are_left_alone(self) -> None:
        manuscript = page("<p>A <ins>b</ins> <del>c</del>d</p>")
        assert [manuscript.can_take(span_of(manuscript.text, words), "x") for words in "Abd"] == [True, False, True]

    def test_tracked(self) -> None:
        source = "<p>She new <em>it</em>, he said. “No.”</p><p>B</p>"
        assert edited(source, ("new", "knew"), (". “", ".\n\n“"), asked=("B", "Who is “B”?"), manner=TRACKED) == (
            "<p>She <del>new</del><ins>knew</ins> <em>it</em>, he said.<del> </del><ins><br><br></ins>“No.”</p>"
            '<p><abbr title="Who is “B”?">B</abbr></p>'
        )
        with_reasons = Manner(tracked=True, reasons=True)
        assert edited("<p>She new it.</p>", ("new", "knew"), asked=("new", "Sure?"), manner=with_reasons) == (
            '<p>She <del title="Because. · Sure?">new</del><ins title="Because. · Sure?">knew</ins> it.</p>'
        )
        assert edited("<p>A</p>\n<p>b</p>", ("\n\n", " "), manner=TRACKED) == (
            '<p>A<del class="paragraph">¶</del><ins> </ins></p>\n<p>b</p>'
        )

    def test_a_query_about_a_place_is_about_the_word_before_it(self) -> None:
        manuscript = page("<p>She sat <em>down</em></p>")
        written = write(manuscript, [], [Query(Span(12, 12), "A stop?")], TRACKED)
        assert written == b'<p>She sat <em><abbr title="A stop?">down</abbr></em></p>'
        assert write(manuscript, [], [Query(Span(12, 12), "A stop?")]) == manuscript.source


def accepted(source: str) -> str:
    """A page with every change taken."""
    parts: list[str] = []
    joining: list[str] = []
    for part in re.findall(r"<!--.*?-->|<(?=[a-zA-Z/!])[^>]*>|[^<]+|<", source, flags=re.S):
        name = re.match(r"</?(p|div)\b", part, flags=re.I)
        if part.startswith('<del class="paragraph"'):
            joining = ["/", "p"]
        elif joining and name and (part[1] == "/") == (joining[0] == "/"):
            joining.pop(0)
            continue
        elif joining and name and part[1] != "/":
            joining.clear()  # the end tag was left out
            continue
        elif joining and not part.strip() and parts[-1][:1] == "<" and not parts[-1].startswith("<ins"):
            continue
        parts.append(part)
    source = "".join(parts)
    source = re.sub(r"<del[^>]*>.*?</del>", "", source, flags=re.S)
    return re.sub(r"</?(?:ins|abbr)\b[^>]*>", "", source)


def rejected(source: str) -> str:
    """A page with every change refused."""
    source = re.sub(r'<del class="paragraph"[^>]*>¶</del>', "", source)
    source = re.sub(r"<ins[^>]*>.*?</ins>", "", source, flags=re.S)
    return re.sub(r"</?(?:del|abbr)\b[^>]*>", "", source)


def shown(text: str) -> str:
    """A text as a browser would show it."""
    text = re.sub(r"[ \t]+", " ", text)
    return re.sub(r"\n{2,}", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()


def edits_of(manuscript: Manuscript, cuts: list[tuple[int, int, str]]) -> list[Edit]:
    """Edits at these places, as far as the manuscript can take them."""
    text = manuscript.text
    edits: list[Edit] = []
    place = 0
    for start, length, put in sorted(cuts):
        span = Span(min(start, len(text)), min(start + length, len(text)))
        if span.start >= place and manuscript.can_take(span, put):
            edits.append(Edit(span, put, "Why."))
            place = span.end + 1
    return edits


SOUP = st.lists(
    st.sampled_from(
        "a|b b|é.|“a”| |\n|\r\n  |&amp;|&nbsp;|&#8220;|&lt;|<p>|</p>|<p>|</p>|<P CLASS=a id=x>|<em>|</em>|<b>|</B>|<i class='q'>|</i>|"
        "<br>|<br />|<br><br>|<hr>|<div>|</div>|<blockquote>|</blockquote>|<h2>|</h2>|<li>|<ul>|</ul>|<td>|<table>|</table>|<span>|"
        "</span>|<!-- c -->|< |& |<script>a<b</script>|<img src=a>|<center>|<a href='x'>|</a>|<del>a</del>|<ins>b</ins>".split(
            "|"
        )
    ),
    max_size=30,
).map("".join)
TIDY = st.lists(
    st.tuples(
        st.sampled_from(
            ["<p>{}</p>", "<p class='x'><em>{}</em></p>", "<div>{}</div>", "<h2>{}</h2>", "<p>a <b> {}</b></p>\n"]
        ),
        st.sampled_from(
            ["a", "a b <i>c</i> d", "a<br/>\nb", "&amp; “b”", "<i>a</i> <b> b</b>", "a\n  b&#160;c <!-- d --> e"]
        ),
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: "\n".join(block.format(words) for block, words in parts))
CUTS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.integers(0, 6),
        st.sampled_from(["", "x", "x y", " ", "\n\n", "x.\n\nY", "\n", "<&", "\u00a0"]),
    ),
    max_size=4,
)


@given(SOUP, CUTS)
def test_soup_is_edited_in_place(source: str, cuts: list[tuple[int, int, str]]) -> None:
    check_edited(source, cuts)


@given(TIDY, CUTS)
@example("<p>a <b> b</b></p>", [(1, 1, "")])
def test_tidy_pages_are_edited_in_place(source: str, cuts: list[tuple[int, int, str]]) -> None:
    check_edited(source, cuts)


def check_edited(source: str, cuts: list[tuple[int, int, str]]) -> None:
    try:
        manuscript = page(source)
    except UnreadableManuscript:
        return
    text = manuscript.text
    assert write(manuscript, [], [], TRACKED) == source.encode()
    if way_of(source) == "newlines":  # there a line is a paragraph
        cuts = [cut for cut in cuts if cut[2] != "\n"]
    edits = edits_of(manuscript, cuts)
    clean = write(manuscript, edits).decode()
    assert shown(reread(clean)) == shown(apply(text, edits))
    tracked = write(manuscript, edits, [Query(Span(0, len(text)), "What?")], TRACKED).decode()
    assert shown(reread(accepted(tracked.replace("<del>a</del>", "")))) == shown(apply(text, edits))
    if "<ins>" not in source and "<del>" not in source:  # what stood there before is accepted already
        assert shown(reread(rejected(tracked))) == shown(text)


def reread(source: str) -> str:
    try:
        return page(source).text if source.strip() else ""
    except UnreadableManuscript:
        return ""
