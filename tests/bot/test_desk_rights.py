"""Who may do what at the desk: admins of the place, asked each time, and nobody else."""

from __future__ import annotations

import pytest
from desk_cases import CHANNEL, GROUP, said
from desk_counter import ADMIN, MEMBER, NINE, OTHER_SERVER, opened_desk, rows_of

from bot.answering import Answering
from bot.daily.delivery import Target
from bot.reply import Outcome
from bot.settings import StateSettings

pytest_plugins = ("state_fixtures",)

ADMIN_ACTIONS: list[tuple[str, str, dict[str, str]]] = [
    ("daily", "show", {}),
    ("daily", "set", NINE),
    ("daily", "pause", {}),
    ("daily", "resume", {}),
    ("daily", "stop", {}),
    ("daily", "preview", {}),
    ("daily", "why", {}),
    ("daily", "again", {"id": "1"}),
    ("dates", "list", {}),
    ("dates", "add", {"date": "21 August", "text": "party"}),
    ("dates", "remove", {"which": "party"}),
    ("dates", "import", {}),
    ("dates", "export", {}),
    ("settings", "", {}),
    ("settings", "", {"zone": "UTC"}),
    ("privacy", "export", {}),
    ("privacy", "erase", {}),
    ("privacy", "erase", {"sure": "yes"}),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("command", "action", "options"), ADMIN_ACTIONS)
@pytest.mark.parametrize("target", [CHANNEL, OTHER_SERVER, GROUP], ids=["here", "other", "group"])
async def test_s21_a_member_changes_and_sees_nothing(
    file_store: StateSettings,
    answering: Answering,
    command: str,
    action: str,
    options: dict[str, str],
    target: Target,
) -> None:
    async with opened_desk(file_store, answering) as counter:
        before = await rows_of(counter.desk.database)
        user = ADMIN if target is OTHER_SERVER else MEMBER
        context = counter.context(user, target)
        reply = await counter.ask(command, action, options, context)
        assert said(reply).startswith("Only ")
        assert await rows_of(counter.desk.database) == before


@pytest.mark.asyncio
@pytest.mark.parametrize(("command", "action", "options"), ADMIN_ACTIONS)
async def test_an_admin_may(
    file_store: StateSettings,
    answering: Answering,
    command: str,
    action: str,
    options: dict[str, str],
) -> None:
    async with opened_desk(file_store, answering) as counter:
        assert not said(await counter.ask(command, action, options)).startswith("Only ")


@pytest.mark.asyncio
async def test_s22_who_was_an_admin_a_moment_ago_is_none(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        context = counter.context()
        await counter.ask("daily", "set", NINE, context)
        counter.admins.clear()
        assert said(await counter.ask("daily", "stop", {}, context)).startswith("Only ")


@pytest.mark.asyncio
async def test_what_is_stored_may_be_read_by_everybody(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        reply = await counter.ask("privacy", "show", {}, counter.context(MEMBER))
        assert reply.outcome is Outcome.FOUND
