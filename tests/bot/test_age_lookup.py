"""How old somebody was: exact where the days are known, both numbers where a day is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.lookups.age import age_in_words
from bot.reply import Heading, Note, Outcome, Reply
from knowledge.model import HistoricalDate

Ask = Callable[..., Reply]

PEOPLE = """
[[entity]]
kind = "person"
name = "Halla Vrede"
born = "1850-03-10"
died = "1910-03-09"
description = "Cartographer of the fens."

[[entity]]
kind = "person"
name = "Joram Kist"
born = "1851"
died = "1911"
description = "Engraver."

[[entity]]
kind = "person"
name = "Ytha Morrane"
born = "-0094"
died = "-0011"
description = "Navigator."

[[entity]]
kind = "person"
name = "Quintus Arvo"
born = "-0009-05-01"
died = "0010-05-01"
description = "Potter."

[[entity]]
kind = "person"
name = "Nameless Odd"
died = "1900-01-01"
description = "Of unknown birth."

[[entity]]
kind = "person"
name = "Wilm Tarn"
born = "1880-01-01"
description = "Who has not died in any source."

[[entity]]
kind = "person"
name = "Bera Loft"
description = "Of whom only events tell."

[[entity]]
kind = "person"
name = "Olga Stile"
description = "Born by the old calendar."
died = "1900-06-20"

[[entity]]
kind = "treaty"
name = "Treaty of Skarn"
description = "The treaty that drained the fens."

[[event]]
date = "1874-11-23"
kind = "treaty"
text = "The Treaty of Skarn is signed."
things = ["Treaty of Skarn"]

[[event]]
date = "1880-03-10"
kind = "publication"
text = "Halla Vrede publishes the Atlas of Reeds."
people = ["Halla Vrede"]

[[event]]
date = "1881-03-09"
kind = "founding"
text = "Halla Vrede founds the Dyke School."
people = ["Halla Vrede"]

[[event]]
date = "1885"
kind = "arrest"
text = "Halla Vrede is arrested over a boundary stone."
people = ["Halla Vrede"]

[[event]]
date = "1890-03-01"
end = "1890-03-20"
qualifier = "between"
text = "Halla Vrede loses her compass in a bog."
people = ["Halla Vrede"]

# 12 March 1891 in the Gregorian calendar: two days after a birthday, by its own date ten before
[[event]]
date = "1891-02-28"
calendar = "julian"
kind = "speech"
text = "Halla Vrede lectures the Duke on sluices."
people = ["Halla Vrede"]

[[event]]
date = "1822-07-01"
kind = "birth"
text = "Bera Loft is born."
people = ["Bera Loft"]

[[event]]
date = "1872-06-30"
kind = "death"
text = "Bera Loft dies."
people = ["Bera Loft"]

# 26 June 1850 in the Gregorian calendar
[[event]]
date = "1850-06-14"
calendar = "julian"
kind = "birth"
text = "Olga Stile is born."
people = ["Olga Stile"]
"""


@pytest.fixture
def parish(made: Callable[..., Ask]) -> Ask:
    return made(parish=PEOPLE)


def notes(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


def told(reply: Reply) -> str:
    """Return the age in words, or nothing."""
    before, was, after = notes(reply).partition(" was ")
    age, then, _ = after.partition(" then: ")
    return age if before and was and then else ""


# -- from date to date ----------------------------------------------------------------------------

SPANS = [
    # days
    ("1850-03-10", "1910-03-09", "59"),
    ("1850-03-10", "1910-03-10", "60"),
    ("1850-03-10", "1910-12-31", "60"),
    ("1850-03-10", "1910-01-01", "59"),
    ("1850-03-10", "1850-03-10", "0"),
    ("1848-02-29", "1896-02-28", "47"),
    ("1848-02-29", "1896-02-29", "48"),
    ("1848-02-29", "1895-03-01", "47"),
    # a year alone leaves two open, and none where the other date is a year's first or last
    ("1851", "1911", "59 or 60"),
    ("1851", "1911-06-01", "59 or 60"),
    ("1851-06-01", "1911", "59 or 60"),
    ("1851", "1911-12-31", "60"),
    ("1851-01-01", "1911", "60"),
    # a month alone
    ("1851-06", "1911-06-15", "59 or 60"),
    ("1851-06", "1911-07-01", "60"),
    ("1851-06", "1911-05-31", "59"),
    ("1851-06-01", "1911-06", "60"),
    ("1851-06", "1911", "59 or 60"),
    # within one year
    ("1851", "1851", "0"),
    # before Christ there is a year 0, which the calendar calls 1 BC
    ("-0094", "-0011", "82 or 83"),
    ("-0009-05-01", "0010-05-01", "19"),
    ("-0009-05-01", "0010-04-30", "18"),
    ("0000-01-01", "0001-01-01", "1"),
]


@pytest.mark.parametrize(("born", "when", "age"), SPANS)
def test_the_age_is_counted_in_full_years(born: str, when: str, age: str) -> None:
    assert age_in_words(HistoricalDate.parse(born), HistoricalDate.parse(when)) == age


@pytest.mark.parametrize("born", ["185X", "18XX"])
def test_a_birth_in_a_decade_or_century_is_no_choice_of_two_ages(born: str) -> None:
    words = age_in_words(HistoricalDate.parse(born), HistoricalDate.parse("1900-06-01"))
    assert " or " not in words


# -- at death -------------------------------------------------------------------------------------

AT_DEATH = [
    "how old was {}?",
    "how old was {} when she died?",
    "How old was {} at death",
    "how old was {} at the time of her death?",
    "at what age did {} die?",
    "what age was {} when she died",
    "what was the age of {} at death?",
    "{}'s age at death",
    "how old did {} get",
]


@pytest.mark.parametrize("asked", AT_DEATH)
def test_the_age_at_death_is_told_however_it_is_asked(parish: Ask, asked: str) -> None:
    reply = parish(asked.format("Halla Vrede"))
    assert (reply.outcome, reply.title, told(reply)) == (Outcome.FOUND, "Halla Vrede", "59")


def test_birth_and_the_other_date_are_told_with_the_age(parish: Ask) -> None:
    reply = parish("how old was Halla Vrede when she died?")
    assert Heading("Halla Vrede", "born 10 March 1850") in reply.parts
    assert "9 March 1910" in notes(reply)


def test_nothing_is_told_twice(parish: Ask) -> None:
    ids = [item.id for item in parish("how old was Joram Kist when he died").items]
    assert len(set(ids)) == len(ids)


def test_where_only_years_are_known_both_ages_are_told(parish: Ask) -> None:
    assert told(parish("how old was Joram Kist when he died")) == "59 or 60"


@pytest.mark.parametrize(
    ("name", "age"),
    [
        ("Ytha Morrane", "82 or 83"),
        ("Quintus Arvo", "19"),
        ("Bera Loft", "49"),
        ("quintas arvo", "19"),
        ("Vrede", "59"),
    ],
)
def test_the_age_of_anybody_at_death(parish: Ask, name: str, age: str) -> None:
    assert told(parish(f"how old was {name} when they died")) == age


def test_dates_are_taken_from_events_where_the_entity_has_none(parish: Ask) -> None:
    reply = parish("how old was Bera Loft when she died")
    assert {item.date for item in reply.items} == {"1822-07-01", "1872-06-30"}


def test_an_old_style_birth_is_counted_by_todays_calendar(parish: Ask) -> None:
    # 26 June 1850 to 20 June 1900
    assert told(parish("how old was Olga Stile when she died")) == "49"


# -- at an event, in a year, on a day -------------------------------------------------------------

AT_SOMETHING = [
    ("when she published the Atlas of Reeds", "30"),
    ("when the Dyke School was founded", "30"),
    ("when she was arrested", "34 or 35"),
    ("in 1880", "29 or 30"),
    ("in 1850", "0"),
    ("in May 1880", "30"),
    ("in March 1880", "29 or 30"),
    ("on 9 March 1880", "29"),
    ("on 10 March 1880", "30"),
    # somewhere between 1 and 20 March 1890
    ("when she lost her compass", "39 or 40"),
    # 12 March 1891 by today's calendar
    ("when she lectured the Duke", "41"),
    # without a part in it
    ("at the Treaty of Skarn", "24"),
    ("when the Treaty of Skarn was signed", "24"),
]


@pytest.mark.parametrize(("when", "age"), AT_SOMETHING, ids=[when for when, _ in AT_SOMETHING])
def test_the_age_at_something(parish: Ask, when: str, age: str) -> None:
    assert told(parish(f"how old was Halla Vrede {when}?")) == age


def test_the_event_meant_is_told_with_the_age(parish: Ask) -> None:
    items = parish("how old was Halla Vrede when she published the Atlas of Reeds").items
    assert [item.date for item in items if item.date] == ["1880-03-10"]


@pytest.mark.parametrize(
    ("asked", "age"),
    [
        ("how old was Ytha Morrane in 70 BC", "24 or 25"),
        ("how old was Quintus Arvo in 1 BC?", "8 or 9"),
        ("how old was Quintus Arvo in 5 AD?", "13 or 14"),
    ],
)
def test_an_age_in_a_year_long_ago(parish: Ask, asked: str, age: str) -> None:
    assert told(parish(asked)) == age


# -- not told -------------------------------------------------------------------------------------

NOT_TOLD = [
    ("how old was Nameless Odd when he died", "an unknown birth"),
    ("how old was Nameless Odd in 1890", "an unknown birth"),
    ("how old was Wilm Tarn when he died", "an unknown death"),
    ("how old was Halla Vrede when she flew to the moon", "no such event"),
    ("how old was Halla Vrede in 1849", "not yet born"),
    ("how old was Halla Vrede in 1911", "no longer alive"),
    ("how old was the Treaty of Skarn", "no person"),
]


@pytest.mark.parametrize(("asked", "why"), NOT_TOLD, ids=[f"{a} ({b})" for a, b in NOT_TOLD])
def test_an_age_that_is_not_known_is_not_guessed(parish: Ask, asked: str, why: str) -> None:
    reply = parish(asked)
    assert (reply.outcome, told(reply)) == (Outcome.NOT_FOUND, "")


def test_who_was_asked_for_is_named_where_nothing_is_told(parish: Ask) -> None:
    assert parish("how old was Nameless Odd when he died").choices == ("Nameless Odd",)


@pytest.mark.parametrize("asked", ["how old are you", "how old is it?", "how old was Wenzel?"])
def test_the_age_of_a_stranger_is_not_told(parish: Ask, asked: str) -> None:
    reply = parish(asked)
    assert reply.outcome in (Outcome.INVALID, Outcome.NOT_FOUND)
    assert (reply.items, told(reply)) == ((), "")


# -- several of a name ----------------------------------------------------------------------------

ONE = (
    '[[entity]]\nid = "{}"\nkind = "person"\nname = "Ida Holm"\nborn = "{}"\ndied = "1900-01-01"\n'
)
NO_BIRTH = '[[entity]]\nid = "c"\nkind = "person"\nname = "Ida Holm"\n'


def test_two_of_a_name_are_asked_about(made: Callable[..., Ask]) -> None:
    ask = made(two=ONE.format("a", "1850-01-01") + ONE.format("b", "1860-01-01"))
    reply = ask("how old was Ida Holm when she died?")
    assert (reply.outcome, reply.items, told(reply)) == (Outcome.AMBIGUOUS, (), "")
    assert {told(ask(choice)) for choice in reply.choices} == {"50", "40"}


def test_each_of_two_of_a_name_is_asked_about_the_same_time(made: Callable[..., Ask]) -> None:
    ask = made(two=ONE.format("a", "1850-01-01") + ONE.format("b", "1860-01-01"))
    choices = ask("how old was Ida Holm on 1 June 1880?").choices
    assert {told(ask(choice)) for choice in choices} == {"30", "20"}


def test_of_two_of_a_name_the_one_whose_birth_is_known_is_meant(made: Callable[..., Ask]) -> None:
    ask = made(two=ONE.format("a", "1850-01-01") + NO_BIRTH)
    assert told(ask("how old was Ida Holm when she died?")) == "50"


def test_one_person_in_two_packs_is_no_choice(made: Callable[..., Ask]) -> None:
    ask = made(left=ONE.format("a", "1850-01-01"), right=ONE.format("b", "1850-01-01"))
    assert told(ask("how old was Ida Holm when she died?")) == "50"


def test_an_age_in_the_expedition_agrees_with_what_its_chronicle_says(polar: Ask) -> None:
    # "Halvard Tavelund dies at 64 in Port Sorrel."
    assert told(polar("how old was Halvard Tavelund when he died?")) == "64"


HOSTILE = [
    "how old was",
    "how old was ?",
    'how old was "Halla Vrede" AND NEAR(',
    "how old was Halla Vrede when * OR -1",
    "how old was Halla Vrede in 0",
    "how old was Halla Vrede in 99999",
    "how old was Halla Vrede on 31 June 1880",
    "how old was Halla Vrede when " + "she " * 60,
    "'s age",
]


@pytest.mark.parametrize("asked", HOSTILE)
def test_odd_input_gets_no_age_but_the_one_at_death(parish: Ask, asked: str) -> None:
    assert told(parish(asked)) in ("", "59")
