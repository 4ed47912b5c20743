"""What is written: every expression of a text that names a day, a month, a year or longer.

`expressions(text)` finds them without concluding what is left out. One expression may name several
dates that share a year or a month: "between 17 and 30 August 1918", "3 March, 5 April and 1 May",
"from October 1944 to March 1945".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.compiler.calendar_styles import read_style
from knowledge.compiler.date_anchors import Kind, anchors
from knowledge.compiler.date_parts import Expression, Join, Relative, Turn, Unit, share_the_year
from knowledge.compiler.date_vocabulary import COUNTS, MONTH
from knowledge.compiler.ordinal_days import ordinal_at
from knowledge.compiler.relative_expressions import relative_at
from knowledge.compiler.written_bc_years import FIRST_PLAIN_YEAR, is_near_bc
from knowledge.compiler.written_days import TURN_BEHIND, at_feast, at_month, day_at_digits
from knowledge.compiler.written_years import (
    before_century,
    century_at,
    decade_at,
    short_decade_at,
    year_at,
)
from knowledge.model import Precision

MOST_PARTS = 40
"""Longer lists of dates that share a year are tables or noise."""

LONGEST_STORY_OVER_THE_ERA = 90
"""Years between one BC and one AD of a story; more lie between it and those who wrote of it."""

LONGEST_BRACKET = 60

_GLUE = re.compile(
    r"\s?(?:(?P<range>[-–—−]|(?:,\s)?(?:up\s)?(?:to|until|till|through)\b)|(?P<and>,?\s?and\b|&)"
    r"|(?P<list>,|,?\s?or\b|/|,?\s?then\b))\s?"
    r"(?:(?:on|in|by|from)\s)?(?:again\s)?(?:(?:on|in|by|from)\s)?(?:the\s)?"
    r"(?:(?:early|late|mid|middle|end|beginning|start)[-\s](?:of\s)?(?:the\s)?)?(?:c\.\s?)?"
)
_LENDING = re.compile(r",?\s(?:(?:on|in|by|from|during|about|early|late|the)\s){0,3}")
_BOUND = re.compile(r"\b(?:since|until|till|before|after)\s$", re.IGNORECASE)
"""Behind these a year stands for itself: "whom he had known since 1904, on 7 July"."""

_DAY_AND_MONTH = re.compile(rf"\d{{1,2}}\s{MONTH}")
"""Behind a slash it is the second of two days: "31 December 1917/1 January 1918"."""

_AD = re.compile(r"\b(?:A\.?D\b|CE\b|C\.E\.)")
_BC = re.compile(r"\d\s?(?:BC|B\.\s?C)")
_BETWEEN = re.compile(r"\b[Bb]etween\s(?:[\w-]+\s){0,4}$")
_TURN_BEFORE = re.compile(
    r"\b(?P<way>same|following|next|previous|preceding|last|that|this)\s$", re.IGNORECASE
)
_YEARS_BEHIND = re.compile(
    rf",?\s(?P<count>\d{{1,2}}|{'|'.join(COUNTS)})\syears?\s(?P<way>later|afterwards?|earlier)\b"
)
_WAYS = {
    "following": Turn.NEXT,
    "next": Turn.NEXT,
    "previous": Turn.PREVIOUS,
    "preceding": Turn.PREVIOUS,
    "prior": Turn.PREVIOUS,
    "last": Turn.PREVIOUS,
}
_LONG = frozenset({Precision.DECADE, Precision.CENTURY})


def expressions(
    text: str, *, is_heading: bool = False, bc: int | None = None
) -> Iterator[Expression]:
    """Yield the expressions of a text in order; none overlaps another.

    `bc` is the last year BC (astronomical) that was written in the text before: after it, years
    of about that number that bear no era are BC too.
    """
    waiting: Expression | None = None
    for found in _atoms(text, is_heading=is_heading, bc=bc):
        if waiting is not None:
            if _join(waiting, found, text):
                continue
            _lend_year(waiting, found, text)
            yield share_the_year(waiting)
        waiting = found
    if waiting is not None:
        yield share_the_year(waiting)


def _atoms(text: str, *, is_heading: bool, bc: int | None) -> Iterator[Expression]:
    """Yield what one pattern finds at a time; ranges over months or years come as two."""
    position = ad_until = 0
    for start, stop, kind in anchors(text):
        if start < position:
            continue
        story = bc if start >= ad_until else None
        found = _at(kind, text, start, stop, is_heading=is_heading, bc=story)
        if found is None or found.start < position:
            continue
        if found.relative is None:
            found = read_style(found, text)
            _read_turn(found, text)
            if story is not None:
                _read_as_bc(found, text, story)
                if _AD.search(text, found.start, found.stop):
                    ad_until = text.find(")", found.stop, found.stop + LONGEST_BRACKET)
            bc = last_bc_year(found, text, bc)
        position = found.stop
        yield found


def last_bc_year(found: Expression, text: str, before: int | None) -> int | None:
    """Return the last year BC after an expression; an AD year ends what was BC.

    Decades and centuries are glances from afar, which end nothing; nor does a year in brackets,
    or one centuries later behind which the text goes on BC.
    """
    part = found.parts[-1]
    year = part.year
    if year is None or (before is not None and part.precision in _LONG):
        return before
    if year < 1:
        return year
    if before is None or not _AD.search(text, found.start, found.stop):
        return before
    is_far = year - before > LONGEST_STORY_OVER_THE_ERA
    is_glance = is_far and (_BC.search(text, found.stop) or _opens_bracket(text, found.start))
    return before if is_glance else None


def _opens_bracket(text: str, start: int) -> bool:
    """Whether a bracket is open where an expression begins."""
    begin = max(0, start - LONGEST_BRACKET)
    return text.rfind("(", begin, start) > text.rfind(")", begin, start)


def _read_as_bc(found: Expression, text: str, bc: int) -> None:
    """Take days of a year without an era for BC, where the story is in about that year BC."""
    for part in found.parts:
        year = part.year
        if year is None or part.month is None or not 0 < year < FIRST_PLAIN_YEAR:
            continue
        if is_near_bc(year, bc) and not _AD.search(text, part.start, part.stop):
            part.year = 1 - year


def _at(
    kind: Kind, text: str, start: int, stop: int, *, is_heading: bool, bc: int | None
) -> Expression | None:
    match kind:
        case Kind.DIGITS:
            return _at_digits(text, start, stop, is_heading=is_heading, bc=bc)
        case Kind.MONTH:
            return at_month(text, start, is_heading=is_heading)
        case Kind.NOUN:
            return relative_at(text, start, stop)
        case Kind.CENTURY:
            return before_century(text, start)
        case Kind.FEAST:
            return at_feast(text, start)
        case Kind.ERA:
            return year_at(text, start)
        case Kind.DECADE:
            return short_decade_at(text, start)


def _at_digits(
    text: str, start: int, stop: int, *, is_heading: bool, bc: int | None
) -> Expression | None:
    length = stop - start
    if length > 4 or (start and not _may_begin(text, start)):
        return None
    found = day_at_digits(text, start, length)
    if found is not None:
        return found
    if length <= 2:
        found = century_at(text, start) or year_at(text, start, is_heading=is_heading, bc=bc)
        return found or ordinal_at(text, start)
    return decade_at(text, start) or year_at(text, start, is_heading=is_heading, bc=bc)


def _may_begin(text: str, start: int) -> bool:
    """Whether a number may begin a date here: not inside a word, a price or a decimal."""
    before = text[start - 1]
    if before.isalnum() or before in "#$£€_§№":
        return False
    if before == "/" and _DAY_AND_MONTH.match(text, start):
        return True
    return not (before in ".,/:" and start > 1 and text[start - 2].isdigit())


def _read_turn(found: Expression, text: str) -> None:
    """Read "of that year" behind a date, or "the following" before a month."""
    part = found.parts[-1]
    if part.year is not None or part.month is None:
        return
    if match := TURN_BEHIND.match(text, part.stop):
        way = match["way"]
        is_before = match["before"] and not way  # "of the following year before she left" is not
        found.turn = Turn.PREVIOUS if is_before else _WAYS.get(way or "", Turn.SAME)
        part.stop = match.end() if is_before or not match["before"] else match.start("before") - 1
        return
    if match := _YEARS_BEHIND.match(text, part.stop):
        count = match["count"].lower()
        years = int(count) if count.isdigit() else COUNTS[count]
        found.turn = Turn.PREVIOUS if match["way"] == "earlier" else Turn.NEXT
        found.turn_years = years * found.turn.value
        part.stop = match.end()
        return
    if part.precision is Precision.MONTH:
        match = _TURN_BEFORE.search(text, max(0, part.start - 12), part.start)
        if match is not None:
            found.turn = _WAYS.get(match["way"].lower(), Turn.SAME)
            found.turn_of_month = True


def _is_day_of(relative: Relative, after: Expression) -> bool:
    """Whether "the 9th" is a day of the month that follows: "on the 9th and on 12 October"."""
    last = after.parts[0]
    is_day = after.relative is None and last.month is not None and last.day is not None
    return is_day and relative.unit is Unit.ORDINAL and relative.amount < (last.day or 0)


def _give_month(before: Expression, after: Expression) -> None:
    first, last = before.parts[0], after.parts[0]
    if before.relative is not None:
        first.day, first.month = before.relative.amount, last.month
        before.relative = None


def _lend_year(before: Expression, after: Expression, text: str) -> None:
    """Give a day or month the year that stands right before it: "in 1899, on 4 July"."""
    year, first = before.parts[-1], after.parts[0]
    if len(before.parts) > 1 or year.precision is not Precision.YEAR or before.relative:
        return
    if first.year is not None or first.month is None or after.turn or after.relative:
        return
    if _BOUND.search(text, max(0, year.start - 8), year.start):
        return
    if _LENDING.fullmatch(text, year.stop, first.start):
        first.year = year.year


def _join(before: Expression, after: Expression, text: str) -> bool:
    """Join two expressions that make one: a range over months, or a list that shares a year."""
    if before.year_first or after.year_first or len(before.parts) > MOST_PARTS:
        return False
    glue = _GLUE.fullmatch(text, before.stop, after.start)
    if glue is None:
        return False
    first, last = before.parts[-1], after.parts[0]
    is_range = glue["range"] is not None or (
        glue["and"] is not None and _BETWEEN.search(text, max(0, first.start - 40), first.start)
    )
    parts_clauses = glue["and"] is not None and glue["and"].startswith(",")
    if before.relative is not None and not parts_clauses and _is_day_of(before.relative, after):
        _give_month(before, after)
    if before.relative or after.relative:
        ordinals = before.relative is not None and before.relative.unit is Unit.ORDINAL
        if is_range and ordinals and after.relative and after.relative.unit is Unit.ORDINAL:
            after.ends_range = before.begins_range = True
        return False
    if before.turn:
        return False
    years = Precision.YEAR in {first.precision, last.precision}
    if years and (not is_range or first.year is None or last.year is None):
        return False
    if years and first.year is not None and last.year is not None and last.year < 1 <= first.year:
        first.year = 1 - first.year
    if not is_range and (
        first.year is not None or first.precision in _LONG or last.precision in _LONG
    ):
        return False
    last.join = Join.RANGE if is_range else Join.LIST
    before.parts += after.parts
    before.turn, before.turn_years = after.turn, after.turn_years
    return True
