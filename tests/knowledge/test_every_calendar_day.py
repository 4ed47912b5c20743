"""Every day there is, from 1 January 4713 BC to 31 December 9999, in both calendars."""

from __future__ import annotations

import juliandate
import pytest

from knowledge.calendars import Calendar, day_number, from_day_number

LAST = day_number(9999, 12, 31)

CHECKED_WITH_THE_PEER = 101
"""Days from one comparison to the next; a prime, so that no day of a week or year is favoured."""


@pytest.mark.slow
@pytest.mark.parametrize("calendar", Calendar)
def test_every_day_follows_the_one_before_and_leads_back_to_its_number(calendar: Calendar) -> None:
    before = (-9999, 0, 0)
    for number in range(LAST + 1):
        day = from_day_number(number, calendar)
        assert day > before
        assert day_number(*day, calendar) == number
        before = day


@pytest.mark.slow
def test_days_all_through_time_are_those_of_another_implementation() -> None:
    for number in range(0, LAST + 1, CHECKED_WITH_THE_PEER):
        julian, gregorian = juliandate.to_julian(number), juliandate.to_gregorian(number)
        assert from_day_number(number, Calendar.JULIAN) == tuple(julian[:3])
        assert from_day_number(number, Calendar.GREGORIAN) == tuple(gregorian[:3])
