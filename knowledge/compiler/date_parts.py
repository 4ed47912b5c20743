"""The values of what is written: expressions and the dates in them, before years are concluded."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum

from knowledge.calendars import Calendar
from knowledge.compiler.day_rules import DayRule
from knowledge.model import Precision

LONGEST_TURN_BACK = 6
"""In a list that shares a year, a month that goes back by more than this lies in the next year."""

NIGHT = 1
"""The detail of a day that is told by its night: "the next night"."""


class Join(IntEnum):
    """How a part of an expression hangs on the part before it."""

    ALONE = 0
    LIST = 1
    RANGE = 2


class Turn(Enum):
    """Which year or month "that", "the following" or "the previous" picks, seen from the story."""

    SAME = 0
    NEXT = 1
    PREVIOUS = -1


@dataclass(slots=True)
class Part:
    """One date of an expression: where it stands and what is written of it.

    `whole` says that nothing of it is left out where it stands. `second` is the other calendar's
    form of the same day, as (year or none, month, day). `rule` gives the day where it depends on
    the year. `within` is the place of a decade in its century, where the century is not written.
    """

    start: int
    stop: int
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    join: Join = Join.ALONE
    whole: bool = False
    calendar: Calendar = Calendar.GREGORIAN
    second: tuple[int | None, int, int] | None = None
    rule: DayRule | None = None
    within: int = 0


class Unit(Enum):
    """What a relative expression counts, or how it picks its day."""

    DAY = "day"
    WEEK = "week"
    """Two or three weeks after a day of the same sentence, else too vague for a day."""
    FORTNIGHT = "fortnight"
    MONTH = "month"
    YEAR = "year"
    MONTH_TO_THE_DAY = "month to the day"
    YEAR_TO_THE_DAY = "year to the day"
    SEASON = "season"
    """A season without a year, "the following spring"; the detail is its month."""
    WEEKDAY = "weekday"
    WEEKDAY_LISTED = "weekday listed"
    """Friday in "on Thursday and Friday"."""
    ORDINAL = "ordinal"
    """A day of the story's month, "the 20th"; the amount is its number."""
    NTH_DAY = "nth day"
    """One of several days, "on the second day"; the amount is its number, -1 for the last."""
    APPOSED = "apposed"
    """The day just named: ", the fifth day of the siege"."""


@dataclass(slots=True)
class Relative:
    """What an expression without a date of its own hangs on.

    `amount` is how many units later, negative for earlier. `detail` is the weekday, counted from
    Monday as 0, how many months after the story's month an ordinal's lies, or NIGHT.
    `event` is where the words of "two days after the battle" stand that say after what. One that
    is not `is_told`, such as "in summer", is no date by itself and only helps to date others.
    """

    unit: Unit
    amount: int
    detail: int | None = None
    event: tuple[int, int] | None = None
    is_told: bool = True

    @property
    def is_day(self) -> bool:
        """Whether it means a day; else it means a month or a year."""
        return self.unit not in {Unit.MONTH, Unit.YEAR, Unit.SEASON}


@dataclass(slots=True)
class Expression:
    """Dates that are written together; they share what is written once.

    `year_first` ones mark citations. `turn` is for a year or month that is picked by a word, such
    as "the following April" (`turn_of_month`) or "5 May of that year"; of "5 May two years later"
    the `turn_years` are 2. `begins_range` and `ends_range` are for two relative days that are the
    ends of one range.
    """

    parts: list[Part] = field(default_factory=list)
    year_first: bool = False
    turn: Turn | None = None
    turn_of_month: bool = False
    turn_years: int | None = None
    relative: Relative | None = None
    begins_range: bool = False
    ends_range: bool = False

    @property
    def start(self) -> int:
        """Where the first part begins."""
        return self.parts[0].start

    @property
    def stop(self) -> int:
        """Where the last part ends."""
        return self.parts[-1].stop


def turns_of_the_year(first: Part, last: Part) -> int:
    """Return how many turns of the year lie between two parts that share one: 0 or 1."""
    if first.month is None or last.month is None:
        return 0
    if last.join is Join.RANGE:
        backwards = (first.month, first.day or 0) > (last.month, last.day or 31)
    else:
        backwards = first.month - last.month > LONGEST_TURN_BACK
    return 1 if backwards else 0


def share_the_year(found: Expression) -> Expression:
    """Give the parts of an expression the year that stands once, before or behind them."""
    parts = found.parts
    for index in range(len(parts) - 2, -1, -1):
        part, following = parts[index], parts[index + 1]
        if part.year is None and following.year is not None and part.month is not None:
            part.year = following.year - turns_of_the_year(part, following)
    for index in range(1, len(parts)):
        part, before = parts[index], parts[index - 1]
        if part.year is None and before.year is not None and part.month is not None:
            part.year = before.year + turns_of_the_year(before, part)
    return found
