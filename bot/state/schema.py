"""How a database's schema stands to this program's: one row is read, and no Alembic is imported."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.state.faults import StateError
from bot.state.tables import HEAD
from bot.state.transient import sqlite_code, sqlstate

if TYPE_CHECKING:
    from bot.state.database import Database

SQLITE_ERROR = 1
"""What SQLite answers, among others, where there is no such table."""


class Standing(Enum):
    """Whether migrations are to be run."""

    CURRENT = auto()
    BEHIND = auto()
    MISSING = auto()


async def standing(database: Database) -> Standing:
    """Return how a database stands; raises StateError where it is newer than this program."""
    try:
        async with database.read() as connection:
            found = (
                await connection.execute(text("SELECT version_num FROM alembic_version"))
            ).scalar_one_or_none()
    except DBAPIError as error:
        if sqlstate(error) == "42P01" or sqlite_code(error) == SQLITE_ERROR:
            return Standing.MISSING
        raise
    return compare(None if found is None else str(found), str(database.settings))


def compare(version: str | None, shown: str) -> Standing:
    """Return how a version stands to HEAD; versions are numbers of four digits, so they sort."""
    if version is None:
        return Standing.MISSING
    if version > HEAD:
        raise StateError(
            f"The state database {shown} was written by a newer daybook (schema {version}, this"
            f" one knows {HEAD}); nothing was changed. Install the newer version again, or restore"
            " a backup made by this one."
        )
    return Standing.CURRENT if version == HEAD else Standing.BEHIND
