"""/whowas: who somebody was, or what something was, with the events of their life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set

from bot.command import Command, Option, OptionKind, Options, Request
from bot.errors import UserError
from bot.examples import example_entity, example_name
from bot.items import dated_item, entity_item, life_dates
from bot.labels import label
from bot.named import LONGEST_FORGIVEN, entities_named
from bot.quoting import introductions, quotation_item
from bot.relations import relations_in_words
from bot.reply import Choice, Choices, Heading, Note, Outcome, Part, Reply, SeeAlso
from bot.same_person import is_same_person
from bot.wording import count_in_words, joined, quoted
from knowledge.model import Entity, EntityKind, Event
from knowledge.names import NameMatch, fold
from knowledge.store import Store

NAME = "whowas"

MOST_OTHER_NAMES = 5
MOST_SEE_ALSO = 4
MOST_CHOICES = 10
"""People of one name who are offered; the rest is counted."""


def command(store: Store) -> Command:
    """Return the command for a library."""
    entity = example_entity(store)
    return Command(
        name=NAME,
        help="Who somebody was, or what something was",
        options=(Option("name", "A name, misspelt or not", OptionKind.NAME, required=True),),
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME} {entity.name}" if entity else f"/{NAME}",
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return who bears the name: one, several to choose from, or nobody."""
    name = options.get("name", "").strip()
    if not name:
        example = example_name(store)
        raise UserError(
            "Whom do you want to know about? Write a name behind it.",
            (f"who was {example}",) if example else (),
        )
    entities = entities_named(store, name)
    if not entities:
        is_short = len(name.split()) <= LONGEST_FORGIVEN
        return _nobody(store, name, store.names.find(name, forgiving=is_short))
    first, *others = entities
    if all(is_same_person(first, other) for other in others):
        return _one(store, first, request, others)
    return _several(store, entities, request)


def _one(
    store: Store, entity: Entity, request: Request, same_in_other_packs: Sequence[Entity] = ()
) -> Reply:
    """Return all that the library knows of an entity, from every pack that tells of it."""
    # the pack that knows the life dates knows the person best
    entries = sorted((entity, *same_in_other_packs), key=lambda entry: entry.born is None)
    events = events_of_life(store, entries)
    dates = max((life_dates(entry, request.language) for entry in entries), key=len)
    parts: list[Part] = [Heading(entity.name, dates)]
    parts += [entity_item(entry) for entry in entries]
    if quotations := introductions(store, entries):
        parts.append(Note("In the words of the source:"))
        parts += map(quotation_item, quotations)
    if same_in_other_packs:
        number = count_in_words(len(entries))
        parts.append(Note(f"{number} packs tell of this name, and nothing shows two people."))
    parts += [dated_item(event, request.language) for event in events]
    parts += other_names(entries)
    relations = " ".join(filter(None, (relations_in_words(store, entry) for entry in entries)))
    if relations:
        parts.append(Note(relations))
    others = _see_also(store, {entry.key for entry in entries}, events)
    if others:
        parts.append(SeeAlso(others))
    return Reply(Outcome.FOUND, NAME, tuple(parts), entity.name)


def other_names(entries: Sequence[Entity]) -> list[Part]:
    """Return what else somebody or something is called, without what only spells it otherwise.

    A disputed question's other names are there to find it by.
    """
    if entries[0].kind is EntityKind.CONCEPT:
        return []
    known = {fold(entries[0].name)}
    names = [name for entry in entries for name in entry.aliases if _is_new(name, known)]
    pens = [name for entry in entries for name in entry.pen_names]
    told = [f"Also called {joined(names[:MOST_OTHER_NAMES])}."] if names else []
    told += [f"Wrote as {joined(pens[:MOST_OTHER_NAMES])}."] if pens else []
    return [Note(" ".join(told))] if told else []


def _is_new(name: str, known: set[str]) -> bool:
    folded = fold(name)
    words = set(folded.split())
    is_new = not any(words <= set(other.split()) for other in known)
    known.add(folded)
    return is_new


def events_of_life(store: Store, entries: Sequence[Entity]) -> list[Event]:
    """Return the events in which an entity has a part, in order; of a person, those of their life.

    Births of others are told of their children only: a wife's is no event of her husband's life.
    """
    events = sorted(
        (event for entry in entries for event in store.events_of(entry.key)),
        key=lambda event: event.date.in_time,
    )
    if entries[0].kind is not EntityKind.PERSON:
        return events
    family = {entry.key for entry in entries}
    for entry in entries:
        family |= {r.to.key for r in entry.relations if r.kind in _PARENTS and r.to.key}
        family |= {one.key for one in store.related_to(entry.key) if one.kind in _CHILDREN}
    return [event for event in events if event.kind != "birth" or _is_birth_of(event, family)]


def _is_birth_of(event: Event, family: Set[str]) -> bool:
    return not event.people or event.people[0].key in family


_PARENTS = frozenset({"father", "mother", "parent"})
_CHILDREN = frozenset({"son", "daughter", "child"})


def _see_also(store: Store, own: set[str], events: list[Event]) -> tuple[str, ...]:
    """Return the entities that share most events with these."""
    shared = Counter(
        mention.key
        for event in events
        for mention in (*event.people, *event.things)
        if mention.key and mention.key not in own
    )
    others = (store.entity(key) for key, _ in shared.most_common(MOST_SEE_ALSO))
    return tuple(other.name for other in others if other)


def _several(store: Store, entities: Sequence[Entity], request: Request) -> Reply:
    number = len(entities)
    all_people = all(entity.kind is EntityKind.PERSON for entity in entities)
    what = "people" if all_people else "entries"
    choices = tuple(
        Choice(label(store, entity), _told_apart(entity, request))
        for entity in entities[:MOST_CHOICES]
    )
    parts: list[Part] = [
        Note(f"{count_in_words(number)} {what} in the library bear that name:"),
        Choices(choices, joiner="\n"),
    ]
    if number > MOST_CHOICES:
        parts.append(Note(f"{number - MOST_CHOICES} more are not shown; write more of the name."))
    return Reply(Outcome.AMBIGUOUS, NAME, tuple(parts))


def _told_apart(entity: Entity, request: Request) -> str:
    return entity.description or life_dates(entity, request.language) or str(entity.kind)


def _nobody(store: Store, name: str, match: NameMatch) -> Reply:
    library = ", ".join(pack.title for pack in store.pack_summaries)
    parts: list[Part] = [
        Note(f"{quoted(name)} is not in the library ({library}). /sources tells what is.")
    ]
    nearest = [entity for key in match.nearest if (entity := store.entity(key))]
    if nearest:
        choices = tuple(Choice(label(store, entity)) for entity in nearest)
        parts.append(Choices(choices, lead="Did you mean", joiner=" or ", tail="?"))
    return Reply(Outcome.NOT_FOUND, NAME, tuple(parts))
