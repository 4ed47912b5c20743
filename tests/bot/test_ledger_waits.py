"""What can't be sent now is tried again in time, so many times, and holds up nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from daily_at_work import at_work, gives, ledger, raises, until, until_ended, words
from daily_places import MINUTE, Wanted
from ledger_cases import CHAT, subscribe, telegram

from bot.answering import Answering
from bot.daily.delivery import NotSent, Scope
from bot.state.database import Database
from bot.state.states import PostState

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


@pytest.mark.asyncio
async def test_d29_a_channel_that_must_wait_an_hour_holds_up_no_other(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(NotSent("rate limit", 3600.0)))
    others = [Wanted("telegram", chat) for chat in range(1, 41)]
    await subscribe(database, Wanted("telegram", CHAT), *others)
    async with at_work(database, library, made):

        async def all_others() -> bool:
            return sum(made.there(one.chat) for one in others) == 40

        await until(all_others, "sent to the others")
    left = [post for post in await ledger(database) if post.state is not PostState.SENT]
    assert [post.state for post in left] == [PostState.DUE]
    assert left[0].try_at is not None
    assert left[0].try_at > datetime.now(UTC) + 50 * MINUTE


@pytest.mark.asyncio
async def test_e02_a_wait_beyond_the_lateness_limit_is_missed_at_once(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(NotSent("rate limit", 3600.0)))
    await subscribe(database, Wanted("telegram", CHAT, late=10 * MINUTE))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert words(posts) == ["missed"]


@pytest.mark.asyncio
async def test_e03_no_connection_is_tried_again_and_pauses_the_platform(
    database: Database, library: Answering
) -> None:
    made = telegram()
    down = gives(NotSent("no connection", scope=Scope.PLATFORM))
    made.script(CHAT, down, down)
    await subscribe(database, Wanted("telegram", CHAT), Wanted("telegram", 5))
    async with at_work(database, library, made):
        assert words(await until_ended(database, 2)) == ["sent", "sent"]
    assert made.there(CHAT) == made.there(5) == 1


@pytest.mark.asyncio
async def test_d27_a_row_that_always_fails_starves_no_other_and_ends(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(1, *[raises] * 50)
    await subscribe(database, *(Wanted("telegram", chat) for chat in range(1, 8)))
    async with at_work(database, library, made):
        posts = await until_ended(database, 7)
    assert sorted(words(posts)) == ["sent"] * 6 + ["unknown"]
    assert sum(one.chat == 1 for one in made.attempts) == 1


@pytest.mark.asyncio
async def test_d27_attempts_that_are_proven_unsent_are_bounded(
    database: Database, library: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.daily.sending.MOST_ATTEMPTS", 3)
    made = telegram()
    made.script(1, *[gives(NotSent("odd", 0.05))] * 50)
    await subscribe(database, Wanted("telegram", 1))
    async with at_work(database, library, made):
        posts = await until_ended(database)
    assert [(post.word, post.reason) for post in posts] == [("rejected", "attempts")]
    assert len(made.attempts) == 3


@pytest.mark.asyncio
async def test_d28_an_attempt_is_made_once_for_each_time_it_is_sending(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(NotSent("rate limit", 0.1)), gives(NotSent("rate limit", 0.1)))
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        (post,) = await until_ended(database)
    assert len(made.attempts) == post.attempts == post.epoch == 3
