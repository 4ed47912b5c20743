"""Answers in the process over every day and 300 names, beside rapidfuzz over the same names."""

from __future__ import annotations

import time
from calendar import month_name, monthrange
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import quantiles

import pytest
from rapidfuzz import fuzz, process

from bot.answer import Answerer
from bot.command import Request
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

pytestmark = pytest.mark.benchmark

MOST_SECONDS = 0.005
TODAY = date(2026, 8, 21)
NAMES = 300

DAYS = [
    f"{day} {month_name[month]}"
    for month in range(1, 13)
    for day in range(1, monthrange(2024, month)[1] + 1)
]


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    cache: Path = tmp_path_factory.mktemp("cache")
    return Answerer(open_library(list(builtin_packs().values()), cache))


def known_names(answerer: Answerer) -> list[str]:
    return [entity.name for entity in answerer.store.entities()]


def with_a_slip(name: str) -> str:
    """Leave out a letter in the middle, as a hasty person does."""
    middle = len(name) * 2 // 3
    return name[:middle] + name[middle + 1 :]


def percentiles(taken: list[float]) -> tuple[float, float]:
    cuts = quantiles(taken, n=100)
    return cuts[49], cuts[98]


def timed(call: Callable[[str], object], texts: list[str]) -> list[float]:
    """Return the seconds that each call takes; the garbage collector stays on."""
    taken = []
    for text in texts:
        begin = time.perf_counter()
        call(text)
        taken.append(time.perf_counter() - begin)
    return taken


def in_words(taken: list[float]) -> str:
    half, most = percentiles(taken)
    return f"p50 {half * 1e3:.2f} ms, p99 {most * 1e3:.2f} ms, worst {max(taken) * 1e3:.2f} ms"


def test_answers_take_five_milliseconds_at_most(
    answerer: Answerer, table: Callable[..., None]
) -> None:
    def ask(text: str) -> object:
        return answerer.answer(Request(today=TODAY, text=text))

    names = known_names(answerer)
    step = len(names) // NAMES
    right = [f"who was {name}" for name in names[:: step or 1][:NAMES]]
    slips = [f"who was {with_a_slip(name)}" for name in names[:: step or 1][:NAMES]]
    for text in ("today", "who was nobody at all"):  # the tables are made at the first question
        ask(text)
    days, known, misspelt = timed(ask, DAYS), timed(ask, right), timed(ask, slips)
    peer = timed(
        lambda text: process.extractOne(text, names, scorer=fuzz.WRatio),
        [text.removeprefix("who was ") for text in slips],
    )
    table(
        "answers in the process",
        [
            ("366 days", in_words(days)),
            (f"{NAMES} names", in_words(known)),
            (f"{NAMES} names, each with a slip", in_words(misspelt)),
            ("peer: rapidfuzz WRatio, the slips", in_words(peer)),
            ("figure", f"p99 of each under {MOST_SECONDS * 1e3:.0f} ms"),
        ],
    )
    assert percentiles(days)[1] < MOST_SECONDS
    assert percentiles(known)[1] < MOST_SECONDS
    assert percentiles(misspelt)[1] < MOST_SECONDS
