"""/onthisday by the rules of its contract, asked of an invented pack whose every day is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.reply import Choices, Heading, Note, Outcome, Reply
from knowledge.dates import Order

Ask = Callable[..., Reply]


def ids(reply: Reply) -> list[str]:
    return [item.id.removeprefix("polar-expedition/") for item in reply.items]


def said(reply: Reply) -> str:
    """Everything that the reply says in sentences of its own."""
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


# -- a day of any year ----------------------------------------------------------------------------

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


# -- two calendars --------------------------------------------------------------------------------

JULIAN = [
    ("14 June", "26 June"),
    ("20 February", "5 March"),
    ("25 December", "6 January"),
]


@pytest.mark.parametrize(("stated", "gregorian"), JULIAN)
def test_a_julian_date_found_by_its_own_day_tells_the_gregorian_one(
    polar: Ask, stated: str, gregorian: str
) -> None:
    reply = polar(stated)
    assert reply.title == stated
    assert gregorian in reply.items[0].full_text


@pytest.mark.parametrize(("stated", "gregorian"), JULIAN)
def test_a_julian_date_found_by_its_gregorian_day_tells_its_own(
    polar: Ask, stated: str, gregorian: str
) -> None:
    reply = polar(gregorian)
    assert reply.title == gregorian
    assert stated in reply.items[0].full_text


@pytest.mark.parametrize(
    ("asked", "inferred"), [("20 February", True), ("5 March", True), ("14 June", False)]
)
def test_only_a_calendar_that_was_inferred_is_worded_as_the_pack_says(
    polar: Ask, asked: str, *, inferred: bool
) -> None:
    (item,) = polar(asked).items
    assert ("by the Vellmark calendar of the time" in item.full_text) is inferred


def test_a_gregorian_date_says_nothing_of_calendars(polar: Ask) -> None:
    (item,) = polar("2 April").items
    assert item.full_text == item.text


def test_a_julian_date_listed_by_its_year_has_both_dates_in_words(polar: Ask) -> None:
    departure = polar("1893").items[0]
    assert departure.label == "14 June 1893"
    assert "26 June 1893" in departure.full_text


# -- a day of one year ----------------------------------------------------------------------------

DAYS_OF_A_YEAR = [
    ("17 March 1895", ["sledges-return"], ["17 March 1912", "17 March"]),
    ("17 March 1912", ["tavelund-dies"], ["17 March 1895", "17 March"]),
    ("1912-03-17", ["tavelund-dies"], ["17 March 1895", "17 March"]),
    ("2 April 1869", ["circle-founded"], []),
    ("12 March 1895", ["white-storm"], []),
    ("14 March 1895", ["white-storm"], []),
    ("31 December 1895", ["dark-week"], []),
    ("2 January 1896", ["dark-week"], []),
    ("14 June 1893", ["departure"], []),
    ("26 June 1893", ["departure"], []),
    ("25 December 1894", ["midwinter-feast"], []),
    ("6 January 1895", ["midwinter-feast"], []),
    ("20 May 1897", ["drift-home"], []),
    ("11 November 1894", ["letters-by"], ["11 November 1896", "11 November"]),
    ("29 February 1848", ["tavelund-born"], ["29 February 1900", "29 February"]),
    ("29 February 1900", ["leap-day-petition"], ["29 February 1848", "29 February"]),
    ("15 October 70 BC", ["ice-wall"], []),
    ("-0069-10-15", ["ice-wall"], []),
    ("15 March 44 BC", ["last-beacon"], []),
]


@pytest.mark.parametrize(
    ("asked", "told", "choices"), DAYS_OF_A_YEAR, ids=[case[0] for case in DAYS_OF_A_YEAR]
)
def test_a_day_with_a_year_is_answered_with_that_very_day(
    polar: Ask, asked: str, told: list[str], choices: list[str]
) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.FOUND
    assert ids(reply) == told
    assert list(reply.choices) == choices


def test_the_title_of_a_day_with_a_year_holds_the_year(polar: Ask) -> None:
    assert polar("1912-03-17").title == "17 March 1912"


WRONG_YEARS = [
    ("17 March 1900", "17 March", {"sledges-return", "tavelund-dies"}),
    ("14 June 1894", "14 June", {"departure"}),
    ("10 March 1896", "10 March", {"white-storm"}),
    # the other end of a span, and the other year of a Julian day
    ("1 January 1895", "1 January", {"dark-week"}),
    ("6 January 1894", "6 January", {"midwinter-feast"}),
    ("25 December 1895", "25 December", {"midwinter-feast"}),
]


@pytest.mark.parametrize(
    ("asked", "day", "told"), WRONG_YEARS, ids=[case[0] for case in WRONG_YEARS]
)
def test_a_year_with_nothing_on_the_day_gives_the_day_of_any_year_and_says_so(
    polar: Ask, asked: str, day: str, told: set[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, day)
    assert set(ids(reply)) == told
    assert asked in said(reply)


def test_a_day_with_nothing_in_any_year_is_not_found_with_its_year(polar: Ask) -> None:
    reply = polar("26 May 1895")
    assert (reply.outcome, reply.title) == (Outcome.NOT_FOUND, "26 May 1895")


# -- two readings ---------------------------------------------------------------------------------


def test_a_date_with_two_readings_is_answered_day_first_with_the_other_as_a_choice(
    polar: Ask,
) -> None:
    reply = polar("03-10")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "3 October")
    assert ids(reply) == ["command-given"]
    assert reply.choices[0] == "10 March"


def test_a_chat_that_prefers_the_month_first_gets_it(polar: Ask) -> None:
    reply = polar("03-10", order=Order.MONTH_FIRST)
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "10 March")
    assert reply.choices[0] == "3 October"


def test_the_other_reading_keeps_the_year(polar: Ask) -> None:
    reply = polar("10/03/1895")
    assert ids(reply) == ["white-storm"]
    assert reply.choices[0] == "3 October 1895"


def offers_a_reading(reply: Reply) -> bool:
    return any("did you mean" in part.lead for part in reply.parts if isinstance(part, Choices))


@pytest.mark.parametrize("asked", ["03-10", "10/03/1895", "4/5", "1.2"])
def test_a_date_with_two_readings_offers_the_other_in_words(polar: Ask, asked: str) -> None:
    assert offers_a_reading(polar(asked))


@pytest.mark.parametrize("asked", ["1895-03-10", "1895-10-03", "6/6", "13/3", "3/13", "17 March"])
def test_a_date_with_one_reading_offers_no_other(polar: Ask, asked: str) -> None:
    assert not offers_a_reading(polar(asked))


@pytest.mark.parametrize("order", list(Order))
def test_an_iso_date_is_read_year_month_day_in_every_chat(polar: Ask, order: Order) -> None:
    reply = polar("1895-03-10", order=order)
    assert (reply.title, ids(reply), reply.choices) == ("10 March 1895", ["white-storm"], ())


# -- impossible and unreadable dates --------------------------------------------------------------

IMPOSSIBLE = [
    ("31 June", "30 days", ["30 June", "1 July"]),
    ("/onthisday 31 june", "30 days", ["30 June", "1 July"]),
    ("what happened on June 31?", "30 days", ["30 June", "1 July"]),
    ("30 February", "29 days", ["29 February", "1 March"]),
    ("32 December", "31 days", ["31 December", "1 January"]),
    ("29 February 2023", "leap year", ["28 February 2023", "1 March 2023"]),
    ("31 November 1896", "30 days", ["30 November 1896", "1 December 1896"]),
    ("2023-02-29", "leap year", ["28 February 2023", "1 March 2023"]),
]


@pytest.mark.parametrize(
    ("asked", "reason", "choices"), IMPOSSIBLE, ids=[case[0] for case in IMPOSSIBLE]
)
def test_an_impossible_day_is_refused_with_its_reason_and_the_days_beside_it(
    polar: Ask, asked: str, reason: str, choices: list[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.command) == (Outcome.INVALID, "onthisday")
    assert reply.items == ()
    assert reason in said(reply)
    assert list(reply.choices) == choices


@pytest.mark.parametrize(
    "asked", ["/onthisday 13-13", "/onthisday 0 May", "/onthisday 21", "/onthisday 5 May 99"]
)
def test_a_date_that_lacks_something_is_refused_with_a_reason(polar: Ask, asked: str) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.INVALID
    assert said(reply)


def test_words_that_are_no_date_are_quoted_back_with_examples(polar: Ask) -> None:
    reply = polar("/onthisday the day the music died")
    assert reply.outcome is Outcome.INVALID
    assert '"the day the music died"' in said(reply)
    assert "21 August" in said(reply)


# -- a day with nothing ---------------------------------------------------------------------------

NEAREST = [
    ("26 May", ["20 May", "6 June"]),
    ("4 January", ["3 January", "6 January"]),
    ("27 December", ["25 December", "28 December"]),
    ("1 March", ["29 February", "5 March"]),
    ("2 August", ["1 August", "9 August"]),
]


@pytest.mark.parametrize(("asked", "nearest"), NEAREST, ids=[day for day, _ in NEAREST])
def test_a_day_with_nothing_offers_the_days_before_and_after_that_have_something(
    polar: Ask, asked: str, nearest: list[str]
) -> None:
    assert list(polar(asked).choices[:2]) == nearest


def test_the_nearest_days_run_over_new_year(made: Callable[..., Ask]) -> None:
    ask = made(
        only="""
        [[event]]
        date = "1900-02-01"
        text = "A first thing happens."
        [[event]]
        date = "1900-11-30"
        text = "A last thing happens."
        """
    )
    assert ask("1 January").choices[:2] == ("30 November", "1 February")
    assert ask("31 December").choices[:2] == ("30 November", "1 February")


def test_a_day_with_nothing_tells_what_is_known_of_the_month_by_itself_first(polar: Ask) -> None:
    reply = polar("26 May")
    assert ids(reply) == ["mast-lost", "subscription"]
    assert [item.label for item in reply.items] == ["May 1894", "May 1889"]


def test_a_day_with_nothing_offers_someone_to_meet(polar: Ask) -> None:
    offered = {polar("26 May", today=date(2026, 1, day)).choices[-1] for day in range(1, 31)}
    met = [polar(choice) for choice in offered]
    assert len(met) > 5
    assert {reply.command for reply in met} == {"whowas"}
    assert {reply.outcome for reply in met} == {Outcome.FOUND}


def test_an_empty_library_still_answers(made: Callable[..., Ask]) -> None:
    reply = made(nothing='[pack]\ntitle = "Nothing"')("21 August")
    assert (reply.outcome, reply.title, reply.choices) == (Outcome.NOT_FOUND, "21 August", ())


# -- months, years and ranges ---------------------------------------------------------------------

PERIODS = [
    ("1889", ["subscription", "surgeon-dies"]),
    ("1890", ["drift-tables"]),
    ("1892", ["keel-laid"]),
    ("1893", ["departure", "first-ice"]),
    ("1894", ["mast-lost", "letters-by", "midwinter-feast"]),
    ("1895", ["midwinter-feast", "white-storm", "sledges-return", "dark-week"]),
    ("1896", ["dark-week", "eight-days-march", "nine-days-fog", "pole-speech"]),
    ("1899", ["medals", "exhibition", "trial", "execution"]),
    ("70 BC", ["ice-wall"]),
    ("101 BC", ["ice-songs"]),
    ("44 BC", ["last-beacon"]),
    ("1780s", ["sealers-huts"]),
    ("1600s", ["charts"]),
    ("1907-1912", ["survey", "tavelund-dies"]),
    ("between 1890 and 1892", ["drift-tables", "keel-laid"]),
    # a month of one year, in the source's calendar or in today's
    ("May 1894", ["mast-lost"]),
    ("September 1893", ["first-ice"]),
    ("June 1893", ["departure"]),
    ("1893-06", ["departure"]),
    ("February 1901", ["calendar-reform"]),
    ("March 1901", ["calendar-reform"]),
    ("December 1894", ["midwinter-feast"]),
    ("January 1895", ["midwinter-feast"]),
    ("January 1896", ["dark-week"]),
    ("May 1897", ["drift-home"]),
    # a month of any year: what its days tell, and what is known by the month only
    ("November", ["treaty-signed", "letters-by", "pole-speech"]),
    ("February", ["tavelund-born", "stores-end", "leap-day-petition", "calendar-reform"]),
    ("january", ["midwinter-feast", "dark-week", "exhibition"]),
    ("May", ["subscription", "mast-lost", "drift-home", "coast-sighted"]),
    ("September", ["wedding", "first-ice", "landfall"]),
    # days of any year
    ("30 April to 2 May", ["rudder-mended", "coast-sighted"]),
    (
        "10-17 March",
        ["white-storm", "last-beacon", "leap-day-petition", "sledges-return", "tavelund-dies"],
    ),
    # over New Year
    ("28 December to 3 January", ["dark-week"]),
    ("24 December - 6 January", ["midwinter-feast", "dark-week"]),
    ("December to January", ["surgeon-dies", "midwinter-feast", "dark-week", "exhibition"]),
    # days of one year, in either calendar
    ("10 June 1893 to 20 June 1893", ["departure"]),
    ("20 June 1893 to 30 June 1893", ["departure"]),
    ("28 December 1895 - 3 January 1896", ["dark-week"]),
]


@pytest.mark.parametrize(("asked", "told"), PERIODS, ids=[case[0] for case in PERIODS])
def test_a_month_year_or_range_lists_its_events_in_order(
    polar: Ask, asked: str, told: list[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.command) == (Outcome.FOUND, "onthisday")
    assert ids(reply) == told


@pytest.mark.parametrize("asked", [case[0] for case in PERIODS])
def test_the_title_of_a_period_asked_gives_the_same_answer(polar: Ask, asked: str) -> None:
    reply = polar(asked)
    again = polar(str(reply.title))
    assert (again.title, ids(again)) == (reply.title, ids(reply))


@pytest.mark.parametrize(
    ("asked", "title"),
    [("1893-06", "June 1893"), ("may", "May"), ("-0069", "70 BC"), ("year 1890", "1890")],
)
def test_the_title_of_a_period_is_in_words(polar: Ask, asked: str, title: str) -> None:
    assert polar(asked).title == title


MONTHS = [("January", 31), ("February", 29), ("March", 31), ("June", 30), ("December", 31)]


@pytest.mark.parametrize(("month", "days"), MONTHS)
def test_a_month_without_a_year_lists_all_that_its_days_tell(
    polar: Ask, month: str, days: int
) -> None:
    replies = [polar(f"{day} {month}") for day in range(1, days + 1)]
    told = {key for reply in replies if reply.outcome is Outcome.FOUND for key in ids(reply)}
    assert len(told) > 1
    assert told <= set(ids(polar(month)))


@pytest.mark.parametrize(
    ("asked", "title", "nearest"),
    [
        ("1910", "1910", ["1907", "1912"]),
        ("2020", "2020", ["1921"]),
        ("March 1922", "March 1922", ["1921"]),
        ("1750", "1750", ["1600s", "1780s"]),
        ("300 BC", "300 BC", ["101 BC"]),
    ],
)
def test_a_period_with_nothing_offers_the_nearest_that_have_something(
    polar: Ask, asked: str, title: str, nearest: list[str]
) -> None:
    reply = polar(asked)
    assert (reply.outcome, reply.title) == (Outcome.NOT_FOUND, title)
    assert reply.items == ()
    assert list(reply.choices) == nearest


def test_an_event_known_only_by_the_year_is_in_no_month(polar: Ask) -> None:
    assert "drift-tables" not in ids(polar("June 1890"))


# -- narrowed down --------------------------------------------------------------------------------

FILTERED = [
    ("/onthisday 17 March about:Halvard Tavelund", ["tavelund-dies"]),
    ('/onthisday date:"17 March" about:"halvard tavelund"', ["tavelund-dies"]),
    ("/onthisday 17 march about:the old bear", ["tavelund-dies"]),
    ("/onthisday 1899 kind:trial", ["trial"]),
    ("/onthisday 1899 kind:Trial", ["trial"]),
    ("/onthisday 1899 about:Eskil Rangvald kind:execution", ["execution"]),
    ("/onthisday 1899 kind:execution about:Rangvald", ["execution"]),
    ("/onthisday 11 November kind:letter", ["letters-by"]),
    ("/onthisday 6 June about:The Meridian Expedition", ["surgeon-born", "carpenter-born"]),
    ("/onthisday 6 June about:polar-expedition", ["surgeon-born", "carpenter-born"]),
    ("/onthisday May about:Sabelvind", ["mast-lost", "drift-home"]),
]


@pytest.mark.parametrize(("asked", "told"), FILTERED, ids=[case[0] for case in FILTERED])
def test_about_and_kind_narrow_the_answer_down(polar: Ask, asked: str, told: list[str]) -> None:
    reply = polar(asked)
    assert reply.outcome is Outcome.FOUND
    assert ids(reply) == told


def test_a_narrowed_answer_says_what_it_was_narrowed_to(polar: Ask) -> None:
    heading = polar("/onthisday 1899 about:rangvald kind:execution").parts[0]
    assert isinstance(heading, Heading)
    assert "Eskil Rangvald" in heading.detail
    assert "execution" in heading.detail


def test_a_day_with_nothing_of_the_kind_says_so(polar: Ask) -> None:
    reply = polar("/onthisday 17 March kind:treaty")
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())
    assert "treaty" in said(reply)
    assert reply.choices[0] == "23 November"


def test_about_somebody_who_is_not_there_is_not_found(polar: Ask) -> None:
    reply = polar("/onthisday 17 March about:Napoleon")
    assert (reply.outcome, reply.command, reply.items) == (Outcome.NOT_FOUND, "onthisday", ())
    assert '"Napoleon"' in said(reply)


def test_about_a_shared_name_is_ambiguous_with_everybody_as_a_choice(polar: Ask) -> None:
    reply = polar("/onthisday 17 March about:Tavelund")
    assert (reply.outcome, reply.items) == (Outcome.AMBIGUOUS, ())
    assert list(reply.choices) == ["Halvard Tavelund", "Sunniva Tavelund"]


def test_about_one_of_two_with_the_very_same_name_can_be_said(polar: Ask) -> None:
    choices = polar("/onthisday 6 June about:Osric Venn").choices
    told = [ids(polar(f'/onthisday 6 June about:"{choice}"')) for choice in choices]
    assert sorted(told) == [["carpenter-born"], ["surgeon-born"]]


def test_an_unknown_kind_is_refused_with_the_kinds_that_there_are(polar: Ask) -> None:
    reply = polar("/onthisday 17 March kind:earthquake")
    assert reply.outcome is Outcome.INVALID
    assert '"earthquake"' in said(reply)
    assert "marriage" in said(reply)
    assert "treaty" in said(reply)


# -- several packs --------------------------------------------------------------------------------

KINDS = ("birth", "death", "event", "letter", "speech", "trial", "vote", "strike")


def day_of(weight: int, kinds: tuple[str, ...]) -> str:
    return "\n".join(
        f'[[event]]\ndate = "19{number:02}-04-04"\nkind = "{kind}"\nweight = {weight}\n'
        f'text = "Thing {number} happens."'
        for number, kind in enumerate(kinds)
    )


@pytest.mark.parametrize(
    "heavy_kinds", [("event",) * 8, KINDS], ids=["all of one kind", "each of another kind"]
)
def test_a_heavy_and_a_light_pack_are_both_among_the_first_five(
    made: Callable[..., Ask], heavy_kinds: tuple[str, ...]
) -> None:
    ask = made(heavy=day_of(3, heavy_kinds), light=day_of(1, ("event",)))
    first_five = [item.id.partition("/")[0] for item in ask("4 April").items[:5]]
    assert set(first_five) == {"heavy", "light"}
    assert first_five[0] == "heavy"


def test_the_built_in_packs_share_the_first_five_of_a_day(everything: Ask) -> None:
    packs = {item.id.partition("/")[0] for item in everything("21 August").items[:5]}
    assert {"leon-trotsky", "nobel-laureates"} <= packs


def test_a_day_that_two_packs_know_tells_both_packs_events(everything: Ask) -> None:
    told = {item.id for item in everything("7 November").items}
    assert "leon-trotsky/1879-11-07-birth" in told
    assert any(key.startswith("nobel-laureates/") for key in told)


@pytest.mark.parametrize("asked", ["17th century", "1601-1700", "the 1600s", "1600-1699"])
def test_what_is_known_by_its_century_is_told_of_the_century(polar: Ask, asked: str) -> None:
    assert "polar-expedition/charts" in [item.id for item in polar(asked).items]


def test_what_is_known_by_its_century_is_not_told_of_a_part_of_it(polar: Ask) -> None:
    ids = [item.id for item in polar("1601-1690").items]
    assert "polar-expedition/charts" not in ids
