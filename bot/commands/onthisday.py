"""/onthisday: what happened on a day, in a month, in years."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from bot.command import Command, Option, OptionKind, Options, Request
from bot.commands.subject import Subject, read_subject
from bot.errors import UserError
from bot.examples import example_day, person_to_meet
from bot.items import dated_item, event_item
from bot.labels import label
from bot.periods import events_in, read_period
from bot.ranking import by_weight_and_variety
from bot.reply import Choice, Choices, Heading, Item, Note, Outcome, Part, Reply
from bot.wording import (
    day_remark,
    in_words,
    joined,
    quoted,
)
from knowledge.calendars import Calendar, convert, from_day_number
from knowledge.date_format import format_day, format_point, format_year
from knowledge.dates import (
    Day,
    Month,
    Order,
    Range,
    Readable,
    TwoReadings,
    Year,
    first_day_of,
    last_day_of,
)
from knowledge.model import Event, MonthDay, Position, Precision
from knowledge.store import Store, Told

NAME = "onthisday"

MOST_OTHER_YEARS = 8
"""Other years of a day that are offered as choices."""

MOST_OF_THE_MONTH = 2
"""Facts of the month that a day with nothing shows."""

FIRST_REFORM = 1582
LAST_REFORM = 1923
"""Years between which one country's Old Style was another one's New Style."""


def command(store: Store) -> Command:
    """Return the command for a library."""
    return Command(
        name=NAME,
        help="What happened on a day, in a month or in a year",
        options=(
            Option("date", "A day, month, year or range; today unless given", OptionKind.DATE),
            Option("about", "Only events about this person, thing or source", OptionKind.NAME),
            Option("kind", "Only events of this kind, such as birth", OptionKind.EVENT_KIND),
        ),
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME} {example_day(store) or 'today'}",
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the events of the date asked for, today's unless one is given."""
    reading = read_period(options.get("date") or "today", request)
    question = _Question(store, request, _filter(store, options))
    if isinstance(reading, TwoReadings):
        reply = question.day(reading.preferred)
        return _with_other_reading(reply, reading, request)
    if isinstance(reading, Day):
        return question.day(reading)
    return question.period(reading)


@dataclass(frozen=True, slots=True)
class _Filter:
    """Which events are asked for; `words` says so in the answer."""

    accepts: Callable[[Event], bool]
    words: str = ""


def _filter(store: Store, options: Options) -> _Filter:
    subject: Subject | None = None
    if options.get("about"):
        subject = read_subject(store, options["about"])
    kinds = [kind.strip() for kind in options.get("kind", "").casefold().split(",") if kind.strip()]
    for kind in kinds:
        if kind not in store.event_kinds:
            known = joined(sorted(store.event_kinds))
            raise UserError(f'"{quoted(kind)}" is no kind of event here. There are {known}.')
    words = [f"about {subject.name}"] if subject else []
    words += [f"of the kind {joined(kinds, 'or')}"] if kinds else []
    return _Filter(
        lambda event: (
            (subject is None or subject.accepts(event)) and (not kinds or event.kind in kinds)
        ),
        " ".join(words),
    )


def _with_other_reading(reply: Reply, reading: TwoReadings, request: Request) -> Reply:
    how = "day first" if request.order is Order.DAY_FIRST else "month first"
    other = Choices(
        (Choice(in_words(reading.other, request.language)),),
        lead=f"Read {how}; or did you mean",
        tail="?",
    )
    heading, *rest = reply.parts
    return Reply(reply.outcome, reply.command, (heading, other, *rest), reply.title)


@dataclass(frozen=True, slots=True)
class _Question:
    """One question to the store, with what narrows it down."""

    store: Store
    request: Request
    filter: _Filter

    @property
    def language(self) -> str:
        return self.request.language

    # -- days

    def day(self, day: Day) -> Reply:
        """Answer for one day: of its year if the sources have something, else of any year."""
        told = self._told(day.month_day)
        if day.year is None:
            if not told:
                return self._nothing(day)
            return self._found(day.month_day, in_words(day, self.language), told)
        exact = [one for one in told if _year_of(one, day.month_day) == day.year]
        any_year = Day(day.month, day.day)
        if exact:
            others = [one for one in told if one not in exact]
            return self._found(
                day.month_day,
                in_words(day, self.language),
                exact,
                after=self._other_years(day, others),
            )
        julian = self._by_the_julian_calendar(day)
        if julian:
            return julian
        if not told:
            return self._nothing(day)
        missing = Note(
            f"{self._nothing_words(day)} On {in_words(any_year, self.language)} of other years:"
        )
        return self._found(
            day.month_day, in_words(any_year, self.language), told, before=(missing,)
        )

    def _by_the_julian_calendar(self, day: Day) -> Reply | None:
        """Return what happened on a day that was given Old Style, where the day itself has nothing.

        Only between the calendar's reform of 1582 and the last country that followed it, in 1923.
        """
        if day.year is None or not FIRST_REFORM <= day.year <= LAST_REFORM:
            return None
        year, month, number = convert(
            day.year, day.month, day.day, Calendar.JULIAN, Calendar.GREGORIAN
        )
        today = Day(month, number, year)
        told = [
            one for one in self._told(today.month_day) if _year_of(one, today.month_day) == year
        ]
        if not told:
            return None
        old, new = in_words(day, self.language), in_words(today, self.language)
        note = Note(f"{self._nothing_words(day)} By the Julian calendar it was {new} in today's:")
        return self._found(today.month_day, old, told, before=(note,))

    def _told(self, day: MonthDay) -> list[Told]:
        return [one for one in self.store.events_on(day) if self.filter.accepts(one.event)]

    def _found(
        self,
        day: MonthDay,
        title: str,
        told: list[Told],
        before: tuple[Part, ...] = (),
        after: tuple[Part, ...] = (),
    ) -> Reply:
        ranked = by_weight_and_variety(told, lambda one: one.event)
        items = [self._day_item(one, day) for one in ranked]
        heading = Heading(title, self.filter.words)
        return Reply(Outcome.FOUND, NAME, (heading, *before, *items, *after), title)

    def _day_item(self, told: Told, day: MonthDay) -> Item:
        year = _year_of(told, day)
        return event_item(
            told.event, format_year(year, self.language), day_remark(told, self.language)
        )

    def _other_years(self, day: Day, others: list[Told]) -> tuple[Part, ...]:
        """Return the same day of other years as choices, and the day of any year."""
        if not others:
            return ()
        years = dict.fromkeys(_year_of(one, day.month_day) for one in others)
        choices = [
            Choice(in_words(Day(day.month, day.day, year), self.language))
            for year in list(years)[:MOST_OTHER_YEARS]
        ]
        choices.append(Choice(in_words(Day(day.month, day.day), self.language)))
        return (Choices(tuple(choices), lead="Other years:"),)

    # -- a day with nothing

    def _nothing_words(self, reading: Readable) -> str:
        about = f"{self.filter.words} " if self.filter.words else ""
        words = in_words(reading, self.language)
        preposition = "on" if isinstance(reading, Day) else "in"
        return f"Nothing in the library {about}happened {preposition} {words}."

    def _nothing(self, day: Day) -> Reply:
        title = in_words(day, self.language)
        parts: list[Part] = [Heading(title), Note(self._nothing_words(day))]
        parts += self._nearest_days(day.month_day)
        parts += self._of_the_month(day.month)
        person = person_to_meet(self.store, self.request.today)
        if person:
            parts.append(
                Choices((Choice(label(self.store, person)),), lead="Or meet someone:", tail=".")
            )
        return Reply(Outcome.NOT_FOUND, NAME, tuple(parts), title)

    def _nearest_days(self, day: MonthDay) -> list[Part]:
        """Return the last day before and the first after on which the library tells something."""
        days = self.store.days_with_events
        if self.filter.words:
            days = tuple(one for one in days if self._told(one))
        if not days:
            return []
        before = max((one for one in days if one < day), default=days[-1])
        after = min((one for one in days if one > day), default=days[0])
        nearest = dict.fromkeys(format_day(one, self.language) for one in (before, after))
        return [Choices(tuple(Choice(one) for one in nearest), lead="Nearest:", tail=".")]

    def _of_the_month(self, month: int) -> list[Part]:
        """Return what is known of the month: first what is known only by the month."""
        events = filter(self.filter.accepts, self.store.known_of_month(month))
        items = [self._dated_item(event) for event in islice(events, MOST_OF_THE_MONTH)]
        if not items:
            return []
        name = in_words(Month(month), self.language)
        return [Note(f"Of some {name} the library knows:"), *items]

    # -- months, years and ranges

    def period(self, reading: Month | Year | Range) -> Reply:
        """Answer for a month, a year or a range: its events in order."""
        events = [event for event in events_in(self.store, reading) if self.filter.accepts(event)]
        title = in_words(reading, self.language)
        if events:
            items = [self._dated_item(event) for event in events]
            heading = Heading(title, self.filter.words)
            return Reply(Outcome.FOUND, NAME, (heading, *items), title)
        parts: list[Part] = [Heading(title), Note(self._nothing_words(reading))]
        parts += self._nearest_years(reading)
        return Reply(Outcome.NOT_FOUND, NAME, tuple(parts), title)

    def _nearest_years(self, reading: Month | Year | Range) -> list[Part]:
        """Return the years of the last event before and the first one after."""
        if isinstance(reading, Range):
            first, last = reading.first, reading.last
        else:
            first = last = reading
        if first.year is None or last.year is None:
            return []
        neighbours = self.store.neighbours(first_day_of(first), last_day_of(last))
        years = dict.fromkeys(self._year_in_words(event) for event in neighbours)
        choices = tuple(Choice(year) for year in years)
        return [Choices(choices, lead="Nearest:", tail=".")] if choices else []

    def _year_in_words(self, event: Event) -> str:
        """Return the year of an event; the decade or century where it is known by that only."""
        start = event.date.start
        if start.precision in (Precision.DECADE, Precision.CENTURY):
            return format_point(start, self.language)
        return format_year(start.year, self.language)

    def _dated_item(self, event: Event) -> Item:
        return dated_item(event, self.language)


def _year_of(told: Told, day: MonthDay) -> int:
    """Return the year in which an event is on this day of the year, in the calendar it is told."""
    date = told.event.date
    if told.position is Position.WITHIN:
        # a short span: only one of its days has this month and day
        days = (from_day_number(n, told.calendar) for n in range(date.first_day, date.last_day))
        return next(year for year, month, number in days if (month, number) == day)
    at_end = told.position is Position.LAST
    stated, gregorian = date.start, date.gregorian
    if at_end and date.end is not None:
        stated, gregorian = date.end, date.gregorian_end
    if told.calendar is date.calendar or gregorian is None:
        return stated.year
    return gregorian.year
