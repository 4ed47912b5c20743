"""/search, typed and in plain words: what holds every word, and no syntax in what is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


# -- what is found --------------------------------------------------------------------------------

FOUND = [
    # an event by words of its text, in any order and case
    ("mizzen mast", {"mast-lost"}),
    ("MAST mizzen", {"mast-lost"}),
    ("flour", {"stores-end"}),
    # a person by the name and by the description
    ("reckoned drift", {"marthe-quillon"}),
    ("supply ship", {"quillon"}),
    # other words of one stem, and no longer words that begin alike
    ("sail", {"departure", "midwinter-feast", "osric-venn-surgeon"}),
    ("sailing", {"departure", "midwinter-feast", "osric-venn-surgeon"}),
    ("sailor", {"mutiny-trial"}),
    # the people of an event, though its sentence doesn't name them
    ("Quillon thirty-one", {"departure"}),
    ("Quillon", {"marthe-quillon", "quillon", "drift-tables", "departure", "leap-day-petition"}
     | {"survey"}),
    # another name, in another script
    ("Джувек", {"ilmar-dzhuvek"}),
    ("ильмар", {"ilmar-dzhuvek"}),
    ("Polaris Minor", {"anselm-korvic"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "found"), FOUND, ids=[ascii(words) for words, _ in FOUND])
def test_finds_what_holds_every_word_and_nothing_else(
    polar: Ask, words: str, found: set[str]
) -> None:
    reply = polar(f"/search {words}")
    assert (reply.command, reply.outcome) == ("search", Outcome.FOUND)
    assert set(ids(reply)) == found
    assert len(ids(reply)) == len(found)


def test_the_heading_and_the_title_repeat_the_words(polar: Ask) -> None:
    reply = polar("/search mizzen mast")
    assert reply.parts[0] == Heading('Search: "mizzen mast"')
    assert reply.title == "mizzen mast"


def test_an_event_has_its_date_a_person_the_name_and_a_thing_itself_before_it(polar: Ask) -> None:
    (event,) = polar("/search mizzen").items
    (person,) = polar("/search astronomer").items
    (thing,) = polar("/search supply").items
    assert (event.label, event.date) == ("May 1894", "1894-05")
    assert (person.label, person.date) == ("Marthe Quillon", None)
    assert (thing.label, thing.text.startswith("Quillon is a ship")) == ("", True)


def test_every_fact_that_is_found_has_its_source(polar: Ask) -> None:
    titles = {item.citation and item.citation.source.title for item in polar("/search ice").items}
    assert titles == {"Chronicle of the Meridian", "Vellmark Almanac"}


def test_a_word_without_its_marks_finds_it_with_them(made: Callable[..., Ask]) -> None:
    ask = made(one='[[event]]\nid = "a"\ndate = "1901"\ntext = "The café of Łódź opens in Málaga."')
    assert ids(ask("/search cafe malaga")) == ["a"]
    assert ids(ask("/search CAFÉ Málaga")) == ["a"]
    assert ids(ask("/search cafe\u0301 ma\u0301laga")) == ["a"]


def test_a_passage_is_found_and_told(made: Callable[..., Ask]) -> None:
    ask = made(one='[[passage]]\nid = "p"\ntext = "Of lanterns the keeper never spoke."')
    (item,) = ask("/search lantern keeper").items
    assert (item.id, item.text) == ("one/p", "Of lanterns the keeper never spoke.")


def test_a_longer_text_of_an_entity_is_searched(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nid = "e"\nkind = "person"\nname = "Ida Holm"\ndescription = "A baker."\n'
        'text = "She kept bees.\\n\\nShe sold the lantern."'
    )
    assert ids(ask("/search bees lantern")) == ["e"]


def test_who_is_called_so_comes_before_of_whom_it_is_only_told(made: Callable[..., Ask]) -> None:
    thing = '[[entity]]\nid = "{}"\nkind = "work"\nname = "{}"\ndescription = "{}"\n'
    ask = made(
        one=thing.format("a", "Winter Tale", "A book about a lantern.")
        + thing.format("b", "Lantern", "A book about a winter.")
    )
    assert ids(ask("/search lantern")) == ["b", "a"]


def test_two_packs_with_one_id_are_both_found(made: Callable[..., Ask]) -> None:
    event = '[[event]]\nid = "same"\ndate = "{}"\ntext = "The lantern is lit in {}."'
    ask = made(left=event.format("1901", "Aldby"), right=event.format("1902", "Norby"))
    found = {item.id for item in ask("/search lantern").items}
    assert found == {"left/same", "right/same"}


# -- how much -------------------------------------------------------------------------------------


def lanterns(number: int) -> str:
    return "\n".join(
        f'[[event]]\nid = "n{n}"\ndate = "{1800 + n}"\ntext = "Lantern number {n} is lit."'
        for n in range(number)
    )


def test_at_most_fifty_are_told_and_that_there_are_more_is_said(made: Callable[..., Ask]) -> None:
    reply = made(many=lanterns(51))("/search lantern")
    assert len(reply.items) == 50
    assert "50 best" in said(reply)


def test_of_just_fifty_all_are_told_and_nothing_is_said(made: Callable[..., Ask]) -> None:
    reply = made(many=lanterns(50))("/search lantern")
    assert (len(reply.items), said(reply)) == (50, "")


def test_one_word_more_narrows_down(made: Callable[..., Ask]) -> None:
    assert ids(made(many=lanterns(60))("/search lantern 17")) == ["n17"]


# -- not every word -------------------------------------------------------------------------------


def test_where_nothing_holds_every_word_what_holds_most_is_told_as_that(polar: Ask) -> None:
    reply = polar("/search the Sabelvind lost her mizzen mast")
    assert (reply.command, reply.outcome) == ("search", Outcome.NOT_FOUND)
    assert ids(reply)[0] == "mast-lost"
    assert "Nothing in the library holds every word" in said(reply)
    assert "most of it" in said(reply)


def test_at_most_five_are_told_as_near(made: Callable[..., Ask]) -> None:
    reply = made(many=lanterns(20))("/search the lantern has been lit numbers zzyx")
    assert reply.outcome is Outcome.NOT_FOUND
    assert len(reply.items) <= 5


@pytest.mark.parametrize("words", ["zeppelin", "zeppelin hangar", "Zzyzx", "飛行船"])
def test_what_stands_nowhere_finds_nothing(polar: Ask, words: str) -> None:
    reply = polar(f"/search {words}")
    assert (reply.command, reply.outcome, reply.items) == ("search", Outcome.NOT_FOUND, ())
    assert f'"{words}"' in said(reply)


# -- nothing is syntax ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "^mizzen",
        "mizzen mast)",
        "(mizzen mast",
        "mizzen + mast",
        "mizzen-mast",
        '"mizzen mast',
        'mizzen" "mast',
        "'mizzen' mast",
        "mizzen; mast",
        "mizzen, mast!",
        "{mizzen mast}",
        "mizzen\tmast",
        "mizzen\u00a0mast",
        "mizzen\x00mast",
        "mizzen* mast",
    ],
    ids=ascii,
)
def test_signs_between_the_words_are_nothing(polar: Ask, typed: str) -> None:
    reply = polar(f"/search {typed}")
    assert (reply.outcome, ids(reply)) == (Outcome.FOUND, ["mast-lost"])


@pytest.mark.parametrize(
    "typed",
    [
        "mizzen OR flour",
        "mizzen NOT flour",
        "mizzen AND mast",
        "NEAR(mizzen mast, 2)",
        "mizz*",
        "miz",
        "names:Quillon mizzen",
        "- names : mizzen",
        "'); DROP TABLE event; --",
        "mizzen' OR '1'='1",
    ],
    ids=ascii,
)
def test_what_would_be_syntax_is_a_word_that_nothing_holds(polar: Ask, typed: str) -> None:
    reply = polar(f"/search {typed}")
    assert (reply.command, reply.outcome) == ("search", Outcome.NOT_FOUND)


@pytest.mark.parametrize("typed", ["", "   ", "?!", "...", '""', "👍", "—"], ids=ascii)
def test_no_word_at_all_asks_for_one(polar: Ask, typed: str) -> None:
    reply = polar(f"/search {typed}")
    assert (reply.command, reply.outcome, reply.items) == ("search", Outcome.INVALID, ())


def test_what_was_typed_is_repeated_without_what_a_terminal_obeys(polar: Ask) -> None:
    reply = polar("/search zep\x1b[31mpelin\u202e han\u2028gar")
    assert reply.outcome is Outcome.NOT_FOUND
    assert said(reply).isprintable()


def test_long_text_is_repeated_in_part_only(polar: Ask) -> None:
    found, lost = polar("/search " + "mizzen " * 100), polar("/search " + "zzyx" * 200)
    assert found.title is not None
    assert len(found.title) <= 60
    assert len(said(lost)) < 200


def test_a_word_typed_often_costs_no_more_than_once(polar: Ask) -> None:
    assert _statements(polar, "/search " + "mizzen " * 130) <= _statements(polar, "/search mizzen")


def test_many_unknown_words_cost_a_bounded_number_of_statements(polar: Ask) -> None:
    few, many = (
        "/search " + " ".join(f"{begin}{chr(97 + n % 26)}{n}" for n in range(number))
        for begin, number in (("zz", 30), ("yy", 150))
    )
    assert _statements(polar, many) <= 2 * _statements(polar, few)


def _statements(ask: Ask, text: str) -> int:
    connection = ask.answerer.store._connection  # type: ignore[attr-defined]
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    try:
        ask(text)
    finally:
        connection.set_trace_callback(None)
    own = [one for one in seen if not one.startswith("--")]  # those are SQLite's, within a query
    assert own
    return len(own)


# -- in plain words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        "search {}",
        "Search for {}",
        "SEARCH {}?",
        "look for {}",
        "look up {}",
        "search the library for {}",
        "grep {}",
        "please search for {}",
        "can you search for {}",
        "hey bot, search {} please",
    ],
)
def test_plain_words_search_as_the_command_does(polar: Ask, shape: str) -> None:
    reply = polar(shape.format("mizzen mast"))
    assert reply.parts == polar("/search mizzen mast").parts
    assert reply.command == "search"


@pytest.mark.parametrize("text", ["search", "searching", "look", "searchlight", "look here"])
def test_without_words_to_search_for_nothing_is_searched(polar: Ask, text: str) -> None:
    reply = polar(text)
    assert reply.outcome is not Outcome.FOUND
    assert reply.items == ()


def test_a_thing_called_like_a_search_is_that_thing(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nid = "e"\nkind = "work"\nname = "Search for Tomorrow"\n'
        'description = "A play."'
    )
    reply = ask("Search for Tomorrow")
    assert (reply.command, reply.title) == ("whowas", "Search for Tomorrow")


def test_an_empty_library_says_that_nothing_is_there(made: Callable[..., Ask]) -> None:
    reply = made(empty='[pack]\ntitle = "Nothing"')("/search lantern")
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())
