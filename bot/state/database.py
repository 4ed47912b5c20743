"""The state database, opened: transactions to read and to write, and what is tried again.

SQLite has one connection that writes, behind a lock of the process and one of the event loop, and
others that only read. PostgreSQL has a small pool. No transaction stays open while something else
is waited for: within `write` and `read` only the database is awaited.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.settings import StateSettings
from bot.state.engines import (
    postgres_engine,
    prepare_folder,
    sqlite_reader,
    sqlite_writer,
    unusable,
)
from bot.state.faults import CommitUnknownError, NoStateError, StateError, StateUnwritableError
from bot.state.group_commit import GroupCommit
from bot.state.lock import FileLock
from bot.state.transient import is_unwritable, leaves_commit_open, passes

logger = logging.getLogger("daybook.state")

Result = TypeVar("Result")

TRIES = 5
"""For what passes. Each waits for a lock up to 5 s by itself."""
FIRST_WAIT_SECONDS = 0.05


class Database:
    """An open state database; `open_database` makes one, `close` ends it."""

    def __init__(
        self,
        settings: StateSettings,
        reader: AsyncEngine,
        writer: AsyncEngine | None,
        lock: FileLock | None = None,
    ) -> None:
        """Take the engines; without a writer it is only read."""
        self.settings = settings
        self._reader = reader
        self._writer = writer
        self._lock = lock
        self._one_writes: AbstractAsyncContextManager[Any] = (
            asyncio.Lock() if self.is_sqlite else nullcontext()
        )
        self._group = GroupCommit(self.write)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.settings.file is not None

    @property
    def file(self) -> Path | None:
        """The file, none for PostgreSQL."""
        return self.settings.file

    async def disconnect(self) -> None:
        """Close every connection; the next transaction opens a new one."""
        await self._reader.dispose()
        if self._writer is not None and self._writer is not self._reader:
            await self._writer.dispose()

    async def close(self) -> None:
        """Write what waits, close every connection, then let another process have the file."""
        await self._group.finish()
        await self.disconnect()
        if self._lock:
            self._lock.release()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection that sees one state of the database and can't change it."""
        async with (
            self._reader.connect() as connection,
            self._closed_if_cancelled(connection),
            connection.begin(),
        ):
            if not self.is_sqlite:
                await connection.exec_driver_sql(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
                )
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction, committed when the block ends without an error.

        Raises CommitUnknownError where the commit's answer was lost, StateUnwritableError where an
        operator must act; what passes is raised as SQLAlchemy's error. `run` tries that again, and
        is to be taken where a task may be cancelled: in SQLite a cancellation within a statement of
        this block can leave the lock taken until the error is forgotten.
        """
        if self._writer is None:
            raise StateError(f"The state database {self.settings} was opened to be read only.")
        async with self._one_writes:
            try:
                async with self._writer.connect() as connection:
                    async with self._closed_if_cancelled(connection):
                        await connection.begin()
                        try:
                            yield connection
                        except Exception:
                            # A lost connection has nothing to roll back; the first error counts.
                            await _to_the_end(_roll_back(connection))
                            raise
                    await _to_the_end(self._commit(connection))
            except DBAPIError as error:
                if is_unwritable(error):
                    raise self._unwritable(error) from error
                raise

    async def run(self, change: Callable[[AsyncConnection], Awaitable[Result]]) -> Result:
        """Return what a function does in a transaction, tried again when that fails for a moment.

        It may be called several times, so it changes nothing but the database. In SQLite, what
        comes while another change is written shares a commit with others. Raises as `write`;
        StateUnwritableError, too, where the database stayed locked.
        """
        for tried in range(TRIES):
            try:
                if self.is_sqlite:
                    return await self._group.run(change)
                async with self.write() as connection:
                    return await change(connection)
            except Exception as error:
                if not passes(error):
                    raise
                if tried == TRIES - 1:
                    raise self._unwritable(error) from error
                logger.info("the state database could not be written, trying again")
                await asyncio.sleep(FIRST_WAIT_SECONDS * 2**tried * random.uniform(0.5, 1))  # noqa: S311 - spreads processes, hides nothing
        raise AssertionError("unreachable")

    async def look(self, question: Callable[[AsyncConnection], Awaitable[Result]]) -> Result:
        """Return what a function reads, tried again when the connection was lost."""
        for tried in range(TRIES):
            try:
                async with self.read() as connection:
                    return await question(connection)
            except Exception as error:
                if not passes(error) or tried == TRIES - 1:
                    raise
                await asyncio.sleep(FIRST_WAIT_SECONDS * 2**tried)
        raise AssertionError("unreachable")

    async def scrub(self) -> None:
        """Make sure that what was erased is in no file of SQLite any more; PostgreSQL has vacuum.

        The WAL is written back and emptied; secure_delete has overwritten the rest. A reader that
        holds it up for long makes the next call do it.
        """
        if self._writer is None or self.file is None:
            return
        async with self._one_writes, self._writer.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            await cursor.close()

    async def now(self) -> datetime:
        """Return the time that leases go by: PostgreSQL's own, since clocks of hosts differ."""
        if self.is_sqlite:
            return datetime.now(UTC)
        async with self.read() as connection:
            found = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
        return _utc(found)

    @asynccontextmanager
    async def _closed_if_cancelled(self, connection: AsyncConnection) -> AsyncIterator[None]:
        """Really close a connection to SQLite whose user was cancelled in the midst of a statement.

        SQLAlchemy only lets go of it then, and its thread would keep the transaction, and with it
        the lock that everybody else waits for.
        """
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        try:
            yield
        except asyncio.CancelledError:
            await _to_the_end(_close(connection, driver, is_sqlite=self.is_sqlite))
            raise

    async def _commit(self, connection: AsyncConnection) -> None:
        try:
            await connection.commit()
        except DBAPIError as error:
            await _roll_back(connection)
            if leaves_commit_open(error):
                raise CommitUnknownError("the answer to a commit was lost") from error
            raise

    def _unwritable(self, error: BaseException) -> StateUnwritableError:
        return StateUnwritableError(
            f"The state database {self.settings} can't be written: {_said(error)}."
        )


async def open_database(settings: StateSettings, *, read_only: bool = False) -> Database:
    """Open the state database; bring its schema up to date unless it is only read.

    Raises StateConfigurationError where it can't be used, NoStateError where there is none to be
    read, StateError where another process writes the SQLite file, or where the schema is newer than
    this program, or older and only to be read.
    """
    if settings.url is not None:
        engine = postgres_engine(settings)
        database = Database(settings, engine, None if read_only else engine)
    else:
        file = settings.file
        assert file is not None, "settings hold a file or a URL"  # noqa: S101 - for the type checker
        if read_only:
            if not file.exists():
                raise NoStateError(f"There is no state database {file} yet.")
            database = Database(settings, sqlite_reader(file, alone=True), None)
        else:
            prepare_folder(file)
            lock = FileLock.take(file)
            database = Database(settings, sqlite_reader(file), sqlite_writer(file), lock)
    try:
        await _check_schema(database, read_only=read_only)
    except DBAPIError as error:
        await database.close()
        raise unusable(settings, error) from error
    except BaseException:
        await database.close()
        raise
    return database


async def _check_schema(database: Database, *, read_only: bool) -> None:
    from bot.state.schema import Standing, standing

    found = await standing(database)
    if found is Standing.CURRENT:
        return
    if read_only:
        raise StateError(
            f"The state database {database.settings} is of an older daybook;"
            " start daybook serve once to bring it up to date."
        )
    from bot.state.migrating import migrate  # imports Alembic, which only this start needs

    await database.disconnect()
    await asyncio.to_thread(migrate, database.settings)


async def _roll_back(connection: AsyncConnection) -> None:
    try:
        await connection.rollback()
    except DBAPIError:
        await connection.invalidate()


async def _close(connection: AsyncConnection, driver: Any, *, is_sqlite: bool) -> None:  # noqa: ANN401 - untyped in SQLAlchemy
    if is_sqlite:
        with suppress(ValueError):  # it was closed already
            # Closed alone, it lives on while a cursor does, and its transaction with it.
            await driver.rollback()
            await driver.close()
    with suppress(DBAPIError):
        await connection.invalidate()


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Await something that must not be left half done; a cancellation counts once it has ended."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        if not task.done():
            await asyncio.wait([task])
        raise


def _said(error: BaseException) -> str:
    text = str(getattr(error, "orig", error)).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC)
