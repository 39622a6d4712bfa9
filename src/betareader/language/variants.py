"""Words spelt one way in the United States and another in the United Kingdom.

Only pairs where each spelling is foreign on the other side: *check* and *cheque*, *story* and
*storey*, *program* and *programme* stay out, since one side uses both.  Verbs in *-ise* are wrong in
the United States only; the United Kingdom writes them both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

# Stems that end in -or in the US and -our in the UK, and the endings that both take.
_OUR = (
    "arb:,s ard: arm:,s,ed,ing,er,ers,y,ies behavi:,s,al,ally misbehavi: cand: clam:,s,ed,ing col:,s,ed,ing,ful,fully"
    " demean: discol:ed,ing dishon:,s,ed,ing,able endeav:,s,ed,ing fav:,s,ed,ing,able,ably,ite,ites,itism ferv:"
    " flav:,s,ed,ing,less harb:,s,ed,ing hon:,s,ed,ing,able,ably hum:,s,ed,ing,less lab:,s,ed,ing,er,ers"
    " neighb:,s,ing,ly,hood,hoods od:,s,less parl:,s ranc: rig:s rum:,s,ed savi:,s sav:,s,ed,ing,y splend:,s"
    " succ: tum:,s unfav:able val: vap:,s vig:"
)
# Verbs whose last letter is doubled in the UK only.
_DOUBLED = (
    "barrel bevel cancel channel chisel counsel dial drivel duel equal fuel funnel gambol grovel jewel label level"
    " libel marvel model panel parcel pedal pencil pummel quarrel ravel revel rival shovel shrivel signal snivel spiral"
    " swivel tassel total towel travel trowel tunnel unravel yodel"
)
_IZE = (
    "agon antagon apolog author bapt brutal capital categor central character civil colon critic custom demoral"
    " dramat emphas energ epitom equal familiar fantas fertil final formal general hospital human hypnot"
    " ideal immobil immortal individual industrial jeopard legal local magnet material maxim memor mesmer minim mobil"
    " modern monopol moral national natural neutral normal organ ostrac patron penal personal plagiar polar popular"
    " privat public pulver rational real recogn reorgan romantic satir scrutin sensational social special stabil"
    " standard steril subsid summar symbol sympath synchron tantal terror theor traumat trivial util vandal verbal"
    " victim visual vocal"
)
_PAIRS = (
    "airplane=aeroplane airplanes=aeroplanes aluminum=aluminium analyze=analyse analyzed=analysed analyzing=analysing"
    " anesthetic=anaesthetic appall=appal caliber=calibre center=centre centered=centred centering=centring"
    " centers=centres counselor=counsellor counselors=counsellors cozier=cosier cozily=cosily coziness=cosiness"
    " cozy=cosy defense=defence defenseless=defenceless defenses=defences distill=distil enroll=enrol"
    " enrollment=enrolment fiber=fibre fibers=fibres fulfill=fulfil fulfillment=fulfilment fulfills=fulfils"
    " gray=grey grayed=greyed grayer=greyer graying=greying grayish=greyish grays=greys installment=instalment"
    " installments=instalments instill=instil jeweler=jeweller jewelers=jewellers jewelry=jewellery luster=lustre"
    " maneuver=manoeuvre maneuvered=manoeuvred maneuvering=manoeuvring maneuvers=manoeuvres marvelous=marvellous"
    " marvelously=marvellously meager=meagre molding=moulding moldy=mouldy mustache=moustache"
    " mustached=moustached mustaches=moustaches offense=offence offenses=offences pajamas=pyjamas"
    " paralyze=paralyse paralyzed=paralysed paralyzing=paralysing plow=plough plowed=ploughed plowing=ploughing"
    " plows=ploughs pretense=pretence pretenses=pretences saber=sabre sabers=sabres scepter=sceptre skeptic=sceptic"
    " skeptical=sceptical skeptically=sceptically skepticism=scepticism skeptics=sceptics skillful=skilful"
    " skillfully=skilfully smolder=smoulder smoldered=smouldered smoldering=smouldering smolders=smoulders"
    " somber=sombre specter=spectre specters=spectres theater=theatre theaters=theatres"
    " traveler=traveller travelers=travellers willful=wilful willfully=wilfully woolen=woollen"
)


@cache
def to_spelling(side: Literal["us", "uk"]) -> dict[str, str]:
    """Every word that is foreign to `side`, in lower case, and how `side` spells it."""
    pairs = dict(_pairs())
    if side == "us":
        return {uk: us for us, uk in (*pairs.items(), *_ise())}
    return pairs


def _pairs() -> Iterator[tuple[str, str]]:
    for entry in _PAIRS.split():
        us, _, uk = entry.partition("=")
        yield us, uk
    for entry in _OUR.split():
        stem, _, endings = entry.partition(":")
        for ending in endings.split(","):
            yield f"{stem}or{ending}", f"{stem}our{ending}"
    for stem in _DOUBLED.split():
        for ending in ("ed", "ing"):
            yield stem + ending, stem + stem[-1] + ending


def _ise() -> Iterator[tuple[str, str]]:
    for stem in _IZE.split():
        for ending in ("e", "es", "ed", "ing"):
            yield f"{stem}iz{ending}", f"{stem}is{ending}"
