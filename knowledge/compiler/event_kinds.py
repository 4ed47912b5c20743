"""What kind of happening a sentence tells, by its verbs and nouns, and whether it is grim.

The kinds are those of docs/packs.md. The tables hold general words of history writing; a verb
stands in its past tense and is found in every form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.compiler.people_words import is_role
from knowledge.compiler.verb_forms import Form, base, form
from knowledge.model import Tone

_VERBS = {
    "birth": "born",
    "death": "died drowned perished succumbed",
    "execution": "executed hanged beheaded guillotined garrotted shot-dead crucified burned-alive",
    "assassination": "assassinated murdered poisoned stabbed",
    "marriage": "married wed remarried",
    "arrest": "arrested imprisoned detained jailed interned apprehended captured-person",
    "release": "freed pardoned amnestied liberated",
    "exile": "exiled banished deported expelled",
    "trial": "tried convicted sentenced acquitted indicted charged prosecuted condemned",
    "treaty": "ratified",
    "resignation": "resigned abdicated retired",
    "appointment": (
        "appointed elected promoted crowned enthroned became succeeded nominated named chosen"
        " installed acceded ordained consecrated reelected re-elected knighted chose"
    ),
    "publication": "published printed serialised serialized reprinted",
    "battle": (
        "defeated besieged invaded bombarded stormed surrendered bombed routed ambushed"
        " conquered overran raided repulsed fought shelled"
    ),
    "uprising": "rebelled mutinied revolted overthrew",
    "decree": (
        "decreed enacted proclaimed abolished banned legalised legalized outlawed repealed annexed"
        " prohibited"
    ),
    "vote": "voted",
    "speech": "spoke addressed lectured preached",
    "journey": (
        "arrived departed sailed travelled traveled emigrated fled landed settled moved returned"
        " visited escaped immigrated toured embarked docked anchored reached left"
    ),
    "founding": "founded established created formed incorporated chartered co-founded cofounded",
    "congress": "convened assembled",
    "prize": "awarded honoured honored",
    "illness": "fell-ill",
    "rehabilitation": "rehabilitated",
}

_NOUNS = {
    "assassination": "assassination murder assassin",
    "execution": "execution gallows guillotine firing-squad scaffold",
    "death": "death suicide",
    "marriage": "wedding marriage",
    "treaty": "treaty armistice truce peace pact ceasefire capitulation agreement accord convention",
    "trial": "trial court verdict guilty tribunal",
    "arrest": "arrest prison custody",
    "battle": "battle siege offensive bombardment",
    "uprising": "uprising revolt rebellion mutiny coup insurrection revolution rising riot riots",
    "strike": "strike lockout strikers",
    "congress": "congress conference convention summit",
    "vote": "election referendum ballot vote votes bill plebiscite elections",
    "decree": "law act decree edict constitution charter proclamation force",
    "letter": "letter telegram",
    "speech": "speech lecture sermon address",
    "prize": "prize medal award cup title championship trophy",
    "publication": "edition newspaper journal novel book poems article",
    "illness": "stroke illness pneumonia typhus surgery ill",
    "journey": "voyage expedition tour",
    "appointment": "coronation inauguration professor minister president mayor bishop",
    "founding": "foundation",
    "resignation": "resignation abdication",
}
"""Nouns decide where no verb does: in this order, the first kind that has one."""

_LATE_VERBS = {
    "treaty": "signed concluded initialled initialed",
    "founding": "opened inaugurated launched",
    "battle": "seized took captured crossed occupied attacked",
    "strike": "struck",
    "release": "released",
    "publication": "appeared issued released wrote",
    "appointment": "took-office joined",
    "congress": "met",
    "prize": "won",
    "uprising": "rose",
    "letter": "wrote",
    "death": "killed fell",
    "journey": "went came crossed entered",
    "decree": "passed declared signed",
}
"""Verbs of many meanings: they decide with a noun of their kind, or where nothing else does."""

_GRIM = frozenset(
    base(word)
    for word in (
        "killed murdered assassinated executed hanged beheaded guillotined garrotted massacred"
        " drowned shot stabbed poisoned strangled tortured lynched slaughtered burned-alive"
        " bombed raped crucified gassed starved perished slain slew"
    ).split()
)
_GRIM_NOUNS = re.compile(
    r"\b(?:suicide|massacres?|genocide|executions?|assassinations?|murders?|gallows|guillotine|"
    r"put to death|death sentence|sentenced to death|pogroms?|lynching|corpses?|bodies|famine|"
    r"killings?|firing squad|dead and|the dead|casualties|fatalities|deaths of)\b",
    re.IGNORECASE,
)
_NOUN_SPLIT = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _by_base(table: dict[str, str]) -> dict[str, str]:
    return {base(word): kind for kind, words in table.items() for word in words.split()}


_KIND_OF_VERB = _by_base(_VERBS)
_KIND_OF_LATE_VERB: dict[str, tuple[str, ...]] = {}
for _kind, _words in _LATE_VERBS.items():
    for _word in _words.split():
        _KIND_OF_LATE_VERB[base(_word)] = (*_KIND_OF_LATE_VERB.get(base(_word), ()), _kind)
_PLAIN_LATE = {
    base(verb): kind
    for verb, kind in (
        ("captured", "battle"),
        ("occupied", "battle"),
        ("signed", "treaty"),
        ("killed", "death"),
        ("inaugurated", "founding"),
    )
}
"""Those of them that decide without a noun."""
_NOUNS_ENOUGH = frozenset(
    "assassination execution death marriage treaty battle strike congress vote letter speech prize"
    " uprising resignation".split()
)
"""Kinds that a noun tells by itself, beside a verb that says little: "was held", "took place"."""
_PROPER = frozenset("congress conference treaty battle siege strike convention election".split())
"""Nouns that tell a kind as part of a name, too: "the Treaty of Kiel was signed"."""
_KINDS_OF_NOUN: dict[str, str] = {}
for _kind, _words in _NOUNS.items():
    for _word in _words.split():
        _KINDS_OF_NOUN.setdefault(_word, _kind)


def kind_of(text: str, verb: str = "") -> str:
    """Return the kind of what a sentence tells; `verb` is its main verb, in lower case."""
    words = _words_of(text)
    verbs = [base(word) for word in words if form(word) not in (Form.NONE, Form.GERUND)]
    main = [base(verb)] if verb else []
    for candidate in [*main, *verbs]:
        kind = _KIND_OF_VERB.get(candidate)
        if kind and (candidate != "become" or any(is_role(word) for word in words)):
            return kind
    nouns = [_KINDS_OF_NOUN[word] for word in words if word in _KINDS_OF_NOUN]
    late = [kind for candidate in verbs for kind in _KIND_OF_LATE_VERB.get(candidate, ())]
    for kind in late:
        if kind in nouns:
            return kind
    plain = [_PLAIN_LATE[candidate] for candidate in verbs if candidate in _PLAIN_LATE]
    if plain:
        return plain[0]
    telling = [kind for kind in nouns if kind in _NOUNS_ENOUGH]
    return telling[0] if telling else "event"


def _words_of(text: str) -> Sequence[str]:
    """Return the words in lower case; what stands in quotation marks says nothing of the kind."""
    plain = re.sub(r"[\"“][^\"“”]*[\"”]", " ", text)
    return [
        word.lower()
        for word in _NOUN_SPLIT.findall(plain)
        if not _is_name(word, plain) or word.lower() in _PROPER
    ]


def _is_name(word: str, text: str) -> bool:
    return word[0].isupper() and not text.startswith(word)


def tone_of(text: str, kind: str) -> Tone:
    """Return GRIM for killings, executions, suicides and massacres."""
    if kind in ("execution", "assassination") or _GRIM_NOUNS.search(text):
        return Tone.GRIM
    words = _words_of(text)
    return Tone.GRIM if _any_grim(words) else Tone.PLAIN


def _any_grim(words: Iterable[str]) -> bool:
    return any(base(word) in _GRIM for word in words if form(word) is not Form.NONE)
