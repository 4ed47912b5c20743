"""Who stands at the desk on Discord: read from what came with a question, and asked of Discord.

Whether somebody may administer a server is what Discord itself says with an interaction, or what
their roles say with a message: both of this moment. Only a notice's button, pressed in private, has
to ask for it. https://docs.discord.com/developers/topics/permissions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from adapters.discord.render import Payload
from bot.daily.delivery import Target
from bot.desk.context import AttachedFile, Context
from bot.desk.forum import Forum
from bot.errors import UserError
from bot.wording import quoted

PLATFORM = "discord"

_CHANNEL = re.compile(r"(?:<#)?(\d{5,20})>?", re.ASCII)


class Reach(Protocol):
    """What of Discord the desk asks beyond what came with a question."""

    def place(self, channel: int, server: int) -> Target | None:
        """Return a channel, thread or forum of a server, none where there is no such one."""

    def may_ping(self, channel: int, server: int, role: int) -> bool:
        """Return whether a message of the bot's notifies a role of the server there."""

    def forum(self, channel: int, server: int) -> Forum | None:
        """Return what a forum has to choose from; none where a channel is no forum."""

    async def is_admin(self, server: int, user: int) -> bool:
        """Ask whether somebody may manage a server now; what can't be known is none."""

    async def download(self, url: str, most: int) -> bytes:
        """Return an attached file; raises UserError where it is larger or can't be had."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as Discord tells of it."""

    name: str
    size: int
    url: str


@dataclass(frozen=True, slots=True)
class Around:
    """What came with a question: the server, the sort of channel, what the asker may, files.

    `may_manage` is whether they have Manage Server or are Administrator. A file of a slash command
    is under its number, the first one of a message under "".
    """

    server: int | None = None
    kind: str = ""
    may_manage: bool = False
    files: Mapping[str, Attached] = field(default_factory=dict)


def attached_to(data: Payload | Mapping[str, Any]) -> dict[str, Attached]:
    """Return the files that a slash command carries, by their numbers."""
    found = (data.get("resolved") or {}).get("attachments") or {}
    return {
        number: Attached(str(one["filename"]), int(one["size"]), str(one["url"]))
        for number, one in found.items()
    }


def context_of(user: int, place: int, around: Around, reach: Reach, *, is_private: bool) -> Context:
    """Return who asks, and where, as the desk takes it."""
    here = Target(PLATFORM, place, 0, around.server, around.kind or "private")

    async def is_admin(target: Target) -> bool:
        if target.server is None:
            return is_private and target.chat == place
        if target.server == around.server:
            return around.may_manage
        return await reach.is_admin(target.server, user)

    async def find_place(text: str) -> Target:
        match = _CHANNEL.fullmatch(text.strip())
        if around.server is None:
            raise UserError("Set a server's channel up in the server itself, not from here.")
        found = reach.place(int(match[1]), around.server) if match else None
        if found is None:
            raise UserError(
                f'"{quoted(text)}" is no channel of this server that I see. Choose it from the'
                " list, or write it with its #."
            )
        return found

    def forum_of(target: Target) -> Forum | None:
        return None if target.server is None else reach.forum(target.chat, target.server)

    def may_ping(target: Target, role: int) -> bool:
        return target.server is not None and reach.may_ping(target.chat, target.server, role)

    return Context(
        target=here,
        user=user,
        is_admin=is_admin,
        is_private=is_private,
        find_place=find_place,
        forum_of=forum_of,
        may_ping=may_ping,
        files={number: _file(one, reach) for number, one in around.files.items()},
    )


def _file(one: Attached, reach: Reach) -> AttachedFile:
    return AttachedFile(one.name, one.size, lambda most: reach.download(one.url, most))
