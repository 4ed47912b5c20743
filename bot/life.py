"""When and where somebody was born or died, as an answer tells it."""

from __future__ import annotations

from bot.command import Request
from bot.items import dated_item, entity_item
from bot.reply import Heading, Note, Part
from bot.vocabulary import BIRTH, DEATH
from knowledge.date_format import format_date
from knowledge.model import Entity, Event, Precision
from knowledge.store import Store


def life_parts(store: Store, person: Entity, request: Request, *, birth: bool) -> list[Part]:
    """Return a person's birth or death with its date; nothing where the library has none."""
    kinds = BIRTH.kinds if birth else DEATH.kinds
    own = [event for event in store.events_of(person.key) if _is_about(event, person, kinds)]
    date = person.born if birth else person.died
    if own:
        items = [dated_item(event, request.language) for event in own[:2]]
        return [items[0], *precision_note(own[0]), *items[1:]]
    if date:
        verb = "born" if birth else "died"
        heading = Heading(person.name, f"{verb} {format_date(date, request.language)}")
        return [heading, entity_item(person)]
    return []


def _is_about(event: Event, person: Entity, kinds: frozenset[str]) -> bool:
    """Whether an event of one of these kinds is this person's own: its first person's."""
    return event.kind in kinds and bool(event.people) and event.people[0].key == person.key


def precision_note(event: Event) -> list[Part]:
    """Return what to say where the source gives no day."""
    match event.date.precision:
        case Precision.DAY:
            return []
        case Precision.MONTH:
            return [Note("The source gives the month, and no day.")]
        case Precision.YEAR:
            return [Note("The source gives the year, and no day.")]
    return [Note("The source says no more of when it was.")]
