"""The story bible, told as Markdown, JSON and a page: all of it, exactly, and nothing of the story's breaking out of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import ferry
import pytest
from jsonschema import Draft202012Validator

from betareader import desk
from betareader.reading import Reading
from betareader.reports import bible_page, bible_record, page, record
from betareader.reports.entries import day_name, in_ranges
from betareader.span import Span
from betareader.story.bible import Bible, Character, Fact, Relation, Term
from betareader.story.chronicle import Chronicle
from betareader.story.places import Thing

SCHEMA = json.loads(Path(__file__).parent.joinpath("../docs/record.schema.json").read_text(encoding="utf-8"))
EVIL = '"><script>alert(1)</script><b onclick=x>*_`[a](b)\x1b\udce9'

MARKDOWN = """# The story bible of The Ferry

38 words, 2 scenes, 4 lines of speech and thought.

## Conventions

- Spelling: American and British alike; neither is changed
- Speech: "double, straight"
- Dashes: closed em dash—so
- Ellipsis: like this...
- Serial comma: left as it is
- Thoughts: unmarked

## The cast

### Ana Reed

Mentioned 3 times, first in scene 1, line 3; speaks 1 line, 6 words.

- Pronoun: she
- Title: Captain
- Also: Annie (1), scene 1, line 5
- Misspelt: Anne, scene 2, line 9
- Relation: sister of Tom Reed, scene 1, line 5: "Let it," Annie's brother Tom said.
- Eyes: grey, scene 1, line 3: Captain Ana Reed had grey eyes, they said. "It's late," she said.…
- Scenes: 1–2

### Tom Reed

Mentioned twice, first in scene 1, line 5; speaks 1 line, 2 words.

- Also: Tom (2), scene 1, line 5
- Scenes: 1

Also named: Wil 1.

## Who speaks to whom

- Ana Reed to Tom Reed: 1
- Tom Reed to Ana Reed: 1

## Places

- Port Ellis (1), town

## Scenes

### Scene 1: Captain Ana Reed had grey eyes, they said. "It's late," she said. "The…

- When: Day 1
- Who: Ana Reed, Tom Reed
- About: ferry

### Scene 2: The next morning Anne stood in Port Ellis…

- Where: Port Ellis, line 9
- When: Day 2, the next morning, line 9
- Who: Ana Reed
- Seen by: Ana Reed

## Timeline

- Day 1, late, scene 1, line 3
- Day 2, The next morning, scene 2, line 9

## Things and words

- wherry (3)
- ferry (1), ship

## Who says what

Named: a name stands with the line. Tagged: a pronoun or another word does. Worked out: nothing does, and it follows \
from whose turn it is. The figure is how sure that is.

### Scene 1

- **Ana Reed** to Tom Reed: It's late, The ferry won't wait. (tagged 97%)
- **Tom Reed** to Ana Reed: Let it (named 99%)

### Scene 2

- **?**: Tom?
- **Ana Reed** *thinks*: He is gone (tagged 90%)
"""


class Elements(HTMLParser):
    """Collects the elements of a page, and sees that each is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "tr", "th", "td"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("tr", "th", "td"):
            assert self.open.pop() == tag


def hostile() -> Reading:
    """The story with names, facts and places that would break out of a page if they were let."""
    reading = ferry.reading()
    person = Character(
        EVIL,
        (EVIL,),
        (Span(0, 3), Span(4, 9)),
        (EVIL,),
        (EVIL,),
        "she",
        (Relation(EVIL, EVIL, Span(0, 3)),),
        (Fact(EVIL, EVIL, Span(0, 3)),),
    )
    scenes = tuple(
        replace(scene, place=EVIL, time=EVIL, present=(EVIL,), viewpoint=EVIL, gist=(EVIL,))
        for scene in reading.chronicle.scenes
    )
    moments = tuple(replace(moment, text=EVIL) for moment in reading.chronicle.timeline)
    things = (Thing(EVIL, EVIL, (Span(0, 3),)),)
    passages = tuple(
        replace(passage, speaker=EVIL if place % 2 else "Ana Reed", addressee="Ana Reed" if place % 2 else EVIL)
        for place, passage in enumerate(reading.passages)
    )
    return replace(
        reading,
        bible=Bible((person, *reading.bible.cast), (Term(EVIL, 1),), (Term(EVIL, 1),)),
        chronicle=replace(reading.chronicle, scenes=scenes, timeline=moments, places=things, things=things),
        passages=passages,
    )


def test_as_markdown() -> None:
    assert bible_record.markdown(ferry.reading()) == MARKDOWN


def test_what_is_stated_again_is_told_once() -> None:
    facts = tuple(Fact("eyes", value, ferry.at("grey eyes")) for value in ("grey", "Grey", "green"))
    reading = replace(ferry.reading(), bible=Bible((Character("Ana", (), (), facts=facts),)))
    assert re.findall("^- Eyes: (.*?),", bible_record.markdown(reading), re.MULTILINE) == ["grey (2)", "green"]


def test_nothing_known_is_nothing_said() -> None:
    bare = replace(ferry.reading(), bible=Bible(), chronicle=Chronicle(), passages=())
    headings = re.findall("^## .*", bible_record.markdown(bare), re.MULTILINE)
    assert headings == ["## Conventions"]
    assert [each["id"] for tag, each in Elements(bible_page.render(bare)).found if tag == "section"] == ["conventions"]


def test_markdown_of_the_story_stays_text() -> None:
    lines = bible_record.markdown(hostile()).splitlines()
    assert r"""### "\>\<script\>alert(1)\</script\>\<b onclick=x\>\*\_\`\[a\](b)␛""" + "\ufffd" in lines


def test_a_name_that_looks_like_a_list_stays_a_name() -> None:
    person = Character("1. Ana", (), tuple(Span(0, 3) for _ in range(9)))
    reading = replace(ferry.reading(), bible=Bible((person,)))
    assert r"### 1\. Ana" in bible_record.markdown(reading).splitlines()


def test_as_json() -> None:
    document = json.loads(record.to_json(bible_record.document(ferry.reading(), "1.0")))
    assert list(document) == [
        "manuscript",
        "words",
        "bible",
        "conventions",
        "format",
        "encoding",
        "notes",
        "version",
    ]
    assert (document["manuscript"], document["words"], document["version"]) == ("ferry.txt", 38, "1.0")
    bible = document["bible"]
    validator = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/bible", "required": [], "properties": {}})
    assert [error.message for error in validator.iter_errors(bible)] == []
    assert bible["characters"][0] == {
        "name": "Ana Reed",
        "aliases": ["Annie"],
        "mentions": 3,
        "variants": ["Anne"],
        "titles": ["Captain"],
        "pronouns": "she",
        "relations": [
            {"kind": "sister", "other": "Tom Reed", "start": 112, "end": 131, "original": "Annie's brother Tom"}
        ],
        "facts": [{"about": "eyes", "value": "grey", "start": 32, "end": 41, "original": "grey eyes"}],
        "forms": [
            {"form": "Ana Reed", "mentions": 1, "start": 19},
            {"form": "Annie", "mentions": 1, "start": 112},
            {"form": "Anne", "mentions": 1, "start": 159},
        ],
        "first": {"start": 19, "end": 27, "original": "Ana Reed"},
        "lines": 1,
        "words": 6,
        "scenes": [1, 2],
    }
    assert bible["exchanges"] == [
        {"speaker": "Ana Reed", "addressee": "Tom Reed", "lines": 1},
        {"speaker": "Tom Reed", "addressee": "Ana Reed", "lines": 1},
    ]
    assert bible["places"] == [{"name": "Port Ellis", "kind": "town", "mentions": 1}]
    assert bible["terms"] == [
        {"name": "wherry", "kind": "", "mentions": 3},
        {"name": "ferry", "kind": "ship", "mentions": 1},
    ]
    assert bible["scenes"][1] == {
        "start": 142,
        "end": 220,
        "number": 2,
        "chapter": 1,
        "place": "Port Ellis",
        "time": "the next morning",
        "day": 1,
        "present": ["Ana Reed"],
        "viewpoint": "Ana Reed",
        "gist": [],
    }
    assert bible["timeline"][1] == {
        "start": 142,
        "end": 158,
        "original": "The next morning",
        "kind": "day",
        "scene": 2,
        "day": 1,
        "moves": True,
        "sure": True,
    }
    assert [(each["speaker"], each["addressee"], each["told"], each["sure"]) for each in bible["passages"]] == [
        ("Ana Reed", "Tom Reed", "anaphoric", 0.97),
        ("Ana Reed", "Tom Reed", "anaphoric", 0.97),
        ("Tom Reed", "Ana Reed", "explicit", 0.99),
        (None, None, None, 0.0),
        ("Ana Reed", None, "anaphoric", 0.9),
    ]


def test_the_page_has_every_section() -> None:
    found = Elements(bible_page.render(ferry.reading())).found
    names = ["cast", "exchanges", "scenes", "timeline", "places", "terms", "lines", "conventions"]
    assert [each["id"] for tag, each in found if tag == "section"] == names
    links = [each["href"] for tag, each in found if tag == "a"]
    assert links == [f"#{name}" for name in names]


def test_the_page_says_it() -> None:
    html = bible_page.render(ferry.reading())
    for told in (
        "<h3>Ana Reed <small>she · Captain</small></h3>"
        "<p>Mentioned 3 times, first in scene 1, line 3; speaks 1 line, 6 words.</p>",
        '<tr><th scope="row">Eyes</th><td><div>grey <span class="see">Captain Ana Reed had <b>grey eyes</b>, they said. '
        "&quot;It&#x27;s late,&quot; she said.… "
        '<span class="where">scene 1, line 3</span></span></div></td></tr>',
        '<tr><th scope="row">Where</th><td>Port Ellis <span class="see"><span class="where">line 9</span></span></td></tr>',
        "<li><div><b>Tom Reed</b><small> to Ana Reed</small></div>"
        '<p dir="auto">Let it</p><small>named 99%</small></li>',
        '<li><div>?</div><p dir="auto">Tom?</p></li>',
        '<p class="terms">Also named: Wil&nbsp;<small>1</small></p>',
    ):
        assert told in html


def test_the_page_loads_and_runs_nothing() -> None:
    html = bible_page.render(ferry.reading())
    assert re.findall(r"(?:src|href)=\"([^#][^\"]*)", html) == []
    assert re.findall(r"@import|url\(|https?:|<script|style=", html) == []
    style = re.search("<style>(.*?)</style>", html, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert style
    assert policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize("made", ["bible", "report"])
def test_nothing_breaks_out_of_the_page(made: str) -> None:
    reading = hostile()
    html = bible_page.render(reading) if made == "bible" else page.render(desk.copyedit(reading, []), [])
    html.encode("utf-8")
    found = Elements(html).found
    scripts = [tag for tag, _ in found if tag == "script"]
    assert scripts == ([] if made == "bible" else ["script"])
    assert [each for _, each in found if "onclick" in each] == []
    ids = [each["id"] for _, each in found if "id" in each]
    assert len(ids) == len(set(ids))


def test_in_the_report_places_are_links_into_the_story() -> None:
    html = page.render(desk.copyedit(ferry.reading(), []), [])
    assert '<span id="b32">grey eyes</span>' in html
    assert '<span class="where"><a href="#b32">scene 1, line 3</a></span>' in html
    assert '<small>named 99% <a href="#b102" aria-label="In the story">↑</a></small>' in html
    found = Elements(html).found
    ids = {each["id"] for _, each in found if "id" in each}
    assert {(each["href"] or "")[1:] for tag, each in found if tag == "a"} <= ids


def test_every_picture_is_told_in_words() -> None:
    html = bible_page.render(ferry.reading())
    figures = re.findall("<figure>.*?</figure>", html)
    assert len(figures) == len(re.findall("<svg", html)) == 4
    for figure in figures:
        names = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', figure)
        assert names
        assert re.search(rf'<title id="{names[1]}">[^<]+</title><desc id="{names[2]}">[^<]+</desc>', figure)
        assert "<figcaption>" in figure
        assert "<summary>The same as a table</summary><table" in figure


@pytest.mark.parametrize(
    ("numbers", "expected"), [([], ""), ([3], "3"), ([1, 2, 3, 5, 7, 8], "1–3, 5, 7–8"), ([1, 3], "1, 3")]
)
def test_numbers_in_few_words(numbers: list[int], expected: str) -> None:
    assert in_ranges(numbers) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, ""),
        (0, "Day 1"),
        (399, "Day 400"),
        (3653, "Year 11, day 4"),
        (-1, "the day before"),
        (-14, "14 days before"),
        (-90, "3 months before"),
        (-3650, "10 years before"),
    ],
)
def test_days_in_words(day: int | None, expected: str) -> None:
    assert day_name(day) == expected
