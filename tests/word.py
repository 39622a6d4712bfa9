"""Word documents made by hand, and a small reader that takes or refuses tracked changes in its own way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from xml.etree import ElementTree

from betareader.formats import read
from betareader.manuscript import Manuscript

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAME = "word/document.xml"


def run(words: str, properties: str = "") -> str:
    """A run of words, which may hold markup."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; what is no markup is put into a run."""
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def document(*paragraphs: str) -> str:
    """The main part, with a section at its end as every Word document has."""
    inside = "".join(each if each.startswith("<") else paragraph(each) for each in paragraphs)
    return f"{_HEAD}<w:document {_SPACES}><w:body>{inside}<w:sectPr/></w:body></w:document>"


def root(name: str, inside: str) -> str:
    """Another part: styles, footnotes, comments."""
    return f"{_HEAD}<w:{name} {_SPACES}>{inside}</w:{name}>"


def packed(body: str | bytes, others: Mapping[str, str | bytes] | None = None) -> bytes:
    """A .docx of a main part and others by their names, such as `styles`."""
    others = others or {}
    words = {name: data for name, data in others.items() if "/" not in name}
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>' for name in words)
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(words, 1)
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/{NAME}" ContentType="{_TYPE}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{NAME}"/></Relationships>',
        NAME: body,
        "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        **{f"word/{name}.xml": data for name, data in words.items()},
        **{name: data for name, data in others.items() if "/" in name},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(zipfile.ZipInfo(name, (2026, 5, 4, 10, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def read_word(*paragraphs: str, **others: str) -> Manuscript:
    """The manuscript of a document of these paragraphs."""
    return read(None, packed(document(*paragraphs), others))


def part(data: bytes, name: str = NAME) -> str:
    """The text of a part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return package.read(name).decode("utf-8")


def body(data: bytes) -> str:
    """What stands in the body before its section."""
    return part(data).partition("<w:body>")[2].rpartition("<w:sectPr/></w:body>")[0]


# Taking and refusing

Letter = tuple[str, str]
"""A character and the properties of its run."""


def taken(data: bytes) -> str:
    """The text where every change of ours is taken."""
    return _text(data, True)


def refused(data: bytes) -> str:
    """The text where every change of ours is refused."""
    return _text(data, False)


def letters(data: bytes, take: bool) -> list[tuple[str, list[Letter]]]:
    """For each paragraph its properties, and its characters with theirs; the changes of others are taken.

    A paragraph whose end goes is joined to the next, which keeps its own properties.
    """
    found: list[tuple[str, list[Letter]]] = []
    for name in (NAME, "word/footnotes.xml", "word/endnotes.xml"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if name not in package.namelist():
                continue
            tree = ElementTree.fromstring(package.read(name))
        found += _paragraphs(tree, take)
    return found


def _text(data: bytes, take: bool) -> str:
    return "\n\n".join("".join(letter for letter, _ in inside) for _, inside in letters(data, take))


def _paragraphs(tree: ElementTree.Element, take: bool) -> Iterator[tuple[str, list[Letter]]]:
    inside: list[Letter] = []
    boxes: list[ElementTree.Element] = []
    for element, is_followed in _found(tree):
        properties = element.find(_w("pPr"))
        inside += _letters(element, take, [], boxes)
        if _stays(properties, take) or not is_followed or boxes:
            yield _plain(properties), inside
            inside = []
            for box in boxes:
                yield from _paragraphs(box, take)
            boxes = []


def _found(tree: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, bool]]:
    """The paragraphs outside text boxes, and whether another stands right after each."""
    for child, following in zip_longest(tree, list(tree)[1:]):
        if child.tag == _w("p"):
            yield child, following is not None and following.tag == _w("p")
        elif child.get(_w("type")) not in ("separator", "continuationSeparator") and child.tag != _w("del"):
            yield from _found(child)


def _stays(properties: ElementTree.Element | None, take: bool) -> bool:
    """Whether a paragraph's end stands when all is settled."""
    of_end = properties.find(_w("rPr")) if properties is not None else None
    for mark in of_end if of_end is not None else ():
        ours = mark.get(_w("author")) == "betareader"
        if mark.tag == _w("ins") and ours and not take:
            return False
        if mark.tag == _w("del") and (take or not ours):
            return False
    return True


def _letters(
    element: ElementTree.Element, take: bool, fields: list[str], boxes: list[ElementTree.Element], look: str = ""
) -> Iterator[Letter]:
    for child in element:
        ours = child.get(_w("author")) == "betareader"
        if child.tag == _w("r"):
            properties = child.find(_w("rPr"))
            own = "" if properties is None else ElementTree.tostring(properties, "unicode")
            yield from _letters(child, take, fields, boxes, own)
        elif child.tag == _w("del"):
            if ours and not take:
                yield from _letters(child, take, fields, boxes, look)
        elif child.tag == _w("ins"):
            if take or not ours:
                yield from _letters(child, take, fields, boxes, look)
        elif child.tag == _w("fldChar"):
            kind = child.get(_w("fldCharType"))
            if kind == "end":
                fields.pop()
            else:
                fields[len(fields) - (kind == "separate") :] = [kind or ""]
        elif child.tag in (_w("t"), _w("delText")) and "begin" not in fields:
            words = child.text or ""
            preserved = child.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
            yield from ((letter, look) for letter in (words if preserved else words.strip(" \t\r\n")))
        elif child.tag in (_w("tab"), _w("br"), _w("noBreakHyphen"), _w("softHyphen")):
            yield (
                {"tab": "\t", "br": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}[
                    child.tag.partition("}")[2]
                ],
                look,
            )
        elif child.tag == _w("txbxContent"):
            boxes.append(child)
        elif child.tag.endswith(("}Fallback", "}pPr", "}rPr", "}sdtPr")):
            continue
        else:
            yield from _letters(child, take, fields, boxes, look)


def _plain(properties: ElementTree.Element | None) -> str:
    """A paragraph's properties without what we tracked of its end."""
    if properties is None:
        return ""
    for of_end in properties.findall(_w("rPr")):
        for mark in list(of_end):
            if mark.get(_w("author")) == "betareader":
                of_end.remove(mark)
        if len(of_end) == 0:
            properties.remove(of_end)
    return ElementTree.tostring(properties, "unicode") if len(properties) else ""


def _w(name: str) -> str:
    return f"{{{W}}}{name}"
