"""Whatever the format: the story is never written to, nor anything but the copy and the report, wherever a file leads."""

from __future__ import annotations

import tempfile
import zipfile
from html import escape
from io import BytesIO
from pathlib import Path

import opendocument
import proof
import pytest
import test_epub
import word

from betareader.formats import read

pytestmark = pytest.mark.usefixtures("by_hand")

PARAGRAPHS = proof.DRAFT.strip().split("\n\n")
IN_TEXT = "".join(f"<text:p>{escape(each)}</text:p>" for each in PARAGRAPHS)
IN_HTML = "".join(f"<p>{escape(each)}</p>" for each in PARAGRAPHS)
STORIES = {
    ".docx": word.packed(word.document(*PARAGRAPHS)),
    ".odt": opendocument.packed(opendocument.body(IN_TEXT)),
    ".fodt": opendocument.flat(IN_TEXT),
    ".epub": test_epub.book(
        {"OEBPS/text/one.xhtml": f"{test_epub.XHTML}<head><title>A</title></head><body>{IN_HTML}</body></html>"}
    ),
    ".html": f"<!DOCTYPE html><title>A</title>{IN_HTML}".encode(),
    ".md": proof.DRAFT.encode(),
    ".fountain": proof.DRAFT.encode(),
    ".txt": proof.DRAFT.encode(),
}
PACKAGES = [suffix for suffix, data in STORIES.items() if data.startswith(b"PK")]


def everything_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file under a folder, what is in it and when it was last written to."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def laid_out(folder: Path, suffix: str, data: bytes) -> Path:
    """A story amid other files, in a folder of its own."""
    story = folder / "stories" / f"ferry{suffix}"
    story.parent.mkdir()
    story.write_bytes(data)
    (folder / "evil.txt").write_text("not to be touched", encoding="utf-8")
    (story.parent / "notes.txt").write_text("nor this", encoding="utf-8")
    return story


@pytest.mark.parametrize("suffix", STORIES)
@pytest.mark.parametrize("flags", [(), ("--accept",)])
def test_only_the_copy_and_the_report_are_written(suffix: str, flags: tuple[str, ...], tmp_path: Path) -> None:
    story = laid_out(tmp_path, suffix, STORIES[suffix])
    before = everything_in(tmp_path)
    assert proof.run("edit", story, *flags) == 0
    after = everything_in(tmp_path)
    assert sorted(after.keys() - before.keys()) == [f"stories/ferry-edited{suffix}", "stories/ferry-report.html"]
    assert {name: after[name] for name in before} == before
    assert proof.run("check", story) == 1
    assert everything_in(tmp_path) == after
    assert "ferry won't wait" in read(story.with_name(f"ferry-edited{suffix}")).text


@pytest.mark.parametrize("suffix", PACKAGES)
@pytest.mark.parametrize(
    "name", ["../evil.txt", "../../evil.txt", "/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil"]
)
def test_names_that_lead_out_of_a_package_lead_nowhere(suffix: str, name: str, tmp_path: Path) -> None:
    file = BytesIO(STORIES[suffix])
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(zipfile.ZipInfo(name), "gotcha")
    story = laid_out(tmp_path, suffix, file.getvalue())
    before = everything_in(tmp_path)
    assert proof.run("edit", story) == 2
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("suffix", STORIES)
def test_a_folder_that_cannot_be_written_to(
    suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    story = laid_out(tmp_path, suffix, STORIES[suffix])
    before = everything_in(tmp_path)

    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)  # for root no folder is read-only
    assert proof.run("edit", story) == 2
    copy = story.with_name(f"ferry-edited{suffix}")
    assert capsys.readouterr().err.endswith(
        f"betareader: {copy} could not be written: permission denied. Nothing was changed.\n"
    )
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("suffix", STORIES)
def test_a_story_that_may_only_be_read_is_edited_all_the_same(suffix: str, tmp_path: Path) -> None:
    story = laid_out(tmp_path, suffix, STORIES[suffix])
    story.chmod(0o444)
    before = everything_in(tmp_path)
    assert proof.run("edit", story) == 0
    after = everything_in(tmp_path)
    assert {name: after[name] for name in before} == before
    assert story.stat().st_mode & 0o777 == 0o444
