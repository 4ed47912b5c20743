"""/onthisday of a day of any year, of an invented pack whose days are all known."""

from __future__ import annotations

from datetime import date

import pytest
from onthisday_cases import Ask, ids, said

from bot.reply import Outcome

DAYS = [
    ("2 April", {"circle-founded"}),
    ("June 6", {"surgeon-born", "carpenter-born"}),
    ("17 March", {"sledges-return", "tavelund-dies"}),
    ("15 October", {"ice-wall"}),
    # a day that only the Julian or only the Gregorian date gives
    ("14 June", {"departure"}),
    ("26 June", {"departure"}),
    ("20 February", {"calendar-reform"}),
    ("5 March", {"calendar-reform"}),
    ("25 December", {"midwinter-feast"}),
    ("6 January", {"midwinter-feast"}),
    # 29 February without a year always exists
    ("29 February", {"tavelund-born", "leap-day-petition"}),
    # a span of five days, and days on which other things happened in it
    ("10 March", {"white-storm"}),
    ("11 March", {"white-storm"}),
    ("12 March", {"white-storm"}),
    ("13 March", {"white-storm", "last-beacon", "leap-day-petition"}),
    ("14 March", {"white-storm"}),
    ("15 March", {"last-beacon"}),
    # a span over New Year
    ("28 December", {"dark-week"}),
    ("31 December", {"dark-week"}),
    ("1 January", {"dark-week"}),
    ("3 January", {"dark-week"}),
    # eight days are told on each
    ("1 July", {"eight-days-march"}),
    ("2 July", {"eight-days-march"}),
    ("7 July", {"eight-days-march"}),
    ("8 July", {"eight-days-march"}),
    # nine days are told on the first and the last only
    ("1 August", {"nine-days-fog"}),
    ("9 August", {"nine-days-fog"}),
    ("5 April", {"drift-home"}),
    ("20 May", {"drift-home"}),
    ("19 June", {"trial"}),
    ("30 June", {"trial"}),
    # words before a day
    ("30 April", {"rudder-mended"}),
    ("2 May", {"coast-sighted"}),
    ("2 October", {"whales"}),
    ("20 January", {"exhibition"}),
    ("3 September", {"landfall"}),
]


@pytest.mark.parametrize(("asked", "told"), DAYS, ids=[day for day, _ in DAYS])
def test_a_day_tells_exactly_its_events(polar: Ask, asked: str, told: set[str]) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.command) == (Outcome.FOUND, "onthisday")
    assert set(ids(reply)) == told
    assert len(ids(reply)) == len(told)


SILENT_DAYS = [
    ("26 May", "nothing happened"),
    ("4 January", "the day after a span"),
    ("27 December", "the day before a span"),
    ("2 August", "the second of nine days"),
    ("5 August", "the middle of nine days"),
    ("8 August", "the last but one of nine days"),
    ("1 May", "within a long span"),
    ("24 June", "within a trial"),
    ("3 March", "12 days from 20 February: the difference of another century"),
    ("27 June", "13 days from 14 June: the difference of another century"),
    ("17 October", "a day BC that was shifted though it is Gregorian"),
    ("1 February", "of a month that the library knows without a day"),
]


@pytest.mark.parametrize(
    ("asked", "why"), SILENT_DAYS, ids=[f"{day}: {why}" for day, why in SILENT_DAYS]
)
def test_a_day_tells_nothing_that_was_not_on_it(polar: Ask, asked: str, why: str) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.NOT_FOUND
    assert reply.title == asked
    assert f"on {asked}." in said(reply)


def test_the_title_names_the_day_whatever_its_form(polar: Ask) -> None:
    forms = ["17 March", "March 17", "17th of march", "17.3.", "3/17", "17. März", "17 марта"]
    assert {polar(form).title for form in forms} == {"17 March"}


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("/onthisday", "21 August"),
        ("today", "21 August"),
        ("tomorrow", "22 August"),
        ("yesterday", "20 August"),
        ("friday", "21 August"),
        ("next friday", "28 August"),
        ("last friday", "14 August"),
        ("what happened", "21 August"),
        ("on this day", "21 August"),
    ],
)
def test_relative_days_start_from_the_day_that_is_passed_in(
    polar: Ask, asked: str, day: str
) -> None:
    assert polar(asked, today=date(2026, 8, 21)).title == day


def test_today_on_new_years_eve_leads_to_new_year(polar: Ask) -> None:
    assert polar("tomorrow", today=date(2026, 12, 31)).title == "1 January"


def test_every_item_has_the_key_and_the_date_as_its_source_states_them(polar: Ask) -> None:
    dates = {item.id: item.date for item in polar("13 March").items}
    assert dates == {
        "polar-expedition/white-storm": "1895-03-10",
        "polar-expedition/last-beacon": "-0043-03-15",
        "polar-expedition/leap-day-petition": "1900-02-29",
    }


def test_years_before_christ_are_labelled_as_people_write_them(polar: Ask) -> None:
    (item,) = polar("15 October").items
    assert item.label == "70 BC"


def test_a_span_over_new_year_is_labelled_with_the_year_of_the_day(polar: Ask) -> None:
    assert [polar(day).items[0].label for day in ("31 December", "1 January")] == ["1895", "1896"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("11 November", {"letters-by": "by", "pole-speech": ""}),
        ("30 April", {"rudder-mended": "before"}),
        ("2 May", {"coast-sighted": "after"}),
        ("2 October", {"whales": "about"}),
        ("20 January", {"exhibition": "from"}),
        ("2 September", {"landfall": "between"}),
    ],
)
def test_a_day_that_is_not_quite_the_events_is_told_with_the_word(
    polar: Ask, asked: str, words: dict[str, str]
) -> None:
    remarks = {item.id.partition("/")[2]: item.remark for item in polar(asked).items}
    assert {key: remark.split()[0] if remark else "" for key, remark in remarks.items()} == words


def test_by_a_day_is_told_behind_on_a_day_of_the_same_weight(polar: Ask) -> None:
    assert ids(polar("11 November")) == ["pole-speech", "letters-by"]


def test_the_weightiest_event_of_a_day_comes_first(polar: Ask) -> None:
    assert ids(polar("17 March")) == ["tavelund-dies", "sledges-return"]
    assert ids(polar("13 March"))[0] == "white-storm"


@pytest.mark.parametrize(
    ("asked", "other_end"),
    [("1 August", "9 August"), ("9 August", "1 August"), ("5 April", "20 May")],
)
def test_an_end_of_a_long_span_names_the_other_end(polar: Ask, asked: str, other_end: str) -> None:
    (item,) = polar(asked).items
    assert other_end in item.full_text


def test_a_note_of_the_pack_stays_with_its_event(polar: Ask) -> None:
    notes = {item.id.partition("/")[2]: item.note for item in polar("17 March").items}
    assert notes == {
        "sledges-return": "The almanac counts three sledges.",
        "tavelund-dies": "",
    }
