"""Days that hang on the story's last day: "the next day", "two days after the siege", "on Friday".

They are read after the search for years, and only where it is plain on which day they hang: on the
last day of the narrative, a few sentences back at most, never on one of a side glance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.calendars import LAST_DAY, Calendar, day_number, from_day_number
from knowledge.compiler.date_parts import Relative
from knowledge.model import PartialDate, Precision

MOST_SENTENCES = 3
"""How many sentences back the day may stand that "the next day" hangs on."""

SENTENCES_TO_A_WEEKDAY = 1
"""How many for "on Friday", which is less sure."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_COMMON = frozenset(
    "after before their there which about where while these those other first began begin start"
    " ended taken being battle later during against between under upon with that this from days"
    " week been were have into over".split()
)


@dataclass(slots=True)
class Anchor:
    """A day of the story on which others may hang; its sentence is text[start:stop] of a block.

    `sentence` numbers the sentences of the article, `section` its sections.
    """

    date: PartialDate
    calendar: Calendar
    sentence: int
    section: int
    words: str


class Place(NamedTuple):
    """Where a relative day stands."""

    sentence: int
    section: int
    opens_section: bool
    event: str


def resolve(relative: Relative, place: Place, anchor: Anchor | None) -> PartialDate | None:
    """Return the day that a relative expression means, or none where it is not plain."""
    if anchor is None:
        return None
    same_section = anchor.section == place.section
    away = place.sentence - anchor.sentence
    is_same_day = relative.unit == "day" and relative.amount == 0
    if not same_section and not (is_same_day and place.opens_section):
        return None
    if relative.event is not None:
        if away > 2 * MOST_SENTENCES or not _shares_a_word(place.event, anchor.words):
            return None
    elif away > (SENTENCES_TO_A_WEEKDAY if relative.unit == "weekday" else MOST_SENTENCES):
        return None
    number = anchor.date.first_day(anchor.calendar)
    if relative.weekday is not None:
        number = _weekday(number, relative)
    else:
        number += relative.amount
    if not 0 <= number <= LAST_DAY:
        return None
    return PartialDate(*from_day_number(number, anchor.calendar), Precision.DAY)


def _weekday(number: int, relative: Relative) -> int:
    weekday = relative.weekday or 0
    if relative.amount < 0:
        return number - ((number - weekday - 1) % 7 + 1)
    ahead = (weekday - number) % 7
    if relative.amount == 1 and ahead == 0:
        ahead = 7
    return number + ahead


def _shares_a_word(event: str, words: str) -> bool:
    """Whether the event is told with a word that stood beside the day."""
    mine = {word[:_STEM].lower() for word in _WORD.findall(event) if word.lower() not in _COMMON}
    return bool(mine) and any(word[:_STEM].lower() in mine for word in _WORD.findall(words))


def day_in_month(day: int, anchor: Anchor) -> PartialDate | None:
    """Return the day of "the 20th" in the story's month, or in the next where it has passed."""
    year, month = anchor.date.year, anchor.date.month or 1
    if anchor.date.day is not None and day < anchor.date.day - 10:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    try:
        number = day_number(year, month, day, anchor.calendar)
    except ValueError:
        return None
    found = from_day_number(number, anchor.calendar)
    return PartialDate(*found, Precision.DAY) if found == (year, month, day) else None
