"""Many interactions at once, for benchmarks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from emulators.discord_errors import JsonValue
from emulators.discord_interactions import Exchange
from emulators.discord_life import Life
from emulators.discord_world import Channel, User


class Load(Life):
    """Keeps the bot busy."""

    def flood(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, JsonValue] | None = None,
        *,
        count: int,
        in_flight: int = 64,
        timeout: float = 60.0,
    ) -> list[float]:
        """Use a command `count` times with `in_flight` at once; return the latencies in seconds.

        Raises `TimeoutError` where an answer is missing.
        """
        given = options or {}
        return list(self._await(self._flood(user, channel, name, given, count, in_flight), timeout))

    async def _flood(
        self,
        user: User,
        channel: Channel,
        name: str,
        options: Mapping[str, JsonValue],
        count: int,
        in_flight: int,
    ) -> list[float]:
        latencies: list[float] = []
        done = asyncio.get_running_loop().create_future()
        sent = 0

        def answered(exchange: Exchange) -> None:
            latencies.append(exchange.latency)
            self._interactions.by_token.pop(exchange.token, None)
            if exchange.original is not None:
                channel.messages.pop(exchange.original.id, None)
            if sent < count:
                one()
            elif len(latencies) == count:
                done.set_result(None)

        def one() -> None:
            nonlocal sent
            sent += 1
            exchange = self._people.slash(
                user, channel, name, options, locale=None, subcommand=None
            )
            exchange.on_answer = answered

        for _ in range(min(in_flight, count)):
            one()
        await done
        return latencies
