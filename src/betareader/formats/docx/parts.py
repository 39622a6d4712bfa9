"""Where the parts of a Word document are: its main part, styles, notes and comments (ISO/IEC 29500-2, Open Packaging)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from types import MappingProxyType

from betareader.errors import UnreadableManuscript
from betareader.formats.markup import attributes, decode, make_sure, prefix_of
from betareader.formats.package import Package

CONTENT_TYPES = "[Content_Types].xml"
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PREFIXES = MappingProxyType(
    {
        TRANSITIONAL: "w",
        STRICT: "w",
        "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
        "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
        "http://purl.oclc.org/ooxml/officeDocument/math": "m",
        "urn:schemas-microsoft-com:vml": "v",
    }
)
"""The prefix this house uses for each namespace."""

_RELATIONSHIP = re.compile(r"<(?:[\w.-]+:)?Relationship\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_OVERRIDE = re.compile(r"<(?:[\w.-]+:)?(?:Override|Default)\s(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_NAMESPACE = re.compile(r"\sxmlns:([\w.-]+)\s*=\s*[\"']([^\"']*)[\"']")
_ROOT = re.compile(r"<[^?!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>")


@dataclass(frozen=True, slots=True)
class Parts:
    """The names of the parts of a Word document, as they stand in the package; None for one it does not have."""

    main: str
    relationships: str
    styles: str | None
    footnotes: str | None
    endnotes: str | None
    comments: str | None

    @property
    def told(self) -> tuple[str, ...]:
        """The parts that hold the story, in the order in which they are read."""
        return tuple(name for name in (self.main, self.footnotes, self.endnotes) if name)


def is_word(package: Package) -> bool:
    """Whether the package is a Word document, with or without macros, or a template for one."""
    return find_main(package) is not None


def find_parts(package: Package) -> Parts:
    """Where the parts of the Word document in `package` are."""
    main = find_main(package)
    if main is None:
        raise UnreadableManuscript(f"{package.name} has no main part; open it in Word and save it again.")
    folder, name = posixpath.split(main)
    relationships = posixpath.join(folder, "_rels", f"{name}.rels")
    targets = _targets(package, relationships, folder)
    return Parts(
        main,
        package.find(relationships) or relationships,
        targets.get("styles"),
        targets.get("footnotes"),
        targets.get("endnotes"),
        targets.get("comments"),
    )


def find_main(package: Package) -> str | None:
    """The name of the main part, if this is a Word document."""
    main = _targets(package, "_rels/.rels", "").get("officeDocument")
    types = package.find(CONTENT_TYPES)
    if main is None or types is None:
        return None
    suffix = main.rpartition(".")[2]
    for tag in _OVERRIDE.findall(text_of(package, types)):
        found = attributes(tag)
        of_main = found.get("PartName", "").lstrip("/").casefold() == main.casefold()
        kind = found.get("ContentType", "")
        if (of_main or found.get("Extension") == suffix) and re.search("wordprocessingml|ms-word", kind):
            return main
    return None


def text_of(package: Package, name: str) -> str:
    """The text of an XML part, made sure of."""
    text, _ = decode(package.read(name), package.name)
    make_sure(text, package.name)
    return text


def own_prefix(text: str, name: str) -> str:
    """What the part writes before the names of Word's own elements, such as `w:`."""
    root = _ROOT.search(text)
    for prefix, address in _NAMESPACE.findall(root[0] if root else ""):
        if PREFIXES.get(address) == "w":
            return f"{prefix}:"
    raise UnreadableManuscript(
        f"{name} is written in an unusual way; open it in Word or LibreOffice and save it again."
    )


def is_strict(text: str) -> bool:
    """Whether the part is in the strict dialect of the format, whose names differ."""
    root = _ROOT.search(text)
    return bool(root and STRICT in root[0])


def root_prefix(text: str) -> str:
    """What the part writes before the name of its root element."""
    root = _ROOT.search(text)
    return prefix_of(root[0]) if root else ""


def _targets(package: Package, relationships: str, folder: str) -> dict[str, str]:
    """The parts a part is related to, by the last word of the kind of relationship; only those that are there."""
    targets: dict[str, str] = {}
    name = package.find(relationships)
    for tag in _RELATIONSHIP.findall(text_of(package, name)) if name else ():
        found = attributes(tag)
        if found.get("TargetMode") == "External":
            continue
        part = posixpath.normpath(posixpath.join("/", folder, found.get("Target", ""))).lstrip("/")
        if there := package.find(part):
            targets.setdefault(found.get("Type", "").rpartition("/")[2], there)
    return targets
