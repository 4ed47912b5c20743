"""Reaching Discord by the library: its address, signing in, and what its errors mean for us."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import yarl

from adapters.discord.closes import INTENT_REFUSED, SENTENCES, TOKEN_REFUSED
from adapters.discord.library import DiscordWebSocket, Route, discord
from adapters.discord.library_log import shorten_outages
from bot.adapter import PlatformUnreachableError, TokenRefusedError
from bot.settings import DiscordSettings

LOGIN_SECONDS = 30.0
"""For the two calls that begin a connection, their retries included."""

UNREADABLE = (json.JSONDecodeError, UnicodeDecodeError)
"""What the library raises where half of an answer came."""


def use_servers(settings: DiscordSettings) -> None:
    """Set the addresses of another server; without any they are left as the library has them."""
    if settings.api_url:
        Route.BASE = settings.api_url
    if settings.gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)


async def login(client: discord.Client, settings: DiscordSettings) -> None:
    """Sign in; raises TokenRefusedError, and the library's errors for outages."""
    shorten_outages()
    # no voice is used here, so that nobody need hear what it would take
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    try:
        async with asyncio.timeout(LOGIN_SECONDS):
            await client.login(settings.token.reveal())
    except discord.LoginFailure:
        raise TokenRefusedError(SENTENCES[TOKEN_REFUSED]) from None


@contextmanager
def outages() -> Iterator[None]:
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
    except UNREADABLE:
        raise PlatformUnreachableError("Discord's answer can't be read") from None
    except (OSError, aiohttp.ClientError, TimeoutError, discord.GatewayNotFound) as error:
        raise PlatformUnreachableError(
            f"Discord can't be reached ({type(error).__name__})"
        ) from None
