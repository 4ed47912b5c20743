"""Fresh state databases for tests: a file of SQLite, and a database of PostgreSQL of their own.

PostgreSQL is the one at DAYBOOK_TESTS_POSTGRES, else at 127.0.0.1:5432, user postgres, no password.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from bot.settings import Secret, StateSettings
from bot.state.database import Database, open_database
from bot.state.tables import metadata

SERVER = os.environ.get("DAYBOOK_TESTS_POSTGRES", "postgresql://postgres@127.0.0.1:5432")

STORES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""What a test of both stores runs on; on PostgreSQL with the slow tests, for it takes its time."""


def postgres_is_there() -> bool:
    """Whether a server answers; where CI is true, its absence is a failure."""
    try:
        psycopg.connect(f"{SERVER}/test", connect_timeout=3).close()
    except psycopg.OperationalError:
        if os.environ.get("CI") == "true":
            pytest.fail("there is no PostgreSQL to test on")
        return False
    return True


def skip_without_postgres() -> None:
    """Skip the test where no server answers."""
    if not postgres_is_there():
        pytest.skip("there is no PostgreSQL to test on")


@contextmanager
def fresh_postgres(template: StateSettings | None = None) -> Iterator[StateSettings]:
    """Give a new database, a copy of another one if that is given; remove it afterwards."""
    name = f"daybook_{uuid4().hex}"
    made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if template and template.url:
        copied = template.url.reveal().rpartition("/")[2]
        made = sql.SQL("{} TEMPLATE {}").format(made, sql.Identifier(copied))
    with psycopg.connect(f"{SERVER}/test", autocommit=True) as admin:
        admin.execute(made)
        try:
            yield StateSettings(url=Secret(f"{SERVER}/{name}"))
        finally:
            admin.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


class EmptiedPostgres:
    """A database that has the schema, given to one test after another with its tables empty.

    Making and dropping one for each test takes most of a second where disks are slow. What a test
    did to the schema, or a session that still holds a lock, costs the next one a new database.
    """

    def __init__(self, template: StateSettings) -> None:
        """Take the database that new ones are copied from."""
        self._template = template
        self._stack = ExitStack()
        self._settings: StateSettings | None = None
        self._made = self._shape(template)

    def give(self) -> StateSettings:
        """Return an empty database; what an earlier test left is gone."""
        if self._settings is None or not self._is_emptied(self._settings):
            self.close()
            self._settings = self._stack.enter_context(fresh_postgres(self._template))
        return self._settings

    def close(self) -> None:
        """Remove the database."""
        self._settings = None
        self._stack.close()

    def _is_emptied(self, settings: StateSettings) -> bool:
        try:
            if self._shape(settings) != self._made:
                return False
            with psycopg.connect(_url(settings), autocommit=True) as connection:
                connection.execute("SET lock_timeout = '2s'")
                names = sql.SQL(", ").join(map(sql.Identifier, metadata.tables))
                connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
        except psycopg.Error:
            return False
        return True

    @staticmethod
    def _shape(settings: StateSettings) -> list[tuple[object, ...]]:
        """Return every column and index, the version, and no other session: all of a test's traces.

        A session that a killed process left may write still.
        """
        with psycopg.connect(_url(settings), autocommit=True) as connection:
            columns = connection.execute(
                "SELECT table_name, column_name, data_type, is_nullable FROM"
                " information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
            ).fetchall()
            indices = connection.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
            ).fetchall()
            versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            others = connection.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).fetchall()
        return [*columns, *indices, *versions, *others]


def _url(settings: StateSettings) -> str:
    assert settings.url is not None
    return settings.url.reveal()


@asynccontextmanager
async def opened(settings: StateSettings) -> AsyncIterator[Database]:
    """Open a database and close it again."""
    database = await open_database(settings)
    try:
        yield database
    finally:
        await database.close()
