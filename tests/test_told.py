"""The tables of who speaks that the weights of speakers are learnt from."""

from __future__ import annotations

from pathlib import Path

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.story import learn
from betareader.structure import take_apart
from training.told import Identities, told

TEXT = "“Well?” said Mr. Quill. Anna Quill frowned. “Well,” said Anna. “So,” said Mr. Quill. “So,” said Anna Quill."


def test_a_table_tells_people_and_speeches(tmp_path: Path) -> None:
    table = "bundle\tclassics\t-\nperson\tAnna Quill\tshe\tAnna\nsaid\t42\tAnna Quill\timplicit\n"
    (tmp_path / "some-work.tsv").write_text(table, "utf-8")
    (work,) = told(tmp_path)
    assert (work.work, work.bundle) == ("some-work", "classics")
    assert work.characters == {"Anna Quill": frozenset(("Anna Quill", "Anna"))}
    assert [(said.start, said.speaker, said.told) for said in work.said] == [(42, "Anna Quill", "implicit")]


def test_our_tables_name_only_people_they_list() -> None:
    tables = list(told())
    assert len(tables) > 50
    for table in tables:
        assert table.said
        assert {said.speaker for said in table.said} <= table.characters.keys(), table.work
        assert [said.start for said in table.said] == sorted(said.start for said in table.said), table.work


def test_characters_of_a_bible_stand_for_those_a_reader_told_apart() -> None:
    bible = learn(take_apart(from_text(TEXT)), load_lexicon())
    characters = {"Anna Quill": frozenset(("Anna", "Anna Quill")), "Ben Quill": frozenset(("Ben Quill", "Mr. Quill"))}
    who = Identities(characters, bible, TEXT).of
    assert sorted(who.values()) == ["Anna Quill", "Ben Quill"]
