"""Who is what to an entity, in a few sentences: family first, and what is left out is counted."""

from __future__ import annotations

from bot.wording import joined
from knowledge.model import Entity
from knowledge.store import Store

MOST_KINDS = 14
MOST_NAMES = 5
"""Kinds of relations, and names of one kind, that an answer tells."""

_FIRST = (
    "father mother parent husband wife partner son daughter child brother sister grandfather"
    " grandmother grandson granddaughter brother-in-law sister-in-law assassin killer victim"
    " predecessor successor author work founder leader secretary biographer friend ally enemy"
).split()
_RANK = {kind: rank for rank, kind in enumerate(_FIRST)}


def relations_in_words(store: Store, entity: Entity) -> str:
    """Return "Wife: A. Son: B and C.", each from the side of those who say it of the entity."""
    by_kind: dict[str, dict[str, None]] = {}
    related = store.related_to(entity.key)
    for kind, _, name in related:
        by_kind.setdefault(kind, {})[name] = None
    said = {other.key for other in related}
    sentences = [
        f"{kind.capitalize()}: {_names(list(by_kind[kind]))}."
        for kind in sorted(by_kind, key=lambda kind: _RANK.get(kind, len(_RANK)))
    ]
    sentences += [
        f"{relation.kind.capitalize()} of {relation.to.name}."
        for relation in entity.relations
        if relation.to.key not in said
    ]
    left = len(sentences) - MOST_KINDS
    if left > 1:
        sentences[MOST_KINDS:] = [f"{left} more kinds of relations are not told here."]
    return " ".join(sentences)


def _names(names: list[str]) -> str:
    left = len(names) - MOST_NAMES
    return joined([*names[:MOST_NAMES], f"{left} more"] if left > 1 else names)
