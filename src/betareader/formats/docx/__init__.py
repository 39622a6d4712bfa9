"""Word documents (.docx and .docm): read as text, and written with tracked changes and comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from betareader.findings import Edit, Query
from betareader.formats.builder import RULE, Builder
from betareader.formats.changes import Change, changes_of
from betareader.formats.content import Content
from betareader.formats.docx.comments import Margin, numbers_beside, with_comments
from betareader.formats.docx.layout import Leaf, Paragraph, Run
from betareader.formats.docx.parts import Parts, find_parts, is_word, own_prefix, text_of
from betareader.formats.docx.rewriting import Ink
from betareader.formats.docx.styles import Styles
from betareader.formats.docx.walk import Anchors, Walk
from betareader.formats.docx.writing import PartWriting
from betareader.formats.manner import Manner
from betareader.formats.markup import decode, encode, make_sure
from betareader.formats.package import Chunk, Package
from betareader.formats.remarks import remark
from betareader.manuscript import Manuscript, MarkKind
from betareader.span import Span

Walked = dict[str, tuple[str, str, list[Paragraph]]]
"""Of each part its text, its encoding and its paragraphs."""

Joints = dict[int, tuple[str, Paragraph]]
"""The paragraph, and its part, before each break that can be taken out, by the break's place in the text."""


def claims(content: Content) -> bool:
    """Whether the file is a Word document, whatever it is called."""
    return content.package is not None and is_word(content.package)


def read(content: Content) -> Manuscript:
    """Read the body of a Word document, and after it its footnotes and endnotes.

    What others have tracked is read as if accepted.  Headers and footers are no part of the story.
    """
    package = content.package
    if package is None:
        raise ValueError("a Word document is a package")
    parts = find_parts(package)
    told = {name: package.read(name) for name in parts.told}
    builder = Builder()
    walked, _ = _walk(package, parts, told, builder)
    for text, _, _ in walked.values():
        own_prefix(text, content.name)
    return builder.manuscript(path=content.path, name=content.name, source=content.data, parts=told, format="docx")


def write(manuscript: Manuscript, edits: Iterable[Edit], queries: Iterable[Query], manner: Manner) -> Iterator[Chunk]:
    """The document with `edits` as tracked changes, or simply made, and `queries` as comments."""
    package = Package(manuscript.source, str(manuscript.path or "Standard input"))
    parts = find_parts(package)
    walked, joints = _walk(package, parts, manuscript.parts, Builder())
    texts = {name: text for name, (text, _, _) in walked.items()}
    also = [decode(package.read(parts.comments), package.name)[0]] if parts.comments else []
    ink = Ink(own_prefix(texts[parts.main], package.name), manner, numbers_beside([*texts.values(), *also]))
    writings = {
        name: PartWriting(text, paragraphs, replace(ink, prefix=own_prefix(text, package.name)))
        for name, (text, _, paragraphs) in walked.items()
    }
    margin = Margin(manuscript, writings, parts.main, ink)
    said: list[tuple[Span, str, list[tuple[int, Change]]]] = [
        (query.span, remark(manuscript, query), []) for query in queries
    ]
    for edit, changes in groupby(enumerate(changes_of(manuscript, edits)), key=lambda each: each[1].edit):
        listed = list(changes)
        for number, change in listed:
            if change.part:
                writings[change.part].take(change, number)
            for joint in change.joined:
                part, paragraph = joints[joint.start]
                writings[part].join(paragraph)
        if manner.reasons and edit.reason:
            said.append((edit.span, edit.reason, listed))
    for span, words, listed in sorted(said, key=lambda each: each[0]):
        if listed:
            margin.explain(listed, words)
        else:
            margin.ask(span, words)
    changed = {name: encode(writing.written(), walked[name][1]) for name, writing in writings.items()}
    changed = {name: data for name, data in changed.items() if data != manuscript.parts[name]}
    if margin.comments:
        changed |= with_comments(package, parts, margin.comments, manner)
    return package.written(changed)


def _walk(package: Package, parts: Parts, told: Mapping[str, bytes], builder: Builder) -> tuple[Walked, Joints]:
    """Walk through the parts that hold the story and add all that is read to `builder`."""
    styles = Styles(text_of(package, parts.styles) if parts.styles else "")
    walked: Walked = {}
    joints: Joints = {}
    anchors: Anchors = {}
    for name in parts.told:
        text, encoding = decode(told[name], package.name)
        make_sure(text, package.name)
        walk = Walk(text, styles, anchors)
        anchors = anchors or walk.references
        walked[name] = text, encoding, walk.paragraphs
        _put(builder, name, walk.paragraphs, styles, None if name == parts.main else "note", joints)
    return walked, joints


def _put(
    builder: Builder, part: str, paragraphs: list[Paragraph], styles: Styles, kind: MarkKind | None, joints: Joints
) -> None:
    """Add the paragraphs of a part; those whose end has been taken out go on in the next.

    `joints` gets the paragraphs before the breaks that can be taken out.
    """
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if before is None or not (before.merges and before.among == paragraph.among):
            if before is not None:
                builder.end(kind or before.kind)
            joins = before is not None and before.joins(paragraph)
            if before is not None and joins:
                joints[builder.place] = part, before
            builder.begin(joins=joins)
        before = paragraph
        if paragraph.has_rule and not any(run.leaves for run in paragraph.runs):
            builder.words(RULE, part, Span(paragraph.start, paragraph.end), ("locked",), splits=False)
            paragraph.kind = "rule"
            continue
        for run in paragraph.runs:
            kinds = styles.kinds(paragraph.style, run.look, paragraph.kind == "heading")
            if kinds is not None:
                for leaf in run.leaves:
                    _put_leaf(builder, part, run, leaf, kinds)
    if before is not None:
        builder.end(kind or before.kind)


def _put_leaf(builder: Builder, part: str, run: Run, leaf: Leaf, kinds: tuple[MarkKind, ...]) -> None:
    locked = run.locked or not leaf.direct
    if locked:
        kinds = (*kinds, "locked")
    for words, start, end in leaf.words:
        builder.words(words, part, Span(start, end), kinds, splits=run.splits and not locked)
