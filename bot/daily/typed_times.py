"""A time of the day and a limit of lateness, as an admin types them."""

from __future__ import annotations

import re
import unicodedata
from datetime import time, timedelta

from bot.daily.schedule import LEAST_LATE, MOST_LATE
from bot.errors import UserError
from bot.safe_text import safe
from bot.wording import quoted

LONGEST_TIME = 40
"""Characters that are read; more is no time."""

_HOURS = 24
_MINUTES = 60
_HALF_A_DAY = 12

_WORDS = {
    "noon": time(12),
    "midday": time(12),
    "12 noon": time(12),
    "midnight": time(0),
    "12 midnight": time(0),
}
_TIME = re.compile(
    r"(?:at )?(?P<hour>\d{1,2})"
    r"(?: ?[:.h] ?(?P<minute>\d{1,2})(?::(?P<second>\d\d))?)?"
    r" ?(?:(?P<half>[ap])\.? ?m\.?|h|hours?|hrs|uhr|o['’]?clock)?"
)
_DIGITS = re.compile(
    r"(?:at )?(?P<hour>\d{1,2})(?P<minute>\d\d) ?(?:(?P<half>[ap])\.? ?m\.?|h|hours|hrs)?"
)
"""0930, 930: as soldiers and people in a hurry write it."""

_LENGTH = re.compile(
    r"(?:(?P<days>\d{1,3}) ?(?:d|days?))?"
    r"(?: ?(?P<hours>\d{1,4}(?:[.,]5)?) ?(?:h|hrs?|hours?))?"
    r"(?: ?(?:and )?(?P<minutes>\d{1,5}) ?(?:m|mins?|minutes?)?)?"
)


def read_wall_time(typed: str) -> time:
    """Return the time that was typed: "9", "09:00", "9.30 pm", "21h", "noon".

    Midnight is 00:00, with which a date begins. Digits of any script are read. Raises UserError
    with a sentence, and times to type instead.

    >>> read_wall_time("9.30 pm")
    datetime.time(21, 30)
    """
    text = _plain(typed)
    if not text:
        raise UserError("At what time? Write it as 09:00 or 9pm.", ("09:00",))
    if word := _WORDS.get(text):
        return word
    match = _TIME.fullmatch(text) or _DIGITS.fullmatch(text)
    if len(typed) > LONGEST_TIME or match is None:
        raise UserError(f'"{quoted(typed)}" is not a time. Write it as 09:00 or 9pm.', ("09:00",))
    parts = match.groupdict()
    hour, minute_text = int(parts["hour"]), parts["minute"] or "00"
    if len(minute_text) == 1:
        raise UserError(
            f'The minutes in "{quoted(typed)}" need two digits.',
            tuple(f"{hour:02}:{minutes}" for minutes in _two_digits(int(minute_text))),
        )
    if int(parts.get("second") or 0):
        raise UserError("A time is to the minute, without seconds.", (f"{hour:02}:{minute_text}",))
    if int(minute_text) >= _MINUTES:
        raise UserError("An hour has the minutes 00 to 59.", (f"{min(hour, _HOURS - 1):02}:00",))
    return _time(_of_24_hours(hour, minute_text, parts["half"]), int(minute_text))


def read_late(typed: str) -> timedelta:
    """Return how late a post may be: "2h", "90 min", "1 h 30", "1 day".

    Raises UserError with a sentence, and limits to type instead.

    >>> read_late("90 min")
    datetime.timedelta(seconds=5400)
    """
    text = _plain(typed)
    match = _LENGTH.fullmatch(text)
    if not text or len(typed) > LONGEST_TIME or match is None:
        raise UserError(
            f'"{quoted(typed)}" is not a length of time. Write it as 2h or 90 min.',
            ("2h", "6h", "24h"),
        )
    if text.isdecimal():
        raise UserError(f"{int(text)} what? Write h or min behind it.", ("2h", "90 min"))
    late = timedelta(
        days=int(match["days"] or 0),
        hours=float((match["hours"] or "0").replace(",", ".")),
        minutes=int(match["minutes"] or 0),
    )
    if late < LEAST_LATE:
        raise UserError(
            "A post may be at least 10 minutes late; with less, a restart would lose it.",
            ("10 min", "2h"),
        )
    if late > MOST_LATE:
        raise UserError(
            "A post may be at most 24 hours late; then the next day's is due.", ("24h", "6h")
        )
    return late


def _plain(typed: str) -> str:
    """Return text in lower case, in its plainest form, with the digits 0 to 9."""
    text = unicodedata.normalize("NFKC", safe(typed[:LONGEST_TIME])).casefold()
    return "".join(str(int(c)) if c.isdecimal() else c for c in text).strip()


def _of_24_hours(hour: int, minute: str, half: str | None) -> int:
    """Return an hour of 0 to 23, where a or p says which half of the day it is in."""
    if half is None:
        return hour
    if not 1 <= hour <= _HALF_A_DAY:
        choices = (f"{hour:02}:{minute}",) if hour < _HOURS else ("09:00",)
        raise UserError(f"There is no {hour} {half}m: am and pm go from 1 to 12.", choices)
    return hour % _HALF_A_DAY + (_HALF_A_DAY if half == "p" else 0)


def _time(hour: int, minute: int) -> time:
    if hour == _HOURS and minute == 0:
        raise UserError(
            "A day ends at 23:59. Midnight is 00:00, and begins the date whose post it is.",
            ("00:00", "23:59"),
        )
    if hour >= _HOURS:
        raise UserError(
            f"There is no {hour}:{minute:02}: a day has the hours 0 to 23.",
            (f"{hour % _HOURS:02}:{minute:02}",),
        )
    return time(hour, minute)


def _two_digits(minute: int) -> list[str]:
    """Return what one digit of minutes may be: 05 and 50 for 5."""
    return [f"0{minute}"] + ([f"{minute}0"] if 0 < minute * 10 < _MINUTES else [])
