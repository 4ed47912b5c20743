"""The life of an emulated Discord: its thread, its ports, and waiting for what happens."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

from aiohttp import web
from emulators.discord_commands import Commands
from emulators.discord_errors import JsonValue
from emulators.discord_gateway import Gateway
from emulators.discord_interactions import Interactions
from emulators.discord_listener import Listener
from emulators.discord_messages import Messages
from emulators.discord_people import People
from emulators.discord_rest import Rest
from emulators.discord_routes import Routes
from emulators.discord_schema import load, spec_path
from emulators.discord_world import User, World

T = TypeVar("T")

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Emulat.or-token-of-no-worth-at-all-0123456789"  # noqa: S105
PATIENCE = 10.0
"""Seconds that a method waits unless it is told otherwise."""


class Life:
    """Starts, stops, and carries out on its own thread what other threads ask."""

    def __init__(
        self,
        token: str = TOKEN,
        *,
        check: bool = True,
        now: Callable[[], float] = time.time,
        record: bool = True,
        nonce_window: float = 180.0,
        bot_name: str = "daybook",
        spec: Path | None = None,
        installs: tuple[int, ...] = (0, 1),
    ) -> None:
        self.token = token
        self._clock = now
        self._ahead = 0.0
        self.world = World(self._now, bot_name)
        self._changed = threading.Condition()
        self._waiting = 0
        schema = load(spec or spec_path()) if check else None
        self._gateway = Gateway(self.world, token, self._notify, self._now)
        self._messages = Messages(self.world, self._gateway.tell, nonce_window)
        self._interactions = Interactions(self.world, self._messages)
        self._commands = Commands(self.world.application_id, self.world.new_id, self._now)
        self._commands.installs = list(installs)
        self._routes = Routes(
            self.world, self._gateway, self._messages, self._interactions, self._commands
        )
        self._rest = Rest(self.world, self._routes, token, schema, self._notify)
        self._rest.record = record
        self._people = People(
            self.world,
            self._gateway,
            self._messages,
            self._interactions,
            self._commands,
            self._wait_until,
        )
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._listeners = {
            "rest": Listener(self._rest.serve),
            "gateway": Listener(self._serve_gateway),
            "resume": Listener(self._serve_gateway),
        }

    # -- life -------------------------------------------------------------------------------------

    def start(self) -> Self:
        """Begin to listen, on ports that the system chooses."""
        loop = asyncio.new_event_loop()
        self._loop = loop
        self._thread = threading.Thread(target=self._run, args=(loop,), name="discord", daemon=True)
        self._thread.start()
        for listener in self._listeners.values():
            self._await(listener.start())
        self._gateway.resume_url = self.resume_gateway_url
        self._routes.gateway_url = self.gateway_url
        return self

    def stop(self) -> None:
        """End everything: connections, listeners, and the thread."""
        if self._loop is None or self._thread is None:
            return
        self._await(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            raise RuntimeError("the emulator's thread did not end")
        self._loop = None

    async def _stop(self) -> None:
        self._gateway.cut_all(reset=False)
        for listener in self._listeners.values():
            await listener.stop()
        ours = asyncio.current_task()
        rest = [task for task in asyncio.all_tasks() if task is not ours]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @staticmethod
    def _run(loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    def _await(self, coroutine: JsonValue, timeout: float = PATIENCE) -> JsonValue:
        assert self._loop is not None, "the emulator isn't running"
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout)

    def _do(self, action: Callable[[], T]) -> T:
        """Run something on the emulator's thread and return what it gives, or raise."""
        if self._thread is None or threading.current_thread() is self._thread:
            return action()

        async def run() -> T:
            return action()

        done: T = self._await(run())
        return done

    def _notify(self) -> None:
        if self._waiting:
            with self._changed:
                self._changed.notify_all()

    def _wait_until(self, holds: Callable[[], bool], timeout: float) -> bool:
        ends = time.monotonic() + timeout
        with self._changed:
            self._waiting += 1
            try:
                while not holds():
                    left = ends - time.monotonic()
                    if left <= 0:
                        return False
                    self._changed.wait(min(left, 0.5))
                return True
            finally:
                self._waiting -= 1

    def wait_until(
        self, holds: Callable[[], bool], timeout: float = PATIENCE, what: str = "that"
    ) -> None:
        """Wait until a condition on this emulator holds; raises `TimeoutError` with `what`."""
        if not self._wait_until(holds, timeout):
            raise TimeoutError(f"{what} did not happen within {timeout} s")

    # -- where it is ------------------------------------------------------------------------------

    @property
    def api_url(self) -> str:
        """http://127.0.0.1:PORT/api/v10, for discord.http.Route.BASE."""
        return f"http://127.0.0.1:{self._listeners['rest'].port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """ws://127.0.0.1:PORT/gateway, for DiscordWebSocket.DEFAULT_GATEWAY."""
        return f"ws://127.0.0.1:{self._listeners['gateway'].port}/gateway"

    @property
    def resume_gateway_url(self) -> str:
        """Where READY tells bots to resume: another port than `gateway_url`."""
        return f"ws://127.0.0.1:{self._listeners['resume'].port}/gateway"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make the bot use this server."""
        return {
            "DISCORD_TOKEN": self.token,
            "DISCORD_API_URL": self.api_url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }

    @property
    def application_id(self) -> str:
        """The application's id, the bot's user id too."""
        return self.world.application_id

    @property
    def bot(self) -> User:
        """The bot's user; `.mention` is how people address it."""
        return self.world.bot

    def _now(self) -> float:
        return self._clock() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move the emulator's clock on: interactions expire, windows of limits and nonces end."""
        self._ahead += seconds
        self._notify()

    async def _serve_gateway(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.rstrip("/") not in ("", "/gateway"):
            return web.Response(status=404)
        return await self._gateway.serve(request)
