"""How each store is connected to: pragmas of SQLite, time-outs of PostgreSQL, and what is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.settings import StateSettings
from bot.state.faults import StateConfigurationError, StateError
from bot.state.file_system import network_file_system
from bot.state.transient import sqlite_code, sqlstate

BUSY_MILLISECONDS = 5_000
LARGEST_WAL = 64 * 1024 * 1024
"""Bytes to which a WAL is cut after a checkpoint that a long reader held up."""

READERS = 2
POOL = 4
"""Connections to PostgreSQL."""
POOL_SECONDS = 10
CONNECT_SECONDS = 10
APPLICATION_NAME = "daybook"
"""By which PostgreSQL lists our connections."""

WRITER_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # NORMAL may lose commits when the power fails
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten
    f"PRAGMA journal_size_limit = {LARGEST_WAL}",
)
READER_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
    "PRAGMA query_only = ON",
)

TIME_OUTS = (
    "SET LOCAL statement_timeout = '30s'; SET LOCAL lock_timeout = '5s';"
    " SET LOCAL idle_in_transaction_session_timeout = '30s'"
)
"""Set in each transaction: PgBouncer passes on no options of a connection
(https://www.pgbouncer.org/features.html)."""


def sqlite_writer(file: Path) -> AsyncEngine:
    """Return the engine with the one connection that writes.

    BEGIN takes the lock at once: what reads first and writes later can't be tried again
    (SQLITE_BUSY_SNAPSHOT, https://sqlite.org/rescode.html).
    """
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(file)), pool_size=1, max_overflow=0
    )
    _prepare_sqlite(engine, WRITER_PRAGMAS, "BEGIN IMMEDIATE")
    return engine


def sqlite_reader(file: Path, *, alone: bool = False) -> AsyncEngine:
    """Return an engine that only reads; `alone`: in a process that has no writer.

    Such a one opens the file read-only, so that it makes no checkpoint beside the writer's when it
    closes.
    """
    url = URL.create("sqlite+aiosqlite", database=str(file))
    if alone:
        name = f"file:{quote(str(file.absolute()))}"
        url = URL.create("sqlite+aiosqlite", database=name, query={"mode": "ro", "uri": "true"})
    engine = create_async_engine(url, pool_size=READERS, max_overflow=0)
    _prepare_sqlite(engine, READER_PRAGMAS, "BEGIN")
    return engine


def _prepare_sqlite(engine: AsyncEngine, pragmas: tuple[str, ...], begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        # Python begins no transaction by itself, so that DDL and BEGIN are where they are written.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def postgres_url(settings: StateSettings) -> URL:
    """Return the URL for psycopg 3."""
    assert settings.url is not None, "these are settings of PostgreSQL"  # noqa: S101 - for the type checker
    return make_url(settings.url.reveal()).set(drivername="postgresql+psycopg")


def postgres_engine(settings: StateSettings) -> AsyncEngine:
    """Return the engine of PostgreSQL; raises StateConfigurationError without its library."""
    try:
        engine = create_async_engine(
            postgres_url(settings),
            pool_size=POOL,
            max_overflow=0,
            pool_timeout=POOL_SECONDS,
            connect_args={
                "prepare_threshold": None,  # PgBouncer
                "connect_timeout": CONNECT_SECONDS,
                "application_name": APPLICATION_NAME,
            },
        )
    except ImportError:
        raise StateConfigurationError(
            "DAYBOOK_STATE: PostgreSQL needs a library; install daybook-bot[postgres]."
        ) from None

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(TIME_OUTS)

    return engine


def prepare_folder(file: Path) -> None:
    """Make the folder of a SQLite file; raises StateConfigurationError where it can't be used."""
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateConfigurationError(
            f"DAYBOOK_STATE: the folder {folder} can't be made ({error.strerror})."
        ) from None
    if file.is_dir():
        raise StateConfigurationError(f"DAYBOOK_STATE: {file} is a folder; name a file in it.")
    kind = network_file_system(folder)
    if kind:
        raise StateConfigurationError(
            f"DAYBOOK_STATE: {file} lies on a network file system ({kind}), which can damage it;"
            " choose a file on a local disk, or PostgreSQL."
        )
    if not os.access(folder, os.W_OK) or (file.exists() and not os.access(file, os.W_OK)):
        raise StateConfigurationError(
            f"DAYBOOK_STATE: {file} or its folder can't be written;"
            " make both writable for the user that runs daybook."
        )
    # Its WAL gets the same rights; ids of people are nobody else's business.
    file.touch(mode=0o600)


def unusable(settings: StateSettings, error: BaseException) -> StateError:
    """Return what is said where a database can't be opened; never a part of the password."""
    said = str(getattr(error, "orig", error)).strip().splitlines() or [type(error).__name__]
    reason = said[0].rstrip(".")
    for secret in settings.secrets:
        reason = reason.replace(secret.reveal(), "***")
    if sqlite_code(error) in (11, 26):  # SQLITE_CORRUPT, SQLITE_NOTADB
        return StateConfigurationError(
            f"DAYBOOK_STATE: {settings.file} is damaged or no SQLite database ({reason});"
            " daybook restore takes a backup."
        )
    if sqlstate(error) in ("28P01", "28000", "3D000", "42501"):
        return StateConfigurationError(f"DAYBOOK_STATE: PostgreSQL refuses: {reason}.")
    return StateError(f"The state database {settings} can't be opened: {reason}.")
