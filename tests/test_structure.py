"""The page taken apart: words, passages, sentences, paragraphs and scenes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betareader.formats import from_text
from betareader.structure import in_speech, take_apart
from betareader.structure.page import Page


def page_of(text: str, format: str = "plain") -> Page:
    return take_apart(from_text(text.replace("¶", "\n\n"), format=format))


def words(text: str) -> list[str]:
    page = page_of(text)
    return [word.of(page.text) for word in page.words]


def passages(text: str, format: str = "plain") -> list[str]:
    """Each passage after its voice, `…` for one that runs on and `!` for one whose closing mark is missing."""
    page = page_of(text, format)
    return [
        f"{each.voice}{'' if each.closed else '…' if each.runs_on else '!'}: {each.span.of(page.text)}"
        for each in page.passages
    ]


def sentences(text: str) -> list[str]:
    page = page_of(text)
    return [sentence.span.of(page.text) for sentence in page.sentences]


def roles(text: str, format: str = "plain") -> list[str]:
    return [paragraph.role for paragraph in page_of(text, format).paragraphs]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Don't, I said.", ["Don't", "I", "said"]),
            ("Give 'em here, goin' or not.", ["Give", "'em", "here", "goin'", "or", "not"]),
            ("‘Give ’em here,’ he said.", ["Give", "’em", "here", "he", "said"]),
            ("\"Whad'd'ya' want?\" he said.", ["Whad'd'ya'", "want", "he", "said"]),
            ("rock 'n' roll at two o'clock", ["rock", "'n'", "roll", "at", "two", "o'clock"]),
            ('"If you wait, \'ll come."', ["If", "you", "wait", "'ll", "come"]),
            ("'Tis the dogs' bowl, James' own", ["'Tis", "the", "dogs'", "bowl", "James'", "own"]),
            ("'What d'you want?' he said.", ["What", "d'you", "want", "he", "said"]),
            ("It doesn''t", ["It", "doesn''t"]),
            ("a well-known f-f-fool", ["a", "well", "known", "f", "f", "fool"]),
            ("She *never* _ever_ lies.", ["She", "never", "ever", "lies"]),
            ("1,000 men in the '90s at 3.30", ["1,000", "men", "in", "the", "'90s", "at", "3.30"]),
            ("He was 6'2 and naïve, nai\u0308ve", ["He", "was", "6'2", "and", "naïve", "nai\u0308ve"]),
            ("the 'ouse was goin' down", ["the", "'ouse", "was", "goin'", "down"]),
            ("She 😀 ran. שלום", ["She", "ran", "שלום"]),
        ],
    )
    def test_apostrophes_and_edges(self, text: str, expected: list[str]) -> None:
        assert words(text) == expected

    def test_code_holds_no_words(self) -> None:
        page = page_of("She typed `rm old` and &mdash; <b>left</b>.", "markdown")
        assert [word.of(page.text) for word in page.words] == ["She", "typed", "and", "left"]


class TestPassages:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("“I know,” she said. “Do you?”", ["speech: “I know,”", "speech: “Do you?”"]),
            ('"I know," she said.', ['speech: "I know,"']),
            ("'I know,' she said. 'Don't go.'", ["speech: 'I know,'", "speech: 'Don't go.'"]),
            ("‘The boys’ boat,’ he said, ‘isn’t in.’", ["speech: ‘The boys’ boat,’", "speech: ‘isn’t in.’"]),
            ("''Tis mine,' he said.", ["speech: ''Tis mine,'"]),
            ("'I'm goin' home,' Ned said.", ["speech: 'I'm goin' home,'"]),
            (
                '"Hi," "Hi," said Ann, "All well?" "Yes."',
                ['speech: "Hi,"', 'speech: "Hi,"', 'speech: "All well?"', 'speech: "Yes."'],
            ),
            ('"Stop!" "Why?"she asked.', ['speech: "Stop!"', 'speech: "Why?"']),
            ("“Our”—she leaned in—“secret.”", ["speech: “Our”", "speech: “secret.”"]),
            ('" Come in, " she said.', ['speech: " Come in, "']),
            ("”Come in,” she said. “Sit down.“", ["speech: ”Come in,”", "speech: “Sit down.“"]),
            ('"He is 6\'2" at least," said Ann.', ['speech: "He is 6\'2" at least,"']),
            ("«Come in», she said.", ["speech: «Come in»"]),
        ],
    )
    def test_speech(self, text: str, expected: list[str]) -> None:
        assert passages(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("“He said ‘never’ to me,” she said.", ["speech: “He said ‘never’ to me,”", "quoted: ‘never’"]),
            ("'He said \"never\" to me,' she said.", ["speech: 'He said \"never\" to me,'", 'quoted: "never"']),
            ("“‘Never,’ he told me,” said Ann.", ["speech: “‘Never,’ he told me,”", "quoted: ‘Never,’"]),
            (
                "“Our “little trip,” as he calls it, is off.”",
                ["speech: “Our “little trip,” as he calls it, is off.”", "quoted: “little trip,”"],
            ),
        ],
    )
    def test_nested(self, text: str, expected: list[str]) -> None:
        assert passages(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("“I walked all day.¶“Then I slept,” he said.", ["speech…: “I walked all day.", "speech: “Then I slept,”"]),
            ('"Hello, he said.¶"Hi," said Ann.', ['speech!: "Hello, he said.', 'speech: "Hi,"']),
            ('"I know, she said. "But stay."', ['speech!: "I know, she said.', 'speech: "But stay."']),
            ('She said, "Come in.¶Nobody moved.', ['speech!: "Come in.']),
            ('"It began:¶Row, row, row,¶Gently down," she sang.', ['speech…: "It began:']),
        ],
    )
    def test_over_paragraphs_and_unclosed(self, text: str, expected: list[str]) -> None:
        assert passages(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("\"Hello?\" she said. 'Is he deaf?' She knocked.", ['speech: "Hello?"', "thought: 'Is he deaf?'"]),
            ("“Hello?” she said. ‘He’s gone,’ she thought.", ["speech: “Hello?”", "thought: ‘He’s gone,’"]),
            ("“I am lost,” thought Ann.", ["thought: “I am lost,”"]),
            ("*Not again,* she thought.", ["thought: *Not again,*"]),
            ("She ran. _I should have stayed._", ["thought: _I should have stayed._"]),
            ("She *really* meant it.", []),
            ("“I *really* mean it.”", ["speech: “I *really* mean it.”"]),
            ("\"You there,\" he said. 'Get up!' he shouted.", ['speech: "You there,"', "speech: 'Get up!'"]),
        ],
    )
    def test_thought(self, text: str, expected: list[str]) -> None:
        assert passages(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('They had "lost her" and left.', ['quoted: "lost her"']),
            ('The word "gift" was wrong.', ['quoted: "gift"']),
            ("Ann read “The Mill” twice.", ["quoted: “The Mill”"]),
            ('He called me a "coward," and left.', ['quoted: "coward,"']),
            ("The so-called 'experts' left. \"Good,\" he said.", ["quoted: 'experts'", 'speech: "Good,"']),
            ('"Gone" was the word.', ['quoted: "Gone"']),
            ('I said "no" and left.', ['quoted: "no"']),
            ('He said "Get up!" and left.', ['speech: "Get up!"']),
        ],
    )
    def test_quoted(self, text: str, expected: list[str]) -> None:
        assert passages(text) == expected

    def test_inner_leaves_the_marks_out(self) -> None:
        page = page_of("“Go,” he said. “Now")
        assert [each.inner.of(page.text) for each in page.passages] == ["Go,", "Now"]

    def test_in_speech(self) -> None:
        page = page_of("“I know,” she said. ‘Do I?’ she thought. The “gift” was gone.")
        said = [word.of(page.text) for word, spoken in zip(page.words, in_speech(page), strict=True) if spoken]
        assert said == ["I", "know", "Do", "I"]


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("She sat. He stood! Why? Nobody knew.", ["She sat.", "He stood!", "Why?", "Nobody knew."]),
            ("“I know,” she said. “Go.”", ["I know,", "she said.", "Go."]),
            ("“What?” she said.", ["What?", "she said."]),
            (
                "Mr. Hale met Dr. J. R. Moss at 5 p.m. on St. John Street. He sat.",
                ["Mr. Hale met Dr. J. R. Moss at 5 p.m. on St. John Street.", "He sat."],
            ),
            ("She waited... and waited… and left.", ["She waited... and waited… and left."]),
            ("She left. he stayed.", ["She left.", "he stayed."]),
            ("Oh! what a day it was.", ["Oh! what a day it was."]),
            ("What were you thinking of? get out.", ["What were you thinking of?", "get out."]),
            ("He sat.She stood.", ["He sat.", "She stood."]),
            ("She said no. Then she left.", ["She said no.", "Then she left."]),
            ("He called her a “gift.” She left.", ["He called her a “gift.", "She left."]),
            ("no stop at all", ["no stop at all"]),
        ],
    )
    def test_ends(self, text: str, expected: list[str]) -> None:
        assert sentences(text) == expected

    def test_words_are_ranges_of_the_page(self) -> None:
        page = page_of("“I know,” she said. “Go.”")
        assert [sentence.words for sentence in page.sentences] == [range(0, 2), range(2, 4), range(4, 5)]
        assert [paragraph.words for paragraph in page.paragraphs] == [range(0, 5)]


class TestParagraphs:
    def test_head_of_a_story(self) -> None:
        text = (
            "The Long Rain¶by Ned Hall¶NOTE: For Ann, my friend¶Summary: it rains.¶It rained for a week.¶Nobody came."
        )
        assert roles(text) == ["title", "byline", "note", "note", "body", "body"]

    def test_headings_and_breaks(self) -> None:
        text = "Prologue¶It rained.¶* * *¶It stopped.¶Chapter Two: Sun¶It shone.¶o0o¶Night fell.¶A/N: please review!"
        assert roles(text) == ["heading", "body", "break", "body", "heading", "body", "break", "body", "note"]

    @pytest.mark.parametrize(
        ("tail", "expected"),
        [
            ("Thanks for reading!¶~ Marla77", ["note", "byline"]),
            ("Thank you so much for your reviews, they help.¶by Marla Dorn", ["note", "byline"]),
            ("Hope you enjoyed it! Please review.¶Love, Marla", ["note", "byline"]),
            ("* * *¶— Marla", ["break", "byline"]),
            ("“Thanks for reading it to me,” she said.", ["body"]),
            ("Thanks to him, she read the letter.", ["body"]),
            ("Thank you, she thought, for reading it.", ["body"]),
            ("By noon the rain was gone.", ["body"]),
            ("—Yes", ["body"]),
        ],
    )
    def test_thanks_and_a_name_at_the_end_are_no_story(self, tail: str, expected: list[str]) -> None:
        assert roles(f"It rained for a week.¶Nobody came.¶{tail}") == ["body", "body", *expected]

    @pytest.mark.parametrize(
        "line",
        [
            "She sat.",
            "Part one of the plan was simple.",
            "“Note: buy milk,” she said.",
            "...",
            "“...”",
            "Oooo!",
            "I know",
        ],
    )
    def test_prose_is_prose(self, line: str) -> None:
        assert roles(f"It rained all day.¶{line}¶Nobody came.") == ["body", "body", "body"]

    def test_one_line_is_prose(self) -> None:
        assert roles("The Long Rain") == ["body"]

    def test_markdown(self) -> None:
        text = "# The Long Rain¶## 1¶It rained.¶---¶It stopped.¶<!-- more -->"
        assert roles(text, "markdown") == ["title", "heading", "body", "break", "body", "note"]


class TestScenes:
    def test_breaks_and_chapters(self) -> None:
        page = page_of("Chapter 1¶It rained.¶She sat.¶***¶He stood.¶Chapter 2¶It stopped.")
        assert [(scene.span.of(page.text), scene.number, scene.chapter) for scene in page.scenes] == [
            ("It rained.\n\nShe sat.", 1, 1),
            ("He stood.", 2, 1),
            ("It stopped.", 3, 2),
        ]

    def test_a_wider_gap(self) -> None:
        page = page_of("It rained.¶She sat.¶He stood.¶Ann ran.\n\n\n\nIt stopped.¶They left.")
        assert [scene.span.of(page.text)[-8:] for scene in page.scenes] == ["Ann ran.", "ey left."]


PROSE = st.text(st.sampled_from(list("abIé '\"“”‘’«».,?!…—-_*#>\n\r\t`<&;1\u0301\ud800😀")), max_size=80)


@given(st.one_of(PROSE, st.text(max_size=60)), st.sampled_from(["plain", "markdown"]))
def test_wild_pages_hold_together(text: str, format: str) -> None:
    page = take_apart(from_text(text, format=format))
    place = 0
    for word in page.words:
        assert place <= word.start < word.end <= len(text)
        place = word.end
    place = first = 0
    for sentence in page.sentences:
        assert place <= sentence.span.start < sentence.span.end <= len(text)
        assert first <= sentence.words.start < sentence.words.stop
        assert all(sentence.span.holds(page.words[each]) for each in sentence.words)
        place, first = sentence.span.end, sentence.words.stop
    starts = [passage.span.start for passage in page.passages]
    assert starts == sorted(starts)
    for passage in page.passages:
        assert passage.span.holds(passage.inner)
        assert any(paragraph.span.holds(passage.span) for paragraph in page.paragraphs)
    assert len(in_speech(page)) == len(page.words)
    assert [scene.number for scene in page.scenes] == list(range(1, len(page.scenes) + 1))
