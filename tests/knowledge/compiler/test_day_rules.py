"""Days that a rule picks out of a year; the days of Easter are those that calendars print."""

from __future__ import annotations

import pytest

from knowledge.compiler.day_rules import (
    FIXED_FEASTS,
    LAST,
    MOVING_FEASTS,
    DayRule,
    easter,
    feast_of,
    roman_day,
)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1043, (4, 3)),
        (1492, (4, 22)),
        (1582, (4, 15)),
        (1583, (4, 10)),
        (1700, (4, 11)),
        (1818, (3, 22)),  # the earliest day
        (1916, (4, 23)),
        (1943, (4, 25)),  # the latest day
        (1954, (4, 18)),
        (1981, (4, 19)),
        (2000, (4, 23)),
        (2049, (4, 18)),
    ],
)
def test_easter_is_the_day_that_calendars_print(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    ("feast", "day"),
    [
        ("good friday", (4, 21)),
        ("easter monday", (4, 24)),
        ("ascension day", (6, 1)),
        ("whit sunday", (6, 11)),
        ("ash wednesday", (3, 8)),
    ],
)
def test_the_other_feasts_move_with_easter(feast: str, day: tuple[int, int]) -> None:
    assert DayRule(feast).day(1916) == day


def test_a_feast_before_1583_is_of_the_julian_calendar() -> None:
    """Whit Sunday of 1381, when Easter was on 14 April."""
    assert DayRule("whit sunday").day(1381) == (6, 2)


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        (DayRule(month=5, nth=1, weekday=0), 1850, (5, 6)),
        (DayRule(month=10, nth=2, weekday=1), 1877, (10, 9)),
        (DayRule(month=5, nth=LAST, weekday=0), 2021, (5, 31)),
        (DayRule(month=2, nth=LAST), 1896, (2, 29)),
        (DayRule(month=2, nth=LAST), 1900, (2, 28)),
        (DayRule(month=2, nth=5, weekday=0), 2021, None),
    ],
)
def test_the_nth_weekday_of_a_month(rule: DayRule, year: int, day: tuple[int, int] | None) -> None:
    assert rule.day(year) == day


@pytest.mark.parametrize(
    ("name", "month", "day"),
    [("Ides", 3, 15), ("Ides", 4, 13), ("Nones", 7, 7), ("Nones", 9, 5), ("Kalends", 1, 1)],
)
def test_the_days_by_which_romans_counted(name: str, month: int, day: int) -> None:
    assert roman_day(name, month) == day


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("New Year’s Eve", "new year's eve"),
        ("St. Valentine's Day", "valentine's day"),
        ("Saint Stephen's Day", "saint stephen's day"),
        ("Good  Friday", "good friday"),
    ],
)
def test_a_feast_is_known_however_it_is_written(written: str, name: str) -> None:
    assert feast_of(written) == name
    assert name in FIXED_FEASTS or name in MOVING_FEASTS
