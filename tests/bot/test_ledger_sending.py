"""One date, one post: what is tried again is the same post, and its parts keep their order.

Names of tests of the ledger carry the cases of FAULTS.md, section 3.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from daily_at_work import (
    MadeUpPlatform,
    at_work,
    gives,
    lost_after,
    lost_before,
    until_ended,
    words,
)
from daily_places import Wanted
from ledger_cases import CHAT, QUIET, discord, subscribe, telegram

from bot.answering import Answering
from bot.daily.delivery import NotSent, Sent
from bot.state.database import Database

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


@pytest.mark.asyncio
async def test_what_is_due_is_sent_once(database: Database, library: Answering) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == len(made.attempts) == 1


@pytest.mark.asyncio
async def test_d06_what_was_sent_is_not_sent_again_by_the_next_process(
    database: Database, library: Answering
) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT))
    for _ in range(2):
        async with at_work(database, library, made):
            await until_ended(database)
            await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.slow
@pytest.mark.asyncio
async def test_d11_a_retry_sends_the_very_same_bytes(
    database: Database, library: Answering
) -> None:
    made = discord()
    made.script(CHAT, lost_before, gives(NotSent("rate limit", 0.1)), lost_after)
    await subscribe(database, Wanted("discord", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == ["sent"]
    assert len(made.attempts) >= 3
    assert len({(one.body, one.nonce) for one in made.attempts}) == 1
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_d12_places_due_in_one_minute_have_nonces_of_their_own(
    database: Database, library: Answering
) -> None:
    made = discord()
    await subscribe(database, *(Wanted("discord", chat) for chat in (1, 2, 3)))
    async with at_work(database, library, made):
        await until_ended(database, 3)
    assert len({one.nonce for one in made.attempts}) == 3


@pytest.mark.asyncio
async def test_d15_parts_keep_their_order_and_the_first_is_not_repeated(
    database: Database, library: Answering
) -> None:
    made = telegram(parts=3)

    async def first(platform: MadeUpPlatform, target: Any, _: Any, nonce: str) -> Any:  # noqa: ANN401
        return Sent(platform.post(target, nonce))

    made.script(CHAT, first, gives(NotSent("rate limit", 0.2)), gives(NotSent("rate limit", 0.2)))
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        assert words(await until_ended(database, 3)) == ["sent"] * 3
    parts = [one.body.partition('"part": ')[2][0] for one in made.attempts]
    assert parts == ["0", "1", "1", "1", "2"]


@pytest.mark.asyncio
async def test_parts_behind_one_of_unknown_end_are_cancelled(
    database: Database, library: Answering
) -> None:
    made = telegram(parts=2)
    made.script(CHAT, lost_after)
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        posts = await until_ended(database, 2)
    assert words(posts) == ["unknown", "cancelled"]
    assert posts[1].reason == "part_before"
