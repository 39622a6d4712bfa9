"""The evidence for and against each option, as numbers the judge was taught to weigh."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from betareader.findings import FAULTS
from betareader.model.ngrams import ORDER, PARAGRAPH, UNKNOWN, Ngrams
from betareader.model.reader import Options, Sheet
from betareader.model.windows import Windows

F32 = NDArray[np.float32]

RARE_WORD = -8.5
"""The log10 probability given to a word the lexicon does not have."""
WINDOW_UNKNOWN = 0.0
"""What the window model is taken to think of a word it does not tell apart."""

NAMES = (
    "gain", "gain before", "gain after", "option in context", "word in context", "runs option", "runs word",
    "pair before option", "pair after option", "pair before word", "pair after word", "triple option", "triple word",
    "zipf option", "zipf word", "fiction option", "fiction word", "cost", "sound", "listed", "known", "capital", "opens",
    "speech", "times word", "times option", "letters", "rate", "unknown before", "unknown after", "rivals", "name before",
    "stop before", "stop after", "rare to the model", "gain everywhere",
    "window gain", "window option", "window lead", "odd beside", "clipped beside",
    *(f"fault {number}" for number in range(len(FAULTS))),
)  # fmt: skip
"""What each column of the evidence is."""


def weigh(
    tokens: NDArray[np.int64], sheet: Sheet, options: Options, rate: float, ngrams: Ngrams, windows: Windows
) -> F32:
    """One row of evidence an option.

    `tokens` are the sheet's, with what has been settled so far put in; `rate` is log10 of how often this
    author slips, as far as the certain slips tell.
    """
    count = len(options.word)
    start = sheet.at[options.word]
    last = np.minimum(options.word + np.maximum(options.reach, 1) - 1, len(sheet.at) - 1)
    end = np.where(options.reach == 0, start, sheet.at[last] + 1)
    before = np.stack([tokens[start - 3], tokens[start - 2], tokens[start - 1]], axis=1)
    after = np.stack([tokens[end], tokens[end + 1], tokens[end + 2]], axis=1)

    put = np.stack([options.first, options.second], axis=1)
    sizes = (put >= 0).sum(axis=1)
    option = _rows(before, put, sizes, after)
    middle = np.stack([sheet.tokens[start], sheet.tokens[start + 1]], axis=1).astype(np.int64)
    stood = end - start  # 0, 1, or 2 and more where a stop stands between two words
    stood = np.minimum(stood, 2)
    word = _rows(before, middle, stood, after)

    option_scores, option_known = _score(option, sizes, ngrams)
    rare = (sizes == 1) & (options.first == UNKNOWN)
    option_scores[rare, 0] = np.minimum(option_scores[rare, 0], options.zipf[rare] - 9)
    # A word is scored once, however many options stand against it.
    key = options.word * 4 + options.reach
    _, first, again = np.unique(key, return_index=True, return_inverse=True)
    word_scores, word_known = _score(word[first], stood[first], ngrams)
    own = sheet.zipf[options.word[first]]
    known = sheet.known[options.word[first]]
    plain = np.where(known & (own > 0), own - 9, RARE_WORD)
    odd = (stood[first] == 1) & (middle[first, 0] == UNKNOWN)
    word_scores[odd, 0] = np.minimum(word_scores[odd, 0], plain[odd])
    word_scores, word_known = word_scores[again], word_known[again]

    option_total, word_total = option_scores.sum(axis=1), word_scores.sum(axis=1)
    option_first, word_first = option_scores[:, 0], word_scores[:, 0]
    # What speaks for a habit: the same option gains wherever the same word stands.
    pair = (sheet.type[options.word] << 34) + ((options.first + 1) << 17) + options.second + 1
    _, which = np.unique(pair, return_inverse=True)
    everywhere = (np.bincount(which, option_total - word_total) / np.bincount(which))[which]
    rivals = np.bincount(options.word, minlength=len(sheet.at))[options.word]
    times = np.log10(1 + sheet.times[options.word])
    columns = [
        option_total - word_total,
        option_first - word_first,
        (option_total - option_first) - (word_total - word_first),
        option_total / (sizes + 3),
        word_total / (stood + 3),
        option_known.sum(axis=1) / (sizes + 3),
        word_known.sum(axis=1) / (stood + 3),
        option_known[:, 0] >= 2,
        option_known[:, 1] >= 2,
        word_known[:, 0] >= 2,
        word_known[:, 1] >= 2,
        option_known[:, 1] >= 3,
        word_known[:, 1] >= 3,
        options.zipf,
        sheet.zipf[options.word],
        options.fiction,
        sheet.fiction[options.word],
        options.cost,
        options.sound,
        options.listed,
        sheet.known[options.word],
        sheet.capital[options.word],
        sheet.opens[options.word],
        sheet.speech[options.word],
        times,
        np.log10(1 + options.times),
        np.minimum(sheet.letters[options.word], 12) / 4,
        np.full(count, rate),
        tokens[start - 1] == UNKNOWN,
        tokens[end] == UNKNOWN,
        np.log10(1 + rivals),
        (tokens[start - 1] > UNKNOWN) & (tokens[start - 1] < 4),
        _is_stop(tokens[start - 1]),
        _is_stop(tokens[end]),
        options.first == UNKNOWN,
        everywhere,
        *_through_the_window(tokens, sheet, options, windows),
        sheet.odd_beside[options.word],
        sheet.clipped_beside[options.word],
        *(options.fault == number for number in range(len(FAULTS))),
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def _through_the_window(
    tokens: NDArray[np.int64], sheet: Sheet, options: Options, windows: Windows
) -> tuple[F32, F32, F32]:
    """How the window model likes each option that is one word for one: over the word, by itself, over the best other."""
    count = len(options.word)
    gain, fits, lead = (np.zeros(count, np.float32) for _ in range(3))
    plain = np.flatnonzero((options.reach == 1) & (options.second < 0) & (options.first > UNKNOWN))
    if not len(plain):
        return gain, fits, lead
    word = options.word[plain]
    first = np.flatnonzero(np.concatenate([[True], word[1:] != word[:-1]]))
    sizes = np.diff(np.append(first, len(word)))
    at = sheet.at[word[first]]
    asked = windows.ask(tokens, at)
    stood = sheet.tokens[at].astype(np.int64)
    standing = windows.score(asked, stood)
    standing[stood <= UNKNOWN] = WINDOW_UNKNOWN
    score = windows.score(np.repeat(asked, sizes, axis=0), options.first[plain])
    fits[plain] = score
    gain[plain] = score - np.repeat(standing, sizes)
    best = np.repeat(np.maximum(np.maximum.reduceat(score, first), standing), sizes)
    lead[plain] = score - best
    return gain, fits, lead


def _is_stop(tokens: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Stops stand right after the classes; a paragraph's end counts as one."""
    stops: NDArray[np.bool_] = (tokens == PARAGRAPH) | ((tokens >= 5) & (tokens <= 12))
    return stops


def _rows(
    before: NDArray[np.int64], put: NDArray[np.int64], sizes: NDArray[np.int64], after: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Three tokens before, none to two put in, three after, each row closed up; what is left over is a paragraph's end."""
    rows = np.zeros((len(put), 8), np.int64)
    rows[:, :3] = before
    rows[:, 3:5] = put
    spots = np.arange(len(put))
    for place in range(3):
        rows[spots, 3 + sizes + place] = after[:, place]
    for place in range(6, 8):
        rows[sizes + 6 <= place, place] = PARAGRAPH
    return rows


def _score(rows: NDArray[np.int64], sizes: NDArray[np.int64], ngrams: Ngrams) -> tuple[F32, NDArray[np.int8]]:
    """For each row the log10 probability of each token put in and the three after, and how long a run was known."""
    count = len(rows)
    scores = np.zeros((count, 5), np.float32)
    known = np.zeros((count, 5), np.int8)
    for place in range(5):
        there = np.flatnonzero(place < sizes + 3)
        if len(there):
            scores[there, place], known[there, place] = ngrams.score(rows[there, place : place + ORDER])
    return scores, known
