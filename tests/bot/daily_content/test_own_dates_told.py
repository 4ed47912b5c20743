"""A community's own dates come first in its post, each year, with how long ago they were."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from daily_content_cases import (
    PERSON,
    SILENT,
    USUAL,
    Make,
    Place,
    event,
    ids,
    notes,
    remarks,
    reply_of,
)

from bot.daily.content import OWN_SOURCE
from bot.daily.own_dates import own_date, read_own_line
from bot.reply import source_line
from knowledge.store import Store


def test_own_dates_come_first_with_how_long_ago_and_their_source(polar: Store) -> None:
    own = [read_own_line("17 March 2019 server founded"), read_own_line("17 March cake day")]
    reply = reply_of(Place(polar, own=own).post(date(2026, 3, 17)))
    assert [(item.label, item.full_text) for item in reply.items[:2]] == [
        ("", "cake day"),
        ("2019", "(7 years ago) server founded"),
    ]
    assert source_line(reply.items).startswith("Sources: This community's dates; Chronicle")


AGO = [(2019, "1 year ago"), (2020, ""), (2010, "10 years ago")]


@pytest.mark.parametrize(("year", "remark"), AGO)
def test_years_are_counted_to_the_local_date(polar: Store, year: int, remark: str) -> None:
    own = [own_date(5, 26, year, "party")]
    assert remarks(Place(polar, own=own).post(date(2020, 5, 26))) == [remark]


T11 = [
    (date(2028, 2, 29), "12 years ago"),
    (date(2027, 2, 28), "on 29 February; 11 years ago"),
    (date(2100, 2, 28), "on 29 February; 84 years ago"),
]


@pytest.mark.parametrize(("day", "remark"), T11, ids=[str(day) for day, _ in T11])
def test_t11_own_29_february_is_told_a_day_before_in_other_years_saying_so(
    made: Make, day: date, remark: str
) -> None:
    own = [read_own_line("29 February 2016 leap party")]
    assert remarks(Place(made(one=event("x")), own=own).post(day)) == [remark]


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2027, 3, 1), date(2028, 3, 1)])
def test_t11_the_days_beside_are_not_affected(made: Make, day: date) -> None:
    own = [read_own_line("29 February 2016 leap party")]
    assert Place(made(one=event("x")), SILENT, own).post(day).reply is None


def test_a_day_of_the_community_alone_is_no_empty_day(polar: Store) -> None:
    own = [read_own_line("26 May party")]
    for choices in (USUAL, PERSON, SILENT):
        content = Place(polar, choices, own).post(date(2026, 5, 26))
        assert [item.text for item in reply_of(content).items] == ["party"]


def test_own_dates_are_no_facts_to_be_remembered_and_come_each_year(polar: Store) -> None:
    place = Place(polar, own=[read_own_line("26 May party")])
    assert place.post(date(2026, 5, 26)).keys == ()
    assert ids(place.post(date(2027, 5, 26))) == ids(place.post(date(2026, 5, 26)))


def test_of_many_own_dates_five_are_told_beside_an_event_and_the_others_counted(
    polar: Store,
) -> None:
    own = [own_date(3, 17, 2000 + n, f"thing {n}") for n in range(7)]
    content = Place(polar, own=own).post(date(2026, 3, 17))
    sources = Counter(item.id.startswith(OWN_SOURCE.id) for item in reply_of(content).items)
    assert sources == {True: 5, False: 1}
    assert "2 more of this community's dates: /dates list" in notes(content)
