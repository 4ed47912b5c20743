"""Events and entities as the items of an answer: what is said of them, with date and source."""

from __future__ import annotations

from bot.found import Said
from bot.reply import Item
from bot.wording import calendar_remark, date_label
from knowledge.date_format import format_date
from knowledge.model import Citation, Entity, EntityKind, Event

_ARTICLES = ("A ", "An ", "The ")


def event_item(event: Event, label: str, remark: str) -> Item:
    """Return an event as an item with these words before it."""
    return Item(
        id=event.key,
        text=event.text,
        label=label,
        remark=remark,
        note=event.note,
        date=str(event.date.start),
        end=str(event.date.end) if event.date.end else None,
        citation=event.citation,
        further=_further(event),
    )


def dated_item(event: Event, language: str = "en") -> Item:
    """Return an event as an item that has its whole date before it."""
    return event_item(event, date_label(event, language), calendar_remark(event, language))


def entity_item(entity: Entity, *, named: bool = False) -> Item:
    """Return who or what an entity is as an item; `named` puts a person's name before it."""
    label = entity.name if named and entity.kind is EntityKind.PERSON else ""
    return Item(
        id=entity.key,
        text=said_of(entity),
        label=label,
        note=entity.note,
        citation=entity.citation,
        further=_further(entity),
    )


def brief_item(entity: Entity) -> Item:
    """Return who or what an entity is in one sentence, with a person's name before it."""
    label = entity.name if entity.kind is EntityKind.PERSON else ""
    return Item(
        id=entity.key,
        text=who(entity),
        label=label,
        citation=entity.citation,
        further=_further(entity),
    )


def said_item(said: Said) -> Item:
    """Return what is said of an entity in answer to a question, with its name before it."""
    if said.whole:
        return entity_item(said.entity, named=True)
    first = said.entity.statements[0] if said.entity.statements else ""
    is_description = said.sentences[:1] == (first,)
    text = who(said.entity) if is_description and said.entity.description == first else ""
    rest = said.sentences[1:] if text else said.sentences
    return Item(
        id=said.entity.key,
        text=" ".join(filter(None, (text, *rest))),
        label=said.entity.name if not text or said.entity.kind is EntityKind.PERSON else "",
        note=said.entity.note,
        citation=said.entity.citation,
        further=_further(said.entity),
    )


def _further(fact: Event | Entity) -> tuple[Citation, ...]:
    return tuple(place.citation for place in fact.further)


def life_dates(entity: Entity, language: str = "en") -> str:
    """Return "7 November 1879 – 21 August 1940", "born 1879", "died 1940", or nothing."""
    born = format_date(entity.born, language) if entity.born else ""
    died = format_date(entity.died, language) if entity.died else ""
    if born and died:
        return f"{born} – {died}"
    return f"born {born}" if born else f"died {died}" if died else ""


def said_of(entity: Entity) -> str:
    """Return who or what it is, and all else that its pack says."""
    return " ".join(filter(None, (who(entity), " ".join(entity.text.split()))))


def who(entity: Entity) -> str:
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
