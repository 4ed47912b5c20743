"""What an unfinished option may become: texts that the option takes, the likeliest first."""

from __future__ import annotations

import string
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

import pytest

from bot.answer import Answerer
from bot.command import Option, OptionKind, Request
from bot.suggest import LONGEST_SUGGESTION, MOST_SUGGESTIONS, suggestions
from knowledge.dates import Impossible, Order, read_date


class Library(Protocol):
    @property
    def answerer(self) -> Answerer: ...


TODAY = date(2026, 8, 21)
NOON = datetime(2026, 8, 21, 12, tzinfo=UTC)


def suggest(
    library: Library, kind: OptionKind, typed: str, order: Order = Order.DAY_FIRST
) -> list[str]:
    choices = ("a", "b") if kind is OptionKind.CHOICE else ()
    option = Option("what", "What", kind, choices=choices)
    request = Request(today=TODAY, order=order)
    return suggestions(library.answerer.store, option, typed, request, NOON)


# -- names ----------------------------------------------------------------------------------------

NAMES = [
    ("tav", ["Halvard Tavelund", "Sunniva Tavelund"]),  # the weightier first
    ("halvard tav", ["Halvard Tavelund"]),
    ("TAV", ["Halvard Tavelund", "Sunniva Tavelund"]),
    ("  tav  ", ["Halvard Tavelund", "Sunniva Tavelund"]),
    ("tavelnud", ["Halvard Tavelund", "Sunniva Tavelund"]),  # a slip
    ("sabel", ["Sabelvind"]),  # a ship
    ("Ильмар", ["Ilmar Dzhuvek"]),
    ("napoleon", []),
    ("%", []),
    ("_", []),
    ("\0", []),
]


@pytest.mark.parametrize(("typed", "names"), NAMES, ids=[ascii(case[0]) for case in NAMES])
def test_names(polar: Library, typed: str, names: list[str]) -> None:
    assert suggest(polar, OptionKind.NAME, typed) == names


def test_two_of_one_name_are_told_apart(polar: Library) -> None:
    found = suggest(polar, OptionKind.NAME, "osric venn")
    assert found[1:] == [
        "Osric Venn (1820–1889, polar-expedition)",
        "Osric Venn (1861, polar-expedition)",
    ]


def test_before_anything_is_typed_people_are_suggested(polar: Library) -> None:
    assert suggest(polar, OptionKind.NAME, "")[0] == "Halvard Tavelund"


def test_a_name_too_long_to_be_chosen_is_left_out(made: Callable[..., Library]) -> None:
    entity = '[[entity]]\nid = "{0}"\nkind = "person"\nname = "{1}"\n'
    head = '[pack]\nid = "long"\ntitle = "Long"\n[[source]]\nid = "s"\ntitle = "S"\n'
    text = head + entity.format("a", "Abel " + "x" * 95) + entity.format("b", "Abel " + "x" * 96)
    assert suggest(made(long=text), OptionKind.NAME, "abel") == ["Abel " + "x" * 95]


# -- dates ----------------------------------------------------------------------------------------

DATES = [
    ("17 mar", ["17 March"]),
    ("17 MAR", ["17 March"]),
    ("17. mar", ["17 March"]),
    ("17th of mar", ["17 March"]),
    ("march 17", ["17 March"]),
    ("17 m", ["17 March", "17 May"]),
    ("To", ["today", "tomorrow"]),  # phones write the first letter large
    ("y", ["yesterday"]),
    ("3-5", ["3 May", "5 March"]),
    ("31 june", ["30 June", "1 July"]),
    ("29 february", ["29 February"]),
    ("1893", ["1893"]),
    ("hello", []),
    ("99 march", ["31 March", "1 April"]),  # the ends of the month, as for any impossible day
    ("1" * 100, []),
]


@pytest.mark.parametrize(("typed", "days"), DATES, ids=[case[0][:20] for case in DATES])
def test_dates(polar: Library, typed: str, days: list[str]) -> None:
    assert suggest(polar, OptionKind.DATE, typed) == days


def test_an_american_reads_the_month_first(polar: Library) -> None:
    assert suggest(polar, OptionKind.DATE, "3-5", Order.MONTH_FIRST) == ["5 March", "3 May"]


def test_a_month_is_suggested_before_its_days_that_have_something(polar: Library) -> None:
    # events.toml and entities.toml: 5, 10 and 17 March, and days of a range between them
    assert suggest(polar, OptionKind.DATE, "mar")[0] == "March"
    assert {"5 March", "10 March", "17 March"} < set(suggest(polar, OptionKind.DATE, "mar"))


def test_a_nought_begins_the_days_up_to_nine(polar: Library) -> None:
    found = suggest(polar, OptionKind.DATE, "0")
    assert found
    assert {int(day.split()[0]) for day in found} <= set(range(1, 10))


def test_before_anything_is_typed_today_and_the_coming_days_are_suggested(polar: Library) -> None:
    # the next day in the pack after 21 August is 1 September
    found = suggest(polar, OptionKind.DATE, "")
    assert found[:4] == ["today", "tomorrow", "yesterday", "1 September"]


@pytest.mark.parametrize(
    "typed",
    ["", *string.ascii_lowercase, *map(str, range(100)), "1 j", "j 1", "3-4", "30 f", "2 m"],
)
def test_every_suggested_date_can_be_asked(everything: Library, typed: str) -> None:
    found = suggest(everything, OptionKind.DATE, typed)
    readings = [read_date(text, TODAY) for text in found]
    assert not [text for text, reading in zip(found, readings, strict=True) if reading is None]
    assert not [reading for reading in readings if isinstance(reading, Impossible)]


# -- kinds ----------------------------------------------------------------------------------------

KINDS = [
    ("b", ["birth"]),
    ("B", ["birth"]),
    ("tr", ["treaty", "trial"]),
    ("birth,de", ["birth,death", "birth,decree"]),
    ("birth, de", ["birth,death", "birth,decree"]),
    ("birth,b", []),  # it is there already
    ("wedding", []),
]


@pytest.mark.parametrize(("typed", "kinds"), KINDS, ids=[case[0] for case in KINDS])
def test_kinds(polar: Library, typed: str, kinds: list[str]) -> None:
    assert suggest(polar, OptionKind.EVENT_KIND, typed) == kinds


# -- zones ----------------------------------------------------------------------------------------

ZONES = [
    ("berlin", "Europe/Berlin"),
    ("new y", "America/New_York"),
    ("Kiev", "Europe/Kyiv"),
    ("berlni", "Europe/Berlin"),  # a slip
    ("japan", "Asia/Tokyo"),
]


@pytest.mark.parametrize(("typed", "zone"), ZONES, ids=[case[0] for case in ZONES])
def test_zones_are_suggested_by_their_names(polar: Library, typed: str, zone: str) -> None:
    assert zone in suggest(polar, OptionKind.ZONE, typed)


def test_no_zones_are_suggested_where_nobody_says_what_time_it_is(polar: Library) -> None:
    option = Option("zone", "A zone", OptionKind.ZONE)
    request = Request(today=TODAY)
    assert suggestions(polar.answerer.store, option, "berlin", request) == []


# -- bounds ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", [OptionKind.TEXT, OptionKind.CHOICE, OptionKind.PLACE, OptionKind.ROLE, OptionKind.FILE]
)
def test_an_option_of_any_text_or_of_the_platforms_has_no_suggestions(
    polar: Library, kind: OptionKind
) -> None:
    assert suggest(polar, kind, "a") == []


@pytest.mark.parametrize("kind", OptionKind)
@pytest.mark.parametrize("typed", ["", "a", "1", "x" * 100, "\ud83d", "a" * 6000, "1 " * 3000])
def test_suggestions_can_be_shown_and_chosen_on_discord(
    everything: Library, kind: OptionKind, typed: str
) -> None:
    found = suggest(everything, kind, typed)
    assert len(found) <= MOST_SUGGESTIONS
    assert len(set(found)) == len(found)
    assert all(0 < len(text.encode("utf-16-le")) // 2 <= LONGEST_SUGGESTION for text in found)


@pytest.mark.parametrize("kind", [OptionKind.NAME, OptionKind.DATE])
@pytest.mark.parametrize("typed", ["a" * 6000, "1" * 6000, "a " * 3000, "z" * 100, "a b " * 25])
def test_no_text_takes_longer_than_a_twentieth_of_a_second(
    everything: Library, kind: OptionKind, typed: str
) -> None:
    suggest(everything, kind, "warm")
    began = time.process_time()
    suggest(everything, kind, typed)
    assert time.process_time() - began < 0.05
