"""The servers, channels, roles and people that an emulated Discord knows, and their JSON.

Fields: docs.discord.com/developers/resources/guild, /channel, /user and topics/gateway-events.
Ids are strings, as in the JSON. Nothing here is safe to change from another thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from emulators import discord_permissions as may

if TYPE_CHECKING:
    from emulators.discord_messages import Message

Json = dict[str, Any]

EPOCH = 1_420_070_400_000
"""Milliseconds at which Discord's ids begin: docs.discord.com/developers/reference (Snowflakes)."""

KINDS = {
    "text": 0,
    "dm": 1,
    "voice": 2,
    "group": 3,
    "category": 4,
    "announcement": 5,
    "announcement_thread": 10,
    "thread": 11,
    "private_thread": 12,
    "forum": 15,
    "media": 16,
}
"""Names of kinds of channels and Discord's figures for them."""

THREADS = (10, 11, 12)
FORUMS = (15, 16)


class Ids:
    """Makes ids that rise and hold the time."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = 0

    def __call__(self) -> str:
        made = (int(self._now() * 1000) - EPOCH) << 22
        self._last = made if made > self._last else self._last + 1
        return str(self._last)


def iso(seconds: float) -> str:
    """Return a time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


@dataclass(eq=False)
class User:
    """A person, or another bot."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    display_name: str | None = None
    installed: bool = False
    """Whether this person has the app installed for themselves (USER_INSTALL)."""
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        """The text that mentions them."""
        return f"<@{self.id}>"

    def json(self) -> Json:
        """Return the user object."""
        return {
            "id": self.id,
            "username": self.name,
            "discriminator": "0001" if self.bot else "0",
            "global_name": self.display_name,
            "avatar": None,
            "avatar_decoration_data": None,
            "collectibles": None,
            "primary_guild": None,
            "clan": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(eq=False)
class Role:
    """A role of a server."""

    id: str
    name: str
    permissions: int = 0
    mentionable: bool = False
    managed_by: str | None = None

    @property
    def mention(self) -> str:
        """The text that mentions it."""
        return f"<@&{self.id}>"

    def json(self) -> Json:
        """Return the role object."""
        made: Json = {
            "id": self.id,
            "name": self.name,
            "description": None,
            "permissions": str(self.permissions),
            "position": 0 if self.name == "@everyone" else 1,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.managed_by is not None,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        if self.managed_by:
            made["tags"] = {"bot_id": self.managed_by}
        return made


@dataclass(eq=False)
class Member:
    """Somebody in a server."""

    user: User
    roles: list[str] = field(default_factory=list)
    joined: float = 0.0

    def json(self, *, with_user: bool = True) -> Json:
        """Return the member object."""
        made: Json = {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "deaf": False,
            "flags": 0,
            "joined_at": iso(self.joined),
            "mute": False,
            "nick": None,
            "pending": False,
            "premium_since": None,
            "roles": list(self.roles),
        }
        if with_user:
            made["user"] = self.user.json()
        return made


@dataclass(eq=False)
class Channel:
    """A channel, thread or direct message, with what was said in it."""

    id: str
    kind: int
    name: str
    guild: Guild | None = None
    parent: Channel | None = None
    overwrites: list[may.Overwrite] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    """Who is in a direct message (with the bot) or a group (without it)."""
    slow_mode: int = 0
    archived: bool = False
    locked: bool = False
    tags: list[Json] = field(default_factory=list)
    tag_required: bool = False
    owner_id: str = ""
    deleted: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    spoke: dict[str, float] = field(default_factory=dict)
    """When people last wrote here: for slow mode."""

    @property
    def mention(self) -> str:
        """The text that mentions it."""
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread (or a post of a forum)."""
        return self.kind in THREADS

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message with the bot."""
        return self.kind == 1

    def json(self) -> Json:
        """Return the channel object."""
        last = next(reversed(self.messages), None)
        made: Json = {"id": self.id, "type": self.kind, "last_message_id": last, "flags": 0}
        if self.guild is None:
            made["recipients"] = [user.json() for user in self.people]
            if self.kind == 3:
                made |= {"name": self.name, "icon": None, "owner_id": self.people[0].id}
            return made
        made |= {"guild_id": self.guild.id, "name": self.name}
        made["parent_id"] = self.parent.id if self.parent else None
        made["rate_limit_per_user"] = self.slow_mode
        if self.is_thread:
            made |= {
                "owner_id": self.owner_id,
                "message_count": len(self.messages),
                "total_message_sent": len(self.messages),
                "member_count": 1,
                "thread_metadata": {
                    "archived": self.archived,
                    "auto_archive_duration": 1440,
                    "archive_timestamp": iso(0),
                    "create_timestamp": iso(0),
                    "locked": self.locked,
                },
            }
            if self.parent and self.parent.kind in FORUMS:
                made["applied_tags"] = []
            return made
        made |= {
            "position": 0,
            "nsfw": False,
            "topic": None,
            "permission_overwrites": [
                {"id": o.id, "type": o.kind, "allow": str(o.allow), "deny": str(o.deny)}
                for o in self.overwrites
            ],
        }
        if self.kind in FORUMS:
            made |= {
                "available_tags": self.tags,
                "flags": 1 << 4 if self.tag_required else 0,
                "default_reaction_emoji": None,
                "default_sort_order": None,
                "default_forum_layout": 0,
            }
        if self.kind == 2:
            made |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
        return made


@dataclass(eq=False)
class Guild:
    """A server."""

    id: str
    name: str
    owner_id: str
    locale: str = "en-US"
    has_bot: bool = True
    unavailable: bool = False
    joined: float = 0.0
    roles: dict[str, Role] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)

    def json(self) -> Json:
        """Return the guild object, as REST gives it."""
        return {
            "id": self.id,
            "name": self.name,
            "icon": None,
            "description": None,
            "home_header": None,
            "splash": None,
            "discovery_splash": None,
            "features": [],
            "banner": None,
            "owner_id": self.owner_id,
            "application_id": None,
            "region": "deprecated",
            "afk_channel_id": None,
            "afk_timeout": 300,
            "system_channel_id": None,
            "system_channel_flags": 0,
            "widget_enabled": False,
            "widget_channel_id": None,
            "verification_level": 0,
            "roles": [role.json() for role in self.roles.values()],
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_presences": None,
            "max_members": 500000,
            "max_video_channel_users": 25,
            "vanity_url_code": None,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "preferred_locale": self.locale,
            "rules_channel_id": None,
            "safety_alerts_channel_id": None,
            "public_updates_channel_id": None,
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
            "incidents_data": None,
        }

    def created(self, bot_id: str) -> Json:
        """Return the data of GUILD_CREATE; of the members only the bot (no GUILD_MEMBERS)."""
        channels = [channel for channel in self.channels.values() if not channel.is_thread]
        threads = [c for c in self.channels.values() if c.is_thread and not c.archived]
        return self.json() | {
            "joined_at": iso(self.joined),
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "voice_states": [],
            "members": [self.members[bot_id].json()],
            "channels": [channel.json() for channel in channels],
            "threads": [thread.json() for thread in threads],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


class World:
    """Everything there is."""

    def __init__(self, now: Callable[[], float], bot_name: str) -> None:
        self.now = now
        self.new_id = Ids(now)
        self.application_id = self.new_id()
        self.bot = User(self.application_id, bot_name, bot=True)
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}

    def add_guild(
        self, name: str, *, locale: str, bot_permissions: int, has_bot: bool = True
    ) -> Guild:
        """Make a server with @everyone (no rights), "members" and, if it is there, the bot."""
        owner = self.add_user(f"owner of {name}")
        guild = Guild(self.new_id(), name, owner.id, locale, has_bot, joined=self.now())
        guild.roles[guild.id] = Role(guild.id, "@everyone")
        self.add_role(guild, "members", permissions=may.MEMBER)
        if has_bot:
            self.put_bot_in(guild, bot_permissions)
        self.guilds[guild.id] = guild
        self.join(owner, guild, permissions=may.ADMINISTRATOR)
        return guild

    def put_bot_in(self, guild: Guild, permissions: int) -> None:
        """Let the bot be a member, with a role of its own as an invitation makes it."""
        role = self.add_role(guild, self.bot.name, permissions=permissions)
        role.managed_by = self.bot.id
        guild.members[self.bot.id] = Member(self.bot, [role.id], self.now())
        guild.has_bot = True

    def add_role(
        self, guild: Guild, name: str, *, permissions: int = 0, mentionable: bool = False
    ) -> Role:
        """Make a role."""
        role = Role(self.new_id(), name, permissions, mentionable)
        guild.roles[role.id] = role
        return role

    def add_user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        """Make a person, or a bot."""
        user = User(self.new_id(), name, bot, locale)
        self.users[user.id] = user
        return user

    def join(self, user: User, guild: Guild, *, permissions: int | None = None) -> Member:
        """Let somebody be a member; with permissions of their own instead of "members"."""
        if permissions is None:
            role = next(role for role in guild.roles.values() if role.name == "members")
        else:
            role = self.add_role(guild, f"as {user.name}", permissions=permissions)
        member = Member(user, [role.id], self.now())
        guild.members[user.id] = member
        return member

    def add_channel(self, channel: Channel) -> Channel:
        """Take a channel in."""
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels[channel.id] = channel
        return channel

    def direct(self, user: User) -> Channel:
        """Return the direct message of somebody with the bot, made if there is none."""
        for channel in self.channels.values():
            if channel.kind == 1 and channel.people == [user]:
                return channel
        return self.add_channel(Channel(self.new_id(), 1, "", people=[user]))

    def permissions(self, user: User, channel: Channel) -> int:
        """Return what somebody may in a channel; 0 where they aren't."""
        if channel.guild is None:
            there = user in channel.people or (channel.kind == 1 and user is self.bot)
            return may.IN_DIRECT_MESSAGES if there else 0
        member = channel.guild.members.get(user.id)
        if member is None:
            return 0
        if user.id == channel.guild.owner_id:
            return may.ALL
        place = channel.parent if channel.is_thread and channel.parent else channel
        return may.permissions_in(
            channel.guild.id, user.id, self._held(channel.guild, member), place.overwrites
        )

    @staticmethod
    def _held(guild: Guild, member: Member) -> Iterator[tuple[str, int]]:
        yield guild.id, guild.roles[guild.id].permissions
        for role in member.roles:
            yield role, guild.roles[role].permissions
