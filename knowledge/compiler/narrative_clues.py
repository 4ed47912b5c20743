"""What the search for years knows of a date: the values that pass between text and search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.calendars import Calendar
from knowledge.compiler.section_years import Promise

UNTOLD = -2
"""The day of the moment before a story begins, whose year is only the first that is written."""

ROUGHLY = -1
"""The day of a moment whose month is known only roughly."""

OVER_NEW_YEAR = -3
"""The day of a moment that spans the turn of two years: "in the 2012–13 season"."""

FIRST_MONTH_OF_A_SEASON = 7
"""From this month on, a day of such a span is of its first year."""


class Moment(NamedTuple):
    """The story's present: month and day are 0 where only the year is known.

    The day is -1 where the month is a rough one, of "early 1917".
    """

    year: int
    month: int
    day: int

    @property
    def is_rough(self) -> bool:
        """Whether the month stands for a season or a part of the year."""
        return self.day < 0


class Picked(NamedTuple):
    """A year or month that is picked from the story: "the following year", "that April".

    `base` is what it is counted from, where that is written just before; else the story's present.
    """

    years: int
    months: int | None
    turn_of_month: int | None
    base: Moment | None


@dataclass(slots=True)
class Clue:
    """One expression as the search sees it.

    `year` is none where it is not written; `month` and `day` are 0 where there is none. `last` is
    where a range or list ends: years after the first, month, day. `rough` is the month that
    "early", "summer" or "late" means. `gap` is 0 in the sentence of the clue before, 1 in its
    block, 2 in a later block, 3 in a new section. `prominence` and `glance` are what speaks
    against and for a side glance. `hint` is a written date later in the same sentence, `beside`
    one just before, which this one may go on from even if that was a side glance, the more so
    where it `is_joined` to it in one sentence, parted by no comma. `span` is
    the years of the section, with how much they bind from 0 to 1; `label` is what a heading
    promises. A `season` without a year goes on rather than back. `calendar` is the day's where both
    forms are written. `is_back` says that the verb is past perfect, `is_wholly_back` that
    it is the sentence's own or that no later date stands in it, `is_ahead` that it looks
    forward. `written_years` are all that the article writes, `period` is what its lead dates lie
    in. An `is_afterword` is a bare year at the end of a section, before one that begins without.
    `years_of_day` are those with which the article writes the same day of a month elsewhere,
    `year_of_the_lead` the one that its lead does.
    One that `is_of_the_lead` tells what the article is about.
    The first clue behind the lead `restarts` with one of the years that are written first there.
    """

    year: int | None
    month: int = 0
    day: int = 0
    last: tuple[int, int, int] = (0, 0, 0)
    rough: int = 0
    gap: int = 1
    prominence: float = 0.0
    glance: float = 0.0
    hint: Moment | None = None
    beside: Moment | None = None
    is_joined: bool = False
    is_of_the_lead: bool = False
    span: tuple[int, int, float] | None = None
    weekday: int | None = None
    calendar: Calendar | None = None
    label: Promise | None = None
    season: bool = False
    is_back: bool = False
    is_wholly_back: bool = False
    is_ahead: bool = False
    close_years: frozenset[int] = frozenset()
    told: Mapping[int, float] | None = None
    is_afterword: bool = False
    written_years: frozenset[int] = frozenset()
    period: tuple[Moment, Moment] | None = None
    picked: Picked | None = None
    restarts: tuple[int, ...] = ()
    years_of_day: frozenset[int] = frozenset()
    year_of_the_lead: int | None = None
