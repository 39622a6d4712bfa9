"""Words spelt anew from how they are said, as those do who write by ear alone: tecneek, oshun, thort."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

GRAPHEMES = {
    sound: [(spelt.rstrip("0123456789."), float(spelt.lstrip("abcdefghijklmnopqrstuvwxyz") or 1)) for spelt in line.split()]
    for sound, line in {
        "AA": "o3 ar a", "AE": "a", "AH": "u2 a1.5 e o i0.5", "AO": "or2 aw1.5 o2 au", "AW": "ow2 ou2",
        "AY": "i3 y ie igh0.5", "EH": "e3 ea0.3", "ER": "er3 ur1.5 ir", "EY": "ai2 a2 ay", "IH": "i4 e0.5 y0.3",
        "IY": "ee3 ea1.5 y ie0.7 e i0.7", "OW": "o3 ow oa", "OY": "oy oi", "UH": "oo2 u2", "UW": "oo3 u ew",
        "B": "b", "CH": "ch3 tch0.5", "D": "d", "DH": "th", "F": "f3 ff0.6 ph0.2", "G": "g", "HH": "h", "JH": "j3 g",
        "K": "k2 c2 ck0.8", "L": "l4 ll0.5", "M": "m4 mm0.4", "N": "n", "NG": "ng", "P": "p4 pp0.4", "R": "r", "S": "s3 ss0.5 c0.3",
        "SH": "sh", "T": "t4 tt0.3", "TH": "th", "V": "v", "W": "w", "Y": "y", "Z": "s2 z", "ZH": "s sh0.3",
    }.items()
}  # fmt: skip
"""How each sound (ARPAbet) is spelt by those who know no better, and how readily."""
KNOWN = 3.0
"""How much more readily a spelling is taken that stands in the word itself."""
ENDINGS = (("ing", ("IH", "NG")), ("ed", ("IH", "D")), ("ed", ("D",)), ("ed", ("T",)), ("s", ("S",)), ("s", ("Z",)))
"""Endings that nearly everybody knows, and how they are said."""


def respelt(word: str, sounds: Sequence[str], rng: Random) -> str:
    """`word`, which is said so, as one who goes by its sounds may spell it; its ending mostly as it is."""
    ending = ""
    for known, said in ENDINGS:
        if word.endswith(known) and tuple(sounds[-len(said) :]) == said and rng.random() < 0.8:
            sounds, ending = sounds[: -len(said)], known
            break
    parts = []
    for place, sound in enumerate(sounds):
        ways = GRAPHEMES.get(sound, [("", 1.0)])
        if place == 0:
            ways = [way for way in ways if len(way[0]) < 2 or way[0][0] != way[0][1]] or ways
        weights = [weight * (KNOWN if spelt in word else 1.0) for spelt, weight in ways]
        parts.append(rng.choices([spelt for spelt, _ in ways], weights)[0])
    if sounds and sounds[-1] in ("IY",) and not ending:
        parts[-1] = "y" if rng.random() < 0.7 else "ey"
    return "".join(parts) + ending
