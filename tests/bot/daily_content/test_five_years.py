"""Every day of five years in one place: always one message, and no fact told again too soon."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from daily_content_cases import Place, days_of, is_one_message, reply_of

from bot.daily.content import MOST_ITEMS, OWN_SOURCE, DailyContent
from bot.daily.own_dates import own_date, read_own_line
from bot.daily.selection import told_key
from bot.reply import Item
from knowledge.model import LONGEST_SPAN_TOLD_DAILY, MonthDay, Tone
from knowledge.store import Store

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
