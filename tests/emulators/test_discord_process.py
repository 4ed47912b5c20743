"""The emulator as a process of its own, and many interactions at once."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import aiohttp
from emulators.discord_errors import Json
from emulators.discord_raw import Place, RawGateway, a_place, connected

TESTS = Path(__file__).resolve().parents[1]


def test_as_a_process_it_tells_where_it_is_and_ends_with_its_input() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "emulators.discord_server"],
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        ready: Json = json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(10) == 0
    assert set(ready) == {"environment", "guild", "channel", "user"}
    assert set(ready["environment"]) == {"DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL"}


async def answer_all(place: Place, count: int) -> int:
    """Be a bot that answers as many interactions as come; return the number of latencies."""
    token = place.discord.token

    async def one(session: aiohttp.ClientSession, data: Json) -> None:
        url = f"{place.discord.api_url}/interactions/{data['id']}/{data['token']}/callback"
        body = {"type": 4, "data": {"content": "x"}}
        async with session.post(url, json=body) as response:
            assert response.status == 204

    async def serve(raw: RawGateway) -> None:
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            for _ in range(count):
                data = await raw.until("INTERACTION_CREATE")
                group.create_task(one(session, data))

    async with asyncio.timeout(20), connected(place.discord.gateway_url) as raw:
        await raw.receive()
        await raw.identify(token)
        await raw.until("GUILD_CREATE")
        serving = asyncio.ensure_future(serve(raw))
        latencies = await asyncio.to_thread(
            lambda: place.discord.flood(
                place.anna, place.channel, "help", count=count, in_flight=50
            )
        )
        await serving
    assert all(0 < each < 10 for each in latencies)
    return len(latencies)


def test_a_flood_gives_a_latency_for_each_interaction() -> None:
    with a_place(check=False) as place:
        place.discord.register([{"name": "help", "description": "d"}])
        assert asyncio.run(answer_all(place, 300)) == 300
        place.discord.assert_nothing_refused()
