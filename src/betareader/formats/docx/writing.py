"""Writes edits and comments into the parts of a Word document."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from betareader.formats.changes import Change
from betareader.formats.docx.layout import Leaf, Paragraph, Run
from betareader.formats.docx.properties import of_first_half, with_end
from betareader.formats.docx.rewriting import Cut, Ink, Rewriting
from betareader.formats.docx.weaving import Splice, Strand, weave
from betareader.span import Span

BEFORE_GONE, AFTER_GONE, LAST = -1, 10**6, 10**6 + 1
"""What comes first of what one change does at one place; what goes is numbered between the first two."""

_PROPERTIES, _ENDS, _STARTS = -1, 0, 1
"""What comes first of what is put in at one place."""


class PartWriting:
    """What is to be written into one part, whose `text` and `paragraphs` these are."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], ink: Ink) -> None:
        self._text = text
        self._ink = ink
        leaves = [(leaf, run) for paragraph in paragraphs for run in paragraph.runs for leaf in run.leaves]
        self._leaves = sorted(leaves, key=lambda pair: pair[0].start)
        self._starts = [leaf.start for leaf, _ in self._leaves]
        self._following = {id(before): after for before, after in pairwise(paragraphs)}
        self._cuts: dict[int, tuple[Run, list[Cut]]] = {}
        self._splits: Counter[int] = Counter()
        self._joined: dict[int, Paragraph] = {}
        self._run_into: set[int] = set()
        self._touched: dict[int, Paragraph] = {}
        self._splices: list[Splice] = []

    def leaf_at(self, source: int) -> tuple[Leaf, Run] | None:
        """The leaf that holds what is read at that place of the part, and its run."""
        number = bisect_right(self._starts, source) - 1
        if number < 0 or source > self._leaves[number][0].end:
            return None
        return self._leaves[number]

    @property
    def last_run(self) -> Run | None:
        """The last run of the part that something is read of."""
        return self._leaves[-1][1] if self._leaves else None

    def take(self, change: Change, number: int) -> None:
        """Write down a change, which is the one of that number."""
        for place, piece in enumerate(change.gone):
            self._cut(piece.source.start, Cut(_NONE, piece.source.start, (number, 2 * place), "gone"))
            self._cut(piece.source.start, Cut(_NONE, piece.source.end, (number, 2 * place + 1), "kept"))
        if change.put:
            inside = change.gone[0].source.start if change.gone else change.source
            run = self._put(change, inside, (number, AFTER_GONE))
            if breaks := change.put.count("\n\n"):
                self._splits[id(run.paragraph)] += breaks
                self._touched[id(run.paragraph)] = run.paragraph

    def join(self, paragraph: Paragraph) -> None:
        """Take out the break after a paragraph."""
        self._joined[id(paragraph)] = self._touched[id(paragraph)] = paragraph
        self._run_into.add(id(self._following[id(paragraph)]))

    def put_in(self, leaf: Leaf, run: Run, place: int, order: tuple[int, int], markup: str) -> None:
        """Put markup into a run, at a place in one of its leaves."""
        self._add(run, Cut(leaf, place, order, "markup", markup))

    def put_between(self, place: int, markup: str, *, is_end: bool) -> None:
        """Put markup between runs."""
        self._splices.append(Splice(place, place, (markup,), _ENDS if is_end else _STARTS))

    def written(self) -> str:
        """The part with everything written into it."""
        splices = [*self._splices]
        for paragraph in self._touched.values():
            splices += self._around(paragraph)
        halves: dict[int, Iterator[tuple[Strand, ...]]] = {}
        for run, cuts in sorted(self._cuts.values(), key=lambda pair: pair[0].start):
            paragraph = run.paragraph
            half = halves.setdefault(id(paragraph), self._halves(paragraph))
            strands = Rewriting(self._text, run, self._ink, half.__next__).strands(cuts)
            splices.append(Splice(run.start, run.end, strands))
        return weave(self._text, splices)

    def _cut(self, source: int, cut: Cut) -> Run:
        found = self.leaf_at(source)
        if found is None:
            raise ValueError(f"nothing that is read stands at {source}")
        leaf, run = found
        self._add(run, replace(cut, leaf=leaf))
        return run

    def _put(self, change: Change, inside: int, order: tuple[int, int]) -> Run:
        """Put in what a change puts in: after all that goes where that reads better, else after the first of it.

        Either way it looks like the first of what goes.
        """
        place = change.source
        first, last = self.leaf_at(inside), self.leaf_at(change.gone[-1].source.start) if change.gone else None
        whole = self._ink.tracked and not change.joined and "\n\n" not in change.put
        if whole and first and last and first[1].shells == last[1].shells:
            inside, place = change.gone[-1].source.start, change.gone[-1].source.end
        like = first[1].properties if first else None
        return self._cut(inside, Cut(_NONE, place, order, "words", change.put, like))

    def _add(self, run: Run, cut: Cut) -> None:
        self._cuts.setdefault(id(run), (run, []))[1].append(cut)

    # Paragraphs split and joined

    def _halves(self, paragraph: Paragraph) -> Iterator[tuple[Strand, ...]]:
        """The properties of each paragraph that begins where this one is split."""
        for _ in range(self._splits[id(paragraph)] - 1):
            yield (self._first(paragraph),)
        yield (self._last(paragraph),)

    def _first(self, paragraph: Paragraph) -> str:
        """The properties of the paragraph before a place where this one is split."""
        mark = f"<{self._ink.change('ins')}/>" if self._ink.tracked else ""
        return of_first_half(self._own(paragraph), self._ink.prefix, mark)

    def _last(self, paragraph: Paragraph) -> str:
        """The properties at the paragraph's own end; where that is taken out for good, those of what follows."""
        if id(paragraph) not in self._joined:
            return self._own(paragraph)
        if self._ink.tracked:
            return with_end(self._own(paragraph), self._ink.prefix, f"<{self._ink.change('del')}/>")
        return self._head(self._following[id(paragraph)])

    def _head(self, paragraph: Paragraph) -> str:
        """The properties that stand at the paragraph's start."""
        return self._first(paragraph) if self._splits[id(paragraph)] else self._last(paragraph)

    def _own(self, paragraph: Paragraph) -> str:
        return paragraph.properties.of(self._text) if paragraph.properties else ""

    def _around(self, paragraph: Paragraph) -> Iterator[Splice]:
        """The splices at the start and the end of a paragraph that is split or joined."""
        joined = id(paragraph) in self._joined
        if self._ink.tracked or id(paragraph) not in self._run_into:
            yield from self._headed(paragraph)
        if joined and not self._ink.tracked:
            following = self._following[id(paragraph)]
            yield from self._run_on(paragraph, following)

    def _headed(self, paragraph: Paragraph) -> Iterator[Splice]:
        head = self._head(paragraph)
        if paragraph.is_empty_tag:
            tag = self._text[paragraph.start : paragraph.tag_end].rstrip("/> \t\r\n")
            closing = "" if id(paragraph) in self._joined and not self._ink.tracked else f"</{tag[1:].split()[0]}>"
            yield Splice(paragraph.start, paragraph.end, (f"{tag}>{head}{closing}",), _PROPERTIES)
        else:
            old = paragraph.properties or Span(paragraph.tag_end, paragraph.tag_end)
            yield Splice(old.start, old.end, (head,), _PROPERTIES)

    def _run_on(self, paragraph: Paragraph, following: Paragraph) -> Iterator[Splice]:
        """Take out the tags between two paragraphs that are one from now on."""
        goes_on = id(following) in self._joined
        if not paragraph.is_empty_tag:
            yield Splice(paragraph.close, paragraph.end, ())
        if following.is_empty_tag:
            name = self._text[following.start + 1 : following.end].rstrip("/> \t\r\n").split()[0]
            yield Splice(following.start, following.end, () if goes_on else (f"</{name}>",))
        else:
            end = following.properties.end if following.properties else following.tag_end
            yield Splice(following.start, end, ())


_NONE = Leaf(0, 0, (), True, False)
