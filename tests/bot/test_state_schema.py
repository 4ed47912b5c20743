"""The schema of both stores: what it refuses, how it is brought up to date, what it never holds."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from processes import ROOT, Daybook
from sqlalchemy import CheckConstraint, text
from sqlalchemy.exc import IntegrityError
from state_rows import a_due_date, a_place, a_subscription
from state_stores import opened

from bot.settings import StateSettings
from bot.state import migrating, schema
from bot.state.database import Database
from bot.state.erasing import erase_place
from bot.state.faults import StateError
from bot.state.file_copies import copies, forget_copies
from bot.state.migrating import migration_engine
from bot.state.places import keep_place
from bot.state.states import Platform
from bot.state.tables import HEAD, metadata

pytest_plugins = ("state_fixtures",)


def script() -> ScriptDirectory:
    return ScriptDirectory(str(migrating.FOLDER))


# -- the steps and the tables agree ---------------------------------------------------------------


@pytest.mark.asyncio
async def test_the_steps_lead_to_the_tables_as_they_are_written(empty_store: StateSettings) -> None:
    async with opened(empty_store):
        pass
    engine = migration_engine(empty_store)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


@pytest.mark.asyncio
async def test_the_constraints_of_the_steps_are_those_of_the_tables(
    empty_store: StateSettings,
) -> None:
    async with opened(empty_store) as database:
        if database.is_sqlite:
            question = "SELECT sql FROM sqlite_master WHERE type = 'table'"
        else:
            question = "SELECT conname FROM pg_constraint WHERE contype = 'c'"
        found = " ".join((await database.look(lambda c: c.execute(text(question)))).scalars())
    wanted = {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert len(wanted) > 20
    assert [name for name in wanted if name[:60] not in found] == []


def test_the_newest_step_is_the_one_that_the_program_knows() -> None:
    assert script().get_current_head() == HEAD


def test_the_steps_are_numbered_in_one_line() -> None:
    numbers = [found.revision for found in script().walk_revisions()]
    assert numbers == [f"{number:04}" for number in range(len(numbers), 0, -1)]


# -- what the database refuses --------------------------------------------------------------------

SUBSCRIPTION = (
    "INSERT INTO subscription (place_id, wall_time, zone, late_seconds, state, counts_from,"
    " changed_at{columns}) VALUES (1, {time}, 'UTC', {late}, {state}, {at}, {at}{values})"
)
POST = (
    "INSERT INTO post (place_id, platform, local_date, part, state, due_at, late_at{columns})"
    " VALUES (1, {platform}, '2027-05-01', {part}, {state}, {at}, {at}{values})"
)


def subscribed(
    time: str = "'09:00'",
    late: int = 3600,
    state: str = "'on'",
    columns: str = "",
    values: str = "",
) -> str:
    columns, values = columns and f", {columns}", values and f", {values}"
    return SUBSCRIPTION.format(
        time=time, late=late, state=state, columns=columns, values=values, at="{at}"
    )


def posted(
    state: str, columns: str = "", values: str = "", part: int = 0, platform: str = "'telegram'"
) -> str:
    columns, values = columns and f", {columns}", values and f", {values}"
    return POST.format(
        state=f"'{state}'",
        columns=columns,
        values=values,
        part=part,
        platform=platform,
        at="{at}",
    )


REFUSED = {
    "a time that no clock shows": subscribed(time="'24:00'"),
    "a time without its zero": subscribed(time="'9:00'"),
    "a time that is none": subscribed(time="'nine!'"),
    "a minute too many": subscribed(time="'09:60'"),
    "lateness of a second": subscribed(late=1),
    "lateness of two days": subscribed(late=172800),
    "a state of nobody": subscribed(state="'asleep'"),
    "a broken one without its code": subscribed(state="'broken'"),
    "a code of one that is on": subscribed(columns="broken_code", values="'50013'"),
    "a paused one that wakes": subscribed("'09:00'", 3600, "'paused'", "wake_at", "{at}"),
    "a tone of nobody": subscribed(columns="tone", values="'loud'"),
    "a platform of nobody": "INSERT INTO place (platform, chat, kind) VALUES ('irc', 5, 'group')",
    "the same chat twice": "INSERT INTO place (platform, chat, kind)"
    " VALUES ('telegram', 10, 'group')",
    "a place asleep for ever": "INSERT INTO place (platform, chat, kind, asleep_since)"
    " VALUES ('telegram', 5, 'group', {at})",
    "a post of another platform": posted("missed", "ended_at", "{at}", platform="'discord'"),
    "a post with nothing to send": posted("due", "nonce", "'n'"),
    "a post without its nonce": posted("due", "payload", "'{{}}'"),
    "a claim of nobody": posted("claimed", "payload, nonce", "'{{}}', 'n'"),
    "an end without its time": posted("missed"),
    "a state that is none": posted("lost", "ended_at", "{at}"),
    "a second attempt of nothing": posted("missed", "ended_at", "{at}", part=100),
    "30 February": "INSERT INTO own_date (platform, scope, id, month, day, text, created_at)"
    " VALUES ('telegram', 1, 'a', 2, 30, 'x', {at})",
    "31 June": "INSERT INTO own_date (platform, scope, id, month, day, text, created_at)"
    " VALUES ('telegram', 1, 'a', 6, 31, 'x', {at})",
    "a date that says nothing": "INSERT INTO own_date (platform, scope, id, month, day, text,"
    " created_at) VALUES ('telegram', 1, 'a', 6, 3, '', {at})",
}
ACCEPTED = {
    "a subscription": subscribed(),
    "the last minute": subscribed(time="'23:59'"),
    "a broken one": subscribed("'09:00'", 3600, "'broken'", "broken_code", "'50013'"),
    "a missed post": posted("missed", "ended_at", "{at}"),
    "a due post": posted("due", "payload, nonce", "'{{}}', 'n'"),
    "29 February": "INSERT INTO own_date (platform, scope, id, month, day, text, created_at)"
    " VALUES ('telegram', 1, 'a', 2, 29, 'x', {at})",
}


async def insert(database: Database, statement: str) -> None:
    at = "0" if database.is_sqlite else "now()"
    async with database.write() as connection:
        await a_place(connection)
        await connection.execute(text(statement.format(at=at).replace(":", r"\:")))


@pytest.mark.asyncio
@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
async def test_the_database_refuses(file_store: StateSettings, statement: str) -> None:
    async with opened(file_store) as database:
        with pytest.raises(IntegrityError):
            await insert(database, statement)


@pytest.mark.asyncio
@pytest.mark.parametrize("statement", ACCEPTED.values(), ids=ACCEPTED.keys())
async def test_the_database_takes(file_store: StateSettings, statement: str) -> None:
    async with opened(file_store) as database:
        await insert(database, statement)


@pytest.mark.asyncio
async def test_postgres_refuses_and_takes_the_same(postgres_store: StateSettings) -> None:
    async with opened(postgres_store) as database:
        taken, refused = [], []
        for name, statement in (REFUSED | ACCEPTED).items():
            try:
                await insert(database, statement)
                async with database.write() as connection:
                    await connection.execute(text("DELETE FROM place"))
                    await connection.execute(text("DELETE FROM own_date"))
                    await connection.execute(text("ALTER SEQUENCE place_id_seq RESTART"))
                taken.append(name)
            except IntegrityError:
                refused.append(name)
                async with database.write() as connection:
                    await connection.execute(text("ALTER SEQUENCE place_id_seq RESTART"))
    assert (taken, refused) == (list(ACCEPTED), list(REFUSED))


# -- S31: no names, no messages -------------------------------------------------------------------


def test_s31_no_column_is_for_a_name_or_a_message() -> None:
    words = {"name", "title", "username", "user_name", "message", "content", "first_name", "phone"}
    columns = {str(column.name) for table in metadata.tables.values() for column in table.c}
    assert columns & words == set()
    assert {one for one in columns if "title" in one or "message" in one or "text" in one} == {
        "forum_title",  # an admin's, for the posts of a forum
        "message_id",  # a number
        "text",  # of a community's own date
    }


# -- Q15: a newer schema --------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize("read_only", [False, True])
async def test_q15_a_newer_schema_is_refused_with_a_sentence(
    store: StateSettings, read_only: bool
) -> None:
    async with opened(store) as database, database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StateError, match=r"written by a newer daybook .*9999.*nothing was changed"):
        await schema_opened(store, read_only=read_only)


@pytest.mark.asyncio
async def test_q15_a_file_with_a_newer_schema_keeps_its_bytes(file_store: StateSettings) -> None:
    assert file_store.file
    async with opened(file_store) as database, database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = file_store.file.read_bytes()
    with pytest.raises(StateError):
        await schema_opened(file_store)
    assert file_store.file.read_bytes() == before


async def schema_opened(settings: StateSettings, *, read_only: bool = False) -> None:
    from bot.state.database import open_database

    await (await open_database(settings, read_only=read_only)).close()


@pytest.mark.asyncio
async def test_a_database_of_another_program_is_left_alone(file_store: StateSettings) -> None:
    assert file_store.file
    file_store.file.unlink()
    with closing(sqlite3.connect(file_store.file)) as connection:
        connection.execute("CREATE TABLE notes (body TEXT)")
    with pytest.raises(StateError, match=r"tables of another program \(notes\)"):
        await schema_opened(file_store)


# -- Alembic only where it is needed --------------------------------------------------------------

IMPORTED = """
import asyncio, sys
from pathlib import Path
from bot.settings import StateSettings
from bot.state.database import open_database

async def main():
    await (await open_database(StateSettings(file=Path(sys.argv[1])))).close()

asyncio.run(main())
print(sorted({name.split(".")[0] for name in sys.modules} & {"alembic", "mako", "psycopg"}))
"""


@pytest.mark.asyncio
async def test_a_start_with_a_current_schema_imports_no_alembic(file_store: StateSettings) -> None:
    async with opened(file_store):
        pass
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, str(file_store.file)],
        cwd=ROOT,
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.decode().strip() == "[]"


ASKED = """
import sys
from bot.__main__ import cli
cli(["ask", "--now", "2026-08-21", "what happened today?"], standalone_mode=False)
print("imported", sorted(name for name in sys.modules if name.split(".")[0] in
    {"sqlalchemy", "aiosqlite", "alembic", "psycopg"} or name.startswith("bot.state")))
"""


def test_a_question_on_the_console_imports_nothing_of_the_state(daybook: Daybook) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env=daybook.environment(),
        capture_output=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.decode().splitlines()[-1] == "imported []"


# -- a further step -------------------------------------------------------------------------------

STEP = '''
"""Rebuild the parent of all tables."""
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("place", recreate="always") as batch:
        batch.add_column(sa.Column("added", sa.Integer(), server_default=sa.text("7")))
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
'''


@pytest.fixture
def next_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a program that knows one more step, and return the folder of its steps."""
    folder = tmp_path / "steps"
    shutil.copytree(migrating.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "v0002_next.py").write_text(STEP, "utf-8")
    monkeypatch.setattr(migrating, "FOLDER", folder)
    monkeypatch.setattr(schema, "HEAD", "0002")
    return folder


async def filled(settings: StateSettings) -> None:
    async with opened(settings) as database, database.write() as connection:
        await a_subscription(connection)
        await a_due_date(connection, await a_place(connection), 2)


async def rows(database: Database) -> list[int]:
    async with database.read() as connection:
        return [
            int(await connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0)  # noqa: S608
            for name in ("place", "subscription", "post")
        ]


@pytest.mark.asyncio
async def test_a_rebuilt_parent_keeps_its_children(
    file_store: StateSettings, request: pytest.FixtureRequest
) -> None:
    await filled(file_store)
    request.getfixturevalue("next_step")
    async with opened(file_store) as database:
        assert await rows(database) == [1, 1, 2]
        added = await database.look(lambda c: c.scalar(text("SELECT added FROM place")))
    assert added == 7


@pytest.mark.asyncio
async def test_a_step_that_breaks_a_reference_is_undone(
    file_store: StateSettings, request: pytest.FixtureRequest
) -> None:
    await filled(file_store)
    folder: Path = request.getfixturevalue("next_step")
    broken = STEP.replace(
        '    op.create_table("extra"',
        '    op.execute("DELETE FROM place")\n    op.create_table("extra"',
    )
    (folder / "versions" / "v0002_next.py").write_text(broken, "utf-8")
    with pytest.raises(StateError, match="would have broken"):
        await schema_opened(file_store)
    assert file_store.file
    with closing(sqlite3.connect(file_store.file)) as connection:
        assert connection.execute("SELECT count(*) FROM place").fetchone() == (1,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


@pytest.mark.asyncio
async def test_a_file_is_copied_before_a_step(
    file_store: StateSettings, request: pytest.FixtureRequest
) -> None:
    await filled(file_store)
    request.getfixturevalue("next_step")
    async with opened(file_store):
        pass
    assert file_store.file
    [(_, copy)] = copies(file_store.file)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert connection.execute("SELECT count(*) FROM post").fetchone() == (2,)


def test_copies_are_forgotten_after_three_and_after_30_days(tmp_path: Path) -> None:
    now = datetime(2027, 5, 1, tzinfo=UTC)
    file = tmp_path / "state.sqlite"
    ages = [0, 1, 29, 30, 31]
    for age in ages:
        at = now - timedelta(days=age)
        (tmp_path / f"state.sqlite.before-0001-{at:%Y%m%dT%H%M%S}Z").touch()
    for other in ("state.sqlite", "state.sqlite.before-me", "x.before-0001-20200101T000000Z"):
        (tmp_path / other).touch()
    forget_copies(file, now)
    assert [(now - made).days for made, _ in copies(file)] == [0, 1, 29]
    forget_copies(file, now + timedelta(days=2))
    assert [(now - made).days for made, _ in copies(file)] == [0, 1]
    assert len(list(tmp_path.iterdir())) == 5


# -- Q14: killed within a step --------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from bot.settings import Secret, StateSettings
from bot.state import migrating

at = int(sys.argv[2])
settings = StateSettings(**{{"{kind}": {value}}})
count = 0
make = migrating.migration_engine

def engine(settings):
    made = make(settings)

    @event.listens_for(made, "after_cursor_execute")
    def ran(*_):
        global count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    return made

migrating.migration_engine = engine
migrating.migrate(settings)
print(count)
"""


def migrate_and_die(settings: StateSettings, at: int) -> subprocess.CompletedProcess[bytes]:
    kind = "file" if settings.file else "url"
    value = "Path(sys.argv[1])" if settings.file else "Secret(sys.argv[1])"
    shown = str(settings.file) if settings.file else settings.url.reveal() if settings.url else ""
    return subprocess.run(
        [sys.executable, "-c", KILLED.format(kind=kind, value=value), shown, str(at)],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("at", [2, 9, 20])
async def test_q14_a_kill_within_a_step_is_made_good_at_the_next_start(
    empty_store: StateSettings, at: int
) -> None:
    await die_at(empty_store, at)


@pytest.mark.slow
@pytest.mark.asyncio
async def test_q14_a_kill_after_any_statement_is_made_good(tmp_path: Path) -> None:
    at = 1
    while True:
        file = tmp_path / f"{at}.sqlite"
        ended = migrate_and_die(StateSettings(file=file), at)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        async with opened(StateSettings(file=file)) as database:
            assert await rows(database) == [0, 0, 0]
        at += 1
    assert at > 20


async def die_at(settings: StateSettings, at: int) -> None:
    ended = migrate_and_die(settings, at)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    async with opened(settings) as database:
        assert await rows(database) == [0, 0, 0]
        async with database.write() as connection:
            place = await keep_place(connection, Platform.DISCORD, 1, kind="text", server=2)
            assert await erase_place(connection, place.id)


@pytest.mark.asyncio
async def test_two_processes_that_migrate_at_once_both_start(
    postgres_store: StateSettings,
) -> None:
    assert postgres_store.url
    with psycopg.connect(postgres_store.url.reveal()) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    code = KILLED.format(kind="url", value="Secret(sys.argv[1])")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", code, postgres_store.url.reveal(), "100000"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    ended = [one.communicate(timeout=60) for one in both]
    assert [one.returncode for one in both] == [0, 0], ended
    with psycopg.connect(postgres_store.url.reveal()) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
