"""When daily posts are due: a pure function of what an admin chose and of the time.

A post belongs to a *local date* of a zone. Its instant is the first one, in UTC, at which the clock
on the wall there shows the wall time on that date or has jumped past it:

- An hour that comes twice counts at its first pass; the second changes nothing.
- An hour that the clock jumps over counts at the jump: 02:30 becomes 03:00. Where the jump ends on
  the next date (23:30 in Nuuk, when the clock goes from 22:59 to 00:00) the post is made at that
  jump too and tells of its own date, which was there and so has its one post. It is no later than
  it would have been: between 22:59:59 and 00:00:00 a single second passes.
- A date that a zone left out altogether (30 December 2011 in Apia) has no post.

Only instants in UTC are added to, subtracted and compared. With local times that goes wrong twice a
year: https://docs.python.org/3.11/library/datetime.html#aware-and-naive-objects, PEP 495.

**Since when a schedule counts.** It counts from the instant at which it was made, changed or
resumed. A date whose instant is not after that one is not due under it, at once or late: an admin
who sets 09:00 at 09:05, or at 09:00 sharp, is told "tomorrow" and gets it tomorrow, the same date
that `next_due` names. Moved from 09:00 to 12:00 at 08:00, today's post comes at 12:00; moved from
12:00 to 09:00 at 10:00, it comes tomorrow, and moved back to 12:00 a minute later it comes today
after all, since nothing was written about today. Whoever changes, pauses or stops a schedule first
asks `what_is_due` of the old one, at the same instant, and writes that down; so what had come
before the change is settled by the old rules, the rest by the new, and no date by both.

**One post a local date.** `settled` holds the dates that a place has a row for, in any state. They
are never due again, whatever happens to the time, the zone or the clock. After a change from Tokyo
to Los Angeles, where it is still yesterday, yesterday's date is posted only if it was not before,
and today's, which was, is not posted there a second time.

**After a start** (or a suspended machine) only the newest date that has come can be due, and only
within its limit of lateness; the others are missed, however many. So there is never more than one
late post.

**Rules of zones change.** Nothing here is remembered as an instant but `wake_at`, which a row keeps
only so that the loop need not look at every row: the dates come from the wall time and the zone's
rules at hand. A process reads a zone's rules once, so new rules arrive with a start; at each start
`wake_at` is computed again for every row. What is settled stays settled.

All instants are aware and in UTC; others are refused with ValueError. In the years 1 and 9999, at
the ends of Python's calendar, OverflowError is raised.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT_LATE = timedelta(hours=6)
LEAST_LATE = timedelta(minutes=10)
"""Less than a restart and a few refusals of a platform take would lose posts."""
MOST_LATE = timedelta(hours=24)
"""Later, the next date's post has come."""

LISTED_DATES = 30
"""As many dates back are told one by one; a row is written for each. Older ones are counted."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A time on the wall, to the minute, in a zone, and how late a post may still be made.

    Raises ValueError for a time with seconds or a zone of its own, a zone without a name (it could
    not be stored), and a limit outside LEAST_LATE to MOST_LATE.
    """

    wall_time: time
    zone: ZoneInfo
    late: timedelta = DEFAULT_LATE

    def __post_init__(self) -> None:
        _check_wall_time(self.wall_time)
        if self.zone.key is None:
            raise ValueError("a schedule's zone needs its name")
        if not LEAST_LATE <= self.late <= MOST_LATE:
            raise ValueError(f"{self.late} is not between {LEAST_LATE} and {MOST_LATE}")


@dataclass(frozen=True, slots=True)
class Due:
    """The post of a local date, and the instant in UTC at which it is due."""

    local_date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class WhatIsDue:
    """What has come for a schedule and is not settled.

    `due` is to be posted now. `missed` came too long ago, the oldest first, at most LISTED_DATES;
    `missed_earlier` counts the dates before those (as the calendar has them, so one that the zone
    left out is counted too).
    """

    due: Due | None = None
    missed: tuple[Due, ...] = ()
    missed_earlier: int = 0


def due_at(local_date: date, wall_time: time, zone: ZoneInfo) -> datetime | None:
    """Return the instant in UTC at which a local date's post is due, None if there's no such date.

    >>> due_at(date(2027, 3, 28), time(2, 30), ZoneInfo("Europe/Berlin")).isoformat()
    '2027-03-28T01:00:00+00:00'
    """
    _check_wall_time(wall_time)
    reached = _first_reached(datetime.combine(local_date, wall_time), zone)
    if _local(reached, zone).date() == local_date:
        return reached
    begun = _first_reached(datetime.combine(local_date, time.min), zone)
    return reached if _local(begun, zone).date() == local_date else None


def next_due(schedule: Schedule, after: datetime, not_dates: Set[date] = frozenset()) -> Due:
    """Return the first post after an instant (not at it) whose date is none of `not_dates`."""
    after = _utc(after)
    local_date = _local(after, schedule.zone).date()
    while True:
        if local_date not in not_dates:
            at = due_at(local_date, schedule.wall_time, schedule.zone)
            if at is not None and at > after:
                return Due(local_date, at)
        local_date += _DAY


def what_is_due(
    schedule: Schedule, counts_from: datetime, settled: Set[date], now: datetime
) -> WhatIsDue:
    """Return which date is to be posted at `now` and which are missed.

    `counts_from` is when the schedule was made, changed or resumed. `settled` are the place's local
    dates that have a row in any state; those older than LISTED_DATES may be left out but for the
    newest of all. Once a row is written for `due` and each of `missed`, nothing is left to tell.
    """
    counts_from, now = _utc(counts_from), _utc(now)
    newest = _newest_come(schedule, now)
    oldest_listed = newest.local_date - (LISTED_DATES - 1) * _DAY
    unsettled: list[Due] = []
    local_date = newest.local_date
    while local_date >= oldest_listed:
        at = due_at(local_date, schedule.wall_time, schedule.zone)
        if at is not None:
            if at <= counts_from:
                break
            if local_date not in settled:
                unsettled.append(Due(local_date, at))
        local_date -= _DAY
    is_in_time = newest in unsettled and now - newest.at <= schedule.late
    return WhatIsDue(
        due=newest if is_in_time else None,
        missed=tuple(reversed(unsettled[1:] if is_in_time else unsettled)),
        missed_earlier=_before(oldest_listed, schedule, counts_from, settled),
    )


def wake_at(
    schedule: Schedule, counts_from: datetime, settled: Set[date], now: datetime
) -> datetime:
    """Return when this schedule is to be looked at next, for a row to keep: an instant in UTC.

    It is not after `now` while something is due or missed. It changes with the schedule, with a row
    written, and with the rules of the zone: compute it again then, and for every row at a start.
    """
    found = what_is_due(schedule, counts_from, settled, now)
    waiting = found.missed[:1] or (found.due,)
    if waiting[0] is not None:
        return waiting[0].at
    return next_due(schedule, max(_utc(now), _utc(counts_from)), settled).at


def _first_reached(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first instant at which a zone's clock shows a wall time or has jumped past it."""
    reached = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _local(reached, zone) == wall:
        return reached
    # The clock jumps over it. Read by the offset before the jump (fold=0) it lies behind the jump,
    # by the offset after it (fold=1) before: https://peps.python.org/pep-0495/#mind-the-gap.
    # Offsets of the past have seconds, none has less.
    not_yet = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while reached - not_yet > _SECOND:
        middle = not_yet + (reached - not_yet) // _SECOND // 2 * _SECOND
        if _local(middle, zone) < wall:
            not_yet = middle
        else:
            reached = middle
    return reached


def _newest_come(schedule: Schedule, now: datetime) -> Due:
    """Return the newest date whose instant is not after now, settled or not."""
    # In an hour that comes twice around midnight, the next date's instant may already be past.
    local_date = _local(now, schedule.zone).date() + _DAY
    while True:
        at = due_at(local_date, schedule.wall_time, schedule.zone)
        if at is not None and at <= now:
            return Due(local_date, at)
        local_date -= _DAY


def _before(
    oldest_listed: date, schedule: Schedule, counts_from: datetime, settled: Set[date]
) -> int:
    """Return how many dates that count lie before the listed ones and were not told before.

    Each look settles all dates that it lists, so a date that is settled ends what is to be told.
    """
    first = next_due(schedule, counts_from).local_date
    if settled:
        first = max(first, max(settled) + _DAY)
    return max(0, (oldest_listed - first).days)


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock on the wall shows, to be compared, never to be calculated with."""
    return instant.astimezone(zone).replace(tzinfo=None)


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() != timedelta(0):
        raise ValueError(f"{instant!r} is not an instant in UTC")
    return instant.astimezone(UTC)


def _check_wall_time(wall_time: time) -> None:
    if wall_time.tzinfo is not None or wall_time.second or wall_time.microsecond:
        raise ValueError(f"{wall_time!r} is not a time on the wall, to the minute")
