"""Feasts of the Christian and the civil year that name one certain day.

Those that move with Easter are computed for the Western churches by the calculation of J. Meeus,
Astronomical Algorithms (1991), chapter 8: the Gregorian one from 1583 on, the Julian one before.
"""

from __future__ import annotations

import re

from knowledge.calendars import Calendar, day_number, from_day_number

FIRST_GREGORIAN_EASTER = 1583

FIXED = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "twelfth night": (1, 5),
    "epiphany": (1, 6),
    "candlemas": (2, 2),
    "valentine's day": (2, 14),
    "saint patrick's day": (3, 17),
    "lady day": (3, 25),
    "april fools' day": (4, 1),
    "may day": (5, 1),
    "midsummer day": (6, 24),
    "midsummer's day": (6, 24),
    "bastille day": (7, 14),
    "michaelmas": (9, 29),
    "halloween": (10, 31),
    "all saints' day": (11, 1),
    "all souls' day": (11, 2),
    "martinmas": (11, 11),
    "armistice day": (11, 11),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "saint stephen's day": (12, 26),
    "saint sylvester's day": (12, 31),
}
"""Month and day of the feasts that keep theirs."""

MOVING = {
    "shrove tuesday": -47,
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "holy saturday": -1,
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

FIRST_WORDS = frozenset(
    name.replace("saint ", "").split()[0].split("'")[0] for name in (*FIXED, *MOVING)
)


def _pattern() -> str:
    names = sorted((*FIXED, *MOVING), key=len, reverse=True)
    written = [
        "".join(part if part.isalpha() else part for part in name)
        .replace("saint ", "(?:st\\.?|saint) ")
        .replace("'", "['’]")
        .replace(" ", r"[\s-]")
        for name in names
    ]
    return "|".join(written)


FEAST = re.compile(rf"(?:(?i:{_pattern()}))(?![\w'’])")
"""The name of a feast; each word of it begins with a capital where it is one."""

_SPACES = re.compile(r"[\s-]+")


def feast_of(written: str) -> str:
    """Return the name by which the tables know a feast as written."""
    name = _SPACES.sub(" ", written.lower().replace("’", "'"))
    return re.sub(r"^st\.? ", "saint ", name)


def easter(year: int) -> tuple[int, int]:
    """Return month and day of Easter Sunday, in the calendar that the West used in that year."""
    if year >= FIRST_GREGORIAN_EASTER:
        century, rest = divmod(year, 100)
        golden = year % 19
        epact = (
            19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
        ) % 30
        weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
        late = (golden + 11 * epact + 22 * weekday) // 451
        total = epact + weekday - 7 * late + 114
    else:
        moon = (19 * (year % 19) + 15) % 30
        weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        total = moon + weekday + 114
    return total // 31, total % 31 + 1


def day_of_feast(feast: str, year: int) -> tuple[int, int]:
    """Return month and day of a feast of the tables in a year."""
    if feast in FIXED:
        return FIXED[feast]
    calendar = Calendar.GREGORIAN if year >= FIRST_GREGORIAN_EASTER else Calendar.JULIAN
    number = day_number(year, *easter(year), calendar) + MOVING[feast]
    _, month, day = from_day_number(number, calendar)
    return month, day
