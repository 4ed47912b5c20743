"""The bot on Discord: discord.py's gateway and REST on one side, values and JSON on the other.

This file alone imports the library. Of it the connection, the limits and the events are used; its
command tree, views and embeds are not, for our commands are values and our messages are JSON.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import time
import warnings
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

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
from adapters.discord.calls import (
    LONGEST_RATE_LIMIT,
    CallError,
    Calls,
    ClosedError,
    NoAnswerError,
    RateLimitedError,
    RefusedError,
)
from adapters.discord.closes import INTENT_REFUSED, SENTENCES, TOKEN_REFUSED
from adapters.discord.delivery import DiscordDelivery
from adapters.discord.desk_context import Around, Attached, attached_to
from adapters.discord.greeting import greeting
from adapters.discord.identify_budget import IdentifyBudget
from adapters.discord.interactions import Interaction, Interactions, Kind, Pressed
from adapters.discord.invite import server_link, user_link
from adapters.discord.library_log import shorten_outages
from adapters.discord.marks import without_mark
from adapters.discord.parse import question_of
from adapters.discord.registering import register
from adapters.discord.render import LONGEST_CUSTOM_ID, LONGEST_LABEL, ROOM, Payload, size
from adapters.discord.work import UnderWay, unless
from bot.adapter import Identity, PlatformUnreachableError, Remark, TokenRefusedError
from bot.buttons import Buttons
from bot.daily.delivery import PlaceListener, Target
from bot.dialogue import Dialogue
from bot.errors import UserError
from bot.reply import Attachment
from bot.safe_text import utf16_length
from bot.seen import Seen
from bot.service import Service
from bot.settings import DiscordSettings

logger = logging.getLogger("daybook.discord")

NAME = "discord"

LONGEST_OUTAGE = 120.0
"""Seconds without a gateway after which the connection is begun anew: discord.py would go on trying
to resume a session at a server that may be gone."""

HEARTBEAT_TIMEOUT = 60.0
"""Seconds without a word of the gateway, which answers each heartbeat, after which it is left; the
library's own default."""

DRAIN_SECONDS = 6
"""How long answers under way may take when the bot stops."""

CLOSE_SECONDS = 1.0
"""How long the gateway may take to say goodbye; one that is gone never does."""

LOGIN_SECONDS = 30.0
"""For the two calls that begin a connection, their retries included."""

REST_TIMEOUT = aiohttp.ClientTimeout(total=10)

FILE_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where attached files lie: https://docs.discord.com/developers/reference#cdn-formatting."""

NO_FILE = "The file could not be had from Discord. Attach it again."

_UNREADABLE = (json.JSONDecodeError, UnicodeDecodeError)
"""What the library raises where half of an answer came."""


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

    def __init__(
        self,
        settings: DiscordSettings,
        service: Service,
        *,
        longest_outage: float = LONGEST_OUTAGE,
        heartbeat_timeout: float = HEARTBEAT_TIMEOUT,
    ) -> None:
        """Take where Discord is, what answers, and the seconds that the constants explain."""
        self._settings = settings
        self._service = service
        self._longest_outage = longest_outage
        self._heartbeat_timeout = heartbeat_timeout
        token = settings.token.reveal()
        self._dialogue = Dialogue(
            platform=NAME,
            service=service,
            buttons=Buttons(token, LONGEST_CUSTOM_ID, utf16_length),
            room=ROOM,
            size=size,
            longest_label=LONGEST_LABEL,
        )
        self._seen = Seen()
        self._budget = IdentifyBudget()
        self._client: _Client | None = None
        self._places: PlaceListener | None = None
        self.delivery = DiscordDelivery(settings, self._permissions)
        """Daily posts, by requests of their own."""
        self._is_stopping = False

    @property
    def is_connected(self) -> bool:
        """Whether the gateway is open and knows us."""
        return self._client is not None and self._client.is_connected

    def listen(self, listener: PlaceListener) -> None:
        """Take whom to tell what changes in servers."""
        self._places = listener

    def _permissions(self, target: Target) -> frozenset[str] | None:
        """Return what the bot may do in a place, none while the gateway doesn't tell."""
        return self._client.permissions(target) if self._client and self.is_connected else None

    async def run(self) -> None:
        """Connect and answer until `stop`; raises TokenRefusedError, PlatformUnreachableError."""
        if self._is_stopping:
            return
        _use_servers(self._settings)
        client = _Client(
            self._dialogue,
            self._seen,
            self._budget,
            self._places,
            longest_outage=self._longest_outage,
            heartbeat_timeout=self._heartbeat_timeout,
        )
        self._client = client
        with _outages():
            async with client:
                await client.unless_ended(_login(client, self._settings))
                await client.serve()
        if client.refusal is not None:
            raise TokenRefusedError(client.refusal)
        if not self._is_stopping:
            raise PlatformUnreachableError("the connection to Discord ended")

    async def stop(self) -> None:
        """Take no new work, finish what is under way, and close the connection."""
        self._is_stopping = True
        if self._client is not None:
            await self._client.drain()
            self._client.end()


def _use_servers(settings: DiscordSettings) -> None:
    """Set the addresses of another server; without any they are left as the library has them."""
    if settings.api_url:
        Route.BASE = settings.api_url
    if settings.gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)


async def _login(client: discord.Client, settings: DiscordSettings) -> None:
    shorten_outages()
    # no voice is used here, so that nobody need hear what it would take
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    try:
        async with asyncio.timeout(LOGIN_SECONDS):
            await client.login(settings.token.reveal())
    except discord.LoginFailure:
        raise TokenRefusedError(SENTENCES[TOKEN_REFUSED]) from None


@contextmanager
def _outages() -> Iterator[None]:
    """Say of whatever means "not now" only that, and of whatever means "never" what to do.

    The library's own texts may hold addresses.
    """
    try:
        yield
    except discord.PrivilegedIntentsRequired:
        raise TokenRefusedError(SENTENCES[INTENT_REFUSED]) from None
    except discord.ConnectionClosed as error:
        if error.code in SENTENCES:
            raise TokenRefusedError(SENTENCES[error.code]) from None
        raise PlatformUnreachableError(f"Discord's gateway closed with {error.code}") from None
    except discord.HTTPException as error:
        raise PlatformUnreachableError(f"Discord answered {error.status}") from None
    except discord.RateLimited as error:
        raise PlatformUnreachableError(
            f"Discord asks to wait for {error.retry_after:.0f} seconds"
        ) from None
    except _UNREADABLE:
        raise PlatformUnreachableError("Discord's answer can't be read") from None
    except (OSError, aiohttp.ClientError, TimeoutError, discord.GatewayNotFound) as error:
        raise PlatformUnreachableError(
            f"Discord can't be reached ({type(error).__name__})"
        ) from None


class _Client(discord.Client):
    """discord.py's client with our handlers; made anew for each connection that begins anew."""

    def __init__(
        self,
        dialogue: Dialogue,
        seen: Seen,
        budget: IdentifyBudget,
        places: PlaceListener | None,
        *,
        longest_outage: float,
        heartbeat_timeout: float,
    ) -> None:
        super().__init__(
            # none of these needs Discord's approval: mentions and private messages carry content
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
            heartbeat_timeout=heartbeat_timeout,
        )
        self.refusal: str | None = None
        self._dialogue = dialogue
        self._interactions = Interactions(dialogue, self)
        self._seen = seen
        self._budget = budget
        self._places = places
        self._longest_outage = longest_outage
        self._wire = _Wire(self)
        self._calls = Calls(self._wire, self._count_failure, self._refuse)
        self._work = UnderWay()
        self._ended = asyncio.Event()
        self._is_open = False
        self._lost_at = time.monotonic()
        self._guilds_known: set[int] = set()

    # -- the connection ----------------------------------------------------------------------------

    @property
    def is_connected(self) -> bool:
        """Whether the gateway is open and knows us."""
        return self._is_open and self.ws.open

    async def serve(self) -> None:
        """Register the commands, connect and answer until `end`; raises what an outage raises."""
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(
            connector=connector, timeout=REST_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()
        ) as self._wire.session:
            commands = self._dialogue.service.answering.answerer.commands.values()
            beside = [
                asyncio.create_task(register(self._calls, self.application_id or 0, commands)),
                asyncio.create_task(self._watch()),
            ]
            try:
                await self.unless_ended(self._connect())
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)

    async def _connect(self) -> None:
        try:
            await self.connect(reconnect=True)
        except AttributeError:
            # a first connection that fails ends in the library's own None (its client.py)
            if self.ws is not None:
                raise
            raise PlatformUnreachableError("Discord's gateway can't be reached") from None

    def end(self) -> None:
        """Let `serve` return, whatever it waits for."""
        self._ended.set()

    async def unless_ended(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something until it is done or this is to end, however long the library sleeps."""
        await unless(self._ended, work)

    async def close(self) -> None:
        """Close the connection; a gateway that doesn't answer any more is left alone."""
        closing = asyncio.ensure_future(super().close())
        await asyncio.wait({closing}, timeout=CLOSE_SECONDS)
        if not closing.done():
            await self.http.close()  # and with it the sockets, so that nobody waits for them
        await closing

    def dispatch(self, event: str, /, *args: object, **kwargs: object) -> None:
        """Call our handlers; a closed client has no loop to do it in, though the library tries."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait as long as the library does between two sessions, and as long as the budget says."""
        await super().before_identify_hook(shard_id, initial=initial)
        while wait := self._budget.take(time.monotonic()):
            logger.error("too many sessions were begun; the next one begins in %.0f s", wait)
            await asyncio.sleep(wait)

    async def _watch(self) -> None:
        """End a connection that has been lost for long, so that another is begun."""
        while True:
            await asyncio.sleep(min(5.0, self._longest_outage / 4))
            if not self._is_open and time.monotonic() - self._lost_at > self._longest_outage:
                logger.warning("no connection to the gateway for long; connecting anew")
                self.end()
                return

    async def on_connect(self) -> None:
        """Note that there is a session; the servers are known by their ids, as yet."""
        self._guilds_known.update(guild.id for guild in self.guilds)
        self._is_open = True

    async def on_ready(self) -> None:
        """Note how many servers there are."""
        logger.info("connected", extra={"servers": len(self.guilds)})

    async def on_resumed(self) -> None:
        """Note that the session goes on."""
        self._is_open = True
        logger.info("connection resumed")

    async def on_disconnect(self) -> None:
        """Note since when there is no connection."""
        if self._is_open:
            self._is_open = False
            self._lost_at = time.monotonic()

    async def drain(self) -> None:
        """Take nothing new, and wait for what is under way."""
        await self._work.drain(DRAIN_SECONDS)

    def _refuse(self) -> None:
        self.refusal = SENTENCES[TOKEN_REFUSED]
        self.end()

    def _count_failure(self, kind: str) -> None:
        self._dialogue.service.metrics.call_failed(NAME, kind)

    # -- events ------------------------------------------------------------------------------------

    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log a bug in a handler whole; the others go on."""
        logger.exception("a handler failed", extra={"handler": event_method})

    async def on_interaction(self, event: discord.Interaction) -> None:
        """Answer a command, a button or an unfinished option, once."""
        if self._work.is_draining or not self._seen.is_new(("interaction", event.id)):
            return
        kind = event.type.value
        if kind not in (Kind.COMMAND, Kind.BUTTON, Kind.AUTOCOMPLETE):
            return
        interaction = Interaction(
            id=event.id,
            kind=Kind(kind),
            data=without_mark(event.data or {}),
            user=event.user.id,
            place=event.channel_id or 0,
            locale=str(event.locale),
            is_private=event.context.dm_channel,
            may_delete=event.permissions.manage_messages,
            pressed=self._pressed(event.message) if event.message is not None else None,
            around=Around(
                server=event.guild_id,
                kind=str(event.channel.type) if event.channel is not None else "",
                may_manage=event.permissions.manage_guild or event.permissions.administrator,
                files=attached_to(event.data or {}),
            ),
        )
        with self._work.one():
            responses = self._calls.responses(event.id, event.token)
            await self._interactions.handle(interaction, responses)

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
        found = await self._calls.get(
            "reading a question",
            "/channels/{channel_id}/messages/{message_id}",
            {"channel_id": reference.channel_id, "message_id": reference.message_id},
        )
        content = found.get("content") if isinstance(found, dict) else None
        return question_of(str(content), self.user.id) if content else ""

    async def on_message(self, event: discord.Message) -> None:
        """Answer a message that is meant for the bot, once; never one of a bot or a webhook."""
        if self.user is None or event.author.bot or event.webhook_id is not None:
            return
        if event.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        allowed = _allowed(event)
        said = messages.Message(
            id=event.id,
            content=event.content,
            user=event.author.id,
            place=event.channel.id,
            is_private=event.guild is None,
            is_reply_to_us=event.reference is not None and self.user in event.mentions,
            embeds_allowed=allowed.embed_links,
            names={user.id: user.display_name for user in event.mentions},
            around=Around(
                server=event.guild.id if event.guild else None,
                kind=str(event.channel.type),
                may_manage=_may_manage(event.author),
                files=_first_file(event),
            ),
        )
        if not messages.is_for_us(said, self.user.id) or self._work.is_draining:
            return
        if not allowed.send_messages or not self._seen.is_new(("message", event.id)):
            return  # a call that is refused counts towards a ban
        with self._work.one():
            reply = await messages.reply_to(said, self._dialogue, self.user.id, self)
            if reply is not None:
                await self._calls.send(event.channel.id, reply.payload, reply.file)

    # -- what the desk asks ------------------------------------------------------------------------

    def place(self, channel: int, server: int) -> Target | None:
        """Return a channel, thread or forum of a server, none where there is no such one."""
        guild = self.get_guild(server)
        found = guild.get_channel_or_thread(channel) if guild else None
        return Target(NAME, channel, 0, server, str(found.type)) if found else None

    async def is_admin(self, server: int, user: int) -> bool:
        """Ask whether somebody may manage a server now: by their roles, or as its owner."""
        guild = self.get_guild(server)
        if guild is None:
            return False
        member = await self._calls.get(
            "looking at a member",
            "/guilds/{guild_id}/members/{user_id}",
            {"guild_id": server, "user_id": user},
        )
        if not isinstance(member, dict):
            return False
        if guild.owner_id == user:
            return True
        roles = [guild.default_role, *map(guild.get_role, map(int, member.get("roles") or ()))]
        return any(
            role.permissions.manage_guild or role.permissions.administrator
            for role in roles
            if role is not None
        )

    async def download(self, url: str, most: int) -> bytes:
        """Return an attached file from Discord's own servers, at most so many bytes."""
        host = yarl.URL(url).host or ""
        if host not in FILE_HOSTS and host != yarl.URL(Route.BASE).host:
            raise UserError(NO_FILE)
        try:
            return await self._wire.download(url, most)
        except CallError:
            raise UserError(NO_FILE) from None

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that has added the bot."""
        self._returned(guild)
        await self._greet(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Greet a server that the library takes for one that has been away, if it is a new one."""
        self._returned(guild)
        await self._greet(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that has removed the bot; nothing else is kept of it."""
        self._guilds_known.discard(guild.id)
        if self._places is not None:
            self._places.removed(NAME, server=guild.id)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Have refused posts looked at again: the bot's role may do more now."""
        self._look_again(after.guild)

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Have refused posts looked at again: the bot may do more in a channel now."""
        self._look_again(after.guild)

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Have refused posts looked at again: a thread may be open now."""
        self._look_again(after.guild)

    def _look_again(self, guild: discord.Guild) -> None:
        if self._places is not None:
            self._places.look_again(NAME, server=guild.id)

    def _returned(self, guild: discord.Guild) -> None:
        if self._places is not None:
            self._places.returned(NAME, server=guild.id)

    def permissions(self, target: Target) -> frozenset[str] | None:
        """Return the bot's permissions in a channel or thread that the gateway has told of."""
        guild = self.get_guild(target.server) if target.server else None
        channel = guild.get_channel_or_thread(target.chat) if guild else None
        own = _own_member(guild) if guild else None
        if guild is None or channel is None or own is None:
            return None
        if guild.unavailable or guild.default_role is None:  # its data have not come
            return None
        try:
            allowed = channel.permissions_for(own)
        except discord.ClientException:  # a thread whose channel isn't known
            return None
        return frozenset(name for name, is_allowed in allowed if is_allowed)

    async def _greet(self, guild: discord.Guild) -> None:
        """Greet a server that was not there when the session began, where the bot may write."""
        if guild.id in self._guilds_known or self._work.is_draining:
            return
        self._guilds_known.add(guild.id)
        channel = _where_to_greet(guild)
        if channel is None:
            return
        with self._work.one():
            embeds = channel.permissions_for(guild.me).embed_links
            payload = await greeting(self._dialogue, channel.id, embeds=embeds)
            await self._calls.send(channel.id, payload)


def _allowed(event: discord.Message) -> discord.Permissions:
    """Return what the bot may where a message was written; what isn't known counts as allowed."""
    guild, channel = event.guild, event.channel
    own = _own_member(guild) if guild else None
    if own is None or isinstance(channel, discord.PartialMessageable):
        return discord.Permissions.all()
    if isinstance(channel, discord.Thread):
        if channel.parent is None:
            return discord.Permissions.all()
        allowed = channel.permissions_for(own)
        allowed.send_messages = allowed.send_messages_in_threads
        return allowed
    return channel.permissions_for(own)


def _own_member(guild: discord.Guild) -> discord.Member | None:
    """Return the bot in a server, none as long as the server's data have not come."""
    return guild.me


def _first_file(event: discord.Message) -> dict[str, Attached]:
    if not event.attachments:
        return {}
    first = event.attachments[0]
    return {"": Attached(first.filename, first.size, first.url)}


def _may_manage(author: discord.User | discord.Member) -> bool:
    """Return whether who wrote a message may manage its server, by the roles that came with it."""
    if not isinstance(author, discord.Member):
        return False
    allowed = author.guild_permissions
    return allowed.manage_guild or allowed.administrator


def _where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the server's channel for such messages, else the first in which the bot may write.

    A channel of announcements is none for this: people follow it from other servers.
    """
    own = _own_member(guild)
    if own is None:
        return None
    channels = [guild.system_channel, *sorted(guild.text_channels, key=lambda one: one.position)]
    for channel in channels:
        if channel is not None and not channel.is_news():
            permissions = channel.permissions_for(own)
            if permissions.view_channel and permissions.send_messages:
                return channel
    return None


class _Wire:
    """The library's calls, with errors of ours; `session` is that of interactions' own calls."""

    def __init__(self, client: discord.Client) -> None:
        self.session: aiohttp.ClientSession | None = None
        self._client = client
        self._webhooks: AsyncWebhookAdapter = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]

    async def request(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, Any],
        *,
        json: object = None,
        query: Mapping[str, int] | None = None,
        file: Attachment | None = None,
    ) -> Any:  # noqa: ANN401 - JSON
        sent: dict[str, Any] = {"json": json} if json is not None else {}
        if file is not None:
            form, files = _with_file(json, file)
            sent = {"form": form, "files": files}
        if query:
            sent["params"] = query
        with self._failures():
            return await self._client.http.request(Route(method, path, **parameters), **sent)

    async def respond(
        self, interaction: int, token: str, payload: Payload, file: Attachment | None = None
    ) -> None:
        form, files = _with_file(payload, file) if file else (None, None)
        with self._failures():
            await self._webhooks.create_interaction_response(
                interaction,
                token,
                session=self._open_session(),
                params=MultipartParameters(payload, form, files),
            )

    async def edit(self, token: str, payload: Payload, file: Attachment | None = None) -> None:
        sent: dict[str, Any] = {"payload": payload}
        if file is not None:
            form, files = _with_file(payload, file)
            sent = {"multipart": form, "files": files}
        with self._failures():
            await self._webhooks.edit_original_interaction_response(
                self._client.application_id or 0, token, session=self._open_session(), **sent
            )

    async def download(self, url: str, most: int) -> bytes:
        """Return the bytes under an address, at most so many of them."""
        with self._failures():
            async with self._open_session().get(url, allow_redirects=False) as response:
                if response.status != 200:
                    raise RefusedError(response.status)
                body = bytearray()
                async for piece in response.content.iter_any():
                    body += piece
                    if len(body) >= most:
                        break
                return bytes(body[:most])

    async def delete(self, token: str) -> None:
        with self._failures():
            await self._webhooks.delete_original_interaction_response(
                self._client.application_id or 0, token, session=self._open_session()
            )

    async def follow_up(self, token: str, payload: Payload) -> None:
        with self._failures():
            await self._webhooks.execute_webhook(
                self._client.application_id or 0,
                token,
                session=self._open_session(),
                payload=payload,
                wait=True,
            )

    def _open_session(self) -> aiohttp.ClientSession:
        if self.session is None or self.session.closed:
            raise ClosedError
        return self.session

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except discord.HTTPException as error:
            # the library waits for Discord's own 429; it goes by this header that Discord sets
            is_ban = error.status == 429 and "Via" not in error.response.headers
            raise RefusedError(error.status, error.code, is_ban=is_ban) from None
        except discord.RateLimited:
            raise RateLimitedError from None
        except (OSError, aiohttp.ClientError, TimeoutError, *_UNREADABLE):
            if self._client.is_closed():
                raise ClosedError from None
            raise NoAnswerError from None
        except (TypeError, LookupError) as error:
            if not _is_of_webhooks(error):
                raise
            raise RateLimitedError from None  # one that doesn't tell in JSON how long to wait
        except RuntimeError:
            if not self._client.is_closed():
                raise
            raise ClosedError from None  # aiohttp says so of a session that is closed


def _with_file(
    payload: object, file: Attachment
) -> tuple[list[dict[str, Any]], list[discord.File]]:
    """Return the parts of a form that sends a file.

    https://docs.discord.com/developers/reference has them under "Uploading Files".
    """
    sent = discord.File(io.BytesIO(file.content), file.name)
    form: list[dict[str, Any]] = [
        {"name": "payload_json", "value": json.dumps(payload)},
        {
            "name": "files[0]",
            "value": sent.fp,
            "filename": file.name,
            "content_type": "application/octet-stream",
        },
    ]
    return form, [sent]


def _is_of_webhooks(error: Exception) -> bool:
    """Whether an error was raised by the library's own code for interactions' calls."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and trace.tb_frame.f_globals["__name__"] == (
        AsyncWebhookAdapter.__module__
    )
