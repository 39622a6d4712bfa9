"""The command with stories in other formats than plain text: what is tracked, what is simply made, and what is asked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import proof
import pytest
from word import document, packed, part, refused, taken

from betareader.formats import read

pytestmark = pytest.mark.usefixtures("by_hand")

Captured = pytest.CaptureFixture[str]

PAGE = '"It\'s late." Ana said. Teh ferry, maybe.'
EDITED = '"It\'s late," Ana said. The ferry, maybe.'


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "Ferry.docx"
    path.write_bytes(packed(document("The Ferry", PAGE, "Nothing here.")))
    return path


def test_a_word_document_comes_back_tracked_with_the_questions_as_comments(ferry: Path, capsys: Captured) -> None:
    assert proof.run("edit", ferry) == 0
    assert proof.names_in(ferry.parent) == ["Ferry-edited.docx", "Ferry-report.html", "Ferry.docx"]
    data = ferry.with_name("Ferry-edited.docx").read_bytes()
    assert taken(data) == f"The Ferry\n\n{EDITED}\n\nNothing here."
    assert refused(data) == f"The Ferry\n\n{PAGE}\n\nNothing here."
    comments = part(data, "word/comments.xml")
    assert comments.count("<w:comment ") == 1
    assert ">Is she unsure?<" in comments
    assert "    paragraph 2  “maybe”: Is she unsure?\n" in capsys.readouterr().out


def test_a_clean_copy_is_made_when_asked_for(ferry: Path) -> None:
    assert proof.run("edit", ferry, "--accept") == 0
    data = ferry.with_name("Ferry-edited.docx").read_bytes()
    assert refused(data) == taken(data) == f"The Ferry\n\n{EDITED}\n\nNothing here."


def test_reasons_are_comments_when_asked_for(ferry: Path) -> None:
    assert proof.run("edit", ferry, "--reasons") == 0
    comments = part(ferry.with_name("Ferry-edited.docx").read_bytes(), "word/comments.xml")
    assert comments.count("<w:comment ") == 3


def test_plain_text_has_no_room_for_tracked_changes(story: Path, capsys: Captured) -> None:
    assert proof.run("edit", story, "--track") == 2
    assert proof.names_in(story.parent) == ["ferry.txt"]
    assert capsys.readouterr().err == (
        "betareader: There is no room for tracked changes and comments in plain text; leave out --track and --reasons. "
        "The report shows every change and its reason.\n"
    )


def test_a_copy_is_no_other_format_than_the_story(ferry: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        proof.run("edit", ferry, "-o", ferry.with_name("clean.txt"))
    assert "the copy is a Word document as the story is; end its name in .docx" in capsys.readouterr().err
    assert proof.names_in(ferry.parent) == ["Ferry.docx"]


def test_a_wrong_suffix_is_told_and_mended_in_the_copy(ferry: Path, capsys: Captured) -> None:
    wrong = ferry.rename(ferry.with_name("Ferry.txt"))
    assert proof.run("edit", wrong) == 0
    assert proof.names_in(wrong.parent) == ["Ferry-edited.docx", "Ferry-report.html", "Ferry.txt"]
    assert "The file's name ends in .txt, but it is a Word document; it was read as that." in capsys.readouterr().out


def test_pictures_are_copied_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "Ferry.docx"
    path.write_bytes(packed(document(PAGE), {"word/media/image1.png": b"\x89PNG" + bytes(range(256)) * 40}))
    assert proof.run("edit", path) == 0
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(path.with_name("Ferry-edited.docx")) as after:
        assert after.testzip() is None
        assert [each.filename for each in after.infolist()] == [*before.namelist(), "word/comments.xml"]
        assert after.read("word/media/image1.png") == before.read("word/media/image1.png")
    assert read(path).text == PAGE
