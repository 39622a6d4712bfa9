"""The report in a real browser, where there is one: its own script may run, nothing else is fetched, and every change is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
from pathlib import Path

import ferry
import proof
import pytest

from betareader.desk import apply
from betareader.findings import Edit, Query
from betareader.formats import Manner, read, write
from betareader.reports import bible_page
from betareader.reports.page import render
from betareader.span import Span

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --v=0"
).split()


@pytest.fixture
def chromium() -> str:
    if CHROMIUM is None:
        warnings.warn("THERE IS NO CHROMIUM: the report page was not tried in a browser.", stacklevel=1)
        pytest.skip("no Chromium on this machine")
    return CHROMIUM


def opened(page: Path, chromium: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the browser makes of a page, and what it has to say about it."""
    command = [chromium, *QUIET, f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)


def test_the_page_in_chromium(chromium: str, tmp_path: Path) -> None:
    copyedit = proof.done()
    page = tmp_path / "report.html"
    page.write_text(render(copyedit, proof.checks()), encoding="utf-8")
    shown = opened(page, chromium, tmp_path)
    assert re.search(r"<html[^>]* class=\"[^\"]*\bjs\b", shown.stdout), "the page's own script did not run"
    assert not re.findall(r"CONSOLE.*", shown.stderr)
    counted = re.search(r"id=\"where\"[^>]*>(\d+)<", shown.stdout)
    assert counted is not None
    loud = len(re.findall(r"tabindex=\"0\"", shown.stdout))
    assert int(counted[1]) == loud > 0


def test_the_bible_in_chromium(chromium: str, tmp_path: Path) -> None:
    page = tmp_path / "bible.html"
    page.write_text(bible_page.render(ferry.reading()), encoding="utf-8")
    shown = opened(page, chromium, tmp_path)
    assert not re.findall(r"CONSOLE.*", shown.stderr)
    assert len(re.findall("<svg", shown.stdout)) == 4


STORY = (
    "<p>The <em>rain</em> had stoped &amp; the ferry lay still.</p>\n"
    "<p>“Is it over?” Odda asked. “Not yet,” said Brin.</p>\n<p>Nobody moved.<br>Nobody spoke.</p>\n"
)


@pytest.mark.parametrize(
    ("manner", "hidden", "is_edited"),
    [
        (Manner(), "nothing", True),
        (Manner(tracked=True), "del", True),
        (Manner(tracked=True), "ins", False),
    ],
    ids=["clean", "tracked and taken", "tracked and refused"],
)
def test_an_edited_page_in_chromium(
    chromium: str, tmp_path: Path, manner: Manner, hidden: str, is_edited: bool
) -> None:
    manuscript = read(Path("story.html"), STORY.encode())
    text = manuscript.text
    edits = [
        Edit(Span(at := text.index("stoped"), at + 6), "stopped", ""),
        Edit(Span(at := text.index(" “Not"), at + 1), "\n\n", ""),
        Edit(Span(at := text.index("Nobody spoke"), at + 6), "No one", ""),
    ]
    queries = [Query(Span(at := text.index("Odda"), at + 4), "Who is this?")]
    page = tmp_path / "story.html"
    told = "document.write('<pre id=told>' + document.body.innerText.replace(/[<&]/g, '+') + '</pre>')"
    style = f"<style>{hidden} {{ display: none }}</style>"
    page.write_bytes(style.encode() + write(manuscript, edits, queries, manner) + f"<script>{told}</script>".encode())
    found = re.search(r'<pre id="told">(.*?)</pre>', opened(page, chromium, tmp_path).stdout, re.DOTALL)
    assert found is not None
    assert found[1].strip() == (apply(text, edits) if is_edited else text).replace("&", "+")
