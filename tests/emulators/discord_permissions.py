"""Permissions: the bits, and the documented way from roles and overwrites to what somebody may.

Figures and algorithm: docs.discord.com/developers/topics/permissions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

ADD_REACTIONS = 1 << 6
ADMINISTRATOR = 1 << 3
MANAGE_CHANNELS = 1 << 4
MANAGE_GUILD = 1 << 5
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38
USE_EXTERNAL_APPS = 1 << 50

ALL = (1 << 51) - 1

INVITED = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | SEND_MESSAGES_IN_THREADS
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
)
"""What a bot is given that was invited with no more than it needs."""

MEMBER = (
    INVITED | ADD_REACTIONS | USE_APPLICATION_COMMANDS | USE_EXTERNAL_APPS | CREATE_PUBLIC_THREADS
)
"""What people may unless a test says otherwise."""

IN_DIRECT_MESSAGES = MEMBER | MENTION_EVERYONE
"""What both sides of a direct message may."""


class Overwrite(NamedTuple):
    """A channel's exception: for a role (kind 0) or a member (kind 1)."""

    id: str
    kind: int
    allow: int
    deny: int


def permissions_in(
    guild_id: str, user_id: str, roles: Iterable[tuple[str, int]], overwrites: Iterable[Overwrite]
) -> int:
    """Return what a member may in a channel; `roles` are (id, permissions) with @everyone's."""
    held = dict(roles)
    base = 0
    for bits in held.values():
        base |= bits
    if base & ADMINISTRATOR:
        return ALL
    by_id = {overwrite.id: overwrite for overwrite in overwrites}
    everyone = by_id.get(guild_id)
    if everyone:
        base = (base & ~everyone.deny) | everyone.allow
    allow = deny = 0
    for role in held:
        if role != guild_id and role in by_id:
            allow |= by_id[role].allow
            deny |= by_id[role].deny
    base = (base & ~deny) | allow
    own = by_id.get(user_id)
    if own:
        base = (base & ~own.deny) | own.allow
    if not base & VIEW_CHANNEL:
        return 0
    return base
