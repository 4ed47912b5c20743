"""Numbers of dates as they are written: names of months, years with their era, days that exist."""

from __future__ import annotations

import re

from knowledge.calendars import Calendar, month_length
from knowledge.compiler.date_vocabulary import MONTH_NUMBERS
from knowledge.compiler.year_evidence import LEAST_PLAIN_YEAR, counts_plural, is_count

LATEST_YEAR = 2100
"""Larger numbers are no years of history."""

EARLIEST_YEAR_BC = 4713
"""Days before it have no Julian Day Number, and no date of ours reaches there."""

_NUMBER = re.compile(r"\d+")
_LETTER = re.compile(r"[A-Z]")


def month_of(name: str) -> int:
    """Return the number of a month by its name or abbreviation."""
    return MONTH_NUMBERS[name.rstrip(".").lower()]


def day_of(written: str) -> int:
    """Return the number at the beginning of "7", "7th"."""
    match = _NUMBER.match(written)
    return int(match[0]) if match else 0


def exists(year: int | None, month: int, day: int) -> bool:
    """Whether a calendar has the day; the older one has a 29 February more often."""
    return 1 <= month <= 12 and 1 <= day <= month_length(month, year, Calendar.JULIAN)


def _counts(number: int, text: str, stop: int) -> bool:
    """Whether a number behind a day or month counts what follows it and is no year.

    Counts in prose are mostly round ones, or small: "In August 1914 soldiers came" has a year, "By
    August 900 looms stood idle" and "In June 1200 men left" have none.
    """
    if number < LEAST_PLAIN_YEAR:
        return is_count(text, stop) or counts_plural(text, stop)
    return number % 10 == 0 and is_count(text, stop)


def year_of(written: str | None, text: str, stop: int) -> int | None:
    """Return the astronomical year of "1917", "44 BC", "AD 9", "1726/7"; none if it is no year.

    `stop` is where it ends in the text: a number that counts what follows is no year. A double
    year is the later one, by which the months January to March are counted today.
    """
    if not written:
        return None
    number = _NUMBER.search(written)
    if number is None:
        return None
    year = int(number[0])
    era = _LETTER.search(written)
    if era is not None:
        if "B" not in written:
            return year if 0 < year <= LATEST_YEAR else None
        return 1 - year if 0 < year <= EARLIEST_YEAR_BC else None
    if year > LATEST_YEAR or _counts(year, text, stop):
        return None
    if len(number[0]) == 4 and year < 1000:
        return None
    double = written.partition("/")[2]
    if double:
        return year + 1 if int(double) == (year + 1) % 10 ** len(double) else None
    return year
