"""The report: one page of HTML with the story marked up, and nothing in it from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from betareader.reports.bible_page import Bible, section
from betareader.reports.conventions import conventions
from betareader.reports.entries import Account
from betareader.reports.kinds import families, is_silent, kind_of, shown
from betareader.reports.marked import Block, Marked, fit
from betareader.reports.template import fill, hash_of, part, title_of
from betareader.reports.terminal import change, count

if TYPE_CHECKING:
    from betareader.checks.check import Check
    from betareader.desk import Copyedit
    from betareader.findings import Edit, Query

_EMPHASIS = re.compile(r"\*([^*\n]+)\*")
_CHUNK = 40
"""Blocks to a section; a browser lays out only the sections in view."""

_FEW = 200
"""No list at the end of the page is longer than this."""


def render(copyedit: Copyedit, checks: Sequence[Check], *, copy: str = "") -> str:
    """The whole page; `copy` is the sign of the edited copy it belongs to.

    Every character of the story stands in the element `story` once, in order: without its `ins`
    elements it is the manuscript, without its `del` elements the edited copy.
    """
    family_of = families(checks)
    text = copyedit.reading.text
    silent = frozenset(edit for edit in copyedit.edits if is_silent(text, edit))
    loud = [edit for edit in copyedit.edits if edit not in silent]
    kinds = Counter(kind_of(edit, family_of) for edit in loud)
    bible = Bible(Account(copyedit.reading), is_linked=True)
    style = (
        part("page.css")
        + part("bible.css")
        + "".join(map(_filter, {kind_of(edit, family_of) for edit in copyedit.edits}))
    )
    script = part("page.js")
    title = title_of(copyedit.reading)
    return fill(
        part("page.html"),
        title=fit(title),
        copy=fit(copy),
        style=style,
        script=script,
        style_hash=hash_of(style),
        script_hash=hash_of(script),
        facts=_facts(copyedit, loud, silent),
        notes="".join(f'<p class="remark">{fit(note)}</p>' for note in copyedit.reading.manuscript.notes),
        filters="".join(_chip(kind, number) for kind, number in sorted(kinds.items(), key=lambda each: -each[1])),
        silent_filter=_silent_chip(len(silent)) if silent else "",
        story=_story(copyedit, Marked(copyedit, family_of, silent, bible.anchors())),
        after="".join(_after(copyedit, checks, silent, bible)),
    )


def _facts(copyedit: Copyedit, loud: Sequence[Edit], silent: frozenset[Edit]) -> str:
    reading = copyedit.reading
    facts = [count(len(reading.words), "word"), f"{reading.style.depth} edit", count(len(loud), "change")]
    if copyedit.queries:
        facts.append(f'<a href="#questions">{count(len(copyedit.queries), "question")}</a>')
    if silent:
        facts.append(f'<a href="#silent">{count(len(silent), "silent change")}</a>')
    if reading.bible.cast:
        facts.append('<a href="#cast">story bible</a>')
    if copyedit.skipped:
        facts.append(f'<a href="#skipped">{count(len(copyedit.skipped), "check")} could not run</a>')
    return " · ".join(f"<span>{fact}</span>" for fact in facts)


def _chip(kind: str, number: int) -> str:
    return (
        f'<label class="chip"><input type="checkbox" id="k-{kind}" checked> {fit(kind.capitalize())} '
        f"<b>{number:,}</b></label>"
    )


def _silent_chip(number: int) -> str:
    return f'<label class="chip"><input type="checkbox" id="k-silent"> Silent <b>{number:,}</b></label>'


def _filter(kind: str) -> str:
    """The rules that make changes of one kind look as if they had been taken."""
    off = f"body:has(#k-{kind}:not(:checked)) #story .k-{kind}"
    return f"{off} del{{display:none}}{off} ins{{all:unset}}{off}{{pointer-events:none}}" + (
        f"{off} ins.par::before,{off} ins.sp::before,{off}::before{{content:none}}"
        f"{off} ins.par::after{{content:var(--new-line);white-space:pre}}"
    )


def _story(copyedit: Copyedit, marked: Marked) -> str:
    pieces = []
    flush = True
    for place, block in enumerate(marked.blocks()):
        if place % _CHUNK == 0:
            pieces.append("</section><section>" if place else "<section>")
        html = block.html
        if flush and block.role == "body":
            html = html.replace('class="body', 'class="flush body', 1)
        flush = block.role != "body"
        pieces.append(_row(copyedit, html, block))
    return "".join([*pieces, "</section>" if pieces else ""])


def _row(copyedit: Copyedit, html: str, block: Block) -> str:
    """A block with the questions about it in the margin."""
    if not block.queries:
        return html
    asides = "".join(
        f'<aside id="m{place + 1}"><a href="#q{place + 1}" class="n">{place + 1}</a> '
        f"{_question(copyedit, place)}</aside>"
        for place in block.queries
    )
    return f'<div class="row">{asides}{html}</div>'


def _question(copyedit: Copyedit, place: int) -> str:
    """What is asked, and links to what it is compared with."""
    query: Query = copyedit.queries[place]
    see = [
        f'<a href="#q{place + 1}-{number}"><bdi>{fit(shown(span.of(copyedit.reading.text), 50))}</bdi></a>'
        for number, span in enumerate(query.see, 1)
    ]
    compare = f' <span class="see">Compare {", ".join(see)}.</span>' if see else ""
    return f"<bdi>{fit(query.reason)}</bdi>{compare}"


def _after(copyedit: Copyedit, checks: Sequence[Check], silent: frozenset[Edit], bible: Bible) -> Iterator[str]:
    """What stands below the story."""
    reading = copyedit.reading
    text = reading.text
    summaries = {check.name: check.summary for check in checks}
    if copyedit.queries:
        items = (
            f'<li><a href="#q{place + 1}">{_quoted(query.span.of(text))}</a> {_question(copyedit, place)}</li>'
            for place, query in enumerate(copyedit.queries)
        )
        yield _section("questions", "Questions for you", f"<ol>{''.join(items)}</ol>")
    loud = Counter(edit.check for edit in copyedit.edits if edit not in silent)
    if loud:
        yield _section("changes", "What was changed", _tally(loud, summaries))
    if silent:
        intro = "<p>Made without a mark in the story above; tick <i>Silent</i> at the top to see each in its place.</p>"
        by_check = Counter(edit.check for edit in silent)
        yield _section("silent", "Changed silently", intro + _tally(by_check, summaries))
    rows = "".join(f"<tr><th>{fit(name)}<td>{fit(value)}" for name, value in conventions(reading.style))
    yield _section("conventions", "The conventions applied", f"<table>{rows}</table>")
    for name, heading, body in bible.sections():
        yield section(name, heading, body)
    if copyedit.lost:
        items = (
            f"<li><bdi>{fit(change(text, each.edit))}</bdi> ({fit(each.edit.check)}) gave way to "
            f"<bdi>{fit(change(text, each.to))}</bdi> ({fit(each.to.check)})</li>"
            for each in copyedit.lost[:_FEW]
        )
        more = _more(len(copyedit.lost))
        yield _section("lost", "Changes that gave way to better ones", f"<ul>{''.join(items)}</ul>{more}")
    if copyedit.skipped:
        items = (f"<li><b>{fit(each.check)}</b> <bdi>{fit(each.reason)}</bdi></li>" for each in copyedit.skipped)
        yield _section("skipped", "Checks that could not run", f"<ul>{''.join(items)}</ul>")


def _section(name: str, heading: str, body: str) -> str:
    return f'<section id="{name}"><h2>{heading}</h2>{body}</section>'


def _quoted(words: str) -> str:
    return f"<bdi>“{fit(shown(words, 60))}”</bdi>" if words.strip() else "here"


def _tally(by_check: Counter[str], summaries: dict[str, str]) -> str:
    rows = (
        f"<tr><th>{number:,}<td>{_emphasised(summaries.get(name, name))} <code>{fit(name)}</code>"
        for name, number in sorted(by_check.items(), key=lambda each: (-each[1], each[0]))
    )
    return f'<table class="tally">{"".join(rows)}</table>'


def _emphasised(words: str) -> str:
    return _EMPHASIS.sub(r"<i>\1</i>", fit(words))


def _more(number: int) -> str:
    return f"<p>And {number - _FEW:,} more.</p>" if number > _FEW else ""
