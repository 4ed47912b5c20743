"""How old somebody was: from the day or year of birth to another day or year, never guessed."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.command import Options, Request
from bot.errors import UserError
from bot.found import events_meant
from bot.items import dated_item
from bot.labels import label
from bot.life import asks_for_birth, is_of_a_life, life_parts, own_events
from bot.named import entities_named, with_names
from bot.nothing_told import nothing_told
from bot.reply import Heading, Item, Note, Outcome, Part, Reply
from bot.same_person import is_same_person
from bot.vocabulary.common_words import COMMON
from bot.vocabulary.senses import DEATH
from bot.wishes import Wishes, read_wishes
from knowledge.calendars import Calendar, from_day_number
from knowledge.date_format import format_date
from knowledge.dates import Day, Month, Year, read_date
from knowledge.finder import Wish
from knowledge.model import (
    Entity,
    EntityKind,
    Event,
    HistoricalDate,
    PartialDate,
    Precision,
    Qualifier,
)
from knowledge.names import fold
from knowledge.store import Store

NAME = "whowas"

MOST_CHOICES = 10
"""People of one name who are offered."""

_BEFORE_TIME = re.compile(r"(?:when|at|in|on|as|by|during|upon|the|year|time|of)\s+", re.IGNORECASE)


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the age of `name` at the time that `when` tells of, at death unless it is given."""
    named = entities_named(store, with_names(store, options["name"]))
    asked_for = Wishes(names=(named,))
    people = [entity for entity in named if entity.kind is EntityKind.PERSON]
    known = [person for person in people if _birth(store, person)]
    if not known:
        return nothing_told(store, NAME, asked_for, request.language)
    if not all(is_same_person(known[0], other) for other in known[1:]):
        asked = f" {options['when']}" if options.get("when") else ""
        names = tuple(
            f"how old was {label(store, person)}{asked}" for person in known[:MOST_CHOICES]
        )
        raise UserError("Whose age? Several bear that name.", names, Outcome.AMBIGUOUS)
    person = known[0]
    born = _birth(store, person)
    when, told_of = _time_meant(store, request, person, options.get("when", ""))
    age = age_in_words(born, when) if born and when and not _is_over(store, person, when) else ""
    if not (born and when and age):
        return nothing_told(store, NAME, asked_for, request.language)
    language = request.language
    items = {
        part.id: part
        for part in (*life_parts(store, person, request, birth=True), *told_of)
        if isinstance(part, Item)
    }
    heading = Heading(person.name, f"born {format_date(born, language)}")
    told = Note(f"{person.name} was {age} then: {format_date(when, language)}.")
    return Reply(Outcome.FOUND, NAME, (heading, told, *items.values()), person.name)


def _time_meant(
    store: Store, request: Request, person: Entity, text: str
) -> tuple[HistoricalDate | None, list[Part]]:
    """Return when the words say, at death unless they say more, and what tells of it."""
    if all(word in COMMON or word in DEATH.words for word in fold(text).split()):
        return _death(store, person), life_parts(store, person, request, birth=False)
    date = _date(text, request)
    if date:
        return date, []
    asked = read_wishes(text, request, store)
    if is_of_a_life(asked):
        return _of_another(store, request, asked)
    who = Wish(keys=(person.key,), required=not asked.names, optional=bool(asked.names))
    named = [replace(wish, required=bool(wish.keys)) for wish in asked.wishes]
    events = events_meant(store, replace(asked, wishes=(*named, who)), 1)
    return _date_of(events), [dated_item(event, request.language) for event in events]


def _of_another(
    store: Store, request: Request, asked: Wishes
) -> tuple[HistoricalDate | None, list[Part]]:
    """Return when another one was born or died: "when her husband died"."""
    birth = asks_for_birth(asked)
    for other in asked.names[0]:
        date = _birth(store, other) if birth else _death(store, other)
        if date:
            return date, life_parts(store, other, request, birth=birth)
    return None, []


def _date(text: str, request: Request) -> HistoricalDate | None:
    plain = text
    while match := _BEFORE_TIME.match(plain):
        plain = plain[match.end() :]
    match read_date(plain, request.today, request.order, request.language):
        case Day(month, day, int(year)):
            return HistoricalDate(PartialDate(year, month, day, Precision.DAY))
        case Month(month, int(year)):
            return HistoricalDate(PartialDate(year, month, None, Precision.MONTH))
        case Year(year):
            return HistoricalDate(PartialDate(year))
    return None


def _birth(store: Store, person: Entity) -> HistoricalDate | None:
    return person.born or _date_of(own_events(store, person, birth=True))


def _death(store: Store, person: Entity) -> HistoricalDate | None:
    return person.died or _date_of(own_events(store, person, birth=False))


def _date_of(events: list[Event]) -> HistoricalDate | None:
    return events[0].date if events else None


def _is_over(store: Store, person: Entity, when: HistoricalDate) -> bool:
    """Whether a life is known to have ended before a time."""
    died = _death(store, person)
    return died is not None and when.first_day > _last_day(died)


def age_in_words(born: HistoricalDate, when: HistoricalDate) -> str:
    """Return "60", "59 or 60" or "between 40 and 50", as exactly as the dates say it.

    Nothing is returned for a time before the birth. Years are counted in today's calendar.
    """
    youngest = _full_years(_last_day(born), when.first_day)
    oldest = _full_years(born.first_day, _last_day(when))
    if oldest < 0:
        return ""
    youngest = max(youngest, 0)
    if oldest - youngest <= 1:
        return str(oldest) if youngest == oldest else f"{youngest} or {oldest}"
    return f"between {youngest} and {oldest}"


def _last_day(date: HistoricalDate) -> int:
    """Return the last day on which it may have been, or begun if it lasted."""
    if date.qualifier is Qualifier.BETWEEN:
        return date.last_day
    return date.start.last_day(date.calendar)


def _full_years(first: int, last: int) -> int:
    """Return the full years from one Julian Day Number to another."""
    year, *day = from_day_number(first, Calendar.GREGORIAN)
    last_year, *last_day = from_day_number(last, Calendar.GREGORIAN)
    return last_year - year - (last_day < day)
