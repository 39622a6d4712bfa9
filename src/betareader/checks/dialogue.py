"""Dialogue: the stops and capitals where speech and narration meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from betareader.checks.check import check
from betareader.findings import Edit
from betareader.language.lexicon import load_lexicon
from betareader.language.speech_verbs import LOOSE_VERBS, SPEECH_VERBS, THOUGHT_VERBS
from betareader.span import Span
from betareader.story.joints import Joint
from betareader.story.tags import Clause, asks, clause_at

if TYPE_CHECKING:
    from betareader.reading import Reading


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PLAIN_TAGS = _set(
    "said asked replied answered whispered murmured muttered mumbled shouted yelled cried exclaimed screamed called "
    "shrieked growled snapped hissed demanded responded stammered announced explained insisted protested declared "
    "remarked observed inquired enquired admitted agreed repeated added suggested retorted commented drawled murmurs "
    "says asks replies answers whispers mutters shouts thought wispered sayd siad"
)
_PUREST_TAGS = _set("said says exclaimed murmured muttered replied")
_TAG_END = re.compile(
    r"(?: (?:him|her|me|them|us))?"
    r"(?: (?:[a-z]+ly|again|then|back|out loud|aloud|at last|at once|softly|"
    r"(?:to|at) (?:him|her|me|them|us|himself|herself|myself|no one)|"
    r"in an? (?:[a-z]+,? )?(?:voice|whisper|tone)|with an? (?:[a-z]+ )?(?:smile|grin|sigh|laugh|frown|shrug)))?[.!?]?"
    r"(?=[.,;!?]|\s*\Z)"
)
_LEADS = _set("then and but now finally slowly again so")
_BODY = _set(
    "hand hands head eyes eye voice face mouth lips brow brows eyebrow eyebrows shoulders arm arms fingers hair heart "
    "jaw cheeks knees legs feet smile gaze body chest stomach breath tears"
)
_LEADS_IN = re.compile(
    r"(?:^|[\s,;])(?:I|he|she|they|we|and|then|[A-Z][\w’'-]+|(?:the|his|her|my|an?) (?:\w+ )?\w+)"
    r" (?:said|asked|replied|answered|whispered|shouted|yelled|cried|exclaimed|muttered|murmured|added|says|asks)"
    r"(?: (?:him|her|me|them|us))?(?: [a-z]+ly)?$",
    re.IGNORECASE,
)
_NAMING = _set(
    "a an the of at to in on for with from by as about and or but than my your his her its our their this that these those word "
    "words sign called titled named read reads was is like saying"
)
_SELF = re.compile(r"\b(?:I|I['’]\w+|you|we|me|my|your|you['’]\w+|we['’]\w+|let['’]s|\w+n['’]t)\b", re.IGNORECASE)
_NOT_ACTING = frozenset(("it", "voice", "tone", "words", "reply", "answer"))
_STATES = _set("was were is are had has")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+")
_INITIALS = re.compile(r"(?:\b\w\.){2,}\Z|\b(?:Mr|Mrs|Ms|Dr|St|etc|vs)\.\Z")


def _is_plain_tag(text: str, clause: Clause, end: int) -> bool:
    """Whether the clause is a tag and nothing but a tag: “She said.”, “He asked quietly.”"""
    if clause.word.lower() not in _PLAIN_TAGS or not clause.sure:
        return False
    return clause.word.lower() in _PUREST_TAGS or bool(_TAG_END.match(text, clause.end, end))


def _is_act(reading: Reading, clause: Clause, text: str, end: int) -> bool:
    """Whether the clause is plainly something done or felt, and no way of speaking is named in its sentence."""
    stop = _SENTENCE_END.search(text, clause.end, end)
    rest = text[clause.subject.span.start : stop.start() if stop else end]
    words = [word.lower() for word in _WORD.findall(rest)]
    if any(word in SPEECH_VERBS or word in THOUGHT_VERBS or word in LOOSE_VERBS for word in words):
        return False
    kind = reading.doing(clause)
    if kind == "beat":
        return True
    subject = clause.subject.text.lower().split()
    bodily = clause.subject.kind == "noun" and subject[-1] in _BODY
    return kind == "other" and (bodily or clause.word.lower() in _STATES)


def _leads_on(text: str, joint: Joint) -> bool:
    """Whether the narration after a speech leads into the next one: “I know.” She said, “I saw it.”"""
    following = joint.following
    if following is None or following.inner.of(text)[:1].islower():
        return False
    return joint.after(text).rstrip()[-1:] in (",", ":")


@check(depth="light")
def full_stop_before_tag(reading: Reading) -> Iterator[Edit]:
    """End a speech with a comma, not a full stop, when a tag follows.

    The tag is part of the sentence the speech is in, so the sentence is not over at the
    quotation mark.  A beat is a sentence of its own and keeps the full stop before it.

    Edits:
        “I know.” she said. → “I know,” she said.
        "We are late." She whispered. → "We are late," she whispered.
        “Nobody lives there.” said the old man. → “Nobody lives there,” said the old man.
        “It is late.” Said Ben. → “It is late,” said Ben.

    Leaves:
        “I know.” She said nothing else all evening.
        “I know...” she said.
        “You know?” she said.
        “I know.” She sat down.
    """
    text = reading.text
    reason = "A tag belongs to the sentence of its speech, so a comma stands before it."
    for joint in reading.joints:
        said = joint.said(text)
        if not said.endswith(".") or said.endswith("..") or _INITIALS.search(said) or not joint.passage.closed:
            continue
        clause = joint.clause
        if clause is None or asks(said, clause):
            continue
        kind = reading.doing(clause)
        if kind not in ("speech", "thought", "loose") or (kind == "loose" and not clause.sure):
            continue
        stop = joint.passage.inner.start + joint.passage.inner.of(text).rindex(".")
        first = clause.start
        if text[first].islower():
            sure = clause.sure and (kind != "loose" or not clause.inverted)
            yield Edit(Span(stop, stop + 1), ",", reason, 0.85 if not sure else 0.91 if kind == "loose" else 0.97)
        elif _is_plain_tag(text, clause, joint.end) and not _leads_on(text, joint):
            if clause.keeps_capital:
                yield Edit(Span(stop, stop + 1), ",", reason, 0.94)
            else:
                lowered = "," + text[stop + 1 : first] + text[first].lower()
                yield Edit(Span(stop, first + 1), lowered, reason, 0.96)


@check(depth="light")
def capital_on_tag(reading: Reading) -> Iterator[Edit]:
    """Begin a tag after a speech with a small letter, unless it begins with a name.

    The sentence goes on after the quotation mark, even where the speech ends with a question or
    an exclamation mark.

    Edits:
        “I know,” She said. → “I know,” she said.
        "Where is it?" He asked. → "Where is it?" he asked.
        “Stop!” The guard shouted. → “Stop!” the guard shouted.

    Leaves:
        “I know,” Anna said.
        “I know,” Anna Grey’s brother said.
        “I know,” I said.
        “Where is it?” She asked for the box again.
    """
    text = reading.text
    reason = "The sentence goes on with its tag, so the tag begins with a small letter."
    for joint in reading.joints:
        said = joint.said(text)
        if not said or said[-1] not in ",?!—" or not joint.passage.closed:
            continue
        clause = joint.clause
        if clause is None or clause.keeps_capital:
            continue
        first = clause.start
        if not text[first].isupper() or "'s " in clause.subject.text or "’s " in clause.subject.text:
            continue
        plain = _is_plain_tag(text, clause, joint.end)
        if plain or (said[-1] == "," and reading.is_tag(clause)):
            yield Edit(Span(first, first + 1), text[first].lower(), reason, 0.97 if plain else 0.93)


@check(depth="light")
def missing_comma_before_tag(reading: Reading) -> Iterator[Edit]:
    """Put a comma at the end of a speech when a tag follows.

    Inside the closing mark, the comma says that the sentence goes on with who is speaking.

    Edits:
        “I know” she said. → “I know,” she said.
        “What took you so long” he said. → “What took you so long?” he said.
        "We are late" Ben whispered to her. → "We are late," Ben whispered to her.
        "We are late" He said. → "We are late," he said.

    Leaves:
        “I know!” she said.
        The word “no” said it all.
    """
    text = reading.text
    for joint in reading.joints:
        said = joint.said(text)
        if not said or not said[-1].isalnum() or not joint.passage.closed:
            continue
        clause = joint.clause
        if clause is None or not reading.is_tag(clause) or asks(said, clause):
            continue
        first = clause.start
        end = joint.passage.inner.start + len(joint.passage.inner.of(text).rstrip())
        is_question = reading.is_question(said, end)
        reason = "This is a question." if is_question else "A comma stands between a speech and its tag."
        mark = "?" if is_question else ","
        if text[first].islower() or clause.keeps_capital:
            yield Edit(Span(end, end), mark, reason, 0.95)
        elif _is_plain_tag(text, clause, joint.end):
            yield Edit(Span(end, first + 1), mark + text[end:first] + text[first].lower(), reason, 0.95)


@check(depth="light")
def comma_before_beat(reading: Reading) -> Iterator[Edit]:
    """End a speech with a full stop when what follows is something done, not a tag.

    Nobody can sit, turn or shake a hand in words, so the speech and the beat are two sentences.

    Edits:
        “I know,” She sat down. → “I know.” She sat down.
        "Nobody is here," he opened the door. → "Nobody is here." He opened the door.

    Leaves:
        “I know,” she said and sat down.
        “I know,” she sighed.
        “If you don’t,” she stepped back, “then I will.”
    """
    text = reading.text
    reason = "What follows is not a way of speaking, so the speech is a sentence of its own."
    for joint in reading.joints:
        said = joint.said(text)
        if not said.endswith(",") or not joint.passage.closed or joint.passage.voice != "speech":
            continue
        clause = joint.clause
        if clause is None or clause.inverted or not _is_act(reading, clause, text, joint.end):
            continue
        names_something = joint.before(text).rstrip()[-1:].isalnum()
        if not said[0].isupper() or clause.subject.text.lower().split()[-1] in _NOT_ACTING or names_something:
            continue
        if joint.following is not None and joint.following.inner.of(text)[:1].islower():
            continue
        stop = joint.passage.inner.start + joint.passage.inner.of(text).rindex(",")
        first = clause.subject.span.start
        if text[first].isupper():
            yield Edit(Span(stop, stop + 1), ".", reason, 0.95)
        else:
            raised = "." + text[stop + 1 : first] + text[first].upper()
            yield Edit(Span(stop, first + 1), raised, reason, 0.92)


@check(depth="light")
def comma_after_beat(reading: Reading) -> Iterator[Edit]:
    """End a beat with a full stop before the speech that follows it.

    Only a tag leads into a speech with a comma; something done is a sentence of its own.

    Edits:
        Anna knocked on the door, “Is anybody there?” → Anna knocked on the door. “Is anybody there?”
        "Hello!" Ben opened the window, "Come in!" → "Hello!" Ben opened the window. "Come in!"
        Anna rolled her eyes "I don't want to go." → Anna rolled her eyes. "I don't want to go."

    Leaves:
        She nodded at the sign “Beware of the dog.”
        He shook his head at their “I told you so.”
        Anna knocked and called, “Is anybody there?”
        She smiled, “Of course.”
        He turned to the last page, “The End,” and closed the book.
        “If you don’t,” she stepped back, “then I will.”
    """
    text = reading.text
    reason = "What was done is a sentence of its own; only a tag leads into speech with a comma."
    for joint in reading.joints:
        before = joint.before(text)
        bare = before.rstrip()
        has_comma = bare.endswith(",")
        if not (has_comma or bare[-1:].isalpha()) or bare == before or joint.passage.voice != "speech":
            continue
        said = joint.said(text)
        if not said[:1].isupper() or (said[-1] == "," and joint.clause is None):
            continue
        start = joint.start
        for stop in _SENTENCE_END.finditer(text, joint.start, joint.opens):
            start = stop.end()
        while start < joint.opens and not text[start].isalnum():
            start += 1
        clause = clause_at(text, start, joint.opens)
        end = joint.start + len(bare)
        ending = _WORD.findall(bare[-20:])
        if ending and ending[-1].lower() in (_LEADS if has_comma else _LEADS | _NAMING):
            continue
        if clause is None or clause.subject.span.start != start or not _is_act(reading, clause, text, end - has_comma):
            continue
        if has_comma:
            yield Edit(Span(end - 1, end), ".", reason, 0.92 if clause.doing == "beat" else 0.85)
        elif clause.doing == "beat" and said[-1] in ".!?…" and _SELF.search(said):
            yield Edit(Span(end, end), ".", reason, 0.9)


@check(depth="light")
def missing_comma_after_tag(reading: Reading) -> Iterator[Edit]:
    """Put a comma between a tag and the speech it leads into, or a full stop where the speech before it was over.

    The comma sets the narrator's words apart from the speaker's.  Where the second half begins with a capital it is a sentence of its own.

    Edits:
        She said “We should go home.” → She said, “We should go home.”
        "No!" he said quietly "We stay." → "No!" he said quietly. "We stay."
        "Wait!" he yelled "don't leave me!" → "Wait!" he yelled, "don't leave me!"
        Ben looked up and said "You never told me." → Ben looked up and said, "You never told me."

    Leaves:
        She said “no” to everything.
        He always said “we” when he meant himself.
        She lifted the lid and said “Soup.”
    """
    text = reading.text
    for joint in reading.joints:
        before = joint.before(text)
        bare = before.rstrip()
        said = joint.said(text)
        if not bare or bare == before or not bare[-1].isalpha() or joint.passage.voice != "speech":
            continue
        goes_on = joint.previous is not None and said[:1].islower() and " " in said
        begins = said[:1].isupper() and said[-1] in ".!?…,—" and not said[:-1].isalpha()
        if not (begins or goes_on):
            continue
        after = joint.after(text).lstrip()
        if not after[:1].islower() and _LEADS_IN.search(bare):
            place = joint.start + len(bare)
            if begins and joint.previous is not None and _is_over(reading, joint):
                yield Edit(Span(place, place), ".", "The first speech is over, and its tag with it.", 0.92)
            else:
                yield Edit(Span(place, place), ",", "A comma stands between a tag and the speech it leads into.", 0.93)


def _is_over(reading: Reading, joint: Joint) -> bool:
    """Whether a speech that begins with a capital is a new sentence after the one before its tag."""
    first = _WORD.match(joint.said(reading.text))
    before = joint.previous.inner.of(reading.text).rstrip() if joint.previous else ""
    if before.endswith((".", "!", "?")):
        return True
    if first is None or first[0][0] == "I" or first[0] in reading.bible.own_words:
        return False
    return load_lexicon().is_common_word(first[0]) and not load_lexicon().is_name(first[0])


@check(depth="light")
def small_letter_opens_speech(reading: Reading) -> Iterator[Edit]:
    """Begin a speech with a capital when a tag leads into it.

    What the speaker says is a sentence of its own, wherever it stands in the narrator's.

    Edits:
        She said, “come here at once.” → She said, “Come here at once.”

    Leaves:
        “Come here,” she said, “at once.”
        He said, “’em apples are mine.”
        She said, “... and never again.”
    """
    text = reading.text
    for joint in reading.joints:
        said = joint.said(text)
        if joint.previous is not None or not said[:1].islower() or said[-1] not in ".!?" or " " not in said:
            continue
        bare = joint.before(text).rstrip()
        if not bare.endswith((",", ":")) or joint.passage.voice != "speech":
            continue
        start = joint.start
        for stop in _SENTENCE_END.finditer(text, joint.start, joint.opens):
            start = stop.end()
        clause = clause_at(text, start, joint.opens)
        if clause is None or clause.word.lower() not in _PLAIN_TAGS or not clause.sure:
            continue
        first = joint.passage.inner.start
        if text[first] == said[0]:
            reason = "A speech begins with a capital."
            yield Edit(Span(first, first + 1), said[0].upper(), reason, 0.93)
