"""Updates taken by webhook: https://core.telegram.org/bots/api#setwebhook.

Only POST of the one path, with the secret in its header, is taken; nothing else is served. An
update is answered with 200 once it is in its lane; while too much waits the server is told to come
again, which it does.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from adapters.telegram.calls import CallError, Server, TokenError
from adapters.telegram.polling import ALLOWED_UPDATES, NOT_TAKEN, Take
from bot.adapter import PlatformUnreachableError, TokenRefusedError
from bot.settings import WebhookSettings

logger = logging.getLogger("daybook")

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name

LARGEST_BODY = 1024 * 1024
"""Bytes; an update has some thousands."""

BACKLOG_SECONDS = 60.0
"""How long after the start what comes may have waited since before it."""

WATCH_SECONDS = 60.0

FULL_PAUSE = "5"
"""Seconds after which Telegram comes again."""


class Webhook:
    """The port that takes updates, and Telegram's knowledge of it."""

    def __init__(
        self,
        settings: WebhookSettings,
        server: Server,
        take: Take,
        connected: Callable[[bool], None],
        is_full: Callable[[], bool],
    ) -> None:
        """Take where to listen, where updates go, and who is told whether that works."""
        self._settings = settings
        self._server = server
        self._take = take
        self._connected = connected
        self._is_full = is_full
        self._path = urlsplit(settings.url).path or "/"
        self._secret = settings.secret.reveal()
        self._began = 0.0

    async def run(self) -> None:
        """Take updates until cancelled; the webhook stays set, so that what comes then waits.

        Raises TokenRefusedError, and PlatformUnreachableError where it can't be set up.
        """
        application = web.Application(client_max_size=LARGEST_BODY)
        application.router.add_post(self._path, self._posted)
        runner = web.AppRunner(application, access_log=None, handle_signals=False)
        await runner.setup()
        try:
            await self._listen(runner)
            await self._set()
            await self._watch()
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        address = f"{self._settings.host}:{self._settings.port}"
        try:
            await web.TCPSite(runner, self._settings.host, self._settings.port).start()
        except OSError as error:
            reason = error.strerror or "it is in use"
            raise PlatformUnreachableError(
                f"TELEGRAM_WEBHOOK_LISTEN: {address} can't be opened ({reason})."
            ) from error

    async def _set(self) -> None:
        self._began = asyncio.get_running_loop().time()
        parameters = {
            "url": self._settings.url,
            "secret_token": self._secret,
            "allowed_updates": ALLOWED_UPDATES,
        }
        try:
            await self._server.call("setWebhook", parameters)
        except TokenError as error:
            raise TokenRefusedError(NOT_TAKEN) from error
        except CallError as error:
            raise PlatformUnreachableError(
                f"Telegram does not set the webhook ({error.kind}): {str(error)[:200]}"
            ) from error
        self._connected(True)
        logger.info("Telegram sends its updates to the webhook")

    async def _watch(self) -> None:
        """See now and then whether Telegram still knows the webhook."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                told = await self._server.call("getWebhookInfo", {})
            except TokenError as error:
                raise TokenRefusedError(NOT_TAKEN) from error
            except CallError as error:
                self._connected(False)
                logger.warning("Telegram can't be reached (%s)", error.kind)
                continue
            is_ours = isinstance(told, dict) and told.get("url") == self._settings.url
            self._connected(is_ours)
            if not is_ours:
                raise PlatformUnreachableError("Telegram's webhook was changed by somebody else.")

    async def _posted(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._secret.encode()):
            return web.Response(status=403)
        if self._is_full():
            return web.Response(status=503, headers={"Retry-After": FULL_PAUSE})
        update = _update_in(await request.read())
        if update is None:
            return web.Response(status=400)
        age = asyncio.get_running_loop().time() - self._began
        await self._take(update, age < BACKLOG_SECONDS)
        return web.Response()


def _update_in(body: bytes) -> Mapping[str, Any] | None:
    """Return the update in a body, or none where it holds none."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    is_update = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if is_update else None
