"""The instants of daily posts beside an oracle that walks through UTC and watches the clock.

The oracle uses zoneinfo alone: it goes from instant to instant, looks what the clock on the wall
shows, and notes for each wall time when it was first reached or passed. Only the last section asks
the code under test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.daily.schedule import due_at

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
PROBE = timedelta(hours=12)
"""How far apart offsets are looked at to find where they change."""

WALL_TIMES = tuple(time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 15))


# -- the oracle -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """The first instant of another offset, with the offsets before and from it on."""

    at: datetime
    before: timedelta | None
    after: timedelta | None


def clock(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()


def changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    """Yield every change of a zone's offset in some years, found by halving."""
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    probes = [begin + PROBE * number for number in range((end - begin) // PROBE + 1)]
    offsets = [offset(probe, zone) for probe in probes]
    for (low, before), (high, after) in pairwise(zip(probes, offsets, strict=True)):
        if before == after:
            continue
        last, first = low, high
        while first - last > SECOND:
            middle = last + (first - last) // SECOND // 2 * SECOND
            if offset(middle, zone) == before:
                last = middle
            else:
                first = middle
        yield Change(first, before, after)


def instants_around(
    change: datetime, zone: ZoneInfo, step: timedelta
) -> dict[tuple[date, time], datetime | None]:
    """Return when each wall time of the dates around a change is first reached or passed.

    The dates are those of the day before and the day after, and all between. None stands for every
    wall time of a date that the clock never shows.
    """
    first, last = clock(change - DAY, zone).date(), clock(change + DAY, zone).date()
    dates = [first + DAY * number for number in range((last - first).days + 1)]
    waiting = [datetime.combine(day, wall_time) for day in dates for wall_time in WALL_TIMES]
    reached: list[datetime] = []
    shown: set[date] = set()
    instant = change - 2 * DAY - 120 * MINUTE
    assert clock(instant, zone) < waiting[0]
    while len(reached) < len(waiting) or shown.isdisjoint({last}):
        now = clock(instant, zone)
        shown.add(now.date())
        while len(reached) < len(waiting) and waiting[len(reached)] <= now:
            reached.append(instant)
        instant += step
    return {
        (wall.date(), wall.time()): at if wall.date() in shown else None
        for wall, at in zip(waiting, reached, strict=True)
    }


# -- the oracle is right where the answer is known ------------------------------------------------


def test_the_oracle_finds_the_changes_of_a_year() -> None:
    # Rule EU: the last Sundays of March and October, 01:00 UTC
    one, two = timedelta(hours=1), timedelta(hours=2)
    assert list(changes(ZoneInfo("Europe/Berlin"), 2026, 2026)) == [
        Change(datetime(2026, 3, 29, 1, tzinfo=UTC), one, two),
        Change(datetime(2026, 10, 25, 1, tzinfo=UTC), two, one),
    ]


def test_the_oracle_sees_that_a_date_is_never_shown() -> None:
    # Zone Pacific/Apia: the end of 29 December 2011 is 10:00 UTC on the 30th
    change = datetime(2011, 12, 30, 10, tzinfo=UTC)
    found = instants_around(change, ZoneInfo("Pacific/Apia"), MINUTE)
    assert {day for (day, _), at in found.items() if at is None} == {date(2011, 12, 30)}


def test_the_oracle_notes_the_first_pass() -> None:
    change = datetime(2026, 10, 25, 1, tzinfo=UTC)
    found = instants_around(change, ZoneInfo("Europe/Berlin"), MINUTE)
    assert found[date(2026, 10, 25), time(2, 30)] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_oracle_notes_when_a_wall_time_was_passed_over() -> None:
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    found = instants_around(change, ZoneInfo("Europe/Berlin"), MINUTE)
    assert found[date(2026, 3, 29), time(2, 30)] == change


# -- what is said beside what is seen -------------------------------------------------------------

SAMPLE = [
    ("Africa/Cairo", 2013, 2024),  # changes at midnight, and four in a year
    ("Africa/Casablanca", 2013, 2017),  # up to four a year
    ("America/Caracas", 2007, 2016),  # half an hour, both ways
    ("America/Havana", 2024, 2027),  # changes at midnight
    ("America/Nuuk", 2023, 2025),  # a gap that ends at midnight
    ("America/Sao_Paulo", 2015, 2019),  # an hour that comes twice before midnight
    ("America/St_Johns", 2009, 2011),  # a minute after midnight
    ("Antarctica/Casey", 2009, 2012),  # two, three and four hours
    ("Antarctica/Troll", 2005, 2006),  # two hours
    ("Asia/Beirut", 2026, 2027),  # a gap that begins at midnight
    ("Asia/Kathmandu", 1985, 1987),  # a quarter of an hour
    ("Asia/Pyongyang", 2015, 2018),  # half an hour, up to midnight
    ("Australia/Lord_Howe", 2026, 2027),  # half an hour, twice a year
    ("Europe/Berlin", 2026, 2027),
    ("Pacific/Apia", 2010, 2012),  # a date that was left out
    ("Pacific/Fakaofo", 2011, 2012),  # another
    ("Pacific/Kiritimati", 1994, 1995),  # another
    ("Pacific/Kwajalein", 1993, 1993),  # another
]

WITH_SECONDS = [
    ("Africa/Monrovia", 1972, 1972),
    ("America/New_York", 1883, 1883),
    ("America/Juneau", 1867, 1867),  # a date that came twice
    ("Asia/Manila", 1844, 1845),  # a date that was left out
]


def differences(zone: ZoneInfo, change: datetime, step: timedelta) -> list[str]:
    """Return where the code under test says something else than the oracle."""
    return [
        f"{zone} {day} {wall_time}: {said}, not {seen}"
        for (day, wall_time), seen in instants_around(change, zone, step).items()
        if (said := due_at(day, wall_time, zone)) != seen
    ]


@pytest.mark.parametrize(("name", "first_year", "last_year"), SAMPLE, ids=[c[0] for c in SAMPLE])
def test_z4_around_each_change_every_date_is_due_once(
    name: str, first_year: int, last_year: int
) -> None:
    zone = ZoneInfo(name)
    found = list(changes(zone, first_year, last_year))
    assert found
    assert [d for change in found for d in differences(zone, change.at, MINUTE)] == []


@pytest.mark.parametrize(
    ("name", "first_year", "last_year"), WITH_SECONDS, ids=[c[0] for c in WITH_SECONDS]
)
def test_z4_offsets_with_seconds_are_followed_to_the_second(
    name: str, first_year: int, last_year: int
) -> None:
    zone = ZoneInfo(name)
    change = next(changes(zone, first_year, last_year))
    assert differences(zone, change.at, SECOND) == []


@pytest.mark.slow
def test_z4_every_zone_and_every_change_from_2000_to_2037() -> None:
    names = sorted(available_timezones())
    by_changes: dict[tuple[object, ...], str] = {}
    for name in names:
        zone = ZoneInfo(name)
        begin = offset(datetime(2000, 1, 1, tzinfo=UTC), zone)
        by_changes.setdefault((begin, *changes(zone, 2000, 2037)), name)
    faults: list[str] = []
    looked_at = 0
    for (_, *found), name in by_changes.items():
        zone = ZoneInfo(name)
        for change in found:
            assert isinstance(change, Change)
            faults += differences(zone, change.at, MINUTE)
            looked_at += 1
    assert faults[:20] == []
    assert len(names) > 500  # tzdata 2025b has 599 names
    assert looked_at > 3000
