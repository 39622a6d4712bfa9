"""The cast: one character for all forms of a name, one name for one character, and no phantoms."""

from __future__ import annotations

from betareader.formats import from_text
from betareader.language.lexicon import load_lexicon
from betareader.story import learn
from betareader.story.bible import Bible
from betareader.structure import take_apart


def bible_of(text: str) -> Bible:
    return learn(take_apart(from_text(text)), load_lexicon())


def cast_of(text: str) -> list[tuple[str, tuple[str, ...], list[str]]]:
    """Each character's name, the other forms, and the words of each mention."""
    bible = bible_of(text)
    return [(each.name, each.aliases, [span.of(text) for span in each.mentions]) for each in bible.cast]


def test_first_last_and_full_name_are_one() -> None:
    text = (
        "“No,” said Elspeth Corran. Elspeth sat down. “Why not?” asked her brother. Corran looked away. Elspeth sighed."
    )
    assert cast_of(text) == [
        ("Elspeth Corran", ("Elspeth", "Corran"), ["Elspeth Corran", "Elspeth", "Corran", "Elspeth"]),
    ] or cast_of(text) == [
        ("Elspeth", ("Corran", "Elspeth Corran"), ["Elspeth Corran", "Elspeth", "Corran", "Elspeth"]),
    ]


def test_a_title_is_in_the_mention_and_not_in_the_name() -> None:
    text = "“Sit,” said Captain Vesh. Vesh sat, too."
    assert cast_of(text) == [("Vesh", (), ["Captain Vesh", "Vesh"])]


def test_a_husband_and_a_wife_are_two() -> None:
    text = "Mr. Ollivand sat. Mrs. Ollivand stood. “Well?” said Mr. Ollivand. Mr. Ollivand looked at Mrs. Ollivand."
    assert cast_of(text) == [
        ("Mr. Ollivand", (), ["Mr. Ollivand", "Mr. Ollivand", "Mr. Ollivand"]),
        ("Mrs. Ollivand", (), ["Mrs. Ollivand", "Mrs. Ollivand"]),
    ]


def test_a_nickname_that_begins_the_name_is_the_same_person() -> None:
    early = "“Go,” said Benjamin. Benjamin turned. "
    late = "It rained all night, and in the morning the whole street stood under water from end to end. "
    text = early + late + "“Look at that!” Ben said. Ben laughed."
    assert cast_of(text) == [("Benjamin", ("Ben",), ["Benjamin", "Benjamin", "Ben", "Ben"])]


def test_two_who_meet_are_two() -> None:
    text = "“Go,” said Samantha. Sam turned to Samantha. “No,” said Sam."
    assert [name for name, _, _ in cast_of(text)] == ["Sam", "Samantha"]


def test_a_possessive_is_a_mention() -> None:
    text = "Renko's hand shook. “Stop,” said Renko."
    assert cast_of(text) == [("Renko", (), ["Renko", "Renko"])]


def test_who_owns_a_shop_is_somebody_and_a_lost_apostrophe_is_nobody() -> None:
    text = "Renko ran past Dorvane's shop. Renko was late. It was not far to Renkos mother, and the rain had stopped. “Well?” said Renko."
    assert [name for name, _, _ in cast_of(text)] == ["Renko", "Dorvane"]


def test_a_place_is_no_person() -> None:
    text = "They lived in Harrowmere. She came from Harrowmere, and he walked into Harrowmere once a week."
    bible = bible_of(text)
    assert bible.cast == ()
    assert [(place.text, place.mentions) for place in bible.places] == [("Harrowmere", 3)]


def test_a_thing_is_a_term() -> None:
    text = "He was a Soulbinder. The Soulbinder before him had died, and no Soulbinder lives long."
    bible = bible_of(text)
    assert (bible.cast, bible.places) == ((), ())
    assert [(term.text, term.mentions) for term in bible.terms] == [("Soulbinder", 3)]


def test_days_nations_and_first_words_are_nobody() -> None:
    text = "“God,” said the man. “Hello?” Monday came. “English?” she asked. “French,” he said. Well, Monday went."
    assert cast_of(text) == []


def test_a_name_in_capitals_is_a_mention() -> None:
    text = "“Renko!” said the girl. “RENKO!” Renko turned."
    assert cast_of(text) == [("Renko", (), ["Renko", "RENKO", "Renko"])]


def test_family_words_are_people_where_they_are_names() -> None:
    text = "“Come in,” Mom said. Mom smiled. I looked at Mom. My mom and your mom know each other."
    assert cast_of(text) == [("Mom", (), ["Mom", "Mom", "Mom"])]


def test_chance_does_not_join_a_person_to_a_place() -> None:
    text = "“Good,” said Darrow of Vellin. Darrow smiled. In Vellin it rained. Darrow knew Vellin well. Darrow sat."
    bible = bible_of(text)
    assert [each.name for each in bible.cast] == ["Darrow"]
    assert [place.text for place in bible.places] == ["Vellin"]


RAIN = "It rained all night, and in the morning the whole street stood under water from end to end. "


def people(text: str) -> list[tuple[str, tuple[str, ...], int]]:
    """Each character's name, the other forms, and how many mentions there are."""
    return [(name, aliases, len(mentions)) for name, aliases, mentions in cast_of(text)]


def test_a_father_and_a_son_named_side_by_side_are_two() -> None:
    together = "“Sit,” said Mr. Holt to George. " * 9
    assert people(f"George Holt laughed. {RAIN * 9}{together}{RAIN * 9}" + "George stood. " * 5) == [
        ("George", ("George Holt",), 15),
        ("Mr. Holt", ("Holt",), 9),
    ]


def test_a_mother_is_not_the_daughter_who_is_miss() -> None:
    early = "Catherine wept. " * 10 + RAIN + "Catherine Dorn rose. " + RAIN
    assert people(early + "“No,” said Mrs. Dorn. " * 9 + RAIN + "Miss Dorn sat. " * 4) == [
        ("Catherine", ("Dorn", "Catherine Dorn"), 15),
        ("Mrs. Dorn", (), 9),
    ]


def test_a_general_and_a_captain_of_one_name_are_two() -> None:
    assert people("“Go,” said General Dorn. " * 5 + RAIN + "“No,” said Captain Dorn. " * 4) == [
        ("General Dorn", (), 5),
        ("Captain Dorn", (), 4),
    ]


def test_a_bare_family_name_is_the_mans() -> None:
    early = "“Go,” said Mr. Bingham. " * 8 + RAIN + "Miss Bingham sat. " * 8 + RAIN
    assert people(early + "Bingham laughed, and rubbed his hands. " * 5) == [
        ("Mr. Bingham", (), 13),
        ("Miss Bingham", (), 8),
    ]


def test_first_name_in_speech_and_last_name_in_the_narration_are_one() -> None:
    called = "“Are you there, George?” Harwick went up to the door. " * 8
    early = f"George Harwick came in. {RAIN * 9}{called}{RAIN}"
    assert people(early + "Harwick said that he knew. " * 30) == [("Harwick", ("George", "George Harwick"), 47)]


def test_mr_in_a_family_is_not_the_son_whom_everybody_calls_by_his_first_name() -> None:
    family = "Oliver Thorne rose. Roland Thorne sat. " * 2 + RAIN
    alone = "Oliver laughed, and rubbed his hands. " * 20 + RAIN
    both = "Oliver heard Mr. Thorne come in. Mr. Thorne saw Oliver. " + RAIN
    assert people(family + alone + both + "“No,” said Mr. Thorne. " * 9)[:2] == [
        ("Oliver Thorne", ("Oliver",), 24),
        ("Mr. Thorne", ("Thorne",), 11),
    ]
    assert people(family + alone + "“No,” said Mr. Thorne. " * 9)[0] == ("Oliver Thorne", ("Oliver", "Thorne"), 31)


def test_a_wife_under_her_husbands_whole_name_is_herself() -> None:
    text = "Pervin Ashlow shut his book. " * 4 + RAIN + "“Well,” said Mrs. Pervin Ashlow. " * 3
    bible = bible_of(text)
    assert [(each.titles, each.pronouns, len(each.mentions)) for each in bible.cast] == [
        ((), "he", 4),
        (("Mrs.",), "she", 3),
    ]


def test_two_names_in_a_row_are_not_one_full_name() -> None:
    talk = "“Sit,” said Harlock. “No,” said Veale. " * 101
    assert people(f"{talk}{RAIN}They saw Harlock Veale coming.")[:2] == [
        ("Veale", ("Harlock Veale",), 102),
        ("Harlock", (), 101),
    ]


def test_a_pronoun_after_a_subject_tells_more_than_one_after_a_preposition() -> None:
    text = "Oriel shook her head. “Go,” said Oriel, and rubbed her hands. He looked at Oriel and wiped his face. " * 3
    assert [(each.name, each.pronouns) for each in bible_of(text).cast] == [("Oriel", "she")]


def test_somebody_may_be_called_june() -> None:
    text = "“Well,” said June. June laughed. In June it rained. “No,” said June. “May I go?” June asked."
    assert people(text) == [("June", (), 4)]


def test_who_is_only_called_by_name_is_somebody() -> None:
    assert people("“Come in, Gerald, it is cold.” The door closed. “Sit down, Gerald,” she said.") == [
        ("Gerald", (), 2)
    ]
    assert people("“I never knew, Thistle,” he said. The door closed. “Nor did I, Thistle,” she said.") == [
        ("Thistle", (), 2)
    ]


def test_a_name_of_the_lexicon_that_stands_twice_in_no_company_is_nobody() -> None:
    text = "The Lusitania was late. They waited, and the Atlantic was grey; a grey Atlantic, and a grey sky."
    assert people(text) == []


def test_a_doctor_and_his_son_are_two() -> None:
    text = "“Well?” said Dr. Hallam. Mr. Hallam sat. Mr. Hallam rose. " * 6 + RAIN
    son = "Martin Hallam laughed, and he went out. “Come,” said Martin Hallam. " * 6 + RAIN
    father = "“No,” said Dr. Osric Hallam. Dr. Osric Hallam shut the door. "
    assert sorted((size, "Osric Hallam" in (name, *also)) for name, also, size in people(text + son + father)) == [
        (8, True),
        (24, False),
    ]


def test_a_woman_may_change_her_surname() -> None:
    text = "“Go,” said Clara Tarrant. Clara Tarrant sat. " + "Clara laughed, and shook her head. " * 30 + RAIN
    later = "“I do,” said Clara Hallam. Clara Hallam wept. "
    assert people(text + later)[0][2] == 34


def test_a_surname_of_two_words_after_a_title_is_the_full_names() -> None:
    text = "“Go,” said Odile du Marsh. Odile du Marsh sat. “Why?” said Odile. Odile laughed. " + RAIN
    assert [size for *_, size in people(text + "“Stay,” said Miss du Marsh. " * 4)] == [8]


def test_half_of_a_double_name_is_the_whole() -> None:
    text = "“Go,” said Jory-Lane. Jory-Lane sat, and he sighed. " * 4 + RAIN + "“Stay,” said Jory. Jory stood. " * 3
    assert [size for *_, size in people(text)] == [14]


def test_the_doctor_is_the_one_who_is_called_dr() -> None:
    text = "“Go,” said Dr. Hallam. Dr. Hallam sat. " * 4 + RAIN + "“Stay,” said the doctor. “Why?” the doctor asked. "
    assert people(text) == [("Hallam", ("the doctor",), 10)]
