"""The script that makes the pack of Nobel laureates, on lists of invented ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nobel_pack
import pytest
from nobel_cases import Entry


def laureate(**changes: object) -> Entry:
    """Make a record as the API writes it, with changes; a key changed to None is left out."""
    prize = {"year": "1950", "category": "physics", "share": "1", "affiliations": [[]]}
    record = {
        "id": "7",
        "firstname": "Ada",
        "surname": "Example",
        "born": "1900-02-03",
        "died": "0000-00-00",
        "gender": "female",
        "prizes": [prize],
    }
    return {key: value for key, value in {**record, **changes}.items() if value is not None}


def file_of(*records: Entry) -> bytes:
    return json.dumps({"laureates": records}).encode()


def test_same_input_gives_the_same_bytes() -> None:
    content = file_of(laureate(id="9"), laureate(id="10"))
    first, second = nobel_pack.make_pack(content), nobel_pack.make_pack(content)
    assert nobel_pack.to_json_lines(first) == nobel_pack.to_json_lines(second)


def test_laureates_are_ordered_by_number_whatever_the_order_of_the_input() -> None:
    pack = nobel_pack.make_pack(file_of(laureate(id="10"), laureate(id="9")))
    ids = [entry["id"] for entry in pack if entry["type"] == "entity"]
    assert ids == ["9-ada-example", "10-ada-example"]


def test_source_carries_the_hash_of_the_input() -> None:
    source = nobel_pack.make_pack(file_of(laureate()))[1]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", source["hash"])


def test_needless_spaces_and_entities_are_removed() -> None:
    record = laureate(firstname="Ada  Jos&eacute; ", bornCity="Wisbech ", bornCountry="Peru")
    birth = nobel_pack.make_pack(file_of(record))[3]
    assert birth["text"] == (
        "Ada José Example, later awarded the 1950 Nobel Prize in Physics, is born in Wisbech, Peru."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"nonsense", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[]", 'expected an object with a list "laureates"'),
        (file_of(laureate(id=None)), "a laureate: no id"),
        (file_of(laureate(id="x")), "laureate x: the id is not a number"),
        (file_of(laureate(), laureate()), "2 laureates have the id 7"),
        (file_of(laureate(firstname=7)), "laureate 7: firstname is not a text"),
        (file_of(laureate(born="1900-02-30")), "laureate 7: '1900-02-30' is not a date"),
        (file_of(laureate(born="1900-02-00")), "laureate 7: '1900-02-00' is not a date"),
        (file_of(laureate(died="1899-01-01")), "laureate 7: died 1899-01-01, born 1900-02-03"),
        (file_of(laureate(prizes=[])), "laureate 7: no prizes"),
        (file_of(laureate(prizes=[{"year": "50"}])), "laureate 7: '50' is not a year"),
        (
            file_of(laureate(prizes=[{"year": "1950", "category": "chess"}])),
            "laureate 7: unknown category 'chess'",
        ),
        (
            file_of(laureate(prizes=[{"year": "1950", "category": "peace", "share": "9"}])),
            "laureate 7: unknown share '9'",
        ),
        (file_of(laureate(surname="X" * 200)), "characters where a pack allows 200"),
        (file_of(laureate(id="296")), "look at both"),
    ],
)
def test_bad_input_is_explained_and_writes_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: bytes,
    message: str,
) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.jsonl"
    source.write_bytes(content)
    assert nobel_pack.main([str(source), str(target)]) == 1
    assert message in capsys.readouterr().err
    assert not target.exists()


def test_missing_input_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert nobel_pack.main([str(tmp_path / "none.json"), str(tmp_path / "out.jsonl")]) == 1
    assert "none.json" in capsys.readouterr().err


def test_command_writes_one_compact_entry_a_line(tmp_path: Path) -> None:
    source, target = tmp_path / "in.json", tmp_path / "out.jsonl"
    source.write_bytes(file_of(laureate(surname="Öğe")))
    assert nobel_pack.main([str(source), str(target)]) == 0
    lines = target.read_text(encoding="utf-8").splitlines()
    types = [json.loads(line)["type"] for line in lines]
    assert types == ["pack", "source", "entity", "event", "event"]
    assert '"name":"Ada Öğe"' in lines[2]
