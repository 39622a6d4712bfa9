"""OpenDocument text (.odt, .ott and flat .fodt): read as text, and written with tracked changes and comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from betareader.errors import UnknownFormat, UnreadableManuscript
from betareader.findings import Edit, Query
from betareader.formats.builder import Builder
from betareader.formats.changes import changes_of
from betareader.formats.content import Content
from betareader.formats.manner import Manner
from betareader.formats.markup import decode, encode, make_sure
from betareader.formats.odt.layout import Paragraph
from betareader.formats.odt.styles import Styles
from betareader.formats.odt.walk import Walk
from betareader.formats.odt.writing import Writing
from betareader.formats.package import Chunk, Package
from betareader.manuscript import Manuscript
from betareader.span import Span

_KIND = b"application/vnd.oasis.opendocument."
_TEXTS = (_KIND + b"text", _KIND + b"text-template")
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_HEAD = 2000
"""Characters; how far from its start a flat file says what it is."""

Joints = Mapping[int, tuple[Paragraph, Paragraph]]
"""The paragraphs before and after each break that can be taken out, by the break's place in the text."""


def claims(content: Content) -> bool:
    """Whether the file is an OpenDocument package, whatever it is called."""
    package = content.package
    return package is not None and "mimetype" in package and package.read("mimetype").startswith(_KIND)


def claims_flat(content: Content) -> bool:
    """Whether the file is a flat OpenDocument text: one XML file, no package."""
    head = content.text[:_HEAD]
    return content.package is None and head.lstrip("\ufeff \n\r\t").startswith("<?xml") and "office:document " in head


def read(content: Content) -> Manuscript:
    """Read the body of a package, and after it its footnotes and endnotes.

    What others have tracked is read as if accepted.  Headers and footers are no part of the story.
    """
    package = content.package
    if package is None:
        raise ValueError("an OpenDocument text is a package")
    if package.read("mimetype").strip() not in _TEXTS:
        raise UnknownFormat(f"{content.name} is an OpenDocument file, but not a text; there is no story to read.")
    if "encrypted-package" in package or (_MANIFEST in package and b"encryption-data" in package.read(_MANIFEST)):
        raise UnreadableManuscript(f"{content.name} is locked with a password; save it without one first.")
    if _CONTENT not in package:
        raise UnreadableManuscript(
            f"{content.name} is damaged: its text is missing. Open it in the program it was written with and save it again."
        )
    data = package.read(_CONTENT)
    return _manuscript(content, data, _CONTENT, "odt", _styles(package))


def read_flat(content: Content) -> Manuscript:
    """Read a flat file in the same way."""
    return _manuscript(content, content.data, "text", "fodt", "")


def write(manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner) -> Iterator[Chunk]:
    """The package with `edits` as tracked changes, or simply made, and `queries` as comments."""
    package = Package(manuscript.source, str(manuscript.path or "Standard input"))
    data = _written(manuscript, edits, queries, manner, _styles(package))
    yield from package.written({_CONTENT: data})


def write_flat(
    manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner
) -> Iterator[Chunk]:
    """The flat file, in the same way."""
    yield _written(manuscript, edits, queries, manner, "")


def _styles(package: Package) -> str:
    """The part that holds the styles with names; empty where there is none."""
    if _STYLES not in package:
        return ""
    text, _ = decode(package.read(_STYLES), package.name)
    make_sure(text, package.name)
    return text


def _manuscript(content: Content, data: bytes, part: str, format: str, styles: str) -> Manuscript:
    text, encoding = decode(data, content.name)
    make_sure(text, content.name)
    builder = Builder()
    _put(builder, part, Walk(text, Styles(styles, text)).paragraphs(), Styles(styles, text))
    return builder.manuscript(
        path=content.path,
        name=content.name,
        source=content.data,
        parts={part: data},
        format=format,
        encoding=encoding,
    )


def _written(
    manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner, styles: str
) -> bytes:
    part, data = next(iter(manuscript.parts.items()))
    text, encoding = decode(data, str(manuscript.path or "Standard input"))
    known = Styles(styles, text)
    walk = Walk(text, known)
    joints = _put(Builder(), part, walk.paragraphs(), known)
    writing = Writing(text, manuscript.text, walk, joints, manner)
    writing.take(changes_of(manuscript, edits))
    for query in queries:
        writing.ask(query.span, query.reason)
    return encode(writing.written(), encoding)


def _put(builder: Builder, part: str, paragraphs: list[Paragraph], styles: Styles) -> Joints:
    """Add all paragraphs to `builder`, and note where in the text their words are."""
    joints: dict[int, tuple[Paragraph, Paragraph]] = {}
    before: Paragraph | None = None
    for paragraph in paragraphs:
        joins = before is not None and before.joins(paragraph)
        if before is not None and joins:
            joints[builder.place] = before, paragraph
        before = paragraph
        if paragraph.kind == "rule" and not paragraph.leaves:
            builder.rule(part, Span(paragraph.start, paragraph.end))
            continue
        builder.begin(joins=joins)
        for leaf in paragraph.leaves:
            kinds = styles.kinds(paragraph.style, leaf.spans, paragraph.kind == "heading")
            if kinds is not None:
                leaf.at = builder.place
                source = Span(leaf.start, leaf.end)
                locked = ("locked",) if leaf.locked else ()
                builder.words(leaf.words, part, source, (*kinds, *locked), splits=paragraph.splits_in(leaf))
        builder.end(paragraph.kind if paragraph.kind != "rule" else None)
    return joints
