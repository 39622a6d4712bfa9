"""The company that names keep: words that, by standing beside a name, say what it names."""

from __future__ import annotations

from betareader.language.speech_verbs import BEAT_VERBS, LOOSE_VERBS, SPEECH_VERBS, THOUGHT_VERBS


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


EPITHETS = _words("old young little poor dear dearest good big")
"""What people are called besides their names, no part of them."""

MALE_TITLES = _words("""
    mr mister sir lord king prince duke count baron uncle father brother monsieur herr señor signor don m messrs
""")
FEMALE_TITLES = _words("""
    mrs ms miss missus mistress lady dame queen princess duchess countess baroness aunt auntie aunty mother sister
    madame madam mademoiselle frau fraulein señora señorita signora doña mme mlle
""")
UNMARRIED = _words("miss mademoiselle mlle fraulein señorita")
"""Titles of women that a wife does not bear."""
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | _words("""
    dr doctor prof professor captain capt lieutenant lt sergeant sgt corporal private major colonel col general gen
    admiral commander commodore inspector detective officer constable sheriff marshal agent chief earl emperor
    empress rev reverend pastor bishop saint rabbi imam master grandma grandpa granny cousin nurse judge senator
    president mayor minister ambassador ser knight archmage magister consul praetor sensei coach tsar czar kaiser
    sultan sheikh maester elder squire comrade hon honourable honorable cardinal parson vicar dean
""")
)
"""Words before a name that say a person bears it."""

LOWER_TITLES = _words(
    "squire parson uncle aunt captain king queen prince princess lord lady doctor professor detective"
)
"""Titles that many writers do not capitalise."""

SHORTENED = _words("mr mrs ms dr prof capt lt sgt col gen rev hon m mme mlle st messrs")
"""Titles that a full stop may follow."""

WRITTEN_OUT = {
    "dr": "doctor", "prof": "professor", "capt": "captain", "col": "colonel", "gen": "general", "lt": "lieutenant",
    "sgt": "sergeant", "rev": "reverend",
}  # fmt: skip
"""Titles cut short, and the same written out."""

HONORIFICS = _words("""
    san sama kun chan tan senpai sempai sensei dono nii nee niisan neesan hime taichou fukutaichou
""")
"""Endings after a hyphen that say the same."""

FAMILY = _words("mom mum mama mamma dad daddy papa mommy mummy grandma grandpa granny gran nana")
"""Words for one's own family, names where a capital makes them so."""

CALENDAR = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
""")

DATES = (CALENDAR - _words("march april may june august")) | _words("christmas halloween")
"""Days, months and feasts that are nobody's name, nor nearly one."""

NEVER_NAMES = CALENDAR | _words("""
    i im ive iv christmas easter halloween god oh ah well hello hi hey yes no okay ok
    tv dvd cd dna fbi cia usa uk am pm ad bc hell heaven internet
    english french german spanish italian russian latin greek chinese japanese american british irish scottish
    scotch welsh dutch european indian african asian arab arabic hebrew jewish jew christian catholic
    protestant muslim islamic buddhist roman egyptian turkish persian polish swedish danish norwegian mexican
    canadian australian western eastern northern southern englishman frenchman englishmen frenchmen americans
    germans frenchwoman englishwoman russians indians christians catholics jews romans greeks victorian
""")
"""Words with a capital of their own that are nobody's name."""

NAMES_TOO = _words("april may june august summer irish dutch french english german scotch welsh christian roman")
"""Words of those that somebody may yet be called by, where they speak or act like a person."""

SMALL_WORDS = _words("""
    he she it we you they his her its our your their this that these those there here who what when where why how
    which the a an and but or nor so yet if then than as at by for from in of on to with not my me him us them is
    are was were be been do does did have has had can could would shall should may might must
    while before after because until since though although like
""")
"""Words that carry no name and begin many a sentence."""

STOPS = frozenset(",.!?…;—”’\"'")
"""What follows the name of someone who is called by it."""

CLOSING = frozenset("”’\"'")

CALLS = _words("hey oh ah no yes thanks please dear goodbye bye hello hi sorry come well yo okay ok look listen")
"""Words after which a person is called by name."""

LINKS = _words("of de del della der den van von la le du da di al el bin ibn the")
"""Small words inside a name."""

DOING = (
    BEAT_VERBS
    | LOOSE_VERBS
    | THOUGHT_VERBS
    | _words("""
    ran runs run got gets went goes took takes gave gives knew knows saw sees felt feels wanted wants heard hears
    began begins tried tries loved loves hated hates remembered needed needs kept keeps
""")
)
"""What people do, seldom places or things."""

ASKING = SPEECH_VERBS | _words("told asked")
"""Verbs whose subject or object is a person."""

SUBJECT_VERBS = _words("""
    had has would could did didn't hadn't won't wouldn't couldn't didn’t hadn’t won’t wouldn’t couldn’t
""")
"""Verbs that people are the subject of more often than places and things are."""

BESIDE = _words("""
    with by help helped meet met knew know love loved hate hated marry married poor dear young friend son daughter
    brother sister husband wife
""")
"""Words that stand before people more often than before places and things."""

ADDRESSES = _words("mr mrs ms miss mister dr")
"""Titles that never end a name."""

INTO = _words("in into through throughout across outside inside within near toward towards around")
TOWARDS = _words("at to from of for reach reached visit visited left leave")

DETERMINERS = _words("""
    the a an this that these those his her my your their our its every each some any no another two three
""")

OF_A_PERSON = _words("""
    face eyes eye hand hands head voice arm arms hair shoulder shoulders mouth lips heart mind lap back chest neck
    cheek cheeks fingers fist knees feet legs skin ear ears brow forehead chin smile gaze breath grip
    mother father sister brother wife husband son daughter uncle aunt mom mum dad parents room bed desk
    apartment office house shop coat sword gun words turn friend friends thoughts expression
""")
"""What people have."""

OF_A_PLACE = _words("""
    street road avenue lane square park city town village castle tower river lake mount mountain mountains hill
    hills forest wood woods house hall inn bridge academy school university college hospital station church
    cathedral abbey temple palace island islands isle bay sea ocean harbor harbour valley desert county province
    kingdom empire republic land lands world realm gate gates court cove creek falls fort keep manor market plaza
    port quarter district pass pub tavern arms cafe hotel building north south east west sector
""")
"""Last words of the names of places."""

KNOWN_PLACES = _words("""
    africa america antarctica asia europe australia canada mexico brazil argentina chile peru cuba england britain
    scotland ireland wales france germany spain portugal italy greece turkey russia ukraine poland austria hungary
    switzerland belgium holland netherlands denmark sweden norway finland iceland egypt morocco kenya nigeria india
    pakistan china japan korea vietnam thailand indonesia iraq iran israel syria afghanistan
    alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa
    kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
    nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming
    london paris rome berlin vienna madrid moscow dublin edinburgh glasgow manchester liverpool birmingham oxford
    cambridge york venice athens istanbul cairo jerusalem tokyo kyoto osaka beijing shanghai delhi bombay mumbai
    sydney melbourne toronto montreal boston chicago philadelphia baltimore detroit seattle atlanta miami dallas
    houston denver brooklyn manhattan hollywood earth mars
""")
"""Places that everybody knows."""
