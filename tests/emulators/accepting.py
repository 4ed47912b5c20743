"""A port of 127.0.0.1 that can be closed so that no connection is left without an answer.

asyncio's own server (Python 3.11) forgets a connection that the system had accepted but for which
no protocol was made yet when the server is closed: it stays open, and its client waits for ever
(github.com/python/cpython/issues/109564). A bot that meets that would seem to hang.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

BACKLOG = 1024


class AcceptingPort:
    """Accepts connections and hands each to a protocol of its own, until it is closed.

    protocol: makes an asyncio protocol, as for `loop.create_server`.
    """

    def __init__(self, protocol: Callable[[], asyncio.Protocol], port: int = 0) -> None:
        self._protocol = protocol
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self._socket.listen(BACKLOG)
        self.port: int = self._socket.getsockname()[1]
        self._making: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._accept)

    async def close(self) -> None:
        """Refuse connections, when all that were accepted are their protocols'."""
        self._loop.remove_reader(self._socket)
        self._socket.close()
        await asyncio.gather(*self._making)

    def _accept(self) -> None:
        try:
            accepted, _ = self._socket.accept()
        except OSError:
            return  # gone before it was greeted
        accepted.setblocking(False)
        task = self._loop.create_task(self._make(accepted))
        self._making.add(task)
        task.add_done_callback(self._making.discard)

    async def _make(self, accepted: socket.socket) -> None:
        await self._loop.connect_accepted_socket(self._protocol, accepted)
