"""A Discord of one's own, on 127.0.0.1: what a bot's tests start, look at, and break.

    with DiscordEmulator() as discord:
        guild = discord.add_guild()
        channel = discord.add_channel(guild)
        anna = discord.add_user("anna", guild)
        ...start the bot with discord.environment...
        discord.wait_until_ready()
        answer = discord.slash(anna, channel, "help").wait().message
        assert "sources" in answer.shown
        discord.assert_nothing_refused()

It runs in a thread of its own. Every method may be called from any thread, returns at once or takes
a time-out, and raises `ValueError` for what a person or a client couldn't do. Objects that it
returns (users, channels, messages) are to be looked at only.

As a process of its own: `python -m emulators.discord_server` with `tests` on the path; see `main`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web
from emulators import discord_permissions as may
from emulators.discord_commands import Commands
from emulators.discord_errors import Json, JsonValue
from emulators.discord_faults import Fault, RateLimits
from emulators.discord_gateway import Gateway
from emulators.discord_interactions import Exchange, Interactions
from emulators.discord_listener import Listener
from emulators.discord_messages import Messages
from emulators.discord_people import People
from emulators.discord_rest import Call, Rest
from emulators.discord_routes import Routes
from emulators.discord_schema import load, spec_path
from emulators.discord_seen import SeenMessage
from emulators.discord_world import KINDS, Channel, Guild, Role, User, World

T = TypeVar("T")

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Emulat.or-token-of-no-worth-at-all-0123456789"  # noqa: S105
PATIENCE = 10.0
"""Seconds that a method waits unless it is told otherwise."""


class DiscordEmulator:
    """A local Discord. Use it as a context manager, or call `start()` and `stop()`.

    - `token`: the bot's; any other is refused.
    - `check`: whether bodies are checked against Discord's API description as well as against the
      limits that it lacks; without the file `NoSpecError` is raised when it is made.
    - `now`: a clock in seconds since 1970; `advance()` moves it, for tokens that run out.
    - `record`: whether calls are kept in `.calls`; off for benchmarks.
    - `nonce_window`: seconds for which `enforce_nonce` gives the same message back.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        check: bool = True,
        now: Callable[[], float] = time.time,
        record: bool = True,
        nonce_window: float = 180.0,
        bot_name: str = "daybook",
        spec: Path | None = None,
    ) -> None:
        self.token = token
        self._clock = now
        self._ahead = 0.0
        self.world = World(self._now, bot_name)
        self._changed = threading.Condition()
        self._waiting = 0
        schema = load(spec or spec_path()) if check else None
        self._gateway = Gateway(self.world, token, self._notify, self._now)
        self._messages = Messages(self.world, self._gateway.tell, nonce_window)
        self._interactions = Interactions(self.world, self._messages)
        self._commands = Commands(self.world.application_id, self.world.new_id, self._now)
        self._routes = Routes(
            self.world, self._gateway, self._messages, self._interactions, self._commands
        )
        self._rest = Rest(self.world, self._routes, token, schema, self._notify)
        self._rest.record = record
        self._people = People(
            self.world,
            self._gateway,
            self._messages,
            self._interactions,
            self._commands,
            self._wait_until,
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._listeners = {
            "rest": Listener(self._rest.serve),
            "gateway": Listener(self._serve_gateway),
            "resume": Listener(self._serve_gateway),
        }

    # -- life -------------------------------------------------------------------------------------

    def start(self) -> DiscordEmulator:
        """Begin to listen, on ports that the system chooses."""
        loop = asyncio.new_event_loop()
        self._loop = loop
        self._thread = threading.Thread(target=self._run, args=(loop,), name="discord", daemon=True)
        self._thread.start()
        for listener in self._listeners.values():
            self._await(listener.start())
        self._gateway.resume_url = self.resume_gateway_url
        self._routes.gateway_url = self.gateway_url
        return self

    def stop(self) -> None:
        """End everything: connections, listeners, and the thread."""
        if self._loop is None or self._thread is None:
            return
        self._await(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            raise RuntimeError("the emulator's thread did not end")
        self._loop = None

    async def _stop(self) -> None:
        self._gateway.cut_all(reset=False)
        for listener in self._listeners.values():
            await listener.stop()
        ours = asyncio.current_task()
        rest = [task for task in asyncio.all_tasks() if task is not ours]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def __enter__(self) -> DiscordEmulator:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @staticmethod
    def _run(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    def _await(self, coroutine: JsonValue, timeout: float = PATIENCE) -> JsonValue:
        assert self._loop is not None, "the emulator isn't running"
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout)

    def _do(self, action: Callable[[], T]) -> T:
        """Run something on the emulator's thread and return what it gives, or raise."""
        if self._thread is None or threading.current_thread() is self._thread:
            return action()

        async def run() -> T:
            return action()

        done: T = self._await(run())
        return done

    def _notify(self) -> None:
        if self._waiting:
            with self._changed:
                self._changed.notify_all()

    def _wait_until(self, holds: Callable[[], bool], timeout: float) -> bool:
        ends = time.monotonic() + timeout
        with self._changed:
            self._waiting += 1
            try:
                while not holds():
                    left = ends - time.monotonic()
                    if left <= 0:
                        return False
                    self._changed.wait(min(left, 0.5))
                return True
            finally:
                self._waiting -= 1

    def wait_until(
        self, holds: Callable[[], bool], timeout: float = PATIENCE, what: str = "that"
    ) -> None:
        """Wait until a condition on this emulator holds; raises `TimeoutError` with `what`."""
        if not self._wait_until(holds, timeout):
            raise TimeoutError(f"{what} did not happen within {timeout} s")

    # -- where it is ------------------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """http://127.0.0.1:PORT/api/v10, for discord.http.Route.BASE."""
        return f"http://127.0.0.1:{self._listeners['rest'].port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """ws://127.0.0.1:PORT/gateway, for DiscordWebSocket.DEFAULT_GATEWAY."""
        return f"ws://127.0.0.1:{self._listeners['gateway'].port}/gateway"

    @property
    def resume_gateway_url(self) -> str:
        """Where READY tells bots to resume: another port than `gateway_url`."""
        return f"ws://127.0.0.1:{self._listeners['resume'].port}/gateway"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make the bot use this server."""
        return {
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.api_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }

    @property
    def application_id(self) -> str:
        """The application's id, the bot's user id too."""
        return self.world.application_id

    @property
    def bot(self) -> User:
        """The bot's user; `.mention` is how people address it."""
        return self.world.bot

    def _now(self) -> float:
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the emulator's clock on: interactions expire, windows of limits and nonces end."""
        self._ahead += seconds
        self._notify()

    # -- the world --------------------------------------------------------------------------------

    def add_guild(
        self,
        name: str = "History club",
        *,
        locale: str = "en-US",
        bot_permissions: int = may.INVITED,
        bot: bool = True,
    ) -> Guild:
        """Make a server; the bot is invited with `bot_permissions`, or not at all (`bot=False`)."""

        def make() -> Guild:
            guild = self.world.add_guild(
                name, locale=locale, bot_permissions=bot_permissions, has_bot=bot
            )
            self._announce(guild)
            return guild

        return self._do(make)

    def invite_bot(self, guild: Guild, bot_permissions: int = may.INVITED) -> None:
        """Invite the bot (again) into a server: GUILD_CREATE."""

        def invite() -> None:
            self.world.put_bot_in(guild, bot_permissions)
            self._announce(guild)

        self._do(invite)

    def _announce(self, guild: Guild) -> None:
        if guild.has_bot:
            for session in self._gateway.sessions.values():
                session.dispatch("GUILD_CREATE", guild.created(self.world.bot.id))

    def remove_guild(self, guild: Guild, *, unavailable: bool = False) -> None:
        """Throw the bot out; or, with `unavailable`, let the server be out of order for a while."""

        def remove() -> None:
            if unavailable:
                guild.unavailable = True
            else:
                guild.has_bot = False
                guild.members.pop(self.world.bot.id, None)
            self._routes.tell_removed(guild, unavailable=unavailable)

        self._do(remove)

    def restore_guild(self, guild: Guild) -> None:
        """End an outage that `remove_guild(unavailable=True)` began: GUILD_CREATE."""

        def restore() -> None:
            guild.unavailable = False
            self._announce(guild)

        self._do(restore)

    def add_channel(
        self,
        guild: Guild | None = None,
        name: str = "general",
        *,
        kind: str = "text",
        parent: Channel | None = None,
        slow_mode: int = 0,
        tags: Iterable[str] = (),
        tag_required: bool = False,
        people: Iterable[User] = (),
    ) -> Channel:
        """Make a channel: text, announcement, forum, voice, category, thread, private_thread, dm...

        A thread (or a forum's post) needs its `parent`. Without a server: `kind="dm"` with the one
        person in `people` is their direct message with the bot; "group" is one without the bot, in
        which only an app that people installed themselves is there.
        """
        if kind not in KINDS:
            raise ValueError(f"no kind of channel: {kind!r}; there are {sorted(KINDS)}")
        number = KINDS[kind]
        if number in (10, 11, 12) and parent is None:
            raise ValueError("a thread needs its parent")
        persons = list(people)

        def make() -> Channel:
            if number == 1:
                return self.world.direct(persons[0])
            channel = Channel(
                self.world.new_id(), number, name, parent.guild if parent else guild, parent,
                people=persons, slow_mode=slow_mode, tag_required=tag_required,
                owner_id=self.world.bot.id,
            )  # fmt: skip
            channel.tags = [
                {"id": self.world.new_id(), "name": tag, "moderated": False, "emoji_id": None,
                 "emoji_name": None} for tag in tags
            ]  # fmt: skip
            self.world.add_channel(channel)
            event = "THREAD_CREATE" if channel.is_thread else "CHANNEL_CREATE"
            self._gateway.tell(event, channel.json(), channel)
            return channel

        return self._do(make)

    def dm(self, user: User) -> Channel:
        """Return somebody's direct message with the bot."""
        return self._do(lambda: self.world.direct(user))

    def change_channel(self, channel: Channel, **changes: JsonValue) -> None:
        """Rename, archive, lock ...: `name`, `archived`, `locked`, `slow_mode`, `tag_required`."""

        def change() -> None:
            for key, value in changes.items():
                if key not in ("name", "archived", "locked", "slow_mode", "tag_required"):
                    raise ValueError(f"{key!r} of a channel can't be changed")
                setattr(channel, key, value)
            event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
            self._gateway.tell(event, channel.json(), channel)

        self._do(change)

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or thread: calls get 10003 from then on."""

        def remove() -> None:
            channel.deleted = True
            self.world.channels.pop(channel.id)
            if channel.guild is not None:
                channel.guild.channels.pop(channel.id)
            event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
            self._gateway.tell(event, channel.json(), channel)

        self._do(remove)

    def set_bot_permissions(self, channel: Channel, permissions: int) -> None:
        """Let the bot have exactly these permissions in a channel (and its threads)."""
        self.set_permissions(self.bot, channel, permissions)

    def set_permissions(self, user: User, channel: Channel, permissions: int) -> None:
        """Let somebody have exactly these permissions in a channel: an overwrite for them."""

        def change() -> None:
            kept = [each for each in channel.overwrites if each.id != user.id]
            deny = may.ALL & ~permissions
            channel.overwrites = [*kept, may.Overwrite(user.id, 1, permissions, deny)]
            self._gateway.tell("CHANNEL_UPDATE", channel.json(), channel)

        self._do(change)

    def set_guild_permissions(self, guild: Guild, permissions: int) -> None:
        """Let the bot's own role have these permissions in the whole server."""

        def change() -> None:
            role = next(r for r in guild.roles.values() if r.managed_by == self.bot.id)
            role.permissions = permissions
            for session in self._gateway.sessions.values():
                session.dispatch("GUILD_ROLE_UPDATE", {"guild_id": guild.id, "role": role.json()})

        self._do(change)

    def add_user(
        self,
        name: str = "anna",
        *guilds: Guild,
        bot: bool = False,
        locale: str = "en-US",
        admin: bool = False,
        permissions: int | None = None,
        installed: bool = False,
        accepts_dms: bool = True,
    ) -> User:
        """Make a person (or another bot) who is in some servers.

        There they have what members have; or `permissions`; or all, as an `admin`. With `installed`
        they have installed the app for themselves.
        """

        def make() -> User:
            user = self.world.add_user(name, bot=bot, locale=locale)
            user.installed = installed
            user.accepts_dms = accepts_dms
            for guild in guilds:
                given = may.ADMINISTRATOR if admin else permissions
                self.world.join(user, guild, permissions=given)
            return user

        return self._do(make)

    def add_role(
        self, guild: Guild, name: str, *, permissions: int = 0, mentionable: bool = False
    ) -> Role:
        """Make a role; `.mention` is how it is pinged."""

        def make() -> Role:
            role = self.world.add_role(
                guild, name, permissions=permissions, mentionable=mentionable
            )
            for session in self._gateway.sessions.values():
                session.dispatch("GUILD_ROLE_CREATE", {"guild_id": guild.id, "role": role.json()})
            return role

        return self._do(make)

    # -- people -----------------------------------------------------------------------------------

    def say(
        self,
        user: User,
        channel: Channel,
        text: str,
        *,
        reply_to: SeenMessage | None = None,
        ping_reply: bool = True,
    ) -> SeenMessage:
        """Let somebody write. The bot hears of it as its intents allow.

        Its text reaches the bot only in direct messages, where it is mentioned or replied to, or
        with the message-content intent. Raises `ValueError` where they may not write.
        """
        source = reply_to.source if reply_to else None
        return self._do(
            lambda: SeenMessage(self._people.say(user, channel, text, source, ping=ping_reply))
        )

    def slash(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        subcommand: str | None = None,
        locale: str | None = None,
    ) -> Exchange:
        """Let somebody use a slash command and return its exchange; `.wait()` for the answer.

        `options` by name: text, numbers, or a User, Channel or Role. `subcommand` may be two words,
        group and sub-command. Raises `ValueError` where Discord's client wouldn't offer the command
        (not registered, context, installation, permissions) or take an option.
        """
        return self._do(
            lambda: self._people.slash(
                user, channel, name, options or {}, locale=locale, subcommand=subcommand
            )
        )

    def autocomplete(
        self,
        user: User,
        channel: Channel,
        name: str,
        option: str,
        typed: str,
        others: Mapping[str, Any] | None = None,
        *,
        subcommand: str | None = None,
        locale: str | None = None,
        timeout: float = 3.0,
    ) -> list[Json]:
        """Let somebody type into an option; return the choices: name and value each."""
        exchange = self._do(
            lambda: self._people.autocomplete(
                user,
                channel,
                name,
                option,
                typed,
                others or {},
                locale=locale,
                subcommand=subcommand,
            )
        )
        return exchange.wait(timeout).choices

    def press(self, user: User, message: SeenMessage, label_or_custom_id: str) -> Exchange:
        """Let somebody press a button; raises `ValueError` where it isn't there or is disabled."""
        button = SeenMessage(message.source).button(label_or_custom_id)
        if button.custom_id is None or button.disabled:
            raise ValueError(f"the button {label_or_custom_id!r} can't be pressed")
        custom_id = button.custom_id
        return self._do(lambda: self._people.press(user, message.source, custom_id, forged=False))

    def press_raw(self, user: User, message: SeenMessage, custom_id: str) -> Exchange:
        """Send a press of a button with any custom id, as a forger would."""
        return self._do(lambda: self._people.press(user, message.source, custom_id, forged=True))

    def deliver_again(self, exchange: Exchange) -> None:
        """Send the very same interaction once more, as a replay after a resume may."""
        self._do(lambda: self._people.deliver(exchange))

    # -- looking ----------------------------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every REST request so far, in order."""
        return list(self._rest.calls)

    @property
    def refused(self) -> list[Call]:
        """Every request that was refused by a rule, a limit or the schema; `.reason` says why."""
        return list(self._rest.refused)

    @property
    def invalid_requests(self) -> int:
        """How many answers counted towards a ban: 401, 403, and 429 unless "shared"."""
        return self._rest.invalid_requests

    def assert_nothing_refused(self) -> None:
        """Raise `AssertionError` naming each refused call, and keys that Discord doesn't know."""
        said = [f"{call.method} {call.path}: {call.reason}" for call in self.refused]
        said += [
            f"{call.method} {call.path}: undocumented keys {call.unknown_keys}"
            for call in self.calls
            if call.unknown_keys
        ][:10]
        said += [f"the gateway closed with {code}" for code in self._gateway.closed]
        if said:
            raise AssertionError("\n".join(said))

    def messages(self, channel: Channel) -> list[SeenMessage]:
        """Return what stands in a channel now, oldest first; ephemeral ones aren't among them."""
        return self._do(lambda: [SeenMessage(each) for each in channel.messages.values()])

    def wait_for_message(
        self,
        channel: Channel,
        predicate: Callable[[SeenMessage], bool] | None = None,
        timeout: float = PATIENCE,
    ) -> SeenMessage:
        """Wait for a message in a channel; without a predicate for one of the bot's.

        Raises `TimeoutError`, telling what stands in the channel.
        """

        def fits(message: SeenMessage) -> bool:
            if predicate is None:
                return message.author_id == self.bot.id
            return predicate(message)

        found: list[SeenMessage] = []

        def there() -> bool:
            found[:] = [
                each for each in map(SeenMessage, list(channel.messages.values())) if fits(each)
            ]
            return bool(found)

        if not self._wait_until(there, timeout):
            shown = [each.shown for each in self.messages(channel)]
            raise TimeoutError(f"no such message within {timeout} s; the channel has {shown}")
        return found[-1]

    def commands(self, guild: Guild | None = None) -> dict[str, Json]:
        """Return the registered commands by name: global ones, or those of a server."""
        every = self._do(lambda: self._commands.all(guild.id if guild else None))
        return {command["name"]: command for command in every}

    def register(self, commands: list[Json], guild: Guild | None = None) -> None:
        """Register commands without a bot, as PUT would."""
        self._do(lambda: self._commands.overwrite(guild.id if guild else None, commands))

    # -- the gateway ------------------------------------------------------------------------------

    @property
    def gateway(self) -> Gateway:
        """The gateway, to look at and to set.

        To set: `heartbeat_interval` (s), `acknowledge` (heartbeats), `privileged` (intents that it
        grants), `shards_required`, `identify_limit`, `max_concurrency`, `identify_spacing`,
        `resumable`. To look at: `sessions`, `connections`, `identifies`, `resumes`, `received`,
        `closed`.
        """
        return self._gateway

    @property
    def intents(self) -> int | None:
        """The intents that the bot identified with; None while there is no session."""
        sessions = list(self._gateway.sessions.values())
        return sessions[-1].intents if sessions else None

    @property
    def connected(self) -> bool:
        """Whether a bot has a session and a connection."""
        return any(each.connection for each in list(self._gateway.sessions.values()))

    def wait_until_ready(self, timeout: float = PATIENCE) -> None:
        """Wait until the bot is connected and identified."""
        self.wait_until(lambda: self.connected, timeout, "the bot's connection")

    def wait_for_commands(self, timeout: float = PATIENCE) -> dict[str, Json]:
        """Wait until global commands are registered and return them by name."""
        kept = self._commands.kept
        self.wait_until(lambda: bool(kept[None]), timeout, "the registration of commands")
        return self.commands()

    def reconnect(self) -> None:
        """Tell the bot to reconnect (op 7)."""
        self._do(self._gateway.reconnect)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session is invalid (op 9)."""
        self._do(lambda: self._gateway.invalidate(resumable=resumable))

    def close_gateway(self, code: int) -> None:
        """Close the bot's connections with a code; a fatal one too."""
        self._do(lambda: self._gateway.close_all(code))

    def cut_gateway(self, *, reset: bool = True) -> None:
        """End the bot's connections by TCP only: RST, or FIN."""
        self._do(lambda: self._gateway.cut_all(reset=reset))

    # -- what breaks ------------------------------------------------------------------------------

    def down(self, *parts: str, how: str = "refused") -> None:
        """Take "rest", "gateway" and "resume" (all three unless named) out of order.

        `how`: "refused" (nobody listens, open connections are cut) or "503" (that is the answer).
        """
        if how not in ("refused", "503"):
            raise ValueError(f"{how!r} is no way to be down")
        for name in parts or tuple(self._listeners):
            if how == "refused":
                self._await(self._listeners[name].stop())
            else:
                self._listeners[name].unavailable = True
                self._rest.unavailable = self._rest.unavailable or name == "rest"

    def up(self, *parts: str) -> None:
        """Put them back in order, on the same ports."""
        for name in parts or tuple(self._listeners):
            self._listeners[name].unavailable = False
            if name == "rest":
                self._rest.unavailable = False
            self._await(self._listeners[name].start())

    def fault(
        self,
        method: str,
        path_pattern: str,
        kind: str,
        times: int = 1,
        *,
        status: int = 500,
        seconds: float = 1.0,
        code: int = 0,
        scope: str = "user",
        via: bool = True,
    ) -> Fault:
        """Let the next `times` calls whose method ("*": any) and path (a regex) match go wrong.

        Without an effect: "status" (a `status`), "error" (a Discord `code` such as 20016),
        "rate_limit" (429: `seconds` to wait, `scope` user, global or shared, `via` header or not),
        "cloudflare" (429 in HTML without Via), "html_before" (a `status` in HTML), "cut".
        With their effect, but not its answer: "after" (a `status`), "lost" (the connection is cut),
        "truncated" (half the JSON), "html" (a `status` in HTML), "empty" (204), "wrong_type".
        "delay" waits `seconds` before the effect, "slow_answer" after it.
        `.calls` says what really happened: `.effect` and `.fault` of each.
        """
        fault = Fault(
            method, re.compile(path_pattern), kind, times, status, seconds, code, scope, via
        )
        self._do(lambda: self._rest.faults.append(fault))
        return fault

    def clear_faults(self) -> None:
        """Forget the faults that have not happened."""
        self._do(self._rest.faults.clear)

    @property
    def limits(self) -> RateLimits:
        """The limits, off at first: `.whole = 50` and `.route(method, pattern, n, seconds)`."""
        return self._rest.limits

    # -- load -------------------------------------------------------------------------------------

    def flood(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        count: int,
        in_flight: int = 64,
        timeout: float = 60.0,
    ) -> list[float]:
        """Use a command `count` times with `in_flight` at once; return the latencies in seconds.

        Raises `TimeoutError` where an answer is missing.
        """
        given = options or {}
        return list(self._await(self._flood(user, channel, name, given, count, in_flight), timeout))

    async def _flood(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, Any],
        count: int,
        in_flight: int,
    ) -> list[float]:
        latencies: list[float] = []
        done = asyncio.get_running_loop().create_future()
        sent = 0

        def one() -> None:
            nonlocal sent
            sent += 1
            exchange = self._people.slash(
                user, channel, name, options, locale=None, subcommand=None
            )
            exchange.on_answer = answered

        def answered(exchange: Exchange) -> None:
            latencies.append(exchange.latency)
            self._interactions.by_token.pop(exchange.token, None)
            if exchange.original is not None:
                channel.messages.pop(exchange.original.id, None)
            if sent < count:
                one()
            elif len(latencies) == count:
                done.set_result(None)

        for _ in range(min(in_flight, count)):
            one()
        await done
        return latencies

    async def _serve_gateway(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.rstrip("/") not in ("", "/gateway"):
            return web.Response(status=404)
        return await self._gateway.serve(request)


def main() -> None:
    """Serve as a process: one JSON object a line in and out.

    First comes `{"environment": ..., "guild": ..., "channel": ..., "user": ...}` of a ready-made
    server. Then, for each line `{"flood": {"name": ..., "options": ..., "count": ...,
    "in_flight": ...}}`, `{"latencies": [...]}`; for `{"wait": seconds}`, `{"commands": [...]}` once
    the bot has registered some and is connected. It ends with its input.
    """
    with DiscordEmulator(check=False, record=False) as discord:
        guild = discord.add_guild()
        channel = discord.add_channel(guild)
        user = discord.add_user("anna", guild)
        ready = {"guild": guild.id, "channel": channel.id, "user": user.id}
        _print({"environment": discord.environment, **ready})
        for line in sys.stdin:
            asked = json.loads(line)
            if "wait" in asked:
                discord.wait_until_ready(asked["wait"])
                _print({"commands": sorted(discord.wait_for_commands(asked["wait"]))})
            elif "flood" in asked:
                flood = asked["flood"]
                name, options = flood.pop("name"), flood.pop("options", {})
                _print({"latencies": discord.flood(user, channel, name, options, **flood)})


def _print(said: Json) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
