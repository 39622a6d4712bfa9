"""How true the story bible is: quotations, speakers, cast and names against novels that were read by hand.

`python -m bench.bible` prints Markdown tables:

**Quotations.**  A quotation is found where a passage of speech covers exactly the same words, marks and white space
at the ends apart; one over several paragraphs counts once for each.  What PDNC cuts up inside one pair of marks
(a quotation inside a quotation, and what is said before and after it) counts as the one it is in print.

**Speakers.**  Each quotation of PDNC whose speaker is a character of the novel, by how it is told.  The speaker is
right where the character named by the bible stands for the same one of PDNC's: a character stands for the one whom
most of its mentions name, by the names that PDNC lists.  A quotation none of whose parts begins inside a passage of
speech was not found and is told wrong.  Then the same with
PDNC's quotations in place of those found, and with its cast, too, named wherever a name stands that it lists for one
person alone.

**Cast.**  A character with ten or more quotations is found where one character of the bible holds four fifths of all
the mentions that can only be that person's (not split), and four fifths of the mentions that one holds are that
person's (not merged).  Strangers are characters listed with five or more mentions none of whose names PDNC
knows: phantoms, and people who are only told of, since PDNC lists only who speaks, is spoken to or is spoken of.

**Names.**  Proper names of people in the excerpts of LitBank that were held out, whole, title included.

**Speed.**  The bible alone of 100,000 words of held-out fiction.
"""

from __future__ import annotations

import argparse
import re
import resource
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.novels import Novel, bare_parts, excerpts, novels, printed
from bench.tables import show
from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.reading import with_names
from betareader.span import Span
from betareader.story import learn
from betareader.story.bible import Bible, Character
from betareader.story.speakers import listen
from betareader.structure import take_apart
from betareader.structure.page import Page, Passage
from training.corpora import DATA, works
from training.told import Identities

TOLD = ("explicit", "anaphoric", "implicit")
WORDS = 100_000
_MOST = 0.8
_UNNAMED = re.compile(r"(?:[Tt]he|[Mm]y)\s+[a-z]|I$")
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass
class Scores:
    """What is counted for one novel, or for several together."""

    quotations: Counter[str] = field(default_factory=Counter)
    speakers: Counter[tuple[str, str]] = field(default_factory=Counter)
    given: Counter[tuple[str, str]] = field(default_factory=Counter)
    listed: Counter[tuple[str, str]] = field(default_factory=Counter)
    cast: Counter[str] = field(default_factory=Counter)

    def add(self, other: Scores) -> None:
        """Count what another novel counts, too."""
        for mine, its in (
            (self.quotations, other.quotations), (self.speakers, other.speakers),
            (self.given, other.given), (self.listed, other.listed), (self.cast, other.cast),
        ):  # fmt: skip
            mine.update(its)  # type: ignore[arg-type]


def f1(found: int, made: int, wanted: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision, recall = found / max(made, 1), found / max(wanted, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def measure(novel: Novel, mistakes: list[str]) -> Scores:
    """The scores of one novel; what went wrong is told in `mistakes`."""
    scores = Scores()
    page = take_apart(from_text(novel.text))
    bible = _bible(page)
    passages = listen(page, bible)[1]
    identities = Identities(novel.characters, bible, novel.text)
    gold = printed(novel.text, novel.quotations)
    found = {
        part
        for passage in passages
        if passage.voice != "quoted"
        for part in bare_parts(novel.text, passage.inner.start, passage.inner.end)
    }
    scores.quotations.update(right=len(gold & found), made=len(found), wanted=len(gold))
    _tell(novel, passages, identities, scores.speakers, mistakes)
    given = replace(page, passages=tuple(_given(novel)))
    _tell(novel, listen(given, bible)[1], identities, scores.given, [])
    listed = replace(bible, cast=tuple(_listed(novel)))
    _tell(novel, listen(given, listed)[1], Identities(novel.characters, listed, novel.text), scores.listed, [])
    _judge_cast(novel, bible, identities, scores.cast, mistakes)
    return scores


def _bible(page: Page) -> Bible:
    """The bible as `betareader bible` learns it."""
    return with_names(learn(page, load_lexicon()), page)


def _given(novel: Novel) -> Iterable[Passage]:
    """PDNC's quotations as passages of speech."""
    place = 0
    for part in sorted({part for quotation in novel.quotations for part in quotation.parts}):
        if part.start >= place:
            start = part.start - (novel.text[part.start - 1] in "\"“'‘_")
            place = part.end + (novel.text[part.end : part.end + 1] in tuple("\"”'’_"))
            yield Passage(Span(start, place), part, "speech")


def _listed(novel: Novel) -> Iterable[Character]:
    """PDNC's cast, each named wherever one of the names stands that PDNC lists for nobody else."""
    bearers = Counter(form for forms in novel.characters.values() for form in forms)
    own = {
        form: name for name, forms in novel.characters.items() for form in forms if bearers[form] == 1 and form != "I"
    }
    names = sorted(own, key=len, reverse=True)
    words = "|".join(r"\s+".join(map(re.escape, form.split())) for form in names)
    mentions: defaultdict[str, list[Span]] = defaultdict(list)
    for found in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", novel.text):
        mentions[own[" ".join(found[0].split())]].append(Span(*found.span()))
    for name, forms in novel.characters.items():
        yield Character(name, tuple(forms - {name}), tuple(mentions[name]), pronouns=novel.pronouns[name])


def _tell(
    novel: Novel,
    passages: Sequence[Passage],
    identities: Identities,
    counts: Counter[tuple[str, str]],
    mistakes: list[str],
) -> None:
    heard = [passage for passage in passages if passage.voice != "quoted"]
    starts = [passage.span.start for passage in heard]
    for quotation in novel.quotations:
        if quotation.told not in TOLD or quotation.speaker not in novel.characters or not quotation.parts:
            continue
        places = [bisect_right(starts, part.start) - 1 for part in quotation.parts]
        said = [
            heard[place]
            for place, part in zip(places, quotation.parts, strict=True)
            if place >= 0 and part.start < heard[place].span.end
        ]
        speaker = next((each.speaker for each in said if each.speaker), None)
        who = identities.of.get(speaker or "")
        counts[quotation.told, "all"] += 1
        counts[quotation.told, "right"] += who == quotation.speaker
        if said and speaker is None:
            counts[quotation.told, "unsaid"] += 1
        if who != quotation.speaker:
            how = said[0].told if said else "not found"
            mistakes.append(
                f"{quotation.parts[0].start} {quotation.told} {quotation.speaker}: {speaker} ({who}, {how})"
            )


def _judge_cast(novel: Novel, bible: Bible, identities: Identities, counts: Counter[str], mistakes: list[str]) -> None:
    spoken = Counter(quotation.speaker for quotation in novel.quotations)
    held = identities.held()
    for name in novel.characters:
        if spoken[name] >= 10:
            counts["wanted"] += 1
            mine, most = held[name].most_common(1)[0] if held[name] else ("", 0)
            votes = identities.votes.get(mine, Counter())
            whole = most >= _MOST * sum(held[name].values())
            alone = votes[name] >= _MOST * sum(votes.values())
            counts["found"] += bool(most) and whole and alone
            if not (most and whole and alone):
                mistakes.append(f"cast: {name}: {held[name].most_common(4)}, {votes.most_common(3)}")
    for person in bible.cast:
        if len(person.mentions) >= 5:
            counts["listed"] += 1
            if person.name not in identities.of:
                counts["strangers"] += 1
                mistakes.append(f"stranger: {person.name} {len(person.mentions)}")


def _share(counts: Mapping[tuple[str, str], int], told: Iterable[str]) -> str:
    kinds = tuple(told)
    return (
        f"{100 * sum(counts[each, 'right'] for each in kinds) / max(sum(counts[each, 'all'] for each in kinds), 1):.1f}"
    )


def measure_novels(data: Path, names: Sequence[str], *, tell: bool) -> None:
    """Print the tables of PDNC."""
    total = Scores()
    each_one: list[tuple[str, Scores]] = []
    for novel in novels(data, names):
        mistakes: list[str] = []
        scores = measure(novel, mistakes)
        each_one.append((novel.name, scores))
        total.add(scores)
        if tell:
            print(f"\n{novel.name}", *mistakes, sep="\n  ")
    each_one.append(("**all**", total))
    rows = []
    cast = []
    for name, scores in each_one:
        counts = scores.quotations
        shares = [
            _share(table, kinds)
            for table in (scores.speakers, scores.given, scores.listed)
            for kinds in (*zip(TOLD), TOLD)
        ]
        rows.append([name, f"{f1(counts['right'], counts['made'], counts['wanted'])[2]:.3f}", *shares])
        people = scores.cast
        cast.append([
            name, str(people["wanted"]), f"{100 * people['found'] / max(people['wanted'], 1):.1f}", str(people["listed"]),
            f"{100 * people['strangers'] / max(people['listed'], 1):.1f}",
        ])  # fmt: skip
    heads = [
        "novel",
        "quotations F1",
        *TOLD,
        "all",
        *(f"given: {each}" for each in (*TOLD, "all")),
        *(f"listed: {each}" for each in (*TOLD, "all")),
    ]
    show("Speakers, per cent right; given: with PDNC's quotations; listed: with its cast, too", heads, rows)
    show("Cast", ["novel", "speak ten times", "found %", "listed with five mentions", "strangers %"], cast)


def measure_names(data: Path, *, held_out: bool, tell: bool) -> None:
    """Print the table of LitBank."""
    names: Counter[str] = Counter()
    quotations: Counter[str] = Counter()
    for excerpt in excerpts(data, held_out=held_out):
        page = take_apart(from_text(excerpt.text))
        bible = _bible(page)
        found = {span for person in bible.cast for span in person.mentions if not _UNNAMED.match(span.of(excerpt.text))}
        names.update(right=len(found & excerpt.people), made=len(found), wanted=len(excerpt.people))
        named = [each for each in bible.cast if len(each.mentions) >= 5 and not _UNNAMED.match(each.name)]
        names.update(listed=len(named))
        names.update(
            phantoms=sum(not any(_touches(span, excerpt.people) for span in person.mentions) for person in named)
        )
        if tell:
            missed, extra = (
                Counter(span.of(excerpt.text) for span in spans).most_common(12)
                for spans in (excerpt.people - found, found - excerpt.people)
            )
            print(f"{excerpt.name}\n  missed {missed}\n  extra {extra}")
        if excerpt.quotations:
            heard = {
                part
                for passage in page.passages
                if passage.voice == "speech"
                for part in bare_parts(excerpt.text, passage.inner.start, passage.inner.end)
            }
            quotations.update(
                right=len(heard & set(excerpt.quotations)), made=len(heard), wanted=len(excerpt.quotations)
            )
    rows = [
        [
            what,
            str(counts["wanted"]),
            *(f"{each:.3f}" for each in f1(counts["right"], counts["made"], counts["wanted"])),
        ]
        for what, counts in (("proper names of people", names), ("quotations", quotations))
    ]
    show("LitBank, held-out part" if held_out else "LitBank", ["what", "there", "precision", "recall", "F1"], rows)
    print(f"Of {names['listed']} named characters listed with five mentions or more, {names['phantoms']} are nobody.")


def _touches(span: Span, spans: Iterable[Span]) -> bool:
    return any(span.start < each.end and each.start < span.end for each in spans)


def measure_speed(data: Path) -> None:
    """Print how long the bible of a novel takes, and the most memory the program held."""
    text = "\n\n".join(work.text for work in works(data, "held-out"))
    cut = [found.end() for found in _WORD.finditer(text)][: WORDS + 1][-1]
    page = take_apart(from_text(text[:cut]))
    load_lexicon()
    before = time.perf_counter()
    bible = _bible(page)
    between = time.perf_counter()
    listen(page, bible)
    after = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [
        [
            f"{WORDS:,} words",
            *(f"{each:.1f}" for each in (between - before, after - between, after - before)),
            f"{memory:.0f}",
        ]
    ]
    show("Speed", ["bible alone", "cast, s", "speakers, s", "all, s", "most memory, MiB"], rows)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, default=DATA, help="the folder of bundles")
    arguments.add_argument("--only", choices=("novels", "names", "speed"), help="one measure alone")
    arguments.add_argument("--novels", nargs="*", default=[], help="the novels of PDNC to measure, by folder")
    arguments.add_argument("--learnt", action="store_true", help="LitBank's other part, which may be learnt from")
    arguments.add_argument("--tell", action="store_true", help="tell every mistake")
    chosen = arguments.parse_args()
    if chosen.only in (None, "speed"):
        measure_speed(chosen.data)
    if chosen.only in (None, "names"):
        measure_names(chosen.data, held_out=not chosen.learnt, tell=chosen.tell)
    if chosen.only in (None, "novels"):
        measure_novels(chosen.data, chosen.novels, tell=chosen.tell)


if __name__ == "__main__":
    main()
