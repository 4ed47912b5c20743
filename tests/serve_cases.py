"""What tests of `daybook serve` share: servers that refuse, and a bot on both platforms."""

from __future__ import annotations

import http.server
import json
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from command_lines import ONLY_POLAR
from config_cases import DISCORD, TELEGRAM
from emulators.discord_server import DiscordEmulator
from emulators.telegram_emulator import TelegramEmulator
from processes import PATIENCE, Daybook
from serving import Serving

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def to(port: int) -> dict[str, str]:
    """Return the variables that send both bots to a port of this machine."""
    return {
        "DISCORD_TOKEN": DISCORD,
        "DISCORD_API_URL": f"http://127.0.0.1:{port}/api/v10",
        "DISCORD_GATEWAY_URL": f"ws://127.0.0.1:{port}/gateway",
        "TELEGRAM_TOKEN": TELEGRAM,
        "TELEGRAM_API_URL": f"http://127.0.0.1:{port}/bot",
        **ONLY_POLAR,
    }


def of(platform: str, environment: dict[str, str]) -> dict[str, str]:
    """Leave the token of one platform only."""
    other = "DISCORD_TOKEN" if platform == "TELEGRAM" else "TELEGRAM_TOKEN"
    return {**environment, other: ""}


@contextmanager
def server(status: int) -> Iterator[int]:
    """Open a port where every request has the same answer, as both platforms would word it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(
                {"ok": False, "error_code": status, "description": "no", "message": "no", "code": 0}
            ).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the name is http.server's

        def log_message(self, *_: object) -> None:
            """Say nothing on the tests' standard error."""

    found = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield found.server_address[1]
    finally:
        found.shutdown()
        found.server_close()
        thread.join(PATIENCE)


@contextmanager
def connected(daybook: Daybook, **more: str) -> Iterator[Serving]:
    """Run a bot that is connected to both platforms."""
    with ExitStack() as stack:
        discord = stack.enter_context(DiscordEmulator(check=False))
        telegram = stack.enter_context(TelegramEmulator(check=False))
        environment = {**ONLY_POLAR, **discord.environment, **telegram.environment, **more}
        serving = stack.enter_context(Serving(daybook, environment))
        serving.wait_until_ready()
        yield serving
