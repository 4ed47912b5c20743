"""Real processes on one state database: one that writes, and what a kill at any moment leaves."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from processes import ROOT
from state_stores import opened

from bot.settings import StateSettings
from bot.state.database import open_database
from bot.state.faults import StateError
from bot.state.file_copies import what_is_wrong
from bot.state.lock import FileLock, is_locked

pytest_plugins = ("state_fixtures",)

WRITER = """
import asyncio, sys
from pathlib import Path
from sqlalchemy import insert
from bot.settings import StateSettings
from bot.state.database import open_database
from bot.state.tables import place

async def main():
    database = await open_database(StateSettings(file=Path(sys.argv[1])))
    number = int(sys.argv[2])
    print("open", flush=True)

    def adding(chat):
        row = {"platform": "telegram", "chat": chat, "kind": "x" * 500}
        return lambda connection: connection.execute(insert(place).values(row))

    while True:
        chats = list(range(number, number + 5))
        await asyncio.gather(*(database.run(adding(chat)) for chat in chats))
        number += 5
        print(number, flush=True)

asyncio.run(main())
"""
PATIENCE = 20


@contextmanager
def writer(file: Path, number: int = 0) -> Iterator[subprocess.Popen[str]]:
    """Start a process that commits numbers from one on, and prints how far they are committed."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), str(number)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


# -- the lock -------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_second_process_is_told_which_file_is_in_use(file_store: StateSettings) -> None:
    assert file_store.file
    with writer(file_store.file) as process:
        assert first_line(process) == "open"
        with pytest.raises(StateError) as raised:
            await open_database(file_store)
    assert str(file_store.file) in raised.value.message
    assert raised.value.message.count(".") - str(file_store.file).count(".") == 1


@pytest.mark.asyncio
async def test_a_second_process_ends_with_that_sentence(file_store: StateSettings) -> None:
    async with opened(file_store):
        assert file_store.file
        with writer(file_store.file) as process:
            _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "in use by another daybook process" in told


@pytest.mark.asyncio
async def test_the_lock_dies_with_a_process_that_is_killed(file_store: StateSettings) -> None:
    assert file_store.file
    with writer(file_store.file) as process:
        assert first_line(process) == "open"
        assert is_locked(file_store.file)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
        assert not is_locked(file_store.file)
        async with opened(file_store):
            pass


@pytest.mark.asyncio
async def test_who_only_reads_needs_no_lock(file_store: StateSettings) -> None:
    assert file_store.file
    with writer(file_store.file) as process:
        assert first_line(process) == "open"
        await (await open_database(file_store, read_only=True)).close()
        assert process.poll() is None


def test_a_lock_that_was_released_can_be_taken(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    lock = FileLock.take(file)
    assert is_locked(file)
    lock.release()
    FileLock.take(file).release()


def test_asking_for_a_lock_leaves_no_file(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "state.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_a_child_does_not_keep_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "state.sqlite"
    lock = FileLock.take(file)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        lock.release()
        assert not is_locked(file)
    finally:
        child.communicate(timeout=PATIENCE)


# -- Q01: kill -9 under load ----------------------------------------------------------------------


def kill_at_random(file: Path, chance: random.Random, number: int) -> int:
    """Kill a writer some time after it opened; return how far it said that it had committed."""
    with writer(file, number) as process:
        assert first_line(process) == "open"
        time.sleep(chance.uniform(0, 0.15))
        os.kill(process.pid, signal.SIGKILL)
        out, _ = process.communicate(timeout=PATIENCE)
    said = [int(line) for line in out.split("\n")[:-1] if line.isdigit()]
    return max([number, *said])


def check_after_kill(file: Path, committed: int) -> int:
    """Check the file, and return the number behind the last that it holds."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        chats = {row[0] for row in connection.execute("SELECT chat FROM place")}
    assert set(range(committed)) <= chats
    return max(chats, default=-1) + 1


def kill_often(file: Path, kills: int) -> int:
    chance = random.Random(kills)
    number = 0
    for _ in range(kills):
        number = check_after_kill(file, kill_at_random(file, chance, number))
    return number


def test_q01_what_was_committed_outlives_a_kill(file_store: StateSettings) -> None:
    assert file_store.file
    assert kill_often(file_store.file, 4) > 0
    assert what_is_wrong(file_store.file) is None


@pytest.mark.slow
def test_q01_what_was_committed_outlives_a_hundred_kills(file_store: StateSettings) -> None:
    assert file_store.file
    assert kill_often(file_store.file, 100) > 500
    assert what_is_wrong(file_store.file) is None
