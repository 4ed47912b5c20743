"""The people of the long sample article against the pack that people wrote from it.

The article lies in the folder "shared" beside the project; where that is missing, the tests are
skipped, and fail under CI.
"""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from quality.samples import TROTSKY, article_in, skip_without

from knowledge.compiler.cast import Cast, FoundEntity
from knowledge.compiler.dates import find_dates
from knowledge.compiler.people import find_cast
from knowledge.model import EntityKind
from knowledge.readers.article import Article

ROOT = Path(__file__).resolve().parents[3]
PACK = ROOT / "knowledge" / "packs" / "leon-trotsky"

LEAST_NAMED = 0.93
"""Of the pack's people; seven of the rest stand only in citations and link lists."""

LEAST_DESCRIBED = 0.75
"""Of the pack's people."""

MOST_OTHERS = 5
"""Found people whom the pack doesn't know by the name found."""

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def article() -> Article:
    skip_without(TROTSKY)
    return article_in(TROTSKY.read_bytes(), TROTSKY.name)


@pytest.fixture(scope="module")
def cast(article: Article) -> Cast:
    return find_cast(article, find_dates(article))


@pytest.fixture(scope="module")
def people(cast: Cast) -> list[FoundEntity]:
    return [entity for entity in cast.entities if entity.kind is EntityKind.PERSON]


def written() -> list[Entry]:
    """Return the people of the pack."""
    return [
        entry
        for file in sorted(PACK.glob("people*.toml"))
        for entry in tomllib.loads(file.read_text("utf-8"))["entity"]
    ]


def names(entry: Entry) -> set[str]:
    return {entry["name"], *entry.get("aliases", ()), *entry.get("transliterations", ())}


def test_the_people_have_their_right_names(people: list[FoundEntity]) -> None:
    found = {person.name for person in people} | {a for p in people for a in p.aliases}
    missing = [entry["name"] for entry in written() if found.isdisjoint(names(entry))]
    assert len(missing) <= (1 - LEAST_NAMED) * len(written()), missing


def test_no_place_organisation_or_work_is_a_person(people: list[FoundEntity]) -> None:
    known = {name for entry in written() for name in names(entry)}
    others = [p.name for p in people if p.name not in known and not known & set(p.aliases)]
    assert len(others) <= MOST_OTHERS, others


def test_no_person_is_there_twice(people: list[FoundEntity]) -> None:
    """The article itself calls one man by two first names, and another by an alias."""
    twice = [
        [person.name for person in people if person.name in names(entry)] for entry in written()
    ]
    assert sum(len(same) > 1 for same in twice) <= 3, [same for same in twice if len(same) > 1]


def test_most_are_described(people: list[FoundEntity]) -> None:
    described = {person.name for person in people if person.description}
    told = [entry["name"] for entry in written() if not described.isdisjoint(names(entry))]
    assert len(told) >= LEAST_DESCRIBED * len(written())


def test_the_life_dates_are_those_of_the_pack(people: list[FoundEntity]) -> None:
    by_name = {person.name: person for person in people}
    for entry in written():
        for name in names(entry) & set(by_name):
            for key in ("born", "died"):
                found = getattr(by_name[name], key)
                if key in entry and found is not None:
                    assert entry[key].startswith(str(found)), (name, key, found)


def test_the_subject_goes_by_the_usual_name(cast: Cast) -> None:
    assert cast.subject is not None
    assert cast.entities[cast.subject].name == "Leon Trotsky"


def test_it_is_found_in_a_moment(article: Article) -> None:
    """Measured at 0.2 s of CPU; the bound leaves room for a busy machine."""
    dates = find_dates(article)
    begin = time.process_time()
    find_cast(article, dates)
    assert time.process_time() - begin < 0.8
