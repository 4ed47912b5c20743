"""What fits what is being typed: answers, names and facts, each once, by the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answerer
from bot.command import Request
from bot.inline_lookup import Found, LookUp, look_up
from bot.reply import Outcome
from knowledge.library import open_library

PACKS = Path(__file__).resolve().parents[1] / "packs"
TODAY = date(2026, 8, 21)

Type = Callable[..., LookUp]


def request(text: str) -> Request:
    return Request(today=TODAY, text=text)


@pytest.fixture(scope="module")
def answerer() -> Answerer:
    """Open the invented expedition."""
    return Answerer(open_library([PACKS / "polar-expedition"], None))


@pytest.fixture(scope="module")
def typed(answerer: Answerer) -> Type:
    """Type into it."""

    def type_(text: str, first: int = 0, most: int = 10) -> LookUp:
        return look_up(answerer, request, text, first, most)

    return type_


def titles(found: LookUp) -> list[str]:
    return [one.title for one in found.found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Marthe Quillon", "Marthe Quillon"),
        ("who was Marthe Quillon", "Marthe Quillon"),
        ("marth", "Marthe Quillon"),
        ("who was marth", "Marthe Quillon"),
        ("Who's Marth", "Marthe Quillon"),
        ("29 February", "29 February"),
    ],
)
def test_the_likeliest_comes_first(typed: Type, text: str, title: str) -> None:
    assert titles(typed(text))[0] == title


def test_a_shared_name_offers_everybody_who_bears_it(typed: Type) -> None:
    told = titles(typed("Tavelund"))
    assert {"Halvard Tavelund", "Sunniva Tavelund"} <= set(told)


def test_facts_are_found_by_their_words(typed: Type) -> None:
    found = typed("mizzen mast").found
    assert [one.description for one in found] == ["The Sabelvind loses her mizzen mast."]


def test_every_result_is_a_whole_reply_that_names_its_source(typed: Type) -> None:
    for one in typed("Quillon").found:
        assert one.reply.outcome is Outcome.FOUND
        assert all(item.citation for item in one.reply.items)


def test_nothing_typed_offers_questions_of_the_greeting(typed: Type) -> None:
    assert "Who was Halvard Tavelund" in titles(typed("  "))


@pytest.mark.parametrize(
    ("today", "is_offered"), [(date(2026, 3, 17), True), (date(2026, 8, 21), False)]
)
def test_today_is_offered_where_something_is_told_of_it(
    answerer: Answerer, today: date, is_offered: bool
) -> None:
    found = look_up(answerer, lambda text: Request(today=today, text=text), "", 0, 10)
    assert ("On this day" in titles(found)) == is_offered


def test_what_nobody_knows_finds_nothing(typed: Type) -> None:
    assert typed("qqqqzzzz").found == ()


def test_the_keys_differ(typed: Type) -> None:
    found: tuple[Found, ...] = typed("Sabelvind", most=50).found
    assert len({one.key for one in found}) == len(found) > 3


def test_pages_follow_each_other_without_repeating(typed: Type) -> None:
    whole = typed("Sabelvind", most=50)
    first = typed("Sabelvind", most=3)
    second = typed("Sabelvind", first.next_offset, 3)
    assert first.next_offset == 3
    assert [one.key for one in (*first.found, *second.found)] == [
        one.key for one in whole.found[:6]
    ]


def test_the_last_page_has_no_next(typed: Type) -> None:
    assert typed("Sabelvind", most=50).next_offset == 0


@pytest.mark.parametrize("text", ['"', "NEAR(", "a" * 256, "\x00", "*", "🦭", "-", "/", "/whowas"])
def test_any_text_is_looked_up(typed: Type, text: str) -> None:
    assert typed(text).next_offset >= 0
