"""Subscriptions kept, changed and found by what is due, whatever the number of the others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection
from state_rows import DAY, HOUR, NOW, a_place, a_subscription, chosen
from state_stores import opened

from bot.daily.schedule import Schedule
from bot.settings import StateSettings
from bot.state.choices import Chosen, every_choice, find_choices, keep_choices
from bot.state.falling_due import woken
from bot.state.outbox import break_subscription
from bot.state.place_events import probe_now
from bot.state.states import DateOrder, Empty, Platform, SubscriptionState, Tone
from bot.state.subscriptions import (
    count_in_chat,
    count_in_server,
    every_one_on,
    find_subscription,
    keep_subscription,
    pause,
    put_off_probe,
    resume,
    set_wakes,
    stop,
    subscriptions_set_by,
    to_probe,
)

pytest_plugins = ("state_fixtures",)

Halt = Callable[[AsyncConnection, int, datetime], Awaitable[bool]]


@pytest.mark.asyncio
async def test_a_subscription_comes_back_as_it_was_written(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        number = (await a_place(connection)).id
        whole = chosen(
            number,
            wall_time=time(23, 59),
            zone="America/Argentina/Buenos_Aires",
            late=timedelta(minutes=10),
            kinds=("birth", "death"),
            about="Leon Trotsky",
            tone=Tone.GENTLE,
            empty=Empty.SILENCE,
            language="en",
            ping_role=2**62,
            forum_title="On this day",
            forum_tags=(1, 2**62),
            set_by=5,
            set_where=6,
        )
        await keep_subscription(connection, whole)
        assert await find_subscription(connection, number) == whole


@pytest.mark.asyncio
async def test_a_place_has_one_subscription_the_last_written(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        later = replace(made, wall_time=time(12), changed_at=NOW, kinds=("birth",))
        await keep_subscription(connection, later)
        assert await find_subscription(connection, made.place_id) == later


@pytest.mark.asyncio
async def test_its_schedule_is_what_the_rules_take(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        found = await find_subscription(connection, made.place_id)
    assert found
    assert found.schedule == Schedule(time(9), ZoneInfo("Europe/Berlin"), 6 * HOUR)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("halt", "state"), [(pause, SubscriptionState.PAUSED), (stop, SubscriptionState.STOPPED)]
)
async def test_a_halted_one_wakes_nobody_and_keeps_its_settings(
    store: StateSettings, halt: Halt, state: SubscriptionState
) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        assert await halt(connection, made.place_id, NOW)
        assert await woken(connection, Platform.TELEGRAM, NOW + DAY, 10) == []
        assert await find_subscription(connection, made.place_id) == replace(
            made, state=state, changed_at=NOW, wake_at=None
        )


@pytest.mark.asyncio
async def test_a_resumed_one_counts_from_then(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        await pause(connection, made.place_id, NOW)
        assert await resume(connection, made.place_id, NOW + HOUR, NOW + DAY)
        assert await find_subscription(connection, made.place_id) == replace(
            made, counts_from=NOW + HOUR, changed_at=NOW + HOUR, wake_at=NOW + DAY
        )


@pytest.mark.asyncio
async def test_what_is_not_there_is_neither_paused_nor_resumed(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        assert not await pause(connection, 99, NOW)
        assert not await stop(connection, 99, NOW)
        assert not await resume(connection, 99, NOW, NOW)


@pytest.mark.asyncio
async def test_a_refusal_breaks_it_once(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        await break_subscription(connection, made.place_id, "50013", NOW, NOW + DAY)
        await break_subscription(connection, made.place_id, "50001", NOW, NOW + DAY)
        found = await find_subscription(connection, made.place_id)
    assert found
    assert (found.broken_code, found.wake_at) == ("50013", None)


@pytest.mark.asyncio
async def test_a_broken_one_is_probed_when_its_time_comes(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        await break_subscription(connection, made.place_id, "50013", NOW, NOW + DAY)
        assert await to_probe(connection, NOW + DAY - HOUR, 10) == []
        assert len(await to_probe(connection, NOW + DAY, 10)) == 1
        await put_off_probe(connection, made.place_id, NOW + 2 * DAY)
        assert await to_probe(connection, NOW + DAY, 10) == []


@pytest.mark.asyncio
async def test_a_servers_broken_ones_are_probed_when_its_permissions_change(
    store: StateSettings,
) -> None:
    async with opened(store) as database, database.write() as connection:
        for chat, server in ((1, 7), (2, 8)):
            number = (await a_place(connection, chat, platform=Platform.DISCORD, server=server)).id
            await keep_subscription(connection, chosen(number))
            await break_subscription(connection, number, "50013", NOW, NOW + DAY)
        assert await probe_now(connection, Platform.DISCORD, NOW, server=7)
        assert [one.chat for one, _ in await to_probe(connection, NOW, 10)] == [1]


@pytest.mark.asyncio
async def test_those_that_wait_longest_are_woken_first_up_to_the_limit(
    store: StateSettings,
) -> None:
    async with opened(store) as database, database.write() as connection:
        for chat, ago in ((1, 1), (2, 3), (3, 2), (4, -1)):
            await a_subscription(connection, chat, wake_at=NOW - ago * HOUR)
        assert await woken(connection, Platform.TELEGRAM, NOW, 2) == [2, 3]
        assert await woken(connection, Platform.TELEGRAM, NOW, 10) == [2, 3, 1]


@pytest.mark.asyncio
async def test_a_wake_is_written_only_if_nothing_changed_meanwhile(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        same = await a_subscription(connection, 1)
        other = await a_subscription(connection, 2)
        wakes = {one.place_id: (one.changed_at, NOW + DAY) for one in (same, other)}
        await keep_subscription(connection, replace(other, changed_at=NOW, wake_at=NOW + HOUR))
        await set_wakes(connection, wakes)
        found = [await find_subscription(connection, one.place_id) for one in (same, other)]
    assert [one and one.wake_at for one in found] == [NOW + DAY, NOW + HOUR]


@pytest.mark.asyncio
async def test_all_that_are_on_are_found_page_by_page(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = [await a_subscription(connection, chat) for chat in range(5)]
        await pause(connection, made[2].place_id, NOW)
        found: list[int] = []
        while page := await every_one_on(connection, max(found, default=0), 2):
            found += [one.place_id for one in page]
    assert found == [made[index].place_id for index in (0, 1, 3, 4)]


@pytest.mark.asyncio
async def test_those_of_a_server_and_of_a_person_are_counted(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        for chat in (1, 2, 3):
            made = await a_place(connection, chat, platform=Platform.DISCORD, server=7)
            await keep_subscription(connection, chosen(made.id, set_by=chat % 2))
        await stop(connection, made.id, NOW)
        assert await count_in_server(connection, Platform.DISCORD, 7) == 2
        assert await count_in_server(connection, Platform.DISCORD, 8) == 0
        assert await count_in_chat(connection, Platform.DISCORD, 1) == 1
        mine = await subscriptions_set_by(connection, Platform.DISCORD, 1)
        assert [one.chat for one, _ in mine] == [1, 3]


# -- choices --------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_choices_come_back_and_are_replaced(store: StateSettings) -> None:
    first = Chosen(platform=Platform.DISCORD, scope=7, zone="Asia/Tokyo", tone=Tone.GENTLE)
    then = replace(first, zone=None, date_order=DateOrder.MONTH_FIRST)
    async with opened(store) as database, database.write() as connection:
        await keep_choices(connection, first, NOW)
        assert await find_choices(connection, Platform.DISCORD, 7) == first
        await keep_choices(connection, then, NOW)
        assert await every_choice(connection) == [then]


@pytest.mark.asyncio
async def test_who_chose_nothing_has_no_choices(store: StateSettings) -> None:
    async with opened(store) as database, database.read() as connection:
        found = await find_choices(connection, Platform.DISCORD, 7)
    assert found == Chosen(platform=Platform.DISCORD, scope=7)
