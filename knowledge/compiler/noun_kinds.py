"""What kind of thing a noun within a name makes it: "Varnian Labour Party", "Lake Orla"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from knowledge.compiler.name_runs import EPITHETS, PARTICLES
from knowledge.compiler.people_words import (
    TITLES,
)
from knowledge.compiler.thing_words import (
    COUNTRIES,
    KINDS,
    PLACES_OF_SEVERAL_WORDS,
    SHIP_PREFIXES,
    WORK_NOUNS,
)
from knowledge.compiler.words import WEEKDAYS, is_numeral
from knowledge.model import EntityKind

PERSON, PLACE, BODY, WORK, SHIP = (
    EntityKind.PERSON,
    EntityKind.PLACE,
    EntityKind.ORGANISATION,
    EntityKind.WORK,
    EntityKind.SHIP,
)


_PLACES_FIRST = frozenset(
    " lake mont chemin rue mount cape fort port river castle isle camp villa loch lough"
    " llyn lac lago theatre teatro hotel hôtel château chateau schloss palazzo"
    " puerto bad monte san santa"
    " são rio las los".split()
)


_NAMES_THAT_ARE_NOUNS = frozenset(
    "hill hills wood ford hall field fields park lane bridge church brook pond waters castle house"
    " king bishop abbot case march price mill mills fort marsh lake forest head point cliff spring"
    " springs falls cross star law temple english pass gate tower chapel street palace bank banks"
    " order parish garden gardens green moor stone guard guards club bond battle war peace gospel"
    " cave coast shore island beach creek stream sound firth row market mountain valley court bell"
    " fair parade fleet trust fund sons brothers record mass act song hart constable bloom"
    " crane raid college prior works mine bay rivers farm estate manor terrace place yard dock"
    " borough commune quay quarter case trial chamber chambers press race steppe league prix"
    " bull day way town city state may young rose grant page cook rice black white brown gray"
    " marshall baker".split()
)


def noun_kind(words: Sequence[str]) -> tuple[EntityKind, bool] | None:
    """Return the kind that a noun within a name gives it, and whether it could be a surname."""
    return _noun_kind(tuple(words))


_TELL_BODIES_APART = frozenset(
    "one two three four five six seven eight nine ten north south east west central premier"
    " national".split()
)
"""What stands behind "League", "Division", "Conference" or "Platform" and is no surname there."""


@lru_cache(maxsize=16_384)
def _noun_kind(words: tuple[str, ...]) -> tuple[EntityKind, bool] | None:
    if not words:
        return None
    lowered = [word.lower() for word in words]
    joined = " ".join(words)
    if joined in COUNTRIES or joined in PLACES_OF_SEVERAL_WORDS:
        return PLACE, False
    if lowered[0] in SHIP_PREFIXES and len(words) > 1:
        return SHIP, False
    for joint in ("of", "for"):
        if joint in lowered[1:]:
            at = lowered.index(joint, 1)
            head = lowered[at - 1]
            kind = KINDS.get(head) or KINDS.get(head.rstrip("s"))
            if kind is not None and head not in TITLES:
                return kind, False
            if head in TITLES:
                return EntityKind.CONCEPT, False
            return None
    if len(words) == 1:
        return None
    if lowered[0] in _PLACES_FIRST:
        return PLACE, False
    if words[-1] in COUNTRIES:
        return PLACE, lowered[-2] not in {"de", "del", "do", "da"}  # "Santiago de Cuba"
    if lowered[0] in WORK_NOUNS:
        return WORK, True
    if lowered[0] in {"operation", "operations", "hurricane", "typhoon"}:
        return EntityKind.EVENT, False
    if lowered[0] in {"project", "article"}:
        return EntityKind.CONCEPT, False
    last = lowered[-1]
    if words[-1] in WEEKDAYS or lowered[0] in {"saint", "st.", "st"}:
        return (EntityKind.EVENT, False) if words[-1] in WEEKDAYS else None
    if lowered[-2] in {"world", "civil"} and last == "war":
        return EntityKind.EVENT, False
    if is_numeral(words[-1]) and lowered[-2] in KINDS and lowered[-2] not in TITLES:
        return KINDS[lowered[-2]], False
    if lowered[0] == "best" and len(words) > 2:
        return EntityKind.CONCEPT, False  # "Best Folk Album", a prize
    if last in _TELL_BODIES_APART and lowered[-2] in KINDS and lowered[-2] not in TITLES:
        return BODY if KINDS[lowered[-2]] is EntityKind.EVENT else KINDS[lowered[-2]], False
    kind = KINDS.get(last)
    if kind is None and last.endswith("s"):
        kind = KINDS.get(last[:-1])
    if kind is None and len(words) > 2:
        inner = [KINDS.get(word) for word in lowered[1:-1]]
        return (BODY, False) if BODY in inner and lowered[1] not in TITLES else None
    if kind is None:
        return None
    return kind, last in _NAMES_THAT_ARE_NOUNS or last in TITLES


_STATES_IN_SHORT = frozenset({"U.S.", "U.K.", "U.N.", "U.S.A.", "E.U.", "U.S.S.R."})


def looks_like_a_person(words: Sequence[str]) -> bool:
    """Whether a name's own form shows a person: initials, particles, Jr., a king's number."""
    if words[0].lower() in KINDS or words[0].lower() in {
        "mark",
        "type",
        "model",
        "class",
        "panzer",
        "line",
        "phase",
    }:
        return False
    if len(words) > 1 and (is_numeral(words[-1]) or words[-1] in {"Jr.", "Jr", "Sr.", "Sr"}):
        return True
    if len(words) >= 3 and words[-2] == "the" and words[-1] in EPITHETS:
        return True
    if any(word in PARTICLES for word in words[1:-1]) and "of" not in words:
        return True
    return (
        len(words) > 1
        and any(
            word[-1] == "." and len(word) <= 6 and word not in _STATES_IN_SHORT
            for word in words[:-1]
        )
        and (words[0] not in {"St.", "Mt.", "Ft."})
    )
