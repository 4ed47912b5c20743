"""Whether two packs tell of one person."""

from __future__ import annotations

from knowledge.model import Entity, EntityKind
from knowledge.names import fold


def is_same_person(one: Entity, other: Entity) -> bool:
    """Whether two packs seem to tell of one person: one whole name, and no year against it.

    A pack keeps its own people apart, so two of one pack are never one. The answer says that it
    took them for one.
    """
    if one.pack == other.pack or {one.kind, other.kind} != {EntityKind.PERSON}:
        return False
    years = ((one.born, other.born), (one.died, other.died))
    agree = all(a is None or b is None or a.start.year == b.start.year for a, b in years)
    return agree and fold(one.name) in map(fold, other.names) and " " in one.name
