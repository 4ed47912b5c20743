"""The knowledge file is only read (Q12): https://www.sqlite.org/uri.html#uriimmutable."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.answer import Answerer
from bot.command import Request
from knowledge.build import build
from knowledge.packs.merge import read_packs
from knowledge.store import Store, open_store

POLAR = Path(__file__).resolve().parents[1] / "packs" / "polar-expedition"


def built(file: Path) -> Path:
    build(read_packs([POLAR]), file, "")
    return file


def asked(store: Store) -> str:
    reply = Answerer(store).answer(Request(today=date(2026, 8, 21), text="/sources"))
    return str(reply.items[0].text)


def test_q12_reading_leaves_no_lock_and_no_journal_beside_the_file(tmp_path: Path) -> None:
    store = open_store(built(tmp_path / "knowledge.sqlite"))
    assert asked(store)
    assert [path.name for path in tmp_path.iterdir()] == ["knowledge.sqlite"]
    store.close()


def test_q12_it_is_read_while_another_process_holds_a_lock_on_it(tmp_path: Path) -> None:
    file = built(tmp_path / "knowledge.sqlite")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = open_store(file)
    assert asked(store)
    store.close()
    other.rollback()
    other.close()


def test_q12_it_can_not_be_written_through_the_store(tmp_path: Path) -> None:
    store = open_store(built(tmp_path / "knowledge.sqlite"))
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store._connection.execute("DELETE FROM event")
    store.close()


def test_q12_a_file_renamed_over_it_changes_nothing_until_it_is_opened_again(
    tmp_path: Path,
) -> None:
    file = built(tmp_path / "knowledge.sqlite")
    store = open_store(file)
    before = store.event_count
    pack = tmp_path / "one.toml"
    pack.write_text('[[event]]\ndate = "1900-01-01"\ntext = "A year begins."\n', "utf-8")
    newer = tmp_path / "newer.sqlite"
    build(read_packs([pack]), newer, "")
    newer.replace(file)
    assert store.event_count == before > 1
    assert asked(store)
    again = open_store(file)
    assert again.event_count == 1
    store.close()
    again.close()
