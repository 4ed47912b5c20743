"""Transactions of both stores: what holds, what is undone, what is tried again, what is told."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection
from state_rows import NOW, a_place, a_subscription
from state_stores import opened

from bot.settings import Secret, StateSettings
from bot.state import database as database_module
from bot.state import engines
from bot.state.database import Database, open_database
from bot.state.engines import unusable
from bot.state.faults import (
    CommitUnknownError,
    NoStateError,
    StateConfigurationError,
    StateError,
    StateUnwritableError,
)
from bot.state.file_system import kind_of_mount
from bot.state.subscriptions import find_subscription
from bot.state.tables import moved, place

pytest_plugins = ("state_fixtures",)


async def count_places(connection: AsyncConnection) -> int:
    return len((await connection.execute(select(place.c.id))).all())


def adding(chat: int) -> Callable[[AsyncConnection], Awaitable[int]]:
    async def add(connection: AsyncConnection) -> int:
        return (await a_place(connection, chat)).id

    return add


async def fail_after(
    database: Database, change: Callable[[AsyncConnection], Awaitable[object]]
) -> None:
    async with database.write() as connection:
        await change(connection)
        raise ZeroDivisionError


# -- one transaction ------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_what_is_written_holds_when_it_is_opened_again(store: StateSettings) -> None:
    async with opened(store) as database:
        await database.run(adding(1))
    async with opened(store) as database:
        assert await database.look(count_places) == 1


@pytest.mark.asyncio
async def test_an_error_undoes_all_of_a_transaction(store: StateSettings) -> None:
    async with opened(store) as database:
        with pytest.raises(ZeroDivisionError):
            await fail_after(database, a_place)
        assert await database.look(count_places) == 0


@pytest.mark.asyncio
async def test_an_error_undoes_a_new_table_too(store: StateSettings) -> None:
    async with opened(store) as database:
        with pytest.raises(ZeroDivisionError):
            await fail_after(database, lambda c: c.execute(text("CREATE TABLE extra (id INTEGER)")))
        with pytest.raises(DBAPIError, match="extra"):
            await database.look(lambda c: c.execute(text("SELECT * FROM extra")))


@pytest.mark.asyncio
async def test_a_reader_can_write_nothing(store: StateSettings) -> None:
    async with opened(store) as database:
        with pytest.raises(DBAPIError, match="read"):
            await database.look(adding(1))
        assert await database.look(count_places) == 0


@pytest.mark.asyncio
async def test_a_reader_sees_one_state_until_it_ends(store: StateSettings) -> None:
    async with opened(store) as database, database.read() as connection:
        before = await count_places(connection)
        await database.run(adding(1))
        assert (before, await count_places(connection)) == (0, 0)
        assert await database.look(count_places) == 1


@pytest.mark.asyncio
async def test_children_go_with_their_parent(store: StateSettings) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        await connection.execute(place.delete())
        assert await find_subscription(connection, made.place_id) is None


@pytest.mark.asyncio
async def test_a_cancelled_writer_leaves_the_database_to_the_next(store: StateSettings) -> None:
    async with opened(store) as database:
        inside = asyncio.Event()

        async def hang() -> None:
            async with database.write() as connection:
                await a_place(connection, 1)
                inside.set()
                await asyncio.sleep(60)

        task = asyncio.create_task(hang())
        await asyncio.wait_for(inside.wait(), 10)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(database.run(adding(2)), 10)
        assert await database.look(count_places) == 1


async def run_for_ever(database: Database) -> None:
    while True:
        await asyncio.gather(*(database.run(adding(chat)) for chat in range(20)))


@pytest.mark.asyncio
async def test_a_writer_that_is_cancelled_at_any_moment_keeps_no_lock(
    store: StateSettings,
) -> None:
    async with opened(store) as database:
        for number in range(25):
            task = asyncio.create_task(run_for_ever(database))
            await asyncio.sleep(0.0017 * number)  # not a multiple of what a statement takes
            task.cancel()
            await asyncio.wait([task], timeout=10)
            # shorter than the 5 s for which a lock that was left would be waited for
            await asyncio.wait_for(database.run(adding(-number - 1)), 4)
        assert await database.look(count_places) >= 25


# -- instants -------------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "instant",
    [
        datetime(2027, 5, 1, 7, 0, 0, 1, tzinfo=UTC),
        datetime(2027, 5, 1, 9, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=2))),
        datetime(1901, 1, 1, tzinfo=UTC),
        datetime(9998, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
    ids=str,
)
async def test_an_instant_comes_back_to_the_microsecond(
    store: StateSettings, instant: datetime
) -> None:
    async with opened(store) as database, database.write() as connection:
        await connection.execute(
            moved.insert().values(platform="telegram", old_chat=1, new_chat=2, moved_at=instant)
        )
        found = await connection.scalar(select(moved.c.moved_at))
    assert found == instant
    assert found.tzinfo is UTC


@pytest.mark.asyncio
async def test_an_instant_without_a_zone_is_refused(store: StateSettings) -> None:
    naive = NOW.replace(tzinfo=None)
    async with opened(store) as database:
        with pytest.raises(StatementError, match="has no zone"):
            await database.run(
                lambda c: c.execute(
                    moved.insert().values(
                        platform="telegram", old_chat=1, new_chat=2, moved_at=naive
                    )
                )
            )


@pytest.mark.asyncio
async def test_the_time_of_the_database_is_now(store: StateSettings) -> None:
    async with opened(store) as database:
        now = await database.now()
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
    assert now.tzinfo is UTC


# -- many changes at once -------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_an_error_of_one_change_undoes_only_that_one(store: StateSettings) -> None:
    async def fail(connection: AsyncConnection) -> int:
        await a_place(connection, 1000)
        raise KeyError("mine")

    async with opened(store) as database:
        changes = [adding(chat) for chat in range(30)]
        changes.insert(7, fail)
        results = await asyncio.gather(*map(database.run, changes), return_exceptions=True)
        assert [type(one) for one in results if not isinstance(one, int)] == [KeyError]
        assert await database.look(count_places) == 30


@pytest.mark.asyncio
async def test_a_change_whose_caller_is_gone_takes_no_other_along(store: StateSettings) -> None:
    async with opened(store) as database:
        tasks = [asyncio.create_task(database.run(adding(chat))) for chat in range(60)]
        await asyncio.sleep(0)
        for task in tasks[::3]:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        kept = [one for one in results if isinstance(one, int)]
        assert len(kept) >= 40
        assert [one for one in results if not isinstance(one, int | asyncio.CancelledError)] == []
        found = await database.look(lambda c: c.execute(select(place.c.id)))
        assert set(kept) <= set(found.scalars())


# -- Q06, Q07: others hold the lock ---------------------------------------------------------------


@contextmanager
def held(settings: StateSettings) -> Iterator[sqlite3.Connection]:
    """Hold the file's lock to write as another process would."""
    assert settings.file
    with closing(sqlite3.connect(settings.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock a tenth of a second, not five, and try twice."""
    pragmas = ("PRAGMA busy_timeout = 100", *engines.WRITER_PRAGMAS[1:])
    monkeypatch.setattr(engines, "WRITER_PRAGMAS", pragmas)
    monkeypatch.setattr(database_module, "TRIES", 2)


@pytest.mark.asyncio
async def test_q06_a_lock_that_is_held_for_a_moment_is_waited_for(
    file_store: StateSettings,
) -> None:
    async with opened(file_store) as database:
        with held(file_store) as other:
            writing = asyncio.create_task(database.run(adding(1)))
            await asyncio.sleep(0.3)
            assert not writing.done()
            other.execute("ROLLBACK")
            await asyncio.wait_for(writing, 5)
        assert await database.look(count_places) == 1


@pytest.mark.asyncio
@pytest.mark.usefixtures("impatient")
async def test_q06_a_lock_that_is_held_for_long_is_told_and_nothing_is_lost(
    file_store: StateSettings,
) -> None:
    async with opened(file_store) as database:
        await database.run(adding(1))
        with held(file_store), pytest.raises(StateUnwritableError, match="database is locked"):
            await database.run(adding(2))
        await database.run(adding(3))
        assert await database.look(count_places) == 2


@pytest.mark.asyncio
@pytest.mark.usefixtures("impatient")
async def test_q07_a_transaction_takes_the_lock_before_it_reads(file_store: StateSettings) -> None:
    async with opened(file_store) as database, database.write() as connection:
        await count_places(connection)
        assert file_store.file
        with (
            closing(sqlite3.connect(file_store.file, timeout=0.05)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


@pytest.mark.asyncio
async def test_the_loop_runs_on_while_the_database_is_waited_for(file_store: StateSettings) -> None:
    async with opened(file_store) as database:
        with held(file_store) as other:
            writing = asyncio.create_task(database.run(adding(1)))
            ticks = 0
            for _ in range(20):
                await asyncio.sleep(0.01)
                ticks += not writing.done()
            other.execute("ROLLBACK")
            await writing
    assert ticks == 20


@pytest.mark.asyncio
async def test_a_file_is_safe_when_the_power_fails(file_store: StateSettings) -> None:
    async with opened(file_store) as database, database.write() as connection:
        found = [
            await connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        ]
    assert found == ["wal", 2, 1, 1]  # 2 is FULL: https://sqlite.org/pragma.html#pragma_synchronous


# -- Q18: full, read-only -------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_q18_a_full_disk_is_told_and_what_was_there_stays(
    file_store: StateSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = (*engines.WRITER_PRAGMAS, "PRAGMA max_page_count = 1")  # as many as there are
    monkeypatch.setattr(engines, "WRITER_PRAGMAS", pragmas)

    async def add_many(connection: AsyncConnection) -> None:
        for chat in range(5_000):
            await a_place(connection, chat)

    async with opened(file_store) as database:
        await database.run(adding(-1))
        with pytest.raises(
            StateUnwritableError, match=r"can't be written: database or disk is full"
        ):
            await database.run(add_many)
        assert await database.look(count_places) == 1


@pytest.mark.asyncio
async def test_a_file_in_no_folder_is_refused_with_its_variable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = StateSettings(file=tmp_path / "file" / "state.sqlite")
    with pytest.raises(StateConfigurationError, match=r"^DAYBOOK_STATE: the folder .* can't be"):
        await open_database(settings)


@pytest.mark.asyncio
async def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StateConfigurationError, match="is a folder"):
        await open_database(StateSettings(file=tmp_path))


@pytest.mark.asyncio
async def test_a_file_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    file.write_text("To whom it may concern. " * 200, "utf-8")
    with pytest.raises(StateConfigurationError, match="damaged or no SQLite database"):
        await open_database(StateSettings(file=file))
    assert file.read_text("utf-8").startswith("To whom")


@pytest.mark.asyncio
async def test_nothing_is_made_by_who_only_reads(tmp_path: Path) -> None:
    with pytest.raises(NoStateError):
        await open_database(StateSettings(file=tmp_path / "state.sqlite"), read_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.asyncio
async def test_the_file_is_nobody_elses_to_read(tmp_path: Path) -> None:
    settings = StateSettings(file=tmp_path / "state.sqlite")
    async with opened(settings) as database:
        await database.run(adding(1))
        modes = {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert modes == {0}


# -- Q09: network file systems --------------------------------------------------------------------

MOUNTS = [
    r"22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw",
    r"40 22 0:40 / /home rw - nfs4 server:/home rw",
    r"41 22 0:41 / /home/local\040disk rw - xfs /dev/sdb rw",
    r"42 22 0:42 / /mnt rw - ext4 /dev/sdc rw",
    r"43 42 0:43 / /mnt rw - cifs //server/share rw",
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/daybook/state.sqlite", "ext4"),
        ("/home/ada/state.sqlite", "nfs4"),
        ("/homework/state.sqlite", "ext4"),
        ("/home/local disk/state.sqlite", "xfs"),
        ("/mnt/state.sqlite", "cifs"),
    ],
)
def test_q09_the_file_system_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert kind_of_mount(Path(path), MOUNTS) == kind


@pytest.mark.asyncio
async def test_q09_a_network_file_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "network_file_system", lambda _: "nfs4")
    with pytest.raises(StateConfigurationError, match=r"network file system \(nfs4\)"):
        await open_database(StateSettings(file=tmp_path / "state.sqlite"))


# -- PostgreSQL: connections that break -----------------------------------------------------------


def end_connections(settings: StateSettings) -> None:
    """End every connection of a database but this one, as a restart of the server does."""
    assert settings.url
    with psycopg.connect(settings.url.reveal(), autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.asyncio
@pytest.mark.parametrize("statements_before", [0, 1, 2])
async def test_p05_a_connection_that_breaks_before_the_commit_is_made_good(
    postgres_store: StateSettings, statements_before: int
) -> None:
    tries = 0

    async def change(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        for number in range(3):
            if tries == 1 and number == statements_before:
                end_connections(postgres_store)
            await a_place(connection, number)

    async with opened(postgres_store) as database:
        await database.run(change)
        assert await database.look(count_places) == 3
    assert tries == 2


@pytest.mark.asyncio
async def test_p06_a_connection_that_breaks_at_the_commit_leaves_it_in_doubt(
    postgres_store: StateSettings,
) -> None:
    async def change(connection: AsyncConnection) -> None:
        await a_place(connection)
        end_connections(postgres_store)

    async with opened(postgres_store) as database:
        with pytest.raises(CommitUnknownError):
            await database.run(change)
        await database.run(adding(2))


@pytest.mark.asyncio
async def test_p11_of_two_that_wait_for_each_other_both_get_through(
    postgres_store: StateSettings,
) -> None:
    barrier = asyncio.Barrier(2)
    tries = 0

    async def change(connection: AsyncConnection, first: int, second: int) -> None:
        nonlocal tries
        tries += 1
        update = place.update().values(kind="text")
        await connection.execute(update.where(place.c.chat == first))
        if tries <= 2:
            await asyncio.wait_for(barrier.wait(), 10)
        await connection.execute(update.where(place.c.chat == second))

    async with opened(postgres_store) as database:
        await database.run(adding(1))
        await database.run(adding(2))
        await asyncio.gather(
            database.run(lambda c: change(c, 1, 2)), database.run(lambda c: change(c, 2, 1))
        )
    assert tries == 3


@pytest.mark.asyncio
async def test_p08_a_transaction_ends_its_waits(postgres_store: StateSettings) -> None:
    async with opened(postgres_store) as database, database.write() as connection:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        found = [await connection.scalar(text(f"SHOW {name}")) for name in names]
    assert found == ["30s", "5s", "30s"]


@pytest.mark.asyncio
async def test_what_nobody_can_repeat_is_not_tried_again(store: StateSettings) -> None:
    tries = 0

    async def change(connection: AsyncConnection) -> None:
        nonlocal tries
        tries += 1
        await connection.execute(place.insert().values(platform="irc", chat=1, kind="text"))

    async with opened(store) as database:
        with pytest.raises(IntegrityError):
            await database.run(change)
    assert tries == 1


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://postgres:s3cr3t-p4ss@127.0.0.1:1/test",
        "postgresql://nobody:s3cr3t-p4ss@127.0.0.1:5432/not_there_at_all",
        "postgresql://postgres@127.0.0.1:1/test?password=s3cr3t-p4ss",
    ],
)
async def test_a_password_is_not_told_where_the_server_cannot_be_reached(url: str) -> None:
    with pytest.raises(StateError) as raised:
        await open_database(StateSettings(url=Secret(url)))
    assert "s3cr3t" not in raised.value.message
    assert "PostgreSQL" in raised.value.message or "postgresql://" in raised.value.message


def test_a_password_that_the_library_repeats_is_hidden() -> None:
    settings = StateSettings(url=Secret("postgresql://me:s3cr3t@host/db"))
    error = OperationalError("SELECT 1", None, Exception("no user with s3cr3t"))
    assert "s3cr3t" not in unusable(settings, error).message
