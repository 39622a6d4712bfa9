"""Files are read into manuscripts and written back, byte for byte."""

import codecs
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from betareader.errors import CannotWrite, UnknownFormat, UnreadableManuscript
from betareader.findings import Edit
from betareader.formats import LARGEST, from_text, read, write
from betareader.span import Span


def paragraphs(text: str, format: str = "plain") -> list[str]:
    manuscript = from_text(text, format=format)
    return [span.of(text) for span in manuscript.paragraphs]


def marks(text: str, format: str = "markdown") -> list[tuple[str, str]]:
    manuscript = from_text(text, format=format)
    return [(mark.kind, mark.span.of(text)) for mark in manuscript.marks]


class TestEncodings:
    def test_utf8(self) -> None:
        manuscript = read(None, "“Café,” she said.".encode())
        assert (manuscript.text, manuscript.encoding, manuscript.notes) == ("“Café,” she said.", "utf-8", ())

    def test_byte_order_mark_is_kept_out_of_the_text_and_given_back(self) -> None:
        data = codecs.BOM_UTF8 + b"She sat.\r\n"
        manuscript = read(None, data)
        assert manuscript.text == "She sat.\r\n"
        assert write(manuscript, []) == data
        assert write(manuscript, [Edit(Span(4, 7), "stood", "")]) == codecs.BOM_UTF8 + b"She stood.\r\n"

    @pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF16_LE])
    def test_utf16(self, mark: bytes) -> None:
        data = mark + "She sat by the well 😀.".encode("utf-16-le")
        manuscript = read(None, data)
        assert manuscript.text == "She sat by the well 😀."
        assert manuscript.notes == ("The file is not UTF-8; it was read, and will be written, as UTF-16.",)
        assert write(manuscript, [Edit(Span(0, 3), "Ned", "")]) == mark + "Ned sat by the well 😀.".encode("utf-16-le")

    def test_windows_1252_with_bytes_it_leaves_undefined(self) -> None:
        data = b"\x93Caf\xe9,\x94 she said \x81\x8d."
        manuscript = read(None, data)
        assert manuscript.text == "“Café,” she said \x81\x8d."
        assert manuscript.notes == ("The file is not UTF-8; it was read, and will be written, as Windows-1252.",)
        assert write(manuscript, [Edit(Span(8, 11), "Ann", "")]) == b"\x93Caf\xe9,\x94 Ann said \x81\x8d."

    def test_a_few_bad_bytes_in_utf8(self) -> None:
        data = "“Café,” she said. “Naïve.”".encode() + b"\xff ends"
        manuscript = read(None, data)
        assert manuscript.text == "“Café,” she said. “Naïve.”\udcff ends"
        assert manuscript.notes == ("The file is UTF-8 with some damaged bytes in it; they were left as they are.",)
        assert write(manuscript, [Edit(Span(0, 1), "", "")]) == data[3:]

    def test_what_the_encoding_cannot_hold_is_made_plainer_or_refused(self) -> None:
        manuscript = read(None, b"Caf\xe9 \x93closed\x94.")
        assert write(manuscript, [Edit(Span(4, 5), "‑", "")]) == b"Caf\xe9-\x93closed\x94."
        with pytest.raises(CannotWrite, match="save it as UTF-8"):
            write(manuscript, [Edit(Span(4, 5), "雨", "")])

    def test_lone_surrogates(self) -> None:
        manuscript = from_text("She \ud800 sat \udc80.")
        assert manuscript.parts["text"] == write(manuscript, [])
        assert write(manuscript, [Edit(Span(0, 3), "He", "")]) == b"He \xed\xa0\x80 sat \x80."


WILD = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text("ab \r\n\t\"'“”‘’*_#->.`\x85\u2028", max_size=60).map(str.encode),
    st.text(max_size=30).map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.text(max_size=30).map(lambda text: text.encode("cp1252", "ignore")),
)


@given(WILD, st.sampled_from(["story.txt", "story.md"]), st.integers(0, 80), st.integers(0, 5))
@example(b"\xff\xfea\x00b", "story.txt", 0, 1)
@example(b"\xff\xfe\x00\xd8\x00\xdc", "story.txt", 1, 0)
def test_round_trip(data: bytes, name: str, start: int, length: int) -> None:
    try:
        manuscript = read(Path(name), data)
    except UnreadableManuscript:
        return
    assert write(manuscript, []) == data
    text = manuscript.text
    span = Span(min(start, len(text)), min(start + length, len(text)))
    assert write(manuscript, [Edit(span, span.of(text), "")]) == data
    place = 0
    for paragraph in manuscript.paragraphs:
        assert place <= paragraph.start < paragraph.end <= len(text)
        assert paragraph.of(text) == paragraph.of(text).strip()
        place = paragraph.end
    assert all(0 <= mark.span.start <= mark.span.end <= len(text) for mark in manuscript.marks)


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "Standard input is empty; there is no story to read."),
            (b" \r\n\t", "Standard input holds nothing but white space; there is no story to read."),
            (
                b"\x89PNG\r\n\x1a\n\x00\x00",
                "Standard input is a picture, not plain text; save the story as plain text first.",
            ),
            (b"\x00\x01\x02\x03" * 40, "Standard input is not a text file; save the story as plain text first."),
            (b"%PDF-1.7", "Standard input is a PDF; save the story as .docx, .odt or plain text first."),
        ],
    )
    def test_what_is_no_story(self, data: bytes, sentence: str) -> None:
        with pytest.raises(UnreadableManuscript) as caught:
            read(None, data)
        assert str(caught.value) == sentence

    def test_missing_and_folder(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableManuscript, match=r"There is no file .*gone\.txt"):
            read(tmp_path / "gone.txt")
        with pytest.raises(UnreadableManuscript, match="is a folder"):
            read(tmp_path)

    def test_too_large(self, tmp_path: Path) -> None:
        path = tmp_path / "long.txt"
        with path.open("wb") as file:
            file.truncate(LARGEST + 1)
        with pytest.raises(UnreadableManuscript, match="larger than 8 MB"):
            read(path)

    def test_unknown_format(self, tmp_path: Path) -> None:
        path = tmp_path / "story.tex"
        path.write_bytes(b"She sat.")
        with pytest.raises(UnknownFormat, match=r"story\.tex is not a kind of file that can be read \("):
            read(path)

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [
            ("story.doc", "is an old Word file; save it as .docx first."),
            ("story.pages", "is a Pages file; export it to Word (.docx) first."),
            ("story.rtf", "is a rich text file; save it as .docx or .odt first."),
        ],
    )
    def test_what_to_save_it_as(self, name: str, sentence: str) -> None:
        with pytest.raises(UnknownFormat) as caught:
            read(Path(name), b"She sat.")
        assert str(caught.value) == f"{name} {sentence}"

    def test_overlapping_edits(self) -> None:
        with pytest.raises(ValueError, match="overlap"):
            write(from_text("She sat."), [Edit(Span(0, 5), "", ""), Edit(Span(4, 6), "", "")])


class TestPlain:
    def test_blank_lines(self) -> None:
        text = "  Rain.\r\n\r\nShe sat. \r\n \r\n\r\nHe stood.\r\n"
        assert paragraphs(text) == ["Rain.", "She sat.", "He stood."]
        assert from_text(text).paragraph_break == "\r\n\r\n"

    def test_one_paragraph_a_line(self) -> None:
        text = "She sat down.\n“Rain,” he said.\nNobody moved.\n"
        assert paragraphs(text) == ["She sat down.", "“Rain,” he said.", "Nobody moved."]
        assert from_text(text).paragraph_break == "\n"

    def test_indented_lines(self) -> None:
        text = "\tShe sat down.\n\tHe stood.\n\tNobody moved."
        assert paragraphs(text) == ["She sat down.", "He stood.", "Nobody moved."]
        assert from_text(text).paragraph_break == "\n\t"

    def test_hard_wrapped_with_blank_lines(self) -> None:
        first = (
            "The rain had come in from the sea before it was light, and by the time\n"
            "the lamps were out along the quay there was nobody left to see the boat\n"
            "come round the point with her sails in ribbons."
        )
        second = "Ann saw it. She had been awake since two, sitting at the window with the\nblanket round her knees."
        assert paragraphs(f"{first}\n\n{second}\n") == [first, second]

    def test_hard_wrapped_with_indents(self) -> None:
        first = (
            "The rain had come in from the sea before it was light, and by the time\n"
            "the lamps were out along the quay there was nobody left to see the boat\n"
            "come round the point with her sails in ribbons."
        )
        second = "Ann saw it. She had been awake since two, sitting at the window\nwith the blanket round her knees."
        text = f"   {first}\n   {second}\n"
        assert paragraphs(text) == [first, second]
        assert from_text(text).paragraph_break == "\n   "

    def test_old_mac_line_ends(self) -> None:
        assert paragraphs("She sat.\r\rHe stood.") == ["She sat.", "He stood."]
        assert from_text("She sat.\r\rHe stood.").paragraph_break == "\r\r"

    def test_one_paragraph_takes_its_newlines_from_the_file(self) -> None:
        assert from_text("She sat.\r\n").paragraph_break == "\r\n\r\n"
        assert from_text("She sat.").paragraph_break == "\n\n"

    def test_emphasis(self) -> None:
        assert marks("She *was* _very_ late, 2 * 3 a_b_c.", "plain") == [("italic", "was"), ("italic", "very")]


class TestMarkdown:
    def test_blocks(self) -> None:
        text = "# Rain #\n\nPart One\n========\n\nShe sat\nby the well.\n\n* * *\n\n> “No,” he said.\n\n```\nx = 1\n```"
        assert paragraphs(text, "markdown") == [
            "Rain",
            "Part One",
            "She sat\nby the well.",
            "* * *",
            "“No,” he said.",
            "```\nx = 1\n```",
        ]
        assert marks(text) == [
            ("heading", "Rain"),
            ("heading", "Part One"),
            ("rule", "* * *"),
            ("quote", "“No,” he said."),
            ("code", "```\nx = 1\n```"),
        ]

    def test_inline(self) -> None:
        assert marks("She *was* **very** `late` __now__, _and_ ***how***.") == [
            ("italic", "was"),
            ("bold", "very"),
            ("code", "`late`"),
            ("bold", "now"),
            ("italic", "and"),
            ("bold", "how"),
            ("italic", "how"),
        ]

    def test_comment_and_front_matter(self) -> None:
        text = "---\ntitle: Rain\n---\n\nShe sat.\n\n<!-- cut\n\nthis? -->\n\nHe stood.\n"
        assert paragraphs(text, "markdown") == [
            "---\ntitle: Rain\n---",
            "She sat.",
            "<!-- cut\n\nthis? -->",
            "He stood.",
        ]

    def test_one_paragraph_a_line(self) -> None:
        lines = [f"Line {number} ends here." for number in range(30)]
        assert paragraphs("\n".join(lines), "markdown") == lines
