"""What is known, as frozen values: dates of history, events, entities, passages and sources.

No I/O happens here. `HistoricalDate` is the heart: a day, month, year, decade or century as a
source states it, in its calendar, perhaps with an end and a word such as "by" or "about" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from knowledge.calendars import (
    LAST_DAY,
    LAST_YEAR,
    Calendar,
    convert,
    day_number,
    from_day_number,
    month_length,
)
from knowledge.sentences import sentences

LONGEST_SPAN_TOLD_DAILY = 8
"""A span of at most this many days is told on each of them, a longer one on its first and last."""

MONTHS_IN_A_YEAR = 12


class Precision(StrEnum):
    """How exactly a source states a date, finest first."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Qualifier(StrEnum):
    """The word before a date: an event by, before or about a day is no event on that day."""

    ON = "on"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    ABOUT = "about"
    FROM = "from"
    BETWEEN = "between"


class InvalidDateError(ValueError):
    """A date that no calendar has, with a sentence that says why."""


class MonthDay(NamedTuple):
    """A day of any year."""

    month: int
    day: int


_VALUE = re.compile(r"(-?)(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|(-?)(\d{3})X|(-?)(\d{2})XX", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, month, year, decade or century, without a calendar.

    Years are astronomical (70 BC is -69). A decade is kept as its first year (1890 for 189X), a
    century likewise (1800 for 18XX); 18XX is the years 1800 to 1899. Before the year 0 the digits
    are those of the last year: -010X is the years -109 to -100, and is kept as -109.
    """

    year: int
    month: int | None = None
    day: int | None = None
    precision: Precision = field(default=Precision.YEAR)

    @classmethod
    def parse(cls, value: str) -> PartialDate:
        """Read YYYY-MM-DD, YYYY-MM, YYYY, 189X or 18XX, with a minus sign for years before 0.

        Raises InvalidDateError for another form or a month that no year has. Whether the day
        exists depends on the calendar; HistoricalDate checks it.
        """
        match = _VALUE.fullmatch(value) if len(value) <= len("-0000-00-00") else None
        if match is None:
            raise InvalidDateError(
                f"{value[:40]!r} is no date; write 1940-08-21, 1940-08, 1940, 192X or 18XX"
            )
        sign, year, month, day, decade_sign, decade, century_sign, century = match.groups()
        if decade:
            return cls(_first_year(decade_sign, decade, 10), precision=Precision.DECADE)
        if century:
            return cls(_first_year(century_sign, century, 100), precision=Precision.CENTURY)
        if sign and int(year) == 0:
            raise InvalidDateError("the year -0000 is written 0000")
        if month and not 1 <= int(month) <= MONTHS_IN_A_YEAR:
            raise InvalidDateError(f"{value!r} has no month: months are 01 to 12")
        if day and int(day) == 0:
            raise InvalidDateError(f"{value!r} has no day: days of a month begin with 01")
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        return cls(
            _signed(sign, year),
            int(month) if month else None,
            int(day) if day else None,
            precision,
        )

    def __str__(self) -> str:
        """Return the form that `parse` reads."""
        sign = "-" if self.year < 0 else ""
        match self.precision:
            case Precision.CENTURY:
                return f"{sign}{abs(self.year) // 100:02}XX"
            case Precision.DECADE:
                return f"{sign}{abs(self.year) // 10:03}X"
        parts = [f"{sign}{abs(self.year):04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def month_day(self) -> MonthDay | None:
        """The day of any year, where the date states a day."""
        if self.month is None or self.day is None:
            return None
        return MonthDay(self.month, self.day)

    @property
    def last_year(self) -> int:
        """The last year that this date covers."""
        return self.year + _LENGTHS.get(self.precision, 1) - 1

    def first_day(self, calendar: Calendar) -> int:
        """Return the Julian Day Number of the first day that this date covers."""
        return day_number(self.year, self.month or 1, self.day or 1, calendar)

    def last_day(self, calendar: Calendar) -> int:
        """Return the Julian Day Number of the last day that this date covers."""
        month = self.month or MONTHS_IN_A_YEAR
        day = self.day or month_length(month, self.last_year, calendar)
        return day_number(self.last_year, month, day, calendar)


_LENGTHS = {Precision.DECADE: 10, Precision.CENTURY: 100}


def _signed(sign: str, digits: str) -> int:
    return -int(digits) if sign else int(digits)


def _first_year(sign: str, digits: str, length: int) -> int:
    first = int(digits) * length
    return -(first + length - 1) if sign else first


class Position(StrEnum):
    """Which part of an event a day is."""

    DAY = "day"
    FIRST = "first"
    WITHIN = "within"
    LAST = "last"


class Anniversary(NamedTuple):
    """A day of any year on which an event is told, and the calendar in which it is that day."""

    month: int
    day: int
    calendar: Calendar
    position: Position


@dataclass(frozen=True, slots=True)
class HistoricalDate:
    """A date as a source states it.

    `start` and `end` are written in `calendar`; `calendar_inferred` says that the source doesn't
    state the calendar and that it was concluded. Raises InvalidDateError for a day that the
    calendar doesn't have, for days before 4713 BC or after 9999, and for an end before the start.
    """

    start: PartialDate
    end: PartialDate | None = None
    calendar: Calendar = Calendar.GREGORIAN
    calendar_inferred: bool = False
    qualifier: Qualifier = Qualifier.ON

    def __post_init__(self) -> None:
        for date in filter(None, (self.start, self.end)):
            _check_exists(date, self.calendar)
        if self.end is not None and self.end.last_day(self.calendar) < self.start.first_day(
            self.calendar
        ):
            raise InvalidDateError(f"the end {self.end} lies before the date {self.start}")

    @classmethod
    def parse(cls, value: str, end: str | None = None) -> HistoricalDate:
        """Read a Gregorian date, and its end if there is one, in the form of PartialDate.parse."""
        return cls(PartialDate.parse(value), PartialDate.parse(end) if end else None)

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        return self.start.precision

    @property
    def gregorian(self) -> PartialDate | None:
        """The Gregorian day on which it begins; none where no day is known."""
        return _gregorian(self.start, self.calendar)

    @property
    def gregorian_end(self) -> PartialDate | None:
        """The Gregorian day on which it ends; none where there is no end or no day is known."""
        return _gregorian(self.end, self.calendar) if self.end else None

    @property
    def first_day(self) -> int:
        """The Julian Day Number of the first day that the date may mean."""
        return self.start.first_day(self.calendar)

    @property
    def last_day(self) -> int:
        """The Julian Day Number of the last day that the date may mean."""
        return (self.end or self.start).last_day(self.calendar)

    @property
    def in_time(self) -> tuple[int, int]:
        """The key to sort by time, whatever the calendars: the first possible day, then the last.

        Of two dates that begin together, the one that is over first comes first.
        """
        return self.first_day, self.last_day

    def anniversaries(self) -> tuple[Anniversary, ...]:
        """Return the days of the year on which the event is told, in both calendars.

        A span of up to eight days is told on each, a longer one on its first and last day only.
        A Julian date comes once for its own day and once for the Gregorian one.
        """
        calendars = dict.fromkeys((self.calendar, Calendar.GREGORIAN))
        return tuple(
            Anniversary(*_month_day(number, calendar), calendar, position)
            for number, position in self._days_told()
            for calendar in calendars
        )

    def _days_told(self) -> Iterator[tuple[int, Position]]:
        start, end = self.start, self.end
        starts_on_a_day = start.precision is Precision.DAY
        ends_on_a_day = end is not None and end.precision is Precision.DAY and end != start
        if starts_on_a_day:
            yield self.first_day, Position.FIRST if end and end != start else Position.DAY
        short = self.last_day - self.first_day < LONGEST_SPAN_TOLD_DAILY
        if starts_on_a_day and ends_on_a_day and short:
            for number in range(self.first_day + 1, self.last_day):
                yield number, Position.WITHIN
        if ends_on_a_day:
            yield self.last_day, Position.LAST


def _check_exists(date: PartialDate, calendar: Calendar) -> None:
    if date.month and date.day and date.day > month_length(date.month, date.year, calendar):
        raise InvalidDateError(
            f"{date}: this month has no day {date.day} in the {calendar} calendar"
        )
    if date.first_day(calendar) < 0:
        raise InvalidDateError(f"{date} lies before 4713 BC")
    if date.last_year > LAST_YEAR or date.first_day(calendar) > LAST_DAY:
        raise InvalidDateError(f"{date} lies after the year {LAST_YEAR}")


def _gregorian(date: PartialDate, calendar: Calendar) -> PartialDate | None:
    if date.month is None or date.day is None:
        return None
    if calendar is Calendar.GREGORIAN:
        return date
    year, month, day = convert(date.year, date.month, date.day, calendar, Calendar.GREGORIAN)
    return PartialDate(year, month, day, Precision.DAY)


def _month_day(number: int, calendar: Calendar) -> MonthDay:
    _, month, day = from_day_number(number, calendar)
    return MonthDay(month, day)


class Tone(StrEnum):
    """Whether an event is one that a channel may want to leave out."""

    PLAIN = "plain"
    GRIM = "grim"


class EntityKind(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    WORK = "work"
    TREATY = "treaty"
    BATTLE = "battle"
    TRIAL = "trial"
    SHIP = "ship"
    EVENT = "event"
    CONCEPT = "concept"


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from; `title` is what answers show."""

    id: str
    title: str
    author: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    revision: str = ""
    hash: str = ""


class Span(NamedTuple):
    """A statement's place in its source: offsets in Unicode code points, the end not included."""

    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Citation:
    """The place in a source that states something."""

    source: Source
    section: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


class Further(NamedTuple):
    """A place in a source of another pack that states the same."""

    pack: str
    citation: Citation


class Mention(NamedTuple):
    """A name as an entry writes it, and the key of the entity it means, if there is one."""

    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: one sentence that stands on its own, with its date and source.

    `key` is `<pack>/<id>`, which survives rebuilding. `calendar_words` is how a Julian date is
    qualified where the source doesn't state its calendar: "by the Russian calendar of the time".
    `further` are the places where other packs state the same. `confidence`, from 0 to 1, is that of
    a program which read the event in a text; 1 for what a person wrote.
    """

    key: str
    date: HistoricalDate
    text: str
    kind: str
    citation: Citation
    weight: int = 2
    tone: Tone = Tone.PLAIN
    people: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    things: tuple[Mention, ...] = ()
    calendar_words: str = ""
    note: str = ""
    further: tuple[Further, ...] = ()
    confidence: float = 1.0

    @property
    def pack(self) -> str:
        """The id of the pack that the event belongs to."""
        return self.key.partition("/")[0]


class Relation(NamedTuple):
    """What an entity is to another one: kind "wife" and to "x" says that it is the wife of x."""

    kind: str
    to: Mention


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or a thing with a name. `further` and `confidence` are as those of an event."""

    key: str
    kind: EntityKind
    name: str
    citation: Citation
    fictional: bool = False
    aliases: tuple[str, ...] = ()
    transliterations: tuple[str, ...] = ()
    pen_names: tuple[str, ...] = ()
    born: HistoricalDate | None = None
    died: HistoricalDate | None = None
    description: str = ""
    text: str = ""
    relations: tuple[Relation, ...] = ()
    weight: int = 2
    mentions: int = 0
    note: str = ""
    further: tuple[Further, ...] = ()
    confidence: float = 1.0

    @property
    def pack(self) -> str:
        """The id of the pack that the entity belongs to."""
        return self.key.partition("/")[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that the entity is known by, the usual one first."""
        return (self.name, *self.aliases, *self.transliterations, *self.pen_names)

    @property
    def statements(self) -> tuple[str, ...]:
        """The sentences of its description and its text, in order."""
        return (*sentences(self.description), *sentences(self.text))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of an imported article."""

    key: str
    text: str
    citation: Citation


class Quotation(NamedTuple):
    """A sentence of a passage, in its source's own words."""

    passage: Passage
    sentence: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A body of knowledge that belongs together, checked and with every reference resolved.

    A `compiled` one was made by a program from articles; where a hand-written one says otherwise,
    that one is right.
    """

    id: str
    title: str
    description: str = ""
    licence: str = ""
    sources: tuple[Source, ...] = ()
    events: tuple[Event, ...] = ()
    entities: tuple[Entity, ...] = ()
    passages: tuple[Passage, ...] = ()
    compiled: bool = False
