"""discord.py's client with our handlers: events in, values to the dialogue, JSON out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any

import aiohttp
import yarl

from adapters.discord import messages
from adapters.discord.calls import LONGEST_RATE_LIMIT, CallError, Calls
from adapters.discord.closes import SENTENCES, TOKEN_REFUSED
from adapters.discord.desk_context import Around, Attached, attached_to
from adapters.discord.greeting import greeting
from adapters.discord.identify_budget import IdentifyBudget
from adapters.discord.interactions import Interaction, Interactions, Kind, Pressed
from adapters.discord.library import Route, discord
from adapters.discord.marks import without_mark
from adapters.discord.parse import question_of
from adapters.discord.permissions import allowed_in, may_manage, own_member, where_to_greet
from adapters.discord.registering import register
from adapters.discord.wire import LibraryWire
from adapters.discord.work import UnderWay, unless
from bot.adapter import PlatformUnreachableError
from bot.daily.delivery import PlaceListener, Target
from bot.desk.forum import Forum
from bot.dialogue import Dialogue
from bot.errors import UserError
from bot.seen import Seen

logger = logging.getLogger("daybook.discord")

NAME = "discord"

DRAIN_SECONDS = 6
"""How long answers under way may take when the bot stops."""

CLOSE_SECONDS = 1.0
"""How long the gateway may take to say goodbye; one that is gone never does."""

REST_TIMEOUT = aiohttp.ClientTimeout(total=10)

FILE_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where attached files lie: https://docs.discord.com/developers/reference#cdn-formatting."""

NO_FILE = "The file could not be had from Discord. Attach it again."


class Client(discord.Client):
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
        self._wire = LibraryWire(self)
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
        allowed = allowed_in(event)
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
                may_manage=may_manage(event.author),
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

    def may_ping(self, channel: int, server: int, role: int) -> bool:
        """Return whether a message of the bot's notifies a role there.

        https://docs.discord.com/developers/resources/message#allowed-mentions-object: a role that
        not everybody may mention takes the permission to mention everyone.
        """
        guild = self.get_guild(server)
        found = guild.get_role(role) if guild else None
        place = guild.get_channel_or_thread(channel) if guild else None
        if guild is None or found is None or place is None:
            return False
        return found.mentionable or place.permissions_for(guild.me).mention_everyone

    def forum(self, channel: int, server: int) -> Forum | None:
        """Return what a forum has to choose from; none where a channel is no forum."""
        guild = self.get_guild(server)
        found = guild.get_channel(channel) if guild else None
        if not isinstance(found, discord.ForumChannel):
            return None
        names = {tag.name: tag.id for tag in found.available_tags}
        return Forum(names, found.flags.require_tag)

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
        own = own_member(guild) if guild else None
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
        channel = where_to_greet(guild)
        if channel is None:
            return
        with self._work.one():
            embeds = channel.permissions_for(guild.me).embed_links
            payload = await greeting(self._dialogue, channel.id, embeds=embeds)
            await self._calls.send(channel.id, payload)


def _first_file(event: discord.Message) -> dict[str, Attached]:
    if not event.attachments:
        return {}
    first = event.attachments[0]
    return {"": Attached(first.filename, first.size, first.url)}
