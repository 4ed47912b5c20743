"""What becomes of connections when a port of an emulator closes."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from aiohttp import web
from emulators.discord_listener import Listener

pytestmark = pytest.mark.asyncio

CLIENTS = 4
PATIENCE = 5.0


@pytest.mark.parametrize("turns", range(12))
async def test_a_port_that_closes_leaves_no_connection_without_an_end(turns: int) -> None:
    listener = Listener(_never_answers)
    await listener.start()
    clients = [asyncio.create_task(_until_the_end(listener.port)) for _ in range(CLIENTS)]
    for _ in range(turns):  # how far the connections have come differs with each turn
        await asyncio.sleep(0)
    await listener.stop()
    await asyncio.wait_for(asyncio.gather(*clients), PATIENCE)


async def _until_the_end(port: int) -> None:
    with contextlib.suppress(OSError):  # refused or reset: an end as well
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        await reader.read()
        writer.close()


async def _never_answers(request: web.BaseRequest) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")
