"""What holds for daily posts whatever admins, clocks and machines do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.daily.schedule import (
    LISTED_DATES,
    Schedule,
    due_at,
    next_due,
    wake_at,
    what_is_due,
)

DAY = timedelta(days=1)
LATE = timedelta(minutes=10)
"""A post is late from here on (`daybook status` counts it so)."""

ZONES = st.sampled_from(
    """
    UTC Europe/Berlin America/Havana America/Nuuk America/St_Johns America/Los_Angeles Asia/Tokyo
    Australia/Lord_Howe Pacific/Apia Pacific/Kiritimati Pacific/Pago_Pago Etc/GMT+12 Asia/Kathmandu
    Africa/Casablanca America/Sao_Paulo Antarctica/Troll
    """.split()
).map(ZoneInfo)

BEGINNINGS = st.sampled_from(
    [
        datetime(2011, 12, 28, 12, tzinfo=UTC),  # Apia leaves out a date
        datetime(2016, 2, 19, 3, tzinfo=UTC),  # Sao Paulo's evening comes twice
        datetime(2024, 2, 27, 20, tzinfo=UTC),  # 29 February
        datetime(2026, 3, 27, 9, tzinfo=UTC),  # summer time begins
        datetime(2026, 10, 23, 9, tzinfo=UTC),  # and ends
        datetime(2026, 12, 30, 9, tzinfo=UTC),  # the year ends
    ]
)

SCHEDULES = st.builds(
    Schedule,
    wall_time=st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 59])),
    zone=ZONES,
    late=st.sampled_from([timedelta(minutes=10), timedelta(hours=6), timedelta(hours=24)]),
)

WAITS = st.timedeltas(timedelta(0), timedelta(days=2)) | st.sampled_from(
    [timedelta(0), timedelta(minutes=5), timedelta(hours=5), timedelta(days=3), timedelta(days=70)]
)
CLOCK_STEPS = st.sampled_from(
    [timedelta(seconds=-30), timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1)]
)
Action = timedelta | Schedule | tuple[str, timedelta]
ACTIONS: st.SearchStrategy[list[Action]] = st.lists(
    WAITS | SCHEDULES | st.tuples(st.just("the clock is set"), CLOCK_STEPS), max_size=25
)


@dataclass
class Place:
    """A place with a ledger: the smallest program that keeps to the rules of the module."""

    schedule: Schedule
    now: datetime
    counts_from: datetime
    rows: Counter[date] = field(default_factory=Counter)
    posted: list[tuple[date, datetime]] = field(default_factory=list)

    def look(self) -> int:
        """Do what is due; return how many late posts that made."""
        found = what_is_due(self.schedule, self.counts_from, self.rows.keys(), self.now)
        self.rows.update(missed.local_date for missed in found.missed)
        if found.due is None:
            return 0
        self.rows.update([found.due.local_date])
        self.posted.append((found.due.local_date, self.now))
        return int(self.now - found.due.at > LATE)

    def take(self, action: Action) -> int:
        """Let something happen and look; return how many late posts that made."""
        match action:
            case Schedule():
                late = self.look()
                self.schedule, self.counts_from = action, self.now
                return late + self.look()
            case timedelta():
                self.now += action
            case (_, step):
                self.now += step
        return self.look()


def place(schedule: Schedule, now: datetime) -> Place:
    return Place(schedule, now, now)


@given(SCHEDULES, BEGINNINGS, ACTIONS)
def test_d21_d32_t13_no_date_gets_two_rows(
    schedule: Schedule, now: datetime, actions: list[Action]
) -> None:
    there = place(schedule, now)
    for action in actions:
        there.take(action)
        assert set(there.rows.values()) <= {1}


@given(SCHEDULES, BEGINNINGS, ACTIONS)
def test_d23_one_look_makes_at_most_one_late_post(
    schedule: Schedule, now: datetime, actions: list[Action]
) -> None:
    there = place(schedule, now)
    for action in actions:
        assert there.take(action) <= 1


@given(SCHEDULES, BEGINNINGS, ACTIONS)
def test_t08_a_change_posts_nothing_that_the_old_schedule_did_not(
    schedule: Schedule, now: datetime, actions: list[Action]
) -> None:
    there = place(schedule, now)
    for action in actions:
        there.look()
        before = len(there.posted)
        if isinstance(action, Schedule):
            there.take(action)
            assert len(there.posted) == before
        else:
            there.take(action)


@given(SCHEDULES, BEGINNINGS, ACTIONS)
def test_a_second_look_at_the_same_moment_finds_nothing(
    schedule: Schedule, now: datetime, actions: list[Action]
) -> None:
    there = place(schedule, now)
    for action in actions:
        there.take(action)
        again = what_is_due(there.schedule, there.counts_from, there.rows.keys(), there.now)
        assert (again.due, again.missed, again.missed_earlier) == (None, (), 0)


@given(SCHEDULES, BEGINNINGS, ACTIONS)
def test_a_row_asks_to_be_looked_at_after_now_once_all_is_written(
    schedule: Schedule, now: datetime, actions: list[Action]
) -> None:
    there = place(schedule, now)
    for action in actions:
        there.take(action)
        wake = wake_at(there.schedule, there.counts_from, there.rows.keys(), there.now)
        assert wake > there.now


@given(SCHEDULES, BEGINNINGS, st.lists(WAITS, max_size=12))
def test_a_loop_that_sleeps_until_it_is_woken_posts_each_date_at_its_instant(
    schedule: Schedule, now: datetime, waits: list[timedelta]
) -> None:
    there = place(schedule, now)
    for _ in waits:
        there.now = wake_at(there.schedule, there.counts_from, there.rows.keys(), there.now)
        there.look()
    assert there.posted == [
        (day, due_at(day, schedule.wall_time, schedule.zone)) for day, _ in there.posted
    ]
    assert len(there.posted) == len(waits)


@given(SCHEDULES, BEGINNINGS, st.lists(WAITS, max_size=12))
def test_every_date_that_has_come_is_settled_absent_or_counted(
    schedule: Schedule, now: datetime, waits: list[timedelta]
) -> None:
    there = place(schedule, now)
    counted = 0
    for wait in waits:
        there.now += wait
        found = what_is_due(schedule, now, there.rows.keys(), there.now)
        counted += found.missed_earlier
        there.look()
    first, last = now.date() - 2 * DAY, there.now.date() + 2 * DAY
    come, absent = set(), set()
    for number in range((last - first).days + 1):
        day = first + number * DAY
        at = due_at(day, schedule.wall_time, schedule.zone)
        if at is None:
            absent.add(day)
        elif now < at <= there.now:
            come.add(day)
    assert set(there.rows) <= come
    told = len(there.rows) + counted
    # an absent date among those that are only counted is counted too, as the calendar has it
    assert len(come) <= told <= len(come | absent)
    if not counted:
        assert set(there.rows) == come


@given(SCHEDULES, BEGINNINGS, st.integers(0, 400), st.sets(st.integers(0, 400)))
def test_what_is_told_is_in_order_bounded_and_unsettled(
    schedule: Schedule, made: datetime, days: int, settled_days: set[int]
) -> None:
    settled = {made.date() + number * DAY for number in settled_days}
    found = what_is_due(schedule, made, settled, made + days * DAY)
    told = [*found.missed, *([found.due] if found.due else [])]
    assert [one.at for one in told] == sorted({one.at for one in told})
    assert len(told) <= LISTED_DATES
    assert settled.isdisjoint(one.local_date for one in told)


@given(SCHEDULES, BEGINNINGS, st.timedeltas(timedelta(0), timedelta(days=10)))
def test_nothing_is_due_between_now_and_the_next_post(
    schedule: Schedule, now: datetime, wait: timedelta
) -> None:
    coming = next_due(schedule, now)
    just_before = min(now + wait, coming.at - timedelta(microseconds=1))
    assert what_is_due(schedule, now, frozenset(), just_before).due is None
    assert what_is_due(schedule, now, frozenset(), coming.at).due == coming


@given(SCHEDULES, st.dates(date(2000, 1, 1), date(2037, 12, 31)))
@settings(max_examples=300)
def test_t16_dates_follow_each_other_in_utc(schedule: Schedule, day: date) -> None:
    instants = [
        at
        for number in range(4)
        if (at := due_at(day + number * DAY, schedule.wall_time, schedule.zone)) is not None
    ]
    assert len(instants) >= 3
    assert instants == sorted(set(instants))
    assert all(at.utcoffset() == timedelta(0) for at in instants)
