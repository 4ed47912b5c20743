"""Fixtures for tests of the ledger: pytest_plugins = ("ledger_fixtures",) in a test file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from state_stores import opened

from bot.answering import Answering
from bot.settings import StateSettings
from bot.state.database import Database
from knowledge.library import open_library
from knowledge.packs.builtin import builtin_packs

pytest_plugins = ("state_fixtures",)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    """Give what answers out of the built-in packs."""
    answering = Answering(
        open_library(tuple(builtin_packs().values()), tmp_path_factory.mktemp("library"))
    )
    yield answering
    answering.close()


@pytest.fixture
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the loops look every tenth of a second, so that a test needs no more than that."""
    monkeypatch.setattr("bot.daily.sending.START_SECONDS", 0.0)
    for name in ("sending", "falling_due", "telling"):
        monkeypatch.setattr(f"bot.daily.{name}.POLL_SECONDS", 0.1)


@pytest_asyncio.fixture
async def database(store: StateSettings) -> AsyncIterator[Database]:
    """Give an open database of each store in turn, with its schema and no rows."""
    async with opened(store) as database:
        yield database
