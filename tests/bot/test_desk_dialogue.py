"""The desk in a dialogue: commands as they are typed, buttons, pages, and answers it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from desk_cases import CHANNEL, GROUP, NOW, said
from desk_counter import ADMIN, NINE, OTHER_SERVER, Counter, a_row, opened_desk

from bot.answering import Answering
from bot.buttons import Buttons
from bot.desk.context import Context
from bot.dialogue import STALE, Asker, Dialogue, Shown, Told
from bot.metrics import Metrics
from bot.pages import Room
from bot.rate import RateLimits
from bot.service import Service
from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.states import PostState
from knowledge.dates import Order

pytest_plugins = ("state_fixtures",)


def dialogue(counter: Counter) -> Dialogue:
    service = Service(
        counter.desk.answering,
        RateLimits(None),
        Metrics(),
        clock=counter.desk.clock,
        desk=counter.desk,
    )
    size: Callable[[object], int] = lambda part: 1  # noqa: E731 - every part fits
    return Dialogue("discord", service, Buttons("t", 100, len), Room(6, 100), size, 80)


async def shown(talk: Dialogue, words: str, context: Context) -> Shown:
    request = talk.request(words, target=context.target)
    found = await talk.ask(request, Asker(context.user, context.target.chat), context)
    assert isinstance(found, Shown)
    return found


@pytest.mark.asyncio
async def test_typed_commands_are_answered_at_the_desk(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        talk, context = dialogue(counter), counter.context()
        await shown(talk, "/daily set 9 pm New York", context)
        found = await shown(talk, "/daily", context)
        assert "21:00, by the clocks of America/New_York" in said(found.reply)


@pytest.mark.asyncio
async def test_the_button_of_a_notice_is_read(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        found = await shown(dialogue(counter), f"daily again {number}", counter.context())
        assert "sent once more now" in said(found.reply)


@pytest.mark.asyncio
async def test_settings_say_what_today_is_and_how_dates_are_read(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        talk, context = dialogue(counter), counter.context()
        # half past eleven in the evening in London is the next day in Tokyo
        counter.now = datetime(2026, 8, 21, 22, 30, tzinfo=UTC)
        assert talk.request("today", target=CHANNEL).today == date(2026, 8, 21)
        await shown(talk, "/settings zone:Tokyo date_order:month-first", context)
        request = talk.request("today", target=CHANNEL, locale="en-GB")
        assert (request.today, request.order) == (date(2026, 8, 22), Order.MONTH_FIRST)
        assert talk.request("today", target=GROUP).order is Order.DAY_FIRST


@pytest.mark.asyncio
async def test_own_dates_are_told_by_onthisday_there_only(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        talk, context = dialogue(counter), counter.context()
        await shown(talk, "/dates add 17 March 2019 server founded", context)
        assert "server founded" in said((await shown(talk, "17 March", context)).reply)
        elsewhere = counter.context(target=OTHER_SERVER)
        assert "server founded" not in said((await shown(talk, "17 March", elsewhere)).reply)


@pytest.mark.asyncio
async def test_turning_a_page_does_nothing_again(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        talk, context = dialogue(counter), counter.context()
        found = await shown(talk, "/dates add 17 March 2019 founded", context)
        assert not talk.keyboard(found, Asker(ADMIN, CHANNEL.chat)).turning
        for number in range(20):
            await counter.ask("dates", "add", {"date": "1 May", "text": f"party {number}"})
        listed = await shown(talk, "/dates list", context)
        (more,) = talk.keyboard(listed, Asker(ADMIN, CHANNEL.chat)).turning
        turned = await talk.press(more.carries, Asker(ADMIN, CHANNEL.chat), context=context)
        assert isinstance(turned, Shown)
        assert turned.page.number == 2


@pytest.mark.asyncio
async def test_a_forged_page_of_a_change_is_stale(
    file_store: StateSettings, answering: Answering
) -> None:
    from bot.buttons import Action, Press

    async with opened_desk(file_store, answering) as counter:
        talk, context = dialogue(counter), counter.context()
        press = Press(Action.PAGE, "/daily stop", ADMIN, 2, NOW.date())
        carries = talk.buttons.write(press, CHANNEL.chat)
        assert carries is not None
        found = await talk.press(carries, Asker(ADMIN, CHANNEL.chat), context=context)
        assert found == Told(STALE)


@pytest.mark.asyncio
async def test_a_database_that_can_not_be_written_is_said_so_without_its_name(
    file_store: StateSettings, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.state.faults import StateUnwritableError

    async with opened_desk(file_store, answering) as counter:

        async def full(self: Database, change: object) -> object:
            raise StateUnwritableError("the disk of /secret/place is full")

        monkeypatch.setattr(Database, "run", full)
        reply = await counter.ask("daily", "set", NINE)
        assert "could not be written" in said(reply)
        assert "secret" not in said(reply)
