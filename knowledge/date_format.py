"""Dates in words, in the languages of locale_names.json."""

from __future__ import annotations

import re

from knowledge.date_words import locale_names
from knowledge.model import HistoricalDate, MonthDay, PartialDate, Precision

_PATTERN_PART = re.compile(r"'[^']*'|y|MMMM|LLLL|M|d\.?")

_ERA_FIRST = frozenset({"ja", "zh", "tr"})
"""Languages that write the era before the year; the others write it after the date."""

_YEAR_WORD = {"ja": "年", "zh": "年"}
"""What stands behind a year that is alone; in a date it is part of the pattern."""

_FIRST_OF_MONTH = {"fr": "1er"}
"""The first day of a month where it is an ordinal."""


def format_day(day: MonthDay, language: str = "en") -> str:
    """Return a day of any year: "21 August", "21. August", "8月21日"."""
    return _fill("day", None, day.month, day.day, language)


def format_days(first: MonthDay, last: MonthDay, language: str = "en") -> str:
    """Return days of any year with a dash: "17–30 August", "28 December – 3 January"."""
    words = format_day(last, language)
    starts_with_day = _DAY_FIRST.match(_pattern("day", language))
    if first.month == last.month and starts_with_day:
        day = _pattern_part(starts_with_day, None, first.month, first.day, language)
        return f"{day}–{words}"
    return f"{format_day(first, language)} – {words}"


def format_month(month: int, language: str = "en") -> str:
    """Return the name of a month as it stands alone: "August", "август"."""
    name: str = locale_names()[language]["stand-alone"]["wide"][month - 1]
    return name


def format_year(year: int, language: str = "en") -> str:
    """Return an astronomical year as people write it: 1917, and 70 BC for -69."""
    words = _without_era(year, language) + _YEAR_WORD.get(language, "")
    return words + _era_behind(year, language)


def format_point(date: PartialDate, language: str = "en") -> str:
    """Return a day, month, year, decade or century in words."""
    if date.precision is Precision.DECADE or date.precision is Precision.CENTURY:
        return _format_many_years(date, language)
    if date.month is None:
        return format_year(date.year, language)
    form = "month_year" if date.day is None else "day_year"
    words = _fill(form, date.year, date.month, date.day, language)
    return words + _era_behind(date.year, language)


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
    if start.month and start.day and end.day and start.year == end.year:
        pattern = _pattern("day_year", language)
        first = _DAY_FIRST.match(pattern)
        if start.month == end.month and first:
            return f"{_pattern_part(first, None, start.month, start.day, language)}–{last}"
        if pattern.endswith("y"):
            return f"{format_day(MonthDay(start.month, start.day), language)} – {last}"
    if start.month and not start.day and end.month and start.year == end.year:
        pattern = _pattern("month_year", language)
        if not end.day and pattern.startswith(("MMMM", "LLLL")) and pattern.endswith("y"):
            return f"{format_month(start.month, language)} – {last}"
    return f"{format_point(start, language)} – {last}"


_DAY_FIRST = re.compile(r"d\.?")


def _format_many_years(date: PartialDate, language: str) -> str:
    last = format_year(date.last_year, language)
    if date.year <= 0:
        return f"{format_year(date.year, language)} – {last}"
    # "1800s" is the century: the decade of that name is written in full
    is_plain = date.precision is Precision.CENTURY or date.year % 100 != 0
    return f"{date.year}s" if language == "en" and is_plain else f"{date.year}–{last}"


def _era(language: str) -> str:
    era: str = locale_names()[language]["eras"]["bc"]
    return era


def _without_era(year: int, language: str) -> str:
    """Return the number of a year, with the era where the language has it in front."""
    if year > 0:
        return str(year)
    if language not in _ERA_FIRST:
        return str(1 - year)
    space = "" if language in _YEAR_WORD else " "
    return f"{_era(language)}{space}{1 - year}"


def _era_behind(year: int, language: str) -> str:
    return "" if year > 0 or language in _ERA_FIRST else f" {_era(language)}"


def _pattern(form: str, language: str) -> str:
    pattern: str = locale_names()[language]["patterns"][form]
    return pattern


def _fill(form: str, year: int | None, month: int, day: int | None, language: str) -> str:
    return _PATTERN_PART.sub(
        lambda match: _pattern_part(match, year, month, day, language), _pattern(form, language)
    )


def _pattern_part(
    match: re.Match[str], year: int | None, month: int, day: int | None, language: str
) -> str:
    """Return what a part of a CLDR pattern stands for: MMMM is "августа", LLLL is "август"."""
    match match[0]:
        case "y":
            return "" if year is None else _without_era(year, language)
        case "MMMM":
            name: str = locale_names()[language]["format"]["wide"][month - 1]
            return name
        case "LLLL":
            return format_month(month, language)
        case "M":
            return str(month)
        case "d" | "d." as digits:
            ordinal = _FIRST_OF_MONTH.get(language) if day == 1 else None
            return ordinal or digits.replace("d", str(day))
        case quoted:
            return quoted[1:-1]
