"""OpenDocument texts made for the tests, and a reader of its own that takes or refuses what is tracked in them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hypothesis import strategies as st

URN = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {
    "office": f"{URN}office:1.0",
    "text": f"{URN}text:1.0",
    "table": f"{URN}table:1.0",
    "draw": f"{URN}drawing:1.0",
    "style": f"{URN}style:1.0",
    "fo": f"{URN}xsl-fo-compatible:1.0",
    "svg": f"{URN}svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in SPACES.items())
KIND = "application/vnd.oasis.opendocument.text"
INFO = "<office:change-info><dc:creator>Ann</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>"

STYLES = (
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="N" style:family="text"><style:text-properties fo:font-style="normal"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Text_20_body">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P1"/>'
)
NAMED = (
    '<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph"/>'
    '<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="Title" style:family="paragraph"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
    '<style:style style:name="Horizontal_20_Line" style:display-name="Horizontal Line" style:family="paragraph"/>'
)


def body(*inside: str, styles: str = STYLES) -> str:
    """The part that holds the text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {DECLARED} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{''.join(inside)}"
        "</office:text></office:body></office:document-content>"
    )


def flat(*inside: str) -> bytes:
    """The same as one flat file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {DECLARED} office:mimetype="{KIND}" '
        f'office:version="1.3"><office:styles>{NAMED}</office:styles><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:text>{''.join(inside)}</office:text></office:body>"
        "</office:document>"
    ).encode()


def packed(content: str | bytes, *, secret: str = "", **members: str | bytes) -> bytes:
    """A package with `content` for its text; `members` go in by name, with `__` for `/` and `_` for `-`, and `secret` into the manifest."""
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), members.pop("mimetype", KIND))
        package.writestr("Thumbnails/thumbnail.png", b"\x89PNG" + bytes(range(256)) * 9, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        styles = f"<office:document-styles {DECLARED}><office:styles>{NAMED}</office:styles></office:document-styles>"
        package.writestr("styles.xml", styles)
        for name, data in members.items():
            package.writestr(name.replace("__", "/").replace("_", "-"), data)
        package.writestr("META-INF/manifest.xml", _MANIFEST.replace("</", f"{secret}</"))
    return found.getvalue()


_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    f'xmlns:manifest="{URN}manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/></manifest:manifest>'
)


# Random texts

WORDS = st.text("abc dE.,“”’!—\u00a0😀 ", min_size=1, max_size=9).map(
    lambda words: words.replace("d", "&#100;").replace("E", "&amp;").replace("—", "\n  ").replace("!", "&#32;")
)
SIGNS = (
    "<text:s/>",
    '<text:s text:c="3"></text:s>',
    "x<text:tab/>",
    "<text:line-break/>y",
    "<text:soft-page-break/>",
    "a<!-- cut -->b<![CDATA[ & c ]]>",
    '<text:bookmark-start text:name="m"/> here <text:bookmark-end text:name="m"/>',
    '<text:note text:note-class="footnote" xml:id="f1"><text:note-citation>1</text:note-citation><text:note-body>'
    '<text:p text:style-name="F"> A foot<text:span text:style-name="I">note</text:span>. </text:p></text:note-body>'
    "</text:note>",
    '<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body>'
    "<text:p>An end.</text:p><text:p/></text:note-body></text:note>",
    "<office:annotation><dc:creator>Ann</dc:creator><text:p>Really?</text:p></office:annotation>",
    '<text:change text:change-id="k1"/>',
)
FIELDS = (
    '<text:s text:c="21"/>',
    "<text:page-number>12</text:page-number>",
    '<text:date text:date-value="2026-05-04" text:fixed="true">4 <text:s/>May</text:date>',
)
"""Signs of which a program may make something else than the file says."""
SHELLS = (
    '<text:span text:style-name="I">…</text:span>',
    '<text:span text:style-name="I"><text:span text:style-name="N">…</text:span>x</text:span>',
    '<text:a xlink:href="http://example.org/" xlink:type="simple">…</text:a>',
    '<text:a xlink:href="http://example.org/"><text:span text:style-name="B">…</text:span></text:a>',
    '<text:meta xml:id="m1">…</text:meta>',
    "<text:ruby><text:ruby-base>…</text:ruby-base><text:ruby-text>ruby</text:ruby-text></text:ruby>",
)
TAGS = (
    "<text:p>",
    '<text:p text:style-name="P2" xml:id="p1">',
    '<text:p text:style-name="Text_20_body" >',
    '<text:h text:style-name="H" text:outline-level="2">',
)
BOXES = st.builds(
    lambda inside: (
        "<text:p>by<draw:frame text:anchor-type='as-char' svg:width='3cm' svg:height='1cm'><draw:text-box>"
        f"<text:p>{''.join(inside)}</text:p></draw:text-box></draw:frame> side</text:p>"
    ),
    st.lists(WORDS, min_size=1, max_size=2),
)
BLOCKS = (
    "<text:list><text:list-item>…</text:list-item></text:list>",
    '<text:section text:name="s">\n  …\n</text:section>',
    '<table:table table:name="t"><table:table-column/><table:table-row><table:table-cell>…</table:table-cell>'
    "</table:table-row></table:table>",
)
EMPTY = ("<text:p/>", '<text:p text:style-name="P1" />', "<text:p> \n </text:p>")
INSERTED = '<text:p>Or <text:change-start text:change-id="k2"/>not,</text:p><text:p>I<text:change-end text:change-id="k2"/> say.</text:p>'
TRACKED = (
    "<text:tracked-changes>"
    f'<text:changed-region xml:id="k1" text:id="k1"><text:deletion>{INFO}<text:p>gone</text:p></text:deletion></text:changed-region>'
    f'<text:changed-region xml:id="k2" text:id="k2"><text:insertion>{INFO}</text:insertion></text:changed-region>'
    "</text:tracked-changes>"
)


def texts(signs: Sequence[str]) -> st.SearchStrategy[str]:
    """What may stand in a text that some have worked on, with the list of its changes."""
    inline = st.one_of(WORDS, WORDS, st.sampled_from(signs))
    several = st.lists(inline, max_size=3).map("".join)
    shells = st.builds(_filled, st.sampled_from(SHELLS), several)
    paragraphs = st.one_of(
        st.builds(
            lambda tag, inside: f"{tag}{''.join(inside)}</{tag[1:7]}>",
            st.sampled_from(TAGS),
            st.lists(st.one_of(inline, shells), max_size=5),
        ),
        st.sampled_from(EMPTY),
    )
    blocks = st.builds(_filled, st.sampled_from(BLOCKS), st.lists(paragraphs, min_size=1, max_size=2).map("".join))
    found = st.lists(st.one_of(paragraphs, paragraphs, BOXES, blocks, st.just(INSERTED)), min_size=1, max_size=5)
    return found.map(lambda inside: f"{TRACKED}{''.join(inside)}<text:p>The end.</text:p>")


def _filled(around: str, inside: str) -> str:
    return around.replace("…", inside)


def content_of(data: bytes) -> str:
    """The part of a package that holds the text."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read("content.xml").decode()


def text_of(data: bytes, *, refuse: Iterable[str] = ()) -> str:
    """The text as it is shown, once the changes by the authors in `refuse` are refused and all others taken."""
    root = ElementTree.fromstring(content_of(data) if data.startswith(b"PK") else data)
    reading = _Reading(frozenset(refuse))
    found = root.find(f".//{{{SPACES['office']}}}text")
    assert found is not None
    for region in found.iter(f"{{{SPACES['text']}}}changed-region"):
        reading.see_region(region)
    flow = _Flow()
    reading.blocks(found, flow)
    paragraphs = reading.settled(flow)
    return "\n\n".join([*paragraphs, *reading.notes["footnote"], *reading.notes["endnote"]])


@dataclass
class _Flow:
    """Characters and signs in the order of the text; `folds` while a blank is not shown."""

    tokens: list[tuple[str, str]] = field(default_factory=list)
    boxes: dict[str, _Flow] = field(default_factory=dict)
    folds: bool = True

    def put(self, words: str | None) -> None:
        for each in words or "":
            if each in " \t\r\n":
                if not self.folds:
                    self.tokens.append(("char", " "))
                self.folds = True
            else:
                self.tokens.append(("char", each))
                self.folds = False


class _Reading:
    def __init__(self, refuse: frozenset[str]) -> None:
        self.refuse = refuse
        self.notes: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self.inserted: set[str] = set()
        self.deleted: dict[str, Element] = {}

    def see_region(self, region: Element) -> None:
        kind = region[0]
        author = next(kind.iter(f"{{{SPACES['dc']}}}creator")).text
        name = region.get(f"{{{SPACES['text']}}}id", "")
        if author in self.refuse:
            if _name(kind) == "text:insertion":
                self.inserted.add(name)
            elif _name(kind) == "text:deletion":
                self.deleted[name] = kind

    def blocks(self, around: Element, flow: _Flow) -> None:
        for element in around:
            name = _name(element)
            if name in ("text:p", "text:h"):
                flow.tokens.append(("begin", ""))
                flow.folds = True
                self.inline(element, flow)
                flow.tokens.append(("end", ""))
            elif name.startswith("text:change") and name != "text:changed-region":
                flow.tokens.append((name, element.get(f"{{{SPACES['text']}}}change-id", "")))
            elif name != "text:tracked-changes" and not name.startswith("office:"):
                self.blocks(element, flow)

    def inline(self, around: Element, flow: _Flow) -> None:
        flow.put(around.text)
        for element in around:
            name = _name(element)
            change = element.get(f"{{{SPACES['text']}}}change-id", "")
            if name in ("text:change", "text:change-start", "text:change-end"):
                flow.tokens.append((name, change))
            elif name in ("text:span", "text:a", "text:meta", "text:ruby", "text:ruby-base"):
                self.inline(element, flow)
            elif name == "text:s":
                flow.tokens += [("char", " ")] * int(element.get(f"{{{SPACES['text']}}}c", "1"))
                flow.folds = False
            elif name in ("text:tab", "text:line-break"):
                flow.tokens.append(("char", "\t" if name == "text:tab" else "\n"))
                flow.folds = False
            elif name == "text:note":
                self.note(element)
                flow.folds = False
            elif name == "draw:frame":
                box = f"box {len(flow.boxes)}"
                flow.boxes[box] = _Flow()
                self.blocks(element, flow.boxes[box])
                flow.tokens.append(("box", box))
                flow.folds = False
            elif name in ("office:annotation", "text:soft-page-break"):
                flow.folds = False
            elif name in ("text:date", "text:page-number"):
                flow.put("".join(element.itertext()))
                flow.folds = False
            flow.put(element.tail)

    def note(self, element: Element) -> None:
        flow = _Flow()
        self.blocks(element[-1], flow)
        self.notes[element.get(f"{{{SPACES['text']}}}note-class", "")] += self.settled(flow)

    def settled(self, flow: _Flow) -> list[str]:
        """The paragraphs of a flow, what is refused undone."""
        found: list[str] = []
        boxes: list[str] = []
        for kind, value in self.undone(flow):
            if kind == "begin":
                found.append("")
            elif kind == "char":
                found[-1] += value
            elif kind == "box":
                boxes += self.settled(flow.boxes[value])
            elif kind == "end":
                found += boxes
                boxes = []
        return found

    def undone(self, flow: _Flow) -> Iterator[tuple[str, str]]:
        within: set[str] = set()
        for kind, value in flow.tokens:
            if kind == "text:change-start" and value in self.inserted:
                within.add(value)
            elif kind == "text:change-end":
                within.discard(value)
            elif kind == "text:change" and value in self.deleted:
                gone = _Flow()
                self.blocks(self.deleted[value], gone)
                yield from list(self.undone(gone))[1:-1]
            elif not within:
                yield kind, value


def _name(element: Element) -> str:
    address, _, local = element.tag[1:].partition("}")
    return next((f"{prefix}:{local}" for prefix, known in SPACES.items() if known == address), local)
