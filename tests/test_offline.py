"""Nothing of a story leaves the machine: the main job, run where any socket is a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "the-lamp-at-saltreach.txt"

OFFLINE = """
import sys

def refuse(event, args):
    if event.partition(".")[0] in {"socket", "urllib", "http", "ftplib", "smtplib", "webbrowser"}:
        sys.stderr.write(f"tried {event} {args}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)

sys.addaudithook(refuse)
from betareader.cli import main
sys.exit(main())
"""


def offline(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", OFFLINE, *words], capture_output=True, text=True, check=False)


def test_the_refusal_itself_works() -> None:
    code = OFFLINE.replace("from betareader.cli import main", "import socket; main = socket.socket")
    refused = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert refused.returncode == 99
    assert refused.stderr.startswith("tried socket.")


def test_a_story_is_edited_without_any_socket(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes(EXAMPLE.read_bytes())
    edited = offline("edit", str(story))
    assert (edited.stderr, edited.returncode) == ("", 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["story-edited.txt", "story-report.html", "story.txt"]
    assert story.read_bytes() == EXAMPLE.read_bytes()


def test_a_bible_is_made_without_any_socket(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes(EXAMPLE.read_bytes())
    made = offline("bible", str(story))
    assert (made.stderr, made.returncode) == ("", 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["story-bible.html", "story.txt"]


def test_a_story_is_checked_without_any_socket(tmp_path: Path) -> None:
    checked = offline("check", str(EXAMPLE))
    assert (checked.stderr, checked.returncode) == ("", 1)
