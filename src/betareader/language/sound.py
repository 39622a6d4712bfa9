"""How a spelling sounds, roughly: words that could be said alike share a key."""

from __future__ import annotations

import re

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
    number = 5381
    for sign in sound_key(word):
        number = (number * 33 ^ ord(sign)) & 0xFFFFFFFF
    return (number ^ number >> 16) & 0xFFFF
