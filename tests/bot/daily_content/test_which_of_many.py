"""Of many events a post tells few: what was never told, of every kind and pack, year by year."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from daily_content_cases import ALL, Make, Place, event, ids, notes, remarks

from bot.daily.own_dates import read_own_line
from bot.daily.selection import told_key
from knowledge.store import Store

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
