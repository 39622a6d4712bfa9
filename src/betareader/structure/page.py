"""The page: what can be told of a manuscript from its form alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from betareader.span import Span

Role = Literal["title", "byline", "heading", "scene", "cue", "note", "break", "body"]
Voice = Literal["speech", "thought", "quoted"]
Telling = Literal["explicit", "anaphoric", "implicit"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the manuscript and what it is for; only a `body` is prose to be edited freely.

    In a screenplay a `scene` says where and when the scene below it plays, and a `cue` who speaks the speech below it.

    `words` is a range of places in `Page.words`.
    """

    span: Span
    role: Role
    words: range


@dataclass(frozen=True, slots=True)
class Sentence:
    """From a capital to a stop, quotation marks at either end left out; never over a paragraph's end.

    A speech inside a sentence of narration is one or more sentences of its own, so that
    “I know,” she said. is two: the speech and its tag.  `words` is a range of places in `Page.words`.
    """

    span: Span
    words: range


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch in a voice other than the narrator's.

    `span` takes in both quotation marks (or the emphasis that marks a thought), `inner` only what
    stands between them; the two are one where a screenplay sets a speech without marks.  `quoted` is a title, a word as a word, irony: nobody speaks it.
    `closed` is false where the closing mark is missing; `runs_on` is true where that is right,
    because the same speech goes on in the next paragraph.  A quotation inside another is `quoted`
    and comes after its outer one; nothing nests deeper.

    `speaker` and `addressee` are names as the bible has them.  `told` says how the text tells the speaker: by name in
    a tag or a beat (`explicit`), by a pronoun or a noun there (`anaphoric`), or not at all (`implicit`).  `sure` is
    the chance that the speaker is right.
    """

    span: Span
    inner: Span
    voice: Voice
    closed: bool = True
    runs_on: bool = False
    speaker: str | None = None
    addressee: str | None = None
    told: Telling | None = None
    sure: float = 0.0

    @property
    def is_marked(self) -> bool:
        """Whether marks stand around it; a screenplay's speeches have none."""
        return self.span != self.inner


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens in one place and time, as far as the form tells; both numbers count from 1."""

    span: Span
    number: int
    chapter: int


@dataclass(frozen=True, slots=True)
class Page:
    """A manuscript taken apart: all spans are into its text and in order.

    None overlaps its like, but that a passage may hold `quoted` ones.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    words: tuple[Span, ...]
    passages: tuple[Passage, ...]
    scenes: tuple[Scene, ...]
