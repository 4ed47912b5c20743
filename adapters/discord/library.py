"""discord.py, imported in one place: what of it is used here, and without its warning.

Of the library the connection, the limits and the events are used; its command tree, views and
embeds are not, for our commands are values and our messages are JSON.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # it imports the standard library's audioop, which warns that it will go; no voice is used here
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord.gateway import DiscordWebSocket
    from discord.http import MultipartParameters, Route
    from discord.webhook.async_ import AsyncWebhookAdapter

__all__ = ["AsyncWebhookAdapter", "DiscordWebSocket", "MultipartParameters", "Route", "discord"]
