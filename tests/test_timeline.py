"""When it happens: expressions of time, found in the narration and resolved in order to days."""

from __future__ import annotations

import pytest

from betareader.formats import from_text
from betareader.story.dates import find_dates, find_expressions, number_of
from betareader.story.timeline import Moment, resolve
from betareader.structure import take_apart


def timeline(text: str) -> tuple[Moment, ...]:
    page = take_apart(from_text(text.replace("¶", "\n\n")))
    return resolve(find_expressions(page), [scene.span for scene in page.scenes])


def days(text: str) -> list[tuple[str, str, int | None]]:
    """Each expression with its kind and its day."""
    return [(moment.text, moment.kind, moment.day) for moment in timeline(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The next morning she left.", [("The next morning", "day", 1)]),
        ("She left the following day.", [("the following day", "day", 1)]),
        ("Three days later she left.", [("Three days later", "day", 3)]),
        ("Twenty-one days had passed.", [("Twenty-one days had passed", "day", 21)]),
        ("After two weeks, he wrote.", [("After two weeks", "day", 14)]),
        ("That night it rained.", [("That night", "hour", 0)]),
        ("Half an hour later it rained.", [("Half an hour later", "hour", 0)]),
        ("He had come a week ago.", [("a week ago", "back", -7)]),
        ("She thought of the day before.", [("the day before", "back", -1)]),
        ("He would go the next day.", [("the next day", "ahead", 1)]),
        ("He meant to write tomorrow.", [("tomorrow", "ahead", 1)]),
        ("Meanwhile Ben slept.", [("Meanwhile", "meanwhile", 0)]),
        ("In 1887 the bridge fell.", [("In 1887", "year", 0)]),
        ("They danced for a minute.", []),
        ("On Sundays they rested.", []),
        ("He read the Sunday papers.", []),
        ("“The next morning,” she said, “I left.”", []),
    ],
)
def test_an_expression_tells_a_day(text: str, expected: list[tuple[str, str, int | None]]) -> None:
    assert days(text) == expected


def test_days_add_up() -> None:
    text = "On Tuesday it snowed. The next day it thawed. On Friday he came. Two days later he left. It was Sunday."
    assert days(text) == [
        ("On Tuesday", "weekday", 0),
        ("The next day", "day", 1),
        ("On Friday", "weekday", 3),
        ("Two days later", "day", 5),
        ("Sunday", "weekday", 5),
    ]


def test_what_is_remembered_or_planned_does_not_move_the_story() -> None:
    text = "The next day he came. He had seen her two weeks ago. He would see her tomorrow. The next day he left."
    assert [(moment.day, moment.moves) for moment in timeline(text)] == [(1, True), (-13, False), (2, False), (2, True)]


def test_a_guess_is_marked() -> None:
    text = "A few days later he came. The next day he left. One morning she wrote."
    assert [(moment.day, moment.sure) for moment in timeline(text)] == [(3, False), (4, True), (5, False)]


def test_a_morning_after_a_night_is_the_next_one() -> None:
    text = "That night she wept. In the morning she left."
    assert [(moment.day, moment.sure) for moment in timeline(text)] == [(0, True), (1, False)]


def test_dates_are_so_many_days_apart() -> None:
    text = "3 May, 1893. ¶We set out. ¶7 May. ¶We came to the pass. ¶On the first of June we turned back."
    assert days(text) == [("3 May, 1893", "date", 0), ("7 May", "date", 4), ("first of June", "date", 29)]


def test_a_moment_knows_its_scene() -> None:
    text = "It was Monday. ¶* * * ¶The next day it rained."
    assert [(moment.text, moment.scene) for moment in timeline(text)] == [("Monday", 1), ("The next day", 2)]


@pytest.mark.parametrize(
    ("text", "impossible", "weekday"),
    [
        ("April 31", True, None),
        ("the thirtieth of February", True, None),
        ("February 29, 1900", True, None),
        ("29 February, 1904", False, 0),
        ("June 14, 1996", False, 4),
        ("June 14", False, None),
    ],
)
def test_a_date_is_held_against_the_calendar(text: str, impossible: bool, weekday: int | None) -> None:
    [found] = find_dates(f"He wrote on {text}.")
    assert (found.is_impossible, found.true_weekday) == (impossible, weekday)


@pytest.mark.parametrize(
    ("words", "number"),
    [("seven", 7), ("Twenty-one", 21), ("twenty one", 21), ("45", 45), ("an", 1), ("no", None), ("twenty-odd", None)],
)
def test_a_number_in_words(words: str, number: int | None) -> None:
    assert number_of(words) == number
