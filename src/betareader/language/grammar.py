"""The small words that show how a sentence is built, and the pasts that a clause turns on."""

from __future__ import annotations

SUBJECTS = frozenset(
    "i you he she it we they there this that these those everyone everything nobody someone nothing".split()
)
DETERMINERS = frozenset("the a an his her my your our their its some any no every each another both all".split())
JOINERS = frozenset("and but or nor so yet then".split())
SUBORDINATORS = frozenset(
    """if when while because although though since unless until after before as whenever wherever once whether whatever
    however where that who which whom whose what how why like than""".split()
)
FINITE = frozenset(
    """am is are was were be been has have had do does did can could will would shall should may might must isn't aren't
    wasn't weren't hasn't haven't hadn't don't doesn't didn't can't couldn't won't wouldn't shouldn't mustn't i'm i've
    i'd i'll you're you've you'd you'll he's he'd he'll she's she'd she'll it's it'd it'll we're we've we'd we'll they're
    they've they'd they'll that's there's
    began bent bit bled blew bore bought broke brought built burnt burst came caught chose clung crept cut dealt drank
    drew drove dug ate fell felt fled flew flung forgave forgot fought found froze gave went got grew ground heard held
    hid hit hung hurt kept knelt knew laid lay led left lent let lit lost made meant met paid put quit ran rang read
    rode rose said sang sank sat saw sent set shook shone shot shrank shut slept slid smelt sold sought spat spent
    spoke spread sprang stole stood strode struck stuck stung swept swam swore swung taught thought threw told took
    tore understood wept woke won wore wound wrote says goes knows thinks looks comes takes gets makes seems wants""".split()
)
KINDS = ("other", "subject", "determiner", "joiner", "subordinator", "finite", "past", "participle")
"""What a word may do in a sentence, as far as its form alone tells; the places in this tuple are its kinds."""


def kind_of(word: str) -> int:
    """The kind of a word in lower case, as a place in `KINDS`; a word that may be several is the first that fits."""
    for number, words in enumerate((SUBJECTS, DETERMINERS, JOINERS, SUBORDINATORS, FINITE), 1):
        if word in words:
            return number
    if len(word) > 4 and word.endswith("ed"):
        return KINDS.index("past")
    return KINDS.index("participle") if len(word) > 5 and word.endswith("ing") else 0
