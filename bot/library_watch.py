"""While the bot runs: notices packs that were replaced, opens the new library, hands it over.

A look costs a few system calls. Only where a file's time, size or place has changed is its content
read, and only where that has changed is the library opened, in a thread, so that answers go on.
What changed a moment ago may still be half copied: it is opened once it has kept still for a look.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from knowledge.library import FaultyPacksError, fingerprint_of, open_library
from knowledge.packs.file_names import edits_file_of
from knowledge.store import Store

logger = logging.getLogger("daybook.library")

LOOK_SECONDS = 10.0
"""Between two looks; with MOST_UNSTILL of them a change is opened within a minute."""

MOST_UNSTILL = 3
"""Looks after which files that change again and again are opened nevertheless."""

Signature = tuple[tuple[str, int, int, int], ...]


async def _wait() -> None:
    await asyncio.sleep(LOOK_SECONDS)


class LibraryWatch:
    """Watches the files of a library. Make it before the library is opened, so as to miss nothing.

    `opened` is given each new store and closes the old one; `broken` is called for each change that
    could not be used, after the one warning in the log.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        cache: Path | None,
        opened: Callable[[Store], Awaitable[None]],
        broken: Callable[[], None] = lambda: None,
        wait: Callable[[], Awaitable[None]] = _wait,
    ) -> None:
        """Take the packs, where built ones are kept, and what is done with a new store."""
        self._paths = tuple(paths)
        self._cache = cache
        self._opened = opened
        self._broken = broken
        self._wait = wait
        self._used = signature_of(self._paths)
        self._seen = self._used
        self._unstill = 0
        self._fingerprint: str | None = None

    async def run(self) -> None:
        """Look, wait, look; until it is cancelled."""
        while True:
            try:
                await self.look()
            except Exception:
                logger.exception("the library could not be looked after")
            await self._wait()

    async def look(self) -> None:
        """Look once; return when the new library, if there is one, has been handed over."""
        now = await asyncio.to_thread(signature_of, self._paths)
        if now == self._used:
            self._seen, self._unstill = now, 0
            if self._fingerprint is None:
                self._fingerprint = await asyncio.to_thread(fingerprint_of, self._paths)
            return
        if now != self._seen and self._unstill < MOST_UNSTILL:
            self._seen = now
            self._unstill += 1
            return
        self._seen = self._used = now
        self._unstill = 0
        fingerprint = await asyncio.to_thread(fingerprint_of, self._paths)
        if fingerprint != self._fingerprint:
            await self._take(fingerprint)

    async def _take(self, fingerprint: str) -> None:
        try:
            store = await asyncio.to_thread(_open_and_check, self._paths, self._cache)
        except FaultyPacksError as error:
            first, *more = error.complaints
            rest = f" (and {len(more)} more; daybook check names all)" if more else ""
            logger.warning("a changed pack is left out, the old one stays: %s%s", first, rest)
            self._broken()
            return
        except Exception:
            logger.exception("a changed library could not be opened, the old one stays")
            self._broken()
            return
        try:
            await self._opened(store)
        except Exception:
            store.close()
            logger.exception("a changed library could not be taken, the old one stays")
            self._broken()
            return
        self._fingerprint = fingerprint
        logger.info("the library was replaced")


def signature_of(paths: Sequence[Path]) -> Signature:
    """Return the name, place, time and size of every file; one that is missing has none of them."""
    return tuple(_stat_of(file) for path in paths for file in _files_of(path))


def _files_of(path: Path) -> list[Path]:
    try:
        inside = sorted(path.iterdir())
    except OSError:  # a file, or not there
        inside = []
    return [path, *inside, edits_file_of(path)]


def _stat_of(file: Path) -> tuple[str, int, int, int]:
    try:
        found = file.stat()
    except OSError:
        return (str(file), 0, 0, 0)
    return (str(file), found.st_ino, found.st_mtime_ns, found.st_size)


def _open_and_check(paths: Sequence[Path], cache: Path | None) -> Store:
    """Open a library, and read a little of it: a file may be damaged behind its first page."""
    store = open_library(paths, cache)
    try:
        store.pack_summaries  # noqa: B018 - read for its errors
        store.suggest("a", limit=1)
    except BaseException:
        store.close()
        raise
    return store
