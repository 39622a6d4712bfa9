"""Screenplays: a name above each speech says who speaks it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from betareader.span import Span
from betareader.story.bible import Character

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from betareader.story.bible import Bible
    from betareader.story.scenes import Setting
    from betareader.structure.page import Page, Paragraph, Passage

_EXTENSION = re.compile(r"\s*\(.*", re.DOTALL)
_LETTERS = re.compile(r"(?<![’'](?=[Ss]\b))[^\W\d_]+")
_HEADING = re.compile(
    r"(?:(?:INT|EXT|EST|I/E)[./INTEX]*\s+)?(?P<place>\S.*?)(?:\s+[-–—]+\s+(?P<time>[^-–—]+))?$", re.IGNORECASE
)
_SEVERAL = re.compile(r"\b(?:AND|&|ALL|BOTH|EVERYONE|EVERYBODY|TOGETHER|CROWD|VOICES)\b|[/,+&]", re.IGNORECASE)


def is_script(page: Page) -> bool:
    """Whether the page is a screenplay's."""
    return any(paragraph.role == "cue" for paragraph in page.paragraphs)


def with_cued(page: Page, cast: Iterable[Character]) -> tuple[Character, ...]:
    """The cast and everybody else who has a speech in a screenplay, those named most often first."""
    found = list(cast)
    places = {form.casefold(): place for place, person in enumerate(found) for form in (*person.aliases, person.name)}
    for paragraph in page.paragraphs:
        name = _name(page, paragraph)
        if not name:
            continue
        span = Span(paragraph.span.start, paragraph.span.start + len(name))
        if name.casefold() in places:
            place = places[name.casefold()]
            mentions = tuple(sorted({*found[place].mentions, span}))
            found[place] = replace(found[place], mentions=mentions)
        else:
            places[name.casefold()] = len(found)
            mentions = tuple(Span(*match.span()) for match in re.finditer(_anywhere(name), page.text))
            found.append(Character(_told(name), (), mentions))
    return tuple(sorted(found, key=lambda person: (-len(person.mentions), person.name)))


def words_of_cues(page: Page) -> frozenset[str]:
    """Every word of the names above the speeches of a screenplay, as it stands there."""
    return frozenset(word for paragraph in page.paragraphs for word in re.findall(r"\w+", _name(page, paragraph)))


def attribute(page: Page, bible: Bible) -> tuple[Passage, ...]:
    """The passages of a screenplay with their speakers and those spoken to, who spoke last before them in the scene."""
    names = {form.casefold(): person.name for person in reversed(bible.cast) for form in (*person.aliases, person.name)}
    passages = list(page.passages)
    starts = [passage.span.start for passage in passages]
    speaker: str | None = None
    heard: list[str] = []
    for paragraph in page.paragraphs:
        if paragraph.role == "cue":
            speaker = names.get(_name(page, paragraph).casefold())
        elif paragraph.role != "body":
            if paragraph.role != "note":
                speaker, heard = None, []
        else:
            place = bisect_left(starts, paragraph.span.start)
            if place == len(passages) or passages[place].span != paragraph.span or passages[place].voice != "speech":
                speaker = None
            elif speaker is not None:
                last = next((name for name in reversed(heard) if name != speaker), None)
                passages[place] = replace(passages[place], speaker=speaker, addressee=last, told="explicit", sure=1.0)
                heard.append(speaker)
    return tuple(passages)


def with_headings(page: Page, settings: Sequence[Setting]) -> tuple[Setting, ...]:
    """The scenes, with the place and the time that the heading above one tells."""
    headings = [paragraph.span for paragraph in page.paragraphs if paragraph.role == "scene"]
    ends = [heading.end for heading in headings]
    found: list[Setting] = []
    for setting in settings:
        place = bisect_left(ends, setting.span.start) - 1
        is_new = not found or bisect_left(ends, found[-1].span.start) - 1 < place
        match = _HEADING.match(page.text, headings[place].start, ends[place]) if place >= 0 and is_new else None
        if match:
            where, when = Span(*match.span("place")), Span(*match.span("time"))
            setting = replace(setting, place=match["place"], place_span=where)
            if match["time"]:
                setting = replace(setting, time=match["time"], time_span=when)
        found.append(setting)
    return tuple(found)


def _name(page: Page, paragraph: Paragraph) -> str:
    """The name in a cue, without what stands after it in brackets; empty where there is none, or more than one."""
    if paragraph.role != "cue":
        return ""
    name = _EXTENSION.sub("", paragraph.span.of(page.text)).strip()
    return "" if _SEVERAL.search(name) else name


def _told(name: str) -> str:
    """The name as prose writes it: MARA O'NEIL is Mara O'Neil."""
    return _LETTERS.sub(lambda match: match[0].capitalize(), name) if name.isupper() else name


def _anywhere(name: str) -> str:
    return rf"(?<!\w)(?:{re.escape(name)}|{re.escape(_told(name))})(?!\w)"
