"""The port of DAYBOOK_HTTP: is it alive, is it ready, what has it counted. Nothing else is served.

/healthz  the event loop turns; 503 if it has not for ten seconds
/readyz   every platform whose token is set is connected, and every other check is well; else 503
/metrics  the counters, for Prometheus

GET and HEAD only. Every connection and the number of them are bounded, since nobody logs in here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.metrics import CONTENT_TYPE, Metrics
from bot.supervisor import PlatformState

logger = logging.getLogger("daybook.health")

Check = Callable[[], Awaitable[str | None]]
"""Something else that must be well: it returns nothing, or a sentence that says what is not."""

CHECK_SECONDS = 2.0
"""For all checks of one request; one that takes longer is not well."""

TICK_SECONDS = 1.0
STUCK_SECONDS = 10.0
"""The event loop is stuck if it has not turned for so long."""

CLOSE_SECONDS = 0.2
"""For an answer under way when the port is closed."""

MOST_CONNECTIONS = 64
CONNECTION_SECONDS = 30.0
"""Longest life of a connection, so that nobody holds one by sending nothing."""
LONGEST_LINE = 1024
"""Bytes of a line of a request, and of a header."""


_LIMITS: dict[str, Any] = {
    "access_log": None,
    "max_line_size": LONGEST_LINE,
    "max_field_size": LONGEST_LINE,
    "keepalive_timeout": 5.0,
    "lingering_time": 0.0,
}


class HealthPort:
    """Serves the three pages on a socket, between `start` and `stop`."""

    def __init__(
        self,
        listener: socket.socket,
        platforms: Callable[[], Mapping[str, PlatformState]],
        metrics: Metrics,
        checks: Mapping[str, Check] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the socket, what tells the platforms' states, and further checks by their names."""
        self._listener = listener
        self._platforms = platforms
        self._metrics = metrics
        self._checks = dict(checks or {})
        self._clock = clock
        self._ticked = clock()
        self._lag = 0.0
        self._runner: web.ServerRunner | None = None
        self._ticking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to answer."""
        server = _Server(self._answer)
        self._runner = web.ServerRunner(server, shutdown_timeout=CLOSE_SECONDS)
        await self._runner.setup()
        await web.SockSite(self._runner, self._listener).start()
        self._ticking = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._ticking:
            self._ticking.cancel()
        if self._runner:
            await self._runner.cleanup()
        self._listener.close()

    # -- pages ------------------------------------------------------------------------------------

    async def _answer(self, request: web.BaseRequest) -> web.Response:
        pages = {"/healthz": self._healthz, "/readyz": self._readyz, "/metrics": self._metrics_page}
        page = pages.get(request.path)
        if page is None:
            return _response(404, "text/plain", b"")
        if request.method not in ("GET", "HEAD"):
            return _response(405, "text/plain", b"", Allow="GET, HEAD")
        return await page()

    async def _healthz(self) -> web.Response:
        still = self._clock() - self._ticked
        is_alive = still < STUCK_SECONDS
        body = {"alive": is_alive, "loop_lag_seconds": round(self._lag, 3)}
        return _json(200 if is_alive else 503, body)

    async def _readyz(self) -> web.Response:
        platforms = self._platforms()
        complaints = await self._complaints()
        is_ready = all(state.is_connected for state in platforms.values()) and not complaints
        body = {
            "ready": is_ready,
            "platforms": {
                name: {
                    "connected": state.is_connected,
                    "state": state.phase.value,
                    "since": state.since.isoformat(timespec="seconds"),
                }
                for name, state in platforms.items()
            },
            "checks": {name: complaints.get(name, "well") for name in self._checks},
        }
        return _json(200 if is_ready else 503, body)

    async def _metrics_page(self) -> web.Response:
        self._platforms()  # it notes who is connected at this moment
        return _response(200, CONTENT_TYPE, self._metrics.text())

    async def _complaints(self) -> dict[str, str]:
        """Return what the checks that are not well say, by their names."""
        if not self._checks:
            return {}
        tasks = {name: asyncio.ensure_future(check()) for name, check in self._checks.items()}
        await asyncio.wait(tasks.values(), timeout=CHECK_SECONDS)
        found = {}
        for name, task in tasks.items():
            if not task.done():
                task.cancel()
                found[name] = "takes too long"
            elif task.exception() is not None:
                found[name] = f"failed: {type(task.exception()).__name__}"
            elif complaint := task.result():
                found[name] = complaint
        return found

    async def _tick(self) -> None:
        while True:
            begin = self._clock()
            await asyncio.sleep(TICK_SECONDS)
            self._ticked = self._clock()
            self._lag = max(self._ticked - begin - TICK_SECONDS, 0.0)
            self._metrics.loop_lagged(self._lag)


class _Server(web.Server):
    """aiohttp's server, bounded, and silent about its version also where it refuses a request."""

    def __call__(self) -> web.RequestHandler:
        is_full = len(self.connections) >= MOST_CONNECTIONS
        handler = _FullHandler if is_full else _Handler
        return handler(self, loop=asyncio.get_running_loop(), **_LIMITS)


class _Handler(web.RequestHandler):
    """One connection, which is closed when its time is over."""

    __slots__ = ("_deadline",)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._deadline = asyncio.get_running_loop().call_later(CONNECTION_SECONDS, transport.close)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._deadline.cancel()
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Say only the number; what is no HTTP is the sender's fault and no line in our log."""
        if status >= 500:
            logger.error("a page failed", exc_info=exc)
        response = _response(status, "text/plain", b"")
        response.force_close()
        return response


class _FullHandler(_Handler):
    __slots__ = ()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        transport.close()


def _json(status: int, body: Mapping[str, object]) -> web.Response:
    return _response(status, "application/json", json.dumps(body).encode())


def _response(status: int, content_type: str, body: bytes, **headers: str) -> web.Response:
    return web.Response(
        status=status,
        body=body,
        headers={
            "Content-Type": content_type,
            "Server": "daybook",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **headers,
        },
    )
