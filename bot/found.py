"""Which of the facts found for a question are an answer to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.wishes import Wishes
from knowledge.calendars import Calendar, from_day_number
from knowledge.finder import Wish
from knowledge.model import Entity, EntityKind, Event
from knowledge.store import FoundEntity, FoundEvent, FoundQuotation, Store

ENOUGH = 0.55
"""The share of what was asked for that a fact must cover to be an answer."""

NEARLY_ALL = 0.8
"""The same where a name was asked for that nothing bears: only what says nearly all of it."""

ENOUGH_OF_A_CLAIM = 0.45
"""The same for a disputed question, whose views are told and never said to be right."""

ENOUGH_NAMES = 2
"""Names in a claim that say what it is about, whatever its words."""

ENOUGH_OF_TWO = 0.3
"""The share that a view of a claim about so many must cover."""

NEAR = 0.45
NEAR_SAID = 0.25
"""The shares of all, and of the words, for facts that are told as near and as no answer."""

ENOUGH_SAID = 0.4
"""The share of the words that are no names: "died" must be there, not only who."""

AS_GOOD = 0.06
"""What covers so little less than the best answers as well."""

SAID_BY_NAME = 0.5
"""The share of the words that an entity's names must say for all of its text to be the answer."""

MOST_LOOKED_AT = 12

Row = TypeVar("Row", FoundEvent, FoundEntity, FoundQuotation, FoundEvent | FoundEntity)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an entity in answer to a question; all of it where `whole`."""

    entity: Entity
    sentences: tuple[str, ...]
    whole: bool


def best_events(store: Store, asked: Wishes, limit: int) -> list[Event]:
    """Return the events that answer, best first; none where none covers enough."""
    found = good(store.find_events(asked.wishes, asked.span, MOST_LOOKED_AT, asked.order))
    return [row.event for row in found][:limit]


def events_meant(store: Store, asked: Wishes, limit: int) -> list[Event]:
    """Return the events that the words tell of, best first.

    A thing named alone is asked for its own date: of a treaty, the day of the treaty.
    """
    only_name = asked.names[0] if len(asked.wishes) == len(asked.names) == 1 else ()
    kinds = {str(entity.kind) for entity in only_name} & store.event_kinds
    if kinds:
        own = Wish(kinds=frozenset(kinds))
        with_kind = replace(asked, wishes=(*asked.wishes, own))
        return best_events(store, with_kind, limit) or best_events(store, asked, limit)
    return best_events(store, asked, limit)


def best_entities(store: Store, asked: Wishes, limit: int) -> list[Said]:
    """Return the entities of which a sentence answers, best first."""
    found = good(store.find_entities(asked.wishes, MOST_LOOKED_AT))
    return [_said(row) for row in found][:limit]


def best_facts(
    store: Store, asked: Wishes, limit: int, enough: float = ENOUGH
) -> list[Event | Said]:
    """Return the events and the sentences about entities that answer, best first.

    Where the question says when, entities answer only if no event does.
    """
    rows: list[FoundEvent | FoundEntity] = []
    rows += store.find_events(asked.wishes, asked.span, MOST_LOOKED_AT, asked.order)
    if asked.span is None:
        rows += store.find_entities(asked.wishes, MOST_LOOKED_AT)
    if not rows and asked.span is not None:
        years = (Wish(words=(year,), required=True) for year in _years(asked.span))
        rows += store.find_entities((*asked.wishes, *years), MOST_LOOKED_AT)
    rows.sort(key=lambda row: -row.coverage)
    found = good(rows, enough)
    return [row.event if isinstance(row, FoundEvent) else _said(row) for row in found][:limit]


def _years(span: tuple[int, int]) -> set[str]:
    """Return the first and the last year of a span of days as a text writes them."""
    return {str(from_day_number(day, Calendar.GREGORIAN)[0]) for day in span}


def nearest_facts(store: Store, asked: Wishes, limit: int) -> list[Event | Said]:
    """Return facts that say part of what is asked, to be told as that: the best first.

    Every name must be in them, and something of what was asked besides.
    """
    if not asked.names or not asked.words:
        return []
    wishes = [replace(wish, required=bool(wish.keys)) for wish in asked.wishes]
    rows: list[FoundEvent | FoundEntity] = []
    rows += store.find_events(wishes, asked.span, MOST_LOOKED_AT)
    rows += store.find_entities(wishes, MOST_LOOKED_AT)
    rows.sort(key=lambda row: -row.coverage)
    return [
        row.event if isinstance(row, FoundEvent) else Said(row.entity, row.sentences, whole=False)
        for row in good(rows, NEAR, NEAR_SAID)
    ][:limit]


def best_views(store: Store, asked: Wishes) -> list[Said]:
    """Return the idea or disputed question that a claim is about, told whole, if there is one.

    A claim is put in words of its own, so those that stand nowhere count nothing: what is told are
    the views of those who hold them, and never that the claim is right.
    """
    if not asked.words:
        return views_by_name(store, asked)
    views = [row for row in _views(store, asked) if row.said >= ENOUGH_SAID]
    return [Said(row.entity, row.sentences, whole=True) for row in good(views)[:1]]


def views_by_name(store: Store, asked: Wishes) -> list[Said]:
    """Return the idea or disputed question whose name says what a claim is about."""
    enough = ENOUGH_OF_TWO if len(asked.names) >= ENOUGH_NAMES else ENOUGH_OF_A_CLAIM
    views = [row._replace(said=1.0) for row in _views(store, asked) if row.by_name > 0]
    return [Said(row.entity, row.sentences, whole=True) for row in good(views, enough)[:1]]


def _views(store: Store, asked: Wishes) -> list[FoundEntity]:
    wishes = tuple(wish for wish in asked.wishes if wish.keys or _is_told(store, wish))
    told = sum(not wish.keys for wish in wishes)
    if len(asked.names) < ENOUGH_NAMES and 2 * told < max(len(asked.words), 1):
        return []  # hardly a word of the claim is known
    found = store.find_entities(wishes, MOST_LOOKED_AT, EntityKind.CONCEPT)
    return [row for row in found if row.entity not in asked.entities]


def _is_told(store: Store, wish: Wish) -> bool:
    return any(store.is_told(word) for word in (*wish.words, *wish.synonyms))


def _said(row: FoundEntity) -> Said:
    return Said(row.entity, row.sentences, row.by_name >= SAID_BY_NAME)


def good(
    rows: Sequence[Row], enough: float = ENOUGH, enough_said: float = ENOUGH_SAID
) -> list[Row]:
    """Return the rows that cover enough, and about as much as the best of them."""
    answers = [row for row in rows if row.coverage >= enough and row.said >= enough_said]
    best = max((row.coverage for row in answers), default=0.0)
    return [row for row in answers if row.coverage >= best - AS_GOOD]
