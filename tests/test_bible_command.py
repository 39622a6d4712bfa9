"""The command `bible`: where it writes, what it says, and that nothing of the writer's is ever lost."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import ferry
import proof
import pytest

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(ferry.TEXT, encoding="utf-8")
    return path


def test_the_command_writes_a_page_beside_the_story(story: Path, capsys: Captured) -> None:
    assert proof.run("bible", story) == 0
    assert proof.names_in(story.parent) == ["ferry-bible.html", "ferry.txt"]
    assert story.read_text(encoding="utf-8") == ferry.TEXT
    bible = story.with_name("ferry-bible.html")
    assert "<h1>The story bible of <bdi>The Ferry</bdi></h1>" in bible.read_text(encoding="utf-8")
    captured = capsys.readouterr()
    assert captured.err == ""
    assert captured.out.startswith("ferry.txt: 38 words.\n")
    assert captured.out.endswith(f"\n  Story bible  {bible}\n")


def test_our_own_page_is_made_anew_and_yours_is_kept(story: Path) -> None:
    assert proof.run("bible", story) == 0
    assert proof.run("bible", story) == 0
    assert proof.names_in(story.parent) == ["ferry-bible.html", "ferry.txt"]
    story.with_name("ferry-bible.html").write_text("mine", encoding="utf-8")
    assert proof.run("bible", story) == 0
    assert proof.names_in(story.parent) == ["ferry-bible-2.html", "ferry-bible.html", "ferry.txt"]
    assert story.with_name("ferry-bible.html").read_text(encoding="utf-8") == "mine"


def test_other_formats_go_to_standard_output(story: Path, capsys: Captured) -> None:
    assert proof.run("bible", story, "--format", "md") == 0
    assert capsys.readouterr().out.startswith("# The story bible of The Ferry\n\n38 words, 2 scenes, ")
    assert proof.run("bible", story, "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["manuscript"], document["words"]) == (str(story), 38)
    assert proof.names_in(story.parent) == ["ferry.txt"]


@pytest.mark.parametrize("kind", ["html", "md", "json"])
def test_the_bible_goes_where_it_is_told(story: Path, kind: str, capsys: Captured) -> None:
    output = story.with_name("bible.out")
    assert proof.run("bible", story, "--format", kind, "--output", output) == 0
    assert proof.names_in(story.parent) == ["bible.out", "ferry.txt"]
    written = output.read_bytes()
    capsys.readouterr()
    assert proof.run("bible", story, "--format", kind, "--output", "-") == 0
    assert capsys.readouterr().out.encode() == written


def test_the_story_itself_is_never_the_bible(story: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        proof.run("bible", story, "--output", story)
    assert left.value.code == 2
    assert "-o names the story itself" in capsys.readouterr().err
    assert story.read_text(encoding="utf-8") == ferry.TEXT


def test_a_story_from_a_pipe(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Captured) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ferry.TEXT.encode())))
    assert proof.run("bible", "-") == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
    assert proof.names_in(tmp_path) == []


def test_a_story_that_cannot_be_read(tmp_path: Path, capsys: Captured) -> None:
    assert proof.run("bible", tmp_path / "missing.txt") == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_bible_needs_no_reader_of_context(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def refuse() -> None:
        raise AssertionError("the reader was asked for")

    monkeypatch.setattr("betareader.reading.load_reader", refuse)
    assert proof.run("bible", story, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["words"] == 38
