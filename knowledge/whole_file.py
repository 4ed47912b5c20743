"""A file that is written whole or not at all: beside its place under another name, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Give the path of a temporary file that takes the place of `output` when the block ends.

    Whoever opens `output` meanwhile sees the old file or none. If the block fails nothing is left
    behind. Raises OSError where the file can't be written.
    """
    descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    os.close(descriptor)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(output)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(output: Path, content: bytes) -> None:
    """Write a file, replacing one that is there. Raises OSError where it can't be written."""
    with replacing(output) as temporary:
        temporary.write_bytes(content)
