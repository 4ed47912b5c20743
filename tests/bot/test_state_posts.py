"""The ledger's rows: one a message, one date once, counted once, sent again once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection
from state_rows import DAY, HOUR, NOW, TODAY, a_due_date, a_place, messages, occasion
from state_stores import opened

from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.outbox import claim
from bot.state.places import Place
from bot.state.posts import (
    Counts,
    Post,
    add_due,
    add_ended,
    cancel_due,
    counts,
    forget_payloads,
    last_days,
    nonce_of,
    post_of_id,
    send_again,
    settled_dates,
)
from bot.state.states import PART_BEFORE, Platform, PostState
from bot.state.tables import LONGEST_NONCE, post

pytest_plugins = ("state_fixtures",)

NONCE = "qfqjmbrcl45gp6yayqq55lqb"
"""Of discord/5/0/2027-05-01/0: `b2sum -l 120`, its bytes in `base32`, in small letters."""

IDS = st.integers(min_value=-(2**63), max_value=2**63 - 1)


async def end(
    connection: AsyncConnection,
    one: Post,
    state: PostState,
    *,
    is_late: bool = False,
    reason: str | None = None,
) -> None:
    """End a row as the outbox does."""
    await connection.execute(
        post.update()
        .where(post.c.id == one.id)
        .values(state=state, ended_at=NOW, try_at=None, is_late=is_late, reason=reason)
    )


async def written(connection: AsyncConnection, parts: int = 1) -> tuple[Place, list[Post]]:
    place = await a_place(connection)
    assert await a_due_date(connection, place, parts)
    return place, await last_days(connection, place.id, TODAY)


# -- written --------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_date_is_written_with_its_parts_in_order(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        _, rows = await written(connection, 3)
    assert [(one.part, one.state, one.try_at) for one in rows] == [
        (0, PostState.DUE, NOW),
        (1, PostState.DUE, None),
        (2, PostState.DUE, None),
    ]
    assert len({one.nonce for one in rows}) == 3


@pytest.mark.asyncio
@pytest.mark.parametrize("state", PostState)
async def test_a_date_that_has_a_row_in_any_state_is_not_written_again(
    store: StateSettings, state: PostState
) -> None:
    async with opened(store) as database, database.write() as connection:
        place, [row] = await written(connection)
        if state.is_final:
            await end(connection, row, state)
        assert not await a_due_date(connection, place, 2)
        assert len(await last_days(connection, place.id, TODAY)) == 1


@pytest.mark.asyncio
async def test_of_two_that_write_a_date_at_once_one_does(store: StateSettings) -> None:
    async with opened(store) as database:
        place = await database.run(a_place)
        done = await asyncio.gather(
            *(database.run(lambda c: a_due_date(c, place, 2)) for _ in range(4))
        )
        rows = await database.look(lambda c: last_days(c, place.id, TODAY))
    assert sorted(done) == [False, False, False, True]
    assert len(rows) == 2


@pytest.mark.asyncio
async def test_parts_that_leave_a_gap_are_refused(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await a_place(connection)
        for parts in (messages(place, 3)[1:], []):
            with pytest.raises(ValueError, match="without a gap"):
                await add_due(connection, occasion(place), parts)


@pytest.mark.asyncio
async def test_a_date_without_a_message_has_one_row_that_says_why(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await a_place(connection)
        what = occasion(place)
        first = await add_ended(connection, what, PostState.CANCELLED, NOW, reason="empty")
        again = await add_ended(connection, what, PostState.MISSED, NOW, reason="late")
        [row] = await last_days(connection, place.id, TODAY)
    assert (row.id, again) == (first, None)
    assert (row.state, row.reason, row.ended_at) == (PostState.CANCELLED, "empty", NOW)


@pytest.mark.asyncio
@pytest.mark.parametrize("state", [PostState.DUE, PostState.SENDING, PostState.SENT])
async def test_nothing_is_written_as_ended_that_is_not(
    store: StateSettings, state: PostState
) -> None:
    async with opened(store) as database, database.write() as connection:
        what = occasion(await a_place(connection))
        with pytest.raises(ValueError, match="without having been sent"):
            await add_ended(connection, what, state, NOW)


@pytest.mark.asyncio
async def test_the_dates_since_one_are_settled_and_the_newest_of_all(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        busy, idle, old = [await a_place(connection, chat) for chat in (1, 2, 3)]
        for place, days in ((busy, (0, 1, 40)), (old, (40, 50))):
            for ago in days:
                await a_due_date(connection, place, 2, TODAY - ago * DAY)
        numbers = [busy.id, idle.id, old.id]
        assert await settled_dates(connection, numbers, TODAY - 30 * DAY) == {
            busy.id: {TODAY, TODAY - DAY},
            idle.id: set(),
            old.id: {TODAY - 40 * DAY},
        }


@pytest.mark.asyncio
async def test_what_is_not_being_sent_is_cancelled(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place, rows = await written(connection, 2)
        await end(connection, rows[0], PostState.SENT)
        other = await a_place(connection, 11)
        await a_due_date(connection, other)
        assert await cancel_due(connection, [place.id], "stopped", NOW) == 1
        states = [one.word for one in await last_days(connection, place.id, TODAY)]
        assert states == ["sent", "cancelled"]
        assert [one.word for one in await last_days(connection, other.id, TODAY)] == ["due"]


# -- D12, D13: the nonce --------------------------------------------------------------------------


@given(
    place=st.tuples(st.sampled_from(Platform), IDS, IDS),
    local_date=st.dates(),
    part=st.integers(0, 32_767),
)
def test_d13_a_nonce_is_never_longer_than_discord_takes(
    place: tuple[Platform, int, int], local_date: date, part: int
) -> None:
    nonce = nonce_of(*place, local_date, part)
    assert 0 < len(nonce) <= LONGEST_NONCE
    assert nonce.isascii()
    assert nonce.isalnum()


def test_d12_a_nonce_is_one_places_one_dates_one_parts() -> None:
    asked = [
        (platform, chat, topic, TODAY + days * DAY, part)
        for platform in Platform
        for chat in (1, 11, 111)
        for topic in (1, 11)
        for days in range(3)
        for part in (0, 1, 11)
    ]
    assert len({nonce_of(*one) for one in asked}) == len(asked)


def test_a_nonce_is_the_same_in_every_process() -> None:
    assert nonce_of(Platform.DISCORD, 5, 0, TODAY, 0) == NONCE


# -- D30: sent again ------------------------------------------------------------------------------


async def again(post_id: int, nonce: str, connection: AsyncConnection) -> int | None:
    return await send_again(connection, post_id, nonce, NOW, HOUR)


async def unknown(connection: AsyncConnection, parts: int = 1) -> tuple[Place, list[Post]]:
    place, rows = await written(connection, parts)
    await end(connection, rows[0], PostState.UNKNOWN)
    for one in rows[1:]:
        await end(connection, one, PostState.CANCELLED, reason=PART_BEFORE)
    return place, await last_days(connection, place.id, TODAY)


@pytest.mark.asyncio
async def test_d30_send_again_works_once(store: StateSettings) -> None:
    async with opened(store) as database:
        async with database.write() as connection:
            place, [row] = await unknown(connection)
        done = await asyncio.gather(
            *(database.run(partial(again, row.id, f"again{number}")) for number in range(4))
        )
        rows = await database.look(lambda c: last_days(c, place.id, TODAY))
    [number] = [one for one in done if one is not None]
    assert [(one.id, one.part, one.again_of) for one in rows] == [
        (row.id, 0, None),
        (number, 100, row.id),
    ]


@pytest.mark.asyncio
async def test_d30_the_same_bytes_are_sent_again_under_a_new_nonce(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        _, [before] = await unknown(connection)
        number = await send_again(connection, before.id, "again", NOW, HOUR)
        assert number
        again = await post_of_id(connection, number)
    assert again
    assert (again.payload, again.nonce) == (before.payload, "again")
    assert (again.state, again.try_at, again.late_at) == (PostState.DUE, NOW, NOW + HOUR)


@pytest.mark.asyncio
async def test_d30_parts_that_were_given_up_behind_it_follow(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place, rows = await unknown(connection, 3)
        await send_again(connection, rows[0].id, "again", NOW, HOUR)
        found = (await last_days(connection, place.id, TODAY))[3:]
    assert [(one.part, one.try_at) for one in found] == [(100, NOW), (101, None), (102, None)]
    assert len({one.nonce for one in found}) == 3


@pytest.mark.asyncio
async def test_d30_an_attempt_that_ended_unknown_can_be_sent_again(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place, [row] = await unknown(connection)
        number = await send_again(connection, row.id, "again", NOW, HOUR)
        assert number
        second = await post_of_id(connection, number)
        assert second
        await end(connection, second, PostState.UNKNOWN)
        assert await send_again(connection, row.id, "more", NOW, HOUR) is None
        assert await send_again(connection, number, "more", NOW, HOUR) is not None
        parts = [one.part for one in await last_days(connection, place.id, TODAY)]
    assert parts == [0, 100, 200]


@pytest.mark.asyncio
@pytest.mark.parametrize("state", [one for one in PostState if one is not PostState.UNKNOWN])
async def test_d30_only_what_is_unknown_is_sent_again(
    store: StateSettings, state: PostState
) -> None:
    async with opened(store) as database, database.write() as connection:
        _, [row] = await written(connection)
        if state.is_final:
            await end(connection, row, state)
        assert await send_again(connection, row.id, "again", NOW, HOUR) is None


@pytest.mark.asyncio
async def test_d30_what_is_forgotten_or_never_was_is_not_sent_again(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        _, [row] = await unknown(connection)
        assert await forget_payloads(connection, NOW + HOUR) == 1
        assert await send_again(connection, row.id, "again", NOW, HOUR) is None
        assert await send_again(connection, 10**9, "again", NOW, HOUR) is None


@pytest.mark.asyncio
async def test_what_has_no_end_keeps_its_payload(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        await written(connection)
        assert await forget_payloads(connection, NOW + 100 * DAY) == 0


# -- counted --------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_each_row_counts_once_and_a_late_one_not_as_sent(store: StateSettings) -> None:
    ends: Sequence[tuple[PostState, bool]] = [
        (PostState.SENT, False),
        (PostState.SENT, True),
        (PostState.SENT, True),
        (PostState.MISSED, False),
        (PostState.REJECTED, False),
        (PostState.UNKNOWN, False),
        (PostState.CANCELLED, False),
    ]
    async with opened(store) as database, database.write() as connection:
        for number, (state, is_late) in enumerate(ends):
            place = await a_place(connection, number)
            await a_due_date(connection, place)
            [row] = await last_days(connection, place.id, TODAY)
            await end(connection, row, state, is_late=is_late)
        for chat in (50, 51, 52):
            await a_due_date(connection, await a_place(connection, chat))
        claimed = await claim(connection, Platform.TELEGRAM, "me", NOW, NOW + HOUR, 2)
        assert len(claimed) == 2
        await connection.execute(
            post.update()
            .where(post.c.id == claimed[0].id)
            .values(state=PostState.SENDING, sending_at=NOW)
        )
        assert await counts(connection) == {
            Platform.DISCORD: Counts(),
            Platform.TELEGRAM: Counts(
                due=3,
                sent=1,
                late=2,
                missed=1,
                rejected=1,
                unknown=1,
                cancelled=1,
                oldest_due=NOW,
            ),
        }


@pytest.mark.asyncio
async def test_the_last_days_are_told_newest_first(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        place = await a_place(connection)
        for ago in (3, 0, 12):
            await a_due_date(connection, place, 2, TODAY - ago * DAY)
        found = await last_days(connection, place.id, TODAY - 10 * DAY)
    assert [((TODAY - one.local_date).days, one.part) for one in found] == [
        (0, 0),
        (0, 1),
        (3, 0),
        (3, 1),
    ]


# -- P01: claimed by several ----------------------------------------------------------------------


async def claim_all(database: Database, owner: str) -> list[int]:
    taken: list[int] = []
    while True:
        some = await database.run(lambda c: claim(c, Platform.TELEGRAM, owner, NOW, NOW + HOUR, 7))
        if not some:
            return taken
        assert len(some) <= 7
        taken += [one.id for one in some]


@pytest.mark.asyncio
async def test_p01_each_row_is_claimed_by_exactly_one_of_four(store: StateSettings) -> None:
    async with opened(store) as database:
        async with database.write() as connection:
            for chat in range(120):
                await a_due_date(connection, await a_place(connection, chat))
        taken = await asyncio.gather(*(claim_all(database, f"worker{n}") for n in range(4)))
    rows = [row for some in taken for row in some]
    assert (len(rows), len(set(rows))) == (120, 120)
