"""Templates that state dates, as Wikipedia's articles have them, in words.

After the documentation of Template:Birth date, Template:Death date and age, Template:Start date,
Template:OldStyleDate, Template:Circa and their like on the English Wikipedia.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MONTHS = (
    "January February March April May June July August September October November December".split()
)

_DATE_NAMES = frozenset(
    name
    for line in """
    birth date|birth date and age|dob|bda|birth-date|birth-date and age|birth year and age
    birth year|birthyearage|birth date2|birth date and age2|bya|birth month and age
    death date|death date and age|dda|dod|death-date|death-date and age|death year and age
    death year|death month and age|death date and given age|death date2|deathdateage
    start date|start date and age|start-date|end date|end-date|film date|date|dts
    start and end dates|launch date|release date|event date|opening date|founded date|sda
    disappeared date and age|date of birth|date of death|year|dtsh
    """.splitlines()
    for name in line.strip().split("|")
)

_NUMBER = re.compile(r"-?\d{1,4}")
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def date_in_words(name: str, positional: Sequence[str], named: Mapping[str, str]) -> str | None:
    """Return the words of a template that states a date; None where `name` is no such template.

    `name` is in lower case. The day stands before the month where the template says "df".

    >>> date_in_words("birth date", ["1860", "3", "2"], {"df": "yes"})
    '2 March 1860'
    """
    if name not in _DATE_NAMES:
        return None
    values = [value.strip() for value in positional if value.strip()]
    if not values:
        values = [named[key] for key in ("year", "month", "day") if named.get(key)]
    day_first = named.get("df", "").casefold() in ("y", "yes", "true", "1")
    numbers = []
    for value in values[:3]:
        if _NUMBER.fullmatch(value) is None and _month(value) is None:
            break
        numbers.append(value)
    if not numbers:
        return _written_date(values, day_first=day_first)
    if name == "date" and not _is_year(numbers[0]):
        return " ".join(values)
    dates = [_words(numbers, day_first=day_first)]
    if name == "start and end dates" and len(values) >= 6:
        dates.append(_words(values[3:6], day_first=day_first))
    return " – ".join(filter(None, dates))


def _written_date(values: Sequence[str], *, day_first: bool) -> str:
    """Return a date that stands in one argument: as it is, or from 1860-03-02."""
    written = values[0] if values else ""
    iso = _ISO.fullmatch(written)
    if iso is None:
        return written
    return _words([part for part in iso.groups() if part], day_first=day_first)


def _words(parts: Sequence[str], *, day_first: bool) -> str:
    year = str(int(parts[0])) if _NUMBER.fullmatch(parts[0]) else parts[0]
    if year.startswith("-"):
        year = f"{1 - int(year)} BC"
    month = _month(parts[1]) if len(parts) > 1 else None
    if month is None:
        return year
    day = parts[2].lstrip("0") if len(parts) > 2 else ""
    if not day.isdigit() or not 1 <= int(day) <= 31:
        return f"{month} {year}"
    return f"{day} {month} {year}" if day_first else f"{month} {day}, {year}"


def _month(value: str) -> str | None:
    if value.isdigit() and 1 <= int(value) <= len(MONTHS):
        return MONTHS[int(value) - 1]
    word = value.strip(". ").casefold()
    if len(word) < 3 or not word.isalpha():
        return None
    return next((month for month in MONTHS if month.casefold().startswith(word)), None)


def _is_year(value: str) -> bool:
    return value.lstrip("-").isdigit() and len(value.lstrip("-")) > 2
