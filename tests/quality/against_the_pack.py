"""The compiled article beside the pack that was written by hand from it: what agrees."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from quality.date_scores import Score
from quality.samples import TROTSKY, article_in

from knowledge.compiler.compile import compile_article
from knowledge.compiler.compiled import Compiled
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.people_words import TITLES
from knowledge.model import EntityKind, Precision
from knowledge.names import fold
from knowledge.packs.builtin import builtin_packs

PACK = "leon-trotsky"
TITLE = "Leon Trotsky"
STEM = 5

Entry = dict[str, Any]


@cache
def compiled() -> Compiled:
    """Return what is found in the article."""
    return compile_article(article_in(TROTSKY.read_bytes(), TROTSKY.name, TITLE))


@cache
def written(kind: str) -> list[Entry]:
    """Return the pack's entries of a kind as they stand in its files."""
    files = sorted(builtin_packs()[PACK].glob("*.toml"))
    return [
        entry for file in files for entry in tomllib.loads(file.read_text("utf-8")).get(kind, [])
    ]


def days_written() -> list[Entry]:
    """Return the pack's events that have a day."""
    return [event for event in written("event") if event["date"].count("-") == 2]


def days_found() -> list[FoundEvent]:
    """Return the found events that have a day."""
    return [event for event in compiled().events if event.date.precision is Precision.DAY]


def is_stated_by(event: FoundEvent, entry: Entry) -> bool:
    """Whether an event has the date of the pack's, and stands where the pack says it does."""
    spans = [(entry["start"], entry["stop"]), *entry.get("also", ())]
    return str(event.date.start) == entry["date"] and any(
        start < statement.stop and statement.start < stop
        for statement in event.statements
        for start, stop in spans
    )


@dataclass(frozen=True)
class Days:
    """The events of days: scores, and in words what is missing, false, or a citation."""

    recall: Score
    precision: Score
    missing: list[str]
    false: list[str]
    citations: list[str]


def days() -> Days:
    """Compare the events that have a day, by the day's value and the statement's place."""
    gold, found = days_written(), days_found()
    missing = [entry for entry in gold if not any(is_stated_by(one, entry) for one in found)]
    false = [event for event in found if not any(is_stated_by(event, entry) for entry in gold)]
    no_events = [(entry["start"], entry["stop"]) for entry in written("not_event")]
    citations = [
        event
        for event in false
        if any(
            start <= statement.start and statement.stop <= stop
            for statement in event.statements
            for start, stop in no_events
        )
    ]
    return Days(
        Score(len(gold) - len(missing), len(gold), len(gold)),
        Score(len(found) - len(false), len(found), len(found)),
        [f"{entry['date']} {entry['text']}" for entry in missing],
        [f"{event.date.start} {event.text}" for event in false],
        [f"{event.date.start} {event.text}" for event in citations],
    )


@dataclass(frozen=True)
class Names:
    """The people: how many bear a right name, how many are described; and what went wrong."""

    named: Score
    described: Score
    agreeing: Score
    """Of the descriptions: those that share a word with what the pack says of the person."""
    missing: list[str]
    doubled: list[str]
    no_people: list[str]
    unknown: list[str]
    disagreeing: list[str]


def people() -> Names:
    """Compare the people by their usual names; a title before a name is no part of it."""
    gold = [entry for entry in written("entity") if entry["kind"] == "person"]
    things = {
        fold(name)
        for entry in written("entity")
        if entry["kind"] != "person"
        for name in (entry["name"], *entry.get("aliases", ()))
    }
    found = [one for one in compiled().cast.entities if one.kind is EntityKind.PERSON]
    by_name = {fold(name): entry["id"] for entry in gold for name in _names(entry)}
    for entry in gold:
        by_name.setdefault(_without_title(entry["name"]), entry["id"])
    whom = [by_name.get(fold(one.name)) for one in found]
    unknown = [one.name for one, key in zip(found, whom, strict=True) if key is None]
    entries = {entry["id"]: entry for entry in gold}
    counted = Counter(filter(None, whom))
    pairs = [(one, entries[key]) for one, key in zip(found, whom, strict=True) if key]
    described = [(one, entry) for one, entry in pairs if one.description]
    agreeing = [
        (one, entry)
        for one, entry in described
        if _stems(one.description)
        & _stems(" ".join([entry.get("description", ""), entry.get("text", "")]))
    ]
    return Names(
        Score(len(counted), len(found), len(gold)),
        Score(len(described), len(pairs), len(pairs)),
        Score(len(agreeing), len(described), len(described)),
        [entry["name"] for entry in gold if entry["id"] not in counted],
        [one.name for one, key in zip(found, whom, strict=True) if key and counted[key] > 1],
        [name for name in unknown if fold(name) in things],
        [name for name in unknown if fold(name) not in things],
        [f"{pair[0].name}: {pair[0].description}" for pair in described if pair not in agreeing],
    )


def _names(entry: Entry) -> list[str]:
    keys = ("aliases", "transliterations", "pen_names")
    return [entry["name"], *(name for key in keys for name in entry.get(key, ()))]


def _without_title(name: str) -> str:
    """Return the name of "Colonel Kern" without the title, which is no part of it."""
    title, _, rest = name.partition(" ")
    return fold(rest if title.lower() in TITLES and rest else name)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in fold(text).split() if len(word) >= STEM}
