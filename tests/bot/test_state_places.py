"""Places: found, kept, asleep and awake, moved with all that is theirs, and erased to the byte."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from state_rows import DAY, HOUR, NOW, TODAY, a_due_date, a_place, a_subscription, chosen
from state_stores import opened

from bot.daily.own_dates import OwnDate
from bot.settings import StateSettings
from bot.state.choices import Chosen, find_choices, keep_choices
from bot.state.database import Database
from bot.state.erasing import (
    erase_chat,
    erase_person,
    erase_place,
    erase_server,
    erase_what_is_due,
)
from bot.state.falling_due import woken
from bot.state.moving import move_chat
from bot.state.own_dates import (
    count_own_dates,
    keep_own_dates,
    own_dates_of,
    remove_own_date,
)
from bot.state.places import (
    find_place,
    keep_place,
    place_of_id,
    places_of_chat,
    places_of_server,
    sleep_chat,
    sleep_server,
    wake_chat,
    wake_server,
)
from bot.state.posts import last_days
from bot.state.states import Platform, SubscriptionState
from bot.state.subscriptions import find_subscription, keep_subscription, stop
from bot.state.tables import metadata, notice, post
from bot.state.told import remember_told, told_in

pytest_plugins = ("state_fixtures",)

TELEGRAM, DISCORD = Platform.TELEGRAM, Platform.DISCORD
OLD, NEW = -1001, -1_001_234_567_890
"""A group, and the supergroup that it becomes."""


async def rows_left(connection: AsyncConnection) -> list[str]:
    """Return the tables that hold any row."""
    return [
        name
        for name, table in metadata.tables.items()
        if (await connection.execute(select(table).limit(1))).first()
    ]


# -- found and kept -------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_place_is_made_once_and_keeps_its_number(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        first = await keep_place(connection, DISCORD, 5, kind="text", server=7)
        again = await keep_place(connection, DISCORD, 5, kind="announcement", server=8)
        found = await find_place(connection, DISCORD, 5)
    assert again.id == first.id
    assert found == again
    assert (again.kind, again.server) == ("announcement", 8)


@pytest.mark.asyncio
async def test_topics_and_platforms_are_places_of_their_own(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        numbers = {
            (await a_place(connection, 5)).id,
            (await a_place(connection, 5, 3)).id,
            (await a_place(connection, 5, platform=DISCORD)).id,
        }
        assert await find_place(connection, TELEGRAM, 5, 4) is None
        assert len(await places_of_chat(connection, TELEGRAM, 5)) == 2
    assert len(numbers) == 3


@pytest.mark.asyncio
async def test_the_largest_numbers_of_the_platforms_are_kept(store: StateSettings) -> None:
    large = 2**63 - 1
    async with opened(store) as database, database.write() as connection:
        await keep_place(connection, DISCORD, large, kind="text", server=large)
        await keep_place(connection, TELEGRAM, -(2**63), kind="channel")
        assert (await find_place(connection, DISCORD, large)) is not None
        assert (await find_place(connection, TELEGRAM, -(2**63))) is not None


# -- G28, G29, E30: the bot is removed, and comes back --------------------------------------------


@pytest.mark.asyncio
async def test_g28_a_place_that_lost_the_bot_sleeps_and_wakes_nobody(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        one = await keep_place(connection, DISCORD, 5, kind="text", server=7)
        other = await keep_place(connection, DISCORD, 6, kind="text", server=8)
        for place in (one, other):
            await keep_subscription(connection, chosen(place.id))
        assert await sleep_server(connection, DISCORD, 7, NOW) == [one.id]
        assert await woken(connection, DISCORD, NOW, 10) == [other.id]
        asleep = await place_of_id(connection, one.id)
    assert asleep
    assert asleep.erase_at == NOW + 30 * DAY


@pytest.mark.asyncio
async def test_g29_back_within_30_days_the_settings_are_there(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await keep_place(connection, DISCORD, 5, kind="text", server=7)
        await keep_subscription(connection, chosen(place.id))
        await sleep_server(connection, DISCORD, 7, NOW)
        woken = await wake_server(connection, DISCORD, 7, NOW + 29 * DAY)
        kept = await find_subscription(connection, place.id)
    assert woken == [place.id]
    assert kept
    assert kept.state is SubscriptionState.ON


@pytest.mark.asyncio
async def test_e30_back_after_30_days_nothing_wakes(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await a_subscription(connection, OLD)
        await sleep_chat(connection, TELEGRAM, OLD, NOW)
        assert await wake_chat(connection, TELEGRAM, OLD, NOW + 30 * DAY) == []


@pytest.mark.asyncio
async def test_being_removed_twice_does_not_put_off_the_end(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await a_place(connection, OLD)
        await sleep_chat(connection, TELEGRAM, OLD, NOW)
        assert await sleep_chat(connection, TELEGRAM, OLD, NOW + DAY) == []
        asleep = await place_of_id(connection, place.id)
    assert asleep
    assert asleep.asleep_since == NOW


@pytest.mark.asyncio
async def test_what_slept_30_days_is_erased_with_all_of_its_scope(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await everything_of(connection, OLD)
        await sleep_chat(connection, TELEGRAM, OLD, NOW)
        assert await erase_what_is_due(connection, NOW + 30 * DAY - HOUR) == 0
        assert await erase_what_is_due(connection, NOW + 30 * DAY) == 1
        assert await rows_left(connection) == []


@pytest.mark.asyncio
async def test_what_was_stopped_30_days_ago_is_erased(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        on = await a_subscription(connection, 11)
        await stop(connection, made.place_id, NOW)
        assert await erase_what_is_due(connection, NOW + 29 * DAY) == 0
        assert await erase_what_is_due(connection, NOW + 30 * DAY) == 1
        assert await place_of_id(connection, made.place_id) is None
        assert await place_of_id(connection, on.place_id) is not None


# -- E10: a group becomes a supergroup ------------------------------------------------------------


async def everything_of(connection: AsyncConnection, chat: int, user: int = 77) -> None:
    """Write a row of every table that a chat can have."""
    made = await a_subscription(connection, chat, set_by=user, set_where=chat)
    place = await place_of_id(connection, made.place_id)
    assert place
    await a_due_date(connection, place)
    await remember_told(connection, place.id, ["abc"], TODAY)
    await keep_choices(connection, Chosen(platform=TELEGRAM, scope=chat, zone="Asia/Tokyo"), NOW)
    await keep_own_dates(
        connection,
        TELEGRAM,
        chat,
        [OwnDate("d1", 5, 1, 2019, "founded")],
        added_by=user,
        now=NOW,
    )
    await connection.execute(
        notice.insert().values(
            place_id=place.id,
            kind="broken",
            state="waiting",
            dedupe_key=f"{chat}",
            created_at=NOW,
            try_at=NOW,
        )
    )


@pytest.mark.asyncio
async def test_e10_all_of_a_group_moves_along(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await everything_of(connection, OLD)
        before = await find_place(connection, TELEGRAM, OLD)
        assert before
        assert await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        after = await find_place(connection, TELEGRAM, NEW)
        assert after
        assert (after.id, after.chat) == (before.id, NEW)
        kept = await find_subscription(connection, after.id)
        assert kept
        assert kept.set_where == NEW
        assert (await find_choices(connection, TELEGRAM, NEW)).zone == "Asia/Tokyo"
        assert await count_own_dates(connection, TELEGRAM, NEW) == 1
        assert await told_in(connection, after.id) == {"abc": TODAY}
        assert len(await last_days(connection, after.id, TODAY)) == 1


@pytest.mark.asyncio
async def test_e10_told_twice_it_moves_once(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await a_subscription(connection, OLD)
        assert await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        assert not await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        assert len(await places_of_chat(connection, TELEGRAM, NEW)) == 1


@pytest.mark.asyncio
async def test_e10_the_old_number_leads_to_the_new_one(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection, OLD)
        await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        late = await keep_place(connection, TELEGRAM, OLD, kind="group")
        assert late.id == made.place_id
        assert late.chat == NEW


@pytest.mark.asyncio
async def test_e10_a_chat_of_the_other_platform_stays(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await a_place(connection, OLD, platform=DISCORD)
        await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        assert (await find_place(connection, DISCORD, OLD)) is not None


@pytest.mark.asyncio
async def test_e10_topics_move_with_their_chat(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await a_place(connection, OLD, 0)
        await a_place(connection, OLD, 5)
        await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        assert {one.topic for one in await places_of_chat(connection, TELEGRAM, NEW)} == {0, 5}


@pytest.mark.asyncio
@pytest.mark.parametrize("changed", ["old", "new"])
async def test_e10_of_two_subscriptions_the_later_one_stays(
    store: StateSettings, changed: str
) -> None:
    async with opened(store) as database, database.write() as connection:
        times = {"old": NOW - HOUR, "new": NOW - HOUR, changed: NOW}
        await a_subscription(connection, OLD, zone="Asia/Tokyo", changed_at=times["old"])
        await a_subscription(connection, NEW, zone="Asia/Seoul", changed_at=times["new"])
        await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        [place] = await places_of_chat(connection, TELEGRAM, NEW)
        kept = await find_subscription(connection, place.id)
    assert kept
    assert kept.zone == {"old": "Asia/Tokyo", "new": "Asia/Seoul"}[changed]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("old_state", "new_state", "kept"),
    [
        ("sent", "due", ["sent"]),
        ("sending", "due", ["sending"]),
        ("due", "sent", ["sent"]),
        ("due", "due", ["due"]),
        ("unknown", "claimed", ["unknown"]),
    ],
)
async def test_e10_a_date_of_both_numbers_is_posted_once(
    store: StateSettings, old_state: str, new_state: str, kept: list[str]
) -> None:
    async with opened(store) as database, database.write() as connection:
        for chat, state in ((OLD, old_state), (NEW, new_state)):
            place = await a_place(connection, chat)
            await a_due_date(connection, place)
            await put_in_state(connection, place.id, state)
        await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        [place] = await places_of_chat(connection, TELEGRAM, NEW)
        assert [str(one.state) for one in await last_days(connection, place.id, TODAY)] == kept


async def put_in_state(connection: AsyncConnection, place_id: int, state: str) -> None:
    is_open = state in ("due", "claimed", "sending")
    is_claimed = state in ("claimed", "sending")
    await connection.execute(
        post.update()
        .where(post.c.place_id == place_id)
        .values(
            state=state,
            try_at=NOW if state == "due" else None,
            owner="me" if is_claimed else None,
            lease_until=NOW if is_claimed else None,
            sending_at=NOW if state == "sending" else None,
            ended_at=None if is_open else NOW,
        )
    )


# -- S30: erased ----------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_s30_a_chat_is_erased_with_all_that_is_its_own(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await everything_of(connection, OLD)
        await move_chat(connection, TELEGRAM, OLD, NEW, NOW)
        assert await erase_chat(connection, TELEGRAM, OLD) == 1
        assert await rows_left(connection) == []


@pytest.mark.asyncio
async def test_s30_a_server_is_erased_and_no_other(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        for server in (7, 8):
            await keep_place(connection, DISCORD, server * 10, kind="text", server=server)
            await keep_choices(connection, Chosen(platform=DISCORD, scope=server, zone="UTC"), NOW)
        assert await erase_server(connection, DISCORD, 7) == 1
        assert await places_of_server(connection, DISCORD, 7) == []
        assert len(await places_of_server(connection, DISCORD, 8)) == 1
        assert (await find_choices(connection, DISCORD, 7)).zone is None
        assert (await find_choices(connection, DISCORD, 8)).zone == "UTC"


@pytest.mark.asyncio
async def test_s30_a_person_is_erased_and_the_communitys_settings_stay(
    store: StateSettings,
) -> None:
    user = 77
    async with opened(store) as database, database.write() as connection:
        await everything_of(connection, OLD, user)
        await everything_of(connection, user, user)
        await erase_person(connection, TELEGRAM, user)
        assert await find_place(connection, TELEGRAM, user) is None
        place = await find_place(connection, TELEGRAM, OLD)
        assert place
        kept = await find_subscription(connection, place.id)
        assert kept
        assert (kept.set_by, kept.wall_time) == (None, chosen(1).wall_time)
        assert await count_own_dates(connection, TELEGRAM, OLD) == 1
        assert await numbers_in(connection, user) == []


async def numbers_in(connection: AsyncConnection, number: int) -> list[str]:
    """Return the columns that hold a number in some row."""
    return [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if column.name in ("chat", "server", "scope", "set_by", "set_where", "added_by")
        and (await connection.execute(select(column).where(column == number))).first()
    ]


def bytes_of(number: int) -> bytes:
    """Return how SQLite writes a number of six or eight bytes: big-endian, as fileformat2 says."""
    return number.to_bytes(8, "big", signed=True)


def files_with(folder: Path, what: bytes) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if what in path.read_bytes())


CANARY = 0x5A5A_1234_ABCD_7799
"""A number of a server that no other bytes look like."""


async def fill(database: Database) -> None:
    """Write many places of two servers, mixed, so that pages split and are balanced."""

    async def write(connection: AsyncConnection) -> None:
        for number in range(400):
            server = CANARY if number % 3 else 5
            place = await keep_place(
                connection, DISCORD, CANARY + number, kind="text", server=server
            )
            await keep_subscription(connection, chosen(place.id, about="canary-in-the-file"))
            await a_due_date(connection, place)
        await keep_choices(connection, Chosen(platform=DISCORD, scope=CANARY, zone="UTC"), NOW)

    await database.run(write)


@pytest.mark.asyncio
async def test_s30_no_byte_of_an_erased_server_is_left_in_any_file(
    file_store: StateSettings,
) -> None:
    assert file_store.file
    folder = file_store.file.parent
    async with opened(file_store) as database:
        await fill(database)
        assert files_with(folder, bytes_of(CANARY)) != []

        async def erase(connection: AsyncConnection) -> None:
            await erase_server(connection, DISCORD, CANARY)
            await erase_server(connection, DISCORD, 5)

        await database.run(erase)
        await database.scrub()
        assert files_with(folder, bytes_of(CANARY)[:6]) == []
        assert files_with(folder, b"canary-in-the-file") == []


@pytest.mark.asyncio
async def test_erasing_a_place_that_is_not_there_is_told(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await a_place(connection)
        assert await erase_place(connection, place.id)
        assert not await erase_place(connection, place.id)


# -- own dates, choices, what was told ------------------------------------------------------------

FOUNDED = OwnDate("a1", 8, 21, 2019, "founded")
LEAP = OwnDate("b2", 2, 29, None, "leap party")


@pytest.mark.asyncio
async def test_own_dates_come_back_through_the_year(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await keep_own_dates(connection, DISCORD, 7, [FOUNDED, LEAP], added_by=1, now=NOW)
        assert await own_dates_of(connection, DISCORD, 7) == [LEAP, FOUNDED]
        assert await own_dates_of(connection, TELEGRAM, 7) == []


@pytest.mark.asyncio
async def test_an_own_date_of_the_same_id_takes_its_place(store: StateSettings) -> None:
    renamed = OwnDate("a1", 8, 22, 2020, "founded, really")
    async with opened(store) as database, database.write() as connection:
        await keep_own_dates(connection, DISCORD, 7, [FOUNDED], added_by=1, now=NOW)
        await keep_own_dates(connection, DISCORD, 8, [FOUNDED], added_by=1, now=NOW)
        await keep_own_dates(connection, DISCORD, 7, [renamed], added_by=2, now=NOW)
        assert await own_dates_of(connection, DISCORD, 7) == [renamed]
        assert await own_dates_of(connection, DISCORD, 8) == [FOUNDED]


@pytest.mark.asyncio
async def test_an_own_date_is_removed_once_and_only_there(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await keep_own_dates(connection, DISCORD, 7, [FOUNDED], added_by=1, now=NOW)
        assert not await remove_own_date(connection, DISCORD, 8, "a1")
        assert await remove_own_date(connection, DISCORD, 7, "a1")
        assert not await remove_own_date(connection, DISCORD, 7, "a1")


@pytest.mark.asyncio
async def test_what_was_told_is_remembered_with_its_last_date(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await a_place(connection)
        await remember_told(connection, place.id, ["a", "b", "a"], TODAY - DAY)
        await remember_told(connection, place.id, ["b"], TODAY)
        await remember_told(connection, place.id, [], TODAY + timedelta(days=9))
        assert await told_in(connection, place.id) == {"a": TODAY - DAY, "b": TODAY}
