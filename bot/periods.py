"""A typed day, month, year or range, and its events: by today's calendar and their own."""

from __future__ import annotations

from collections.abc import Iterable

from bot.command import Request
from bot.errors import UserError
from bot.wording import quoted, refusal
from knowledge.calendars import Calendar, month_length
from knowledge.dates import (
    Day,
    Impossible,
    Month,
    Point,
    Range,
    Readable,
    TwoReadings,
    Why,
    Year,
    first_day_of,
    last_day_of,
    read_date,
)
from knowledge.model import Event, MonthDay, Precision
from knowledge.store import Store

DAYS_IN_A_YEAR = 366
YEARS_IN_A_CENTURY = 100


def read_period(text: str, request: Request) -> Readable | TwoReadings:
    """Return what a text means as a date; UserError where it is none, or one that never was."""
    reading = read_date(text, request.today, request.order, request.language)
    if isinstance(reading, Impossible):
        raise refusal(reading, request.language)
    if reading is None:
        raise UserError(
            f'"{quoted(text)}" is no date that I can read.'
            ' Write one such as "21 August", "7 November 1917", "1917" or "today".'
        )
    return reading


def is_date(text: str, request: Request) -> bool:
    """Whether a text is a date, or an attempt at one that is refused with its reason."""
    reading = read_date(text, request.today, request.order, request.language)
    if isinstance(reading, Impossible):
        return reading.why not in (Why.EMPTY, Why.TOO_LONG, Why.CONTROL_CHARACTER)
    return reading is not None


def events_in(store: Store, reading: Readable) -> list[Event]:
    """Return the events of a day, month, year or range, in order.

    An event lies in it if all that its date, or its end, may mean does.
    """
    match reading:
        case Day(_, _, None):
            return _events_on_days(store, [reading.month_day])
        case Month(month, None):
            return _events_in_month(store, month)
        case Range(Day(_, _, None) as first, Day() as last):
            return _events_on_days(store, _days_of_any_year(first.month_day, last.month_day))
        case Range(Month(first_month, None), Month(last_month)):
            months = _months_of_any_year(first_month, last_month)
            return _once(event for month in months for event in _events_in_month(store, month))
        case Range(first, last):
            return _events_between(store, first, last)
    return _events_between(store, reading, reading)


def events_reaching(store: Store, events: Iterable[Event], reading: Readable) -> list[Event]:
    """Return those of some events that lie in a period or reach into it, in the order given.

    A Julian day counts by its own calendar and by today's; a Julian month or year by its own.
    """
    first, last = (
        (reading.first, reading.last) if isinstance(reading, Range) else (reading, reading)
    )
    if first.year is None or last.year is None:
        told = {event.key for event in events_in(store, reading)}
        return [event for event in events if event.key in told]

    def reaches(event: Event) -> bool:
        calendars = {event.date.calendar}
        if event.date.precision is Precision.DAY:
            calendars.add(Calendar.GREGORIAN)
        return any(
            event.date.first_day <= last_day_of(last, calendar)
            and event.date.last_day >= first_day_of(first, calendar)
            for calendar in calendars
        )

    return [event for event in events if reaches(event)]


def _events_on_days(store: Store, days: Iterable[MonthDay]) -> list[Event]:
    return _once(one.event for day in days for one in store.events_on(day))


def _events_in_month(store: Store, month: int) -> list[Event]:
    """Return what the month's days tell and what is known only by the month, in time."""
    days = _days_of_any_year(MonthDay(month, 1), MonthDay(month, month_length(month)))
    events = (*_events_on_days(store, days), *store.events_in_month(month))
    return sorted(_once(events), key=_in_time)


def _events_between(store: Store, first: Point, last: Point) -> list[Event]:
    """Return what lies between in today's calendar; Julian dates also by their own.

    So a month lists what was in it by the calendar of the time, as each of its days does.
    """
    today = store.events_between(first_day_of(first), last_day_of(last))
    julian = store.events_between(
        first_day_of(first, Calendar.JULIAN), last_day_of(last, Calendar.JULIAN)
    )
    own = [event for event in julian if event.date.calendar is Calendar.JULIAN]
    return sorted(_once((*today, *own, *_of_the_century(store, first, last))), key=_in_time)


def _of_the_century(store: Store, first: Point, last: Point) -> list[Event]:
    """Return what is known by its century alone, where a century is asked for.

    The 17th century is counted from 1601 to 1700, and `16XX` covers 1600 to 1699.
    """
    match first, last:
        case Year(begin), Year(end) if end - begin + 1 == YEARS_IN_A_CENTURY:
            events = store.events_between(first_day_of(Year(begin - 1)), last_day_of(last))
            return [event for event in events if event.date.precision is Precision.CENTURY]
    return []


def _once(events: Iterable[Event]) -> list[Event]:
    return list({event.key: event for event in events}.values())


def _in_time(event: Event) -> tuple[tuple[int, int], int]:
    return event.date.in_time, -event.weight


def _days_of_any_year(first: MonthDay, last: MonthDay) -> list[MonthDay]:
    """Return the days from one to the other, over New Year where the last comes before."""
    days = [first]
    while days[-1] != last and len(days) < DAYS_IN_A_YEAR:
        month, day = days[-1]
        if day < month_length(month):
            days.append(MonthDay(month, day + 1))
        else:
            days.append(MonthDay(month % 12 + 1, 1))
    return days


def _months_of_any_year(first: int, last: int) -> list[int]:
    return [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
