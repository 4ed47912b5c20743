"""The ledger while something around it fails: disk, lock, event loop, gateway, and orderly ends.

Names of tests carry the cases of FAULTS.md, section 3.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from daily_at_work import MadeUpPlatform, at_work, until, until_ended, words
from daily_places import Places, Wanted, subscribe_all
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import Daybook
from serving import Serving
from state_stores import opened

from bot.answering import Answering
from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.faults import StateUnwritableError
from bot.state.states import PostState

pytest_plugins = ("ledger_fixtures",)

pytestmark = pytest.mark.slow  # locks, full disks and stops take their time

CHATS = range(1, 7)


@pytest.fixture(autouse=True)
def quick(looks_often: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the loops try a failing database again as often as they look."""
    for name in ("sending", "falling_due", "telling"):
        monkeypatch.setattr(f"bot.daily.{name}.TROUBLE_SECONDS", 0.1)


@pytest_asyncio.fixture
async def database(file_store: StateSettings) -> AsyncIterator[Database]:
    async with opened(file_store) as database:
        yield database


async def subscribe(database: Database) -> None:
    wanted = [Wanted("telegram", chat) for chat in CHATS]
    await subscribe_all(database, wanted, datetime.now(UTC))


@pytest.mark.asyncio
@pytest.mark.parametrize("first", range(1, 9))
async def test_d16_no_space_at_any_commit_sends_nothing_twice_and_goes_on(
    database: Database, library: Answering, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    made = MadeUpPlatform("telegram")
    await subscribe(database)
    usual, calls, failed = database.run, 0, 0

    async def run(change: Any) -> Any:  # noqa: ANN401
        nonlocal calls, failed
        calls += 1
        if first <= calls < first + 4:
            failed += 1

            async def full(connection: Any) -> Any:  # noqa: ANN401
                await change(connection)
                raise StateUnwritableError("The state database is full.")

            return await usual(full)
        return await usual(change)

    monkeypatch.setattr(database, "run", run)
    async with at_work(database, library, made):
        posts = await until_ended(database, len(CHATS))
    assert failed > 0
    assert words(posts) == ["sent"] * len(CHATS)
    assert Counter(one.chat for one in made.attempts) == Counter(list(CHATS))


@pytest.mark.asyncio
@pytest.mark.parametrize("what", ["a claim", "an answer"])
async def test_d16_no_space_after_a_claim_or_an_answer_forgets_neither(
    database: Database, library: Answering, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    made = MadeUpPlatform("telegram")
    await subscribe(database)
    usual, left, has_claimed = database.run, 6, False

    async def run(change: Any) -> Any:  # noqa: ANN401
        nonlocal left, has_claimed
        is_time = has_claimed if what == "a claim" else bool(made.attempts)
        if is_time and left:
            left -= 1
            raise StateUnwritableError("The state database is full.")
        result = await usual(change)
        # a sender's turn gives what has begun and what it claimed
        has_claimed = has_claimed or (isinstance(result, tuple) and bool(result[1]))
        return result

    monkeypatch.setattr(database, "run", run)
    async with at_work(database, library, made):
        posts = await until_ended(database, len(CHATS))
    assert left == 0
    assert words(posts) == ["sent"] * len(CHATS)
    assert Counter(one.chat for one in made.attempts) == Counter(list(CHATS))


@pytest.mark.asyncio
async def test_d16_health_says_that_there_is_no_space_and_when_there_is_again(
    database: Database, library: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = MadeUpPlatform("telegram")
    await subscribe(database)
    usual = database.run

    async def full(change: Any) -> Any:  # noqa: ANN401
        raise StateUnwritableError("The state database is full.")

    monkeypatch.setattr(database, "run", full)
    async with at_work(database, library, made) as daily:

        async def red() -> bool:
            return "is full" in (await daily.check_writable() or "")

        await until(red, "red")
        assert made.attempts == []
        monkeypatch.setattr(database, "run", usual)
        posts = await until_ended(database, len(CHATS))

        async def green() -> bool:
            return await daily.check_writable() is None

        await until(green, "green")
    assert words(posts) == ["sent"] * len(CHATS)


@pytest.mark.asyncio
async def test_d17_a_database_locked_for_long_makes_posts_late_and_loses_none(
    database: Database, library: Answering
) -> None:
    made = MadeUpPlatform("telegram")
    await subscribe(database)
    file = database.file
    assert file is not None
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        async with at_work(database, library, made):
            await asyncio.sleep(6.5)
            assert made.attempts == []
            began = time.monotonic()
            await asyncio.wait_for(library.ask(lambda: None), 1.0)
            assert time.monotonic() - began < 0.5
            other.execute("ROLLBACK")
            posts = await until_ended(database, len(CHATS))
    finally:
        other.close()
    assert words(posts) == ["sent"] * len(CHATS)
    assert len(made.attempts) == len(CHATS)


@pytest.mark.asyncio
async def test_d26_an_event_loop_blocked_when_posts_fall_due_drops_none(
    database: Database, library: Answering
) -> None:
    made = MadeUpPlatform("telegram")
    async with at_work(database, library, made):
        await subscribe(database)
        asyncio.get_running_loop().call_soon(time.sleep, 3.0)
        posts = await until_ended(database, len(CHATS))
    assert words(posts) == ["sent"] * len(CHATS)


# -- the bot as a process -------------------------------------------------------------------------


def state_of(store: StateSettings) -> dict[str, str]:
    return {"DAYBOOK_STATE": f"sqlite:///{store.file}", "DAYBOOK_LOG": "info"}


@pytest.fixture
def telegram() -> Iterator[TelegramEmulator]:
    with TelegramEmulator() as telegram:
        yield telegram


def test_d24_sigterm_under_load_ends_in_order_with_nothing_unknown(
    daybook: Daybook, file_store: StateSettings, telegram: TelegramEmulator
) -> None:
    chats = [telegram.supergroup(f"G{n}") for n in range(40)]
    places = Places(file_store)
    places.subscribe(*(Wanted("telegram", chat.id, kind="supergroup") for chat in chats))
    telegram.fault("sendMessage", "delay after effect", times=40, seconds=1.0)
    with Serving(daybook, {**telegram.environment, **state_of(file_store)}) as serving:
        serving.wait_until(lambda: places.states().get(("telegram", "sending"), 0) > 0, "sending")
        code, seconds = serving.stop()
    assert (code, seconds < 10) == (0, True)
    states = {state for _, state in places.states()}
    assert states <= {"sent", "due"}
    sent = places.states().get(("telegram", "sent"), 0)
    assert sum(len(telegram.messages(chat, by_bot=True)) for chat in chats) == sent > 0


def test_d25_sigterm_then_sigkill_leaves_what_is_known(
    daybook: Daybook, file_store: StateSettings, telegram: TelegramEmulator
) -> None:
    chats = [telegram.supergroup(f"G{n}") for n in range(12)]
    places = Places(file_store)
    places.subscribe(*(Wanted("telegram", chat.id, kind="supergroup") for chat in chats))
    telegram.fault("sendMessage", "delay after effect", times=4, seconds=5.0)
    environment = {**telegram.environment, **state_of(file_store)}
    with Serving(daybook, environment) as serving:
        serving.wait_until(lambda: places.states().get(("telegram", "sending"), 0) == 4, "sending")
        serving.process.terminate()
        time.sleep(1.0)
        serving.kill()
    with Serving(daybook, environment) as serving:
        serving.wait_until(
            lambda: (
                sum(places.states().values()) == 12
                and {state for _, state in places.states()} <= {"sent", "unknown"}
            ),
            "over",
        )
    posts = Counter(post.word for post in places.posts())
    assert posts == Counter(sent=8, unknown=4)
    for chat in chats:
        said = telegram.messages(chat, by_bot=True)
        assert sum("daily post" not in (one.text or "") for one in said) <= 1


def test_g13_posts_go_on_while_the_gateway_is_down(
    daybook: Daybook, file_store: StateSettings
) -> None:
    with DiscordEmulator() as discord:
        guild = discord.add_guild()
        channel = discord.add_channel(guild)
        places = Places(file_store)
        places.subscribe(Wanted("discord", int(channel.id), server=int(guild.id)))
        discord.down("gateway", "resume")
        with Serving(daybook, {**discord.environment, **state_of(file_store)}) as serving:
            serving.wait_until(lambda: len(discord.messages(channel)) == 1, "posted")
            assert serving.get("/readyz").status == 503
            serving.wait_until(
                lambda: places.states().get(("discord", PostState.SENT.value)) == 1, "noted"
            )
