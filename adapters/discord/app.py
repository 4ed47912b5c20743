"""The bot on Discord: discord.py's gateway and REST on one side, values and JSON on the other.

This file alone imports the library. Of it the connection, the limits and the events are used; its
command tree, views and embeds are not, for our commands are values and our messages are JSON.
"""

from __future__ import annotations

import asyncio
import logging
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import aiohttp
import yarl

with warnings.catch_warnings():
    # it imports the standard library's audioop, which warns that it will go; no voice is used here
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord.gateway import DiscordWebSocket
    from discord.http import MultipartParameters, Route
    from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord import messages
from adapters.discord.greeting import greeting
from adapters.discord.interactions import Interaction, Interactions, Kind, Pressed, ResponseType
from adapters.discord.invite import server_link, user_link
from adapters.discord.parse import question_of
from adapters.discord.register import is_registered, registration
from adapters.discord.render import (
    LONGEST_CUSTOM_ID,
    LONGEST_LABEL,
    ROOM,
    Payload,
    size,
)
from bot.adapter import Identity, PlatformUnreachableError, Remark, TokenRefusedError
from bot.buttons import Buttons
from bot.dialogue import Dialogue
from bot.safe_text import utf16_length
from bot.seen import Seen
from bot.service import Service
from bot.settings import DiscordSettings

logger = logging.getLogger("daybook.discord")

Result = TypeVar("Result")

NAME = "discord"

LONGEST_OUTAGE = 120
"""Seconds without a gateway after which the connection is begun anew: discord.py would go on trying
to resume a session at a server that may be gone."""

LONGEST_RATE_LIMIT = 60
"""Seconds of a rate limit that are waited out; an answer later than that is of no use."""

DRAIN_SECONDS = 6
"""How long answers under way may take when the bot stops."""

REST_TIMEOUT = aiohttp.ClientTimeout(total=10)

REGISTRATION_PAUSES = (5, 30, 120, 600)
"""Seconds between attempts to register commands; the last is repeated."""

ALREADY_ANSWERED = 40060
UNKNOWN_INTERACTION = 10062
UNKNOWN_MESSAGE = 10008
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#json"""

FATAL_CLOSES = {
    4004: "Discord refuses the token in DISCORD_TOKEN; take a new one from the developer portal.",
    4010: "Discord refuses the shard; this bot uses none, so tell its developers.",
    4011: "Discord asks for shards: the bot is in too many servers for one connection.",
    4012: "Discord no longer takes this version of its gateway; update Daybook.",
    4013: "Discord refuses the intents; update Daybook.",
    4014: "Discord refuses an intent that needs its approval; this bot asks for none such.",
}
"""Closes after which reconnecting is no use:
https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-close-event-codes"""


def adapter(settings: DiscordSettings, service: Service) -> DiscordAdapter:
    """Return the bot on Discord, not yet connected."""
    return DiscordAdapter(settings, service)


async def look(settings: DiscordSettings) -> Identity:
    """Return who the bot is and how to invite it, with what is wrong with its set-up.

    Raises TokenRefusedError and PlatformUnreachableError.
    """
    _use_servers(settings)
    with _outages():
        async with discord.Client(intents=discord.Intents.none()) as client:
            await _login(client, settings)
            application = await client.application_info()
    return Identity(
        name=application.name,
        invitations=(
            ("add to a server", server_link(application.id)),
            ("add to your account, for use anywhere", user_link(application.id)),
        ),
        remarks=tuple(_remarks(application)),
    )


def _remarks(application: discord.AppInfo) -> Iterator[Remark]:
    where = "in the developer portal"
    if application.interactions_endpoint_url:
        yield Remark(
            False, f"slash commands go to an Interactions Endpoint URL; clear it {where}, General"
        )
    if not application.bot_public:
        yield Remark(True, f"only you can add the bot; Public Bot {where}, Bot, changes that")
    if application.user_integration_config is None:
        yield Remark(
            False, f"the bot can't be added to accounts; tick User Install {where}, Installation"
        )


class DiscordAdapter:
    """The bot on Discord; `run` connects, and may be called again after it failed."""

    name = NAME

    def __init__(self, settings: DiscordSettings, service: Service) -> None:
        """Take where Discord is, and what answers."""
        self._settings = settings
        self._service = service
        token = settings.token.reveal()
        self._dialogue = Dialogue(
            platform=NAME,
            service=service,
            buttons=Buttons(token, LONGEST_CUSTOM_ID, utf16_length),
            room=ROOM,
            size=size,
            longest_label=LONGEST_LABEL,
        )
        self._interactions = Interactions(self._dialogue)
        self._seen = Seen()
        self._client: _Client | None = None
        self._is_stopping = False

    @property
    def is_connected(self) -> bool:
        """Whether the gateway is open and has told us our servers."""
        return self._client is not None and self._client.is_connected

    async def run(self) -> None:
        """Connect and answer until `stop`; raises TokenRefusedError, and what an outage raises."""
        if self._is_stopping:
            return
        _use_servers(self._settings)
        client = _Client(self._dialogue, self._interactions, self._seen)
        self._client = client
        with _outages():
            try:
                async with client:
                    await _login(client, self._settings)
                    await client.serve()
            except discord.ConnectionClosed as error:
                if error.code in FATAL_CLOSES:
                    raise TokenRefusedError(FATAL_CLOSES[error.code]) from None
                raise
            except discord.PrivilegedIntentsRequired:
                raise TokenRefusedError(FATAL_CLOSES[4014]) from None
        if client.refusal is not None:
            raise TokenRefusedError(client.refusal)
        if not self._is_stopping:
            raise PlatformUnreachableError("the connection to Discord ended")

    async def stop(self) -> None:
        """Take no new work, finish what is under way, and close the connection."""
        self._is_stopping = True
        if self._client is not None:
            await self._client.drain()
            await self._client.close()


def _use_servers(settings: DiscordSettings) -> None:
    """Set the addresses of another server; without any they are left as the library has them."""
    if settings.api_url:
        Route.BASE = settings.api_url
    if settings.gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)


async def _login(client: discord.Client, settings: DiscordSettings) -> None:
    try:
        await client.login(settings.token.reveal())
    except discord.LoginFailure:
        raise TokenRefusedError(FATAL_CLOSES[4004]) from None


@contextmanager
def _outages() -> Iterator[None]:
    """Say of whatever means "not now" only that; its own text may hold addresses."""
    try:
        yield
    except discord.HTTPException as error:
        raise PlatformUnreachableError(f"Discord answered {error.status}") from None
    except discord.ConnectionClosed as error:
        raise PlatformUnreachableError(f"Discord's gateway closed with {error.code}") from None
    except (OSError, aiohttp.ClientError, TimeoutError, discord.GatewayNotFound) as error:
        raise PlatformUnreachableError(
            f"Discord can't be reached ({type(error).__name__})"
        ) from None


class _Client(discord.Client):
    """discord.py's client with our handlers; made anew for each connection that begins anew."""

    def __init__(self, dialogue: Dialogue, interactions: Interactions, seen: Seen) -> None:
        super().__init__(
            # none of these needs Discord's approval: mentions and private messages carry content
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
        )
        self.refusal: str | None = None
        self._dialogue = dialogue
        self._interactions = interactions
        self._seen = seen
        self._webhooks: AsyncWebhookAdapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]
        self._session: aiohttp.ClientSession | None = None
        self._under_way: set[asyncio.Task[Any]] = set()
        self._is_draining = False
        self._is_open = False
        self._lost_at = time.monotonic()

    # -- the connection ----------------------------------------------------------------------------

    @property
    def is_connected(self) -> bool:
        """Whether the gateway is open and has told us our servers."""
        return self._is_open and self.is_ready() and not self.is_closed()

    async def serve(self) -> None:
        """Register the commands, connect and answer until closed."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(
            connector=connector, timeout=REST_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
        ) as self._session:
            beside = [asyncio.ensure_future(self._register()), asyncio.ensure_future(self._watch())]
            try:
                await self.connect(reconnect=True)
            except AttributeError:
                # a first connection that fails ends in the library's own None (its client.py)
                if self.ws is not None:
                    raise
                raise PlatformUnreachableError("Discord's gateway can't be reached") from None
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)

    async def _watch(self) -> None:
        """End a connection that has been lost for long, so that another is begun."""
        while True:
            await asyncio.sleep(5)
            if not self._is_open and time.monotonic() - self._lost_at > LONGEST_OUTAGE:
                logger.warning("no connection to the gateway for long; connecting anew")
                await self.close()
                return

    async def on_ready(self) -> None:
        self._opened()
        logger.info("connected", extra={"servers": len(self.guilds)})

    async def on_connect(self) -> None:
        self._opened()

    async def on_resumed(self) -> None:
        self._opened()
        logger.info("connection resumed")

    async def on_disconnect(self) -> None:
        if self._is_open:
            self._is_open = False
            self._lost_at = time.monotonic()

    def _opened(self) -> None:
        self._is_open = True

    async def drain(self) -> None:
        """Take nothing new, and wait for what is under way."""
        self._is_draining = True
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=DRAIN_SECONDS)

    async def _register(self) -> None:
        """Register the commands where the server has others; try until it is done."""
        commands = self._dialogue.service.answering.answerer.commands.values()
        wanted = registration(commands)
        path = "/applications/{application_id}/commands"
        pauses = [*REGISTRATION_PAUSES]
        while True:
            try:
                known = await self.http.request(
                    Route("GET", path, application_id=self.application_id),
                    params={"with_localizations": 1},
                )
                if not is_registered(wanted, known):
                    route = Route("PUT", path, application_id=self.application_id)
                    await self.http.request(route, json=wanted)
                    logger.info("commands registered", extra={"commands": len(wanted)})
            except (discord.HTTPException, OSError, aiohttp.ClientError, TimeoutError) as error:
                self._failed("registering commands", error)
            except discord.RateLimited as error:
                self._failed("registering commands", error)
            else:
                return
            await asyncio.sleep(pauses.pop(0) if len(pauses) > 1 else pauses[0])

    # -- events ------------------------------------------------------------------------------------

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log a bug in a handler whole; the others go on."""
        logger.exception("a handler failed", extra={"event": event_method})

    async def on_interaction(self, event: discord.Interaction) -> None:
        """Answer a command, a button or an unfinished option, once."""
        if self._is_draining or not self._seen.is_new(("interaction", event.id)):
            return
        kind = event.type.value
        if kind not in (Kind.COMMAND, Kind.BUTTON, Kind.AUTOCOMPLETE):
            return
        interaction = Interaction(
            id=event.id,
            kind=Kind(kind),
            data=event.data or {},
            user=event.user.id,
            place=event.channel_id or 0,
            locale=str(event.locale),
            is_private=event.context.dm_channel,
            may_delete=event.permissions.manage_messages,
            pressed=self._pressed(event.message) if event.message is not None else None,
        )
        with self._working():
            await self._interactions.handle(interaction, _Responses(self, event.id, event.token))

    def _pressed(self, message: discord.Message) -> Pressed:
        async def question() -> str:
            return await self._question_answered(message)

        return Pressed(
            has_embeds=bool(message.embeds),
            is_ephemeral=message.flags.ephemeral,
            is_reply=message.reference is not None,
            question=question,
        )

    async def _question_answered(self, message: discord.Message) -> str:
        """Return the question in the message that was replied to, or nothing."""
        reference = message.reference
        if reference is None or reference.message_id is None or self.user is None:
            return ""
        if isinstance(reference.resolved, discord.Message):
            return question_of(reference.resolved.content, self.user.id)
        route = Route(
            "GET",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=reference.channel_id,
            message_id=reference.message_id,
        )
        found = await self.call("reading a question", lambda: self.http.request(route))
        return question_of(str(found["content"]), self.user.id) if found else ""

    async def on_message(self, event: discord.Message) -> None:
        """Answer a message that is meant for the bot, once; never one of a bot or a webhook."""
        if self.user is None or event.author.bot or event.webhook_id is not None:
            return
        if event.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        said = messages.Message(
            id=event.id,
            content=event.content,
            user=event.author.id,
            place=event.channel.id,
            is_private=event.guild is None,
            is_reply_to_us=event.reference is not None and self.user in event.mentions,
            embeds_allowed=self._may(event, "embed_links"),
            names={user.id: user.display_name for user in event.mentions},
        )
        if not messages.is_for_us(said, self.user.id) or self._is_draining:
            return
        if not self._seen.is_new(("message", event.id)):
            return
        with self._working():
            payload = await messages.reply_to(said, self._dialogue, self.user.id)
            if payload is not None:
                await self.send(event.channel.id, payload)

    def _may(self, event: discord.Message, permission: str) -> bool:
        """Whether the bot has a permission where a message was written; unknown counts as yes."""
        if event.guild is None or isinstance(event.channel, discord.PartialMessageable):
            return True
        permissions = event.channel.permissions_for(event.guild.me)
        return bool(getattr(permissions, permission))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that has added the bot, where it may write."""
        channel = _where_to_greet(guild)
        if channel is None or self._is_draining:
            return
        with self._working():
            await self.send(channel.id, await greeting(self._dialogue, channel.id))

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Count what runs now as work that is finished before the bot stops."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("work is done in a task")
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)

    # -- calls -------------------------------------------------------------------------------------

    async def send(self, channel: int, payload: Payload) -> None:
        """Send a message. One that carries a nonce is sent again where its answer was lost."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        await self.call(
            "sending a message",
            lambda: self.http.request(route, json=payload),
            again="nonce" in payload,
        )

    async def call(
        self, what: str, call: Callable[[], Awaitable[Result]], *, again: bool = False
    ) -> Result | None:
        """Return what a call gives, and None where it failed, which is logged and counted.

        With `again` it is repeated once where nobody knows whether it arrived.
        """
        try:
            return await call()
        except discord.HTTPException as error:
            if error.status == 401 and error.code == 0:  # 401 of an interaction has a code
                self.refusal = FATAL_CLOSES[4004]
                await self.close()
            if again and error.status >= 500:
                return await self.call(what, call)
            self._failed(what, error)
        except (OSError, aiohttp.ClientError, TimeoutError) as error:
            if again:
                return await self.call(what, call)
            self._failed(what, error)
        except discord.RateLimited as error:
            self._failed(what, error)
        return None

    async def respond(self, what: str, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call about an interaction; one whose answer was lost is made once more.

        That the interaction was answered already means that the first one had arrived.
        """
        for is_last in (False, True):
            try:
                await call()
            except discord.HTTPException as error:
                if error.code != ALREADY_ANSWERED or not is_last:
                    self._failed(what, error)
            except (OSError, aiohttp.ClientError, TimeoutError) as error:
                if not is_last:
                    continue
                self._failed(what, error)
            return

    @property
    def webhooks(self) -> AsyncWebhookAdapter:
        """The library's calls that an interaction's own token allows."""
        return self._webhooks

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session of those calls."""
        if self._session is None:
            raise RuntimeError("not connected")
        return self._session

    def _failed(self, what: str, error: Exception) -> None:
        kind = _kind_of(error)
        self._dialogue.service.metrics.call_failed(NAME, kind)
        code = getattr(error, "code", None)
        logger.info("%s failed", what, extra={"kind": kind, "code": code})


class _Responses:
    """The answers to one interaction, as calls."""

    def __init__(self, client: _Client, interaction: int, token: str) -> None:
        self._client = client
        self._interaction = interaction
        self._token = token

    async def respond(self, kind: ResponseType, data: Payload | None = None) -> None:
        payload: Payload = {"type": int(kind)}
        if data is not None:
            payload["data"] = data
        client = self._client
        await client.respond(
            "answering",
            lambda: client.webhooks.create_interaction_response(
                self._interaction,
                self._token,
                session=client.session,
                params=MultipartParameters(payload, None, None),
            ),
        )

    async def edit(self, data: Payload) -> None:
        client = self._client
        await client.respond(
            "writing an announced answer",
            lambda: client.webhooks.edit_original_interaction_response(
                client.application_id or 0, self._token, session=client.session, payload=data
            ),
        )

    async def delete(self) -> None:
        client = self._client
        await client.respond(
            "deleting an answer",
            lambda: client.webhooks.delete_original_interaction_response(
                client.application_id or 0, self._token, session=client.session
            ),
        )


def _where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the server's channel for such messages, else the first in which the bot may write."""
    channels = [guild.system_channel, *sorted(guild.text_channels, key=lambda one: one.position)]
    for channel in channels:
        if channel is not None:
            permissions = channel.permissions_for(guild.me)
            if permissions.view_channel and permissions.send_messages:
                return channel
    return None


def _kind_of(error: Exception) -> str:
    match error:
        case discord.RateLimited():
            return "rate limit"
        case discord.HTTPException(code=code) if code == UNKNOWN_INTERACTION:
            return "too late"
        case discord.HTTPException(code=code) if code == UNKNOWN_MESSAGE:
            return "gone"
        case discord.HTTPException(status=status):
            return f"status {status}"
        case _:
            return "connection"
