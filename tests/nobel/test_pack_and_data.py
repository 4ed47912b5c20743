"""The pack of Nobel laureates against the Nobel Prize API's list: nothing is lost or made up."""

from __future__ import annotations

import json
import re

import nobel_pack
from nobel_cases import PACK, Entry


def months_and_days(events: dict[str, Entry]) -> set[str]:
    dates = [event["date"] for event in events.values()]
    dates += [event["gregorian"] for event in events.values() if "gregorian" in event]
    return {date[5:] for date in dates if len(date) == len("1867-11-07")}


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs_of_six(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}


def test_checked_in_pack_is_what_the_script_makes_of_the_data(content: bytes) -> None:
    assert nobel_pack.to_json_lines(nobel_pack.make_pack(content)) == PACK.read_text(
        encoding="utf-8"
    )


def test_every_laureate_of_the_data_is_an_entity(
    entities: dict[str, Entry], records: list[Entry]
) -> None:
    assert len(records) == 968
    assert set(entities) == {record["id"] for record in records}


def test_every_prize_of_the_data_is_an_event_that_names_all_its_laureates(
    entities: dict[str, Entry], events: dict[str, Entry], records: list[Entry]
) -> None:
    expected: dict[str, set[str]] = {}
    for record in records:
        for prize in record["prizes"]:
            name = entities[record["id"]]["name"]
            expected.setdefault(f"prize-{prize['year']}-{prize['category']}", set()).add(name)
    found = {
        key: {*event.get("people", []), *event.get("things", [])}
        for key, event in events.items()
        if event["kind"] == "prize"
    }
    assert found == expected


def test_every_recorded_birth_and_death_of_a_person_is_an_event_on_the_date_of_the_data(
    events: dict[str, Entry], records: list[Entry]
) -> None:
    expected = {
        f"{kind}-{record['id']}": record[key].replace("-00-00", "")
        for record in records
        for kind, key in (("birth", "born"), ("death", "died"))
        if record["gender"] != "org" and record[key] != "0000-00-00"
    }
    found = {k: event["date"] for k, event in events.items() if event["kind"] in ("birth", "death")}
    assert found == expected


def test_no_six_consecutive_words_of_a_motivation_are_in_the_pack(
    pack: list[Entry], records: list[Entry]
) -> None:
    motivations: set[tuple[str, ...]] = set()
    for record in records:
        for prize in record["prizes"]:
            motivations |= runs_of_six(prize["motivation"])
            motivations |= runs_of_six(prize.get("overallMotivation", ""))
    ours: set[tuple[str, ...]] = set()
    for entry in pack:
        ours |= runs_of_six(json.dumps(entry, ensure_ascii=False))
    assert len(motivations) > 1000
    assert ours & motivations == set()


def test_359_days_of_the_year_have_a_birth_or_death(events: dict[str, Entry]) -> None:
    assert len(months_and_days(events)) == 359


def test_corrected_calendars_leave_no_day_of_the_data_without_an_event(
    events: dict[str, Entry], records: list[Entry]
) -> None:
    dates = [record.get(key, "0000-00-00") for record in records for key in ("born", "died")]
    assert months_and_days(events) == {date[5:] for date in dates if not date.endswith("-00")}
