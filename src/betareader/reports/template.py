"""The pages as they stand before anything is put in, and what every page needs."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from betareader.reports.kinds import shown

if TYPE_CHECKING:
    from betareader.reading import Reading

_HOLE = re.compile(r"\{\{(\w+)\}\}")


def part(name: str) -> str:
    """A file that stands beside this one: a page with holes, its style, its script."""
    return files("betareader.reports").joinpath(name).read_text(encoding="utf-8")


def fill(template: str, **parts: str) -> str:
    """The template with its holes filled, once: what is put in is not looked at again."""
    return _HOLE.sub(lambda hole: parts[hole[1]], template)


def hash_of(words: str) -> str:
    """The hash by which a page's policy lets its own style or script through, and no other."""
    return base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()


def title_of(reading: Reading) -> str:
    """The story's title, or the name of its file."""
    for paragraph in reading.paragraphs[:5]:
        if paragraph.role == "title":
            return shown(paragraph.span.of(reading.text).strip("#*_ \n"), 100)
    return shown(reading.manuscript.path.stem, 100) if reading.manuscript.path else "Your story"
