"""How a spelling sounds: words that could be said alike share a key.

There are two keys.  `sound_key` goes by the spelling alone, of right words and wrong ones.  `readings` are the ways a stranger would say
what stands there, to be looked up among the ways that words are said in truth (`said_as`): *tecneek* is said as *technique* is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"[^a-z]", ""),
        (r"^(?:kn|gn|pn|cn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"(?<=[aeiou])w(?=[^aeiouy]|$)", ""),
        (r"mb$", "m"),
        (r"mn$", "m"),
        (r"bt$", "t"),
        (r"stle", "sl"),
        (r"sten$", "sn"),
        (r"ough|augh", "of"),
        (r"igh", "i"),
        (r"ph", "f"),
        (r"tch", "X"),
        (r"sch", "sk"),
        (r"(?:ti|ci|si|ssi|sci)(?=on|an|al|ou|en)", "S"),
        (r"tu(?=re|al|ous)", "X"),
        (r"sh", "S"),
        (r"ch", "X"),
        (r"th", "T"),
        (r"dge?(?=[eiy])|dg", "J"),
        (r"gg", "g"),
        (r"g(?=[eiy])", "J"),
        (r"j", "J"),
        (r"sc(?=[eiy])", "s"),
        (r"cc(?=[eiy])", "ks"),
        (r"c(?=[eiy])", "s"),
        (r"ck|q|c", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"(?<=[aeiou])gh", ""),
        (r"gh", "g"),
        (r"wh", "w"),
        (r"(?<=.)h(?=[^aeiou]|$)", ""),
        (r"v", "f"),
        (r"d(?=$)", "t"),
        (r"(?<=[^aeiou])e?d$|(?<=[aeiou])e?t$", "t"),
        (r"(.)\1+", r"\1"),
        (r"e$", ""),
        (r"(?<=.)[aeiouy]+", "a"),
        (r"^[aeiouy]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)


def sound_key(word: str) -> str:
    """A rough key of how `word` is said: consonants by sound, every run of vowels one sign.

    It errs on the side of putting words together; the letters then tell them apart.
    """
    key = word.lower()
    for pattern, put in _STEPS:
        key = pattern.sub(put, key)
    return key


def sound_number(word: str) -> int:
    """The sound key folded into 16 bits."""
    number = key_number(sound_key(word))
    return (number ^ number >> 16) & 0xFFFF


_SAID = {
    "P": "p", "B": "b", "T": "t", "D": "d", "K": "k", "G": "g", "F": "f", "V": "f", "S": "s", "Z": "s", "SH": "S", "ZH": "S",
    "CH": "X", "JH": "J", "TH": "T", "DH": "T", "M": "m", "N": "n", "NG": "n", "L": "l", "W": "w", "Y": "",
}  # fmt: skip
"""The consonants of ARPAbet by the signs of a key; all else is a vowel, R or HH."""


def said_as(sounds: Sequence[str]) -> str:
    """The key of a word said so (ARPAbet without stress): consonants by kind, every run of vowels one sign, no r but before a vowel."""
    key = []
    for here, after in pairwise([*sounds, ""]):
        vowel_follows = bool(after) and after not in _SAID and after not in ("R", "HH")
        if here == "R":
            key.append("r" * vowel_follows)
        elif here == "HH":
            key.append("h" * (not key))
        elif here in _SAID:
            key.append(_SAID[here])
        else:
            key.append("ar" if here == "ER" and vowel_follows else "a")
    return _told_once("".join(key).replace("ng", "n"))


_READING: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"[^a-z]", ""),
        (r"^(?:kn|gn|pn|cn)", "n"),
        (r"^wr|^rh", "r"),
        (r"^ps|^x", "s"),
        (r"^wh(?=o)", "h"),
        (r"^wh", "w"),
        (r"(?<=[aeiou])w(?=[^aeiouy]|$)", "u"),
        (r"mb$|mn$", "m"),
        (r"bt$", "t"),
        (r"stle", "sel"),
        (r"sten$", "sen"),
        (r"(?<=[^aeiouylr])le(?=s?$)", "al"),
        (r"(?<=[^aeiouylr])led$", "alt"),
        (r"sm$", "sam"),
        (r"ph", "f"),
        (r"tch", "X"),
        (r"sch", "sk"),
        (r"(?:ti|ci|si|ssi|sci)(?=on|an|al|ou|en)", "S"),
        (r"t(?=ure)", "X"),
        (r"sh", "S"),
        (r"ch", "X"),
        (r"th", "T"),
        (r"dge?(?=[eiy])|dg|j", "J"),
        (r"gg", "g"),
        (r"ng(?=[^aeiouy]|$)", "n"),
        (r"sc(?=[eiy])", "s"),
        (r"cc(?=[eiy])|x", "ks"),
        (r"c(?=[eiy])|z", "s"),
        (r"qu", "kw"),
        (r"ck|c|q", "k"),
        (r"(?<=.)gh(?=t)", ""),
        (r"v", "f"),
        (r"(?<=[aeiouy])[uw]", ""),
        (r"(?<=[^aeiouytd])ed$", "t"),
        (r"(?<=.)h", ""),
        (r"(?<=[^aeiouy])es$", "as"),
        (r"e$", ""),
        (r"^y(?=[aeiou])", ""),
        (r"(.)\1+", r"\1"),
        (r"r(?![aeiouy])", ""),
        (r"[aeiouy]+", "a"),
    )
)
_EITHER_WAY: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"gh(?=$|[^aeiout])"), ("f", "")),
    (re.compile(r"g(?=[eiy])"), ("j", "gg")),
    (re.compile(r"ch"), ("tch", "k")),
    (re.compile(r"(?<=[aeiou])ng(?=[aeiouy])"), ("nj", "nn", "ng")),
)
"""Letters that are said in more than one way."""


def readings(word: str) -> set[str]:
    """The keys of the ways in which `word` may be said, at most eight."""
    ways = [word.lower()]
    for pattern, puts in _EITHER_WAY:
        ways = [put for way in ways for put in dict.fromkeys(pattern.sub(each, way) for each in puts)][:8]
    return {_read(way) for way in ways}


def _read(word: str) -> str:
    for pattern, put in _READING:
        word = pattern.sub(put, word)
    return _told_once(word)


def _told_once(key: str) -> str:
    """The key with every sign that stands several times over standing once, and a last d as a t."""
    return re.sub(r"d$", "t", re.sub(r"(.)\1+", r"\1", key))


def key_number(key: str) -> int:
    """A key folded into 32 bits."""
    number = 5381
    for sign in key:
        number = (number * 33 ^ ord(sign)) & 0xFFFFFFFF
    return number
