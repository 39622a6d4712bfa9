"""The command: `betareader edit`, `check`, `bible` and `explain`.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from betareader.errors import BetareaderError, CannotWrite, StaleManuscript, UnreadableManuscript
from betareader.options import parser, version

if TYPE_CHECKING:
    from betareader.checks.check import Check
    from betareader.desk import Copyedit
    from betareader.formats import Manner
    from betareader.manuscript import Manuscript
    from betareader.reading import Reading
    from betareader.reports.progress import Progress
    from betareader.style import Wishes


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; no traceback reaches the writer.

    With BETAREADER_DEBUG=1 in the environment a fault of ours is raised instead.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    runs = {"edit": _edit, "check": _check, "bible": _bible, "explain": _explain}
    options = parser(runs).parse_args(arguments)
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


def _edit(options: argparse.Namespace) -> int:
    from betareader.formats import chunks
    from betareader.reports import page, record, terminal
    from betareader.reports.placing import Sheet, place, sign
    from betareader.reports.progress import Progress

    if options.json and (options.output or options.report):
        options.parser.error("--json writes no files, so it takes neither -o nor --report")
    story = None if options.story == "-" else Path(options.story)
    to_stdout = options.output == "-" or (story is None and options.output is None)
    seen = _trace(story)
    told = {path for path in (options.output, options.report) if path}
    with Progress(sys.stderr) as progress:
        checks = _catalogue()
        manuscript = _manuscript(story)
        manner = _manner(options, manuscript)
        copy, report = (None, None) if options.json else _places(options, story, manuscript, to_stdout)
        wishes = _doubt_stets(_wishes(options, story), checks)
        copyedit = _copyedit(manuscript, wishes, checks, options.fast, progress)
        if options.json:
            print(record.to_json(record.record(copyedit, version())))
            return 0
        progress.now("Writing")
        data = chunks(manuscript, copyedit.edits, copyedit.queries, manner)
        sheets = [Sheet(copy, data, over=str(copy) in told or copy.is_file())] if copy else []
        if report:
            html = page.render(copyedit, checks, copy=sign(data)).encode("utf-8")
            sheets.append(Sheet(report, (html,), over=str(report) in told or report.is_file()))
        if _trace(story) != seen:
            raise StaleManuscript(f"{story} was changed while it was being read; nothing was written. Run it again.")
        place(sheets)
    if to_stdout:
        sys.stdout.buffer.writelines(data)
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
                wishes = _doubt_stets(_wishes(options, story), checks)
                copyedit = _copyedit(_manuscript(story), wishes, checks, options.fast, progress)
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
        print(record.to_json(sarif(done, checks, version())))
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
            bible = record.to_json(bible_record.document(reading, version())) + "\n"
        else:
            bible = bible_page.render(reading) if options.format == "html" else bible_record.markdown(reading)
        if _trace(story) != seen:
            raise StaleManuscript(f"{story} was changed while it was being read; nothing was written. Run it again.")
        if path:
            place([Sheet(path, (bible.encode("utf-8"),), over=bool(options.output) or path.is_file())])
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


def _copyedit(
    manuscript: Manuscript, wishes: Wishes, checks: Sequence[Check], fast: bool, progress: Progress
) -> Copyedit:
    """Read the story and go over it with every check."""
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


def _manner(options: argparse.Namespace, manuscript: Manuscript) -> Manner:
    """How the edits are to be written down."""
    from betareader.formats import Manner, format_of

    if (options.track or options.reasons) and not (format := format_of(manuscript)).tracks:
        raise CannotWrite(
            f"There is no room for tracked changes and comments in {format.called}; leave out --track and --reasons. "
            "The report shows every change and its reason."
        )
    tracked = True if options.track else False if options.accept else None
    return Manner(tracked, options.reasons, date=datetime.now(UTC))


def _places(
    options: argparse.Namespace, story: Path | None, manuscript: Manuscript, to_stdout: bool
) -> tuple[Path | None, Path | None]:
    """Where the edited copy and the report go; never where the story is."""
    from betareader.formats import format_of, suffix_of
    from betareader.reports.placing import beside

    output = Path(options.output) if options.output and not to_stdout else None
    report = Path(options.report) if options.report else None
    for path, flag in ((output, "-o"), (report, "--report")):
        if path and story and _same(path, story):
            options.parser.error(f"{flag} names the story itself, which is never written to; choose another name")
    if output and report and _same(output, report):
        options.parser.error("-o and --report name the same file")
    suffixes = format_of(manuscript).suffixes
    if output and not manuscript.is_raw and output.suffix.lower() not in suffixes:
        options.parser.error(
            f"the copy is {format_of(manuscript).called} as the story is; end its name in {suffixes[0]}"
        )
    if story is None:
        return output, report
    copy_beside, report_beside = beside(
        story, suffix_of(manuscript), copy=not (output or to_stdout), report=report is None
    )
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


def _complain(sentence: str, status: int) -> int:
    print(f"betareader: {sentence}", file=sys.stderr)
    return status


def _close_pipe() -> None:
    """Let go of a standard output that nobody reads, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
