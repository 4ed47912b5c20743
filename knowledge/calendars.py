"""Days in the Julian and the Gregorian calendar, and the Julian Day Number that joins them.

Years are astronomical everywhere: 1 BC is 0, 70 BC is -69. Both calendars are proleptic: they run
on before their introduction, as historians and ISO 8601 count. The formulas are those of E. G.
Richards, "Calendars", in Urban and Seidelmann (eds.), Explanatory Supplement to the Astronomical
Almanac, 3rd edition (2013), section 15.11. They hold from Julian Day 0 (1 January 4713 BC, Julian).
"""

from __future__ import annotations

from enum import StrEnum

LAST_YEAR = 9999
"""The last year that Daybook knows: four digits, as in ISO 8601 without agreement of both sides."""


LAST_DAY = 5_373_484
"""The Julian Day Number of 31 December 9999, Gregorian."""


class Calendar(StrEnum):
    """The calendar that a source writes a date in."""

    GREGORIAN = "gregorian"
    JULIAN = "julian"


_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap_year(year: int, calendar: Calendar = Calendar.GREGORIAN) -> bool:
    """Whether this astronomical year has a 29 February."""
    if calendar is Calendar.JULIAN:
        return year % 4 == 0
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(
    month: int, year: int | None = None, calendar: Calendar = Calendar.GREGORIAN
) -> int:
    """Return the number of days of a month (1 to 12); without a year, February has 29."""
    if month == 2 and (year is None or is_leap_year(year, calendar)):
        return 29
    return _MONTH_LENGTHS[month - 1]


def day_number(year: int, month: int, day: int, calendar: Calendar = Calendar.GREGORIAN) -> int:
    """Return the Julian Day Number of a day that exists; negative before Julian Day 0.

    The source's (month - 14) / 12, truncated towards zero, is -1 for January and February, else 0.
    """
    elapsed = 0 if month > 2 else -1
    shifted = year + 4800 + elapsed
    months = month - 2 - 12 * elapsed
    number = (1461 * shifted) // 4 + (367 * months) // 12 + day - 32075
    if calendar is Calendar.GREGORIAN:
        return number - 3 * ((shifted + 100) // 100) // 4
    return number - 38


def from_day_number(number: int, calendar: Calendar = Calendar.GREGORIAN) -> tuple[int, int, int]:
    """Return (year, month, day) of a Julian Day Number from 0 on."""
    if number < 0:
        raise ValueError(f"Julian Day {number} lies before 1 January 4713 BC")
    f = number + 1401
    if calendar is Calendar.GREGORIAN:
        f += (4 * number + 274277) // 146097 * 3 // 4 - 38
    e = 4 * f + 3
    h = 5 * (e % 1461 // 4) + 2
    day = h % 153 // 5 + 1
    month = (h // 153 + 2) % 12 + 1
    year = e // 1461 - 4716 + (14 - month) // 12
    return year, month, day


def convert(
    year: int, month: int, day: int, source: Calendar, target: Calendar
) -> tuple[int, int, int]:
    """Return the same day in another calendar, as (year, month, day)."""
    return from_day_number(day_number(year, month, day, source), target)
