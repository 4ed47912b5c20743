"""Fresh state databases for tests: a file of SQLite, and a database of PostgreSQL of their own.

PostgreSQL is the one at DAYBOOK_TESTS_POSTGRES, else at 127.0.0.1:5432, user postgres, no password.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
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


def fresh_store(store: str, folder: Path) -> Iterator[StateSettings]:
    """Yield the settings of an empty database, and remove it afterwards."""
    if store == "sqlite":
        yield StateSettings(file=folder / "state.sqlite")
        return
    if not postgres_is_there():
        pytest.skip("there is no PostgreSQL to test on")
    name = f"daybook_{uuid4().hex}"
    with psycopg.connect(f"{SERVER}/test", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield StateSettings(url=Secret(f"{SERVER}/{name}"))
        finally:
            admin.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateSettings]:
    """Give an empty database of each store in turn. Import it where it is used."""
    yield from fresh_store(request.param, tmp_path)


@pytest.fixture
def file_store(tmp_path: Path) -> StateSettings:
    """Give a file of SQLite that is not there yet."""
    return StateSettings(file=tmp_path / "state.sqlite")


@pytest.fixture
def postgres_store(tmp_path: Path) -> Iterator[StateSettings]:
    """Give an empty database of PostgreSQL."""
    yield from fresh_store("postgresql", tmp_path)


@asynccontextmanager
async def opened(settings: StateSettings) -> AsyncIterator[Database]:
    """Open a database and close it again."""
    database = await open_database(settings)
    try:
        yield database
    finally:
        await database.close()
