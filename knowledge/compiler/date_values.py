"""From readings to found dates: values, ranges, alternatives, and the days that hang on others."""

from __future__ import annotations

from knowledge.calendars import Calendar, month_length
from knowledge.compiler.date_parts import Join, Part, turns_of_the_year
from knowledge.compiler.date_sightings import Sighting
from knowledge.compiler.date_story import Told
from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.compiler.narrative import Reading
from knowledge.compiler.story_days import RangeNumbers, StoryDays
from knowledge.model import PartialDate, Precision
from knowledge.readers.article import Article

_APPOSED = frozenset({", ", " (", " – ", ", the ", ", on "})


def found_dates(
    article: Article, told: list[Told], *, relative_days: bool = True
) -> tuple[FoundDate, ...]:
    """Return the dates of an article in order; those that nothing gives a year are left out."""
    numbering = RangeNumbers()
    written = [_dates(each, numbering) for each in told]
    story = StoryDays(article, told, written, numbering)
    found: list[FoundDate] = []
    for index, each in enumerate(told):
        relative = each.sighting.expression.relative
        if relative is None or not relative.is_day:
            found += written[index]
            story.tell(each, written[index])
        elif relative_days and each.sighting.use is Use.TEXT:
            date = story.hang(index, relative)
            found += [date] if date is not None else []
    return tuple(
        date
        for before, date, after in zip([None, *found], found, [*found[1:], None], strict=False)
        if not (_is_named(article, date) and _is_apposed(article, before, date, after))
    )


def _is_named(article: Article, date: FoundDate) -> bool:
    """Whether a day is told by its name alone: "Easter Monday"."""
    if date.form is not Form.PARTIAL or date.date.precision is not Precision.DAY:
        return False
    words = article.blocks[date.block].text[date.start : date.stop]
    return not any(letter.isdigit() for letter in words) and " of " not in words


def _is_apposed(
    article: Article, before: FoundDate | None, date: FoundDate, after: FoundDate | None
) -> bool:
    """Whether the same day is written out beside it: "on 9 April 1917, Easter Monday"."""
    text = article.blocks[date.block].text
    for first, last in ((before, date), (date, after)):
        if first is None or last is None or first.block != last.block or first.date != last.date:
            continue
        if text[first.stop : last.start] in _APPOSED:
            return True
    return False


def _dates(told: Told, numbering: RangeNumbers) -> list[FoundDate]:
    """Return the dates of an expression that has a year, by itself or by its reading."""
    sighting, _, reading = told
    relative = sighting.expression.relative
    if relative is not None and (relative.is_day or not relative.is_told):
        return []
    parts = sighting.expression.parts
    first = parts[0]
    year, month, sure = first.year, first.month, 1.0
    if year is None and reading is not None and first.precision is not Precision.DECADE:
        year, month, sure = reading.year, reading.month or None, confidence_of(reading)
    if year is None or (first.precision is Precision.MONTH and month is None):
        return []
    found: list[FoundDate] = []
    before: Part | None = None
    number: int | None = None
    for index, part in enumerate(parts):
        if part.year is not None:
            year = part.year
        elif before is not None:
            year += turns_of_the_year(before, part)
        opens = index + 1 < len(parts) and parts[index + 1].join is Join.RANGE
        if opens:
            number = numbering.next()
        elif part.join is not Join.RANGE:
            number = None
        if part.precision is Precision.YEAR:
            month = None  # a season's
        date = _value(part, year, part.month if before is not None else month)
        if date is not None:
            certain = 1.0 if part.year is not None else sure
            found.append(_found(sighting, index, date, number, certain))
        before = part
    return found


def confidence_of(reading: Reading) -> float:
    """Return how sure a concluded year is, from 0.5 to 1.

    It grows with what the best story with another year would cost more.
    """
    return float(1.0 - 0.5 * 2.0 ** (-2.0 * reading.gap))


def _value(part: Part, year: int, month: int | None) -> PartialDate | None:
    day = part.day
    if part.rule is not None:
        picked = part.rule.day(year)
        if picked is None:
            return None
        month, day = picked
    if month and day and day > month_length(month, year, Calendar.JULIAN):
        return None
    return PartialDate(year, month, day, part.precision)


def _found(
    sighting: Sighting, index: int, date: PartialDate, number: int | None, sure: float
) -> FoundDate:
    part = sighting.expression.parts[index]
    calendar = part.calendar
    if sighting.is_old_style and part.precision is Precision.DAY and part.second is None:
        calendar = Calendar.JULIAN
    elif date.month and date.day and date.day > month_length(date.month, date.year):
        calendar = Calendar.JULIAN  # the other one has no 29 February in this year
    form = Form.FULL if part.whole else Form.PARTIAL
    if sighting.expression.relative is not None or sighting.expression.turn is not None:
        form = Form.RELATIVE
    return FoundDate(
        sighting.block,
        part.start,
        part.stop,
        date,
        sighting.use,
        form,
        number,
        _second(part, date),
        calendar,
        sighting.qualifiers[index],
        sure,
    )


def _second(part: Part, date: PartialDate) -> PartialDate | None:
    """Return the same day in the other calendar, where the text gives it."""
    if part.second is None:
        return None
    year, month, day = part.second
    if year is None:
        turn = (date.month == 12 and month == 1) - (date.month == 1 and month == 12)
        year = date.year + turn
    return PartialDate(year, month, day, Precision.DAY)
