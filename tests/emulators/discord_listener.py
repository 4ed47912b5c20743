"""A port of 127.0.0.1 that may stop listening for a while, and listen again on the same number."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from emulators.accepting import AcceptingPort

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Listener:
    """Serves HTTP on one port."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._accepting: AcceptingPort | None = None
        self._web: web.Server | None = None
        self.port = 0
        self.unavailable = False
        """Whether everything is answered 503."""

    async def start(self) -> None:
        """Listen: at first on a port that the system chooses, later on the same one."""
        if self._accepting is not None:
            return
        self._web = web.Server(self._handle, access_log=None)
        self._accepting = AcceptingPort(self._web, self.port)
        self.port = self._accepting.port

    async def stop(self) -> None:
        """Refuse connections, and cut those that are open."""
        if self._accepting is None or self._web is None:
            return
        await self._accepting.close()
        for connection in self._web.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await self._web.shutdown(0.1)
        self._accepting = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if self.unavailable:
            return web.json_response({"message": "503: Service Unavailable", "code": 0}, status=503)
        return await self._handler(request)
