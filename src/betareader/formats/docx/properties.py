"""The properties of a paragraph, as they are where it is split in two or joined with the next.

A paragraph's end carries its properties, and what is tracked of it (ISO/IEC 29500-1, 17.13.5): taking a tracked new end back joins
the first half to the second, whose properties stay.  So the second half has the author's own, the first half a copy.
"""

from __future__ import annotations

from betareader.formats.markup import scan

_TRACKED = frozenset(("ins", "del", "moveFrom", "moveTo", "rPrChange"))
_ONCE = frozenset(("sectPr", "pPrChange"))


def of_first_half(properties: str, prefix: str, mark: str) -> str:
    """A copy of a paragraph's properties for a new paragraph before it, `mark` being what is tracked of its end."""
    kept = []
    of_end = ""
    for name, markup in _children(properties):
        if name == "rPr":
            of_end = "".join(inner for each, inner in _children(markup) if each not in _TRACKED)
        elif name not in _ONCE:
            kept.append(markup)
    of_end = f"<{prefix}rPr>{mark}{of_end}</{prefix}rPr>" if mark or of_end else ""
    inside = "".join(kept) + of_end
    return f"<{prefix}pPr>{inside}</{prefix}pPr>" if inside else ""


def with_end(properties: str, prefix: str, mark: str) -> str:
    """A paragraph's properties with `mark` as what is tracked of its end."""
    children = _children(properties)
    if not any(name == "rPr" for name, _ in children):
        place = next((place for place, (name, _) in enumerate(children) if name in _ONCE), len(children))
        children.insert(place, ("rPr", f"<{prefix}rPr></{prefix}rPr>"))
    inside = []
    for name, markup in children:
        if name == "rPr":
            of_end = "".join(inner for _, inner in _children(markup))
            markup = f"<{prefix}rPr>{mark}{of_end}</{prefix}rPr>"
        inside.append(markup)
    return f"<{prefix}pPr>{''.join(inside)}</{prefix}pPr>"


def _children(element: str) -> list[tuple[str, str]]:
    """What stands directly in an element, by its name without a prefix."""
    found = []
    depth = start = 0
    for token in scan(element, {}):
        if token.kind == "end":
            depth -= 1
        if depth == 1 and token.kind == "start":
            start = token.start
        if depth == 1 and token.kind == "empty":
            found.append((_local(token.name), element[token.start : token.end]))
        elif depth == 1 and token.kind == "end":
            found.append((_local(token.name), element[start : token.end]))
        if token.kind == "start":
            depth += 1
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]
