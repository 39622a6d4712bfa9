"""The pictures: drawn to measure, told in words, and nothing in them but text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from betareader.reports.pictures import WIDTH, Cell, Stop, bars, graph, grid, line

EVIL = '"><script>&\x1b'
SIZES = {"Ana": 9, "Tom": 4, "Wil": 1}
TIES = {("Ana", "Tom"): 5, ("Tom", "Ana"): 4, ("Ana", "Wil"): 2, ("Wil", "Ana"): 1}


def texts(svg: str) -> list[str]:
    """The words of a picture, in order; a picture that is not well formed raises."""
    return [element.text or "" for element in ElementTree.fromstring(svg).iter("text")]


def told(svg: str) -> tuple[str | None, str | None]:
    """The title and the description."""
    root = ElementTree.fromstring(svg)
    return root.findtext("title"), root.findtext("desc")


def test_bars_whole() -> None:
    assert bars("b", "How much each says", [("Ana", 4, "4 lines"), ("Tom", 1, "1 line")]) == (
        '<svg class="picture" viewBox="0 0 720 52" role="img" aria-labelledby="b-title b-told">'
        '<title id="b-title">How much each says</title><desc id="b-told">Ana: 4 lines; Tom: 1 line.</desc>'
        '<text class="name" x="32" y="18" text-anchor="end">Ana</text>'
        '<rect class="fill" x="42" y="5" width="508" height="16" rx="2"/>'
        '<text class="soft" x="558" y="18" text-anchor="start">4 lines</text>'
        '<text class="name" x="32" y="44" text-anchor="end">Tom</text>'
        '<rect class="fill" x="42" y="31" width="127" height="16" rx="2"/>'
        '<text class="soft" x="177" y="44" text-anchor="start">1 line</text></svg>'
    )


def test_a_graph_names_everybody_and_counts_every_tie() -> None:
    svg = graph("g", "Who speaks to whom", SIZES, TIES)
    assert sorted(texts(svg)) == ["1", "2", "4", "5", "Ana", "Tom", "Wil"]
    words = "Lines from one to another. Ana to Tom: 5; Tom to Ana: 4; Ana to Wil: 2; Wil to Ana: 1."
    assert told(svg) == ("Who speaks to whom", words)


@pytest.mark.parametrize("number", [2, 3, 4, 7, 10])
def test_a_graph_stays_in_its_frame(number: int) -> None:
    names = [f"Somebody With a Name {place}" for place in range(number)]
    svg = graph(
        "g", "Graph", dict.fromkeys(names, 3), {(one, other): 1 for one in names for other in names if one != other}
    )
    root = ElementTree.fromstring(svg)
    height = float(root.attrib["viewBox"].split()[3])
    for circle in root.iter("circle"):
        across, down, radius = (float(circle.attrib[name]) for name in ("cx", "cy", "r"))
        assert radius <= across <= WIDTH - radius
        assert radius <= down <= height - radius
    for text in root.iter("text"):
        across, down = float(text.attrib["x"]), float(text.attrib["y"])
        reach = 7.5 * len(text.text or "")
        left = {"start": 0, "middle": reach / 2, "end": reach}[text.attrib["text-anchor"]]
        assert across - left >= 0
        assert across - left + reach <= WIDTH
        assert 10 <= down <= height


def test_those_who_speak_most_stand_side_by_side() -> None:
    people = dict.fromkeys("abcdef", 1)
    svg = graph("g", "Graph", people, {("a", "d"): 9, ("d", "a"): 9, ("b", "e"): 9, ("c", "f"): 9})
    order = [text for text in texts(svg) if text in people]
    beside = {frozenset(pair) for pair in zip(order, [*order[1:], order[0]], strict=True)}
    assert {frozenset("ad"), frozenset("be"), frozenset("cf")} <= beside


def test_the_one_whom_all_speak_to_stands_in_the_midst() -> None:
    svg = graph("g", "Graph", dict.fromkeys("abcde", 1), {("a", each): 3 for each in "bcde"} | {("b", "c"): 1})
    root = ElementTree.fromstring(svg)
    midst = next(root.iter("circle")).attrib
    assert (midst["cx"], midst["cy"], root.attrib["viewBox"]) == ("360", "200", "0 0 720 400")
    assert next(text for text in texts(svg) if text.isalpha()) == "a"


def test_a_grid_says_who_is_where() -> None:
    svg = grid("k", "Who is where", ["1", "2", "3"], [("Ana", {0: Cell(4, True), 2: Cell()}), ("Tom", {1: Cell(1)})])
    assert texts(svg) == ["1", "2", "3", "Ana", "Tom"]
    assert told(svg) == ("Who is where", "Ana: 1, 3; Tom: 2.")
    assert re.findall(r'fill-opacity="([^"]*)"', svg) == ["1", "0.18", "0.65"]
    assert svg.count('class="eye"') == 1


def test_a_grid_of_many_scenes_numbers_only_some() -> None:
    svg = grid("k", "Who is where", [str(number) for number in range(1, 61)], [("Ana", {0: Cell()})])
    assert texts(svg) == ["1", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "55", "60", "Ana"]


def test_a_timeline_heads_each_day_once() -> None:
    stops = [Stop("Day 1", "at dawn", "line 1"), Stop("Day 1", "at noon", "line 2"), Stop("Day 2", "", "line 9")]
    svg = line("l", "The timeline", stops)
    assert texts(svg) == ["Day 1", "at dawn", "line 1", "at noon", "line 2", "Day 2", "", "line 9"]
    assert told(svg) == ("The timeline", "Day 1, at dawn, line 1; Day 1, at noon, line 2; Day 2, line 9.")


@pytest.mark.parametrize(
    "svg",
    [
        bars("p", EVIL, [(EVIL, 1, EVIL)]),
        graph("p", EVIL, {EVIL: 1, "Ana": 2}, {(EVIL, "Ana"): 1}),
        grid("p", EVIL, [EVIL], [(EVIL, {0: Cell(1, True)})]),
        line("p", EVIL, [Stop(EVIL, EVIL, EVIL)]),
        bars("p", "Nothing", []),
        graph("p", "Nothing", {}, {}),
        grid("p", "Nothing", [], []),
        line("p", "Nothing", []),
    ],
)
def test_a_picture_is_well_formed_whatever_the_names(svg: str) -> None:
    elements = {element.tag for element in ElementTree.fromstring(svg).iter()}
    assert elements <= {"svg", "title", "desc", "text", "rect", "circle", "path"}
