"""LibreOffice as a judge of what was written: opens files and says what it sees in them.

Run as a program by the Python that LibreOffice's `uno` module belongs to, this file prints one JSON line for each
file that it is given; imported by the tests, it runs itself so.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_PYTHONS = ("/usr/bin/python3", "python3")
_START = 300
"""Seconds that LibreOffice may take to start."""

_FILTERS = {".odt": "writer8", ".fodt": "OpenDocument Text Flat XML", ".docx": "MS Word 2007 XML"}


@dataclass(frozen=True)
class Comment:
    """A comment in the margin and the words it hangs on."""

    author: str
    words: str
    anchor: str


@dataclass(frozen=True)
class Seen:
    """What LibreOffice makes of a file; `changes` are the authors of the tracked changes."""

    accepted: str
    rejected: str
    comments: tuple[Comment, ...]
    changes: frozenset[str]


@cache
def python() -> str | None:
    """A Python that can talk to LibreOffice, None where there is none or no LibreOffice."""
    if not shutil.which("soffice"):
        return None
    for each in _PYTHONS:
        with contextlib.suppress(OSError):
            if subprocess.run([each, "-c", "import uno"], capture_output=True).returncode == 0:
                return each
    return None


def look(paths: Sequence[Path]) -> list[Seen]:
    """What LibreOffice sees in each of the files, all opened by one LibreOffice of its own.

    Where it falls over it gets another try at the file that it was at.
    """
    environment = {name: words for name, words in os.environ.items() if not name.startswith("PYTHON")}
    found: list[Seen] = []
    fallen = -1
    while len(found) < len(paths):
        command = [python() or "", str(Path(__file__).resolve()), *map(str, paths[len(found) :])]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_START + 20 * len(paths), env=environment
        )
        found += [_seen(json.loads(line)) for line in done.stdout.splitlines()]
        if len(found) < len(paths) and fallen == len(found):
            raise RuntimeError(f"LibreOffice does not cope with {paths[fallen]}: {done.stderr}")
        fallen = len(found)
    return found


def _seen(record: dict[str, Any]) -> Seen:
    comments = tuple(Comment(**each) for each in record["comments"])
    return Seen(record["accepted"], record["rejected"], comments, frozenset(record["changes"]))


def main(paths: Sequence[str]) -> None:
    """Print what is in each of the files."""
    # No context managers here: an exception that came over the bridge cannot be given a traceback.
    with tempfile.TemporaryDirectory(prefix="betareader-office-", ignore_cleanup_errors=True) as folder:
        process, pipe = _start(Path(folder))
        try:
            services = _services(pipe, process)
            for path in paths:
                print(json.dumps(_record(services, Path(path))), flush=True)
            fault = ""
        except Exception:
            fault = traceback.format_exc()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if fault:
        print(fault, file=sys.stderr, flush=True)
    os._exit(1 if fault else 0)  # what came over the bridge cannot be let go of any more


def _start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A LibreOffice with a profile of its own and no window, and the name of the pipe it listens at."""
    pipe = f"betareader-{os.getpid()}"
    command = [
        "soffice", "--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--accept=pipe,name={pipe};urp;",
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, start_new_session=True, env=environment), pipe


def _services(pipe: str, process: subprocess.Popen[bytes]) -> Any:
    """The services of the LibreOffice that listens at `pipe`, as soon as it does."""
    import uno

    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    until = time.monotonic() + _START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext").ServiceManager
        except Exception:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.2)


def _record(services: Any, path: Path) -> dict[str, Any]:
    manuscript = _loaded(services, path)
    comments = _comments(manuscript)
    changes = sorted({change.RedlineAuthor for change in _all(manuscript.getRedlines())})
    accepted = _ordered(services, manuscript, "AcceptAllTrackedChanges")
    rejected = _ordered(services, _loaded(services, path), "RejectAllTrackedChanges")
    return {"accepted": accepted, "rejected": rejected, "comments": comments, "changes": changes}


def _loaded(services: Any, path: Path) -> Any:
    manuscript = services.createInstance("com.sun.star.text.TextDocument")
    manuscript.load(_properties(URL=path.resolve().as_uri(), FilterName=_FILTERS[path.suffix], Hidden=True))
    return manuscript


def _ordered(services: Any, manuscript: Any, order: str) -> str:
    """The text of the manuscript after a menu's `order`; the manuscript is closed."""
    import uno

    # Comments come out first: a LibreOffice without its windows, as Debian has it, falls over when it draws them.
    manuscript.RecordChanges = False
    for field in _annotations(manuscript):
        field.getAnchor().getText().removeTextContent(field)
    desktop = services.createInstance("com.sun.star.frame.Desktop")
    desktop.loadComponentFromURL("private:object", "_blank", 0, _properties(Model=manuscript, Hidden=True))
    url = uno.createUnoStruct("com.sun.star.util.URL")
    url.Complete, url.Protocol, url.Path = f".uno:{order}", ".uno:", order
    manuscript.getCurrentController().getFrame().queryDispatch(url, "_self", 0).dispatch(url, ())
    text = _text(manuscript)
    manuscript.close(True)
    return text


def _properties(**values: Any) -> tuple[Any, ...]:
    import uno

    found = []
    for name, value in values.items():
        found.append(uno.createUnoStruct("com.sun.star.beans.PropertyValue"))
        found[-1].Name, found[-1].Value = name, value
    return tuple(found)


def _text(manuscript: Any) -> str:
    """The paragraphs, those of tables in their place, then those of the notes."""
    found = list(_paragraphs(manuscript.getText()))
    for notes in (manuscript.getFootnotes(), manuscript.getEndnotes()):
        for number in range(notes.Count):
            found += _paragraphs(notes.getByIndex(number))
    return "\n\n".join(found)


def _paragraphs(text: Any) -> Iterator[str]:
    """The paragraphs of a flow of text; those in frames come after the paragraph they hang on."""
    for block in _all(text):
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.getCellNames():
                yield from _paragraphs(block.getCellByName(name))
            continue
        words = ""
        frames: list[Any] = []
        for portion in _portions(block):
            if portion.TextPortionType in ("Text", "TextField"):
                words += portion.getString()
            elif portion.TextPortionType == "Frame":
                frames += _all(portion, "com.sun.star.text.TextContent")
        yield words
        for frame in frames:
            if frame.supportsService("com.sun.star.text.TextFrame"):
                yield from _paragraphs(frame)


def _portions(block: Any) -> Iterator[Any]:
    """The runs of a paragraph, and what else stands in it."""
    for portion in _all(block):
        if portion.TextPortionType == "InContentMetadata":
            yield from _portions(portion.InContentMetadata)
        elif portion.TextPortionType == "ContentControl":
            yield from _portions(portion.ContentControl)
        else:
            yield portion


def _comments(manuscript: Any) -> list[dict[str, str]]:
    found = [
        {"author": each.Author, "words": each.Content, "anchor": each.getAnchor().getString()}
        for each in _annotations(manuscript)
    ]
    return sorted(found, key=lambda each: (each["anchor"], each["words"]))


def _annotations(manuscript: Any) -> list[Any]:
    service = "com.sun.star.text.textfield.Annotation"
    return [field for field in _all(manuscript.getTextFields()) if field.supportsService(service)]


def _all(container: Any, kind: str = "") -> Iterator[Any]:
    each = container.createContentEnumeration(kind) if kind else container.createEnumeration()
    while each.hasMoreElements():
        yield each.nextElement()


if __name__ == "__main__":
    main(sys.argv[1:])
