"""The neural reader that ships: what it tells of words, and how it stands in for and falls back on the n-grams."""

from __future__ import annotations

import numpy as np
import pytest

from betareader.checks import catalogue
from betareader.desk import apply, copyedit
from betareader.formats import from_text
from betareader.model import load_reader
from betareader.model.network import can_run
from betareader.model.ngram_reader import NgramReader
from betareader.model.reader import STOPS
from betareader.reading import Reading, read

pytestmark = pytest.mark.skipif(not can_run(), reason="ONNXRUNTIME IS NOT INSTALLED: the neural reader is not tried.")

QUIET = "The rain had stopped by the time Marta reached the gate. Nobody came to meet her, so she went in alone."


def edited(text: str) -> str:
    reading = read(from_text(text))
    return apply(text, copyedit(reading, catalogue(), strict=True).edits)


def reading_of(text: str) -> Reading:
    return read(from_text(text))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("He did not no the way home.", "He did not know the way home."),
        ("She could not remember were she had put it.", "She could not remember where she had put it."),
        ("The dog wagged it's tail and lay down.", "The dog wagged its tail and lay down."),
        ("She had know idea what he meant.", "She had no idea what he meant."),
        ("It was to late to go home.", "It was too late to go home."),
        ("He opened teh window and looked out.", "He opened the window and looked out."),
    ],
)
def test_a_sentence_is_mended(wrong: str, right: str) -> None:
    assert edited(f"{wrong} {QUIET}") == f"{right} {QUIET}"


def test_clean_prose_is_left_alone() -> None:
    assert edited(QUIET) == QUIET


def test_it_knows_parts_of_speech_and_names() -> None:
    told = QUIET + " They met Mary in London. Tom said nothing."
    words = {word.text: (word.pos, word.named) for word in reading_of(told).words}
    assert words["Tom"] == ("PROPN", "person")
    assert words["London"] == ("PROPN", "place")
    assert words["stopped"] == ("VERB", "")
    assert words["gate"] == ("NOUN", "")
    assert words["Nobody"] == ("PRON", "")


def test_it_knows_the_stops_that_belong() -> None:
    reading = reading_of(QUIET)
    assert reading.tags is not None
    told = {word.text: STOPS[int(row.argmax())] for word, row in zip(reading.words, reading.tags.stop, strict=True)}
    assert (told["gate"], told["her"], told["alone"], told["rain"]) == (".", ",", ".", "")


def test_the_fast_path_reads_fewer_words_and_finds_the_same_plain_slip() -> None:
    slip = "He opened teh window and looked out."
    text = "\n\n".join([QUIET] * 40 + [slip])
    reading = read(from_text(text), reader=load_reader("fast"))
    assert reading.tags is not None
    assert not reading.tags.read.all()
    assert [word.meant[0].text for word in reading.words if word.text == "teh"] == ["the"]


def test_a_clean_page_can_be_read_fast_though_nothing_is_read_whole() -> None:
    reading = read(from_text("She sat down."), reader=load_reader("fast"))
    assert reading.tags is not None
    assert np.isfinite(reading.tags.stop).all()


def test_without_onnxruntime_the_ngrams_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("betareader.model.can_run", lambda: False)
    load_reader.cache_clear()
    try:
        assert isinstance(load_reader(), NgramReader)
        reading = reading_of(QUIET)
        assert reading.tags is None
        assert [each.check for each in copyedit(reading, catalogue()).skipped] == ["lost_stop"]
    finally:
        load_reader.cache_clear()
