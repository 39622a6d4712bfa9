"""Cues: what the narration about a turn of speech says of who speaks it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SLIPS, SPEECH_VERBS, THOUGHT_VERBS
from betareader.story.company import CALLS
from betareader.story.people import noun_gender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from betareader.span import Span
    from betareader.story.presence import Presence
    from betareader.structure.page import Passage, Sentence

Kind = Literal["name", "pronoun", "noun"]
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PRONOUNS = {"he": "he", "she": "she", "i": "I", "they": "they", "we": "they"}
_ARTICLES = frozenset("the a an his her my their our your one another that this".split())
_BEFORE_OBJECT = frozenset(
    "to at of with for from on by upon toward towards about behind beside after before and told asked addressed "
    "answered saw seeing watched watching faced facing near round past than like that because if as when but".split()
)
_OPENS_CLAUSE = frozenset("and that because if as when but than".split())
_ENDS_NOUN = frozenset(
    "to in with from at as over through under after before between into by on when while without for across against who "
    "and but or nor of said was is had has that which he she it they we i his her their".split()
)
_NOT_SAYING = frozenset("like felt feel found come came go went make made give gave took close open start".split())
_MORE = frozenset(
    "proceeded proceeds resumed resumes pursued inquired acquiesced assented intimated hinted exhorted insinuated averred quoth "
    "besought soliloquised soliloquized appealed exulted interrogated mentioned recommended".split()
)
_OWN = frozenset(
    "voice reply answer response rejoinder retort words tone tones lips comment question query greeting cry whisper "
    "exclamation murmur eyes face answering remark observation thought argument conclusion opinion warning suggestion verdict "
    "ejaculation speech reflection retorting advice".split()
)
"""What speaks for somebody whose it is: “her voice said”, “was Anna's answer”."""

_EPITHET = re.compile(r"(?!(?:and|or|nor|but|as|if|it|him|her|me|them|us|you|so|no|on|in|up|out|back|that|nothing|something)\b)"
                      r"[a-z]+(?:-[a-z]+)?(?<!ing)$")  # fmt: skip
"""A word that may stand between a verb of speech and the name: “said old Tom”, “asked quietly Ann”."""

_ADVERB = {
    "went": "on", "goes": "on", "put": "in", "broke": "in", "cut": "in", "struck": "in", "burst": "out",
    "chimed": "in", "joined": "in", "came": "back", "cried": "out", "called": "out", "ran": "on",
}  # fmt: skip
"""Verbs that tag speech with the small word after them: went on, put in."""

_DOING = SPEECH_VERBS | BEAT_VERBS | LOOSE_VERBS
"""Verbs after which a person is not who speaks: “Ann kissed Tom and said”."""

_ADDRESS = re.compile(
    r"(?:^|[,.!?;—“‘'\"]\s*|\b(?:yes|no|oh|ah|well|dear|my|please|good|thank you)\s+)(?:(?P<he>sir|mister|monsieur|my lord|your lordship|"
    r"my boy|my man|my son|old man|old chap|old fellow|old boy|father|papa|dad|daddy|uncle|grandpa|grandfather|my dear fellow|lad)|"
    r"(?P<she>ma['’]?am|madam|madame|mademoiselle|my lady|your ladyship|my girl|mother|mamma|mama|mom|mum|mummy|aunt|auntie|"
    r"grandma|grandmother|my dear girl|lass))(?=[,.!?;—”’'\"]|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_ASIDE = re.compile(r"\(([^()]{3,90})\)")
_BESIDE = 4
"""Words from the speech within which a verb that seldom tags speech may do so."""

_REACH = 200
_BEFORE_CALLS = (
    "me|you|it|us|go|now|here|again|too|up|off|out|back|can['’]?t|cannot|don['’]?t|won['’]?t|anymore|away|ok|okay"
    "|something|anything|nothing|everything|please|tonight|today|already|yet|sorry|thanks|home|alone|enough|true|right|wrong"
)
"""Words after which a name is no object, so that it calls somebody even where the comma is missing: “let me go Ann!”"""

_CALLING = "|".join(sorted(CALLS | {"dear", "old", "my"}))
_VOCATIVE_BEFORE = re.compile(
    rf"(?:(?:^|[.!?…—“\"‘;:-]|[.!?,]\s)\s*|,\s+(?:my |dear |old |good |poor )*|\b(?:{_CALLING}|{_BEFORE_CALLS})\s+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Who a clause says speaks: a character's number, or what a pronoun or a noun tells of the gender.

    `start` and `end` bound the narration it was found in, `subject` is where the word that tells begins.
    """

    kind: Kind
    who: int
    gender: str
    start: int
    end: int
    subject: int
    noun: str = ""


@dataclass(slots=True)
class Round:
    """The speeches of one turn and all that tells of its speaker.

    `gap` counts the paragraphs without speech since the turn before, and is 9 where a scene begins.  `acting` are those who
    do something in the turn's own narration, each with where: before the speech or after it; `nearby` everybody else who is
    named there; `lead` is whom the last sentence of a paragraph of narration before it is about.  `called` are those whom the speech calls by name, `spoken_of` those it names otherwise; `address`
    is “he” or “she” where it says “sir” or “madam” to somebody.  `goes_on` says that the
    speech began in the paragraph before; `introduced` is that paragraph where it leads into this one with a colon, `trailing` the
    one after where it only goes on with the tag.
    """

    speeches: list[Passage]
    start: int
    end: int
    gap: int = 9
    tag: Cue | None = None
    acting: list[tuple[str, Cue]] = field(default_factory=list)
    lead: Cue | None = None
    nearby: set[int] = field(default_factory=set)
    tagged_nearby: set[int] = field(default_factory=set)
    called: set[int] = field(default_factory=set)
    spoken_of: set[int] = field(default_factory=set)
    asks: bool = False
    address: str = ""
    length: int = 0
    is_thought: bool = False
    goes_on: bool = False
    introduced: Span | None = None
    trailing: Span | None = None

    @property
    def opens(self) -> int:
        """Where the first speech begins."""
        return self.speeches[0].span.start


class Listener:
    """Finds the cues of turns."""

    def __init__(self, text: str, sentences: tuple[Sentence, ...], presence: Presence) -> None:
        self.text = text
        self.presence = presence
        self._starts = [sentence.span.start for sentence in sentences]
        self._ends = [sentence.span.end for sentence in sentences]

    def hear(self, turn: Round) -> None:
        """Fill in all that the text of the turn tells."""
        place = turn.start
        for number, speech in enumerate(turn.speeches):
            self._before(turn, place, speech, is_first=number == 0)
            following = turn.speeches[number + 1].span.start if number + 1 < len(turn.speeches) else turn.end
            place = self._after(turn, speech, following)
            self._inside(turn, speech)
        self._beats(turn, place, turn.end, "after")
        if turn.introduced is not None and turn.tag is None:
            at = bisect_right(self._starts, turn.introduced.end - 1) - 1
            start = max(turn.introduced.start, self._starts[at]) if at >= 0 else turn.introduced.start
            turn.tag = self._tag(start, turn.introduced.end, limit=turn.introduced.end, is_lead=True)
        if turn.trailing is not None and turn.tag is None:
            at = bisect_right(self._starts, turn.trailing.start) - 1
            end = min(turn.trailing.end, self._ends[at]) if at >= 0 else turn.trailing.end
            turn.tag = self._tag(turn.trailing.start, end, limit=end)
        for speech in turn.speeches if turn.tag is None else ():
            for aside in _ASIDE.finditer(self.text, speech.inner.start, speech.inner.end):
                turn.tag = turn.tag or self._tag(aside.start(1), aside.end(1), limit=aside.end(1))
        final = turn.speeches[-1].inner.of(self.text).rstrip()
        turn.asks = final.endswith("?")
        turn.address = self._address(turn)
        turn.length = sum(speech.inner.end - speech.inner.start for speech in turn.speeches)
        told = {turn.tag.who} if turn.tag else set()
        turn.nearby -= told | {cue.who for _, cue in turn.acting}

    def subject_before(self, start: int, end: int) -> Cue | None:
        """Whom the last sentence of a stretch of narration is about that is about anybody."""
        at = bisect_right(self._starts, end - 1) - 1
        while at >= 0 and self._ends[at] > start:
            cue = self._subject_of(max(start, self._starts[at]), min(end, self._ends[at]))
            if cue is not None:
                return cue
            at -= 1
        return None

    def _before(self, turn: Round, place: int, speech: Passage, *, is_first: bool) -> None:
        """The narration before a speech, which may lead into it."""
        end = speech.span.start
        if not self.text[place:end].strip():
            return
        lead = self.text[place:end].rstrip()
        start = place
        lead = lead.rstrip("—–- ")
        if (lead and lead[-1] in ",:") or (lead and lead[-1].isalnum()):
            at = bisect_right(self._starts, end - 1) - 1
            start = max(place, self._starts[at]) if at >= 0 else place
            cue = self._tag(start, end, limit=end, is_lead=True)
            if cue is not None and turn.tag is None:
                turn.tag = cue
                turn.tagged_nearby |= {who for span, who in self.presence.inside(start, end) if who != cue.who}
            else:
                start = end
            if cue is None:
                start = end
        else:
            start = end
        self._beats(turn, place, start, "before" if is_first else "after")

    def _after(self, turn: Round, speech: Passage, limit: int) -> int:
        """The clause after a speech; returns where it is over."""
        start = speech.span.end
        while start < limit and not self.text[start].isalnum():
            start += 1
        if start >= limit:
            return limit
        at = bisect_right(self._starts, start) - 1
        end = min(limit, self._ends[at] if at >= 0 and self._ends[at] > start else limit, start + _REACH)
        said = speech.inner.of(self.text).rstrip()
        joined = self.text[start].islower() or (bool(said) and said[-1] in ",?!—…-") or not said
        if not joined:
            return speech.span.end
        cue = self._tag(start, end, limit=end) or self._bare(start, end)
        if cue is None:
            return speech.span.end
        if (
            turn.tag is None
            or (turn.tag.kind != "name" and cue.kind == "name")
            or (turn.tag.gender == "?" != cue.gender)
        ):
            turn.tag = cue
            turn.tagged_nearby |= {who for span, who in self.presence.inside(start, end) if who != cue.who}
        return end

    def _bare(self, start: int, end: int) -> Cue | None:
        """Whoever a sentence is about that goes on in small letters, whatever its verb: “he parried”, “deplored Ann”."""
        words = list(_WORD.finditer(self.text, start, min(end, start + _REACH)))[:4]
        first = words[0][0] if words else ""
        if first in ("he", "she", "I"):
            return self._at(words, 0, start, end, is_subject=True)
        if len(words) > 1 and first.islower() and first.endswith("ed") and len(first) > _BESIDE:
            cue = self._at(words, 1, start, end, is_subject=True)
            return cue if cue is not None and cue.kind != "noun" else None
        return None

    def _beats(self, turn: Round, start: int, end: int, where: str) -> None:
        """Who does something in a stretch of narration, sentence by sentence."""
        if start >= end:
            return
        at = max(bisect_right(self._starts, start) - 1, 0)
        while at < len(self._starts) and self._starts[at] < end:
            first, last = max(start, self._starts[at]), min(end, self._ends[at])
            if first < last and len(turn.acting) < 8:
                cue = self._subject_of(first, last)
                if cue is not None:
                    turn.acting.append((where, cue))
            at += 1
        turn.nearby |= {who for _, who in self.presence.inside(start, end)}

    def _address(self, turn: Round) -> str:
        """Whether the turn is spoken to a man or a woman, as “sir” and “madam” tell."""
        for speech in turn.speeches:
            found = _ADDRESS.search(self.text, speech.inner.start, speech.inner.end)
            if found:
                return "he" if found["he"] else "she"
        return ""

    def calls(self, speech: Passage) -> set[int]:
        """Whom a speech calls by name."""
        return {who for who, is_called in self._names_in(speech) if is_called}

    def _inside(self, turn: Round, speech: Passage) -> None:
        """Whom a speech calls by name, and whom it speaks of."""
        for who, is_called in self._names_in(speech):
            (turn.called if is_called else turn.spoken_of).add(who)

    def _names_in(self, speech: Passage) -> Iterator[tuple[int, bool]]:
        """Everybody a speech names, and whether it calls them."""
        for span, who in self.presence.inside(speech.inner.start, speech.inner.end):
            after = self.text[span.end : min(span.end + 1, speech.inner.end)]
            before = self.text[max(speech.inner.start, span.start - 24) : span.start]
            yield who, (not after or after in ",.!?;:—…-") and bool(_VOCATIVE_BEFORE.search(before))

    def _tag(self, start: int, end: int, *, limit: int, is_lead: bool = False) -> Cue | None:
        """The subject of the first verb of speech in a stretch of narration; of the last one where it leads into a speech."""
        if is_lead:
            start = max(start, limit - _REACH)
        words = list(_WORD.finditer(self.text, start, min(limit, start + _REACH)))
        order = range(len(words))
        for number in reversed(order) if is_lead else order:
            word = words[number][0].lower()
            is_verb = word in SPEECH_VERBS or word in SLIPS or word in THOUGHT_VERBS
            is_near = len(words) - number <= _BESIDE if is_lead else number < _BESIDE
            is_loose = word in LOOSE_VERBS and word not in _NOT_SAYING and is_near
            is_more = word in _MORE or (number + 1 < len(words) and _ADVERB.get(word) == words[number + 1][0].lower())
            if not (is_verb or is_loose or is_more) or (
                word.endswith("ing") and not (is_lead and word in SPEECH_VERBS)
            ):
                continue
            following = number + 2 if is_more and word in _ADVERB else number + 1
            after = self._named_from(words, following, start, end) if number < 3 else None
            before = self._named_before(words, number, start, end)
            if before is not None and (number > 0 and before.subject == words[0].start()):
                return before
            found = after or before
            if found is not None:
                return found
        return None

    def _subject_of(self, start: int, end: int) -> Cue | None:
        """Whom a sentence is about: the first person it names outside a phrase of its own."""
        words = list(_WORD.finditer(self.text, start, min(end, start + 90)))
        for number in range(min(len(words), 10)):
            if number and words[number - 1][0].lower() in _BEFORE_OBJECT:
                continue
            cue = self._at(words, number, start, end, is_subject=True)
            if cue is not None:
                return cue
        return None

    def _named_from(self, words: list[re.Match[str]], number: int, start: int, end: int) -> Cue | None:
        for at in range(number, min(number + 3, len(words))):
            cue = self._at(words, at, start, end, is_subject=True)
            if cue is not None:
                return cue if at == number or cue.kind == "name" else None
            word = words[at][0]
            gap = self.text[words[at].end() : words[at + 1].start()] if at + 1 < len(words) else ""
            if word in _BEFORE_OBJECT or word in _ENDS_NOUN or not _EPITHET.match(word) or gap.strip(" ,"):
                return None
        return None

    def _named_before(self, words: list[re.Match[str]], number: int, start: int, end: int) -> Cue | None:
        for at in range(number - 1, -1, -1):
            before = words[at - 1][0].lower() if at > 1 else ""
            is_object = before in _BEFORE_OBJECT or before in _DOING or before.endswith(("ed", "ing"))
            is_subject = before in _OPENS_CLAUSE or words[at][0].lower() in _PRONOUNS
            if is_object and not (at == number - 1 and is_subject):
                continue
            cue = self._at(words, at, start, end, is_subject=True)
            if cue is not None and not (cue.kind == "noun" and _is_no_subject(cue, words, at, number)):
                return cue
        return None

    def _at(self, words: list[re.Match[str]], number: int, start: int, end: int, *, is_subject: bool) -> Cue | None:
        """The person that a word names, by name, pronoun or noun."""
        match = words[number]
        word = match[0]
        if word[0].isupper() or self.presence.at(match.start()) >= 0:
            who = self.presence.at(match.start())
            if who >= 0:
                if word.endswith(("'s", "’s", "s'", "s’")) and is_subject:
                    return self._noun(words, number, start, end)
                follows = self.text[match.end() : match.end() + 2]
                if follows in ("'s", "’s"):
                    return None
                return Cue("name", who, self.presence.genders[who], start, end, match.start())
        lower = word.lower()
        if lower in _PRONOUNS:
            gender = _PRONOUNS[lower]
            if gender == "I" and self.presence.narrator >= 0:
                return Cue("pronoun", self.presence.narrator, "I", start, end, match.start())
            return Cue("pronoun", -1, gender, start, end, match.start())
        if lower in _ARTICLES:
            return self._noun(words, number, start, end)
        return None

    def _noun(self, words: list[re.Match[str]], number: int, start: int, end: int) -> Cue | None:
        """“the old man”, “his brother Tom”, “Anna's mother”."""
        noun = ""
        for at in range(number + 1, min(number + 5, len(words))):
            if self.text[words[at - 1].end() : words[at].start()].strip():
                break
            word = words[at][0].lower()
            if word in _OWN:
                return self._owner(words[number], start, end)
            is_over = word in SPEECH_VERBS or word in BEAT_VERBS or word in LOOSE_VERBS or word.endswith(("ly", "ed"))
            if word in _ENDS_NOUN or (at > number + 1 and is_over):
                break
            who = self.presence.at(words[at].start())
            if who >= 0:
                return Cue("name", who, self.presence.genders[who], start, end, words[number].start())
            noun = word
            if noun_gender(noun) != "?":
                break
        role = self.presence.by_role.get(noun, -1)
        return Cue("noun", role, noun_gender(noun), start, end, words[number].start(), noun) if noun else None

    def _owner(self, word: re.Match[str], start: int, end: int) -> Cue | None:
        """Whose voice or answer it is, where the word before it tells."""
        who = self.presence.at(word.start())
        if who >= 0:
            return Cue("name", who, self.presence.genders[who], start, end, word.start())
        gender = {"his": "he", "her": "she", "their": "they", "my": "I"}.get(word[0].lower())
        if gender is None:
            return None
        number = self.presence.narrator if gender == "I" else -1
        return Cue("pronoun", number, gender, start, end, word.start())


def _is_no_subject(cue: Cue, words: list[re.Match[str]], at: int, verb: int) -> bool:
    """Whether a noun before a verb of speech is a thing, or only belongs to the clause: “Ann turned her horse's head and said”."""
    is_joined = any(word[0].lower() in ("and", "but") for word in words[at + 1 : verb])
    is_thing = cue.gender == "?" and words[verb - 1][0].lower() != cue.noun
    return not cue.noun or (at > 0 and (is_joined or is_thing))
