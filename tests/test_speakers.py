"""Who speaks what: tags, beats, pronouns, turns; and where a new speaker begins inside a paragraph."""

from __future__ import annotations

import pytest

from betareader.findings import Edit
from betareader.formats import from_text
from betareader.span import Span
from betareader.story.bible import Bible, Character
from betareader.story.descriptions import description, meant
from betareader.story.gaps import Story
from betareader.story.presence import Presence
from betareader.story.rounds import find_rounds
from betareader.story.speakers import attribute
from betareader.story.tags import clause_at
from betareader.story.turns import find
from betareader.structure import take_apart
from betareader.structure.page import Page

BIBLE = Bible(
    cast=(Character("Anna Grey", ("Anna",), ()), Character("Ben", (), ()), Character("Mr. Holt", ("Holt",), ()))
)


def page_of(text: str) -> Page:
    return take_apart(from_text(text.replace("¶", "\n\n")))


def speakers(text: str) -> list[str | None]:
    return [passage.speaker for passage in attribute(page_of(text), BIBLE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Come in,” said Anna.", ["Anna Grey"]),
        ("“Come in,” Anna Grey said.", ["Anna Grey"]),
        ("“Come in,” whispered Mr. Holt.", ["Mr. Holt"]),
        ("Ben said, “Come in.”", ["Ben"]),
        ("Ben opened the door. “Come in.”", ["Ben"]),
        ("“Come in.” Ben opened the door.", ["Ben"]),
        ("“Come,” said Anna, “and sit down.”", ["Anna Grey", "Anna Grey"]),
        ("“Come in,” said old Ben.", ["Ben"]),
        ("“Come in,” asked quietly Anna.", ["Anna Grey"]),
        ("Ben told Anna to wait and cried:—“Come.”", ["Ben"]),
        ("Anna kissed Ben and said, “Come.”", ["Anna Grey"]),
        ("Ben turned his horse's head and said, “Come.”", ["Ben"]),
        ("“Come in,” said Anna. “No,” Ben said.", ["Anna Grey", "Ben"]),
        ("“Come,” said Anna. “No,” Ben said. “Why?” asked Mr. Holt.", ["Anna Grey", "Ben", "Mr. Holt"]),
        ("Ben said nothing, but Anna cried, “Come.”", ["Anna Grey"]),
        ("“It was so (said Anna) and I knew it.”", ["Anna Grey"]),
        ("“Come in,” was Ben's answer.", ["Ben"]),
        ("“Come in,” said Anna's voice.", ["Anna Grey"]),
        ("“Come in,” parried Ben.", ["Ben"]),
        ("Ben dragged forward a bench and said, “Come.”", ["Ben"]),
        ("“Come in,” came the answer.", [None]),
        ("“Come in,” said the woman.", [None]),
        ("“Come in,” she wispered.", [None]),
        ("They had “lost” the key.", [None]),
    ],
)
def test_a_tag_or_a_beat_names_the_speaker(text: str, expected: list[str | None]) -> None:
    assert speakers(text) == expected


def test_two_people_speak_in_turn() -> None:
    text = "“Where were you?” asked Anna.¶“At home,” said Ben.¶“All day?”¶“Until noon.”¶“And then?”"
    assert speakers(text) == ["Anna Grey", "Ben", "Anna Grey", "Ben", "Anna Grey"]


def test_a_pronoun_is_the_last_person_it_fits() -> None:
    text = (
        "Anna shook her head. Anna said she was tired and that her feet hurt. Ben had his coat on.¶"
        "“I am going,” said Ben.¶“Wait,” said Anna.¶“No,” he said.¶“Please,” she said."
    )
    assert speakers(text) == ["Ben", "Anna Grey", "Ben", "Anna Grey"]


def test_two_talk_over_the_telephone_and_nobody_else() -> None:
    text = (
        "Anna sat beside Ben. Ben wanted to know who it was. Anna took up the receiver.¶“Hello?” said Mr. Holt on the other end.¶"
        "“Is Ben with you, Mr. Holt?” asked Anna.¶“Ben is not here.”¶“Are you sure, Mr. Holt?”¶“Quite sure. Good night.”"
    )
    assert speakers(text) == ["Mr. Holt", "Anna Grey", "Mr. Holt", "Anna Grey", "Mr. Holt"]


def test_a_call_is_over_when_both_have_said_goodbye() -> None:
    text = (
        "Anna sat beside Ben. Anna took up the receiver.¶“Hello?” said Mr. Holt on the other end.¶“Are you well?” asked Anna.¶"
        "“Quite well. Bye.”¶“Bye.”¶Ben yawned. “Who was that?” Ben asked.¶“Nobody. Go to bed, Ben.”¶Ben shook his head. “No.”"
    )
    assert speakers(text)[-3:] == ["Ben", "Anna Grey", "Ben"]


def turns(text: str) -> str:
    """The text with ¶ where somebody else most likely begins to speak."""
    page = page_of(text)
    for turn in reversed(find(page, BIBLE)):
        if turn.probability >= 0.5:
            text = Edit(turn.span, "¶", "").replacement.join([text[: turn.span.start], text[turn.span.end :]])
    return text


@pytest.mark.parametrize(
    "text",
    [
        "“Where is she?”¶“Upstairs.”¶“Alone?”¶“Quite alone.”",
        "“Are you coming?” Ben asked.¶“No,” said Anna.",
        "“I,” she said, “know.”",
        "“If you go,” said Anna, turning round, “then I will stay.”¶“Good,” said Ben.",
        '"I am late,"¶"You always are,"¶"Not always,"',
        "“Hello.”¶Anna looked up. “Hello, Ben,” she said.",
    ],
)
def test_a_new_speaker_begins_a_paragraph(text: str) -> None:
    assert turns(text.replace("¶", " ")) == text


@pytest.mark.parametrize(
    ("text", "subject", "verb", "doing", "sure"),
    [
        ("she said.", "she", "said", "speech", True),
        ("said the old man with a sigh.", "the old man", "said", "speech", True),
        ("Mr. Holt whispered softly.", "Mr. Holt", "whispered", "speech", True),
        ("She said nothing all day.", "She", "said", "speech", False),
        ("he pointed out.", "he", "pointed", "speech", True),
        ("she wispered, and left.", "she", "wispered", "speech", True),
        ("her head shook.", "her head", "shook", "beat", True),
        ("Anna laughed.", "Anna", "laughed", "loose", True),
        ("he thought.", "he", "thought", "thought", True),
    ],
)
def test_a_clause_tells_a_tag_from_a_beat(text: str, subject: str, verb: str, doing: str, sure: bool) -> None:
    clause = clause_at(text, 0, len(text))
    assert clause is not None
    assert (clause.subject.text, clause.word, clause.doing, clause.sure) == (subject, verb, doing, sure)


def test_who_speaks_later_is_told_turn_by_turn() -> None:
    text = "“Yes.” “No.” She sat. “Never.” “Why?” asked Ben."
    story = Story(page_of(text), {})
    starts = [text.index(speech) for speech in ("“Yes", "“No", "“Never", "“Why")]
    same = {starts[1]: False, starts[2]: True, starts[3]: False}
    later = story.foresee(same, {})
    names = [[sorted(person.names) if person else None for person in later[start]] for start in starts]
    assert names == [[None, None, ["Ben"]], [None, ["Ben"]], [None, ["Ben"]], [["Ben"]]]


@pytest.mark.parametrize(
    "text",
    [
        "“Who is there?” Anna took up the telephone and rang Ben.¶“Hello?” said Ben at the other end.",
        "Anna looked up. “You mean they know?”¶Ben said, “They have always known.”",
    ],
)
def test_a_voice_from_elsewhere_and_a_lead_in_begin_a_paragraph(text: str) -> None:
    assert turns(text.replace("¶", " ")) == text


def test_a_paragraph_of_a_thousand_speeches_has_turns_of_a_certain_chance() -> None:
    found = find(page_of("“Yes.” “No.” " * 600), BIBLE)
    assert {turn.probability > 0.9 for turn in found} == {True}


def test_a_page_without_speech_has_no_turns() -> None:
    assert find(page_of("The rain fell all day.¶Nobody came."), BIBLE) == ()


def test_a_turn_covers_the_white_space_before_it() -> None:
    page = page_of('"Yes."  "No."')
    assert [turn.span for turn in find(page, BIBLE)] == [Span(6, 8)]


def heard(text: str) -> list[tuple[str | None, str | None, str | None]]:
    """Who speaks each speech, to whom, and how that is told."""
    return [(each.speaker, each.addressee, each.told) for each in attribute(page_of(text), BIBLE)]


def test_who_is_spoken_to_is_the_other_of_two() -> None:
    text = "“Where were you?” asked Anna.¶“At home,” said Ben.¶“Good,” said Anna."
    assert heard(text) == [
        ("Anna Grey", "Ben", "explicit"),
        ("Ben", "Anna Grey", "explicit"),
        ("Anna Grey", "Ben", "explicit"),
    ]


def test_who_is_called_by_name_is_spoken_to() -> None:
    assert heard("“Come here, Ben,” said Anna.") == [("Anna Grey", "Ben", "explicit")]


def test_a_pronoun_tells_in_another_way_than_a_name() -> None:
    assert [told for _, _, told in heard("“Well?” said Anna.¶“No,” said Ben.¶“Why?” she asked.")] == [
        "explicit",
        "explicit",
        "anaphoric",
    ]


def test_a_paragraph_that_ends_with_a_colon_leads_into_the_next() -> None:
    assert speakers("Ben put down his cup. After a while Anna said:¶“I know.”") == ["Anna Grey"]


def test_a_speech_that_goes_on_in_the_next_paragraph_is_one_persons() -> None:
    assert speakers("“It was late,” said Ben. “It rained.¶“And then it snowed.”") == ["Ben", "Ben", "Ben"]


def test_a_verb_with_its_small_word_is_a_tag() -> None:
    assert speakers("“And so,” went on Ben, “I left.”") == ["Ben", "Ben"]


def test_the_chance_of_a_named_speaker_is_high_and_of_nobody_none() -> None:
    sure = [each.sure for each in attribute(page_of("“Come in,” said Anna.¶They had “lost” the key."), BIBLE)]
    assert sure == [0.98, 0.0]


def test_a_description_speaks_for_who_it_has_meant_elsewhere() -> None:
    text = "“Yes,” said the old ferryman. " * 4 + "“No,” said a ferryman."
    page = page_of("¶".join(text.split("“")).replace("¶", "¶“").removeprefix("¶"))
    rounds = find_rounds(page, Presence(page.text, Bible()), ())
    assert [description(each.tag, page.text) for each in rounds] == ["old ferryman"] * 4 + [""]
    hints = meant(rounds, [(1, 1.0), (1, 1.0), (2, 1.0), (1, 1.0), (2, 1.0)], page.text)
    assert {number: sorted(hint) for number, hint in hints.items()} == {0: [1, 2], 1: [1, 2], 2: [1], 3: [1, 2]}
