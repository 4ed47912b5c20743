"""Who is notified by a message: mentions in its text, filtered by what the sender allowed.

Rules: docs.discord.com/developers/resources/message (Allowed Mentions Object). Only content (and
text displays) ping, embeds never do. A backslash before a mention is no protection: the server
still finds it; code spans and blocks are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from emulators import discord_permissions as may
from emulators.discord_errors import JsonValue
from emulators.discord_world import Channel, User, World

_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)
_USER = re.compile(r"<@!?(\d{15,21})>")
_ROLE = re.compile(r"<@&(\d{15,21})>")


@dataclass(frozen=True)
class Pings:
    """Who is notified. It is false where nobody is."""

    everyone: bool = False
    here: bool = False
    users: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    replied: str | None = None
    """The author of the message that is answered, where they are notified of it."""

    def __bool__(self) -> bool:
        return bool(self.everyone or self.here or self.users or self.roles or self.replied)


NOBODY = Pings()


def pings_of(
    content: str,
    allowed: JsonValue,
    *,
    world: World,
    channel: Channel,
    sender_may: int,
    answer: bool = False,
    replied: User | None = None,
) -> Pings:
    """Return who is notified.

    `allowed` is the body's allowed_mentions, None where it has none: then an ordinary message pings
    all that it mentions, an `answer` (of an interaction or a webhook) users only.
    `sender_may` are the sender's permissions: @everyone, @here and roles that aren't mentionable
    need MENTION_EVERYONE.
    """
    if "@" not in content and replied is None:
        return NOBODY
    text = _CODE.sub("", content) if "`" in content else content
    given = allowed if isinstance(allowed, dict) else None
    if given is None:
        parse = {"users"} if answer else {"everyone", "roles", "users"}
        given = {}
        pings_replied = replied is not None
    else:
        parse = set(given.get("parse") or ())
        pings_replied = replied is not None and bool(given.get("replied_user"))
    may_all = bool(sender_may & may.MENTION_EVERYONE)
    listed_users = {str(each) for each in given.get("users") or ()}
    listed_roles = {str(each) for each in given.get("roles") or ()}
    users = [
        found
        for found in dict.fromkeys(_USER.findall(text))
        if ("users" in parse or found in listed_users) and _is_there(found, channel, world)
    ]
    roles = [
        found
        for found in dict.fromkeys(_ROLE.findall(text))
        if ("roles" in parse or found in listed_roles) and _pingable(found, channel, may_all)
    ]
    all_of_them = "everyone" in parse and may_all and channel.guild is not None
    return Pings(
        everyone=all_of_them and "@everyone" in text,
        here=all_of_them and "@here" in text,
        users=tuple(users),
        roles=tuple(roles),
        replied=replied.id if replied is not None and pings_replied else None,
    )


def _is_there(user: str, channel: Channel, world: World) -> bool:
    if channel.guild is None:
        return user == world.bot.id or any(each.id == user for each in channel.people)
    return user in channel.guild.members


def _pingable(role: str, channel: Channel, may_all: bool) -> bool:
    found = channel.guild.roles.get(role) if channel.guild else None
    return found is not None and (found.mentionable or may_all)
