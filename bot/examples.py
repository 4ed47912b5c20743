"""Examples that fit the library at hand, so that every text offered gives an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.labels import label
from knowledge.date_format import format_day
from knowledge.model import Entity, EntityKind, MonthDay
from knowledge.store import Store

MOST_CANDIDATES = 30
"""The weightiest people among whom a day picks one to meet."""


def person_to_meet(store: Store, today: date) -> Entity | None:
    """Return somebody worth looking up, another one each day; none where nobody is known."""
    people = people_worth_knowing(store)
    return people[today.toordinal() % len(people)] if people else None


def people_worth_knowing(store: Store) -> Sequence[Entity]:
    """Return the weightiest people, those of whom most is told first."""
    return store.most_told(EntityKind.PERSON, MOST_CANDIDATES)


def example_entity(store: Store) -> Entity | None:
    """Return the weightiest person, or a thing where nobody is known."""
    entities = people_worth_knowing(store) or store.entities()
    return entities[0] if entities else None


def example_name(store: Store) -> str | None:
    """Return what means the weightiest person alone; it takes the index of names."""
    entity = example_entity(store)
    return label(store, entity) if entity else None


def example_day(store: Store, language: str = "en") -> str | None:
    """Return a day on which something weighty is told."""
    event = store.weightiest_event_with_a_day()
    day: MonthDay | None = event.date.start.month_day if event else None
    return format_day(day, language) if day else None


def example_birth(store: Store) -> str | None:
    """Return "X born" of the weightiest person, where the birth is known."""
    entity = example_entity(store)
    is_known = entity is not None and entity.kind is EntityKind.PERSON and entity.born is not None
    return f"{label(store, entity)} born" if entity and is_known else None


def example_event_words(store: Store) -> str | None:
    """Return words that /when takes: of somebody's birth, else a name."""
    return example_birth(store) or example_name(store)
