"""Tags: how a speech and the words that tell who speaks make one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Query
from betareader.language.lexicon import load_lexicon
from betareader.span import Span
from betareader.story.tags import asks

if TYPE_CHECKING:
    from betareader.reading import Reading


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HALVES = _set("a an the my your our their of from and but or if because")
_JOINS = _set("and or because")
_HELPING = _set("don't didn't doesn't can't couldn't won't wouldn't will would should must to")
_BARE_VERBS = _set(
    "know want go see think believe understand need like remember care have be do come get make take tell say feel "
    "mean mind hear find give let leave stay wait ask help try"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+")


@check(depth="light")
def question_before_tag(reading: Reading) -> Iterator[Edit]:
    """End what somebody asks with a question mark.

    The mark stands inside the quotation marks, and the tag goes on in small letters.

    Edits:
        “Where are you going.” she asked. → “Where are you going?” she asked.
        "Do you want some tea," he asked. → "Do you want some tea?" he asked.
        "What is it" Anna asked him. → "What is it?" Anna asked him.
        "What is it." She asked. → "What is it?" she asked.
        "What is it." Asked Ben. → "What is it?" asked Ben.

    Leaves:
        “What a day.” She asked for the box again.
        “What I want,” she asked, “is that too much?”
        “Is it far?” she asked.
        “I wonder,” she asked herself.
        “Where are you,” she said.
    """
    text = reading.text
    for joint in reading.joints:
        said, clause, following = joint.said(text), joint.clause, joint.following
        if clause is None or not clause.sure or not joint.passage.closed or not asks(said, clause):
            continue
        first = clause.start
        is_low = text[first].islower() or clause.keeps_capital
        if not is_low and text[clause.end : joint.end].lstrip()[:1].isalnum():
            continue
        if following is not None and following.inner.of(text)[:1].islower():
            continue
        end = joint.passage.inner.start + len(joint.passage.inner.of(text).rstrip())
        has_stop = said[-1] in ",."
        until, put = (end, "?") if is_low else (first + 1, "?" + text[end:first] + text[first].lower())
        yield Edit(Span(end - has_stop, until), put, "This is a question.", 0.93)


@check(depth="light")
def no_stop_after_tag(reading: Reading) -> Iterator[Edit]:
    """End a paragraph with a full stop where it ends in a tag.

    The tag is the end of its sentence, however short.

    Edits:
        “Why?” she whispered¶He did not answer. → “Why?” she whispered.¶He did not answer.
        "No," said Ben quietly¶"Yes," said Anna. → "No," said Ben quietly.¶"Yes," said Anna.

    Leaves:
        “Why?” she asked and¶“No more,” he said.
        “Why?” she asked the¶
    """
    text = reading.text
    for joint in reading.joints:
        clause, after = joint.clause, joint.after(text).rstrip()
        if clause is None or joint.following is not None or not after[-1:].isalpha() or not reading.is_tag(clause):
            continue
        rest = _WORD.findall(text[clause.end : joint.end])
        end = joint.closes + len(after)
        if len(rest) < 4 and not (rest and rest[-1].lower() in _HALVES | _HELPING) and "\n" not in after:
            yield Edit(Span(end, end), ".", "The sentence has no stop at its end.", 0.94)


@check(depth="light")
def capital_in_split_sentence(reading: Reading) -> Iterator[Edit | Query]:
    """Go on in small letters where a tag stands in the middle of a sentence.

    The sentence was interrupted by its tag and is not over, so its second half has no capital.
    Where either half could be a sentence, only the author knows whether there are one or two.

    Edits:
        “I don’t,” she said, “Want to go.” → “I don’t,” she said, “want to go.”
        “It is late,” she said, “And I am cold.” → “It is late,” she said, “and I am cold.”

    Queries:
        “We went home,” she said, “[The] rain had stopped.”

    Leaves:
        “No,” she said, “I stayed.”
        “It was,” she said, “Anna who told him.”
        “We went home,” she said. “The rain had stopped.”
    """
    text = reading.text
    for joint in reading.joints:
        said = joint.said(text)
        following = joint.following
        if following is None or not said.endswith(",") or following.voice != joint.passage.voice:
            continue
        clause = joint.clause
        after = joint.after(text).rstrip()
        if clause is None or not reading.is_tag(clause) or not after.endswith(",") or _SENTENCE_END.search(after):
            continue
        inner = following.inner.of(text)
        word = _WORD.match(inner)
        if word is None or not word[0][0].isupper() or word[0] in ("I", "I'm", "I’m", "I'll", "I’ll", "I've", "I’ve"):
            continue
        lexicon = load_lexicon()
        if word[0] in reading.bible.own_words or lexicon.is_name(word[0]) or not lexicon.is_common_word(word[0]):
            continue
        span = Span(following.inner.start, following.inner.start + len(word[0]))
        last = _WORD.findall(said)
        ending = last[-1].lower().replace("’", "'") if last else ""
        if ending in _HALVES or word[0].lower() in _JOINS or (ending in _HELPING and word[0].lower() in _BARE_VERBS):
            first = Span(span.start, span.start + 1)
            yield Edit(first, word[0][0].lower(), "The sentence goes on after its tag.", 0.93)
        elif word[0].lower() not in ("i'd", "i’d"):
            yield Query(span, "Does the sentence go on here? If so, a small letter; if not, a full stop after the tag.")


@check(depth="light")
def full_stop_in_split_sentence(reading: Reading) -> Iterator[Edit]:
    """Put a comma, not a full stop, after a tag in the middle of a sentence.

    What goes on in small letters is not over, and its tag stands between two commas.

    Edits:
        “I’m not going,” she said. “and you can’t make me.” → “I’m not going,” she said, “and you can’t make me.”

    Leaves:
        “I’m not going,” she said. “You can’t make me.”
        “I’m not going,” she said. “... and you can’t make me.”
    """
    text = reading.text
    for joint in reading.joints:
        following, clause = joint.following, joint.clause
        if following is None or clause is None or following.voice != joint.passage.voice:
            continue
        after = joint.after(text).rstrip()
        said = joint.said(text)
        if not (said.endswith(",") or said[-1:].isalnum()) or not after.endswith(".") or _SENTENCE_END.search(after):
            continue
        if following.inner.of(text)[:1].islower() and reading.is_tag(clause):
            stop = joint.closes + len(after) - 1
            yield Edit(Span(stop, stop + 1), ",", "The sentence goes on after its tag.", 0.93)
