"""/dates and /settings on both stores: what a community chose is kept and remembered."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from desk_cases import CHANNEL, GROUP, said
from desk_counter import THREAD, opened_desk

from bot.answering import Answering
from bot.daily.own_date_files import read_csv
from bot.desk.context import AttachedFile
from bot.desk.remembered import Remembered
from bot.reply import Outcome
from bot.settings import StateSettings
from knowledge.dates import Order

pytest_plugins = ("state_fixtures",)


def attached(name: str, content: bytes) -> dict[str, AttachedFile]:
    async def load(most: int) -> bytes:
        return content[:most]

    return {"": AttachedFile(name, len(content), load)}


CSV = "date,text\r\n21 August 2019,Gründung\r\n1 May,=party\r\n".encode()


@pytest.mark.asyncio
async def test_dates_go_in_and_out_as_files_the_same(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        context = counter.context(files=attached("d.csv", CSV))
        reply = await counter.ask("dates", "import", {}, context)
        assert "Imported 2 dates: 2 added" in said(reply)
        file = (await counter.ask("dates", "export")).file
        assert file is not None
        assert {one.content for one in read_csv(file.content)} == {
            one.content for one in read_csv(CSV)
        }
        again = counter.context(files=attached("d.csv", file.content))
        assert "2 there already" in said(await counter.ask("dates", "import", {}, again))


@pytest.mark.asyncio
async def test_a_large_file_is_refused_unread(
    file_store: StateSettings, answering: Answering
) -> None:
    async def never(most: int) -> bytes:
        raise AssertionError("it was read")

    async with opened_desk(file_store, answering) as counter:
        files = {"": AttachedFile("d.csv", 10**9, never)}
        reply = await counter.ask("dates", "import", {}, counter.context(files=files))
        assert "larger than 256 kB" in said(reply)


@pytest.mark.asyncio
async def test_dates_belong_to_the_whole_server(store: StateSettings, answering: Answering) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("dates", "add", {"date": "21 August", "text": "party"})
        there = counter.context(target=THREAD)
        assert "party" in said(await counter.ask("dates", "list", {}, there))
        counter.admins.add(9)
        group = counter.context(target=GROUP)
        assert "party" not in said(await counter.ask("dates", "list", {}, group))


@pytest.mark.asyncio
async def test_a_date_is_removed(store: StateSettings, answering: Answering) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("dates", "add", {"date": "21 August", "text": "party"})
        assert counter.desk.remembered.has_own_dates("discord", CHANNEL.server or 0)
        await counter.ask("dates", "remove", {"which": "party"})
        assert (await counter.ask("dates", "list")).outcome is Outcome.NOT_FOUND
        assert not counter.desk.remembered.has_own_dates("discord", CHANNEL.server or 0)


@pytest.mark.asyncio
async def test_settings_are_kept_and_remembered(store: StateSettings, answering: Answering) -> None:
    server = CHANNEL.server or 0
    async with opened_desk(store, answering) as counter:
        await counter.ask("settings", "", {"zone": "Tokyo", "date_order": "month-first"})
        fresh = Remembered()
        await fresh.load(counter.desk.database)
        for remembered in (counter.desk.remembered, fresh):
            assert remembered.zone("discord", server) == ZoneInfo("Asia/Tokyo")
            assert remembered.order("discord", server) is Order.MONTH_FIRST
        await counter.ask("settings", "", {"zone": "usual", "date_order": "usual"})
        assert counter.desk.remembered.zone("discord", server) is None
        assert counter.desk.remembered.order("discord", server) is None


@pytest.mark.asyncio
async def test_the_zone_of_a_daily_post_is_that_of_its_place_and_server(
    store: StateSettings, answering: Answering
) -> None:
    server = CHANNEL.server or 0
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", {"time": "9", "zone": "Tokyo"})
        in_thread = counter.context(target=THREAD)
        await counter.ask("daily", "set", {"time": "9", "zone": "Kolkata"}, in_thread)
        zone = counter.desk.remembered.zone
        assert zone("discord", server, CHANNEL.chat) == ZoneInfo("Asia/Tokyo")
        assert zone("discord", server, THREAD.chat) == ZoneInfo("Asia/Kolkata")
        assert zone("discord", server, 999) == ZoneInfo("Asia/Tokyo")
        assert zone("discord", 80008, 200) is None


@pytest.mark.asyncio
async def test_what_a_chat_chose_goes_along_to_its_new_number(
    file_store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(file_store, answering) as counter:
        group = counter.context(target=GROUP)
        await counter.ask("settings", "", {"zone": "Tokyo"}, group)
        await counter.ask("dates", "add", {"date": "1 May", "text": "party"}, group)
        remembered = counter.desk.remembered
        remembered.moved("telegram", GROUP.chat, -1000)
        assert remembered.zone("telegram", -1000) == ZoneInfo("Asia/Tokyo")
        assert remembered.has_own_dates("telegram", -1000)
        assert remembered.zone("telegram", GROUP.chat) is None
