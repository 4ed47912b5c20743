"""Bringing a schema up to date: each step in one transaction, a SQLite file backed up before.

Imported only where a schema is behind, since Alembic costs 20 MiB and 0.2 s. A process that is
killed anywhere leaves the schema before or after a step, and the next start goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError

from bot.settings import StateSettings
from bot.state.engines import BUSY_MILLISECONDS, CONNECT_SECONDS, postgres_url, unusable
from bot.state.faults import StateError
from bot.state.file_copies import copy_before, forget_copies
from bot.state.schema import Standing, compare
from bot.state.tables import metadata

logger = logging.getLogger("daybook.state")

FOLDER = Path(__file__).parent / "migrations"

ADVISORY_LOCK = 0x6461_7962_6F6F_6B31
"""Held in PostgreSQL by whoever migrates: "daybook1"."""


def migrate(settings: StateSettings) -> None:
    """Run each step that a database lacks; raises StateError where it can't be done.

    A SQLite file must be locked by this process (lock.py).
    """
    engine = migration_engine(settings)
    try:
        while step(engine, settings):
            pass
    except DBAPIError as error:
        raise unusable(settings, error) from error
    finally:
        engine.dispose()


def migration_engine(settings: StateSettings) -> Engine:
    """Return an engine whose foreign keys are off: a rebuilt parent would empty its children."""
    if settings.file is None:
        return create_engine(
            postgres_url(settings),
            connect_args={"prepare_threshold": None, "connect_timeout": CONNECT_SECONDS},
        )
    engine = create_engine(URL.create("sqlite", database=str(settings.file)))

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = OFF",
            "secure_delete = ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def step(engine: Engine, settings: StateSettings) -> bool:
    """Run the next step, and return whether there was one."""
    with engine.begin() as connection:
        if settings.file is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        version = MigrationContext.configure(connection).get_current_revision()
        if compare(version, str(settings)) is Standing.CURRENT:
            return False
        if version is None:
            _refuse_others(connection, settings)
        elif settings.file is not None:
            copy_before(settings.file, version, datetime.now(UTC))
        target = next(_after(version))
        level = logging.DEBUG if version is None else logging.INFO  # a new file is no news
        logger.log(level, "the state database gets schema %s", target)
        config = Config()
        config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        _check_foreign_keys(connection)
    if settings.file is not None:
        forget_copies(settings.file, datetime.now(UTC))
    return True


def _after(version: str | None) -> Iterator[str]:
    """Yield the steps after a version, in order."""
    steps = [found.revision for found in ScriptDirectory(str(FOLDER)).walk_revisions()]
    steps.reverse()
    yield from steps[steps.index(version) + 1 if version else 0 :]


def _refuse_others(connection: Connection, settings: StateSettings) -> None:
    """Leave a database alone that holds another program's tables of our names."""
    names = set(inspect(connection).get_table_names())
    taken = names & set(metadata.tables) if settings.file is None else names - {"alembic_version"}
    if taken:
        raise StateError(
            f"The state database {settings} holds tables of another program"
            f" ({', '.join(sorted(taken)[:3])}); nothing was changed. Name another one."
        )


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise StateError(
            f"A step of the schema would have broken {len(broken)} rows; it was undone."
        )
