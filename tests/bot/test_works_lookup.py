"""Books, films and the like: by somebody, about somebody, of a sort."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]

SHELF = """
[[entity]]
kind = "person"
name = "Oddny Kverne"
description = "Novelist."
relations = [
  { kind = "author", to = "The White Meridian" },
  { kind = "co-author", to = "Salt and Smoke" },
  { kind = "editor", to = "The Northern Lamp" },
  { kind = "founder", to = "Pen Circle" },
]

[[entity]]
kind = "person"
name = "Bruno Valk"
description = "Film-maker."
relations = [
  { kind = "director", to = "Ice at Noon" },
  { kind = "co-author", to = "Salt and Smoke" },
]

[[entity]]
kind = "person"
name = "Halvard Tave"
description = "Explorer."

[[entity]]
kind = "person"
name = "Nanna Gry"
description = "Reader, who made nothing."

[[entity]]
kind = "organisation"
name = "Pen Circle"
description = "A club."

[[entity]]
kind = "work"
name = "The White Meridian"
description = "A novel of a captain who walks alone."

[[entity]]
kind = "work"
name = "Salt and Smoke"
description = "A play in verse."

[[entity]]
kind = "work"
name = "The Northern Lamp"
description = "A monthly magazine."

[[entity]]
kind = "work"
name = "Ice at Noon"
description = "A film of the winter camp."
relations = [{ kind = "film", to = "Halvard Tave" }]

[[entity]]
kind = "work"
name = "Tave of the Ice"
description = "A biography in three volumes."
relations = [{ kind = "biography", to = "Halvard Tave" }]

[[entity]]
kind = "work"
name = "Songs from the Camp"
description = "An album whose last song mourns Halvard Tave."

# the author is told on the side of the work
[[entity]]
kind = "work"
name = "Letters to a Whale"
description = "An essay on patience."
relations = [{ kind = "book", to = "Oddny Kverne" }]

# no work, though it names him
[[entity]]
kind = "place"
name = "Tave Bay"
description = "A bay that Halvard Tave named after himself."
"""

WHITE_MERIDIAN, SALT, LAMP, LETTERS = (
    "the-white-meridian",
    "salt-and-smoke",
    "the-northern-lamp",
    "letters-to-a-whale",
)
HERS = sorted([WHITE_MERIDIAN, SALT, LAMP, LETTERS])
ABOUT_HIM = sorted(["ice-at-noon", "tave-of-the-ice", "songs-from-the-camp"])


@pytest.fixture
def shelf(made: Callable[..., Ask]) -> Ask:
    return made(shelf=SHELF)


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def notes(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


BY = [
    "works by Oddny Kverne",
    "what works did Oddny Kverne write?",
    "what did Oddny Kverne write?",
    "what has Oddny Kverne written",
    "Oddny Kverne's works",
    "Oddny Kverne’s writings",
    "all works by oddny kverne",
    "list of publications by Oddny Kverne",
    "which texts were written by Oddny Kverne?",
    "what stuff did Kverne publish",
    "works by Oddny Kvernne",
]


@pytest.mark.parametrize("asked", BY, ids=ascii)
def test_all_that_somebody_made_is_told_from_either_side(shelf: Ask, asked: str) -> None:
    reply = shelf(asked)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "Works by Oddny Kverne")
    assert sorted(ids(reply)) == HERS


ABOUT = [
    "works about Halvard Tave",
    "which works are there about Halvard Tave?",
    "any works on Halvard Tave",
    "are there any works about halvard tave?",
    "what texts exist about Tave",
    "recommend me some publications about Halvard Tave",
]


@pytest.mark.parametrize("asked", ABOUT)
def test_all_that_is_about_somebody_is_told_and_no_thing_else(shelf: Ask, asked: str) -> None:
    reply = shelf(asked)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "Works about Halvard Tave")
    assert sorted(ids(reply)) == ABOUT_HIM


def test_what_is_said_to_be_about_somebody_comes_before_what_only_names_them(shelf: Ask) -> None:
    assert ids(shelf("works about Halvard Tave"))[-1] == "songs-from-the-camp"


def test_the_heading_is_the_title(shelf: Ask) -> None:
    reply = shelf("films about Halvard Tave")
    assert reply.parts[0] == Heading("Films about Halvard Tave")
    assert reply.title == "Films about Halvard Tave"


SORTS = [
    ("books by Oddny Kverne", [LETTERS, WHITE_MERIDIAN]),
    ("Oddny Kverne's novels", [WHITE_MERIDIAN]),
    ("which novels did Oddny Kverne write?", [WHITE_MERIDIAN]),
    ("plays by Oddny Kverne", [SALT]),
    ("what plays did Bruno Valk write", [SALT]),
    ("papers edited by Oddny Kverne", [LAMP]),
    ("articles by Oddny Kverne", [LETTERS]),
    ("films by Bruno Valk", ["ice-at-noon"]),
    ("what movies did Bruno Valk direct?", ["ice-at-noon"]),
    ("films directed by Bruno Valk", ["ice-at-noon"]),
    ("films about Halvard Tave", ["ice-at-noon"]),
    ("is there a movie about Halvard Tave?", ["ice-at-noon"]),
    ("are there any songs about Halvard Tave", ["songs-from-the-camp"]),
    ("biographies of Halvard Tave", ["tave-of-the-ice"]),
    ("who wrote books about Halvard Tave", ["tave-of-the-ice"]),
]


@pytest.mark.parametrize(("asked", "keys"), SORTS, ids=[asked for asked, _ in SORTS])
def test_of_a_sort_only_those_that_are_said_to_be_of_it_are_told(
    shelf: Ask, asked: str, keys: list[str]
) -> None:
    reply = shelf(asked)
    assert (reply.outcome, sorted(ids(reply))) == (Outcome.FOUND, keys)


def test_where_none_is_of_the_sort_all_are_told_and_that_is_said(shelf: Ask) -> None:
    reply = shelf("songs by Oddny Kverne")
    assert (reply.title, sorted(ids(reply))) == ("Works by Oddny Kverne", HERS)
    assert "None of these is said to be of the sort asked for: songs." in notes(reply)


def test_where_some_are_of_the_sort_nothing_is_said_of_the_others(shelf: Ask) -> None:
    assert notes(shelf("novels by Oddny Kverne")) == ""


def test_what_is_excepted_does_not_hinder(shelf: Ask) -> None:
    asked = "works by Oddny Kverne besides The White Meridian"
    assert set(ids(shelf(asked))) >= {SALT, LAMP}


def test_an_own_work_is_not_told_as_one_about_its_maker(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Ida Holm"\n'
        'relations = [{ kind = "author", to = "My Years" }]\n'
        '[[entity]]\nkind = "work"\nname = "My Years"\ndescription = "Memoirs of Ida Holm."\n'
        '[[entity]]\nkind = "work"\nname = "The Holm Case"\ndescription = "A play on Ida Holm."'
    )
    assert ids(ask("works about Ida Holm")) == ["the-holm-case"]
    assert ids(ask("works by Ida Holm")) == ["my-years"]


def test_a_work_with_two_relations_to_its_maker_is_told_once(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Ida Holm"\nrelations = ['
        '{ kind = "author", to = "My Years" }, { kind = "publisher", to = "My Years" }]\n'
        '[[entity]]\nkind = "work"\nname = "My Years"\ndescription = "Memoirs."\n'
        'relations = [{ kind = "book", to = "Ida Holm" }]'
    )
    assert ids(ask("works by Ida Holm")) == ["my-years"]


def test_of_a_surname_whoever_has_works_is_meant(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Ada Holm"\nweight = 3\n'
        '[[entity]]\nkind = "person"\nname = "Ida Holm"\n'
        'relations = [{ kind = "author", to = "My Years" }]\n'
        '[[entity]]\nkind = "work"\nname = "My Years"\ndescription = "Memoirs."'
    )
    assert ids(ask("works by Holm")) == ["my-years"]


def test_works_of_one_person_that_two_packs_tell_of_are_all_told(made: Callable[..., Ask]) -> None:
    one = (
        '[[entity]]\nkind = "person"\nname = "Ida Holm"\nborn = "1850"\n'
        'relations = [{{ kind = "author", to = "{0}" }}]\n'
        '[[entity]]\nkind = "work"\nname = "{0}"\ndescription = "A novel."\n'
    )
    ask = made(left=one.format("My Years"), right=one.format("Your Years"))
    assert sorted(item.id for item in ask("works by Ida Holm").items) == [
        "left/my-years",
        "right/your-years",
    ]


NONE = [
    "works by Nanna Gry",
    "what did Nanna Gry write?",
    "books by Halvard Tave",
    "films about Nanna Gry",
    "works about Bruno Valk",
]


@pytest.mark.parametrize("asked", NONE)
def test_where_no_work_is_known_none_is_told(shelf: Ask, asked: str) -> None:
    reply = shelf(asked)
    assert reply.outcome is Outcome.NOT_FOUND
    assert "doesn't tell that" in notes(reply)


@pytest.mark.parametrize("asked", ["books by Wenzel Prokop", "films about Zdenka", "books by"])
def test_a_stranger_has_no_works(shelf: Ask, asked: str) -> None:
    reply = shelf(asked)
    assert reply.outcome in (Outcome.NOT_FOUND, Outcome.INVALID)
    assert reply.items == ()


@pytest.mark.parametrize(
    "asked",
    [
        'works by "Oddny Kverne" OR *',
        "works by Oddny Kverne NEAR(novel)",
        "works by " + "by " * 60,
        "books about about about",
        "works by \u202eKverne",
    ],
    ids=ascii,
)
def test_odd_input_gets_no_works_of_others(shelf: Ask, asked: str) -> None:
    assert set(ids(shelf(asked))) <= {*HERS, "oddny-kverne"}
