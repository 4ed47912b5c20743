"""Fresh state databases for tests: a file of SQLite, and a database of PostgreSQL of their own.

PostgreSQL is the one at DAYBOOK_TESTS_POSTGRES, else at 127.0.0.1:5432, user postgres, no password.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from bot.settings import Secret, StateSettings
from bot.state.database import Database, open_database

SERVER = os.environ.get("DAYBOOK_TESTS_POSTGRES", "postgresql://postgres@127.0.0.1:5432")

STORES = ("sqlite", "postgresql")


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


@asynccontextmanager
async def opened(settings: StateSettings) -> AsyncIterator[Database]:
    """Open a database and close it again."""
    database = await open_database(settings)
    try:
        yield database
    finally:
        await database.close()
