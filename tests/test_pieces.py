"""Words in pieces, manuscripts in strips, and how often an author errs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from betareader.findings import FAULTS
from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.meaning import lay_out
from betareader.model.pieces import CLOSES, LENGTH, OPENS, PAD, UNKNOWN_PIECE, in_pieces, load_pieces, load_vocabulary
from betareader.model.prior import KINDS, LOOSE, SENTENCE_ENDS, WRONG, Prior, settle_stops
from betareader.model.reader import STOPS, Options, Sheet
from betareader.structure import in_speech, take_apart

PLAIN = Prior((0.01,) * len(KINDS), 0.1, 1000, 4, (1.0, 1.0), (0.0, 0.0))


def sheet_of(text: str) -> Sheet:
    page = take_apart(from_text(text))
    return lay_out(page, in_speech(page), frozenset(), load_lexicon()).sheet


def spelt(pieces: tuple[int, ...]) -> str:
    vocabulary = load_vocabulary()
    return "".join(vocabulary[piece].removeprefix("##") for piece in pieces)


@given(st.text("abcdefghijklmnopqrstuvwxyz'", min_size=1, max_size=24))
def test_the_pieces_of_a_word_spell_it(word: str) -> None:
    assert spelt(load_pieces().of(word)) == word


def test_accents_and_capitals_are_left_out_and_strange_letters_are_one_piece() -> None:
    pieces = load_pieces()
    assert pieces.of("Café") == pieces.of("cafe")
    assert pieces.of("龍") == (UNKNOWN_PIECE,)


def test_a_strip_holds_words_and_stops_between_its_marks() -> None:
    strips = in_pieces(sheet_of("She came home, late.\n\nHe slept."), load_pieces())
    vocabulary = load_vocabulary()
    row = [vocabulary[piece] for piece in strips.pieces[0] if piece != PAD]
    assert row[1:-1] == ["[SEP]", "she", "came", "home", ",", "late", ".", "[SEP]", "he", "slept", ".", "[SEP]"]
    assert (strips.pieces[0, 0], strips.pieces[0, -1]) == (OPENS, CLOSES)


@given(st.integers(1, 700))
def test_every_word_stands_in_its_strip_whole(words: int) -> None:
    sheet = sheet_of(" ".join(["The", *(["lighthousekeeper", "was", "old"] * words)][:words]) + ".")
    strips = in_pieces(sheet, load_pieces())
    for number, word in enumerate(sheet.words):
        row = strips.pieces[strips.strip[number], strips.first[number] : strips.last[number] + 1]
        assert spelt(tuple(row.tolist())) == word
    assert strips.pieces.shape[1] == LENGTH


def options_at(words: int) -> Options:
    """One option at each word, a spelling."""
    zeros = np.zeros(words, np.int64)
    real, flags = np.zeros(words, np.float32), np.zeros(words, bool)
    return Options(
        np.arange(words), np.ones(words, np.int8), zeros, zeros - 1, zeros, zeros - 1, real, real, zeros, real, flags,
        flags, np.zeros(words, np.int8), flags,
    )  # fmt: skip


def test_an_author_who_errs_often_is_doubted_more() -> None:
    sheet = sheet_of("The old man walked down to the sea and back again. " * 40)
    words = len(sheet.at)
    odds = np.full(words, -8.0, np.float32)
    odds[0] = 1.0
    careful = PLAIN.settle(sheet, options_at(words), odds, odds)
    odds[1 : words // 4] = 6.0
    careless = PLAIN.settle(sheet, options_at(words), odds, odds)
    assert careless[0] > careful[0] + 1
    assert careful[0] < 1.0


def test_a_short_text_stays_near_the_usual_author() -> None:
    sheet = sheet_of("The old man walked down to the sea.")
    settled = PLAIN.settle(sheet, options_at(8), np.full(8, -8.0, np.float32), np.zeros(8, np.float32))
    assert settled[0] == pytest.approx(-8 + np.log(0.1), abs=0.3)


def test_the_ngrams_are_heard_beside_the_encoder_as_if_no_surer_than_so_much() -> None:
    sheet, odds = sheet_of("The old man walked down to the sea."), np.full(8, -8.0, np.float32)
    heard = replace(PLAIN, counts=0.5)
    against, silent, sure, surer = (
        heard.settle(sheet, options_at(8), odds, np.array([said, *[0] * 7], np.float32))[0] for said in (-8, 0, 8, 30)
    )
    assert against < silent - 3 and silent + 3 < sure
    assert surer == sure


def test_loose_stops_count_for_more_where_they_are_many() -> None:
    comma = STOPS.index(",")
    chances = np.full((200, len(STOPS)), 0.01, np.float32)
    chances[:, comma] = 0.92
    chances[:5, SENTENCE_ENDS[0]], chances[:5, comma] = 0.6, 0.33
    written = np.full(200, comma)
    few = settle_stops(chances, written)
    chances[5:60, SENTENCE_ENDS[0]], chances[5:60, comma] = 0.9, 0.03
    many = settle_stops(chances, written)
    assert many[0, SENTENCE_ENDS[0]] > few[0, SENTENCE_ENDS[0]]
    assert few[0, SENTENCE_ENDS[0]] < 0.6
    np.testing.assert_allclose(many.sum(axis=1), 1, atol=1e-3)
    assert set(LOOSE) == {comma, 0}


def test_stops_that_are_written_are_left_as_they_are() -> None:
    chances = np.full((3, len(STOPS)), 1 / len(STOPS), np.float32)
    np.testing.assert_array_equal(settle_stops(chances, np.full(3, STOPS.index("."))), chances)


def test_what_writers_take_for_one_another_is_likelier_and_says_nothing_of_the_rest() -> None:
    sheet, odds = sheet_of("The old man walked down to the sea."), np.full(8, -1.0, np.float32)
    silent = np.zeros(8, np.float32)
    options = options_at(8)
    options = replace(options, fault=np.full(8, WRONG, np.int8), familiar=np.array([True, *[False] * 7]))
    raised = replace(PLAIN, by_kind=(*[0.0] * len(FAULTS), 1.5))
    plain, told = (prior.settle(sheet, options, odds, silent) for prior in (PLAIN, raised))
    assert told[0] - plain[0] > 1.5
    assert np.abs(told[1:] - plain[1:]).max() < 1.0
