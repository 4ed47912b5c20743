"""Two names: what one is to the other, and what the library tells of both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]

COURT = """
[[entity]]
kind = "person"
name = "Torvil Brunholt"
description = "Miller."
relations = [{ kind = "host", to = "Agda Storm" }]

[[entity]]
kind = "person"
name = "Agda Storm"
description = "Weaver."
relations = [
  { kind = "wife", to = "Torvil Brunholt" },
  { kind = "enemy", to = "Torvil Brunholt" },
]

[[entity]]
kind = "person"
name = "Nils Farrow"
description = "Smith."

[[entity]]
kind = "person"
name = "Petra Malm"
description = "Chandler, of whom Gustav Rood painted nine portraits."

[[entity]]
kind = "person"
name = "Gustav Rood"
description = "Painter."

[[entity]]
kind = "person"
name = "Ove Linden"
description = "Hermit."

[[entity]]
kind = "concept"
name = "The Weir Question"
description = "Whether Nils Farrow or Ove Linden broke the weir."

[[entity]]
kind = "organisation"
name = "Harvest Guild"
description = "A union."

[[event]]
id = "fair"
date = "1840-05-01"
text = "Torvil Brunholt and Nils Farrow wrestle at the fair."
people = ["Torvil Brunholt", "Nils Farrow"]

[[event]]
id = "peace"
date = "1841-05-01"
text = "Nils Farrow shoes the horse of Torvil Brunholt."
people = ["Nils Farrow", "Torvil Brunholt"]

[[event]]
id = "joins"
date = "1842"
text = "Nils Farrow joins the Harvest Guild."
people = ["Nils Farrow"]
things = ["Harvest Guild"]

[[event]]
id = "alone"
date = "1843"
text = "Agda Storm weaves the altar cloth."
people = ["Agda Storm"]
"""


@pytest.fixture
def court(made: Callable[..., Ask]) -> Ask:
    return made(court=COURT)


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def notes(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


BOTH = [
    "Torvil Brunholt and Nils Farrow",
    "torvil brunholt and nils farrow",
    "Torvil Brunholt & Nils Farrow",
    "Torvil Brunholt vs Nils Farrow",
    "Torvil Brunholt vs. Nils Farrow",
    "Torvil Brunholt versus Nils Farrow?",
    "the relationship between Torvil Brunholt and Nils Farrow",
    "what was the relationship between Torvil Brunholt and Nils Farrow?",
    "the friendship of Torvil Brunholt and Nils Farrow",
    "any connection between Torvil Brunholt and Nils Farrow?",
    "Torvil Brunholt's relationship with Nils Farrow",
    "Torvil Brunholt's influence on Nils Farrow",
    "Torvill Brunholt and Nils Farow",
]


@pytest.mark.parametrize("asked", BOTH)
def test_events_of_both_are_told_in_order_and_of_one_alone_not(court: Ask, asked: str) -> None:
    reply = court(asked)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "Torvil Brunholt and Nils Farrow")
    assert [item.date for item in reply.items if item.date] == ["1840-05-01", "1841-05-01"]


def test_the_names_head_the_answer_in_the_order_in_which_they_were_asked(court: Ask) -> None:
    assert Heading("Nils Farrow and Torvil Brunholt") in (
        court("Nils Farrow and Torvil Brunholt").parts
    )


def test_what_each_is_to_the_other_is_told_from_both_sides(court: Ask) -> None:
    said = notes(court("Torvil Brunholt and Agda Storm"))
    assert "Torvil Brunholt: host of Agda Storm." in said
    assert "Agda Storm: wife and enemy of Torvil Brunholt." in said


def test_a_relation_is_enough_without_an_event(court: Ask) -> None:
    reply = court("Agda Storm and Torvil Brunholt")
    assert (reply.outcome, [item.date for item in reply.items if item.date]) == (Outcome.FOUND, [])


def test_an_entry_of_one_that_names_the_other_is_told(court: Ask) -> None:
    reply = court("Petra Malm and Gustav Rood")
    assert (reply.outcome, ids(reply)) == (Outcome.FOUND, ["petra-malm"])


def test_a_question_that_concerns_both_is_told(court: Ask) -> None:
    assert ids(court("Nils Farrow and Ove Linden")) == ["the-weir-question"]


def test_a_person_and_a_thing_may_be_asked_for_too(court: Ask) -> None:
    assert ids(court("Nils Farrow and the Harvest Guild")) == ["joins"]


ASKED_OF_BOTH = [
    "how did Torvil Brunholt know Nils Farrow?",
    "how did Torvil Brunholt meet Nils Farrow",
    "did Torvil Brunholt ever meet Nils Farrow?",
    "what did Torvil Brunholt think of Nils Farrow?",
    "what did Torvil Brunholt say about Nils Farrow",
    "how did Torvil Brunholt treat Nils Farrow?",
]


@pytest.mark.parametrize("asked", ASKED_OF_BOTH)
def test_a_question_of_one_about_the_other_tells_at_least_what_both_did(
    court: Ask, asked: str
) -> None:
    reply = court(asked)
    assert reply.outcome is Outcome.FOUND
    assert {"fair", "peace"} <= set(ids(reply))


NOTHING = [
    "Agda Storm and Nils Farrow",
    "Agda Storm and the Harvest Guild",
    "Ove Linden and Torvil Brunholt",
    "did Agda Storm ever meet Ove Linden?",
    "what did Agda Storm think of Ove Linden?",
]


@pytest.mark.parametrize("asked", NOTHING)
def test_where_nothing_joins_them_nothing_is_told(court: Ask, asked: str) -> None:
    reply = court(asked)
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())
    assert "doesn't tell that" in notes(reply)
    assert len(reply.choices) == 2


@pytest.mark.parametrize(
    "asked",
    [
        "Torvil Brunholt and Torvil Brunholt",
        "Torvil Brunholt and Wenzel Prokop",
        "Wenzel and Zdenka",
    ],
)
def test_one_known_name_makes_no_pair(court: Ask, asked: str) -> None:
    assert court(asked).title != asked
    assert not any(item.date for item in court(asked).items)


def test_a_name_that_holds_the_word_and_is_one_name(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "work"\nname = "Salt and Smoke"\ndescription = "A play."\n'
        '[[entity]]\nkind = "work"\nname = "Salt"\ndescription = "A poem."\n'
        '[[entity]]\nkind = "work"\nname = "Smoke"\ndescription = "A song."'
    )
    assert ask("Salt and Smoke").title == "Salt and Smoke"
    assert ids(ask("Salt and Smoke")) == ["salt-and-smoke"]


def test_of_a_shared_name_whoever_has_to_do_with_the_other_is_meant(
    made: Callable[..., Ask],
) -> None:
    ask = made(
        one='[[entity]]\nid = "a"\nkind = "person"\nname = "Ida Holm"\nborn = "1850"\nweight = 3\n'
        '[[entity]]\nid = "b"\nkind = "person"\nname = "Ida Holm"\nborn = "1901"\n'
        'relations = [{ kind = "friend", to = "Eva Sund" }]\n'
        '[[entity]]\nkind = "person"\nname = "Eva Sund"\n'
    )
    assert "friend of Eva Sund" in notes(ask("Ida Holm and Eva Sund"))


def test_two_packs_that_tell_of_the_pair_are_both_told(made: Callable[..., Ask]) -> None:
    one = (
        '[[entity]]\nkind = "person"\nname = "Ida Holm"\nborn = "1850"\n'
        '[[entity]]\nkind = "person"\nname = "Eva Sund"\nborn = "1851"\n'
        '[[event]]\nid = "e"\ndate = "{0}"\ntext = "Ida Holm races Eva Sund in {0}."\n'
        'people = ["Ida Holm", "Eva Sund"]\n'
    )
    ask = made(left=one.format("1870"), right=one.format("1871"))
    assert {item.date for item in ask("Ida Holm and Eva Sund").items} == {"1870", "1871"}


def test_a_pair_of_the_expedition(polar: Ask) -> None:
    reply = polar("Halvard Tavelund and Eskil Rangvald")
    assert "Eskil Rangvald: rival of Halvard Tavelund." in notes(reply)
    assert "polar-expedition/eight-days-march" in [item.id for item in reply.items]


@pytest.mark.parametrize(
    "asked",
    [
        "and and and",
        "& & &",
        "Torvil Brunholt and",
        'Torvil Brunholt and "Nils OR *',
        "Torvil Brunholt and Nils Farrow and Agda Storm",
        "Torvil " + "and Nils " * 30,
        "between and",
    ],
)
def test_odd_input_gets_nobody_who_was_not_named(court: Ask, asked: str) -> None:
    assert {"gustav-rood", "petra-malm", "ove-linden"}.isdisjoint(ids(court(asked)))
