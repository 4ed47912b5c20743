"""What a good pack comes to: every key arrives, and names become whom they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_texts import EVENT, HEAD, PERSON, good_pack

from knowledge.calendars import Calendar
from knowledge.model import EntityKind, Mention, Pack, Qualifier, Relation, Source, Span, Tone
from knowledge.packs.loader import load_pack

FULL = """\
[pack]
id = "oberbach"
title = "Oberbach"
description = "A village that nobody will find on a map."
licence = "CC0-1.0"
julian = "by the calendar of the parish"

[[source]]
id = "chronicle"
title = "The village chronicle"
author = "Grete Wallner"
publisher = "Oberbach parish"
url = "https://example.org/chronicle"
licence = "CC0-1.0"
revision = "3"
hash = "sha256:%s"

[[event]]
id = "brigade"
date = "1900-02-28"
end = "1900-02-29"
precision = "day"
calendar = "julian"
calendar_inferred = true
gregorian = "1900-03-12"
gregorian_end = "1900-03-13"
qualifier = "from"
kind = "founding"
weight = 3
tone = "grim"
text = "The fire brigade of Oberbach is founded."
people = ["Grete Wallner", "Miss Wallner", "A stranger"]
places = ["oberbach-village"]
things = ["Oberbach Fire Brigade"]
source = "chronicle"
section = ["The years of fire", "1900"]
start = 10
stop = 90
also = [[120, 130], [140, 150]]
note = "The church book says March."

[[entity]]
id = "grete"
kind = "person"
name = "Grete Wallner"
fictional = true
aliases = ["Miss Wallner"]
transliterations = ["Грете Валльнер"]
pen_names = ["A Neighbour"]
born = "1880-02-03"
died = "1951"
description = "Teacher who wrote the chronicle."
text = "She taught for forty years.\\nShe never left the valley."
relations = [
  { kind = "founding member", to = "Oberbach Fire Brigade" },
  { kind = "aunt", to = "Ida" },
]
weight = 3
mentions = 12
source = "chronicle"
section = ["People"]
start = 1
stop = 2
note = "Her grave is lost."

[[entity]]
kind = "organisation"
name = "Oberbach Fire Brigade"

[[entity]]
id = "oberbach-village"
kind = "place"
name = "Oberbach"

[[passage]]
text = "It burnt for three days.\\nNobody was hurt."
section = ["The years of fire"]

[[not_event]]
start = 5
stop = 9
reason = "the date of printing"
source = "chronicle"
""" % ("0" * 64)


@pytest.fixture
def full(tmp_path: Path) -> Pack:
    return good_pack(tmp_path, FULL)


def test_every_key_of_an_event_arrives(full: Pack) -> None:
    (event,) = full.events
    assert event.key == "oberbach/brigade"
    assert str(event.date.start) == "1900-02-28"
    assert str(event.date.end) == "1900-02-29"
    assert event.date.calendar is Calendar.JULIAN
    assert event.date.calendar_inferred
    assert event.date.qualifier is Qualifier.FROM
    assert (event.kind, event.weight, event.tone) == ("founding", 3, Tone.GRIM)
    assert event.text == "The fire brigade of Oberbach is founded."
    assert event.calendar_words == "by the calendar of the parish"
    assert event.note == "The church book says March."
    assert event.citation.section == ("The years of fire", "1900")
    assert event.citation.spans == (Span(10, 90), Span(120, 130), Span(140, 150))


def test_every_key_of_an_entity_arrives(full: Pack) -> None:
    grete = full.entities[0]
    assert grete.key == "oberbach/grete"
    assert grete.kind is EntityKind.PERSON
    assert grete.fictional
    assert grete.names == ("Grete Wallner", "Miss Wallner", "Грете Валльнер", "A Neighbour")
    assert [str(life and life.start) for life in (grete.born, grete.died)] == ["1880-02-03", "1951"]
    assert grete.description == "Teacher who wrote the chronicle."
    assert grete.text == "She taught for forty years.\nShe never left the valley."
    assert (grete.weight, grete.mentions) == (3, 12)
    assert grete.citation.spans == (Span(1, 2),)
    assert grete.note == "Her grave is lost."


def test_every_key_of_the_head_and_of_a_source_arrives(full: Pack) -> None:
    assert (full.id, full.title, full.licence) == ("oberbach", "Oberbach", "CC0-1.0")
    assert full.description == "A village that nobody will find on a map."
    assert full.sources == (
        Source(
            id="chronicle",
            title="The village chronicle",
            author="Grete Wallner",
            publisher="Oberbach parish",
            url="https://example.org/chronicle",
            licence="CC0-1.0",
            revision="3",
            hash="sha256:" + "0" * 64,
        ),
    )


def test_a_passage_arrives_with_its_section(full: Pack) -> None:
    (passage,) = full.passages
    assert passage.key == "oberbach/the-village-chronicle-passage"
    assert passage.text == "It burnt for three days.\nNobody was hurt."
    assert passage.citation.section == ("The years of fire",)


def test_who_is_mentioned_by_name_alias_or_id_is_the_entity_and_others_stay_text(
    full: Pack,
) -> None:
    (event,) = full.events
    assert event.people == (
        Mention("Grete Wallner", "oberbach/grete"),
        Mention("Miss Wallner", "oberbach/grete"),
        Mention("A stranger", None),
    )
    assert event.places == (Mention("Oberbach", "oberbach/oberbach-village"),)
    assert event.things == (Mention("Oberbach Fire Brigade", "oberbach/oberbach-fire-brigade"),)
    assert full.entities[0].relations == (
        Relation(
            "founding member", Mention("Oberbach Fire Brigade", "oberbach/oberbach-fire-brigade")
        ),
        Relation("aunt", Mention("Ida", None)),
    )


def test_a_name_that_two_bear_means_neither(tmp_path: Path) -> None:
    second = PERSON.replace("Grete", "Ottokar")
    people = PERSON + 'aliases = ["Wallner"]\n' + second + 'aliases = ["Wallner"]\n'
    pack = good_pack(tmp_path, people + EVENT + 'people = ["Wallner"]\n')
    assert pack.events[0].people == (Mention("Wallner", None),)


def test_a_usual_name_goes_before_anothers_alias(tmp_path: Path) -> None:
    other = PERSON.replace("Grete Wallner", "Ottokar") + 'aliases = ["Grete Wallner"]\n'
    pack = good_pack(tmp_path, other + PERSON + EVENT + 'people = ["Grete Wallner"]\n')
    assert pack.events[0].people == (Mention("Grete Wallner", "oberbach/grete-wallner"),)


def test_a_pack_without_a_source_has_one_with_its_title(tmp_path: Path) -> None:
    pack = good_pack(tmp_path, '[pack]\ntitle = "Oberbach"\nlicence = "CC0-1.0"\n' + EVENT)
    assert pack.sources == (Source("pack", "Oberbach", licence="CC0-1.0"),)
    assert pack.events[0].citation.source == pack.sources[0]


def test_an_entry_without_a_source_rests_on_the_first_one(tmp_path: Path) -> None:
    pack = good_pack(tmp_path, HEAD + '[[source]]\ntitle = "A letter"\n' + EVENT)
    assert [source.id for source in pack.sources] == ["chronicle", "a-letter"]
    assert pack.events[0].citation.source.id == "chronicle"


@pytest.mark.parametrize(
    ("name", "pack_id"),
    [
        ("oberbach.toml", "oberbach"),
        ("Our Village, 1921.toml", "our-village-1921"),
        ("Обербах.toml", "oberbakh"),
        ("x" * 60 + ".toml", "x" * 40),
        ("!!!.toml", "pack"),
    ],
)
def test_a_pack_without_an_id_is_called_like_its_file(
    tmp_path: Path, name: str, pack_id: str
) -> None:
    pack = good_pack(tmp_path, EVENT, name)
    assert (pack.id, pack.title) == (pack_id, pack_id)
    assert pack.events[0].pack == pack_id


def test_a_folder_is_one_pack_of_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "Oberbach.v2"
    folder.mkdir()
    (folder / "b.toml").write_text(EVENT, "utf-8")
    (folder / "a.jsonl").write_text(
        '{"type": "event", "date": "1922", "text": "The bell cracks."}\n', "utf-8"
    )
    (folder / "notes.txt").write_text("not read", "utf-8")
    (folder / "c.toml").mkdir()
    pack, complaints, _ = load_pack(folder)
    assert complaints == ()
    assert pack is not None
    assert pack.id == "oberbachv2"
    assert [event.text for event in pack.events] == [
        "The bell cracks.",
        "The fire brigade is founded.",
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1921-05-14", "1921-05-14"),
        ("1921", "1921"),
        ("70", "0070"),
        ("0", "0000"),
        ("-69", "-0069"),
        ("-4712", "-4712"),
        ('"1921-05"', "1921-05"),
        ('"192X"', "192X"),
    ],
)
def test_a_date_may_be_written_without_quotes(tmp_path: Path, written: str, read: str) -> None:
    event = f'[[event]]\ndate = {written}\nend = {written}\ntext = "A bell cracks."\n'
    person = f"{PERSON}born = {written}\ndied = {written}\n"
    pack = good_pack(tmp_path, event + person)
    date, entity = pack.events[0].date, pack.entities[0]
    assert {str(date.start), str(date.end)} == {read}
    assert {str(life and life.start) for life in (entity.born, entity.died)} == {read}


def test_a_bare_year_in_json_is_a_year(tmp_path: Path) -> None:
    pack = good_pack(
        tmp_path, '{"type": "event", "date": 1921, "text": "A bell cracks."}\n', "oberbach.jsonl"
    )
    assert str(pack.events[0].date.start) == "1921"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ufeff" + HEAD + EVENT, id="a byte order mark"),
        pytest.param((HEAD + EVENT).replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param("", id="an empty file"),
        pytest.param("# nothing yet\n", id="a comment"),
        pytest.param("[event]\n" + EVENT.split("\n", 1)[1], id="a single table"),
        pytest.param('event = [{ date = "1921", text = "A bell cracks." }]', id="an inline table"),
        pytest.param('[[event]]\ndate = "1921"\ntext = "A\u00a0bell’s crack 🔔."', id="any script"),
    ],
)
def test_a_file_as_editors_leave_it_is_accepted(tmp_path: Path, text: str) -> None:
    file = tmp_path / "oberbach.toml"
    file.write_bytes(text.encode())
    assert load_pack(file).complaints == ()


def test_blank_lines_between_json_objects_are_accepted(tmp_path: Path) -> None:
    line = '{"type": "event", "date": "1921", "text": "A bell cracks."}'
    assert len(good_pack(tmp_path, f"\n{line}\r\n  \n{line}", "oberbach.jsonl").events) == 2
