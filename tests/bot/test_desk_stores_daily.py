"""/daily on both stores: what is asked is decided, written at once, and read again as it was."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from desk_cases import CHANNEL, GROUP, NOW, said
from desk_counter import (
    ADMIN,
    MEMBER,
    NINE,
    PRIVATE,
    THREAD,
    Counter,
    a_row,
    opened_desk,
    rows_of,
    subscription_of,
)

from bot.answering import Answering
from bot.daily.delivery import Target
from bot.settings import StateSettings
from bot.state.places import find_place, keep_place, sleep_server
from bot.state.posts import last_days
from bot.state.states import Platform, PostState, SubscriptionState

pytest_plugins = ("state_fixtures",)


def without(counts: dict[str, int]) -> set[str]:
    """Return the tables that hold something."""
    return {name for name, count in counts.items() if count}


@pytest.mark.asyncio
async def test_what_is_set_is_shown(store: StateSettings, answering: Answering) -> None:
    async with opened_desk(store, answering) as counter:
        options = NINE | {"late": "2h", "tone": "gentle", "empty": "person", "kinds": "birth"}
        await counter.ask("daily", "set", options)
        shown = said(await counter.ask("daily", "show"))
        for words in ("09:00", "Europe/Berlin", "birth", "2 hours late", "someone to meet"):
            assert words in shown


@pytest.mark.asyncio
async def test_a_post_that_is_set_wakes_when_it_is_due(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        found = await subscription_of(counter)
        assert getattr(found, "wake_at", None) == datetime(2026, 8, 22, 7, tzinfo=UTC)


@pytest.mark.asyncio
async def test_a_place_has_one_post_however_often_it_is_set(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        for hour in ("8", "9", "10"):
            await counter.ask("daily", "set", {"time": hour, "zone": "UTC"})
        counts = await rows_of(counter.desk.database)
        assert (counts["place"], counts["subscription"]) == (1, 1)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("action", "state"),
    [("pause", SubscriptionState.PAUSED), ("stop", SubscriptionState.STOPPED)],
)
async def test_an_end_is_kept_and_taken_back(
    store: StateSettings, answering: Answering, action: str, state: SubscriptionState
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await counter.ask("daily", action)
        ended = await subscription_of(counter)
        assert (getattr(ended, "state", None), getattr(ended, "wake_at", None)) == (state, None)
        await counter.ask("daily", "resume")
        back = await subscription_of(counter)
        assert getattr(back, "state", None) is SubscriptionState.ON
        assert getattr(back, "wake_at", None) == datetime(2026, 8, 22, 7, tzinfo=UTC)


async def states(counter: Counter) -> list[tuple[int, PostState]]:
    async with counter.desk.database.read() as connection:
        place = await find_place(connection, Platform.DISCORD, CHANNEL.chat)
        assert place is not None
        rows = await last_days(connection, place.id, date(2026, 8, 1))
        return [(row.part, row.state) for row in rows]


@pytest.mark.asyncio
@pytest.mark.parametrize("action", ["pause", "stop"])
async def test_d20_what_waits_to_be_sent_is_cancelled(
    store: StateSettings, answering: Answering, action: str
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await a_row(counter)
        await counter.ask("daily", action)
        assert await states(counter) == [(0, PostState.CANCELLED)]


@pytest.mark.asyncio
async def test_d21_stopped_and_set_on_one_day_a_date_is_not_posted_twice(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await a_row(counter, PostState.SENT)
        await counter.ask("daily", "stop")
        # eleven o'clock in Berlin is still to come today, but today's date was posted
        reply = await counter.ask("daily", "set", {"time": "11:00"})
        assert "The next post comes tomorrow, 11:00 CEST." in said(reply)
        found = await subscription_of(counter)
        assert getattr(found, "wake_at", None) == datetime(2026, 8, 22, 9, tzinfo=UTC)


@pytest.mark.asyncio
async def test_d30_a_post_is_sent_again_once_whoever_presses(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        counter.admins.add(3)
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        presses = [
            counter.ask("daily", "again", {"id": str(number)}, counter.context(user))
            for user in (ADMIN, 3, ADMIN, 3)
        ]
        replies = [said(reply) for reply in await asyncio.gather(*presses)]
        assert sum("sent once more now" in words for words in replies) == 1
        assert sum("no more" in words for words in replies) == 3
        assert sorted(await states(counter)) == [(0, PostState.UNKNOWN), (100, PostState.DUE)]


@pytest.mark.asyncio
async def test_s24_a_row_of_another_place_is_not_sent_again(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        elsewhere = counter.context(target=replace(CHANNEL, chat=300, server=90009))
        reply = await counter.ask("daily", "again", {"id": str(number)}, elsewhere)
        assert "no such post here" in said(reply)
        assert await states(counter) == [(0, PostState.UNKNOWN)]


@pytest.mark.asyncio
async def test_a_row_of_another_channel_of_the_server_is_sent_again_from_here(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        near = counter.context(target=THREAD)
        reply = await counter.ask("daily", "again", {"id": str(number)}, near)
        assert "sent once more now" in said(reply)
        assert sorted(await states(counter)) == [(0, PostState.UNKNOWN), (100, PostState.DUE)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("user", "words"), [(ADMIN, "sent once more now"), (MEMBER, "Only members who may manage")]
)
async def test_a_notice_in_private_is_pressed_by_admins_of_the_place_only(
    store: StateSettings, answering: Answering, user: int, words: str
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        private = Target("discord", 900, 0, None, "private")
        context = counter.context(user, private, is_private=True)
        assert words in said(await counter.ask("daily", "again", {"id": str(number)}, context))


@pytest.mark.asyncio
async def test_two_admins_at_once_leave_one_whole_post(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await asyncio.gather(
            counter.ask("daily", "set", {"time": "10:00"}),
            counter.ask("daily", "set", {"late": "2h"}),
            counter.ask("daily", "set", {"tone": "gentle"}),
        )
        found = await subscription_of(counter)
        assert getattr(found, "late", None) == timedelta(hours=2)
        assert getattr(found, "tone", None) == "gentle"
        assert str(getattr(found, "wall_time", None)) == "10:00:00"


@pytest.mark.asyncio
async def test_d22_a_missing_permission_leaves_nothing_behind(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        counter.desk.deliveries["discord"].lacks = ["Send Messages"]  # type: ignore[attr-defined]
        reply = await counter.ask("daily", "set", NINE)
        assert "I need: Send Messages" in said(reply)
        assert without(await rows_of(counter.desk.database)) <= {"alembic_version"}


@pytest.mark.asyncio
async def test_a_place_that_sleeps_wakes_where_its_post_is_set(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        async with counter.desk.database.write() as connection:
            await keep_place(
                connection, Platform.DISCORD, CHANNEL.chat, kind="text", server=CHANNEL.server
            )
            await sleep_server(connection, Platform.DISCORD, CHANNEL.server or 0, NOW)
        await counter.ask("daily", "set", NINE)
        async with counter.desk.database.read() as connection:
            place = await find_place(connection, Platform.DISCORD, CHANNEL.chat)
        assert place is not None
        assert place.asleep_since is None


@pytest.mark.asyncio
async def test_another_place_is_set_up_from_afar_and_tells_who_set_it(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        context = counter.context(target=PRIVATE, place=GROUP, is_private=True)
        await counter.ask("daily", "set", NINE | {"place": "@group"}, context)
        found = await subscription_of(counter, GROUP)
        assert (getattr(found, "set_by", None), getattr(found, "set_where", None)) == (
            ADMIN,
            PRIVATE.chat,
        )
