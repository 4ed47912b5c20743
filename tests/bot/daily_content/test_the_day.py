"""A post tells what happened on the Gregorian day, with its year and what qualifies it."""

from __future__ import annotations

from calendar import month_name
from datetime import date

import pytest
from daily_content_cases import SILENT, Place, ids, reply_of

from bot.daily.selection import told_key
from bot.reply import Heading, Outcome, source_line
from knowledge.store import Store

TOLD_ON = [
    (date(2026, 6, 6), {"surgeon-born", "carpenter-born"}),
    (date(2026, 3, 17), {"tavelund-dies", "sledges-return"}),
    (date(2026, 6, 26), {"departure"}),  # 14 June in the source's Julian calendar
    (date(2026, 1, 6), {"midwinter-feast"}),  # 25 December there
    (date(2026, 3, 5), {"calendar-reform"}),
    (date(2026, 10, 15), {"ice-wall"}),
    (date(2026, 12, 30), {"dark-week"}),  # within 28 December to 3 January
    (date(2026, 8, 1), {"nine-days-fog"}),
    (date(2026, 8, 9), {"nine-days-fog"}),
    (date(2028, 2, 29), {"tavelund-born"}),
]


@pytest.mark.parametrize(("day", "events"), TOLD_ON, ids=[str(day) for day, _ in TOLD_ON])
def test_a_post_tells_the_events_of_the_gregorian_day(
    polar: Store, day: date, events: set[str]
) -> None:
    content = Place(polar).post(day)
    assert set(ids(content)) == events
    assert set(content.keys) == {told_key(f"polar-expedition/{name}") for name in events}


NOT_TOLD_ON = [
    (date(2026, 6, 14), "departure"),  # its Julian day
    (date(2026, 12, 25), "midwinter-feast"),
    (date(2026, 8, 5), "nine-days-fog"),  # within a span that is told on its ends only
    (date(2027, 2, 28), "tavelund-born"),  # of 29 February: on that day only
    (date(2027, 3, 1), "tavelund-born"),
    (date(2100, 2, 28), "tavelund-born"),
]


@pytest.mark.parametrize(
    ("day", "name"), NOT_TOLD_ON, ids=[f"{day}-{name}" for day, name in NOT_TOLD_ON]
)
def test_a_post_does_not_tell_an_event_on_another_day(polar: Store, day: date, name: str) -> None:
    assert Place(polar, SILENT).post(day).reply is None
    assert name not in ids(Place(polar).post(day))


YEARS = [
    (date(2026, 1, 6), "1895", "25 December Old Style"),
    (date(2026, 6, 26), "1893", "14 June Old Style"),
    (date(2026, 3, 10), "1895", "until 14 March"),
    (date(2026, 3, 14), "1895", "since 10 March"),
    (date(2026, 1, 2), "1896", "28 December 1895 – 3 January 1896"),
    (date(2026, 1, 3), "1896", "since 28 December 1895"),
    (date(2026, 12, 30), "1895", "28 December 1895 – 3 January 1896"),
    (date(2026, 5, 20), "1897", "since 5 April"),
    (date(2026, 10, 2), "1897", "about this day"),
    (date(2026, 10, 15), "70 BC", ""),
]


@pytest.mark.parametrize(("day", "year", "remark"), YEARS, ids=[str(case[0]) for case in YEARS])
def test_an_event_has_its_year_and_what_qualifies_its_day(
    polar: Store, day: date, year: str, remark: str
) -> None:
    (item,) = reply_of(Place(polar).post(day)).items
    assert (item.label, item.remark) == (year, remark)


def test_a_reply_is_headed_by_the_day_and_names_its_sources(polar: Store) -> None:
    reply = reply_of(Place(polar).post(date(2026, 3, 17)))
    assert (reply.outcome, reply.title, reply.parts[0]) == (
        Outcome.FOUND,
        "17 March",
        Heading("17 March"),
    )
    assert source_line(reply.items) == "Source: Chronicle of the Meridian, Tavelund · In the ice"


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_t12_the_local_date_alone_says_which_day_is_told(polar: Store, day: date) -> None:
    assert ids(Place(polar).post(day)) == ["dark-week"]
    assert reply_of(Place(polar).post(day)).title == f"{day.day} {month_name[day.month]}"
