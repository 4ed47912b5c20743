"""What may be meant by an unfinished option: names, dates and kinds to choose from while typing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from bot.command import Option, OptionKind, Request
from bot.daily.zones import zone_suggestions
from bot.labels import label
from bot.safe_text import utf16_length
from bot.wording import in_words
from knowledge.calendars import month_length
from knowledge.date_format import format_day, format_month
from knowledge.dates import Day, Impossible, TwoReadings, read_date
from knowledge.model import MONTHS_IN_A_YEAR, EntityKind, MonthDay
from knowledge.store import Store

MOST_SUGGESTIONS = 25
"""https://docs.discord.com/developers/interactions/application-commands#autocomplete"""

LONGEST_SUGGESTION = 100
"""Units of one; a longer one can't be chosen on Discord, only typed."""

DAYS_IN_WORDS = ("today", "tomorrow", "yesterday")

_DAY_AND_WORD = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?)?(?: of)? ?([^\W\d_]*)")
_WORD_AND_DAY = re.compile(r"([^\W\d_]+) (\d{0,2})(?:st|nd|rd|th|\.)?")


def suggestions(
    store: Store, option: Option, typed: str, request: Request, now: datetime | None = None
) -> list[str]:
    """Return texts that the option takes and that what was typed may become, likeliest first.

    What is longer than a suggestion may be becomes none. `now` is when zones are looked at; without
    it none are suggested.
    """
    if len(typed) > LONGEST_SUGGESTION:
        return []
    typed = " ".join(typed.split())
    match option.kind:
        case OptionKind.NAME:
            found: Iterator[str] = _names(store, typed)
        case OptionKind.DATE:
            found = _dates(store, typed, request)
        case OptionKind.EVENT_KIND:
            found = _kinds(store, typed)
        case OptionKind.ZONE if now is not None:
            found = (zone.name for zone in zone_suggestions(typed, now, MOST_SUGGESTIONS))
        case _:  # any text, or what the platform itself suggests
            found = iter(())
    fitting = (
        text for text in dict.fromkeys(found) if 0 < utf16_length(text) <= LONGEST_SUGGESTION
    )
    return list(islice(fitting, MOST_SUGGESTIONS))


def _names(store: Store, typed: str) -> Iterator[str]:
    if typed:
        yield from store.suggest(typed, limit=MOST_SUGGESTIONS)
        # a slip in the name finds no beginning; the index of names forgives it
        for entity in store.entities_with(store.names.find(typed).found):
            yield label(store, entity)
    else:
        for entity in store.most_told(EntityKind.PERSON, MOST_SUGGESTIONS):
            yield label(store, entity)


def _kinds(store: Store, typed: str) -> Iterator[str]:
    """Yield kinds of events; behind a comma those that may be added."""
    before, comma, beginning = typed.casefold().rpartition(",")
    kept = f"{before.strip()}{comma}" if comma else ""
    named = {kind.strip() for kind in before.split(",")}
    for kind in sorted(store.event_kinds):
        if kind.startswith(beginning.strip()) and kind not in named:
            yield f"{kept}{kind}"


def _dates(store: Store, typed: str, request: Request) -> Iterator[str]:
    if not typed:
        yield from DAYS_IN_WORDS
        yield from _told_days(store, request)
        return
    reading = read_date(typed, request.today, request.order, request.language)
    if isinstance(reading, TwoReadings):
        yield in_words(reading.preferred, request.language)
        yield in_words(reading.other, request.language)
    elif isinstance(reading, Impossible):
        yield from (in_words(day, request.language) for day in reading.suggestions)
    elif reading is not None:
        yield in_words(reading, request.language)
    beginning = typed.casefold()
    yield from (word for word in DAYS_IN_WORDS if word.startswith(beginning))
    yield from _unfinished_days(store, beginning, request.language)


def _told_days(store: Store, request: Request) -> Iterator[str]:
    """Yield the days from today on that have something, in the order of the year."""
    today = MonthDay(request.today.month, request.today.day)
    days = store.days_with_events
    coming = [day for day in days if day >= today] + [day for day in days if day < today]
    yield from (format_day(day, request.language) for day in coming)


def _unfinished_days(store: Store, typed: str, language: str) -> Iterator[str]:
    """Yield the days that "21 a", "aug" or "aug 2" may become, and the months."""
    if match := _DAY_AND_WORD.fullmatch(typed):
        number, beginning = match[1] or "", match[2]
    elif match := _WORD_AND_DAY.fullmatch(typed):
        beginning, number = match[1], match[2]
    else:
        return
    months = [
        month
        for month in range(1, MONTHS_IN_A_YEAR + 1)
        if format_month(month, language).casefold().startswith(beginning)
    ]
    if not number:
        yield from (format_month(month, language) for month in months)
    for exact in (True, False):
        yield from (
            in_words(Day(month, day), language)
            for month in months
            for day in _days(store, month, number, exact=exact)
        )


def _days(store: Store, month: int, number: str, *, exact: bool) -> Sequence[int]:
    """Return the days that a number is, or that it may become: of these such as have something."""
    length = month_length(month)
    if exact:
        return [int(number)] if number and 1 <= int(number) <= length else []
    told = set(store.days_with_events)
    return [
        day
        for day in range(1, length + 1)
        if number in (str(day)[: len(number)], f"{day:02}"[: len(number)])
        and MonthDay(month, day) in told
    ]
