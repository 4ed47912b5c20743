"""A community's own dates: the value, reading what an admin types, how many there may be."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from bot.errors import UserError
from bot.safe_text import safe
from bot.wording import in_words, quoted, refusal
from knowledge.calendars import month_length
from knowledge.date_format import format_day
from knowledge.dates import Day, Impossible, Order, TwoReadings, read_date
from knowledge.model import MONTHS_IN_A_YEAR, MonthDay

LONGEST_TEXT = 200
"""Characters of what happened: as many as an event's sentence in a pack has."""

MOST_DATES = 500
"""Dates of one community."""

FIRST_YEAR = 1000
LAST_YEAR = 9999
"""A year has four digits, so that "1 May 100 members" is a day and a text."""

LONGEST_LINE = 400
"""Characters of a typed line that are read: a date and a text."""

_WORDS_OF_A_DATE = 6
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_DOTTED = re.compile(r"\d{1,2}\. ?\d{1,2}\.(?: ?\d{4})?")
"""With dots a day stands before its month, wherever dates are written so."""

_TWO_DAYS = (date(2001, 1, 1), date(2002, 3, 5))
"""A date that is read in two ways on these is none of its own: "in 3 days", "Friday"."""

_CURE = 'Write it such as "21 August 2019" or "21 August".'


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A day that a community keeps, of a year or of none.

    Raises ValueError for a day that no calendar has, a year without four digits, a text that is
    empty, too long, or not fit to be shown on one line, and for an id of other characters than
    letters, digits, hyphens and underscores (40 at most).
    """

    id: str
    month: int
    day: int
    year: int | None
    text: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"{self.id[:50]!r} is no id")
        if not 1 <= self.month <= MONTHS_IN_A_YEAR:
            raise ValueError(f"no month {self.month}")
        if not 1 <= self.day <= month_length(self.month, self.year):
            raise ValueError(f"no day {self.day} in the month {self.month} of {self.year}")
        if self.year is not None and not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(f"no year of four digits: {self.year}")
        if not 1 <= len(self.text) <= LONGEST_TEXT or self.text != safe(self.text):
            raise ValueError("a text has 1 to 200 characters on one line")

    @property
    def content(self) -> tuple[int, int, int | None, str]:
        """What it says, whatever its id."""
        return self.month, self.day, self.year, self.text

    def date_in_words(self, language: str = "en") -> str:
        """Return "21 August 2019", or "21 August" where there is no year; read again, the same."""
        if self.year is None:
            return format_day(MonthDay(self.month, self.day), language)
        return in_words(Day(self.month, self.day, self.year), language)

    def is_told_on(self, day: date) -> bool:
        """Whether the post of a local date tells it: each year, but not before it happened.

        29 February is told on 28 February in years that have none.
        """
        if self.year is not None and self.year > day.year:
            return False
        is_moved = (self.month, self.day) == (2, 29) and month_length(2, day.year) < self.day
        told = (2, 28) if is_moved else (self.month, self.day)
        return told == (day.month, day.day)


def own_date(month: int, day: int, year: int | None, text: str) -> OwnDate:
    """Return a date with an id made of what it says, so that one typed again has the same id.

    Raises ValueError as OwnDate does.
    """
    content = f"{month}\0{day}\0{year or ''}\0{text}"
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
    return OwnDate(digest[:12], month, day, year, text)


# -- typed ---------------------------------------------------------------------------------------


def read_own_date(typed_date: str, typed_text: str, order: Order | None = None) -> OwnDate:
    """Return the date of two options: the day, with or without a year, and what happened.

    `order` reads numbers such as 03-05, where the chat chose one; else they are refused with both
    readings. Raises UserError with a sentence, and dates to type instead.
    """
    found = read_day(typed_date, order)
    return own_date(found.month, found.day, found.year, read_text(typed_text))


def read_own_line(typed: str, order: Order | None = None) -> OwnDate:
    """Return the date of one line: "21 August 2019 server founded".

    The longest beginning that is a date is the date; four digits behind a day are its year. Raises
    UserError as `read_own_date` does; its choices are whole lines.
    """
    if len(typed) > LONGEST_LINE:
        raise UserError(f"That is too long: what happened has at most {LONGEST_TEXT} characters.")
    words = safe(typed).split(" ")
    for length in range(min(_WORDS_OF_A_DATE, len(words)), 0, -1):
        beginning, text = " ".join(words[:length]).rstrip(":,;"), " ".join(words[length:])
        try:
            found = read_day(beginning, order)
        except UserError as error:
            if error.choices:  # a day that is none, or two: what is shorter would be another one
                choices = tuple(f"{one} {text}".strip() for one in error.choices)
                raise UserError(error.message, choices) from None
            continue
        return own_date(found.month, found.day, found.year, read_text(_without_dash(text)))
    raise UserError(
        'Begin with the day, such as "21 August 2019 server founded".',
        ("21 August 2019 server founded",),
    )


def _without_dash(text: str) -> str:
    """Return a text without what people write between a date and it."""
    return text.removeprefix("– ").removeprefix("— ").removeprefix("- ").removeprefix(": ")


def read_day(typed: str, order: Order | None = None) -> Day:
    """Return a day with or without its year.

    Raises UserError for what is no day, for a day that doesn't exist, for one of two readings
    where `order` doesn't say which, and for days that are counted from today.
    """
    text = safe(typed[:LONGEST_LINE])
    if _DOTTED.fullmatch(text):
        order = Order.DAY_FIRST
    usual = order or Order.DAY_FIRST
    reading, other_day = (read_date(text, today, usual) for today in _TWO_DAYS)
    if isinstance(reading, Impossible):
        raise refusal(reading)
    if isinstance(reading, TwoReadings):
        if order is None:
            both = tuple(in_words(one) for one in (reading.preferred, reading.other))
            raise UserError(
                f'"{quoted(text)}" may be {both[0]} or {both[1]}. Write the month as a word.', both
            )
        reading = reading.preferred
    elif reading != other_day:
        raise UserError(f'"{quoted(text)}" is another day each time. {_CURE}')
    if not isinstance(reading, Day) or not any(c.isdecimal() for c in text):
        raise UserError(f'"{quoted(text)}" is no day. {_CURE}')
    if reading.year is not None and not FIRST_YEAR <= reading.year <= LAST_YEAR:
        raise UserError(f"A year has four digits. {_CURE}")
    return reading


def read_text(typed: str) -> str:
    """Return what happened, on one line and without unseen characters.

    Raises UserError where nothing is left, or more than LONGEST_TEXT characters.
    """
    text = safe(typed[: LONGEST_TEXT * 4])
    if not text:
        raise UserError('Say what happened on that day, such as "server founded".')
    if len(text) > LONGEST_TEXT or len(typed) > LONGEST_TEXT * 4:
        raise UserError(
            f"What happened has at most {LONGEST_TEXT} characters; this has {len(typed)}."
        )
    return text


# -- those of a community ------------------------------------------------------------------------


def with_added(known: Sequence[OwnDate], added: Sequence[OwnDate]) -> tuple[OwnDate, ...]:
    """Return a community's dates with more: one of a known id takes its place, the same once.

    Raises UserError where they would be more than MOST_DATES; then none is added.
    """
    by_id = {one.id: one for one in known}
    by_id.update((one.id, one) for one in added)
    once = {one.content: one for one in reversed(by_id.values())}
    merged = tuple(reversed(once.values()))
    if len(merged) > MOST_DATES:
        raise UserError(
            f"A community has at most {MOST_DATES} dates of its own; these would be {len(merged)}."
            " None was added."
        )
    return merged


def in_order(dates: Sequence[OwnDate]) -> list[OwnDate]:
    """Return dates as a list shows them: by the day of the year, then by year, none first."""
    return sorted(dates, key=lambda one: (one.month, one.day, one.year or 0, one.text, one.id))


def told_on(dates: Sequence[OwnDate], day: date, most: int) -> tuple[list[OwnDate], int]:
    """Return the dates that a local date's post tells, at most so many, and how many are left out.

    The oldest come first. Where not all fit, another part of them is told each year.
    """
    found = [one for one in in_order(dates) if one.is_told_on(day)]
    first = day.year * most % len(found) if len(found) > most else 0
    shown = list(islice(found[first:] + found[:first], most))
    return in_order(shown), len(found) - len(shown)
