"""On a day with nothing the month is told, or somebody to meet, or there is silence."""

from __future__ import annotations

from datetime import date

import pytest
from daily_content_cases import (
    ALL,
    GENTLE,
    PERSON,
    SILENT,
    USUAL,
    Make,
    Place,
    days_of,
    event,
    ids,
    notes,
    person,
    reply_of,
)

from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.daily.content import DailyContent
from bot.daily.selection import told_key
from knowledge.store import Store


def test_silence_is_no_post_at_all(polar: Store) -> None:
    assert Place(polar, SILENT).post(date(2026, 5, 26)) == DailyContent(None)


def test_d19_an_empty_library_is_silent_whatever_was_chosen(made: Make) -> None:
    store = made(nothing='[pack]\ntitle = "Nothing"')
    for choices in (USUAL, PERSON, SILENT, GENTLE):
        assert Place(store, choices).post(date(2026, 5, 26)) == DailyContent(None)


def test_the_month_tells_what_has_no_day_first_the_weightiest_before_others(polar: Store) -> None:
    place = Place(polar)
    first = place.post(date(2026, 5, 26))
    assert ids(first) == ["mast-lost"]
    assert [item.label for item in reply_of(first).items] == ["May 1894"]
    assert notes(first) == ["Nothing in the library happened on 26 May. In some May:"]
    assert ids(place.post(date(2026, 5, 27))) == ["subscription"]


@pytest.mark.parametrize("place", range(6))
def test_of_a_month_the_weightiest_is_told_first(made: Make, place: int) -> None:
    pack = "".join(event(f"w{weight}", "1900-05", weight=weight) for weight in (1, 3, 2))
    here = Place(made(one=pack), name=str(place))
    told = [ids(here.post(date(2026, 5, day))) for day in (10, 11, 12)]
    assert told == [["w3"], ["w2"], ["w1"]]


@pytest.mark.parametrize(("facts", "told"), [(61, 1), (62, 2)])
def test_two_facts_are_told_where_the_month_has_two_for_each_of_its_days(
    made: Make, facts: int, told: int
) -> None:
    store = made(one="".join(event(f"e{n}", "1900-05") for n in range(facts)))
    assert len(ids(Place(store).post(date(2026, 5, 10)))) == told


def test_of_a_month_a_balanced_place_hears_what_is_not_grim_first(made: Make) -> None:
    pack = event("grim", "1900-05", weight=3, tone="grim") + event("plain", "1900-05", weight=1)
    place = Place(made(one=pack))
    told = [ids(place.post(date(2026, 5, day))) for day in (10, 11)]
    assert told == [["plain"], ["grim"]]
    assert ids(Place(made(one=pack), ALL).post(date(2026, 5, 10))) == ["grim"]


def test_of_a_month_of_grim_facts_a_balanced_place_hears_one_at_once(made: Make) -> None:
    pack = "".join(event(f"g{n}", "1900-05", tone="grim") for n in range(70))
    assert len(ids(Place(made(one=pack)).post(date(2026, 5, 10)))) == 1
    assert len(ids(Place(made(one=pack), ALL).post(date(2026, 5, 10)))) == 2


def test_then_the_month_tells_a_day_that_has_passed_untold(polar: Store) -> None:
    place = Place(polar)
    told = [ids(place.post(date(2026, 5, day)))[0] for day in (26, 27, 28)]
    assert told[2] == "coast-sighted"  # after 2 May; the drift home began in April


def test_a_day_of_the_month_that_is_still_to_come_is_not_told_before(polar: Store) -> None:
    place = Place(polar)
    told = {name for day in range(1, 6) for name in ids(place.post(date(2026, 6, day)))}
    assert told.isdisjoint({"surgeon-born", "carpenter-born", "departure", "trial"})


def test_a_month_of_which_nothing_is_left_gives_way_to_someone_to_meet(polar: Store) -> None:
    content = Place(polar).post(date(2026, 7, 20))
    # the march of 1 to 8 July has passed untold; then there is nothing more of July
    assert ids(content) == ["eight-days-march"]
    place = Place(polar)
    place.post(date(2026, 7, 20))
    assert notes(place.post(date(2026, 7, 21)))[0].endswith("Someone to meet:")


def test_by_the_julian_calendar_something_happened_and_it_is_not_denied(polar: Store) -> None:
    content = Place(polar).post(date(2026, 6, 14))
    assert notes(content)[0].startswith(
        "By today's calendar nothing in the library happened on 14 June."
    )
    assert notes(content)[-1] == "/onthisday 14 June has 1 more."


def test_next_year_the_month_tells_its_facts_again_saying_so(polar: Store) -> None:
    place = Place(polar)
    for day in days_of(2026):
        place.post(day)
    content = place.post(date(2027, 5, 26))
    assert any("last told here in 2026" in note for note in notes(content))


def test_someone_to_meet_has_life_dates_and_a_way_on(polar: Store) -> None:
    content = Place(polar, DailyChoices(empty=EmptyChoice.PERSON)).post(date(2026, 5, 26))
    (item,) = reply_of(content).items
    entity = polar.entity(item.id)
    assert entity is not None
    assert (item.label, item.text.endswith(entity.description)) == (entity.name, True)
    assert content.keys == (told_key(item.id),)
    assert notes(content)[-1] == f"/whowas {item.label} tells more."


def test_nobody_is_met_twice_before_all_were_met(made: Make) -> None:
    store = made(one="".join(map(person, ("Ada Holm", "Bo Lind", "Cy Moe", "Di Nord"))))
    place = Place(store, PERSON)
    met = [ids(place.post(date(2026, 1, day)))[0] for day in range(1, 9)]
    assert len(set(met[:4])) == 4
    assert met[4:] == met[:4]


def test_who_is_met_again_has_it_said(made: Make) -> None:
    place = Place(made(one=person("Ada Holm")), PERSON)
    place.post(date(2026, 1, 1))
    assert "This was told here on 1 January." in notes(place.post(date(2026, 1, 2)))
    assert "This was last told here in 2026." in notes(place.post(date(2027, 1, 2)))


def test_a_place_that_has_nobody_to_meet_hears_of_the_month(made: Make) -> None:
    place = Place(made(one=event("a", "1900-05")), PERSON)
    assert ids(place.post(date(2026, 5, 26))) == ["a"]


def test_a_gentle_place_meets_nobody_with_a_grim_event(made: Make) -> None:
    killer = person("Ada Holm") + event("k", tone="grim") + 'people = ["Ada Holm"]\n'
    store = made(one=killer + person("Bo Lind"))
    gentle = DailyChoices(tone=ToneChoice.GENTLE, empty=EmptyChoice.PERSON)
    place = Place(store, gentle)
    assert {ids(place.post(date(2026, 1, day)))[0] for day in range(1, 9)} == {"bo-lind"}


def test_about_somebody_the_people_to_meet_are_those_of_their_events(polar: Store) -> None:
    about = DailyChoices(about="Halvard Tavelund", empty=EmptyChoice.PERSON)
    place = Place(polar, about)
    met = {ids(place.post(date(2026, 5, day)))[0] for day in range(6, 20)}
    # the people of departure, wedding and march, of whom something is told; not the man himself
    assert met == {"marthe-quillon", "tam-brigg-cook", "sunniva-tavelund", "eskil-rangvald"}
