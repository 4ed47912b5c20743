"""Whatever is typed: never an exception, never an empty answer, nothing that a terminal obeys."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.console.json_answer import to_json
from adapters.console.render import to_text
from bot.reply import Outcome, Reply
from knowledge.dates import Order

Ask = Callable[..., Reply]

KEYS = {"command", "outcome", "title", "items", "choices", "text"}
ITEM_KEYS = {"id", "date", "text", "source"}
SOURCE_KEYS = {"title", "section", "url"}

SETTINGS = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
"""Text of every script, with control characters; no halves of surrogate pairs."""

WORDS = (
    "/onthisday /whowas /when /search /timeline /random /help /sources /x /onthisday@x"
    " date: about: kind: name:"
    " query: text: of: years: who was is 's when where born did die founded how old whose wife by"
    " timeline random fact search for why first last"
    " what happened on this day in from to between and the next last 31 29 0 99 1917 1940-08-21"
    " 03-05 -0069 1e9 21 August February March may bc BC 19th century Trotsky Tavelund Osric"
    " Venn Nobel birth \" “ ” ' ( ) … ? ! \x1b[31m \u202e \u2028 \x00 \ufeff 八月 августа 👍 "
)

PIECES = st.lists(st.sampled_from(WORDS.split(" ")), max_size=9).map(" ".join)
"""Pieces of questions in any order."""

SHAPES = (
    *("/onthisday {}", "/onthisday 17 March about:{}", "/onthisday 17 March kind:{}"),
    *("/whowas {}", '/whowas name:"{}"', "who was {}?", "what happened on {}?", "/{}"),
    *("/when {}", "/search {}", "/timeline {}", "/timeline Sabelvind years:{}", "/random {}"),
    *("when was {} born", "where was {}", "how old was {}", "who killed {}", "{} and {}"),
    *("what did {} write", "{}'s wife", "timeline of {}", "a random fact about {}", "why {}?"),
)

LONG = st.builds(lambda unit, times: unit * times, ANYTHING, st.integers(20, 2000))


def check(reply: Reply) -> None:
    text = to_text(reply)
    assert text.strip()
    for line in text.split("\n"):
        assert [c for c in line if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")] == []
    line = to_json(reply)
    assert line.splitlines() == [line]
    answer = json.loads(line)
    assert set(answer) == KEYS
    assert answer["text"] == text
    assert answer["outcome"] in {outcome.value for outcome in Outcome}
    assert all(set(item) >= ITEM_KEYS for item in answer["items"])
    assert all(set(item["source"]) == SOURCE_KEYS for item in answer["items"])
    assert all(choice.strip() for choice in answer["choices"])
    if answer["outcome"] == "found":
        assert answer["title"]
    if answer["outcome"] in ("ambiguous", "invalid"):
        assert answer["items"] == []


@SETTINGS
@given(text=ANYTHING)
def test_any_text_is_answered(everything: Ask, text: str) -> None:
    check(everything(text))


@SETTINGS
@given(text=PIECES)
def test_any_pieces_of_questions_are_answered(everything: Ask, text: str) -> None:
    check(everything(text))


@SETTINGS
@given(text=LONG)
def test_any_long_text_is_answered(everything: Ask, text: str) -> None:
    check(everything(text))


@SETTINGS
@given(
    shape=st.sampled_from(SHAPES),
    text=ANYTHING,
)
def test_any_text_within_a_question_is_answered(everything: Ask, shape: str, text: str) -> None:
    check(everything(shape.replace("{}", text)))


@SETTINGS
@given(
    text=PIECES,
    today=st.dates(),
    order=st.sampled_from(list(Order)),
)
def test_any_day_may_be_today(polar: Ask, text: str, today: date, order: Order) -> None:
    check(polar(text, today=today, order=order))


EXTREMES = [
    "yesterday",
    "tomorrow",
    "last friday",
    "next month",
    "last month",
    "this year",
    "last year",
    "99999 days ago",
    "in 99999 days",
    "9999 years ago today",
    "100 years ago today",
    "on this day in 9999",
    "on this day in 2023",
    "4713 BC",
    "4714 BC",
    "1 January 4713 BC",
    "-4712",
    "9999",
    "31 December 9999",
    "10000",
    "1-9999",
    "4713 BC to 9999",
    "0",
    "00-00-0000",
    "99th century",
    "100th century",
]


@pytest.mark.parametrize("text", EXTREMES)
@pytest.mark.parametrize("today", [date.min, date(2024, 2, 29), date.max], ids=str)
def test_the_ends_of_time_are_answered(polar: Ask, text: str, today: date) -> None:
    check(polar(text, today=today))


@pytest.mark.parametrize("text", ["1900-2000", "20th century", "December", "4713 BC to 9999"])
def test_the_longest_lists_are_answered_whole(everything: Ask, text: str) -> None:
    reply = everything(text)
    check(reply)
    assert len(reply.items) > 100
