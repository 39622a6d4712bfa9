"""Build what could have been meant: for each word that may stand for another, those others.

Three tables go to the language room: `confusable` (real words written for real words, with what it
costs), `misspelt.txt.gz` (non-words from the lists that may be learnt from, with the words meant) and
`joined.txt` (words that are also written as two; with a third word, two that are found written for that one).  `letters.npy` holds what each slip of a letter costs.
"""

from __future__ import annotations

import argparse
import gzip
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from betareader.findings import FAULTS
from betareader.language.letters import ALPHABET, signs
from betareader.language.lexicon import load_lexicon
from betareader.language.nearby import load_nearby
from betareader.language.proposals import FAMILIAR
from training.confusions import Confusions
from training.corpora import DATA, misspelling_files
from training.joins import SPLIT, UNLIKE
from training.letters import listed_pairs, spelling_variants

APOSTROPHE = FAULTS.index("apostrophe")
WRONG = FAULTS.index("wrong word")
FORM = FAULTS.index("form")

TASTE = frozenset({"whom", "shall"})
"""Never proposed: whoever writes the other form is seldom wrong today."""

RARE = 4.2
"""A known word rarer than this (zipf) may be a slip for any common word near it."""


MOST = 16
"""Words kept that may have been meant by one."""


MEANT = 2.6
"""A word rarer than this (zipf), today and in fiction, is not what was meant by another word."""


WHOLE, PART = 2.3, 3.3
"""How common (zipf) a word must be, and the two in it, that may have been parted by mistake."""


AS_IF_REGULAR = 4.0
"""How much the lists are taken to speak for *caught* where *catched* stands."""


CONTRACTED = (
    "wernt weren't | wasent wasn't | wasnt wasn't | dident didn't | didint didn't | coudnt couldn't | coudn't couldn't | cudnt couldn't"
    " | woudnt wouldn't | woudn't wouldn't | wudnt wouldn't | shoudnt shouldn't | shoudn't shouldn't | isent isn't | dosnt doesn't"
    " | dosn't doesn't | dosent doesn't | doesent doesn't | doent don't | hadent hadn't | hasent hasn't | havent haven't"
    " | youv you've | weve we've | theyv they've | iv i've | ime i'm | yould you'd | theyr they're"
)
"""Contractions as they are spelt by ear."""


def plural_as_if_regular(word: str, knows: Callable[[str], bool]) -> Iterator[str]:
    """What a writer makes of a plural who only adds the s: babys for *babies*, wolfs for *wolves*."""
    for ending, put in (("ies", "y"), ("ves", "f"), ("ves", "fe")):
        stem = word.removesuffix(ending) + put
        if word.endswith(ending) and len(stem) > 3 and knows(stem) and not knows(stem + "s"):
            yield stem + "s"


def letter_costs(pairs: list[tuple[str, str, float]]) -> NDArray[np.float32]:
    """-log10 of how often each letter is changed for, followed by an extra, or loses, another; from pairs one slip apart.

    Four tables: changed [meant, written], put in [before, written], lost [before, meant], swapped [first, second].
    """
    size = len(ALPHABET) + 1
    counts = np.full((4, size, size), 0.5)
    seen = np.full((4, size, size), 40.0)
    for wrong, right, weight in pairs:
        if " " in right or " " in wrong:
            continue
        w, r = signs(wrong), signs(right)
        before = 0
        for sign in r:
            seen[0, sign] += weight
            seen[2, before, sign] += weight
            seen[3, before, sign] += weight
            seen[1, before] += weight
            before = sign
        start = 0
        while start < min(len(w), len(r)) and w[start] == r[start]:
            start += 1
        head = r[start - 1] if start else 0
        if len(w) == len(r) and w[start + 1 :] == r[start + 1 :]:
            counts[0, r[start], w[start]] += weight
        elif (
            len(w) == len(r) and w[start + 2 :] == r[start + 2 :] and w[start : start + 2] == r[start : start + 2][::-1]
        ):
            counts[3, r[start], r[start + 1]] += weight
        elif len(w) == len(r) + 1 and w[start + 1 :] == r[start:]:
            counts[1, head, w[start]] += weight
        elif len(w) + 1 == len(r) and w[start:] == r[start + 1 :]:
            counts[2, head, r[start]] += weight
    costs: NDArray[np.float32] = np.clip(-np.log10(counts / seen), 0.3, 4.0).astype(np.float32)
    return costs


def confusable(
    confusions: Confusions, is_variant: Callable[[str, str], bool]
) -> dict[str, dict[str, tuple[float, int]]]:
    """For each word as written, the words that may have been meant, with a weight and the kind of fault; no variant of its own spelling."""
    lexicon = load_lexicon()
    found: dict[str, dict[str, tuple[float, int]]] = defaultdict(dict)

    def add(wrong: str, right: str, weight: float, fault: int) -> None:
        if (
            right not in TASTE
            and wrong != right
            and not is_variant(wrong, right)
            and weight > found[wrong].get(right, (0.0, 0))[0]
        ):
            found[wrong][right] = (weight, fault)

    for right in lexicon.words:
        place = lexicon.place(right)
        if not lexicon.is_common_word(right) or max(lexicon.zipfs[place], lexicon.fiction_zipfs[place]) < MEANT:
            continue
        settings = (("", True), ("he", False), ("they", False), ("had", False), ("did", False))
        forms = [confusions.forms(right, before, named) for before, named in settings]
        for options, fault in (
            *((options, FORM) for options in forms),
            (confusions.by_sound(right), WRONG),
            (confusions.by_letter(right), WRONG),
        ):
            if options:
                total = sum(options[1])
                for wrong, weight in zip(*options, strict=True):
                    kind = APOSTROPHE if wrong.replace("'", "") == right.replace("'", "") else fault
                    add(wrong, right, 0.3 * weight / max(total, 1.0), kind)
        base = confusions.bare_for_ing(right)
        if base and lexicon.zipf(right) >= 3.3:
            add(base, right, 0.02, FORM)
        bare = right.replace("'", "")
        if bare != right and lexicon.is_common_word(bare):
            add(bare, right, 0.2, APOSTROPHE)
            add(right, bare, 0.1, APOSTROPHE)
    return found


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=Path("src/betareader/language/data"))
    options = parser.parse_args()
    lexicon = load_lexicon()
    pairs = listed_pairs(options.data)
    np.save(options.out / "letters.npy", letter_costs(pairs))

    meant: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    confusions = Confusions(lexicon.knows, lexicon.zipf)
    variants = spelling_variants(misspelling_files(options.data)["varcon.txt"])
    table = confusable(confusions, lambda one, other: not variants[one].isdisjoint(variants[other]))
    for wrong, right, weight in pairs:
        if not all(lexicon.is_common_word(part) for part in right.split()):
            continue
        if lexicon.is_common_word(wrong):
            if " " not in right and lexicon.zipf(right) >= 3 and lexicon.zipf(wrong) < 5.5:
                table[wrong].setdefault(right, (0.05 * min(weight, 4), WRONG))
        elif " " not in wrong and len(wrong) > 1:
            meant[wrong][right] += weight
    for right in filter(lexicon.is_common_word, lexicon.words):
        for wrong in (*confusions.as_if_regular(right), *plural_as_if_regular(right, lexicon.knows)):
            meant[wrong][right] += AS_IF_REGULAR
    for pair in CONTRACTED.split("|"):
        wrong, right = pair.split()
        meant[wrong][right] += AS_IF_REGULAR
    lines = [
        " ".join([wrong, *(right.replace(" ", "_") for right in sorted(rights, key=lambda right: -rights[right])[:3])])
        for wrong, rights in sorted(meant.items())
    ]
    (options.out / "misspelt.txt.gz").write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))

    rare = [word for word in lexicon.words if lexicon.is_common_word(word) and lexicon.zipf(word) < RARE]
    for start in range(0, len(rare), 2000):
        for wrong, nears in zip(
            rare[start : start + 2000], load_nearby().find(rare[start : start + 2000]), strict=True
        ):
            for near in nears:
                right = lexicon.words[near.place]
                if near.cost < 4 and lexicon.zipf(right) > lexicon.zipf(wrong) + 0.7:
                    table[wrong].setdefault(right, (10**-near.cost, WRONG))

    counts = np.zeros(len(lexicon.words), np.uint8)
    rows = []
    for place, word in enumerate(lexicon.words):
        best = sorted(table.get(word, {}).items(), key=lambda item: -item[1][0] * 10 ** (0.3 * lexicon.zipf(item[0])))[
            :MOST
        ]
        for right, (weight, fault) in best:
            familiar = FAMILIAR * (fault != APOSTROPHE and word in confusions.taken_for(right))
            cost = min(255, round(-32 * np.log10(max(weight, 1e-6))))
            rows.append((lexicon.place(right), cost, fault + familiar))
        counts[place] = len(best)
    columns = np.array(rows, dtype=[("meant", "u4"), ("cost", "u1"), ("fault", "u1")])
    np.save(options.out / "confusable_counts.npy", counts)
    np.save(options.out / "confusable.npy", columns)

    joined = {cut.replace(" ", ""): cut for cut in SPLIT.values()}
    seldom = dict(UNLIKE)
    for word in lexicon.words:
        if lexicon.is_common_word(word) and lexicon.zipf(word) >= WHOLE and word.isalpha() and len(word) >= 6:
            for at in range(2, len(word) - 1):
                left, right = word[:at], word[at:]
                if lexicon.is_common_word(left) and lexicon.is_common_word(right):
                    parts = min(lexicon.zipf(left), lexicon.zipf(right))
                    if parts > 4 and lexicon.zipf(word) >= 3:
                        joined.setdefault(word, f"{left} {right}")
                    elif parts > PART and min(at, len(right)) > (3 if parts < 4.5 else 2) and right != "able":
                        seldom[f"{left} {right}"] = word
    (options.out / "joined.txt").write_text(
        "\n".join(
            [
                *sorted(cut for word, cut in joined.items() if lexicon.is_common_word(word)),
                *(f"{cut} {word}" for cut, word in sorted(seldom.items())),
            ]
        ),
        "utf-8",
    )
    print(
        f"{len(rows):,} confusable pairs, {len(lines):,} listed misspellings, {len(joined):,} words also written as two"
    )


if __name__ == "__main__":
    main()
