"""Plain words: the shapes of questions, asked alike of packs about quite different things."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from bot.reply import Outcome, Reply

Ask = Callable[..., Reply]


class Known(NamedTuple):
    """What a library is asked for: a day with something on it, its year, and somebody."""

    library: str
    day: str
    other_way_round: str
    month: str
    year: str
    name: str
    small: str
    surname: str
    misspelt: str


KNOWN = [
    Known(
        "polar",
        "17 March",
        "March 17th",
        "March",
        "1899",
        "Halvard Tavelund",
        "halvard tavelund",
        "Rangvald",
        "Halvart Tavelund",
    ),
    Known(
        "nobel",
        "14 March",
        "March 14th",
        "March",
        "1901",
        "Albert Einstein",
        "albert einstein",
        "Yeats",
        "Albert Einstien",
    ),
    Known(
        "trotsky",
        "21 August",
        "August 21st",
        "August",
        "1940",
        "Ramón Mercader",
        "ramon mercader",
        "Mercader",
        "Ramon Mercador",
    ),
]

DAY_SHAPES = [
    "{day}",
    "{day}?",
    "  {day}  ",
    "on {day}",
    "the {day}",
    "{other_way_round}",
    "what happened on {day}?",
    "what happened on {day}",
    "What Happened On {day}??",
    "WHAT HAPPENED ON {day}!?",
    "what   happened\ton\u00a0{day} ?",
    "what happened {day}",
    "what has happened on {day}?",
    "what all happened on {day}",
    "what happens on {day}?",
    "what happened in history on {day}",
    "what happened on the {other_way_round}...",
    "on this day {day}",
    "On this day, {day}",
    "on this day: {day}",
    "this day {day}",
    "this day in history {day}",
    "events on {day}",
    "events {other_way_round}",
]

PERIOD_SHAPES = [
    ("{month}", "{month}"),
    ("in {month}", "{month}"),
    ("what happened in {month}?", "{month}"),
    ("{year}", "{year}"),
    ("{year}?", "{year}"),
    ("what happened in {year}?", "{year}"),
    ("what happened in the year {year}", "{year}"),
    ("events in {year}", "{year}"),
]

NAME_SHAPES = [
    "who was {name}?",
    "who was {name}",
    "who is {name}?",
    "who were {name}?",
    "who's {name}?",
    "who’s {name}",
    "whos {name}",
    "Who Was {name}!?",
    "WHO WAS {name}???",
    "who   was\u00a0 {name} ?",
    "who was {small}",
    'who was "{name}"?',
    "{name}",
    "{name}?",
    "  {name} ",
    "{small}",
    "who was {misspelt}?",
    "{misspelt}",
]

TODAY_SHAPES = [
    "today",
    "Today?",
    "what happened",
    "what happened?",
    "what happened today?",
    "What happened on this day?",
    "what happened on this day in history?",
    "on this day",
    "On this day in history",
    "this day",
    "today in history",
    "this day in history",
]


def shapes(templates: list[str]) -> list[tuple[Known, str]]:
    return [(known, template) for known in KNOWN for template in templates]


def name_of(value: object) -> str:
    return value.library if isinstance(value, Known) else ascii(value)


@pytest.mark.parametrize(("known", "shape"), shapes(DAY_SHAPES), ids=name_of)
def test_asks_for_a_day(libraries: dict[str, Ask], known: Known, shape: str) -> None:
    reply = libraries[known.library](shape.format(**known._asdict()))
    assert (reply.command, reply.outcome) == ("onthisday", Outcome.FOUND)
    assert reply.title == known.day


@pytest.mark.parametrize("known", KNOWN, ids=name_of)
@pytest.mark.parametrize(("shape", "title"), PERIOD_SHAPES)
def test_asks_for_a_month_or_a_year(
    libraries: dict[str, Ask], known: Known, shape: str, title: str
) -> None:
    reply = libraries[known.library](shape.format(**known._asdict()))
    assert (reply.command, reply.outcome) == ("onthisday", Outcome.FOUND)
    assert reply.title == title.format(**known._asdict())


@pytest.mark.parametrize(("known", "shape"), shapes(NAME_SHAPES), ids=name_of)
def test_asks_for_somebody(libraries: dict[str, Ask], known: Known, shape: str) -> None:
    reply = libraries[known.library](shape.format(**known._asdict()))
    assert (reply.command, reply.outcome) == ("whowas", Outcome.FOUND)
    assert reply.title == known.name


@pytest.mark.parametrize("known", KNOWN, ids=name_of)
@pytest.mark.parametrize("shape", ["who was {surname}", "{surname}", "{surname}?"])
def test_asks_for_somebody_by_surname(libraries: dict[str, Ask], known: Known, shape: str) -> None:
    reply = libraries[known.library](shape.format(**known._asdict()))
    assert (reply.command, reply.outcome) == ("whowas", Outcome.FOUND)
    assert known.surname in str(reply.title)


@pytest.mark.parametrize("known", KNOWN, ids=name_of)
@pytest.mark.parametrize("shape", TODAY_SHAPES)
def test_asks_for_today(libraries: dict[str, Ask], known: Known, shape: str) -> None:
    reply = libraries[known.library](shape)
    assert (reply.command, reply.title) == ("onthisday", "21 August")


SINGLE = [
    # relative days, from Friday 21 August 2026
    ("what happened yesterday?", "onthisday", "20 August"),
    ("what happened next friday", "onthisday", "28 August"),
    ("tomorrow?", "onthisday", "22 August"),
    # today's date of a year
    ("on this day in 1917", "onthisday", "21 August 1917"),
    ("what happened on this day in 1940?", "onthisday", "21 August 1940"),
    # numbers
    ("1940-08-21", "onthisday", "21 August 1940"),
    ("what happened on 1940-08-21?", "onthisday", "21 August 1940"),
    ("21.8.1940", "onthisday", "21 August 1940"),
    ("8/21/1940", "onthisday", "21 August 1940"),
    # ranges and long ago
    ("what happened between 1893 and 1896?", "onthisday", "1893–1896"),
    ("what happened from 1917 to 1920", "onthisday", "1917–1920"),
    ("events in march 1895", "onthisday", "March 1895"),
    ("what happened in 44 BC?", "onthisday", "44 BC"),
    # other languages
    ("21. August", "onthisday", "21 August"),
    ("21 августа", "onthisday", "21 August"),
    ("8月21日", "onthisday", "21 August"),
    # feasts and leap days
    ("what happened on 29 February?", "onthisday", "29 February"),
    ("christmas eve", "onthisday", "24 December"),
    # months that are also words
    ("may", "onthisday", "May"),
    ("March", "onthisday", "March"),
    # names in other scripts, with titles, aliases, initials
    ("Троцкий", "whowas", "Leon Trotsky"),
    ("who was Ильмар Джувек", "whowas", "Ilmar Dzhuvek"),
    ("who was captain fell?", "whowas", "Brannoch Fell"),
    ("the old bear", "whowas", "Halvard Tavelund"),
    ("A. Einstein", "whowas", "Albert Einstein"),
    # one lower-case word: a surname, a long one even misspelt
    ("trotsky", "whowas", "Leon Trotsky"),
    ("einstein", "whowas", "Albert Einstein"),
    ("mercador", "whowas", "Ramón Mercader"),
    ("sabelvind", "whowas", "Sabelvind"),
    # things
    ("who was Ruth?", "whowas", "Ruth"),
    ("Treaty of Port Sorrel", "whowas", "Treaty of Port Sorrel"),
    # the commands by their plainest words
    ("help", "help", "Help"),
    ("Help!", "help", "Help"),
    ("sources", "sources", "Sources"),
    # an explicit question for a name beats the date that it could be
    ("who was 1893?", "whowas", "1893"),
]


@pytest.mark.parametrize(
    ("asked", "command", "title"), SINGLE, ids=[ascii(case[0]) for case in SINGLE]
)
def test_is_understood_as(everything: Ask, asked: str, command: str, title: str) -> None:
    reply = everything(asked)
    assert reply.command == command
    assert reply.title == title


@pytest.mark.parametrize(
    ("asked", "command"),
    [
        ("who was Napoleon?", "whowas"),
        ("Napoleon", "whowas"),
        ("Napoleon Bonaparte?", "whowas"),
        ("who was the man in the iron mask", "whowas"),
        ("what is love", "whowas"),
        # a few words in small letters, none of them one that only asks
        ("tomorrow never dies", "whowas"),
        ("beowulf grendel", "whowas"),
        ("31 June", "onthisday"),
        ("what happened on 31 June?", "onthisday"),
        ("2023-02-29", "onthisday"),
        ("13/13", "onthisday"),
    ],
)
def test_what_is_not_there_is_understood_all_the_same(
    everything: Ask, asked: str, command: str
) -> None:
    reply = everything(asked)
    assert reply.command == command
    assert reply.outcome in (Outcome.NOT_FOUND, Outcome.INVALID)
    assert reply.items == ()


WHEN_AND_WHERE = [
    ("trotsky", "when was the Fourth International founded?", "when", Outcome.FOUND),
    ("polar", "when was the Fourth International founded?", "when", Outcome.NOT_FOUND),
    ("trotsky", "when was Leon Trotsky born", "when", Outcome.FOUND),
    ("polar", "when was Leon Trotsky born", "when", Outcome.NOT_FOUND),
    ("polar", "where is Port Sorrel", "when", Outcome.FOUND),
    ("nobel", "where is Port Sorrel", "when", Outcome.NOT_FOUND),
]


@pytest.mark.parametrize(("library", "asked", "command", "outcome"), WHEN_AND_WHERE)
def test_when_and_where_are_questions_answered_or_not(
    libraries: dict[str, Ask], library: str, asked: str, command: str, outcome: Outcome
) -> None:
    reply = libraries[library](asked)
    assert (reply.command, reply.outcome) == (command, outcome)


def test_where_a_place_is_its_entry_says_first(polar: Ask) -> None:
    assert polar("where is Port Sorrel").items[0].id == "polar-expedition/port-sorrel"


NOT_UNDERSTOOD = [
    # nothing at all
    "",
    "   ",
    "?",
    "!!!",
    "...",
    "👍",
    # talk
    "sing me a song",
    "hello there how are you",
    "tell me a joke",
    "i love you",
    "how old are you",
    "see you on friday",
    "see you tomorrow",
    "I will come on 5 May",
    "good morning",
    "thank you",
    "Thank You",
    # small words that are near to a name or stand in one
    "hello",
    "Hello!",
    "more",
    "no",
    "well",
    "sorry",
    "Sorry",
    "there",
    "years",
    "while",
    "without",
    "neither",
    # questions about nothing that is told
    "why did it happen",
    "May the force be with you",
    # questions about who is talking
    "who are you?",
    "who am i",
    "who is there?",
    "who is it",
    # a question without its object
    "who was",
    "who is?",
    # numbers that are no dates
    "2 + 2",
    "1,000",
    "12:30",
    "1 2 3",
]


@pytest.mark.parametrize("library", ["polar", "trotsky", "nobel", "everything"])
@pytest.mark.parametrize("asked", NOT_UNDERSTOOD, ids=ascii)
def test_is_not_understood(libraries: dict[str, Ask], library: str, asked: str) -> None:
    reply = libraries[library](asked)
    assert (reply.outcome, reply.command, reply.title) == (Outcome.INVALID, None, None)
    assert (reply.items, reply.choices) == ((), ())


def test_a_question_that_is_too_long_is_refused(polar: Ask) -> None:
    assert polar("17 March" + " " * 993).outcome is Outcome.INVALID
    assert polar("17 March" + " " * 92).outcome is Outcome.FOUND
