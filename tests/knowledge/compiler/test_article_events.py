"""Short passages and the events that they tell; the cases are data, each with its pattern.

article_events.toml was written beside the rules, article_events_unseen.toml without sight of them.
An expected event needs its date, every word of `words` (alternatives by "|", letters' case aside),
no words of `not_words`, and its people; an event that isn't expected is a fault, too.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from knowledge.compiler.cast import Cast
from knowledge.compiler.dates import find_dates
from knowledge.compiler.events import find_events
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.people import find_cast
from knowledge.readers.article import Article
from knowledge.readers.reading import read_article

CASES = Path(__file__).resolve().parents[2] / "cases"
FILES = ("article_events.toml", "article_events_unseen.toml")

Entry = dict[str, Any]


def cases(*, may_fail: bool = False) -> list[Any]:
    """Return a parameter for each case; with `may_fail` a known failure must fail."""
    found = []
    for file in FILES:
        entries = tomllib.loads((CASES / file).read_text("utf-8"))["case"]
        for number, case in enumerate(entries, start=1):
            failure = case.get("known_failure") if may_fail else None
            marks = [pytest.mark.xfail(reason=failure, strict=True)] if failure else []
            name = f"{file.removesuffix('.toml')}-{number}-{case['pattern']}"
            found.append(pytest.param(case, id=name.replace(" ", "-"), marks=marks))
    return found


def events_of(case: Entry) -> tuple[tuple[FoundEvent, ...], Cast]:
    return compiled(case["title"], case.get("section", ""), case["text"])


@cache
def compiled(title: str, section: str, text: str) -> tuple[tuple[FoundEvent, ...], Cast]:
    heading = f"\n\n\n{section}\n\n" if section else ""
    article = read_article(f"{heading}{text}\n".encode(), "passage.txt", title=title)
    assert isinstance(article, Article)
    dates = find_dates(article)
    cast = find_cast(article, dates)
    return find_events(article, dates, cast), cast


def faults_of(event: FoundEvent, expected: Entry, cast: Cast) -> list[str]:
    text = event.text.lower()
    names = {
        name
        for person in event.people
        for name in (cast.entities[person].name, *cast.entities[person].aliases)
    }
    found = [
        f"no {words!r}"
        for words in expected.get("words", ())
        if not any(word.lower() in text for word in words.split("|"))
    ]
    found += [f"has {words!r}" for words in expected.get("not_words", ()) if words in event.text]
    found += [f"without {name}" for name in expected.get("people", ()) if name not in names]
    values = {
        "kind": event.kind,
        "end": str(event.date.end),
        "calendar": event.date.calendar.value,
        "qualifier": event.date.qualifier.value,
        "tone": event.tone.value,
    }
    found += [
        f"{key} {value}" for key, value in values.items() if expected.get(key, value) != value
    ]
    return found


def complaints(case: Entry) -> list[str]:
    """Compare what is found and expected; the event with the fewest faults is the one meant."""
    events, cast = events_of(case)
    left = list(events)
    found = []
    for expected in case.get("event", ()):
        of_that_date = [event for event in left if str(event.date.start) == expected["date"]]
        if not of_that_date:
            found.append(f"nothing on {expected['date']}: {expected.get('words')}")
            continue
        event = min(of_that_date, key=lambda one: len(faults_of(one, expected, cast)))
        left.remove(event)
        faults = faults_of(event, expected, cast)
        if faults:
            found.append(f"{expected['date']} {event.text!r}: {', '.join(faults)}")
    return found + [f"too much: {event.date.start} {event.text!r}" for event in left]


@pytest.mark.parametrize("case", cases(may_fail=True))
def test_the_passage_tells_these_events_and_no_others(case: Entry) -> None:
    assert complaints(case) == []


@pytest.mark.parametrize("case", cases())
def test_every_text_is_a_sentence_that_a_pack_accepts(case: Entry) -> None:
    for event in events_of(case)[0]:
        assert 0 < len(event.text) <= 200
        assert "\n" not in event.text
        assert not event.text[0].islower()
        assert event.text.endswith((".", "!", "?", "…", '"', "”"))
        assert "  " not in event.text


@pytest.mark.parametrize("case", cases())
def test_every_statement_holds_the_event_s_place_in_the_text(case: Entry) -> None:
    events, cast = events_of(case)
    for event in events:
        assert len(event.statements) == len(event.sections) > 0
        assert all(0 <= start < stop for start, stop in event.statements)
        assert all(0 <= one < len(cast.entities) for one in (*event.people, *event.things))
        assert 0 < event.confidence <= 1
