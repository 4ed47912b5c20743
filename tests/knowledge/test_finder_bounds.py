"""The finder with any text and in large libraries: bounded work, and bounds that hide nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.build import build_in_memory
from knowledge.calendars import Calendar, from_day_number
from knowledge.finder import MOST_ROWS, SYNONYM, Finder, Wish
from knowledge.finder import Order as By
from knowledge.model import (
    Citation,
    Entity,
    EntityKind,
    Event,
    HistoricalDate,
    Pack,
    PartialDate,
    Precision,
    Source,
)
from knowledge.store import Store

FIRST_DAY = 2_400_000
STORM = Wish(words=("storm",))

SOURCE = Source("made", "Made")
CITATION = Citation(SOURCE)


def day(number: int) -> HistoricalDate:
    date = from_day_number(FIRST_DAY + number, Calendar.GREGORIAN)
    return HistoricalDate(PartialDate(*date, precision=Precision.DAY))


def pack(*, events: int = 0, entities: int = 0) -> Pack:
    """Return storms, one a day, and people who saw one; the last storm weighs more than the others.

    The last one of the people saw a comet too.
    """
    return Pack(
        "made",
        "Made",
        sources=(SOURCE,),
        events=tuple(
            Event(f"made/{n}", day(n), "A storm rises.", "event", CITATION, 2 + (n == events - 1))
            for n in range(events)
        ),
        entities=tuple(
            Entity(
                f"made/person-{n}",
                EntityKind.PERSON,
                f"Nils Number{n}",
                CITATION,
                description="Saw a storm" + " and a comet" * (n == entities - 1) + ".",
            )
            for n in range(entities)
        ),
    )


FULL = Wish(
    words=("storm",),
    synonyms=("tempest", "gale"),
    kinds=frozenset({"event", "storm"}),
    keys=("made/person-0",),
)


REQUIRED = Wish(words=("storm",), required=True)

Ask = Callable[[Store, list[Wish]], object]
ASKED: list[Ask] = [
    lambda store, wishes: store.find_events(wishes, None, 5),
    lambda store, wishes: store.find_events(wishes, None, 5, By.FIRST),
    lambda store, wishes: store.find_events([*wishes, REQUIRED], None, 5),
    lambda store, wishes: store.find_events(wishes, (0, 5_000_000), 5, By.LAST),
    lambda store, wishes: store.find_entities(wishes, 5),
    lambda store, wishes: store.find_entities([*wishes, REQUIRED], 5, EntityKind.PERSON),
]
ASKED_IDS = ["events", "first", "required", "span", "entities", "required entities"]


def statements(connection: sqlite3.Connection, ask: Ask, wishes: list[Wish]) -> int:
    """Return how many statements are run for a question, without those of FTS5 for itself."""
    run: list[str] = []
    connection.set_trace_callback(run.append)
    ask(Store(connection), wishes)
    connection.set_trace_callback(None)
    return sum(not statement.startswith("--") for statement in run)


PARTS_OF_A_WISH = 4
"""Its words, its synonyms, its kinds, and a name in the text."""


@pytest.mark.parametrize("ask", ASKED, ids=ASKED_IDS)
def test_the_number_of_statements_does_not_grow_with_the_library(ask: Ask) -> None:
    """A long list may be narrowed down by SQLite, or not: a statement more for each part."""
    small, large = (
        statements(build_in_memory([pack(events=size, entities=size)]), ask, [FULL])
        for size in (600, 2400)
    )
    assert abs(large - small) <= PARTS_OF_A_WISH


@pytest.mark.parametrize("ask", ASKED, ids=ASKED_IDS)
def test_the_number_of_statements_grows_with_the_wishes_and_no_faster(ask: Ask) -> None:
    connection = build_in_memory([pack(events=20, entities=20)])
    one, ten = (statements(connection, ask, [FULL] * number) for number in (1, 10))
    assert one < ten <= 10 * one


def test_of_one_wish_no_more_rows_are_looked_at_than_the_limit() -> None:
    finder = Finder(build_in_memory([pack(events=MOST_ROWS + 100)]))
    assert len(finder.events([STORM], None, MOST_ROWS + 100)) == MOST_ROWS


# -- many that are equal ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def equals() -> Store:
    """Open three hundred storms that differ by their day, of which the last weighs most."""
    return Store(build_in_memory([pack(events=300)]))


@pytest.mark.parametrize("limit", [1, 5, 20])
def test_the_best_is_the_best_however_few_are_asked_for(equals: Store, limit: int) -> None:
    first = equals.find_events([STORM], limit=limit)[0]
    assert first.event.key == "made/299"


@pytest.mark.parametrize("order", By)
def test_one_of_many_equals_is_found_in_the_span_it_lies_in(equals: Store, order: By) -> None:
    event = equals.event("made/290")
    assert event is not None
    day = event.date.first_day
    found = equals.find_events([STORM], (day, day), 2, order)
    assert [row.event.key for row in found] == ["made/290"]


def test_the_kind_asked_for_is_found_in_a_large_library() -> None:
    large = Store(build_in_memory([pack(entities=MOST_ROWS + 100)]))
    found = large.find_entities([Wish(words=("comet",))], 10, EntityKind.PERSON)
    assert [row.entity.key for row in found] == [f"made/person-{MOST_ROWS + 99}"]


# -- any text --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def few() -> Store:
    return Store(build_in_memory([pack(events=3, entities=3)]))


SYNTAX = [
    '"storm" "',
    "storm OR",
    "NOT storm",
    "NEAR(storm rises)",
    "text:storm",
    "{names text}:storm",
    "- names : storm",
    "storm)",
    "(storm",
    "st*",
    "^storm",
    "storm + rises",
    "storm\0rises",
    "\ud800storm",
    "AND",
    "--",
    "'; DROP TABLE event",
    "?1",
    "storm " * 1000,
]


@pytest.mark.parametrize("text", SYNTAX, ids=lambda text: ascii(text[:20]))
def test_nothing_in_a_wish_is_syntax(few: Store, text: str) -> None:
    said = Wish(words=("storm", text), synonyms=(text, "rises"))
    assert {row.coverage for row in few.find_events([said])} <= {1.0, SYNONYM}
    assert {row.entity.kind for row in few.find_entities([said])} <= {EntityKind.PERSON}
    assert few.is_told(text) == few.is_told("".join(c if c.isalnum() else " " for c in text))


def test_the_words_or_and_not_are_words_like_others(few: Store) -> None:
    assert few.find_events([Wish(words=("storm OR comet",))]) == []
    assert few.find_events([Wish(words=("storm NOT comet",))]) == []
    assert few.find_events([Wish(words=("storm rises",))]) != []


@settings(max_examples=80)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_may_be_wished_for(few: Store, text: str, other: str) -> None:
    wishes = [Wish(words=(text, other), synonyms=(other,)), Wish(keys=(f"made/{text}",)), STORM]
    assert {row.event.key for row in few.find_events(wishes)} == {"made/0", "made/1", "made/2"}
    assert len(few.find_entities(wishes)) == 3
    assert not few.is_told(f"{text} zeppelin")
