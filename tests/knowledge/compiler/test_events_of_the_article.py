"""The long sample article against the pack that people wrote from it, day by day.

The article lies in the folder "shared" beside the project; where that is missing, the tests are
skipped, and fail under CI.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from quality.samples import TROTSKY, article_in, skip_without

from knowledge.compiler.dates import find_dates
from knowledge.compiler.events import find_events
from knowledge.compiler.found_date import Use
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.people import find_cast
from knowledge.model import Precision, Span
from knowledge.readers.article import Article

ROOT = Path(__file__).resolve().parents[3]
PACK = ROOT / "knowledge" / "packs" / "leon-trotsky"

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def article() -> Article:
    skip_without(TROTSKY)
    return article_in(TROTSKY.read_bytes(), TROTSKY.name)


@pytest.fixture(scope="module")
def events(article: Article) -> tuple[FoundEvent, ...]:
    dates = find_dates(article)
    return find_events(article, dates, find_cast(article, dates))


def written_days() -> list[Entry]:
    """Return the pack's events that have a day."""
    entries = [
        entry
        for file in sorted(PACK.glob("*.toml"))
        for entry in tomllib.loads(file.read_text("utf-8")).get("event", ())
    ]
    return [entry for entry in entries if len(entry["date"]) == len("1917-11-07")]


def spans(entry: Entry) -> list[Span]:
    return [Span(entry["start"], entry["stop"]), *(Span(*span) for span in entry.get("also", ()))]


def is_told_by(event: FoundEvent, entry: Entry) -> bool:
    """Whether an event has an entry's day, and a statement that overlaps one of its own."""
    return str(event.date.start) == entry["date"] and any(
        mine.start < theirs.stop and theirs.start < mine.stop
        for mine in event.statements
        for theirs in spans(entry)
    )


def test_the_days_of_the_pack_are_found(events: tuple[FoundEvent, ...]) -> None:
    written = written_days()
    missed = [
        entry["id"] for entry in written if not any(is_told_by(event, entry) for event in events)
    ]
    assert len(missed) <= 0.03 * len(written), missed


def test_the_days_that_are_found_are_in_the_pack(events: tuple[FoundEvent, ...]) -> None:
    written = written_days()
    days = [event for event in events if event.date.precision is Precision.DAY]
    false = [
        f"{event.date.start} {event.text}"
        for event in days
        if not any(is_told_by(event, entry) for entry in written)
    ]
    assert len(false) <= 0.03 * len(days), false


def test_no_citation_is_told_as_an_event(article: Article, events: tuple[FoundEvent, ...]) -> None:
    cited = [
        article.blocks[date.block].span(date.start, date.stop)
        for date in find_dates(article)
        if date.use is not Use.TEXT
    ]
    assert len(cited) > 10
    told = [
        (event.date.start, span)
        for event in events
        for span in cited
        if all(statement == span for statement in event.statements)
    ]
    assert told == []


def test_every_event_stands_on_its_own(events: tuple[FoundEvent, ...]) -> None:
    openings = ("He ", "She ", "His ", "Her ", "However", "Also", "But ", "And ", "The latter")
    assert [event.text for event in events if event.text.startswith(openings)] == []
