"""daybook status, backup and restore, and Q10 and Q11: what a backup holds and what comes of it."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from processes import Daybook
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from state_rows import DAY, HOUR, NOW, TODAY, a_due_date, a_place, a_subscription, chosen
from state_stores import opened

from bot.settings import StateSettings
from bot.state.backup import back_up, restore
from bot.state.falling_due import woken
from bot.state.faults import StateError
from bot.state.file_copies import what_is_wrong
from bot.state.places import place_of_id
from bot.state.posts import last_days
from bot.state.states import Platform, PostState
from bot.state.subscriptions import (
    find_subscription,
    keep_subscription,
    pause,
)
from bot.state.tables import metadata, notice, place, post

pytest_plugins = ("state_fixtures",)

ZEROS = {
    "due": 0,
    "sent": 0,
    "late": 0,
    "missed": 0,
    "rejected": 0,
    "unknown": 0,
    "cancelled": 0,
    "oldest_due": None,
}


def url_of(settings: StateSettings) -> str:
    return settings.url.reveal() if settings.url else f"sqlite:///{settings.file}"


async def all_rows(connection: AsyncConnection) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            dict(row._mapping)
            for row in await connection.execute(select(table).order_by(*table.primary_key))
        ]
        for name, table in metadata.tables.items()
    }


async def a_full_row(connection: AsyncConnection, chat: int = 10) -> int:
    """Write a subscription whose post of today is due; return the place's number."""
    made = await a_subscription(connection, chat, kinds=("birth",), forum_tags=(1, 2))
    where = await place_of_id(connection, made.place_id)
    assert where
    await a_due_date(connection, where, 2)
    return where.id


# -- status ---------------------------------------------------------------------------------------


def test_status_of_a_bot_that_never_ran_is_all_zeros(daybook: Daybook, tmp_path: Path) -> None:
    ended = daybook("status", "--json", DAYBOOK_STATE=f"sqlite:///{tmp_path}/state.sqlite")
    assert json.loads(ended.out) == {"discord": ZEROS, "telegram": ZEROS}
    assert (ended.code, list(tmp_path.iterdir())) == (0, [])


def counted(ended_out: str) -> object:
    return json.loads(ended_out)["telegram"]


@pytest.mark.asyncio
async def test_status_counts_while_the_database_is_written_and_after(
    store: StateSettings, daybook: Daybook
) -> None:
    wanted = {**ZEROS, "due": 2, "oldest_due": "2027-05-01T07:00:00Z"}
    async with opened(store) as database:
        await database.run(a_full_row)
        running = await asyncio.to_thread(daybook, "status", "--json", DAYBOOK_STATE=url_of(store))
    stopped = daybook("status", "--json", DAYBOOK_STATE=url_of(store))
    assert (running.err, stopped.err) == ("", "")
    assert (counted(running.out), counted(stopped.out)) == (wanted, wanted)


@pytest.mark.asyncio
async def test_status_says_it_in_a_table(file_store: StateSettings, daybook: Daybook) -> None:
    async with opened(file_store) as database:
        await database.run(a_full_row)
    ended = daybook("status", DAYBOOK_STATE=url_of(file_store))
    header, discord, telegram, oldest = ended.lines
    assert header.split() == [name for name in ZEROS if name != "oldest_due"]
    assert discord.split() == ["Discord", *"0000000"]
    assert telegram.split() == ["Telegram", "2", *"000000"]
    assert oldest == "The oldest was due at 2027-05-01 07:00:00 UTC."


def test_a_state_that_cannot_be_is_a_wrong_setting(daybook: Daybook) -> None:
    ended = daybook("status", DAYBOOK_STATE="mysql://localhost/x")
    assert ended.code == 78
    assert ended.err.startswith("DAYBOOK_STATE: must be")


# -- a backup and back ----------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_a_backup_holds_every_row_of_either_store(
    store: StateSettings, tmp_path: Path
) -> None:
    async with opened(store) as database:
        await database.run(a_full_row)
        written = await database.look(all_rows)
        await back_up(store, tmp_path / "backup")
    assert what_is_wrong(tmp_path / "backup") is None
    async with opened(StateSettings(file=tmp_path / "backup")) as copy:
        assert await copy.look(all_rows) == written


@pytest.mark.asyncio
async def test_what_was_backed_up_is_there_after_restoring_and_what_came_later_is_kept(
    store: StateSettings, tmp_path: Path
) -> None:
    async with opened(store) as database:
        await database.run(lambda c: a_place(c, 1))
        await back_up(store, tmp_path / "backup")
        await database.run(lambda c: a_place(c, 2))
    kept, _ = await restore(store, tmp_path / "backup", NOW)
    assert kept
    async with opened(store) as database:
        assert await chats(database.look) == [1]
        new = await database.run(lambda c: a_place(c, 3))  # numbers go on
        assert new.id > 1
    async with opened(StateSettings(file=kept)) as before:
        assert await chats(before.look) == [1, 2]


async def chats(look: Callable[..., Awaitable[object]]) -> object:
    async def read(connection: AsyncConnection) -> list[int]:
        return list(
            (await connection.execute(select(place.c.chat).order_by(place.c.chat))).scalars()
        )

    return await look(read)


@pytest.mark.asyncio
async def test_p13_a_file_goes_over_to_postgres_with_every_row(
    file_store: StateSettings, postgres_store: StateSettings, tmp_path: Path
) -> None:
    async with opened(file_store) as database:
        place_id = await database.run(a_full_row)
        await database.run(lambda c: pause(c, place_id, NOW))
        await end_all(database.run)
        written = await database.look(all_rows)
    await back_up(file_store, tmp_path / "backup")
    for _ in range(2):  # a second time changes nothing
        await restore(postgres_store, tmp_path / "backup", NOW)
    async with opened(postgres_store) as database:
        assert await database.look(all_rows) == written
        await database.run(lambda c: a_place(c, 99))


async def end_all(run: Callable[..., Awaitable[object]]) -> None:
    ended = post.update().values(state=PostState.SENT, ended_at=NOW, try_at=None)
    await run(lambda connection: connection.execute(ended))


@pytest.mark.asyncio
async def test_a_backup_may_not_replace_the_database_itself(file_store: StateSettings) -> None:
    assert file_store.file
    for ending in ("", "-wal", ".lock"):
        with pytest.raises(StateError, match="is the state database itself"):
            await back_up(file_store, Path(f"{file_store.file}{ending}"))


@pytest.mark.asyncio
async def test_a_backup_that_cannot_be_written_leaves_nothing(
    file_store: StateSettings, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match="can't be written"):
        await back_up(file_store, tmp_path / "file" / "backup")


@pytest.mark.asyncio
async def test_restore_waits_for_no_bot_that_runs(
    store: StateSettings, daybook: Daybook, tmp_path: Path
) -> None:
    async with opened(store) as database:
        await database.run(a_full_row)
        await back_up(store, tmp_path / "backup")
        before = await database.look(all_rows)
        ended = await asyncio.to_thread(
            daybook, "restore", str(tmp_path / "backup"), DAYBOOK_STATE=url_of(store)
        )
        assert await database.look(all_rows) == before
    assert ended.code == 1
    assert "in use by another daybook process; stop that one first." in ended.err


def test_a_backup_and_its_restoring_say_what_they_did(daybook: Daybook, tmp_path: Path) -> None:
    state = {"DAYBOOK_STATE": f"sqlite:///{tmp_path}/state.sqlite"}
    nothing = daybook("backup", f"{tmp_path}/backup", **state)
    assert (nothing.code, "nothing to back up" in nothing.err) == (1, True)
    asyncio.run(make_empty(StateSettings(file=tmp_path / "state.sqlite")))
    backup = daybook("backup", f"{tmp_path}/backup", **state)
    assert (backup.code, backup.lines) == (
        0,
        [f"{tmp_path}/backup holds all of sqlite:///{tmp_path}/state.sqlite."],
    )
    back = daybook("restore", f"{tmp_path}/backup", **state)
    assert back.code == 0
    assert back.lines[0] == f"sqlite:///{tmp_path}/state.sqlite is now as {tmp_path}/backup has it."
    assert back.lines[1].startswith(f"What was there is kept in {tmp_path}/state.sqlite.before-")


async def make_empty(settings: StateSettings) -> None:
    async with opened(settings):
        pass


# -- what is no backup ----------------------------------------------------------------------------


def torn(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    chance = random.Random(5)
    for _ in range(2_000):
        content[chance.randrange(4_096, len(content))] ^= 0xFF
    file.write_bytes(bytes(content))


def a_text(file: Path) -> None:
    file.write_text("Not a database at all, but long enough to look like one.", "utf-8")


def of_another_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (body TEXT)")


def newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (Path.unlink, "can't be read"),
        (torn, "is damaged"),
        (flipped, "is damaged"),
        (a_text, "is no backup"),
        (of_another_program, "is no backup"),
        (newer, "written by a newer daybook"),
    ],
)
async def test_what_is_no_backup_is_refused_and_nothing_is_changed(
    store: StateSettings, tmp_path: Path, harm: Callable[[Path], None], told: str
) -> None:
    backup = tmp_path / "backup"
    async with opened(store) as database:
        await database.run(a_full_row)
    await back_up(store, backup)
    harm(backup)
    with pytest.raises(StateError, match=told):
        await restore(store, backup, NOW)
    async with opened(store) as database:
        states = {row["state"] for row in (await database.look(all_rows))["post"]}
    assert states == {"due"}


@pytest.mark.asyncio
async def test_q10_a_plain_copy_is_noticed_and_taken_only_if_told(
    file_store: StateSettings, tmp_path: Path
) -> None:
    assert file_store.file
    async with opened(file_store) as database:
        await database.run(a_full_row)
        await database.scrub()
        shutil.copy(file_store.file, tmp_path / "copy")
    with pytest.raises(StateError, match=r"a plain copy of a database in use.*--plain-copy"):
        await restore(file_store, tmp_path / "copy", NOW)
    await restore(file_store, tmp_path / "copy", NOW, is_plain_copy=True)


@pytest.mark.asyncio
async def test_a_damaged_database_gives_way_to_its_backup_and_is_kept(
    file_store: StateSettings, tmp_path: Path
) -> None:
    assert file_store.file
    async with opened(file_store) as database:
        await database.run(a_full_row)
    await back_up(file_store, tmp_path / "backup")
    file_store.file.write_bytes(b"SQLite format 3\0" + b"\xff" * 9_000)
    broken = file_store.file.read_bytes()
    kept, _ = await restore(file_store, tmp_path / "backup", NOW)
    assert kept
    assert kept.read_bytes() == broken
    async with opened(file_store) as database:
        assert await chats(database.look) == [10]


# -- Q11: what fell due between a backup and its restoring ----------------------------------------


@pytest.mark.asyncio
async def test_q11_a_backup_under_load_is_sound_and_holds_what_was_committed_before(
    file_store: StateSettings, tmp_path: Path
) -> None:
    async with opened(file_store) as database:
        done = 0

        async def write() -> None:
            nonlocal done
            while True:
                await asyncio.gather(
                    *(database.run(partial(a_place, chat=done + n)) for n in range(20))
                )
                done += 20

        writing = asyncio.create_task(write())
        try:
            for number in range(3):
                await asyncio.sleep(0.1)
                before = done
                backup = tmp_path / f"backup{number}"
                await asyncio.to_thread(asyncio.run, back_up(file_store, backup))
                assert what_is_wrong(backup) is None
                with closing(sqlite3.connect(backup)) as connection:
                    held = {row[0] for row in connection.execute("SELECT chat FROM place")}
                assert set(range(before)) <= held
                assert done >= before
        finally:
            writing.cancel()
            await asyncio.wait([writing])
    assert done > 0


@pytest.mark.asyncio
async def test_q11_what_had_no_end_is_unknown_after_restoring(
    store: StateSettings, tmp_path: Path
) -> None:
    async with opened(store) as database:
        place_id = await database.run(a_full_row)
        await back_up(store, tmp_path / "backup")
    _, unknown = await restore(store, tmp_path / "backup", NOW + HOUR)
    async with opened(store) as database:
        rows = await database.look(lambda c: last_days(c, place_id, TODAY))
    assert [(one.state, one.reason) for one in rows] == [(PostState.UNKNOWN, "restored")] * 2
    assert unknown == 2


async def after_restoring(
    store: StateSettings, folder: Path, days: float, **chosen_: object
) -> tuple[list[tuple[date, str]], datetime | None]:
    """Back up a subscription at nine in Berlin, made a day before NOW, and restore it days later.

    Return the dates that have a row with their states, and when it is looked at next.
    """
    async with opened(store) as database, database.write() as connection:
        made = replace(chosen((await a_place(connection)).id), **chosen_)  # type: ignore[arg-type]
        await keep_subscription(connection, made)
    await back_up(store, folder / "backup")
    await restore(store, folder / "backup", NOW + timedelta(days=days))
    async with opened(store) as database, database.read() as connection:
        rows = await last_days(connection, made.place_id, date(2000, 1, 1))
        found = await find_subscription(connection, made.place_id)
    assert found
    return [(one.local_date, str(one.state)) for one in rows], found.wake_at


@pytest.mark.asyncio
async def test_q11_dates_that_fell_due_since_are_unknown_and_the_next_is_posted(
    store: StateSettings, tmp_path: Path
) -> None:
    rows, wakes = await after_restoring(store, tmp_path, days=2.5)
    # 30 April 09:00 is when it was made, so that date does not count; 1, 2 and 3 May have come
    assert rows == [
        (date(2027, 5, 3), "unknown"),
        (date(2027, 5, 2), "unknown"),
        (date(2027, 5, 1), "unknown"),
    ]
    assert wakes == datetime(2027, 5, 4, 7, tzinfo=UTC)


@pytest.mark.asyncio
async def test_q11_a_date_still_to_come_is_left_to_be_posted(
    store: StateSettings, tmp_path: Path
) -> None:
    rows, wakes = await after_restoring(store, tmp_path, days=0.5, wall_time=time(23))
    assert rows == [(date(2027, 4, 30), "unknown")]
    assert wakes == datetime(2027, 5, 1, 21, tzinfo=UTC)


@pytest.mark.asyncio
async def test_q11_a_paused_one_has_nothing_due(store: StateSettings, tmp_path: Path) -> None:
    async with opened(store) as database, database.write() as connection:
        made = await a_subscription(connection)
        await pause(connection, made.place_id, NOW)
    await back_up(store, tmp_path / "backup")
    _, unknown = await restore(store, tmp_path / "backup", NOW + 3 * DAY)
    assert unknown == 0


@pytest.mark.asyncio
async def test_q11_nothing_restored_is_due_and_an_admin_is_told_of_each(
    store: StateSettings, tmp_path: Path
) -> None:
    async with opened(store) as database:
        for chat in range(5):
            await database.run(partial(a_full_row, chat=chat))
        await back_up(store, tmp_path / "backup")
    later = NOW + DAY
    _, unknown = await restore(store, tmp_path / "backup", later)
    async with opened(store) as database, database.read() as connection:
        states = set((await connection.execute(select(post.c.state))).scalars())
        told = (await connection.execute(select(notice.c.post_id))).scalars().all()
        posts = (await connection.execute(select(post.c.id))).scalars().all()
        assert await woken(connection, Platform.TELEGRAM, later, 10) == []
    assert states == {"unknown"}
    assert unknown == 5 * 3  # two parts of today, and tomorrow
    assert sorted(filter(None, told)) == sorted(posts)
