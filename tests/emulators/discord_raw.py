"""Requests and a gateway connection by hand, for tests of the emulator itself: no discord.py."""

from __future__ import annotations

import http.client
import json
import os
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from emulators.discord_errors import Json, JsonValue
from emulators.discord_schema import NoSpecError
from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel, Guild, User

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1, 1 << 9, 1 << 12, 1 << 15


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int | None:
        """Discord's own code, None where all went well."""
        made: int | None = self.body.get("code") if isinstance(self.body, dict) else None
        return made


@dataclass(frozen=True)
class Place:
    """An emulator with a server, a channel in it, and a member of it."""

    discord: DiscordEmulator
    guild: Guild
    channel: Channel
    anna: User

    def call(
        self,
        method: str,
        path: str,
        body: JsonValue = None,
        *,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request; a string as body goes out as it is."""
        url = urlsplit(self.discord.api_url)
        sent = {"Authorization": f"Bot {token or self.discord.token}", "Connection": "close"}
        data = body if isinstance(body, str) or body is None else json.dumps(body)
        if data is not None:
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=5)
        try:
            connection.request(method, url.path + path, data, sent | (headers or {}))
            response = connection.getresponse()
            raw = response.read()
            is_json = "json" in response.headers.get("Content-Type", "")
            answer = json.loads(raw) if is_json else raw.decode()
            return Answer(response.status, answer, dict(response.headers.items()))
        finally:
            connection.close()

    def post(self, body: Json, channel: Channel | None = None) -> Answer:
        """Send a message."""
        return self.call("POST", f"/channels/{(channel or self.channel).id}/messages", body)


@contextmanager
def a_place(*, check: bool = True) -> Iterator[Place]:
    """Start an emulator with a place in it; without Discord's description the test skips."""
    try:
        discord = DiscordEmulator(check=check)
    except NoSpecError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    with discord:
        guild = discord.add_guild()
        channel = discord.add_channel(guild)
        yield Place(discord, guild, channel, discord.add_user("anna", guild))


class RawGateway:
    """A gateway connection by hand."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, *, packed: bool) -> None:
        self.socket = socket
        self._zlib = zlib.decompressobj() if packed else None
        self.seq: int | None = None

    async def send(self, op: int, data: JsonValue) -> None:
        """Send a payload."""
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def receive(self, timeout: float = 3.0) -> Json:
        """Return the next payload; raises `ConnectionError` with the code where it was closed."""
        message = await self.socket.receive(timeout=timeout)
        if message.type is aiohttp.WSMsgType.BINARY and self._zlib is not None:
            payload: Json = json.loads(self._zlib.decompress(message.data))
        elif message.type is aiohttp.WSMsgType.TEXT:
            payload = json.loads(message.data)
        else:
            raise ConnectionError(self.socket.close_code)
        if payload.get("s"):
            self.seq = payload["s"]
        return payload

    async def until(self, event: str) -> Json:
        """Return the data of the next event of a name."""
        while True:
            payload = await self.receive()
            if payload["t"] == event:
                data: Json = payload["d"]
                return data

    async def close_code(self) -> int | None:
        """Return the code with which the server closes."""
        try:
            while True:
                await self.receive()
        except ConnectionError:
            return self.socket.close_code

    async def identify(self, token: str, **more: JsonValue) -> None:
        """Send Identify."""
        data = {"token": token, "intents": GUILDS, "properties": {"os": "linux"}}
        await self.send(2, data | more)


@asynccontextmanager
async def connected(
    url: str, *, query: str = "v=10&encoding=json", packed: bool = False
) -> AsyncIterator[RawGateway]:
    """Connect, and read Hello."""
    query += "&compress=zlib-stream" if packed else ""
    async with aiohttp.ClientSession() as session, session.ws_connect(f"{url}?{query}") as socket:
        yield RawGateway(socket, packed=packed)
