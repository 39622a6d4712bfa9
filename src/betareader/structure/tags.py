"""The commonest verbs that say aloud or in thought: enough to tell a tag from a quotation in mid-sentence."""

from __future__ import annotations

import re

_SAYING = (
    "said|says|say|saying|asked|asks|asking|replied|replies|answered|whispered|whispers|yelled|shouted|cried|called|muttered|"
    "murmured|added|continued|screamed|exclaimed|repeated|told|responded|demanded|begged|snapped|growled|hissed|sighed|"
    "went|agreed|announced|insisted|began|remarked|observed|declared|returned|goes|mumbled|stammered|pleaded|explained"
)
_THINKING = (
    "thought|thinks|thinking|wondered|wonders|wondering|mused|reflected|pondered|"
    "(?:told|tells|reminded|asked|scolded|said to|promised) (?:him|her|my|them|your|our|it)sel(?:f|ves)"
)
TAG_AFTER = re.compile(
    r"\s*,?\s*(?:(?!(?:which|who|but|as|when|while|that|because|if|for)\b)[^\s.!?\"“‘]+\s+){0,5}?"
    rf"\b(?:(?P<thinking>{_THINKING})|(?P<saying>{_SAYING}))\b"
)
"""A tag that follows a quotation."""

TAG_BEFORE = re.compile(rf"\b(?:(?P<thinking>{_THINKING})|(?P<saying>{_SAYING}))(?: \w+)?[,:]?\s*\Z")
"""A tag that leads up to a quotation."""

SAYING = re.compile(rf"\b(?:{_SAYING}|{_THINKING})\b")
"""A verb of saying, wherever it stands."""

SAYING_BEFORE = re.compile(rf"(?<![\w-])(?!call)(?:{_SAYING}|{_THINKING})\s*\Z")
"""A verb of saying, not of naming, that stands right before a quotation."""

TAG_WITHIN = re.compile(
    r"[,?!] ?(?:(?:s?he|they|I|[A-Z][\w'’-]+|(?:the|his|her|my) [\w'’-]+) (?:said|asked|replied|whispered|yelled|"
    r"shouted|cried|muttered|murmured|answered)|(?:said|asked|replied|cried|answered) [\w'’-]+)(?=[.,;]|\s*\Z| \w+ly\b)"
)
"""A tag inside what should be speech: the closing mark before it is missing."""
