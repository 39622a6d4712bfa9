"""What the story is about: its cast, its own words, who speaks, its habits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from betareader.story.bible import Bible, Term
from betareader.story.cast import find_cast, find_places_and_terms
from betareader.story.facts import with_facts
from betareader.story.forms import whole_names
from betareader.story.names import observe, own_names
from betareader.story.nearness import Nearness
from betareader.story.script import with_cued, words_of_cues
from betareader.story.slips import find_slips
from betareader.story.terms import own_dialect, own_terms
from betareader.story.unnamed import with_unnamed
from betareader.structure import in_speech

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from betareader.language.lexicon import Lexicon
    from betareader.story.names import Usage
    from betareader.structure.page import Page

__all__ = ["learn"]


def learn(page: Page, lexicon: Lexicon, named: NDArray[np.float32] | None = None) -> Bible:
    """Learn the story's own words from how they are used: its people, its places, its terms, the slips in its names.

    `named` are the chances that each word is of no name, of a person's, of a place's, as the reader of sentences tells them, NaN where
    it was not asked; without it the company that names keep has to do.
    """
    nearness = Nearness(lexicon)
    usage = observe(page, named)
    names = own_names(usage, lexicon, nearness)
    slips = find_slips(usage, names, lexicon)
    names -= {slip.text for slip in slips}
    forms = whole_names(usage, names, lexicon)
    cast = find_cast(forms, page, slips)
    cast = with_cued(page, with_unnamed(page, with_facts(page, cast)))
    places, terms = find_places_and_terms(forms, cast)
    narrated = frozenset(word for word, spoken in zip(usage.texts, in_speech(page), strict=True) if not spoken)
    inventions = own_terms(usage, lexicon, nearness, narrated)
    terms += tuple(Term(word, count) for word, count in inventions.items())
    titles = {title.rstrip(".").lower() for person in cast for title in person.titles}
    titles = {
        title for title in titles if not lexicon.knows(title) and not (len(title) > 4 and nearness.neighbours(title))
    }
    words = names | titles | own_dialect(usage, lexicon) | _in_capitals(usage, names, inventions) | words_of_cues(page)
    return Bible(cast, places, terms, slips, words)


def _in_capitals(usage: Usage, names: frozenset[str], inventions: Iterable[str]) -> frozenset[str]:
    """The names as they are shouted, and the inventions as they open a sentence, where the story does so."""
    forms = {name.upper() for name in names} | {word.capitalize() for word in inventions}
    return frozenset(forms & usage.uses.keys())
