"""The port of health and metrics: what each page says, and that nothing else is served."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from bot import health as module
from bot.errors import ConfigurationError
from bot.health import Check, HealthPort
from bot.metrics import Metrics
from bot.ports import listen
from bot.settings import Address
from bot.supervisor import Phase, PlatformState

PATIENCE = 10.0
SINCE = datetime(2026, 8, 21, 12, 30, 15, tzinfo=UTC)
ANY_PORT = Address("127.0.0.1", 0)

UP = PlatformState(Phase.CONNECTED, SINCE)
DOWN = PlatformState(Phase.CONNECTING, SINCE)


class Answer:
    """One response, taken apart by hand so that nothing is smoothed over."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        pairs = (line.partition(": ")[::2] for line in lines)
        self.headers = {name.lower(): value for name, value in pairs}

    @property
    def json(self) -> dict[str, object]:
        return dict(json.loads(self.body))


class Port:
    """A port that is open, and what is sent to it."""

    def __init__(self, number: int) -> None:
        self.number = number

    async def send(self, content: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.number)
        try:
            writer.write(content)
            await writer.drain()
            return await asyncio.wait_for(reader.read(), PATIENCE)
        finally:
            writer.close()
            await writer.wait_closed()

    async def ask(self, path: str, method: str = "GET") -> Answer:
        head = f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        return Answer(await self.send(head.encode("latin-1")))


@asynccontextmanager
async def opened(
    platforms: Mapping[str, PlatformState],
    checks: Mapping[str, Check] | None = None,
    metrics: Metrics | None = None,
) -> AsyncIterator[Port]:
    listener = listen(ANY_PORT, "DAYBOOK_HTTP")
    health = HealthPort(listener, lambda: platforms, metrics or Metrics(), checks)
    await health.start()
    try:
        yield Port(listener.getsockname()[1])
    finally:
        await asyncio.wait_for(health.stop(), PATIENCE)


# -- /healthz, /readyz, /metrics ------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize("state", [UP, DOWN])
async def test_it_is_alive_whoever_is_connected(state: PlatformState) -> None:
    async with opened({"discord": state}) as port:
        answer = await port.ask("/healthz")
    assert (answer.status, answer.json["alive"]) == (200, True)


@pytest.mark.asyncio
@pytest.mark.parametrize(("still", "status"), [(9.9, 200), (10.0, 503)])
async def test_a_loop_that_has_not_turned_for_ten_seconds_is_not_alive(
    still: float, status: int
) -> None:
    moments = [100.0]
    listener = listen(ANY_PORT, "DAYBOOK_HTTP")
    health = HealthPort(listener, dict, Metrics(), clock=lambda: moments[-1])
    await health.start()
    try:
        moments.append(100.0 + still)
        answer = await Port(listener.getsockname()[1]).ask("/healthz")
    finally:
        await health.stop()
    assert answer.status == status


@pytest.mark.asyncio
async def test_how_late_the_loop_turns_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.05)
    measured: list[float] = []
    metrics = Metrics()
    monkeypatch.setattr(metrics, "loop_lagged", measured.append)
    async with opened({}, metrics=metrics):
        await asyncio.sleep(0)  # lets the measurement begin
        time.sleep(0.3)  # the loop stands still
        async with asyncio.timeout(PATIENCE):
            while len(measured) < 2:
                await asyncio.sleep(0.01)
    assert measured[0] >= 0.2
    assert measured[1] < measured[0]


READY: list[tuple[dict[str, PlatformState], int]] = [
    ({"discord": UP}, 200),
    ({"discord": UP, "telegram": UP}, 200),
    ({"discord": UP, "telegram": DOWN}, 503),
    ({"discord": DOWN}, 503),
    ({"discord": PlatformState(Phase.REFUSED, SINCE), "telegram": UP}, 503),
    ({"discord": PlatformState(Phase.WAITING, SINCE)}, 503),
    ({"discord": PlatformState(Phase.STOPPED, SINCE)}, 503),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("platforms", "status"), READY)
async def test_it_is_ready_when_every_platform_is_connected(
    platforms: dict[str, PlatformState], status: int
) -> None:
    async with opened(platforms) as port:
        answer = await port.ask("/readyz")
    assert (answer.status, answer.json["ready"]) == (status, status == 200)


@pytest.mark.asyncio
async def test_readiness_says_of_each_platform_what_it_is_at_and_since_when() -> None:
    async with opened({"discord": UP, "telegram": DOWN}) as port:
        answer = await port.ask("/readyz")
    assert answer.json["platforms"] == {
        "discord": {
            "connected": True,
            "state": "connected",
            "since": "2026-08-21T12:30:15+00:00",
        },
        "telegram": {
            "connected": False,
            "state": "connecting",
            "since": "2026-08-21T12:30:15+00:00",
        },
    }


async def well() -> str | None:
    return None


async def unwell() -> str | None:
    return "the disk is full"


async def broken() -> str | None:
    raise OSError("a bug, with an address")


async def endless() -> str | None:
    await asyncio.Event().wait()
    return None


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("check", "status", "said"),
    [
        (well, 200, "well"),
        (unwell, 503, "the disk is full"),
        (broken, 503, "failed: OSError"),
        (endless, 503, "takes too long"),
    ],
)
async def test_a_further_check_must_be_well(
    monkeypatch: pytest.MonkeyPatch, check: Check, status: int, said: str
) -> None:
    monkeypatch.setattr(module, "CHECK_SECONDS", 0.1)
    async with opened({"discord": UP}, {"state": check}) as port:
        answer = await port.ask("/readyz")
    assert (answer.status, answer.json["checks"]) == (status, {"state": said})


@pytest.mark.asyncio
async def test_metrics_are_in_the_form_of_prometheus() -> None:
    metrics = Metrics()
    metrics.silenced("discord")
    async with opened({}, metrics=metrics) as port:
        answer = await port.ask("/metrics")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert b'daybook_silenced_total{platform="discord"} 1.0' in answer.body


# -- nothing else ---------------------------------------------------------------------------------


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_head_is_get_without_a_body(path: str) -> None:
    async with opened({"discord": UP}) as port:
        answer = await port.ask(path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.asyncio
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
async def test_nothing_can_be_sent(method: str) -> None:
    async with opened({"discord": UP}) as port:
        answer = await port.ask("/healthz", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "path", ["/", "/healthz/", "/health", "/../etc/passwd", "/metrics/x", "//healthz", "/%2e%2e/"]
)
async def test_there_is_no_other_page(path: str) -> None:
    async with opened({"discord": UP}) as port:
        answer = await port.ask(path)
    assert (answer.status, answer.body) == (404, b"")


HOSTILE = [
    b"GET /healthz HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 70_000 + b"\r\n\r\n",
    b"hello\r\n\r\n",
]


@pytest.mark.asyncio
@pytest.mark.parametrize("content", HOSTILE, ids=lambda content: repr(content[:24]))
async def test_what_is_no_request_is_refused_without_a_word(content: bytes) -> None:
    async with opened({"discord": UP}) as port:
        answer = Answer(await port.send(content))
        assert (await port.ask("/healthz")).status == 200
    assert (answer.status, answer.body) == (400, b"")


@pytest.mark.asyncio
@pytest.mark.parametrize("content", [*HOSTILE, b"GET /metrics HTTP/1.0\r\n\r\n"], ids=range(6))
async def test_no_header_tells_a_version(content: bytes) -> None:
    async with opened({"discord": UP}) as port:
        answer = Answer(await port.send(content))
    assert answer.headers["server"] == "daybook"
    assert b"aiohttp" not in answer.body


@pytest.mark.asyncio
async def test_a_connection_that_sends_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECTION_SECONDS", 0.1)
    async with opened({"discord": UP}) as port:
        assert await port.send(b"GET /healthz HTTP/1.1\r\n") == b""


@pytest.mark.asyncio
async def test_more_connections_than_there_is_room_for_are_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 2)
    async with opened({"discord": UP}) as port:
        held = [await asyncio.open_connection("127.0.0.1", port.number) for _ in range(2)]
        await asyncio.sleep(0)
        assert await port.send(b"") == b""
        for _, writer in held:
            writer.close()
            await writer.wait_closed()
        async with asyncio.timeout(PATIENCE):
            while b"200" not in await port.send(b"GET /healthz HTTP/1.0\r\n\r\n"):
                await asyncio.sleep(0.01)


@pytest.mark.asyncio
async def test_a_stop_closes_the_port() -> None:
    async with opened({"discord": UP}) as port:
        pass
    with pytest.raises(ConnectionRefusedError):
        await port.ask("/healthz")


# -- opening it -----------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_one_line_that_names_the_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(ConfigurationError) as error:
            listen(Address("127.0.0.1", number), "DAYBOOK_HTTP")
    assert error.value.message.startswith(f"DAYBOOK_HTTP: the port 127.0.0.1:{number} ")
    assert "\n" not in error.value.message


def test_an_address_that_is_not_ours_is_one_line() -> None:
    with pytest.raises(ConfigurationError, match=r"^DAYBOOK_HTTP: the port 192\.0\.2\.1:8080 "):
        listen(Address("192.0.2.1", 8080), "DAYBOOK_HTTP")  # RFC 5737: nobody's


def test_an_ipv6_address_is_opened() -> None:
    if not socket.has_ipv6:
        pytest.skip("this system has no IPv6")
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("this system has no IPv6 loopback")
    with listen(Address("::1", 0), "DAYBOOK_HTTP") as listener:
        assert listener.getsockname()[0] == "::1"
