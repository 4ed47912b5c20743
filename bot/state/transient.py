"""Which errors of a database pass, which leave a commit in doubt, and which need an operator."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

_PASSES = frozenset({"40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03"})
"""SQLSTATE: serialization failure, deadlock, lock not had, statement cancelled by its time-out, too
many connections, server stops, crashed, starts
(https://www.postgresql.org/docs/current/errcodes-appendix.html)."""
_NOT_COMMITTED = frozenset({"40001", "40P01", "55P03"})
"""Of those, what a commit that failed for sure answers."""
_FULL = frozenset({"53100", "25006"})
"""SQLSTATE: disk full, read-only transaction (a replica)."""

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_UNWRITABLE = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)


def sqlite_code(error: BaseException) -> int | None:
    """Return the primary result code of SQLite, without what extends it, None for other errors."""
    original = getattr(error, "orig", error)
    original = getattr(original, "__cause__", None) or original
    code = getattr(original, "sqlite_errorcode", None)
    return None if code is None else int(code) & 0xFF


def sqlstate(error: BaseException) -> str | None:
    """Return PostgreSQL's code of an error, None where it gave none."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None)
    return None if state is None else str(state)


def is_lost(error: BaseException) -> bool:
    """Whether the connection to PostgreSQL is gone."""
    if not isinstance(error, DBAPIError) or sqlite_code(error) is not None:
        return False
    state = sqlstate(error)
    if state is None:
        return error.connection_invalidated or isinstance(error, OperationalError)
    return state.startswith("08") or state in ("57P01", "57P02", "57P03")


def passes(error: BaseException) -> bool:
    """Whether the same may succeed when it is tried again; nothing was committed."""
    if isinstance(error, PoolTimeoutError):
        return True
    code = sqlite_code(error)
    if code is not None:
        return code in _BUSY
    return sqlstate(error) in _PASSES or is_lost(error)


def leaves_commit_open(error: BaseException) -> bool:
    """Whether a commit that raised this may hold all the same.

    SQLite tells by its answer, and rolls back what it could not write. PostgreSQL may have done it
    whenever the connection broke or the server was stopped before the answer.
    """
    if sqlite_code(error) is not None or sqlstate(error) in _NOT_COMMITTED:
        return False
    return is_lost(error)


def is_unwritable(error: BaseException) -> bool:
    """Whether an operator must make room or give a right first."""
    return sqlite_code(error) in _UNWRITABLE or sqlstate(error) in _FULL
