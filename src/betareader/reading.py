"""Everything known of a manuscript, put together once and then frozen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from threading import Event, Thread
from typing import TYPE_CHECKING

import numpy as np

from betareader.errors import UnreadableManuscript
from betareader.language.clauses import plainly_asks
from betareader.language.english import is_english
from betareader.language.lexicon import load_lexicon
from betareader.meaning import bring_back, lay_out, sheet_of
from betareader.model import load_reader
from betareader.model.network import can_run
from betareader.model.neural_reader import tell_names
from betareader.model.reader import NAMED, POS, QUESTION, AskedNames
from betareader.span import Span
from betareader.story import learn
from betareader.story.chronicle import Chronicle, chronicle
from betareader.story.forms import COMPANY
from betareader.story.habits import settle
from betareader.story.joints import Joint, joints
from betareader.story.speakers import listen
from betareader.story.tags import verb_kind
from betareader.structure import in_speech, take_apart
from betareader.style import Wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from betareader.manuscript import Manuscript
    from betareader.meaning import Layout
    from betareader.model.reader import Judged, Meaning, Reader, Sheet, Tags
    from betareader.story.bible import Bible
    from betareader.story.tags import Clause, Doing
    from betareader.story.turns import Turn
    from betareader.structure.page import Page, Paragraph, Passage, Scene, Sentence
    from betareader.style import Style


PLACES = 6
"""Of how many places of each word with a capital it is asked whether they are names, where nothing else is read."""
ASKED = 0.7
"""How likely the reader of sentences must hold a question where no stop stands: in the drafts taught, 31 of 33 were."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the manuscript and what the model made of it.

    `known` says that it is in the lexicon, the story's own words, or both.  `meant` holds what else
    could have been meant, most likely first; it is empty for the great majority of words.  `pos` is its part of
    speech as Universal Dependencies name it, `named` says of a name whether it is a `person` or a `place`;
    both are empty where the reader knows of no such things.  `dialect` says that the voice it stands in is dialect written as it sounds.
    """

    span: Span
    text: str
    known: bool
    meant: tuple[Meaning, ...] = ()
    pos: str = ""
    named: str = ""
    dialect: bool = False


@dataclass(frozen=True)
class Reading:
    """What a check may look at.

    `turns` are the places inside paragraphs where somebody else most likely begins to speak.  `tags` are
    what the reader told of the words, a row a word, where it reads whole sentences.
    """

    manuscript: Manuscript
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    passages: tuple[Passage, ...]
    scenes: tuple[Scene, ...]
    bible: Bible
    style: Style
    turns: tuple[Turn, ...] = ()
    chronicle: Chronicle = field(default_factory=Chronicle)
    tags: Tags | None = None

    @cached_property
    def joints(self) -> tuple[Joint, ...]:
        """Every speech and thought with the narration on either side of it."""
        return tuple(joints(self.text, self.paragraphs, self.passages))

    @property
    def text(self) -> str:
        """The whole text, as the author wrote it."""
        return self.manuscript.text

    def word_from(self, offset: int) -> int:
        """The place in `words` of the first word that starts at or after `offset`."""
        return bisect_left(self.words, offset, key=lambda word: word.span.start)

    def words_in(self, span: Span) -> Sequence[Word]:
        """The words that start inside `span`."""
        return self.words[self.word_from(span.start) : self.word_from(span.end)]

    def passage_at(self, offset: int) -> Passage | None:
        """The innermost passage that covers `offset`, if any."""
        place = bisect_right(self.passages, offset, key=lambda passage: passage.span.start)
        for passage in reversed(self.passages[max(0, place - 3) : place]):
            if passage.span.start <= offset < passage.span.end:
                return passage
        return None

    def doing(self, clause: Clause) -> Doing:
        """What the verb of a clause does, by what was meant where the word as written is none."""
        if clause.doing != "other":
            return clause.doing
        word = self.words_in(clause.verb)
        if word and word[0].meant and word[0].meant[0].probability >= 0.5:
            return verb_kind(word[0].meant[0].text)
        return clause.doing

    def is_tag(self, clause: Clause) -> bool:
        """Whether a clause right after a speech says who speaks or thinks it."""
        return clause.sure and self.doing(clause) in ("speech", "thought")

    def is_question(self, said: str, end: int) -> bool:
        """Whether what is said, up to `end` without a stop, asks something: by its form, or by how the reader of sentences hears it."""
        if plainly_asks(said):
            return True
        last = self.word_from(end) - 1
        return self.tags is not None and bool(self.tags.read[last]) and float(self.tags.stop[last, QUESTION]) >= ASKED

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that covers `offset`, if any."""
        place = bisect_right(self.paragraphs, offset, key=lambda each: each.span.start) - 1
        if place >= 0 and offset <= self.paragraphs[place].span.end:
            return self.paragraphs[place]
        return None

    def in_prose(self, offset: int) -> bool:
        """Whether `offset` lies in the story itself, not in a heading, a note or a letterhead."""
        paragraph = self.paragraph_at(offset)
        return paragraph is not None and paragraph.role == "body"


def read(manuscript: Manuscript, wishes: Wishes | None = None, reader: Reader | None = None) -> Reading:
    """Read a manuscript: its form, its own words, what each word meant, its cast and its habits.

    `wishes` are what the writer asked for over and above the manuscript's own habits; `reader` is
    the reader of context, by default the one that ships.  It works beside the rest, which waits only for the names it tells.
    """
    page, bible, style = _open(manuscript, wishes or Wishes())
    lexicon = load_lexicon()
    layout = lay_out(page, in_speech(page), bible.own_words | style.words, lexicon)
    judging = _Judging(reader or load_reader(), layout)
    reading = _take_in(manuscript, page, _with_names(bible, page, judging.named()), style)
    judged = judging.done()
    meant = bring_back(layout, judged.chances, page, lexicon, style)
    pos, named = _told(judged.tags, len(page.words))
    sheet = layout.sheet
    columns = zip(page.words, sheet.known.tolist(), meant, pos, named, (sheet.dialect > 0).tolist(), strict=True)
    words = tuple(Word(span, span.of(reading.text), *column) for span, *column in columns)
    return replace(reading, words=words, tags=judged.tags)


def skim(manuscript: Manuscript, wishes: Wishes | None = None) -> Reading:
    """Read a manuscript for its story alone: all that `read` tells but what else each word could have meant."""
    page, bible, style = _open(manuscript, wishes or Wishes())
    bible = with_names(bible, page)
    reading = _take_in(manuscript, page, bible, style)
    own, lexicon = bible.own_words | style.words, load_lexicon()
    written = ((span, span.of(reading.text)) for span in page.words)
    words = tuple(Word(span, text, text in own or lexicon.knows(text)) for span, text in written)
    return replace(reading, words=words)


def with_names(bible: Bible, page: Page) -> Bible:
    """The bible learnt anew with what the reader of sentences tells of some places of each name; as it is where that is not installed."""
    if not can_run():
        return bible
    sheet = sheet_of(page, in_speech(page), bible.own_words, load_lexicon())
    return _with_names(bible, page, tell_names(sheet, _some_of_each(sheet)))


def _with_names(bible: Bible, page: Page, named: NDArray[np.float32] | None) -> Bible:
    return bible if named is None else learn(page, load_lexicon(), named)


def _some_of_each(sheet: Sheet) -> NDArray[np.bool_]:
    """Some places, evenly through the manuscript, of each word with a capital that may be a name and is not met so often that its company tells."""
    asked = np.zeros(len(sheet.at), bool)
    capitals = np.flatnonzero(sheet.capital & (sheet.own | ~sheet.known | ~sheet.opens))
    order = capitals[np.argsort(sheet.type[capitals], kind="stable")]
    for places in np.split(order, np.flatnonzero(np.diff(sheet.type[order])) + 1):
        if len(places) < 1 / COMPANY:
            asked[places[:: max(1, -(-len(places) // PLACES))]] = True
    return asked


class _Judging(Thread):
    """Has a reader judge a layout beside what its maker does; abandoned where that is abandoned."""

    def __init__(self, reader: Reader, layout: Layout) -> None:
        super().__init__(daemon=True)
        self._reader, self._layout = reader, layout
        self._judged: Judged | None = None
        self._named: NDArray[np.float32] | None = None
        self._heard = Event()
        self._fault: BaseException | None = None
        self.start()

    def run(self) -> None:
        sheet = self._layout.sheet
        try:
            self._judged = self._reader.read(sheet, self._layout.options, AskedNames(_some_of_each(sheet), self._hear))
        except BaseException as fault:  # raised again where the answer is asked for
            self._fault = fault
        self._heard.set()

    def _hear(self, named: NDArray[np.float32] | None) -> None:
        self._named = named
        self._heard.set()

    def named(self) -> NDArray[np.float32] | None:
        """What it tells of names, once it has."""
        self._heard.wait()
        return self._named

    def done(self) -> Judged:
        """What came of it, once it has."""
        self.join()
        if self._judged is None:
            raise self._fault or RuntimeError("the reader gave no answer")
        return self._judged


def _open(manuscript: Manuscript, wishes: Wishes) -> tuple[Page, Bible, Style]:
    """The form of a manuscript, what it calls its own, and its conventions."""
    page = take_apart(manuscript)
    if not is_english(manuscript.text):
        raise UnreadableManuscript(
            f"{manuscript.path.name if manuscript.path else 'The text'} does not seem to be in English, the only language betareader reads."
        )
    return page, learn(page, load_lexicon()), settle(page, wishes)


def _take_in(manuscript: Manuscript, page: Page, bible: Bible, style: Style) -> Reading:
    """A reading that wants nothing but its words."""
    turns, passages = listen(page, bible)
    told = chronicle(page, bible, passages)
    return Reading(manuscript, page.paragraphs, page.sentences, (), passages, page.scenes, bible, style, turns, told)


def _told(tags: Tags | None, count: int) -> tuple[list[str], list[str]]:
    """The part of speech of each word, and the kind of name it is."""
    if tags is None:
        return [""] * count, [""] * count
    pos = [POS[number] if read else "" for number, read in zip(tags.pos.tolist(), tags.read.tolist(), strict=True)]
    return pos, [NAMED[number] for number in tags.named.tolist()]
