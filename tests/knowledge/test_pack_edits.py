"""Edits: what a person corrected in a pack, kept in a file of its own beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library_watch import signature_of
from knowledge.library import fingerprint_of
from knowledge.model import Pack
from knowledge.packs.file_names import edits_file_of
from knowledge.packs.loader import LoadedPack, load_pack

PACK = """\
{"type": "pack", "id": "kerrow", "compiled": true}
{"type": "event", "id": "flood", "date": "1831-05-03", "end": "1831-05-05", "precision": "day", \
"gregorian": "1831-05-03", "gregorian_end": "1831-05-05", "text": "A flood carries the bridge \
away.", "people": ["Ada Veyl", "A. Veyl"], "confidence": 0.4}
{"type": "event", "id": "fair", "date": "1840", "text": "The fair opens.", "people": ["Odo Veyl"]}
{"type": "entity", "id": "ada", "kind": "person", "name": "Ada Veyl", "mentions": 3}
{"type": "entity", "id": "ada-2", "kind": "person", "name": "A. Veyl", "aliases": ["The Painter"], \
"born": "1811", "mentions": 2, "relations": [{"kind": "sister", "to": "Odo Veyl"}, \
{"kind": "friend", "to": "Ada Veyl"}]}
{"type": "entity", "id": "odo", "kind": "person", "name": "Odo Veyl", \
"relations": [{"kind": "brother", "to": "A. Veyl"}]}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kerrow.jsonl"
    path.write_text(PACK, "utf-8")
    return path


def edited(file: Path, edits: str) -> LoadedPack:
    edits_file_of(file).write_text(edits, "utf-8")
    return load_pack(file)


def good(file: Path, edits: str) -> Pack:
    loaded = edited(file, edits)
    assert (loaded.complaints, loaded.remarks) == ((), ())
    assert loaded.pack is not None
    return loaded.pack


def faults(file: Path, edits: str) -> list[str]:
    loaded = edited(file, edits)
    assert loaded.pack is None
    return [str(complaint).removeprefix(f"{file.parent}/") for complaint in loaded.complaints]


def edit(entry: str, keys: str) -> str:
    return f'[[edit]]\nid = "{entry}"\n{keys}\n'


def test_edits_lie_beside_the_pack_under_its_name(tmp_path: Path) -> None:
    assert edits_file_of(tmp_path / "kerrow.jsonl") == tmp_path / "kerrow.edits.toml"
    (tmp_path / "kerrow.d").mkdir()
    assert edits_file_of(tmp_path / "kerrow.d") == tmp_path / "kerrow.d.edits.toml"


def test_a_dropped_entry_is_gone(file: Path) -> None:
    pack = good(file, edit("flood", "drop = true"))
    assert [event.key for event in pack.events] == ["kerrow/fair"]


def test_of_a_dropped_person_the_name_stays_in_the_events(file: Path) -> None:
    pack = good(file, edit("odo", "drop = true"))
    assert pack.events[1].people == (("Odo Veyl", None),)


def test_a_replaced_key_holds_and_the_others_stay(file: Path) -> None:
    flood = good(file, edit("flood", 'text = "The bridge is lost."\nconfidence = 1.0')).events[0]
    assert (flood.text, flood.confidence, flood.weight) == ("The bridge is lost.", 1.0, 2)
    assert flood.people[0].name == "Ada Veyl"


def test_a_replaced_date_needs_no_care_for_what_follows_from_it(file: Path) -> None:
    flood = good(file, edit("flood", 'date = "1831-05"\nend = ""')).events[0]
    assert (str(flood.date.start), flood.date.end) == ("1831-05", None)


def test_an_empty_text_takes_a_key_away(file: Path) -> None:
    pack = good(file, edit("ada-2", 'born = ""'))
    assert [entity.born for entity in pack.entities] == [None, None, None]


def test_the_last_of_several_edits_of_a_key_holds(file: Path) -> None:
    edits = edit("fair", 'kind = "treaty"\nweight = 3') + edit("fair", 'kind = "journey"')
    fair = good(file, edits).events[1]
    assert (fair.kind, fair.weight) == ("journey", 3)


def test_an_entity_that_is_another_one_brings_its_names_dates_relations_and_events(
    file: Path,
) -> None:
    pack = good(file, edit("ada-2", 'same_as = "ada"'))
    ada, odo = pack.entities
    assert ada.names == ("Ada Veyl", "A. Veyl", "The Painter")
    assert (str(ada.born and ada.born.start), ada.mentions) == ("1811", 5)
    assert [(kind, to.key) for kind, to in ada.relations] == [("sister", "kerrow/odo")]
    assert odo.relations[0].to == ("Ada Veyl", "kerrow/ada")
    assert [event.people for event in pack.events] == [
        (("Ada Veyl", "kerrow/ada"),),
        (("Odo Veyl", "kerrow/odo"),),
    ]


def test_a_source_of_the_same_id_is_another_name(file: Path) -> None:
    source = '{"type": "source", "id": "ada", "title": "Ada Veyl"}\n'
    file.write_text(PACK + source, "utf-8")
    pack = good(file, edit("ada", 'description = "Painter."'))
    assert [one.title for one in pack.sources] == ["Ada Veyl"]
    assert pack.entities[0].description == "Painter."
    assert len(good(file, edit("ada", "drop = true")).sources) == 1


def test_a_chain_of_same_ends_at_its_last(file: Path) -> None:
    edits = edit("odo", 'same_as = "ada-2"') + edit("ada-2", 'same_as = "ada"')
    (ada,) = good(file, edits).entities
    assert set(ada.names) == {"Ada Veyl", "A. Veyl", "The Painter", "Odo Veyl"}


@pytest.mark.parametrize("keys", ["drop = true", 'text = "x"', 'same_as = "ada"'])
def test_an_edit_of_an_entry_that_is_gone_is_reported_and_the_pack_is_good(
    file: Path, keys: str
) -> None:
    loaded = edited(file, edit("lost", keys))
    assert loaded.pack is not None
    (remark,) = loaded.remarks
    assert str(remark) == (
        f"{edits_file_of(file)}:1: id: no entry is called 'lost' any more; "
        "the edit is kept and does nothing"
    )


def test_an_entity_that_is_the_same_as_one_that_is_gone_is_reported(file: Path) -> None:
    loaded = edited(file, edit("ada-2", 'same_as = "lost"'))
    assert loaded.pack is not None
    assert len(loaded.pack.entities) == 3
    assert [remark.key for remark in loaded.remarks] == ["same_as"]


def test_edits_survive_compiling_again(file: Path) -> None:
    good(file, edit("flood", 'kind = "treaty"'))
    file.write_text(PACK.replace("carries", "takes").replace("0.4", "0.6"), "utf-8")
    loaded = load_pack(file)
    assert loaded.pack is not None
    assert (loaded.pack.events[0].kind, loaded.pack.events[0].confidence) == ("treaty", 0.6)


@pytest.mark.parametrize(
    ("edits", "complaint"),
    [
        ("[[edit]]\ndrop = true\n", "1: id: must be there, as text"),
        (edit("flood", "drop = 1"), "1: drop: must be true or false"),
        (edit("flood", 'drop = true\ntext = "x"'), "1: drop: stands alone"),
        (edit("ada", "same_as = 3"), "1: same_as: must be text"),
        (edit("ada", 'same_as = "odo"\nborn = "1800"'), "1: same_as: stands alone"),
        (edit("ada", 'same_as = "ada"'), "1: same_as: makes 'ada' the same as itself"),
        ("\n" + edit("flood", 'date = "1831-02-30"'), "2: date: 1831-02-30: this month has no day"),
        (edit("flood", 'datte = "1831"'), "1: datte: is no key of this entry; did you mean date?"),
        ("[[event]]\n", "1: event: is no entry; known are edit"),
        ("[[edit\n", "1: is no TOML"),
    ],
)
def test_a_faulty_edit_is_a_complaint_at_its_place(file: Path, edits: str, complaint: str) -> None:
    (fault,) = faults(file, edits)
    assert fault.startswith(f"kerrow.edits.toml:{complaint}")


def test_a_circle_of_same_is_a_complaint(file: Path) -> None:
    edits = edit("ada", 'same_as = "odo"') + edit("odo", 'same_as = "ada"')
    assert len(faults(file, edits)) == 1


def test_edits_in_a_folder_are_edits_and_no_entries(tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    file.rename(folder / "kerrow.jsonl")
    (folder / "kerrow.edits.toml").write_text(edit("flood", "drop = true"), "utf-8")
    pack = load_pack(folder).pack
    assert pack is not None
    assert [event.key for event in pack.events] == ["kerrow/fair"]


def test_a_changed_edit_is_a_changed_library(file: Path) -> None:
    without = fingerprint_of([file])
    edits_file_of(file).write_text(edit("flood", "drop = true"), "utf-8")
    dropped = fingerprint_of([file])
    edits_file_of(file).write_text(edit("fair", "drop = true"), "utf-8")
    assert len({without, dropped, fingerprint_of([file])}) == 3


def test_a_running_bot_notices_a_changed_edit(file: Path) -> None:
    without = signature_of([file])
    edits_file_of(file).write_text(edit("flood", "drop = true"), "utf-8")
    assert signature_of([file]) != without


@pytest.mark.parametrize(("confidence", "weight"), [("0.49", 1), ("0.5", 3), ("1", 3)])
def test_what_a_program_is_unsure_of_is_told_as_a_detail(
    file: Path, confidence: str, weight: int
) -> None:
    (flood, _) = good(file, edit("flood", f"confidence = {confidence}\nweight = 3")).events
    assert flood.weight == weight
