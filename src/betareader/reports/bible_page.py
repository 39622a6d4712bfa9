"""The story bible as HTML: sections that stand in the report, and a page of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from betareader.reports.bible_record import LONGEST, MOMENTS, how_told, tally
from betareader.reports.conventions import conventions
from betareader.reports.entries import TELLING, Account, day_name
from betareader.reports.kinds import shown
from betareader.reports.marked import fit
from betareader.reports.pictures import Cell, Stop, bars, graph, grid, line
from betareader.reports.template import fill, hash_of, part, title_of
from betareader.reports.terminal import count

if TYPE_CHECKING:
    from betareader.reading import Reading
    from betareader.reports.entries import Entry, Line, Name, Note
    from betareader.span import Span
    from betareader.story.timeline import Moment

_FEW = 200
"""No list is longer than this but that of the lines."""

_BESIDE = ("Pronoun", "Title")
"""What stands beside a person's name, not under it."""

_BARS = 16
_RING = 10
_ROWS = 24
_COLUMNS = 80
_STOPS = 40
_SHORT = 160
"""A story of no more lines than this has all of them unfolded on its own page."""


def render(reading: Reading) -> str:
    """The page of the bible alone, which loads nothing and runs nothing."""
    account = Account(reading)
    rows = "".join(f"<tr><th>{fit(about)}<td>{fit(told)}" for about, told in conventions(reading.style))
    sections = [
        *Bible(account, is_linked=False).sections(),
        ("conventions", "Conventions", f"<table>{rows}</table>"),
    ]
    style = part("page.css") + part("bible.css")
    facts = [count(len(reading.words), "word"), count(len(account.scenes), "scene")]
    facts += [count(len(account.cast), "person", "people")]
    facts += [count(len(account.lines), "line") + " of speech and thought"]
    title = title_of(reading)
    return fill(
        part("bible.html"),
        title=fit(title),
        style=style,
        style_hash=hash_of(style),
        facts=" · ".join(f"<span>{fact}</span>" for fact in facts),
        notes="".join(f'<p class="remark">{fit(note)}</p>' for note in reading.manuscript.notes),
        contents="".join(f'<a href="#{name}">{heading}</a>' for name, heading, _ in sections),
        sections="".join(section(*each) for each in sections),
    )


def section(name: str, heading: str, body: str) -> str:
    """A section of the bible."""
    return f'<section id="{name}" class="bible"><h2>{heading}</h2>{body}</section>'


class Bible:
    """Writes the bible in sections; where it stands below the story, `is_linked`, places are links into it."""

    def __init__(self, account: Account, *, is_linked: bool) -> None:
        self._account = account
        self._is_linked = is_linked

    def sections(self) -> Iterator[tuple[str, str, str]]:
        """The name, the heading and the body of each section there is anything to say in."""
        account = self._account
        if account.cast:
            yield "cast", "The cast", "".join(self._cast())
        if account.exchanges:
            yield "exchanges", "Who speaks to whom", self._exchanges()
        if account.scenes:
            yield "scenes", "Scenes", "".join(self._scenes())
        if account.reading.chronicle.timeline:
            yield "timeline", "Timeline", "".join(self._timeline())
        if account.places:
            yield "places", "Places", _names(account.places)
        if account.things:
            yield "terms", "Things and words", _names(account.things)
        if account.lines:
            yield "lines", "Who says what", "".join(self._script())

    def anchors(self) -> dict[int, Span]:
        """The stretches of the story that the bible links to, by where they start."""
        account = self._account
        notes = [note for entry in account.cast[:_FEW] for note in account.notes_on(entry)]
        notes += [note for place in range(len(account.scenes)) for note in account.notes_at(place)]
        spans = [note.span for note in notes if note.span]
        spans += [min(entry.person.mentions) for entry in account.cast if entry.person.mentions]
        spans += [moment.span for moment in account.reading.chronicle.timeline[:_FEW]]
        spans += [line.passages[0].span for line in account.lines]
        spans += [account.opening(place) for place in range(len(account.scenes))]
        return {span.start: span for span in sorted(spans)}

    def _cast(self) -> Iterator[str]:
        account = self._account
        speakers = sorted((entry for entry in account.cast if entry.lines), key=lambda entry: -entry.lines)[:_BARS]
        if len(speakers) > 1:
            rows = [
                (entry.person.name, entry.lines, f"{count(entry.lines, 'line')}, {count(entry.words, 'word')}")
                for entry in speakers
            ]
            yield _figure(
                bars("bars", "How much each says", rows),
                "How much each says aloud",
                ("Who", "Lines", "Words"),
                ((entry.person.name, f"{entry.lines:,}", f"{entry.words:,}") for entry in speakers),
            )
        for entry in [entry for entry in account.cast if not entry.is_slight][:_FEW]:
            yield self._person(entry)
        slight = [
            f"{fit(entry.names)}&nbsp;<small>{len(entry.person.mentions):,}</small>"
            for entry in account.cast
            if entry.is_slight
        ]
        if slight:
            yield f'<p class="terms">Also named: {", ".join(slight[:_FEW])}{_more(len(slight))}</p>'

    def _person(self, entry: Entry) -> str:
        account = self._account
        notes = list(account.notes_on(entry))
        beside = " · ".join(fit(note.told) for note in notes if note.about in _BESIDE)
        heading = f"<h3>{fit(entry.person.name)}{f' <small>{beside}</small>' if beside else ''}</h3>"
        table = _table(self._note(note, account.where) for note in notes if note.about not in _BESIDE)
        return f"<article>{heading}<p>{fit(tally(entry, account))}</p>{table}</article>"

    def _exchanges(self) -> str:
        account = self._account
        said: dict[str, int] = {}
        for (one, other), number in account.exchanges.items():
            said[one] = said.get(one, 0) + number
            said.setdefault(other, 0)
        people = sorted(said, key=lambda who: (-said[who], who))[:_RING]
        ties = {pair: number for pair, number in account.exchanges.items() if {*pair} <= {*people}}
        ordered = sorted(account.exchanges.items(), key=lambda tie: (-tie[1], tie[0]))
        return _figure(
            graph("graph", "Who speaks to whom", {who: said[who] for who in people}, ties),
            "An arrow for each who speaks to another, with the number of lines; larger circles say more",
            ("Who", "To whom", "Lines"),
            ((one, other, f"{number:,}") for (one, other), number in ordered[:_FEW]),
        )

    def _scenes(self) -> Iterator[str]:
        account = self._account
        if len(account.scenes) > 1:
            yield self._presence()
        for place in range(len(account.scenes)):
            name, opening = account.scene_name(place).capitalize(), account.opening(place)
            begins = self._link(opening.start, f"{shown(opening.of(account.text), 80).rstrip(' .,;:')}…")
            notes = _table(self._note(note, account.line_at) for note in account.notes_at(place))
            yield f'<article id="scene-{place + 1}"><h3>{name}</h3><p class="opening" dir="auto">{begins}</p>{notes}</article>'

    def _presence(self) -> str:
        """The chart of who is in which scene, or in which chapter where there are more scenes than can be drawn."""
        account = self._account
        numbers = [scene.number for scene in account.scenes]
        what = "Scene"
        if len(numbers) > _COLUMNS and account.scenes[-1].chapter > 1:
            numbers, what = [scene.chapter for scene in account.scenes], "Chapter"
        columns = sorted(set(numbers))
        column_of = {number: place for place, number in enumerate(columns)}
        shown_rows = sorted(
            (entry for entry in account.cast if entry.scenes),
            key=lambda entry: (-len(entry.scenes), -len(entry.person.mentions)),
        )[:_ROWS]
        rows = []
        for entry in sorted(shown_rows, key=lambda entry: entry.scenes[0]):
            name = entry.person.name
            cells: dict[int, Cell] = {}
            for place in entry.scenes:
                column = column_of[numbers[place]]
                before = cells.get(column, Cell())
                eyes = before.eyes or account.scenes[place].viewpoint == name
                cells[column] = Cell(before.lines + account.lines_in(name, place), eyes)
            rows.append((name, cells))
        if not rows:
            return ""
        return _figure(
            grid("grid", f"Who is in which {what.lower()}", [str(number) for number in columns], rows),
            f"A column for each {what.lower()}: faint where a person is there, stronger the more is said, "
            "a dot where it is seen through this person’s eyes",
            ("Who", f"{what}s", "Through whose eyes"),
            (
                (
                    name,
                    ", ".join(str(columns[place]) for place in sorted(cells)),
                    ", ".join(str(columns[place]) for place in sorted(cells) if cells[place].eyes),
                )
                for name, cells in rows
            ),
        )

    def _timeline(self) -> Iterator[str]:
        account = self._account
        moments = account.reading.chronicle.timeline
        telling = [moment for moment in moments if moment.day is not None and moment.kind not in ("span", "meanwhile")]
        drawn = telling if len(telling) <= _STOPS else [moment for moment in telling if moment.moves]
        stops = [
            Stop(
                _day(run[0]),
                " – ".join(filter(None, (moment.text, MOMENTS.get(moment.kind, "")))),
                account.where(moment.span.start),
            )
            for run in _runs(drawn[:_STOPS])
            for moment in run
        ]
        rows = [
            (
                _day(moment),
                moment.text,
                MOMENTS.get(moment.kind, ""),
                account.where(moment.span.start),
            )
            for moment in moments[:_FEW]
        ]
        heads = ("Day", "What the story says", "", "Where")
        if len(stops) > 1:
            words = "The days of the story, as far as it tells them, from the first, with the words that tell"
            yield _figure(line("timeline-picture", "The timeline", stops), words, heads, rows)
        else:
            yield _plain_table(heads, rows)
        yield _more(len(moments))

    def _script(self) -> Iterator[str]:
        account = self._account
        is_open = " open" if not self._is_linked and len(account.lines) <= _SHORT else ""
        yield f'<p class="telling">{TELLING}</p>'
        for place, group in groupby(account.lines, key=lambda each: each.scene):
            lines = list(group)
            speakers = list(dict.fromkeys(each.speaker for each in lines if each.speaker))
            scene = account.scene_name(place).capitalize() + ": " if len(account.scenes) > 1 and place >= 0 else ""
            heads = f"{scene}{count(len(lines), 'line')}"
            who = f' <span class="see">{fit(", ".join(speakers))}</span>' if speakers else ""
            items = "".join(map(self._line, lines))
            yield f'<details class="script"{is_open}><summary>{heads}{who}</summary><ol>{items}</ol></details>'

    def _line(self, line: Line) -> str:
        who = f"<b>{fit(line.speaker)}</b>" if line.speaker else "?"
        beside = [" thinks"] if line.is_thought else []
        beside += [f" to {fit(line.addressee)}"] if line.addressee else []
        words = fit(shown(line.words(self._account.text), LONGEST))
        said = f"<i>{words}</i>" if line.is_thought else words
        start = line.passages[0].span.start
        back = f' <a href="#b{start}" aria-label="In the story">↑</a>' if self._is_linked else ""
        how = f"<small>{how_told(line)}{back}</small>" if how_told(line) or back else ""
        return (
            f"<li><div>{who}{''.join(f'<small>{each}</small>' for each in beside)}</div>"
            f'<p dir="auto">{said}</p>{how}</li>'
        )

    def _note(self, note: Note, where: Callable[[int], str]) -> tuple[str, str]:
        told = fit(note.told)
        if note.span:
            around = self._account.around(note)
            quoted = f"{fit(around[0])}<b>{fit(around[1])}</b>{fit(around[2])} " if around else ""
            place = self._link(note.span.start, where(note.span.start))
            told += f' <span class="see">{quoted}<span class="where">{place}</span></span>'
        return note.about, told

    def _link(self, start: int, words: str) -> str:
        """The words, as a link to that place where the story is on the page."""
        return f'<a href="#b{start}">{fit(words)}</a>' if self._is_linked else fit(words)


def _figure(picture: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    table = _plain_table(heads, rows)
    return (
        f'<figure><div class="frame">{picture}</div><figcaption>'
        f"{fit(caption)}.</figcaption>"
        f"<details><summary>The same as a table</summary>{table}</details></figure>"
    )


def _plain_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    first = "".join(f'<th scope="col">{fit(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{fit(who)}</th>{"".join(f"<td>{fit(cell)}</td>" for cell in cells)}</tr>'
        for who, *cells in rows
    )
    return f'<table class="plain"><thead><tr>{first}</tr></thead><tbody>{body}</tbody></table>'


def _table(notes: Iterable[tuple[str, str]]) -> str:
    """What is told under each head; a head that comes again is not said again."""
    rows = []
    for about, group in groupby(notes, key=lambda note: note[0]):
        several = [each for _, each in group]
        quoted = any("<b>" in each for each in several)
        told = "".join(f"<div>{each}</div>" for each in several) if quoted else " · ".join(several)
        rows.append(f'<tr><th scope="row">{fit(about)}</th><td>{told}</td></tr>')
    return f"<table>{''.join(rows)}</table>" if rows else ""


def _names(names: Sequence[Name]) -> str:
    """The names under their kinds, those of no kind last."""
    kinds: dict[str, list[Name]] = {}
    for name in names:
        kinds.setdefault(name.kind, []).append(name)
    rows = []
    for kind, some in sorted(kinds.items(), key=lambda each: (not each[0], -len(each[1]), each[0])):
        listed = ", ".join(map(_counted, some[:_FEW]))
        rows.append((_capital(kind), listed + _more(len(some))))
    if len(rows) == 1 and not rows[0][0]:
        return f'<p class="terms">{rows[0][1]}</p>'
    return _table((kind or "Others", listed) for kind, listed in rows)


def _counted(name: Name) -> str:
    return fit(name.text) + (f"&nbsp;<small>{name.mentions:,}</small>" if name.mentions else "")


def _runs(moments: Iterable[Moment]) -> Iterator[list[Moment]]:
    """The moments that follow one another on the same day."""
    for _, run in groupby(moments, key=lambda moment: moment.day):
        yield list(run)


def _day(moment: Moment) -> str:
    """The day in words, with a question mark where it is a guess."""
    return _capital(day_name(moment.day)) + ("" if moment.sure or moment.day is None else "?")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _more(number: int) -> str:
    return f" And {number - _FEW:,} more." if number > _FEW else ""
