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

from betareader.reports import bible_page
from betareader.reports.page import render

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
