"""What a text says of the calendar beside a day: "[O.S. 28 June]", "(5 May New Style)", "(O.S.)".

It says which calendar the day is written in, or gives the day in the other one too.
"""

from __future__ import annotations

import re

from knowledge.calendars import Calendar
from knowledge.compiler.date_numbers import day_of, exists, month_of, year_of
from knowledge.compiler.date_parts import Expression, Part
from knowledge.compiler.date_vocabulary import DAY, MONTH, YEAR
from knowledge.model import Precision

LEAST_APART, MOST_APART = 9, 14
"""Days between two forms of one day: 10 to 13 since 1582, with one for the length of months."""

_OLD = (
    r"O\.?\s?S\.?(?![A-Za-z])|[Oo]ld[\s-][Ss]tyle"
    r"|(?:(?:in|by|on|according\sto)\sthe\s)?(?:Julian|[Oo]ld|old\sRussian)\scalendar|Julian(?![\s-]?[a-z])"
)
_NEW = (
    r"N\.?\s?S\.?(?![A-Za-z])|[Nn]ew[\s-][Ss]tyle"
    r"|(?:(?:in|by|on|according\sto)\sthe\s)?(?:Gregorian|[Nn]ew|modern)\scalendar|Gregorian(?![\s-]?[a-z])"
)


def _style(name: str) -> str:
    return rf"(?:(?P<{name}old>{_OLD})|(?P<{name}new>{_NEW}))"


_FORM = (
    rf"(?:(?P<day>{DAY})(?:\sof)?\s(?P<month>{MONTH})|(?P<month2>{MONTH})\s(?P<day2>{DAY}))"
    rf"(?:,?\s(?P<year>{YEAR}))?"
)
_SECOND_FORM = re.compile(
    rf"\s?[\[(](?:{_style('before')}[\s:,]*)?{_FORM}(?:,?\s[\[(]?{_style('after')}[\])]?)?\s?[\])]"
    rf"(?:,?\s(?P<late>{YEAR}))?"
)
_EQUATED = re.compile(
    rf"(?:,?\s?[\[(]?{_style('first')}[\])]?)?\s?(?P<sign>[=/]|,\sor|\(or)\s?(?:on\s)?{_FORM}"
    rf"(?:,?\s?[\[(]?{_style('second')}[\])]?)?"
)
_STYLE_ALONE = re.compile(rf",?\s?[\[(]?{_style('')}[\])]?(?:,?\s(?P<late>{YEAR}))?")
_SIGNS = frozenset("[(ONonJGbia=/,")


_DECLARATION = re.compile(r"\b[Dd]ates\b[^.;]{0,60}\b(?:Old Style|Julian)\b")


def declares_old_style(text: str) -> bool:
    """Whether a text says that its dates are of the Julian calendar."""
    return "ates" in text and _DECLARATION.search(text) is not None


def read_style(found: Expression, text: str) -> Expression:
    """Read what follows the last day of an expression about the calendar, if anything does."""
    part = found.parts[-1]
    if part.precision is Precision.DAY and part.second is None:
        following = text[part.stop : part.stop + 2].lstrip()[:1]
        if following in _SIGNS and following:
            _ = _second_form(part, text) or _equated(part, text) or _style_alone(part, text)
    return found


def old_and_new(parts: list[Part], written: str) -> list[Part]:
    """Make one date of "12/24 April 1870": the same day in the old calendar and the new one."""
    if len(parts) != 2 or "/" not in written:
        return parts
    first, last = parts
    days = (last.day or 0) - (first.day or 0)
    if not 10 <= days <= 13:
        return parts
    first.stop, first.whole, first.calendar = last.stop, last.whole, Calendar.JULIAN
    first.second = (last.year, last.month or 1, last.day or 1)
    return [first]


def _second_form(part: Part, text: str) -> bool:
    match = _SECOND_FORM.match(text, part.stop)
    if match is None:
        return False
    old = match["beforeold"] or match["afterold"]
    new = match["beforenew"] or match["afternew"]
    if not (old or new) and not _is_same_day(part, match):
        return False
    return _take_second(part, match, text, first_is_old=not old)


def _equated(part: Part, text: str) -> bool:
    match = _EQUATED.match(text, part.stop)
    if match is None:
        return False
    marked = any(match[n] for n in ("firstold", "firstnew", "secondold", "secondnew"))
    if not marked and match["sign"] != "=" and not _is_same_day(part, match):
        return False
    if match["sign"] not in "=/" and not marked:
        return False
    first_is_old = not (match["firstnew"] or match["secondold"])
    return _take_second(part, match, text, first_is_old=first_is_old)


def _is_same_day(part: Part, match: re.Match[str]) -> bool:
    if part.month is None or part.day is None:
        return False
    month, day = _month_and_day(match)
    apart = (month - part.month) % 12 * 30 + day - part.day
    return LEAST_APART <= apart <= MOST_APART


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    return month_of(match["month"] or match["month2"]), day_of(match["day"] or match["day2"])


def _take_second(part: Part, match: re.Match[str], text: str, *, first_is_old: bool) -> bool:
    month, day = _month_and_day(match)
    if not exists(None, month, day):
        return False
    year = year_of(match["year"], text, match.end("year"))
    stop = match.end()
    late = match.groupdict().get("late")
    if late:
        late_year = year_of(late, text, stop) if part.year is None else None
        part.year = late_year if late_year is not None else part.year
        stop = stop if late_year is not None else match.start("late")
    if part.year is None and year is not None:
        turn = (part.month == 1 and month == 12) - (part.month == 12 and month == 1)
        part.year = year + turn
    part.whole = part.year is not None
    part.second = (year, month, day)
    part.calendar = Calendar.JULIAN if first_is_old else Calendar.GREGORIAN
    part.stop = len(text[:stop].rstrip(" ,"))
    return True


def _style_alone(part: Part, text: str) -> bool:
    match = _STYLE_ALONE.match(text, part.stop)
    if match is None:
        return False
    if match["old"]:
        part.calendar = Calendar.JULIAN
    stop = match.start("late") - 1 if match["late"] else match.end()
    if match["late"] and part.year is None:
        year = year_of(match["late"], text, match.end())
        if year is not None:
            part.year, part.whole, stop = year, True, match.end()
    part.stop = len(text[:stop].rstrip(" ,"))
    return True
