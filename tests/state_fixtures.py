"""Fixtures that give state databases: pytest_plugins = ("state_fixtures",) in a test file.

Most tests get a copy of one that has its schema already, which is quicker than making it each time.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from state_stores import (
    STORES,
    EmptiedPostgres,
    fresh_postgres,
    opened,
    skip_without_postgres,
)

from bot.settings import StateSettings


async def _make_schema(settings: StateSettings) -> None:
    async with opened(settings):
        pass


@pytest.fixture(scope="session")
def file_with_schema(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file that has the schema and no rows, to be copied."""
    file = tmp_path_factory.mktemp("state") / "template.sqlite"
    asyncio.run(_make_schema(StateSettings(file=file)))
    return file


@pytest.fixture(scope="session")
def postgres_with_schema() -> Iterator[StateSettings]:
    """Give a database that has the schema and no rows, to be copied."""
    skip_without_postgres()
    with fresh_postgres() as settings:
        asyncio.run(_make_schema(settings))
        yield settings


@pytest.fixture(scope="session")
def emptied_postgres(postgres_with_schema: StateSettings) -> Iterator[EmptiedPostgres]:
    """Give what hands a database of PostgreSQL from test to test, emptied each time."""
    emptied = EmptiedPostgres(postgres_with_schema)
    yield emptied
    emptied.close()


@contextmanager
def _copied(store: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[StateSettings]:
    if store == "sqlite":
        file = folder / "state.sqlite"
        shutil.copy(request.getfixturevalue("file_with_schema"), file)
        yield StateSettings(file=file)
    else:
        yield request.getfixturevalue("emptied_postgres").give()


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateSettings]:
    """Give a database of each store in turn, with its schema and no rows."""
    with _copied(request.param, request, tmp_path) as settings:
        yield settings


@pytest.fixture
def file_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateSettings]:
    """Give a file of SQLite with its schema and no rows."""
    with _copied("sqlite", request, tmp_path) as settings:
        yield settings


@pytest.fixture
def postgres_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateSettings]:
    """Give a database of PostgreSQL with its schema and no rows."""
    with _copied("postgresql", request, tmp_path) as settings:
        yield settings


@pytest.fixture(params=STORES)
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateSettings]:
    """Give what has no schema yet: a file that is not there, an empty database of PostgreSQL."""
    if request.param == "sqlite":
        yield StateSettings(file=tmp_path / "empty.sqlite")
        return
    skip_without_postgres()
    with ExitStack() as stack:
        yield stack.enter_context(fresh_postgres())
