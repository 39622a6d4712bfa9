"""The style file: presets, files beside a manuscript, and every way such a file can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from betareader.errors import BadStyle
from betareader.style import Stet, Wishes
from betareader.style_file import load, load_beside, merge, parse


def test_presets_ship() -> None:
    assert load("chicago") == Wishes(
        spelling="us", quotes="double", curly=True, dashes="em", ellipsis=". . .", serial_comma="always"
    )
    assert load("new-hart") == Wishes(
        spelling="uk", quotes="single", curly=True, dashes="spaced-en", ellipsis="…", serial_comma="always"
    )


def test_every_key(tmp_path: Path) -> None:
    path = tmp_path / "betareader.toml"
    path.write_text(
        'depth = "medium"\nspelling = "either"\nquotes = "single"\ncurly = false\ndashes = "hyphens"\n'
        'ellipsis = "..."\nserial_comma = "never"\nthoughts = "plain"\nwords = ["Zarn", " grok "]\n'
        'stet = ["doubled_word: bye bye", "lone_i"]\n',
        encoding="utf-8",
    )
    wishes = Wishes(
        depth="medium",
        spelling="either",
        quotes="single",
        curly=False,
        dashes="hyphens",
        ellipsis="...",
        serial_comma="never",
        thoughts="plain",
        words=frozenset({"Zarn", "grok"}),
        stet=(Stet("doubled_word", "bye bye"), Stet("lone_i")),
    )
    assert load(path) == wishes
    assert load_beside(tmp_path / "story.txt") == wishes


def test_stet_tables() -> None:
    wishes = parse('[[stet]]\ncheck = "lone_i"\n[[stet]]\ncheck = "cliche"\nwords = "at last"\n', "style")
    assert wishes.stet == (Stet("lone_i"), Stet("cliche", "at last"))


def test_only_the_nearest_folder_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "betareader.toml").write_text('depth = "heavy"\n', encoding="utf-8")
    (tmp_path / "book").mkdir()
    assert load_beside(tmp_path / "book" / "one.txt") == Wishes()


def test_merge_lets_the_first_win() -> None:
    over = Wishes(depth="light", curly=False, words=frozenset({"a"}), stet=(Stet("x"),))
    under = Wishes(depth="heavy", quotes="single", curly=True, words=frozenset({"b"}), stet=(Stet("y"), Stet("x")))
    assert merge(over, under) == Wishes(
        depth="light", quotes="single", curly=False, words=frozenset({"a", "b"}), stet=(Stet("x"), Stet("y"))
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('voice = "loud"', "s.toml asks for “voice”, which is not known; known are: depth, spelling, quotes, curly, "
         "dashes, ellipsis, serial_comma, thoughts, words, stet."),
        ('depth = "deep"', "s.toml sets depth to 'deep'; it can be: \"light\", \"medium\", \"heavy\"."),
        ("depth = 3", "s.toml sets depth to 3; it can be: \"light\", \"medium\", \"heavy\"."),
        ("curly = 1", "s.toml sets curly to 1; it can be: true, false."),
        ('words = "Zarn"', "s.toml sets words to 'Zarn'; it must be a list of words: words = [\"Zarn\", \"grokked\"]."),
    ],
)  # fmt: skip
def test_a_wrong_wish_is_named(text: str, says: str) -> None:
    with pytest.raises(BadStyle) as caught:
        parse(text, "s.toml")
    assert str(caught.value) == says


@pytest.mark.parametrize(
    "stet", ['"lone_i"', "[3]", '[{check = "a", why = "b"}]', '[{words = "b"}]', '[": a"]', "[{check = 1}]"]
)
def test_a_wrong_stet_is_refused(stet: str) -> None:
    with pytest.raises(BadStyle, match="must be a list such as"):
        parse(f"stet = {stet}", "s.toml")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadStyle, match="There is no style file nowhere"):
        load("nowhere")
    with pytest.raises(BadStyle, match="cannot be read"):
        load(tmp_path)
    broken = tmp_path / "broken.toml"
    broken.write_bytes(b"depth = ")
    with pytest.raises(BadStyle, match="is not a style file that can be read"):
        load(broken)
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadStyle, match="not UTF-8"):
        load(broken)
    with pytest.raises(BadStyle, match="cannot be read"):
        load("nul\0name")
