"""The file that knowledge is kept in: what marks it as ours, and whether it is whole.

The file is opened `mode=ro&immutable=1` (https://www.sqlite.org/uri.html): nothing locks it, and
any number of processes share it. A new one replaces it by a rename, never by a write.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

FORMAT = "4"
"""The version of the knowledge file. Raise it with every change of schema.sql."""

APPLICATION_ID = 0x44617962
"""Marks a SQLite file as ours ("Dayb"): https://www.sqlite.org/pragma.html#pragma_application_id"""


class NotAKnowledgeFileError(Exception):
    """A file that is no knowledge file of this version, with a sentence for its owner."""


def schema() -> str:
    """Return the SQL that makes the tables of a knowledge file."""
    return files("knowledge").joinpath("schema.sql").read_text("utf-8")


_SQLITE_MAGIC = b"SQLite format 3\0"
_HEADER_LENGTH = 100


def is_knowledge_file(path: Path) -> bool:
    """Whether a file is a SQLite database, and so meant as a knowledge file and not as a pack."""
    return _header(path).startswith(_SQLITE_MAGIC)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER_LENGTH)
    except OSError:
        return b""


def _is_whole(path: Path) -> bool:
    """Whether a file is as long as its header says: one that was cut off in copying isn't.

    https://www.sqlite.org/fileformat2.html#the_database_header gives the two numbers' places.
    """
    header = _header(path)
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    return path.stat().st_size == pages * (65536 if page_size == 1 else page_size)


def connected(path: Path) -> sqlite3.Connection:
    """Return a connection that reads a knowledge file.

    Raises NotAKnowledgeFileError where it is missing, is something else or has another format.
    """
    if not is_knowledge_file(path):
        raise NotAKnowledgeFileError(f"{path} is no knowledge file of Daybook")
    if not _is_whole(path):
        raise NotAKnowledgeFileError(f"{path} is damaged; build it again with daybook build")
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1",
            uri=True,
            check_same_thread=False,
        )
        try:
            _check_version(connection, path)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise NotAKnowledgeFileError(f"{path} can't be read as a knowledge file: {error}") from None
    return connection


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise NotAKnowledgeFileError(f"{path} is no knowledge file of Daybook")
    found = connection.execute("SELECT value FROM meta WHERE name = 'format'").fetchone()
    if found != (FORMAT,):
        raise NotAKnowledgeFileError(
            f"{path} was built by another version of Daybook; build it again with daybook build"
        )
