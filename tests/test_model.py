"""The reader of context: its tables give back what was put in, and its verdicts are chances."""

from __future__ import annotations

import numpy as np
import pytest

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.model.ngram_reader import near, shares
from betareader.model.ngrams import load_ngrams
from betareader.model.tables import fingerprints, mixed, slots
from betareader.model.windows import load_windows
from betareader.reading import Word, read
from training.ngrams import bloomier, counted, estimate, holds, pack, single


def places(words: str) -> list[int]:
    return load_lexicon().places_of(words.split())


def meant(text: str) -> list[tuple[str, str]]:
    """Every word of `text` of which something else is likelier than not, and what."""
    return [(word.text, word.meant[0].text) for word in read(from_text(text)).words if _is_doubtful(word)]


def _is_doubtful(word: Word) -> bool:
    return bool(word.meant) and word.meant[0].probability > 0.5


def test_a_static_map_gives_back_every_value_and_refuses_most_strangers() -> None:
    keys = np.unique(np.random.default_rng(3).integers(0, 1 << 48, 5000).astype(np.uint64))
    values = (np.arange(len(keys)) % 64).astype(np.uint16)
    weights = (np.arange(len(keys)) % 251).astype(np.uint8)
    seed, (table, beside) = bloomier(keys, values, weights)
    mix = mixed(keys, seed)
    first, second, third = slots(mix, len(table) // 3)
    found = np.asarray(table)[first] ^ np.asarray(table)[second] ^ np.asarray(table)[third]
    assert (found >> np.uint16(6) == fingerprints(mix)).all()
    assert (found & np.uint16(63) == values).all()
    assert (np.asarray(beside)[first] ^ np.asarray(beside)[second] ^ np.asarray(beside)[third] == weights).all()
    strangers = mixed(keys + np.uint64(1 << 50), seed)
    first, second, third = slots(strangers, len(table) // 3)
    read_there = np.asarray(table)[first] ^ np.asarray(table)[second] ^ np.asarray(table)[third]
    assert (read_there >> np.uint16(6) == fingerprints(strangers)).mean() < 0.01


def test_the_probabilities_after_a_kept_context_sum_to_one() -> None:
    rng = np.random.default_rng(5)
    ids = rng.choice(np.arange(20, 60), 40_000, p=(weights := np.arange(40, 0, -1.0)) / weights.sum()).astype(np.uint16)
    orders = counted(ids)
    size = 60
    unigram = single(orders, load_lexicon(), size)
    found = estimate(orders, unigram)
    context = int(found[2].keys[0]) >> 16
    kept = {
        int(key) & 0xFFFF: 10.0 ** float(logp)
        for key, logp in zip(found[2].keys, found[2].logp, strict=True)
        if int(key) >> 16 == context
    }
    rest = 10.0 ** float(found[1].backoff[context]) * sum(
        float(unigram[word]) for word in range(size) if word not in kept
    )
    assert sum(kept.values()) + rest == pytest.approx(1.0, abs=1e-3)


def test_runs_are_packed_and_found() -> None:
    keys = pack(np.array([1, 2, 3, 4], np.uint16), 2)
    assert keys.tolist() == [1 << 16 | 2, 2 << 16 | 3, 3 << 16 | 4]
    assert holds(keys, np.array([2 << 16 | 3, 9], np.uint64)).tolist() == [True, False]


def test_what_is_often_said_is_likelier() -> None:
    ngrams = load_ngrams()
    runs = np.array([places("i don't know where"), places("i don't no where")])
    (know, _), (known, _) = ngrams.score(runs)[0], ngrams.score(runs)[1]
    rows, runs_known = ngrams.score(np.array([places("the end of the"), places("the end of lamp")]))
    assert rows[0] > rows[1]
    assert runs_known.tolist()[0] == 4
    assert known == 4
    assert know > -2


def test_the_window_prefers_the_word_that_fits() -> None:
    windows = load_windows()
    before, after = places("she did not"), places("what to say")
    tokens = np.array([0] * 7 + before + [1] + after + [0] * 7)
    asked = windows.ask(tokens, np.array([7 + len(before)]))
    know, no = windows.score(np.repeat(asked, 2, axis=0), np.array(places("know no")))
    assert know > no


def test_chances_at_one_word_and_the_word_itself_share_all() -> None:
    found = shares(np.array([0, 0, 3]), np.array([0.0, 0.0, np.log(3.0)], np.float32))
    assert found.tolist() == pytest.approx([1 / 3, 1 / 3, 3 / 4])
    assert shares(np.array([0]), np.array([500.0], np.float32)).tolist() == pytest.approx([1.0])


def test_only_what_stands_near_a_change_is_judged_again() -> None:
    assert near(np.array([0, 6, 10, 15, 40]), np.array([10])).tolist() == [1, 2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She did not no were he had gone.", [("no", "know"), ("were", "where")]),
        ("He knoked twice and opend the door.", [("knoked", "knocked"), ("opend", "opened")]),
        ("The horse lost it's way in the snow.", [("it's", "its")]),
        ("I have never seen alot of snow.", [("alot", "a lot")]),
        ("He had never seen the sea, and she knew it.", []),
        ("“I’m goin’ ’ome, ain’t I?” said Bert.", []),
    ],
)
def test_what_was_meant(text: str, found: list[tuple[str, str]]) -> None:
    assert meant(text) == found
