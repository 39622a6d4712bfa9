"""The benchmarks count what they say they count."""

from __future__ import annotations

import pytest

from bench.calibration import calibration_error, least_error
from bench.drafts import gaps_mended, judged
from bench.learners import changed, corrections, joined, kind_of, set_out
from bench.runs import harmony
from bench.stops import kind_of as loosened_how
from bench.stops import result_of
from bench.tagging import mentions
from betareader.findings import Edit
from betareader.span import Span
from training.drafts import LEARNT, RawDraft, drafts, faults
from training.errors import Fault


def test_the_calibration_error_is_how_far_sure_and_right_lie_apart() -> None:
    assert calibration_error([]) == 0
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert calibration_error([(1.0, False)] * 2 + [(0.05, False)] * 2) == pytest.approx(0.525)
    assert calibration_error([(0.71, True), (0.79, False)]) == pytest.approx(0.25)


def test_chance_alone_makes_little_error_of_many_words_and_much_of_few() -> None:
    assert least_error([(0.5, True)] * 4) > least_error([(0.5, True)] * 4000) > 0
    assert least_error([(1.0, True)] * 4) == 0


def test_f1_is_the_harmonic_mean() -> None:
    assert harmony(0.5, 1.0) == pytest.approx(2 / 3)
    assert harmony(0.0, 0.0) == 0


def test_mentions_are_runs_of_one_label() -> None:
    assert list(mentions([0, 1, 1, 0, 2, 1, 0])) == [(1, 3, 1), (4, 5, 2), (5, 6, 1)]


SPLICE = "It was late, he slept."
FAULT = Fault(11, 15, ", he", ". He", "stop")


@pytest.mark.parametrize(
    "edits, result",
    [
        ([(11, 12, "."), (13, 14, "H")], "mended"),
        ([(11, 15, ". He")], "mended"),
        ([(11, 12, ";")], "ended otherwise"),
        ([(11, 12, ".")], "ended otherwise"),
        ([(16, 21, "snored")], "missed"),
        ([(15, 15, "’d")], "missed"),
    ],
)
def test_a_splice_is_mended_only_when_stop_and_capital_are(edits: list[tuple[int, int, str]], result: str) -> None:
    made = [Edit(Span(start, end), put, "") for start, end, put in edits]
    assert result_of(SPLICE, FAULT, made) == result


def test_a_splice_that_a_query_points_at_was_asked_about() -> None:
    assert result_of(SPLICE, FAULT, [], [Span(11, 12)]) == "asked"
    assert result_of(SPLICE, FAULT, [], [Span(3, 6)]) == "missed"


@pytest.mark.parametrize(
    "wrong, right, kind",
    [
        (", he", ". He", "a comma for a stop"),
        (" h", "? H", "a stop lost"),
        (". H", "? H", "a full stop for ? or !"),
        (". h", ". H", "a capital lost"),
        (" h", ", h", "a comma lost"),
        (", h", "; h", "a comma for a semicolon"),
    ],
)
def test_loosened_stops_have_kinds(wrong: str, right: str, kind: str) -> None:
    assert loosened_how(Fault(0, len(wrong), wrong, right, "stop")) == kind


def paired(wrong: str, right: str) -> list[tuple[str, str]]:
    tokens = joined(wrong)
    return [(tokens[place], put) for place, put in corrections(tokens, joined(right))]


def test_corrections_are_one_word_for_one_word_alike() -> None:
    assert paired("I beleive in siences and tecnologies .", "I believe in sciences and technologies .") == [
        ("beleive", "believe"),
        ("siences", "sciences"),
        ("tecnologies", "technologies"),
    ]
    assert paired("They did n't knew alot .", "They did n't know a lot .") == [("knew", "know")]
    assert paired("Some one Came .", "Someone came .") == []
    assert paired("It ca n't .", "It can not .") == []


@pytest.mark.parametrize(
    "wrong, right, kind",
    [
        ("tecnologies", "technologies", "in no lexicon"),
        ("there", "their", "wrong word"),
        ("to", "too", "wrong word"),
        ("safe", "save", "wrong word"),
        ("to", "on", "another small word"),
        ("don't", "doesn't", "another small word"),
        ("year", "years", "another form"),
        ("stop", "stopped", "another form"),
        ("study", "studies", "another form"),
    ],
)
def test_corrections_have_kinds(wrong: str, right: str, kind: str) -> None:
    assert kind_of(wrong, right) == kind


def test_annotators_have_to_agree_and_changes_of_one_word_are_found() -> None:
    right = ["I believe you .", "I believe you .", "I beleive her .", "I beleive you ."]
    found = set_out(["I beleive you ."], [[each] for each in right])
    assert found.text == "I beleive you.\n\n"
    assert found.shared({}) == {2: {"believe"}}
    assert found.shared({"beleive": {1}, "believe": {1}}) == {}
    assert changed(found, [Edit(Span(5, 7), "ie", "")]) == {2: "believe"}
    assert changed(found, [Edit(Span(2, 9), "be leave", ""), Edit(Span(13, 14), "!", "")]) == {}


DRAFT = RawDraft(
    "ferry",
    'the fery has left left\n"I no" she said, it was alot. He sat down on bench.',
    'The ferry has left.\n"I know," she said. It was a lot. He sat down on the bench.',
)


def test_the_faults_of_a_draft_are_the_words_that_differ_from_its_fair_copy() -> None:
    found = [(fault.wrong, fault.right) for fault in faults(DRAFT)]
    assert found == [("fery", "ferry"), ("left left", "left"), ("no", "know"), ("alot", "a lot"), ("", "the ")]


def test_a_word_of_a_draft_is_mended_whatever_its_capital_and_spoilt_where_it_was_right() -> None:
    sat = DRAFT.raw.index("sat")
    made = [Edit(Span(4, 8), "Ferry", ""), Edit(Span(sat, sat + 3), "set", "")]
    outcome = judged(DRAFT, made)
    assert [verdict.outcome for verdict in outcome.verdicts].count("mended") == 1
    assert len(outcome.harm) == 1


def test_gaps_are_compared_where_the_words_about_them_are_right() -> None:
    said = RawDraft("said", "I know she said, it rained. We sat", "I know she said. It rained. We sat")
    mended = gaps_mended(said, "I know she said. It rained, we sat")
    assert (mended["wrong"], mended["mended"], mended["spoilt"]) == (1, 1, 1)


def test_every_draft_has_its_fair_copy_and_faults_between_them() -> None:
    every = list(drafts(LEARNT))
    assert len(every) > 20
    assert all(faults(draft) for draft in every)
