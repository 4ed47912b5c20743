"""What the daily post of a place says on a local date. Pure but for reading the store.

First the community's own dates, then events of the day, of which a place hears none again while it
has others. An event of 29 February is told on that day only, every fourth year. A day on which
nothing happened follows the place's choice: a fact of the month, someone to meet, or silence; a day
of the community's own is none of those, and the own dates are told alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice

from bot.commands.subject import Subject, read_subject
from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.daily.own_dates import OwnDate, told_on
from bot.daily.selection import MOST_EVENTS, MOST_GRIM, Memory, is_grim, select, suits, told_key
from bot.errors import UserError
from bot.items import brief_item, dated_item, event_item, life_dates
from bot.reply import Heading, Item, Note, Outcome, Part, Reply
from bot.safe_text import utf16_length
from bot.wording import day_remark
from knowledge.calendars import Calendar, from_day_number
from knowledge.date_format import format_day, format_month, format_year
from knowledge.model import Citation, Entity, EntityKind, Event, MonthDay, Position, Source
from knowledge.store import Store, Told

NAME = "daily"

MOST_OWN = 5
"""Own dates of one post."""

MOST_ITEMS = 6
"""Facts of one post with its own dates; one of them is an event, if one has room."""

LONGEST_POST = 1_200
"""Units of all facts as `_room` counts them: with heading and notes they fit one Discord page."""

LONGEST_OWN = 600
"""Units of them that own dates may take, so that there is room for an event."""

MOST_PEOPLE = 400
"""The weightiest people among whom days choose one to meet: another one each day of a year."""

MOST_OF_A_MONTH = 2_000
"""Events of a month that are looked at for one to tell."""

AGAIN_AFTER = 300
"""Days after which a month's fact or a person may come again while there is something else."""

PLENTY = 62
"""Facts of a month that are fresh: from two for each of its days on, an empty day tells two."""

OWN_SOURCE = Source(id="own-dates", title="This community's dates")
"""What the source line calls dates that the community added itself."""


@dataclass(frozen=True, slots=True)
class DailyContent:
    """A post: its reply, none for silence, and by `told_key` what it tells, to be remembered.

    `complaint` is a sentence for the place's admins where the subject that they chose is not in the
    library any more; then no event is told.
    """

    reply: Reply | None
    keys: tuple[str, ...] = ()
    complaint: str = ""


def daily_reply(
    store: Store,
    day: date,
    choices: DailyChoices,
    told: Mapping[str, date],
    own_dates: Sequence[OwnDate] = (),
    *,
    place: str = "",
    language: str = "en",
) -> DailyContent:
    """Return what the post of a local date says in a place.

    `told` has, by `told_key`, the last local date before `day` on which each thing was told there.
    `place` is any text that stands for the place. The same input gives the same post.
    """
    subject: Subject | None = None
    complaint = ""
    if choices.about:
        try:
            subject = read_subject(store, choices.about)
        except UserError as error:
            complaint = error.message
    on_the_day = tuple(store.events_on(MonthDay(day.month, day.day)))
    memory = Memory(told, day, place)
    return _Post(
        store, choices, memory, own_dates, on_the_day, subject, complaint, language
    ).content()


@dataclass(frozen=True, slots=True)
class _Post:
    """One post of one place, with all that it depends on.

    `on_the_day` is what /onthisday tells: by the Julian calendar, too.
    """

    store: Store
    choices: DailyChoices
    memory: Memory
    own_dates: Sequence[OwnDate]
    on_the_day: Sequence[Told]
    subject: Subject | None
    complaint: str
    language: str

    @property
    def day(self) -> date:
        return self.memory.day

    @property
    def month_day(self) -> MonthDay:
        return MonthDay(self.day.month, self.day.day)

    @property
    def day_in_words(self) -> str:
        return format_day(self.month_day, self.language)

    def content(self) -> DailyContent:
        """Return the whole post."""
        own, own_left = self._own()
        events = [] if self.complaint else self._events(own)
        if not own and not events:
            return self._empty()
        items, notes = self._with_last_told([self._day_item(one) for one in events])
        if own_left:
            notes.append(Note(f"{own_left} more of this community's dates: /dates list"))
        notes += self._more(len(events))
        return self._found((*own, *items, *notes), [item.id for item in items])

    def _found(self, parts: Iterable[Part], keys: Iterable[str]) -> DailyContent:
        title = self.day_in_words
        reply = Reply(Outcome.FOUND, NAME, (Heading(title), *parts), title)
        return DailyContent(reply, tuple(map(told_key, keys)), self.complaint)

    # -- the community's own dates

    def _own(self) -> tuple[list[Item], int]:
        """Return the own dates of the day as items, and how many there are besides."""
        room = _Room(LONGEST_OWN)
        shown, left = told_on(self.own_dates, self.day, MOST_OWN)
        items = [item for item in map(self._own_item, shown) if room.takes(item)]
        return items, left + len(shown) - len(items)

    def _own_item(self, own: OwnDate) -> Item:
        is_moved = (own.month, own.day) != (self.day.month, self.day.day)
        actual = format_day(MonthDay(own.month, own.day), self.language)
        remarks = [f"on {actual}"] if is_moved else []
        ago = self.day.year - own.year if own.year is not None else 0
        if ago:
            remarks.append("1 year ago" if ago == 1 else f"{ago} years ago")
        year = own.year or 0
        return Item(
            id=f"{OWN_SOURCE.id}/{own.id}",
            text=own.text,
            label=format_year(year, self.language) if year else "",
            remark="; ".join(remarks),
            date=f"{year:04}-{own.month:02}-{own.day:02}" if year else None,
            citation=Citation(OWN_SOURCE),
        )

    # -- events of the day

    def _events(self, own: Sequence[Item]) -> list[Told]:
        found = [one for one in self._on_the_gregorian_day() if self._accepts(one.event)]
        room = _Room(LONGEST_POST - sum(map(_room, own)), takes_first=not own)
        most = max(1, min(MOST_EVENTS, MOST_ITEMS - len(own)))
        return select(
            found, self.choices, self.memory, most, lambda one: room.takes(self._day_item(one))
        )

    def _on_the_gregorian_day(self) -> list[Told]:
        return [one for one in self.on_the_day if one.calendar is Calendar.GREGORIAN]

    def _accepts(self, event: Event) -> bool:
        return suits(event, self.choices) and (self.subject is None or self.subject.accepts(event))

    def _day_item(self, told: Told) -> Item:
        year = format_year(_year_of(told, self.month_day), self.language)
        return event_item(told.event, year, day_remark(told, self.language))

    def _with_last_told(self, items: Sequence[Item]) -> tuple[list[Item], list[Part]]:
        """Return items with when each was last told here, or with a note where that is one time."""
        dates = [self.memory.last(item.id) for item in items]
        words = {self._last_told(last) for last in dates}
        if len(words) == 1:
            (same,) = words
            this = "This was" if len(items) == 1 else "These events were"
            return list(items), [Note(f"{this} {same}.")] if same else []
        remarked = [
            replace(item, remark="; ".join(filter(None, (item.remark, self._last_told(last)))))
            for item, last in zip(items, dates, strict=True)
        ]
        return remarked, []

    def _last_told(self, last: date | None) -> str:
        if last is None:
            return ""
        if last.year == self.day.year:
            day = format_day(MonthDay(last.month, last.day), self.language)
            return f"told here on {day}"
        return f"last told here in {last.year}"

    def _more(self, told: int) -> list[Part]:
        """Return how many more events /onthisday lists for the day, in whatever calendar."""
        left = len(self.on_the_day) - told
        if left <= 0:
            return []
        return [Note(f"/onthisday {self.day_in_words} has {left} more.")]

    # -- a day on which nothing happened

    def _empty(self) -> DailyContent:
        if self.choices.empty is EmptyChoice.SILENCE or self.complaint:
            return DailyContent(None, complaint=self.complaint)
        month: list[Callable[[bool], DailyContent | None]] = [self._of_the_month, self._person]
        in_turn = month if self.choices.empty is EmptyChoice.MONTH else month[::-1]
        # first what is fresh, of either sort; then what was told lately
        for is_fresh in (True, False):
            for tell in in_turn:
                content = tell(is_fresh)
                if content:
                    return content
        return DailyContent(None)

    def _nothing_words(self) -> str:
        """Return why no event of the day is told; not that nothing happened where something did."""
        words = self.day_in_words
        gregorian = self._on_the_gregorian_day()
        if any(self._accepts(one.event) for one in gregorian):
            return f"What the library has on {words} was told here lately."
        if gregorian:
            return f"Nothing on {words} fits what was chosen for this post."
        if self.on_the_day:
            return f"By today's calendar nothing in the library happened on {words}."
        return f"Nothing in the library happened on {words}."

    def _of_the_month(self, is_fresh: bool) -> DailyContent | None:
        """Return what is known of the month: what has no day, or a day that has passed untold."""
        known = islice(self.store.known_of_month(self.day.month), MOST_OF_A_MONTH)
        found = [event for event in known if self._accepts(event) and self._is_of_month(event)]
        fresh = [event for event in found if self._is_fresh(event.key) is is_fresh]
        if not fresh:
            return None
        most = 2 if len(fresh) >= PLENTY else 1
        events = sorted(fresh, key=self._order_in_month)[:most]
        if self.choices.tone is ToneChoice.BALANCED:
            grim = [event for event in events if is_grim(event)]
            events = [event for event in events if not is_grim(event)] + grim[:MOST_GRIM]
        items, notes = self._with_last_told([dated_item(one, self.language) for one in events])
        month = format_month(self.day.month, self.language)
        intro = Note(f"{self._nothing_words()} In some {month}:")
        return self._found((intro, *items, *notes, *self._more(0)), [one.key for one in events])

    def _is_of_month(self, event: Event) -> bool:
        """Whether it can't be told on a day of its own that is still to come this month."""
        start, end = event.date.start, event.date.end
        if start.month != self.day.month:
            return False
        last = end if end and end.day and end.month == start.month else start
        return start.day is None or (last.day or 0) < self.day.day

    def _order_in_month(self, event: Event) -> tuple[object, ...]:
        is_balanced = self.choices.tone is ToneChoice.BALANCED
        return (
            self.memory.last(event.key) or date.min,
            event.date.start.day is not None,
            is_balanced and is_grim(event),
            -event.weight,
            self.memory.chance(event.key),
        )

    def _is_fresh(self, key: str) -> bool:
        days = self.memory.days_since(key)
        return days is None or days >= AGAIN_AFTER

    def _person(self, is_fresh: bool) -> DailyContent | None:
        """Return someone to meet: never met here, else met longest ago."""
        people = [one for one in self._people() if self._is_fresh(one.key) is is_fresh]
        people.sort(
            key=lambda one: (self.memory.last(one.key) or date.min, self.memory.chance(one.key))
        )
        person = next((one for one in people if self._may_be_met(one)), None)
        if person is None:
            return None
        met = replace(brief_item(person), remark=life_dates(person, self.language))
        items, notes = self._with_last_told([met])
        intro = Note(f"{self._nothing_words()} Someone to meet:")
        more = Note(f"/whowas {person.name} tells more.")
        return self._found((intro, *items, *notes, more), [person.key])

    def _people(self) -> Sequence[Entity]:
        """Return people who are described: of the subject's events, else the weightiest of all."""
        if self.subject is None:
            return self.store.most_told(EntityKind.PERSON, MOST_PEOPLE)
        mentions = chain.from_iterable(event.people for event in self.subject.events())
        keys = dict.fromkeys(mention.key for mention in mentions if mention.key)
        found = self.store.entities_with(islice(keys, MOST_PEOPLE))
        return [
            one
            for one in found
            if one.kind is EntityKind.PERSON and one.description and one.name != self.subject.name
        ]

    def _may_be_met(self, person: Entity) -> bool:
        """Whether a place wants to hear of somebody: a gentle one of nobody with a grim event."""
        if self.choices.tone is not ToneChoice.GENTLE:
            return True
        return not any(map(is_grim, self.store.events_of(person.key)))


class _Room:
    """What is left of a message; with `takes_first` the first fact is told however long it is."""

    def __init__(self, units: int, *, takes_first: bool = True) -> None:
        self._left = units
        self._takes_next = takes_first

    def takes(self, item: Item) -> bool:
        """Whether an item still fits; then its room is taken."""
        needed = _room(item)
        if needed > self._left and not self._takes_next:
            return False
        self._left -= needed
        self._takes_next = False
        return True


def _room(item: Item) -> int:
    """Return how many units a fact takes at most as a platform writes it.

    A sign that could be markup may get a character before it, a digit of a long number one behind.
    """
    text = f"{item.label} {item.full_text} {item.note}"
    could_be_escaped = sum(
        (c.isascii() or c.isdecimal()) and not (c.isalpha() or c.isspace()) for c in text
    )
    return utf16_length(text) + could_be_escaped + len("****\n-# Note: \n")


def _year_of(told: Told, day: MonthDay) -> int:
    """Return the Gregorian year in which an event is on a day of the year."""
    date_ = told.event.date
    match told.position:
        case Position.LAST:
            return from_day_number(date_.last_day)[0]
        case Position.WITHIN:
            numbers = range(date_.first_day, date_.last_day)
            days = (from_day_number(number) for number in numbers)
            return next(year for year, month, number in days if (month, number) == day)
        case _:
            return from_day_number(date_.first_day)[0]
