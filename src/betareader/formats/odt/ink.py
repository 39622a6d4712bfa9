"""The elements that are written into an OpenDocument text: marks of changes, the list of changes, comments, words."""

from __future__ import annotations

import re

from betareader.formats.manner import Manner
from betareader.formats.markup import escape, scan
from betareader.formats.odt.styles import PREFIXES
from betareader.formats.odt.walk import Walk

_ADDRESSES = {prefix: address for address, prefix in PREFIXES.items()}
_OURS = ("office", "text", "dc")
_IDENTITY = re.compile(r"""\s(?:[\w.-]+:)?(?:id|about|property|datatype|content)\s*=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(r"[^\s/>]+")
_BEFORE = ("", " ", "\n")
_AFTER = ("", " ", "\n")


def encoded(words: str, before: str, after: str, prefix: str, declared: str = "") -> str:
    """`words` as they stand in a paragraph, between the characters `before` and `after`, or the paragraph's ends.

    A blank that would fold into another, or be lost at an end, is written as an element of its own.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    found: list[str] = []
    plain: list[str] = []
    for place, each in enumerate(words):
        previous = words[place - 1] if place else before
        following = words[place + 1] if place + 1 < len(words) else after
        if each == " " and (previous in _BEFORE or following in _AFTER):
            name = "s"
        elif each in "\t\n":
            name = "tab" if each == "\t" else "line-break"
        else:
            plain.append(each)
            continue
        found += [escape("".join(plain)), f"<{prefix}{name}{declared}/>"]
        plain.clear()
    return "".join([*found, escape("".join(plain))])


def opening(tag: str, *, whole: bool = False) -> str:
    """An opening tag, open even if it was empty; without what may only stand once, unless it is to be `whole`."""
    bare = tag if whole else _IDENTITY.sub("", tag)
    return bare[:-2].rstrip() + ">" if bare.endswith("/>") else bare


def closing(tag: str) -> str:
    """The closing tag that belongs to an opening one."""
    return f"</{_NAME.match(tag, 1)[0]}>"  # type: ignore[index]


class Ink:
    """Gives what is written into `text`, and keeps the list of the changes."""

    def __init__(self, text: str, manner: Manner) -> None:
        self.tracked = manner.tracked is not False
        self._author = escape(manner.author)
        self._stamp = manner.stamp
        self._regions: list[str] = []
        self._comments = 0
        self._names = "br"
        while f'"{self._names}' in text or f"'{self._names}" in text:
            self._names += "r"
        self._declared = ""
        self._prefixes = self._own(text)

    def words(self, words: str, before: str = "", after: str = "") -> str:
        """Words as they stand in a paragraph, between these characters."""
        return encoded(words, before, after, self._prefixes["text"], self._declared)

    def deletion(self, gone: str) -> str:
        """The mark that stands for paragraphs that are taken out; `gone` is all their markup."""
        name = self._listed("deletion", gone)
        text = self._prefixes["text"]
        return f'<{text}change{self._declared} {text}change-id="{name}"/>'

    def insertion(self, put: str) -> str:
        """What is put in, between its marks; it may end a paragraph and begin another."""
        name, text = self._listed("insertion", ""), self._prefixes["text"]
        marks = [f'<{text}change-{end}{self._declared} {text}change-id="{name}"/>' for end in ("start", "end")]
        return f"{marks[0]}{put}{marks[1]}"

    def comment(self, words: str, *, ranged: bool) -> tuple[str, str]:
        """A comment, and the mark at the end of the words it hangs on, empty where it is not `ranged`."""
        office, text = self._prefixes["office"], self._prefixes["text"]
        self._comments += 1
        name = f' {office}name="{self._names}c{self._comments}"' if ranged else ""
        said = "".join(f"<{text}p>{self.words(line)}</{text}p>" for line in words.split("\n"))
        start = f"<{office}annotation{self._declared}{name}>{self._signed()}{said}</{office}annotation>"
        return start, f"<{office}annotation-end{self._declared}{name}/>" if ranged else ""

    def listed(self, walk: Walk, text: str) -> list[tuple[int, int, str]]:
        """What goes into `text` for the list of changes."""
        if not self._regions:
            return []
        regions, prefix = "".join(self._regions), self._prefixes["text"]
        if walk.tracked is None:
            # The author's own typing is not to be tracked only because ours was.
            start = f'<{prefix}tracked-changes{self._declared} {prefix}track-changes="false">'
            return [(walk.head, walk.head, f"{start}{regions}</{prefix}tracked-changes>")]
        place = walk.tracked.start
        tag = text[place : walk.tracked.end]
        if tag.startswith("</"):
            return [(place, place, regions)]
        return [(walk.tracked.end - 2, walk.tracked.end, f">{regions}{closing(tag)}")]

    def _listed(self, kind: str, gone: str) -> str:
        name = f"{self._names}{len(self._regions) + 1}"
        office, text = self._prefixes["office"], self._prefixes["text"]
        info = f"<{office}change-info>{self._signed()}</{office}change-info>"
        self._regions.append(
            f'<{text}changed-region{self._declared} xml:id="{name}" {text}id="{name}">'
            f"<{text}{kind}>{info}{gone}</{text}{kind}></{text}changed-region>"
        )
        return name

    def _signed(self) -> str:
        dc = self._prefixes["dc"]
        return f"<{dc}creator>{self._author}</{dc}creator><{dc}date>{self._stamp}</{dc}date>"

    def _own(self, text: str) -> dict[str, str]:
        """The file's own prefixes, where they mean the same all through it; else ours, declared wherever they are used."""
        root = next(text[token.start : token.end] for token in scan(text, {}) if token.kind in ("start", "empty"))
        found: dict[str, str] = {}
        for name, value in re.findall(r"""\sxmlns:([\w.-]+)\s*=\s*["']([^"']*)["']""", root):
            ours = PREFIXES.get(value)
            if ours in _OURS and len(re.findall(rf"\sxmlns:{re.escape(name)}\s*=", text)) == 1:
                found.setdefault(ours, f"{name}:")
        if len(found) < len(_OURS):
            self._declared = "".join(f' xmlns:{each}="{_ADDRESSES[each]}"' for each in _OURS)
            return {each: f"{each}:" for each in _OURS}
        return found
