"""The command: `betareader edit`, `check`, `bible` and `explain`.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from betareader.errors import BetareaderError, StaleManuscript, UnreadableManuscript
from betareader.style import DEPTHS

if TYPE_CHECKING:
    from betareader.checks.check import Check
    from betareader.desk import Copyedit
    from betareader.manuscript import Manuscript
    from betareader.reading import Reading
    from betareader.reports.progress import Progress
    from betareader.style import Wishes

_STORY = "a .txt or .md file, or - for standard input"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; no traceback reaches the writer.

    With BETAREADER_DEBUG=1 in the environment a fault of ours is raised instead.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BetareaderError as error:
        return _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _close_pipe()
        return 141
    except Exception as fault:
        if os.environ.get("BETAREADER_DEBUG") == "1":
            raise
        summary = " ".join(f"{type(fault).__name__}: {fault}".split())[:300]
        return _complain(
            "Something went wrong that is our fault, not your story's, and nothing was written; "
            f"please report it ({summary}).",
            2,
        )
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="betareader",
        description="The careful friend who reads your story before you post it.",
        epilog="Start with: betareader edit STORY.txt",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, help="say which version this is")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    edit = commands.add_parser(
        "edit",
        help="make an edited copy and a report of every change",
        description="Read a story and write, beside it, STORY-edited.txt, the edited copy, and STORY-report.html, "
        "a page that shows every change in its place and why it was made.  The story itself is never written to, and "
        "a copy you have worked on is never written over: the next one is STORY-edited-2.txt.",
        epilog="Exit status: 0 when the story was edited, changes or none; 2 when it could not be.",
        allow_abbrev=False,
    )
    edit.add_argument("story", metavar="STORY", help=f"{_STORY}, whose edited copy goes to standard output")
    edit.add_argument("-o", "--output", metavar="FILE", help="where to put the edited copy (- for standard output)")
    edit.add_argument("--report", metavar="FILE", help="where to put the report")
    edit.add_argument("--json", action="store_true", help="write one JSON document to standard output, and no files")
    edit.set_defaults(run=_edit, parser=edit)

    check = commands.add_parser(
        "check",
        help="list what would be changed or asked, a line each",
        description="List every finding with its line and column, and write nothing.",
        epilog="Exit status: 0 when there is nothing to say, 1 when there is, 2 when a story could not be read.",
        allow_abbrev=False,
    )
    check.add_argument("stories", metavar="STORY", nargs="+", help=_STORY)
    check.add_argument("--format", choices=("text", "json", "sarif"), default="text", help="text is the default")
    check.set_defaults(run=_check, parser=check)

    bible = commands.add_parser(
        "bible",
        help="say who is in the story, who says what, where and when",
        description="Read a story and write, beside it, STORY-bible.html, a page that shows its cast, who speaks to "
        "whom, its scenes, places and times, and who says each line.  The story itself is never written to, nor is a "
        "file of your own that has that name: the page is then STORY-bible-2.html.",
        epilog="Exit status: 0 when the bible was made, 2 when it could not be.",
        allow_abbrev=False,
    )
    bible.add_argument("story", metavar="STORY", help=f"{_STORY}, whose bible goes to standard output")
    bible.add_argument(
        "--format",
        choices=("html", "md", "json"),
        default="html",
        help="a page to look at (the default), or Markdown or JSON, which go to standard output",
    )
    bible.add_argument("-o", "--output", metavar="FILE", help="where to put the bible (- for standard output)")
    bible.set_defaults(run=_bible, parser=bible)

    for command in (edit, check):
        command.add_argument(
            "--depth",
            choices=DEPTHS,
            help="how much to touch: light (the default) mends what is plainly wrong, medium also what is doubtful or "
            "a matter of house style, heavy also asks about the prose",
        )
    for command in (edit, check, bible):
        command.add_argument(
            "--fast",
            action="store_true",
            help="read closely only where something looks wrong at a glance: quicker, and more commas that should be full "
            "stops are missed",
        )
        command.add_argument(
            "--style", metavar="NAME|FILE", help="chicago, new-hart, or a style file such as betareader.toml"
        )

    explain = commands.add_parser(
        "explain",
        help="say what a check looks for, and why",
        description="Print a check's page; without a name, list the checks.",
        allow_abbrev=False,
    )
    explain.add_argument("check", metavar="CHECK", nargs="?", help="the name of a check")
    explain.set_defaults(run=_explain, parser=explain)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"betareader {_version()}")
        parser.exit()


def _edit(options: argparse.Namespace) -> int:
    from betareader.formats import write
    from betareader.reports import page, record, terminal
    from betareader.reports.placing import Sheet, place, sign
    from betareader.reports.progress import Progress

    if options.json and (options.output or options.report):
        options.parser.error("--json writes no files, so it takes neither -o nor --report")
    story = None if options.story == "-" else Path(options.story)
    to_stdout = options.output == "-" or (story is None and options.output is None)
    seen = _trace(story)
    copy, report = (None, None) if options.json else _places(options, story, to_stdout)
    told = {path for path in (options.output, options.report) if path}
    with Progress(sys.stderr) as progress:
        checks = _catalogue()
        copyedit = _copyedit(story, _doubt_stets(_wishes(options, story), checks), checks, options.fast, progress)
        if options.json:
            print(record.to_json(record.record(copyedit, _version())))
            return 0
        progress.now("Writing")
        data = write(copyedit.reading.manuscript, copyedit.edits)
        sheets = [Sheet(copy, data, over=str(copy) in told or copy.is_file())] if copy else []
        if report:
            html = page.render(copyedit, checks, copy=sign(data)).encode("utf-8")
            sheets.append(Sheet(report, html, over=str(report) in told or report.is_file()))
        if _trace(story) != seen:
            raise StaleManuscript(f"{story} was changed while it was being read; nothing was written. Run it again.")
        place(sheets)
    if to_stdout:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    stream = sys.stderr if to_stdout else sys.stdout
    colour = terminal.wants_colour(stream)
    stream.write(terminal.summary(copyedit, checks, copy=copy, report=report, colour=colour))
    return 0


def _check(options: argparse.Namespace) -> int:
    from betareader.reports import record, terminal
    from betareader.reports.progress import Progress
    from betareader.reports.sarif import sarif

    checks = _catalogue()
    done: list[Copyedit] = []
    status = 0
    colour = terminal.wants_colour(sys.stdout)
    for name in options.stories:
        story = None if name == "-" else Path(name)
        try:
            with Progress(sys.stderr) as progress:
                copyedit = _copyedit(
                    story, _doubt_stets(_wishes(options, story), checks), checks, options.fast, progress
                )
        except UnreadableManuscript as error:
            status = _complain(str(error), error.exit_code)
            continue
        if copyedit.edits or copyedit.queries:
            status = max(status, 1)
        if options.format == "text":
            for line in terminal.findings(copyedit, colour=colour):
                print(line)
            for skipped in copyedit.skipped:
                _complain(f"the check {skipped.check} could not run ({skipped.reason})", 0)
        else:
            done.append(copyedit)
    if options.format == "json":
        print(record.to_json([finding for copyedit in done for finding in record.findings(copyedit)]))
    elif options.format == "sarif":
        print(record.to_json(sarif(done, checks, _version())))
    return status


def _bible(options: argparse.Namespace) -> int:
    from betareader.reports import bible_page, bible_record, record, terminal
    from betareader.reports.placing import Sheet, place
    from betareader.reports.progress import Progress

    story = None if options.story == "-" else Path(options.story)
    path = _bible_place(options, story)
    seen = _trace(story)
    with Progress(sys.stderr) as progress:
        reading = _skim(story, _wishes(options, story), progress)
        progress.now("Writing")
        if options.format == "json":
            bible = record.to_json(bible_record.document(reading, _version())) + "\n"
        else:
            bible = bible_page.render(reading) if options.format == "html" else bible_record.markdown(reading)
        if _trace(story) != seen:
            raise StaleManuscript(f"{story} was changed while it was being read; nothing was written. Run it again.")
        if path:
            place([Sheet(path, bible.encode("utf-8"), over=bool(options.output) or path.is_file())])
    if path:
        sys.stdout.write(terminal.bible_summary(reading, path, colour=terminal.wants_colour(sys.stdout)))
    else:
        sys.stdout.buffer.write(bible.encode("utf-8"))
        sys.stdout.flush()
    return 0


def _explain(options: argparse.Namespace) -> int:
    from betareader.reports.explain import contents, explain

    checks = _catalogue()
    print(contents(checks) if options.check is None else explain(options.check, checks), end="")
    return 0


def _copyedit(story: Path | None, wishes: Wishes, checks: Sequence[Check], fast: bool, progress: Progress) -> Copyedit:
    """Read the story and go over it with every check."""
    manuscript = _manuscript(story)
    progress.now("Reading")
    from betareader.desk import copyedit
    from betareader.model import load_reader
    from betareader.reading import read

    reader = load_reader("fast" if fast else "whole")
    return copyedit(read(manuscript, wishes, reader), progress.over(checks, "Checking"))


def _manuscript(story: Path | None) -> Manuscript:
    from betareader import formats

    data = sys.stdin.buffer.read() if story is None else None
    return formats.read(story, data)


def _skim(story: Path | None, wishes: Wishes, progress: Progress) -> Reading:
    """Read the story for its bible."""
    manuscript = _manuscript(story)
    progress.now("Reading")
    from betareader.reading import skim

    return skim(manuscript, wishes)


def _wishes(options: argparse.Namespace, story: Path | None) -> Wishes:
    """What the flags ask for, then a style file, then a preset.

    A style file that is named goes before the one beside the story; a preset that is named comes after it.
    """
    from betareader.style import Wishes
    from betareader.style_file import PRESETS, load, load_beside, merge

    wishes = load_beside(story) if story else Wishes()
    if options.style:
        named = load(options.style)
        wishes = merge(wishes, named) if options.style in PRESETS else merge(named, wishes)
    return merge(Wishes(depth=getattr(options, "depth", None)), wishes)


def _doubt_stets(wishes: Wishes, checks: Sequence[Check]) -> Wishes:
    """Say where a stet names no check, as it would do nothing without a word."""
    from betareader.reports.explain import unknown

    for stet in wishes.stet:
        if stet.check not in {check.name for check in checks}:
            _complain(f"One stet does nothing. {unknown(stet.check, checks)}", 0)
    return wishes


def _places(options: argparse.Namespace, story: Path | None, to_stdout: bool) -> tuple[Path | None, Path | None]:
    """Where the edited copy and the report go; never where the story is."""
    from betareader.reports.placing import beside

    output = Path(options.output) if options.output and not to_stdout else None
    report = Path(options.report) if options.report else None
    for path, flag in ((output, "-o"), (report, "--report")):
        if path and story and _same(path, story):
            options.parser.error(f"{flag} names the story itself, which is never written to; choose another name")
    if output and report and _same(output, report):
        options.parser.error("-o and --report name the same file")
    if story is None:
        return output, report
    copy_beside, report_beside = beside(story, copy=not (output or to_stdout), report=report is None)
    return output or copy_beside, report or report_beside


def _bible_place(options: argparse.Namespace, story: Path | None) -> Path | None:
    """Where the bible goes, None for standard output; never where the story is."""
    from betareader.reports.placing import bible_beside

    if options.output and options.output != "-":
        path = Path(options.output)
        if story and _same(path, story):
            options.parser.error("-o names the story itself, which is never written to; choose another name")
        return path
    if options.output or story is None or options.format != "html":
        return None
    return bible_beside(story)


def _same(path: Path, other: Path) -> bool:
    """Whether both are one file, also by another name or through a link."""
    if path.exists() and other.exists():
        return path.samefile(other)
    return path.resolve() == other.resolve()


def _trace(story: Path | None) -> tuple[int, ...]:
    """What tells one state of the file from another."""
    if story is None:
        return ()
    try:
        seen = story.stat()
    except OSError:
        return ()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _catalogue() -> tuple[Check, ...]:
    from betareader.checks import catalogue

    return catalogue()


def _version() -> str:
    from importlib.metadata import version

    return version("betareader")


def _complain(sentence: str, status: int) -> int:
    print(f"betareader: {sentence}", file=sys.stderr)
    return status


def _close_pipe() -> None:
    """Let go of a standard output that nobody reads, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
