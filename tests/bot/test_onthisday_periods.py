"""/onthisday of months, years, ranges and centuries tells their events in order."""

from __future__ import annotations

import pytest
from onthisday_cases import Ask, ids

from bot.reply import Outcome

PERIODS = [
    ("1889", ["subscription", "surgeon-dies"]),
    ("1890", ["drift-tables"]),
    ("1892", ["keel-laid"]),
    ("1893", ["departure", "first-ice"]),
    ("1894", ["mast-lost", "letters-by", "midwinter-feast"]),
    ("1895", ["midwinter-feast", "white-storm", "sledges-return", "dark-week"]),
    ("1896", ["dark-week", "eight-days-march", "nine-days-fog", "pole-speech"]),
    ("1899", ["medals", "exhibition", "trial", "execution"]),
    ("70 BC", ["ice-wall"]),
    ("101 BC", ["ice-songs"]),
    ("44 BC", ["last-beacon"]),
    ("1780s", ["sealers-huts"]),
    ("1600s", ["charts"]),
    ("1907-1912", ["survey", "tavelund-dies"]),
    ("between 1890 and 1892", ["drift-tables", "keel-laid"]),
    # a month of one year, in the source's calendar or in today's
    ("May 1894", ["mast-lost"]),
    ("September 1893", ["first-ice"]),
    ("June 1893", ["departure"]),
    ("1893-06", ["departure"]),
    ("February 1901", ["calendar-reform"]),
    ("March 1901", ["calendar-reform"]),
    ("December 1894", ["midwinter-feast"]),
    ("January 1895", ["midwinter-feast"]),
    ("January 1896", ["dark-week"]),
    ("May 1897", ["drift-home"]),
    # a month of any year: what its days tell, and what is known by the month only
    ("November", ["treaty-signed", "letters-by", "pole-speech"]),
    ("February", ["tavelund-born", "stores-end", "leap-day-petition", "calendar-reform"]),
    ("january", ["midwinter-feast", "dark-week", "exhibition"]),
    ("May", ["subscription", "mast-lost", "drift-home", "coast-sighted"]),
    ("September", ["wedding", "first-ice", "landfall"]),
    # days of any year
    ("30 April to 2 May", ["rudder-mended", "coast-sighted"]),
    (
        "10-17 March",
        ["white-storm", "last-beacon", "leap-day-petition", "sledges-return", "tavelund-dies"],
    ),
    # over New Year
    ("28 December to 3 January", ["dark-week"]),
    ("24 December - 6 January", ["midwinter-feast", "dark-week"]),
    ("December to January", ["surgeon-dies", "midwinter-feast", "dark-week", "exhibition"]),
    # days of one year, in either calendar
    ("10 June 1893 to 20 June 1893", ["departure"]),
    ("20 June 1893 to 30 June 1893", ["departure"]),
    ("28 December 1895 - 3 January 1896", ["dark-week"]),
]


@pytest.mark.parametrize(("asked", "told"), PERIODS, ids=[case[0] for case in PERIODS])
def test_a_month_year_or_range_lists_its_events_in_order(
    polar: Ask, asked: str, told: list[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.command) == (Outcome.FOUND, "onthisday")
    assert ids(reply) == told


@pytest.mark.parametrize("asked", [case[0] for case in PERIODS])
def test_the_title_of_a_period_asked_gives_the_same_answer(polar: Ask, asked: str) -> None:
    reply = polar(asked)
    again = polar(str(reply.title))
    assert (again.title, ids(again)) == (reply.title, ids(reply))


@pytest.mark.parametrize(
    ("asked", "title"),
    [("1893-06", "June 1893"), ("may", "May"), ("-0069", "70 BC"), ("year 1890", "1890")],
)
def test_the_title_of_a_period_is_in_words(polar: Ask, asked: str, title: str) -> None:
    assert polar(asked).title == title


MONTHS = [("January", 31), ("February", 29), ("March", 31), ("June", 30), ("December", 31)]


@pytest.mark.parametrize(("month", "days"), MONTHS)
def test_a_month_without_a_year_lists_all_that_its_days_tell(
    polar: Ask, month: str, days: int
) -> None:
    replies = [polar(f"{day} {month}") for day in range(1, days + 1)]
    told = {key for reply in replies if reply.outcome is Outcome.FOUND for key in ids(reply)}
    assert len(told) > 1
    assert told <= set(ids(polar(month)))


@pytest.mark.parametrize(
    ("asked", "title", "nearest"),
    [
        ("1910", "1910", ["1907", "1912"]),
        ("2020", "2020", ["1921"]),
        ("March 1922", "March 1922", ["1921"]),
        ("1750", "1750", ["1600s", "1780s"]),
        ("300 BC", "300 BC", ["101 BC"]),
    ],
)
def test_a_period_with_nothing_offers_the_nearest_that_have_something(
    polar: Ask, asked: str, title: str, nearest: list[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.title) == (Outcome.NOT_FOUND, title)
    assert reply.items == ()
    assert list(reply.choices) == nearest


def test_an_event_known_only_by_the_year_is_in_no_month(polar: Ask) -> None:
    assert "drift-tables" not in ids(polar("June 1890"))


@pytest.mark.parametrize("asked", ["17th century", "1601-1700", "the 1600s", "1600-1699"])
def test_what_is_known_by_its_century_is_told_of_the_century(polar: Ask, asked: str) -> None:
    assert "polar-expedition/charts" in [item.id for item in polar(asked).items]


def test_what_is_known_by_its_century_is_not_told_of_a_part_of_it(polar: Ask) -> None:
    ids = [item.id for item in polar("1601-1690").items]
    assert "polar-expedition/charts" not in ids
