"""The desk: every check alone, clashes settled in a total order, doubtful edits asked."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof import check_of, reading_of

from betareader.checks.check import Check
from betareader.clash import core
from betareader.desk import BAR, Copyedit, Lost, Skipped, apply, copyedit, resolve
from betareader.difference import tokens
from betareader.findings import Edit, Finding, Query
from betareader.manuscript import Mark
from betareader.reading import Reading
from betareader.span import Span
from betareader.style import Depth, Stet, Style


def put(text: str, old: str, new: str, confidence: float = 1.0, check: str = "one", after: int = 0) -> Edit:
    start = text.index(old, after)
    return Edit(Span(start, start + len(old)), new, f"Because of {check}.", confidence, check)


def edited(text: str, *edits: Edit, openings: frozenset[int] = frozenset()) -> str:
    return apply(text, resolve(text, edits, openings)[0])


# Running the checks


def test_edits_stand_in_the_order_of_the_text() -> None:
    text = "He caled and she anserd."
    first, second = put(text, "caled", "called"), put(text, "anserd", "answered", check="two")
    done = copyedit(reading_of(text), [check_of("two", second), check_of("one", first)])
    assert done.edits == (first, second)
    assert apply(text, done.edits) == "He called and she answered."


def test_a_fault_in_a_check_is_listed_and_the_others_run() -> None:
    def find(reading: Reading) -> Iterator[Finding]:
        yield put(reading.text, "caled", "colled")
        raise KeyError("no such word\nsecond line")

    text = "He caled."
    broken = Check("broken", "family", "light", "A check.", "", (), find)
    done = copyedit(reading_of(text), [broken, check_of("one", put(text, "caled", "called"))])
    assert apply(text, done.edits) == "He called."
    assert done.skipped == (Skipped("broken", "KeyError: 'no such word\\nsecond line'"),)
    with pytest.raises(KeyError) as raised:
        copyedit(reading_of(text), [broken], strict=True)
    assert raised.value.__notes__ == ["while running the check broken"]


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        (Edit(Span(0, 99), "", ""), "ValueError: found something at 0 to 99, outside the text of 3 characters"),
        (Edit(Span(2, 1), "x", ""), "ValueError: found something at 2 to 1, outside the text of 3 characters"),
        (Edit(Span(0, 1), "x", "", 1.5), "ValueError: is 1.5 sure of an edit, which is not between 0 and 1"),
        (Edit(Span(0, 1), "x", "", float("nan")), "ValueError: is nan sure of an edit, which is not between 0 and 1"),
        (Query(Span(1, 1), ""), "ValueError: asked about nothing at 1"),
    ],
)
def test_findings_that_cannot_be_are_faults(finding: Finding, reason: str) -> None:
    done = copyedit(reading_of("Hm."), [check_of("odd", finding)])
    assert done.skipped == (Skipped("odd", reason),)
    assert (done.edits, done.queries) == ((), ())


@pytest.mark.parametrize(("depth", "expected"), [("light", "aoo"), ("medium", "abo"), ("heavy", "abc")])
def test_only_checks_within_the_depth_run(depth: Depth, expected: str) -> None:
    checks = [
        check_of("one", Edit(Span(0, 1), "a", "")),
        check_of("two", Edit(Span(1, 2), "b", ""), depth="medium"),
        check_of("three", Edit(Span(2, 3), "c", ""), depth="heavy"),
    ]
    assert apply("ooo", copyedit(reading_of("ooo", Style(depth=depth)), checks).edits) == expected


@pytest.mark.parametrize(
    ("stet", "expected"),
    [
        (Stet("one", "dont"), "dont DONT cant"),
        (Stet("one", "Cant"), "don't don't cant"),
        (Stet("one"), "dont DONT cant"),
        (Stet("two", "dont"), "don't don't cant"),
    ],
)
def test_stet_is_kept_by_check_and_words(stet: Stet, expected: str) -> None:
    text = "dont DONT cant"
    found = [put(text, words, "don't") for words in ("dont", "DONT")]
    done = copyedit(reading_of(text, Style(stet=(stet,))), [check_of("one", *found)])
    assert apply(text, done.edits) == expected


def test_stet_does_not_care_which_apostrophe() -> None:
    found = Query(Span(0, 5), "Dialect?")
    done = copyedit(reading_of("ain’t", Style(stet=(Stet("one", "ain't"),))), [check_of("one", found)])
    assert done.queries == ()


def test_an_edit_that_changes_nothing_is_dropped() -> None:
    done = copyedit(reading_of("Hm."), [check_of("one", Edit(Span(0, 2), "Hm", ""), Edit(Span(1, 1), "", ""))])
    assert (done.edits, done.skipped) == ((), ())


def test_code_is_not_touched() -> None:
    text = "He typed teh and teh."
    found = put(text, "teh", "the"), put(text, "teh", "the", after=12)
    done = copyedit(reading_of(text, code=(Span(9, 12),)), [check_of("one", *found)])
    assert apply(text, done.edits) == "He typed teh and the."


# Doubt


@pytest.mark.parametrize(
    ("edit", "about", "reason"),
    [
        (
            Edit(Span(0, 3), "when", "It sounds alike.", 0.5, "one"),
            Span(0, 3),
            "Should this be “when”? It sounds alike.",
        ),
        (Edit(Span(3, 3), " to", "A word is lost.", 0.5, "one"), Span(3, 3), "Put in “to” here? A word is lost."),
        (Edit(Span(3, 4), ". ", "It is over.", 0.5, "one"), Span(0, 4), "Should this be “wen.”? It is over."),
        (Edit(Span(3, 5), ". H", "It is over.", 0.5, "one"), Span(0, 6), "Should this be “wen. He”? It is over."),
        (Edit(Span(0, 3), "", "It is doubled.", 0.5, "one"), Span(0, 3), "Leave this out? It is doubled."),
        (Edit(Span(3, 4), "\n\n", "Another speaks.", 0.5, "one"), Span(3, 4), "A new paragraph here? Another speaks."),
        (Edit(Span(0, 3), "went.\n\nHe", "", 0.5, "one"), Span(0, 3), "Should this be “went. ¶ He”?"),
    ],
)
def test_a_doubtful_edit_becomes_a_query_that_says_what_would_be_put(edit: Edit, about: Span, reason: str) -> None:
    assert resolve("wen he", [edit]) == ((), (Query(about, reason, (), "one"),), ())


def test_an_edit_at_the_bar_stands() -> None:
    edit = Edit(Span(0, 3), "when", "", BAR)
    assert resolve("wen he", [edit]) == ((edit,), (), ())


def test_a_doubtful_edit_gives_way_to_a_sure_one_over_the_same_words() -> None:
    text = "wen he"
    sure, doubtful = put(text, "wen", "when", 0.99), put(text, "wen", "went", 0.6, "two")
    assert resolve(text, [doubtful, sure]) == ((sure,), (), (Lost(doubtful, sure),))


def test_a_question_about_a_word_leaves_the_mark_before_it_alone() -> None:
    text = "'Wer is the lamp?' he thought."
    _, asked, _ = resolve(text, [put(text, "er", "here", 0.5)])
    assert [(query.span.of(text), query.reason.partition("?")[0]) for query in asked] == [
        ("Wer", "Should this be “Where”")
    ]


def test_a_doubtful_edit_is_asked_beside_a_mere_capital() -> None:
    text = "wen he"
    sure, doubtful = put(text, "wen", "Wen", 0.99), put(text, "wen", "when", 0.6, "two")
    stand, asked, lost = resolve(text, [doubtful, sure])
    assert (stand, [query.span for query in asked], lost) == ((sure,), [Span(0, 3)], ())


# Clashes


def test_the_surer_stands() -> None:
    text = "I no her"
    sure, less = put(text, "no", "know", 0.99), put(text, "no", "knew", 0.95, "two")
    assert resolve(text, [less, sure]) == ((sure,), (), (Lost(less, sure),))


def test_of_two_as_sure_the_wider_stands() -> None:
    text = "I no were"
    wide, narrow = put(text, "no were", "know where"), put(text, "were", "was", check="two")
    assert resolve(text, [narrow, wide]) == ((wide,), (), (Lost(narrow, wide),))


def test_the_same_edit_twice_is_one() -> None:
    text = "I no her"
    one, two = put(text, "no", "know"), put(text, "no her", "know her", check="two")
    assert resolve(text, [one, two]) == ((two,), (), ())


def test_edits_that_share_only_what_neither_changes_both_stand() -> None:
    text = "“I no.” she said."
    word, stop = put(text, "no", "know"), put(text, "no.”", "no,”", check="two")
    assert edited(text, word, stop) == "“I know,” she said."


def test_touching_edits_both_stand() -> None:
    assert edited("ab", Edit(Span(0, 1), "x", ""), Edit(Span(1, 2), "y", "")) == "xy"


def test_two_insertions_at_one_place_are_not_both_made() -> None:
    one, two = Edit(Span(1, 1), ",", "", 1.0, "one"), Edit(Span(1, 1), ".", "", 1.0, "two")
    assert resolve("ab", [two, one]) == ((one,), (), (Lost(two, one),))


def test_a_stop_is_not_put_in_beside_a_stop_that_changes() -> None:
    text = "“I know.” she said."
    change, insertion = put(text, ".", ",", 0.99), Edit(Span(8, 8), ",", "", 0.95, "two")
    assert edited(text, change, insertion) == "“I know,” she said."


@pytest.mark.parametrize(
    ("text", "one", "two", "expected"),
    [
        ("teh end", ("teh", "the"), ("teh", "Teh"), "The end"),
        ("teh end", ("teh", "the"), ("t", "T"), "The end"),
        ("no were he", ("no were", "know where"), ("no", "No"), "Know where he"),
        ("alot of it", ("alot", "a lot"), ("a", "A"), "A lot of it"),
        ("i think, wen he", (", wen", ". Wen"), ("wen", "when"), "i think. When he"),
        ("he left, i ran", ("left, i", "left. I"), ("i", "I"), "he left. I ran"),
        ("“Hi.” Siad Tom", ("Siad", "Said"), ("Siad", "siad"), "“Hi.” said Tom"),
        ("“Bye” “bye”", ("” “bye", "”\n\n“Bye"), ("bye", "goodbye"), "“Bye”\n\n“Goodbye”"),
    ],
)
def test_a_capital_and_a_mended_word_go_together(
    text: str, one: tuple[str, str], two: tuple[str, str], expected: str
) -> None:
    first, second = put(text, *one), put(text, *two, check="two")
    assert edited(text, first, second, openings=frozenset({0})) == expected
    assert edited(text, second, first, openings=frozenset({0})) == expected


def test_joined_edits_give_both_reasons_and_the_lesser_confidence() -> None:
    text = "teh end"
    stand = resolve(text, [put(text, "teh", "the", 0.95), put(text, "t", "T", check="two")], frozenset({0}))[0]
    assert stand == (Edit(Span(0, 3), "The", "Because of one. Because of two.", 0.95, "one"),)


def test_the_capital_of_a_name_is_not_handed_to_another_word() -> None:
    text = "in rome there"
    assert edited(text, put(text, "rome", "room", 0.99), put(text, "rome", "Rome", 0.95, "two")) == "in room there"


# What always holds

TEXT = "“I no were she is,” he siad. “bye.” “Bye, an go.” She left, she ran\n\nteh end... i"


@st.composite
def edits_of(draw: st.DrawFn) -> list[Edit]:
    found = []
    for _ in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, len(TEXT)))
        end = draw(st.integers(start, min(len(TEXT), start + 9)))
        whole = Span(start, end).of(TEXT)
        replacement = draw(
            st.sampled_from([whole.capitalize(), whole.replace(" ", "\n\n"), f"{whole},", f"{whole} x", ""])
            | st.text("abN .,”\n", max_size=5)
        )
        if replacement != whole:
            confidence = draw(st.sampled_from([0.3, 0.6, 0.9, 0.95, 1.0]))
            found.append(Edit(Span(start, end), replacement, "Because.", confidence, draw(st.sampled_from("abc"))))
    return found


@given(edits_of(), st.integers(0, 1000))
def test_edits_never_overlap_whatever_their_order(found: list[Edit], seed: int) -> None:
    openings = frozenset({1, 30, 37, 49, 67})
    stand, asked, lost = resolve(TEXT, found, openings)
    for one, next_one in pairwise(stand):
        assert one.span.end <= next_one.span.start
        assert one.span != next_one.span
    assert list(stand) == sorted(stand, key=lambda edit: edit.span)
    assert apply(TEXT, stand) == apply(TEXT, reversed(stand))
    assert all(edit.confidence >= BAR for edit in stand)
    shuffled = [*found, *found]
    random.Random(seed).shuffle(shuffled)
    assert resolve(TEXT, shuffled, openings)[:2] == (stand, asked)
    assert {each.edit for each in lost} == {each.edit for each in resolve(TEXT, shuffled, openings)[2]}


@given(edits_of())
def test_what_stands_is_settled(found: list[Edit]) -> None:
    stand = resolve(TEXT, found)[0]
    assert resolve(TEXT, stand) == (stand, (), ())


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_core_changes_the_same(before: str, after: str) -> None:
    edit = Edit(Span(0, len(before)), after, "")
    span, replacement = core(before, edit)
    assert apply(before, [Edit(span, replacement, "")]) == after
    assert "".join(tokens(before)) == before


def test_apply_refuses_edits_that_overlap() -> None:
    with pytest.raises(ValueError, match="edits overlap"):
        apply("abc", [Edit(Span(0, 2), "x", ""), Edit(Span(1, 3), "y", "")])


def test_the_order_of_the_checks_does_not_matter() -> None:
    text = "I no were"
    checks = [
        check_of("one", put(text, "no", "know", 0.95)),
        check_of("two", put(text, "no were", "know where", 0.99)),
    ]
    forwards, backwards = (copyedit(reading_of(text), order) for order in (checks, checks[::-1]))
    assert outcome(forwards) == outcome(backwards)


def outcome(done: Copyedit) -> tuple[object, ...]:
    return done.edits, done.queries, done.lost


def test_an_edit_that_the_file_cannot_take_is_asked() -> None:
    reading = reading_of("Teh ferry left. Teh tide turned.")
    locked = replace(reading.manuscript, marks=(Mark(Span(0, 3), "locked"),))
    made = [Edit(Span(0, 3), "The", "A slip."), Edit(Span(16, 19), "The", "A slip.")]
    done = copyedit(replace(reading, manuscript=locked), [check_of("misspelling", *made)])
    assert [edit.span for edit in done.edits] == [Span(16, 19)]
    assert done.queries == (Query(Span(0, 3), "Should this be “The”? A slip.", (), "misspelling"),)
