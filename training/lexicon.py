"""Build the lexicon: which words there are, how common each is today, how it sounds.

What counts as a word comes from edited word lists (SCOWL, up to size 70) and from words that
several of the best-edited books use in lower case; how common it is comes from `wordfreq` (today's
English) and from the fiction itself.  Frequency never makes a word.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import wordfreq

from betareader.language.sound import sound_number
from training.corpora import DATA, works
from training.letters import listed_pairs
from training.tokens import names_of, tokens

SPECIAL = ("<s>", "<unk>", "<name>", "<name's>", "<num>", ",", ".", "?", "!", ";", ":", "—", "…")
"""The first places in the lexicon: a paragraph's end, classes of words, stops."""

MODEL_WORDS = 65_000
"""How many words the n-gram model tells apart; the rest are one class.  It packs four into 64 bits."""

SIZES = (10, 20, 35, 40, 50, 55, 60, 70)
OWNED = 3
"""How often a possessive must stand in the fiction to have a place of its own beside the plural it is taken for."""
DIALECTS = ("english", "american", "british", "british_z", "canadian", "australian")
VARIANTS = ("british_variant_1", "canadian_variant_1", "australian_variant_1", "variant_1", "variant_2")


def scowl(folder: Path, kinds: tuple[str, ...], sizes: tuple[int, ...], lists: tuple[str, ...]) -> set[str]:
    """The words of those lists as written, possessives left out."""
    found: set[str] = set()
    for dialect in lists:
        for kind in kinds:
            for size in sizes:
                path = folder / f"{dialect}-{kind}.{size}"
                if path.exists():
                    found.update(path.read_text("utf-8").split())
    return {word for word in found if not word.endswith("'s")}


def fiction_counts(data: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each lower-case word stands in the fiction, in how many best-edited works, in how many works a name."""
    times: Counter[str] = Counter()
    edited: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for bundle in ("fiction-standard-ebooks", "fiction-classics", "fiction-modern"):
        for work in works(data, bundle):
            found = tokens(work.text)
            names = names_of(found)
            here = Counter(token for token in found if token[0].isalpha())
            lower: Counter[str] = Counter()
            for token, count in here.items():
                lower[token.lower()] += count
            named.update(names)
            times.update({word: count for word, count in lower.items() if word not in names})
            if bundle == "fiction-standard-ebooks":
                edited.update(word for word in here if word.islower() and word not in names)
    return times, edited, named


def possessives(times: Counter[str], words: set[str]) -> list[str]:
    """The possessives of the fiction that differ from a plural by their apostrophe alone."""
    return [
        word
        for word, count in times.items()
        if count >= OWNED and word.endswith("'s") and word[:-2] in words and word[:-2] + "s" in words
    ]


def main() -> None:
    """Write words.txt.gz, lexicon.npy and names.txt into the language room's data folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--scowl", type=Path, default=Path("/usr/share/dict/scowl"))
    parser.add_argument("--out", type=Path, default=Path("src/betareader/language/data"))
    options = parser.parse_args()

    times, edited, named = fiction_counts(options.data)
    listed = scowl(options.scowl, ("words", "contractions"), SIZES, DIALECTS + VARIANTS)
    colloquial = set((options.out / "colloquial.txt").read_text("utf-8").split())
    misspelt = {wrong for wrong, _, _ in listed_pairs(options.data)}
    words = {word.lower() for word in listed} | colloquial
    words |= {word for word, count in edited.items() if count >= 4 and word not in misspelt and len(word) > 2}
    words |= {"i", "a", "i'm", "i'll", "i'd", "i've"}
    words -= {word for word in words if len(word) == 1 and word not in "aio"}
    names = scowl(options.scowl, ("upper", "proper-names"), SIZES, DIALECTS)
    names |= scowl(options.scowl, ("proper-names",), (80,), ("english", "american"))
    names = {name for name in names if name[:1].isupper()}

    # Words that many works write with a capital (London, Monday) keep their identity in the model.
    keep = {name for name, count in named.items() if count >= 60}
    order = sorted(
        times, key=lambda word: (-(times[word] * 1e6 / 5e7 + 10 ** (wordfreq.zipf_frequency(word, "en") - 3)), word)
    )
    in_model = [word for word in order if times[word] >= 8 and (word in words or times[word] >= 60)]
    in_model = sorted(keep, key=lambda word: (-named[word], word)) + [word for word in in_model if word not in keep]
    in_model = in_model[: MODEL_WORDS - len(SPECIAL)]
    chosen = set(in_model)
    rest = sorted(
        (words | {name.lower() for name in names}) - chosen,
        key=lambda word: (-wordfreq.zipf_frequency(word, "en"), word),
    )
    owners = sorted(set(possessives(times, words)) - chosen - set(rest))
    every = [*SPECIAL, *in_model, *rest, *owners]

    lexicon = np.zeros(len(every), dtype=[("zipf", "u1"), ("fiction", "u1"), ("flags", "u1"), ("sound", "u2")])
    lower_names = {name.lower() for name in names}
    for place, word in enumerate(every):
        if place < len(SPECIAL):
            lexicon[place]["flags"] = 8
            continue
        fiction = np.log10(max(times[word], 0.1) / 5e7 * 1e9)
        lexicon[place] = (
            round(25 * wordfreq.zipf_frequency(word, "en")),
            round(25 * max(0.0, float(fiction))),
            (word in words)
            | (word in lower_names) << 1
            | (word in keep) << 2
            | (place < len(SPECIAL) + len(in_model)) << 3,
            sound_number(word),
        )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "words.txt.gz").write_bytes(gzip.compress("\n".join(every).encode(), 9, mtime=0))
    (options.out / "names.txt").write_text("\n".join(sorted(names)), "utf-8")
    np.save(options.out / "lexicon.npy", lexicon)
    print(
        json.dumps(
            {
                "words": int((lexicon["flags"] & 1).sum()),
                "in_model": len(in_model) + len(SPECIAL),
                "all": len(every),
                "names": len(names),
            }
        )
    )


if __name__ == "__main__":
    main()
