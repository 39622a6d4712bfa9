"""What the command can be told: its commands, their options and what the help says of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence

from betareader.style import DEPTHS

_STORY = "a .docx, .odt, .epub, .html, .md, .fountain or .txt file, or - for standard input"


def parser(runs: Mapping[str, Callable[[argparse.Namespace], int]]) -> argparse.ArgumentParser:
    """What the command takes; `runs` are what each of its commands does, by name."""
    whole = argparse.ArgumentParser(
        prog="betareader",
        description="The careful friend who reads your story before you post it.",
        epilog="Start with: betareader edit STORY.txt",
        allow_abbrev=False,
    )
    whole.add_argument("--version", action=_Version, help="say which version this is")
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)

    edit = commands.add_parser(
        "edit",
        help="make an edited copy and a report of every change",
        description="Read a story and write, beside it, STORY-edited, the edited copy in the story's own format, and "
        "STORY-report.html, a page that shows every change in its place and why it was made.  In Word and OpenDocument "
        "files every change is tracked, to be taken or refused one by one, and questions are comments in the margin.  The "
        "story itself is never written to, and a copy you have worked on is never written over: the next one is "
        "STORY-edited-2.",
        epilog="Exit status: 0 when the story was edited, changes or none; 2 when it could not be.",
        allow_abbrev=False,
    )
    edit.add_argument("story", metavar="STORY", help=f"{_STORY}, whose edited copy goes to standard output")
    edit.add_argument("-o", "--output", metavar="FILE", help="where to put the edited copy (- for standard output)")
    edit.add_argument("--report", metavar="FILE", help="where to put the report")
    edit.add_argument("--json", action="store_true", help="write one JSON document to standard output, and no files")
    changes = edit.add_mutually_exclusive_group()
    changes.add_argument(
        "--track",
        action="store_true",
        help="show every change in the copy: as it is anyway in .docx and .odt, with <ins> and <del> in .html and .epub, "
        "with CriticMarkup in .md",
    )
    changes.add_argument(
        "--accept", action="store_true", help="make every change in the copy without showing it, in .docx and .odt too"
    )
    edit.add_argument("--reasons", action="store_true", help="say why beside every change, in a comment")
    edit.set_defaults(run=runs["edit"], parser=edit)

    check = commands.add_parser(
        "check",
        help="list what would be changed or asked, a line each",
        description="List every finding with its line and column, and write nothing.",
        epilog="Exit status: 0 when there is nothing to say, 1 when there is, 2 when a story could not be read.",
        allow_abbrev=False,
    )
    check.add_argument("stories", metavar="STORY", nargs="+", help=_STORY)
    check.add_argument("--format", choices=("text", "json", "sarif"), default="text", help="text is the default")
    check.set_defaults(run=runs["check"], parser=check)

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
    bible.set_defaults(run=runs["bible"], parser=bible)

    for command in (edit, check):
        command.add_argument(
            "--depth",
            choices=DEPTHS,
            help="how much to touch: light (the default) mends what is plainly wrong, medium also what is doubtful or "
            "a matter of house style, heavy also asks about the prose",
        )
        command.add_argument(
            "--fast",
            action="store_true",
            help="read closely only where something looks wrong at a glance: quicker, and more commas that should be full "
            "stops are missed",
        )
    for command in (edit, check, bible):
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
    explain.set_defaults(run=runs["explain"], parser=explain)
    return whole


def version() -> str:
    """The version of this program."""
    from importlib.metadata import version as version_of

    return version_of("betareader")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"betareader {version()}")
        parser.exit()
