"""The packs that come with Daybook are without fault, and whoever they name is in them."""

from __future__ import annotations

import pytest

from knowledge.model import Pack
from knowledge.packs.builtin import builtin_packs
from knowledge.packs.loader import load_pack


@pytest.fixture(scope="module")
def builtin() -> dict[str, Pack]:
    return {name: pack for name, path in builtin_packs().items() if (pack := load_pack(path).pack)}


@pytest.mark.parametrize("name", sorted(builtin_packs()))
def test_a_builtin_pack_loads_without_complaint(name: str) -> None:
    loaded = load_pack(builtin_packs()[name])
    assert loaded.complaints == ()
    assert loaded.pack is not None
    assert loaded.pack.id == name
    assert loaded.pack.events
    assert loaded.pack.entities


def test_the_builtin_packs_are_these(builtin: dict[str, Pack]) -> None:
    assert list(builtin) == ["leon-trotsky", "nobel-laureates"]


@pytest.mark.parametrize("name", sorted(builtin_packs()))
def test_every_person_in_an_event_of_a_builtin_pack_is_an_entity(
    builtin: dict[str, Pack], name: str
) -> None:
    unknown = {
        person.name
        for event in builtin[name].events
        for person in event.people
        if person.key is None
    }
    assert unknown == set()


@pytest.mark.parametrize("name", sorted(builtin_packs()))
def test_every_relation_in_a_builtin_pack_is_to_an_entity(
    builtin: dict[str, Pack], name: str
) -> None:
    unknown = {
        relation.to.name
        for entity in builtin[name].entities
        for relation in entity.relations
        if relation.to.key is None
    }
    assert unknown == set()


@pytest.mark.parametrize("name", sorted(builtin_packs()))
def test_every_text_of_a_builtin_pack_is_a_short_line_that_ends(
    builtin: dict[str, Pack], name: str
) -> None:
    texts = [event.text for event in builtin[name].events]
    assert [text for text in texts if len(text) > 200 or "\n" in text] == []
    assert [text for text in texts if not text.endswith((".", "!", "?"))] == []
