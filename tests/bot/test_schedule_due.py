"""What is due and what is missed: after a stop, a change, a step of the clock, new rules of zones.

Nine in Berlin is 07:00 UTC in summer and 08:00 in winter (Rule EU of the tz database).
"""

from __future__ import annotations

import importlib.resources
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from bot.daily.schedule import (
    LISTED_DATES,
    Due,
    Schedule,
    WhatIsDue,
    next_due,
    wake_at,
    what_is_due,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NEVER: frozenset[date] = frozenset()


def utc(text: str) -> datetime:
    """Return an instant written as 2027-03-28 01:00."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str, zone: str = "Europe/Berlin", late: timedelta = 6 * HOUR) -> Schedule:
    """Return a schedule for a time written as 09:00."""
    return Schedule(time.fromisoformat(text), ZoneInfo(zone), late)


def due(local_date: str, instant: str) -> Due:
    return Due(day(local_date), utc(instant))


MADE = "2026-08-17 12:00"
"""A Monday, after nine in Berlin; the first post is Tuesday's, at 07:00 UTC."""


def found_at(
    now: str, *settled: str, made: str = MADE, schedule: Schedule | None = None
) -> WhatIsDue:
    dates = frozenset(day(text) for text in settled)
    return what_is_due(schedule or at("09:00"), utc(made), dates, utc(now))


def test_before_its_time_nothing_is_due() -> None:
    assert found_at("2026-08-18 06:59:59") == WhatIsDue()


def test_at_its_time_a_date_is_due() -> None:
    assert found_at("2026-08-18 07:00") == WhatIsDue(due("2026-08-18", "2026-08-18 07:00"))


def test_at_its_limit_a_date_is_still_due() -> None:
    assert found_at("2026-08-18 13:00") == WhatIsDue(due("2026-08-18", "2026-08-18 07:00"))


def test_past_its_limit_a_date_is_missed() -> None:
    missed = (due("2026-08-18", "2026-08-18 07:00"),)
    assert found_at("2026-08-18 13:00:01") == WhatIsDue(missed=missed)


def test_a_settled_date_is_not_due() -> None:
    assert found_at("2026-08-18 07:00", "2026-08-18") == WhatIsDue()


def test_a_date_before_the_schedule_was_made_is_neither_due_nor_missed() -> None:
    assert found_at("2026-08-17 12:00:01") == WhatIsDue()


def test_d23_after_five_minutes_there_is_one_late_post() -> None:
    found = found_at("2026-08-19 07:05", "2026-08-18")
    assert found == WhatIsDue(due("2026-08-19", "2026-08-19 07:00"))


def test_d23_after_five_hours_there_is_one_late_post() -> None:
    found = found_at("2026-08-19 12:00", "2026-08-18")
    assert found == WhatIsDue(due("2026-08-19", "2026-08-19 07:00"))


def test_d23_after_three_days_two_are_missed_and_todays_is_due() -> None:
    found = found_at("2026-08-21 08:00", "2026-08-18")
    assert found == WhatIsDue(
        due("2026-08-21", "2026-08-21 07:00"),
        (due("2026-08-19", "2026-08-19 07:00"), due("2026-08-20", "2026-08-20 07:00")),
    )


def test_on_a_day_of_23_hours_only_the_newer_of_two_within_the_limit_is_due() -> None:
    schedule = at("09:00", late=24 * HOUR)
    found = found_at("2027-03-28 07:30", made="2027-03-26 12:00", schedule=schedule)
    assert found == WhatIsDue(
        due("2027-03-28", "2027-03-28 07:00"), (due("2027-03-27", "2027-03-27 08:00"),)
    )


def test_a_date_is_not_posted_once_the_next_one_has_come_and_is_settled() -> None:
    schedule = at("09:00", late=24 * HOUR)
    found = found_at("2027-03-28 07:30", "2027-03-28", made="2027-03-26 12:00", schedule=schedule)
    assert found == WhatIsDue(missed=(due("2027-03-27", "2027-03-27 08:00"),))


def test_midnight_that_comes_twice_is_due_at_its_first_pass() -> None:
    # 03:00 UTC is 23:30 on the 6th for the second time; midnight of the 7th was at 02:30 UTC
    schedule = at("00:00", "America/St_Johns")
    found = found_at("2010-11-07 03:00", made="2010-11-06 12:00", schedule=schedule)
    assert found == WhatIsDue(due("2010-11-07", "2010-11-07 02:30"))


def test_an_absent_date_is_not_missed() -> None:
    schedule = at("09:00", "Pacific/Apia")
    found = found_at("2011-12-30 19:00", made="2011-12-29 00:00", schedule=schedule)
    assert found == WhatIsDue(
        due("2011-12-31", "2011-12-30 19:00"), (due("2011-12-29", "2011-12-29 19:00"),)
    )


# a hundred days without a look: posts from 18 August to 25 November, the last within the limit
LONG_AFTER = "2026-11-25 08:00"


def test_dates_long_past_are_listed_for_thirty_days() -> None:
    found = found_at(LONG_AFTER)
    assert found.due == due("2026-11-25", "2026-11-25 08:00")
    assert [missed.local_date for missed in found.missed] == [
        day("2026-11-25") - days * DAY for days in range(LISTED_DATES - 1, 0, -1)
    ]


def test_dates_before_the_listed_ones_are_counted() -> None:
    assert found_at(LONG_AFTER).missed_earlier == 100 - LISTED_DATES


def test_counting_ends_at_the_newest_settled_date() -> None:
    assert found_at(LONG_AFTER, "2026-08-18", "2026-09-16").missed_earlier == 70 - 30


def test_dates_that_were_counted_are_not_counted_again() -> None:
    first = found_at(LONG_AFTER)
    assert first.due is not None
    rows = frozenset(told.local_date for told in (*first.missed, first.due))
    assert what_is_due(at("09:00"), utc(MADE), rows, utc(LONG_AFTER)) == WhatIsDue()


# -- changes of a schedule ------------------------------------------------------------------------

T08_CHANGES = [
    # what was set, when (in UTC; Berlin is two hours ahead), what had been posted, what comes next
    ("nine at five past nine", "09:00", "07:05", "2026-08-22 07:00"),
    ("nine at nine sharp", "09:00", "07:00", "2026-08-22 07:00"),
    ("nine within the minute", "09:00", "07:00:20", "2026-08-22 07:00"),
    ("nine at a minute to nine", "09:00", "06:59", "2026-08-21 07:00"),
    ("forward past now", "12:00", "06:00", "2026-08-21 10:00"),
    ("back behind now", "09:00", "08:00", "2026-08-22 07:00"),
]


@pytest.mark.parametrize(
    ("wall_time", "changed", "comes"), [c[1:] for c in T08_CHANGES], ids=[c[0] for c in T08_CHANGES]
)
def test_t08_a_new_time_is_next_reached_at(wall_time: str, changed: str, comes: str) -> None:
    assert next_due(at(wall_time), utc(f"2026-08-21 {changed}")).at == utc(comes)


@pytest.mark.parametrize(
    ("wall_time", "changed", "comes"), [c[1:] for c in T08_CHANGES], ids=[c[0] for c in T08_CHANGES]
)
def test_t08_nothing_is_posted_before_the_post_that_was_named(
    wall_time: str, changed: str, comes: str
) -> None:
    made, last = utc(f"2026-08-21 {changed}"), utc(comes) - timedelta(seconds=1)
    assert what_is_due(at(wall_time), made, {day("2026-08-20")}, last) == WhatIsDue()


@pytest.mark.parametrize(
    ("wall_time", "changed", "comes"), [c[1:] for c in T08_CHANGES], ids=[c[0] for c in T08_CHANGES]
)
def test_t08_the_post_that_was_named_is_due_at_its_instant(
    wall_time: str, changed: str, comes: str
) -> None:
    made = utc(f"2026-08-21 {changed}")
    found = what_is_due(at(wall_time), made, {day("2026-08-20")}, utc(comes))
    assert found == WhatIsDue(Due(utc(comes).date(), utc(comes)))


def test_t08_a_time_set_back_and_corrected_a_minute_later_posts_today() -> None:
    found = found_at("2026-08-21 10:00", made="2026-08-21 08:01", schedule=at("12:00"))
    assert found == WhatIsDue(due("2026-08-21", "2026-08-21 10:00"))


def test_d21_a_time_moved_forward_after_the_post_makes_no_second_one() -> None:
    found = found_at(
        "2026-08-21 10:00", "2026-08-21", made="2026-08-21 08:00", schedule=at("12:00")
    )
    assert found == WhatIsDue()


def test_t07_from_tokyo_to_los_angeles_todays_date_is_not_posted_twice() -> None:
    # 21 August was posted at 09:00 in Tokyo, when it was 17:00 on the 20th in Los Angeles
    found = found_at(
        "2026-08-22 03:00",  # 20:00 on the 21st in Los Angeles
        "2026-08-20",
        "2026-08-21",
        made="2026-08-21 01:00",
        schedule=at("20:00", "America/Los_Angeles"),
    )
    assert found == WhatIsDue()


def test_t07_from_tokyo_to_los_angeles_yesterdays_date_is_not_posted_twice() -> None:
    found = found_at(
        "2026-08-21 03:00",  # 20:00 on the 20th in Los Angeles
        "2026-08-20",
        "2026-08-21",
        made="2026-08-21 01:00",
        schedule=at("20:00", "America/Los_Angeles"),
    )
    assert found == WhatIsDue()


def test_t07_a_date_that_was_not_posted_in_tokyo_is_in_los_angeles() -> None:
    found = found_at(
        "2026-08-21 03:00",
        "2026-08-21",  # the first post of the place
        made="2026-08-21 01:00",
        schedule=at("20:00", "America/Los_Angeles"),
    )
    assert found == WhatIsDue(due("2026-08-20", "2026-08-21 03:00"))


def test_t07_from_los_angeles_to_tokyo_the_date_ahead_is_posted() -> None:
    # the 20th was posted at 20:00 in Los Angeles; in Tokyo it is noon of the 21st
    found = found_at(
        "2026-08-21 06:00",
        "2026-08-20",
        made="2026-08-21 03:30",
        schedule=at("15:00", "Asia/Tokyo"),
    )
    assert found == WhatIsDue(due("2026-08-21", "2026-08-21 06:00"))


# -- clocks and rules that change -----------------------------------------------------------------


@pytest.mark.parametrize("step", [-30, -3600], ids=["T13: 30 seconds", "D32: an hour"])
def test_t13_d32_a_clock_set_back_after_the_post_makes_no_second_one(step: int) -> None:
    settled = {day("2026-08-21")}
    back = utc("2026-08-21 07:00:01") + timedelta(seconds=step)
    for seconds in range(0, 7200, 10):
        now = back + timedelta(seconds=seconds)
        assert what_is_due(at("09:00"), utc("2026-08-20 12:00"), settled, now) == WhatIsDue()


def test_d32_a_clock_set_an_hour_ahead_posts_early_by_the_true_time_but_once() -> None:
    made = utc("2026-08-20 12:00")
    found = what_is_due(at("09:00"), made, NEVER, utc("2026-08-21 07:30"))
    assert found.due == due("2026-08-21", "2026-08-21 07:00")
    again = what_is_due(at("09:00"), made, {day("2026-08-21")}, utc("2026-08-21 07:00"))
    assert again == WhatIsDue()


def test_d32_a_clock_set_back_before_the_schedule_was_made_makes_nothing_due() -> None:
    assert found_at("2026-08-17 11:00") == WhatIsDue()


def test_d32_a_clock_that_was_years_ahead_does_not_stop_the_posts_to_come() -> None:
    wrong = what_is_due(at("09:00"), utc(MADE), NEVER, utc("2038-01-19 03:14"))
    rows = frozenset(told.local_date for told in wrong.missed)
    found = what_is_due(at("09:00"), utc(MADE), rows, utc("2026-08-18 07:00"))
    assert found == WhatIsDue(due("2026-08-18", "2026-08-18 07:00"))


def test_t14_eight_hours_suspended_apply_the_limit_once() -> None:
    found = found_at("2026-08-19 14:59", "2026-08-18")
    assert found == WhatIsDue(missed=(due("2026-08-19", "2026-08-19 07:00"),))


def _with_rules_of(other: str, name: str) -> ZoneInfo:
    """Return a zone by its name with the rules of another: tzdata after a change."""
    path = importlib.resources.files("tzdata").joinpath("zoneinfo", *other.split("/"))
    return ZoneInfo.from_file(BytesIO(path.read_bytes()), key=name)


@pytest.mark.parametrize(
    ("rules", "comes"), [("Etc/GMT-1", "08:00"), ("Etc/GMT-2", "07:00"), ("Etc/GMT-3", "06:00")]
)
def test_t09_new_rules_of_a_zone_move_the_instants_to_come(rules: str, comes: str) -> None:
    changed = Schedule(time(9), _with_rules_of(rules, "Europe/Berlin"))
    made = now = utc("2026-08-20 12:00")
    assert wake_at(changed, made, NEVER, now) == utc(f"2026-08-21 {comes}")


@pytest.mark.parametrize("rules", ["Etc/GMT-1", "Etc/GMT-3"])
def test_t09_new_rules_of_a_zone_leave_a_settled_date_alone(rules: str) -> None:
    changed = Schedule(time(9), _with_rules_of(rules, "Europe/Berlin"))
    for now in ("2026-08-21 06:00", "2026-08-21 07:00", "2026-08-21 08:00"):
        found = what_is_due(changed, utc("2026-08-20 12:00"), {day("2026-08-21")}, utc(now))
        assert found == WhatIsDue()


def test_t09_a_start_with_rules_that_put_the_instant_behind_now_posts_late() -> None:
    changed = Schedule(time(9), _with_rules_of("Etc/GMT-3", "Europe/Berlin"))
    found = found_at("2026-08-18 06:30", schedule=changed)
    assert found == WhatIsDue(due("2026-08-18", "2026-08-18 06:00"))


# -- when to look again ---------------------------------------------------------------------------

WAKES = [
    ("before the first post", "2026-08-17 12:00", [], "2026-08-18 07:00"),
    ("while it is due", "2026-08-18 07:10", [], "2026-08-18 07:00"),
    ("while one is missed", "2026-08-18 23:00", [], "2026-08-18 07:00"),
    ("while one is missed and one due", "2026-08-19 07:00", [], "2026-08-18 07:00"),
    ("after it is settled", "2026-08-18 07:10", ["2026-08-18"], "2026-08-19 07:00"),
    ("settled, the clock set back", "2026-08-18 06:00", ["2026-08-18"], "2026-08-19 07:00"),
    ("set back before it was made", "2026-08-16 06:00", [], "2026-08-18 07:00"),
]


@pytest.mark.parametrize(
    ("now", "settled", "wakes"), [case[1:] for case in WAKES], ids=[case[0] for case in WAKES]
)
def test_a_schedule_is_looked_at_again(now: str, settled: list[str], wakes: str) -> None:
    rows = {day(text) for text in settled}
    assert wake_at(at("09:00"), utc(MADE), rows, utc(now)) == utc(wakes)
