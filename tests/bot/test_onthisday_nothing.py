"""/onthisday of a day with nothing says so, and what is near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from onthisday_cases import Ask, ids

from bot.reply import Outcome

NEAREST = [
    ("26 May", ["20 May", "6 June"]),
    ("4 January", ["3 January", "6 January"]),
    ("27 December", ["25 December", "28 December"]),
    ("1 March", ["29 February", "5 March"]),
    ("2 August", ["1 August", "9 August"]),
]


@pytest.mark.parametrize(("asked", "nearest"), NEAREST, ids=[day for day, _ in NEAREST])
def test_a_day_with_nothing_offers_the_days_before_and_after_that_have_something(
    polar: Ask, asked: str, nearest: list[str]
) -> None:
    assert list(polar(asked).choices[:2]) == nearest


def test_the_nearest_days_run_over_new_year(made: Callable[..., Ask]) -> None:
    ask = made(
        only="""
        [[event]]
        date = "1900-02-01"
        text = "A first thing happens."
        [[event]]
        date = "1900-11-30"
        text = "A last thing happens."
        """
    )
    assert ask("1 January").choices[:2] == ("30 November", "1 February")
    assert ask("31 December").choices[:2] == ("30 November", "1 February")


def test_a_day_with_nothing_tells_what_is_known_of_the_month_by_itself_first(polar: Ask) -> None:
    reply = polar("26 May")
    assert ids(reply) == ["mast-lost", "subscription"]
    assert [item.label for item in reply.items] == ["May 1894", "May 1889"]


def test_a_day_with_nothing_offers_someone_to_meet(polar: Ask) -> None:
    offered = {polar("26 May", today=date(2026, 1, day)).choices[-1] for day in range(1, 31)}
    met = [polar(choice) for choice in offered]
    assert len(met) > 5
    assert {reply.command for reply in met} == {"whowas"}
    assert {reply.outcome for reply in met} == {Outcome.FOUND}


def test_an_empty_library_still_answers(made: Callable[..., Ask]) -> None:
    reply = made(nothing='[pack]\ntitle = "Nothing"')("21 August")
    assert (reply.outcome, reply.title, reply.choices) == (Outcome.NOT_FOUND, "21 August", ())
