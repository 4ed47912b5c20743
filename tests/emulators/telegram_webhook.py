"""The server's side of a webhook: it posts updates to the bot's address until they are taken.

https://core.telegram.org/bots/api#setwebhook: JSON in the body, the secret in a header, again and
again with growing delays where the answer isn't 2xx. Updates of one chat keep their order; those
of several go over up to `max_connections` connections at once. An answer may itself be a method's
call.
"""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from emulators.telegram_call import Call
from emulators.telegram_server import ApiServer
from emulators.telegram_state import State, Webhook
from emulators.telegram_updates import Update

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_DELAY = 60.0


@dataclass(frozen=True)
class Delivery:
    """One attempt to hand an update over: the HTTP status, 0 where there was no answer."""

    update_id: int
    status: int
    attempt: int
    body: str


class WebhookSender:
    """Posts the pending updates while a webhook is set."""

    def __init__(
        self, state: State, server: ApiServer, first_delay: float, proxy: str | None
    ) -> None:
        self.state = state
        self.server = server
        self.first_delay = first_delay
        self.proxy = proxy
        self.deliveries: list[Delivery] = []
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        state.on_webhook = self._look
        state.updates.on_new = self._look

    def _look(self) -> None:
        """Start delivering what waits, as far as the connections go."""
        hook = self.state.webhook
        if hook is None:
            return
        for update in list(self.state.updates.pending):
            if len(self._tasks) >= hook.max_connections:
                return
            if update.queue not in self._tasks:
                task = asyncio.get_running_loop().create_task(self._deliver(update, hook))
                self._tasks[update.queue] = task

    async def _deliver(self, update: Update, hook: Webhook) -> None:
        attempt = 0
        try:
            while self.state.webhook is hook and update in self.state.updates.pending:
                attempt += 1
                status, body = await self.post(hook.url, update.json(), hook.secret)
                self.deliveries.append(Delivery(update.id, status, attempt, body))
                if 200 <= status < 300:
                    if update in self.state.updates.pending:
                        self.state.updates.pending.remove(update)
                    await self._run_answer(body)
                    self.state.changed()
                    break
                hook.last_error = (
                    f"Wrong response from the webhook: {status}" if status else "Connection refused"
                )
                hook.last_error_date = int(self.state.world.now())
                self.state.changed()
                delay = self.first_delay * 2.0 ** (attempt - 1)
                await asyncio.sleep(min(delay, LONGEST_DELAY))
        finally:
            self._tasks.pop(update.queue, None)
        self._look()

    async def _run_answer(self, body: str) -> None:
        """Run the method that the bot's answer names, if it names one; its result goes nowhere."""
        try:
            said = json.loads(body)
        except ValueError:
            return
        if isinstance(said, dict) and isinstance(said.get("method"), str):
            method = said.pop("method")
            await self.server.run(Call(method, said))

    async def post(
        self, url: str, body: Any, secret: str | None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Post `body` (JSON, or bytes as they are); return the status and the answer."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        sent = {"Content-Type": "application/json", **(headers or {})}
        if secret is not None:
            sent[HEADER] = secret
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        try:
            async with self._session.post(self._through(url), data=data, headers=sent) as answer:
                return answer.status, await answer.text(errors="replace")
        except (aiohttp.ClientError, TimeoutError) as error:
            return 0, str(error)

    def _through(self, url: str) -> str:
        """Return where a post really goes: to the proxy that stands before the bot, if any."""
        if self.proxy is None:
            return url
        there, asked = urlsplit(self.proxy), urlsplit(url)
        return urlunsplit((there.scheme, there.netloc, asked.path, asked.query, ""))

    async def stop(self) -> None:
        """Give up what is under way and close the connections."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None
