"""When daily posts are due, on days worked out by hand from the rules of the tz database.

Rules: https://www.iana.org/time-zones, files europe, northamerica, africa, asia, australasia.
"""

from __future__ import annotations

import importlib.resources
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from bot.daily.schedule import (
    Due,
    Schedule,
    due_at,
    next_due,
    what_is_due,
)

HOUR = timedelta(hours=1)
NEVER: frozenset[date] = frozenset()
BERLIN = ZoneInfo("Europe/Berlin")


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


# -- the instant of a date ------------------------------------------------------------------------

T01_GAP = [
    # Rule EU: last Sunday of March, 01:00 UTC; +1 before, +2 after
    ("Europe/Berlin", "2027-03-28", "01:59", "2027-03-28 00:59"),
    ("Europe/Berlin", "2027-03-28", "02:00", "2027-03-28 01:00"),
    ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28 01:00"),
    ("Europe/Berlin", "2027-03-28", "03:00", "2027-03-28 01:00"),
    ("Europe/Berlin", "2027-03-28", "03:01", "2027-03-28 01:01"),
]
T02_OVERLAP = [
    # Rule EU: last Sunday of October, 01:00 UTC; +2 before, +1 after
    ("Europe/Berlin", "2026-10-25", "02:00", "2026-10-25 00:00"),
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),
    ("Europe/Berlin", "2026-10-25", "02:59", "2026-10-25 00:59"),
    ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25 02:00"),
]
T03_MIDNIGHT_IN_THE_GAP = [
    # Rule Cuba: second Sunday of March, 0:00s, -5; Rule Egypt: last Friday of April, 0:00, +2;
    # Rule Lebanon: last Sunday of March, 0:00, +2
    ("America/Havana", "2027-03-14", "00:00", "2027-03-14 05:00"),
    ("America/Havana", "2027-03-14", "00:30", "2027-03-14 05:00"),
    ("America/Havana", "2027-03-14", "01:30", "2027-03-14 05:30"),
    ("Africa/Cairo", "2027-04-30", "00:00", "2027-04-29 22:00"),
    ("Africa/Cairo", "2027-04-30", "00:30", "2027-04-29 22:00"),
    ("Asia/Beirut", "2027-03-28", "00:00", "2027-03-27 22:00"),
    ("Asia/Beirut", "2027-03-28", "00:30", "2027-03-27 22:00"),
]
T04_HALF_AN_HOUR = [
    # Rule LH: +10:30; first Sunday of October 2:00 to +11, first Sunday of April 2:00 back
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),
    ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03 15:30"),
    ("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03 14:45"),
    ("Australia/Lord_Howe", "2027-04-04", "02:15", "2027-04-03 15:45"),
]
T05_BESIDE_THE_ABSENT_DATE = [
    # Zone Pacific/Apia: -10 until the end of 29 December 2011, then +14
    ("Pacific/Apia", "2011-12-29", "09:00", "2011-12-29 19:00"),
    ("Pacific/Apia", "2011-12-31", "09:00", "2011-12-30 19:00"),
    ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30 10:00"),
    # Zone Pacific/Kwajalein: -12 until 1993 Aug 20 24:00, then +12
    ("Pacific/Kwajalein", "1993-08-20", "09:00", "1993-08-20 21:00"),
    ("Pacific/Kwajalein", "1993-08-22", "09:00", "1993-08-21 21:00"),
]
T06_RAMADAN = [
    # Rule Morocco: 2025 Feb 23 3:00 to +0, 2025 Apr 6 2:00 back to +1
    ("Africa/Casablanca", "2025-02-22", "02:30", "2025-02-22 01:30"),
    ("Africa/Casablanca", "2025-02-23", "02:30", "2025-02-23 01:30"),
    ("Africa/Casablanca", "2025-02-24", "02:30", "2025-02-24 02:30"),
    ("Africa/Casablanca", "2025-04-06", "02:30", "2025-04-06 02:00"),
    ("Africa/Casablanca", "2025-04-07", "02:30", "2025-04-07 01:30"),
]
T12_NEW_YEAR = [
    ("Etc/GMT+12", "2026-12-31", "23:59", "2027-01-01 11:59"),
    ("Etc/GMT+12", "2027-01-01", "00:00", "2027-01-01 12:00"),
    ("Pacific/Pago_Pago", "2026-12-31", "23:59", "2027-01-01 10:59"),
    ("UTC", "2026-12-31", "23:59", "2026-12-31 23:59"),
    ("Asia/Kathmandu", "2027-01-01", "00:00", "2026-12-31 18:15"),
    ("Pacific/Kiritimati", "2026-12-31", "23:59", "2026-12-31 09:59"),
    ("Pacific/Kiritimati", "2027-01-01", "00:00", "2026-12-31 10:00"),
]
ACROSS_MIDNIGHT = [
    # Zone America/Nuuk: Rule EU from 2024, -2 to -1, so that Saturday ends at 23:00
    ("America/Nuuk", "2024-03-30", "22:59", "2024-03-31 00:59"),
    ("America/Nuuk", "2024-03-30", "23:30", "2024-03-31 01:00"),
    ("America/Nuuk", "2024-03-31", "00:00", "2024-03-31 01:00"),
    # Zone Asia/Pyongyang: +8:30 until 2018 May 4 23:30, then +9
    ("Asia/Pyongyang", "2018-05-04", "23:45", "2018-05-04 15:00"),
    ("Asia/Pyongyang", "2018-05-05", "00:00", "2018-05-04 15:00"),
    # Rule StJohns: first Sunday of November 2010, 0:01, -2:30 to -3:30: 23:01 to 00:01 comes twice
    ("America/St_Johns", "2010-11-06", "23:30", "2010-11-07 02:00"),
    ("America/St_Johns", "2010-11-07", "00:00", "2010-11-07 02:30"),
    ("America/St_Johns", "2010-11-07", "00:01", "2010-11-07 03:31"),
]
ODD_OFFSETS = [
    # Zone Africa/Monrovia: -0:44:30 until 1972 Jan 7
    ("Africa/Monrovia", "1972-01-06", "23:59", "1972-01-07 00:43:30"),
    ("Africa/Monrovia", "1972-01-07", "00:30", "1972-01-07 00:44:30"),
    ("Africa/Monrovia", "1972-01-07", "00:45", "1972-01-07 00:45"),
    # Zone Asia/Kathmandu: +5:30 until 1986, then +5:45
    ("Asia/Kathmandu", "1986-01-01", "00:10", "1985-12-31 18:30"),
    # Zone Asia/Singapore: +7 until 1933, then +7:20
    ("Asia/Singapore", "1933-01-01", "00:10", "1932-12-31 17:00"),
]


def _claim(cases: list[tuple[str, str, str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("zone", "local_date", "wall_time", "instant"), cases, ids=[" ".join(c[:3]) for c in cases]
    )


def _instant(zone: str, local_date: str, wall_time: str) -> datetime | None:
    return due_at(day(local_date), time.fromisoformat(wall_time), ZoneInfo(zone))


@_claim(T01_GAP)
def test_t01_an_hour_that_does_not_exist_is_due_when_the_clock_jumps(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(T02_OVERLAP)
def test_t02_an_hour_that_comes_twice_is_due_at_its_first_pass(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(T03_MIDNIGHT_IN_THE_GAP)
def test_t03_midnight_in_the_gap_is_due_when_the_date_begins(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(T04_HALF_AN_HOUR)
def test_t04_a_change_of_half_an_hour_is_like_any_other(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(T05_BESIDE_THE_ABSENT_DATE)
def test_t05_the_dates_beside_an_absent_one_are_due(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(T06_RAMADAN)
def test_t06_ramadan_in_morocco_moves_the_instant(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(T12_NEW_YEAR)
def test_t12_the_turn_of_the_year_comes_by_the_local_date(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(ACROSS_MIDNIGHT)
def test_a_change_across_midnight_leaves_each_date_its_post(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@_claim(ODD_OFFSETS)
def test_offsets_of_the_past_have_quarters_twentieths_and_seconds(
    zone: str, local_date: str, wall_time: str, instant: str
) -> None:
    assert _instant(zone, local_date, wall_time) == utc(instant)


@pytest.mark.parametrize("wall_time", ["00:00", "09:00", "23:59"])
@pytest.mark.parametrize(
    ("zone", "absent"), [("Pacific/Apia", "2011-12-30"), ("Pacific/Kwajalein", "1993-08-21")]
)
def test_t05_a_date_that_a_zone_left_out_has_no_post(
    zone: str, absent: str, wall_time: str
) -> None:
    assert _instant(zone, absent, wall_time) is None


def test_t05_the_next_post_steps_over_an_absent_date() -> None:
    schedule = at("09:00", "Pacific/Apia")
    assert next_due(schedule, utc("2011-12-29 19:00")) == due("2011-12-31", "2011-12-30 19:00")


@pytest.mark.parametrize("fold", [0, 1])
def test_t16_a_fold_in_the_wall_time_changes_nothing(fold: int) -> None:
    found = due_at(day("2026-10-25"), time(2, 30, fold=fold), BERLIN)
    assert found == utc("2026-10-25 00:30")


def test_t16_an_hour_after_the_first_pass_is_the_second_pass() -> None:
    first = due_at(day("2026-10-25"), time(2, 30), BERLIN)
    assert first is not None
    later = (first + HOUR).astimezone(BERLIN)
    assert (later.time(), later.fold) == (time(2, 30), 1)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "UTC"])
def test_t16_an_instant_is_given_in_utc(zone: str) -> None:
    found = due_at(day("2026-10-25"), time(2, 30), ZoneInfo(zone))
    assert found is not None
    assert found.tzinfo is UTC


# -- what a schedule is made of -------------------------------------------------------------------


@pytest.mark.parametrize(
    "wall_time",
    [time(9, 0, 1), time(9, 0, 0, 1), time(9, 0, tzinfo=UTC)],
    ids=["seconds", "microseconds", "a zone"],
)
def test_a_wall_time_with_more_than_minutes_is_refused(wall_time: time) -> None:
    with pytest.raises(ValueError, match="to the minute"):
        Schedule(wall_time, BERLIN)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(minutes=9), 24 * HOUR + HOUR / 60, -HOUR])
def test_a_limit_of_lateness_out_of_bounds_is_refused(late: timedelta) -> None:
    with pytest.raises(ValueError, match="is not between"):
        Schedule(time(9), BERLIN, late)


@pytest.mark.parametrize("late", [timedelta(minutes=10), 24 * HOUR])
def test_a_limit_of_lateness_may_be_at_its_bounds(late: timedelta) -> None:
    assert Schedule(time(9), BERLIN, late).late == late


def test_a_post_may_be_six_hours_late_unless_chosen() -> None:
    assert Schedule(time(9), BERLIN).late == 6 * HOUR


def test_a_zone_without_a_name_is_refused() -> None:
    rules = importlib.resources.files("tzdata").joinpath("zoneinfo", "Etc", "UTC").read_bytes()
    with pytest.raises(ValueError, match="its name"):
        Schedule(time(9), ZoneInfo.from_file(BytesIO(rules)))


NOT_UTC = [datetime(2026, 8, 21, 9, 0), datetime(2026, 8, 21, 9, 0, tzinfo=BERLIN)]  # noqa: DTZ001


@pytest.mark.parametrize("instant", NOT_UTC, ids=["naive", "another zone"])
def test_an_instant_that_is_not_in_utc_is_refused_as_after(instant: datetime) -> None:
    with pytest.raises(ValueError, match="not an instant in UTC"):
        next_due(at("09:00"), instant)


@pytest.mark.parametrize("instant", NOT_UTC, ids=["naive", "another zone"])
def test_an_instant_that_is_not_in_utc_is_refused_as_now(instant: datetime) -> None:
    with pytest.raises(ValueError, match="not an instant in UTC"):
        what_is_due(at("09:00"), utc("2026-08-20 00:00"), NEVER, instant)


@pytest.mark.parametrize("instant", NOT_UTC, ids=["naive", "another zone"])
def test_an_instant_that_is_not_in_utc_is_refused_as_beginning(instant: datetime) -> None:
    with pytest.raises(ValueError, match="not an instant in UTC"):
        what_is_due(at("09:00"), instant, NEVER, utc("2026-08-22 00:00"))


# -- the next post --------------------------------------------------------------------------------

NEXT = [
    ("before it, the same day", "2026-08-21 06:59:59", due("2026-08-21", "2026-08-21 07:00")),
    ("sharp, the next day", "2026-08-21 07:00", due("2026-08-22", "2026-08-22 07:00")),
    ("after it, the next day", "2026-08-21 07:05", due("2026-08-22", "2026-08-22 07:00")),
    ("over the end of summer", "2026-10-24 07:00", due("2026-10-25", "2026-10-25 08:00")),
    ("over the end of the year", "2026-12-31 08:00", due("2027-01-01", "2027-01-01 08:00")),
]


@pytest.mark.parametrize(
    ("after", "expected"), [case[1:] for case in NEXT], ids=[case[0] for case in NEXT]
)
def test_the_next_post_at_nine_in_berlin_is(after: str, expected: Due) -> None:
    assert next_due(at("09:00"), utc(after)) == expected


def test_the_next_post_leaves_out_dates_that_are_settled() -> None:
    settled = {day("2026-08-22"), day("2026-08-23")}
    found = next_due(at("09:00"), utc("2026-08-21 07:05"), settled)
    assert found == due("2026-08-24", "2026-08-24 07:00")


def test_the_next_post_after_the_first_pass_is_not_the_second_pass() -> None:
    found = next_due(at("02:30"), utc("2026-10-25 00:30"))
    assert found == due("2026-10-26", "2026-10-26 01:30")


def test_after_midnight_came_once_the_next_post_is_not_its_second_pass() -> None:
    # at 03:00 UTC it is 23:30 on the 6th again; midnight of the 7th was at 02:30 UTC
    found = next_due(at("00:00", "America/St_Johns"), utc("2010-11-07 03:00"))
    assert found == due("2010-11-08", "2010-11-08 03:30")


LEAP = [
    (2027, ["02-28", "03-01"]),
    (2028, ["02-28", "02-29", "03-01"]),
    (2100, ["02-28", "03-01"]),
    (2000, ["02-28", "02-29", "03-01"]),
]


@pytest.mark.parametrize(("year", "dates"), LEAP, ids=[str(case[0]) for case in LEAP])
def test_t11_the_end_of_february_has_a_post_for_each_date(year: int, dates: list[str]) -> None:
    now = utc(f"{year}-02-27 12:00")
    told = []
    for _ in dates:
        found = next_due(at("09:00", "UTC"), now)
        told.append(f"{found.local_date:%m-%d}")
        now = found.at
    assert told == dates


def test_t11_a_schedule_made_on_29_february_goes_on_a_year_later() -> None:
    made, settled = utc("2028-02-29 12:00"), {day("2029-02-27")}
    found = what_is_due(at("09:00", "UTC"), made, settled, utc("2029-02-28 09:00"))
    assert found.due == due("2029-02-28", "2029-02-28 09:00")
