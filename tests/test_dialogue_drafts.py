"""Dialogue as drafts have it, put right by all the checks of dialogue together, exactly."""

from __future__ import annotations

import random

import pytest

from bench.dialogue import Spoilt, read, run_together, spoil
from betareader.checks import dialogue, paragraphs, quotation, tags
from betareader.checks.check import Check
from betareader.desk import apply, copyedit
from betareader.formats import from_text
from betareader.span import Span
from betareader.structure import take_apart

CHECKS = tuple(
    value
    for family in (paragraphs, dialogue, tags, quotation)
    for value in vars(family).values()
    if isinstance(value, Check)
)


def edited(text: str) -> str:
    return apply(text, copyedit(read(text), CHECKS, strict=True).edits)


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (
            '"Is it open?" "No," "Then break it!" "You break it," "Fine,"',
            '"Is it open?"\n\n"No."\n\n"Then break it!"\n\n"You break it."\n\n"Fine."',
        ),
        (
            'Mara knocked on the window, "Let me in!"',
            'Mara knocked on the window. "Let me in!"',
        ),
        (
            '"I am sorry," he shook his head, "It was late."',
            '"I am sorry." He shook his head. "It was late."',
        ),
        (
            "“I know”, she said. “Who told you?”.",
            "“I know,” she said. “Who told you?”",
        ),
        (
            "“Wait.” She whispered.\n\n“For what?” The boy asked.",
            "“Wait,” she whispered.\n\n“For what?” the boy asked.",
        ),
        (
            'She sat down "I can\'t stay." "Why not." he asked. "I said so," she said. "and you know why."',
            'She sat down. "I can\'t stay."\n\n"Why not?" he asked.\n\n"I said so," she said, "and you know why."',
        ),
        (
            "‘We are late.’ said Tom.\n\n‘Are we’ she asked.",
            "‘We are late,’ said Tom.\n\n‘Are we?’ she asked.",
        ),
    ],
)
def test_a_draft_comes_out_right(draft: str, expected: str) -> None:
    assert edited(draft) == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (
            "He came. “I know,” she said. “You told me yesterday.”,",
            "He came. “I know,” she said. “You told me yesterday.”",
        ),
        ("He came in. “It’s mine.”, he said, and sat.", "He came in. “It’s mine,” he said, and sat."),
        (
            "“Leave it alone!” Osenna shouted “It’s mine.”, He sat down.",
            "“Leave it alone!” Osenna shouted. “It’s mine.” He sat down.",
        ),
        (
            "“I saw him at the gate.\n\n“Then why did you not call me?”\n\n“I forgot.”",
            "“I saw him at the gate.”\n\n“Then why did you not call me?”\n\n“I forgot.”",
        ),
        (
            '"Where is he?" Nora took the phone and called Sam, "Hello?" Sam said at the other end.',
            '"Where is he?" Nora took the phone and called Sam.\n\n"Hello?" Sam said at the other end.',
        ),
    ],
)
def test_one_pass_is_enough(draft: str, expected: str) -> None:
    assert edited(draft) == expected
    assert edited(expected) == expected


@pytest.mark.parametrize(
    "text",
    [
        "“I,” she said, “know.”",
        "“Yes.” She sat. “No.”",
        "“If you don’t,” she stepped back, “then I will.”",
        "“Have you read ‘The Raven’?” he asked.",
        "They had “lost” the “only” key.",
        "“But—” she began.\n\n“But what?” He laughed.",
        "‘I’m goin’ home,’ she said. ‘You’re not.’",
        "“I was there,” he said, “when it fell, and I saw it, and I told them all that it would fall.\n\n“They laughed.”",
    ],
)
def test_good_dialogue_is_left_alone(text: str) -> None:
    assert edited(text) == text


def test_dialogue_is_run_together_where_paragraphs_with_speech_meet() -> None:
    text = "“Yes?”\n“No.”\nIt rained.\n“Why?” he asked.\n“Because.”"
    page = take_apart(from_text(text))
    assert run_together(page) == ("“Yes?” “No.”\nIt rained.\n“Why?” he asked. “Because.”", [6, 40])


def test_spoiling_is_known_exactly() -> None:
    text = "“I know,” she said.\nThe road was long, and nobody walked along it.\n“Go.”\n"
    assert spoil(text, random.Random(1), share=0.0) == (text, [])
    assert spoil("“I am in.”\n", random.Random(1), share=1.0) == (
        "“I am in.”.\n",
        [Spoilt(Span(8, 11), ".”", "a stop twice")],
    )
