"""What the papers of the project say is so: the lock, the guide to the style file, the check shown to contributors."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from betareader.checks.check import Check
from betareader.desk import apply, copyedit
from betareader.formats import from_text
from betareader.reading import read
from betareader.style import Wishes
from betareader.style_file import FILE_NAME, PRESETS, parse

ROOT = Path(__file__).parents[1]
CODE = sorted(path for folder in ("src", "training", "bench", "tests") for path in (ROOT / folder).rglob("*.py"))
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def blocks(paper: str, language: str) -> list[str]:
    """The fenced blocks of that language in one of the papers."""
    text = (ROOT / paper).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_named_for_what_it_holds(path: Path) -> None:
    assert not re.search(r"util|helper|common|misc|manager", path.stem)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_everything_by_hash_and_names_no_host(lock: Path) -> None:
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    starts = [place for place, line in enumerate(lines) if not line.startswith(" ")]
    assert starts
    for place in starts:
        assert re.fullmatch(r"[a-z0-9._-]+==[a-z0-9.+!]+ \\", lines[place])
        assert lines[place + 1].startswith("    --hash=sha256:")
    assert [line for line in lines if "://" in line or "-index" in line or "find-links" in line] == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_links_between_the_papers_lead_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_the_style_guide_lists_exactly_the_keys_there_are() -> None:
    guide = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
    assert re.findall(r"^## `(\w+)`$", guide, re.MULTILINE) == [field.name for field in fields(Wishes)]


def test_every_style_file_in_the_guide_can_be_read() -> None:
    examples = blocks("docs/style.md", "toml")
    assert {key for example in examples for key in re.findall(r"^(\w+) =", example, re.MULTILINE)} >= {
        field.name for field in fields(Wishes)
    }
    for example in examples:
        parse(example, FILE_NAME)


def test_the_guide_names_the_presets() -> None:
    guide = (ROOT / "docs" / "style.md").read_text(encoding="utf-8")
    assert [preset for preset in PRESETS if f"`{preset}`" not in guide] == []


def test_the_check_shown_to_contributors_works() -> None:
    [shown] = blocks("CONTRIBUTING.md", "python")
    names: dict[str, object] = {"__name__": "betareader.checks.shown"}
    exec(compile(shown, "CONTRIBUTING.md", "exec"), names)
    [check] = [value for value in names.values() if isinstance(value, Check)]
    assert {example.kind for example in check.examples} == {"edits", "leaves"}
    for example in check.examples:
        reading = read(from_text(example.before), Wishes(depth=check.depth))
        assert apply(example.before, copyedit(reading, [check], strict=True).edits) == (example.after or example.before)
