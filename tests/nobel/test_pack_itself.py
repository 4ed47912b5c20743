"""The pack of Nobel laureates by itself: its form, its names and its sentences."""

from __future__ import annotations

import re

from nobel_cases import PACK, Entry


def test_pack_says_nothing_of_year_0000() -> None:
    assert "0000" not in PACK.read_text(encoding="utf-8")


def test_pack_has_no_month_or_day_00() -> None:
    assert re.findall(r"\d-00", PACK.read_text(encoding="utf-8")) == []


def test_entries_come_in_the_order_pack_source_entities_events(pack: list[Entry]) -> None:
    order = ["pack", "source", "entity", "event"]
    positions = [order.index(entry["type"]) for entry in pack]
    assert positions == sorted(positions)


def test_ids_are_unique_short_and_ascii(pack: list[Entry]) -> None:
    ids = [entry["id"] for entry in pack]
    assert len(set(ids)) == len(ids)
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9-]{1,80}", name)] == []


def test_every_event_is_one_line_of_at_most_200_characters(events: dict[str, Entry]) -> None:
    long = [event["text"] for event in events.values() if len(event["text"]) > 200]
    assert long == []
    assert [event["text"] for event in events.values() if "\n" in event["text"]] == []


def test_every_description_has_at_most_300_characters_and_not_the_name_first(
    entities: dict[str, Entry],
) -> None:
    for entity in entities.values():
        assert len(entity["description"]) <= 300
        assert not entity["description"].startswith(entity["name"])


def test_every_name_in_an_event_is_an_entity(
    entities: dict[str, Entry], events: dict[str, Entry]
) -> None:
    kinds = {entity["name"]: entity["kind"] for entity in entities.values()}
    for event in events.values():
        assert {kinds[name] for name in event.get("people", [])} <= {"person"}
        assert {kinds[name] for name in event.get("things", [])} <= {"organisation"}


def test_no_alias_is_a_bare_surname(entities: dict[str, Entry], records: list[Entry]) -> None:
    surnames = {record["surname"] for record in records if "surname" in record}
    aliases = {alias for entity in entities.values() for alias in entity.get("aliases", [])}
    assert aliases & surnames == set()


def test_no_damage_of_the_data_is_left_in_a_sentence(pack: list[Entry]) -> None:
    damage = re.compile(r"  | ,|,,|&\w+;|\xad|´|\bthe the\b|\bin in\b|, [A-Z]{2}\b|\[|<")
    texts = [entry[key] for entry in pack for key in ("text", "description") if key in entry]
    assert [text for text in texts if damage.search(text)] == []


def test_nobody_receives_a_prize(events: dict[str, Entry]) -> None:
    assert [event["text"] for event in events.values() if "receive" in event["text"]] == []


def test_economics_is_not_called_a_nobel_prize(events: dict[str, Entry]) -> None:
    assert events["prize-1969-economics"]["text"] == (
        "Ragnar Frisch and Jan Tinbergen are awarded "
        "the Prize in Economic Sciences in Memory of Alfred Nobel."
    )
