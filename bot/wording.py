"""Sentences that several commands need: why a date is none, what qualifies one, user text shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bot.errors import UserError
from knowledge.calendars import Calendar, month_length
from knowledge.date_format import (
    format_date,
    format_day,
    format_days,
    format_month,
    format_point,
    format_span,
    format_year,
)
from knowledge.dates import Day, Impossible, Month, Point, Range, Readable, Why, Year
from knowledge.model import (
    Event,
    HistoricalDate,
    MonthDay,
    PartialDate,
    Position,
    Precision,
    Qualifier,
)
from knowledge.store import Told

LONGEST_QUOTE = 60
"""Characters of what a person typed that an answer repeats."""

_NUMBERS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"]


def quoted(text: str) -> str:
    """Return what a person typed, fit to be repeated: one line, no control characters, not long."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    line = " ".join(visible.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def count_in_words(number: int) -> str:
    """Return a number that begins a sentence: "Two", and "12" from eleven on."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Return "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


# -- dates as they were read ---------------------------------------------------------------------


def in_words(reading: Readable, language: str = "en") -> str:
    """Return a date that was read, as an answer's heading names it; typed again, it is the same."""
    match reading:
        case Range(Day(month, first_day, None), Day(last_month, last_day)):
            days = MonthDay(month, first_day), MonthDay(last_month, last_day)
            return format_days(*days, language)
        case Range(Day() as first, Day() as last):
            return format_span(_partial(first), _partial(last), language)
        case Range(Year(first_year), Year(last_year)) if first_year > 0:
            return f"{first_year}–{last_year}"
        case Range(first, last):
            return f"{_point_in_words(first, language)} – {_point_in_words(last, language)}"
        case Day() | Month() | Year():
            return _point_in_words(reading, language)


def _point_in_words(point: Point, language: str) -> str:
    match point:
        case Day(month, day, None):
            return format_day(MonthDay(month, day), language)
        case Day():
            return format_point(_partial(point), language)
        case Month(month, None):
            return format_month(month, language)
        case Month(month, year):
            return format_point(PartialDate(year or 0, month, None, Precision.MONTH), language)
        case Year(year):
            return format_year(year, language)


def _partial(day: Day) -> PartialDate:
    return PartialDate(day.year or 0, day.month, day.day, Precision.DAY)


def refusal(impossible: Impossible, language: str = "en") -> UserError:
    """Return why an attempt at a date is none, with the days near by as choices."""
    choices = tuple(_point_in_words(day, language) for day in impossible.suggestions)
    return UserError(_reason(impossible, language), choices)


def _reason(impossible: Impossible, language: str) -> str:
    match impossible:
        case Impossible(Why.DAY_BEYOND_MONTH, int(month), year):
            days = month_length(month, year)
            return f"{format_month(month, language)} has {days} days."
        case Impossible(Why.NO_LEAP_YEAR, _, int(year)):
            return f"{format_year(year, language)} is no leap year: its February has 28 days."
    return _REASONS[impossible.why]


_REASONS = {
    Why.EMPTY: 'No date was given. Write one such as "21 August", "1917" or "today".',
    Why.TOO_LONG: 'That is too long for a date. Write one such as "21 August" or "1917".',
    Why.CONTROL_CHARACTER: "That holds a control character, which no date has. Type it again.",
    Why.ZERO: "Days, months and years are counted from 1.",
    Why.DAY_BEYOND_MONTH: "That month has fewer days.",
    Why.NO_LEAP_YEAR: "That year is no leap year: its February has 28 days.",
    Why.NO_SUCH_MONTH: "A year has 12 months; these numbers are no day and month in either order.",
    Why.NEEDS_MONTH: 'Of which month? Write the day with its month, such as "21 August".',
    Why.TWO_DIGIT_YEAR: "Of which century? Write the year with four digits, such as 1940.",
    Why.YEAR_OUT_OF_RANGE: "Years run from 4713 BC to 9999.",
}


# -- dates of events -----------------------------------------------------------------------------

_QUALIFIED = {
    Qualifier.ON: "",
    Qualifier.BY: "by",
    Qualifier.BEFORE: "before",
    Qualifier.AFTER: "after",
    Qualifier.ABOUT: "about",
    Qualifier.FROM: "from",
    Qualifier.BETWEEN: "between",
}


def date_label(event: Event, language: str = "en") -> str:
    """Return an event's date with its qualifier: "by 24 September 1905", "7–8 November 1917"."""
    date = event.date
    words = format_date(date, language)
    if date.qualifier is Qualifier.BETWEEN and date.end is not None:
        first = format_point(date.start, language)
        if date.start.month_day and date.start.year == date.end.year:
            same_month = date.start.month == date.end.month and language == "en"
            first = format_day(date.start.month_day, language)
            first = str(date.start.day) if same_month else first
        return f"between {first} and {format_point(date.end, language)}"
    return f"{_QUALIFIED[date.qualifier]} {words}".strip()


def calendar_remark(event: Event, language: str = "en") -> str:
    """Return what to say beside a Julian date: whose calendar it is, and today's date."""
    date = event.date
    if date.calendar is Calendar.GREGORIAN or date.gregorian is None:
        return ""
    gregorian = HistoricalDate(date.gregorian, date.gregorian_end)
    return f"{event.calendar_words or 'Old Style'}; {format_date(gregorian, language)} in today's"


def day_remark(told: Told, language: str = "en") -> str:
    """Return what qualifies an event on a day of the year: calendar, "by this day", the span."""
    return "; ".join(
        filter(None, (_calendar_of_day(told, language), _part_of_span(told, language)))
    )


def _calendar_of_day(told: Told, language: str) -> str:
    """Return the other day that a Julian date is, by the calendar that the day was found in."""
    event, date = told.event, told.event.date
    if date.calendar is Calendar.GREGORIAN:
        return ""
    words = event.calendar_words or "Old Style"
    if told.position is Position.WITHIN:
        start, end = date.start.month_day, date.end and date.end.month_day
        first, last = _month_day(date.gregorian), _month_day(date.gregorian_end)
        if told.calendar is Calendar.JULIAN and first and last:
            return f"{words}; {format_days(first, last, language)} in today's"
        return f"{format_days(start, end, language)} {words}" if start and end else words
    at_end = told.position is Position.LAST
    stated = date.end if at_end else date.start
    gregorian = date.gregorian_end if at_end else date.gregorian
    if told.calendar is Calendar.JULIAN:
        return f"{words}; {_without_year(gregorian, language)} in today's"
    return f"{_without_year(stated, language)} {words}"


def _month_day(date: PartialDate | None) -> MonthDay | None:
    return date.month_day if date else None


def _without_year(date: PartialDate | None, language: str) -> str:
    day = _month_day(date)
    return format_day(day, language) if day else ""


def _part_of_span(told: Told, language: str) -> str:
    date = told.event.date
    if date.end is None:
        words = _QUALIFIED[date.qualifier]
        after = " on" if date.qualifier is Qualifier.FROM else ""
        return f"{words} this day{after}" if words else ""
    if date.qualifier is Qualifier.BETWEEN:
        return date_label(told.event, language)
    match told.position:
        case Position.FIRST:
            return f"until {_end_in_words(date.start, date.end, language)}"
        case Position.LAST:
            return f"since {_end_in_words(date.end, date.start, language)}"
        case _ if told.calendar is not date.calendar:
            return ""  # the stated days stand beside the calendar already
        case _:
            return format_date(date, language)


def _end_in_words(known: PartialDate, other: PartialDate, language: str) -> str:
    """Return the other end of a span, without the year where it is the same."""
    if known.year == other.year and other.month_day is not None:
        return format_day(other.month_day, language)
    return format_point(other, language)
