"""Putting files in their place: all of them whole, or none."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from betareader.errors import CannotWrite

_SIGN = re.compile(rb'<meta name="betareader-copy" content="([0-9a-f]*)">')
_BIBLE = re.compile(rb'<meta name="betareader-bible" content="1">')


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to be written, in one piece or several; what stands at `path` is replaced only where `over` says so."""

    path: Path
    data: Sequence[bytes | memoryview]
    over: bool = False


def sign(copy: Iterable[bytes | memoryview]) -> str:
    """What a report says of the edited copy it belongs to, so that a copy worked on since can be told."""
    digest = hashlib.sha256()
    for chunk in copy:
        digest.update(chunk)
    return digest.hexdigest()


def beside(story: Path, suffix: str, *, copy: bool, report: bool) -> tuple[Path | None, Path | None]:
    """Where the edited copy and the report of `story` go, each if it is wanted; `suffix` is the copy's.

    STORY-edited and STORY-report, unless that would lose something of the writer's: then
    STORY-edited-2 and STORY-report-2, and so on.
    """
    for number in range(1, 10_000):
        again = "" if number == 1 else f"-{number}"
        copy_path = story.with_name(f"{story.stem}-edited{again}{suffix}") if copy else None
        report_path = story.with_name(f"{story.stem}-report{again}.html") if report else None
        if _is_free(copy_path, report_path):
            return copy_path, report_path
    raise CannotWrite(f"There are too many edited copies beside {story} already; nothing was written.")


def bible_beside(story: Path) -> Path:
    """Where the bible of `story` goes: STORY-bible.html, or STORY-bible-2.html where another file has that name."""
    for number in range(1, 10_000):
        again = "" if number == 1 else f"-{number}"
        path = story.with_name(f"{story.stem}-bible{again}.html")
        if not os.path.lexists(path) or _starts_with(path, _BIBLE):
            return path
    raise CannotWrite(
        f"There are too many files called {story.stem}-bible beside {story} already; nothing was written."
    )


def _starts_with(path: Path, sign: re.Pattern[bytes]) -> re.Match[bytes] | None:
    """The sign near the start of the file, if it is a file and has one."""
    try:
        with path.open("rb") as file:
            return sign.search(file.read(4096))
    except OSError:
        return None


def _is_free(copy: Path | None, report: Path | None) -> bool:
    """Whether each is a new name, or ours; a copy is ours while it is as its report says we left it."""
    signed = _signed(report) if report else None
    if report and os.path.lexists(report) and signed is None:
        return False
    if copy is None or not os.path.lexists(copy):
        return True
    try:
        with copy.open("rb") as file:
            return signed is not None and hashlib.file_digest(file, "sha256").hexdigest() == signed
    except OSError:
        return False


def place(sheets: Sequence[Sheet]) -> None:
    """Write every sheet to a new file in its folder, then move them into place.

    Raises `CannotWrite`, with nothing left behind, where one of them cannot be written.
    """
    with contextlib.ExitStack() as undo:
        waiting = [(sheet, _written(sheet, undo)) for sheet in sheets]
        for sheet, temporary in waiting:
            _moved(sheet, temporary, undo)
        undo.pop_all()
    for folder in {sheet.path.parent for sheet in sheets}:
        _settle(folder)


def _written(sheet: Sheet, undo: contextlib.ExitStack) -> Path:
    try:
        if os.path.lexists(sheet.path) and not sheet.path.is_file():
            raise OSError(0, "that is not an ordinary file")
        number, name = tempfile.mkstemp(prefix=".betareader-", suffix=".part", dir=sheet.path.parent)
        temporary = Path(name)
        undo.callback(temporary.unlink, missing_ok=True)
        with os.fdopen(number, "wb") as file:
            file.writelines(sheet.data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_permissions(sheet.path))
    except OSError as error:
        raise _cannot(sheet.path, error) from error
    return temporary


def _moved(sheet: Sheet, temporary: Path, undo: contextlib.ExitStack) -> None:
    try:
        if sheet.over:
            temporary.replace(sheet.path)
            return
        try:
            os.link(temporary, sheet.path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if os.path.lexists(sheet.path):
                raise FileExistsError(17, "a file of that name has appeared") from None
            temporary.replace(sheet.path)
        undo.callback(sheet.path.unlink, missing_ok=True)
        temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(sheet.path, error) from error


def _permissions(path: Path) -> int:
    """Those of the file that is replaced, or those a new file gets."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: Path) -> None:
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _signed(report: Path) -> str | None:
    match = _starts_with(report, _SIGN)
    return match[1].decode() if match else None


def _cannot(path: Path, error: OSError) -> CannotWrite:
    reason = error.strerror or str(error)
    return CannotWrite(f"{path} could not be written: {reason[:1].lower()}{reason[1:]}. Nothing was changed.")
