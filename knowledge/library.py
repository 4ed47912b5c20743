"""The library: packs and knowledge files, merged into one store and kept built between starts.

What is built is kept in a cache folder under a name made from the content of the packs, the schema
and the version of the builder, so that a change of any of them makes another file. Where the folder
can't be written, the library is built in memory.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from knowledge.knowledge_file import FORMAT, NotAKnowledgeFileError, is_knowledge_file, schema
from knowledge.packs.file_names import edits_file_of
from knowledge.store import Store, open_store

BUILDER = "2"
"""Raise it when the builder writes the same packs differently."""

KEPT_SECONDS = 30 * 24 * 3600
"""How long a built file that is no longer used stays in the cache: 30 days."""

MARKED_SECONDS = 24 * 3600
"""A file is marked as used where its mark is older than this."""


class FaultyPacksError(Exception):
    """Packs that can't be used; the complaints are one a line."""

    def __init__(self, complaints: Iterable[object]) -> None:
        """Take complaints that are sentences when turned into text."""
        self.complaints = tuple(str(complaint) for complaint in complaints)
        super().__init__("\n".join(self.complaints))


def open_library(paths: Sequence[Path], cache: Path | None) -> Store:
    """Return one store of packs and knowledge files.

    A single knowledge file is opened as it is. Raises FaultyPacksError for packs with complaints
    and for files that are no knowledge file of this version.
    """
    if len(paths) == 1 and is_knowledge_file(paths[0]):
        try:
            return open_store(paths[0])
        except NotAKnowledgeFileError as error:
            raise FaultyPacksError([error]) from None
    if cache is None:
        return _in_memory(paths)
    fingerprint = fingerprint_of(paths)
    built = cache / f"knowledge-{fingerprint[:32]}.sqlite"
    try:
        store = open_store(built)
    except NotAKnowledgeFileError:
        pass  # not built yet, or damaged: build it
    else:
        _mark_used(built)
        return store
    try:
        cache.mkdir(parents=True, exist_ok=True)
        build_library(paths, built, fingerprint)
        _forget_unused(cache, keep=built)
        return open_store(built)
    except (OSError, sqlite3.Error, NotAKnowledgeFileError):
        return _in_memory(paths)


def build_library(paths: Sequence[Path], output: Path, fingerprint: str = "") -> None:
    """Write packs and knowledge files into one knowledge file.

    Raises FaultyPacksError, and OSError or sqlite3.Error where it can't be written.
    """
    from knowledge.build import build  # a start with a built file needs neither builder nor loader
    from knowledge.packs.merge import read_packs
    from knowledge.packs.uniting import united

    build(united(read_packs(paths)).packs, output, fingerprint)


def _in_memory(paths: Sequence[Path]) -> Store:
    from knowledge.build import build_in_memory
    from knowledge.packs.merge import read_packs
    from knowledge.packs.uniting import united

    return Store(build_in_memory(united(read_packs(paths)).packs))


def fingerprint_of(paths: Sequence[Path]) -> str:
    """Return a hash of all that a built library depends on. An unreadable file counts as empty."""
    digest = hashlib.sha256(f"{FORMAT} {BUILDER} {schema()}".encode())
    for path in paths:
        for file in _files_of(path):
            try:
                content = file.read_bytes()
            except OSError:
                content = b""
            digest.update(f"\0{path.name}/{file.name}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()


def _files_of(path: Path) -> list[Path]:
    edits = edits_file_of(path)
    beside = [edits] if edits.is_file() else []
    return [*(sorted(path.iterdir()) if path.is_dir() else [path]), *beside]


def _forget_unused(cache: Path, keep: Path) -> None:
    """Delete built files that nobody has used for long, and what was left by builds that died."""
    for file in (*cache.glob("knowledge-*.sqlite"), *cache.glob(".knowledge-*.sqlite.*")):
        with suppress(OSError):  # another start may be forgetting it, too
            if file != keep and time.time() - file.stat().st_mtime > KEPT_SECONDS:
                file.unlink()


def _mark_used(built: Path) -> None:
    """Set a file's time to now, at most once a day, so that no build of another one forgets it."""
    with suppress(OSError):
        if time.time() - built.stat().st_mtime > MARKED_SECONDS:
            os.utime(built)
