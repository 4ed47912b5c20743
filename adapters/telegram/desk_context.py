"""Who stands at the desk on Telegram: read from what arrived, and asked of Telegram at the moment.

Whoever speaks as the group itself is one of its admins (an anonymous one), whoever posts in a
channel may. Of everybody else getChatMember says what they are now; nothing of it is kept.
https://core.telegram.org/bots/api#getchatmember, #getchat.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from adapters.telegram.calls import Calls
from adapters.telegram.parse import Chat, File
from bot.daily.delivery import Target
from bot.desk.context import AttachedFile, Context
from bot.errors import UserError
from bot.wording import quoted

PLATFORM = "telegram"

ADMINS = frozenset({"creator", "administrator"})

_NAME = re.compile(r"(?:https?://)?(?:t\.me/|@)(?P<name>[A-Za-z]\w{3,31})", re.ASCII)
_NUMBER = re.compile(r"-\d{5,20}", re.ASCII)

Download = Callable[[str, int], Awaitable[bytes]]
"""Gives the content of a file by its id, at most so many bytes; raises UserError."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What of Telegram the desk asks."""

    calls: Calls
    download: Download


def target_of(chat: Chat) -> Target:
    """Return a chat, or a topic of it, as a place."""
    return Target(PLATFORM, chat.id, chat.topic or 0, None, chat.kind)


def context_of(chat: Chat, asker: int, file: File | None, reach: Reach) -> Context:
    """Return who asks, and where, as the desk takes it."""

    async def is_admin(target: Target) -> bool:
        if target.kind == "private" or target.chat > 0:
            return target.chat == asker
        if target.chat == asker:
            return True
        if asker < 0:  # another chat's voice: a linked channel, somebody under a channel's name
            return False
        where = {"chat_id": target.chat, "user_id": asker}
        member = await reach.calls.make("getChatMember", where)
        return isinstance(member, Mapping) and member.get("status") in ADMINS

    async def find_place(text: str) -> Target:
        return await _find_place(text, reach.calls)

    return Context(
        target=target_of(chat),
        user=asker,
        is_admin=is_admin,
        is_private=chat.is_private,
        find_place=find_place,
        files={"": _file(file, reach.download)} if file else {},
    )


async def _find_place(text: str, calls: Calls) -> Target:
    """Return the channel or group that a name, link or number is of."""
    typed = text.strip()
    match = _NAME.fullmatch(typed)
    if match is None and not _NUMBER.fullmatch(typed):
        raise UserError(
            f'"{quoted(typed)}" names no chat. Write its public name, such as @channel, or set the'
            " post in the chat itself."
        )
    name = f"@{match['name']}" if match else typed
    found = await calls.make("getChat", {"chat_id": name})
    if not isinstance(found, Mapping) or found.get("type") in (None, "private"):
        raise UserError(
            f"I can't find {quoted(name)}, or I am not in it. Add me there first; a channel takes"
            " me as an admin who may post."
        )
    return Target(PLATFORM, int(found["id"]), 0, None, str(found["type"]))


def _file(one: File, download: Download) -> AttachedFile:
    return AttachedFile(one.name, one.size, lambda most: download(one.id, most))
