"""Copies of a SQLite file: made while others use it, checked, and forgotten in time.

A file that is only copied may lack what its WAL holds, or be torn; SQLite's backup reads one
consistent state (https://sqlite.org/backup.html).
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

KEPT = 3
KEPT_FOR = timedelta(days=30)
"""A copy holds what was erased since; so none is older."""

_COPY = re.compile(r"\.before-(?P<what>[a-z0-9]+)-(?P<at>[0-9]{8}T[0-9]{6})Z$")
_BUSY_SECONDS = 5.0


def copy_file(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, all or nothing; a file of that name is replaced.

    Raises sqlite3.Error or OSError.
    """
    being_made = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        being_made.touch(mode=0o600)
        with (
            closing(sqlite3.connect(read_only(source), uri=True, timeout=_BUSY_SECONDS)) as read,
            closing(sqlite3.connect(being_made)) as written,
        ):
            read.backup(written)
            # A copy of one file: without this it says that it has a WAL.
            written.execute("PRAGMA journal_mode = DELETE")
        with being_made.open("rb+") as file:
            os.fsync(file.fileno())
        being_made.replace(target)
        sync_folder(target.parent)
    finally:
        being_made.unlink(missing_ok=True)


def copy_before(file: Path, what: str, now: datetime) -> Path:
    """Copy a database beside it before something is done to it, and return the copy."""
    target = file.with_name(f"{file.name}.before-{what}-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z")
    copy_file(file, target)
    return target


def copies(file: Path) -> list[tuple[datetime, Path]]:
    """Return the copies that lie beside a database and when each was made, the newest first."""
    found = []
    for path in file.parent.glob(f"{file.name}.before-*"):
        name = _COPY.search(path.name)
        if name and path.name == f"{file.name}{name[0]}":
            made = datetime.strptime(name["at"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
            found.append((made, path))
    return sorted(found, reverse=True)


def forget_copies(file: Path, now: datetime) -> None:
    """Remove all copies but the last KEPT, and each that is older than KEPT_FOR."""
    for number, (made, path) in enumerate(copies(file)):
        if number >= KEPT or now - made > KEPT_FOR:
            path.unlink(missing_ok=True)


def what_is_wrong(file: Path) -> str | None:
    """Return what is wrong with a database file, None where nothing is."""
    try:
        with closing(sqlite3.connect(read_only(file), uri=True)) as connection:
            connection.text_factory = bytes  # what is damaged may be no text
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        return str(error)
    except UnicodeDecodeError:  # sqlite3 reads its own messages so, too
        return "its schema is no text"
    if found != b"ok":
        return ascii(found.decode("ascii", "replace").strip())
    return "rows refer to others that are missing" if broken else None


def read_only(file: Path) -> str:
    """Return the name by which SQLite opens a file to read it."""
    return f"file:{quote(str(file.absolute()))}?mode=ro"


def sync_folder(folder: Path) -> None:
    """Make sure that a name in a folder lasts; Windows keeps it without."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
