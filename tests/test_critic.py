"""CriticMarkup: changes and comments in Markdown, written and read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from betareader.desk import apply
from betareader.errors import CannotWrite
from betareader.findings import Edit, Query
from betareader.formats import Manner, from_text, read, write
from betareader.span import Span

TRACKED = Manner(tracked=True)
_ANY = re.compile(r"\{\+\+(.*?)\+\+\}|\{--(.*?)--\}|\{~~(.*?)~>(.*?)~~\}|\{>>(.*?)<<\}|\{==(.*?)==\}", re.DOTALL)


def accepted(text: str) -> str:
    """The text with every change taken and every comment gone."""
    return _ANY.sub(lambda match: match[1] or match[4] or match[6] or "", text)


def rejected(text: str) -> str:
    """The text with every change refused and every comment gone."""
    return _ANY.sub(lambda match: match[2] or match[3] or match[6] or "", text)


def written(text: str, *found: tuple[str, str], asked: tuple[str, str] | None = None, reasons: bool = False) -> str:
    """`text` tracked, each of `found` the words to change and what they become."""
    edits = [Edit(span_of(text, old), new, f"About {new}.") for old, new in found]
    queries = [Query(span_of(text, asked[0]), asked[1])] if asked else []
    manner = Manner(tracked=True, reasons=reasons)
    return write(from_text(text, format="markdown"), edits, queries, manner).decode()


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_words_changed_put_in_and_taken_out() -> None:
    assert written("She new it.", ("new", "knew")) == "She {~~new~>knew~~} it."
    assert written("She knew it", ("it", "it.")) == "She knew it{++.++}"
    assert written("She she knew.", ("She she", "She")) == "She{-- she--} knew."


def test_a_new_paragraph_stands_alone() -> None:
    text = "“Yes,” she said. “No,” he said."
    assert written(text, (". “", ".\n\n“")) == "“Yes,” she said.{-- --}{++\n\n++}“No,” he said."
    assert written("“Yes,” “No.”", (",” “", ".”\n\n“")) == "“Yes{~~,~>.~~}”{-- --}{++\n\n++}“No.”"


def test_comments() -> None:
    text = "Ann is forty. She sat."
    assert written(text, asked=("forty", "Thirty\nbefore?")) == "Ann is forty{>>Thirty before?<<}. She sat."
    assert written(text, ("forty", "fourty"), asked=("forty", "Really?"), reasons=True) == (
        "Ann is {~~forty~>fourty~~}{>>About fourty.<<}{>>Really?<<}. She sat."
    )
    assert written(text, asked=("forty", "Is {++this++} <<} fine?")) == (
        "Ann is forty{>>Is { ++this+ +} < <} fine?<<}. She sat."
    )


def test_words_that_hold_signs() -> None:
    assert written("a~>b", ("a~>b", "c")) == "{--a~>b--}{++c++}"
    text = written("So x y.", ("x", "{--z--} w++}"))
    assert accepted(text) == "So {--z--} w++} y."
    assert rejected(text) == "So x y."


def test_queries_are_only_written_where_changes_are_tracked() -> None:
    manuscript = from_text("She sat.", format="markdown")
    query = Query(Span(0, 3), "Who?")
    assert write(manuscript, [], [query]) == b"She sat."
    assert write(manuscript, [], [query], TRACKED) == b"She{>>Who?<<} sat."


def test_changes_that_are_there_already_are_left_alone() -> None:
    text = "She {++quickly ++}sat{--down--}{>>here?<<} by {~~teh~>the~~} {==well==}."
    manuscript = from_text(text, format="markdown")
    read_words = "".join(
        letter
        for place, letter in enumerate(text)
        if not any(mark.kind == "code" and mark.span.start <= place < mark.span.end for mark in manuscript.marks)
    )
    assert read_words == "She quickly sat by the well."
    for words, can in (("She", True), ("quickly", False), ("down", False), ("the", False), ("by", True)):
        assert manuscript.can_take(span_of(text, words), "x") is can
    assert written(text, ("by", "near"), asked=("quickly", "Sure?")) == (
        "She {++quickly ++}{>>Sure?<<}sat{--down--}{>>here?<<} {~~by~>near~~} {~~teh~>the~~} {==well==}."
    )


def test_a_sign_that_nothing_closes_would_swallow_the_marks() -> None:
    with pytest.raises(CannotWrite) as caught:
        written("She {++ sat.", ("She", "He"))
    assert str(caught.value) == (
        "The story holds “{++”, with which a tracked change begins, but nothing that ends it; take it out first, or write a "
        "copy without tracked changes."
    )


PROSE = st.text("ab .\n*+-~<>=}“”", min_size=1, max_size=50)
WILD = st.text("ab .\n*+-~<>={}“”", max_size=8)


@given(PROSE, st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6), WILD), max_size=4), st.integers(0, 50))
def test_accepting_gives_the_edited_text_and_rejecting_the_old(
    text: str, cuts: list[tuple[int, int, str]], asked: int
) -> None:
    assume(text.strip())
    manuscript = read(Path("a.md"), text.encode())
    edits: list[Edit] = []
    place = 0
    for start, length, put in sorted(cuts):
        span = Span(min(start, len(text)), min(start + length, len(text)))
        if span.start >= place:
            edits.append(Edit(span, put, "Why."))
            place = span.end + 1
    query = Query(Span(0, min(asked, len(text))), "What?")
    tracked = write(manuscript, edits, [query], Manner(tracked=True, reasons=True)).decode()
    assert accepted(tracked) == apply(text, edits)
    assert rejected(tracked) == text
    assert write(manuscript, [], [], TRACKED) == text.encode()
