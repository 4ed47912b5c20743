"""Days that hang on the story's last day: "the next day", "two days after the siege", "on Friday".

They are read after the search for years, and only where it is plain on which day they hang: on the
last day of the narrative, a few sentences back at most, never on one of a side glance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.calendars import LAST_DAY, Calendar, day_number, from_day_number, month_length
from knowledge.compiler.date_parts import NIGHT, Relative, Unit
from knowledge.compiler.day_rules import FIRST_GREGORIAN_YEAR
from knowledge.compiler.event_words import is_told_again
from knowledge.model import PartialDate, Precision

MOST_SENTENCES = 5
"""How many sentences back the day may stand that "the next day" hangs on."""

MOST_SENTENCES_TO_AN_EVENT = 6
"""How many where the event is told again: "two days after the siege"."""

MOST_SENTENCES_TO_A_WEEKDAY = 2
"""How many for "on Friday", which is less sure."""

MOST_SENTENCES_TO_SEVERAL_DAYS = 2
"""How many for "on the second day"."""

MOST_SECTIONS_TO_A_MONTH = 2
"""How many headings may stand between a bare day and the month that was told last."""

MOST_DAYS_BACK_IN_A_MONTH = 10
"""An ordinal that lies further back than this is of the next month; beside "had done", one that
lies further ahead is of the month before."""

DAYS_OF_A_WEEK = 7

_BEGINNING = re.compile(
    r"\b(?:began|begun|beginning|opened|opening|start(?:ed|ing)|broke\sout|launched|commenced"
    r"|convened)\b"
)


@dataclass(slots=True)
class Anchor:
    """A day of the story on which others may hang, or a month, for ordinals.

    `sentence` and `section` are numbers in the article; `words` is the text of its sentence;
    `confidence` is the day's. `first` is the first day where it is the last of a range. Such a
    range `is_night` in "the night of 11–12 June"; what `is_before_night` has the next night ahead
    on the same day. `weekday` is the one that is written beside it, whatever calendar it is of.
    """

    date: PartialDate
    calendar: Calendar
    sentence: int
    section: int
    words: str
    confidence: float = 1.0
    first: PartialDate | None = None
    is_night: bool = False
    is_before_night: bool = False
    weekday: int | None = None

    @property
    def number(self) -> int:
        """The number of its day, by which days are counted."""
        return self.date.first_day(self.calendar)


class Place(NamedTuple):
    """Where a relative day stands, and the words of the event it names, if it names one.

    What `is_back` stands beside "had done".
    """

    sentence: int
    section: int
    opens_section: bool
    event: str
    is_back: bool = False


def resolve(relative: Relative, place: Place, anchor: Anchor) -> PartialDate | None:
    """Return the day that a relative expression means, or none where that is not plain."""
    if not _reaches(relative, place, anchor):
        return None
    date, calendar = anchor.date, anchor.calendar
    match relative.unit:
        case Unit.ORDINAL:
            return _ordinal(relative, date, calendar, is_back=place.is_back)
        case Unit.APPOSED:
            return date
        case Unit.NTH_DAY:
            return _nth_day(relative.amount, anchor)
        case Unit.YEAR_TO_THE_DAY:
            return _existing(date.year + relative.amount, date.month, date.day, calendar)
        case Unit.MONTH_TO_THE_DAY:
            years, month = divmod((date.month or 1) - 1 + relative.amount, 12)
            return _existing(date.year + years, month + 1, date.day, calendar)
    number = date.first_day(calendar)
    if relative.unit is Unit.WEEK:
        number += DAYS_OF_A_WEEK * relative.amount
    elif relative.unit is Unit.DAY:
        number += 0 if _has_begun(relative, anchor) else relative.amount
    else:
        number += _days_to(relative, weekday_of(anchor))
    if not 0 <= number <= LAST_DAY:
        return None
    return PartialDate(*from_day_number(number, calendar), Precision.DAY)


def _reaches(relative: Relative, place: Place, anchor: Anchor) -> bool:
    """Whether an expression hangs on the anchor where it stands."""
    away = place.sentence - anchor.sentence
    unit = relative.unit
    if unit is Unit.ORDINAL:
        return place.section - anchor.section <= MOST_SECTIONS_TO_A_MONTH
    if anchor.date.precision is not Precision.DAY:
        return False
    if unit in {Unit.APPOSED, Unit.WEEK}:
        return away == 0
    if anchor.section != place.section:
        return place.opens_section and unit is Unit.DAY and relative.amount == 0
    if unit is Unit.NTH_DAY:
        return away <= MOST_SENTENCES_TO_SEVERAL_DAYS
    if relative.event is not None:
        return away <= MOST_SENTENCES_TO_AN_EVENT and is_told_again(place.event, anchor.words)
    if unit in {Unit.WEEKDAY, Unit.WEEKDAY_LISTED}:
        return away <= MOST_SENTENCES_TO_A_WEEKDAY
    return away <= MOST_SENTENCES


def _existing(
    year: int, month: int | None, day: int | None, calendar: Calendar
) -> PartialDate | None:
    if month is None or day is None or day > month_length(month, year, calendar):
        return None
    return PartialDate(year, month, day, Precision.DAY)


def _has_begun(relative: Relative, anchor: Anchor) -> bool:
    """Whether "the next day" began on the anchor's: after a night that two days share.

    The night after what was done at noon, or before, begins on the same day.
    """
    if relative.amount != 1:
        return False
    return anchor.is_night or (anchor.is_before_night and relative.detail == NIGHT)


def _nth_day(amount: int, anchor: Anchor) -> PartialDate | None:
    """Return one of the days of a range, or of those that begin with a day on which all began."""
    if anchor.first is None:
        if amount < 1 or not _BEGINNING.search(anchor.words):
            return None
        number = anchor.number + amount - 1
        return PartialDate(*from_day_number(number, anchor.calendar), Precision.DAY)
    first, last = anchor.first.first_day(anchor.calendar), anchor.number
    number = last if amount < 0 else first + amount - 1
    if number > last:
        return None
    return PartialDate(*from_day_number(number, anchor.calendar), Precision.DAY)


def weekday_of(anchor: Anchor) -> int:
    """Return the weekday of an anchor's day: as it is written, else by the calendar of its time."""
    if anchor.weekday is not None:
        return anchor.weekday
    date = anchor.date
    if date.year >= FIRST_GREGORIAN_YEAR:
        return anchor.number % 7
    return day_number(date.year, date.month or 1, date.day or 1, Calendar.JULIAN) % 7


def _days_to(relative: Relative, today: int) -> int:
    """Return how many days lie between a weekday and the one that is meant."""
    weekday = relative.detail or 0
    if relative.amount < 0:
        return -((today - weekday - 1) % 7 + 1)
    ahead = (weekday - today) % 7
    return 7 if relative.amount and not ahead else ahead


def _ordinal(
    relative: Relative, date: PartialDate, calendar: Calendar, *, is_back: bool
) -> PartialDate | None:
    if date.month is None:
        return None
    months = relative.detail or 0
    if not months and date.day is not None:
        if is_back:
            months = -1 if relative.amount > date.day + MOST_DAYS_BACK_IN_A_MONTH else 0
        else:
            months = 1 if relative.amount < date.day - MOST_DAYS_BACK_IN_A_MONTH else 0
    years, month = divmod(date.month - 1 + months, 12)
    return _existing(date.year + years, month + 1, relative.amount, calendar)
