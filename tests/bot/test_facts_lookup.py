"""Free questions: what is told, whose views, what is counted, what comes near, and nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.lookups.facts import MOST_FACTS
from bot.nothing_told import MOST_NEAR
from bot.reply import Note, Outcome, Reply

Ask = Callable[..., Reply]

FENS = """
[[entity]]
kind = "person"
name = "Halla Vrede"
description = "Cartographer of the fens."
text = "Halla Vrede slept in a boat. She carried a lantern of green glass. She owned 40 geese."

[[entity]]
kind = "person"
name = "Bera Loft"
description = "Baker who burned the toll house."

[[entity]]
kind = "person"
name = "Joram Kist"
description = "Engraver."

[[entity]]
kind = "person"
name = "Ove Linden"
description = "Hermit."

[[entity]]
kind = "event"
name = "Long Frost"
description = "A winter without a thaw."
text = "Nobody foresaw the Long Frost. The Long Frost lasted eleven weeks."

[[entity]]
kind = "concept"
name = "The Weir Question"
description = "The dispute over who broke the weir."
text = "Halla Vrede accuses Joram Kist. Ove Linden holds that the frost broke the weir."

[[entity]]
kind = "concept"
name = "Heron Theory"
description = "The belief that herons foretell floods."

[[event]]
id = "weir"
date = "1871-02-03"
text = "The weir of Skarnby breaks under drifting ice."
places = ["Skarnby"]

[[event]]
id = "boat"
date = "1872-04-01"
text = "Halla Vrede sells her boat at the spring market."
people = ["Halla Vrede"]

[[event]]
id = "flood-1"
date = "1800-03-01"
text = "A flood drowns the orchard of the abbey."

[[event]]
id = "flood-2"
date = "1850-03-01"
text = "A flood drowns the barley of the abbey."

[[event]]
id = "flood-3"
date = "1900-03-01"
text = "A flood drowns the cellar of the abbey."

[[event]]
id = "prize"
date = "1880-06-01"
kind = "prize"
text = "Joram Kist takes the gold medal of the Reed Fair."
people = ["Joram Kist"]

[[event]]
id = "petition"
date = "1881-06-01"
kind = "letter"
text = "Joram Kist petitions the Duke for a bridge."
people = ["Joram Kist"]

[[event]]
id = "bridge"
date = "1884-06-01"
text = "Workmen finish the bridge over the Ule."
"""


@pytest.fixture
def fens(made: Callable[..., Ask]) -> Ask:
    return made(fens=FENS)


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def notes(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


def text(reply: Reply) -> str:
    return " ".join(item.text for item in reply.items)


# -- what is told ---------------------------------------------------------------------------------

TOLD = [
    ("why did the weir of Skarnby break?", "weir"),
    ("how come the weir broke under ice?", "weir"),
    ("what broke the weir in Skarnby", "weir"),
    ("what did Halla Vrede sell at the market?", "boat"),
    ("to whom did Halla Vrede sell her boat at the market", "boat"),
    ("which medal did Joram Kist win?", "prize"),
    ("what did Joram Kist petition for", "petition"),
    ("who burned the toll house?", "bera-loft"),
    ("what did Halla Vrede carry?", "halla-vrede"),
    ("Joram Kist petition", "petition"),
    ("halla vrede's lantern", "halla-vrede"),
]


@pytest.mark.parametrize(("asked", "key"), TOLD, ids=[asked for asked, _ in TOLD])
def test_a_question_is_answered_by_what_says_it(fens: Ask, asked: str, key: str) -> None:
    reply = fens(asked)
    assert reply.outcome is Outcome.FOUND
    assert ids(reply)[0] == key


def test_of_an_entry_only_the_sentence_that_answers_is_told(fens: Ask) -> None:
    told = text(fens("what colour of glass had the lantern of Halla Vrede?"))
    assert "green glass" in told
    assert "geese" not in told


def test_an_event_has_its_whole_date_before_it(fens: Ask) -> None:
    assert fens("why did the weir of Skarnby break?").items[0].label == "3 February 1871"


def test_what_somebody_did_in_a_year_is_asked_of_that_year(fens: Ask) -> None:
    assert ids(fens("why did Joram Kist petition the Duke in 1881?")) == ["petition"]
    reply = fens("why did Joram Kist petition the Duke in 1799?")
    assert "petition" not in ids(reply) or reply.outcome is Outcome.NOT_FOUND


def test_an_answer_holds_a_few_facts_at_most(made: Callable[..., Ask]) -> None:
    events = "\n".join(
        f'[[event]]\nid = "e{n}"\ndate = "18{n:02}-01-01"\ntext = "A heron nests at sluice {n}."'
        for n in range(10, 40)
    )
    assert 1 <= len(made(many=events)("why did the heron nest?").items) <= MOST_FACTS


# -- the first and the last -----------------------------------------------------------------------

IN_TIME = [
    ("what did the first flood of the abbey drown?", "flood-1"),
    ("what did the earliest flood of the abbey drown?", "flood-1"),
    ("what did the last flood of the abbey drown?", "flood-3"),
    ("what did the latest flood of the abbey drown?", "flood-3"),
]


@pytest.mark.parametrize(("asked", "key"), IN_TIME, ids=[asked for asked, _ in IN_TIME])
def test_the_first_or_the_last_is_told_alone(fens: Ask, asked: str, key: str) -> None:
    assert ids(fens(asked)) == [key]


# -- how many, how long ---------------------------------------------------------------------------

COUNTED = [
    ("how many geese did Halla Vrede own?", "40 geese"),
    ("how long did the Long Frost last?", "eleven weeks"),
]


@pytest.mark.parametrize(("asked", "words"), COUNTED, ids=[asked for asked, _ in COUNTED])
def test_a_number_is_told_where_one_is_asked_for(fens: Ask, asked: str, words: str) -> None:
    reply = fens(asked)
    assert reply.outcome is Outcome.FOUND
    assert words in reply.items[0].text


def test_of_two_facts_the_one_with_a_number_comes_first(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[event]]\nid = "b"\ndate = "1900-01-02"\ntext = "Herons nest in plenty."\n'
        '[[event]]\nid = "a"\ndate = "1900"\ntext = "Herons nest by the dozen."\n'
        '[[event]]\nid = "c"\ndate = "1901-01-02"\ntext = "Cranes leave."\n'
    )
    assert ids(ask("how many herons nest?"))[0] == "a"


# -- claims ---------------------------------------------------------------------------------------

CLAIMS = [
    "did Joram Kist break the weir?",
    "is it true that Joram Kist broke the weir?",
    "was it true that the frost broke the weir?",
    "true or false: Joram Kist broke the weir",
    "was the weir broken by Joram Kist?",
    "could Joram Kist have broken the weir?",
    "didn't Joram Kist break the weir?",
]


@pytest.mark.parametrize("asked", CLAIMS)
def test_a_claim_is_answered_by_the_views_with_whose_they_are(fens: Ask, asked: str) -> None:
    reply = fens(asked)
    assert (reply.outcome, ids(reply)) == (Outcome.FOUND, ["the-weir-question"])
    assert "Halla Vrede accuses Joram Kist." in text(reply)
    assert "Ove Linden holds that the frost broke the weir." in text(reply)


@pytest.mark.parametrize("asked", CLAIMS)
def test_a_claim_gets_no_verdict_of_ours(fens: Ask, asked: str) -> None:
    reply = fens(asked)
    assert not notes(reply)
    assert not text(reply).startswith(("Yes", "No"))


def test_a_claim_that_no_view_touches_is_answered_by_what_is_told(fens: Ask) -> None:
    assert ids(fens("did Joram Kist petition the Duke?")) == ["petition"]


def test_a_claim_of_which_nothing_is_told_is_not_answered_by_another_dispute(fens: Ask) -> None:
    reply = fens("did Bera Loft poison the bishop of Skarnby?")
    assert reply.outcome is Outcome.NOT_FOUND
    assert {"the-weir-question", "heron-theory"}.isdisjoint(ids(reply))


# -- nothing told ---------------------------------------------------------------------------------


def test_what_says_part_of_it_is_told_as_near_and_not_as_the_answer(fens: Ask) -> None:
    reply = fens("why did Halla Vrede sell the boat to the bishop for velvet?")
    assert reply.outcome is Outcome.NOT_FOUND
    assert [part.text for part in reply.parts if isinstance(part, Note)] == [
        "The library (fens) doesn't tell that.",
        "Nearest to it:",
    ]
    assert ids(reply) == ["boat"]


def test_what_is_near_concerns_whoever_was_named(fens: Ask) -> None:
    reply = fens("why did Ove Linden sell the boat to the bishop for velvet?")
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())


def test_no_more_than_a_few_are_told_as_near(made: Callable[..., Ask]) -> None:
    person = '[[entity]]\nkind = "person"\nname = "Ida Holm"\n'
    events = "\n".join(
        f'[[event]]\nid = "e{n}"\ndate = "18{n}-01-01"\npeople = ["Ida Holm"]\n'
        f'text = "Ida Holm paints gate {n}."'
        for n in range(10, 20)
    )
    reply = made(many=person + events)("why did Ida Holm paint gates with purple treacle?")
    assert reply.outcome is Outcome.NOT_FOUND
    assert len(reply.items) <= MOST_NEAR


NOTHING = [
    "why did Halla Vrede learn to juggle?",
    "how many trombones did Joram Kist own?",
    "which opera did Ove Linden conduct?",
    "what did Bera Loft sing?",
]


@pytest.mark.parametrize("asked", NOTHING)
def test_where_nothing_is_told_that_is_said_with_whom_the_library_knows(
    fens: Ask, asked: str
) -> None:
    reply = fens(asked)
    assert reply.outcome is Outcome.NOT_FOUND
    assert notes(reply).startswith("The library (fens) doesn't tell that.")
    assert [str(fens(choice).title) in asked for choice in reply.choices] == [True]


@pytest.mark.parametrize(
    "asked",
    ["why do trombones buzz?", "how many trombones are there", "which opera is the best", "why?"],
)
def test_what_is_about_nothing_in_the_library_is_not_understood(fens: Ask, asked: str) -> None:
    assert (fens(asked).outcome, fens(asked).items) == (Outcome.INVALID, ())


def test_who_is_described_by_words_that_nobody_fits_is_nobody(fens: Ask) -> None:
    reply = fens("who was the admiral of the fens with the wooden leg?")
    assert reply.outcome is Outcome.NOT_FOUND
    assert reply.items == ()


# -- odd input ------------------------------------------------------------------------------------

HOSTILE = [
    'why did "Halla Vrede" OR * NEAR(boat, 2) sell -',
    "why did Halla Vrede AND OR NOT sell her boat",
    "why names : (Halla) sell",
    "why did Halla Vrede' ; DROP TABLE event; --",
    "why ^Halla {boat} [boat] +sell",
    "why \u202edid Halla\u200b Vrede sell\ufeff her boat",
    "why did Halla Vrede sell her bo\u0061\u0301t 🚣 🚣🏽\u200d♀️",
    "why " + "boat " * 58,
    "how many " + "Halla Vrede " * 24,
    "why did Halla Vrede sell % _ % her boat",
]


@pytest.mark.parametrize("asked", HOSTILE, ids=ascii)
def test_what_looks_like_syntax_is_words(fens: Ask, asked: str) -> None:
    assert set(ids(fens(asked))) <= {"boat", "halla-vrede"}


def test_a_long_question_costs_no_more_statements_than_a_dozen_words(fens: Ask) -> None:
    connection = fens.answerer.store._connection  # type: ignore[attr-defined]

    def cost(letter: str, count: int) -> int:
        """Return how many look-ups of words a question of so many unknown words makes."""
        words = [f"{letter}{one}{two}ordle" for one in "aeiou" for two in "bcdfgh"][:count]
        statements: list[str] = []
        connection.set_trace_callback(statements.append)
        try:
            fens("why did Halla Vrede " + " ".join(words))
        finally:
            connection.set_trace_callback(None)
        # which words are told at all is asked of each; what is looked up for them is bounded
        return sum("MATCH" in one and "SELECT 1" not in one for one in statements)

    assert 0 < cost("m", 3) < cost("k", 12)
    assert cost("p", 30) <= cost("t", 12)


def test_facts_of_two_packs_answer_together(made: Callable[..., Ask]) -> None:
    one = '[[event]]\nid = "e"\ndate = "{}-01-01"\ntext = "Herons nest on the {} sluice."\n'
    rest = '[[event]]\nid = "f"\ndate = "1700"\ntext = "Cranes leave the marsh."\n'
    ask = made(left=one.format("1800", "upper") + rest, right=one.format("1801", "lower") + rest)
    assert {item.id for item in ask("why do herons nest on the sluice?").items} == {
        "left/e",
        "right/e",
    }
