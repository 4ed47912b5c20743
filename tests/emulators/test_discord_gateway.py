"""The gateway by a raw websocket: docs.discord.com/developers/events/gateway, and close codes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import aiohttp
import pytest
from emulators.discord_errors import Json, JsonValue
from emulators.discord_raw import (
    DIRECT_MESSAGES,
    GUILD_MESSAGES,
    GUILDS,
    MESSAGE_CONTENT,
    Place,
    RawGateway,
    a_place,
    connected,
)

Work = Callable[[RawGateway], Awaitable[JsonValue]]


@pytest.fixture
def place() -> Iterator[Place]:
    with a_place(check=False) as made:
        yield made


def talk(place: Place, work: Work, *, url: str = "", **how: JsonValue) -> JsonValue:
    """Connect, do something, and return what it gives."""

    async def run() -> JsonValue:
        async with asyncio.timeout(8), connected(url or place.discord.gateway_url, **how) as raw:
            return await work(raw)

    return asyncio.run(run())


async def greeted(raw: RawGateway, token: str, **more: JsonValue) -> Json:
    """Read Hello, identify, and return the data of READY."""
    await raw.receive()
    await raw.identify(token, **more)
    return await raw.until("READY")


# -- greeting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True])
def test_hello_ready_and_the_servers_come_in_order(place: Place, packed: bool) -> None:
    async def work(raw: RawGateway) -> list[object]:
        hello = await raw.receive()
        await raw.identify(place.discord.token)
        ready = await raw.receive()
        guild = await raw.receive()
        return [hello["op"], hello["d"]["heartbeat_interval"], ready["t"], ready["s"], guild["t"],
            guild["d"]["id"], guild["d"]["members"][0]["user"]["id"]]  # fmt: skip

    assert talk(place, work, packed=packed) == [
        10, 41250, "READY", 1, "GUILD_CREATE", place.guild.id, place.discord.application_id
    ]  # fmt: skip


def test_ready_lists_the_servers_as_unavailable_and_where_to_resume(place: Place) -> None:
    ready = talk(place, lambda raw: greeted(raw, place.discord.token))
    assert ready["guilds"] == [{"id": place.guild.id, "unavailable": True}]
    assert ready["resume_gateway_url"] == place.discord.resume_gateway_url
    assert ready["resume_gateway_url"] != place.discord.gateway_url


def test_heartbeats_are_acknowledged_until_they_are_not(place: Place) -> None:
    async def work(raw: RawGateway) -> int:
        await raw.receive()
        await raw.send(1, None)
        first = await raw.receive()
        place.discord.gateway.acknowledge = False
        await raw.send(1, None)
        with pytest.raises(TimeoutError):
            await raw.receive(timeout=0.1)
        return int(first["op"])

    assert talk(place, work) == 11


IDENTIFY: Json = {"token": None, "intents": 1, "properties": {"os": "linux"}}

FATAL: dict[str, tuple[int, int, JsonValue]] = {
    "an unknown opcode": (4001, 99, {}),
    "an identify without intents": (4002, 2, {"token": None, "properties": {"os": "x"}}),
    "an identify without properties": (4002, 2, {"token": None, "intents": 1}),
    "something before identifying": (4003, 3, {"status": "online"}),
    "a wrong token": (4004, 2, IDENTIFY | {"token": "wrong"}),
    "a resume with a wrong token": (4004, 6, {"token": "wrong", "session_id": "x", "seq": 1}),
    "a shard outside the count": (4010, 2, IDENTIFY | {"shard": [2, 2]}),
    "unknown intents": (4013, 2, IDENTIFY | {"intents": 1 << 40}),
    "privileged intents": (4014, 2, IDENTIFY | {"intents": 1 | MESSAGE_CONTENT}),
}


@pytest.mark.parametrize("name", FATAL)
def test_a_breach_of_the_rules_closes_with_its_code(place: Place, name: str) -> None:
    code, op, sent = FATAL[name]
    data = dict(sent)
    if "token" in data and data["token"] is None:
        data["token"] = place.discord.token

    async def work(raw: RawGateway) -> int | None:
        await raw.receive()
        await raw.send(op, data)
        return await raw.close_code()

    assert talk(place, work) == code
    assert place.discord.gateway.closed == [code]


@pytest.mark.parametrize("text", ["{", "[]", '"x"', "x" * 5000])
def test_what_is_no_payload_closes_with_4002(place: Place, text: str) -> None:
    async def work(raw: RawGateway) -> int | None:
        await raw.receive()
        await raw.socket.send_str(text)
        return await raw.close_code()

    assert talk(place, work) == 4002


def test_identifying_twice_closes_with_4005(place: Place) -> None:
    async def work(raw: RawGateway) -> int | None:
        await greeted(raw, place.discord.token)
        await raw.identify(place.discord.token)
        return await raw.close_code()

    assert talk(place, work) == 4005


def test_more_than_120_payloads_a_minute_close_with_4008(place: Place) -> None:
    async def work(raw: RawGateway) -> int | None:
        for _ in range(121):
            await raw.send(1, None)
        return await raw.close_code()

    assert talk(place, work) == 4008


def test_another_version_closes_with_4012(place: Place) -> None:
    assert talk(place, lambda raw: raw.close_code(), query="v=6&encoding=json") == 4012


def test_too_few_shards_close_with_4011(place: Place) -> None:
    place.discord.gateway.shards_required = 2

    async def work(raw: RawGateway) -> int | None:
        await raw.receive()
        await raw.identify(place.discord.token)
        return await raw.close_code()

    assert talk(place, work) == 4011


def test_granted_privileged_intents_are_taken(place: Place) -> None:
    place.discord.gateway.privileged = MESSAGE_CONTENT
    intents = GUILDS | MESSAGE_CONTENT
    talk(place, lambda raw: greeted(raw, place.discord.token, intents=intents))
    place.discord.assert_nothing_refused()


@pytest.mark.parametrize(("limit", "value"), [("identify_limit", 0), ("identify_spacing", 5.0)])
def test_an_identify_over_the_budget_is_an_invalid_session(
    place: Place, limit: str, value: float
) -> None:
    talk(place, lambda raw: greeted(raw, place.discord.token))
    setattr(place.discord.gateway, limit, value)

    async def work(raw: RawGateway) -> tuple[int, JsonValue]:
        await raw.receive()
        await raw.identify(place.discord.token)
        answer = await raw.receive()
        return answer["op"], answer["d"]

    assert talk(place, work) == (9, False)


# -- resuming -------------------------------------------------------------------------------------


async def drop_after_ready(raw: RawGateway, place: Place) -> tuple[str, int]:
    """Identify, read what comes, and lose the connection without closing it."""
    ready = await greeted(raw, place.discord.token, intents=GUILDS | GUILD_MESSAGES)
    await raw.until("GUILD_CREATE")
    place.discord.cut_gateway()
    assert raw.seq is not None
    return ready["session_id"], raw.seq


def resume(place: Place, session: str, seq: int) -> list[str]:
    """Resume on the other port and return the names of what comes, or op and data of a refusal."""

    async def work(raw: RawGateway) -> list[str]:
        await raw.receive()
        await raw.send(6, {"token": place.discord.token, "session_id": session, "seq": seq})
        names: list[str] = []
        while "RESUMED" not in names:
            payload = await raw.receive()
            names.append(payload["t"] or f"op {payload['op']} {payload['d']}")
            if names[-1].startswith("op"):
                break
        return names

    made: list[str] = talk(place, work, url=place.discord.resume_gateway_url)
    return made


def test_a_resume_replays_what_was_missed_once_and_in_order(place: Place) -> None:
    session, seq = talk(place, lambda raw: drop_after_ready(raw, place))
    place.discord.say(place.anna, place.channel, "one")
    place.discord.add_guild("new")
    assert resume(place, session, seq) == ["MESSAGE_CREATE", "GUILD_CREATE", "RESUMED"]


def test_a_resume_from_an_earlier_event_replays_it(place: Place) -> None:
    session, seq = talk(place, lambda raw: drop_after_ready(raw, place))
    assert resume(place, session, seq - 1) == ["GUILD_CREATE", "RESUMED"]


def test_an_unknown_session_is_invalid(place: Place) -> None:
    assert resume(place, "none", 1) == ["op 9 False"]


def test_a_resume_from_the_future_closes_with_4007(place: Place) -> None:
    session, _ = talk(place, lambda raw: drop_after_ready(raw, place))
    with pytest.raises(ConnectionError, match="4007"):
        resume(place, session, 99)


def test_a_bot_that_closes_with_1000_ends_its_session(place: Place) -> None:
    async def work(raw: RawGateway) -> tuple[str, int]:
        ready = await greeted(raw, place.discord.token)
        await raw.socket.close(code=1000)
        assert raw.seq is not None
        return ready["session_id"], raw.seq

    session, seq = talk(place, work)
    place.discord.wait_until(lambda: not place.discord.gateway.connections, 2)
    assert resume(place, session, seq) == ["op 9 False"]


# -- what a test may do ---------------------------------------------------------------------------


@pytest.mark.parametrize("code", [4000, 4004, 4009, 4014, 1001])
def test_any_close_code_can_be_had(place: Place, code: int) -> None:
    async def work(raw: RawGateway) -> int | None:
        await greeted(raw, place.discord.token)
        await asyncio.to_thread(place.discord.close_gateway, code)
        return await raw.close_code()

    assert talk(place, work) == code


@pytest.mark.parametrize("reset", [True, False])
def test_the_connection_can_be_cut_without_a_close_frame(place: Place, reset: bool) -> None:
    async def work(raw: RawGateway) -> int | None:
        await greeted(raw, place.discord.token)
        await asyncio.to_thread(place.discord.cut_gateway, reset=reset)
        return await raw.close_code()

    assert talk(place, work) in (1006, None)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (lambda d: d.reconnect(), (7, None)),
        (lambda d: d.invalidate(resumable=True), (9, True)),
        (lambda d: d.invalidate(resumable=False), (9, False)),
    ],
)
def test_reconnect_and_invalid_session_can_be_ordered(
    place: Place, order: Callable[[object], None], expected: tuple[int, JsonValue]
) -> None:
    async def work(raw: RawGateway) -> tuple[int, JsonValue]:
        await greeted(raw, place.discord.token)
        await raw.until("GUILD_CREATE")
        await asyncio.to_thread(order, place.discord)
        payload = await raw.receive()
        return payload["op"], payload["d"]

    assert talk(place, work) == expected


def test_the_gateway_can_be_down_while_rest_is_up(place: Place) -> None:
    place.discord.down("gateway")
    with pytest.raises(aiohttp.ClientConnectorError):
        talk(place, lambda raw: raw.receive())
    assert place.call("GET", "/users/@me").status == 200
    place.discord.up("gateway")
    assert talk(place, lambda raw: raw.receive())["op"] == 10


def test_the_gateway_can_answer_503(place: Place) -> None:
    place.discord.down("gateway", how="503")
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        talk(place, lambda raw: raw.receive())
    assert refused.value.status == 503


# -- what reaches the bot -------------------------------------------------------------------------

ALL_MESSAGES = GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES

HEARD: dict[str, tuple[int, str, str, str | None]] = {
    # intents, where, what is said, what the bot reads (None: it hears nothing)
    "a message": (ALL_MESSAGES, "server", "hello", ""),
    "a mention": (ALL_MESSAGES, "server", "BOT hello", "BOT hello"),
    "a direct message": (ALL_MESSAGES, "direct", "hello", "hello"),
    "a message with the intent": (ALL_MESSAGES | MESSAGE_CONTENT, "server", "hello", "hello"),
    "a message without its intent": (GUILDS | DIRECT_MESSAGES, "server", "BOT hello", None),
    "a direct message without its intent": (GUILDS | GUILD_MESSAGES, "direct", "hello", None),
    "a mention in code": (ALL_MESSAGES, "server", "`BOT`", ""),
    "a message in a foreign server": (ALL_MESSAGES, "foreign", "hello", None),
}


@pytest.mark.parametrize("name", HEARD)
def test_the_bot_hears_what_its_intents_allow(place: Place, name: str) -> None:
    intents, where, text, heard = HEARD[name]
    discord = place.discord
    discord.gateway.privileged = MESSAGE_CONTENT
    foreign = discord.add_guild("foreign", bot=False)
    bo = discord.add_user("bo", place.guild, foreign)
    channel = {
        "server": place.channel,
        "direct": discord.dm(bo),
        "foreign": discord.add_channel(foreign),
    }[where]
    said = text.replace("BOT", discord.bot.mention)

    async def work(raw: RawGateway) -> str | None:
        await greeted(raw, discord.token, intents=intents)
        await raw.until("GUILD_CREATE")
        await asyncio.to_thread(discord.say, bo, channel, said)
        try:
            payload = await raw.receive(timeout=0.15)
        except TimeoutError:
            return None
        assert payload["t"] == "MESSAGE_CREATE"
        content: str = payload["d"]["content"]
        return content.replace(discord.bot.mention, "BOT")

    assert talk(place, work) == heard


def test_a_reply_to_the_bot_is_heard_with_its_text(place: Place) -> None:
    async def work(raw: RawGateway) -> tuple[str, str]:
        await greeted(raw, place.discord.token, intents=ALL_MESSAGES)
        await raw.until("GUILD_CREATE")
        await asyncio.to_thread(place.post, {"content": "mine"})
        (mine,) = place.discord.messages(place.channel)
        await asyncio.to_thread(
            lambda: place.discord.say(place.anna, place.channel, "more", reply_to=mine)
        )
        await raw.until("MESSAGE_CREATE")
        data = await raw.until("MESSAGE_CREATE")
        return data["content"], data["referenced_message"]["content"]

    assert talk(place, work) == ("more", "mine")


EVENTS: dict[str, tuple[Callable[[Place], object], str, Json]] = {
    "a new server": (lambda p: p.discord.add_guild("new"), "GUILD_CREATE", {"name": "new"}),
    "a server that is out of order": (
        lambda p: p.discord.remove_guild(p.guild, unavailable=True), "GUILD_DELETE",
        {"unavailable": True},
    ),
    "a server that threw it out": (
        lambda p: p.discord.remove_guild(p.guild), "GUILD_DELETE", {"unavailable": None}
    ),
    "a new channel": (
        lambda p: p.discord.add_channel(p.guild, "new"), "CHANNEL_CREATE", {"name": "new"}
    ),
    "a renamed channel": (
        lambda p: p.discord.change_channel(p.channel, name="x"), "CHANNEL_UPDATE", {"name": "x"}
    ),
    "a deleted channel": (
        lambda p: p.discord.remove_channel(p.channel), "CHANNEL_DELETE", {"name": "general"}
    ),
    "a new thread": (
        lambda p: p.discord.add_channel(kind="thread", parent=p.channel), "THREAD_CREATE",
        {"type": 11},
    ),
    "a new role": (lambda p: p.discord.add_role(p.guild, "x"), "GUILD_ROLE_CREATE", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_a_change_of_the_world_is_told(place: Place, name: str) -> None:
    change, event, expected = EVENTS[name]

    async def work(raw: RawGateway) -> Json:
        await greeted(raw, place.discord.token)
        await raw.until("GUILD_CREATE")
        await asyncio.to_thread(change, place)
        return await raw.until(event)

    data = talk(place, work)
    assert {key: data.get(key) for key in expected} == expected


def test_an_interaction_can_be_delivered_twice(place: Place) -> None:
    place.discord.register([{"name": "help", "description": "d"}])

    async def work(raw: RawGateway) -> set[str]:
        await greeted(raw, place.discord.token)
        exchange = await asyncio.to_thread(place.discord.slash, place.anna, place.channel, "help")
        await asyncio.to_thread(place.discord.deliver_again, exchange)
        return {(await raw.until("INTERACTION_CREATE"))["id"] for _ in range(2)} | {exchange.id}

    assert len(talk(place, work)) == 1


@pytest.mark.parametrize(("length", "taken"), [(1, True), (4000, True), (4001, False), (0, False)])
def test_people_write_up_to_4000_characters(place: Place, length: int, taken: bool) -> None:
    if taken:
        place.discord.say(place.anna, place.channel, "x" * length)
    else:
        with pytest.raises(ValueError, match=r"text|characters"):
            place.discord.say(place.anna, place.channel, "x" * length)


def test_people_write_only_where_they_may(place: Place) -> None:
    stranger = place.discord.add_user("stranger")
    with pytest.raises(ValueError, match="may not write"):
        place.discord.say(stranger, place.channel, "hello")
