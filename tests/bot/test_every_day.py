"""All 366 days, asked of every library; what each must say is worked out from the packs' files."""

from __future__ import annotations

import json
import tomllib
from calendar import month_name, monthrange
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import juliandate  # type: ignore[import-untyped]
import pytest

from bot.reply import Outcome, Reply
from knowledge.packs.builtin import builtin_packs

Ask = Callable[..., Reply]

POLAR = Path(__file__).resolve().parents[1] / "packs" / "polar-expedition"
PATHS = {**builtin_packs(), "polar-expedition": POLAR}

LIBRARIES = {
    "polar": ["polar-expedition"],
    "trotsky": ["leon-trotsky"],
    "nobel": ["nobel-laureates"],
    "everything": ["leon-trotsky", "nobel-laureates", "polar-expedition"],
}

DAYS = [(month, day) for month in range(1, 13) for day in range(1, monthrange(2024, month)[1] + 1)]

LONGEST_SPAN_ON_EACH_DAY = 8


def raw_events(path: Path) -> Iterator[dict[str, Any]]:
    """Read a pack's events with the standard library alone."""
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        if file.suffix == ".toml":
            yield from tomllib.loads(file.read_text("utf-8")).get("event", [])
        elif file.suffix == ".jsonl":
            entries = map(json.loads, file.read_text("utf-8").splitlines())
            yield from (entry for entry in entries if entry["type"] == "event")


def number(value: str, calendar: str) -> int | None:
    """Return the Julian Day Number of a date that states a day, by another author's library."""
    sign = -1 if value.startswith("-") else 1
    parts = [int(part) for part in value.lstrip("-").replace("X", "0").split("-")]
    if len(parts) < 3:
        return None
    convert = juliandate.from_julian if calendar == "julian" else juliandate.from_gregorian
    return int(convert(sign * parts[0], parts[1], parts[2], 12))


def days_told(event: dict[str, Any]) -> set[tuple[int, int]]:
    """Return the days of the year on which the rules tell an event, in both its calendars."""
    calendar = event.get("calendar", "gregorian")
    start = number(event["date"], calendar)
    end = number(event["end"], calendar) if "end" in event else start
    known = {day for day in (start, end) if day is not None}
    if start is not None and end is not None and end - start < LONGEST_SPAN_ON_EACH_DAY:
        known = set(range(start, end + 1))
    backs = {juliandate.to_gregorian}
    if calendar == "julian":
        backs.add(juliandate.to_julian)
    return {tuple(back(day)[1:3]) for back in backs for day in known}


@pytest.fixture(scope="module")
def told() -> dict[str, dict[tuple[int, int], int]]:
    """Count, for each library and day, the events that must be told."""
    counted: dict[str, dict[tuple[int, int], int]] = {}
    for library, packs in LIBRARIES.items():
        counts = dict.fromkeys(DAYS, 0)
        for pack in packs:
            for event in raw_events(PATHS[pack]):
                for day in days_told(event):
                    counts[day] += 1
        counted[library] = counts
    return counted


def replies(ask: Ask) -> dict[tuple[int, int], Reply]:
    return {(month, day): ask(f"{day} {month_name[month]}") for month, day in DAYS}


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_day_tells_as_many_events_as_the_packs_hold(
    libraries: dict[str, Ask], told: dict[str, dict[tuple[int, int], int]], library: str
) -> None:
    found = {
        day: len(reply.items) if reply.outcome is Outcome.FOUND else 0
        for day, reply in replies(libraries[library]).items()
    }
    assert found == told[library]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_days_with_nothing_are_those_of_the_packs(
    libraries: dict[str, Ask], told: dict[str, dict[tuple[int, int], int]], library: str
) -> None:
    answered = replies(libraries[library])
    assert {reply.outcome for reply in answered.values()} <= {Outcome.FOUND, Outcome.NOT_FOUND}
    nothing = [day for day, reply in answered.items() if reply.outcome is Outcome.NOT_FOUND]
    assert nothing == [day for day in DAYS if told[library][day] == 0]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_title_of_every_answer_is_its_day(libraries: dict[str, Ask], library: str) -> None:
    for (month, day), reply in replies(libraries[library]).items():
        assert reply.title == f"{day} {month_name[month]}"
        assert reply.command == "onthisday"


@pytest.mark.parametrize("library", LIBRARIES)
def test_today_on_every_day_is_the_answer_for_that_day(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    for month, day in DAYS:
        today = date(2024, month, day)
        assert ask("today", today=today) == ask(f"{day} {month_name[month]}", today=today)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_day_with_nothing_always_offers_a_day_with_something(
    libraries: dict[str, Ask], library: str
) -> None:
    ask = libraries[library]
    for reply in replies(ask).values():
        if reply.outcome is Outcome.NOT_FOUND:
            assert {ask(choice).outcome for choice in reply.choices[:2]} == {Outcome.FOUND}


def test_the_invented_pack_has_days_of_both_kinds(
    told: dict[str, dict[tuple[int, int], int]],
) -> None:
    counts = told["polar"]
    assert counts[6, 14] == counts[6, 26] == 1
    assert counts[3, 13] == 3
    assert counts[5, 26] == 0
