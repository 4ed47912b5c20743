"""What events may be narrowed down to: an entity by its name, or everything from one pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import UserError
from bot.labels import by_label, label
from bot.reply import Outcome
from bot.same_person import is_same_person
from bot.wording import quoted
from knowledge.model import Event
from knowledge.names import fold
from knowledge.store import PackSummary, Store


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what events are about."""

    name: str
    accepts: Callable[[Event], bool]
    events: Callable[[], list[Event]]


def read_subject(store: Store, text: str) -> Subject:
    """Return what a typed name narrows events down to.

    An entity goes before a pack of the same name. Raises UserError where nobody or several bear
    the name, with the choices.
    """
    labelled = by_label(store, text)
    if labelled:
        return _entity(store, [labelled.key])
    match = store.names.find(text)
    found = store.entities_with(match.found)
    if found and all(is_same_person(found[0], other) for other in found[1:]):
        return _entity(store, list(match.found))
    for pack in store.pack_summaries:
        if fold(text) in (fold(pack.title), fold(pack.id)):
            return _pack(store, pack)
    offered = store.entities_with(match.found or match.nearest)
    names = tuple(label(store, entity) for entity in offered)
    if match.found:
        message = f'Several in the library bear the name "{quoted(text)}".'
        raise UserError(message, names, Outcome.AMBIGUOUS)
    raise UserError(f'"{quoted(text)}" is not in the library.', names, Outcome.NOT_FOUND)


def _pack(store: Store, pack: PackSummary) -> Subject:
    return Subject(
        pack.title,
        lambda event: event.pack == pack.id,
        lambda: store.events_of_pack(pack.id),
    )


def _entity(store: Store, keys: list[str]) -> Subject:
    """Return a subject of one entity, or of one person whom several packs tell of."""
    entity = store.entity(keys[0])
    events = {event.key: event for key in keys for event in store.events_of(key)}
    return Subject(
        entity.name if entity else keys[0],
        lambda event: event.key in events,
        lambda: list(events.values()),
    )
