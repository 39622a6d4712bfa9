"""What is measured on: chapters of the held-out works, clean or spoilt, and real mistakes in their places."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

from betareader.language.lexicon import load_lexicon
from training.corpora import corrections, misspelling_files, works
from training.errors import Fault, Spoilt
from training.letters import spelling_variants

_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Sample:
    """Chapters of one work set one after another as a manuscript of their own."""

    name: str
    text: str


def words_in(text: str) -> int:
    """How many words `text` has."""
    return len(_WORD.findall(text))


def held_out(data: Path, clean_words: int, spoilt_words: int) -> tuple[list[Sample], list[Sample]]:
    """Chapters to read clean and other chapters to spoil, of all held-out works alike; the same ones each time.

    Every second work has its quotation marks made straight, as half of all drafts have them.
    """
    found = sorted(works(data, "held-out"), key=lambda work: work.name)
    clean: list[Sample] = []
    spoilt: list[Sample] = []
    for place, work in enumerate(found):
        text = work.text.translate(_STRAIGHT) if place % 2 else work.text
        chapters = [chapter for chapter in re.split(r"\n\s*\n", text) if words_in(chapter) >= 300]
        Random(work.name).shuffle(chapters)
        for wanted, samples in ((clean_words, clean), (spoilt_words, spoilt)):
            share = wanted / len(found)
            taken: list[str] = []
            while chapters and share > 0:
                chapter = _no_longer(chapters.pop(), int(share) + 1)
                share -= words_in(chapter)
                taken.append(re.sub(r"\s*\n\s*", "\n\n", chapter.strip()))
            samples.append(Sample(work.name, "\n\n* * *\n\n".join(taken) + "\n"))
    return clean, spoilt


def _no_longer(chapter: str, words: int) -> str:
    """The first paragraphs of a chapter, until they hold `words`."""
    kept: list[str] = []
    for paragraph in chapter.splitlines():
        kept.append(paragraph)
        words -= words_in(paragraph)
        if words <= 0:
            break
    return "\n".join(kept)


def real_corrections(data: Path) -> list[tuple[Sample, tuple[Fault, ...]]]:
    """The held-out works' paragraphs as they stood before a proofreader, with the wrong words that he put right.

    Kept are pairs of kind word-substitution in which one word of letters took another's place; left
    out are pairs that differ only in capitals, accents, hyphens, apostrophes or a variant that
    `varcon.txt` lists, pairs with a figure or a right word with a capital (names), words of one letter,
    pairs whose right word is in no edited word list (*univarsal*), and pairs with less than half of
    their letters in common (*eyes* for *lips*: the author's change of mind, or another edition's).
    """
    variants = spelling_variants(misspelling_files(data)["varcon.txt"])
    texts: defaultdict[str, list[Spoilt]] = defaultdict(list)
    for correction in corrections(data, "held-out"):
        if correction.kind != "word-substitution":
            continue
        faults = [fault for fault in _differences(correction.before, correction.after) if _is_error(fault, variants)]
        if faults:
            texts[correction.work].append(Spoilt(correction.before, tuple(faults)))
    return [_set_together(work, paragraphs) for work, paragraphs in sorted(texts.items())]


def _differences(before: str, after: str) -> Iterator[Fault]:
    """Where one word took another's place."""
    old = list(_TOKEN.finditer(before))
    new = list(_TOKEN.finditer(after))
    matcher = SequenceMatcher(None, [token[0] for token in old], [token[0] for token in new], autojunk=False)
    for tag, first, last, into, to in matcher.get_opcodes():
        if tag == "replace" and last - first == to - into == 1:
            yield Fault(*old[first].span(), old[first][0], new[into][0], "wrong word")


def _is_error(fault: Fault, variants: defaultdict[str, set[int]]) -> bool:
    wrong, right = fault.wrong, fault.right
    if not (wrong.isalpha() and right.isalpha()) or len(wrong) < 2 or len(right) < 2:
        return False
    if right[0].isupper() or _bare(wrong) == _bare(right) or not right.isascii():
        return False
    if not load_lexicon().knows(right) or SequenceMatcher(None, wrong.lower(), right).ratio() < 0.5:
        return False
    return not variants[wrong.lower()] & variants[right]


def _bare(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold().replace("æ", "ae").replace("œ", "oe"))
    return "".join(letter for letter in plain if letter.isalpha() and not unicodedata.combining(letter))


def _set_together(name: str, paragraphs: list[Spoilt]) -> tuple[Sample, tuple[Fault, ...]]:
    """Paragraphs with faults as one manuscript."""
    text = ""
    faults: list[Fault] = []
    for paragraph in paragraphs:
        at = len(text)
        faults += [Fault(f.start + at, f.end + at, f.wrong, f.right, f.kind) for f in paragraph.faults]
        text += paragraph.text.strip("\n") + "\n\n"
    return Sample(name, text), tuple(faults)


def birkbeck(data: Path, samples: list[Sample], count: int, seed: int) -> list[tuple[Sample, tuple[Fault, ...]]]:
    """Misspellings by poor spellers, each set into a sentence of `samples` that has the right word, one to a sentence.

    Names and entries of several words are left out.
    """
    rng = Random(seed)
    listed: defaultdict[str, list[str]] = defaultdict(list)
    right = ""
    for line in misspelling_files(data)["birkbeck_missp.dat"].split():
        if line.startswith("$"):
            right = line[1:]
        elif right.islower() and right.isalpha() and line.isalpha() and len(right) > 2 and line.lower() != right:
            listed[right].append(line.lower())
    sentences = [
        (sample.name, sentence)
        for sample in samples
        for paragraph in sample.text.splitlines()
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", paragraph)
        if 6 <= words_in(sentence) <= 40 and sentence[:1].isupper() and sentence.endswith(".")
    ]
    rng.shuffle(sentences)
    used: defaultdict[str, int] = defaultdict(int)
    spoilt: defaultdict[str, list[Spoilt]] = defaultdict(list)
    made = 0
    for name, sentence in sentences:
        places = [found for found in _WORD.finditer(sentence) if found[0] in listed and used[found[0]] < 4]
        if not places or made == count:
            continue
        found = rng.choice(places)
        wrong = rng.choice(listed[found[0]])
        used[found[0]] += 1
        made += 1
        fault = Fault(found.start(), found.start() + len(wrong), wrong, found[0], "spelling")
        spoilt[name].append(Spoilt(sentence[: found.start()] + wrong + sentence[found.end() :], (fault,)))
    return [_set_together(name, paragraphs) for name, paragraphs in sorted(spoilt.items())]
