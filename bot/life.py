"""When and where somebody was born or died, as an answer tells it."""

from __future__ import annotations

import re

from bot.command import Request
from bot.items import dated_item, entity_item
from bot.reply import Heading, Note, Part
from bot.vocabulary.senses import BIRTH, DEATH
from bot.wishes import Wishes
from knowledge.date_format import format_date
from knowledge.model import Entity, EntityKind, Event, Precision
from knowledge.store import Store

MOST_EVENTS = 2
"""Events that are told of one birth or death."""

LONGEST_SUBJECT = 40
"""Characters at the beginning of a sentence that may name those to whom something happens."""


def life_parts(store: Store, person: Entity, request: Request, *, birth: bool) -> list[Part]:
    """Return a person's birth or death with its date; nothing where the library has none."""
    own = own_events(store, person, birth=birth)
    date = person.born if birth else person.died
    if own:
        items = [dated_item(event, request.language) for event in own]
        return [items[0], *precision_note(own[0]), *items[1:]]
    if date:
        verb = "born" if birth else "died"
        heading = Heading(person.name, f"{verb} {format_date(date, request.language)}")
        return [heading, entity_item(person)]
    return []


def is_of_a_life(asked: Wishes) -> bool:
    """Whether a question asks for somebody's birth or death, and for nothing else."""
    words = frozenset(asked.words)
    is_person = len(asked.names) == 1 and any(
        entity.kind is EntityKind.PERSON for entity in asked.names[0]
    )
    return is_person and bool(words) and (words <= BIRTH.words or words <= DEATH.words)


def asks_for_birth(asked: Wishes) -> bool:
    """Whether it is the birth, where a question asks for a birth or a death."""
    return BIRTH.words.issuperset(asked.words)


def own_events(store: Store, person: Entity, *, birth: bool) -> list[Event]:
    """Return the events that are a person's own birth or death; killings if none is called so."""
    kinds = BIRTH.kinds if birth else DEATH.kinds
    events = store.events_of(person.key, kinds)
    own = [event for event in events if _is_about(event, person)]
    plain = [event for event in own if event.kind in ("birth", "death")]
    return (plain or own)[:MOST_EVENTS]


def _is_about(event: Event, person: Entity) -> bool:
    """Whether an event is this person's own birth or death.

    A birth or death is the first person's. A killing may be one that they ordered, or may have
    failed: it is their death if it was in the year in which they died, or, where that is unknown,
    if the sentence begins with their name.
    """
    if not event.people:
        return False
    is_first = event.people[0].key == person.key
    if event.kind in ("birth", "death"):
        return is_first
    is_part = any(mention.key == person.key for mention in event.people)
    if person.died is not None:
        return is_part and event.date.start.year == person.died.start.year
    return is_part and _suffers_it(person.name, event.text)


def _suffers_it(name: str, text: str) -> bool:
    """Whether a sentence says that somebody is killed: "X, a clerk, and two others are shot"."""
    beside = r"(?:,[^,;]*,)*(?:(?:,| and| with)[^;.]{0,80}?)?"
    suffers = r"(?:is|are|dies?|takes? (?:his|her|their) own li(?:fe|ves))"
    begin = text.find(name)
    is_early = 0 <= begin < LONGEST_SUBJECT
    return is_early and bool(re.match(rf"{re.escape(name)}{beside} {suffers}\b", text[begin:]))


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
