"""The links that add the bot: with the permissions that it uses, and no other.

https://docs.discord.com/developers/topics/permissions, /developers/topics/oauth2#bot-users
"""

from __future__ import annotations

from urllib.parse import urlencode

AUTHORIZE = "https://discord.com/oauth2/authorize"

PERMISSIONS = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Embed Links": 1 << 14,
    "Attach Files": 1 << 15,
    "Read Message History": 1 << 16,
    "Send Messages in Threads": 1 << 38,
}
"""What is asked for in a server: to answer with embeds, and to find an own message again."""


def permission_bits() -> int:
    """Return the permissions as the number that a link carries."""
    return sum(PERMISSIONS.values())


def server_link(application: int) -> str:
    """Return the link that adds the bot to a server."""
    return _link(application, scope="bot applications.commands", permissions=permission_bits())


def user_link(application: int) -> str:
    """Return the link that adds the commands to a user's account, for use anywhere."""
    return _link(application, scope="applications.commands", integration_type=1)


def _link(application: int, **values: str | int) -> str:
    return f"{AUTHORIZE}?{urlencode({'client_id': application, **values})}"
