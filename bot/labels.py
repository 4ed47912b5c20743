"""A text for each entity that, asked, means it alone: its name, with more where that is shared."""

from __future__ import annotations

from datetime import date

from knowledge.dates import read_date
from knowledge.model import Entity
from knowledge.names import fold
from knowledge.store import Store

_ANY_DAY = date(2000, 1, 1)


def label(store: Store, entity: Entity) -> str:
    """Return the name; where it means others too, or reads as a date, with what tells it apart."""
    bearers = _bearers(store, entity.name)
    is_alone = [bearer.key for bearer in bearers] == [entity.key]
    if is_alone and read_date(entity.name, _ANY_DAY) is None:
        return entity.name
    long = _with_years(entity)
    shared = [bearer for bearer in bearers if fold(_with_years(bearer)) == fold(long)]
    return long if len(shared) <= 1 else _with_id(entity)


def by_label(store: Store, text: str) -> Entity | None:
    """Return the entity whose long label was typed, as a choice asks it."""
    name, bracket, _ = text.rpartition(" (")
    if not bracket:
        return None
    bearers = _bearers(store, name)
    for form in (_with_id, _with_years):
        found = [bearer for bearer in bearers if fold(form(bearer)) == fold(text)]
        if len(found) == 1:
            return found[0]
    return None


def _bearers(store: Store, name: str) -> tuple[Entity, ...]:
    return store.entities_with(store.names.find(name).found)


def _with_years(entity: Entity) -> str:
    years = [str(life.start.year) for life in (entity.born, entity.died) if life]
    return f"{entity.name} ({'–'.join(years) or entity.kind}, {entity.pack})"


def _with_id(entity: Entity) -> str:
    pack, _, number = entity.key.partition("/")
    return f"{entity.name} ({number}, {pack})"
