"""The verbs that tag speech and thought, in all their forms, and those that are only loosely so.

A tag (“she whispered”) belongs to the sentence of its speech; a beat (“She nodded.”) is a sentence
of its own.  Between the two stand verbs that writers use for both (laughed, sighed): where one of
those follows a speech, the author's punctuation is left alone.
"""

from __future__ import annotations

_IRREGULAR = dict(
    line.split(" ", 1)
    for line in """
begin began begun beginning
bend bent
bid bade bidden bidding
bite bit bitten
blow blew blown
break broke broken
bring brought
burst burst
catch caught
come came
cut cut cutting
dig dug digging
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feel felt
fight fought
find found
fling flung
freeze froze frozen
get got gotten getting
give gave given
go went gone
hang hung
hide hid hidden
hold held
keep kept
kneel knelt kneeled
know knew known
lay laid
lead led
lean leaned leant
leap leaped leapt
leave left
let let letting
lie lied lying
make made
plead pleaded pled
put put putting
read read
ring rang rung
rise rose risen
run ran run running
say said
set set setting
shake shook shaken
shoot shot
shut shut shutting
sing sang sung
sink sank sunk
sit sat sitting
slide slid
speak spoke spoken
spell spelled spelt
spin spun spinning
spit spat spit spitting
spread spread
stand stood
stick stuck
stride strode stridden
strike struck
swear swore sworn
sweep swept
swing swung
take took taken
teach taught
tell told
think thought
throw threw thrown
tie tied tying
weep wept
write wrote written
""".split("\n")
    if line
)
_DOUBLING = frozenset(
    "admit beg blab chat drop drum drag grab grin hop hug hum grip jab nod pat permit quip rap shrug sip slam slip snap "
    "sob spin stab step stir stop submit tap tip trip tug wrap yap clap jog".split()
)


def _forms(verb: str) -> set[str]:
    """The forms of a verb: bare, -s, past, participles."""
    if verb.endswith(("s", "x", "z", "sh", "ch")) or verb in ("go", "do"):
        third = verb + "es"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        third = verb[:-1] + "ies"
    else:
        third = verb + "s"
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        past, participle = verb + "d", verb[:-1] + "ing"
    elif verb.endswith("e"):
        past, participle = verb + "d", verb + "ing"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        past, participle = verb[:-1] + "ied", verb + "ing"
    else:
        past, participle = stem + "ed", stem + "ing"
    irregular = _IRREGULAR.get(verb, past).split()
    if any(form.endswith("ing") and form not in ("bring", "fling", "ring", "sing", "swing") for form in irregular):
        participle = irregular[-1]
    return {verb, third, participle, *irregular}


def _all_forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in _forms(verb))


_SPEECH = """
    say ask reply answer whisper shout yell cry murmur mutter mumble exclaim call scream shriek remark respond
    retort repeat inquire enquire demand declare announce insist protest stammer stutter hiss growl snarl
    snap bark roar bellow holler bawl croak rasp moan groan wail whine whimper plead beg urge warn suggest
    add continue agree admit confess explain observe comment state assert affirm concede counter object argue
    interrupt interject interpose tease joke quip boast brag scoff taunt mock sneer drawl lisp slur babble blurt
    gasp pant wheeze breathe sob squeak squeal screech purr coo croon chant intone recite mouth echo query
    question wonder prompt promise vow swear acknowledge apologize apologise concur correct assure reassure inform
    tell remind advise instruct order command direct propose offer volunteer venture hazard ponder muse
    reflect reason remonstrate rejoin return reiterate maintain contend claim proclaim pronounce profess
    grumble gripe grouse complain fret fume rant rave rage thunder boom trill chirp pipe twitter chatter
    gabble jabber prattle ramble drone chide scold rebuke reprimand admonish berate deny lie confirm
    conclude begin finish persist relent implore beseech entreat bluster gush enthuse marvel snivel simper
    bleat bray squawk yelp yap crow cackle caterwaul vociferate ejaculate expostulate grate bite spit splutter
    sputter falter quaver opine speculate guess theorize theorise summarize summarise report relate recount
    reveal disclose divulge confide invite coax cajole wheedle soothe comfort console hazard toast greet
    welcome congratulate compliment praise thank counsel caution threaten curse translate quote specify clarify
    emphasize emphasise stress elaborate amend deadpan monotone contradict gloat lament mourn sing warble yawp
    rumble burble spout pout pronounce accuse challenge reproach hail dictate
    telephone radio cable wire sign
"""
_THOUGHT = "think wonder muse reflect reason ponder realize realise remember"
_LOOSE = """
    laugh chuckle giggle smile grin smirk snicker snigger sigh nod shrug frown grimace wince blink cough sniff
    sniffle snort grunt huff gulp yawn hum choke weep chortle guffaw titter beam leer glower scowl glare
    bristle blanch shudder shiver tremble swallow jeer jest jibe josh kid flirt whistle croon exhale
    inhale grimace sniffle hoot howl burst flash fire shoot throw put go chime trail break cut jump
    interrupt blush flush bubble explode erupt beseech press pursue probe prod pry resume lead read write type
    text sign signal nod gesture motion gesticulate mime swallow chew hiccup burp
    repeat rattle reel ring sound come make give manage attempt try decide determine figure note find
    discover hope wish dream believe feel know recall remember recollect consider calculate count spell
    start end stop close part blast blare blaze blunder scrape strain stretch wave warn approve applaud cheer
    commend commiserate sympathize sympathise moralize philosophize pontificate preach sermonize lecture
    pray bless swear invoke summon supply furnish contribute submit allow grant permit predict prophesy
    foretell forecast speak talk converse chat gossip discuss debate bargain haggle negotiate consent
"""
_BEAT = """
    sit stand walk turn look glance gaze stare peer watch lean reach pull push take pick pour drink
    open close shut knock slam drop lift raise lower place set lay pace rise step move cross enter leave
    climb crawl kneel crouch bend stoop bow hug embrace kiss stroke pat squeeze grab grasp clutch
    hold catch shake wipe rub scratch fold unfold wrap tie straighten smooth tuck brush sweep
    swing spin whirl fall slide slip slump sink settle stretch hesitate pause wait drive eat sip
    light tap drum pat point wave twist tug rummage fumble sort stuff shove toss hurl
    fling grip hand unlock lock button wander stroll march stride hurry rush race dash run jump leap hop
    follow approach stop freeze stiffen relax collapse stumble stagger trip limp tiptoe lunge dodge duck
    dig scoop wash dry hang hide carry bring drag haul wheel tilt cock tip incline lick roll clench unclench narrow flip flick
    yank jerk scoot squirm flop plop bury rock dart bolt sprint hobble shuffle trudge slouch sprawl perch
"""

SPEECH_VERBS = _all_forms(_SPEECH)
"""Every form of the verbs that tag speech: said, asks, whispering."""

THOUGHT_VERBS = _all_forms(_THOUGHT)
"""Every form of the verbs that tag thought."""

BEAT_VERBS = _all_forms(_BEAT) - SPEECH_VERBS - _all_forms(_LOOSE)
"""Every form of verbs that are plainly something done, not a way of speaking: sat, turned, opened."""

LOOSE_VERBS = _all_forms(_LOOSE) - SPEECH_VERBS
"""Every form of verbs that some writers tag speech with and others do not: laughed, nodded, sighed."""

_COMMON = (
    "said asked replied answered whispered shouted yelled cried murmured muttered mumbled exclaimed screamed shrieked "
    "responded repeated demanded declared announced insisted protested stammered growled snapped explained suggested "
    "continued added called thought wondered"
).split()


def _slips(verb: str) -> set[str]:
    """What a hurried writer makes of a verb: a letter lost, doubled, or two changed about."""
    places = range(1, len(verb))
    lost = {verb[:place] + verb[place + 1 :] for place in places}
    doubled = {verb[:place] + verb[place - 1] + verb[place:] for place in places}
    turned = {verb[: place - 1] + verb[place] + verb[place - 1] + verb[place + 1 :] for place in range(2, len(verb))}
    return lost | doubled | turned


SLIPS: dict[str, str] = {
    slip: verb for verb in _COMMON if len(verb) > 4 for slip in sorted(_slips(verb)) if slip not in SPEECH_VERBS
} | {"siad": "said", "sayd": "said", "sed": "said", "cryed": "cried", "askd": "asked", "aksed": "asked"}
"""Common slips in the commonest tags, and what was meant; ask only about words no lexicon knows."""
