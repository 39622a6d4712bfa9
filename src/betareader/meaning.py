"""What each word meant: the words of a page laid out for the reader of context, and its answers brought back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from betareader.findings import FAULTS
from betareader.language.dialect import depth, is_mark
from betareader.language.proposals import LOST, Proposals, propose, with_apostrophe
from betareader.language.variants import to_spelling
from betareader.model.lost import SMALL, find_lost
from betareader.model.ngrams import CLASSES, NAME, NAMES, NUMBER, PARAGRAPH, UNKNOWN, load_ngrams
from betareader.model.reader import Meaning, Options, Sheet
from betareader.model.windows import SIDE

if TYPE_CHECKING:
    from betareader.language.lexicon import Lexicon
    from betareader.structure.page import Page
    from betareader.style import Style

LEAST = 0.1
"""Meanings less likely than this are not brought back."""

_STOP = re.compile(r"\.\.\.+|…|--+|[.,;:?!—–]")
_STOPS = {",": 5, ".": 6, "?": 7, "!": 8, ";": 9, ":": 10, "—": 11, "–": 11, "…": 12}
_PROSE = ("body", "note")
_CHAT = re.compile(r"[A-Z][\w ]{0,14}: ?[a-z]")
"""A line of a chat: who writes, and then no capital."""


@dataclass(frozen=True)
class Layout:
    """A page as the reader sees it, and what is needed to bring its answers back.

    `words` are in lower case with straight apostrophes.
    """

    sheet: Sheet
    options: Options
    proposals: Proposals
    words: list[str]


@dataclass(frozen=True)
class _Rows:
    """The words of a page as written, their places in the lexicon, and which of them are marked as dialect or have only a space behind them."""

    written: list[str]
    places: NDArray[np.int64]
    marked: NDArray[np.bool_]
    spaced: NDArray[np.bool_]
    known: NDArray[np.bool_]


def sheet_of(page: Page, speech: Sequence[bool], own: frozenset[str], lexicon: Lexicon) -> Sheet:
    """A page as the reader sees it, where nothing is asked about single words."""
    return _sheet(page, speech, own, lexicon)[0]


def _sheet(page: Page, speech: Sequence[bool], own: frozenset[str], lexicon: Lexicon) -> tuple[Sheet, _Rows]:
    text, spans = page.text, page.words
    written = [text[span.start : span.end] for span in spans]
    words = [word.lower().replace("’", "'") for word in written]
    places = np.array(_places(words, lexicon), np.int64)
    capital = np.array([word[:1].isupper() for word in written], bool)
    opens = _opens(page)
    own_lower = {part.lower().replace("’", "'") for name in own for part in [name, *_parts(name)]}
    is_own = np.array([word in own_lower or word.removesuffix("'s") in own_lower for word in words], bool)
    known = np.array([lexicon.knows(word) or _is_clipped(word, lexicon) for word in written], bool)
    tokens, at, spaced = _tokens(page, words, places, capital, opens, is_own, speech, lexicon)
    times = Counter(words)
    spoken = np.array(speech, bool)
    company = _company(page, spoken)
    odd = ~known & ~is_own & ~capital
    clipped = np.array([word[:1] == "'" or word[-1:] == "'" for word in words], bool)
    different = {word: is_mark(word, lexicon) for word in set(words)}
    marked = np.array([different[word] for word in words], bool)
    dialect = depth(words, marked, _share_beside(marked, company), spoken)
    sheet = Sheet(
        tokens=tokens,
        at=at,
        known=known | is_own,
        own=is_own,
        speech=spoken,
        capital=capital,
        opens=opens,
        zipf=np.where(places >= 0, lexicon.zipfs[places], 0).astype(np.float32),
        fiction=np.where(places >= 0, lexicon.fiction_zipfs[places], 0).astype(np.float32),
        times=np.array([times[word] for word in words], np.int64),
        type=np.unique(words, return_inverse=True)[1],
        letters=np.array([len(word) for word in words], np.int64),
        odd_beside=_share_beside(odd, company),
        clipped_beside=_share_beside(clipped, company),
        dialect=dialect,
        words=words,
        spellings=lexicon.words,
    )
    return sheet, _Rows(written, places, marked, spaced, known)


def lay_out(page: Page, speech: Sequence[bool], own: frozenset[str], lexicon: Lexicon) -> Layout:
    """Lay a page out for the reader: its words and stops as tokens, and what could have been meant at each word."""
    sheet, rows = _sheet(page, speech, own, lexicon)
    words = list(sheet.words)
    prose = np.zeros(len(words), bool)
    for paragraph in page.paragraphs:
        if paragraph.role in _PROSE and not _CHAT.match(page.text, paragraph.span.start):
            prose[paragraph.words.start : paragraph.words.stop] = True
    plain = _in_plain_letters(page, rows.written, rows.known, lexicon)
    free = prose & ~sheet.own & ~(rows.marked & (sheet.dialect > 0)) & plain & (~sheet.capital | sheet.opens)
    proposals = propose(words, rows.places, free, rows.spaced, lexicon)
    proposals = _with_lost(proposals, sheet, rows.spaced & prose & np.append(prose[1:], False), lexicon)
    return Layout(sheet, _options(proposals, Counter(words), lexicon), proposals, words)


def bring_back(
    layout: Layout, chances: NDArray[np.float32], page: Page, lexicon: Lexicon, style: Style
) -> list[tuple[Meaning, ...]]:
    """For each word what else could have been meant, most likely first, in the spelling of the style and with its apostrophes."""
    found: list[list[Meaning]] = [[] for _ in page.words]
    proposals = layout.proposals
    chances = _in_one_spelling(proposals, chances, lexicon, style)
    for row in np.flatnonzero(chances >= LEAST).tolist():
        word, reach = int(proposals.word[row]), int(proposals.reach[row])
        first = page.words[word]
        end = page.words[word + reach - 1].end if reach else first.start
        parts = [
            lexicon.words[place] for place in (int(proposals.first[row]), int(proposals.second[row])) if place >= 0
        ]
        text = " ".join(_cased(part, lexicon) for part in parts)
        if page.text[first.start].isupper() and reach:
            text = text[:1].upper() + text[1:]
        if style.curly:
            text = text.replace("'", "’")
        text += " " * (reach == 0)
        if text == page.text[first.start : end]:
            continue
        chance = float(chances[row])
        found[word].append(Meaning(first.start, end, text, chance, FAULTS[int(proposals.fault[row])]))
    return [tuple(sorted(each, key=lambda meaning: -meaning.probability)) for each in found]


def _in_one_spelling(
    proposals: Proposals, chances: NDArray[np.float32], lexicon: Lexicon, style: Style
) -> NDArray[np.float32]:
    """The chances of *harbor* and *harbour* taken together and given to the one of the style, else to the likelier."""
    american = to_spelling("us")
    settled = chances.copy()
    groups: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for row in np.flatnonzero((chances >= LEAST / 10) & (proposals.second < 0) & (proposals.first >= 0)).tolist():
        word = lexicon.words[int(proposals.first[row])]
        groups[int(proposals.word[row]), int(proposals.reach[row]), american.get(word, word)].append(row)
    for rows in groups.values():
        if len(rows) > 1:
            kept = max(rows, key=lambda row: (_is_of(lexicon.words[int(proposals.first[row])], style), chances[row]))
            total = chances[rows].sum()
            settled[rows] = 0
            settled[kept] = total
    return settled


def _is_of(word: str, style: Style) -> bool:
    """Whether a style that chose its spelling would spell `word` so."""
    return style.spelling != "either" and word not in to_spelling(style.spelling)


def _cased(word: str, lexicon: Lexicon) -> str:
    if word == "i" or word.startswith("i'") or lexicon.is_capital(lexicon.place(word)):
        return word[:1].upper() + word[1:]
    return word


def _places(words: Sequence[str], lexicon: Lexicon) -> list[int]:
    """The places in the lexicon; a word clipped by an apostrophe is looked up without it."""
    get = lexicon.places.get
    found = [get(word, -1) for word in words]
    for number, place in enumerate(found):
        if place < len(CLASSES) + 8:
            found[number] = get(words[number].strip("'"), -1)
            if found[number] < len(CLASSES) + 8:
                found[number] = -1
    return found


def _is_clipped(word: str, lexicon: Lexicon) -> bool:
    """Whether a word has lost letters on purpose: goin', 'ome."""
    plain = word.lower().replace("’", "'")
    if plain.endswith("in'"):
        return lexicon.is_common_word(plain[:-1] + "g")
    return plain.startswith("'") and (lexicon.is_common_word("h" + plain[1:]) or lexicon.is_common_word(plain[1:]))


def _company(page: Page, spoken: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each word the number of its company: the words of its paragraph in the same voice, spoken or told."""
    company = np.zeros(len(page.words), np.int64)
    for number, paragraph in enumerate(page.paragraphs, 1):
        company[paragraph.words.start : paragraph.words.stop] = 2 * number
    return company + spoken


def _share_beside(odd: NDArray[np.bool_], company: NDArray[np.int64]) -> NDArray[np.float32]:
    """The share of odd words in each word's company, the word itself left out; ten plain words are added to each."""
    total = np.bincount(company, minlength=1)[company]
    found: NDArray[np.float32] = ((np.bincount(company, odd)[company] - odd) / (9 + total)).astype(np.float32)
    return found


def _opens(page: Page) -> NDArray[np.bool_]:
    """The words that open a sentence or a speech."""
    opens = np.zeros(len(page.words), bool)
    opens[[sentence.words.start for sentence in page.sentences if len(sentence.words)]] = True
    starts = np.array([span.start for span in page.words], np.int64)
    inner = np.searchsorted(starts, [passage.inner.start for passage in page.passages])
    opens[inner[inner < len(starts)]] = True
    return opens


_PLAIN = re.compile(r"['’](?:ll|ve|re|d)|[A-Za-z]?[a-z]*(?:['’]+(?:s|t|d|m|ll|re|ve|nt))?")
_BROKEN_OFF = re.compile(r"-(?!-)|(?:--+|[—–…])(?!\w)")
_STRESS = ("*", "_")
_DASH = ("-", "—", "–", "…")
_WHOLE = 4
"""Letters from which on a word with another right after its dash is a whole word; shorter ones may be blanked (d—d)."""


def _parts(name: str) -> list[str]:
    """The words of a name that are the name's own: of *Girl Maud* both, of *the skipper* none."""
    parts = re.split(r"[\s-]+", name)
    return [part for part in parts if part[:1].isupper()] if " " in name else parts


def _in_plain_letters(
    page: Page, written: Sequence[str], known: NDArray[np.bool_], lexicon: Lexicon
) -> NDArray[np.bool_]:
    """The words of plain letters, a usual ending after an apostrophe; not shouted, broken off, part of a compound, or a sound (*skrit*)."""
    text = page.text
    fits = {word: _PLAIN.fullmatch(word) is not None or bool(with_apostrophe(word, lexicon)) for word in set(written)}
    plain = np.array([fits[word] for word in written], bool)
    for number, span in enumerate(page.words):
        before, after = text[span.start - 2 : span.start], text[span.end : span.end + 1]
        joined = (before[-1:] == "-" and before != "--") or (before[-1:] in _STRESS and not known[number])
        if joined or (after in _DASH and (len(span) < _WHOLE or _BROKEN_OFF.match(text, span.end))):
            plain[number] = False
    return plain


def _tokens(
    page: Page,
    words: Sequence[str],
    places: NDArray[np.int64],
    capital: NDArray[np.bool_],
    opens: NDArray[np.bool_],
    own: NDArray[np.bool_],
    speech: Sequence[bool],
    lexicon: Lexicon,
) -> tuple[NDArray[np.uint16], NDArray[np.int64], NDArray[np.bool_]]:
    """The tokens, where each word stands among them, and whether only a space follows a word.

    Between speech and narration a comma is taken to stand where the author left it out.
    """
    common = np.zeros(len(places), bool)
    common[places >= 0] = lexicon.known[places[places >= 0]]
    keeps = np.zeros(len(places), bool)
    keeps[places >= 0] = (lexicon.flags[places[places >= 0]] & 4) > 0
    named = capital & ~keeps & (own | ~common)
    token = np.where((places >= 0) & (places < lexicon.model_words), places, UNKNOWN)
    possessive = np.array([word.endswith("'s") for word in words], bool)
    token = np.where(named, np.where(possessive, NAMES, NAME), token)
    token = np.where(np.array([word[:1].isdigit() for word in words], bool), NUMBER, token)
    text, spans = page.text, page.words
    breaks = {paragraph.words.start for paragraph in page.paragraphs}
    gaps: dict[str, list[int]] = {}
    stream: list[int] = [PARAGRAPH] * SIDE
    at: list[int] = []
    spaced = np.zeros(len(spans), bool)
    last = len(spans) - 1
    numbers = token.tolist()
    for number, span in enumerate(spans):
        at.append(len(stream))
        stream.append(numbers[number])
        if number == last:
            stream += [_STOPS.get(stop[0], 11) for stop in _STOP.findall(text[span.end : span.end + 3])]
            break
        gap = text[span.end : spans[number + 1].start]
        if gap == " ":
            spaced[number] = True
            continue
        stops = gaps.get(gap)
        if stops is None:
            found = _STOP.findall(gap)
            stops = [12 if stop.startswith("...") else _STOPS.get(stop[0], 11) for stop in found]
            gaps[gap] = stops
        stream += stops
        if not stops and speech[number] != speech[number + 1]:
            stream.append(_STOPS[","])
        if number + 1 in breaks:
            stream.append(PARAGRAPH)
        elif gap.isspace():
            spaced[number] = True
    stream += [PARAGRAPH] * (SIDE + 1)
    return np.array(stream, np.uint16), np.array(at, np.int64), spaced


def _with_lost(proposals: Proposals, sheet: Sheet, spaced: NDArray[np.bool_], lexicon: Lexicon) -> Proposals:
    """The proposals and, among them in the order of the words, the small words that may have been lost."""
    small = np.array([lexicon.place(word) for word in SMALL], np.int64)
    word, put = find_lost(sheet, spaced, small, load_ngrams())
    count = len(word)
    lost = Proposals(
        word,
        np.zeros(count, np.int8),
        put,
        np.full(count, -1),
        np.full(count, 2.0, np.float32),
        np.zeros(count, bool),
        np.zeros(count, bool),
        np.full(count, LOST, np.int8),
        np.zeros(count, bool),
    )
    names = Proposals.__dataclass_fields__
    whole = Proposals(**{name: np.concatenate([getattr(proposals, name), getattr(lost, name)]) for name in names})
    return whole.take(np.argsort(whole.word, kind="stable"))


def _options(proposals: Proposals, times: Counter[str], lexicon: Lexicon) -> Options:
    """The proposals in the reader's terms."""
    first, second = proposals.first, proposals.second
    size = len(lexicon.words)
    here = np.zeros(size + 1, np.int64)
    for word, count in times.items():
        here[lexicon.places.get(word, size)] = count
    token = np.where(first < lexicon.model_words, first, UNKNOWN)
    token2 = np.where(second < lexicon.model_words, second, UNKNOWN)
    either = np.where(second >= 0, second, first)
    return Options(
        word=proposals.word,
        reach=proposals.reach,
        first=token,
        second=token2,
        place=first,
        place2=second,
        zipf=np.minimum(lexicon.zipfs[first], lexicon.zipfs[either]),
        fiction=np.minimum(lexicon.fiction_zipfs[first], lexicon.fiction_zipfs[either]),
        times=np.minimum(here[first], here[either]),
        cost=proposals.cost,
        sound=proposals.sound,
        listed=proposals.listed,
        fault=proposals.fault,
        familiar=proposals.familiar,
    )
