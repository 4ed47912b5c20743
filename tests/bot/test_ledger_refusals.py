"""What a platform refuses stops what it concerns, once told, and nothing else."""

from __future__ import annotations

import asyncio

import pytest
from daily_at_work import at_work, gives, ledger, refuses, until, until_ended, words
from daily_places import Wanted
from ledger_cases import CHAT, QUIET, discord, subscribe, telegram

from bot.answering import Answering
from bot.daily.delivery import Fatal, Moved
from bot.state.database import Database
from bot.state.places import find_place
from bot.state.states import Platform, PostState
from bot.state.subscriptions import find_subscription

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


@pytest.mark.asyncio
async def test_d22_a_refusal_stops_the_subscription_and_is_told_once(
    database: Database, library: Answering
) -> None:
    made = telegram(parts=2)
    made.script(CHAT, refuses("50013"))
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made):
        posts = await until_ended(database, 2)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
        await asyncio.sleep(QUIET)
    assert words(posts) == ["rejected", "cancelled"]
    assert posts[0].code == "50013"
    assert [("It says 50013." in words) for _, words in made.told] == [True]
    found = await database.look(lambda connection: find_subscription(connection, place))
    assert found is not None
    assert (found.state, found.broken_code) == ("broken", "50013")
    assert None not in (found.probe_at, found.broken_told_at)


@pytest.mark.asyncio
@pytest.mark.parametrize(("missing", "state"), [([], "on"), (["Send Messages"], "broken")])
async def test_g24_permissions_that_return_are_noticed_by_a_look(
    database: Database, library: Answering, missing: list[str], state: str
) -> None:
    made = telegram()
    made.script(CHAT, refuses("50013"))
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made) as daily:
        await until_ended(database)
        made.missing_there[CHAT] = missing
        daily.places.look_again("telegram", chat=CHAT)
        await asyncio.sleep(1.0)
    found = await database.look(lambda connection: find_subscription(connection, place))
    assert found is not None
    assert found.state == state
    assert len(made.attempts) == 1


@pytest.mark.asyncio
async def test_g23_a_refused_token_stops_the_platform_and_not_the_other(
    database: Database, library: Answering
) -> None:
    broken, well = telegram(), discord()
    broken.script(1, gives(Fatal("the token is refused")))
    await subscribe(database, Wanted("telegram", 1), Wanted("telegram", 2), Wanted("discord", 3))
    async with at_work(database, library, broken, well) as daily:

        async def stopped() -> bool:
            return await daily.check_tokens() is not None and well.there(3) == 1

        await until(stopped, "stopped")
        await asyncio.sleep(QUIET)
        tried = len(broken.attempts)
        await asyncio.sleep(QUIET)
    states = [post.state for post in await ledger(database) if post.platform == "telegram"]
    assert PostState.DUE in states
    assert len(broken.attempts) == tried <= 2


@pytest.mark.asyncio
async def test_e10_a_moved_group_gets_its_post_under_the_new_number(
    database: Database, library: Answering
) -> None:
    made = telegram()
    made.script(CHAT, gives(Moved(-200)))
    (place,) = await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made) as daily:
        assert words(await until_ended(database)) == ["sent"]
        daily.places.moved("telegram", CHAT, -200)
        await daily.places.written()
    found = await database.look(lambda connection: find_place(connection, Platform.TELEGRAM, CHAT))
    assert found is not None
    assert (found.id, found.chat) == (place, -200)
    assert (made.there(CHAT), made.there(-200)) == (0, 1)
