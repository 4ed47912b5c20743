"""What somebody is to somebody: whose wife, who wrote it, whom they succeeded."""

from __future__ import annotations

from collections.abc import Iterable

from bot.command import Options, Request
from bot.found import best_events
from bot.items import brief_item, dated_item
from bot.named import entities_named
from bot.nothing_told import nothing_told
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.vocabulary.relation_words import OF_THINGS, OTHER_SIDE
from bot.vocabulary.senses import BY_WORD
from bot.wishes import Wishes, read_wishes
from bot.wording import joined
from knowledge.model import Entity, EntityKind, Event
from knowledge.store import Store

NAME = "whowas"

MOST_PEOPLE = 12
MOST_EVENTS = 3
"""People and events of an answer."""


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return who is `kinds` (separated by commas) of the entity named `of`.

    With `side` "of" it is the other way round: whose `kinds` the named one is. `verb` is the word
    that was typed; events of both that say it are told too, else those that answer `query`, the
    whole question, and name who was found.
    """
    kinds = tuple(options["kinds"].split(","))
    named = entities_named(store, options["of"])
    for entity in named:
        if options.get("side") == "of":
            found = whose(store, entity, kinds)
        else:
            found = who_is(store, entity, kinds)
        if found:
            return _told(store, entity, found, request, options)
    return nothing_told(store, NAME, Wishes(names=(named,)), request.language)


def who_is(store: Store, entity: Entity, kinds: Iterable[str]) -> list[tuple[str, Entity]]:
    """Return who is one of these kinds to the entity, each with the kind.

    It is told on their side ("wife of"), or on the entity's own ("husband of" her).
    """
    wanted = frozenset(kinds)
    theirs = [
        (kind, other)
        for kind, key, _ in store.related_to(entity.key)
        if kind in wanted and (other := store.entity(key))
    ]
    own = [
        (kind, relation.to.key)
        for relation in entity.relations
        if _follows(relation.kind, wanted)
        for kind in OTHER_SIDE[relation.kind]
    ]
    mine = [
        (kind, other)
        for kind, key in own
        if key and (other := store.entity(key)) and _may_be(other, kind)
    ]
    return _once(theirs + mine)


def _follows(kind: str, wanted: frozenset[str]) -> bool:
    """Whether the other one of a relation is surely one of the wanted kinds: a son's parent is."""
    return kind in OTHER_SIDE and wanted.issuperset(OTHER_SIDE[kind])


def _may_be(entity: Entity, kind: str) -> bool:
    """Whether an entity may be of a kind that was concluded: no event is an assassin."""
    return kind in OF_THINGS or entity.kind in (EntityKind.PERSON, EntityKind.ORGANISATION)


def whose(store: Store, entity: Entity, kinds: Iterable[str]) -> list[tuple[str, Entity]]:
    """Return to whom the entity is one of these kinds, each with what they are."""
    wanted = frozenset(kinds)
    own = [
        (relation.kind, other)
        for relation in entity.relations
        if relation.kind in wanted and relation.to.key and (other := store.entity(relation.to.key))
    ]
    theirs = [
        (kind, other)
        for kind, key, _ in store.related_to(entity.key)
        if _follows(kind, wanted) and (other := store.entity(key))
    ]
    return _once(own + theirs)


def _once(found: list[tuple[str, Entity]]) -> list[tuple[str, Entity]]:
    return list({other.key: (kind, other) for kind, other in reversed(found)}.values())[::-1]


def _told(
    store: Store,
    entity: Entity,
    found: list[tuple[str, Entity]],
    request: Request,
    options: Options,
) -> Reply:
    others = [other for _, other in found]
    if options.get("side") == "of":
        names = joined([other.name for other in others[:MOST_PEOPLE]])
        title = f"{entity.name}: {_in_words(found).lower()} of {names}"
    else:
        title = f"{_in_words(found)} of {entity.name}"
    parts: list[Part] = [Heading(title)]
    parts += [brief_item(other) for other in others[:MOST_PEOPLE]]
    left = len(others) - MOST_PEOPLE
    if left > 0:
        parts.append(Note(f"{left} more are not told here."))
    events = _events_of_both(store, entity, others, options.get("verb", ""))
    if not events and options.get("query"):
        asked = read_wishes(options["query"], request, store)
        keys = {other.key for other in others}
        events = [
            event
            for event in best_events(store, asked, MOST_EVENTS)
            if keys & {mention.key for mention in event.people}
        ]
    parts += [dated_item(event, request.language) for event in events]
    single = others[0].name if len(others) == 1 else title
    return Reply(Outcome.FOUND, NAME, tuple(parts), single)


def _in_words(found: list[tuple[str, Entity]]) -> str:
    kinds = list(dict.fromkeys(kind for kind, _ in found))
    return joined(kinds).capitalize()


def _events_of_both(store: Store, entity: Entity, others: list[Entity], verb: str) -> list[Event]:
    """Return the events of which one of the kinds that the verb names brought both together."""
    kinds = {kind for sense in BY_WORD.get(verb, ()) for kind in sense.kinds}
    keys = {other.key for other in others}
    return [
        event
        for event in (store.events_of(entity.key, kinds) if kinds else ())
        if keys & {m.key for m in (*event.people, *event.things)}
    ][:MOST_EVENTS]
