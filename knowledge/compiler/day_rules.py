"""Days that a rule picks out of a year: feasts, the Ides, the first Monday or last day of a month.

Feasts that move with Easter are computed for the Western churches as in J. Meeus, Astronomical
Algorithms (1991), chapter 8: by the Gregorian calendar from 1583 on, by the Julian one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.calendars import Calendar, day_number, from_day_number, month_length

FIRST_GREGORIAN_YEAR = 1583

FIXED_FEASTS = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "twelfth night": (1, 5),
    "epiphany": (1, 6),
    "candlemas": (2, 2),
    "candlemas day": (2, 2),
    "valentine's day": (2, 14),
    "saint valentine's day": (2, 14),
    "saint patrick's day": (3, 17),
    "lady day": (3, 25),
    "april fools' day": (4, 1),
    "may day": (5, 1),
    "midsummer day": (6, 24),
    "midsummer's day": (6, 24),
    "bastille day": (7, 14),
    "michaelmas": (9, 29),
    "michaelmas day": (9, 29),
    "halloween": (10, 31),
    "all hallows' eve": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "martinmas": (11, 11),
    "armistice day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas morning": (12, 25),
    "christmas night": (12, 25),
    "boxing day": (12, 26),
    "saint stephen's day": (12, 26),
    "saint sylvester's day": (12, 31),
}
"""Month and day of the feasts that keep theirs."""

MOVING_FEASTS = {
    "shrove tuesday": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "holy saturday": -1,
    "easter saturday": -1,
    "easter day": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "ascension day": 39,
    "whit sunday": 49,
    "whitsunday": 49,
    "pentecost sunday": 49,
    "whit monday": 50,
    "trinity sunday": 56,
    "corpus christi": 60,
}
"""How many days after Easter Sunday the others fall."""

MONTH_OF_EASTER = 4
LAST = -1


@dataclass(frozen=True, slots=True)
class DayRule:
    """A day that depends on the year: of a moving feast, or the nth weekday or day of a month.

    `nth` counts from 1; LAST is the last. Without a weekday it is the last day of the month.
    """

    feast: str = ""
    month: int = 0
    nth: int = 0
    weekday: int | None = None

    def day(self, year: int) -> tuple[int, int] | None:
        """Return month and day in a year, or none where the month has no such day."""
        calendar = Calendar.GREGORIAN if year >= FIRST_GREGORIAN_YEAR else Calendar.JULIAN
        if self.feast:
            number = day_number(year, *easter(year), calendar) + MOVING_FEASTS[self.feast]
            _, month, day = from_day_number(number, calendar)
            return month, day
        length = month_length(self.month, year, calendar)
        if self.weekday is None:
            return self.month, length
        first = (self.weekday - day_number(year, self.month, 1, calendar)) % 7 + 1
        day = first + 7 * ((length - first) // 7 if self.nth == LAST else self.nth - 1)
        return (self.month, day) if day <= length else None


def easter(year: int) -> tuple[int, int]:
    """Return month and day of Easter Sunday, in the calendar that the West used in that year."""
    golden = year % 19
    if year >= FIRST_GREGORIAN_YEAR:
        century, rest = divmod(year, 100)
        skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
        epact = (19 * golden + skipped + 15) % 30
        weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
        late = (golden + 11 * epact + 22 * weekday) // 451
        total = epact + weekday - 7 * late + 114
    else:
        epact = (19 * golden + 15) % 30
        weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
        total = epact + weekday + 114
    return total // 31, total % 31 + 1


def roman_day(name: str, month: int) -> int:
    """Return the day of the Kalends, Nones or Ides of a month."""
    if name == "Kalends":
        return 1
    late = 2 if month in {3, 5, 7, 10} else 0
    return (5 if name == "Nones" else 13) + late


FEAST_STARTS = sorted(
    {
        name.replace("saint ", "").split()[0].split("'")[0].capitalize()
        for name in (*FIXED_FEASTS, *MOVING_FEASTS)
    }
    - {"April", "May"}
)
"""The words that names of feasts begin with, besides the months."""


def _written(name: str) -> str:
    words = re.escape(name).replace("saint\\ ", r"(?:St\.?\s|Saint\s)?")
    return words.replace("'", "['’]").replace("\\ ", r"[\s-]")


FEAST = re.compile(
    "(?i:"
    + "|".join(_written(name) for name in sorted((*FIXED_FEASTS, *MOVING_FEASTS), key=len)[::-1])
    + r")(?![\w'’])"
)
"""A feast by its name."""

_SPACES = re.compile(r"[\s-]+")


def feast_of(written: str) -> str:
    """Return the name by which the tables know a feast as FEAST finds it."""
    name = _SPACES.sub(" ", written.lower().replace("’", "'"))
    name = name.removeprefix("st. ").removeprefix("st ").removeprefix("saint ")
    return name if name in FIXED_FEASTS or name in MOVING_FEASTS else f"saint {name}"


NTH_WEEKDAYS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": LAST}
