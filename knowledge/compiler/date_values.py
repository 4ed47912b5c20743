"""From readings to found dates: values, ranges, alternatives, and the days that hang on others."""

from __future__ import annotations

from knowledge.calendars import Calendar, month_length
from knowledge.compiler.date_parts import Join, Part, Relative, Unit, turns_of_the_year
from knowledge.compiler.date_story import Sighting, Told
from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.compiler.narrative import Reading
from knowledge.compiler.relative_days import Anchor, Place, resolve
from knowledge.model import PartialDate, Precision
from knowledge.readers.article import Article

LONGEST_SENTENCE = 500
"""Letters on either side of a day in which the words of its sentence are looked for."""

_BESIDE = frozenset({", ", " (", " – ", " — "})

RELATIVE_CONFIDENCE = 0.8
"""How sure a day is that hangs on another; this times how sure that one is."""


def found_dates(
    article: Article, told: list[Told], *, relative_days: bool = True
) -> tuple[FoundDate, ...]:
    """Return the dates of an article in order; those that nothing gives a year are left out."""
    numbering = _Ranges()
    written = [_dates(each, numbering) for each in told]
    story = _Story(article, told, written, numbering)
    found: list[FoundDate] = []
    for index, each in enumerate(told):
        relative = each.sighting.expression.relative
        if relative is None or not relative.is_day:
            found += written[index]
            story.tell(each, written[index])
        elif relative_days and each.sighting.use is Use.TEXT:
            date = story.hang(index, relative)
            found += [date] if date is not None else []
    return tuple(found)


class _Ranges:
    """The numbers that the two ends of a range share."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


class _Story:
    """The days on which relative days hang, as the text goes on."""

    def __init__(
        self,
        article: Article,
        told: list[Told],
        written: list[list[FoundDate]],
        numbering: _Ranges,
    ) -> None:
        self._article = article
        self._told = told
        self._written = written
        self._numbering = numbering
        self._day: Anchor | None = None
        self._month: Anchor | None = None
        self._listed: Anchor | None = None

    def tell(self, told: Told, dates: list[FoundDate]) -> None:
        """Take a written date as what may be hung on, if it is a step of the story."""
        self._listed = None
        if not dates or told.reading is None or not told.reading.is_step:
            return
        last = dates[-1]
        anchor = self._anchor(told.sighting, last)
        if last.date.month is not None:
            self._month = anchor
        if last.date.precision is Precision.DAY:
            self._day = anchor
        elif told.sighting.context.opens_sentence and last.form is not Form.RELATIVE:
            self._day = None

    def hang(self, index: int, relative: Relative) -> FoundDate | None:
        """Return the day that a relative expression means, which may be hung on in its turn."""
        sighting = self._told[index].sighting
        text = self._article.blocks[sighting.block].text
        event = text[slice(*relative.event)] if relative.event else ""
        anchor = self._anchor_of(index, relative)
        if anchor is None or (event and self._explains_a_date(index)):
            return None
        place = Place(sighting.sentence, sighting.section, sighting.opens_section, event)
        date = resolve(relative, place, anchor)
        if date is None:
            return None
        part = sighting.expression.parts[0]
        number = self._numbering.next() if sighting.expression.begins_range else None
        if sighting.expression.ends_range:
            number = self._numbering.last
        found = FoundDate(
            sighting.block,
            part.start,
            part.stop,
            date,
            form=Form.RELATIVE,
            range=number,
            calendar=anchor.calendar,
            qualifier=sighting.context.qualifier,
            confidence=RELATIVE_CONFIDENCE * anchor.confidence,
        )
        if not sighting.context.is_pluperfect and not sighting.context.in_brackets:
            self._day = self._month = self._anchor(sighting, found)
        return found

    def _explains_a_date(self, index: int) -> bool:
        """Whether a date right before says the same: "on 12 April, nine days after the siege"."""
        if not index:
            return False
        before, sighting = self._told[index - 1].sighting, self._told[index].sighting
        stop = before.expression.parts[-1].stop
        text = self._article.blocks[sighting.block].text
        is_beside = before.block == sighting.block and before.expression.relative is None
        return is_beside and text[stop : sighting.expression.start] in _BESIDE

    def _anchor_of(self, index: int, relative: Relative) -> Anchor | None:
        if relative.event is not None:
            ahead = self._day_of_event(index, relative.event)
            if ahead is not None:
                return ahead
        return self._month if relative.unit is Unit.ORDINAL else self._day

    def _day_of_event(self, index: int, event: tuple[int, int]) -> Anchor | None:
        """Return the day that stands in the words of the event: "the armistice of 11 November"."""
        block = self._told[index].sighting.block
        for place in range(index + 1, len(self._told)):
            sighting, dates = self._told[place].sighting, self._written[place]
            if sighting.block != block or sighting.expression.start >= event[1]:
                break
            if dates and dates[0].date.precision is Precision.DAY:
                return self._anchor(sighting, dates[0])
        return None

    def _anchor(self, sighting: Sighting, date: FoundDate) -> Anchor:
        text = self._article.blocks[sighting.block].text
        begin, stop = sighting.sentence_span
        begin = max(begin, date.start - LONGEST_SENTENCE)
        words = text[begin : min(stop, date.stop + LONGEST_SENTENCE)]
        place = (sighting.sentence, sighting.section)
        sure = 1.0 if date.form is Form.RELATIVE else date.confidence
        return Anchor(date.date, date.calendar, *place, words, sure)


def _dates(told: Told, numbering: _Ranges) -> list[FoundDate]:
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
