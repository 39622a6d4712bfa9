"""The faults put in for learning and measuring, and the verdicts on what became of them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.scoring import judge, touches
from betareader.findings import Edit, Query
from betareader.span import Span
from training.errors import Fault, Rates, Slips, Spoilt, loosen_stops, spoil
from training.letters import Letters

CLEAN = (
    "Marisol whispered that she couldn't find the lantern. “It was beside the stairs,” he said, and knocked on the "
    "door again.\n\nThe weather had turned while they were asleep, and a single gull was crying over the harbour. "
    "Nobody had seen the whole of it, of course. “Don't you know whether the boat's gone?” She had to write it down "
    "before she lost her courage, because in the morning everything would be quiet and different.\n"
)
EVERYTHING = Rates(shares=((0.3, 0.3, 1.0),), chunk=60)
SLIPS = Slips(None)
"""Fitted on no lists, so that nothing outside the repository is needed."""


def undone(spoilt: Spoilt) -> str:
    pieces, place = [], 0
    for fault in spoilt.faults:
        assert spoilt.text[fault.start : fault.end] == fault.wrong
        pieces += [spoilt.text[place : fault.start], fault.right]
        place = fault.end
    return "".join([*pieces, spoilt.text[place:]])


@given(seed=st.integers(0, 10_000))
@settings(deadline=None, max_examples=60)
def test_putting_each_fault_right_gives_the_clean_text_back(seed: int) -> None:
    spoilt = spoil(CLEAN, Random(seed), EVERYTHING, SLIPS)
    assert undone(spoilt) == CLEAN
    assert all(fault.wrong != fault.right for fault in spoilt.faults)


@given(text=st.text(alphabet="ab cT’'.-\n“”", max_size=60), seed=st.integers(0, 100))
@settings(deadline=None, max_examples=100)
def test_any_text_can_be_spoilt_and_put_right(text: str, seed: int) -> None:
    assert undone(spoil(text, Random(seed), EVERYTHING, SLIPS)) == text


def test_the_same_seed_makes_the_same_faults() -> None:
    assert spoil(CLEAN, Random(7), EVERYTHING, SLIPS) == spoil(CLEAN, Random(7), EVERYTHING, SLIPS)


@pytest.mark.parametrize("seed", range(20))
def test_names_stay_and_sentences_keep_their_capital(seed: int) -> None:
    for fault in spoil(CLEAN, Random(seed), EVERYTHING, SLIPS).faults:
        assert "Marisol" not in fault.right
        assert fault.right[:1].isupper() == (fault.wrong or fault.right)[:1].isupper()


def test_dialect_is_not_touched() -> None:
    text = "“Wotcher gonna zay, vrend, afore oi zmack thee wi' thick girt zhillelagh?”"
    taken = {fault.right for seed in range(30) for fault in spoil(text, Random(seed), EVERYTHING, SLIPS).faults}
    assert not any(word in right.split() for right in taken for word in ("zay", "vrend", "zmack", "zhillelagh", "oi"))


def test_a_full_stop_between_sentences_becomes_a_comma_and_names_keep_their_capital() -> None:
    text = "She sat down. He poured the tea. Thomas stayed by Mr. Brown. I left."
    spoilt = loosen_stops(text, Random(1), 1.0, SLIPS)
    assert spoilt.text == "She sat down, he poured the tea, Thomas stayed by Mr. Brown, I left."
    assert [fault.kind for fault in spoilt.faults] == ["stop"] * 3
    assert undone(spoilt) == text


def test_the_channel_makes_again_what_it_was_shown() -> None:
    letters = Letters([("recieve", "receive", 9.0), ("freind", "friend", 9.0)])
    assert letters.by_hand("friend", Random(1)) == "freind"
    assert letters.by_hand("receive", Random(1)) == "recieve"
    assert letters.by_hand("lamp", Random(1)) is None
    assert letters.from_list("receive", Random(1)) == "recieve"


SPOILT = "I don't no were she is, said teh old man to him self."
FAULTS = (
    Fault(8, 10, "no", "know", "wrong word"),
    Fault(11, 15, "were", "where", "wrong word"),
    Fault(29, 32, "teh", "the", "spelling"),
    Fault(44, 52, "him self", "himself", "split"),
)


def test_each_fault_has_its_own_verdict() -> None:
    edits = [
        Edit(Span(8, 10), "know", ""),
        Edit(Span(11, 15), "wear", ""),
        Edit(Span(22, 23), ".", ""),
        Edit(Span(33, 36), "bold", ""),
    ]
    judged = judge(SPOILT, FAULTS, edits, [Query(Span(29, 32), "?")])
    assert [verdict.outcome for verdict in judged.verdicts] == ["mended", "touched wrongly", "asked", "missed"]
    assert judged.harm == (edits[3],)
    assert judged.edits == ((edits[0], True), (edits[1], False), (edits[3], False))


def test_an_edit_over_two_faults_mends_both_and_a_small_insertion_will_do() -> None:
    judged = judge(SPOILT, FAULTS, [Edit(Span(8, 15), "know where", ""), Edit(Span(47, 48), "", "")])
    assert [verdict.outcome for verdict in judged.verdicts] == ["mended", "mended", "missed", "mended"]
    assert judged.harm == ()


def test_a_lost_word_is_mended_by_putting_it_in() -> None:
    text = "She looked at door and sighed."
    lost = (Fault(14, 14, "", "the ", "lost"),)
    for edit in (Edit(Span(14, 14), "the ", ""), Edit(Span(13, 13), " the", ""), Edit(Span(14, 18), "the door", "")):
        assert judge(text, lost, [edit]).verdicts[0].outcome == "mended"
    assert judge(text, lost, [Edit(Span(14, 18), "floor", "")]).verdicts[0].outcome == "missed"


def test_what_an_edit_changes() -> None:
    text = "“i dont know” he said"
    assert touches(text, Edit(Span(12, 12), ",", "")) == "stops"
    assert touches(text, Edit(Span(1, 2), "I", "")) == "capitals"
    assert touches(text, Edit(Span(6, 6), "’", "")) == "words"
