"""Each rule of plain words alone: what it reads and as what, and what it leaves to others."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from bot.command import Invocation, Request
from bot.reply import Reply
from bot.shapes.asked import Asked, Readings
from bot.shapes.commands import command_in_words
from bot.shapes.days import born_or_died, date, did, happened
from bot.shapes.names import name, name_and_sort, phrase
from bot.shapes.people import who
from bot.shapes.politeness import bare
from bot.shapes.things import claim, other_question, pair, what_is
from bot.shapes.when_and_where import how_old, when, where
from bot.shapes.works import works
from bot.understand import LONGEST_QUESTION, RULES, understand
from bot.wording import in_words
from knowledge.dates import Day, Month, Range, Year, read_date
from knowledge.library import open_library
from knowledge.store import Store

Ask = Callable[..., Reply]
Rule = Callable[[Asked], Readings]

LIBRARY = """
[[entity]]
kind = "person"
name = "Torvil Brunholt"
aliases = ["the Grey Miller"]
description = "Miller who kept geese at the weir of Skarnby."

[[entity]]
kind = "person"
name = "Agda Storm"
description = "Weaver."
relations = [{ kind = "wife", to = "Torvil Brunholt" }]

[[entity]]
kind = "work"
name = "Salt Ledger"
description = "A novel."
relations = [{ kind = "work", to = "Agda Storm" }]

[[entity]]
kind = "work"
name = "Bread and Smoke"
description = "A play."

[[entity]]
kind = "work"
name = "Bread"
description = "A poem."

[[entity]]
kind = "work"
name = "Smoke"
description = "A song."

[[entity]]
kind = "work"
name = "Commands"
description = "A farce."

[[entity]]
kind = "organisation"
name = "Harvest Guild"
description = "A union of reapers."

[[event]]
date = "1800-05-05"
kind = "birth"
text = "Torvil Brunholt is born in Skarnby."
people = ["Torvil Brunholt"]

[[event]]
date = "1841-05-05"
kind = "assassination"
text = "Torvil Brunholt is stabbed at the weir."
people = ["Torvil Brunholt"]

[[event]]
date = "1860-01-01"
kind = "death"
text = "Agda Storm dies in Skarnby."
people = ["Agda Storm"]

[[event]]
date = "1830"
kind = "founding"
text = "The Harvest Guild is founded."
things = ["Harvest Guild"]
"""

TODAY = datetime.date(2026, 8, 21)
REQUEST = Request(today=TODAY)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("shapes") / "library.toml"
    path.write_text(LIBRARY, "utf-8")
    return open_library([path], None)


def day_in_words(text: str) -> str:
    """Return a date as it is read, so that "on 5 May" and "5 May" are one; else the text."""
    reading = read_date(text, TODAY, REQUEST.order)
    return in_words(reading) if isinstance(reading, Day | Month | Year | Range) else text


def written(reading: Invocation) -> str:
    """Return "whowas | name: X"; of a relation without its kinds, which tests of words name."""
    options = {key: value for key, value in reading.options.items() if key != "kinds"}
    if reading.command == "relation":
        options.pop("query", None)
    if "date" in options:
        options["date"] = day_in_words(options["date"])
    told = [f"{key}: {options[key]}" for key in sorted(options)]
    return " | ".join([reading.command + "?" * reading.is_guess, *told])


def read(rule: Rule, text: str, store: Store) -> list[str]:
    return [written(one) for one in rule(Asked(text, bare(text), REQUEST, store))]


T, A = "Torvil Brunholt", "Agda Storm"

READS: list[tuple[Rule, str, list[str]]] = [
    (happened, "what happened on 5 May?", ["onthisday | date: 5 May"]),
    (happened, "what hapened in 1840", ["onthisday | date: 1840"]),
    (happened, "what happened yesterday", ["onthisday | date: 20 August"]),
    (happened, "what happened", ["onthisday"]),
    (happened, "on this day", ["onthisday"]),
    (happened, "this day in history", ["onthisday"]),
    (happened, "on this day in 1840", ["onthisday | date: 21 August 1840"]),
    (happened, "anything interesting today?", ["onthisday | date: 21 August"]),
    (happened, "events on 5 May", ["onthisday | date: 5 May"]),
    (happened, f"what happened to {T}", [f"whowas | name: {T}", f"facts | query: {T}"]),
    (happened, f"what happened to {T} in the end", [f"whowas | name: {T}"]),
    (happened, f"what happened to {T} in 1841", [f"onthisday | about: {T} | date: 1841"]),
    (happened, f"what happened to {T}'s wife", [f"relation | of: {T} | verb: wife"]),
    (happened, "what happened to the weir", ["facts | query: the weir"]),
    (born_or_died, "who was born on 5 May?", ["onthisday | date: 5 May | kind: birth"]),
    (born_or_died, "births on 5 May", ["onthisday | date: 5 May | kind: birth"]),
    (born_or_died, "whose birthday is 5 May", ["onthisday | date: 5 May | kind: birth"]),
    (born_or_died, "who has a birthday today", ["onthisday | date: 21 August | kind: birth"]),
    (born_or_died, "who died in 1840", ["onthisday | date: 1840 | kind: assassination, death"]),
    (born_or_died, "deaths in 1840", ["onthisday | date: 1840 | kind: assassination, death"]),
    (born_or_died, "who was born in Skarnby", ["facts | query: who was born in Skarnby"]),
    (did, f"what did {T} do", [f"whowas | name: {T}", f"facts | query: {T}"]),
    (did, f"what did {T} do in 1841?", [f"onthisday | about: {T} | date: 1841"]),
    (did, f"what was {T} doing on 5 May", [f"onthisday | about: {T} | date: 5 May"]),
    (did, f"what did {T} do at the weir", [f"facts | query: what did {T} do at the weir"]),
    (date, "5 May", ["onthisday | date: 5 May"]),
    (date, "1840-05-01", ["onthisday | date: 1 May 1840"]),
    (date, "5 May in history", ["onthisday | date: 5 May"]),
    (date, "31 June", ["onthisday | date: 31 June"]),
    (date, "что произошло 5 мая?", ["onthisday | date: 5 May"]),
    (date, "ne oldu 5 mayıs", ["onthisday | date: 5 May"]),
    (command_in_words, f"timeline of {T}", [f"timeline | of: {T}"]),
    (command_in_words, f"{T}'s timeline", [f"timeline | of: {T}"]),
    (
        command_in_words,
        f"show me a timeline of {T} from 1840 to 1850",
        [f"timeline | of: {T} from 1840 to 1850"],
    ),
    (command_in_words, "timeline of 1840", ["timeline | of: 1840"]),
    (command_in_words, "a random fact", ["random"]),
    (command_in_words, "surprise me", ["random"]),
    (command_in_words, f"tell me something about {T}", [f"random | about: {T}"]),
    (command_in_words, "search for geese", ["search | text: geese"]),
    (command_in_words, "what are your sources?", ["sources"]),
    (command_in_words, "help!", ["help"]),
    (command_in_words, "what can you do?", ["help"]),
    (name_and_sort, "Salt Ledger book", ["whowas | name: Salt Ledger"]),
    (name_and_sort, "salt ledger (the novel)", ["whowas | name: salt ledger"]),
    (how_old, f"how old was {T}?", [f"age | name: {T}"]),
    (how_old, f"how old was {T} when he died", [f"age | name: {T} | when: when he died"]),
    (how_old, f"at what age did {T} die", [f"age | name: {T} | when: die"]),
    (how_old, f"what was the age of {T} in 1841", [f"age | name: {T} | when: in 1841"]),
    (how_old, f"{T}'s age at death", [f"age | name: {T} | when: at death"]),
    (how_old, "how old was the weir", ["facts | query: how old was the weir"]),
    (works, f"books by {A}", [f"works | by: {A} | sort: books"]),
    (works, f"what did {A} write?", [f"works | by: {A}"]),
    (works, f"{A}'s novels", [f"works | by: {A} | sort: novels"]),
    (works, f"books by {A} besides Salt Ledger", [f"works | by: {A} | sort: books"]),
    (works, f"films about {T}", [f"works | about: {T} | sort: films"]),
    (works, f"who wrote books about {T}?", [f"works | about: {T} | sort: books"]),
    (where, f"where was {T} born?", [f"place | query: {T} born"]),
    (where, f"in which city did {T} die", [f"place | query: {T} die"]),
    (where, f"{T}'s birthplace", [f"place | query: {T} born"]),
    (where, f"place of death of {T}", [f"place | query: {T} died"]),
    (when, "when was the Harvest Guild founded?", ["when | query: the Harvest Guild founded"]),
    (when, f"what year did {T} die", [f"when | query: {T} die"]),
    (when, f"on which day was {T} born", [f"when | query: {T} born"]),
    (when, f"{T}'s birthday", [f"when | query: {T} born"]),
    (when, f"{T} date of death", [f"when | query: {T} died"]),
    (pair, f"{T} and {A}", [f"pair | one: {T} | other: {A}"]),
    (pair, f"{T} vs {A}", [f"pair | one: {T} | other: {A}"]),
    (pair, f"{T}'s influence on {A}", [f"pair | one: {T} | other: {A}"]),
    (
        pair,
        f"how did {T} know {A}?",
        [f"facts | query: how did {T} know {A}", f"pair | one: {T} | other: {A}"],
    ),
    (who, f"who killed {T}?", [f"relation | of: {T} | verb: killed"]),
    (who, f"who muredred {T}?", [f"relation | of: {T} | verb: murdered"]),
    (who, f"by whom was {T} killed", [f"relation | of: {T} | verb: killed"]),
    (who, f"who was {T} killed by", [f"relation | of: {T} | verb: killed"]),
    (who, f"whom did {T} marry?", [f"relation | of: {T} | verb: marry"]),
    (who, f"whose wife was {A}", [f"relation | of: {A} | side: of | verb: wife"]),
    (who, f"who was {A} the wife of", [f"relation | of: {A} | side: of | verb: wife"]),
    (who, f"the wife of {T}", [f"relation | of: {T} | verb: wife"]),
    (who, f"who was {T}’s wife?", [f"relation | of: {T} | verb: wife"]),
    (
        who,
        f"who was miller after {T}",
        [
            f"facts | query: who was miller after {T} | strict: yes",
            f"relation | of: {T}",
        ],
    ),
    (who, f"who wrote as {T}", [f"whowas | name: {T}"]),
    (who, f"who was {T}", [f"whowas | name: {T}"]),
    (who, "who was Wenzel Prokop?", ["whowas | name: Wenzel Prokop"]),
    (who, f"{T}, who was that", [f"whowas | name: {T}"]),
    (who, f"кто такой {T}?", [f"whowas | name: {T}"]),
    (who, f"what about {T}", [f"whowas | name: {T}"]),
    (who, "what about 5 May", ["onthisday | date: 5 May"]),
    (who, "who kept geese at the weir", ["facts | query: who kept geese at the weir"]),
    (what_is, "what was the Harvest Guild?", ["whowas | name: Harvest Guild"]),
    (what_is, f"tell me about {T}", [f"whowas | name: {T}"]),
    (what_is, f"biography of {T}", [f"whowas | name: {T}"]),
    (what_is, "what does Harvest Guild mean?", ["whowas | name: Harvest Guild"]),
    (what_is, "tell me about 5 May", ["onthisday | date: 5 May"]),
    (claim, f"was {T} the miller?", [f"facts | claim: yes | query: {T} the miller"]),
    (claim, "is it true that the weir broke?", ["facts | claim: yes | query: the weir broke"]),
    (claim, "didn't the weir break?", ["facts | claim: yes | query: the weir break"]),
    (name, T, [f"whowas | name: {T}"]),
    (name, "brunholt", ["whowas | name: brunholt"]),
    (name, "the Grey Miller", ["whowas | name: the Grey Miller"]),
    (name, "brunholtt", ["whowas | name: brunholtt"]),
    (name, f"{T} the miller", [f"whowas | name: {T} the miller"]),
    (name, "Wenzel Prokop", ["whowas | name: Wenzel Prokop"]),
    (name, "wenzel prokop", ["whowas | name: wenzel prokop"]),
    (other_question, "why did the weir break?", ["facts | query: why did the weir break"]),
    (other_question, f"how many geese had {T}", [f"facts | query: how many geese had {T}"]),
    (phrase, f"{T} geese", [f"facts? | query: {T} geese"]),
    (phrase, f"{T}'s murder", [f"facts? | query: {T}'s murder"]),
]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    READS,
    ids=[ascii(f"{rule.__name__}: {text}") for rule, text, _ in READS],
)
def test_a_rule_reads_a_text_as(rule: Rule, text: str, expected: list[str], store: Store) -> None:
    """The readings begin so; further ones only count where these find nothing."""
    assert read(rule, text, store)[: len(expected)] == expected


LEAVES: list[tuple[Rule, list[str]]] = [
    (happened, [f"who was {T}", "what happened then?", "what happened next", "history", T]),
    (born_or_died, [f"when was {T} born", f"where did {T} die", "births", "birthday", T]),
    (did, ["what did Wenzel do", "what do you do", f"what did {T} say", "what did"]),
    (date, [T, "I will come on 5 May", "2 + 2", "tomorrow never dies", "may I", "1,000"]),
    (
        command_in_words,
        ["Commands", "helpful", "searching", f"who was {T}", "randomly"],
    ),
    (name_and_sort, ["Salt Ledger", "Unknown film", "Torvil film", "film", "salt book"]),
    (how_old, ["how old are you", "how old was Wenzel", "old age", "how long was it", "age"]),
    (works, ["books by Wenzel", f"what did {T} say", "books", "books by", "works"]),
    (where, ["where are you", "where", "where is Atlantis", "Wenzel's birthplace", "somewhere"]),
    (when, ["when will it rain", "when", "when are you coming", "Wenzel's birthday", "a date"]),
    (pair, [f"{T} and Wenzel", "Wenzel and Zdenka", "Bread and Smoke", T, f"{T} and", "and"]),
    (
        who,
        ["who are you", "who am i", "who is it", "who was", "when was it", T, "whose", "by whom"],
    ),
    (what_is, ["what are you", "what is this", "what", T, f"who was {T}", "define"]),
    (claim, ["are you a bot", "can you sing", "was", "is it raining", T, "did you do it"]),
    (name, ["hello", "thank you", "the", "who", "salt", "no", "where when", "a bit of the end"]),
    (other_question, ["why do trombones buzz", "the weir", T, "why", "how are you", "whyever"]),
    (phrase, [T.split()[1], "geese weir", "geese", f"{T} " + "and so on " * 4]),
]

LEFT = [(rule, text) for rule, texts in LEAVES for text in texts]


@pytest.mark.parametrize(
    ("rule", "text"), LEFT, ids=[ascii(f"{rule.__name__}: {text}") for rule, text in LEFT]
)
def test_a_rule_leaves_a_text_to_others(rule: Rule, text: str, store: Store) -> None:
    assert read(rule, text, store) == []


def test_every_rule_is_tried_here_with_what_it_reads_and_with_what_it_leaves() -> None:
    assert {rule for rule, _, _ in READS} == set(RULES)
    assert {rule for rule, _ in LEAVES} == set(RULES)


ODD = [
    "",
    "?",
    "'s",
    "’s of",
    "((((",
    "\\",
    "who who who who",
    "the of the of the",
    '"*" OR NEAR(a b)',
    "👍",
    "\u202e\u200b",
    "x" * LONGEST_QUESTION,
    "who was the " * 25,
    "wife of " * 37,
    "what is the of to for " * 13,
    "a's " * 75,
    "1 " * 150,
]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:20]))
def test_odd_text_means_nobody_and_nothing_known(text: str, store: Store) -> None:
    for reading in understand(text, Request(today=TODAY, text=text), store):
        assert T not in reading.options.values()
        assert A not in reading.options.values()


# -- all rules in their order ---------------------------------------------------------------------


def understood(text: str, store: Store) -> list[str]:
    return [written(one) for one in understand(text, Request(today=TODAY, text=text), store)]


IN_ORDER = [
    # two rules could read each; the one that is meant does
    ("who was born on 5 May", "onthisday | date: 5 May | kind: birth"),
    ("May", "onthisday | date: May"),
    ("Commands", "whowas | name: Commands"),
    ("Bread and Smoke", "whowas | name: Bread and Smoke"),
    ("Bread and Salt Ledger", "pair | one: Bread | other: Salt Ledger"),
    (f"who wrote books about {T}", f"works | about: {T} | sort: books"),
    (f"where was {T} when he died", f"place | query: {T} when he died"),
    (f"{T}'s birthday", f"when | query: {T} born"),
    (f"{T}'s birthplace", f"place | query: {T} born"),
    (f"{T}'s age", f"age | name: {T}"),
    (f"{T}'s wife", f"relation | of: {T} | verb: wife"),
    (f"{T}'s timeline", f"timeline | of: {T}"),
    (f"{T}'s murder", f"facts? | query: {T}'s murder"),
    # the last clause that is understood
    (f"My aunt says hello. Who was {T}?", f"whowas | name: {T}"),
    # markup and politeness
    (f"**hey** can you tell me <b>who was {T}</b> please", f"whowas | name: {T}"),
]


@pytest.mark.parametrize(("text", "first"), IN_ORDER, ids=[text for text, _ in IN_ORDER])
def test_a_text_is_first_read_as(text: str, first: str, store: Store) -> None:
    assert understood(text, store)[:1] == [first]


def test_a_text_longer_than_a_question_is_not_read(store: Store) -> None:
    question = f"who was {T}"
    at_most = question.rjust(LONGEST_QUESTION)
    assert understood(at_most, store)
    assert understood(" " + at_most, store) == []


def test_kinds_of_deaths_are_those_that_the_library_has(made: Callable[..., Ask]) -> None:
    ask = made(one='[[event]]\ndate = "1900-05-05"\nkind = "murder"\ntext = "A killing."')
    asked = Asked("", "who died on 5 May", REQUEST, ask.answerer.store)  # type: ignore[attr-defined]
    assert [one.options["kind"] for one in born_or_died(asked)] == ["murder"]
