"""How letters go wrong: the listed misspellings of each word, and a channel fitted on them.

The channel is Brill and Moore's: a fragment of up to three letters becomes another, given the
letter on either side of it; its counts come from what is left of each listed pair once what the
two have in common at both ends is taken off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random

from training.corpora import misspelling_files

Pair = tuple[str, str]
"""(wrong, right), in lower case."""

WEIGHTS = {
    "wikipedia.dat": 4.0,
    "wikipedia_common_misspellings.txt": 4.0,
    "codespell_dictionary.txt": 1.0,
    "typos_words.csv": 0.4,
}
"""How far each list is to be believed: the first two come from prose, the others from programs."""

LONGEST = 3
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*( [a-z]+)?")

SOUNDS: tuple[tuple[str, str, float], ...] = (
    (r"^kn", "n", 5),
    (r"^wh", "w", 5),
    (r"^wr", "r", 5),
    (r"^ps", "s", 4),
    (r"mb\b", "m", 3),
    (r"gh(?=t)", "", 3),
    (r"igh", "i", 1),
    (r"ough\b", "uff", 0.6),
    (r"ph", "f", 3),
    (r"ck", "k", 2),
    (r"(?<=[aeiou])k\b", "ck", 0.5),
    (r"c(?=[eiy])", "s", 2),
    (r"(?<=.)s(?=[eiy])", "c", 0.6),
    (r"sc(?=[ei])", "s", 3),
    (r"c(?=[aou])", "k", 0.4),
    (r"qu", "kw", 0.2),
    (r"que\b", "k", 1),
    (r"tch", "ch", 2),
    (r"dge", "ge", 2),
    (r"ie", "ei", 4),
    (r"ei", "ie", 5),
    (r"ence", "ance", 3),
    (r"ance", "ence", 3),
    (r"ent\b", "ant", 2),
    (r"ant\b", "ent", 3),
    (r"able", "ible", 2),
    (r"ible", "able", 2.5),
    (r"tion", "sion", 1.5),
    (r"sion", "tion", 1.5),
    (r"cious", "sious", 3),
    (r"ous\b", "us", 1.5),
    (r"ous\b", "ouse", 0.7),
    (r"full\b", "ful", 1),
    (r"ful\b", "full", 3),
    (r"fully", "fuly", 2.5),
    (r"ely\b", "ly", 2.5),
    (r"(?<=[tsr])ly\b", "ley", 0.8),
    (r"ally\b", "aly", 2.5),
    (r"ally\b", "ly", 1.5),
    (r"ied\b", "yed", 3),
    (r"ies\b", "ys", 1.5),
    (r"ying\b", "ing", 1),
    (r"(?<=[^aeiou])ed\b", "d", 1.5),
    (r"(?<=[kpsh])ed\b", "t", 0.8),
    (r"(?<=[^aeiouy])ing\b", "eing", 1.2),
    (r"([bdgklmnprt])\1(?=(?:ed|ing|er|y)\b)", r"\1", 3),
    (r"(?<=[aeiou])([bdglmnprt])(?=(?:ed|ing)\b)", r"\1\1", 1.5),
    (r"er\b", "or", 0.6),
    (r"or\b", "er", 2),
    (r"ar\b", "er", 2),
    (r"le\b", "el", 1.2),
    (r"el\b", "le", 1.2),
    (r"al\b", "el", 1),
    (r"ea", "ee", 1.2),
    (r"ee", "ea", 1.2),
    (r"ai", "ay", 0.6),
    (r"ai", "ia", 1),
    (r"ou", "u", 1),
    (r"au", "ua", 0.8),
    (r"ur", "er", 1.5),
    (r"ir", "er", 1),
    (r"er(?=.)", "ur", 0.8),
    (r"(?<=[^aeiou])e\b", "", 1),
    (r"(?<=[aeiou][nkmtl])\b", "e", 0.3),
    (r"(?<=[aeiou][nkmtlrs])e(?=[a-z]{3})", "", 1.5),
    (r"(?<=.)a(?=[nrlt])", "e", 0.8),
    (r"(?<=.)e(?=[nrlt])", "a", 0.8),
    (r"(?<=.)i(?=[nrlt])", "e", 1),
    (r"(?<=.[a-z])o(?=[nrl])", "e", 0.7),
    (r"(?<=..)u(?=[nrlm])", "o", 0.5),
    (r"y(?=.)", "i", 1),
    (r"(?<=[a-z])st(?=en|le)", "s", 2),
    (r"([bcdfglmnprst])\1", r"\1", 2),
    (r"(?<=[aeiou])([clmnprst])(?=[aeiou])", r"\1\1", 0.6),
    (r"x(?=c)", "ks", 0.6),
    (r"exc", "ex", 2.5),
    (r"(?<=[a-z])gu(?=[ae])", "g", 1.5),
    (r"ght\b", "te", 0.7),
)
"""What is written by ear: pattern, what is put in its place, and how often."""


def listed_pairs(data: Path) -> list[tuple[str, str, float]]:
    """Every (wrong, right, weight) of the lists that may be learnt from; a spelling variant is not a misspelling."""
    files = misspelling_files(data)
    same = spelling_variants(files["varcon.txt"])
    pairs: dict[Pair, float] = {}
    for name, weight in WEIGHTS.items():
        for line in files[name].splitlines():
            wrong, _, rest = line.replace("->", ",", 1).lower().partition(",")
            rights = [right.strip() for right in rest.split(",")]
            if name.startswith("codespell") and len(rights) > 1:
                rights = rights[:-1]  # after the last comma stands a remark, or nothing
            for right in rights:
                if right and _WORD.fullmatch(right) and _WORD.fullmatch(wrong) and not same[wrong] & same[right]:
                    pairs[wrong, right] = pairs.get((wrong, right), 0.0) + weight / len(rights)
    return [(wrong, right, weight) for (wrong, right), weight in pairs.items() if wrong != right]


def spelling_variants(varcon: str) -> defaultdict[str, set[int]]:
    """The numbers of the lines of `varcon.txt` that each spelling stands in."""
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(varcon.splitlines()):
        if not line.startswith("#"):
            for word in re.findall(r": ([a-z']+)", line):
                groups[word].add(number)
    return groups


class Letters:
    """Draws misspellings of a word: as listed, by the fitted channel, or by ear."""

    def __init__(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """Fit the channel on (wrong, right, weight)."""
        self.listed: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
        self.joined: dict[str, str] = {}
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        chances: defaultdict[str, float] = defaultdict(float)
        for wrong, right, weight in pairs:
            if " " in right:
                if " " not in wrong and "'" not in wrong:
                    self.joined[right] = wrong
                continue
            if " " in wrong:
                continue
            self.listed[right].append((wrong, weight))
            for here in _places(right):
                chances[here] += weight
            place, old, new = _difference(f"^{right}$", f"^{wrong}$")
            if len(old) <= LONGEST and len(new) <= LONGEST:
                context = f"^{right}$"
                counts[context[place - 1] + old + context[place + len(old)]][new] += weight
        self._channel: dict[str, tuple[list[str], list[float]]] = {}
        for here, outcomes in counts.items():
            seen = {new: weight for new, weight in outcomes.items() if weight >= 2}
            if seen:
                usual = chances[here] + 20.0
                self._channel[here] = (list(seen), [weight / usual for weight in seen.values()])
        self._sounds = tuple((re.compile(pattern), put, weight) for pattern, put, weight in SOUNDS)

    def from_list(self, word: str, rng: Random) -> str | None:
        """A listed misspelling of `word`, or None where none is listed."""
        listed = self.listed.get(word)
        if not listed:
            return None
        return rng.choices([wrong for wrong, _ in listed], [weight for _, weight in listed])[0]

    def by_hand(self, word: str, rng: Random) -> str | None:
        """`word` sent once through the letter channel."""
        padded = f"^{word}$"
        options: list[tuple[int, int, str]] = []
        weights: list[float] = []
        for start in range(1, len(padded)):
            for end in range(start, min(start + LONGEST, len(padded) - 1) + 1):
                outcomes = self._channel.get(padded[start - 1 : end + 1])
                if outcomes:
                    options += [(start, end, new) for new in outcomes[0]]
                    weights += outcomes[1]
        if not options:
            return None
        start, end, new = rng.choices(options, weights)[0]
        return (padded[:start] + new + padded[end:])[1:-1]

    def by_ear(self, word: str, rng: Random) -> str | None:
        """`word` as one who writes by ear may spell it, or None where no rule of sound fits."""
        options: list[tuple[re.Match[str], str]] = []
        weights: list[float] = []
        for pattern, put, weight in self._sounds:
            for found in pattern.finditer(word):
                options.append((found, put))
                weights.append(weight)
        if not options:
            return None
        found, put = rng.choices(options, weights)[0]
        return word[: found.start()] + found.expand(put) + word[found.end() :]


def _places(right: str) -> Iterable[str]:
    """Every fragment of `right` the channel may replace, with the letter on either side."""
    padded = f"^{right}$"
    for start in range(1, len(padded)):
        for end in range(start, min(start + LONGEST, len(padded) - 1) + 1):
            yield padded[start - 1 : end + 1]


def _difference(right: str, wrong: str) -> tuple[int, str, str]:
    """Where the two begin to differ, and what stands there in each."""
    limit = min(len(right), len(wrong))
    start = 0
    while start < limit and right[start] == wrong[start]:
        start += 1
    end = 0
    while end < limit - start and right[-1 - end] == wrong[-1 - end]:
        end += 1
    start = min(start, len(right) - end)
    return start, right[start : len(right) - end], wrong[start : len(wrong) - end]
