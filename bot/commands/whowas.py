"""/whowas: who somebody was, or what something was, with the events of their life."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.command import Command, Option, OptionKind, Options, Request
from bot.commands.onthisday import dated_item
from bot.errors import UserError
from bot.examples import example_entity, example_name
from bot.labels import by_label, label
from bot.relations import relations_in_words
from bot.reply import Choice, Choices, Heading, Item, Note, Outcome, Part, Reply, SeeAlso
from bot.wording import count_in_words, quoted
from knowledge.date_format import format_date
from knowledge.model import Entity, EntityKind, Event
from knowledge.names import NameMatch, fold
from knowledge.store import Store

NAME = "whowas"

MOST_SEE_ALSO = 4
MOST_CHOICES = 10
"""People of one name who are offered; the rest is counted."""

_ARTICLES = ("A ", "An ", "The ")


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
    labelled = by_label(store, name)
    if labelled:
        return _one(store, labelled, request)
    match = store.names.find(name)
    entities = [entity for key in match.found if (entity := store.entity(key))]
    if not entities:
        return _nobody(store, name, match)
    first, *others = entities
    if all(_is_same_person(first, other) for other in others):
        return _one(store, first, request, others)
    return _several(store, entities, request)


def _is_same_person(one: Entity, other: Entity) -> bool:
    """Whether two packs seem to tell of one person: one whole name, and no year against it.

    A pack keeps its own people apart, so two of one pack are never one. The answer says that it
    took them for one.
    """
    if one.pack == other.pack or {one.kind, other.kind} != {EntityKind.PERSON}:
        return False
    years = ((one.born, other.born), (one.died, other.died))
    agree = all(a is None or b is None or a.start.year == b.start.year for a, b in years)
    return agree and not {fold(one.name)}.isdisjoint(map(fold, other.names)) and " " in one.name


def _one(
    store: Store, entity: Entity, request: Request, same_in_other_packs: Sequence[Entity] = ()
) -> Reply:
    """Return all that the library knows of an entity, from every pack that tells of it."""
    # the pack that knows the life dates knows the person best
    entries = sorted((entity, *same_in_other_packs), key=lambda entry: entry.born is None)
    events = sorted(
        (event for entry in entries for event in store.events_of(entry.key)),
        key=lambda event: event.date,
    )
    dates = max((life_dates(entry, request.language) for entry in entries), key=len)
    parts: list[Part] = [Heading(entity.name, dates)]
    parts += [
        Item(id=entry.key, text=_said_of(entry), note=entry.note, citation=entry.citation)
        for entry in entries
    ]
    if same_in_other_packs:
        number = count_in_words(len(entries))
        parts.append(Note(f"{number} packs tell of this name, and nothing shows two people."))
    parts += [dated_item(event, request.language) for event in events]
    relations = " ".join(filter(None, (relations_in_words(store, entry) for entry in entries)))
    if relations:
        parts.append(Note(relations))
    others = _see_also(store, {entry.key for entry in entries}, events)
    if others:
        parts.append(SeeAlso(others))
    return Reply(Outcome.FOUND, NAME, tuple(parts), entity.name)


def life_dates(entity: Entity, language: str = "en") -> str:
    """Return "7 November 1879 – 21 August 1940", "born 1879", "died 1940", or nothing."""
    born = format_date(entity.born, language) if entity.born else ""
    died = format_date(entity.died, language) if entity.died else ""
    if born and died:
        return f"{born} – {died}"
    return f"born {born}" if born else f"died {died}" if died else ""


def _said_of(entity: Entity) -> str:
    """Return who or what it is, and of a thing all else that its pack says.

    Of a person the events say it; a thing's longer text has what no event has, such as who holds
    what of a disputed question.
    """
    longer = "" if entity.kind is EntityKind.PERSON else entity.text
    return " ".join(filter(None, (_who(entity), " ".join(longer.split()))))


def _who(entity: Entity) -> str:
    """Return one sentence: the description, and of a thing also what it is."""
    fictional = "fictional " if entity.fictional else ""
    description = entity.description
    if entity.kind is EntityKind.PERSON:
        if entity.fictional:
            return f"Fictional. {description}".strip()
        return description or "The library knows the name and the events below."
    article = "an" if (fictional or entity.kind)[0] in "aeiou" else "a"
    what = f"{entity.name} is {article} {fictional}{entity.kind}"
    if not description:
        return f"{what}."
    if description.casefold().startswith(f"{entity.kind} "):
        return f"{what} {description.partition(' ')[2]}"
    if description.startswith(_ARTICLES):
        description = description[0].lower() + description[1:]
    return f"{what}: {description}"


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


def _several(store: Store, entities: list[Entity], request: Request) -> Reply:
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
