"""Small files of every format, with something of everything in them, to be spoilt by the fuzzer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

URN = "urn:oasis:names:tc:opendocument:xmlns:"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
XHTML = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file; a member called `mimetype` is not squeezed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


_RUNS = (
    '<w:r><w:rPr><w:b/><w:i w:val="0"/></w:rPr><w:t xml:space="preserve">“I kno</w:t></w:r>'
    '<w:hyperlink r:id="rId9"><w:r><w:t>w,” sh</w:t><w:tab/><w:t>e &amp; he</w:t><w:br/></w:r></w:hyperlink>'
    '<w:ins w:id="7" w:author="Ann"><w:r><w:t> said</w:t></w:r></w:ins>'
    '<w:del w:id="8" w:author="Ann"><w:r><w:delText>no</w:delText></w:r></w:del>'
    '<w:r><w:footnoteReference w:id="2"/></w:r><w:bookmarkStart w:id="3" w:name="x"/><w:bookmarkEnd w:id="3"/>'
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
    '<w:t>12</w:t><w:fldChar w:fldCharType="end"/><w:softHyphen/><w:noBreakHyphen/><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
)
_WORD = (
    f'<?xml version="1.0"?><w:document xmlns:w="{W}" xmlns:r="{OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr><w:r><w:t>Rain</w:t></w:r></w:p>'
    f'<w:p w:rsidR="0"><w:pPr><w:jc w:val="both"/><w:rPr><w:ins w:id="5" w:author="A"/></w:rPr></w:pPr>{_RUNS}</w:p><w:p/>'
    f"<w:tbl><w:tr><w:tc><w:p>{_RUNS}</w:p></w:tc></w:tr></w:tbl>"
    "<w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>May</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Box</w:t></w:r></w:p></w:txbxContent>"
    "</mc:Choice><mc:Fallback/></mc:AlternateContent><w:t>After it.</w:t></w:r></w:p><w:sectPr/></w:body></w:document>"
)
_NOTES = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Foot.</w:t></w:r></w:p></w:footnote></w:footnotes>'
_WORD_STYLES = (
    f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="2"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:basedOn w:val="N"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style></w:styles>'
)
WORD = zipped(
    {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        f'<Override PartName="/word/footnotes.xml" ContentType="{TYPE}.footnotes+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATED}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATED}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>',
        "word/document.xml": _WORD,
        "word/styles.xml": _WORD_STYLES,
        "word/footnotes.xml": _NOTES,
    }
)

_SPACES = (
    f'xmlns:office="{URN}office:1.0" xmlns:text="{URN}text:1.0" xmlns:table="{URN}table:1.0" xmlns:draw="{URN}drawing:1.0" '
    f'xmlns:style="{URN}style:1.0" xmlns:fo="{URN}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_INFO = "<office:change-info><dc:creator>Ann</dc:creator></office:change-info>"
_STYLES = (
    '<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="P" style:family="paragraph" style:parent-style-name="Title"/>'
)
_TEXT = (
    f'<text:tracked-changes><text:changed-region text:id="a"><text:insertion>{_INFO}</text:insertion></text:changed-region>'
    f'<text:changed-region text:id="b"><text:deletion>{_INFO}<text:p>x</text:p></text:deletion></text:changed-region>'
    '</text:tracked-changes><text:h text:outline-level="1">Rain</text:h><text:p text:style-name="P">By Ann</text:p>'
    '<text:p>“I <text:span text:style-name="I">kno<text:a>w</text:a></text:span>,” <text:s text:c="2"/> she &amp; he'
    '<text:tab/><text:line-break/><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
    '<text:note-body><text:p>Foot.</text:p></text:note-body></text:note><text:change-start text:change-id="a"/>said'
    '<text:change-end text:change-id="a"/><text:change text:change-id="b"/><text:date>4 May</text:date>'
    "<office:annotation><dc:creator>A</dc:creator><text:p>?</text:p></office:annotation>.</text:p>\n  <text:p/>"
    "<text:p>By<draw:frame><draw:text-box><text:p>Box.</text:p></draw:text-box></draw:frame> it.<![CDATA[ & ]]></text:p>"
    "<table:table><table:table-row><table:table-cell><text:p>Cell.</text:p></table:table-cell></table:table-row>"
    "</table:table><text:section><text:list><text:list-item><text:p>Item one.</text:p><text:p>Two.</text:p>"
    "</text:list-item></text:list></text:section>"
)
OPEN_DOCUMENT = zipped(
    {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<?xml version="1.0"?><office:document-content {_SPACES}><office:automatic-styles>{_STYLES}'
        f"</office:automatic-styles><office:body><office:text>{_TEXT}</office:text></office:body></office:document-content>",
        "styles.xml": f"<office:document-styles {_SPACES}><office:styles>{_STYLES}</office:styles></office:document-styles>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{URN}manifest:1.0"/>',
    }
)
FLAT = (
    f'<?xml version="1.0"?><office:document {_SPACES}><office:automatic-styles>{_STYLES}</office:automatic-styles>'
    f"<office:body><office:text>{_TEXT}</office:text></office:body></office:document>"
).encode()

_PAGE = (
    '<h1 class="t">Rain</h1><p>“I <em>kn</em><em>ow</em>,” she &amp; he<br/>said&#160;so&nbsp;.</p><hr/>'
    '<div style="font-style: italic"><p>It <span class="it">was</span> <b>so</b>.<!-- cut --></p></div><p></p>'
    "<blockquote>Old <i>songs</i><br/><br/>and new.</blockquote><table><tr><td>Cell</td></tr></table>"
    "<ul><li>One<li>two</ul><pre>a\n  b</pre><p hidden>No</p><ruby>base<rt>up</rt></ruby><q>quoted</q>"
    "<ins>new</ins> <del>old</del>"
)
HTML = (
    "<!DOCTYPE html><html><head><title>T</title><style>.it { font-style: italic }</style><script>x < 1</script></head>"
    f'<body><div class="userstuff">{_PAGE}</div></body></html>'
).encode()
_CHAPTER = _PAGE.replace("<li>One", "<li>One</li>").replace("two</ul>", "two</li></ul>").replace("&nbsp;", " ")
EPUB = zipped(
    {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="O/b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "O/b.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="x/b%20c.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="n" href="n.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        '<item id="s" href="s.css" media-type="text/css"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine>'
        "</package>",
        "O/a.xhtml": f'{XHTML}<head><link rel="stylesheet" href="s.css"/></head><body>{_CHAPTER.replace(" hidden", "")}</body></html>',
        "O/x/b c.xhtml": f"{XHTML}<head><title>b</title></head><body><p>The end.</p></body></html>",
        "O/n.xhtml": f'{XHTML}<body><nav><ol><li><a href="a.xhtml">Rain</a></li></ol></nav></body></html>',
        "O/s.css": ".it { font-style: italic }",
    }
)
MARKDOWN = (
    "---\ntitle: Rain\n---\n\n# Rain #\n\n“I *kn*ow,” **she** said.  \nSo `x`.\n\n* * *\n\n> Old _songs_\n\n"
    "```\ncode\n```\n\n<!-- cut -->\n\nPart\n====\n\n{++new++}{--old--} &amp; [it](x)\n"
).encode()
FOUNTAIN = (
    b"Title: Rain\nAuthor: Ann\n\n# One\n\nINT. HOUSE - DAY #1#\n\nRain /* cut */ falls. [[A note]]\n\nANN (O.S.)\n(low)\n"
    b"I *know*.\n\n@McCoy ^\nSo?\n\n> CUT TO:\n\n===\n\n.FORCED\n\n!NOT\n\n~Song\n\n> Centre <\n"
)
PLAIN = "Rain\r\n\r\n\t“I know,” she _said_.\r\n\r\n * * * \r\n\r\nCafé — so.\x85".encode()

SEEDS = {
    ".docx": WORD,
    ".odt": OPEN_DOCUMENT,
    ".fodt": FLAT,
    ".epub": EPUB,
    ".html": HTML,
    ".md": MARKDOWN,
    ".fountain": FOUNTAIN,
    ".txt": PLAIN,
}
"""A file for each suffix."""
