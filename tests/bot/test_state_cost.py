"""What the loop and the port of health ask again and again costs by what is due.

Each question is asked by the function that the program asks it with, while SQLite counts the
instructions of its machine, or PostgreSQL explains what it read. So nothing here goes by time.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection
from state_rows import DAY, NOW, TODAY, chosen
from state_stores import opened

from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.falling_due import oldest_due, still_woken, woken
from bot.state.outbox import count_waiting
from bot.state.states import Platform
from bot.state.tables import place, post, subscription

pytest_plugins = ("state_fixtures",)

DUE = 3
"""Subscriptions whose time has come; all the others wake tomorrow or later."""

Question = Callable[[AsyncConnection], Awaitable[object]]

QUESTIONS: dict[str, tuple[Question, object]] = {
    "whose time has come": (
        lambda connection: woken(connection, Platform.TELEGRAM, NOW, 100),
        [1, 2, 3],
    ),
    "since when the oldest waits": (
        lambda connection: oldest_due(connection, ["telegram"]),
        NOW - timedelta(minutes=1),
    ),
    "how many rows could be sent": (
        lambda connection: count_waiting(connection, Platform.TELEGRAM, NOW, 256),
        1,
    ),
}


async def fill(database: Database, count: int) -> None:
    """Write subscriptions of which three are due, a row sent of each, and one row that waits."""
    row = chosen(1).to_row()
    numbers = range(1, count + 1)

    def wakes(number: int) -> datetime:
        return NOW if number <= DUE else NOW + DAY + timedelta(seconds=number)

    def posted(number: int) -> dict[str, Any]:
        return {
            "place_id": number,
            "platform": "telegram",
            "local_date": TODAY - DAY,
            "part": 0,
            "due_at": NOW - DAY,
            "late_at": NOW,
            "state": "sent",
            "nonce": f"n{number}",
            "ended_at": NOW - DAY,
        }

    async def write(connection: AsyncConnection) -> None:
        places = [
            {"id": number, "platform": "telegram", "chat": number, "kind": "group"}
            for number in numbers
        ]
        await connection.execute(place.insert(), places)
        await connection.execute(
            subscription.insert(),
            [{**row, "place_id": number, "wake_at": wakes(number)} for number in numbers],
        )
        await connection.execute(post.insert(), [posted(number) for number in numbers])
        at = NOW - timedelta(minutes=1)
        waiting = {"state": "due", "ended_at": None, "due_at": at, "try_at": at, "payload": "{}"}
        await connection.execute(
            post.insert(), [{**posted(1), **waiting, "local_date": TODAY, "nonce": "waiting"}]
        )

    async with database.write() as connection:
        await write(connection)


# -- SQLite: instructions of its machine ----------------------------------------------------------


async def steps_of(database: Database, question: Question, answer: object) -> int:
    """Return how many instructions SQLite needs for a question, and see that it answers right."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    async def counted(connection: AsyncConnection) -> object:
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.set_progress_handler(step, 1)
        try:
            return await question(connection)
        finally:
            await raw.set_progress_handler(None, 1)

    assert await database.look(counted) == answer
    return steps


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "count", [1_000, 10_000, pytest.param(100_000, marks=pytest.mark.slow)], ids="{:,}".format
)
async def test_sqlite_needs_no_more_steps_among_any_number(
    file_store: StateSettings, count: int
) -> None:
    async with opened(file_store) as database:
        await fill(database, count)
        steps = {
            name: await steps_of(database, question, answer)
            for name, (question, answer) in QUESTIONS.items()
        }
    assert all(0 < needed < 1_000 for needed in steps.values()), steps


# -- PostgreSQL: rows that its plan read ----------------------------------------------------------


@contextmanager
def explained(connection: AsyncConnection) -> Iterator[list[dict[str, Any]]]:
    """Have PostgreSQL explain each statement before it runs; yield the plans."""
    plans: list[dict[str, Any]] = []

    def explain(_: object, cursor: Any, statement: str, parameters: Any, *__: object) -> None:  # noqa: ANN401 - the driver's
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement, parameters)
        found = cursor.fetchone()[0]
        plans.append((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])

    engine = connection.sync_connection
    assert engine is not None
    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def rows_read(plan: dict[str, Any]) -> float:
    """Return how many rows the scans of a plan read, those that they threw away with them."""
    own = 0.0
    if plan["Node Type"].endswith("Scan"):
        own = plan["Actual Loops"] * (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0))
    return own + sum(rows_read(below) for below in plan.get("Plans", ()))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "count", [1_000, 10_000, pytest.param(100_000, marks=pytest.mark.slow)], ids="{:,}".format
)
async def test_postgres_reads_no_more_rows_among_any_number(
    postgres_store: StateSettings, count: int
) -> None:
    async with opened(postgres_store) as database:
        await fill(database, count)
        async with database.write() as connection:
            for table in ("subscription", "place", "post"):
                await connection.execute(text(f"ANALYZE {table}"))
        read = {}
        for name, (question, answer) in QUESTIONS.items():

            async def asked(
                connection: AsyncConnection, question: Question = question
            ) -> tuple[object, float]:
                with explained(connection) as plans:
                    return await question(connection), sum(map(rows_read, plans))

            found, read[name] = await database.look(asked)
            assert found == answer
    assert all(0 < rows < 50 for rows in read.values()), read


# -- what is found --------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_places_found_are_those_that_are_read(store: StateSettings) -> None:
    async with opened(store) as database:
        await fill(database, 20)
        found = await database.look(lambda c: woken(c, Platform.TELEGRAM, NOW, 100))
        read = await database.look(lambda c: still_woken(c, found, NOW))
    assert [one.chat for one, _ in read] == [1, 2, 3]
