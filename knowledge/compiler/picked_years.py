"""From what a picked year or month is counted: "the following year", "that April", "a year later".

It is the story's present, unless a date that is written right beside it says otherwise.
"""

from __future__ import annotations

from knowledge.compiler import narrative_costs as cost
from knowledge.compiler.date_parts import Turn, Unit
from knowledge.compiler.date_sightings import Sighting
from knowledge.compiler.found_date import Use
from knowledge.compiler.narrative_choices import LAST_MONTH
from knowledge.compiler.narrative_clues import Moment, Picked
from knowledge.compiler.past_perfect import Earlier
from knowledge.compiler.side_glances import LONG, glance_of, is_merely_bound

JANUARY = 1


def picked(sighting: Sighting, before: Sighting | None) -> Picked | None:
    """Say from what a picked year or month is counted: from a date that was written just before."""
    expression = sighting.expression
    base: Moment | None = None
    if before is not None and sighting.sentence - before.sentence <= 1:
        last = before.expression.parts[-1]
        is_plain = last.precision not in LONG and (
            glance_of(before) < cost.MARKED_GLANCE
            or (sighting.context.opens_sentence and is_merely_bound(before))
            or _says_that_year(sighting, before)
        )
        if last.year is not None and is_plain:
            month = last.month or (JANUARY if _is_winter(before) else 0)
            base = Moment(last.year, month, last.day or 0)
    relative = expression.relative
    if relative is not None:
        amount = relative.amount
        if relative.unit is Unit.SEASON:
            return Picked(0, None, amount, base) if amount else None
        is_year = relative.unit is Unit.YEAR
        return Picked(amount if is_year else 0, None if is_year else amount, None, base)
    turn = expression.turn
    amount = turn.value if turn is not None else 0
    amount = amount if expression.turn_years is None else expression.turn_years
    if expression.turn_of_month:
        return Picked(0, None, amount, base)
    return Picked(amount, None, None, base)


def _says_that_year(sighting: Sighting, before: Sighting) -> bool:
    """Whether "of that year" takes up a year of its own sentence, even one of a side glance.

    So it does that of a whole date in the sentence before: "The act of 22 July 1867 ...".
    """
    is_near = sighting.sentence == before.sentence or before.expression.parts[-1].month is not None
    is_same = sighting.expression.turn is Turn.SAME and is_near
    is_same = is_same or _goes_on_with(sighting, before)
    return is_same and not before.context.in_brackets and not before.context.in_quotes


def _goes_on_with(sighting: Sighting, before: Sighting) -> bool:
    """Whether "the following month" goes on with a whole date of its own sentence.

    It does not with one that merely says which thing is meant: "the house that he had bought on
    4 June 1880".
    """
    relative = sighting.expression.relative
    if relative is None or relative.unit is Unit.SEASON or sighting.sentence != before.sentence:
        return False
    is_whole = before.expression.parts[-1].month is not None
    return relative.amount > 0 and is_whole and before.context.earlier is not Earlier.BY_WORD


def is_counted_back(sighting: Sighting, before: Sighting | None, after: Sighting) -> bool:
    """Whether years are counted back from the date behind them in their sentence.

    In "The ship, laid down two years before, sank on 4 May 1912" it was laid down in 1910.
    """
    relative = sighting.expression.relative
    if relative is None or relative.unit is not Unit.YEAR or relative.amount >= 0:
        return False
    is_first = before is None or before.sentence != sighting.sentence
    is_aside = is_first and sighting.ends_an_aside and not sighting.context.opens_sentence
    last = after.expression.parts[0]
    is_told = after.sentence == sighting.sentence and after.use is Use.TEXT
    return is_aside and is_told and last.year is not None and last.month is not None


def back_from(sighting: Sighting, after: Sighting) -> Picked:
    """Count a year back from the date that follows."""
    part, relative = after.expression.parts[0], sighting.expression.relative
    amount = relative.amount if relative is not None else 0
    return Picked(amount, None, None, Moment(part.year or 0, part.month or 0, part.day or 0))


def _is_winter(sighting: Sighting) -> bool:
    """Whether years are those of a winter, "the winter of 1868/69", which ends in the last's."""
    return len(sighting.expression.parts) > 1 and sighting.context.rough == LAST_MONTH
