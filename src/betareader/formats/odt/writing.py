"""Writes changes and comments into an OpenDocument text.

A tracked change is listed at the head of the text, with all that was taken out, and a mark stands in its place
(OpenDocument 1.3, part 3, 5.5).  What was put in stands in the text between two marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from betareader.formats.changes import Change
from betareader.formats.manner import Manner
from betareader.formats.markup import splice
from betareader.formats.odt import ink
from betareader.formats.odt.ink import Ink
from betareader.formats.odt.layout import Leaf, Paragraph
from betareader.formats.odt.walk import Walk
from betareader.manuscript import Piece
from betareader.span import Span

_FOLDING = ("", " ", "\n")
"""What comes before a blank that is not shown; nothing at a paragraph's start."""

_ENDING = ("", "\n")
"""What comes after a blank that some programs do not show."""

_BLANKS = " \t\r\n"

Splice = tuple[int, int, str]
Found = tuple[Leaf, Paragraph]


class Writing:
    """The part of a text that is written on: `text` is that part, `story` the manuscript's text.

    First `take` all changes, then `ask` all queries, then have it `written`.
    """

    def __init__(
        self, text: str, story: str, walk: Walk, joints: Mapping[int, tuple[Paragraph, Paragraph]], manner: Manner
    ) -> None:
        self._text = text
        self._story = story
        self._walk = walk
        self._joints = joints
        self._reasons = manner.reasons
        self._ink = Ink(text, manner)
        paragraphs = walk.paragraphs()
        self._read = [(leaf, paragraph) for paragraph in paragraphs for leaf in paragraph.leaves if leaf.at >= 0]
        self._by_source = sorted(self._read, key=_start)
        self._cuts: list[Splice] = []
        self._openings: list[Splice] = []
        self._closings: list[Splice] = []
        self._touched: dict[int, Paragraph] = {}

    def take(self, changes: Sequence[Change]) -> None:
        """Make the changes, all of them, in the order of the text."""
        accepted = _Accepted(self._story, changes)
        for _, same in groupby(enumerate(changes), key=lambda each: id(each[1].edit)):
            listed = list(same)
            reason = listed[0][1].edit.reason if self._reasons else ""
            opening, closing = self._explained(listed[0][1], reason) if reason else ("", "")
            for number, change in listed:
                before = opening if number == listed[0][0] else ""
                after = closing if number == listed[-1][0] else ""
                self._make(change, *accepted.around(number), before, after)
        self._join({joint.start for change in changes for joint in change.joined})
        self._keep_blanks(changes, accepted)
        self._cuts.sort(key=lambda each: each[:2])

    def ask(self, span: Span, words: str) -> None:
        """Put a comment beside the words under `span`, or at its place where there are none."""
        found = self._under(span)
        if not found:
            return
        (leaf, paragraph), (last_leaf, last_paragraph) = found[0], found[-1]
        if paragraph.outside is not None:
            place = self._clear_of_cuts(paragraph.outside)
            self._openings.append((place, place, self._ink.comment(words, ranged=False)[0]))
            return
        self._touch(paragraph)
        start = self._clear_of_cuts(leaf.place_of(span.start))
        end = start
        if len(span):
            self._touch(last_paragraph)
            end = self._clear_of_cuts(last_leaf.place_of(span.end, last=True), last=True)
        opening, closing = self._ink.comment(words, ranged=start < end)
        self._openings.append((start, start, opening))
        if closing:
            self._closings.append((end, end, closing))

    def written(self) -> str:
        """The whole part, with everything written into it."""
        folded = [(each.start, each.end, "") for paragraph in self._touched.values() for each in paragraph.folded]
        listed = self._ink.listed(self._walk, self._text)
        return splice(self._text, [*listed, *self._closings, *self._cuts, *self._openings, *folded])

    # Changes

    def _explained(self, change: Change, reason: str) -> tuple[str, str]:
        """What goes before and after the changes of an edit, the first of which is given, to say the reason."""
        if not change.part:
            return "", ""
        _, paragraph = self._at(change.source)
        if paragraph.outside is None:
            return self._ink.comment(reason, ranged=True)
        self._openings.append((paragraph.outside, paragraph.outside, self._ink.comment(reason, ranged=False)[0]))
        return "", ""

    def _make(self, change: Change, before: str, after: str, opening: str, closing: str) -> None:
        stretches = list(self._stretches(change.gone))
        if not stretches:
            if change.part and (change.put or opening):
                leaf, paragraph = self._at(change.source)
                put = self._put(change.put, before, after, leaf, paragraph)
                self._cuts.append((change.source, change.source, f"{opening}{put}{closing}"))
                self._touch(paragraph)
            return
        for number, (start, end, words) in enumerate(stretches):
            leaf, paragraph = self._at(end)
            self._touch(paragraph)
            markup = ""
            if self._ink.tracked:
                around = [self._text[shell.start : shell.end] for shell in leaf.shells]
                tags = [ink.opening(self._text[paragraph.start : paragraph.tag_end]), *map(ink.opening, around)]
                shut = "".join(map(ink.closing, reversed(tags)))
                markup = self._ink.deletion(f"{''.join(tags)}{self._ink.words(words)}{shut}")
            if number == 0:
                markup = f"{opening}{markup}{self._put(change.put, before, after, leaf, paragraph)}"
            if number == len(stretches) - 1:
                markup += closing
            self._cuts.append((start, end, markup))

    def _put(self, put: str, before: str, after: str, leaf: Leaf, paragraph: Paragraph) -> str:
        """The markup of what is put in beside `leaf`, new paragraphs like its own."""
        if not put:
            return ""
        blocks = put.split("\n\n")
        tags = [self._text[shell.start : shell.end] for shell in leaf.shells]
        tags.insert(0, self._text[paragraph.start : paragraph.tag_end])
        seam = "".join([*map(ink.closing, reversed(tags)), *map(ink.opening, tags)])
        last = len(blocks) - 1
        markup = seam.join(
            self._ink.words(block, "" if number else before, after if number == last else "")
            for number, block in enumerate(blocks)
        )
        return self._ink.insertion(markup) if self._ink.tracked else markup

    def _stretches(self, gone: Sequence[Piece]) -> Iterator[tuple[int, int, str]]:
        """What is taken out, where it stands together, and the words of it."""
        start, end, words = -1, -1, ""
        for piece in gone:
            if piece.source.start != end:
                if words:
                    yield start, end, words
                start, words = piece.source.start, ""
            end = piece.source.end
            words += piece.span.of(self._story)
        if words:
            yield start, end, words

    def _join(self, joined: set[int]) -> None:
        """Take out breaks between paragraphs, by their places in the text."""
        pairs = [self._joints[place] for place in sorted(joined)]
        following = {second.start for _, second in pairs}
        going_on = {first.start for first, _ in pairs}
        for first, second in pairs:
            self._touch(first)
            self._touch(second)
            tags = [self._text[each.start : each.tag_end] for each in (first, second)]
            mark = ""
            if self._ink.tracked:
                mark = self._ink.deletion("".join(ink.opening(tag) + ink.closing(tag) for tag in tags))
            start = first.close
            if first.is_empty_tag and first.start not in following:
                start, mark = first.start, ink.opening(tags[0], whole=True) + mark
            if second.is_empty_tag and second.start not in going_on:
                mark += ink.closing(tags[1])
            self._cuts.append((start, second.tag_end, mark))

    def _keep_blanks(self, changes: Sequence[Change], accepted: _Accepted) -> None:
        """See that blanks which stay are shown where what stood beside them has gone."""
        starts = [change.span.start for change in changes]

        def is_blank_that_stays(at: int) -> bool:
            last = bisect_right(starts, at) - 1
            return self._story[at : at + 1] == " " and (last < 0 or changes[last].span.end <= at)

        seen = set()
        for change in changes:
            after, before = change.span.end, change.span.start - 1
            if is_blank_that_stays(after) and accepted.beside(after)[0] in _FOLDING:
                seen.add(after)
            if before >= 0 and is_blank_that_stays(before) and accepted.beside(before)[1] in _ENDING:
                seen.add(before)
        for at in sorted(seen):
            for leaf, _ in self._under(Span(at, at + 1)):
                place = leaf.place_of(at)
                if leaf.raw and self._text[place] in _BLANKS:
                    self._cuts.append((place, place + 1, self._ink.words(" ")))
                elif leaf.words == " " and self._text[place] == "&":
                    self._cuts.append((place, leaf.end, self._ink.words(" ")))
                elif at == leaf.at and self._text.startswith("<![CDATA[", place):
                    inside = place + len("<![CDATA[")
                    self._cuts += [(place, place, self._ink.words(" ")), (inside, inside + 1, "")]

    # Places

    def _at(self, source: int) -> Found:
        """The words at a place in the part: those that end there or stand over it, or else those that begin there."""
        place = bisect_left(self._by_source, source, key=_start)
        if place and self._by_source[place - 1][0].end >= source:
            return self._by_source[place - 1]
        return self._by_source[place]

    def _under(self, span: Span) -> list[Found]:
        """The words under `span`, as far as they stand in one flow; those before or after it where there are none."""
        last = bisect_left(self._read, max(span.end, span.start + 1), key=_at)
        first = max(0, bisect_right(self._read, span.start, key=_at) - 1)
        if first < last and self._read[first][0].at + len(self._read[first][0].words) <= span.start < span.end:
            first += first + 1 < last
        found = self._read[first : first + 1]
        for each in self._read[first + 1 : last]:
            if each[1] is found[-1][1] or each[1].after is found[-1][1]:
                found.append(each)
        return found

    def _clear_of_cuts(self, place: int, *, last: bool = False) -> int:
        """`place`, or where what is cut out around it begins, or ends if `last`."""
        number = bisect_left(self._cuts, place, key=lambda each: each[0]) - 1
        if number >= 0 and self._cuts[number][1] > place:
            return self._cuts[number][1] if last else self._cuts[number][0]
        return place

    def _touch(self, paragraph: Paragraph) -> None:
        self._touched[paragraph.start] = paragraph


class _Accepted:
    """The story with all changes made, to see what then stands beside what."""

    def __init__(self, story: str, changes: Sequence[Change]) -> None:
        self._ends = [change.span.end for change in changes]
        self._starts: list[int] = []
        self._lengths = [len(change.put) for change in changes]
        self._shifts = [0]
        found: list[str] = []
        place = length = 0
        for change in changes:
            found += [story[place : change.span.start], change.put]
            length += change.span.start - place
            self._starts.append(length)
            length += len(change.put)
            place = change.span.end
            self._shifts.append(length - place)
        self._text = "".join([*found, story[place:]])

    def around(self, number: int) -> tuple[str, str]:
        """The characters before and after what a change puts in; empty at the ends of the text."""
        start = self._starts[number]
        end = start + self._lengths[number]
        return self._text[max(0, start - 1) : start], self._text[end : end + 1]

    def beside(self, at: int) -> tuple[str, str]:
        """The characters before and after one that stays."""
        place = at + self._shifts[bisect_right(self._ends, at)]
        return self._text[max(0, place - 1) : place], self._text[place + 1 : place + 2]


def _start(found: Found) -> int:
    return found[0].start


def _at(found: Found) -> int:
    return found[0].at
