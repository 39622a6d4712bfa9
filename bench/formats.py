"""Measure how long a long manuscript takes to be read from a file of each format and written back with many edits.

    python -m bench.formats [--words N] [--edits N] [--picture MB]

The time is that of the format alone, beyond the reading of the story itself; the figure to reach for a Word document of
500 pages, which is 150,000 words, with 2,000 edits is 5 seconds.  Then a Word document with a large picture is edited in a
process of its own, to see that the picture is held in memory once.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from bench.tables import show
from betareader.findings import Edit, Query
from betareader.formats import Manner, from_text, read, write
from betareader.manuscript import Manuscript
from betareader.span import Span

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
VOCABULARY = (
    "the rain had come in from sea before light and by time lamps were out along quay there was nobody left".split()
)
WORD_RUN = 6
"""Words in a run; Word cuts paragraphs up as finely only where much was changed."""


COPYING = """
import resource, sys
from pathlib import Path
from betareader.findings import Edit
from betareader.formats import chunks, read
from betareader.span import Span
manuscript = read(Path(sys.argv[1]))
with open(sys.argv[2], "wb") as copy:
    for chunk in chunks(manuscript, [Edit(Span(0, 1), "X", "")]):
        copy.write(chunk)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
"""Edits a file and prints the most memory that took, in KiB."""


def story(words: int, random: Random) -> list[str]:
    """Paragraphs that are about `words` long together."""
    paragraphs = []
    while words > 0:
        length = random.randint(5, 90)
        words -= length
        paragraphs.append(" ".join(random.choice(VOCABULARY) for _ in range(length)).capitalize() + ".")
    return paragraphs


def word_document(paragraphs: list[str]) -> bytes:
    """A Word document with runs as finely cut, and as much said of each, as Word does."""
    body = "".join(
        f'<w:p w14:paraId="{number:08X}" w:rsidR="00A10B2C"><w:pPr><w:ind w:firstLine="720"/></w:pPr>{_runs(paragraph)}</w:p>'
        for number, paragraph in enumerate(paragraphs, 1)
    )
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELATED}"><Relationship Id="rId1" Type="{OFFICE}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/'
            f'wordml"><w:body>{body}</w:body></w:document>',
        }
    )


def edits_of(manuscript: Manuscript, count: int, random: Random) -> tuple[list[Edit], list[Query]]:
    """Words changed, paragraphs begun and words asked about, spread over the manuscript."""
    edits: list[Edit] = []
    queries: list[Query] = []
    step = len(manuscript.text) // count
    for place in range(0, len(manuscript.text) - step, step):
        start = manuscript.text.find(" ", place + random.randrange(step // 2)) + 1
        end = manuscript.text.find(" ", start)
        span = Span(start, end) if random.random() < 0.8 else Span(start - 1, start)
        put = "changed" if span.start == start else manuscript.paragraph_break
        if manuscript.can_take(span, put):
            edits.append(Edit(span, put, "It reads better so."))
        if random.random() < 0.1:
            queries.append(Query(Span(start, end), "Is this meant?"))
    return edits, queries


def main() -> None:
    """Print a table of the formats and the seconds each takes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--words", type=int, default=150_000)
    parser.add_argument("--edits", type=int, default=2_000)
    parser.add_argument("--picture", type=int, default=200, help="MiB")
    options = parser.parse_args()
    paragraphs = story(options.words, Random(1))
    text = "\n\n".join(paragraphs)
    word = word_document(paragraphs)
    opened: dict[str, Callable[[], Manuscript]] = {
        "plain text": lambda: from_text(text),
        "Word, tracked": lambda: read(None, word),
        "Word, clean": lambda: read(None, word),
    }
    rows = []
    for name, open_it in opened.items():
        started = time.perf_counter()
        manuscript = open_it()
        read_at = time.perf_counter()
        edits, queries = edits_of(manuscript, options.edits, Random(2))
        manner = Manner(tracked=False if name.endswith("clean") else None)
        ready = time.perf_counter()
        size = len(write(manuscript, edits, queries, manner))
        done = time.perf_counter()
        rows.append([name, f"{len(edits):,}", f"{size / 1e6:.1f}", f"{read_at - started:.2f}", f"{done - ready:.2f}"])
    show(
        f"A manuscript of {options.words:,} words, read and written",
        ("format", "edits", "MB written", "s to read", "s to write"),
        rows,
    )
    memory = memory_with_picture(story(1_000, Random(3)), options.picture)
    show(
        "A Word document with a picture, read and written",
        ("picture, MiB", "memory, MiB"),
        [[str(options.picture), str(memory)]],
    )


def memory_with_picture(paragraphs: list[str], megabytes: int) -> int:
    """The most memory, in MiB, that a Word document with a picture of that size takes to be read and written."""
    with tempfile.TemporaryDirectory() as folder:
        file, copy = Path(folder) / "story.docx", Path(folder) / "copy.docx"
        file.write_bytes(word_document(paragraphs))
        with zipfile.ZipFile(file, "a") as package, package.open("word/media/image1.png", "w") as picture:
            for _ in range(megabytes):
                picture.write(os.urandom(1024 * 1024))
        done = subprocess.run(
            [sys.executable, "-c", COPYING, file, copy], check=True, capture_output=True, encoding="utf-8"
        )
    return int(done.stdout) // 1024


def _runs(paragraph: str) -> str:
    words = paragraph.split(" ")
    cut = [" ".join(words[place : place + WORD_RUN]) for place in range(0, len(words), WORD_RUN)]
    return "".join(
        f'<w:r w:rsidRPr="00B{number:05d}"><w:rPr><w:rFonts w:ascii="Garamond" w:hAnsi="Garamond"/><w:sz w:val="24"/>'
        f'</w:rPr><w:t xml:space="preserve">{run}{" " if number < len(cut) else ""}</w:t></w:r>'
        for number, run in enumerate(cut, 1)
    )


def _zipped(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return file.getvalue()


if __name__ == "__main__":
    main()
