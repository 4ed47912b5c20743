"""Daily posts to Discord: what each answer of the server proves, on the emulated one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from emulators import discord_permissions as may
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel, Guild
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.delivery import MOST_REFUSALS, DiscordDelivery
from adapters.discord.marks import marks, without_mark
from adapters.discord.refusals import SENTENCES
from bot.daily.delivery import (
    Ambiguous,
    Fatal,
    Look,
    NotSent,
    Refused,
    Scope,
    Sent,
    Target,
    part_marker,
)
from bot.reply import Choice, Choices, Heading, Item, Note, Outcome, Reply
from bot.settings import DiscordSettings, Secret
from bot.state.posts import nonce_of
from bot.state.states import Platform

NONCE = "abcdefghijklmnopqrstuvwx"
EVERYTHING = frozenset(
    (
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "read_message_history",
    )
)


class Scene:
    """A server with a channel, and what delivers there."""

    def __init__(self, discord: DiscordEmulator) -> None:
        self.discord = discord
        self.guild: Guild = discord.add_guild()
        self.channel: Channel = discord.add_channel(self.guild)
        self.allowed: frozenset[str] | None = EVERYTHING
        settings = DiscordSettings(Secret(discord.token), discord.api_url, discord.gateway_url)
        self.delivery = DiscordDelivery(settings, lambda target: self.allowed)

    def target(self, channel: Channel | None = None, kind: str = "text", **options: str) -> Target:
        where = channel or self.channel
        return Target(
            "discord", int(where.id), server=int(self.guild.id), kind=kind, options=options
        )

    async def send(self, nonce: str = NONCE, target: Target | None = None) -> Any:  # noqa: ANN401
        where = target or self.target()
        payload = self.delivery.render(REPLY, where, nonce)[0]
        return await self.delivery.send(where, payload, nonce)

    @property
    def there(self) -> int:
        return len(self.discord.messages(self.channel))


REPLY = Reply(
    Outcome.FOUND,
    "daily",
    (Heading("29 November"), Item("x/1", "Egas Moniz is born.", "1874")),
    "29 November",
)


@pytest.fixture
def discord() -> Iterator[DiscordEmulator]:
    with DiscordEmulator() as discord:
        yield discord


@pytest_asyncio.fixture
async def scene(discord: DiscordEmulator) -> AsyncIterator[Scene]:
    scene = Scene(discord)
    yield scene
    await scene.delivery.close()


# -- sent -----------------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_d14_a_post_goes_by_the_bots_own_call_with_its_nonce(scene: Scene) -> None:
    result = await scene.send()
    (message,) = scene.discord.messages(scene.channel)
    (call,) = scene.discord.calls
    assert result == Sent(int(message.id))
    assert (call.method, call.path) == ("POST", f"/channels/{scene.channel.id}/messages")
    assert (message.nonce, call.body["enforce_nonce"]) == (NONCE, True)
    assert call.body["allowed_mentions"] == {"parse": []}
    assert "Egas Moniz is born." in message.shown
    assert not message.pings
    scene.discord.assert_nothing_refused()


@pytest.mark.asyncio
async def test_the_mark_is_in_a_buttons_id_and_nowhere_to_be_seen(scene: Scene) -> None:
    await scene.send()
    (message,) = scene.discord.messages(scene.channel)
    assert list(marks(message.data)) == [NONCE]
    assert NONCE not in message.shown
    assert [button.label for button in message.buttons] == ["More of this day"]


@pytest.mark.asyncio
async def test_only_the_chosen_role_is_pinged(scene: Scene) -> None:
    chosen = scene.discord.add_role(scene.guild, "history", mentionable=True)
    target = scene.target(ping_role=chosen.id)
    assert isinstance(await scene.send(target=target), Sent)
    (message,) = scene.discord.messages(scene.channel)
    assert tuple(message.pings.roles) == (chosen.id,)
    assert not message.pings.everyone


@pytest.mark.asyncio
async def test_without_embed_links_the_post_is_plain(scene: Scene) -> None:
    scene.allowed = EVERYTHING - {"embed_links"}
    assert isinstance(await scene.send(), Sent)
    (message,) = scene.discord.messages(scene.channel)
    assert message.embeds == []
    assert "Egas Moniz is born." in message.content


def test_a_long_reply_is_several_messages_each_with_its_mark(discord: DiscordEmulator) -> None:
    scene = Scene(discord)
    items = tuple(Item(f"x/{n}", f"Something happens, number {n}. " * 6, str(n)) for n in range(30))
    payloads = scene.delivery.render(
        replace(REPLY, parts=(*REPLY.parts, *items)), scene.target(), NONCE
    )
    assert len(payloads) > 2
    assert [list(marks(one)) for one in payloads] == [
        [part_marker(NONCE, part)] for part in range(len(payloads))
    ]
    told = "".join(one["embeds"][0]["description"] for one in payloads)
    assert all(f"number {n}." in told for n in range(30))


@pytest.mark.asyncio
async def test_a_forum_gets_a_thread_with_title_and_tag(scene: Scene) -> None:
    forum = scene.discord.add_channel(
        scene.guild, "days", kind="forum", tags=["history"], tag_required=True
    )
    tag = str(forum.tags[0]["id"])
    target = scene.target(forum, "forum", forum_title="On this day", forum_tags=tag)
    result = await scene.send(target=target)
    threads = [one for one in scene.guild.channels.values() if one.is_thread]
    assert [one.name for one in threads] == ["On this day – 29 November"]
    assert result == Sent(int(threads[0].id))
    found = await scene.delivery.find(target, NONCE, datetime.now(UTC) - timedelta(minutes=1))
    assert found == int(threads[0].id)
    second = replace(target, first_message=int(threads[0].id))
    payload = scene.delivery.render(REPLY, scene.target(), NONCE)[0]
    assert isinstance(await scene.delivery.send(second, payload, NONCE + "2"), Sent)
    assert len(scene.discord.messages(threads[0])) == 2


# -- nobody knows ---------------------------------------------------------------------------------

AMBIGUOUS = [
    ("status", {"status": 500}, 0),
    ("status", {"status": 503}, 0),
    ("html_before", {"status": 502}, 0),
    ("cut", {}, 0),
    ("after", {"status": 500}, 1),
    ("after", {"status": 504}, 1),
    ("after", {"status": 524}, 1),
    ("lost", {}, 1),
    ("truncated", {}, 1),
    ("empty", {}, 1),
    ("wrong_type", {}, 1),
    ("html", {"status": 502}, 1),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("kind", "more", "there"), AMBIGUOUS)
async def test_g20_g21_g22_after_a_lost_answer_the_nonce_makes_it_one_message(
    scene: Scene, kind: str, more: dict[str, Any], there: int
) -> None:
    scene.discord.fault("POST", "/messages$", kind, **more)
    assert isinstance(await scene.send(), Ambiguous)
    assert (len(scene.discord.calls), scene.there) == (1, there)
    assert isinstance(await scene.send(), Sent)
    assert scene.there == 1


@pytest.mark.asyncio
async def test_d10_a_message_that_was_deleted_meanwhile_counts_as_sent(scene: Scene) -> None:
    scene.discord.fault("POST", "/messages$", "lost")
    await scene.send()
    (message,) = scene.discord.messages(scene.channel)
    scene.discord._do(lambda: scene.discord._messages.remove(message.source))
    assert await scene.send() == Sent(None, is_deleted=True)
    assert scene.there == 0


@pytest.mark.asyncio
async def test_d08_a_lost_message_is_found_by_its_mark_when_the_nonce_is_too_old(
    scene: Scene,
) -> None:
    since = datetime.now(UTC) - timedelta(seconds=5)
    scene.discord.fault("POST", "/messages$", "lost")
    await scene.send()
    for number in range(120):
        await scene.send(f"{number:024}")
    first = scene.discord.messages(scene.channel)[0]
    assert await scene.delivery.find(scene.target(), NONCE, since) == int(first.id)
    assert await scene.delivery.find(scene.target(), "z" * 24, since) == Look.NOT_THERE


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("allowed", "found"),
    [
        (EVERYTHING - {"read_message_history"}, Look.UNREADABLE),
        (None, Look.NOT_NOW),
    ],
)
async def test_d09_a_history_that_may_not_be_read_proves_nothing(
    scene: Scene, allowed: frozenset[str] | None, found: Look
) -> None:
    scene.allowed = allowed
    scene.discord.set_bot_permissions(scene.channel, may.INVITED & ~may.READ_MESSAGE_HISTORY)
    await scene.send()
    since = datetime.now(UTC) - timedelta(minutes=1)
    assert await scene.delivery.find(scene.target(), NONCE, since) == found


@pytest.mark.asyncio
async def test_a_history_that_can_not_be_had_now_is_looked_at_later(scene: Scene) -> None:
    scene.discord.fault("GET", "/messages", "status", status=503)
    since = datetime.now(UTC) - timedelta(minutes=1)
    assert await scene.delivery.find(scene.target(), NONCE, since) == Look.NOT_NOW


# -- proven unsent --------------------------------------------------------------------------------


@pytest.mark.asyncio
async def test_no_connection_is_proven_unsent(scene: Scene) -> None:
    scene.discord.down("rest")
    result = await scene.send()
    assert isinstance(result, NotSent)
    assert result.scope is Scope.PLATFORM


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("scope", "seconds", "waits"),
    [("user", 0.3, Scope.PLACE), ("shared", 65.0, Scope.PLACE), ("global", 2.0, Scope.PLATFORM)],
)
async def test_g15_g16_g17_a_rate_limit_says_who_waits_and_how_long(
    scene: Scene, scope: str, seconds: float, waits: Scope
) -> None:
    scene.discord.fault("POST", "/messages$", "rate_limit", seconds=seconds, scope=scope)
    result = await scene.send()
    assert result == NotSent("rate limit", seconds, waits)
    assert len(scene.discord.calls) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("via", ["cloudflare", "rate_limit"])
async def test_g18_a_ban_of_the_address_stops_all_for_ten_minutes(scene: Scene, via: str) -> None:
    scene.discord.fault("POST", "/messages$", via, via=False)
    result = await scene.send()
    assert isinstance(result, NotSent)
    assert result.scope is Scope.PLATFORM
    assert result.retry_after >= 600


@pytest.mark.asyncio
async def test_g23_a_refused_token_is_the_end(scene: Scene) -> None:
    scene.discord.fault("POST", "/messages$", "status", status=401)
    assert isinstance(await scene.send(), Fatal)


# -- refused --------------------------------------------------------------------------------------

CODES = [10003, 10004, 20016, 20028, 40005, 50001, 50008, 50013, 50035, 50083, 160004, 160005]


@pytest.mark.asyncio
@pytest.mark.parametrize("code", CODES)
async def test_g24_g26_each_refusal_has_its_code_and_sentence(scene: Scene, code: int) -> None:
    scene.discord.fault("POST", "/messages$", "error", code=code)
    assert await scene.send() == Refused(str(code), SENTENCES[str(code)])
    assert scene.there == 0


def test_g26_no_two_refusals_have_the_same_sentence() -> None:
    told = [sentence for code, sentence in SENTENCES.items() if code != "20029"]
    assert len(set(told)) == len(told)


@pytest.mark.asyncio
async def test_g26_what_is_wrong_in_the_world_is_told_by_its_code(scene: Scene) -> None:
    discord, guild = scene.discord, scene.guild
    silent, hidden = discord.add_channel(guild), discord.add_channel(guild)
    discord.set_bot_permissions(silent, may.INVITED & ~may.SEND_MESSAGES)
    discord.set_bot_permissions(hidden, 0)
    gone = discord.add_channel(guild)
    discord.remove_channel(gone)
    forum = discord.add_channel(guild, "days", kind="forum", tags=["one"], tag_required=True)
    thread = discord.add_channel(guild, "talk", kind="thread", parent=scene.channel)
    discord.change_channel(thread, locked=True)
    cases = [
        (scene.target(silent), "50013"),
        (scene.target(hidden), "50001"),
        (scene.target(gone), "10003"),
        (scene.target(forum, "forum"), "50035"),
        (scene.target(thread, "thread"), "160005"),
    ]
    found = [(await scene.send(target=target)).code for target, _ in cases]
    assert found == [code for _, code in cases]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("lacks", "code"), [("read_messages", "50001"), ("send_messages", "50013")]
)
async def test_z7_what_is_known_to_be_refused_is_not_asked_for(
    scene: Scene, lacks: str, code: str
) -> None:
    scene.allowed = EVERYTHING - {lacks}
    assert (await scene.send()).code == code
    assert scene.discord.calls == []


@pytest.mark.asyncio
async def test_z7_refusals_that_could_not_be_known_stay_below_a_hundred(scene: Scene) -> None:
    scene.allowed = None
    scene.discord.set_bot_permissions(scene.channel, 0)
    results = [await scene.send() for _ in range(MOST_REFUSALS + 40)]
    assert scene.discord.invalid_requests == MOST_REFUSALS < 100
    assert all(isinstance(one, NotSent) for one in results[MOST_REFUSALS:])


# -- telling --------------------------------------------------------------------------------------

NOTICE = Reply(
    Outcome.INVALID,
    "daily",
    (Note("It may not have arrived."), Choices((Choice("daily again 7"),))),
    names_sources=False,
)


@pytest.mark.asyncio
async def test_an_admin_is_told_in_private_with_a_button(scene: Scene) -> None:
    anna = scene.discord.add_user("anna", scene.guild)
    assert await scene.delivery.tell(int(anna.id), scene.target(), NOTICE)
    (told,) = scene.discord.messages(scene.discord.dm(anna))
    assert "It may not have arrived." in told.shown
    assert [button.label for button in told.buttons] == ["Send it again"]
    assert scene.there == 0


@pytest.mark.asyncio
async def test_an_admin_who_takes_no_messages_is_told_in_the_place(scene: Scene) -> None:
    anna = scene.discord.add_user("anna", scene.guild, accepts_dms=False)
    assert await scene.delivery.tell(int(anna.id), scene.target(), NOTICE)
    assert scene.there == 1


# -- names ----------------------------------------------------------------------------------------


@given(
    st.integers(-(2**63), 2**63 - 1),
    st.integers(0, 2**31),
    st.dates(date.min, date.max),
    st.integers(0, 32_767),
)
def test_d13_a_nonce_has_25_characters_at_most(chat: int, topic: int, day: date, part: int) -> None:
    assert 1 <= len(nonce_of(Platform.DISCORD, chat, topic, day, part)) <= 25


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 9)), unique=True))
def test_d12_no_two_messages_have_the_same_nonce(names: list[tuple[int, int, int]]) -> None:
    made = [
        nonce_of(Platform.DISCORD, chat, 0, date(2026, 11, 1 + day), part)
        for chat, day, part in names
    ]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(
    ("custom_id", "read"),
    [
        (f"12345678a29 November|{NONCE}", "12345678a29 November"),
        (f"12345678a29 November|{NONCE}-2", "12345678a29 November"),
        ("12345678aone | two", "12345678aone | two"),
    ],
)
def test_a_press_is_read_without_the_mark(custom_id: str, read: str) -> None:
    assert without_mark({"custom_id": custom_id, "x": 1}) == {"custom_id": read, "x": 1}
