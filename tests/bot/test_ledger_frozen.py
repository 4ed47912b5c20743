"""A process that stood still and goes on: an epoch fences its claims, a time limit its sending.

Names of tests carry the cases of FAULTS.md, section 3.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from daily_at_work import MadeUpPlatform, at_work, until_ended
from daily_places import Wanted
from ledger_cases import CHAT, discord, subscribe, telegram
from state_rows import HOUR, NOW, a_due_date, a_place
from state_stores import opened

from bot.answering import Answering
from bot.daily import sending
from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.outbox import begin, claim, finish, finish_sent, put_back, release_claims_of_gone
from bot.state.posts import post_of_id
from bot.state.states import Platform, PostState

pytestmark = [pytest.mark.slow, pytest.mark.asyncio]

pytest_plugins = ("ledger_fixtures",)


async def test_p03_what_a_worker_does_after_its_lease_ended_changes_nothing(
    store: StateSettings,
) -> None:
    async with opened(store) as database, database.write() as connection:
        await a_due_date(connection, await a_place(connection))
        (frozen,) = await claim(connection, Platform.TELEGRAM, "frozen", NOW, NOW + HOUR, 1)
        later, end = NOW + 2 * HOUR, NOW + 3 * HOUR
        assert await release_claims_of_gone(
            connection, Platform.TELEGRAM, "other", later, alone=False
        )
        (taken,) = await claim(connection, Platform.TELEGRAM, "other", later, end, 1)
        assert await begin(connection, [frozen], "frozen", later, end) == []
        assert not await finish(connection, frozen.id, frozen.epoch, PostState.UNKNOWN, later)
        await finish_sent(connection, [(frozen.id, frozen.epoch, 7)], later)
        await put_back(connection, frozen.id, frozen.epoch, later, was_tried=False)
        row = await post_of_id(connection, taken.id)
        assert row is not None
        assert (row.state, row.owner, row.epoch) == (PostState.CLAIMED, "other", taken.epoch)


@pytest.mark.usefixtures("looks_often")
@pytest.mark.parametrize("made_up", [telegram, discord], ids=["telegram", "discord"])
async def test_p04_a_worker_that_stood_still_before_it_sent_sends_nothing_and_then_once(
    database: Database,
    library: Answering,
    monkeypatch: pytest.MonkeyPatch,
    made_up: Callable[[], MadeUpPlatform],
) -> None:
    platform = made_up()
    still = iter([1.0])

    def stand_still(name: str) -> None:
        if name == "after sending commit" and (seconds := next(still, None)):
            assert platform.attempts == []
            time.sleep(seconds)  # the whole process, as SIGSTOP does

    monkeypatch.setattr(sending, "reach", stand_still)
    monkeypatch.setattr(sending, "LEASE_MARGIN", 0.5)
    await subscribe(database, Wanted(platform.platform, CHAT))
    async with at_work(database, library, platform):
        (row,) = await until_ended(database)
    assert (row.state, row.attempts) == (PostState.SENT, 2)
    assert len(platform.attempts) == platform.there(CHAT) == 1
