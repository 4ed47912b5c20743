"""The desk on both stores: what is asked is decided, written at once, and read again as it was."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk_cases import CHANNEL, GROUP, NOW, PACKS, said
from sqlalchemy import text
from state_stores import opened

from bot.answering import Answering
from bot.buttons import Buttons
from bot.command import Invocation, Request
from bot.daily.delivery import Target
from bot.daily.own_date_files import read_csv
from bot.desk.context import AttachedFile, Context
from bot.desk.desk import Desk
from bot.desk.remembered import Remembered
from bot.dialogue import STALE, Asker, Dialogue, Shown, Told
from bot.errors import UserError
from bot.metrics import Metrics
from bot.pages import Room
from bot.rate import RateLimits
from bot.reply import Outcome, Reply
from bot.service import Service
from bot.settings import StateSettings
from bot.state.database import Database
from bot.state.places import find_place, keep_place, sleep_server
from bot.state.posts import NewPost, Occasion, add_due, last_days
from bot.state.states import Platform, PostState, SubscriptionState
from bot.state.subscriptions import find_subscription
from bot.state.tables import metadata, post
from knowledge.dates import Order
from knowledge.library import open_library

pytest_plugins = ("state_fixtures",)

ADMIN, MEMBER = 1, 2

THREAD = replace(CHANNEL, chat=101, kind="public_thread")
OTHER_SERVER = replace(CHANNEL, chat=200, server=80008)
PRIVATE = Target("telegram", ADMIN, 0, None, "private")


@pytest.fixture(scope="module")
def answering() -> Iterator[Answering]:
    answering = Answering(open_library([PACKS / "polar-expedition"], None))
    yield answering
    answering.close()


class Delivering:
    """A platform on which some permissions are missing."""

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self.lacks: list[str] = []

    async def missing(self, target: Target) -> list[str]:
        return self.lacks

    def explain(self, code: str) -> str:
        return f"Mend {code}."


@dataclass
class Counter:
    """A desk, and people who come to it; who is an admin may change at any moment."""

    desk: Desk
    admins: set[int] = field(default_factory=lambda: {ADMIN})
    now: datetime = NOW

    def context(
        self,
        user: int = ADMIN,
        target: Target = CHANNEL,
        place: Target | None = None,
        files: Mapping[str, AttachedFile] | None = None,
        *,
        is_private: bool = False,
    ) -> Context:
        async def is_admin(wanted: Target) -> bool:
            return user in self.admins and wanted.server != OTHER_SERVER.server

        async def find(name: str) -> Target:
            if place is None:
                raise UserError("no such place")
            return place

        return Context(target, user, is_admin, is_private, find, files or {})

    async def ask(
        self,
        command: str,
        action: str = "",
        options: Mapping[str, str] | None = None,
        context: Context | None = None,
    ) -> Reply:
        invocation = Invocation(command, options or {}, action=action)
        request = Request(self.now.date(), command=command, action=action, options=options or {})
        return await self.desk.answer(invocation, request, context or self.context())


@asynccontextmanager
async def opened_desk(settings: StateSettings, answering: Answering) -> AsyncIterator[Counter]:
    async with opened(settings) as database:
        remembered = Remembered()
        await remembered.load(database)
        deliveries = {name: Delivering(name) for name in ("discord", "telegram")}
        counter: Counter

        def clock() -> datetime:
            return counter.now

        desk = Desk(database, answering, remembered, clock, UTC, deliveries)  # type: ignore[arg-type]
        counter = Counter(desk)
        yield counter


NINE = {"time": "09:00", "zone": "Europe/Berlin"}


async def rows_of(database: Database) -> dict[str, int]:
    """Return how many rows each table has."""
    async with database.read() as connection:
        return {
            table.name: (
                await connection.execute(text(f'SELECT count(*) FROM "{table.name}"'))  # noqa: S608 - names of ours
            ).scalar_one()
            for table in metadata.sorted_tables
        }


def without(counts: dict[str, int]) -> set[str]:
    """Return the tables that hold something."""
    return {name for name, count in counts.items() if count}


async def subscription_of(counter: Counter, target: Target = CHANNEL) -> object:
    async with counter.desk.database.read() as connection:
        place = await find_place(connection, Platform(target.platform), target.chat, target.topic)
        return await find_subscription(connection, place.id) if place else None


# -- /daily ---------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_what_is_set_is_shown(store: StateSettings, answering: Answering) -> None:
    async with opened_desk(store, answering) as counter:
        options = NINE | {"late": "2h", "tone": "gentle", "empty": "person", "kinds": "birth"}
        await counter.ask("daily", "set", options)
        shown = said(await counter.ask("daily", "show"))
        for words in ("09:00", "Europe/Berlin", "birth", "2 hours late", "someone to meet"):
            assert words in shown


@pytest.mark.asyncio
async def test_a_post_that_is_set_wakes_when_it_is_due(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        found = await subscription_of(counter)
        assert getattr(found, "wake_at", None) == datetime(2026, 8, 22, 7, tzinfo=UTC)


@pytest.mark.asyncio
async def test_a_place_has_one_post_however_often_it_is_set(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        for hour in ("8", "9", "10"):
            await counter.ask("daily", "set", {"time": hour, "zone": "UTC"})
        counts = await rows_of(counter.desk.database)
        assert (counts["place"], counts["subscription"]) == (1, 1)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("action", "state"),
    [("pause", SubscriptionState.PAUSED), ("stop", SubscriptionState.STOPPED)],
)
async def test_an_end_is_kept_and_taken_back(
    store: StateSettings, answering: Answering, action: str, state: SubscriptionState
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await counter.ask("daily", action)
        ended = await subscription_of(counter)
        assert (getattr(ended, "state", None), getattr(ended, "wake_at", None)) == (state, None)
        await counter.ask("daily", "resume")
        back = await subscription_of(counter)
        assert getattr(back, "state", None) is SubscriptionState.ON
        assert getattr(back, "wake_at", None) == datetime(2026, 8, 22, 7, tzinfo=UTC)


async def a_row(counter: Counter, state: PostState = PostState.DUE) -> int:
    """Write today's row of the channel, and return its number."""
    async with counter.desk.database.write() as connection:
        place = await find_place(connection, Platform.DISCORD, CHANNEL.chat)
        assert place is not None
        day = Occasion(
            place_id=place.id,
            platform=Platform.DISCORD,
            local_date=date(2026, 8, 21),
            due_at=NOW,
            late_at=NOW + timedelta(hours=6),
        )
        await add_due(connection, day, [NewPost(part=0, payload="{}", nonce="nonce")])
        if state is not PostState.DUE:
            await connection.execute(
                post.update().values(state=state, ended_at=NOW, try_at=None, sending_at=NOW)
            )
        (row,) = await last_days(connection, place.id, date(2026, 8, 1))
        return row.id


async def states(counter: Counter) -> list[tuple[int, PostState]]:
    async with counter.desk.database.read() as connection:
        place = await find_place(connection, Platform.DISCORD, CHANNEL.chat)
        assert place is not None
        rows = await last_days(connection, place.id, date(2026, 8, 1))
        return [(row.part, row.state) for row in rows]


@pytest.mark.asyncio
@pytest.mark.parametrize("action", ["pause", "stop"])
async def test_d20_what_waits_to_be_sent_is_cancelled(
    store: StateSettings, answering: Answering, action: str
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await a_row(counter)
        await counter.ask("daily", action)
        assert await states(counter) == [(0, PostState.CANCELLED)]


@pytest.mark.asyncio
async def test_d21_stopped_and_set_on_one_day_a_date_is_not_posted_twice(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await a_row(counter, PostState.SENT)
        await counter.ask("daily", "stop")
        # eleven o'clock in Berlin is still to come today, but today's date was posted
        reply = await counter.ask("daily", "set", {"time": "11:00"})
        assert "The next post comes tomorrow, 11:00 CEST." in said(reply)
        found = await subscription_of(counter)
        assert getattr(found, "wake_at", None) == datetime(2026, 8, 22, 9, tzinfo=UTC)


@pytest.mark.asyncio
async def test_d30_a_post_is_sent_again_once_whoever_presses(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        counter.admins.add(3)
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        presses = [
            counter.ask("daily", "again", {"id": str(number)}, counter.context(user))
            for user in (ADMIN, 3, ADMIN, 3)
        ]
        replies = [said(reply) for reply in await asyncio.gather(*presses)]
        assert sum("sent once more now" in words for words in replies) == 1
        assert sum("no more" in words for words in replies) == 3
        assert sorted(await states(counter)) == [(0, PostState.UNKNOWN), (100, PostState.DUE)]


@pytest.mark.asyncio
async def test_s24_a_row_of_another_place_is_not_sent_again(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        elsewhere = counter.context(target=replace(CHANNEL, chat=300, server=90009))
        reply = await counter.ask("daily", "again", {"id": str(number)}, elsewhere)
        assert "no such post here" in said(reply)
        assert await states(counter) == [(0, PostState.UNKNOWN)]


@pytest.mark.asyncio
async def test_a_row_of_another_channel_of_the_server_is_sent_again_from_here(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        near = counter.context(target=THREAD)
        reply = await counter.ask("daily", "again", {"id": str(number)}, near)
        assert "sent once more now" in said(reply)
        assert sorted(await states(counter)) == [(0, PostState.UNKNOWN), (100, PostState.DUE)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("user", "words"), [(ADMIN, "sent once more now"), (MEMBER, "Only members who may manage")]
)
async def test_a_notice_in_private_is_pressed_by_admins_of_the_place_only(
    store: StateSettings, answering: Answering, user: int, words: str
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        number = await a_row(counter, PostState.UNKNOWN)
        private = Target("discord", 900, 0, None, "private")
        context = counter.context(user, private, is_private=True)
        assert words in said(await counter.ask("daily", "again", {"id": str(number)}, context))


@pytest.mark.asyncio
async def test_two_admins_at_once_leave_one_whole_post(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await counter.ask("daily", "set", NINE)
        await asyncio.gather(
            counter.ask("daily", "set", {"time": "10:00"}),
            counter.ask("daily", "set", {"late": "2h"}),
            counter.ask("daily", "set", {"tone": "gentle"}),
        )
        found = await subscription_of(counter)
        assert getattr(found, "late", None) == timedelta(hours=2)
        assert getattr(found, "tone", None) == "gentle"
        assert str(getattr(found, "wall_time", None)) == "10:00:00"


@pytest.mark.asyncio
async def test_d22_a_missing_permission_leaves_nothing_behind(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        counter.desk.deliveries["discord"].lacks = ["Send Messages"]  # type: ignore[attr-defined]
        reply = await counter.ask("daily", "set", NINE)
        assert "I need: Send Messages" in said(reply)
        assert without(await rows_of(counter.desk.database)) <= {"alembic_version"}


@pytest.mark.asyncio
async def test_a_place_that_sleeps_wakes_where_its_post_is_set(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        async with counter.desk.database.write() as connection:
            await keep_place(
                connection, Platform.DISCORD, CHANNEL.chat, kind="text", server=CHANNEL.server
            )
            await sleep_server(connection, Platform.DISCORD, CHANNEL.server or 0, NOW)
        await counter.ask("daily", "set", NINE)
        async with counter.desk.database.read() as connection:
            place = await find_place(connection, Platform.DISCORD, CHANNEL.chat)
        assert place is not None
        assert place.asleep_since is None


@pytest.mark.asyncio
async def test_another_place_is_set_up_from_afar_and_tells_who_set_it(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        context = counter.context(target=PRIVATE, place=GROUP, is_private=True)
        await counter.ask("daily", "set", NINE | {"place": "@group"}, context)
        found = await subscription_of(counter, GROUP)
        assert (getattr(found, "set_by", None), getattr(found, "set_where", None)) == (
            ADMIN,
            PRIVATE.chat,
        )


# -- who may --------------------------------------------------------------------------------------

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


# -- dates and settings ---------------------------------------------------------------------------


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


# -- privacy --------------------------------------------------------------------------------------


async def everything(counter: Counter, context: Context) -> None:
    """Set up all that can be set up."""
    await counter.ask("daily", "set", NINE, context)
    await counter.ask("dates", "add", {"date": "1 May", "text": "party"}, context)
    await counter.ask("settings", "", {"tone": "gentle"}, context)


@pytest.mark.asyncio
async def test_s30_all_that_is_stored_is_exported(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await everything(counter, counter.context())
        await a_row(counter, PostState.SENT)
        file = (await counter.ask("privacy", "export")).file
        assert file is not None
        found = json.loads(file.content)
        assert found["places"][0]["chat"] == CHANNEL.chat
        assert found["daily_posts"][0]["zone"] == "Europe/Berlin"
        assert found["dates"][0]["text"] == "party"
        assert found["settings"] == {"tone": "gentle"}
        assert found["rows_of_the_ledger"][0]["state"] == "sent"


@pytest.mark.asyncio
async def test_s30_a_server_is_erased_whole_and_no_other(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        await everything(counter, counter.context())
        await a_row(counter, PostState.SENT)
        await everything(counter, counter.context(target=GROUP))
        await counter.ask("privacy", "erase", {"sure": "yes"})
        counts = await rows_of(counter.desk.database)
        kept = {name: counts[name] for name in ("place", "subscription", "own_date", "choice")}
        assert kept == {"place": 1, "subscription": 1, "own_date": 1, "choice": 1}
        assert counts["post"] == 0
        assert await subscription_of(counter, GROUP) is not None


@pytest.mark.asyncio
async def test_s30_in_private_ones_own_number_is_erased_everywhere(
    store: StateSettings, answering: Answering
) -> None:
    async with opened_desk(store, answering) as counter:
        group = counter.context(target=GROUP)
        await everything(counter, group)
        private = counter.context(target=PRIVATE, is_private=True)
        await everything(counter, private)
        file = (await counter.ask("privacy", "export", {}, private)).file
        assert file is not None
        assert len(json.loads(file.content)["daily_posts_set_up_elsewhere"]) == 1
        await counter.ask("privacy", "erase", {"sure": "yes"}, private)
        found = await subscription_of(counter, GROUP)
        assert getattr(found, "set_by", 0) is None
        assert await subscription_of(counter, PRIVATE) is None


# -- in a dialogue --------------------------------------------------------------------------------


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
