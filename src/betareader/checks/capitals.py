"""Capitals where sentences start, and the pronoun that is always one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.language.proper import proper
from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SPEECH_VERBS, THOUGHT_VERBS
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading, Word

LOWER_CASE_STORY = 0.7
"""From this share of sentences without a capital on, the story is in lower case on purpose."""

SLIP = 0.5
"""Where the reader thinks another word was meant with more than this chance, a word is no name."""

_AFTER_STOP = re.compile(r"[.?!](?P<close>[\"'”’)*_]*)\s+[*_]*(?P<first>[a-z])")
_WORD_BEFORE = re.compile(r"[^\W_][\w'’]*(?P<marks>[.?!]*)\Z")
_LONE_I = re.compile(r"(?<![\w.'’(/&-])i(?=(?:['’](?:m|ll|ve|d))?(?:[ \t]|\n(?!\n)|[,.?!…]+[\s\"”]|—))(?!\.\w)")
_NAME_WITHOUT_CAPITAL = re.compile(r"[a-z]+(?:[A-Z]|\d|[.@/]\w)|(?:de|du|da|di|von|van|der|le|la|al|bin|ibn) [A-Z]")
_SHORTENED = frozenset(
    "mr mrs ms dr st prof rev etc vs inc ltd co jr sr approx no vol pp ch fig capt col gen lt sgt ave dept"
    " bros mm sq est min max sec hr hrs lb lbs oz ft ed eds trans cf al messrs mme mlle viz ibid".split()
)
_SENTENCE_REST = re.compile(r"[^.?!;“\"]*")
_WORD = re.compile(r"[a-z]+")
_LOW_START = re.compile(r"[a-z]{2}[.?!] +[a-z]")
_HIGH_START = re.compile(r"[a-z]{2}[.?!] +[A-Z]")
_LOW_AFTER_MARK = re.compile(r"\w[?!] +[a-z]")
_HIGH_AFTER_MARK = re.compile(r"\w[?!] +[A-Z]")
_LAST_CLAUSE = re.compile(r"[^.,;:!?…—“\"‘]*\Z")
_CALLS = frozenset("oh o ah ha eh hey alas lo why what well no yes nay aye pooh bah hush hark say come".split())
_SPEECH_IS_SUBJECT = frozenset("was is were are came went and or but with from to as had has in at for that".split())
_BROUGHT_OUT = re.compile(r"[^,]*?\b(?:brought|put|broke|burst|cut|struck|threw|went|got) (?:out|in|on)\b")
_JOINING = frozenset("and or but nor for so with in to of as".split())
_OBJECT = re.compile(r" (?:an?|the|his|her|their|my) [a-z]")
_ACTOR = re.compile(
    r"(?:[a-z]+ly |then |again )?(?:[A-Z][a-z]+|he|she|they|we|the [a-z]+|his [a-z]+|her [a-z]+)(?: [a-z]+ly)? (?P<verb>[a-z]+)"
)
_ALWAYS_TITLES = frozenset("mr mrs ms dr".split())
_TITLES = frozenset(
    "inspector captain sergeant detective professor doctor lieutenant colonel corporal marshal sheriff commander constable reverend uncle aunt auntie father"
    " king queen prince princess lord lady sir saint".split()
)
_BEFORE_TITLE = frozenset(
    "said asked replied shouted cried and but to with by from for at that as when if so then because like told saw".split()
)
_KIN = frozenset(
    "mum mom dad mam nan gran granny grandma grandpa mama papa mummy daddy pa ma gramps nana grandad pop".split()
)
_SAID_SMALL = re.compile(
    r"[\"”’] ?(?:[Ss]aid|[Aa]sked|[Ww]hispered|[Ss]houted|[Yy]elled|[Cc]ried|[Rr]eplied|[Mm]uttered|[Aa]nswered|[Cc]alled) (?P<name>[a-z]{3,})(?P<last> [a-z]{3,})?"
    r"(?=[,.;:!?\n]| [\"“])"
)
_NAMED = re.compile(
    r"\b(?:[Nn]ame (?:was|is)|[Nn]ame['’]s|(?:boy|girl|man|woman|lad|dog|cat|horse|fellow|friend|kid|child) (?:called|named)) (?P<name>[a-z]{3,})(?=[,.;:!?\n]| and\b)"
)
_AFTER_ARTICLE = re.compile(
    r"\b(?:a|an|the|my|his|her|their|our|your|this|that|these|those|no|any|some|every|two|three) (?P<name>[a-z]{3,})\b"
)


@check(depth="light")
def small_letter_starts_sentence(reading: Reading) -> Iterator[Edit]:
    """Begin a sentence with a capital.

    After a pause of dots, and in a tag after a question or an exclamation, the sentence goes on in
    small letters; a story that has no capitals on purpose keeps none.

    Edits:
        The rain had stopped. she opened the door. → The rain had stopped. She opened the door.
        "I am tired." the door opened again. → "I am tired." The door opened again.
        "Nonsense." she waved a hand at him. → "Nonsense." She waved a hand at him.
        the rain had stopped. → The rain had stopped.

    Leaves:
        “Is it over?” she asked. “I thought... well, never mind.”
        They met at 6 p.m. near the mill.
        “What a day!” was all he could say.
    """
    text = reading.text
    if _is_in_lower_case(reading):
        return
    for place, paragraph in enumerate(reading.paragraphs):
        first = _first_letter(reading, place)
        if text[first].islower() and len(paragraph.words) > 3 and _follows_a_stop(reading, place):
            yield Edit(Span(first, first + 1), text[first].upper(), "A sentence starts with a capital.", 0.93)
    marks_go_on = _goes_on_after_marks(text)
    for match in _AFTER_STOP.finditer(text):
        first, close = match.start("first"), match.group("close")
        if ")" in close or not _is_first_letter(reading, first) or _opens_paragraph(reading, match.start(), first):
            continue
        before = _WORD_BEFORE.search(text, max(0, match.start() - 30), match.start() + 1)
        if before is None or ".." in before.group("marks"):
            continue
        word, stop = before.group().rstrip(".?!"), before.group("marks")
        if stop == "." and _is_shortened(text, before.start(), word):
            continue
        if close.strip("*_"):
            if not _ends_speech(reading, match.end("close")) or not _is_no_tag(text, first, sure=stop == "."):
                continue
        elif stop != "." and (marks_go_on or not _is_exclaimed(text, before.start(), word, first)):
            continue
        confidence = 0.95 if stop == "." else 0.85 if _is_short_cry(text, before.start()) else 0.9
        yield Edit(Span(first, first + 1), text[first].upper(), "A sentence starts with a capital.", confidence)


@check(depth="light")
def small_i(reading: Reading) -> Iterator[Edit]:
    """Write the pronoun *I* with a capital.

    Alone and in *I’m*, *I’ll*, *I’ve* and *I’d*; the letter itself and the numerals of a list stay small.

    Edits:
        She knew that i was there. → She knew that I was there.
        "And i'll wait," he said. → "And I'll wait," he said.

    Leaves:
        “The letters a, e, i and o,” she said, “and nothing else, i.e. no consonants.”
    """
    text = reading.text
    if _is_in_lower_case(reading):
        return
    for match in _LONE_I.finditer(text):
        before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
        if before[-1:] in tuple("\"'“‘*_") and not after.startswith((" ", "'", "’")):
            continue
        if (
            re.search(r"\b[a-z],? \Z", before)
            or re.match(r",? [b-hj-z]\b", after)
            or not reading.in_prose(match.start())
        ):
            continue
        yield Edit(Span(*match.span()), "I", "The pronoun is always a capital.", 0.97)


@check(depth="light")
def name_in_small_letters(reading: Reading) -> Iterator[Edit]:
    """Begin a name with a capital.

    Days, months, feasts, languages and places; *Mr* and its like; a title before a name; and the names of the
    story: who is named after a tag's *said* or as *his name was*, who has a capital elsewhere, and a given name before a surname, where the
    small word is no word of its own.

    Edits:
        We left on friday. → We left on Friday.
        "Hello," said mr Cobb to inspector Hale. → "Hello," said Mr Cobb to Inspector Hale.
        "Go," said orlo. Then orlo left. → "Go," said Orlo. Then Orlo left.
        His name was orlo. We met percy Dunn in ohio. → His name was Orlo. We met Percy Dunn in Ohio.

    Leaves:
        He may march in, an august inspector. "Sir," said a mr nobody.
        "Go," said somebody. "Mum," said mum.
        The inspector Cobb knew had gone.
    """
    text = reading.text
    if _is_in_lower_case(reading):
        return
    names = _named_small(reading)
    for place, word in enumerate(reading.words):
        low = word.text
        if not low[0].islower() or not low.isascii():
            continue
        stem = low.removesuffix("'s").removesuffix("’s")
        is_title = low in _ALWAYS_TITLES or low in _TITLES
        if is_title:
            following = reading.words[place + 1] if place + 1 < len(reading.words) else None
            gap = text[word.span.end : following.span.start] if following else ""
            near = gap == " " or (gap == ". " and low in _ALWAYS_TITLES)
            named = following is not None and near and (following.text[:1].isupper() or following.text in names)
            if not named or (low in _TITLES and not _may_stand_before_title(reading, place)):
                continue
        elif stem not in names and stem not in proper() and not _is_part_of_name(reading, place):
            continue
        if (
            reading.style.words.isdisjoint((low, stem))
            and reading.in_prose(word.span.start)
            and not _is_joined(text, word.span)
        ):
            reason = "A title before a name has a capital." if is_title else "A name has a capital."
            yield Edit(Span(word.span.start, word.span.start + 1), low[0].upper(), reason, 0.93)


def _may_stand_before_title(reading: Reading, place: int) -> bool:
    """Whether what stands before a title makes it part of the name: no article, and nothing that may tell what kind of one."""
    if not place:
        return True
    before = reading.words[place - 1]
    gap = reading.text[before.span.end : reading.words[place].span.start]
    return gap != " " or before.text.lower() in _BEFORE_TITLE


def _named_small(reading: Reading) -> frozenset[str]:
    """The words in small letters that are names of the story's people: named in a tag, or with a capital elsewhere in mid-sentence."""
    lexicon = load_lexicon()
    low = {word.text for word in reading.words if word.text.isalpha() and word.text.islower() and len(word.text) > 2}
    doubtful = {word for word in low if not lexicon.is_common_word(word) and word not in _KIN}
    tagged = {match["name"] for pattern in (_SAID_SMALL, _NAMED) for match in pattern.finditer(reading.text)}
    tagged |= {
        match["last"].strip()
        for match in _SAID_SMALL.finditer(reading.text)
        if match["last"] and match["name"] in doubtful
    }
    tagged -= {word.text for word in reading.words if _is_slip(word)}
    capital = Counter(word.text for word in reading.words if word.text[0].isupper() and word.text.isalpha())
    cast = {form for person in reading.bible.cast for name in (person.name, *person.aliases) for form in name.split()}
    articled = {match["name"] for match in _AFTER_ARTICLE.finditer(reading.text)}
    return frozenset(
        word
        for word in doubtful - articled
        if word in tagged or (word.capitalize() in cast and capital[word.capitalize()] >= 2)
    )


def _is_part_of_name(reading: Reading, place: int) -> bool:
    """Whether a word that is a given name and no word of its own stands right before a name with a capital."""
    following = reading.words[place + 1].text if place + 1 < len(reading.words) else ""
    word, lexicon = reading.words[place], load_lexicon()
    if not following[:1].isupper() or len(word.text) < 4 or lexicon.knows(word.text):
        return False
    beside = reading.text[word.span.end : word.span.end + 2] == f" {following[0]}"
    given = lexicon.is_name(word.text.capitalize()) and not _is_slip(word)
    return beside and given and not lexicon.is_common_word(following.lower())


def _is_slip(word: Word) -> bool:
    """Whether another word was meant, as far as the reader can tell."""
    return bool(word.meant) and word.meant[0].probability > SLIP


def _is_joined(text: str, span: Span) -> bool:
    """Whether a word is part of a compound, an address or the like."""
    before, after = text[max(0, span.start - 1) : span.start], text[span.end : span.end + 1]
    return before in ("-", "_", "/", ".", "@", "#") or after in ("-", "_", "/", "@")


def _is_in_lower_case(reading: Reading) -> bool:
    """Whether the story leaves its sentences without capitals on purpose."""
    low, high = len(_LOW_START.findall(reading.text)), len(_HIGH_START.findall(reading.text))
    return low > 5 and low > LOWER_CASE_STORY * (low + high)


def _goes_on_after_marks(text: str) -> bool:
    """Whether the author lets sentences go on after ? and !, as older writers do (“Alas! he was gone”)."""
    low, high = len(_LOW_AFTER_MARK.findall(text)), len(_HIGH_AFTER_MARK.findall(text))
    return low > 2 and 25 * low > high


def _first_letter(reading: Reading, place: int) -> int:
    """Where a paragraph's text starts, marks of quotation and emphasis left out."""
    span = reading.paragraphs[place].span
    first = span.start
    while first < span.end - 1 and reading.text[first] in "*_\"“'‘":
        first += 1
    return first


def _follows_a_stop(reading: Reading, place: int) -> bool:
    """Whether a paragraph of prose starts a sentence: the one before it is over, and none beside it is a verse."""
    text, paragraphs = reading.text, reading.paragraphs
    if (
        text[paragraphs[place].span.start] in "*_"
        or paragraphs[place].role != "body"
        or not _is_first_letter(reading, _first_letter(reading, place))
    ):
        return False
    for other in (place - 1, place + 1):
        beside = 0 <= other < len(paragraphs) and paragraphs[other].role == "body"
        if beside and text[_first_letter(reading, other)].islower() and not _is_over(reading, other):
            return False
    return place == 0 or paragraphs[place - 1].role != "body" or _is_over(reading, place - 1)


def _is_over(reading: Reading, place: int) -> bool:
    """Whether a paragraph ends with the end of a sentence."""
    words = reading.paragraphs[place].span.of(reading.text).rstrip("*_\"'”’)")
    return words.endswith((".", "!", "?")) and not words.endswith("..")


def _is_first_letter(reading: Reading, first: int) -> bool:
    """Whether a plain word of prose starts at `first`, not a name or sign that is written small."""
    text = reading.text
    if _NAME_WITHOUT_CAPITAL.match(text, first) or not reading.in_prose(first):
        return False
    word = reading.words_in(Span(first, first + 1))
    return len(word) == 1 and word[0].text not in reading.style.words and not text.startswith(")", word[0].span.end)


def _is_shortened(text: str, start: int, word: str) -> bool:
    """Whether the stop after the word that starts at `start` belongs to it."""
    low = word.lower()
    if low in _SHORTENED or low[-1].isdigit() or text[max(0, start - 1) : start] == ".":
        return True
    return len(low) == 1 and not (word in "Ia" and text[max(0, start - 2) : start - 1].islower())


def _is_exclaimed(text: str, start: int, word: str, first: int) -> bool:
    """Whether a ? or ! after this word ends its sentence, and is no cry within one (“Oh! what a day”)."""
    following = _WORD.match(text, first)
    if word.lower() in _CALLS or (following is not None and following.group() in _JOINING):
        return False
    named = _WORD.findall(text, first, first + 30)[:2]
    if any(word in SPEECH_VERBS or word in THOUGHT_VERBS for word in named):
        return False
    return text[max(0, start - 1) : start].isspace() and text[max(0, start - 2) : start - 1] not in ("!", "?")


def _is_short_cry(text: str, start: int) -> bool:
    """Whether the word that starts at `start` ends a cry of a word or three (“My God!”, “But, gosh!”)."""
    return len(_LAST_CLAUSE.findall(text, max(0, start - 40), start)[0].split()) < 3


def _opens_paragraph(reading: Reading, before: int, first: int) -> bool:
    paragraph = reading.paragraph_at(first)
    return paragraph is not None and paragraph.span.start > before


def _ends_speech(reading: Reading, end: int) -> bool:
    passage = reading.passage_at(end - 1)
    return passage is not None and passage.span.end == end and passage.voice != "quoted"


def _is_no_tag(text: str, first: int, *, sure: bool) -> bool:
    """Whether what starts at `first`, after a speech, is a sentence of its own.

    After a full stop it is, unless it names a way of speaking; after a mark, only if it is plainly
    something done.
    """
    rest = _SENTENCE_REST.match(text, first)
    words = _WORD.findall(rest.group()) if rest else []
    if not words or words[0] in _SPEECH_IS_SUBJECT or _BROUGHT_OUT.match(rest.group() if rest else ""):
        return False
    actor = _ACTOR.match(text, first)
    if actor is not None and actor.group("verb") in LOOSE_VERBS - SPEECH_VERBS and _OBJECT.match(text, actor.end()):
        return sure
    if any(word in SPEECH_VERBS or word in THOUGHT_VERBS or word in LOOSE_VERBS for word in words):
        return False
    return sure or (actor is not None and actor.group("verb") in BEAT_VERBS)
