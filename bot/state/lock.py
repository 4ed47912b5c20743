"""One process that writes a SQLite file: a lock on a file beside it, which dies with the process.

Below SQLite 3.51.3 two connections that write and checkpoint a WAL at once can damage it
(https://sqlite.org/wal.html, the WAL-reset bug), so there is one writing connection.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Self

from bot.state.faults import StateConfigurationError, StateError

SUFFIX = ".lock"


class FileLock:
    """Held from `take` to `release`. The system drops it when the process ends in any way."""

    def __init__(self, descriptor: int) -> None:
        """Take the open file that is locked."""
        self._descriptor = descriptor

    @classmethod
    def take(cls, file: Path) -> Self:
        """Lock a database's file; raises StateError where another process has it."""
        path = file.with_name(file.name + SUFFIX)
        try:
            # Not inheritable (PEP 446), so that no child keeps the lock.
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StateConfigurationError(
                f"DAYBOOK_STATE: the folder {file.parent} can't be written ({error.strerror});"
                " make it writable for the user that runs daybook."
            ) from None
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            raise StateError(
                f"The state database {file} is in use by another daybook process;"
                " stop that one first."
            ) from None
        return cls(descriptor)

    def release(self) -> None:
        """Let others have it. The file stays: removing it would let two hold two of one name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def is_locked(file: Path) -> bool:
    """Whether a process holds the lock of a database's file."""
    path = file.with_name(file.name + SUFFIX)
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:  # nobody has ever locked it, or may here
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
