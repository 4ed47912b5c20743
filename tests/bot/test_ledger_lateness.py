"""After an outage, and under clocks that are set, one post comes and the missed are reported."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from daily_at_work import at_work, change, gives, ledger, until, until_ended, words
from daily_places import MINUTE, Wanted
from ledger_cases import CHAT, HOUR, QUIET, subscribe, telegram
from sqlalchemy import update

from bot.answering import Answering
from bot.daily.clock import Clock
from bot.daily.delivery import NotSent
from bot.state.database import Database
from bot.state.tables import post, subscription

pytestmark = [
    pytest.mark.slow,  # retries and waits take their time
    pytest.mark.usefixtures("looks_often"),
]

pytest_plugins = ("ledger_fixtures",)


# -- lateness -------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("down", "word"), [(5 * MINUTE, "sent"), (5 * HOUR, "late")], ids=["5 min", "5 h"]
)
async def test_d23_after_minutes_or_hours_down_one_late_post_comes(
    database: Database, library: Answering, down: timedelta, word: str
) -> None:
    made = telegram()
    await subscribe(database, Wanted("telegram", CHAT, ago=down))
    async with at_work(database, library, made):
        assert words(await until_ended(database)) == [word]
        await asyncio.sleep(QUIET)
    assert made.there(CHAT) == 1


@pytest.mark.asyncio
async def test_d23_t14_after_three_days_the_missed_ones_are_reported_and_one_is_posted(
    database: Database, library: Answering
) -> None:
    made = telegram()
    three_days = timedelta(days=2, hours=2)
    await subscribe(database, Wanted("telegram", CHAT, ago=HOUR, counts_from_ago=three_days))
    async with at_work(database, library, made):
        posts = await until_ended(database, 3)

        async def told() -> bool:
            return bool(made.told)

        await until(told, "told")
    assert words(posts) == ["missed", "missed", "late"]
    assert made.there(CHAT) == len(made.told) == 1
    assert "2 daily posts were not made" in made.told[0][1]


@pytest.mark.asyncio
async def test_what_waits_of_yesterday_is_given_up_for_todays(
    database: Database, library: Answering
) -> None:
    made = telegram()
    wanted = Wanted("telegram", CHAT, late=timedelta(hours=24))
    await subscribe(database, wanted)
    made.script(CHAT, gives(NotSent("rate limit", 2.0)))
    async with at_work(database, library, made):

        async def tried() -> bool:
            return bool(made.attempts)

        await until(tried, "tried")

        async def yesterday(connection: Any, now: datetime) -> None:  # noqa: ANN401
            await connection.execute(
                update(post).values(local_date=now.date() - timedelta(days=1), nonce="yesterday")
            )
            await connection.execute(update(subscription).values(wake_at=now))

        await change(database, yesterday)
        posts = await until_ended(database, 2)
    assert sorted((post.word, post.reason) for post in posts) == [
        ("missed", "superseded"),
        ("sent", None),
    ]
    assert made.there(CHAT) == 1


# -- clocks ---------------------------------------------------------------------------------------


class SetClock(Clock):
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.shift = timedelta(0)
        super().__init__(lambda: datetime.now(UTC) + self.shift)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "steps",
    [
        (HOUR, timedelta(0)),
        (-HOUR, timedelta(0)),
        (timedelta(seconds=-30), timedelta(0)),
        (HOUR, -HOUR, HOUR),
    ],
    ids=["an hour on and back", "an hour back and on", "T13: 30 s back", "to and fro"],
)
async def test_d32_t13_a_clock_that_is_set_makes_no_second_post(
    database: Database, library: Answering, steps: tuple[timedelta, ...]
) -> None:
    made, clock = telegram(), SetClock()
    await subscribe(database, Wanted("telegram", CHAT))
    async with at_work(database, library, made, clock=clock):
        await until_ended(database)
        for step in steps:
            clock.shift = step
            await asyncio.sleep(QUIET)
    dates = [post.local_date for post in await ledger(database)]
    assert len(set(dates)) == len(dates)
    assert made.there(CHAT) == len(dates)
