"""Every date of an article: what is written, and the years that the reader is trusted to know."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.compiler.date_context import Context, Surroundings
from knowledge.compiler.date_expressions import (
    Expression,
    Join,
    Part,
    expressions,
    turns_of_the_year,
)
from knowledge.compiler.found_date import Form, FoundDate, Use
from knowledge.compiler.narrative import Clue, Reading, read_years
from knowledge.model import PartialDate, Precision
from knowledge.readers.article import Article, Role


@dataclass(slots=True)
class _Sighting:
    block: int
    expression: Expression
    context: Context
    use: Use = Use.TEXT


def find_dates(article: Article) -> tuple[FoundDate, ...]:
    """Return every date expression of an article, in the order of the text."""
    sightings: list[_Sighting] = []
    for index, block in enumerate(article.blocks):
        text = block.text
        surroundings: Surroundings | None = None
        for expression in expressions(text):
            surroundings = surroundings or Surroundings(text)
            context = surroundings.context(expression.start, expression.stop)
            sightings.append(_Sighting(index, expression, context, _use(block.role, expression)))
    story = [sighting for sighting in sightings if sighting.use is Use.TEXT]
    readings = _read(article, story)
    found: list[FoundDate] = []
    ranges = 0
    by_id = {id(sighting): reading for sighting, reading in zip(story, readings, strict=True)}
    for sighting in sightings:
        parts = sighting.expression.parts
        reading = by_id.get(id(sighting))
        year = parts[0].year
        if year is None and reading is not None:
            year = reading.year
        if year is None:
            continue
        confidence = 1.0
        if reading is not None and parts[0].year is None:
            confidence = _confidence(reading.gap)
        previous: Part | None = None
        current = year
        for position, part in enumerate(parts):
            if part.year is not None:
                current = part.year
            elif previous is not None:
                current += turns_of_the_year(previous, part)
            number = None
            opens = position + 1 < len(parts) and parts[position + 1].join is Join.RANGE
            if opens:
                ranges += 1
                number = ranges
            elif part.join is Join.RANGE:
                number = ranges
            found.append(_found(sighting, part, current, number, confidence))
            previous = part
    return tuple(found)


def _confidence(gap: float) -> float:
    return float(1.0 - 0.5 * 2.0 ** (-gap * 2))


def _use(role: Role, expression: Expression) -> Use:
    if role in (Role.NOTE, Role.REFERENCE) or expression.year_first:
        return Use.CITATION
    return Use.TEXT


def _found(
    sighting: _Sighting, part: Part, year: int, number: int | None, confidence: float
) -> FoundDate:
    second = None
    if part.second is not None:
        second_year, month, day = part.second
        if second_year is None:
            second_year = year
            if part.month == 12 and month == 1:
                second_year += 1
            elif part.month == 1 and month == 12:
                second_year -= 1
        second = PartialDate(second_year, month, day, Precision.DAY)
    whole = part.own_year and part.whole
    return FoundDate(
        sighting.block,
        part.start,
        part.stop,
        PartialDate(year, part.month, part.day, part.precision),
        sighting.use,
        Form.FULL if whole else Form.PARTIAL,
        number,
        second,
        part.calendar,
        sighting.context.qualifier,
        1.0 if part.year is not None else confidence,
    )


def _read(article: Article, story: list[_Sighting]) -> list[Reading]:
    clues: list[Clue] = []
    first_years: list[int] = []
    place = (-1, -1)
    section: tuple[str, ...] | None = None
    for sighting in story:
        block = article.blocks[sighting.block]
        parts = sighting.expression.parts
        context = sighting.context
        gap = (
            0
            if place == (sighting.block, context.sentence)
            else 1
            if place[0] == sighting.block
            else 2
        )
        if block.section != section:
            gap = 3
        place, section = (sighting.block, context.sentence), block.section
        first = parts[0]
        offset = 0
        for before, part in zip(parts, parts[1:], strict=False):
            if part.year is not None and first.year is not None:
                offset = part.year - first.year
            else:
                offset += turns_of_the_year(before, part)
        final = parts[-1]
        precision = first.precision
        prominence = 0.6 * (precision is Precision.DAY) + 0.2 * (precision is Precision.MONTH)
        prominence += 0.8 * context.opens_sentence
        glance = 0.6 * context.in_brackets + 0.5 * context.is_glance + 0.5 * context.is_pluperfect
        glance += 0.5 * context.in_quotes
        if precision in (Precision.DECADE, Precision.CENTURY):
            glance += 2.0
        if (
            first.year is not None
            and len(first_years) < 6
            and first.year not in first_years
            and precision not in (Precision.DECADE, Precision.CENTURY)
        ):
            first_years.append(first.year)
        clues.append(
            Clue(
                first.year,
                first.month or 0,
                first.day or 0,
                (offset, final.month or 0, final.day or 0),
                gap,
                prominence,
                min(1.0, glance) if glance < 2 else 2.0,
                weekday=context.weekday,
                is_label=block.role is Role.HEADING,
            )
        )
    _look_ahead(story, clues)
    return read_years(clues, first_years)


def _look_ahead(story: list[_Sighting], clues: list[Clue]) -> None:
    """Hint at the year that stands later in the same sentence."""
    ahead: tuple[int, int, Clue] | None = None
    for sighting, clue in zip(reversed(story), reversed(clues), strict=True):
        key = (sighting.block, sighting.context.sentence)
        if clue.year is not None:
            ahead = (*key, clue)
        elif ahead is not None and ahead[:2] == key:
            year = ahead[2].year
            if year is not None and ahead[2].glance < 0.6:
                clue.hints = ((year, 0.7),)
