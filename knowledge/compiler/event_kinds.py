"""What kind of happening a sentence tells, by its verbs and nouns, and whether it is grim.

The kinds are those of docs/packs.md. A verb of one meaning decides, the sentence's own verb first;
then turns of phrase ("wrote to", "took office"); then the other verbs; last a noun that says it
("the trial was staged"). Verbs stand in the tables in their past tense, for all their forms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.compiler.people_words import is_role
from knowledge.compiler.verb_forms import Form, base, form
from knowledge.model import Tone

_VERBS = {
    "birth": "born",
    "death": "died drowned perished succumbed",
    "execution": "executed hanged beheaded guillotined garrotted crucified",
    "assassination": "assassinated murdered poisoned stabbed",
    "marriage": "married wed remarried",
    "arrest": "arrested imprisoned detained jailed interned apprehended",
    "release": "freed pardoned amnestied liberated",
    "exile": "exiled banished deported expelled",
    "trial": "tried convicted sentenced acquitted indicted prosecuted condemned",
    "treaty": "ratified",
    "resignation": "resigned abdicated retired",
    "appointment": (
        "appointed elected promoted crowned enthroned nominated installed acceded ordained"
        " consecrated reelected re-elected knighted elevated inherited"
    ),
    "publication": "published printed serialised serialized reprinted premiered debuted",
    "battle": (
        "defeated besieged invaded bombarded stormed bombed routed ambushed conquered overran"
        " raided repulsed fought shelled surrendered capitulated recaptured"
    ),
    "uprising": "rebelled mutinied revolted overthrew",
    "decree": (
        "decreed enacted proclaimed abolished banned legalised legalized outlawed repealed annexed"
        " prohibited renamed"
    ),
    "vote": "voted",
    "speech": "spoke lectured preached",
    "letter": "telegraphed cabled corresponded",
    "journey": (
        "arrived departed sailed travelled traveled emigrated fled landed settled moved returned"
        " visited escaped immigrated toured embarked docked anchored reached rushed wintered"
    ),
    "founding": "founded established created formed incorporated chartered co-founded cofounded",
    "congress": "convened assembled",
    "prize": "awarded honoured honored",
    "illness": "hospitalised hospitalized sickened",
    "rehabilitation": "rehabilitated",
}
"""Verbs of one meaning."""

_PHRASES = (
    ("execution", r"\bput to death\b|\bfiring squad\b|\bat the stake\b"),
    ("assassination", r"\battempt(?:ed|s)? (?:to assassinate|on (?:his|her|the) life)|assassination"),
    ("death", r"\bcommitted suicide\b|\btook (?:his|her|their) own life\b|\bkilled\b|\bdeath of\b"),
    ("rehabilitation", r"\brehabilitat"),
    ("illness", r"\bfell ill\b|\b(?:suffered|had) (?:a|his|her|two|three|several)\b.*\bstroke|health"),
    ("illness", r"\b(?:underwent|operation on)\b"),
    ("strike", r"\bstruck\b.*\b(?:solidarity|wages?|pay|hours|work)\b|\bwalked out\b|\bon strike\b"),
    ("strike", r"\bgeneral strike\b|\bstrike (?:began|ended|broke out|started)|\bstopped work\b"),
    ("strike", r"\b(?:workers|typesetters|dockers|miners|sailors) (?:also )?struck\b|\blockout\b"),
    ("letter", r"\bwrote (?:\w+ ){0,3}letters?\b|\bwrote to\b|\b(?:sent|wrote|received) .*\b(?:letter|telegram)"),
    ("letter", r"\b(?:responded|replied) (?:to|by|that)\b|\bin an? (?:\w+ )?letter\b|\bopen letter\b"),
    ("speech", r"\b(?:delivered|gave|made|held)\b.*\b(?:speech|address|eulogy|lecture|sermon|tribute)"),
    ("speech", r"\baddressed (?:the|a|his|her|an)\b"),
    ("treaty", r"\b(?:treaty|armistice|truce|ceasefire|peace|pact|agreement|accord|convention)\b.*"
               r"\b(?:signed|concluded|initialled|initialed|kept|came into force|ratified)\b"),
    ("treaty", r"\b(?:signed|concluded|agreed|made|accepted)\b.*\b(?:treaty|armistice|truce|ceasefire"
               r"|peace|pact|agreement|accord|terms)\b"),
    ("prize", r"\b(?:won|received|awarded|was given)\b.*\b(?:prize|medal|award|cup|title|championship"
              r"|trophy|order of|gold|silver|bronze|scholarship)\b"),
    ("vote", r"\belections?\b|\breferendum\b|\bplebiscite\b|\bvotes?\b|\bwon the seat\b|\bballot"),
    ("decree", r"\b(?:passed|signed|issued|declared|granted|approved)\b.*\b(?:bill|law|act|decree|edict"
               r"|constitution|charter|order|martial|independence|war)\b|\bcame into force\b"),
    ("decree", r"\bwas declared\b|\bordered (?!\w+ from\b)"),
    ("vote", r"\b(?:adopted|passed|approved|rejected)\b"),
    ("publication", r"\b(?:wrote|completed|released|issued|edited|editing|appeared|finished|launched"
                    r"|performed)\b.*\b(?:book|novel|article|essay|newspaper|journal|magazine|edition"
                    r"|album|record|film|paper|manifesto|pamphlet|poems?|opera|symphony|play|memoirs"
                    r"|autobiography|single|ballad|weekly|daily|bulletin|testament)\b"),
    ("publication", r"\bfirst performed\b|\bpremi[eè]re\b|\bfirst edition\b|\bsecond edition\b"
                    r"|\b(?:editing|began publishing)\b"),
    ("resignation", r"\bresignation\b|\bstepped down\b|\babdication\b|\btendered\b"),
    ("appointment", r"\b(?:took office|sworn in|took over (?:from|as)|became (?:a )?member|joined the"
                    r" (?:editorial )?(?:staff|board|cabinet|ministry|government))\b"),
    ("appointment", r"\breplaced .* as\b|\bserved as\b|\bchosen (?:as|to)\b|\bnamed (?:as )?(?:head|chief"
                    r"|director|minister|bishop|professor)|\bsucceeded\b|\brelieved of\b|\bcoronation\b"),
    ("release", r"\b(?:was|were|been) released(?: from| after| on|\.| in (?!the|a )|,)"),
    ("trial", r"\btrials?\b|\bfound (?:\w+ ){0,3}guilty\b|\bcharged (?:\w+ ){1,3}with\b|\bcourt\b"
              r"|\btribunal\b|\bwas charged\b|\bstood trial\b|\bverdict\b"),
    ("arrest", r"\btaken (?:prisoner|into custody)\b|\bhouse arrest\b|\bcaptured\b(?= (?:him|her|by))"),
    ("battle", r"\bbattle\b|\bsiege\b|\b(?:troops|army|forces|soldiers|fleet|garrison|cavalry|corps"
               r"|regiment|division|brigade|infantry|navy)\b.*\b(?:took|seized|captured|occupied"
               r"|attacked|crossed|entered|retreated|advanced|fired|held|reached|marched|sank)\b"),
    ("battle", r"\b(?:captured|occupied) \b|\boffensive\b|\bbombardment\b|\bcease(?:d)? fire\b"),
    ("uprising", r"\b(?:uprising|revolt|rebellion|mutiny|coup|insurrection|rising|riots?|revolution)"
                 r"\b.*\b(?:began|broke out|started|spread|ended|failed|erupted|led to)\b"),
    ("uprising", r"^\W*(?:an?|the) (?:\w+ )?(?:uprising|revolt|mutiny|coup|riot)"),
    ("congress", r"\b(?:congress|conference|convention|summit|synod|council|diet|assembly|parliament"
                 r"|plenum)\b.*\b(?:met|held|opened|took place|began|gathered)\b"),
    ("congress", r"\b(?:attended|held|hosted|organi[sz]ed|opened)\b.*\b(?:congress|conference"
                 r"|convention|summit|meeting|synod)\b"),
    ("founding", r"\b(?:foundation stone|was opened|was inaugurated|opened (?:a|its|the|an)|set up)\b"
                 r"|\blaunched (?:a|an|the|its) (?:\w+ )*(?:newspaper|paper|party|company|school|club)"),
    ("journey", r"\b(?:left|leaving) (?:for|from|the (?:country|city|island|town))\b|\bforced .* to flee\b"
                r"|\bset (?:out|sail)\b|\bsent (?:\w+ ){1,3}to the\b|\bwent (?:to|into|on|at once)\b"
                r"|\bcame (?:to|back)\b|\bcrossed the\b|\btook ship\b|\bexpedition\b|\bvoyage\b"),
    ("journey", r"\bleft [A-ZÀ-Þ]\w+"),
)  # fmt: skip
"""Turns of phrase, tried in this order; the last needs its capital."""

_NOUNS = {
    "death": "suicide",
    "marriage": "wedding marriage engagement",
    "treaty": "treaty armistice truce ceasefire capitulation",
    "congress": "congress conference summit",
    "letter": "letter telegram",
    "speech": "speech lecture sermon eulogy",
    "prize": "prize medal",
    "uprising": "uprising revolt rebellion mutiny",
    "strike": "strike",
}
"""Nouns that say it by themselves, beside a verb that says little."""

_GRIM = frozenset(
    base(word)
    for word in (
        "killed murdered assassinated executed hanged beheaded guillotined garrotted massacred"
        " drowned shot stabbed poisoned strangled tortured lynched slaughtered bombed raped"
        " crucified gassed starved perished slew"
    ).split()
)
_GRIM_NOUNS = re.compile(
    r"\b(?:suicide|massacres?|genocide|executions?|assassinations?|murders?|gallows|guillotine|"
    r"put to death|death sentence|sentenced to death|pogroms?|lynching|corpses?|famine|at the stake|"
    r"killings?|firing squad|casualties|fatalities|resulting in .* deaths?|loss of \d+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTED = re.compile(r"[\"“«][^\"“”«»]*[\"”»]")

_KIND_OF_VERB = {base(word): kind for kind, words in _VERBS.items() for word in words.split()}
_KIND_OF_NOUN = {word: kind for kind, words in _NOUNS.items() for word in words.split()}
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _PHRASES)


def kind_of(text: str, verb: str = "") -> str:
    """Return the kind of what a sentence tells; `verb` is its main verb, in lower case."""
    plain = _QUOTED.sub(" ", text)
    words = _words_of(plain)
    if verb and (kind := _KIND_OF_VERB.get(base(verb))):
        return kind
    if verb == "became" and any(is_role(word) for word in words):
        return "appointment"
    lowered = plain.lower()
    for kind, pattern in _PATTERNS[:-1]:
        if pattern.search(lowered):
            return kind
    for word in words:
        if form(word) not in (Form.NONE, Form.GERUND) and (
            kind := _KIND_OF_VERB.get(base(word), "")
        ):
            return kind
    kind, pattern = _PATTERNS[-1]
    if pattern.search(plain):
        return kind
    return next((_KIND_OF_NOUN[word] for word in words if word in _KIND_OF_NOUN), "event")


def _words_of(text: str) -> Sequence[str]:
    """Return the words in lower case, without names inside the sentence."""
    found = _WORD.findall(text)
    return [word.lower() for at, word in enumerate(found) if at == 0 or not word[0].isupper()]


def tone_of(text: str, kind: str) -> Tone:
    """Return GRIM for killings, executions, suicides and massacres."""
    if kind in ("execution", "assassination") or _GRIM_NOUNS.search(text):
        return Tone.GRIM
    grim = any(base(word) in _GRIM for word in _words_of(text) if form(word) is not Form.NONE)
    return Tone.GRIM if grim else Tone.PLAIN
