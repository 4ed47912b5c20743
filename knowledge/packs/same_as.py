"""Entities that an edit says are the same as others: names and relations move, mentions follow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from knowledge.packs.assembly import PlacedEntry
from knowledge.packs.entries import EntityEntry, EventEntry, RelationEntry


def joined(placed: Sequence[PlacedEntry], same: Mapping[str, str]) -> list[PlacedEntry]:
    """Return the entries without the entities that are others; `same` leads from id to id.

    The one that stays keeps what it says, gains the other's names and relations, and takes what it
    lacks of dates and description from it.
    """
    if not same:
        return list(placed)
    bearers = Counter(place.entry.name for place in placed if isinstance(place.entry, EntityEntry))
    by_id = {
        place.entry.id: place.entry
        for place in placed
        if isinstance(place.entry, EntityEntry) and place.entry.id
    }
    gone: dict[str, list[EntityEntry]] = defaultdict(list)
    meant: dict[str, str] = {}
    for entity_id, target in same.items():
        if entity_id in by_id and target in by_id:
            one, staying = by_id[entity_id], by_id[target]
            gone[target].append(one)
            # as events name it: by its name, or by its id where others bear that name too
            meant[entity_id] = staying.name if bearers[staying.name] == 1 else target
            if bearers[one.name] == 1:
                meant[one.name] = meant[entity_id]
    kept: list[PlacedEntry] = []
    for place in placed:
        entry = place.entry
        if isinstance(entry, EventEntry):
            entry = replace(
                entry,
                people=_renamed(entry.people, meant),
                places=_renamed(entry.places, meant),
                things=_renamed(entry.things, meant),
            )
        elif isinstance(entry, EntityEntry):
            if entry.id in same:
                continue
            entry = _with_relations(_with_others(entry, gone[entry.id or ""]), meant)
        kept.append(place._replace(entry=entry))
    return kept


def _renamed(names: Iterable[str], meant: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(meant.get(name, name) for name in names))


def _with_others(entry: EntityEntry, others: Iterable[EntityEntry]) -> EntityEntry:
    for other in others:
        names = dict.fromkeys((*entry.aliases, other.name, *other.aliases))
        entry = replace(
            entry,
            aliases=tuple(name for name in names if name != entry.name),
            born=entry.born or other.born,
            died=entry.died or other.died,
            description=entry.description or other.description,
            relations=(*entry.relations, *other.relations),
            mentions=entry.mentions + other.mentions,
        )
    return entry


def _with_relations(entry: EntityEntry, meant: Mapping[str, str]) -> EntityEntry:
    """Return an entity whose relations lead to those that stay, and never to itself."""
    moved = dict.fromkeys(
        RelationEntry(relation.kind, meant.get(relation.to, relation.to))
        for relation in entry.relations
    )
    own = {entry.id, entry.name}
    return replace(entry, relations=tuple(one for one in moved if one.to not in own))
