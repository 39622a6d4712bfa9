"""A raw draft and its fair copy as a lesson: which word was meant, which stop belongs where."""

from __future__ import annotations

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.meaning import sheet_of
from betareader.model.pieces import PAD, in_pieces, load_pieces, load_vocabulary
from betareader.model.reader import STOPS
from betareader.structure import in_speech, take_apart
from training.drafts import LEARNT, TAUGHT, RawDraft, drafts, faults
from training.judge import laid_out
from training.stops import fair_words, stops_of_draft
from training.strips import lesson_of_draft
from training.treebank import Tagged, is_word
from training.treebank import in_strips as treebanks_strips

DRAFT = RawDraft(
    "stall",
    "The stall was shut, she new it before she got their. a man sat on the the steps\n\n" * 6,
    "The stall was shut. She knew it before she got there. A man sat on the steps.\n\n" * 6,
)


def test_every_word_has_its_word_in_the_fair_copy() -> None:
    page, fair = laid_out(DRAFT.raw)[0], laid_out(DRAFT.fair)[0]
    match = fair_words(page, fair)
    pairs = {
        (page.text[word.start : word.end], fair.text[fair.words[first].start : fair.words[first].end])
        for word, (first, _) in zip(page.words, match, strict=True)
        if first >= 0
    }
    assert {("new", "knew"), ("their", "there"), ("a", "A"), ("she", "She")} <= pairs


def test_the_fair_copy_tells_stops_and_starts() -> None:
    page = laid_out(DRAFT.raw)[0]
    stops, starts = stops_of_draft(page, *laid_out(DRAFT.fair))
    words = [page.text[word.start : word.end] for word in page.words][:18]
    assert [word for word, stop in zip(words, stops, strict=False) if STOPS[stop] == "."] == ["shut", "their", "steps"]
    assert [word for word, start in zip(words, starts, strict=False) if start] == ["The", "she", "a"]


def test_a_draft_becomes_strips_with_its_faults_as_answers() -> None:
    vocabulary = load_vocabulary()
    put = {
        "".join(vocabulary[piece] for piece in row if piece)
        for strip in lesson_of_draft(DRAFT, 1)
        for row, right in zip(strip.put, strip.right, strict=True)
        if right
    }
    assert {"knew", "there"} <= put


def test_no_draft_is_both_taught_and_weighed_or_has_no_fault() -> None:
    weighed, taught = list(drafts(LEARNT)), list(drafts(TAUGHT))
    assert not {draft.raw for draft in weighed} & {draft.raw for draft in taught}
    assert all(faults(draft) for draft in (*weighed, *taught))


def test_a_treebank_is_laid_out_as_a_manuscript_is() -> None:
    text = "Mr. Quill came in, late -- and Anna’s hat fell; so did J. Vesh’s (old) one... “Well?” she said. “Don’t!”"
    tokens = "Mr. Quill came in , late -- and Anna’s hat fell ; so did J. Vesh’s ( old ) one ... “ Well ? ” she said . “ Don’t ! ”"
    page = take_apart(from_text(text))
    sheet = sheet_of(page, in_speech(page), frozenset(), load_lexicon())
    manuscript = in_pieces(sheet, load_pieces())
    words = tokens.split(" ")
    treebank, labels = treebanks_strips(Tagged(tuple(words), tuple(range(len(words)))), None)
    assert [words[label] for label in labels] == [word for word in words if is_word(word)]
    ours, its = (row[row != PAD] for row in (manuscript.pieces[0], treebank.pieces[0]))
    assert ours[2 : len(its)].tolist() == its[1:-1].tolist()
    assert manuscript.marks[0, 2 : len(its)].tolist() == treebank.marks[0, 1 : len(its) - 1].tolist()
