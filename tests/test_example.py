"""How far the edit of the example story comes: every word that is still not as it should be stands in this list."""

from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

from betareader.checks import catalogue
from betareader.desk import apply, copyedit
from betareader.formats import read as read_file
from betareader.reading import read

EXAMPLES = Path(__file__).parents[1] / "examples"

LEFT = [
    ("", "¶"),
    ("you're", "your"),
    ('"Brannoc', '"Brannoc,'),
    ("apron", "apron."),
    ("", "¶"),
    ('"But', '"but'),
    ("a lot", "lots"),
    ("me", "me,"),
    ("", "¶"),
    ("through", "threw"),
    ("aked,", "ached,"),
    ("to", ""),
    ("", "¶"),
    ("couldn't", "could not"),
    ("ingle", "single"),
    ("pating", "patting"),
    ("", "of"),
    ("", "¶"),
]
"""What stands in the edited copy, and what an editor would have put there; ¶ is a paragraph's end."""


def words_of(text: str) -> list[str]:
    return text.replace("\n\n", " ¶ ").split()


def test_what_is_left_to_mend_in_the_example() -> None:
    manuscript = read_file(EXAMPLES / "the-lamp-at-saltreach.txt")
    edited = words_of(apply(manuscript.text, copyedit(read(manuscript), catalogue(), strict=True).edits))
    clean = words_of((EXAMPLES / "the-lamp-at-saltreach-clean.txt").read_text("utf-8"))
    changes = SequenceMatcher(None, edited, clean, autojunk=False).get_opcodes()
    left = [(" ".join(edited[a:b]), " ".join(clean[c:d])) for kind, a, b, c, d in changes if kind != "equal"]
    assert left == LEFT
