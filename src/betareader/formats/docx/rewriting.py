"""Writes a run anew where edits or comments cut it: what stays, what is tracked as gone, what is put in, and paragraphs split.

A run is cut into runs of the same properties, each of which keeps the markup it had (ISO/IEC 29500-1, 17.13.5).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from betareader.formats.docx.layout import Leaf, Run
from betareader.formats.docx.weaving import Strand
from betareader.formats.manner import Manner
from betareader.formats.markup import escape
from betareader.span import Span

_TAG_NAME = re.compile(r"<([^\s/>]+)")
_SIGNS = {"\t": "tab", "\n": "br"}


@dataclass(frozen=True, slots=True)
class Cut:
    """Something that happens at a place inside a leaf: words begin to be gone, stop being so, are put in, or markup is.

    At one place the lower `order` comes first.  `like` are the properties of words that are put in.
    """

    leaf: Leaf
    place: int
    order: tuple[int, int]
    kind: Literal["gone", "kept", "words", "markup"]
    put: str = ""
    like: Span | None = None


@dataclass(frozen=True)
class Ink:
    """How new markup is written: the prefix of Word's own names, the manner, and numbers nobody else has."""

    prefix: str
    manner: Manner
    numbers: Iterator[int]

    @property
    def tracked(self) -> bool:
        """Whether changes are tracked, which they are unless a clean copy is asked for."""
        return self.manner.tracked is not False

    def change(self, name: str) -> str:
        """The inside of a tag that says who changed what, and when."""
        own = self.prefix
        author = escape(self.manner.author)
        return f'{own}{name} {own}id="{next(self.numbers)}" {own}author="{author}" {own}date="{self.manner.stamp}Z"'

    def words(self, words: str) -> str:
        """Words as they stand in a run."""
        own = self.prefix
        return "".join(
            f"<{own}{_SIGNS[part]}/>" if part in _SIGNS else f'<{own}t xml:space="preserve">{escape(part)}</{own}t>'
            for part in re.split(r"([\t\n])", words)
            if part
        )


class Rewriting:
    """One run, written anew with `cuts`; `text` is the part it stands in.

    `next_half` gives the properties of the half that begins where its paragraph is split, each time it is.
    """

    def __init__(self, text: str, run: Run, ink: Ink, next_half: Callable[[], tuple[Strand, ...]]) -> None:
        self._text = text
        self._run = run
        self._ink = ink
        self._next_half = next_half
        self._strands: list[Strand] = []
        self._group: list[Strand] = []
        self._gone = False

    def strands(self, cuts: Iterable[Cut]) -> tuple[Strand, ...]:
        """What stands in the place of the run."""
        of_leaf: dict[int, list[Cut]] = defaultdict(list)
        for cut in cuts:
            of_leaf[cut.leaf.start].append(cut)
        leaves = {leaf.start: leaf for leaf in self._run.leaves}
        for child in self._run.children:
            if child.start in of_leaf:
                self._cut(leaves[child.start], sorted(of_leaf[child.start], key=lambda cut: (cut.place, cut.order)))
            else:
                self._put(False, child)
        self._close()
        return tuple(self._strands)

    def _cut(self, leaf: Leaf, cuts: list[Cut]) -> None:
        place = leaf.inner.start
        gone = False
        for cut in cuts:
            if cut.place > place:
                self._stretch(leaf, Span(place, cut.place), gone)
                place = cut.place
            if cut.kind in ("gone", "kept"):
                gone = cut.kind == "gone"
            elif cut.kind == "words":
                self._words(cut.put, cut.like)
            else:
                self._close()
                self._strands.append(cut.put)
        if place < leaf.inner.end:
            self._stretch(leaf, Span(place, leaf.inner.end), gone)

    def _stretch(self, leaf: Leaf, span: Span, gone: bool) -> None:
        """Keep or take out a stretch of what is read of a leaf."""
        if gone and not self._ink.tracked:
            return
        if leaf.is_sign or (not gone and span == leaf.inner):
            self._put(gone, Span(leaf.start, leaf.end))
        else:
            name = f"{self._ink.prefix}{'delText' if gone else 't'}"
            self._put(gone, f'<{name} xml:space="preserve">', span, f"</{name}>")

    def _words(self, put: str, like: Span | None) -> None:
        own = self._ink.prefix
        for number, words in enumerate(put.split("\n\n")):
            if number:
                self._split()
            if words and self._ink.tracked:
                self._close()
                self._strands += [f"<{self._ink.change('ins')}><{own}r>", *([like] if like else [])]
                self._strands.append(f"{self._ink.words(words)}</{own}r></{own}ins>")
            elif words:
                self._put(False, self._ink.words(words))

    def _split(self) -> None:
        self._close()
        paragraph = self._run.paragraph
        around = self._run.shells
        self._strands += [_closing(self._text, shell.start) for shell in reversed(around)]
        self._strands += [_closing(self._text, paragraph.start), f"<{_name(self._text, paragraph.start)}>"]
        self._strands += self._next_half()
        self._strands += [Span(shell.start, shell.tag_end) for shell in around]

    def _put(self, gone: bool, *strands: Strand) -> None:
        if gone != self._gone:
            self._close()
        self._gone = gone
        self._group += strands

    def _close(self) -> None:
        """End the run that is being written, if anything is in it."""
        if not self._group:
            return
        run = self._run
        own = self._ink.prefix
        whole = [Span(run.start, run.tag_end), *self._properties, *self._group, _closing(self._text, run.start)]
        self._strands += [f"<{self._ink.change('del')}>", *whole, f"</{own}del>"] if self._gone else whole
        self._group = []

    @property
    def _properties(self) -> tuple[Span, ...]:
        return (self._run.properties,) if self._run.properties else ()


def _name(text: str, start: int) -> str:
    match = _TAG_NAME.match(text, start)
    return match[1] if match else ""


def _closing(text: str, start: int) -> str:
    return f"</{_name(text, start)}>"
