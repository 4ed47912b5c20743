"""What somebody is to another: nouns such as "wife", and the kinds of relation that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.vocabulary.slips import LEAST_OF_A_NOUN, slip_for

_KINDS_OF_NOUN: dict[str, str] = {
    "spouse": "wife husband spouse",
    "partner": "partner wife husband lover",
    "dad": "father",
    "mum": "mother",
    "mom": "mother",
    "parent": "father mother parent",
    "child": "son daughter child",
    "kid": "son daughter child",
    "sibling": "brother sister sibling half-brother half-sister",
    "brother": "brother half-brother",
    "sister": "sister half-sister",
    "grandparent": "grandfather grandmother grandparent",
    "grandchild": "grandson granddaughter grandchild",
    "uncle": "uncle",
    "assassin": "assassin killer murderer",
    "killer": "assassin killer murderer",
    "murderer": "assassin killer murderer",
    "attacker": "attacker",
    "author": "author co-author creator",
    "writer": "author co-author creator",
    "founder": "founder co-founder creator",
    "creator": "creator author founder maker",
    "leader": "leader head chairman president commander ruler chief",
    "head": "head leader chairman president director",
    "chairman": "chairman head leader",
    "chair": "chairman head leader",
    "chairwoman": "chairwoman chairman head",
    "president": "president head leader chairman",
    "commander": "commander leader",
    "captain": "captain commander",
    "boss": "superior leader head",
    "heir": "successor heir",
    "successor": "successor heir",
    "lover": "lover partner",
    "mistress": "lover",
    "enemy": "enemy rival opponent",
    "opponent": "opponent rival enemy critic",
    "rival": "rival opponent enemy",
    "friend": "friend ally",
    "ally": "ally friend collaborator",
    "teacher": "teacher",
    "pupil": "pupil student",
    "student": "student pupil",
    "lawyer": "lawyer defender",
    "victim": "victim target",
    "relative": "father mother parent wife husband spouse son daughter child brother sister"
    " grandfather grandmother grandson granddaughter uncle aunt nephew niece cousin brother-in-law"
    " sister-in-law",
    "family": "father mother parent wife husband spouse son daughter child brother sister"
    " grandfather grandmother grandson granddaughter uncle aunt nephew niece cousin brother-in-law"
    " sister-in-law",
}
_PLURALS = {
    "wives": "wife",
    "children": "child",
    "kids": "kid",
    "grandchildren": "grandchild",
    "enemies": "enemy",
    "allies": "ally",
    "mistresses": "mistress",
    "families": "family",
}

OTHER_SIDE: dict[str, tuple[str, ...]] = {
    "husband": ("wife",),
    "wife": ("husband",),
    "spouse": ("spouse", "husband", "wife"),
    "partner": ("partner",),
    "lover": ("lover",),
    "father": ("son", "daughter", "child"),
    "mother": ("son", "daughter", "child"),
    "parent": ("son", "daughter", "child"),
    "son": ("father", "mother", "parent"),
    "daughter": ("father", "mother", "parent"),
    "child": ("father", "mother", "parent"),
    "grandfather": ("grandson", "granddaughter", "grandchild"),
    "grandmother": ("grandson", "granddaughter", "grandchild"),
    "grandson": ("grandfather", "grandmother"),
    "granddaughter": ("grandfather", "grandmother"),
    "brother": ("brother", "sister"),
    "sister": ("brother", "sister"),
    "uncle": ("nephew", "niece"),
    "aunt": ("nephew", "niece"),
    "nephew": ("uncle", "aunt"),
    "niece": ("uncle", "aunt"),
    "cousin": ("cousin",),
    "assassin": ("victim",),
    "killer": ("victim",),
    "attacker": ("target",),
    "author": ("work", "book"),
    "work": ("author",),
    "foundation": ("founder",),
    "victim": ("assassin", "killer", "murderer"),
    "target": ("attacker",),
    "role": ("actor",),
    "founder": ("foundation",),
    "predecessor": ("successor",),
    "successor": ("predecessor",),
    "teacher": ("student", "pupil"),
    "student": ("teacher",),
    "pupil": ("teacher",),
    "host": ("guest",),
    "guest": ("host",),
    "friend": ("friend",),
    "ally": ("ally",),
    "rival": ("rival",),
    "enemy": ("enemy",),
    "opponent": ("opponent",),
    "collaborator": ("collaborator",),
    "actor": ("role", "character"),
}
"""What the other one is: to a husband a wife, to a father a son, a daughter or a child."""

KIN = frozenset(
    "father mother parent son daughter child brother sister sibling half-brother half-sister"
    " husband wife spouse partner grandfather grandmother grandparent grandson granddaughter"
    " grandchild uncle aunt nephew niece cousin".split()
)
"""Kinds of relation in a family."""

OF_THINGS = frozenset({"work", "book", "foundation", "role", "character"})
"""Kinds of relation that a thing has to somebody; the others are between people."""

_MODIFIERS = frozenset(
    "first second third last older elder younger eldest youngest oldest only late former famous own"
    " real best big little close closest main chief two three four".split()
)


def relation_kinds(noun: str, known: frozenset[str]) -> tuple[str, ...]:
    """Return the kinds of relation that a noun names; none if it names no relation.

    `known` are the kinds in the library; each is named by its own words too.
    """
    words = re.sub(r"\s+in\s+law\b", "-in-law", noun.casefold()).split()
    while words and words[0] in _MODIFIERS and known.isdisjoint(_singulars(" ".join(words))):
        words = words[1:]
    typed = " ".join(words)
    for form in _singulars(typed):
        if form in _KINDS_OF_NOUN:
            return with_modified((*_KINDS_OF_NOUN[form].split(), *({form} & known)), known)
        if form in known or form in OTHER_SIDE:
            return with_modified((form,), known)
    meant = slip_for(typed, (*_KINDS_OF_NOUN, *OTHER_SIDE), LEAST_OF_A_NOUN, vowels=True)
    return relation_kinds(meant, known) if meant else ()


def with_modified(kinds: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """Return kinds of relation with those of the library that say more: "intended successor"."""
    modified = sorted(kind for kind in known if kind.rpartition(" ")[2] in kinds)
    return tuple(dict.fromkeys((*kinds, *modified)))


def _singulars(noun: str) -> tuple[str, ...]:
    """Return a noun and what it may be the plural of: "wives", "secretaries", "brothers-in-law"."""
    head, law, _ = noun.partition("-in-law")
    forms = [head, _PLURALS.get(head, "")]
    forms += [head[:-3] + "y"] if head.endswith("ies") else []
    forms += [head[:-2]] if head.endswith("es") else []
    forms += [head[:-1]] if head.endswith("s") else []
    return tuple(f"{form}{law}" for form in forms if form)
