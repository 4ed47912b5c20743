"""How old somebody was: from the day or year of birth to another day or year, never guessed."""

from __future__ import annotations

from bot.command import Options, Request
from bot.errors import UserError
from bot.found import events_meant
from bot.items import dated_item
from bot.labels import label
from bot.life import life_parts, own_events
from bot.named import entities_named
from bot.nothing_told import nothing_told
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.vocabulary import DEATH
from bot.wishes import read_wishes
from knowledge.calendars import Calendar, from_day_number
from knowledge.date_format import format_date
from knowledge.model import Entity, EntityKind, HistoricalDate, PartialDate
from knowledge.store import Store

NAME = "whowas"


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the age of `name` at the time that `when` tells of, at death unless it is given."""
    text = " ".join(filter(None, (options["name"], options.get("when"))))
    asked = read_wishes(text, request, store)
    named = entities_named(store, options["name"])
    people = [entity for entity in named if entity.kind is EntityKind.PERSON]
    known = [person for person in people if _birth(store, person)]
    if not known:
        return nothing_told(store, NAME, asked, request.language)
    if len(known) > 1:
        names = tuple(f"how old was {label(store, person)}" for person in known)
        raise UserError("Whose age? Several bear that name.", names, Outcome.AMBIGUOUS)
    person = known[0]
    born = _birth(store, person)
    parts: list[Part] = []
    when: HistoricalDate | None = None
    words = frozenset(asked.words)
    if asked.span is not None and not words:
        when = HistoricalDate.parse(str(_year_of(asked.span)))
    elif words <= DEATH.words:
        when = _death(store, person)
        parts = life_parts(store, person, request, birth=False)
    else:
        events = events_meant(store, asked, 1)
        parts = [dated_item(event, request.language) for event in events]
        when = events[0].date if events else None
    if born is None or when is None:
        return nothing_told(store, NAME, asked, request.language)
    words_of_birth = life_parts(store, person, request, birth=True)
    age = age_in_words(born, when)
    heading = Heading(person.name, f"born {format_date(born, request.language)}")
    told = Note(f"{person.name} was {age} then: {format_date(when, request.language)}.")
    rest = [part for part in (*words_of_birth, *parts) if not isinstance(part, Heading | Note)]
    return Reply(Outcome.FOUND, NAME, (heading, told, *rest), person.name)


def _birth(store: Store, person: Entity) -> HistoricalDate | None:
    return person.born or _date_of(store, person, birth=True)


def _death(store: Store, person: Entity) -> HistoricalDate | None:
    return person.died or _date_of(store, person, birth=False)


def _date_of(store: Store, person: Entity, *, birth: bool) -> HistoricalDate | None:
    own = own_events(store, person, birth=birth)
    return own[0].date if own else None


def age_in_words(born: HistoricalDate, when: HistoricalDate) -> str:
    """Return "60", or "59 or 60" where a date without its day leaves that open."""
    youngest, oldest = _ages(born.start, when.start)
    return str(oldest) if youngest == oldest else f"{youngest} or {oldest}"


def _ages(born: PartialDate, when: PartialDate) -> tuple[int, int]:
    """Return the least and the greatest number of full years between two dates."""
    latest_birth = (born.month or 12, born.day or 31)
    earliest_birth = (born.month or 1, born.day or 1)
    earliest = (when.month or 1, when.day or 1)
    latest = (when.month or 12, when.day or 31)
    youngest = when.year - born.last_year - (earliest < latest_birth)
    oldest = when.last_year - born.year - (latest < earliest_birth)
    return max(youngest, 0), max(oldest, 0)


def _year_of(span: tuple[int, int]) -> PartialDate:
    year, _, _ = from_day_number(span[0], Calendar.GREGORIAN)
    return PartialDate(year)
