"""The command: what it writes, what it says, how it fails, and that nothing of the writer's is ever lost."""

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
from betareader import cli
from betareader.errors import CannotWrite, UnreadableManuscript
from betareader.reports import placing, terminal
from betareader.reports.progress import Progress

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings and checks of the tests' own, so that nothing here hangs on what a real check finds."""
    monkeypatch.setattr("betareader.reading.read", proof.read)
    monkeypatch.setattr("betareader.checks.catalogue", proof.checks)
    monkeypatch.delenv("BETAREADER_DEBUG", raising=False)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(proof.DRAFT, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> int:
    return cli.main([str(argument) for argument in arguments])


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# edit


def test_edit_writes_the_copy_and_the_report_beside_the_story(story: Path, capsys: Captured) -> None:
    assert run("edit", story) == 0
    assert names_in(story.parent) == ["ferry-edited.txt", "ferry-report.html", "ferry.txt"]
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
    assert run("edit", story) == 0
    assert names_in(tmp_path) == ["Ferry-edited.md", "Ferry-report.html", "Ferry.md"]


def test_a_copy_left_as_it_was_is_made_anew(story: Path) -> None:
    assert run("edit", story) == 0
    story.write_text("Teh end is near, maybe.\n", encoding="utf-8")
    assert run("edit", story) == 0
    assert names_in(story.parent) == ["ferry-edited.txt", "ferry-report.html", "ferry.txt"]
    assert story.with_name("ferry-edited.txt").read_text(encoding="utf-8") == "The end is near, maybe.\n"


def test_a_copy_that_was_worked_on_is_never_lost(story: Path) -> None:
    assert run("edit", story) == 0
    copy = story.with_name("ferry-edited.txt")
    copy.write_text("hours of work", encoding="utf-8")
    assert run("edit", story) == 0
    assert copy.read_text(encoding="utf-8") == "hours of work"
    assert story.with_name("ferry-edited-2.txt").read_text(encoding="utf-8") == proof.EDITED
    assert run("edit", story) == 0
    assert names_in(story.parent) == [
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
    assert run("edit", story) == 0
    assert own.read_text(encoding="utf-8") == "mine"
    assert names_in(story.parent) == sorted(["ferry.txt", name, "ferry-edited-2.txt", "ferry-report-2.html"])


def test_a_file_that_appears_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    taken = tmp_path / "taken.txt"
    first = tmp_path / "first.txt"
    taken.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"taken\.txt could not be written: file exists\. Nothing was changed\."):
        placing.place([placing.Sheet(first, b"new"), placing.Sheet(taken, b"new")])
    assert names_in(tmp_path) == ["taken.txt"]
    assert taken.read_text(encoding="utf-8") == "mine"


def test_output_and_report_go_where_they_are_told(story: Path, tmp_path: Path) -> None:
    copy, report = tmp_path / "new.txt", tmp_path / "new.html"
    copy.write_text("old", encoding="utf-8")
    assert run("edit", story, "-o", copy, "--report", report) == 0
    assert copy.read_text(encoding="utf-8") == proof.EDITED
    assert names_in(tmp_path) == ["ferry.txt", "new.html", "new.txt"]


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
        run("edit", story, flag, link(story, kind))
    assert left.value.code == 2
    assert f"{flag} names the story itself" in capsys.readouterr().err
    assert story.read_text(encoding="utf-8") == proof.DRAFT


def test_one_file_cannot_be_both_copy_and_report(story: Path, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        run("edit", story, "-o", story.with_name("x"), "--report", story.with_name("x"))
    assert "name the same file" in capsys.readouterr().err


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The draft on standard input, and an empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(proof.DRAFT.encode())))
    return tmp_path


def test_from_standard_input_to_standard_output(typed: Path, capsys: Captured) -> None:
    assert run("edit", "-") == 0
    captured = capsys.readouterr()
    assert captured.out == proof.EDITED
    assert captured.err.startswith("Your story: 22 words")
    assert names_in(typed) == []


def test_from_standard_input_to_files(typed: Path, capsys: Captured) -> None:
    assert run("edit", "-", "-o", "a.txt", "--report", "a.html") == 0
    assert names_in(typed) == ["a.html", "a.txt"]
    assert capsys.readouterr().out.startswith("Your story: 22 words")


def test_json_writes_no_files(story: Path, capsys: Captured) -> None:
    assert run("edit", story, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["manuscript"] == str(story)
    assert [edit["replacement"] for edit in document["edits"]] == [",", "he", "won't", "\n\n", " ", "he"]
    assert names_in(story.parent) == ["ferry.txt"]


@pytest.mark.parametrize("flag", ["-o", "--report"])
def test_json_takes_no_file_names(story: Path, flag: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        run("edit", story, "--json", flag, "x")
    assert "--json writes no files" in capsys.readouterr().err


def test_a_story_that_changes_while_it_is_read_is_left_alone(
    story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def read(*arguments: object) -> object:
        story.write_text("Another story by now.", encoding="utf-8")
        return proof.read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("betareader.reading.read", read)
    assert run("edit", story) == 2
    assert "was changed while it was being read" in capsys.readouterr().err
    assert names_in(story.parent) == ["ferry.txt"]


def test_a_folder_that_cannot_be_written_to(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert run("edit", story) == 2
    assert capsys.readouterr().err == (
        f"betareader: {story.with_name('ferry-edited.txt')} could not be written: "
        "permission denied. Nothing was changed.\n"
    )
    assert names_in(story.parent) == ["ferry.txt"]


def test_a_full_disk_leaves_nothing_behind(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    calls: list[int] = []

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert run("edit", story) == 2
    assert "ferry-report.html could not be written: no space left on device." in capsys.readouterr().err
    assert names_in(story.parent) == ["ferry.txt"]


@pytest.mark.parametrize("output", ["folder", "nowhere/copy.txt", "/dev/null"])
def test_an_output_that_cannot_be(story: Path, output: str, capsys: Captured) -> None:
    story.with_name("folder").mkdir()
    assert run("edit", story, "-o", story.parent / output) == 2
    assert "could not be written" in capsys.readouterr().err
    assert names_in(story.parent) == ["ferry.txt", "folder"]


def test_new_files_get_the_usual_permissions(story: Path) -> None:
    assert run("edit", story) == 0
    usual = story.with_name("usual")
    usual.touch()
    assert story.with_name("ferry-edited.txt").stat().st_mode == usual.stat().st_mode


def test_where_links_cannot_be_made_files_are_moved(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert run("edit", story) == 0
    assert names_in(story.parent) == ["ferry-edited.txt", "ferry-report.html", "ferry.txt"]


# Bad input


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("missing.txt", None, "There is no file"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\n ", "holds nothing but white space"),
        ("zip.txt", b"PK\x03\x04 and so on", "is a zip file"),
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
    assert run(command, path) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("betareader: ")
    assert sentence in captured.err
    assert captured.err.count("\n") == 1
    assert names_in(tmp_path) == ([name] if data is not None else [])


def test_a_folder_is_not_a_story(tmp_path: Path, capsys: Captured) -> None:
    assert run("edit", tmp_path) == 2
    assert "is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["edit", "check"])
def test_a_style_nobody_knows(story: Path, command: str, capsys: Captured) -> None:
    assert run(command, story, "--style", "nosuch") == 2
    assert "There is no style file nosuch" in capsys.readouterr().err
    assert names_in(story.parent) == ["ferry.txt"]


def test_the_style_file_beside_the_story_is_kept_to(story: Path, capsys: Captured) -> None:
    story.with_name("betareader.toml").write_text('stet = ["lost_apostrophe: wont"]', encoding="utf-8")
    assert run("edit", story, "--json", "--style", "chicago", "--depth", "medium") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["depth"] == "medium"
    assert "lost_apostrophe" not in {edit["check"] for edit in document["edits"]}


def test_a_stet_for_no_check_is_pointed_out(story: Path, capsys: Captured) -> None:
    story.with_name("betareader.toml").write_text('stet = ["mispelling"]', encoding="utf-8")
    assert run("edit", story, "--json") == 0
    sentence = "There is no check called mispelling; did you mean misspelling?"
    assert capsys.readouterr().err == f"betareader: One stet does nothing. {sentence}\n"


# check


def test_check_lists_findings_like_a_linter(story: Path, capsys: Captured) -> None:
    assert run("check", story) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{story}:3:11: late. → late, — A tag follows. (full_stop_before_tag)",
        f"{story}:3:26: Teh → The — It is not a word. (misspelling)",
        f"{story}:3:35: wont → won't — An apostrophe is lost. (lost_apostrophe)",
        f'{story}:3:46: new paragraph at “"Let it."” — Another speaks. (new_speaker)',
        f"{story}:5:4: She␣␣looked → She␣looked — A space too many. (stray_space)",
        f"{story}:5:17: teh → the — It is not a word. (misspelling)",
        f"{story}:5:27: “maybe” — Is she unsure? (hedge)",
    ]
    assert names_in(story.parent) == ["ferry.txt"]


def test_check_is_silent_on_a_clean_story(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "clean.txt"
    path.write_text("Nothing is wrong here.\n", encoding="utf-8")
    assert run("check", path) == 0
    assert capsys.readouterr() == ("", "")


def test_check_goes_on_after_a_story_it_cannot_read(story: Path, capsys: Captured) -> None:
    assert run("check", story.with_name("missing.txt"), story) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 7
    assert captured.err.startswith("betareader: There is no file")


def test_check_as_json(story: Path, capsys: Captured) -> None:
    assert run("check", story, story, "--format", "json") == 1
    listed = json.loads(capsys.readouterr().out)
    assert [each["column"] for each in listed] == [11, 26, 35, 46, 4, 17, 27] * 2


def test_check_as_sarif(story: Path, capsys: Captured) -> None:
    assert run("check", story, "--format", "sarif") == 1
    document = json.loads(capsys.readouterr().out)
    assert [each["ruleId"] for each in document["runs"][0]["results"]][-1] == "hedge"


# explain


def test_explain_prints_a_page(capsys: Captured) -> None:
    assert run("explain", "lost-apostrophe") == 0
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
    assert run("explain") == 0
    out = capsys.readouterr().out
    assert out.startswith("Spelling\n  misspelling           Mend a misspelling.\n")
    assert "\nDialogue\n  full_stop_before_tag  " in out


@pytest.mark.parametrize(
    ("name", "advice"),
    [("mispeling", "did you mean misspelling?"), ("xyz", "betareader explain lists them all.")],
)
def test_explain_suggests_near_names(name: str, advice: str, capsys: Captured) -> None:
    assert run("explain", name) == 2
    assert capsys.readouterr().err == f"betareader: There is no check called {name}; {advice}\n"


# When things go wrong


def test_a_fault_of_ours_is_one_sentence(story: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("oh\nno")

    monkeypatch.setattr("betareader.reading.read", stumble)
    assert run("edit", story) == 2
    assert capsys.readouterr().err == (
        "betareader: Something went wrong that is our fault, not your story's, and nothing was written; "
        "please report it (ZeroDivisionError: oh no).\n"
    )
    monkeypatch.setenv("BETAREADER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("edit", story)


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
    assert run("edit", story) == status
    assert capsys.readouterr() == ("", sentence)
    assert names_in(story.parent) == ["ferry.txt"]


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
