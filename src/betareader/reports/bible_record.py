"""The story bible as plain values, for JSON, and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from betareader.reports.conventions import conventions
from betareader.reports.entries import TELLING, TOLD, Account, day_name
from betareader.reports.kinds import shown
from betareader.reports.template import title_of
from betareader.reports.terminal import count

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.reports.entries import Entry, Line, Name, Note
    from betareader.span import Span
    from betareader.story.timeline import Moment

Json = dict[str, object]

LONGEST = 400
"""No more than so many characters of a line are shown."""

MOMENTS = {"back": "looking back", "ahead": "looking ahead", "span": "how long", "meanwhile": "meanwhile"}
"""What an expression of time is for, where it does not say when the story goes on."""

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_OPENING = re.compile(r"^(\d*)([#+.)-])(?=[#\s]|$)")


def document(reading: Reading, version: str = "") -> Json:
    """What `betareader bible STORY --format json` writes: those keys of the record that tell of the story itself."""
    manuscript = reading.manuscript
    style = asdict(reading.style)
    return {
        "manuscript": str(manuscript.path) if manuscript.path else "-",
        "words": len(reading.words),
        "bible": bible_record(reading),
        "conventions": {name: value for name, value in style.items() if name not in ("depth", "words", "stet")},
        "format": manuscript.format,
        "encoding": manuscript.encoding,
        "notes": list(manuscript.notes),
        "version": version,
    }


def bible_record(reading: Reading) -> Json:
    """The bible as plain values; offsets are code points into the manuscript's text."""
    account = Account(reading)
    text = reading.text
    numbers = [scene.number for scene in account.scenes]
    return {
        "characters": [_character(entry, text, numbers) for entry in account.cast],
        "exchanges": [
            {"speaker": one, "addressee": other, "lines": number}
            for (one, other), number in sorted(account.exchanges.items(), key=lambda tie: (-tie[1], tie[0]))
        ],
        "places": [{"name": name.text, "kind": name.kind, "mentions": name.mentions} for name in account.places],
        "terms": [{"name": name.text, "kind": name.kind, "mentions": name.mentions} for name in account.things],
        "scenes": _scenes(reading),
        "timeline": [
            {
                **_place(text, moment.span),
                "kind": moment.kind,
                "scene": moment.scene,
                "day": moment.day,
                "moves": moment.moves,
                "sure": moment.sure,
            }
            for moment in reading.chronicle.timeline
        ],
        "passages": [
            {
                "start": passage.span.start,
                "end": passage.span.end,
                "voice": passage.voice,
                "speaker": passage.speaker,
                "addressee": passage.addressee,
                "told": passage.told,
                "sure": round(passage.sure, 4),
            }
            for passage in reading.passages
            if passage.voice != "quoted"
        ],
    }


def _character(entry: Entry, text: str, numbers: list[int]) -> Json:
    person = entry.person
    first = min(person.mentions, default=None)
    return {
        "name": person.name,
        "aliases": list(person.aliases),
        "mentions": len(person.mentions),
        "variants": list(person.variants),
        "titles": list(person.titles),
        "pronouns": person.pronouns,
        "relations": [{"kind": each.kind, "other": each.other, **_place(text, each.span)} for each in person.relations],
        "facts": [{"about": each.about, "value": each.value, **_place(text, each.span)} for each in person.facts],
        "forms": [{"form": form.text, "mentions": form.count, "start": form.first.start} for form in entry.forms],
        "first": _place(text, first) if first else None,
        "lines": entry.lines,
        "words": entry.words,
        "scenes": [numbers[place] for place in entry.scenes],
    }


def _scenes(reading: Reading) -> list[Json]:
    told = {scene.number: scene for scene in reading.chronicle.scenes}
    found = []
    for scene in reading.scenes:
        record: Json = {"start": scene.span.start, "end": scene.span.end}
        record |= {"number": scene.number, "chapter": scene.chapter}
        if setting := told.get(scene.number):
            record |= {
                "place": setting.place,
                "time": setting.time,
                "day": setting.day,
                "present": list(setting.present),
                "viewpoint": setting.viewpoint,
                "gist": list(setting.gist),
            }
        found.append(record)
    return found


def _place(text: str, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "original": span.of(text)}


def markdown(reading: Reading) -> str:
    """The bible as Markdown, in the order of a copyeditor's style sheet; what nothing is known of is left out."""
    account = Account(reading)
    blocks = [f"# The story bible of {_plain(title_of(reading))}", _counts(account)]
    blocks += _listed("Conventions", (f"{about}: {_plain(told)}" for about, told in conventions(reading.style)))
    if account.cast:
        blocks += ["## The cast", *_cast(account)]
    exchanges = sorted(account.exchanges.items(), key=lambda tie: (-tie[1], tie[0]))
    blocks += _listed(
        "Who speaks to whom", (f"{_plain(one)} to {_plain(other)}: {number:,}" for (one, other), number in exchanges)
    )
    blocks += _listed("Places", map(_name, account.places))
    if account.scenes:
        blocks.append("## Scenes")
        for place in range(len(account.scenes)):
            opening = shown(account.opening(place).of(account.text), 80)
            blocks.append(f"### {account.scene_name(place).capitalize()}: {_plain(opening)}…")
            blocks += _items(_note(account, note, account.line_at) for note in account.notes_at(place))
    blocks += _listed("Timeline", (_moment(account, moment) for moment in reading.chronicle.timeline))
    blocks += _listed("Things and words", map(_name, account.things))
    if account.lines:
        blocks += ["## Who says what", TELLING, *_script(account)]
    return "\n\n".join(blocks) + "\n"


def _counts(account: Account) -> str:
    """The size of the story in a sentence."""
    parts = [count(len(account.reading.words), "word")]
    parts += [count(len(things), name) for things, name in ((account.scenes, "scene"), (account.lines, "line"))]
    return f"{', '.join(parts)} of speech and thought."


def _cast(account: Account) -> Iterator[str]:
    for entry in account.cast:
        if not entry.is_slight:
            yield f"### {_plain(entry.person.name)}"
            yield tally(entry, account)
            yield from _items(_note(account, note, account.where) for note in account.notes_on(entry))
    slight = [f"{_plain(entry.names)} {len(entry.person.mentions):,}" for entry in account.cast if entry.is_slight]
    if slight:
        yield f"Also named: {', '.join(slight)}."


def tally(entry: Entry, account: Account) -> str:
    """How much of the story is this person's, in a sentence."""
    parts = [f"Mentioned {_times(len(entry.person.mentions))}"]
    if entry.person.mentions:
        parts[0] += f", first in {account.where(min(entry.person.mentions).start)}"
    if entry.lines:
        parts.append(f"speaks {count(entry.lines, 'line')}, {count(entry.words, 'word')}")
    return "; ".join(parts) + "."


def _script(account: Account) -> Iterator[str]:
    before = -1
    lines: list[str] = []
    for line in account.lines:
        if line.scene != before and len(account.scenes) > 1:
            yield from _items(lines)
            lines = []
            yield f"### {account.scene_name(line.scene).capitalize()}"
        before = line.scene
        lines.append(_line(line, account.text))
    yield from _items(lines)


def _line(line: Line, text: str) -> str:
    who = _plain(line.speaker or "?")
    thinks = " *thinks*" if line.is_thought else ""
    to = f" to {_plain(line.addressee)}" if line.addressee else ""
    how = f" ({how_told(line)})" if how_told(line) else ""
    return f"**{who}**{to}{thinks}: {_plain(shown(line.words(text), LONGEST))}{how}"


def how_told(line: Line) -> str:
    """How it is known who speaks, and how surely."""
    if line.speaker is None:
        return ""
    return " ".join(
        filter(None, (TOLD.get(line.told or "", ""), f"{min(99, round(100 * line.sure))}%" if line.sure else ""))
    )


def _note(account: Account, note: Note, where: Callable[[int], str]) -> str:
    place = ""
    if note.span:
        quoted = "".join(account.around(note) or ())
        place = f", {where(note.span.start)}{f': {_plain(quoted)}' if quoted else ''}"
    return f"{note.about}: {_plain(note.told)}{place}"


def _moment(account: Account, moment: Moment) -> str:
    day = day_name(moment.day)
    how = MOMENTS.get(moment.kind, "")
    parts = filter(None, (day[:1].upper() + day[1:], _plain(moment.text), how, account.where(moment.span.start)))
    return ", ".join(parts)


def _name(name: Name) -> str:
    kind = f", {_plain(name.kind)}" if name.kind else ""
    return f"{_plain(name.text)}{f' ({name.mentions:,})' if name.mentions else ''}{kind}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _listed(heading: str, items: Iterable[str]) -> list[str]:
    listed = _items(items)
    return [f"## {heading}", *listed] if listed else []


def _items(items: Iterable[str]) -> list[str]:
    """The items as one block, none where there are none."""
    listed = [f"- {item}" for item in items]
    return ["\n".join(listed)] if listed else []


def _plain(words: str) -> str:
    """`words` of the story on one line, with nothing in them that Markdown would take for its own."""
    return _OPENING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", shown(words, 10_000)))
