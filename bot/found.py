"""Which of the facts found for a question are an answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from bot.wishes import Wishes
from knowledge.finder import Wish
from knowledge.model import Entity, Event
from knowledge.store import FoundEntity, FoundEvent, Store

ENOUGH = 0.62
"""The share of what was asked for that a fact must cover to be an answer."""

ENOUGH_SAID = 0.5
"""The share of the words that are no names: "died" must be there, not only who."""

AS_GOOD = 0.06
"""What covers so little less than the best answers as well."""

MOST_LOOKED_AT = 12

Row = TypeVar("Row", FoundEvent, FoundEntity, FoundEvent | FoundEntity)


def best_events(store: Store, asked: Wishes, limit: int) -> list[Event]:
    """Return the events that answer, best first; none where none covers enough."""
    found = _good(store.find_events(asked.wishes, asked.span, MOST_LOOKED_AT))
    return [row.event for row in found][:limit]


def events_meant(store: Store, asked: Wishes, limit: int) -> list[Event]:
    """Return the events that the words tell of, best first.

    A thing named alone is asked for its own date: of a treaty, the day of the treaty.
    """
    only_name = asked.names[0] if len(asked.wishes) == len(asked.names) == 1 else ()
    kinds = {str(entity.kind) for entity in only_name} & store.event_kinds
    if kinds:
        own = Wish(kinds=frozenset(kinds))
        with_kind = Wishes((*asked.wishes, own), asked.names, asked.words, asked.span)
        return best_events(store, with_kind, limit) or best_events(store, asked, limit)
    return best_events(store, asked, limit)


def best_entities(store: Store, asked: Wishes, limit: int) -> list[Entity]:
    """Return the entities whose description or text answers, best first."""
    found = _good(store.find_entities(asked.wishes, MOST_LOOKED_AT))
    return [row.entity for row in found][:limit]


def best_facts(store: Store, asked: Wishes, limit: int) -> list[Event | Entity]:
    """Return the events and entities that answer, best first."""
    rows: list[FoundEvent | FoundEntity] = []
    rows += store.find_events(asked.wishes, asked.span, MOST_LOOKED_AT)
    if asked.span is None:
        rows += store.find_entities(asked.wishes, MOST_LOOKED_AT)
    rows.sort(key=lambda row: -row.coverage)
    found = _good(rows)
    return [row.event if isinstance(row, FoundEvent) else row.entity for row in found][:limit]


def _good(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that cover enough, and about as much as the best of them."""
    enough = [row for row in rows if row.coverage >= ENOUGH and row.said >= ENOUGH_SAID]
    best = max((row.coverage for row in enough), default=0.0)
    return [row for row in enough if row.coverage >= best - AS_GOOD]
