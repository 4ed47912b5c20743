"""Days and months as they are written, in the orders of Britain, of America and of catalogues."""

from __future__ import annotations

import re

from knowledge.calendars import Calendar, month_length
from knowledge.compiler.calendar_styles import old_and_new
from knowledge.compiler.date_numbers import LATEST_YEAR, day_of, exists, month_of, year_of
from knowledge.compiler.date_parts import Expression, Join, Part
from knowledge.compiler.date_vocabulary import (
    DAY,
    DAYS,
    MONTH,
    ORDINAL_WORD,
    ORDINALS,
    ROMAN_MONTHS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
)
from knowledge.compiler.day_rules import (
    FEAST,
    FIXED_FEASTS,
    MONTH_OF_EASTER,
    NTH_WEEKDAYS,
    DayRule,
    feast_of,
    roman_day,
)
from knowledge.compiler.foreign_months import foreign_day_at
from knowledge.compiler.month_names import is_month
from knowledge.compiler.year_evidence import is_count, is_street
from knowledge.model import Precision

_OF_YEAR = rf"(?:(?:,?\s(?:of\s|in\s)?(?:the\syear\s)?(?:of\s)?|\s?/\s?)(?P<year>{YEAR}))?"
_ISO = re.compile(
    rf"(\d{{4}})-(\d\d)-(\d\d)(?![\d-])|(\d{{4}}),?\s({MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
)
_BRACKETED = re.compile(
    rf"(?P<day>\d{{1,2}})\s?[(\[](?P<new>\d{{1,2}})[)\]]\s(?P<month>{MONTH}){_OF_YEAR}"
)
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_ROMAN = re.compile(r"(\d{1,2})\.\s?([IVX]{1,4})\.?\s?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(rf"(?P<days>{DAYS})(?:\sday)?(?:\s|-)(?:of\s)?(?P<month>{MONTH}){_OF_YEAR}")
_WORD_DAY_FIRST = re.compile(
    rf"(?P<day>{ORDINAL_WORD})\s(?:day\s)?of\s(?P<month>{MONTH}){_OF_YEAR}"
)
_ROMAN_DAY = re.compile(rf"(?P<name>Ides|Nones|Kalends)\sof\s(?P<month>{MONTH}){_OF_YEAR}")
_DAYS_BEFORE = re.compile(rf"\b(?:the\s)?(?:(?P<nth>{ORDINAL_WORD})\s)?day\sbefore\sthe\s$")
_BEFORE_OF_MONTH = re.compile(
    rf"\b((?:{ORDINAL_WORD}|[Ll]ast|Ides|Nones|Kalends)(?:\s(?:day|{WEEKDAY}))?)\s(?:of|in)\s$"
)
_NTH = re.compile(
    rf"(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast)\s(?P<weekday>{WEEKDAY}|day)\s(?:of|in)\s(?P<month>{MONTH}){_OF_YEAR}"
)
_MONTH_FIRST = re.compile(rf"(?P<month>{MONTH})\s(?:the\s)?(?P<days>{DAYS}){_OF_YEAR}")
_MONTH_YEAR = re.compile(rf"(?P<month>{MONTH}){_OF_YEAR}")
_YEAR_BEHIND = re.compile(_OF_YEAR)
_NAME_BEHIND = re.compile(r"\s(?!(?:In|On|The|A|At|He|She|It)\b)[A-Z]")
_NUMBERED = re.compile(r"\b(?:[Nn]os?\.|[Nn]umber)\s$")
"""Behind these stands no day: "Order No. 1 of January 27"."""

LONGEST_NUMBER_WORD = 8
_ONE_DAY = re.compile(DAY)
_RANGE_WORD = re.compile(r"[-–—−/]|\b(?:to|until|till|through)\b")
_BETWEEN = re.compile(r"\b[Bb]etween\s(?:[\w-]+\s){0,4}$")
TURN_BEHIND = re.compile(
    r",?\s(?:(?:of|in)\s)?(?:that|the)\s?"
    r"(?P<way>same|very|following|next|previous|preceding|prior)?\s?year\b(?:\s(?P<before>before)\b)?"
)
"""What picks the year of a day or month: "of that year", "the following year"."""


def day_at_digits(text: str, start: int, length: int) -> Expression | None:
    """Read a day that begins with a number of `length` digits."""
    if length == 4:
        match = _ISO.match(text, start)
        if match is None:
            return None
        month = int(match[2]) if match[2] else month_of(match[5])
        found = _day(match, int(match[1] or match[4]), month, int(match[3] or match[6]))
        if found is not None:
            found.year_first = True
        return found
    if length > 2 or _NUMBERED.search(text, max(0, start - LONGEST_NUMBER_WORD), start):
        return None
    if match := _DAY_FIRST.match(text, start):
        return _days(text, match)
    if match := _BRACKETED.match(text, start):
        return _in_both_calendars(text, match)
    if match := _NUMERIC.match(text, start):
        first, second = int(match[1]), int(match[3])
        day, month = (second, first) if second > 12 >= first else (first, second)
        return _day(match, int(match[4]), month, day)
    if (match := _ROMAN.match(text, start)) and match[2] in ROMAN_MONTHS:
        return _day(match, int(match[3]), ROMAN_MONTHS[match[2]], int(match[1]))
    if foreign := foreign_day_at(text, start):
        match, month = foreign
        return _day(match, int(match["year"]), month, int(match["day"]))
    return None


def _in_both_calendars(text: str, match: re.Match[str]) -> Expression | None:
    """Read "9 (22) January 1905", a day in the old calendar and the new one."""
    old, new = int(match["day"]), int(match["new"])
    month = month_of(match["month"])
    if not 10 <= new - old <= 13 or not exists(None, month, new):
        return None
    year = year_of(match["year"], text, match.end())
    stop = match.end() if year is not None else match.end("month")
    part = Part(match.start(), stop, Precision.DAY, year, month, old, whole=year is not None)
    part.calendar, part.second = Calendar.JULIAN, (year, month, new)
    return Expression([part])


def at_month(text: str, start: int, *, is_heading: bool = False) -> Expression | None:
    """Read what begins with the name of a month: "April 6–7, 1918", "May 1920", "In March"."""
    if text.startswith((" of ", " in "), start - 4) and (found := _of_the_month(text, start)):
        return found
    match = _MONTH_FIRST.match(text, start)
    if match is not None and (match["year"] or not is_count(text, match.end("days"))):
        return _days(text, match)
    if feast := FEAST.match(text, start):
        return _feast(text, feast)
    match = _MONTH_YEAR.match(text, start)
    if match is None:
        return None
    year = year_of(match["year"], text, match.end())
    name_stop = match.end("month")
    if (
        year is None
        and not TURN_BEHIND.match(text, name_stop)
        and not is_month(text, start, name_stop, is_heading=is_heading)
    ):
        return None
    stop = match.end() if year is not None else name_stop
    month = month_of(match["month"])
    return Expression([Part(start, stop, Precision.MONTH, year, month, whole=year is not None)])


def _of_the_month(text: str, start: int) -> Expression | None:
    """Read a day that is told in words before its month."""
    match = _BEFORE_OF_MONTH.search(text, max(0, start - 40), start)
    if match is None:
        return None
    return _at_ordinal(text, match.start(1)) or at_feast(text, match.start(1))


def _at_ordinal(text: str, start: int) -> Expression | None:
    """Read "first of May", "third Monday in June 1850", "last day of March" at `start`."""
    if match := _WORD_DAY_FIRST.match(text, start):
        return _of_month(text, match, ORDINALS[match["day"].lower()])
    match = _NTH.match(text, start)
    if match is None:
        return None
    month = month_of(match["month"])
    weekday = WEEKDAYS.get(match["weekday"].lower())
    nth = NTH_WEEKDAYS[match["nth"].lower()]
    if weekday is None and nth > 0:
        return _of_month(text, match, nth)
    found = _of_month(text, match, 0)
    if found is not None:
        found.parts[0].rule = DayRule(month=month, nth=nth, weekday=weekday)
    return found


def at_feast(text: str, start: int) -> Expression | None:
    """Read a feast or a Roman day at `start`: "Christmas Day 1914", "the Ides of March, 44 BC"."""
    if match := FEAST.match(text, start):
        return _feast(text, match)
    if match := _ROMAN_DAY.match(text, start):
        day = roman_day(match["name"], month_of(match["month"]))
        if before := _DAYS_BEFORE.search(text, max(0, start - 50), start):
            return _days_before(text, match, before, day)
        return _of_month(text, match, day)
    return None


def _days_before(
    text: str, match: re.Match[str], before: re.Match[str], day: int
) -> Expression | None:
    """Read "the fifth day before the Ides of July": the Romans counted both ends."""
    found = _of_month(text, match, day)
    if found is None:
        return None
    part = found.parts[0]
    nth = before["nth"]
    part.start = before.start()
    part.day = day - (ORDINALS[nth.lower()] - 1 if nth else 1)
    if part.day < 1 and part.month is not None:
        turns, month = divmod(part.month - 2, 12)
        part.month = month + 1
        part.year = None if part.year is None else part.year + turns
        part.day += month_length(part.month, part.year, Calendar.JULIAN)
    return found if part.day > 0 else None


def _of_month(text: str, match: re.Match[str], day: int) -> Expression | None:
    month = month_of(match["month"])
    year = year_of(match["year"], text, match.end())
    stop = match.end() if year is not None else match.end("month")
    if is_street(text, stop) or (day and not exists(year, month, day)):
        return None
    part = Part(match.start(), stop, Precision.DAY, year, month, day or None)
    part.whole = year is not None
    return Expression([part])


def _feast(text: str, match: re.Match[str]) -> Expression | None:
    feast = feast_of(match[0])
    behind = _YEAR_BEHIND.match(text, match.end())
    year = year_of(behind["year"], text, behind.end()) if behind else None
    stop = behind.end() if behind and year is not None else match.end()
    if _NAME_BEHIND.match(text, stop):
        return None
    month, day = FIXED_FEASTS.get(feast, (MONTH_OF_EASTER, None))
    part = Part(match.start(), stop, Precision.DAY, year, month, day, whole=year is not None)
    if day is None:
        part.rule = DayRule(feast)
    return Expression([part])


def _day(match: re.Match[str], year: int, month: int, day: int) -> Expression | None:
    if year > LATEST_YEAR or not exists(year, month, day):
        return None
    part = Part(match.start(), match.end(), Precision.DAY, year, month, day, whole=True)
    return Expression([part])


def _days(text: str, match: re.Match[str]) -> Expression | None:
    """Read one month and its days, such as "17 and 30 August 1918" or "April 6–7"."""
    days, month = match["days"], month_of(match["month"])
    days_start, name_start = match.start("days"), match.start("month")
    year = year_of(match["year"], text, match.end())
    stop = match.end() if year is not None else max(match.end("days"), match.end("month"))
    if is_street(text, stop):
        return None
    parts: list[Part] = []
    between = 0
    for found in _ONE_DAY.finditer(days):
        day = day_of(found[0])
        if not exists(year, month, day):
            return None
        join = Join.ALONE
        if parts:
            words = days[between : found.start()]
            is_range = _RANGE_WORD.search(words) or (
                "and" in words and _BETWEEN.search(text, max(0, days_start - 40), days_start)
            )
            join = Join.RANGE if is_range and day > (parts[-1].day or 0) else Join.LIST
        part_start = days_start + found.start()
        parts.append(
            Part(part_start, days_start + found.end(), Precision.DAY, year, month, day, join)
        )
        between = found.end()
    if not parts:
        return None
    if name_start < days_start:
        parts[0].start = name_start
    parts[-1].stop = stop
    parts[-1].whole = year is not None
    return Expression(old_and_new(parts, days))
