"""/onthisday of dates with two readings or with none: what was meant, and what would do."""

from __future__ import annotations

import pytest
from onthisday_cases import Ask, ids, said

from bot.reply import Choices, Outcome, Reply
from knowledge.dates import Order

# -- two readings ---------------------------------------------------------------------------------


def test_a_date_with_two_readings_is_answered_day_first_with_the_other_as_a_choice(
    polar: Ask,
) -> None:
    reply = polar("03-10")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "3 October")
    assert ids(reply) == ["command-given"]
    assert reply.choices[0] == "10 March"


def test_a_chat_that_prefers_the_month_first_gets_it(polar: Ask) -> None:
    reply = polar("03-10", order=Order.MONTH_FIRST)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "10 March")
    assert reply.choices[0] == "3 October"


def test_the_other_reading_keeps_the_year(polar: Ask) -> None:
    reply = polar("10/03/1895")
    assert ids(reply) == ["white-storm"]
    assert reply.choices[0] == "3 October 1895"


def offers_a_reading(reply: Reply) -> bool:
    return any("did you mean" in part.lead for part in reply.parts if isinstance(part, Choices))


@pytest.mark.parametrize("asked", ["03-10", "10/03/1895", "4/5", "1.2"])
def test_a_date_with_two_readings_offers_the_other_in_words(polar: Ask, asked: str) -> None:
    assert offers_a_reading(polar(asked))


@pytest.mark.parametrize("asked", ["1895-03-10", "1895-10-03", "6/6", "13/3", "3/13", "17 March"])
def test_a_date_with_one_reading_offers_no_other(polar: Ask, asked: str) -> None:
    assert not offers_a_reading(polar(asked))


@pytest.mark.parametrize("order", list(Order))
def test_an_iso_date_is_read_year_month_day_in_every_chat(polar: Ask, order: Order) -> None:
    reply = polar("1895-03-10", order=order)
    assert (reply.title, ids(reply), reply.choices) == ("10 March 1895", ["white-storm"], ())


# -- impossible and unreadable dates --------------------------------------------------------------
IMPOSSIBLE = [
    ("31 June", "30 days", ["30 June", "1 July"]),
    ("/onthisday 31 june", "30 days", ["30 June", "1 July"]),
    ("what happened on June 31?", "30 days", ["30 June", "1 July"]),
    ("30 February", "29 days", ["29 February", "1 March"]),
    ("32 December", "31 days", ["31 December", "1 January"]),
    ("29 February 2023", "leap year", ["28 February 2023", "1 March 2023"]),
    ("31 November 1896", "30 days", ["30 November 1896", "1 December 1896"]),
    ("2023-02-29", "leap year", ["28 February 2023", "1 March 2023"]),
]


@pytest.mark.parametrize(
    ("asked", "reason", "choices"), IMPOSSIBLE, ids=[case[0] for case in IMPOSSIBLE]
)
def test_an_impossible_day_is_refused_with_its_reason_and_the_days_beside_it(
    polar: Ask, asked: str, reason: str, choices: list[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.command) == (Outcome.INVALID, "onthisday")
    assert reply.items == ()
    assert reason in said(reply)
    assert list(reply.choices) == choices


@pytest.mark.parametrize(
    "asked", ["/onthisday 13-13", "/onthisday 0 May", "/onthisday 21", "/onthisday 5 May 99"]
)
def test_a_date_that_lacks_something_is_refused_with_a_reason(polar: Ask, asked: str) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.INVALID
    assert said(reply)


def test_words_that_are_no_date_are_quoted_back_with_examples(polar: Ask) -> None:
    reply = polar("/onthisday the day the music died")
    assert reply.outcome is Outcome.INVALID
    assert '"the day the music died"' in said(reply)
    assert "21 August" in said(reply)
