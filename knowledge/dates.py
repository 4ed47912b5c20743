"""What a person types, and today, in; a day, month, year, range, two readings, or why not, out.

The text is folded and cut into numbers, words and marks, once from left to right; the kinds of
these make a short signature ("nmn" for "7 November 1917"), and the signature says how to read them.
No step looks back, and text longer than LONGEST_TEXT isn't looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from knowledge.calendars import LAST_YEAR, Calendar, day_number, month_length
from knowledge.date_items import Item, date_items
from knowledge.date_words import NEXT, RELATIVE_DAYS, fold_date, weekday_words
from knowledge.model import MONTHS_IN_A_YEAR, MonthDay

LONGEST_TEXT = 120
"""Characters of a date, spaces included, after which it is no date that a person would type."""

LONGEST_MONTH = 31

LENGTH_OF_ISO_BASIC = len("20260821")

FIRST_YEAR = -4712
"""4713 BC."""

LAST_JULIAN_YEAR = 1923
"""The year in which Greece, the last country in Europe, left the Julian calendar: until then a 29
February 1900 is a good day."""


LEAST_YEAR_OF_TWO_DIGITS = 40
"""From here on the number in "May 99" is half a year, below it ("May 32") a slip in the day."""


class Order(StrEnum):
    """Which number of "03-05" is the day."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, of one year or of any."""

    month: int
    day: int
    year: int | None = None

    @property
    def month_day(self) -> MonthDay:
        """The day without the year."""
        return MonthDay(self.month, self.day)


@dataclass(frozen=True, slots=True)
class Month:
    """A month, of one year or of any."""

    month: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year, astronomical: 70 BC is -69."""

    year: int


Point = Day | Month | Year


@dataclass(frozen=True, slots=True)
class Range:
    """From one day, month or year to another of the same kind, both included."""

    first: Point
    last: Point


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """Numbers that mean one day or another; the preferred order's reading comes first."""

    preferred: Day
    other: Day


class Why(StrEnum):
    """Why an attempt at a date is none."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    CONTROL_CHARACTER = "control-character"
    ZERO = "zero"
    DAY_BEYOND_MONTH = "day-beyond-month"
    NO_LEAP_YEAR = "no-leap-year"
    NO_SUCH_MONTH = "no-such-month"
    NEEDS_MONTH = "needs-month"
    TWO_DIGIT_YEAR = "two-digit-year"
    YEAR_OUT_OF_RANGE = "year-out-of-range"


@dataclass(frozen=True, slots=True)
class Impossible:
    """An attempt at a date that is none: why, what of it is meant, and days near by."""

    why: Why
    month: int | None = None
    year: int | None = None
    suggestions: tuple[Day, ...] = ()


Readable = Point | Range
DateReading = Readable | TwoReadings | Impossible


def read_date(
    text: str, today: date, order: Order = Order.DAY_FIRST, language: str = "en"
) -> DateReading | None:
    """Return what a person means who types this on that day; None if it is no attempt at a date.

    "Today" and weekdays are days of any year, for it is what happened on them that people ask.
    `language` decides what a month's name means that differs between languages.
    """
    if len(text) > LONGEST_TEXT:
        return Impossible(Why.TOO_LONG)
    if any(unicodedata.category(c) == "Cc" and not c.isspace() for c in text):
        return Impossible(Why.CONTROL_CHARACTER)
    folded = " ".join(fold_date(text).split()).strip(" ?!,;:\"'«»„“”‚‘()[]").strip()
    folded = folded.removeprefix("date:").strip()
    if not folded:
        return Impossible(Why.EMPTY)
    if len(folded) > LONGEST_TEXT:
        return Impossible(Why.TOO_LONG)
    if folded.isdecimal() and len(folded) > LENGTH_OF_ISO_BASIC:
        return Impossible(Why.YEAR_OUT_OF_RANGE)
    relative = _relative(folded.rstrip("."), today)
    if relative is not None:
        return relative
    items = date_items(folded, language)
    return _read_items(items, order) if items else None


# -- relative days -------------------------------------------------------------------------------


def _relative(text: str, today: date) -> Point | None:
    """Return the day, month or year that words mean from today."""
    words = text.split()
    while words and words[0] in ("on", "the"):
        words = words[1:]
    match words:
        case [count, "year" | "years", "ago", "today"] if count.isdecimal() and len(count) <= 4:
            return Day(today.month, today.day, today.year - int(count))
    offset = _offset(words, today)
    if offset is not None:
        try:
            day = today + timedelta(days=offset)
        except OverflowError:
            return None
        return Day(day.month, day.day)
    match words:
        case ["this", "month"]:
            return Month(today.month)
        case ["next", "month"]:
            return Month(today.month % MONTHS_IN_A_YEAR + 1)
        case ["last", "month"]:
            return Month((today.month - 2) % MONTHS_IN_A_YEAR + 1)
        case ["this", "year"]:
            return Year(today.year)
        case ["last", "year"]:
            return Year(today.year - 1)
    return None


def _offset(words: Sequence[str], today: date) -> int | None:
    """Return the days from today to the day that the words mean."""
    weekdays = weekday_words()
    match words:
        case [word] if word in RELATIVE_DAYS:
            return RELATIVE_DAYS[word]
        case ["day", "after", "tomorrow"]:
            return 2
        case ["day", "before", "yesterday"]:
            return -2
        case ["in", count, "day" | "days"] if count.isdecimal() and len(count) <= 5:
            return int(count)
        case [count, "day" | "days", "ago"] if count.isdecimal() and len(count) <= 5:
            return -int(count)
        case [word] | ["this", word] if word in weekdays:
            return (weekdays[word] - today.weekday()) % 7
        case [coming, word] | [word, coming] if coming in NEXT and word in weekdays:
            return (weekdays[word] - today.weekday() - 1) % 7 + 1
        case ["last", word] if word in weekdays:
            return -((today.weekday() - weekdays[word] - 1) % 7 + 1)
    return None


# -- items to a reading --------------------------------------------------------------------------


class _Parts(NamedTuple):
    """The numbers of a date before anybody asked whether there is such a day."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


def _read_items(items: list[Item], order: Order) -> DateReading | None:
    reading = _single(items, order)
    if reading is not None:
        return reading
    return _range(items, order)


def _single(items: list[Item], order: Order) -> DateReading | None:
    """Return what items say that are one date; None where they are no date or several."""
    items, era = _without_era(items)
    if _kinds(items) in ("nc", "ns"):
        return _many_years(items[0].value, _kinds(items), before_christ=era == "e")
    years = _short_range_of_years(items) if not era else None
    if years is not None:
        return years
    parts = _parts(items, era, order)
    return _preferred(parts) if isinstance(parts, list) else parts


def _preferred(readings: list[_Parts]) -> DateReading:
    """Return the reading that is a day, both of two, or why there is none."""
    checked = [_checked(parts) for parts in readings]
    days = [reading for reading in checked if not isinstance(reading, Impossible)]
    match days:
        case [Day() as preferred, Day() as other] if preferred != other:
            return TwoReadings(preferred, other)
        case [reading, *_]:
            return reading
    # of two ways to be wrong, tell of the one that at least has a month
    return next((reading for reading in checked if _has_a_month(reading)), checked[0])


def _has_a_month(reading: object) -> bool:
    return isinstance(reading, Impossible) and reading.month is not None


def _kinds(items: Sequence[Item]) -> str:
    return "".join(item.kind for item in items)


def _without_era(items: list[Item]) -> tuple[list[Item], str]:
    """Return the items without "BC" or "AD" at an end or before the year, and "e" or "a" for it."""
    if items[-1].kind in "ea" and len(items) > 1:
        return items[:-1], items[-1].kind
    if items[0].kind in "ea":
        return items[1:], items[0].kind
    if re.fullmatch(r"n?m[ea]n|mn[ea]n", _kinds(items)):
        return [*items[:-2], items[-1]], items[-2].kind  # "15 October AD 70"
    return items, ""


def _astronomical(year: int, era: str) -> int:
    return 1 - year if era == "e" else year


def _many_years(number: int, kinds: str, *, before_christ: bool) -> Range | Impossible | None:
    """Return the years of "19th century" (1801 to 1900), "1920s" or "1800s"."""
    if kinds == "nc":
        first, last = number * 100 - 99, number * 100
        if number == 0:
            return Impossible(Why.ZERO)
    elif number >= 100 and number % 10 == 0:
        first, last = number, number + (99 if number % 100 == 0 else 9)
    elif number < 100:
        return Impossible(Why.TWO_DIGIT_YEAR)
    else:
        return None
    if before_christ:
        first, last = 1 - last, 1 - first
    if first < FIRST_YEAR or last > LAST_YEAR:
        return Impossible(Why.YEAR_OUT_OF_RANGE)
    return Range(Year(first), Year(last))


def _short_range_of_years(items: Sequence[Item]) -> Readable | None:
    """Return the years of "1917-1920", "1917–20" and "1914-18"; "1917-11" is a month."""
    if _kinds(items) not in ("n-n", "n–n", "n/n") or not items[0].is_year:
        return None
    first, second = items[0].value, items[2]
    if second.is_year:
        return _range_between(Year(first), Year(second.value))
    if second.digits != 2 or (items[1].kind != "–" and second.value <= MONTHS_IN_A_YEAR):
        return None
    return _range_between(Year(first), Year(first - first % 100 + second.value))


def _parts(items: Sequence[Item], era: str, order: Order) -> list[_Parts] | Impossible | None:
    """Return the dates that items may be, the preferred first; None if they are no single date."""
    kinds = _kinds(items)
    numbers = [item for item in items if item.kind == "n"]
    values = [item.value for item in numbers]
    months = [item.value for item in items if item.kind == "m"]
    if kinds in _NUMERIC and not era:
        return _numeric(numbers, kinds, order)
    match kinds, values, months:
        case ("n" | "n.", [_], _):
            return _lone_number(numbers[0], era)
        case ("m", _, [month]):
            return [_Parts(month=month)] if items[0].is_full_name else None
        case ("nm" | "n-m" | "n/m" | "n.m", [number], [month]):
            if numbers[0].is_year:
                return [_Parts(_astronomical(number, era), month)]
            return [_Parts(None, month, number)]
        case ("mn" | "m-n" | "m/n" | "m.n", [number], [month]):
            if numbers[0].is_year or era:
                return [_Parts(_astronomical(number, era), month)]
            if number >= LEAST_YEAR_OF_TWO_DIGITS:
                return Impossible(Why.TWO_DIGIT_YEAR)
            return [_Parts(None, month, number)]
        case ("nmn" | "n-m-n" | "n/m/n" | "n.m.n", [first, last], [month]):
            if numbers[0].is_year and numbers[1].digits <= 2:
                return [_Parts(_astronomical(first, era), month, last)]
            return _with_year(numbers[1], _Parts(None, month, first), era)
        case ("mnn" | "m-n-n", [day, _], [month]):
            return _with_year(numbers[1], _Parts(None, month, day), era)
        case ("nnm", [_, day], [month]) if numbers[0].is_year:
            return _with_year(numbers[0], _Parts(None, month, day), era)
        case ("nYnMnD", [year, month, day], _):
            return [_Parts(_astronomical(year, era), month, day)]
        case ("nMnD", [month, day], _):
            return [_Parts(None, month, day)]
        case ("nYnM", [year, month], _):
            return [_Parts(_astronomical(year, era), month)]
        case ("nM", [month], _):
            return [_Parts(month=month)]
        case ("nY", [year], _):
            return [_Parts(_astronomical(year, era))]
        case ("nD", _, _):
            return Impossible(Why.NEEDS_MONTH)
    return None


_NUMERIC = frozenset(
    {"n-n", "n/n", "n.n", "n.n.", "n–n"}
    | {"n-n-n", "n/n/n", "n.n.n", "n.n.n.", "n–n–n", "-n-n-n", "-n-n", "-n"}
)


def _numeric(numbers: list[Item], kinds: str, order: Order) -> list[_Parts] | Impossible | None:
    """Return the dates that numbers with marks between them may be."""
    values = [number.value for number in numbers]
    if kinds.startswith("-"):
        # a year before 1 BC as `value` in CONTRACTS writes it: -0069, -0043-03-15
        return [_Parts(-values[0], *values[1:])] if numbers[0].digits == 4 else None
    match numbers:
        case [first, second] if first.is_year and second.digits <= 2:
            return [_Parts(first.value, second.value)]
        case [first, second] if second.is_year and first.digits <= 2:
            return [_Parts(second.value, first.value)]
        case [first, second] if max(first.digits, second.digits) <= 2:
            if kinds == "n.n.":
                return [_Parts(None, second.value, first.value)]
            return _both_orders(first.value, second.value, None, order)
        case [first, second, third] if first.is_year and max(second.digits, third.digits) <= 2:
            return [_Parts(*values)]
        case [first, second, third] if max(first.digits, second.digits) <= 2:
            if third.is_year:
                return _both_orders(first.value, second.value, third.value, order)
            return Impossible(Why.TWO_DIGIT_YEAR) if third.digits == 2 else None
    return None


def _both_orders(first: int, second: int, year: int | None, order: Order) -> list[_Parts]:
    readings = [_Parts(year, second, first), _Parts(year, first, second)]
    return readings if order is Order.DAY_FIRST else readings[::-1]


def _lone_number(item: Item, era: str) -> list[_Parts] | Impossible | None:
    if era or item.is_year or (item.after_year_word and item.digits <= 2):
        if item.value == 0:
            return Impossible(Why.ZERO)
        return [_Parts(_astronomical(item.value, era))]
    if item.digits == 8:
        year, rest = divmod(item.value, 10_000)
        return [_Parts(year, *divmod(rest, 100))]
    if item.digits > 4:
        return Impossible(Why.YEAR_OUT_OF_RANGE)
    if item.value > LONGEST_MONTH:
        return Impossible(Why.TWO_DIGIT_YEAR)
    return Impossible(Why.ZERO if item.value == 0 else Why.NEEDS_MONTH)


def _with_year(item: Item, day: _Parts, era: str) -> list[_Parts] | Impossible:
    if item.is_year or era:
        return [day._replace(year=_astronomical(item.value, era))]
    return Impossible(Why.TWO_DIGIT_YEAR if item.digits <= 2 else Why.YEAR_OUT_OF_RANGE)


def _checked(parts: _Parts) -> Point | Impossible:
    """Return the day, month or year that the parts are, or why there is no such."""
    year, month, day = parts
    if year == 0 and day is not None:
        return Impossible(Why.ZERO)  # nobody who types 0000-08-21 means 1 BC
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return Impossible(Why.YEAR_OUT_OF_RANGE)
    if month is None:
        return Year(year) if year is not None else Impossible(Why.NEEDS_MONTH)
    if month == 0 or day == 0:
        return Impossible(Why.ZERO)
    if month > MONTHS_IN_A_YEAR:
        return Impossible(Why.NO_SUCH_MONTH)
    if day is None:
        return Month(month, year)
    in_julian_times = year is not None and year <= LAST_JULIAN_YEAR
    # the Julian leap years are the Gregorian ones and more
    calendar = Calendar.JULIAN if in_julian_times else Calendar.GREGORIAN
    length = month_length(month, year, calendar)
    if day <= length:
        return Day(month, day, year)
    after = Day(month % MONTHS_IN_A_YEAR + 1, 1, year)
    if month == MONTHS_IN_A_YEAR and year is not None:
        after = Day(1, 1, year + 1)
    why = Why.NO_LEAP_YEAR if (month, day) == (2, 29) else Why.DAY_BEYOND_MONTH
    return Impossible(why, month, year, (Day(month, length, year), after))


# -- ranges --------------------------------------------------------------------------------------


def _range(items: list[Item], order: Order) -> DateReading | None:
    divider = _divider(items)
    if divider is None:
        return None
    left_items = [item for item in items[:divider] if item.kind not in "fb"]
    right_items = items[divider + 1 :]
    if not left_items or not right_items:
        return None
    left_items, left_era = _without_era(left_items)
    right_items, right_era = _without_era(right_items)
    if {_kinds(left_items), _kinds(right_items)} <= {"nc", "ns"}:
        return _range_of_ranges(_single(left_items, order), _single(right_items, order))
    left = _parts(left_items, left_era or right_era, order)
    right = _parts(right_items, right_era, order)
    if _kinds(right_items) == "nn" and "m" in _kinds(left_items):
        # "August 17-30, 1918": the month stands before both days
        month = next(item.value for item in left_items if item.kind == "m")
        right = _with_year(right_items[1], _Parts(None, month, right_items[0].value), right_era)
    left_day, right_day = _bare_day(left_items), _bare_day(right_items)
    if left_day is not None and isinstance(right, list) and right[0].day is not None:
        left = [_Parts(None, right[0].month, left_day)]
    if right_day is not None and isinstance(left, list) and left[0].day is not None:
        right = [left[0]._replace(day=right_day)]
    if _kinds(left_items) == "m" and isinstance(right, list):
        left = [_Parts(month=left_items[0].value)]  # "Aug" alone is no date, "Aug-Oct" is
    if isinstance(left, list) and isinstance(right, list):
        return _checked_range(_with_year_of(left[0], right[0]), right[0])
    return next((side for side in (left, right) if isinstance(side, Impossible)), None)


def _divider(items: Sequence[Item]) -> int | None:
    """Return where a range is divided.

    At "to", at "and", at the one dash; of the dashes between two ISO dates at the middle one; at
    the stroke of "7/8 November".
    """
    kinds = _kinds(items)
    if kinds == "n-n-n-n-n-n":
        return 5
    for mark in ("t", "&", "–", "-", "/"):
        if mark in kinds:
            return kinds.index(mark) if kinds.count(mark) == 1 else None
    return None


def _bare_day(items: Sequence[Item]) -> int | None:
    """Return the number of items that are one day of a month and no more."""
    if _kinds(items) in ("n", "n.", "nD") and items[0].digits <= 2:
        return items[0].value
    return None


def _with_year_of(left: _Parts, right: _Parts) -> _Parts:
    """Return the first date of a range with the year that stands once, at the end."""
    if left.year is not None or right.year is None or not left.month or not right.month:
        return left
    runs_over_new_year = left.month > right.month
    return left._replace(year=right.year - 1 if runs_over_new_year else right.year)


def _range_of_ranges(first: object, last: object) -> Range | None:
    """Return the range of "1920s to 1930s"."""
    if isinstance(first, Range) and isinstance(last, Range):
        return Range(first.first, last.last)
    return None


def _checked_range(left: _Parts, right: _Parts) -> DateReading | None:
    first, last = _checked(left), _checked(right)
    if isinstance(first, Impossible):
        return first
    if isinstance(last, Impossible):
        return last
    if type(first) is not type(last) or (left.year is None) != (right.year is None):
        return None
    return _range_between(first, last)


def _range_between(first: Point, last: Point) -> Range | Point:
    """Return a range the right way round; one that is no longer than its ends is one of them."""
    if first == last:
        return first
    if (
        first.year is not None
        and last.year is not None
        and year_month_day(last) < year_month_day(first)
    ):
        return Range(last, first)
    return Range(first, last)


def year_month_day(point: Point) -> tuple[int, int, int]:
    """Return the numbers of a point, 0 for those that it doesn't have."""
    match point:
        case Day(month, day, year):
            return year or 0, month, day
        case Month(month, year):
            return year or 0, month, 0
        case Year(year):
            return year, 0, 0


def first_day_of(point: Point, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Return the Julian Day Number of the first day of a day, month or year; of year 0 by default.

    The point is taken as written in `calendar`.
    """
    year, month, day = year_month_day(point)
    return day_number(year, month or 1, day or 1, calendar)


def last_day_of(point: Point, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Return the Julian Day Number of the last day of a day, month or year."""
    year, month, day = year_month_day(point)
    month = month or MONTHS_IN_A_YEAR
    return day_number(year, month, day or month_length(month, year, calendar), calendar)
