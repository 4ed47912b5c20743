"""What people type, read as the cases in tests/cases/typed_dates.toml say."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.dates import (
    Day,
    Impossible,
    Month,
    Order,
    Range,
    TwoReadings,
    Year,
    read_date,
)

CASES = tomllib.loads(
    (Path(__file__).resolve().parents[1] / "cases" / "typed_dates.toml").read_text("utf-8")
)["case"]


def notation(value: object) -> str:
    """Write a reading as the cases do."""
    match value:
        case None:
            return "not a date"
        case Impossible():
            return "impossible"
        case Day():
            return f"day {short(value)}"
        case Month():
            return f"month {short(value)}"
        case Year():
            return f"year {short(value)}"
        case Range(first, last):
            return f"range {short(first)}..{short(last)}"
        case TwoReadings(preferred, other):
            return f"two {short(preferred)} | {short(other)}"
    raise AssertionError(value)


def short(value: Day | Month | Year) -> str:
    sign = "-" if value.year is not None and value.year < 0 else ""
    year = [] if value.year is None else [f"{sign}{abs(value.year):04}"]
    month = [] if isinstance(value, Year) else [f"{value.month:02}"]
    day = [f"{value.day:02}"] if isinstance(value, Day) else []
    return "-".join(year + month + day)


def typed(case: dict[str, Any]) -> str:
    if "repeat" in case:
        return str(case["repeat"]["unit"]) * int(case["repeat"]["times"])
    return str(case["text"])


def label(case: dict[str, Any]) -> str:
    text = typed(case)
    return ascii(text if len(text) < 50 else f"{text[:20]} x {len(text)}") + (
        f" {case['order']}" if "order" in case else ""
    )


@pytest.mark.parametrize("case", CASES, ids=label)
def test_reads_what_a_person_means(case: dict[str, Any]) -> None:
    today = date.fromisoformat(case.get("today", "2026-08-21"))
    reading = read_date(
        typed(case), today, Order(case.get("order", "day_first")), case.get("language", "en")
    )
    assert notation(reading) == case["want"]
    if "why" in case:
        assert isinstance(reading, Impossible)
        assert reading.why == case["why"]
    if "suggestions" in case:
        assert isinstance(reading, Impossible)
        assert [short(day) for day in reading.suggestions] == case["suggestions"]
