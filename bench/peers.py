"""Other checkers over the same text: each one's first suggestion applied, and set beside ours.

hunspell and aspell come from the distribution, codespell, typos and symspellpy from PyPI
(`pip install betareader[bench]`), Harper from npm (`npm ci` in this folder).  The spellers that know no
context are asked once about each distinct word, as a program that embeds one would.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path

from bench.corpora import Sample
from bench.scoring import judge, touches
from bench.tables import show
from betareader.findings import Edit
from betareader.span import Span
from training.errors import Fault

FOLDER = Path(__file__).resolve().parent
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")

Speller = Callable[[Sequence[str]], list[list[Edit]]]


class Absent(Exception):
    """This checker cannot be run here; the message says why."""


def beside(
    clean: Sequence[Sample],
    spoilt: Sequence[tuple[Sample, tuple[Fault, ...]]],
    ours: tuple[str, list[list[Edit]], float],
) -> None:
    """Run every peer over the clean and then the spoilt samples and print one table, ours first."""
    texts = [sample.text for sample in clean] + [sample.text for sample, _ in spoilt]
    faults = [faults for _, faults in spoilt]
    rows = [_row(*ours, texts, faults)]
    absent = []
    for name, speller in PEERS.items():
        print(f"peers: {name}", file=sys.stderr)
        started = time.perf_counter()
        try:
            edits = speller(texts)
        except Absent as reason:
            absent.append(f"{name} ({reason})")
            continue
        rows.append(_row(name, edits, time.perf_counter() - started, texts, faults))
    words = sum(len(_WORD.findall(text)) for text in texts)
    show(
        f"Peers over the same {words:,} words: faults mended exactly, right words changed per 10,000",
        ["", "misspellings", "wrong words", "all faults", *_HARM, "seconds"],
        rows,
    )
    if absent:
        print("Absent: " + "; ".join(absent) + ".\n")


def _row(
    name: str, edits: list[list[Edit]], seconds: float, texts: list[str], faults: list[tuple[Fault, ...]]
) -> list[str]:
    clean = len(texts) - len(faults)
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    harm = 0
    for text, put, changes in zip(texts[clean:], faults, edits[clean:], strict=True):
        judged = judge(text, put, changes)
        harm += len(judged.harm)
        for verdict in judged.verdicts:
            group = _GROUPS.get(verdict.fault.kind, "")
            for title in (group, "all"):
                made[title] += 1
                right[title] += verdict.outcome == "mended"
    alarms = [
        text[edit.span.start : edit.span.end]
        for text, changes in zip(texts, edits[:clean], strict=False)
        for edit in changes
        if touches(text, edit) == "words"
    ]
    plain = sum(not word[:1].isupper() for word in alarms)
    shares = [f"{100 * right[title] / made[title]:.1f} %" for title in ("misspellings", "wrong words", "all")]
    per = [
        f"{1e4 * count / sum(len(_WORD.findall(text)) for text in part):.1f}"
        for count, part in ((harm, texts[clean:]), (len(alarms), texts[:clean]), (plain, texts[:clean]))
    ]
    return [name, *shares, *per, f"{seconds:.1f}"]


_HARM = ("changed, spoilt text", "changed, clean text", "the same, names left out")
_GROUPS = {
    "spelling": "misspellings",
    "run together": "misspellings",
    "split": "misspellings",
    "apostrophe": "misspellings",
    "wrong word": "wrong words",
}


def _program(name: str) -> str:
    """Where a program stands: beside this Python, or on the path."""
    beside_python = Path(sys.executable).parent / name
    found = str(beside_python) if beside_python.exists() else shutil.which(name)
    if found is None:
        raise Absent("not installed")
    return found


def _word_by_word(texts: Sequence[str], suggest: Callable[[list[str]], dict[str, str]]) -> list[list[Edit]]:
    """Ask about each distinct word once and put the answers in wherever it stands."""
    found = [list(_WORD.finditer(text)) for text in texts]
    distinct = sorted({match[0].replace("’", "'") for matches in found for match in matches})
    answers = suggest(distinct)
    edits = []
    for matches in found:
        here = []
        for match in matches:
            answer = answers.get(match[0].replace("’", "'"))
            if answer is not None:
                put = answer.replace("'", "’") if "’" in match[0] else answer
                here.append(Edit(Span(*match.span()), put, "first suggestion"))
        edits.append(here)
    return edits


def _ispell(program: str, *options: str) -> Speller:
    def suggest(words: list[str]) -> dict[str, str]:
        lines = "".join(f"^{word}\n" for word in words)
        done = subprocess.run(
            [_program(program), "-a", *options],
            input=lines,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        found = {}
        for line in done.stdout.splitlines():
            parts = re.match(r"& (\S+) \d+ \d+: ([^,]+)", line)
            if parts:
                found[parts[1]] = parts[2]
        return found

    return lambda texts: _word_by_word(texts, suggest)


def _symspell(texts: Sequence[str]) -> list[list[Edit]]:
    try:
        package = import_module("symspellpy")
    except ImportError:
        raise Absent("not installed") from None
    speller = package.SymSpell(max_dictionary_edit_distance=2)
    words = Path(str(package.__file__)).parent / "frequency_dictionary_en_82_765.txt"
    speller.load_dictionary(str(words), term_index=0, count_index=1)

    def suggest(words: list[str]) -> dict[str, str]:
        found = {}
        for word in words:
            first = speller.lookup(word, package.Verbosity.TOP, 2, transfer_casing=True)
            if first and first[0].term != word:
                found[word] = first[0].term
        return found

    return _word_by_word(texts, suggest)


def _over_files(
    texts: Sequence[str], run: Callable[[list[Path]], Iterable[tuple[Path, int, str, str]]]
) -> list[list[Edit]]:
    """Run over a file for each text; `run` gives (file, line from 1, wrong, right), each wrong word once a line."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{place}.txt" for place in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_text(text, "utf-8")
        edits: list[list[Edit]] = [[] for _ in texts]
        starts = [[0, *(match.end() for match in re.finditer(r"\n", text))] for text in texts]
        seen = set()
        for file, line, wrong, right in run(files):
            place = files.index(file)
            if (place, line, wrong) in seen:
                continue
            seen.add((place, line, wrong))
            first, last = starts[place][line - 1], [*starts[place], len(texts[place]) + 1][line] - 1
            for match in re.finditer(rf"\b{re.escape(wrong)}\b", texts[place][first:last]):
                edits[place].append(Edit(Span(first + match.start(), first + match.end()), right, "first suggestion"))
    return edits


def _codespell(texts: Sequence[str]) -> list[list[Edit]]:
    program = _program("codespell")

    def run(files: list[Path]) -> Iterable[tuple[Path, int, str, str]]:
        done = subprocess.run(
            [program, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=False
        )
        for found in re.finditer(r"^(.*?):(\d+): (\S+) ==> ([^,\n|]+)", done.stdout, re.MULTILINE):
            yield Path(found[1]), int(found[2]), found[3], found[4].strip()

    return _over_files(texts, run)


def _typos(texts: Sequence[str]) -> list[list[Edit]]:
    program = _program("typos")

    def run(files: list[Path]) -> Iterable[tuple[Path, int, str, str]]:
        command = [program, "--format", "json", "--isolated", *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        for line in done.stdout.splitlines():
            found = json.loads(line)
            if found.get("type") == "typo" and found["corrections"]:
                yield Path(found["path"]), found["line_num"], found["typo"], found["corrections"][0]

    return _over_files(texts, run)


def _harper(texts: Sequence[str]) -> list[list[Edit]]:
    if not (FOLDER / "node_modules" / "harper.js").is_dir():
        raise Absent("not installed: run npm ci in bench/")
    done = subprocess.run(
        [_program("node"), str(FOLDER / "harper.mjs")],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    edits = []
    for found in json.loads(done.stdout):
        here: list[Edit] = []
        for start, end, put in sorted(found):
            if not here or here[-1].span.end <= start:
                here.append(Edit(Span(start, end), put, "first suggestion"))
        edits.append(here)
    return edits


PEERS: dict[str, Speller] = {
    "Harper": _harper,
    "hunspell": _ispell("hunspell", "-d", "en_US"),
    "aspell": _ispell("aspell", "-l", "en_US"),
    "codespell": _codespell,
    "typos": _typos,
    "symspellpy": _symspell,
}
"""What is run beside us, by name."""
