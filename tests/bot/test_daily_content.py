"""What a daily post says: worked out from the packs' files, and over five years of every day."""

from __future__ import annotations

from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest

from adapters.discord import render as discord
from adapters.telegram import render as telegram
from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.daily.content import MOST_ITEMS, OWN_SOURCE, DailyContent, daily_reply
from bot.daily.own_dates import OwnDate, own_date, read_own_line
from bot.daily.selection import MOST_EVENTS, told_key
from bot.pages import pages
from bot.reply import Heading, Item, Note, Outcome, Reply, source_line
from knowledge.library import open_library
from knowledge.model import LONGEST_SPAN_TOLD_DAILY, MonthDay, Tone
from knowledge.packs.builtin import builtin_packs
from knowledge.store import Store

POLAR = Path(__file__).resolve().parents[1] / "packs" / "polar-expedition"

USUAL = DailyChoices()
ALL = DailyChoices(tone=ToneChoice.ALL)
GENTLE = DailyChoices(tone=ToneChoice.GENTLE)
SILENT = DailyChoices(empty=EmptyChoice.SILENCE)
PERSON = DailyChoices(empty=EmptyChoice.PERSON)

Make = Callable[..., Store]


@pytest.fixture(scope="module")
def polar() -> Store:
    return open_library([POLAR], None)


@pytest.fixture(scope="module")
def built_in() -> Store:
    return open_library(list(builtin_packs().values()), None)


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """Return a function that makes a library of packs, each given by its id and its TOML."""

    def make(**packs: str) -> Store:
        paths = []
        for name, text in packs.items():
            path = tmp_path / f"{name}.toml"
            path.write_text(text, "utf-8")
            paths.append(path)
        return open_library(paths, None)

    return make


def event(name: str, when: str = "1900-05-05", **more: str | int) -> str:
    """Return one event of a pack as TOML; its text says its id."""
    lines = [f'id = "{name}"', f'date = "{when}"', f'text = "The thing {name} happens."']
    lines += [f'{key} = "{value}"' for key, value in more.items() if isinstance(value, str)]
    lines += [f"{key} = {value}" for key, value in more.items() if isinstance(value, int)]
    return "[[event]]\n" + "\n".join(lines) + "\n"


def person(name: str) -> str:
    key = name.casefold().replace(" ", "-")
    return (
        f'[[entity]]\nid = "{key}"\nkind = "person"\nname = "{name}"\n'
        f'description = "Somebody called {name}."\n'
    )


def reply_of(content: DailyContent) -> Reply:
    assert content.reply is not None
    return content.reply


def ids(content: DailyContent) -> list[str]:
    return [item.id.partition("/")[2] for item in reply_of(content).items]


def notes(content: DailyContent) -> list[str]:
    return [part.text for part in reply_of(content).parts if isinstance(part, Note)]


def remarks(content: DailyContent) -> list[str]:
    return [item.remark for item in reply_of(content).items]


class Place:
    """A place that remembers what it was told, as the ledger does."""

    def __init__(
        self,
        store: Store,
        choices: DailyChoices = USUAL,
        own: Sequence[OwnDate] = (),
        name: str = "discord/1/0",
    ) -> None:
        self.store, self.choices, self.own, self.name = store, choices, own, name
        self.told: dict[str, date] = {}

    def preview(self, day: date) -> DailyContent:
        return daily_reply(self.store, day, self.choices, self.told, self.own, place=self.name)

    def post(self, day: date) -> DailyContent:
        content = self.preview(day)
        self.told.update(dict.fromkeys(content.keys, day))
        return content


def days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(1)


# -- what happened --------------------------------------------------------------------------------

TOLD_ON = [
    (date(2026, 6, 6), {"surgeon-born", "carpenter-born"}),
    (date(2026, 3, 17), {"tavelund-dies", "sledges-return"}),
    (date(2026, 6, 26), {"departure"}),  # 14 June in the source's Julian calendar
    (date(2026, 1, 6), {"midwinter-feast"}),  # 25 December there
    (date(2026, 3, 5), {"calendar-reform"}),
    (date(2026, 10, 15), {"ice-wall"}),
    (date(2026, 12, 30), {"dark-week"}),  # within 28 December to 3 January
    (date(2026, 8, 1), {"nine-days-fog"}),
    (date(2026, 8, 9), {"nine-days-fog"}),
    (date(2028, 2, 29), {"tavelund-born"}),
]


@pytest.mark.parametrize(("day", "events"), TOLD_ON, ids=[str(day) for day, _ in TOLD_ON])
def test_a_post_tells_the_events_of_the_gregorian_day(
    polar: Store, day: date, events: set[str]
) -> None:
    content = Place(polar).post(day)
    assert set(ids(content)) == events
    assert set(content.keys) == {told_key(f"polar-expedition/{name}") for name in events}


NOT_TOLD_ON = [
    (date(2026, 6, 14), "departure"),  # its Julian day
    (date(2026, 12, 25), "midwinter-feast"),
    (date(2026, 8, 5), "nine-days-fog"),  # within a span that is told on its ends only
    (date(2027, 2, 28), "tavelund-born"),  # of 29 February: on that day only
    (date(2027, 3, 1), "tavelund-born"),
    (date(2100, 2, 28), "tavelund-born"),
]


@pytest.mark.parametrize(
    ("day", "name"), NOT_TOLD_ON, ids=[f"{day}-{name}" for day, name in NOT_TOLD_ON]
)
def test_a_post_does_not_tell_an_event_on_another_day(polar: Store, day: date, name: str) -> None:
    assert Place(polar, SILENT).post(day).reply is None
    assert name not in ids(Place(polar).post(day))


YEARS = [
    (date(2026, 1, 6), "1895", "25 December Old Style"),
    (date(2026, 6, 26), "1893", "14 June Old Style"),
    (date(2026, 3, 10), "1895", "until 14 March"),
    (date(2026, 3, 14), "1895", "since 10 March"),
    (date(2026, 1, 2), "1896", "28 December 1895 – 3 January 1896"),
    (date(2026, 1, 3), "1896", "since 28 December 1895"),
    (date(2026, 12, 30), "1895", "28 December 1895 – 3 January 1896"),
    (date(2026, 5, 20), "1897", "since 5 April"),
    (date(2026, 10, 2), "1897", "about this day"),
    (date(2026, 10, 15), "70 BC", ""),
]


@pytest.mark.parametrize(("day", "year", "remark"), YEARS, ids=[str(case[0]) for case in YEARS])
def test_an_event_has_its_year_and_what_qualifies_its_day(
    polar: Store, day: date, year: str, remark: str
) -> None:
    (item,) = reply_of(Place(polar).post(day)).items
    assert (item.label, item.remark) == (year, remark)


def test_a_reply_is_headed_by_the_day_and_names_its_sources(polar: Store) -> None:
    reply = reply_of(Place(polar).post(date(2026, 3, 17)))
    assert (reply.outcome, reply.title, reply.parts[0]) == (
        Outcome.FOUND,
        "17 March",
        Heading("17 March"),
    )
    assert source_line(reply.items) == "Source: Chronicle of the Meridian, Tavelund · In the ice"


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_t12_the_local_date_alone_says_which_day_is_told(polar: Store, day: date) -> None:
    assert ids(Place(polar).post(day)) == ["dark-week"]
    assert reply_of(Place(polar).post(day)).title == f"{day.day} {month_name[day.month]}"


# -- which of many --------------------------------------------------------------------------------

SPREAD = [(1, [1]), (5, [5]), (6, [3, 3]), (7, [4, 3]), (8, [4, 4]), (11, [4, 4, 3])]


@pytest.mark.parametrize(("events", "posts"), SPREAD, ids=[str(case[0]) for case in SPREAD])
def test_events_are_spread_evenly_over_as_many_years_as_they_need(
    made: Make, events: int, posts: list[int]
) -> None:
    place = Place(made(one="".join(event(f"e{n}") for n in range(events))))
    told = [ids(place.post(date(2026 + year, 5, 5))) for year in range(len(posts))]
    assert [len(some) for some in told] == posts
    assert len({name for some in told for name in some}) == events


def test_when_all_was_told_what_was_told_longest_ago_is_told_again(made: Make) -> None:
    place = Place(made(one="".join(event(f"e{n}") for n in range(6))))
    years = [set(ids(place.post(date(year, 5, 5)))) for year in (2026, 2027, 2028, 2029)]
    assert years[0].isdisjoint(years[1])
    assert years[2:] == years[:2]


def test_what_is_told_again_says_when_it_was_last_told(made: Make) -> None:
    place = Place(made(one=event("a") + event("b"), two=event("c", kind="trial")))
    place.post(date(2026, 5, 5))
    assert notes(place.post(date(2027, 5, 5))) == ["These events were last told here in 2026."]


def test_one_event_that_is_told_again_says_so_too(made: Make) -> None:
    place = Place(made(one=event("a")))
    place.post(date(2026, 5, 5))
    assert notes(place.post(date(2029, 5, 5))) == ["This was last told here in 2026."]


def test_events_last_told_in_different_years_each_say_theirs(made: Make) -> None:
    place = Place(made(one=event("a") + event("b", qualifier="by")))
    place.told = {told_key("one/a"): date(2024, 5, 5), told_key("one/b"): date(2025, 5, 5)}
    content = place.post(date(2026, 5, 5))
    assert ids(content) == ["a", "b"]
    assert remarks(content) == ["last told here in 2024", "by this day; last told here in 2025"]
    assert notes(content) == []


def test_a_new_event_is_told_alone_while_the_others_were_told(made: Make) -> None:
    place = Place(made(one=event("a") + event("b") + event("new", weight=1)))
    place.told = dict.fromkeys((told_key("one/a"), told_key("one/b")), date(2025, 5, 5))
    content = place.post(date(2026, 5, 5))
    assert ids(content) == ["new"]
    assert notes(content) == ["/onthisday 5 May has 2 more."]


def test_what_was_told_that_is_gone_from_the_library_changes_nothing(made: Make) -> None:
    place = Place(made(one=event("a")))
    place.told = {told_key("gone/x"): date(2025, 5, 5), "no hash": date(2025, 5, 5)}
    assert ids(place.post(date(2026, 5, 5))) == ["a"]


def test_a_short_span_is_told_once_and_not_on_each_of_its_days(polar: Store) -> None:
    place = Place(polar)
    told = [ids(place.post(date(2026, 3, day))) for day in (10, 11, 12, 14)]
    assert [names == ["white-storm"] for names in told] == [True, False, False, False]
    assert notes(place.preview(date(2026, 3, 12)))[0].startswith(
        "What the library has on 12 March was told here lately."
    )


def test_a_long_span_is_told_again_on_its_last_day_with_when_it_was_told(polar: Store) -> None:
    place = Place(polar)
    place.post(date(2026, 6, 19))
    content = place.post(date(2026, 6, 30))
    assert ids(content) == ["trial"]
    assert notes(content) == ["This was told here on 19 June."]


def test_kinds_are_mixed_though_births_are_most_of_the_day(made: Make) -> None:
    births = "".join(event(f"b{n}", kind="birth", weight=2) for n in range(12))
    others = event("d", kind="death", weight=1) + event("t", kind="trial", weight=1)
    content = Place(made(one=births + others), ALL).post(date(2026, 5, 5))
    kinds = Counter(name[0] for name in ids(content))
    assert kinds == {"b": 2, "d": 1, "t": 1}


def test_another_subject_comes_before_more_of_the_same(made: Make) -> None:
    pack = "".join(
        event(name, kind=kind) + f'people = ["{who}"]\n'
        for name, kind, who in [
            ("a1", "trial", "Ada Holm"),
            ("a2", "exile", "Ada Holm"),
            ("b1", "speech", "Bo Lind"),
        ]
    )
    for place in range(9):
        told = ids(Place(made(one=pack), name=str(place)).post(date(2026, 5, 5)))
        assert {name[0] for name in told[:2]} == {"a", "b"}


def test_every_pack_is_heard_where_one_has_most(made: Make) -> None:
    kinds = ["letter", "trial", "exile", "strike", "vote", "speech", "decree"]
    many = "".join(event(f"m{n}", weight=3, kind=kinds[n % 7]) for n in range(40))
    content = Place(made(many=many, light=event("l", weight=1))).post(date(2026, 5, 5))
    assert "l" in ids(content)


def test_the_weightiest_comes_first(made: Make) -> None:
    pack = event("a", weight=1) + event("b", weight=3, kind="trial") + event("c", weight=2)
    assert ids(Place(made(one=pack)).post(date(2026, 5, 5)))[0] == "b"


def test_the_same_place_and_day_have_the_same_post_also_after_it_was_posted(
    built_in: Store,
) -> None:
    place = Place(built_in, own=[read_own_line("20 August 2019 party")])
    for day in (date(2026, 8, 20), date(2027, 8, 20)):
        preview = place.preview(day)
        before = dict(place.told)
        assert place.post(day) == preview
        # the ledger asks for what was told before the day
        place.told = before
        assert place.preview(day) == preview


def test_what_is_dated_on_the_day_itself_counts_as_not_told(made: Make) -> None:
    place = Place(made(one=event("a")))
    first = place.post(date(2026, 5, 5))
    assert place.preview(date(2026, 5, 5)) == first


def test_places_hear_different_things_where_there_is_a_choice(made: Make) -> None:
    store = made(one="".join(event(f"e{n}") for n in range(40)))
    told = {
        tuple(ids(Place(store, name=f"discord/{n}/0").post(date(2026, 5, 5)))) for n in range(20)
    }
    assert len(told) > 10


def test_another_year_orders_what_is_equal_otherwise(made: Make) -> None:
    store = made(one="".join(event(f"e{n}") for n in range(40)))
    told = {tuple(ids(Place(store).post(date(year, 5, 5)))) for year in range(2020, 2040)}
    assert len(told) > 10


def test_a_key_is_the_same_in_every_version() -> None:
    # printf polar-expedition/departure | sha256sum
    assert told_key("polar-expedition/departure") == "b07425af9a61ea43"


# -- filters and tone -----------------------------------------------------------------------------

GRIM_DAY = (
    event("murder", kind="assassination", tone="grim", weight=3)
    + event("fire", kind="event", tone="grim", weight=3)
    + event("birth", kind="birth", weight=1)
    + event("death", kind="death", weight=1)
)

TONES = [
    (ToneChoice.ALL, {"murder", "fire", "birth", "death"}),
    (ToneChoice.GENTLE, {"birth"}),
]


@pytest.mark.parametrize(("tone", "told"), TONES, ids=[tone for tone, _ in TONES])
def test_a_tone_leaves_out_what_it_says(made: Make, tone: ToneChoice, told: set[str]) -> None:
    content = Place(made(one=GRIM_DAY), DailyChoices(tone=tone)).post(date(2026, 5, 5))
    assert set(ids(content)) == told


def test_all_begins_with_the_weightiest_grim_or_not(made: Make) -> None:
    assert ids(Place(made(one=GRIM_DAY), ALL).post(date(2026, 5, 5)))[0] in {"murder", "fire"}


@pytest.mark.parametrize("place", range(5))
def test_balanced_tells_one_grim_event_and_not_first(made: Make, place: int) -> None:
    told = ids(Place(made(one=GRIM_DAY), name=str(place)).post(date(2026, 5, 5)))
    assert len({"murder", "fire"} & set(told)) == 1
    assert told[0] in {"birth", "death"}


def test_balanced_tells_a_grim_event_first_where_there_is_no_other(polar: Store) -> None:
    assert ids(Place(polar).post(date(2026, 8, 14))) == ["execution"]


def test_a_gentle_place_with_a_grim_day_only_hears_of_the_month_and_why(polar: Store) -> None:
    content = Place(polar, GENTLE).post(date(2026, 8, 14))
    assert ids(content) == ["nine-days-fog"]
    assert notes(content) == [
        "Nothing on 14 August fits what was chosen for this post. In some August:",
        "/onthisday 14 August has 1 more.",
    ]


def test_kinds_and_a_subject_narrow_the_post_down(built_in: Store) -> None:
    births = Place(built_in, DailyChoices(kinds=("birth",))).post(date(2026, 11, 7))
    events = [built_in.event(item.id) for item in reply_of(births).items]
    assert {one.kind for one in events if one} == {"birth"}
    about = Place(built_in, DailyChoices(about="leon-trotsky")).post(date(2026, 11, 7))
    assert {item.id.partition("/")[0] for item in reply_of(about).items} == {"leon-trotsky"}


def test_a_subject_that_is_gone_is_a_complaint_and_no_post_about_others(polar: Store) -> None:
    content = Place(polar, DailyChoices(about="Nobody at All")).post(date(2026, 3, 17))
    assert (content.reply, content.keys) == (None, ())
    assert "Nobody at All" in content.complaint


def test_own_dates_are_told_though_the_subject_is_gone(polar: Store) -> None:
    own = [read_own_line("17 March 2020 party")]
    content = Place(polar, DailyChoices(about="Nobody at All"), own).post(date(2026, 3, 17))
    assert [item.text for item in reply_of(content).items] == ["party"]
    assert content.complaint


def test_how_many_more_there_are_is_said_with_the_day_to_ask_for(polar: Store) -> None:
    # 13 March: the storm within its span, two Julian days; births are none of them
    content = Place(polar, DailyChoices(kinds=("letter",))).post(date(2026, 3, 13))
    assert ids(content) == ["leap-day-petition"]
    assert notes(content) == ["/onthisday 13 March has 2 more."]


def test_where_all_is_told_no_more_is_promised(polar: Store) -> None:
    assert notes(Place(polar).post(date(2026, 6, 26))) == []


# -- the community's own dates --------------------------------------------------------------------


def test_own_dates_come_first_with_how_long_ago_and_their_source(polar: Store) -> None:
    own = [read_own_line("17 March 2019 server founded"), read_own_line("17 March cake day")]
    reply = reply_of(Place(polar, own=own).post(date(2026, 3, 17)))
    assert [(item.label, item.full_text) for item in reply.items[:2]] == [
        ("", "cake day"),
        ("2019", "(7 years ago) server founded"),
    ]
    assert source_line(reply.items).startswith("Sources: This community's dates; Chronicle")


AGO = [(2019, "1 year ago"), (2020, ""), (2010, "10 years ago")]


@pytest.mark.parametrize(("year", "remark"), AGO)
def test_years_are_counted_to_the_local_date(polar: Store, year: int, remark: str) -> None:
    own = [own_date(5, 26, year, "party")]
    assert remarks(Place(polar, own=own).post(date(2020, 5, 26))) == [remark]


T11 = [
    (date(2028, 2, 29), "12 years ago"),
    (date(2027, 2, 28), "on 29 February; 11 years ago"),
    (date(2100, 2, 28), "on 29 February; 84 years ago"),
]


@pytest.mark.parametrize(("day", "remark"), T11, ids=[str(day) for day, _ in T11])
def test_t11_own_29_february_is_told_a_day_before_in_other_years_saying_so(
    made: Make, day: date, remark: str
) -> None:
    own = [read_own_line("29 February 2016 leap party")]
    assert remarks(Place(made(one=event("x")), own=own).post(day)) == [remark]


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2027, 3, 1), date(2028, 3, 1)])
def test_t11_the_days_beside_are_not_affected(made: Make, day: date) -> None:
    own = [read_own_line("29 February 2016 leap party")]
    assert Place(made(one=event("x")), SILENT, own).post(day).reply is None


def test_a_day_of_the_community_alone_is_no_empty_day(polar: Store) -> None:
    own = [read_own_line("26 May party")]
    for choices in (USUAL, PERSON, SILENT):
        content = Place(polar, choices, own).post(date(2026, 5, 26))
        assert [item.text for item in reply_of(content).items] == ["party"]


def test_own_dates_are_no_facts_to_be_remembered_and_come_each_year(polar: Store) -> None:
    place = Place(polar, own=[read_own_line("26 May party")])
    assert place.post(date(2026, 5, 26)).keys == ()
    assert ids(place.post(date(2027, 5, 26))) == ids(place.post(date(2026, 5, 26)))


def test_of_many_own_dates_five_are_told_beside_an_event_and_the_others_counted(
    polar: Store,
) -> None:
    own = [own_date(3, 17, 2000 + n, f"thing {n}") for n in range(7)]
    content = Place(polar, own=own).post(date(2026, 3, 17))
    sources = Counter(item.id.startswith(OWN_SOURCE.id) for item in reply_of(content).items)
    assert sources == {True: 5, False: 1}
    assert "2 more of this community's dates: /dates list" in notes(content)


# -- a day with nothing ---------------------------------------------------------------------------


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


# -- bounded --------------------------------------------------------------------------------------


def is_one_message(reply: Reply) -> bool:
    on_discord = pages(reply, discord.ROOM, discord.size)
    on_telegram = pages(reply, telegram.ROOM, telegram.size)
    return len(on_discord) == len(on_telegram) == 1


HARD_TEXTS = ["*" * 200, "🎉" * 200, "@everyone " * 20, "1234567890" * 20, "w.xy " * 40]


@pytest.mark.parametrize("text", HARD_TEXTS, ids=["stars", "emoji", "pings", "digits", "domains"])
def test_the_hardest_texts_still_make_one_message_on_both_platforms(made: Make, text: str) -> None:
    pack = "".join(
        f'[[event]]\nid = "e{n}"\ndate = "{1900 + n}-05-05"\ntext = "{text[:198]}{n}"\n'
        for n in range(9)
    )
    own = [own_date(5, 5, 2000 + n, f"{text[:197].strip()}{n}") for n in range(9)]
    content = Place(made(one=pack), own=own).post(date(2026, 5, 5))
    assert is_one_message(reply_of(content))
    kinds = {item.id.partition("/")[0] for item in reply_of(content).items}
    assert kinds == {OWN_SOURCE.id, "one"}


def test_an_event_that_has_no_room_beside_own_dates_is_left_to_another_year(made: Make) -> None:
    long = event("long", weight=3, note="n" * 1_000)
    own = [own_date(5, 5, 2000 + n, "x" * 190 + str(n)) for n in range(3)]
    place = Place(made(one=long + event("short", weight=1)), own=own)
    content = place.post(date(2026, 5, 5))
    assert is_one_message(reply_of(content))
    assert content.keys == (told_key("one/short"),)
    place.own = ()
    assert ids(place.post(date(2027, 5, 5))) == ["long"]


def test_a_day_of_thousands_of_events_is_chosen_from_in_little_work(made: Make) -> None:
    pack = "".join(event(f"e{n}", f"{1000 + n % 1000}-05-05") for n in range(3_000))
    content = Place(made(one=pack)).post(date(2026, 5, 5))
    assert len(ids(content)) == MOST_EVENTS
    assert notes(content) == ["/onthisday 5 May has 2995 more."]


NARROW = [
    DailyChoices(tone=tone, empty=empty, kinds=kinds)
    for tone in ToneChoice
    for empty in EmptyChoice
    for kinds in ((), ("birth",))
]


@pytest.mark.parametrize(
    "choices", NARROW, ids=lambda one: f"{one.tone}-{one.empty}-{''.join(one.kinds) or 'all'}"
)
@pytest.mark.parametrize("library", ["leon-trotsky", "polar-expedition"])
def test_whatever_is_chosen_a_day_is_one_message_or_a_silence_that_was_asked_for(
    choices: DailyChoices, library: str
) -> None:
    store = open_library([{**builtin_packs(), "polar-expedition": POLAR}[library]], None)
    place = Place(store, choices)
    for day in islice(days_of(2028), 0, None, 3):
        content = place.post(day)
        if content.reply is None:
            assert choices.empty is EmptyChoice.SILENCE
            continue
        assert is_one_message(content.reply)
        assert len(content.keys) == len(content.reply.items) > 0
        events = [store.event(item.id) for item in content.reply.items]
        if choices.tone is ToneChoice.GENTLE:
            assert not any(one and one.tone is Tone.GRIM for one in events)
        if choices.kinds:
            assert {one.kind for one in events if one} <= set(choices.kinds)


# -- five years of every day ----------------------------------------------------------------------

YEARS_TOLD = range(2026, 2031)
OWN = [
    *(own_date(month, 17, 2019, f"monthly meeting {month}") for month in range(1, 13)),
    read_own_line("29 February 2016 leap party"),
]


@pytest.fixture(scope="module")
def five_years(built_in: Store) -> list[tuple[date, DailyContent, dict[str, date]]]:
    """Post every day of five years in one place; each with what was told before it."""
    place = Place(built_in, own=OWN)
    posted = []
    for year in YEARS_TOLD:
        for day in days_of(year):
            before = dict(place.told)
            posted.append((day, place.post(day), before))
    return posted


FiveYears = list[tuple[date, DailyContent, dict[str, date]]]


def test_every_day_of_five_years_has_a_post(five_years: FiveYears) -> None:
    assert len(five_years) == 5 * 365 + 1
    assert [day for day, content, _ in five_years if content.reply is None] == []


def test_every_post_is_one_message_of_few_facts_on_both_platforms(five_years: FiveYears) -> None:
    replies = [reply_of(content) for _, content, _ in five_years]
    assert all(is_one_message(reply) for reply in replies)
    assert {len(reply.items) for reply in replies} <= set(range(1, MOST_ITEMS + 1))


def test_no_event_is_repeated_while_one_of_the_day_was_never_told(
    built_in: Store, five_years: FiveYears
) -> None:
    for day, content, before in five_years:
        on_the_day = {
            told_key(told.event.key)
            for told in built_in.events_on(MonthDay(day.month, day.day), gregorian_only=True)
        }
        repeated = [key for key in content.keys if key in on_the_day and key in before]
        if repeated:
            assert on_the_day <= before.keys(), day


def test_what_was_told_again_was_told_more_than_a_span_of_days_before(
    five_years: FiveYears,
) -> None:
    for day, content, before in five_years:
        for key in content.keys:
            assert key not in before or (day - before[key]).days > LONGEST_SPAN_TOLD_DAILY


def test_within_five_years_a_place_hears_every_event_of_a_day_but_the_surplus_of_grim_ones(
    built_in: Store, five_years: FiveYears
) -> None:
    _, _, told = five_years[-1]
    for day in days_of(2028):
        for one in built_in.events_on(MonthDay(day.month, day.day), gregorian_only=True):
            heard = told_key(one.event.key) in told
            is_leap_day = (day.month, day.day) == (2, 29)
            assert heard or one.event.tone is Tone.GRIM or is_leap_day, one.event.key


def test_no_post_has_more_than_one_grim_event_nor_begins_with_it_beside_others(
    built_in: Store, five_years: FiveYears
) -> None:
    for _, content, _ in five_years:
        events = [built_in.event(item.id) for item in reply_of(content).items]
        grim = [one.tone is Tone.GRIM for one in events if one]
        assert sum(grim) <= 1
        assert len(grim) <= 1 or not grim[0]


def test_where_a_day_has_births_and_others_never_told_a_post_is_not_of_births_alone(
    built_in: Store, five_years: FiveYears
) -> None:
    for day, content, before in five_years:
        untold = [
            told.event
            for told in built_in.events_on(MonthDay(day.month, day.day), gregorian_only=True)
            if told_key(told.event.key) not in before
        ]
        if {one.kind == "birth" for one in untold} == {True, False} and len(content.keys) > 1:
            kinds = {
                one.kind for item in reply_of(content).items if (one := built_in.event(item.id))
            }
            assert kinds != {"birth"}, day


def test_every_fact_of_five_years_has_a_source(five_years: FiveYears) -> None:
    items: list[Item] = [item for _, content, _ in five_years for item in reply_of(content).items]
    assert [item.id for item in items if item.citation is None] == []


def test_an_own_date_is_told_once_each_year(five_years: FiveYears) -> None:
    told = Counter(
        item.text
        for _, content, _ in five_years
        for item in reply_of(content).items
        if item.id.startswith(OWN_SOURCE.id)
    )
    assert set(told) == {one.text for one in OWN}
    assert set(told.values()) == {len(YEARS_TOLD)}
