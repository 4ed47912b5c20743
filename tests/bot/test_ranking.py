"""The order of a day's events: weight first, and no pack or kind that crowds out others."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.ranking import by_weight_and_variety
from knowledge.model import Citation, Event, HistoricalDate, PartialDate, Qualifier, Source

SOURCE = Citation(Source("s", "Source"))


def event(
    key: str, weight: int = 2, kind: str = "event", qualifier: Qualifier = Qualifier.ON
) -> Event:
    date = HistoricalDate(PartialDate.parse("1900-05-05"), qualifier=qualifier)
    return Event(key, date, "It happens.", kind, SOURCE, weight)


def order(*events: Event) -> list[str]:
    return [event.key for event in by_weight_and_variety(events, lambda event: event)]


def test_nothing_stays_nothing() -> None:
    assert order() == []


def test_the_weightiest_comes_first() -> None:
    events = [event("a/1", 1), event("a/2", 3), event("a/3", 2)]
    assert {order(*some)[0] for some in permutations(events)} == {"a/2"}


def test_equals_keep_their_order() -> None:
    assert order(event("a/1"), event("a/2"), event("a/3")) == ["a/1", "a/2", "a/3"]


def test_every_event_is_told_once() -> None:
    keys = [f"{pack}/{n}" for pack in "abc" for n in range(9)]
    assert sorted(order(*(event(key, weight=1 + n % 3) for n, key in enumerate(keys)))) == keys


@pytest.mark.parametrize(
    "qualifier", [Qualifier.BY, Qualifier.BEFORE, Qualifier.AFTER, Qualifier.ABOUT]
)
def test_a_day_that_is_not_certain_stands_behind_a_certain_one(qualifier: Qualifier) -> None:
    assert order(event("a/1", qualifier=qualifier), event("a/2")) == ["a/2", "a/1"]


@pytest.mark.parametrize("qualifier", [Qualifier.ON, Qualifier.FROM, Qualifier.BETWEEN])
def test_a_day_that_is_certain_loses_nothing(qualifier: Qualifier) -> None:
    assert order(event("a/1", qualifier=qualifier), event("a/2")) == ["a/1", "a/2"]


def test_a_weighty_event_by_a_day_stands_before_a_detail_on_it() -> None:
    assert order(event("a/1", 1), event("a/2", 3, qualifier=Qualifier.BY))[0] == "a/2"


def test_of_equal_weights_another_pack_comes_before_more_of_the_same() -> None:
    assert order(event("a/1"), event("a/2"), event("b/1"))[:2] == ["a/1", "b/1"]


def test_of_equal_weights_another_kind_comes_before_more_of_the_same() -> None:
    events = [event("a/1", kind="birth"), event("a/2", kind="birth"), event("a/3", kind="trial")]
    assert order(*events)[:2] == ["a/1", "a/3"]


@pytest.mark.parametrize("heavy", [8, 40, 400])
def test_a_light_pack_is_among_the_first_five_however_many_heavy_events_there_are(
    heavy: int,
) -> None:
    kinds = ["birth", "death", "event", "trial", "letter", "speech", "vote", "strike"]
    events = [event(f"heavy/{n}", 3, kinds[n % len(kinds)]) for n in range(heavy)]
    told = order(*events, event("light/1", 1, "prize"))
    assert "light/1" in told[:5]
    assert told[0] == "heavy/0"
