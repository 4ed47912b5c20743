"""/timeline, typed and in plain words: the events of a life or of years, in order."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.reply import Heading, Note, Outcome, Reply

Ask = Callable[..., Reply]


def ids(reply: Reply) -> list[str]:
    return [item.id.partition("/")[2] for item in reply.items]


def said(reply: Reply) -> str:
    return " ".join(part.text for part in reply.parts if isinstance(part, Note))


def heading(reply: Reply) -> Heading:
    (found,) = (part for part in reply.parts if isinstance(part, Heading))
    return found


# -- of somebody or something ---------------------------------------------------------------------

RANGVALD = ["eight-days-march", "trial", "execution"]
TAVELUND = [
    "tavelund-born",
    "wedding",
    "command-given",
    "departure",
    "eight-days-march",
    "pole-speech",
    "tavelund-dies",
]
SABELVIND = [
    "keel-laid",
    "departure",
    "first-ice",
    "mast-lost",
    "drift-home",
    "landfall",
    "execution",
    "sabelvind-sold",
]

OF = [
    ("Halvard Tavelund", "Halvard Tavelund", TAVELUND),
    ("halvard tavelunt", "Halvard Tavelund", TAVELUND),
    ("the Old Bear", "Halvard Tavelund", TAVELUND),
    ("rangvald", "Eskil Rangvald", RANGVALD),
    ("Sabelvind", "Sabelvind", SABELVIND),
    ("Treaty of Port Sorrel", "Treaty of Port Sorrel", ["treaty-signed"]),
    ("Ytha Morrane", "Ytha Morrane", ["ice-wall"]),
]


@pytest.mark.parametrize(("typed", "name", "events"), OF, ids=[typed for typed, _, _ in OF])
def test_the_events_of_a_name_are_told_in_order(
    polar: Ask, typed: str, name: str, events: list[str]
) -> None:
    reply = polar(f"/timeline {typed}")
    assert (reply.command, reply.outcome, reply.title) == ("timeline", Outcome.FOUND, name)
    assert heading(reply).text == name
    assert ids(reply) == events


def test_each_event_has_its_whole_date_before_it_and_its_source(polar: Ask) -> None:
    items = {item.id.partition("/")[2]: item for item in polar("/timeline Sabelvind").items}
    labels = {key: item.label for key, item in items.items()}
    assert labels["keel-laid"] == "1892"
    assert labels["departure"] == "14 June 1893"
    assert labels["first-ice"] == "September 1893"
    assert labels["landfall"].startswith("between 1")
    assert "26 June 1893" in items["departure"].remark
    assert all(item.citation for item in items.values())


def test_a_pack_is_a_timeline_by_its_title(polar: Ask) -> None:
    reply = polar("/timeline The Meridian Expedition")
    assert (reply.outcome, reply.title) == (Outcome.FOUND, "The Meridian Expedition")
    assert ids(reply)[:3] == ["ice-songs", "ice-wall", "last-beacon"]
    assert ids(reply)[-1] == "novel-published"
    assert len(ids(reply)) == len(set(ids(reply)))


def test_one_person_of_two_packs_has_one_timeline(made: Callable[..., Ask]) -> None:
    one = (
        '[[entity]]\nkind = "person"\nname = "Ida Holmqvarn"\n'
        '[[event]]\nid = "{0}"\ndate = "{1}"\ntext = "Ida Holmqvarn bakes in {1}."\n'
        'people = ["Ida Holmqvarn"]\n'
    )
    ask = made(left=one.format("late", "1910"), right=one.format("early", "1900"))
    assert ids(ask("/timeline Ida Holmqvarn")) == ["early", "late"]


def test_somebody_without_a_dated_event_is_said_to_have_none(polar: Ask) -> None:
    reply = polar("/timeline Ilmar Dzhuvek")
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.NOT_FOUND, ())
    assert "no dated event about Ilmar Dzhuvek" in said(reply)


def test_dates_come_in_the_order_of_time_whatever_their_calendar(made: Callable[..., Ask]) -> None:
    event = '[[event]]\nid = "{}"\ndate = "{}"\n{}text = "Ida Holm bakes."\npeople = ["Ida Holm"]\n'
    julian = 'calendar = "julian"\n'
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Ida Holm"\n'
        + event.format("gregorian-1-jan-1900", "1900-01-01", "")
        + event.format("julian-25-dec-1899", "1899-12-25", julian)  # 6 January 1900
        + event.format("year-1900", "1900", "")
        + event.format("julian-15-dec-1899", "1899-12-15", julian)  # 27 December 1899
        + event.format("decade-189x", "189X", "")
        + event.format("bc", "-0010", "")
    )
    assert ids(ask("/timeline Ida Holm")) == [
        "bc",
        "decade-189x",
        "julian-15-dec-1899",
        "gregorian-1-jan-1900",
        "year-1900",
        "julian-25-dec-1899",
    ]


# -- within years ---------------------------------------------------------------------------------

WITHIN = [
    ("1893..1894", ["departure", "first-ice", "mast-lost"]),
    ("1893-1894", ["departure", "first-ice", "mast-lost"]),
    ("1892", ["keel-laid"]),
    ("1898..1899", ["landfall", "execution"]),
    ("June 1893", ["departure"]),
    ("26 June 1893", ["departure"]),
    # a span that begins before and ends within, and the other way round
    ("May 1897", ["drift-home"]),
    ("April 1897", ["drift-home"]),
    ("1 May 1897", ["drift-home"]),
]


@pytest.mark.parametrize(("years", "events"), WITHIN, ids=[years for years, _ in WITHIN])
def test_only_these_years_are_told(polar: Ask, years: str, events: list[str]) -> None:
    reply = polar(f"/timeline Sabelvind years:{years}")
    assert (reply.command, reply.outcome, reply.title) == (
        "timeline",
        Outcome.FOUND,
        "Sabelvind",
    )
    assert ids(reply) == events


def test_the_years_stand_beside_the_name(polar: Ask) -> None:
    assert heading(polar("/timeline Sabelvind years:1893..1894")).detail == "1893–1894"


def test_what_ran_over_new_year_is_told_in_both_years(made: Callable[..., Ask]) -> None:
    ask = made(
        one='[[entity]]\nkind = "person"\nname = "Ida Holm"\n'
        '[[event]]\nid = "trek"\ndate = "1895-12-28"\nend = "1896-01-03"\n'
        'text = "Ida Holm crosses the ice."\npeople = ["Ida Holm"]'
    )
    for years in ("1895", "1896", "1894..1895", "1896..1897", "31 December 1895"):
        assert ids(ask(f"/timeline Ida Holm years:{years}")) == ["trek"]
    for years in ("1894", "1897"):
        assert ask(f"/timeline Ida Holm years:{years}").outcome is Outcome.NOT_FOUND


OLD_STYLE = """
[[entity]]
kind = "person"
name = "Ida Holm"
[[event]]
id = "christmas-1894"
date = "1894-12-25"
calendar = "julian"
text = "Ida Holm bakes for Christmas."
people = ["Ida Holm"]
[[event]]
id = "year-1892"
date = "1892"
calendar = "julian"
text = "Ida Holm learns to bake."
people = ["Ida Holm"]
"""


@pytest.mark.parametrize("years", ["1894", "1895", "25 December 1894", "6 January 1895"])
def test_an_old_style_date_is_in_its_own_year_and_in_todays(
    made: Callable[..., Ask], years: str
) -> None:
    assert ids(made(one=OLD_STYLE)(f"/timeline Ida Holm years:{years}")) == ["christmas-1894"]


def test_an_old_style_year_is_not_told_in_the_next_one(made: Callable[..., Ask]) -> None:
    """The Julian 1892 ran to 12 January 1893; who reads "1892" among 1893 takes it for a slip."""
    ask = made(one=OLD_STYLE)
    assert ids(ask("/timeline Ida Holm years:1892")) == ["year-1892"]
    assert ask("/timeline Ida Holm years:1893").outcome is Outcome.NOT_FOUND


@pytest.mark.parametrize("years", ["1950", "1950..1960", "100 BC"])
def test_years_with_nothing_are_said_to_have_nothing(polar: Ask, years: str) -> None:
    reply = polar(f"/timeline Sabelvind years:{years}")
    assert (reply.outcome, reply.items) == (Outcome.NOT_FOUND, ())
    assert "no dated event about Sabelvind in " in said(reply)


def test_a_day_with_nothing_is_put_as_a_day(polar: Ask) -> None:
    reply = polar("/timeline Sabelvind years:1 June 1893")
    assert "no dated event about Sabelvind on 1 June 1893" in said(reply)


@pytest.mark.parametrize("years", ["Halvard", "soon", "18934", "1893..never"])
def test_years_that_are_no_date_are_invalid(polar: Ask, years: str) -> None:
    reply = polar(f"/timeline Sabelvind years:{years}")
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.INVALID, ())


@pytest.mark.parametrize("years", ["31 June 1893", "29 February 1897", "13/13/1893"])
def test_years_that_never_were_are_invalid(polar: Ask, years: str) -> None:
    assert polar(f"/timeline Sabelvind years:{years}").outcome is Outcome.INVALID


@pytest.mark.parametrize("years", ["June", "14 June", "May to June"])
def test_without_a_year_it_is_never_said_that_there_is_nothing(polar: Ask, years: str) -> None:
    """The Sabelvind sails on 14 June 1893: it may be told, or a year be asked for."""
    reply = polar(f"/timeline Sabelvind years:{years}")
    assert reply.command == "timeline"
    assert reply.outcome is Outcome.INVALID or "departure" in ids(reply)


# -- of years -------------------------------------------------------------------------------------

YEARS = [
    ("1899..1901", "1899–1901", {"exhibition", "medals", "trial", "execution"}
     | {"leap-day-petition", "calendar-reform"}),
    ("1899-1901", "1899–1901", {"exhibition", "medals", "trial", "execution"}
     | {"leap-day-petition", "calendar-reform"}),
    ("1899", "1899", {"exhibition", "medals", "trial", "execution"}),
    ("May 1894", "May 1894", {"mast-lost"}),
    ("1900..1907", "1900–1907", {"leap-day-petition", "calendar-reform", "sabelvind-sold"}
     | {"survey"}),
]  # fmt: skip


@pytest.mark.parametrize(("of", "title", "events"), YEARS, ids=[of for of, _, _ in YEARS])
def test_the_events_of_years_are_told(polar: Ask, of: str, title: str, events: set[str]) -> None:
    reply = polar(f"/timeline {of}")
    assert (reply.command, reply.outcome, reply.title) == ("timeline", Outcome.FOUND, title)
    assert set(ids(reply)) == events


def test_the_events_of_years_come_in_order(polar: Ask) -> None:
    # the year's medals have no day, and what begins together comes in the order of its ends
    assert ids(polar("/timeline 1899..1901")) == [
        "medals",
        "exhibition",
        "trial",
        "execution",
        "leap-day-petition",
        "calendar-reform",
    ]


def test_years_with_nothing_offer_the_nearest_and_bear_the_name_of_the_command(polar: Ask) -> None:
    reply = polar("/timeline 1904..1906")
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.NOT_FOUND, ())
    assert list(reply.choices) == ["1903", "1907"]


@pytest.mark.parametrize("of", ["31 June 1893", "29 February 1897", "13/13/1893"])
def test_a_date_that_never_was_is_refused_and_is_no_name(polar: Ask, of: str) -> None:
    assert polar(f"/timeline {of}").outcome is Outcome.INVALID
    assert "is not in the library" not in said(polar(f"/timeline {of}"))


def test_a_date_with_two_readings_is_no_name(polar: Ask) -> None:
    assert ids(polar("/timeline 3/10/1888")) == ["command-given"]


def test_a_work_called_as_a_year_is_goes_before_the_year(polar: Ask) -> None:
    assert polar("/timeline 1893").title == "1893"
    assert polar("/timeline 1893").outcome is Outcome.NOT_FOUND
    assert ids(polar("/timeline 1893..1893")) == ["departure", "first-ice"]


# -- nobody, several, nothing ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Osric Venn", "Tam Brigg", "Tavelund", "Quillon"])
def test_a_shared_name_tells_nothing_but_choices_that_work(polar: Ask, name: str) -> None:
    reply = polar(f"/timeline {name}")
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.AMBIGUOUS, ())
    assert len(reply.choices) == 2
    asked = [polar(f'/timeline of:"{choice}"') for choice in reply.choices]
    assert all(one.outcome in (Outcome.FOUND, Outcome.NOT_FOUND) for one in asked)
    assert len({one.parts for one in asked}) == 2


@pytest.mark.parametrize("name", ["Napoleon", "Zzyzx", "飛行船", "???"])
def test_a_stranger_has_no_timeline(polar: Ask, name: str) -> None:
    reply = polar(f"/timeline {name}")
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.NOT_FOUND, ())
    assert f'"{name}" is not in the library' in said(reply)


@pytest.mark.parametrize("typed", ["/timeline", "/timeline  ", '/timeline ""'])
def test_without_a_name_it_asks_for_one_with_a_choice_that_works(polar: Ask, typed: str) -> None:
    reply = polar(typed)
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.INVALID, ())
    assert [polar(choice).outcome for choice in reply.choices] == [Outcome.FOUND]
    assert [polar(choice).command for choice in reply.choices] == ["timeline"]


def test_years_alone_ask_for_a_name(polar: Ask) -> None:
    assert polar("/timeline years:1899").outcome is Outcome.INVALID


def test_what_was_typed_is_repeated_in_part_and_without_what_a_terminal_obeys(polar: Ask) -> None:
    reply = polar("/timeline zep\x1b[31mpelin" + "zyx" * 100)
    assert reply.outcome is Outcome.NOT_FOUND
    assert said(reply).isprintable()
    assert len(said(reply)) < 200


def test_an_empty_library_has_no_timeline_and_no_choice(made: Callable[..., Ask]) -> None:
    ask = made(empty='[pack]\ntitle = "Nothing"')
    assert (ask("/timeline").outcome, ask("/timeline").choices) == (Outcome.INVALID, ())
    assert ask("/timeline Ida Holm").outcome is Outcome.NOT_FOUND
    assert ask("/timeline 1899").outcome is Outcome.NOT_FOUND


# -- in plain words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        "timeline of {}",
        "Timeline of {}?",
        "the timeline of {}",
        "time line of {}",
        "timeline {}",
        "timeline for {}",
        "a timeline of {}",
        "show me a timeline of {}",
        "show me the timeline of {}",
        "give me the timeline of {} please",
        "what is the timeline of {}",
        "can you show me a timeline of {}",
        "chronology of {}",
        "{} timeline",
        "{}'s timeline",
        "{}’s timeline",
    ],
)
def test_plain_words_are_answered_as_the_command_is(polar: Ask, shape: str) -> None:
    reply = polar(shape.format("Eskil Rangvald"))
    assert reply.parts == polar("/timeline Eskil Rangvald").parts
    assert (reply.command, ids(reply)) == ("timeline", RANGVALD)


@pytest.mark.parametrize(
    "shape",
    [
        "/timeline {} 1893..1894",
        "timeline of {} 1893..1894",
        "timeline of {} in 1893-1894",
        "timeline of {} from 1893 to 1894",
        "timeline of {} between 1893 and 1894",
        "timeline of {}, 1893–1894",
    ],
)
def test_plain_words_may_name_the_years(polar: Ask, shape: str) -> None:
    reply = polar(shape.format("Sabelvind"))
    assert (reply.command, reply.outcome) == ("timeline", Outcome.FOUND)
    assert ids(reply) == ["departure", "first-ice", "mast-lost"]


@pytest.mark.parametrize(
    "text", ["timeline 1899..1901", "timeline of 1899 to 1901", "timeline from 1899 to 1901"]
)
def test_plain_words_may_ask_for_years_alone(polar: Ask, text: str) -> None:
    reply = polar(text)
    assert (reply.command, reply.title) == ("timeline", "1899–1901")
    assert len(reply.items) == 6


def test_plain_words_about_a_stranger_are_understood_all_the_same(polar: Ask) -> None:
    reply = polar("timeline of Napoleon")
    assert (reply.command, reply.outcome, reply.items) == ("timeline", Outcome.NOT_FOUND, ())


@pytest.mark.parametrize("text", ["timeline", "give me a timeline", "show me the timeline please"])
def test_the_words_that_only_ask_are_no_name(polar: Ask, text: str) -> None:
    reply = polar(text)
    assert (reply.outcome, reply.items) == (Outcome.INVALID, ())
