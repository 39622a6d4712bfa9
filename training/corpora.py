"""Reads the bundles of `../shared/data`: clean fiction, lists of misspellings, proofreaders' corrections."""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Where the bundles stand: beside the repository, never inside it."""

LEARN = ("standard-ebooks", "classics", "modern")
"""The bundles of fiction that may be learnt from; `held-out` is for measuring only."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work of fiction; `year` is when it came out as nearly as the index says, 0 where it does not."""

    name: str
    text: str
    year: int
    bundle: str


def require(data: Path, *names: str) -> None:
    """Leave with one sentence where one of the files `names` is absent from `data`."""
    for name in names:
        if not (data / name).is_file():
            raise SystemExit(f"{name} is not in {data}: put the shared data beside the repository to run this.")


def works(data: Path, bundle: str, names: Collection[str] | None = None) -> Iterator[Work]:
    """The works of one bundle (`standard-ebooks`, `classics`, `modern`, `held-out`), in the order they are packed.

    `names`, where given, are the works wanted, as in `author_title`.
    """
    bundle = bundle.removeprefix("fiction-")
    archive = f"fiction-{bundle}.tar.xz"
    require(data, archive)
    years = _years(data)
    with tarfile.open(data / archive, "r|xz") as packed:
        for member in packed:
            path = Path(member.name)
            if path.suffix != ".txt" or (names is not None and path.stem not in names):
                continue
            content = packed.extractfile(member)
            if content is not None:
                yield Work(path.stem, content.read().decode("utf-8"), years.get(path.stem, 0), bundle)


@cache
def _years(data: Path) -> dict[str, int]:
    """The year of each work in the index; the middle of a range such as `c.1890-1963`."""
    years = {}
    with (data / "fiction-index.tsv").open(encoding="utf-8", newline="") as index:
        for row in csv.DictReader(index, delimiter="\t"):
            found = [int(year) for year in re.findall(r"\d{4}", row["year"])]
            if found:
                years[row["work"]] = sum(found) // len(found)
    return years


@cache
def misspelling_files(data: Path) -> dict[str, str]:
    """The lists of misspellings by file name, Birkbeck's among them, which is for measuring only."""
    archive = "misspellings.tar.xz"
    require(data, archive)
    files = {}
    with tarfile.open(data / archive) as packed:
        for member in packed:
            content = packed.extractfile(member)
            if content is not None:
                encoding = "utf-8" if not member.name.endswith("birkbeck_missp.dat") else "latin-1"
                files[Path(member.name).name] = io.TextIOWrapper(content, encoding, errors="replace").read()
    return files


@dataclass(frozen=True, slots=True)
class Correction:
    """A paragraph before and after a proofreader; `edits` are the (wrong, right) stretches."""

    work: str
    kind: str
    before: str
    after: str
    edits: tuple[tuple[str, str], ...]


def corrections(data: Path, split: str) -> Iterator[Correction]:
    """The proofreaders' corrections of one split, `train` or `held-out`."""
    require(data, "copyedits.jsonl")
    with (data / "copyedits.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["split"] == split:
                work = row["repo"].rpartition("/")[2]
                edits = tuple((wrong, right) for wrong, right in row["edits"])
                yield Correction(work, row["kind"], row["before"], row["after"], edits)
