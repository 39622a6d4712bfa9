"""Small words in the wrong form or place, where the rule has no exceptions worth the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit, Query
from betareader.language.lexicon import load_lexicon
from betareader.language.verbs import load_verbs, regular_base
from betareader.span import Span

if TYPE_CHECKING:
    from betareader.reading import Reading

_ARTICLE = re.compile(
    r"(?<![\w'’&.-])(?P<article>[Aa]n?)(?P<gap>[ \n][\"“*_]*)(?P<word>[a-z]{2,}|[AEIO][a-z]+)(?![\w'’])"
)
SURE = 0.7
"""From this chance on another word is taken to stand where one was misspelt."""

_CONSONANT_SOUND = re.compile(
    r"[bcdfgjklmnpqrstvwxz]|y[aeiou]|eu|ewe|one\b|ones|oneself|once|ouija|uni(?:on|t|form|qu|vers|corn|lat|son|f|cy|sex|pol)"
    r"|unanim|us(?:e|age|ing|u|abl)|ut(?:en|il|op|er[ui])|u(?:ran|rin|kul|biq|rol|so|furp)"
    r"|h(?:ouse|and|at|orse|ard|eavy|igh|uge|uman|undred|alf|appy|ell|ill|ome|ole|ead|eart|ot|ero|old|ug|int|ope|ush)s?\b"
)
_VOWEL_SOUND = re.compile(r"[aeio]|u|hour|honest|honou?r|heir")
_NEVER_AFTER_ARTICLE = frozenset(
    "a an and or is in of as at if it on are i am us our ours un en the that this thou thee he she we ye you they my"
    " his was were be by but for from to so would had have has did do does with not no than then there when where"
    " who what".split()
)


_OF_FOR_HAVE = re.compile(
    r"(?P<modal>\b(?i:could|should|would|might|must)(?:n?['’]?t)?(?: (?:not|never|always|just|probably|still|even|all|rather))?|\b(?:coulda|shoulda|woulda)"
    r"|\b(?i:ought(?: never)? to|(?:i|you|he|she|it|we|they)['’]d(?: (?:never|rather|all))?)) "
    r"(?P<of>of)(?: (?P<next>(?:been|gone|done|had|seen|known|come|taken|made|said|told|thought|got|gotten|given"
    r"|found|left|kept|let|just|never|at least|stuck|flown|thrown|died|bled|fled|fed|led|met|won|lost|felt|heard|held|paid|put|read|run"
    r"|sat|sent|shot|shown|slept|sold|stood|thrown|worn|written|bitten|broken|brought|bought|built|caught|chosen|cut|drawn"
    r"|driven|eaten|fallen|fought|forgotten|hidden|hit|hurt|meant|spent|spoken|stolen|taught|torn|understood|woken|become"
    r"|went|did|saw|came|took|gave|knew|broke|wrote|ate|drove|fell|forgot|spoke|stole|ran|began|became"
    r"|[a-z]{3,}ed))\b|(?=[.,!?;]))"
)
_NOT_PARTICIPLES = frozenset(
    "need seed feed deed weed reed breed speed greed red bed indeed hundred sacred kindred".split()
)
_TO_FOR_TOO = re.compile(
    r"\b(?i:was|is|are|were|am|be|been|being|it['’]?s|that['’]?s|he['’]?s|she['’]?s|i['’]?m|you['’]?re|we['’]?re|they['’]?re|wasn['’]?t|isn['’]?t|far|just|got"
    r"|getting|seemed|looked|felt) (?P<to>to) (?P<how>big|small|large|late|early|soon|many|heavy|hard|tired|old|young|bad|far|hot|high|strong|weak|scared"
    r"|afraid|easy|difficult|dangerous|risky|loud|dark|bright|deep|sad|happy|sick|stupid|shy|proud|rich|poor|weird|crazy|dumb|tight|thick|wide|careful|obvious|lazy"
    r"|drunk|exhausted|busy|expensive|fast|quickly|slowly|often|much|little|badly|hungry|angry|nervous|shocked|stunned|good to be)\b(?!['’-])"
)
_PERFECT = re.compile(
    r"\b(?i:(?P<had>had|has|have|having|(?:he|she|i|we|you|they)['’]d|(?:i|we|you|they)['’]ve))"
    r" (?:(?:not|never|ever|just|already|finally|almost|nearly|always|only) )?(?P<past>[a-z]+)\b(?!['’-])"
)
_PAST_TOO = frozenset("saw rose bore lay hid bit forgot wound fell broke shone woke hung spoke shook".split())
"""Pasts that are nouns or old participles as well, and are left to the reader of whole sentences."""
_AFTER_DID = re.compile(
    r"\b(?i:(?P<did>did(?:n['’]?t| not)|does(?:n['’]?t| not)|did (?P<who>i|you|he|she|we|they)))"
    r" (?:(?:really|even|ever|just|actually) )?(?P<verb>[a-z]+)\b(?!['’-])"
)
_THERE_WAS = re.compile(
    r"\b[Tt]here (?P<was>was) (?:only |just |about |at least )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|several)"
    r" (?P<things>[a-z]{2,}s|of (?:us|them)|men|women|people|children)\b(?!['’-])"
)
_SUMS = frozenset(
    "pounds dollars cents pence bucks quid feet inches yards miles metres meters kilometres kilometers minutes hours seconds days weeks months years"
    " degrees percent hundreds thousands ounces acres gallons pints is was has this".split()
)
_LAST_WORD = re.compile(r"[\w'’]+(?= \Z)")
_BEFORE_QUESTION = frozenset("why what how where when and but so or nor only never whom which".split())
_BARE_TOO = frozenset(
    "need feed shed wed bed embed speed heed breed bleed weed seed proceed succeed exceed sped left found lay felt ground wound bound bore shot".split()
)
"""Words that look like a past and may stand bare: they did not *found* a town, it did not *bore* him."""
_LYING = re.compile(
    r"\b(?:(?:(?i:he|she|they|i|we|and|then)|[A-Z][a-z]+) (?P<laid>laid)(?: (?:back )?(?:down|there|still|awake|asleep|motionless))(?=[ ,.;])"
    r"(?! (?:his|her|the|a|my|their|its|your|our|it|him|them|me|arms|some)\b)"
    r"|(?P<laying>(?:was|were|is|are|am|been|['’][ms]) laying)"
    r"(?= (?:on|in|down|there|awake|asleep|still|beside|next|under|across|at)\b)(?! down (?:the|his|her|a)\b))"
)


@check(depth="light")
def a_or_an(reading: Reading) -> Iterator[Edit]:
    """Write *a* before a consonant and *an* before a vowel, by sound.

    The sound decides, not the letter: *an hour*, *a European*, *a one-eyed man*.  Where speakers
    differ (*a historic*, *an historic*) the author's choice stands.

    Edits:
        She ate a apple and waited for an car. → She ate an apple and waited for a car.
        He was a Arden to the bone. → He was an Arden to the bone.

    Leaves:
        He waited an hour for a European with a one-eyed dog and an umbrella.
        It was an historic day in a hotel. He is an honest man at a university.
    """
    lexicon = load_lexicon()
    found = []
    for match in _ARTICLE.finditer(reading.text):
        article, word = match.group("article"), match.group("word")
        if (_fits(article, word) and lexicon.is_common_word(word)) or _in_dialect(reading, match.start()):
            continue
        if meant := _meant_at(reading, match.start("word")):
            word = meant
        elif _is_doubtful(reading, match.start("word")):
            continue
        vowel = not _CONSONANT_SOUND.match(word.lower())
        if vowel == (len(article) == 2) or (vowel and not _VOWEL_SOUND.match(word.lower())):
            continue
        if word in _NEVER_AFTER_ARTICLE or not (word[0].isupper() or lexicon.is_common_word(word)):
            continue
        if article[0] == "A" and reading.text[: match.start()].rstrip("\"'“‘*_ ")[-1:] not in ("", ".", "!", "?", "\n"):
            continue
        found.append((match, vowel))
    spoken = [match for match, _ in found if _is_spoken(reading, match.start())]
    for match, vowel in found:
        article, word = match.group("article"), match.group("word")
        certain = match not in spoken
        if not certain and len(spoken) > 2:
            continue
        reason = f"“{word}” starts with a {'vowel' if vowel else 'consonant'} sound."
        yield Edit(Span(*match.span("article")), article[0] + ("n" if vowel else ""), reason, 0.95 if certain else 0.91)


@check(depth="light")
def of_for_have(reading: Reading) -> Iterator[Edit]:
    """Write *have* where *of* was put down by ear.

    *Could’ve* sounds like *could of*, but no verb follows *of*.

    Edits:
        She could of told him the truth. → She could have told him the truth.
        "You should of. I would never of gone." → "You should have. I would never have gone."
        They ought to of known, and I'd of told them. → They ought to have known, and I'd have told them.

    Leaves:
        He did what he could of the work, and it could of course be better.
    """
    for match in _OF_FOR_HAVE.finditer(reading.text):
        if match.group("next") in _NOT_PARTICIPLES:
            continue
        reason = f"After “{match.group('modal')}” comes “have”; “of” only sounds like it."
        yield Edit(Span(*match.span("of")), "have", reason, 0.97)


@check(depth="light")
def past_after_did(reading: Reading) -> Iterator[Edit]:
    """Put a verb after *did* into its bare form: the past is told already.

    Only after *did not* and *does not*, and after *did* and a pronoun, where nothing but a verb can follow.

    Edits:
        She didn't planned to stay. Did you needed it? → She didn't plan to stay. Did you need it?
        He did not understood her. → He did not understand her.

    Leaves:
        She didn't need to. Did he put it there? He didn't shed a tear. They did limited work.
        As she did she fell. I know who did it.
    """
    lexicon, verbs = load_lexicon(), load_verbs()
    for match in _AFTER_DID.finditer(reading.text):
        word = match.group("verb")
        if word in verbs.bases or word in _BARE_TOO:
            continue
        before = _LAST_WORD.search(reading.text, max(0, match.start() - 12), match.start())
        if match.group("who") and before and before[0].lower() not in _BEFORE_QUESTION:
            continue
        base = verbs.others[word][0] if word in verbs.others else regular_base(word, lexicon.knows)
        if base is None and (participle := verbs.pasts.get(word)):
            base = verbs.others[participle][0]
        if base is not None and base != word:
            yield Edit(
                Span(*match.span("verb")), base, f"After “{match.group('did')}” the verb stands bare: “{base}”.", 0.95
            )


@check(depth="light")
def to_for_too(reading: Reading) -> Iterator[Edit]:
    """Write *too* where there is more of something than is good.

    Only before words that are no verbs, so that nobody could be about to do them.

    Edits:
        It was to big for me, and we were far to late. → It was too big for me, and we were far too late.

    Leaves:
        It was to be a long night. She went from small to big. It is to early risers that this is said.
    """
    for match in _TO_FOR_TOO.finditer(reading.text):
        if reading.text[match.end() : match.end() + 8].lstrip(" ").startswith(("risers", "birds", "men ", "people")):
            continue
        yield Edit(
            Span(*match.span("to")),
            "too",
            f"“Too {match.group('how')}” is more than is good; “to” leads somewhere.",
            0.95,
        )


@check(depth="light")
def past_for_participle(reading: Reading) -> Iterator[Edit]:
    """Put a verb after *had* or *have* into the form that goes with it.

    In narration only: in speech, *he had came* may be how somebody talks.

    Edits:
        She had came home, and he had already ate. → She had come home, and he had already eaten.

    Leaves:
        She had come home and gone to bed. “I’ve went there,” he said. He had saw blades in the shed.
    """
    verbs = load_verbs()
    participles = {past: participle for participle, past in verbs.pasts.items() if participle not in verbs.others}
    for match in _PERFECT.finditer(reading.text):
        past = match.group("past")
        if past in participles and past not in _PAST_TOO and not _is_spoken(reading, match.start()):
            now = participles[past]
            yield Edit(Span(*match.span("past")), now, f"After “{match.group('had')}” comes “{now}”.", 0.94)


@check(depth="medium")
def lie_or_lay(reading: Reading) -> Iterator[Query]:
    """Ask about *laid* and *laying* where nothing is laid down.

    People lie, lay and have lain; they lay, laid and have laid a thing.

    Queries:
        He was [laying] on the floor when she came.
        She [laid] down and closed her eyes.

    Leaves:
        He was laying the table. She laid her head down, and he lay still.
    """
    for match in _LYING.finditer(reading.text):
        word = "laid" if match.group("laid") else "laying"
        end = match.start() + match.group().index(word) + len(word)
        meant = "lay" if word == "laid" else "lying"
        yield Query(Span(end - len(word), end), f"Nothing is laid down here, so this may be “{meant}”.")


def _fits(article: str, word: str) -> bool:
    """Whether the article is right before the word, by its sound."""
    return (len(article) == 2) != bool(_CONSONANT_SOUND.match(word.lower()))


def _meant_at(reading: Reading, offset: int) -> str:
    """What the word at `offset` will be put right to; empty where it stays."""
    words = reading.words[reading.word_from(offset) :][:1]
    likely = [word.meant[0].text for word in words if word.meant and word.meant[0].probability >= SURE]
    return likely[0] if likely and likely[0].isalpha() else ""


def _is_doubtful(reading: Reading, offset: int) -> bool:
    """Whether the word at `offset` was most likely meant to be another."""
    words = reading.words[reading.word_from(offset) :][:1]
    return bool(words) and any(meaning.probability >= 0.4 for meaning in words[0].meant)


@check(depth="light")
def there_was_several(reading: Reading) -> Iterator[Edit]:
    """Write *there were* where a number and a plural follow.

    Only in narration, where nobody's way of talking is told; sums and measures may be one thing (*there was five pounds in it*).

    Edits:
        There was three doors in the hall. There was nine of us. → There were three doors in the hall. There were nine of us.

    Leaves:
        There was one door. There was five pounds in it. “There was two of them,” he said. There was three feet of snow.
    """
    for match in _THERE_WAS.finditer(reading.text):
        place = match.start("was")
        told = reading.passage_at(place) is None and not _in_dialect(reading, place)
        if told and match.group("things") not in _SUMS:
            yield Edit(Span(*match.span("was")), "were", f"“{match.group('things')}” are several.", 0.92)


def _in_dialect(reading: Reading, place: int) -> bool:
    """Whether the voice there has articles of its own, and an *an* that is an *and*."""
    return any(word.dialect for word in reading.words_in(Span(place, place + 1)))


def _is_spoken(reading: Reading, offset: int) -> bool:
    passage = reading.passage_at(offset)
    return passage is not None and passage.voice != "quoted"
