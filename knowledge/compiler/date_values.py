"""From readings to found dates: values, ranges, alternatives, and the days that hang on others."""

from __future__ import annotations

from knowledge.calendars import Calendar
from knowledge.compiler.date_parts import Join, Part, Relative, turns_of_the_year
from knowledge.compiler.date_story import Sighting, Told
from knowledge.compiler.feasts import day_of_feast
from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.compiler.narrative import Reading
from knowledge.compiler.relative_days import Anchor, Place, day_in_month, resolve
from knowledge.model import PartialDate, Precision
from knowledge.readers.article import Article

RELATIVE_CONFIDENCE = 0.8
"""How sure a day is that hangs on another, if that one is."""


def found_dates(
    article: Article, told: list[Told], *, relative_days: bool = True
) -> tuple[FoundDate, ...]:
    """Return the dates of an article in the order of the text; those without a year are left out."""
    found: list[FoundDate] = []
    anchor: Anchor | None = None
    ranges = 0
    for sighting, _, reading in told:
        relative = sighting.expression.relative
        if relative is not None and relative.unit not in {"year", "month"}:
            if not relative_days or sighting.use is not Use.TEXT:
                continue
            date = _relative_day(article, sighting, relative, anchor)
            if date is not None:
                found.append(date)
                if anchor is not None:
                    anchor = _anchor(article, sighting, date)
            continue
        dates = _dates(sighting, reading, ranges)
        ranges = max([ranges, *(date.range for date in dates if date.range is not None)])
        found += dates
        if dates and reading is not None and reading.is_step:
            last = dates[-1]
            if last.date.precision is Precision.DAY:
                anchor = _anchor(article, sighting, last)
            elif anchor is not None and sighting.context.opens_sentence:
                anchor = None
    return tuple(found)


def _anchor(article: Article, sighting: Sighting, date: FoundDate) -> Anchor:
    text = article.blocks[sighting.block].text
    return Anchor(
        date.date,
        date.calendar,
        sighting.sentence,
        sighting.section,
        text[slice(*sighting.sentence_span)],
    )


def _relative_day(
    article: Article, sighting: Sighting, relative: Relative, anchor: Anchor | None
) -> FoundDate | None:
    text = article.blocks[sighting.block].text
    event = text[slice(*relative.event)] if relative.event else ""
    place = Place(sighting.sentence, sighting.section, sighting.opens_section, event)
    if relative.unit == "ordinal":
        if anchor is None or anchor.section != sighting.section:
            return None
        date = day_in_month(relative.amount, anchor)
    else:
        date = resolve(relative, place, anchor)
    if date is None:
        return None
    part = sighting.expression.parts[0]
    return FoundDate(
        sighting.block,
        part.start,
        part.stop,
        date,
        form=Form.RELATIVE,
        calendar=anchor.calendar if anchor is not None else Calendar.GREGORIAN,
        qualifier=sighting.context.qualifier,
        confidence=RELATIVE_CONFIDENCE,
    )


def _dates(sighting: Sighting, reading: Reading | None, ranges: int) -> list[FoundDate]:
    parts = sighting.expression.parts
    first = parts[0]
    year = first.year
    confidence = 1.0
    month = first.month
    if reading is not None and year is None:
        year = reading.year
        confidence = confidence_of(reading.gap)
        month = reading.month or None
    if year is None or (first.precision is Precision.MONTH and not month):
        return []
    found: list[FoundDate] = []
    before: Part | None = None
    for index, part in enumerate(parts):
        if part.year is not None:
            year = part.year
        elif before is not None:
            year += turns_of_the_year(before, part)
        number = None
        if index + 1 < len(parts) and parts[index + 1].join is Join.RANGE:
            ranges += 1
            number = ranges
        elif part.join is Join.RANGE:
            number = ranges
        sure = 1.0 if part.year is not None else confidence
        found.append(
            _found(sighting, part, year, month if before is None else part.month, number, sure)
        )
        before = part
    return found


def confidence_of(gap: float) -> float:
    """Return how sure a year is whose next best reading costs this much more, from 0.5 to 1."""
    return float(1.0 - 0.5 * 2.0 ** (-2.0 * gap))


def _found(
    sighting: Sighting, part: Part, year: int, month: int | None, number: int | None, sure: float
) -> FoundDate:
    day = part.day
    if part.feast:
        month, day = day_of_feast(part.feast, year)
    second = None
    if part.second is not None:
        second_year, second_month, second_day = part.second
        if second_year is None:
            turn = (month == 12 and second_month == 1) - (month == 1 and second_month == 12)
            second_year = year + turn
        second = PartialDate(second_year, second_month, second_day, Precision.DAY)
    form = Form.FULL if part.whole else Form.PARTIAL
    if sighting.expression.relative is not None:
        form = Form.RELATIVE
    return FoundDate(
        sighting.block,
        part.start,
        part.stop,
        PartialDate(year, month, day, part.precision),
        sighting.use,
        form,
        number,
        second,
        part.calendar,
        sighting.context.qualifier,
        sure,
    )
