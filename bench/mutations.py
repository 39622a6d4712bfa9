"""Ways to spoil a file: its bytes, the members of a package, the elements of its markup."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

_TAG = re.compile(r"<(/?)([^\s<>/!?]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_NUMBERS = (0, 1, 2, 8, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_ODD = (
    *(
        "",
        " ",
        "  ",
        "\n\n",
        "\t",
        "\x00",
        "\x0b",
        "\u00a0",
        "\u00ad",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\U0001f600",
        "e\u0301",
    ),
    *("&", "&amp;", "&lt;", "&#0;", "&#x110000;", "&#32;", "&nbsp;", "&bogus;", "&#xD800;", "]]>", "<![CDATA[ <x> ]]>"),
    *(
        "<!-- x -->",
        "<!--",
        "<?x y?>",
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        "<",
        ">",
        '"',
        "'",
        "/>",
        "</p>",
        "<br>",
        "<p>",
    ),
    *(
        "0",
        "-1",
        "1e9",
        "999999999999",
        "true",
        "none",
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\x",
        "%2e%2e/",
        "file:///",
    ),
    *("*", "**", "_", "#", "```", "> ", "---", "/*", "*/", "[[", "]]", "{++", "--}", "a" * 300, "<b>" * 60, "(" * 300),
)
_NAMES = (b"../evil", b"/abs", b"C:\\evil", b"a\x00b", b"", b"mimetype", b"content.xml", b"\xff\xfe", b"x" * 300)
_ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252")


def spoil(data: bytes, random: Random) -> bytes:
    """`data` with a few things done to it, in what it holds if it is a package."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        if data.startswith(b"PK") and random.random() < 0.8:
            data = _in_package(data, random)
        elif random.random() < 0.8:
            data = _in_text(data, random)
        else:
            data = _in_bytes(data, random)
    return data


def _in_package(data: bytes, random: Random) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            members = [(name, package.read(name)) for name in package.namelist()]
    except Exception:  # what is spoilt already may be anything
        return _in_bytes(data, random)
    if not members:
        return data
    number = random.randrange(len(members))
    name, inside = members[number]
    what = random.random()
    if what < 0.88:
        number = max(range(len(members)), key=lambda each: len(members[each][1]) * random.random())
        name, inside = members[number]
        members[number] = name, _in_text(inside, random)
    elif what < 0.91:
        del members[number]
    elif what < 0.94:
        members.insert(random.randrange(len(members)), members[number])
    elif what < 0.97:
        members[number] = random.choice(members)[0], inside
    else:
        members[number] = random.choice(_NAMES).decode("latin-1") or "x", inside
    file = BytesIO()
    try:
        with zipfile.ZipFile(file, "w") as package:
            for each, content in members:
                method = zipfile.ZIP_STORED if random.random() < 0.1 else zipfile.ZIP_DEFLATED
                package._didModify = True  # type: ignore[attr-defined]
                package.NameToInfo.pop(each, None)
                package.writestr(zipfile.ZipInfo(each), content, method)
    except Exception:  # a name that zipfile will not write
        return _in_bytes(data, random)
    return file.getvalue()


def _in_bytes(data: bytes, random: Random) -> bytes:
    place = random.randrange(len(data) + 1)
    end = min(len(data), place + random.choice((1, 1, 2, 4, 30, 1000)))
    put: bytes = random.choice(
        (
            lambda: b"",
            lambda: random.randbytes(end - place),
            lambda: data[place:end] * 2,
            lambda: struct.pack("<L", random.choice(_NUMBERS))[: random.choice((1, 2, 4))],
            lambda: random.choice(_NAMES),
            lambda: data[: random.randrange(len(data) + 1)][-40:],
        )
    )()
    if random.random() < 0.05:
        return data[:place]
    return data[:place] + put + data[end:]


def _in_text(data: bytes, random: Random) -> bytes:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _in_bytes(data, random)
    kinds: tuple[Callable[[str, Random], str], ...] = (_move, _move, _wrap, _value, _name, _words, _letters)
    text = random.choice(kinds if "<" in text else (_words, _letters))(text, random)
    encoding = random.choice(_ENCODINGS) if random.random() < 0.03 else "utf-8"
    return text.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")


def _elements(text: str) -> list[tuple[int, int]]:
    """Where the elements of some markup begin and end, as far as it makes sense."""
    found: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for match in _TAG.finditer(text):
        if match[1]:
            while waiting:
                name, start = waiting.pop()
                if name == match[2]:
                    found.append((start, match.end()))
                    break
        elif match[4]:
            found.append((match.start(), match.end()))
        else:
            waiting.append((match[2], match.start()))
    return found


def _move(text: str, random: Random) -> str:
    """An element taken out, doubled, or put in another place, also inside itself."""
    elements = _elements(text)
    if not elements:
        return _words(text, random)
    start, end = random.choice(elements)
    element = text[start:end]
    if random.random() < 0.6:
        text = text[:start] + text[end:]
    if random.random() < 0.3 or not (found := _elements(text)):
        return text
    place = random.choice(random.choice(found))
    if random.random() < 0.5 and (tags := list(_TAG.finditer(text))):
        place = random.choice(tags).end()
    times = random.choice((1, 1, 1, 2, 50)) if len(element) < 2000 and len(text) < 50_000 else 1
    return text[:place] + element * times + text[place:]


def _wrap(text: str, random: Random) -> str:
    """An element put into a copy of another's tags, perhaps many times."""
    elements, tags = _elements(text), [match for match in _TAG.finditer(text) if not match[1] and not match[4]]
    if not elements or not tags:
        return text
    start, end = random.choice(elements)
    tag = random.choice(tags)
    times = random.choice((1, 1, 1, 3, 200)) if len(text) < 50_000 else 1
    return text[:start] + tag[0] * times + text[start:end] + f"</{tag[2]}>" * times + text[end:]


def _value(text: str, random: Random) -> str:
    """The value of an attribute made another, or an attribute taken out."""
    values = list(re.finditer(r"\s[\w:.-]+\s*=\s*(\"[^\"<]*\"|'[^'<]*')", text))
    if not values:
        return text
    match = random.choice(values)
    if random.random() < 0.2:
        return text[: match.start()] + text[match.end() :]
    put = random.choice((random.choice(values)[1], f'"{random.choice(_ODD)}"'))
    return text[: match.start(1)] + put + text[match.end(1) :]


def _name(text: str, random: Random) -> str:
    """A tag renamed to another, here or all through."""
    tags = list(_TAG.finditer(text))
    if not tags:
        return text
    old, new = random.choice(tags), random.choice(tags)[2]
    if random.random() < 0.6:
        return re.sub(rf"(</?){re.escape(old[2])}(?=[\s/>])", lambda match: match[1] + new, text)
    return text[: old.start(2)] + new + text[old.end(2) :]


def _words(text: str, random: Random) -> str:
    """Something odd put in."""
    place = random.randrange(len(text) + 1)
    if random.random() < 0.7 and (between := [match.end() for match in re.finditer(r">|\b", text)]):
        place = random.choice(between)
    return text[:place] + random.choice(_ODD) * random.choice((1, 1, 1, 3)) + text[place:]


def _letters(text: str, random: Random) -> str:
    """A stretch taken out, doubled or put elsewhere."""
    place = random.randrange(len(text) + 1)
    end = min(len(text), place + random.choice((1, 2, 5, 20, 200)))
    stretch = text[place:end]
    there = random.randrange(len(text) + 1)
    return random.choice(
        (text[:place] + text[end:], text[:end] + stretch + text[end:], text[:there] + stretch + text[there:])
    )
