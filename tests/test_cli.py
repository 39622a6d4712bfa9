"""The command: what it writes, what it says, how it fails, and that nothing of the writer's is ever lost."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import proof
import pytest

from betareader.errors import CannotWrite
from betareader.reports import placing

Captured = pytest.CaptureFixture[str]


pytestmark = pytest.mark.usefixtures("by_hand")


def test_edit_writes_the_copy_and_the_report_beside_the_story(story: Path, capsys: Captured) -> None:
    assert proof.run("edit", story) == 0
    assert proof.names_in(story.parent) == ["ferry-edited.txt", "ferry-report.html", "ferry.txt"]
    assert story.read_text(encoding="utf-8") == proof.DRAFT
    assert story.with_name("ferry-edited.txt").read_text(encoding="utf-8") == proof.EDITED
    assert story.with_name("ferry-report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out == (
        "ferry.txt: 22 words, light edit.\n"
        "\n"
        "  5 changes\n"
        "    spelling        3  Teh → The · wont → won't · …\n"
        "    dialogue        1  late. → late,\n"
        '    paragraphs      1  new paragraph at “"Let it."”\n'
        "  1 silent change: 1 stray space\n"
        "  1 question for you\n"
        "    line 5  “maybe”: Is she unsure?\n"
        "\n"
        f"  Edited copy  {story.with_name('ferry-edited.txt')}\n"
        f"  Report       {story.with_name('ferry-report.html')}  every change and its reason\n"
    )


def test_markdown_keeps_its_suffix(tmp_path: Path) -> None:
    story = tmp_path / "Ferry.md"
    story.write_text(proof.DRAFT, encoding="utf-8")
    assert proof.run("edit", story) == 0
    assert proof.names_in(tmp_path) == ["Ferry-edited.md", "Ferry-report.html", "Ferry.md"]


def test_a_copy_left_as_it_was_is_made_anew(story: Path) -> None:
    assert proof.run("edit", story) == 0
    story.write_text("Teh end is near, maybe.\n", encoding="utf-8")
    assert proof.run("edit", story) == 0
    assert proof.names_in(story.parent) == ["ferry-edited.txt", "ferry-report.html", "ferry.txt"]
    assert story.with_name("ferry-edited.txt").read_text(encoding="utf-8") == "The end is near, maybe.\n"


def test_a_copy_that_was_worked_on_is_never_lost(story: Path) -> None:
    assert proof.run("edit", story) == 0
    copy = story.with_name("ferry-edited.txt")
    copy.write_text("hours of work", encoding="utf-8")
    assert proof.run("edit", story) == 0
    assert copy.read_text(encoding="utf-8") == "hours of work"
    assert story.with_name("ferry-edited-2.txt").read_text(encoding="utf-8") == proof.EDITED
    assert proof.run("edit", story) == 0
    assert proof.names_in(story.parent) == [
        "ferry-edited-2.txt",
        "ferry-edited.txt",
        "ferry-report-2.html",
        "ferry-report.html",
        "ferry.txt",
    ]


@pytest.mark.parametrize("name", ["ferry-edited.txt", "ferry-report.html"])
def test_a_file_of_the_writers_own_is_never_lost(story: Path, name: str) -> None:
    own = story.with_name(name)
    own.write_text("mine", encoding="utf-8")
    assert proof.run("edit", story) == 0
    assert own.read_text(encoding="utf-8") == "mine"
    assert proof.names_in(story.parent) == sorted(["ferry.txt", name, "ferry-edited-2.txt", "ferry-report-2.html"])


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "taken.txt"
    first = tmp_path / "first.txt"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"taken\.txt could not be written: file exists\. Nothing was changed\."):
        placing.place([placing.Sheet(first, (b"new",)), placing.Sheet(taken, (b"new",))])
    assert proof.names_in(tmp_path) == ["taken.txt"]
    assert taken.read_text(encoding="utf-8") == "mine"


def test_output_and_report_go_where_they_are_told(story: Path, tmp_path: Path) -> None:
    copy, report = tmp_path / "new.txt", tmp_path / "new.html"
    copy.write_text("old", encoding="utf-8")
    assert proof.run("edit", story, "-o", copy, "--report", report) == 0
    assert copy.read_text(encoding="utf-8") == proof.EDITED
    assert proof.names_in(tmp_path) == ["ferry.txt", "new.html", "new.txt"]


def link(story: Path, kind: str) -> Path:
    if kind == "itself":
        return story
    other = story.with_name("other.txt")
    if kind == "symlink":
        other.symlink_to(story)
    elif kind == "hard link":
        other.hardlink_to(story)
    else:
        return story.parent / "." / ".." / story.parent.name / story.name
    return other


@pytest.mark.parametrize("flag", ["-o", "--report"])
@pytest.mark.parametrize("kind", ["itself", "symlink", "hard link", "roundabout"])
def test_the_story_itself_is_never_the_output(story: Path, flag: str, kind: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        proof.run("edit", story, flag, link(story, kind))
    assert left.value.code == 2
    assert f"{flag} names the story itself" in capsys.readouterr().err
    assert story.read_text(encoding="utf-8") == proof.DRAFT


def test_one_file_cannot_be_both_copy_and_report(story: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        proof.run("edit", story, "-o", story.with_name("x"), "--report", story.with_name("x"))
    assert "name the same file" in capsys.readouterr().err


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The draft on standard input, and an empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(proof.DRAFT.encode())))
    return tmp_path


def test_from_standard_input_to_standard_output(typed: Path, capsys: Captured) -> None:
    assert proof.run("edit", "-") == 0
    captured = capsys.readouterr()
    assert captured.out == proof.EDITED
    assert captured.err.startswith("Your story: 22 words")
    assert proof.names_in(typed) == []


def test_from_standard_input_to_files(typed: Path, capsys: Captured) -> None:
    assert proof.run("edit", "-", "-o", "a.txt", "--report", "a.html") == 0
    assert proof.names_in(typed) == ["a.html", "a.txt"]
    assert capsys.readouterr().out.startswith("Your story: 22 words")


def test_json_writes_no_files(story: Path, capsys: Captured) -> None:
    assert proof.run("edit", story, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["manuscript"] == str(story)
    assert [edit["replacement"] for edit in document["edits"]] == [",", "he", "won't", "\n\n", " ", "he"]
    assert proof.names_in(story.parent) == ["ferry.txt"]


@pytest.mark.parametrize("flag", ["-o", "--report"])
def test_json_takes_no_file_names(story: Path, flag: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        proof.run("edit", story, "--json", flag, "x")
    assert "--json writes no files" in capsys.readouterr().err


def test_a_story_that_changes_while_it_is_read_is_left_alone(
    story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def read(*arguments: object) -> object:
        story.write_text("Another story by now.", encoding="utf-8")
        return proof.read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("betareader.reading.read", read)
    assert proof.run("edit", story) == 2
    assert "was changed while it was being read" in capsys.readouterr().err
    assert proof.names_in(story.parent) == ["ferry.txt"]


def test_a_folder_that_cannot_be_written_to(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert proof.run("edit", story) == 2
    assert capsys.readouterr().err == (
        f"betareader: {story.with_name('ferry-edited.txt')} could not be written: "
        "permission denied. Nothing was changed.\n"
    )
    assert proof.names_in(story.parent) == ["ferry.txt"]


def test_a_full_disk_leaves_nothing_behind(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    calls: list[int] = []

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert proof.run("edit", story) == 2
    assert "ferry-report.html could not be written: no space left on device." in capsys.readouterr().err
    assert proof.names_in(story.parent) == ["ferry.txt"]


@pytest.mark.parametrize("output", ["folder", "nowhere/copy.txt", "/dev/null"])
def test_an_output_that_cannot_be(story: Path, output: str, capsys: Captured) -> None:
    story.with_name("folder").mkdir()
    assert proof.run("edit", story, "-o", story.parent / output) == 2
    assert "could not be written" in capsys.readouterr().err
    assert proof.names_in(story.parent) == ["ferry.txt", "folder"]


def test_new_files_get_the_usual_permissions(story: Path) -> None:
    assert proof.run("edit", story) == 0
    usual = story.with_name("usual")
    usual.touch()
    assert story.with_name("ferry-edited.txt").stat().st_mode == usual.stat().st_mode


def test_where_links_cannot_be_made_files_are_moved(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert proof.run("edit", story) == 0
    assert proof.names_in(story.parent) == ["ferry-edited.txt", "ferry-report.html", "ferry.txt"]


# Bad input


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("missing.txt", None, "There is no file"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n ", "holds nothing but white space"),
        ("zip.txt", b"PK\x03\x04 and so on", "is cut short or damaged"),
        ("binary.txt", b"MZ\0\0\x90\0" * 400, "is not a text file"),
        ("story.xyz", b"Once.", "is not a kind of file that can be read"),
    ],
)
@pytest.mark.parametrize("command", ["edit", "check"])
def test_what_cannot_be_read_gets_one_sentence(
    tmp_path: Path, command: str, name: str, data: bytes | None, sentence: str, capsys: Captured
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    assert proof.run(command, path) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("betareader: ")
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert proof.names_in(tmp_path) == ([name] if data is not None else [])


def test_a_folder_is_not_a_story(tmp_path: Path, capsys: Captured) -> None:
    assert proof.run("edit", tmp_path) == 2
    assert "is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["edit", "check"])
def test_a_style_nobody_knows(story: Path, command: str, capsys: Captured) -> None:
    assert proof.run(command, story, "--style", "nosuch") == 2
    assert "There is no style file nosuch" in capsys.readouterr().err
    assert proof.names_in(story.parent) == ["ferry.txt"]


def test_the_style_file_beside_the_story_is_kept_to(story: Path, capsys: Captured) -> None:
    story.with_name("betareader.toml").write_text('stet = ["lost_apostrophe: wont"]', encoding="utf-8")
    assert proof.run("edit", story, "--json", "--style", "chicago", "--depth", "medium") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["depth"] == "medium"
    assert "lost_apostrophe" not in {edit["check"] for edit in document["edits"]}


def test_a_stet_for_no_check_is_pointed_out(story: Path, capsys: Captured) -> None:
    story.with_name("betareader.toml").write_text('stet = ["mispelling"]', encoding="utf-8")
    assert proof.run("edit", story, "--json") == 0
    sentence = "There is no check called mispelling; did you mean misspelling?"
    assert capsys.readouterr().err == f"betareader: One stet does nothing. {sentence}\n"
