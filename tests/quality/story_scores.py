"""How many of the events and people of an article are found rightly.

What is expected is TOML: the gold of a fixture, the cases of events and people, or the
hand-written pack. Only what a program can compare is compared: dates, words that a sentence must
and must not hold, names, kinds, places in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from quality.date_scores import Score

from knowledge.compiler.compiled import Compiled
from knowledge.compiler.found_event import FoundEvent
from knowledge.model import EntityKind, Precision
from knowledge.names import fold

Gold = dict[str, Any]

NONE = Score()


@dataclass
class Story:
    """Scores of one article's events; `missing` and `false` say in words what went wrong."""

    days: Score = NONE
    all_dates: Score = NONE
    told: Score = NONE
    """Of the events found: those whose sentence holds the words that it must, and no others."""
    of_whom: Score = NONE
    """Of those that concern somebody: those that are not told of somebody else instead."""
    kinds: Score = NONE
    missing: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    badly_told: list[str] = field(default_factory=list)
    wrong_person: list[str] = field(default_factory=list)


def story(found: Compiled, gold: Sequence[Gold], *, only_days_complete: bool = False) -> Story:
    """Compare events with what is expected.

    An expected event is found where an event has its date; of several, the one that is told best.
    With `only_days_complete` the gold lists all events of a day, and of months and years some.
    """
    result = Story()
    left = list(found.events)
    for expected in gold:
        same_date = [event for event in left if _has_date(event, expected)]
        event = max(same_date, key=lambda one: _told_rightly(one, found, expected), default=None)
        is_day = _precision(expected["date"]) == "day"
        hit = Score(int(event is not None), 0, 1)
        result.all_dates = result.all_dates.plus(hit)
        result.days = result.days.plus(hit) if is_day else result.days
        if event is None:
            result.missing.append(f"{expected['date']} {' '.join(expected.get('words', ()))}")
            continue
        left.remove(event)
        right = _told_rightly(event, found, expected)
        result.told = result.told.plus(Score(int(right), 1, 1))
        if not right:
            result.badly_told.append(f"{expected['date']} {event.text}")
        if expected.get("people"):
            is_of_another = _is_told_of_another(event, found, expected["people"])
            result.of_whom = result.of_whom.plus(Score(int(not is_of_another), 1, 1))
            if is_of_another:
                result.wrong_person.append(f"{expected['date']} {event.text}")
        if "kind" in expected:
            is_kind = event.kind == expected["kind"]
            result.kinds = result.kinds.plus(Score(int(is_kind), 1, 1))
    days = [event for event in found.events if event.date.precision is Precision.DAY]
    result.days = result.days.plus(Score(read=len(days)))
    result.all_dates = result.all_dates.plus(Score(read=len(found.events)))
    result.false = [
        f"{event.date.start} {event.text}"
        for event in left
        if event.date.precision is Precision.DAY or not only_days_complete
    ]
    return result


def _precision(value: str) -> str:
    return ("year", "month", "day")[value.lstrip("-").count("-")]


def _has_date(event: FoundEvent, expected: Gold) -> bool:
    end = expected.get("end")
    return str(event.date.start) == expected["date"] and (
        end is None or str(event.date.end or event.date.start) == end
    )


def _told_rightly(event: FoundEvent, found: Compiled, expected: Gold) -> bool:
    text = event.text.casefold()
    people = {
        name
        for place in event.people
        for name in (found.cast.entities[place].name, *found.cast.entities[place].aliases)
    }
    return (
        all(_holds(text, words) for words in expected.get("words", ()))
        and not any(_holds(text, words) for words in expected.get("not_words", ()))
        and all(name in people or name.casefold() in text for name in expected.get("people", ()))
        and expected.get("calendar", event.date.calendar) == event.date.calendar
        and expected.get("qualifier", event.date.qualifier) == event.date.qualifier
    )


def _is_told_of_another(event: FoundEvent, found: Compiled, whom: Sequence[str]) -> bool:
    """Whether the sentence begins with a person whom it doesn't concern, and names no one it does.

    Any word of a name stands for its bearer, so that nobody is another one by a name cut short.
    """
    text = event.text.casefold()
    if any(word.casefold() in text for name in whom for word in name.split() if len(word) > 3):
        return False
    return any(
        text.startswith(entity.name.casefold())
        for entity in found.cast.entities
        if entity.kind is EntityKind.PERSON
    )


def _holds(text: str, words: str) -> bool:
    """Whether a text holds one of the alternatives, which begin and may go on within a word."""
    return any(
        re.search(rf"(?<!\w){re.escape(one.casefold())}", text) is not None
        for one in words.split("|")
    )


def not_told(found: Compiled, spans: Iterable[tuple[int, int]], values: Iterable[str]) -> list[str]:
    """Return the events that stand in one of these places of the file, or have one of the dates."""
    places, dates = list(spans), set(values)
    return [
        f"{event.date.start} {event.text}"
        for event in found.events
        if str(event.date.start) in dates
        or any(start <= event.statements[0].start < stop for start, stop in places)
    ]


@dataclass
class People:
    """Scores of one article's people; the lists say in words what went wrong."""

    names: Score = NONE
    aliases: Score = NONE
    described: Score = NONE
    life: Score = NONE
    relations: Score = NONE
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    badly_described: list[str] = field(default_factory=list)


def people(
    found: Compiled, gold: Sequence[Gold], nobody: Iterable[str] = (), text: str = ""
) -> People:
    """Compare the people of an article with those expected, by their usual name.

    `read` of the names are all people that were found. `nobody` are names that are no person's.
    With the article's `text`, other names that it doesn't use by themselves aren't asked for: a
    married name that stands nowhere, a surname that stands only behind its given name.
    """
    all_names = {
        expected["name"]: (expected["name"], *expected.get("aliases", ())) for expected in gold
    }
    written = [name for names in all_names.values() for name in names]
    entities = found.cast.entities
    persons = [entity for entity in entities if entity.kind is EntityKind.PERSON]
    result = People(names=Score(read=len(persons)))
    for expected in gold:
        known = {fold(name) for name in (expected["name"], *expected.get("aliases", ()))}
        same = [one for one in persons if fold(one.name) in known]
        result.doubled += [one.name for one in same[1:]]
        result.names = result.names.plus(Score(int(bool(same)), 0, 1))
        if not same:
            result.missing.append(expected["name"])
            continue
        person = next((one for one in same if fold(one.name) == fold(expected["name"])), same[0])
        own = {fold(name) for name in (person.name, *person.aliases)}
        for alias in expected.get("aliases", ()):
            is_known = fold(alias) in own
            if is_known or not text or _is_used(alias, written, text):
                result.aliases = result.aliases.plus(Score(int(is_known), 0, 1))
        for key, value in (("born", person.born), ("died", person.died)):
            if key in expected:
                is_right = str(value) == expected[key]
                result.life = result.life.plus(Score(int(is_right), int(value is not None), 1))
        if expected.get("description"):
            description = person.description.casefold()
            is_right = all(_holds(description, words) for words in expected["description"])
            result.described = result.described.plus(
                Score(int(is_right), int(bool(description)), 1)
            )
            if description and not is_right:
                result.badly_described.append(f"{person.name}: {person.description}")
        told = {(kind, fold(entities[to].name)) for kind, to in person.relations}
        for relation in expected.get("relations", ()):
            others = all_names.get(relation["to"], (relation["to"],))
            is_told = any((relation["kind"], fold(other)) in told for other in others)
            result.relations = result.relations.plus(Score(int(is_told), 0, 1))
    no_people = {fold(name) for name in nobody}
    result.wrong = [one.name for one in persons if fold(one.name) in no_people]
    return result


def _is_used(name: str, names: Iterable[str], text: str) -> bool:
    """Whether a text has a name by itself, not only as a part of a longer one."""
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for longer in sorted(names, key=len, reverse=True):
        if longer != name and pattern.search(longer) is not None:
            text = text.replace(longer, "")
    return pattern.search(text) is not None
