"""People and things of articles, case by case: who is named, who each is, and nobody else.

`article_people_unseen.toml` was written by somebody who had not seen the code.
"""

from __future__ import annotations

import pytest
from article_cases import Case, cases

from knowledge.compiler.cast import Cast, FoundEntity
from knowledge.compiler.dates import find_dates
from knowledge.compiler.people import find_cast
from knowledge.model import EntityKind
from knowledge.readers.article import Article, Block, Piece, Role


def cast_of(case: Case) -> Cast:
    blocks = tuple(
        Block(Role.PROSE, text, (), (Piece(0, 0, len(text)),))
        for text in (" ".join(part.split()) for part in case["text"].split("\n\n"))
        if text
    )
    article = Article(case["title"], blocks)
    return find_cast(article, find_dates(article))


def names(entity: FoundEntity) -> set[str]:
    return {entity.name, *entity.aliases}


def faults(case: Case) -> list[str]:
    """Return what of a case is missing, false or wrongly told."""
    cast = cast_of(case)
    people = {
        index: entity
        for index, entity in enumerate(cast.entities)
        if entity.kind is EntityKind.PERSON
    }
    found: list[str] = []
    told: set[int] = set()
    for expected in case.get("person", []):
        index = next((i for i, e in people.items() if e.name in expected["name"].split("|")), None)
        if index is None:
            found.append(f"{expected['name']} is missing")
            continue
        told.add(index)
        found += [
            f"{people[index].name}: {fault}" for fault in person_faults(expected, index, cast)
        ]
    found += [
        f"{entity.name} is nobody of the text"
        for index, entity in people.items()
        if index not in told and index != cast.subject
    ]
    for expected in case.get("thing", []):
        wanted = set(expected["name"].split("|"))
        if not any(
            entity.kind in expected["kind"].split("|") and wanted & names(entity)
            for entity in cast.entities
        ):
            found.append(f"no {expected['kind']} {expected['name']}")
    persons = {entity.name for entity in people.values()}
    found += [
        f"{one['name']} is nobody" for one in case.get("nobody", []) if one["name"] in persons
    ]
    return found


def person_faults(expected: Case, index: int, cast: Cast) -> list[str]:
    person = cast.entities[index]
    found = [
        f"no alias {alias}"
        for alias in expected.get("aliases", [])
        if not names(person) & set(alias.split("|"))
    ]
    for key, value in (("born", person.born), ("died", person.died), ("pronoun", person.pronoun)):
        if key in expected and str(value) != expected[key]:
            found.append(f"{key} {value}, not {expected[key]}")
    wanted = expected.get("description", [])
    if wanted == [""] and person.description:
        found.append(f"described as {person.description!r}")
    found += [
        f"described as {person.description!r}, without {words}"
        for words in wanted
        if not any(word.lower() in person.description.lower() for word in words.split("|"))
    ]
    found += [
        f"not the {relation['kind']} of {relation['to']}"
        for relation in expected.get("relations", [])
        if not any(
            kind == relation["kind"] and relation["to"] in names(cast.entities[to])
            for kind, to in person.relations
        )
    ]
    return found


@pytest.mark.parametrize("case", cases("article_people.toml"))
def test_everybody_is_found_and_told_as_the_text_does(case: Case) -> None:
    assert faults(case) == []


@pytest.mark.parametrize("case", cases("article_people_unseen.toml"))
def test_everybody_is_found_in_what_others_wrote(case: Case) -> None:
    assert faults(case) == []
