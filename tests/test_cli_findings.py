"""The command: the findings it lists, the checks it explains, how it fails, and what the terminal shows."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import proof
import pytest

import betareader
from betareader.errors import UnreadableManuscript
from betareader.reports import terminal
from betareader.reports.progress import Progress

Captured = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("by_hand")


def test_check_lists_findings_like_a_linter(story: Path, capsys: Captured) -> None:
    assert proof.run("check", story) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{story}:3:11: late. → late, — A tag follows. (full_stop_before_tag)",
        f"{story}:3:26: Teh → The — It is not a word. (misspelling)",
        f"{story}:3:35: wont → won't — An apostrophe is lost. (lost_apostrophe)",
        f'{story}:3:46: new paragraph at “"Let it."” — Another speaks. (new_speaker)',
        f"{story}:5:4: She␣␣looked → She␣looked — A space too many. (stray_space)",
        f"{story}:5:17: teh → the — It is not a word. (misspelling)",
        f"{story}:5:27: “maybe” — Is she unsure? (hedge)",
    ]
    assert proof.names_in(story.parent) == ["ferry.txt"]


def test_check_is_silent_on_a_clean_story(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "clean.txt"
    path.write_text("Nothing is wrong here.\n", encoding="utf-8")
    assert proof.run("check", path) == 0
    assert capsys.readouterr() == ("", "")


def test_check_goes_on_after_a_story_it_cannot_read(story: Path, capsys: Captured) -> None:
    assert proof.run("check", story.with_name("missing.txt"), story) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 7
    assert captured.err.startswith("betareader: There is no file")


def test_check_as_json(story: Path, capsys: Captured) -> None:
    assert proof.run("check", story, story, "--format", "json") == 1
    listed = json.loads(capsys.readouterr().out)
    assert [each["column"] for each in listed] == [11, 26, 35, 46, 4, 17, 27] * 2


def test_check_as_sarif(story: Path, capsys: Captured) -> None:
    assert proof.run("check", story, "--format", "sarif") == 1
    document = json.loads(capsys.readouterr().out)
    assert [each["ruleId"] for each in document["runs"][0]["results"]][-1] == "hedge"


# explain


def test_explain_prints_a_page(capsys: Captured) -> None:
    assert proof.run("explain", "lost-apostrophe") == 0
    assert capsys.readouterr().out == (
        "lost_apostrophe  (spelling, light depth)\n"
        "\n"
        "Mend a lost apostrophe.\n"
        "\n"
        "Because it is so.\n"
        "\n"
        "To leave such a thing as it is, name the check and the words in betareader.toml:\n"
        '  stet = ["lost_apostrophe: the words"]\n'
    )


def test_explain_lists_the_checks(capsys: Captured) -> None:
    assert proof.run("explain") == 0
    out = capsys.readouterr().out
    assert out.startswith("Spelling\n  misspelling           Mend a misspelling.\n")
    assert "\nDialogue\n  full_stop_before_tag  " in out


@pytest.mark.parametrize(
    ("name", "advice"),
    [("mispeling", "did you mean misspelling?"), ("xyz", "betareader explain lists them all.")],
)
def test_explain_suggests_near_names(name: str, advice: str, capsys: Captured) -> None:
    assert proof.run("explain", name) == 2
    assert capsys.readouterr().err == f"betareader: There is no check called {name}; {advice}\n"


# When things go wrong


def test_a_fault_of_ours_is_one_sentence(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr("betareader.reading.read", stumble)
    assert proof.run("edit", story) == 2
    assert capsys.readouterr().err == (
        "betareader: Something went wrong that is our fault, not your story's, and nothing was written; "
        "please report it (ZeroDivisionError: oh no).\n"
    )
    monkeypatch.setenv("BETAREADER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        proof.run("edit", story)


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [(KeyboardInterrupt(), 130, ""), (UnreadableManuscript("It is in French."), 2, "betareader: It is in French.\n")],
)
def test_stopping_and_errors(
    story: Path, error: BaseException, status: int, sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def stop(*_: object) -> None:
        raise error

    monkeypatch.setattr("betareader.reading.read", stop)
    assert proof.run("edit", story) == status
    assert capsys.readouterr() == ("", sentence)
    assert proof.names_in(story.parent) == ["ferry.txt"]


def test_a_closed_pipe_is_quiet() -> None:
    code = "import sys; from betareader.cli import main; sys.exit(main(['--help'])) if 0 else main(['explain'])"
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run([sys.executable, "-c", code], stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert done.stderr == b""


def test_help_and_version_as_a_command() -> None:
    command = [sys.executable, "-m", "betareader"]
    shown = subprocess.run([*command, "edit", "--help"], capture_output=True, text=True, check=True)
    assert "Exit status: 0 when the story was edited" in " ".join(shown.stdout.split())
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("betareader ")
    wrong = subprocess.run([*command, "edit"], capture_output=True, text=True, check=False)
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (2, False)


# On the terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_only_on_a_terminal_and_where_it_is_welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.wants_colour(Terminal())
    assert not terminal.wants_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.wants_colour(Terminal())


def test_colour_changes_nothing_but_colour() -> None:
    bare = terminal.summary(proof.done(), proof.checks(), colour=False)
    coloured = terminal.summary(proof.done(), proof.checks(), colour=True)
    assert "\x1b" not in bare
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        assert code in coloured
        coloured = coloured.replace(code, "")
    assert coloured == bare


def test_a_story_cannot_write_escapes_to_the_terminal(tmp_path: Path) -> None:
    done = proof.done("\x1b]0;evil\x07maybe \x9b31mteh \u202e", tmp_path / "\x1b[31m.txt")
    told = terminal.summary(done, proof.checks()) + "".join(terminal.findings(done))
    assert not {"\x1b", "\x9b", "\u202e", "\x07"} & set(told)


def test_nothing_to_say_is_said(tmp_path: Path) -> None:
    assert terminal.summary(proof.done("All is well."), proof.checks()) == (
        "Your story: 3 words, light edit.\n\n  Nothing to change and nothing to ask.\n"
    )


def test_progress_shows_after_a_while_and_clears_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("betareader.reports.progress._PATIENCE", 0.0)
    stream = Terminal()
    with Progress(stream) as progress:
        assert list(progress.over(["a", "b"], "Checking")) == ["a", "b"]
    assert stream.getvalue() == "" or stream.getvalue().endswith("\r\x1b[K")
    silent = io.StringIO()
    with Progress(silent) as progress:
        progress.now("Reading")
    assert silent.getvalue() == ""


# As a library


def test_the_public_names(story: Path) -> None:
    done = betareader.copyedit(betareader.read(story))
    assert betareader.write(done).decode() == proof.EDITED
    assert isinstance(done.edits[0], betareader.Edit)
    assert isinstance(done.queries[0], betareader.Query)
    assert isinstance(done.reading, betareader.Reading)
    assert isinstance(done.reading.style, betareader.Style)
    assert betareader.copyedit(betareader.read(done.reading.manuscript)) == done
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = betareader.nothing
