"""The form of the page: paragraphs, sentences, words, passages, scenes."""

from __future__ import annotations

from bisect import bisect_left

from betareader.manuscript import Manuscript
from betareader.structure.page import Page, Paragraph
from betareader.structure.paragraphs import find_roles
from betareader.structure.passages import find_passages
from betareader.structure.quotation import find_quotations
from betareader.structure.scenes import find_scenes
from betareader.structure.sentences import find_sentences
from betareader.structure.words import find_words


def take_apart(manuscript: Manuscript) -> Page:
    """Find the paragraphs, sentences, words, passages and scenes of a manuscript."""
    text, spans = manuscript.text, manuscript.paragraphs
    code = sorted(mark.span for mark in manuscript.marks if mark.kind == "code")
    roles = find_roles(manuscript)
    quotations = find_quotations(text, spans, code)
    words = find_words(text, quotations.before_words, quotations.after_words, code)
    passages = find_passages(text, spans, quotations, manuscript.marks)
    sentences = find_sentences(text, spans, passages, words)
    starts = [word.start for word in words]
    paragraphs = []
    for span, role in zip(spans, roles, strict=True):
        first = bisect_left(starts, span.start)
        paragraphs.append(Paragraph(span, role, range(first, bisect_left(starts, span.end, first))))
    return Page(text, tuple(paragraphs), sentences, words, passages, find_scenes(text, paragraphs))


def in_speech(page: Page) -> list[bool]:
    """For each word of the page, whether a character says or thinks it."""
    starts = [word.start for word in page.words]
    spoken = [False] * len(starts)
    for passage in page.passages:
        if passage.voice != "quoted":
            first, last = bisect_left(starts, passage.span.start), bisect_left(starts, passage.span.end)
            spoken[first:last] = [True] * (last - first)
    return spoken
