"""/privacy on both stores: all that is stored is exported, and erased, and nothing of others."""

from __future__ import annotations

import json

import pytest
from desk_cases import CHANNEL, GROUP
from desk_counter import NINE, PRIVATE, Counter, a_row, opened_desk, rows_of, subscription_of

from bot.answering import Answering
from bot.desk.context import Context
from bot.settings import StateSettings
from bot.state.states import PostState

pytest_plugins = ("state_fixtures",)


async def everything(counter: Counter, context: Context) -> None:
    """Set up all that can be set up."""
    await counter.ask("daily", "set", NINE, context)
    await counter.ask("dates", "add", {"date": "1 May", "text": "party"}, context)
    await counter.ask("settings", "", {"tone": "gentle"}, context)


@pytest.mark.asyncio
async def test_s30_all_that_is_stored_is_exported(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await everything(counter, counter.context())
        await a_row(counter, PostState.SENT)
        file = (await counter.ask("privacy", "export")).file
        assert file is not None
        found = json.loads(file.content)
        assert found["places"][0]["chat"] == CHANNEL.chat
        assert found["daily_posts"][0]["zone"] == "Europe/Berlin"
        assert found["dates"][0]["text"] == "party"
        assert found["settings"] == {"tone": "gentle"}
        assert found["rows_of_the_ledger"][0]["state"] == "sent"


@pytest.mark.asyncio
async def test_s30_a_server_is_erased_whole_and_no_other(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await everything(counter, counter.context())
        await a_row(counter, PostState.SENT)
        await everything(counter, counter.context(target=GROUP))
        await counter.ask("privacy", "erase", {"sure": "yes"})
        counts = await rows_of(counter.desk.database)
        kept = {name: counts[name] for name in ("place", "subscription", "own_date", "choice")}
        assert kept == {"place": 1, "subscription": 1, "own_date": 1, "choice": 1}
        assert counts["post"] == 0
        assert await subscription_of(counter, GROUP) is not None


@pytest.mark.asyncio
async def test_s30_in_private_ones_own_number_is_erased_everywhere(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        group = counter.context(target=GROUP)
        await everything(counter, group)
        private = counter.context(target=PRIVATE, is_private=True)
        await everything(counter, private)
        file = (await counter.ask("privacy", "export", {}, private)).file
        assert file is not None
        assert len(json.loads(file.content)["daily_posts_set_up_elsewhere"]) == 1
        await counter.ask("privacy", "erase", {"sure": "yes"}, private)
        found = await subscription_of(counter, GROUP)
        assert getattr(found, "set_by", 0) is None
        assert await subscription_of(counter, PRIVATE) is None
