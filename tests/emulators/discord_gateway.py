"""The gateway: sessions, heartbeats, resuming, and all the ways in which a connection ends.

docs.discord.com/developers/events/gateway; opcodes and close codes:
docs.discord.com/developers/topics/opcodes-and-status-codes.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import struct
import zlib
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from aiohttp import WSMessage, WSMsgType, web
from emulators.discord_errors import Json, JsonValue
from emulators.discord_messages import content_hidden

if TYPE_CHECKING:
    from emulators.discord_world import Channel, Guild, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, MEMBERS, INVALID, HELLO, ACK = 7, 8, 9, 10, 11

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT
KNOWN_INTENTS = (1 << 26) - 1

REPLAYED = 5000
"""Events that a session keeps for a resume."""
SENDS_A_MINUTE = 120
LARGEST_PAYLOAD = 4096

encode = msgspec.json.Encoder().encode


class Session:
    """A session of a bot: it outlives its connections."""

    def __init__(self, intents: int, shard: tuple[int, int]) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.shard = shard
        self.seq = 0
        self.sent: deque[tuple[int, bytes]] = deque(maxlen=REPLAYED)
        self.connection: Connection | None = None

    def dispatch(self, event: str, data: JsonValue) -> None:
        """Send an event, or keep it for when the bot resumes."""
        self.seq += 1
        payload = encode({"t": event, "s": self.seq, "op": DISPATCH, "d": data})
        self.sent.append((self.seq, payload))
        if self.connection is not None:
            self.connection.send(payload)

    def missed(self, seq: int) -> list[bytes]:
        """Return the events after one."""
        return [payload for number, payload in self.sent if number > seq]


class Connection:
    """One websocket."""

    def __init__(self, socket_: web.WebSocketResponse, request: web.BaseRequest) -> None:
        self.socket = socket_
        self.transport = request.transport
        self.session: Session | None = None
        self.heartbeats = 0
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        packed = request.query.get("compress") == "zlib-stream"
        self._zlib = zlib.compressobj() if packed else None
        self._writer: asyncio.Task[None] | None = None
        self.order: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        """The code with which somebody else wants this connection closed."""
        self.sends: deque[float] = deque()

    def start(self) -> None:
        """Begin to send what is queued."""
        self._writer = asyncio.ensure_future(self._write())

    def send(self, payload: bytes) -> None:
        """Queue a payload."""
        self._queue.put_nowait(payload)

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                payload = await self._queue.get()
                if self._zlib is None:
                    await self.socket.send_str(payload.decode())
                else:
                    packed = self._zlib.compress(payload) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(packed)

    def close(self, code: int) -> None:
        """Close with a code; `serve` does it, so that nobody else reads meanwhile."""
        if not self.order.done():
            self.order.set_result(code)

    async def next(self) -> WSMessage | int:
        """Return the next message, or the code with which to close."""
        receiving = asyncio.ensure_future(self.socket.receive())
        waited: set[asyncio.Future[JsonValue]] = {receiving, self.order}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not self.order.done():
            return receiving.result()
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)
        return self.order.result()

    async def finish(self, code: int) -> None:
        """Send what is queued and the close frame, and wait for the bot's."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                while not self._queue.empty():
                    await asyncio.sleep(0.001)
        with contextlib.suppress(ConnectionError):
            await self.socket.close(code=code)

    def cut(self, *, reset: bool) -> None:
        """End the TCP connection without a word: by RST, or by FIN."""
        if self.transport is None:
            return
        if reset:
            raw = self.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()
        else:
            self.transport.close()

    async def end(self) -> None:
        """Stop sending."""
        self.order.cancel()
        if self._writer is not None:
            self._writer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._writer


class Gateway:
    """All sessions, and the rules of the gateway."""

    def __init__(
        self, world: World, token: str, changed: Callable[[], None], now: Callable[[], float]
    ) -> None:
        self.world = world
        self.token = token
        self.changed = changed
        self.now = now
        self.heartbeat_interval = 41.25
        self.acknowledge = True
        self.resume_url = ""
        self.privileged = 0
        """The privileged intents that the application may have."""
        self.shards_required = 1
        self.identify_limit = 1000
        self.max_concurrency = 1
        self.identify_spacing = 0.0
        """Seconds between two identifies of a bucket: 5 on Discord; 0 is no limit."""
        self.resumable = True
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.identifies: list[float] = []
        self.resumes: list[float] = []
        self.received: list[Json] = []
        """Every payload that the bot sent."""
        self.closed: list[int] = []
        """The codes with which the gateway closed connections by its own rules."""
        self._buckets: dict[int, float] = {}

    # -- what goes out ----------------------------------------------------------------------------

    def tell(self, event: str, data: Json, channel: Channel | None) -> None:
        """Send an event to the sessions that asked for its kind and have its shard."""
        guild = channel.guild if channel is not None else None
        if channel is not None and guild is not None and not guild.has_bot:
            return
        if channel is not None and channel.kind == 3:
            return
        for session in self.sessions.values():
            if event.startswith("MESSAGE"):
                needed = GUILD_MESSAGES if guild else DIRECT_MESSAGES
                if not session.intents & needed:
                    continue
            elif not session.intents & GUILDS:
                continue
            if not self._is_on_shard(session, guild.id if guild else None):
                continue
            if channel is not None and event in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
                session.dispatch(event, self._message(session, data, channel, event))
            else:
                session.dispatch(event, data)
        self.changed()

    def tell_guild(self, event: str, data: Json, guild: Guild) -> None:
        """Send an event about a server to the sessions of its shard."""
        for session in self.sessions.values():
            if session.intents & GUILDS and self._is_on_shard(session, guild.id):
                session.dispatch(event, data)

    def _message(self, session: Session, data: Json, channel: Channel, event: str) -> Json:
        author = data["author"]["id"]
        mentioned = any(user["id"] == self.world.bot.id for user in data["mentions"])
        sees = (
            bool(session.intents & MESSAGE_CONTENT)
            or channel.guild is None
            or mentioned
            or author == self.world.bot.id
        )
        if not sees:
            data = content_hidden(data)
        replied = data.get("referenced_message")
        if replied and not sees:
            data = data | {"referenced_message": content_hidden(replied)}
        data = data | {"channel_type": channel.kind}
        if channel.guild is not None:
            member = channel.guild.members.get(author)
            data = data | {"guild_id": channel.guild.id}
            if member is not None and "webhook_id" not in data:
                data["member"] = member.json(with_user=False)
        return data

    @staticmethod
    def _is_on_shard(session: Session, guild_id: str | None) -> bool:
        number, count = session.shard
        return number == (0 if guild_id is None else (int(guild_id) >> 22) % count)

    def interaction_session(self, guild_id: str | None) -> Session | None:
        """Return the session that gets interactions of a server (or of direct messages)."""
        found = None
        for session in self.sessions.values():
            if self._is_on_shard(session, guild_id):
                found = session
        return found

    # -- what comes in ----------------------------------------------------------------------------

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve one connection until it ends."""
        socket_ = web.WebSocketResponse(timeout=2, compress=False, max_msg_size=1 << 20)
        try:
            await socket_.prepare(request)
        except ConnectionError:
            return web.Response()  # the bot was gone before it was greeted
        connection = Connection(socket_, request)
        self.connections.add(connection)
        connection.start()
        try:
            if request.query.get("v") not in ("9", "10") or request.query.get("encoding") not in (
                None,
                "json",
            ):
                await self._close(connection, 4012)
                return socket_
            self._say(connection, HELLO, {"heartbeat_interval": int(self.heartbeat_interval * 1000),
                "_trace": []})  # fmt: skip
            await self._converse(connection)
        finally:
            if connection.session is not None and connection.session.connection is connection:
                connection.session.connection = None
                if socket_.close_code in (1000, 1001):
                    # a bot that closes so ends its session (gateway, Closing a Connection)
                    self.sessions.pop(connection.session.id, None)
            self.connections.discard(connection)
            await connection.end()
            self.changed()
        return socket_

    async def _converse(self, connection: Connection) -> None:
        while True:
            message = await connection.next()
            if isinstance(message, int):
                await connection.finish(message)
                return
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                return
            code = await self._receive(connection, message.data)
            if code is not None:
                await self._close(connection, code)
                return

    async def _close(self, connection: Connection, code: int) -> None:
        self.closed.append(code)
        if connection.session is not None and code not in (4000, 4008, 4009):
            self.sessions.pop(connection.session.id, None)
        await connection.finish(code)

    def _say(self, connection: Connection, op: int, data: JsonValue) -> None:
        connection.send(encode({"t": None, "s": None, "op": op, "d": data}))

    async def _receive(self, connection: Connection, text: JsonValue) -> int | None:
        """Take a payload; return a close code where it breaks a rule."""
        if len(text) > LARGEST_PAYLOAD:
            return 4002
        try:
            payload = msgspec.json.decode(text)
            op, data = payload["op"], payload.get("d")
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
            return 4002
        self.received.append(payload)
        now = self.now()
        connection.sends.append(now)
        while connection.sends and now - connection.sends[0] > 60:
            connection.sends.popleft()
        if len(connection.sends) > SENDS_A_MINUTE:
            return 4008
        if op == HEARTBEAT:
            connection.heartbeats += 1
            if self.acknowledge:
                self._say(connection, ACK, None)
            return None
        if op == IDENTIFY:
            return self._identify(connection, data)
        if op == RESUME:
            return self._resume(connection, data)
        if op not in (PRESENCE, VOICE, MEMBERS, 31):
            return 4001
        return 4003 if connection.session is None else None

    def _identify(self, connection: Connection, data: JsonValue) -> int | None:
        if connection.session is not None:
            return 4005
        try:
            token, intents = data["token"], data["intents"]
            shard = tuple(data.get("shard") or (0, 1))
            data["properties"]["os"]
        except (KeyError, TypeError, AttributeError):
            return 4002
        code = self._faults(token, intents, shard)
        if code is not None:
            return code
        now = self.now()
        recent = [at for at in self.identifies if now - at < 86_400]
        bucket = shard[0] % self.max_concurrency
        too_soon = now - self._buckets.get(bucket, -1e9) < self.identify_spacing
        if too_soon or len(recent) >= self.identify_limit:
            self._say(connection, INVALID, False)
            return None
        self._buckets[bucket] = now
        self.identifies.append(now)
        session = Session(intents, (shard[0], shard[1]))
        for other in [each for each in self.sessions.values() if each.connection is None]:
            # a session that nobody is connected to is given up when its shard identifies anew
            if other.shard == session.shard:
                del self.sessions[other.id]
        self.sessions[session.id] = session
        self._attach(session, connection)
        self._ready(session)
        return None

    def _faults(
        self, token: JsonValue, intents: JsonValue, shard: tuple[JsonValue, ...]
    ) -> int | None:
        if token != self.token:
            return 4004
        if (
            len(shard) != 2
            or not all(type(n) is int for n in shard)
            or not 0 <= shard[0] < shard[1]
        ):
            return 4010
        if shard[1] < self.shards_required:
            return 4011
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS or intents < 0:
            return 4013
        if intents & PRIVILEGED & ~self.privileged:
            return 4014
        return None

    def _ready(self, session: Session) -> None:
        guilds = [
            guild
            for guild in self.world.guilds.values()
            if guild.has_bot and self._is_on_shard(session, guild.id)
        ]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user_settings": {},
                "user": self.bot_user(),
                "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "session_type": "normal",
                "resume_gateway_url": self.resume_url,
                "shard": list(session.shard),
                "application": {"id": self.world.application_id, "flags": 1 << 23},
                "relationships": [],
                "private_channels": [],
                "presences": [],
                "guild_join_requests": [],
                "geo_ordered_rtc_regions": [],
                "auth": {},
                "_trace": [],
            },
        )
        if session.intents & GUILDS:
            for guild in guilds:
                if not guild.unavailable:
                    session.dispatch("GUILD_CREATE", guild.created(self.world.bot.id))
        self.changed()

    def bot_user(self) -> Json:
        """Return the bot's user object as it gets it itself."""
        return self.world.bot.json() | {
            "verified": True,
            "mfa_enabled": True,
            "flags": 0,
            "email": None,
            "bio": "",
            "locale": "en-US",
        }

    def _resume(self, connection: Connection, data: JsonValue) -> int | None:
        if connection.session is not None:
            return 4005
        try:
            token, session_id, seq = data["token"], data["session_id"], data["seq"]
        except (KeyError, TypeError):
            return 4002
        if token != self.token:
            return 4004
        session = self.sessions.get(session_id)
        if session is None or not self.resumable:
            self._say(connection, INVALID, False)
            return None
        if not isinstance(seq, int) or seq > session.seq:
            return 4007
        if session.sent and session.sent[0][0] > seq + 1:
            self._say(connection, INVALID, False)
            return None
        self.resumes.append(self.now())
        missed = session.missed(seq)
        self._attach(session, connection)
        for payload in missed:
            connection.send(payload)
        session.dispatch("RESUMED", {"_trace": []})
        self.changed()
        return None

    def _attach(self, session: Session, connection: Connection) -> None:
        session.connection = connection
        connection.session = session

    # -- what a test does to it -------------------------------------------------------------------

    def reconnect(self) -> None:
        """Send op 7 to all connections."""
        for connection in self.connections:
            self._say(connection, RECONNECT, None)

    def invalidate(self, *, resumable: bool) -> None:
        """Send op 9 to all connections; without `resumable` their sessions are gone."""
        for connection in list(self.connections):
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
                connection.session.connection = None
                connection.session = None
            self._say(connection, INVALID, resumable)

    def close_all(self, code: int) -> None:
        """Begin to close all connections with a code."""
        for connection in self.connections:
            connection.close(code)

    def cut_all(self, *, reset: bool) -> None:
        """End the TCP connections without a close frame."""
        for connection in list(self.connections):
            connection.cut(reset=reset)
