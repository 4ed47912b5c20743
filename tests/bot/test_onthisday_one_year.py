"""/onthisday of a day of one year tells what happened on that day and around it."""

from __future__ import annotations

import pytest
from onthisday_cases import Ask, ids, said

from bot.reply import Outcome

DAYS_OF_A_YEAR = [
    ("17 March 1895", ["sledges-return"], ["17 March 1912", "17 March"]),
    ("17 March 1912", ["tavelund-dies"], ["17 March 1895", "17 March"]),
    ("1912-03-17", ["tavelund-dies"], ["17 March 1895", "17 March"]),
    ("2 April 1869", ["circle-founded"], []),
    ("12 March 1895", ["white-storm"], []),
    ("14 March 1895", ["white-storm"], []),
    ("31 December 1895", ["dark-week"], []),
    ("2 January 1896", ["dark-week"], []),
    ("14 June 1893", ["departure"], []),
    ("26 June 1893", ["departure"], []),
    ("25 December 1894", ["midwinter-feast"], []),
    ("6 January 1895", ["midwinter-feast"], []),
    ("20 May 1897", ["drift-home"], []),
    ("11 November 1894", ["letters-by"], ["11 November 1896", "11 November"]),
    ("29 February 1848", ["tavelund-born"], ["29 February 1900", "29 February"]),
    ("29 February 1900", ["leap-day-petition"], ["29 February 1848", "29 February"]),
    ("15 October 70 BC", ["ice-wall"], []),
    ("-0069-10-15", ["ice-wall"], []),
    ("15 March 44 BC", ["last-beacon"], []),
]


@pytest.mark.parametrize(
    ("asked", "told", "choices"), DAYS_OF_A_YEAR, ids=[case[0] for case in DAYS_OF_A_YEAR]
)
def test_a_day_with_a_year_is_answered_with_that_very_day(
    polar: Ask, asked: str, told: list[str], choices: list[str]
) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.FOUND
    assert ids(reply) == told
    assert list(reply.choices) == choices


def test_the_title_of_a_day_with_a_year_holds_the_year(polar: Ask) -> None:
    assert polar("1912-03-17").title == "17 March 1912"


WRONG_YEARS = [
    ("17 March 1900", "17 March", {"sledges-return", "tavelund-dies"}),
    ("14 June 1894", "14 June", {"departure"}),
    ("10 March 1896", "10 March", {"white-storm"}),
    # the other end of a span, and the other year of a Julian day
    ("1 January 1895", "1 January", {"dark-week"}),
    ("6 January 1894", "6 January", {"midwinter-feast"}),
    ("25 December 1895", "25 December", {"midwinter-feast"}),
]


@pytest.mark.parametrize(
    ("asked", "day", "told"), WRONG_YEARS, ids=[case[0] for case in WRONG_YEARS]
)
def test_a_year_with_nothing_on_the_day_gives_the_day_of_any_year_and_says_so(
    polar: Ask, asked: str, day: str, told: set[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, day)
    assert set(ids(reply)) == told
    assert asked in said(reply)


def test_a_day_with_nothing_in_any_year_is_not_found_with_its_year(polar: Ask) -> None:
    reply = polar("26 May 1895")
    assert (reply.outcome, reply.title) == (Outcome.NOT_FOUND, "26 May 1895")
