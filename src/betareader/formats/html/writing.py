"""Writing into a page of HTML: edits, tracked or not, and queries, each at its place and nothing else touched.

What is tracked goes into <ins> and <del>, a query into <abbr title>: archives let these stand, and browsers show all three.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from betareader.findings import Query
from betareader.formats.changes import Change
from betareader.formats.html.soup import BLOCKS, VOID, Token, tokens, way_of
from betareader.formats.manner import Manner
from betareader.formats.markup import escape
from betareader.formats.remarks import remark
from betareader.manuscript import Manuscript, Piece
from betareader.span import Span

Splice = tuple[int, int, str]
_Ranked = tuple[int, int, int, str]

# At one place, tags that close come first, then what is put, then tags that open.
_CLOSES, _PUTS, _OPENS = 0, 1, 2

_BREAK = "\n\n"
_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TWO_LINES = re.compile(r"(?<!<br>)(?:<br\s*/?>\s*){2}(?!<br)", re.IGNORECASE)
_LINE = re.compile(r"<br\s*/?>\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"</p>(\s*)<p[\s>]", re.IGNORECASE)
_OWN = re.compile(r"\s+(?:(?:xml:)?id|name)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"']+)", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"<(/?)(?:{'|'.join(sorted(BLOCKS))}|br)\b", re.IGNORECASE)
_P = re.compile(r"<p(?=[\s>])[^>]*>", re.IGNORECASE)
_DEEPEST = 1000
_END_TAG = re.compile(r"</([A-Za-z][^\s/>]*)\s*>")
_NAME = re.compile(r"<([^\s/>]+)")
_WORD = re.compile(r"\S+\Z|\S+")


def splices_of(
    manuscript: Manuscript,
    part: str,
    text: str,
    changes: Sequence[Change],
    queries: Iterable[Query],
    manner: Manner,
    *,
    xml: bool = False,
) -> list[Splice]:
    """What to put where in the text of a part, in code points; those at one place are in their order.

    `changes` are those whose place is in this part; the queries may be about any.
    """
    return _Pen(manuscript, part, text, changes, manner, xml).splices(queries if manner.shows else ())


@dataclass(frozen=True, slots=True)
class _Work:
    """A change as it stands in the page: the stretches that go, and where what is put comes.

    `break_at` is where a new paragraph begins that is put in, with all that comes after its break.
    """

    gone: tuple[Span, ...]
    put_at: int
    break_at: int


class _Pen:
    def __init__(
        self, manuscript: Manuscript, part: str, text: str, changes: Sequence[Change], manner: Manner, xml: bool
    ) -> None:
        self._manuscript = manuscript
        self._part = part
        self._text = text
        self._changes = changes
        self._works = [self._work(change) for change in changes]
        self._tracked = manner.shows
        self._reasons = manner.reasons
        self._xml = xml
        self._way = way_of(text, xml=xml)
        br = _BR.search(text)
        self._br = br[0] if br else "<br />" if xml or "/>" in text else "<br>"
        self._line = {"blanks": "\n", "newlines": " "}.get(self._way, self._br)
        self._nbsp = "&nbsp;" in text and "\u00a0" not in text
        self._removed: set[Span] = set()

    def splices(self, queries: Iterable[Query]) -> list[Splice]:
        """All that is to be put, and what it is put for."""
        breaks = {
            work.break_at for change, work in zip(self._changes, self._works, strict=True) if _BREAK in change.put
        }
        self._around = surroundings(self._text, breaks, xml=self._xml) if breaks and not self._tracked else {}
        asked, told = self._asked(queries)
        written: list[_Ranked] = []
        for number, change in enumerate(self._changes):
            reasons = [change.edit.reason] if self._reasons and change.edit.reason else []
            written += self._write(change, self._works[number], _title([*reasons, *told.get(number, ())]))
        for span, reasons in asked:
            written.append((span.start, span.start, _OPENS, f"<abbr{_title(reasons)}>"))
            written.append((span.end, span.end, _CLOSES, "</abbr>"))
        return [(start, end, put) for start, end, _, put in sorted(written, key=lambda each: each[:3])]

    def _work(self, change: Change) -> _Work:
        gone: list[Span] = []
        for piece in change.gone:
            if gone and gone[-1].end == piece.source.start:
                gone[-1] = Span(gone[-1].start, piece.source.end)
            else:
                gone.append(piece.source)
        put_at = gone[0].end if gone else change.source
        break_at = gone[-1].end if gone and not change.joined else put_at
        # A new paragraph had better begin outside <em> than right before its end.
        while (match := _END_TAG.match(self._text, break_at)) and match[1].lower() not in BLOCKS:
            break_at = match.end()
        if change.joined and not gone:
            put_at = break_at
        return _Work(tuple(gone), put_at, break_at)

    def _write(self, change: Change, work: _Work, title: str) -> Iterator[_Ranked]:
        for span in work.gone:
            yield from self._take(span, title)
        yield from self._shield(work)
        for joint in change.joined:
            yield from self._join(joint, title)
        for span in self._slack(change, work):
            if span not in self._removed:
                self._removed.add(span)
                yield span.start, span.end, _PUTS, ""
        head, gap, tail = change.put.partition(_BREAK)
        if not gap or work.put_at == work.break_at:
            yield work.put_at, work.put_at, _PUTS, self._put(change.put, work, title)
        else:
            yield work.put_at, work.put_at, _PUTS, self._put(head, work, title)
            yield work.break_at, work.break_at, _PUTS, self._put(gap + tail, work, title)

    def _take(self, span: Span, title: str) -> Iterator[_Ranked]:
        if self._tracked:
            yield span.start, span.start, _OPENS, f"<del{title}>"
            yield span.end, span.end, _CLOSES, "</del>"
        else:
            yield span.start, span.end, _PUTS, ""

    def _shield(self, work: _Work) -> Iterator[_Ranked]:
        """Escape a bare < or & right before a change, which might begin a tag or an entity with what now follows it."""
        place = work.gone[0].start if work.gone else work.put_at
        bare = Span(place - 1, place)
        if self._xml or not place or self._text[place - 1] not in "<&" or bare in self._removed:
            return
        if not any(span.overlaps(bare) for each in self._works for span in each.gone):
            self._removed.add(bare)
            yield bare.start, bare.end, _PUTS, escape(bare.of(self._text))

    def _put(self, put: str, work: _Work, title: str) -> str:
        """`put` as it stands in the page."""
        paragraphs = [self._words(words) for words in put.split(_BREAK)]
        if self._tracked:
            return f"<ins{title}>{self._lines.join(paragraphs)}</ins>" if put else ""
        return self._new_paragraph(work.break_at).join(paragraphs) if len(paragraphs) > 1 else paragraphs[0]

    def _words(self, words: str) -> str:
        words = escape(words).replace("&quot;", '"').replace("\n", self._line)
        return words.replace("\u00a0", "&nbsp;") if self._nbsp else words

    @cached_property
    def _lines(self) -> str:
        """What sets two paragraphs apart where no element does."""
        match self._way:
            case "blanks":
                return "\n\n"
            case "newlines":
                return "\n"
            case "lines":
                return _commonest(_LINE.findall(self._text), self._br)
        return _commonest(_TWO_LINES.findall(self._text), self._br * 2)

    def _new_paragraph(self, place: int) -> str:
        """The tags that end a paragraph at `place` and begin one like it."""
        around = self._around.get(place, [])
        block = max((number for number, token in enumerate(around) if token.name in BLOCKS), default=-1)
        if self._way != "blocks" or block < 0 or not self._is_repeated(around[block]):
            return self._lines
        tags = [self._text[token.start : token.end] for token in around[block:]]
        names = [match[1] for tag in tags if (match := _NAME.match(tag))]
        closing = "".join(f"</{name}>" for name in reversed(names))
        return closing + self._between + self._like(tags[0], place) + "".join(_OWN.sub("", tag) for tag in tags[1:])

    def _like(self, tag: str, place: int) -> str:
        """The start tag of a paragraph again; where none other is like it, as that of a chapter's first, the next one's."""
        again = _OWN.sub("", tag)
        following = _P.search(self._text, place)
        if following and self._paragraphs[again] == 1:
            return _OWN.sub("", following[0])
        return again

    @cached_property
    def _between(self) -> str:
        """What stands between two paragraphs."""
        return _commonest(_BETWEEN.findall(self._text), "\n")

    @cached_property
    def _paragraphs(self) -> Counter[str]:
        """How often each start tag of a paragraph stands, what only one can have left out."""
        return Counter(_OWN.sub("", tag) for tag in _P.findall(self._text))

    def _is_repeated(self, block: Token) -> bool:
        """Whether an element is one paragraph: <p>, or a <div> with no other block in it."""
        if block.name == "p":
            return True
        following = _BLOCK_TAG.search(self._text, block.end)
        return block.name == "div" and following is not None and following[0][:5].lower() == "</div"

    def _join(self, joint: Span, title: str) -> Iterator[_Ranked]:
        """Make one paragraph of the two around a break."""
        before, after = self._beside(joint)
        if before is None or after is None:
            return
        marked = False
        for token in _tokens_between(self._text, before.source.end, after.source.start, self._xml):
            is_blank = token.kind == "text" and not self._text[token.start : token.end].strip()
            if not is_blank and token.name not in ("p", "div", "br"):
                continue
            span = Span(token.start, token.end)
            self._removed.add(span)
            if not self._tracked or token.name == "br" or self._way in ("blanks", "newlines"):
                yield from self._take(span, title)
            elif not marked:
                marked = True
                place = before.source.end
                yield place, place, _PUTS, f'<del class="paragraph"{title}>¶</del>'

    def _slack(self, change: Change, work: _Work) -> Iterator[Span]:
        """The white space beside a change that is not shown now, but would be after it."""
        before, after = self._beside(change.span)
        place = work.gone[0].start if work.gone else work.put_at
        if before is not None and before.span.end == change.span.start and before.source.end <= place:
            place = before.source.end
        stretches = []
        for span in work.gone:
            stretches.append((place, span.start))
            place = span.end
        if after is not None and after.span.start == change.span.end:
            stretches.append((place, after.source.start))
        for start, end in stretches:
            for token in _tokens_between(self._text, start, end, self._xml):
                if token.kind == "text" and not self._text[token.start : token.end].strip(" \t\r\n\f"):
                    yield Span(token.start, token.end)

    def _beside(self, span: Span) -> tuple[Piece | None, Piece | None]:
        """The pieces of this part that end before `span` and begin after it."""
        pieces = self._manuscript.pieces
        first = bisect_right(pieces, span.start, key=lambda piece: piece.span.end) - 1
        last = bisect_left(pieces, span.end, key=lambda piece: piece.span.start)
        inside = bisect_right(pieces, span.start, key=lambda piece: piece.span.start) - 1
        if inside >= 0 and pieces[inside].span.end > span.start > pieces[inside].span.start:
            first = -1  # the change begins inside a piece
        before = pieces[first] if first >= 0 else None
        after = pieces[last] if last < len(pieces) else None
        return (
            before if before and before.part == self._part else None,
            after if after and after.part == self._part else None,
        )

    def _asked(self, queries: Iterable[Query]) -> tuple[list[tuple[Span, list[str]]], dict[int, list[str]]]:
        """What the queries are about, in the page, with what is asked; and what is asked of changed words, by the change."""
        told: dict[int, list[str]] = {}
        taken = [(span, told.setdefault(number, [])) for number, work in enumerate(self._works) for span in work.gone]
        taken.sort(key=_place)
        asked: list[tuple[Span, list[str]]] = []
        for query in queries:
            reason = remark(self._manuscript, query)
            about = [piece.source for piece in self._about(query.span) if piece.part == self._part]
            free = [left for span in about for left in _without(span, _near(taken, span))]
            for span in free:
                insort(taken, (span, [reason]), key=_place)
            asked += [taken[bisect_left(taken, span.start, key=_place)] for span in free]
            if not free and (beside := [reasons for span in about for _, reasons in _near(taken, span)]):
                beside[0].append(reason)
        return asked, told

    def _about(self, span: Span) -> Iterator[Piece]:
        """The pieces of words a query is about; those of the word beside it where it is about a place between words."""
        if not len(span):
            home = self._manuscript.piece_at(span.start)
            if home is None:
                return
            before = Span(home.span.start, max(home.span.start, min(span.start, home.span.end)))
            words = [*_WORD.finditer(before.of(self._manuscript.text))]
            if words:
                span = Span(before.start + words[-1].start(), before.start + words[-1].end())
            else:
                span = Span(span.start, span.start + 1)
        for piece in self._manuscript.pieces_in(span):
            # The pieces of <br> and <hr> are tags.
            if not (piece.is_atomic and self._text[piece.source.start : piece.source.start + 1] == "<"):
                yield piece


def surroundings(text: str, places: Iterable[int], *, xml: bool = False) -> dict[int, list[Token]]:
    """The start tags of all elements that are open at each place, the outermost first."""
    found: dict[int, list[Token]] = {}
    waiting = sorted(places, reverse=True)
    stack: list[Token] = []
    for token in tokens(text, xml=xml):
        while waiting and token.end > waiting[-1]:
            if token.start < waiting[-1] and token.kind != "text":
                break
            found[waiting.pop()] = list(stack)
        if token.kind == "start" and token.name not in VOID:
            if token.name in BLOCKS:
                _leave(stack, "p")
            if len(stack) < _DEEPEST:
                stack.append(token)
        elif token.kind == "end":
            _leave(stack, token.name)
    for place in waiting:
        found[place] = list(stack)
    return found


def _leave(stack: list[Token], name: str) -> None:
    """Close the innermost element of that name; a block with all that is in it."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place].name == name:
            del stack[place : None if name in BLOCKS else place + 1]
            return


def _tokens_between(text: str, start: int, end: int, xml: bool) -> Iterator[Token]:
    """The tags and texts of a stretch that begins and ends outside of tags."""
    for token in tokens(text[start:end], xml=xml):
        yield Token(token.kind, token.name, start + token.start, start + token.end)


def _place(taken: tuple[Span, list[str]]) -> int:
    return taken[0].start


def _near(taken: Sequence[tuple[Span, list[str]]], span: Span) -> Sequence[tuple[Span, list[str]]]:
    """Those of some stretches, in order and apart, that overlap `span`."""
    first = bisect_right(taken, span.start, key=lambda each: each[0].end)
    return taken[first : bisect_left(taken, span.end, key=_place)]


def _without(span: Span, taken: Iterable[tuple[Span, list[str]]]) -> Iterator[Span]:
    place = span.start
    for each, _ in taken:
        if place < each.start:
            yield Span(place, each.start)
        place = max(place, each.end)
    if place < span.end:
        yield Span(place, span.end)


def _commonest(found: Sequence[str], otherwise: str) -> str:
    return Counter(found).most_common(1)[0][0] if found else otherwise


def _title(reasons: Sequence[str]) -> str:
    shown = " ".join(" · ".join(reasons).split())
    return f' title="{escape(shown)}"' if shown else ""
