"""What changes between due and sent, or with the bot removed, makes no second and no wrong post."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from daily_at_work import MadeUpPlatform, at_work, change, gives, until, until_ended, words
from daily_places import MINUTE, Wanted
from ledger_cases import CHAT, HOUR, QUIET, discord, subscribe, telegram

from bot.answering import Answering
from bot.daily.delivery import NotSent
from bot.state.database import Database
from bot.state.places import find_place
from bot.state.states import Platform, SubscriptionState
from bot.state.subscriptions import Subscription, find_subscription, keep_subscription, pause, stop

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


# -- what changes between due and send ------------------------------------------------------------


async def held_up(database: Database, library: Answering, made: MadeUpPlatform) -> None:
    """Leave a row that is due and not sent: the platform must wait a little."""
    made.script(CHAT, gives(NotSent("rate limit", 1.5)))
    async with at_work(database, library, made):

        async def tried() -> bool:
            return bool(made.attempts)

        await until(tried, "tried")
        await asyncio.sleep(0.2)


@pytest.mark.asyncio
@pytest.mark.parametrize("halt", [pause, stop])
async def test_d20_what_was_paused_or_stopped_meanwhile_is_cancelled(
    database: Database,
    library: Answering,
    halt: Any,  # noqa: ANN401
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    await held_up(database, library, made)
    await change(database, lambda connection, now: halt(connection, place, now))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["cancelled"]
    assert made.there(CHAT) == 0


async def edited(database: Database, place: int, shift: timedelta, **more: Any) -> None:  # noqa: ANN401
    """Set a subscription again, with another time."""

    async def work(connection: Any, now: datetime) -> None:  # noqa: ANN401
        found = await find_subscription(connection, place)
        assert found is not None
        at = now + shift
        changed: Subscription = replace(
            found,
            wall_time=at.time().replace(second=0, microsecond=0, tzinfo=None),
            counts_from=now,
            changed_at=now,
            wake_at=now,
            state=SubscriptionState.ON,
            **more,
        )
        await keep_subscription(connection, changed)

    await change(database, work)


@pytest.mark.asyncio
@pytest.mark.parametrize("minutes", [-30, -1, 1, 30])
async def test_d21_t08_a_time_moved_around_now_makes_no_second_post(
    database: Database, library: Answering, minutes: int
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
        await edited(database, place, minutes * MINUTE)
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_t07_another_zone_after_the_post_makes_no_second_one(
    database: Database, library: Answering
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
        zone = "Pacific/Honolulu"
        local = datetime.now(UTC).astimezone(ZoneInfo(zone))
        shift = local.replace(tzinfo=UTC) - datetime.now(UTC)
        await edited(database, place, shift, zone=zone)
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_stop_and_set_on_one_day_make_one_post(
    database: Database, library: Answering
) -> None:
    made = telegram()
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
        await change(database, lambda connection, now: stop(connection, place, now))
        await subscribe(database, Wanted("telegram", CHAT))
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


# -- removed and back -----------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_g28_g29_a_server_that_removed_the_bot_sleeps_and_wakes_with_its_settings(
    database: Database, library: Answering
) -> None:
    made = discord()
    wanted = Wanted("discord", 7, server=70, ago=timedelta(0))
    (place,) = await subscribe(database, wanted)
    async with at_work(database, library, made) as daily:
        await until_ended(database)
        daily.places.removed("discord", server=70)
        await daily.places.written()
        asleep = await database.look(lambda connection: find_place(connection, Platform.DISCORD, 7))
        assert asleep is not None
        assert asleep.erase_at is not None
        daily.places.returned("discord", server=70)
        await daily.places.written()

        async def wakes() -> bool:
            found = await database.look(lambda connection: find_subscription(connection, place))
            return bool(found and found.wake_at and found.wake_at > datetime.now(UTC) + HOUR)

        await until(wakes, "awake, for tomorrow")
    assert made.there(7) == 1


@pytest.mark.asyncio
async def test_a_place_that_removed_the_bot_gets_nothing_that_waited(
    database: Database, library: Answering
) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT))
    await held_up(database, library, made)
    async with at_work(database, library, made) as daily:
        daily.places.removed("telegram", chat=CHAT)
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("cancelled", "gone")]
