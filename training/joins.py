"""Words that writers run together, and words that they write as two."""

from __future__ import annotations

JOINED = frozenset(
    line.strip()
    for line in """
the way|a lot|at least|every time|each other|of course|in fact|no one|as well|in front|up to|thank you|kind of
sort of|at all|at once|at first|in case|in between|a bit|a while|a little|the same|the other|the first
one day|one another|right now|so much|too much|as if|even though|even if|ever since|as though|next to|instead of
out of|in to|on to|be able|have to|had to|used to|going to|want to|got to|up on|what ever|all over|all of|all the
of the|in the|to the|on the|at the|for the|with the|and the|and then|but then|that the|it was|he was|she was|it is
that is|how ever|old man|young man|front door|living room|dining room|high school|ice cream|good night|good bye
no longer|long ago|this time|that time|some day|some people|any way|may be|every day|a part|a way|a round|a cross
more over|with in|with out|see you|shut up|come on|let go|do not|did not|could not|would not|was not|has to
as soon|so that|such a|like a|was a|is a|with a|in a|for a|of a|not a|just a|quite a|what a|him self|her self
my self
""".replace("\n", "|").split("|")
    if line.strip()
)
"""Two words that are found written as one."""

UNLIKE = {
    cut: whole
    for whole, cut in (
        line.strip().split(" ", 1)
        for line in """
already all ready|altogether all together|although all though|almost all most|also all so|always all ways|another a nother
anything any think|something some think|nothing no think|everything every think|until un till|myself me self
himself his self|themselves their selves|themselves there selves|welcome well come|meantime mean time
""".replace("\n", "|").split("|")
        if line.strip()
    )
}
"""Two words that are found written for one which is spelt otherwise."""

SPLIT = {
    cut.replace(" ", ""): cut
    for cut in """
every one|every thing|every where|every body|some one|some thing|some where|some how|some times|some body|any one
any thing|any where|any how|any body|no where|no thing|no body|a round|a way|a cross|a long|a bout|a head|a lone
a live|a sleep|a wake|a part|a gain|a gainst|a mong|a side|a while|in to|on to|with out|with in|through out
in side|out side|be side|be hind|be fore|be tween|be cause|be neath|be low|be come|be yond|him self|her self
my self|it self|your self|them selves|our selves|how ever|who ever|what ever|when ever|where ever|never the less
none the less|more over|mean while|other wise|al ways|al ready|al most|al though|al so|to gether|to day|to night
to morrow|for get|for give|mid night|up stairs|down stairs|bed room|bath room|class room|door way
hall way|drive way|side walk|fire place|sun light|moon light|day light|after noon|eye brow|eye lids|fore head
finger tips|heart beat|foot steps|head ache|back ward|for ward|to wards|after wards|news paper|note book
book shelf|black board|rail road|good bye|grand mother|grand father|grown up|under stand|under stood|under neath
over head|over come|over looked|with draw|may be|out fit|in stead|in deed|school boy|team mates|birth day
week end|break fast|pass word|key board|flash light|arm chair
""".replace("\n", "|").split("|")
    if cut.strip()
}
"""Words that are found written as two, and how."""
