"""The path of headings that a block stands under, where headings have levels and where not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from knowledge.readers.zones import Zone, zone_of_heading

_YEARS = re.compile(
    r"(?:^|[(\[,:] ?(?:[a-z]+ (?:and [a-z]+ )?)?)"
    r"(?P<first>\d{3,4})(?: ?[-–—] ?(?P<last>\d{4}|\d{2}))?(?:[)\]]|$)"
)
"""A year or span set apart from the words: alone, in brackets, after a comma or colon."""

WIDER = 3
"""How many times longer than its neighbours' a span of years shows that a heading isn't theirs."""


MOST_COMPARED = 50


class Years(NamedTuple):
    """The first and last year of a heading's span."""

    first: int
    last: int

    def holds(self, other: Years) -> bool:
        """Whether the other span lies within this one."""
        return self.first <= other.first and other.last <= self.last


def years_of_heading(heading: str) -> Years | None:
    """Return the span of years at the end of a heading.

    >>> years_of_heading("Reign (1629–40)")
    Years(first=1629, last=1640)
    """
    match = _YEARS.search(heading)
    if match is None:
        return None
    first, last = match["first"], match["last"] or match["first"]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return Years(int(first), int(last)) if first <= last else None


class LevelledOutline:
    """Headings with levels, as markup gives them: 1 is the highest."""

    def __init__(self) -> None:
        """Begin above all headings."""
        self._open: list[tuple[int, str]] = []

    def enter(self, level: int, heading: str) -> tuple[str, ...]:
        """Go on under a heading, and return the path that ends with it."""
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, heading))
        return self.path

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that the place stands under, outermost first."""
        return tuple(heading for _, heading in self._open)


class _Entry(NamedTuple):
    heading: str
    years: Years | None
    has_parts: bool
    is_marked_part: bool = False


class GuessedOutline:
    """Headings without levels: which stand above others is concluded from what they say.

    A heading that another one follows at once has parts. They go on while their spans of years, or
    most of the years that their text names, lie within its span. Without a span it holds what comes
    until a heading with parts of its own whose span is much longer than theirs, or the appendices.
    """

    def __init__(self) -> None:
        """Begin above all headings."""
        self._open: list[_Entry] = []
        self._lengths: list[int] = []

    def enter(
        self, heading: str, *, has_parts: bool, text_years: Sequence[int] = ()
    ) -> tuple[str, ...]:
        """Go on under a heading, and return the path that ends with it.

        `text_years` are the years that the section's text names, in its order.
        """
        entry = _Entry(heading, years_of_heading(heading), has_parts)
        if zone_of_heading(heading) in (Zone.NOTES, Zone.REFERENCES):
            self._open.clear()
        while self._open and not self._goes_on(self._open[-1], entry, text_years):
            self._open.pop()
        if not self._open:
            self._lengths.clear()
        elif entry.years:
            self._lengths.append(_length(entry.years))
        self._open.append(entry)
        return self.path

    def enter_part(self, heading: str) -> tuple[str, ...]:
        """Go on under a heading that is marked as a part of the one before it."""
        while self._open and self._open[-1].is_marked_part:
            self._open.pop()
        self._open.append(_Entry(heading, None, has_parts=False, is_marked_part=True))
        return self.path

    @property
    def path(self) -> tuple[str, ...]:
        """The headings that the place stands under, outermost first."""
        return tuple(entry.heading for entry in self._open)

    def _goes_on(self, above: _Entry, entry: _Entry, text_years: Sequence[int]) -> bool:
        if not above.has_parts:
            return False
        if above.years is None:
            if not entry.has_parts:
                return True
            return bool(
                entry.years
                and self._lengths
                and _length(entry.years) <= WIDER * median(self._lengths[-MOST_COMPARED:])
            )
        if entry.years:
            return above.years.holds(entry.years)
        within = sum(above.years.first <= year <= above.years.last for year in text_years)
        return within * 2 > len(text_years)


def _length(years: Years) -> int:
    return years.last - years.first + 1
