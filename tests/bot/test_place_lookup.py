"""Where somebody was born, died and lived, and where something was held."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]

ATLAS = """
[[entity]]
kind = "person"
name = "Halla Vrede"
description = "Cartographer of the fens."

[[entity]]
kind = "person"
name = "Joram Kist"
description = "Engraver, who never says where he comes from."

[[entity]]
kind = "person"
name = "Bera Loft"
born = "1822-07-01"
description = "Of whom the day is known and not the place."

[[entity]]
kind = "place"
name = "Skarnby"
description = "A market town on stilts."

[[entity]]
kind = "place"
name = "Port Ule"
description = "A harbour."

[[entity]]
kind = "place"
name = "Duke's Sluice"
description = "The lock where the Reed Canal meets the sea."

[[entity]]
kind = "trial"
name = "Trial of the Eelers"
description = "A trial about eels."

[[entity]]
kind = "work"
name = "Atlas of Reeds"
description = "Kept in the cellar of the Dyke Museum."

[[event]]
id = "born"
date = "1850-03-10"
kind = "birth"
text = "Halla Vrede is born in Skarnby."
people = ["Halla Vrede"]
places = ["Skarnby"]

[[event]]
id = "settles"
date = "1871"
text = "Halla Vrede lives in Port Ule above a chandler's shop."
people = ["Halla Vrede"]
places = ["Port Ule"]

[[event]]
id = "trial"
date = "1880-05-02"
end = "1880-05-04"
kind = "trial"
text = "The Trial of the Eelers is held in Port Ule."
people = ["Joram Kist"]
places = ["Port Ule"]
things = ["Trial of the Eelers"]

[[event]]
id = "survey"
date = "1890"
text = "Halla Vrede measures the dykes of Skarnby and Port Ule."
people = ["Halla Vrede"]
places = ["Skarnby", "Port Ule"]

[[event]]
id = "dies"
date = "1910-03-09"
kind = "death"
text = "Halla Vrede dies in Port Ule."
people = ["Halla Vrede"]
places = ["Port Ule"]

[[event]]
id = "kist-dies"
date = "1911"
kind = "death"
text = "Joram Kist dies at sea."
people = ["Joram Kist"]

# another one's birth, at which she has a part
[[event]]
id = "child"
date = "1875-01-01"
kind = "birth"
text = "Odo Vrede is born in Port Ule, and Halla Vrede is his godmother."
people = ["Odo Vrede", "Halla Vrede"]
places = ["Port Ule"]
"""


@pytest.fixture
def atlas(made: Callable[..., Ask]) -> Ask:
    return made(atlas=ATLAS)


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def notes(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


BORN = [
    "where was Halla Vrede born?",
    "Where was halla vrede born",
    "where is Halla Vrede born",
    "and where was Halla Vrede born?",
    "in which town was Halla Vrede born?",
    "in what place was Halla Vrede born",
    "which town was Halla Vrede born in?",
    "Halla Vrede's birthplace",
    "Halla Vrede’s birthplace?",
    "what was the birthplace of Halla Vrede?",
    "place of birth of Halla Vrede",
    "what was Halla Vrede's place of birth?",
    "where was Hallla Vrede born?",
]


@pytest.mark.parametrize("asked", BORN, ids=ascii)
def test_where_somebody_was_born_is_told_by_the_event_of_their_own_birth(
    atlas: Ask, asked: str
) -> None:
    reply = atlas(asked)
    assert (reply.outcome, reply.title, ids(reply)) == (Outcome.FOUND, "Skarnby", ["born"])


DIED = [
    "where did Halla Vrede die?",
    "where has Halla Vrede died",
    "in which city did Halla Vrede die",
    "where did Halla Vrede pass away?",
    "place of death of Halla Vrede",
    "Halla Vrede's place of death",
]


@pytest.mark.parametrize("asked", DIED)
def test_where_somebody_died_is_told(atlas: Ask, asked: str) -> None:
    reply = atlas(asked)
    assert (reply.outcome, reply.title, ids(reply)) == (Outcome.FOUND, "Port Ule", ["dies"])


OTHERS = [
    ("where did Halla Vrede live?", "Port Ule", "settles"),
    ("where was the Trial of the Eelers held?", "Port Ule", "trial"),
    ("where did the Trial of the Eelers take place", "Port Ule", "trial"),
    ("where was Joram Kist on trial?", "Port Ule", "trial"),
]


@pytest.mark.parametrize(("asked", "place", "event"), OTHERS)
def test_where_something_happened_is_told_by_its_event(
    atlas: Ask, asked: str, place: str, event: str
) -> None:
    reply = atlas(asked)
    assert (reply.outcome, reply.title, ids(reply)[0]) == (Outcome.FOUND, place, event)


def test_the_place_heads_the_answer(atlas: Ask) -> None:
    assert atlas("where was Halla Vrede born").parts[0] == Heading("Skarnby")


def test_an_event_of_two_places_names_both(atlas: Ask) -> None:
    title = str(atlas("where did Halla Vrede measure the dykes?").title)
    assert title.startswith("Skarnby")
    assert title.endswith("Port Ule")


def test_a_place_that_is_asked_for_is_explained(atlas: Ask) -> None:
    reply = atlas("where is Skarnby?")
    assert (reply.outcome, reply.title, ids(reply)) == (Outcome.FOUND, "Skarnby", ["skarnby"])


def test_a_place_is_found_by_what_its_entry_says(atlas: Ask) -> None:
    reply = atlas("where does the Reed Canal meet the sea?")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "Duke's Sluice")


def test_where_no_event_tells_a_sentence_of_an_entry_may(atlas: Ask) -> None:
    reply = atlas("where is the Atlas of Reeds kept?")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "Atlas of Reeds")


NOT_TOLD = [
    ("where was Joram Kist born?", "no birth"),
    ("where was Bera Loft born?", "a birth without a place"),
    ("where did Bera Loft die?", "no death"),
    ("where was Halla Vrede buried?", "no burial"),
    ("where did Halla Vrede learn to juggle?", "no such event"),
    ("Joram Kist's birthplace", "no birth"),
]


@pytest.mark.parametrize(("asked", "why"), NOT_TOLD, ids=[f"{a} ({b})" for a, b in NOT_TOLD])
def test_a_place_that_is_not_known_is_not_told(atlas: Ask, asked: str, why: str) -> None:
    reply = atlas(asked)
    assert reply.outcome is Outcome.NOT_FOUND
    assert "doesn't tell that" in notes(reply)
    assert reply.title not in ("Skarnby", "Port Ule")


def test_a_death_whose_place_is_in_its_words_alone_is_told_by_them(atlas: Ask) -> None:
    assert "kist-dies" in ids(atlas("where did Joram Kist die?"))


def test_a_stranger_was_born_nowhere(atlas: Ask) -> None:
    for asked in ("where was Wenzel Prokop born?", "where did Zdenka die?", "Zdenka's birthplace"):
        reply = atlas(asked)
        assert reply.outcome in (Outcome.NOT_FOUND, Outcome.INVALID)
        assert reply.items == ()


@pytest.mark.parametrize("asked", ["where are you?", "where am i", "where are they", "where?"])
def test_where_somebody_is_who_talks_is_not_understood(atlas: Ask, asked: str) -> None:
    assert atlas(asked).outcome is Outcome.INVALID


# -- the expedition -------------------------------------------------------------------------------

POLAR = [
    ("where was Halvard Tavelund born?", "Port Sorrel", "tavelund-born"),
    ("where did Halvard Tavelund die?", "Port Sorrel", "tavelund-dies"),
    ("where was the keel of the Sabelvind laid?", "Port Sorrel", "keel-laid"),
    ("where was the Treaty of Port Sorrel signed?", "Port Sorrel", "treaty-signed"),
    ("where were the plates of Bexley Storr shown?", "Port Sorrel", "exhibition"),
    ("where did the sealers build huts?", "Brannoy Island", "sealers-huts"),
]


@pytest.mark.parametrize(("asked", "place", "event"), POLAR)
def test_a_place_of_the_expedition(polar: Ask, asked: str, place: str, event: str) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.title, ids(reply)[0]) == (Outcome.FOUND, place, event)


def test_the_hanged_man_is_not_said_to_have_died_where_he_was_tried(polar: Ask) -> None:
    # the execution has no place, the trial has Port Sorrel in its words
    assert polar("where did Eskil Rangvald die?").title != "Port Sorrel"


def test_of_two_of_a_name_neither_birthplace_is_told_for_the_other(polar: Ask) -> None:
    reply = polar("where was Osric Venn born?")
    asked = [polar(choice) for choice in reply.choices]
    both = {"surgeon-born", "carpenter-born"}
    assert both <= set(ids(reply)) or both <= {key for found in asked for key in ids(found)}


def test_one_person_in_two_packs_was_born_where_one_of_them_says(made: Callable[..., Ask]) -> None:
    one = '[[entity]]\nkind = "person"\nname = "Ida Holm"\n'
    born = (
        '[[event]]\nid = "b"\ndate = "1900"\nkind = "birth"\ntext = "Ida Holm is born in Ny."\n'
        'people = ["Ida Holm"]\nplaces = ["Ny"]\n'
    )
    assert made(left=one, right=one + born)("where was Ida Holm born?").title == "Ny"


HOSTILE = [
    'where was "Halla Vrede" OR * born?',
    "where was NEAR(Halla, 2) born",
    "where was Halla Vrede' --",
    "where " + "was " * 60,
    "where was \u202eHalla Vrede born",
    "birthplace of",
    "'s birthplace",
]


@pytest.mark.parametrize("asked", HOSTILE, ids=ascii)
def test_odd_input_gets_a_reply_with_its_source_or_none(atlas: Ask, asked: str) -> None:
    assert {"child", "trial"}.isdisjoint(ids(atlas(asked)))
