"""Packs: what docs/packs.md says is accepted, and every fault is named with its place."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import Path

import msgspec
import pytest

from knowledge.calendars import Calendar
from knowledge.model import (
    EntityKind,
    Mention,
    Pack,
    Precision,
    Qualifier,
    Relation,
    Source,
    Span,
    Tone,
)
from knowledge.packs import files as pack_files
from knowledge.packs.builtin import builtin_packs
from knowledge.packs.complaints import Complaint
from knowledge.packs.entries import ENTRY_TYPES
from knowledge.packs.loader import load_pack

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "packs.md").read_text("utf-8")

HEAD = """\
[pack]
title = "Oberbach"

[[source]]
id = "chronicle"
title = "The village chronicle"

"""
FAULTY_LINE = HEAD.count("\n") + 1
EVENT = '[[event]]\ndate = "1921-05-14"\ntext = "The fire brigade is founded."\n'
PERSON = '[[entity]]\nkind = "person"\nname = "Grete Wallner"\n'


def load_text(folder: Path, text: str, name: str = "oberbach.toml") -> tuple[Complaint, ...]:
    return load_file(folder, text, name)[1]


def load_file(
    folder: Path, text: str, name: str = "oberbach.toml"
) -> tuple[Pack | None, tuple[Complaint, ...]]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return load_pack(file)


def good_pack(folder: Path, text: str, name: str = "oberbach.toml") -> Pack:
    pack, complaints, _ = load_file(folder, text, name)
    assert complaints == ()
    assert pack is not None
    return pack


# -- the document --------------------------------------------------------------------------------


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.MULTILINE | re.DOTALL)


def test_the_ten_lines_of_the_document_and_their_twin_are_one_pack(tmp_path: Path) -> None:
    (toml, *_), (lines,) = examples("toml"), examples("json")
    packs = [good_pack(tmp_path, toml, "village.toml"), good_pack(tmp_path, lines, "village.jsonl")]
    assert packs[0] == packs[1]
    assert packs[0].title == "Our village"
    assert [event.text for event in packs[0].events] == [
        "The volunteer fire brigade of Oberbach is founded with a hand pump and eleven members."
    ]
    assert [entity.name for entity in packs[0].entities] == ["Grete Wallner"]


def test_the_ten_lines_are_not_many_more() -> None:
    toml, *_ = examples("toml")
    assert sum(bool(line) for line in toml.splitlines()) <= 10


def documented(entry: str) -> dict[str, bool]:
    """Return the keys that the document lists for an entry, and which it requires."""
    section = re.split(r"^##+ ", DOCUMENT, flags=re.MULTILINE)
    (text,) = (part for part in section if part.startswith(f"`{entry}`"))
    rows = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    if not rows:
        rows = [text.split("\n\n")[1].split(".")[0]]
    return {name: bool(star) for row in rows for name, star in re.findall(r"`(\w+)`( \*)?", row)}


@pytest.mark.parametrize("entry", ENTRY_TYPES)
def test_the_document_lists_exactly_the_keys_that_are_accepted(entry: str) -> None:
    fields = msgspec.structs.fields(ENTRY_TYPES[entry])
    assert documented(entry) == {field.name: field.required for field in fields}


def test_the_document_names_every_entry() -> None:
    assert set(re.findall(r"^### `(\w+)`", DOCUMENT, re.MULTILINE)) == set(ENTRY_TYPES)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("| `precision` |", Precision),
        ("| `calendar` |", Calendar),
        ("| `qualifier` |", Qualifier),
        ("| `tone` |", Tone),
        ("| `kind` * |", EntityKind),
    ],
)
def test_the_document_lists_every_word_that_a_key_may_hold(row: str, words: type[StrEnum]) -> None:
    (line,) = (line for line in DOCUMENT.splitlines() if line.startswith(row))
    named = set(re.findall(r"`([a-z]+)`", line.removeprefix(row)))
    assert named & set(words) == set(words)


def test_the_kinds_of_events_that_are_in_use_are_listed() -> None:
    listed = set(re.findall(r"`([a-z]+)`", DOCUMENT.split("## Kinds")[1]))
    used = {
        event.kind
        for path in builtin_packs().values()
        for pack in [load_pack(path).pack]
        if pack
        for event in pack.events
    }
    assert used <= listed


# -- what a pack comes to ------------------------------------------------------------------------

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


# -- faults --------------------------------------------------------------------------------------

LISTED = "is none of the words that docs/packs.md lists for it"
FORM = "has characters or a form that docs/packs.md doesn't allow for it"
NO_DATE = "is no date; write 1940-08-21, 1940-08, 1940, 192X or 18XX"

EVENT_FAULTS = [
    # what is added to a good event, or what replaces its date or text; the key; the sentence
    ("wieght = 2", "wieght", "is no key of this entry; did you mean weight?"),
    ('persons = ["Ida"]', "persons", "is no key of this entry; did you mean precision?"),
    ('date = "yesterday"', "date", f"'yesterday' {NO_DATE}"),
    ('date = "14 May 1921"', "date", f"'14 May 1921' {NO_DATE}"),
    ('date = "the fourteenth of May"', "date", f"'the fourteenth of May' {NO_DATE}"),
    ('date = "1921-13-01"', "date", "'1921-13-01' has no month: months are 01 to 12"),
    (
        'date = "1921-02-29"',
        "date",
        "1921-02-29: this month has no day 29 in the gregorian calendar",
    ),
    ('date = "-4800"', "date", "-4800 lies before 4713 BC"),
    ('date = ""', "date", f"'' {NO_DATE}"),
    ("date = 1921-05-14T10:00:00", "date", "must be text, not a date and time without quotes"),
    ("date = 10:00:00", "date", "must be text, not a time without quotes"),
    ("date = 19210514", "date", "must be text, not a whole number"),
    ("date = true", "date", "must be text, not true or false"),
    ('end = "1921-05-13"', "end", "the end 1921-05-13 lies before the date 1921-05-14"),
    (
        'end = "1921-06-31"',
        "end",
        "1921-06-31: this month has no day 31 in the gregorian calendar",
    ),
    ('end = "later"', "end", f"'later' {NO_DATE}"),
    ("text = 5", "text", "must be text, not a whole number"),
    ('text = ""', "text", "is empty"),
    ('text = "   "', "text", "is empty"),
    (f'text = "{"x" * 201}"', "text", "is longer than 200 characters"),
    ('text = """two\nlines"""', "text", "holds the control character U+000A; take it out"),
    ('text = "a\\u0007b"', "text", "holds the control character U+0007; take it out"),
    ('text = "a\\u202Eb"', "text", "holds the control character U+202E; take it out"),
    ('text = "a\\u2028b"', "text", "holds the control character U+2028; take it out"),
    ('note = "a\\tb"', "note", "holds the control character U+0009; take it out"),
    ('people = ["a\\u2066b"]', "people", "holds the control character U+2066; take it out"),
    ('calendar = "martian"', "calendar", f"'martian' {LISTED}"),
    ("calendar_inferred = true", "calendar_inferred", 'goes with calendar = "julian"'),
    ('calendar_inferred = "yes"', "calendar_inferred", "must be true or false, not text"),
    ('precision = "month"', "precision", "1921-05-14 is a day"),
    ('precision = "week"', "precision", f"'week' {LISTED}"),
    ('gregorian = "1921-05-15"', "gregorian", "1921-05-15 is wrong: it is 1921-05-14"),
    (
        'calendar = "julian"\ngregorian = "1921-05-14"',
        "gregorian",
        "1921-05-14 is wrong: it is 1921-05-27",
    ),
    ('gregorian_end = "1921-05-14"', "gregorian_end", "1921-05-14 is wrong: it is no day"),
    ('qualifier = "perhaps"', "qualifier", f"'perhaps' {LISTED}"),
    ('kind = "Founding"', "kind", FORM),
    ('kind = ""', "kind", FORM),
    ("weight = 0", "weight", "must be at least 1"),
    ("weight = 4", "weight", "must be at most 3"),
    ('weight = "2"', "weight", "must be a whole number, not text"),
    ("weight = 2.5", "weight", "must be a whole number, not a decimal number"),
    ('tone = "sad"', "tone", f"'sad' {LISTED}"),
    ('people = "Ida"', "people", "must be a list, not text"),
    ("people = [1]", "people", "must be text, not a whole number (at [0])"),
    ('people = [""]', "people", "is empty (at [0])"),
    ('source = "diary"', "source", "'diary' is no source here; known are chronicle"),
    ('section = "1921"', "section", "must be a list, not text"),
    ("start = 5", "start", "start and stop go together"),
    ("stop = 5", "start", "start and stop go together"),
    ("start = 5\nstop = 5", "stop", "must lie after its start"),
    ("start = -1\nstop = 5", "start", "must be at least 0"),
    ("also = [[9, 3]]", "also", "must lie after its start"),
    ("also = [[9]]", "also", "must have 2 entries (at [0])"),
    ('id = "two words"', "id", FORM),
    (f'id = "{"x" * 81}"', "id", "is longer than 80 characters"),
    ('type = "entity"', "type", "belongs to JSON Lines; in TOML the header says it"),
    ("note = {}", "note", "must be text, not a table"),
]

ENTITY_FAULTS = [
    ('kind = "human"', "kind", f"'human' {LISTED}"),
    ('name = ""', "name", "is empty"),
    ('name = " "', "name", "is empty"),
    (f'name = "{"x" * 201}"', "name", "is longer than 200 characters"),
    (f'description = "{"x" * 301}"', "description", "is longer than 300 characters"),
    (f'text = "{"x" * 4001}"', "text", "is longer than 4000 characters"),
    ('text = "a\\u0000b"', "text", "holds the control character U+0000; take it out"),
    ('description = "a\\nb"', "description", "holds the control character U+000A; take it out"),
    ('born = "about 1880"', "born", f"'about 1880' {NO_DATE}"),
    (
        'died = "1951-02-29"',
        "died",
        "1951-02-29: this month has no day 29 in the gregorian calendar",
    ),
    ("fictional = 1", "fictional", "must be true or false, not a whole number"),
    ("mentions = -1", "mentions", "must be at least 0"),
    ('relations = [{ kind = "wife" }]', "relations", "lacks its to (at [0])"),
    (
        'relations = [{ kind = "wife", to = "Ida", since = 1921 }]',
        "relations",
        "has a key since that is not known (at [0])",
    ),
    ('relations = [{ kind = "Wife", to = "Ida" }]', "relations", f"{FORM} (at [0].kind)"),
    ('relations = ["wife of Ida"]', "relations", "must be a table, not text (at [0])"),
    ('alias = ["Miss Wallner"]', "alias", "is no key of this entry; did you mean aliases?"),
    (f"aliases = {['x'] * 201}", "aliases", "has more than 200 entries"),
]

WHOLE_FAULTS = [
    ('[[event]]\ntext = "A bell cracks."', "date", "is missing"),
    ('[[event]]\ndate = "1921"', "text", "is missing"),
    ('[[entity]]\nname = "Ida"', "kind", "is missing"),
    ('[[entity]]\nkind = "person"', "name", "is missing"),
    ('[[source]]\nid = "letter"', "title", "is missing"),
    ('[[source]]\ntitle = "A letter"\nurl = "ftp://example.org"', "url", FORM),
    ('[[source]]\ntitle = "A letter"\nurl = "javascript:alert(1)"', "url", FORM),
    ('[[source]]\ntitle = "A letter"\nhash = "md5:0"', "hash", FORM),
    (
        '[[source]]\nid = "chronicle"\ntitle = "A letter"',
        "id",
        "two sources are called 'chronicle'",
    ),
    ("[[passage]]", "text", "is missing"),
    (f'[[passage]]\ntext = "{"x" * 20_001}"', "text", "is longer than 20000 characters"),
    ("[[not_event]]\nstart = 1\nstop = 2", "reason", "is missing"),
    ('[[not_event]]\nstart = 2\nstop = 2\nreason = "x"', "stop", "must lie after its start"),
    (
        '[[not_event]]\nstart = 1\nstop = 2\nreason = "x"\nsource = "diary"',
        "source",
        "'diary' is no source here; known are chronicle",
    ),
    (
        "[[evnt]]",
        "evnt",
        "is no entry; known are pack, source, event, entity, passage, not_event",
    ),
]


def with_key(good: str, line: str) -> str:
    """Return a good entry with a line added, or put in the place of the same key's."""
    key = line.split(" = ")[0]
    kept = [old for old in good.splitlines() if not old.startswith(f"{key} = ")]
    return "\n".join([*kept, line, ""])


FAULTS = [
    *((with_key(EVENT, line), key, sentence) for line, key, sentence in EVENT_FAULTS),
    *((with_key(PERSON, line), key, sentence) for line, key, sentence in ENTITY_FAULTS),
    *WHOLE_FAULTS,
]


@pytest.mark.parametrize(
    ("entry", "key", "sentence"),
    FAULTS,
    ids=[f"{key}: {sentence[:50]}" for _, key, sentence in FAULTS],
)
def test_a_fault_is_named_with_its_line_and_key_and_nothing_else_is(
    tmp_path: Path, entry: str, key: str, sentence: str
) -> None:
    pack, complaints, _ = load_file(tmp_path, f"{HEAD}{entry}\n{EVENT}")
    assert complaints == (Complaint(tmp_path / "oberbach.toml", FAULTY_LINE, key, sentence),)
    assert pack is None


@pytest.mark.parametrize(
    ("text", "line", "key", "sentence"),
    [
        (EVENT + 'id = "x"\n' + EVENT + 'id = "x"', 5, "id", "'x' stands twice in this pack"),
        (EVENT + 'id = "x"\n' + PERSON + 'id = "x"', 5, "id", "'x' stands twice in this pack"),
        (PERSON + 'id = "one"\n' + PERSON, 5, "name", "stands twice; give both entries an id"),
        ("[[pack]]\n[[pack]]", 2, "pack", "stands twice; a pack has one head"),
        ('[pack]\nid = "Our Village"', 1, "id", FORM),
        ('[pack]\nid = ""', 1, "id", FORM),
        ('[pack]\ntitle = ""', 1, "title", "is empty"),
        ("event = 5\n" + PERSON, 1, "event", "is no entry: begin it with [[event]]"),
        ('\nevent = ["A bell cracks."]', 2, "event", "is no entry: begin it with [[event]]"),
        ("x = 1\n" + EVENT, 1, "x", "is no entry; known are pack, source, event, entity, "),
    ],
)
def test_a_fault_of_the_whole_is_named_where_it_shows(
    tmp_path: Path, text: str, line: int, key: str, sentence: str
) -> None:
    complaints = load_text(tmp_path, text)
    (found,) = set(complaints)
    assert (found.line, found.key) == (line, key)
    assert found.message.startswith(sentence)


def test_two_people_of_one_name_without_ids_are_both_named(tmp_path: Path) -> None:
    complaints = load_text(tmp_path, PERSON + PERSON)
    assert [(one.line, one.key, one.message) for one in complaints] == [
        (1, "name", "stands twice; give both entries an id"),
        (4, "name", "stands twice; give both entries an id"),
    ]


def test_two_people_of_one_name_who_both_have_ids_are_accepted(tmp_path: Path) -> None:
    pack = good_pack(tmp_path, PERSON + 'id = "one"\n' + PERSON + 'id = "two"')
    assert [entity.key for entity in pack.entities] == ["oberbach/one", "oberbach/two"]


def test_a_faulty_source_is_complained_about_once_and_not_by_all_who_name_it(
    tmp_path: Path,
) -> None:
    text = '[[source]]\nid = "diary"\ntitle = "A diary"\nurl = "?"\n'
    complaints = load_text(tmp_path, HEAD + text + (EVENT + 'source = "diary"\n') * 3)
    assert [complaint.key for complaint in complaints] == ["url"]


def test_all_faults_of_an_entry_come_at_once(tmp_path: Path) -> None:
    text = '[[event]]\ntext = ""\nweight = 9\nwieght = 2\nkind = "X"\n'
    assert [complaint.key for complaint in load_text(tmp_path, text)] == [
        *("date", "text", "weight", "wieght", "kind"),
    ]


def test_a_control_character_does_not_hide_the_other_faults_of_an_entry(tmp_path: Path) -> None:
    text = '[[event]]\ndate = "1921"\ntext = "a\\u0007b"\nnote = "\\u0007"\nweight = 9\n'
    complaints = load_text(tmp_path, text)
    assert [complaint.key for complaint in complaints] == ["text", "note", "weight"]


def test_all_complaints_of_a_folder_come_at_once_in_the_order_of_files_and_lines(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "oberbach"
    folder.mkdir()
    faulty = with_key(EVENT, 'date = "1921-02-29"')
    (folder / "a.toml").write_text(f'{faulty}{EVENT}source = "diary"\n[[event]]\n{faulty}', "utf-8")
    (folder / "b.jsonl").write_text('{}\n{"type": "event"}\n[]\n', "utf-8")
    (folder / "c.toml").write_text("= nothing\n", "utf-8")
    pack, complaints, _ = load_pack(folder)
    assert pack is None
    assert [(one.file.name, one.line, one.key) for one in complaints] == [
        ("a.toml", 1, "date"),
        ("a.toml", 4, "source"),
        ("a.toml", 8, "date"),
        ("a.toml", 8, "text"),
        ("a.toml", 9, "date"),
        ("b.jsonl", 1, "type"),
        ("b.jsonl", 2, "date"),
        ("b.jsonl", 2, "text"),
        ("b.jsonl", 3, ""),
        ("c.toml", 1, ""),
    ]


def test_a_complaint_reads_like_a_compilers() -> None:
    file = Path("oberbach.toml")
    assert str(Complaint(file, 8, "weight", "must be at most 3")) == (
        "oberbach.toml:8: weight: must be at most 3"
    )
    assert str(Complaint(file, 1, "", "is no TOML")) == "oberbach.toml:1: is no TOML"


def test_a_key_with_control_characters_is_shown_without_them(tmp_path: Path) -> None:
    (complaint,) = load_text(
        tmp_path,
        json.dumps({"type": "event", "date": "1921", "text": "A bell cracks.", "\x1b[2J": 1}),
        "oberbach.jsonl",
    )
    assert str(complaint).isprintable()
    assert "2J" in str(complaint)


# -- lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """\n[[event]]\n"""\n', id='"""'
        ),
        pytest.param(
            "[[entity]]\nkind = 'work'\nname = 'A'\ntext = '''\n[[event]]\n[[event]]\n'''\n",
            id="'''",
        ),
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """a\n\\"""\n[[event]]\n"""\n',
            id="escaped quotes",
        ),
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """a\n\\\\"""\n# [[event]]\n',
            id="an escaped backslash before the end",
        ),
        pytest.param('# """\n[[entity]]\nkind = "work"\nname = "A"\n# [[event]]\n', id="comments"),
        pytest.param('[[entity]]\nkind = "work"\nname = "\'\'\'"\n', id="quotes in a string"),
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """one""" # """\n', id="opened and shut"
        ),
        pytest.param(
            "[[entity]]\nkind = 'work'\nname = 'A'\ntext = '''a\n'''  # '''\n", id="shut, comment"
        ),
    ],
)
@pytest.mark.parametrize("header", ["[[event]]", "  [[ event ]]  # the fault", '[["event"]]'])
def test_lines_are_counted_by_headers_not_by_what_looks_like_one(
    tmp_path: Path, before: str, header: str
) -> None:
    (complaint,) = load_text(tmp_path, f"{before}{header}\ndate = 'never'\ntext = 'A bell.'\n")
    assert complaint.line == before.count("\n") + 1


def test_a_line_is_the_same_with_line_ends_of_windows(tmp_path: Path) -> None:
    text = HEAD + with_key(EVENT, 'date = "never"')
    file = tmp_path / "oberbach.toml"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    (complaint,) = load_pack(file).complaints
    assert complaint.line == FAULTY_LINE


# -- files that can't be read --------------------------------------------------------------------


def test_invalid_toml_is_named_with_the_line(tmp_path: Path) -> None:
    (complaint,) = load_text(tmp_path, HEAD + "[[event]]\ndate = \n")
    assert (complaint.line, complaint.key) == (FAULTY_LINE + 1, "")
    assert complaint.message.startswith("is no TOML: ")


@pytest.mark.parametrize(
    ("line", "key", "beginning"),
    [
        ('{"type": "event", ', "", "is no JSON: "),
        ("never", "", "is no JSON: "),
        ("[1, 2]", "", "is no entry: a line is one object, {...}"),
        ("null", "", "is no entry: a line is one object, {...}"),
        (
            '{"date": "1921"}',
            "type",
            "must be one of pack, source, event, entity, passage, not_event",
        ),
        ('{"type": "evnt"}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": ["event"]}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": {}}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": null}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": "event", "text": "\\ud800"}', "", "is no JSON: "),
        ('{"type": "event"} {"type": "event"}', "", "is no JSON: "),
        ("[" * 100_000, "", "is no JSON"),
        ('{"a":' * 100_000, "", "is no JSON"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_line_of_json_is_named_and_the_others_are_still_read(
    tmp_path: Path, line: str, key: str, beginning: str
) -> None:
    bad = '{"type": "event", "date": "never", "text": "A bell cracks."}'
    first, second = load_text(tmp_path, f'{{"type": "pack"}}\n{line}\n{bad}\n', "oberbach.jsonl")
    assert (first.line, first.key) == (2, key)
    assert first.message.startswith(beginning)
    assert (second.line, second.key) == (3, "date")


@pytest.mark.parametrize("depth", [10, 100, 300, 500, 700, 800, 850, 900, 950, 1000, 10_000])
@pytest.mark.parametrize("name", ["oberbach.jsonl", "oberbach.toml"])
def test_a_deep_value_is_a_complaint_and_no_crash(tmp_path: Path, depth: int, name: str) -> None:
    value = "[" * depth + "]" * depth
    event = '"type": "event", "date": "1921", "text": "A bell."'
    texts = {
        "oberbach.jsonl": f'{{{event}, "also": {value}}}',
        "oberbach.toml": f"{EVENT}also = {value}\n",
    }
    (complaint,) = load_text(tmp_path, texts[name], name)
    assert complaint.line == 1
    assert len(str(complaint)) < 1000


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xff\xfe", 1), (b"# a\n# b\n# \xe4\n", 3), ("# ä".encode("latin-1"), 1)],
)
@pytest.mark.parametrize("name", ["oberbach.toml", "oberbach.jsonl"])
def test_a_file_that_is_not_utf8_is_named_with_the_line(
    tmp_path: Path, content: bytes, line: int, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert load_pack(file).complaints == (
        Complaint(file, line, "", "is not UTF-8; save it with that encoding"),
    )


def test_a_file_that_is_not_there_is_a_complaint(tmp_path: Path) -> None:
    file = tmp_path / "oberbach.toml"
    assert load_pack(file).complaints == (
        Complaint(file, 1, "", "can't be read: No such file or directory"),
    )


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_files, "LARGEST_FILE", 10)
    (complaint,) = load_text(tmp_path, EVENT)
    assert complaint.message == "is larger than 64 MiB; split it in several files"


def test_an_empty_folder_is_no_pack(tmp_path: Path) -> None:
    assert load_pack(tmp_path).complaints == (
        Complaint(tmp_path, 1, "", "holds no .toml or .jsonl file"),
    )


# -- ids -----------------------------------------------------------------------------------------


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


# -- the packs that come with Daybook ------------------------------------------------------------


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
