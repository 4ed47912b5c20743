"""Backups: one file of SQLite, whichever store it is of, complete and checked; and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from bot.settings import StateSettings
from bot.state.copying import copy_rows, empty_tables
from bot.state.database import Database, open_database
from bot.state.engines import APPLICATION_NAME, prepare_folder, unusable
from bot.state.faults import NoStateError, StateError
from bot.state.file_copies import copy_before, copy_file, read_only, sync_folder, what_is_wrong
from bot.state.lock import SUFFIX, FileLock
from bot.state.schema import compare
from bot.state.settling import settle_restored

SIDECARS = ("-wal", "-shm", "-journal")
_HEADER = b"SQLite format 3\0"
_WAL_FORMAT = 2
"""Bytes 18 and 19 of a file that has a WAL (https://sqlite.org/fileformat2.html, 1.3.3)."""


async def back_up(settings: StateSettings, target: Path) -> None:
    """Write a backup while the bot may be running; a file of that name is replaced at the end.

    Raises StateError, and leaves no file, where it can't be read or written.
    """
    file = settings.file
    if file is not None and not file.exists():
        raise NoStateError(f"There is no state database {file} yet, so nothing to back up.")
    if file is not None and target.absolute() in _files_of(file):
        raise StateError(f"{target} is the state database itself; name another file.")
    try:
        if file is not None:
            copy_file(file, target)
        else:
            await _copy_postgres(settings, target)
    except (OSError, sqlite3.Error) as error:
        raise StateError(f"The backup {target} can't be written: {_said(error)}.") from error
    wrong = what_is_wrong(target)
    if wrong:
        target.unlink()
        raise StateError(f"The state database {settings} is damaged: {wrong}.")


async def restore(
    settings: StateSettings, source: Path, now: datetime, *, is_plain_copy: bool = False
) -> tuple[Path | None, int]:
    """Put a backup in the place of what is there, all or nothing.

    Return the file that keeps what was there, if anything was, and how many posts are of unknown
    end for it. Raises StateError where the bot is running, or the backup is none, damaged, newer,
    or (unless `is_plain_copy`) a file that was copied without SQLite.
    """
    version = _check(source, is_plain_copy=is_plain_copy)
    compare(version, str(source))
    if settings.file is not None:
        return await _restore_file(settings.file, source, now)
    return await _restore_postgres(settings, source, now)


def _check(source: Path, *, is_plain_copy: bool) -> str:
    """Return the schema's version of a backup; raises StateError where it can't be used."""
    try:
        with source.open("rb") as file:
            header = file.read(20)
    except OSError as error:
        raise StateError(f"The backup {source} can't be read: {error.strerror}.") from None
    if not header.startswith(_HEADER) or len(header) < 20:
        raise StateError(f"{source} is no backup of daybook.")
    if header[18] == _WAL_FORMAT and not is_plain_copy:
        raise StateError(
            f"{source} is a plain copy of a database in use, which may lack its last changes or be"
            " torn; take a file made by daybook backup, or add --plain-copy to take it anyway."
        )
    wrong = what_is_wrong(source)
    if wrong:
        raise StateError(f"The backup {source} is damaged: {wrong}. Nothing was changed.")
    try:
        with closing(sqlite3.connect(read_only(source), uri=True)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT id FROM place LIMIT 1").fetchone()
    except sqlite3.Error:
        row = None
    if not row:
        raise StateError(f"{source} is no backup of daybook.")
    return str(row[0])


async def _restore_file(file: Path, source: Path, now: datetime) -> tuple[Path | None, int]:
    if source.absolute() in _files_of(file):
        raise StateError(f"{source} is the state database itself; name a backup.")
    prepare_folder(file.parent / f"{file.name}{SUFFIX}")
    lock = FileLock.take(file)
    made = file.with_name(f".{file.name}.{os.getpid()}.restored")
    try:
        copy_file(source, made)
        async with await open_database(StateSettings(file=made)) as database:
            settled = await database.run(lambda connection: settle_restored(connection, now))
            await database.scrub()
        kept = _keep(file, now) if file.exists() and file.stat().st_size else None
        made.replace(file)
        sync_folder(file.parent)
    except (OSError, sqlite3.Error) as error:
        raise StateError(f"The state database {file} can't be written: {_said(error)}.") from error
    finally:
        for path in _files_of(made):
            path.unlink(missing_ok=True)
        lock.release()
    return kept, settled


def _keep(file: Path, now: datetime) -> Path:
    """Keep what is there, and leave nothing beside it that would be taken for the new file's.

    A WAL that stays would be written over the restored pages.
    """
    try:
        kept = copy_before(file, "restore", now)
        with closing(sqlite3.connect(file)) as connection:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StateError(f"The state database {file} is read by another process; try again.")
    except sqlite3.Error:
        # Too damaged for SQLite, which may be why it is restored: its bytes are kept.
        kept = file.with_name(f"{file.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z")
        shutil.copy2(file, kept)
        for ending in SIDECARS:
            with suppress(FileNotFoundError):
                shutil.copy2(f"{file}{ending}", f"{kept}{ending}")
    for ending in SIDECARS:
        Path(f"{file}{ending}").unlink(missing_ok=True)
    return kept


async def _restore_postgres(
    settings: StateSettings, source: Path, now: datetime
) -> tuple[Path | None, int]:
    kept = source.with_name(f"{source.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z")
    async with await open_database(settings) as database:
        async with database.read() as connection:
            running = await connection.scalar(
                text(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = :name"
                    " AND datname = current_database() AND pid <> pg_backend_pid()"
                ),
                {"name": APPLICATION_NAME},
            )
        if running:
            raise StateError(
                f"The state database {settings} is in use by another daybook process;"
                " stop that one first."
            )
        await back_up(settings, kept)
        made = source.with_name(f".{source.name}.{os.getpid()}.restored")
        copy_file(source, made)
        try:
            # Its schema is brought up to date first, so that its rows fit.
            async with await open_database(StateSettings(file=made)):
                pass
            settled = await _take_over(database, made, now)
        finally:
            for path in _files_of(made):
                path.unlink(missing_ok=True)
    return kept, settled


async def _take_over(database: Database, made: Path, now: datetime) -> int:
    engine = _sqlite(made)
    try:
        async with database.write() as connection:
            await connection.run_sync(empty_tables)
            with engine.connect() as source:
                await connection.run_sync(lambda target: copy_rows(source, target))
            return await settle_restored(connection, now)
    finally:
        engine.dispose()


async def _copy_postgres(settings: StateSettings, target: Path) -> None:
    """Write all rows, as they are at one moment, to a file of SQLite."""
    made = target.with_name(f".{target.name}.{os.getpid()}.rows")
    engine = _sqlite(made)
    try:
        async with await open_database(StateSettings(file=made)):
            pass
        async with (
            await open_database(settings, read_only=True) as database,
            database.read() as connection,
        ):
            with engine.begin() as written:
                await connection.run_sync(lambda source: _copied(source, written))
        engine.dispose()
        copy_file(made, target)
    except DBAPIError as error:
        raise unusable(settings, error) from error
    finally:
        engine.dispose()
        for path in _files_of(made):
            path.unlink(missing_ok=True)


def _copied(source: Connection, target: Connection) -> None:
    copied = copy_rows(source, target)
    for table, count in copied.items():
        found = target.execute(select(func.count()).select_from(text(table))).scalar_one()
        if found != count:
            raise StateError(f"The backup has {found} rows of {table} instead of {count}.")


def _sqlite(file: Path) -> Engine:
    return create_engine(URL.create("sqlite", database=str(file)))


def _files_of(file: Path) -> tuple[Path, ...]:
    file = file.absolute()
    return (file, *(Path(f"{file}{ending}") for ending in (*SIDECARS, SUFFIX)))


def _said(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)
