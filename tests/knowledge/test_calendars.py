"""Days of the Julian and the Gregorian calendar, held against two libraries and against history.

`convertdate` counts days by other formulas than ours (Meeus; leap-year cycles), `juliandate` by the
same book's. Both number years astronomically in these modules, and both begin a Julian Day at noon,
so that the day that is ours to the number stands there half a day lower.
"""

from __future__ import annotations

from datetime import date

import convertdate.gregorian
import convertdate.julian
import juliandate
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.calendars import (
    Calendar,
    convert,
    day_number,
    from_day_number,
    is_leap_year,
    month_length,
)

GREGORIAN, JULIAN = Calendar.GREGORIAN, Calendar.JULIAN

LAST_DAY = 5_373_484
"""31 December 9999, Gregorian: 2,440,588 for 1 January 1970, and 2,932,896 days more."""

day_numbers = st.integers(min_value=0, max_value=LAST_DAY)
calendars = st.sampled_from(Calendar)


# -- the two libraries ---------------------------------------------------------------------------

YearMonthDay = tuple[int, int, int]


def convertdate_gregorian(number: int) -> YearMonthDay:
    year, month, day = convertdate.gregorian.from_jd(number - 0.5)
    return year, month, day


def convertdate_julian(number: int) -> YearMonthDay:
    year, month, day = convertdate.julian.from_jd(number - 0.5)
    return year, month, day


def juliandate_gregorian(number: int) -> YearMonthDay:
    year, month, day, *_ = juliandate.to_gregorian(float(number))
    return year, month, day


def juliandate_julian(number: int) -> YearMonthDay:
    year, month, day, *_ = juliandate.to_julian(float(number))
    return year, month, day


@given(day_numbers)
@example(0)
@example(LAST_DAY)
def test_a_gregorian_day_is_the_one_that_convertdate_names(number: int) -> None:
    assert from_day_number(number, GREGORIAN) == convertdate_gregorian(number)


@given(day_numbers)
@example(0)
@example(LAST_DAY)
def test_a_julian_day_is_the_one_that_convertdate_names(number: int) -> None:
    assert from_day_number(number, JULIAN) == convertdate_julian(number)


@given(day_numbers)
@example(LAST_DAY)
def test_a_gregorian_day_is_the_one_that_juliandate_names(number: int) -> None:
    assert from_day_number(number, GREGORIAN) == juliandate_gregorian(number)


@given(day_numbers)
@example(LAST_DAY)
def test_a_julian_day_is_the_one_that_juliandate_names(number: int) -> None:
    assert from_day_number(number, JULIAN) == juliandate_julian(number)


@given(day_numbers)
@example(0)
def test_a_gregorian_day_has_the_number_that_convertdate_counts(number: int) -> None:
    day = convertdate_gregorian(number)
    assert day_number(*day, GREGORIAN) == convertdate.gregorian.to_jd(*day) + 0.5 == number


@given(day_numbers)
@example(0)
def test_a_julian_day_has_the_number_that_convertdate_counts(number: int) -> None:
    day = convertdate_julian(number)
    assert day_number(*day, JULIAN) == convertdate.julian.to_jd(*day) + 0.5 == number


@given(day_numbers)
def test_a_day_has_the_number_that_juliandate_counts(number: int) -> None:
    gregorian = juliandate_gregorian(number)
    julian = juliandate_julian(number)
    assert day_number(*gregorian, GREGORIAN) == juliandate.from_gregorian(*gregorian) + 0.5
    assert day_number(*julian, JULIAN) == juliandate.from_julian(*julian) + 0.5


@given(day_numbers)
def test_converting_agrees_with_convertdate_both_ways(number: int) -> None:
    gregorian = convertdate_gregorian(number)
    julian = convertdate_julian(number)
    assert convert(*gregorian, GREGORIAN, JULIAN) == julian
    assert convert(*julian, JULIAN, GREGORIAN) == gregorian


@given(st.dates())
def test_from_the_year_1_on_gregorian_days_are_those_of_pythons_date(day: date) -> None:
    number = day_number(day.year, day.month, day.day)
    assert number == day.toordinal() + 1_721_425  # 1 January 1 is ordinal 1 and Julian Day 1721426


# -- what a calendar is --------------------------------------------------------------------------


@given(day_numbers, calendars)
def test_a_day_comes_back_from_its_number(number: int, calendar: Calendar) -> None:
    assert day_number(*from_day_number(number, calendar), calendar) == number


@given(st.integers(min_value=0, max_value=LAST_DAY - 1), calendars)
def test_the_next_number_is_the_next_day_of_the_month_or_the_first_of_one(
    number: int, calendar: Calendar
) -> None:
    year, month, day = from_day_number(number, calendar)
    if day < month_length(month, year, calendar):
        following = (year, month, day + 1)
    elif month < 12:
        following = (year, month + 1, 1)
    else:
        following = (year + 1, 1, 1)
    assert from_day_number(number + 1, calendar) == following


@given(st.integers(min_value=-4711, max_value=9999), calendars)
def test_a_year_has_365_days_or_366_where_it_leaps(year: int, calendar: Calendar) -> None:
    length = day_number(year + 1, 1, 1, calendar) - day_number(year, 1, 1, calendar)
    assert length == (366 if is_leap_year(year, calendar) else 365)


@given(day_numbers, calendars)
def test_converting_into_the_same_calendar_changes_nothing(number: int, calendar: Calendar) -> None:
    day = from_day_number(number, calendar)
    assert convert(*day, calendar, calendar) == day


# -- fixed points --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "calendar", "day"),
    [
        pytest.param(0, JULIAN, (-4712, 1, 1), id="1 January 4713 BC begins the count"),
        pytest.param(0, GREGORIAN, (-4713, 11, 24), id="the same day, Gregorian"),
        pytest.param(1_721_424, JULIAN, (1, 1, 1), id="1 January 1 AD, Julian"),
        pytest.param(1_721_426, GREGORIAN, (1, 1, 1), id="1 January 1 AD, Gregorian"),
        pytest.param(1_721_423, JULIAN, (0, 12, 31), id="the day before it is in 1 BC"),
        pytest.param(2_299_160, JULIAN, (1582, 10, 4), id="the last Julian day in Rome"),
        pytest.param(2_299_161, GREGORIAN, (1582, 10, 15), id="the first Gregorian day"),
        pytest.param(2_440_588, GREGORIAN, (1970, 1, 1), id="the Unix epoch"),
        pytest.param(2_400_001, GREGORIAN, (1858, 11, 17), id="the modified Julian Day's zero"),
        pytest.param(2_451_545, GREGORIAN, (2000, 1, 1), id="the astronomers' J2000"),
        pytest.param(LAST_DAY, GREGORIAN, (9999, 12, 31), id="the last day of four digits"),
    ],
)
def test_a_day_that_almanacs_name_has_its_number(
    number: int, calendar: Calendar, day: tuple[int, int, int]
) -> None:
    assert day_number(*day, calendar) == number
    assert from_day_number(number, calendar) == day


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        pytest.param((1582, 10, 5), (1582, 10, 15), id="ten days are left out"),
        pytest.param((1752, 9, 3), (1752, 9, 14), id="Britain leaves out eleven"),
        pytest.param((1900, 2, 15), (1900, 2, 27), id="twelve days before the leap day"),
        pytest.param((1900, 2, 16), (1900, 2, 28), id="28 February 1900"),
        pytest.param((1900, 2, 17), (1900, 3, 1), id="1 March 1900 follows at once"),
        pytest.param((1900, 2, 28), (1900, 3, 12), id="the last day of twelve"),
        pytest.param((1900, 2, 29), (1900, 3, 13), id="the leap day that only one calendar has"),
        pytest.param((1900, 3, 1), (1900, 3, 14), id="the first day of thirteen"),
        pytest.param((1917, 10, 25), (1917, 11, 7), id="October is in November"),
        pytest.param((1879, 10, 26), (1879, 11, 7), id="twelve days in the 19th century"),
        pytest.param((1917, 12, 19), (1918, 1, 1), id="the year turns between them"),
        pytest.param((1918, 2, 1), (1918, 2, 14), id="Russia changes over"),
        pytest.param((300, 2, 28), (300, 2, 28), id="in the third century they agree"),
        pytest.param((300, 2, 29), (300, 3, 1), id="until the leap day of 300"),
        pytest.param((-43, 3, 15), (-43, 3, 13), id="the Ides of March, 44 BC"),
    ],
)
def test_a_day_of_history_has_its_date_in_both_calendars(
    julian: tuple[int, int, int], gregorian: tuple[int, int, int]
) -> None:
    assert convert(*julian, JULIAN, GREGORIAN) == gregorian
    assert convert(*gregorian, GREGORIAN, JULIAN) == julian


@pytest.mark.parametrize("calendar", Calendar)
@pytest.mark.parametrize("number", [-1, -38, -10_000_000])
def test_a_day_before_the_count_is_refused(number: int, calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="lies before 1 January 4713 BC"):
        from_day_number(number, calendar)


@pytest.mark.parametrize(
    ("year", "month", "day", "calendar"),
    [(-4713, 12, 31, JULIAN), (-4713, 11, 23, GREGORIAN), (-9999, 1, 1, JULIAN)],
)
def test_the_number_of_a_day_before_the_count_is_negative(
    year: int, month: int, day: int, calendar: Calendar
) -> None:
    assert day_number(year, month, day, calendar) < 0


# -- leap years and months -----------------------------------------------------------------------


@pytest.mark.parametrize("year", [2024, 2000, 1600, 0, -4, -400])
def test_a_year_that_leaps_in_both_calendars(year: int) -> None:
    assert is_leap_year(year, GREGORIAN)
    assert is_leap_year(year, JULIAN)


@pytest.mark.parametrize("year", [1900, 1700, 100, -100, -300])
def test_a_hundredth_year_leaps_only_in_the_julian_calendar(year: int) -> None:
    assert is_leap_year(year, JULIAN)
    assert not is_leap_year(year, GREGORIAN)


@pytest.mark.parametrize("year", [2023, 1917, 1, -1, -43])
def test_a_year_that_leaps_in_neither(year: int) -> None:
    assert not is_leap_year(year, JULIAN)
    assert not is_leap_year(year, GREGORIAN)


def test_an_unnamed_calendar_is_the_gregorian() -> None:
    assert not is_leap_year(1900)
    assert day_number(1970, 1, 1) == 2_440_588
    assert from_day_number(2_440_588) == (1970, 1, 1)


@pytest.mark.parametrize(
    ("month", "length"),
    [
        *((1, 31), (3, 31), (4, 30), (5, 31), (6, 30), (7, 31)),
        *((8, 31), (9, 30), (10, 31), (11, 30), (12, 31)),
    ],
)
@pytest.mark.parametrize("calendar", Calendar)
def test_a_month_is_as_long_as_the_knuckles_say(
    month: int, length: int, calendar: Calendar
) -> None:
    assert month_length(month, 1917, calendar) == month_length(month, None, calendar) == length


@pytest.mark.parametrize(
    ("year", "calendar", "length"),
    [
        (1917, GREGORIAN, 28),
        (1916, GREGORIAN, 29),
        (1900, GREGORIAN, 28),
        (1900, JULIAN, 29),
        (None, GREGORIAN, 29),
        (None, JULIAN, 29),
    ],
)
def test_february_has_29_days_in_a_leap_year_and_where_no_year_is_said(
    year: int | None, calendar: Calendar, length: int
) -> None:
    assert month_length(2, year, calendar) == length
