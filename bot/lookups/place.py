"""Where something happened: the event that the words tell of, with its place first."""

from __future__ import annotations

import re

from bot.command import Options, Request
from bot.found import best_entities, best_events
from bot.items import dated_item, entity_item, said_item
from bot.life import asks_for_birth, is_of_a_life, life_parts, own_events
from bot.named import with_names
from bot.nothing_told import nothing_told
from bot.reply import Heading, Outcome, Part, Reply
from bot.wishes import Wishes, read_wishes
from knowledge.model import Entity, EntityKind, Event
from knowledge.store import Store

NAME = "when"

MOST_EVENTS = 4


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return where what `query` tells of happened: the events, headed by the place of the first.

    It may also be asked of a place itself, or be a place that the words describe.
    """
    asked = read_wishes(with_names(store, options["query"]), request, store)
    if is_of_a_life(asked):
        life = _life(store, asked, request)
        return life or nothing_told(store, NAME, asked, request.language)
    only_name = asked.names[0] if len(asked.names) == len(asked.wishes) == 1 else ()
    if only_name and only_name[0].kind is EntityKind.PLACE and asked.span is None:
        return _explained(only_name[0])
    entities = best_entities(store, asked, MOST_EVENTS) if asked.span is None else []
    for said in entities:
        is_other = said.entity not in asked.entities
        if is_other and said.whole and said.entity.kind is EntityKind.PLACE:
            return Reply(Outcome.FOUND, NAME, (said_item(said),), said.entity.name)
    events = [event for event in best_events(store, asked, MOST_EVENTS * 2) if event.places]
    if events:
        return _told(events[:MOST_EVENTS], request)
    if only_name and asked.span is None:
        return _explained(only_name[0])
    if entities:
        return Reply(Outcome.FOUND, NAME, (said_item(entities[0]),), entities[0].entity.name)
    return nothing_told(store, NAME, asked, request.language)


def _explained(entity: Entity) -> Reply:
    parts = (Heading(entity.name), entity_item(entity))
    return Reply(Outcome.FOUND, NAME, parts, entity.name)


_IN_A_PLACE = re.compile(r"\b(?:in|at|on|near|off|aboard) (?!\d)\w")
"""Words of an event that say where, though its pack lists no place for it."""


def _life(store: Store, asked: Wishes, request: Request) -> Reply | None:
    """Return where somebody was born or died; of several of a name where each was.

    Nothing is returned where the one of that name has an event that says no place.
    """
    told = [
        (person, life_parts(store, person, request, birth=asks_for_birth(asked)))
        for person in asked.names[0]
    ]
    told = [(person, parts) for person, parts in told if parts]
    if len(told) > 1:
        parts = [part for _, own in told for part in own]
        return Reply(Outcome.FOUND, NAME, tuple(parts), told[0][0].name)
    for person, parts in told:
        told_of = own_events(store, person, birth=asks_for_birth(asked))
        events = [event for event in told_of if event.places]
        if not events and not any(_IN_A_PLACE.search(event.text) for event in told_of):
            return None
        heading = (Heading(_places(events[0])),) if events else ()
        title = _places(events[0]) if events else person.name
        return Reply(Outcome.FOUND, NAME, (*heading, *parts), title)
    return None


def _told(events: list[Event], request: Request) -> Reply:
    parts: list[Part] = [Heading(_places(events[0]))]
    parts += [dated_item(event, request.language) for event in events]
    return Reply(Outcome.FOUND, NAME, tuple(parts), _places(events[0]))


def _places(event: Event) -> str:
    return ", ".join(dict.fromkeys(place.name for place in event.places))
