"""Ids of entries that have none: made from what they say, and the same ones tomorrow."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pack_texts import EVENT, HEAD, PERSON, good_pack


def keys_of(folder: Path, text: str) -> list[str]:
    pack = good_pack(folder, text)
    events, entities, passages = pack.events, pack.entities, pack.passages
    return [*(e.key for e in events), *(e.key for e in entities), *(p.key for p in passages)]


def test_a_made_id_names_source_date_kind_and_first_person(tmp_path: Path) -> None:
    event = EVENT + 'kind = "founding"\npeople = ["Grete Wallner", "Ida"]\n'
    assert keys_of(tmp_path, HEAD + event) == [
        "oberbach/the-village-chronicle-1921-05-14-founding-grete-wallner"
    ]
    assert keys_of(tmp_path, HEAD + PERSON) == ["oberbach/grete-wallner"]


def test_made_ids_of_like_entries_are_counted(tmp_path: Path) -> None:
    made = "oberbach/the-village-chronicle-1921-05-14-event"
    assert keys_of(tmp_path, HEAD + EVENT * 3) == [made, f"{made}-2", f"{made}-3"]


def test_a_made_id_is_never_a_written_one(tmp_path: Path) -> None:
    written = 'id = "the-village-chronicle-1921-05-14-event"\n'
    made = "oberbach/the-village-chronicle-1921-05-14-event"
    assert keys_of(tmp_path, HEAD + EVENT + EVENT + written) == [f"{made}-2", made]


def test_made_ids_do_not_change_when_an_entry_is_appended_or_reworded(tmp_path: Path) -> None:
    text = HEAD + EVENT * 2 + PERSON + '[[passage]]\ntext = "A bell."\n'
    before = keys_of(tmp_path, text)
    more = EVENT + '[[passage]]\ntext = "Another."\n' + PERSON.replace("Grete", "Ida")
    after = keys_of(tmp_path, text + more)
    reworded = keys_of(tmp_path, text.replace("is founded", "is set up"))
    assert set(before) < set(after)
    assert len(set(after)) == len(after) == len(before) + 3
    assert reworded == before


@pytest.mark.parametrize("name", ["x" * 200, "???", "Грета", "長い名前" * 30, "–" * 5])
def test_a_made_id_is_as_short_and_plain_as_a_written_one(tmp_path: Path, name: str) -> None:
    entity = f'[[entity]]\nkind = "person"\nname = "{name}"\n'
    other = entity.replace('"person"', '"work"').replace(name, name[:-1] + "!")
    for key in keys_of(tmp_path, entity + other):
        assert re.fullmatch(r"oberbach/[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", key)
