"""LibreOffice opens what was written, takes and refuses the changes, and shows the comments."""

from __future__ import annotations

import warnings
from pathlib import Path

import office
import pytest
import test_docx
import word
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from office import Comment, Seen
from opendocument import SIGNS, body, flat, packed, text_of, texts
from test_docx import DRAWN, edits_of

from betareader.desk import apply
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span

CASES = 24
"""Random texts of each kind."""

Drawn = list[tuple[int, int, str]]
Case = tuple[bytes, Drawn]
Judged = tuple[Manuscript, list[Edit], list[Query], bytes, Seen]


@pytest.fixture(autouse=True)
def libreoffice() -> None:
    if office.python() is None:
        warnings.warn("THERE IS NO LIBREOFFICE: what is written was not opened in it.", stacklevel=1)
        pytest.skip("no LibreOffice with Python on this machine")


def gathered(texts: st.SearchStrategy[bytes]) -> list[Case]:
    """Random texts, and what is to be edited in each."""
    found: list[Case] = []

    @settings(max_examples=CASES, phases=[Phase.generate], database=None)
    @given(texts, DRAWN)
    def gather(data: bytes, drawn: Drawn) -> None:
        found.append((data, drawn))

    gather()
    return found


def judged(cases: list[Case], suffix: str, folder: Path) -> list[Judged]:
    """Every case written with its edits, as LibreOffice sees it."""
    done = []
    paths = []
    for number, (data, drawn) in enumerate(cases):
        manuscript = read(None, data)
        edits = edits_of(manuscript, drawn)
        queries = [Query(Span(start, start + length), "Is it?") for start, length, _ in drawn]
        paths.append(folder / f"{number}{suffix}")
        paths[-1].write_bytes(write(manuscript, edits, queries))
        done.append((manuscript, edits, queries, data))
    return [(*each, seen) for each, seen in zip(done, office.look(paths), strict=True)]


def is_sound(text: str) -> bool:
    """Whether each change of another hand is used at most once."""
    return text.count('<text:change text:change-id="k1"') < 2 and text.count('start text:change-id="k2"') < 2


def ours(seen: Seen) -> list[str]:
    return [comment.words for comment in seen.comments if comment.author == "betareader"]


def test_opendocument(tmp_path: Path) -> None:
    cases = gathered(texts(SIGNS).filter(is_sound).map(lambda text: packed(body(text))))
    for manuscript, edits, queries, data, seen in judged(cases, ".odt", tmp_path):
        assert seen.accepted == apply(manuscript.text, edits)
        assert seen.rejected == text_of(data, refuse=["Ann"])
        assert ours(seen) == ["Is it?"] * len(queries)


LOOKS = ("", "<w:i/>", "<w:b/>")
RUNS = st.one_of(
    test_docx.TEXTS,
    st.builds(word.run, test_docx.WORDS, st.sampled_from(LOOKS)),
    st.sampled_from(
        (
            "<w:r><w:tab/><w:t>x</w:t><w:br/></w:r>",
            "<w:r><w:t>so</w:t><w:softHyphen/><w:t>ft</w:t><w:noBreakHyphen/></w:r>",
            '<w:bookmarkStart w:id="3" w:name="x"/><w:bookmarkEnd w:id="3"/><w:proofErr w:type="spellStart"/>',
        )
    ),
)
PARAGRAPHS = st.builds(
    lambda inside, properties: word.paragraph(*inside, properties=properties),
    st.lists(RUNS, max_size=5),
    st.sampled_from(("", '<w:jc w:val="both"/>', "<w:rPr><w:i/></w:rPr>")),
)
DOCUMENTS = st.lists(PARAGRAPHS, min_size=1, max_size=5).map(
    lambda inside: word.packed(word.document(*inside, word.paragraph("The end.")))
)


def test_word(tmp_path: Path) -> None:
    for manuscript, edits, queries, _, seen in judged(gathered(DOCUMENTS), ".docx", tmp_path):
        assert seen.accepted == apply(manuscript.text, edits)
        assert seen.rejected == manuscript.text
        assert ours(seen) == ["Is it?"] * len(queries)


STORY = "“I know.” She sat down on the old wall. “Do you?” he said."


def at(words: str) -> Span:
    return Span(STORY.index(words), STORY.index(words) + len(words))


EDITS = (
    Edit(at("down "), "", "Said twice."),
    Edit(at(" “"), "\n\n“", "A new speaker."),
    Edit(at("said"), "asked", "It is a question."),
)
QUERIES = (Query(at("She sat"), "Where?"), Query(at("Do you"), "Who?"))


def test_a_story_and_its_comments(tmp_path: Path) -> None:
    paths = []
    for suffix, data in (
        (".odt", packed(body(f"<text:p>{STORY}</text:p>"))),
        (".fodt", flat(f"<text:p>{STORY}</text:p>")),
        (".docx", word.packed(word.document(STORY))),
    ):
        manuscript = read(None, data)
        assert manuscript.text == STORY
        paths.append(tmp_path / f"story{suffix}")
        paths[-1].write_bytes(write(manuscript, EDITS, QUERIES, Manner(reasons=True)))
    for seen in office.look(paths):
        assert seen.accepted == apply(STORY, EDITS)
        assert seen.rejected == STORY
        assert seen.changes == {"betareader"}
        assert {comment for comment in seen.comments if comment.words in ("Where?", "Who?")} == {
            Comment("betareader", "Where?", "She sat"),
            Comment("betareader", "Who?", "Do you"),
        }
        assert {comment.words for comment in seen.comments} == {
            "Where?", "Who?", "Said twice.", "A new speaker.", "It is a question.",
        }  # fmt: skip
