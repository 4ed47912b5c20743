"""Dates in words, in the languages of locale_names.json."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.date_words import locale_names
from knowledge.model import HistoricalDate, MonthDay, PartialDate, Precision

_PATTERN_PART = re.compile(r"'[^']*'|y|MMMM|M|d")


def format_day(day: MonthDay, language: str = "en") -> str:
    """Return a day of any year: "21 August", "21. August", "8月21日"."""
    return _fill(_pattern("day", language), None, day.month, day.day, language)


def format_month(month: int, language: str = "en") -> str:
    """Return the name of a month as it stands alone: "August", "август"."""
    name: str = locale_names()[language]["stand-alone"]["wide"][month - 1]
    return name


def format_year(year: int, language: str = "en") -> str:
    """Return an astronomical year as people write it: 1917, and 70 BC for -69."""
    if year > 0:
        return str(year)
    return f"{1 - year} {locale_names()[language]['eras']['bc']}"


def format_point(date: PartialDate, language: str = "en") -> str:
    """Return a day, month, year, decade or century in words."""
    if date.precision is Precision.DECADE or date.precision is Precision.CENTURY:
        return _format_many_years(date, language)
    if date.month is None:
        return format_year(date.year, language)
    if date.day is None:
        return _fill(_pattern("month_year", language), date.year, date.month, None, language)
    return _fill(_pattern("day_year", language), date.year, date.month, date.day, language)


def format_date(date: HistoricalDate, language: str = "en") -> str:
    """Return a date with its end, without its qualifier: "7–8 November 1917", "1917–1920"."""
    start, end = date.start, date.end
    if end is None or end == start:
        return format_point(start, language)
    return format_span(start, end, language)


def format_span(start: PartialDate, end: PartialDate, language: str = "en") -> str:
    """Return two dates with a dash between them; what they share stands once where it can."""
    last = format_point(end, language)
    if start.precision is Precision.YEAR and end.precision is Precision.YEAR and start.year > 0:
        return f"{start.year}–{last}"
    if start.day and end.day and start.year == end.year:
        if start.month == end.month and _pattern("day_year", language).startswith("d"):
            return f"{start.day}–{last}"
        first = format_day(MonthDay(start.month or 1, start.day), language)
        if _pattern("day_year", language).endswith("y"):
            return f"{first} – {last}"
    return f"{format_point(start, language)} – {last}"


def _format_many_years(date: PartialDate, language: str) -> str:
    if date.year < 0:
        length = 10 if date.precision is Precision.DECADE else 100
        first = format_year(date.year - length + 1, language)
        return f"{first} – {format_year(date.year, language)}"
    if language == "en":
        return f"{date.year}s"
    last = date.year + (9 if date.precision is Precision.DECADE else 99)
    return f"{date.year}–{last}"


def _pattern(form: str, language: str) -> str:
    pattern: str = locale_names()[language]["patterns"][form]
    return pattern


def _fill(pattern: str, year: int | None, month: int | None, day: int | None, language: str) -> str:
    names: Sequence[str] = locale_names()[language]["format"]["wide"]
    if day is None and month is not None:
        names = locale_names()[language]["stand-alone"]["wide"]

    def part(match: re.Match[str]) -> str:
        match match[0]:
            case "y":
                return "" if year is None else format_year(year, language)
            case "MMMM":
                return "" if month is None else names[month - 1]
            case "M":
                return str(month)
            case "d":
                return str(day)
            case quoted:
                return quoted[1:-1]

    return _PATTERN_PART.sub(part, pattern)
