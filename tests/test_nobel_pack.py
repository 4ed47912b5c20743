"""The pack of Nobel laureates, and the script that makes it from the Nobel Prize API's list."""

import json
import re
from pathlib import Path
from typing import Any

import nobel_data
import nobel_pack
import pytest
from quality.samples import skip_without

PROJECT = Path(__file__).resolve().parents[1]
PACK = PROJECT / "knowledge" / "packs" / "nobel-laureates.jsonl"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "nobel-laureates.json"

Entry = dict[str, Any]


@pytest.fixture(scope="module")
def content() -> bytes:
    """Read the API's file, which is not part of the project."""
    skip_without(DATA)
    return DATA.read_bytes()


@pytest.fixture(scope="module")
def records(content: bytes) -> list[Entry]:
    laureates: list[Entry] = json.loads(content)["laureates"]
    return laureates


@pytest.fixture(scope="module")
def pack() -> list[Entry]:
    return [json.loads(line) for line in PACK.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def entities(pack: list[Entry]) -> dict[str, Entry]:
    """Laureate's number to entity."""
    return {entry["id"].split("-")[0]: entry for entry in pack if entry["type"] == "entity"}


@pytest.fixture(scope="module")
def events(pack: list[Entry]) -> dict[str, Entry]:
    return {entry["id"]: entry for entry in pack if entry["type"] == "event"}


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


def months_and_days(events: dict[str, Entry]) -> set[str]:
    dates = [event["date"] for event in events.values()]
    dates += [event["gregorian"] for event in events.values() if "gregorian" in event]
    return {date[5:] for date in dates if len(date) == len("1867-11-07")}


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs_of_six(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}


# --- The checked-in pack and the data ---


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


# --- The pack by itself ---


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


# --- The pitfalls of the data ---


def test_prize_event_has_the_year_and_no_invented_day(events: dict[str, Entry]) -> None:
    event = events["prize-1903-physics"]
    assert event["date"] == "1903"
    assert "precision" not in event or event["precision"] == "year"


def test_shared_prize_names_the_largest_part_first(events: dict[str, Entry]) -> None:
    # One half to Becquerel, one quarter to each of the others.
    assert events["prize-1903-physics"]["text"] == (
        "Henri Becquerel, Pierre Curie and Marie Curie are awarded the Nobel Prize in Physics."
    )


def test_unshared_prize_is_awarded_to_one(events: dict[str, Entry]) -> None:
    assert events["prize-1904-medicine"]["text"] == (
        "Ivan Pavlov is awarded the Nobel Prize in Physiology or Medicine."
    )


def test_description_tells_with_whom_each_of_several_prizes_was_shared(
    entities: dict[str, Entry],
) -> None:
    assert entities["6"]["description"] == (
        "Nobel laureate in Physics in 1903 (shared with Henri Becquerel and Pierre Curie) and in "
        "Chemistry in 1911; born in Warsaw, in what is now Poland (then the Russian Empire)."
    )


def test_parts_of_prizes_are_worded(entities: dict[str, Entry]) -> None:
    assert entities["6"]["text"].startswith(
        "Marie Curie is awarded one quarter of the 1903 Nobel Prize in Physics "
        "and the undivided 1911 Nobel Prize in Chemistry."
    )


def test_birth_of_a_laureate_in_two_fields(events: dict[str, Entry]) -> None:
    assert events["birth-6"]["text"] == (
        "Marie Curie, later awarded the 1903 Nobel Prize in Physics and the 1911 Nobel Prize in "
        "Chemistry, is born in Warsaw, Poland (then the Russian Empire)."
    )


def test_death_of_a_laureate_in_two_fields(events: dict[str, Entry]) -> None:
    assert events["death-6"]["text"] == (
        "Marie Curie, Nobel laureate in Physics (1903) and Chemistry (1911), "
        "dies in Sallanches, France."
    )


def test_birth_of_a_laureate_twice_in_one_field(events: dict[str, Entry]) -> None:
    assert events["birth-66"]["text"] == (
        "John Bardeen, later awarded the 1956 and 1972 Nobel Prizes in Physics, "
        "is born in Madison, Wisconsin, the United States."
    )


def test_prizes_are_told_by_year_where_the_data_list_the_later_first(
    entities: dict[str, Entry],
) -> None:
    # Linus Pauling: the data give 1962 before 1954.
    assert entities["217"]["description"] == (
        "Nobel laureate in Chemistry in 1954 and Nobel Peace Prize laureate in 1962; "
        "born in Portland, Oregon, the United States."
    )


@pytest.mark.parametrize("number", ["6", "66", "217", "222", "482", "515"])
def test_laureate_of_several_prizes_weighs_more(entities: dict[str, Entry], number: str) -> None:
    assert entities[number]["weight"] == 2


def test_birth_of_the_laureate_of_an_unshared_peace_prize_weighs_more(
    events: dict[str, Entry],
) -> None:
    assert events["birth-524"]["weight"] == 2  # Martin Luther King Jr.


def test_birth_of_the_laureate_of_a_shared_peace_prize_does_not_weigh_more(
    events: dict[str, Entry],
) -> None:
    assert events["birth-555"]["weight"] == 1  # Nelson Mandela


def test_organisation_is_founded_and_not_born(
    entities: dict[str, Entry], events: dict[str, Entry]
) -> None:
    assert "birth-482" not in events
    assert "born" not in entities["482"]
    assert events["founding-482"]["date"] == "1863"
    assert events["founding-482"]["text"] == (
        "The International Committee of the Red Cross, later awarded the 1917, 1944 and 1963 "
        "Nobel Peace Prizes, is founded."
    )


def test_organisation_without_a_recorded_founding_has_a_prize_only(
    entities: dict[str, Entry], events: dict[str, Entry]
) -> None:
    # The National Dialogue Quartet is the laureate without `born`.
    assert [key for key in events if key.endswith("-925")] == []
    assert entities["925"]["description"] == "Organisation awarded the Nobel Peace Prize in 2015."


def test_organisation_in_the_plural_is_spoken_of_in_the_plural(events: dict[str, Entry]) -> None:
    assert events["prize-1988-peace"]["text"] == (
        "The United Nations Peacekeeping Forces are awarded the Nobel Peace Prize."
    )


def test_prize_of_a_person_and_an_organisation_keeps_them_apart(events: dict[str, Entry]) -> None:
    event = events["prize-1995-peace"]
    assert event["people"] == ["Joseph Rotblat"]
    assert event["things"] == ["Pugwash Conferences on Science and World Affairs"]


def test_founding_that_the_source_misdates_carries_a_note(events: dict[str, Entry]) -> None:
    assert "1927" in events["founding-508"]["note"]  # Friends Service Council, "1647"


@pytest.mark.parametrize(("number", "name"), [("531", "Le Duc Tho"), ("553", "Aung San Suu Kyi")])
def test_person_without_a_surname_keeps_the_whole_name(
    entities: dict[str, Entry], number: str, name: str
) -> None:
    assert entities[number]["name"] == name
    assert entities[number]["kind"] == "person"


@pytest.mark.parametrize(
    ("number", "name", "alias"),
    [
        ("2", "Hendrik A. Lorentz", "Hendrik Lorentz"),
        ("339", "Alexander Fleming", "Sir Alexander Fleming"),
        ("397", "Earl W. Sutherland Jr.", "Earl Sutherland"),
        ("524", "Martin Luther King Jr.", "Martin Luther King"),
        ("540", "Mother Teresa", "Anjezë Gonxhe Bojaxhiu"),
        ("721", "Ilja M. Frank", "Ilja Frank"),
        ("771", "Robert F. Engle III", "Robert Engle"),
        ("283", "F. Sherwood Rowland", "Sherwood Rowland"),
    ],
)
def test_name_and_alias(entities: dict[str, Entry], number: str, name: str, alias: str) -> None:
    assert entities[number]["name"] == name
    assert alias in entities[number]["aliases"]


@pytest.mark.parametrize("number", ["10", "59", "556", "619", "763"])
def test_name_of_initials_and_surname_gives_no_alias(
    entities: dict[str, Entry], number: str
) -> None:
    assert "aliases" not in entities[number]  # J.J. Thomson, F.W. de Klerk and others


def test_lord_keeps_the_title_that_is_half_of_the_name(entities: dict[str, Entry]) -> None:
    assert entities["8"]["name"] == "Lord Rayleigh"


def test_birth_of_which_the_year_alone_is_known(
    entities: dict[str, Entry], events: dict[str, Entry]
) -> None:
    assert events["birth-519"]["date"] == "1898"
    assert entities["519"]["born"] == "1898"


@pytest.mark.parametrize("number", ["95", "552", "914"])
def test_unrecorded_death_is_no_statement_about_a_life(
    entities: dict[str, Entry], events: dict[str, Entry], number: str
) -> None:
    assert "died" not in entities[number]
    assert f"death-{number}" not in events
    assert "living" not in json.dumps(entities[number])
    assert "Died" not in entities[number]["text"]


def test_laureate_without_a_birth_place_is_born_nowhere(events: dict[str, Entry]) -> None:
    assert events["birth-1004"]["text"] == (
        "Abdulrazak Gurnah, later awarded the 2021 Nobel Prize in Literature, is born."
    )
    assert "places" not in events["birth-1004"]


def test_death_with_a_city_and_no_country(events: dict[str, Entry]) -> None:
    assert events["death-838"]["text"] == (
        "Charles K. Kao, Nobel laureate in Physics (2009), dies in Hong Kong."
    )


def test_city_and_country_have_their_names_of_today_first(events: dict[str, Entry]) -> None:
    # "Lennep (now Remscheid)", "Prussia (now Germany)"
    assert events["birth-1"]["text"] == (
        "Wilhelm Conrad Röntgen, later awarded the 1901 Nobel Prize in Physics, "
        "is born in Remscheid (then Lennep), Germany (then Prussia)."
    )
    assert events["birth-1"]["places"] == ["Remscheid", "Germany"]


@pytest.mark.parametrize(
    ("city", "country", "words", "names"),
    [
        ("Toronto", "Canada", "Toronto, Canada", ["Toronto", "Canada"]),
        ("New York, NY", "USA", "New York, the United States", ["New York", "United States"]),
        (
            "the Hague",
            "the Netherlands",
            "The Hague, the Netherlands",
            ["The Hague", "Netherlands"],
        ),
        ("Windsor, ON", "Canada", "Windsor, Ontario, Canada", ["Windsor, Ontario", "Canada"]),
        (
            "Jamaica Plain, MA (now Boston, MA)",
            "USA",
            "Boston (then Jamaica Plain), Massachusetts, the United States",
            ["Boston, Massachusetts", "United States"],
        ),
        (
            "Bukavu",
            "Belgian Congo (now Democratic Republic of the Congo)",
            "Bukavu, the Democratic Republic of the Congo (then the Belgian Congo)",
            ["Bukavu", "Democratic Republic of the Congo"],
        ),
        (
            "Thorshavn",
            "Faroe Islands (Denmark)",
            "Thorshavn, the Faroe Islands, Denmark",
            ["Thorshavn", "Faroe Islands", "Denmark"],
        ),
        (
            "Semarang",
            "Java, Dutch East Indies (now Indonesia)",
            "Semarang, Indonesia (then Java in the Dutch East Indies)",
            ["Semarang", "Indonesia"],
        ),
        (
            "Schroda",
            "German-occupied Poland (now Poland)",
            "Schroda, Poland (then under German occupation)",
            ["Schroda", "Poland"],
        ),
        (None, "France", "France", ["France"]),
        (None, None, "", []),
    ],
)
def test_wording_of_a_place(
    city: str | None, country: str | None, words: str, names: list[str]
) -> None:
    place = nobel_data.read_place(city, country)
    assert nobel_pack.worded_place(place) == words
    assert nobel_pack.place_names(place) == names


@pytest.mark.parametrize(
    ("day", "words"),
    [("1908-10-23", "St. Petersburg"), ("1940-05-24", "St. Petersburg (then Leningrad)")],
)
def test_former_name_is_left_out_before_it_was_in_use(day: str, words: str) -> None:
    place = nobel_data.read_place("Leningrad (now St. Petersburg)", None, day)
    assert nobel_pack.worded_place(place) == words


def test_laureate_without_affiliation_has_none(entities: dict[str, Entry]) -> None:
    assert "Affiliation" not in entities["577"]["text"]  # Rudyard Kipling: [[]]


def test_affiliation_is_told_with_the_place_and_the_year_of_the_prize(
    entities: dict[str, Entry],
) -> None:
    # For 1903 the data give Marie Curie [[]], for 1911 this.
    assert (
        "Affiliation at the time (1911): Sorbonne University, Paris, France."
        in (entities["6"]["text"])
    )
    assert "(1903)" not in entities["6"]["text"]


def test_affiliation_without_a_place(entities: dict[str, Entry]) -> None:
    assert "; Howard Hughes Medical Institute." in entities["837"]["text"]


def test_who_died_in_the_year_of_the_prize_is_not_said_to_have_been_a_laureate_then(
    events: dict[str, Entry],
) -> None:
    assert events["death-520"]["text"] == (
        "Dag Hammarskjöld, laureate of the 1961 Nobel Peace Prize, "
        "dies in Ndola, Zambia (then Northern Rhodesia)."
    )


@pytest.mark.parametrize(
    ("number", "julian", "gregorian"),
    [("296", "1849-09-14", "1849-09-26"), ("220", "1896-04-03", "1896-04-15")],
)
def test_old_style_birthday_is_kept_as_printed_and_marked_as_inferred(
    entities: dict[str, Entry],
    events: dict[str, Entry],
    number: str,
    julian: str,
    gregorian: str,
) -> None:
    event = events[f"birth-{number}"]
    assert event["date"] == julian
    assert event["calendar"] == "julian"
    assert event["calendar_inferred"] is True
    assert event["gregorian"] == gregorian
    assert entities[number]["born"] == gregorian


def test_no_other_calendar_is_inferred(events: dict[str, Entry]) -> None:
    marked = {key for key, event in events.items() if "calendar" in event}
    assert marked == {"birth-220", "birth-296"}


# --- The script ---


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
