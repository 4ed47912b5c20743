"""What the bot and people may do in a server, as the library knows it."""

from __future__ import annotations

from adapters.discord.library import discord


def allowed_in(event: discord.Message) -> discord.Permissions:
    """Return what the bot may where a message was written; what isn't known counts as allowed."""
    guild, channel = event.guild, event.channel
    own = own_member(guild) if guild else None
    if own is None or isinstance(channel, discord.PartialMessageable):
        return discord.Permissions.all()
    if isinstance(channel, discord.Thread):
        if channel.parent is None:
            return discord.Permissions.all()
        allowed = channel.permissions_for(own)
        allowed.send_messages = allowed.send_messages_in_threads
        return allowed
    return channel.permissions_for(own)


def own_member(guild: discord.Guild) -> discord.Member | None:
    """Return the bot in a server, none as long as the server's data have not come."""
    return guild.me


def may_manage(author: discord.User | discord.Member) -> bool:
    """Return whether who wrote a message may manage its server, by the roles that came with it."""
    if not isinstance(author, discord.Member):
        return False
    allowed = author.guild_permissions
    return allowed.manage_guild or allowed.administrator


def where_to_greet(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the server's channel for such messages, else the first in which the bot may write.

    A channel of announcements is none for this: people follow it from other servers.
    """
    own = own_member(guild)
    if own is None:
        return None
    channels = [guild.system_channel, *sorted(guild.text_channels, key=lambda one: one.position)]
    for channel in channels:
        if channel is not None and not channel.is_news():
            permissions = channel.permissions_for(own)
            if permissions.view_channel and permissions.send_messages:
                return channel
    return None
