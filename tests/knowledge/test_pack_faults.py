"""Every fault of a pack is named with its place and a sentence, all of them at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pack_texts import EVENT, FAULTY_LINE, HEAD, PERSON, good_pack, load_file, load_text, with_key

from knowledge.packs.complaints import Complaint
from knowledge.packs.loader import load_pack

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
