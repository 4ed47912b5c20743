"""English verbs by their form alone: what may be the verb of a clause in past narration.

Encyclopedias narrate in the past tense, whose forms are few enough for a table: the auxiliaries,
some 190 irregular verbs, and every word in -ed. What a form is in its clause (a finite verb or a
participle) its neighbours decide; `clauses` asks them.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache


class Form(Enum):
    """What a word's form allows it to be."""

    FINITE = "finite"
    """Only the verb of a clause: "was", "went"."""
    PAST = "past"
    """The verb of a clause or a participle: "founded", "led"."""
    PARTICIPLE = "participle"
    """Only a participle: "taken", "born"."""
    GERUND = "gerund"
    NONE = "none"


BE = frozenset("was were is are been being be am".split())
PAST_BE = frozenset("was were".split())
HAVE = frozenset("had has have having".split())
DO = frozenset("did does do".split())
MODALS = frozenset("would could should might must will shall can may".split())
PRESENT = frozenset(
    "is are has have does contains remains lies stands holds includes depicts shows commemorates"
    " marks celebrates bears features consists belongs houses serves seems appears means refers"
    " begins takes describes lists says states claims argues considers regards uses lives plays"
    " highlights notes writes suggests observes concludes emphasises emphasizes maintains believes"
    " stresses points recounts recalls reports gives identifies calls speaks asserts contends falls"
    " gives tells calls runs covers dates survives records".split()
)
"""Verbs in the present tense that tell what is, not what happened."""

_AUXILIARIES = (
    PAST_BE | frozenset("had did".split()) | MODALS | frozenset("is are has have".split())
)

# base, past, participle; "-" in the third place repeats the past
_IRREGULAR = """
arise arose arisen; awake awoke awoken; bear bore borne; beat beat beaten; become became become;
begin began begun; bend bent -; bid bid -; bind bound -; bite bit bitten; bleed bled -;
blow blew blown; break broke broken; breed bred -; bring brought -; broadcast broadcast -;
build built -; burn burnt -; buy bought -; cast cast -; catch caught -; choose chose chosen;
cling clung -; come came come; cost cost -; creep crept -; cut cut -; deal dealt -; dig dug -;
draw drew drawn; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen;
feed fed -; feel felt -; fight fought -; find found -; flee fled -; fling flung -; fly flew flown;
forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven;
forsake forsook forsaken; freeze froze frozen; get got -; give gave given; go went gone;
grind ground -; grow grew grown; hang hung -; hear heard -; hide hid hidden; hit hit -;
hold held -; hurt hurt -; keep kept -; kneel knelt -; know knew known; lay laid -; lead led -;
leap leapt -; learn learnt -; leave left -; lend lent -; let let -; lie lay lain; lose lost -;
make made -; mean meant -; meet met -; mistake mistook mistaken; outgrow outgrew outgrown;
overcome overcame overcome; overrun overran overrun; oversee oversaw overseen;
overtake overtook overtaken; overthrow overthrew overthrown; partake partook partaken; pay paid -;
put put -; quit quit -; read read -; rebuild rebuilt -; remake remade -; repay repaid -;
ride rode ridden; ring rang rung; rise rose risen; run ran run; say said -; see saw seen;
seek sought -; sell sold -; send sent -; set set -; sew sewed sewn; shake shook shaken;
shed shed -; shine shone -; shoot shot -; show showed shown; shrink shrank shrunk; shut shut -;
sing sang sung; sink sank sunk; sit sat -; slay slew slain; sleep slept -; slide slid -;
smite smote smitten; speak spoke spoken; spend spent -; spill spilt -; spin spun -; split split -;
spread spread -; spring sprang sprung; stand stood -; steal stole stolen; stick stuck -;
strike struck -; strive strove striven; swear swore sworn; sweep swept -; swim swam swum;
swing swung -; take took taken; teach taught -; tear tore torn; tell told -; think thought -;
throw threw thrown; undergo underwent undergone;
understand understood -; undertake undertook undertaken; uphold upheld -; wake woke woken;
wear wore worn; weave wove woven; wed wed -; win won -; wind wound -; withdraw withdrew withdrawn;
withhold withheld -; withstand withstood -; write wrote written; rewrite rewrote rewritten;
resell resold -; retake retook retaken; retell retold -; redraw redrew redrawn;
foresee foresaw foreseen; outlive outlived -; misread misread -; beset beset -;
beget begot begotten;
upset upset -; burst burst -; thrust thrust -; weep wept -; speed sped -; light lit -
"""

_NO_VERBS = frozenset(
    "hundred sacred naked wicked rugged ragged crooked wretched beloved aged red bed seed need feed"
    " reed weed deed creed greed breed speed steed indeed exceed proceed succeed embed bleed"
    " kindred hatred infrared shred sled biped unprecedented so-called united unarmed unnamed"
    " unpublished unfinished unmarried unsigned talented renowned gifted skilled"
    " supposed alleged limited".split()
)
"""Words in -ed that are no past of a verb, or hardly ever are one where they stand."""


def _rows() -> list[tuple[str, str, str]]:
    rows = []
    for entry in _IRREGULAR.split(";"):
        base, past, participle = entry.split()
        rows.append((base, past, past if participle == "-" else participle))
    return rows


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    doubles = (
        len(base) > 2
        and base[-1] not in "wxyhrkldng" + "aeiou"
        and base[-2] in "aeiou"
        and base[-3] not in "aeiou"
    )
    return base + (base[-1] if doubles else "") + "ing"


_ROWS = _rows()
_PASTS = frozenset(past for _, past, _ in _ROWS)
_PARTICIPLES = frozenset(participle for _, _, participle in _ROWS) | {"born"}
_PAST_OF_PARTICIPLE = {participle: past for _, past, participle in _ROWS}
_BASE_OF = {past: base for base, past, _ in _ROWS} | {part: base for base, _, part in _ROWS}
_PAST_OF_GERUND = {_gerund(base): past for base, past, _ in _ROWS} | {
    "running": "ran",
    "winning": "won",
    "beginning": "began",
    "swimming": "swam",
    "digging": "dug",
    "dying": "died",
    "being": "was",
    "having": "had",
    "getting": "got",
    "forgetting": "forgot",
    "overrunning": "overran",
    "tying": "tied",
}
_NO_GERUNDS = frozenset(
    "king ring wing string spring thing nothing something anything everything evening morning"
    " during including according regarding concerning building ceiling wedding sibling following"
    " excluding sterling viking shilling outstanding interesting neighbouring neighboring"
    " surrounding pending notwithstanding owing meeting painting".split()
)


@lru_cache(maxsize=16384)
def form(word: str) -> Form:
    """Return what a word in lower case may be; FINITE for every auxiliary."""
    if word in _AUXILIARIES:
        return Form.FINITE
    if word in _PASTS:
        return Form.PAST if word in _PARTICIPLES else Form.FINITE
    if word in _PARTICIPLES:
        return Form.PARTICIPLE
    if word.endswith("ed") and len(word) > 3 and word not in _NO_VERBS:
        return Form.PAST
    if word.endswith("ing") and len(word) > 4 and word not in _NO_GERUNDS:
        return Form.GERUND
    return Form.NONE


def is_participle(word: str) -> bool:
    """Whether a word in lower case can follow "was": "arrested", "taken", "held"."""
    if word in _PARTICIPLES:
        return True
    return form(word) is Form.PAST and word not in _PASTS


def past_of_gerund(gerund: str) -> str:
    """Return the past tense of "leaving" ("left"), of "arriving" ("arrived")."""
    if past := _PAST_OF_GERUND.get(gerund):
        return past
    stem = gerund.removesuffix("ing")
    if stem.endswith("y") and stem[-2:-1] not in tuple("aeiou"):
        return stem[:-1] + "ied"
    return stem + "ed"


def past_of_participle(participle: str) -> str:
    """Return the past tense of "taken" ("took"); a word that is both is returned as it is."""
    return _PAST_OF_PARTICIPLE.get(participle, participle)


@lru_cache(maxsize=16384)
def base(word: str) -> str:
    """Return what the forms of one verb share: the base of an irregular verb, else a stem.

    >>> base("written"), base("founded"), base("founding"), base("moving"), base("moved")
    ('write', 'found', 'found', 'mov', 'mov')
    """
    if irregular := _BASE_OF.get(word):
        return irregular
    if word in _PAST_OF_GERUND:
        past = _PAST_OF_GERUND[word]
        return _BASE_OF.get(past, past.removesuffix("ed"))
    for ending in ("ing", "ied", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + ("y" if ending == "ied" else "")
    return word.removesuffix("e")
