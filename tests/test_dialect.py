"""Dialect written as it sounds is told from bad spelling, and let stand."""

from __future__ import annotations

import numpy as np
import pytest

from betareader.checks import catalogue
from betareader.desk import apply, copyedit
from betareader.formats import from_text
from betareader.language.dialect import dialect_words, is_mark
from betareader.language.lexicon import load_lexicon
from betareader.meaning import lay_out
from betareader.reading import read
from betareader.structure import in_speech, take_apart

SCOTS = (
    "Ah wisnae gaun tae the kirk that nicht, and ma faither kent it fine. The wean wis greetin, an the auld wife telt her tae haud her"
    " wheesht. Then the door o the hoose blew aff, and a wee man cam in frae the snaw.\n\n"
    "Naebody said a word. He sat doon by the fire, took aff his boots, an looked aboot him as if the hale toon wis his.\n"
)
BY_EAR = (
    "I wos going to the shop wen I herd a noys behind me. It wos Mr Pell and he lookt realy angry. He sed I had stollen his bysicle,"
    " wich wosnt true, becos I dont even no how to ride one.\n\n"
    "My sister finaly came and told him to leev me alone. Then we went home and had a biskit and I felt alot beter.\n"
)
FOLKSY = (
    "I reckon there wasn't no finer mule in the county. On account of the heat she done gone lame, and I says to my brother that we ought"
    " to walk. He come along slow. It was of a Sunday and nobody was about.\n"
)


def depths(text: str) -> tuple[float, float]:
    """How far the narration and the speech of a text are dialect, on average."""
    page = take_apart(from_text(text))
    spoken = in_speech(page)
    sheet = lay_out(page, spoken, frozenset(), load_lexicon()).sheet
    told, said = (sheet.dialect[np.array(spoken) == voice] for voice in (False, True))
    return float(told.mean()) if len(told) else 0.0, float(said.mean()) if len(said) else 0.0


def test_scots_is_dialect_and_bad_spelling_is_not() -> None:
    assert depths(SCOTS)[0] == 1.0
    assert depths(BY_EAR) == (0.0, 0.0)


def test_a_narrator_may_talk_dialect_without_spelling_it() -> None:
    assert depths(FOLKSY)[0] > 0


def test_one_who_speaks_dialect_does_not_make_the_story_dialect() -> None:
    text = "“Ah'm no gaun oot the nicht, faither,” said the bairn’s brother. “It's ower cauld.”\n\nThe captain closed the door and sat.\n"
    told, spoken = depths(text.replace("the bairn’s", "his"))
    assert told == 0
    assert spoken > 0.2


@pytest.mark.parametrize("word", ["wisnae", "owt", "summat", "allyuh", "gwine", "hingin"])
def test_marks(word: str) -> None:
    assert is_mark(word, load_lexicon())


@pytest.mark.parametrize("word", ["becos", "wich", "freind", "cabin", "begin", "coming"])
def test_no_marks(word: str) -> None:
    assert not is_mark(word, load_lexicon())


def test_the_list_holds_no_everyday_word() -> None:
    lexicon = load_lexicon()
    common = {word for word in dialect_words() if lexicon.is_common_word(word) and lexicon.zipf(word) > 4.5}
    assert common <= {"da"}


def edited(text: str) -> str:
    """The text with the edits made."""
    return apply(text, copyedit(read(from_text(text)), catalogue(), strict=True).edits)


def test_a_story_in_scots_keeps_its_words() -> None:
    assert edited(SCOTS).split() == SCOTS.split()


def test_a_story_spelt_by_ear_is_mended() -> None:
    done = edited(BY_EAR)
    assert "realy" not in done
    assert "alot" not in done
    assert "noys" not in done
