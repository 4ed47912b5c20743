"""The pitfalls of the list of Nobel laureates, each with a laureate whom it concerns."""

from __future__ import annotations

import json

import nobel_data
import nobel_pack
import pytest
from nobel_cases import Entry


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
