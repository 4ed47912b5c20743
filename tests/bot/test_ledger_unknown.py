"""What nobody knows of a post is asked for, told and never guessed; a stop leaves nothing of it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from daily_at_work import (
    Doing,
    MadeUpPlatform,
    at_work,
    change,
    gives,
    ledger,
    lost_after,
    lost_before,
    until,
    until_ended,
    words,
)
from daily_places import MINUTE, Wanted
from ledger_cases import CHAT, HOUR, QUIET, discord, subscribe, telegram
from sqlalchemy import update

from bot.answering import Answering
from bot.daily.delivery import Look, Sent
from bot.metrics import Metrics
from bot.state.database import Database
from bot.state.states import PostState
from bot.state.tables import post

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


# -- what nobody knows ----------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(("doing", "there"), [(lost_after, 1), (lost_before, 0)])
async def test_e04_telegrams_lost_answer_is_unknown_and_never_sent_again(
    database: Database,
    library: Answering,
    doing: Doing,
    there: int,
) -> None:
    made = telegram()
    made.script(CHAT, doing)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["unknown"]
        await asyncio.sleep(QUIET)
    assert (made.there(CHAT), len(made.attempts)) == (there, 1)


@pytest.mark.asyncio
@pytest.mark.parametrize("doing", [lost_after, lost_before])
async def test_g20_discords_lost_answer_is_asked_for_again_by_its_nonce(
    database: Database,
    library: Answering,
    doing: Doing,
) -> None:
    made = discord()
    made.script(CHAT, doing, doing)
    await subscribe(database, Wanted("discord", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert made.there(CHAT) == 1


async def leave_sending(database: Database, ago: timedelta, made: MadeUpPlatform) -> None:
    """Leave the one row as a process leaves it that ends while it sends, so long ago."""

    async def work(connection: Any, now: datetime) -> None:  # noqa: ANN401
        await connection.execute(
            update(post).values(
                state=PostState.SENDING,
                owner="gone",
                lease_until=now - timedelta(seconds=1),
                sending_at=now - ago,
                ended_at=None,
                message_id=None,
                try_at=None,
            )
        )

    await change(database, work)


async def sent_by_a_process_that_is_gone(
    database: Database, library: Answering, made: MadeUpPlatform, ago: timedelta
) -> None:
    """Let a post be sent whose `sent` was never committed."""
    await subscribe(database, Wanted(made.platform, CHAT))
    async with at_work(database, library, made):
        await until_ended(database)
    await leave_sending(database, ago, made)
    made.attempts.clear()


@pytest.mark.asyncio
@pytest.mark.parametrize("ago", [timedelta(seconds=61), 5 * MINUTE, HOUR])
async def test_d08_after_the_nonces_time_the_history_is_looked_through(
    database: Database, library: Answering, ago: timedelta
) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, ago)
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["sent"]
    assert posts[0].message_id == 1
    assert made.attempts == []


@pytest.mark.asyncio
async def test_d08_what_the_history_does_not_hold_is_sent_then(
    database: Database, library: Answering
) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, 5 * MINUTE)
    made.messages.clear()
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_d09_without_the_history_nobody_knows(database: Database, library: Answering) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, 5 * MINUTE)
    made.looks = Look.UNREADABLE
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["unknown"]
    assert "history can't be read" in (posts[0].code or "")
    assert made.attempts == []


@pytest.mark.asyncio
async def test_d03_within_the_nonces_time_the_same_is_sent_again(
    database: Database, library: Answering
) -> None:
    made = discord()
    await sent_by_a_process_that_is_gone(database, library, made, timedelta(seconds=2))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert (made.there(CHAT), len(made.attempts)) == (1, 1)


@pytest.mark.asyncio
async def test_d10_what_a_moderator_deleted_is_sent_and_stays_gone(
    database: Database, library: Answering
) -> None:
    made = discord()
    made.script(CHAT, lost_after, gives(Sent(None, is_deleted=True)))
    await subscribe(database, Wanted("discord", CHAT))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("sent", "deleted")]
    assert len(made.attempts) == 2


@pytest.mark.asyncio
async def test_d31_an_unknown_end_is_told_once_within_a_minute(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, lost_after)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        (post,) = await until_ended(database)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
        await asyncio.sleep(QUIET)
    assert len(made.told) == 1
    assert f"daily again {post.id}" in made.told[0][1]


@pytest.mark.asyncio
async def test_d31_the_ends_of_posts_are_counted(database: Database, library: Answering) -> None:
    made, metrics = telegram(), Metrics()
    made.script(CHAT, lost_after)
    await subscribe(database, Wanted("telegram", CHAT), Wanted("telegram", CHAT + 1))
    async with at_work(database, library, made, metrics=metrics):
        await until_ended(database, 2)
    told = metrics.text().decode()
    assert 'daybook_posts_total{end="unknown",platform="telegram"} 1.0' in told
    assert 'daybook_posts_total{end="sent",platform="telegram"} 1.0' in told


@pytest.mark.asyncio
async def test_d30_sent_again_by_two_admins_at_once_is_one_attempt(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, lost_before)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made) as daily:
        (post,) = await until_ended(database)
        pressed = await asyncio.gather(*(daily.send_again(post.id) for _ in range(4)))
        posts = await until_ended(database, 2)
        assert not await daily.send_again(post.id)
        assert not await daily.send_again(posts[1].id)  # that one is known to be there
    assert sorted(pressed) == [False, False, False, True]
    assert words(posts) == ["unknown", "sent"]
    assert (len(made.attempts), made.there(CHAT)) == (2, 1)


# -- an end in order ------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_d24_a_stop_under_load_leaves_nothing_unknown(
    database: Database, library: Answering
) -> None:
    made = telegram()

    async def slowly(platform: MadeUpPlatform, target: Any, _: Any, nonce: str) -> Any:  # noqa: ANN401
        await asyncio.sleep(0.3)
        return Sent(platform.post(target, nonce))

    for chat in range(1, 61):
        made.script(chat, slowly)
    await subscribe(database, *(Wanted("telegram", chat) for chat in range(1, 61)))
    async with at_work(database, library, made):

        async def some() -> bool:
            return len(made.attempts) > 8

        await until(some, "under way")
    posts = await ledger(database)
    assert {post.state for post in posts} <= {PostState.SENT, PostState.DUE}
    assert sum(post.state is PostState.SENT for post in posts) == len(made.attempts)
