"""/onthisday in two calendars: a day is found by either, and says which it is of."""

from __future__ import annotations

import pytest
from onthisday_cases import Ask

JULIAN = [
    ("14 June", "26 June"),
    ("20 February", "5 March"),
    ("25 December", "6 January"),
]


@pytest.mark.parametrize(("stated", "gregorian"), JULIAN)
def test_a_julian_date_found_by_its_own_day_tells_the_gregorian_one(
    polar: Ask, stated: str, gregorian: str
) -> None:
    reply = polar(stated)
    assert reply.title == stated
    assert gregorian in reply.items[0].full_text


@pytest.mark.parametrize(("stated", "gregorian"), JULIAN)
def test_a_julian_date_found_by_its_gregorian_day_tells_its_own(
    polar: Ask, stated: str, gregorian: str
) -> None:
    reply = polar(gregorian)
    assert reply.title == gregorian
    assert stated in reply.items[0].full_text


@pytest.mark.parametrize(
    ("asked", "inferred"), [("20 February", True), ("5 March", True), ("14 June", False)]
)
def test_only_a_calendar_that_was_inferred_is_worded_as_the_pack_says(
    polar: Ask, asked: str, *, inferred: bool
) -> None:
    (item,) = polar(asked).items
    assert ("by the Vellmark calendar of the time" in item.full_text) is inferred


def test_a_gregorian_date_says_nothing_of_calendars(polar: Ask) -> None:
    (item,) = polar("2 April").items
    assert item.full_text == item.text


def test_a_julian_date_listed_by_its_year_has_both_dates_in_words(polar: Ask) -> None:
    departure = polar("1893").items[0]
    assert departure.label == "14 June 1893"
    assert "26 June 1893" in departure.full_text
