"""Packs that tell of the same: what a program compiled joins what a person wrote.

Where a compiled pack and another one tell of one person, thing or event, it is told once; so is an
event of which two articles of one compiled pack tell. What a hand-written pack says goes before
what a compiled one says, and of two compiled ones the first goes before; what it lacks is taken
from the other, whose source is kept as a further one. Two hand-written packs are left as they are:
each says what its writer meant, and answers tell both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from knowledge.model import Entity, Event, Further, Mention, Pack, Relation
from knowledge.packs.same_event import ONCE, is_same_event
from knowledge.same_entity import Identity, is_same


class United(NamedTuple):
    """Packs in their order, and how many entities and events of theirs were joined to others."""

    packs: list[Pack]
    entities: int = 0
    events: int = 0


def united(packs: Sequence[Pack]) -> United:
    """Return packs in which nothing is told twice that was compiled."""
    compiled = [pack for pack in packs if pack.compiled]
    if not compiled or (len(packs) == len(compiled[0].sources) == 1):
        return United(list(packs))
    by_worth = sorted(packs, key=lambda pack: pack.compiled)
    entities = _Entities()
    for pack in by_worth:
        entities.add(pack)
    events = _Events()
    for pack in by_worth:
        events.add(pack, entities)
    return United(
        [
            replace(
                pack,
                entities=tuple(map(entities.led_over, entities.left[pack.id])),
                events=tuple(events.left[pack.id]),
            )
            for pack in packs
        ],
        entities=len(entities.joined),
        events=events.joined,
    )


class _Entities:
    """The entities that are left of each pack, and those that were joined to them."""

    def __init__(self) -> None:
        self.left: dict[str, list[Entity]] = {}
        self.joined: dict[str, Mention] = {}
        """By the key of an entity that was joined: the one that it joined."""
        self._named: dict[str, dict[str, Identity]] = defaultdict(dict)
        self._places: dict[str, tuple[str, int]] = {}
        self._order: dict[str, int] = {}

    def add(self, pack: Pack) -> None:
        """Take a pack's entities; the packs come by worth, the hand-written ones first.

        A pack keeps its own people apart, so each entity of another one is joined by one at most.
        """
        own: list[Entity] = []
        joined: set[str] = set()
        new: list[tuple[Identity, Entity]] = []
        for entity in pack.entities:
            identity = Identity.of(entity)
            same = self._same(identity) if pack.compiled else None
            if same is not None and same not in joined:
                joined.add(same)
                self._join(same, entity)
            else:
                self._places[entity.key] = (pack.id, len(own))
                self._order[entity.key] = len(self._order)
                own.append(entity)
                new.append((identity, entity))
        for identity, entity in new:
            for name in identity.whole_names:
                self._named[name][entity.key] = identity
        self.left[pack.id] = own

    def _same(self, identity: Identity) -> str | None:
        """Return the key of the one entity that this is; of several packs' accounts the first.

        Where one pack has two that it could be, it is neither.
        """
        same = [
            key
            for name in identity.whole_names
            for key, other in self._named.get(name, {}).items()
            if is_same(identity, other)
        ]
        keys = sorted(dict.fromkeys(same), key=self._order.__getitem__)
        packs = {self._places[key][0] for key in keys}
        return keys[0] if keys and len(packs) == len(keys) else None

    def _join(self, key: str, other: Entity) -> None:
        pack, place = self._places[key]
        entity = self.left[pack][place]
        self.left[pack][place] = _with_account(entity, other)
        self.joined[other.key] = Mention(entity.name, key)

    def led_over(self, entity: Entity) -> Entity:
        """Return an entity whose relations lead to the entities that are left."""
        relations = dict.fromkeys(
            Relation(kind, self.joined.get(to.key or "", to)) for kind, to in entity.relations
        )
        if tuple(relations) == entity.relations:
            return entity
        return replace(entity, relations=tuple(r for r in relations if r.to.key != entity.key))

    def with_those_left(self, event: Event) -> Event:
        """Return an event that mentions the entities that are left."""
        return replace(
            event,
            people=self._mentioned(event.people),
            places=self._mentioned(event.places),
            things=self._mentioned(event.things),
        )

    def _mentioned(self, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        return tuple(dict.fromkeys(self.joined.get(one.key or "", one) for one in mentions))


def _with_account(entity: Entity, other: Entity) -> Entity:
    """Return an entity with what another pack's account of it adds."""
    known = set(entity.names)
    aliases = [name for name in (other.name, *other.aliases) if name not in known]
    return replace(
        entity,
        aliases=(*entity.aliases, *dict.fromkeys(aliases)),
        transliterations=_union(entity.transliterations, other.transliterations),
        pen_names=_union(entity.pen_names, other.pen_names),
        born=entity.born or other.born,
        died=entity.died or other.died,
        description=entity.description or other.description,
        text=entity.text or other.text,
        relations=(*entity.relations, *other.relations),
        mentions=max(entity.mentions, other.mentions),
        note=entity.note or other.note,
        further=(*entity.further, Further(other.pack, other.citation), *other.further),
    )


def _union(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *others)))


_Join = tuple[tuple[str, int], str]
"""The place of an event that was joined, and the source of the one that joined it."""


class _Events:
    """The events that are left of each pack, and how many were joined to them."""

    def __init__(self) -> None:
        self.left: dict[str, list[Event]] = {}
        self.joined = 0
        self._places: dict[object, list[tuple[str, int]]] = defaultdict(list)

    def add(self, pack: Pack, entities: _Entities) -> None:
        """Take a pack's events; the packs come by worth."""
        own = self.left[pack.id] = []
        joined: set[_Join] = set()
        for event in map(entities.with_those_left, pack.events):
            place = self._same(event, joined) if pack.compiled else None
            if place is None:
                for sign in _signs(event):
                    self._places[sign].append((pack.id, len(own)))
                own.append(event)
                continue
            joined.add((place, event.citation.source.id))
            self.joined += 1
            of_pack, number = place
            kept = self.left[of_pack][number]
            further = (*kept.further, Further(event.pack, event.citation), *event.further)
            self.left[of_pack][number] = replace(kept, further=further)

    def _same(self, event: Event, joined: set[_Join]) -> tuple[str, int] | None:
        """Return where the same event stands, if it does; two of one article are never one."""
        source = event.citation.source.id
        for sign in _signs(event):
            for place in self._places.get(sign, ()):
                pack, number = place
                other = self.left[pack][number]
                is_of_one_article = pack == event.pack and other.citation.source.id == source
                if is_of_one_article or (place, source) in joined:
                    continue
                if is_same_event(event, other):
                    return place
        return None


def _signs(event: Event) -> list[object]:
    """Return what one event has in common in two packs: its date, and of a birth or death whose."""
    signs: list[object] = [event.date.start, (event.date.first_day, event.date.precision)]
    if event.kind in ONCE and event.people:
        signs.append((event.kind, event.people[0].key))
    return signs
